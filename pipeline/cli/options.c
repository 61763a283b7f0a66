/* One table of options makes the parser and --help. */
#include <errno.h>
#include <inttypes.h>
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uversion.h>

#include "cli.h"
#include "erz/stem.h"

typedef enum option_id {
    OPT_HELP,
    OPT_VERSION,
    OPT_OUTPUT,
    OPT_THREADS,
    OPT_MODEL,
    OPT_KERNEL,
    OPT_QUIET,
    OPT_VERBOSE,
    OPT_HEADER,
    OPT_DOCS,
    OPT_TABLE,
    OPT_OFFSETS,
    OPT_EXIT_STATUS,
    OPT_TEXT,
    OPT_SPLIT_HYPHENS,
    OPT_SECTION,
    OPT_MAX_DOC_BYTES,
    OPT_STRICT,
    OPT_READ_SIZE,
    OPT_FILES_FROM,
    OPT_NULL,
    OPT_TEXT_FIELD,
    OPT_ID_FIELD,
    OPT_ENCODING,
    OPT_SHARD,
    OPT_KEEP_GOING,
    OPT_FAIL_FAST,
    OPT_STATS,
    OPT_PROGRESS,
    OPT_RESUME,
    OPT_FORMAT,
    OPT_RULES,
    OPT_EXPLAIN,
    OPT_PROFILE
} option_id;

/* Commands: e extract, t tokenize, s stem, m match, M model. */
static const struct option_def {
    option_id id;
    char letter;
    const char *name, *argument, *commands, *help;
} defs[] = {
    {OPT_HELP, 'h', "help", NULL, "etsmM", "this text"},
    {OPT_VERSION, 0, "version", NULL, "etsmM", "versions of the program, its libraries, kernels and model"},
    {OPT_OUTPUT, 'o', "output", "FILE", "etsmM", "write to FILE (under a temporary name, renamed at the end)"},
    {OPT_THREADS, 'j', "threads", "N", "etsmM", "worker threads; 0: all cores (default 1)"},
    {OPT_MODEL, 0, "model", "FILE", "etsmM", "compiled model (else ERZ_MODEL, beside the program, installed)"},
    {OPT_KERNEL, 0, "kernel", "NAME", "etsmM", "tokenizer kernel (default: the best this machine has)"},
    {OPT_HEADER, 0, "header", NULL, "etsm", "first line: column names"},
    {OPT_DOCS, 0, "docs", "MODE", "et", "how an input holds documents: file line blank ff nul leipzig csv jsonl warc"},
    {OPT_TEXT_FIELD, 0, "text-field", "NAME", "et", "csv, jsonl: column or field of the text (default text)"},
    {OPT_ID_FIELD, 0, "id-field", "NAME", "et", "csv, jsonl: of the id (default id); warc: header (default WARC-Record-ID)"},
    {OPT_FILES_FROM, 0, "files-from", "LIST", "et",
     "read the names of further inputs from LIST, one a line; -: standard input"},
    {OPT_NULL, '0', "null", NULL, "et", "the names in LIST end with NUL"},
    {OPT_ENCODING, 0, "encoding", "NAME", "et", "of input that is not UTF-8 (default: found out)"},
    {OPT_SHARD, 0, "shard", "I/N", "et", "take the I-th of N parts of the inputs (of the documents, if there is one input)"},
    {OPT_FORMAT, 0, "format", "NAME", "em", "tsv (default), jsonl, brat (a tar archive), conllu or vertical"},
    {OPT_TABLE, 0, "table", "NAME", "em", "mentions (default) or deals"},
    {OPT_OFFSETS, 0, "offsets", "UNIT", "em", "byte (default), char or utf16"},
    {OPT_MAX_DOC_BYTES, 0, "max-doc-bytes", "N", "et", "work through longer documents in sections (default 67108864)"},
    {OPT_READ_SIZE, 0, "read-size", "N", "etsm", "bytes asked for at a time (default 1048576)"},
    {OPT_STRICT, 0, "strict", NULL, "et", "broken UTF-8 is an error of its document"},
    {OPT_KEEP_GOING, 0, "keep-going", NULL, "et", "go on after bad input (default)"},
    {OPT_FAIL_FAST, 0, "fail-fast", NULL, "et", "stop at the first bad input"},
    {OPT_RESUME, 0, "resume", NULL, "et", "go on with a broken run into the same -o FILE (keeps FILE.part and FILE.journal)"},
    {OPT_STATS, 0, "stats", "[=json]", "etsm", "counts, speed and time by stage, to standard error at the end"},
    {OPT_PROGRESS, 0, "progress", NULL, "et", "draw progress at once if standard error is a terminal (else after 5 s)"},
    {OPT_TEXT, 0, "text", NULL, "t", "bare tokens, one a line, an empty line after each sentence"},
    {OPT_SPLIT_HYPHENS, 0, "split-hyphens", NULL, "t",
     "cut compounds at hyphens, as Universal Dependencies do; not for erz stem"},
    {OPT_EXIT_STATUS, 'e', "exit-status", NULL, "etm", "exit with 1 when nothing was found"},
    {OPT_RULES, 0, "rules", "FILE", "em", "rules of your own as well (docs/rules.md); may be given again"},
    {OPT_EXPLAIN, 0, "explain", NULL, "em", "after a document's records, which rule matched which words"},
    {OPT_PROFILE, 0, "profile", NULL, "em", "time by rule, to standard error at the end"},
    {OPT_SECTION, 0, "section", "NAME", "M", "dump: only this section (lexicon quantities companies rules)"},
    {OPT_QUIET, 'q', "quiet", NULL, "etsmM", "no messages about bad input"},
    {OPT_VERBOSE, 'v', "verbose", NULL, "etsmM", "more messages"},
};

static char command_letter(const char *command)
{
    static const char *const names[] = {"extract", "tokenize", "stem", "match", "model"};
    for (size_t i = 0; command != NULL && i < 5; i++)
        if (strcmp(command, names[i]) == 0) return "etsmM"[i];
    return '\0';
}

static const char *const usage[] = {
    "extract [OPTION]... [FILE|DIR]...   documents -> records",
    "tokenize [OPTION]... [FILE|DIR]...  documents -> token stream",
    "stem [OPTION]...                    token stream -> token stream with stems",
    "match [OPTION]...                   token stream with stems -> records",
    "model build [DIR] -o FILE           text sources (models/de) -> compiled model",
    "model info|dump [FILE]              what a compiled model holds",
    "model train --data DIR -o FILE      weights of the company tagger (erz model train --help)",
    "schema [TABLE] [tsv|postgres|duckdb] columns of the tables",
};

int cli_help(const char *command)
{
    printf("erz finds money, percentages, companies and deals in German text.\n\n");
    for (size_t i = 0; i < sizeof usage / sizeof *usage; i++)
        if (command == NULL || strncmp(usage[i], command, strlen(command)) == 0) printf("  erz %s\n", usage[i]);
    char letter = command_letter(command);
    bool files = letter != 's' && letter != 'm' && letter != 'M';
    printf("\n%s\n\n", files           ? "No FILE, or -: standard input."
                       : letter == 'M' ? "No DIR: models/de."
                                       : "Reads standard input.");
    for (size_t i = 0; i < sizeof defs / sizeof *defs; i++) {
        if (letter != '\0' && strchr(defs[i].commands, letter) == NULL) continue;
        char name[64];
        bool spaced = defs[i].argument != NULL && defs[i].argument[0] != '[';
        snprintf(name, sizeof name, "%s%s%s", defs[i].name, spaced ? " " : "",
                 defs[i].argument != NULL ? defs[i].argument : "");
        if (defs[i].letter != 0)
            printf("  -%c, --%-20s %s\n", defs[i].letter, name, defs[i].help);
        else
            printf("      --%-20s %s\n", name, defs[i].help);
    }
    printf("\nExit status: 0 ran, 1 nothing found (-e), 2 usage, model or rule file, 3 some input was bad, 4 input or output "
           "failed.\n");
    return cli_flush();
}

int cli_version(const cli_options *options)
{
    UVersionInfo icu;
    char icu_text[U_MAX_VERSION_STRING_LENGTH], pcre[64];
    u_getVersion(icu);
    u_versionToString(icu, icu_text);
    pcre2_config_8(PCRE2_CONFIG_VERSION, pcre);
    printf("erz %s\nICU %s\nPCRE2 %s\n", ERZ_VERSION, icu_text, pcre);
    erz_stemmer *stemmer = NULL;
    if (erz_stemmer_new(&stemmer, NULL) == ERZ_OK) /* libstemmer does not tell its version: a hash of what it makes of words */
        printf("libstemmer german %016" PRIx64 "\n", (uint64_t)erz_stemmer_fingerprint(stemmer));
    erz_stemmer_free(stemmer);
    printf("kernels");
    for (const char *const *k = erz_kernel_names(); *k != NULL; k++) printf(" %s", *k);
    erz_model *model = NULL;
    erz_error err;
    if (cli_model_open(options, &model, &err) == ERZ_OK)
        printf("\nmodel %s %s", erz_model_digest(model), erz_model_path(model));
    else
        printf("\nmodel none (%s)", err.message);
    putchar('\n');
    erz_model_close(model);
    return cli_flush();
}

static bool parse_number(const char *value, uint64_t max, uint64_t *out)
{
    char *end;
    errno = 0;
    if (value == NULL || *value < '0' || *value > '9') return false;
    unsigned long long n = strtoull(value, &end, 10);
    if (errno != 0 || *end != '\0' || n > max) return false;
    *out = n;
    return true;
}

/* Index of value in a list of names, -1: none. */
static int choice(const char *value, const char *const *names, int n)
{
    for (int i = 0; value != NULL && i < n; i++)
        if (strcmp(value, names[i]) == 0) return i;
    return -1;
}

static bool parse_shard(const char *value, erz_input_options *o)
{
    char part[32];
    uint64_t i, n;
    if (value == NULL) return false;
    size_t len = strcspn(value, "/");
    if (value[len] != '/' || len >= sizeof part) return false;
    memcpy(part, value, len);
    part[len] = '\0';
    if (!parse_number(part, 1000000, &i) || !parse_number(value + len + 1, 1000000, &n) || i < 1 || i > n) return false;
    o->shard = (unsigned)i;
    o->shards = (unsigned)n;
    return true;
}

/* The options about inputs; false: none of them, or a bad value (*bad). */
static bool set_input_option(cli_options *o, option_id id, const char *value, bool *bad)
{
    switch (id) {
    case OPT_FILES_FROM:
        o->input.files_from = value;
        return true;
    case OPT_NULL:
        o->input.files_from_nul = true;
        return true;
    case OPT_TEXT_FIELD:
        o->input.text_field = value;
        return true;
    case OPT_ID_FIELD:
        o->input.id_field = value;
        return true;
    case OPT_ENCODING:
        o->input.encoding = value;
        return true;
    case OPT_SHARD:
        *bad = !parse_shard(value, &o->input);
        return !*bad;
    case OPT_STRICT:
        o->input.strict = true;
        return true;
    case OPT_KEEP_GOING:
        o->keep_going = true;
        return true;
    case OPT_FAIL_FAST:
        o->fail_fast = o->input.fail_fast = true;
        return true;
    case OPT_RESUME:
        o->resume = true;
        return true;
    case OPT_PROGRESS:
        o->progress = true;
        return true;
    default:
        return false;
    }
}

/* Options without a value. */
static bool set_flag(cli_options *o, option_id id)
{
    switch (id) {
    case OPT_EXPLAIN:
        return o->explain = true;
    case OPT_PROFILE:
        return o->profile = true;
    case OPT_HEADER:
        return o->header = true;
    case OPT_QUIET:
        return o->quiet = true;
    case OPT_VERBOSE:
        return o->verbose = true;
    case OPT_EXIT_STATUS:
        return o->exit_status = true;
    case OPT_TEXT:
        return o->text = true;
    case OPT_SPLIT_HYPHENS:
        return o->split_hyphens = true;
    default:
        return id == OPT_HELP || id == OPT_VERSION;
    }
}

/* What an option may be, for the message about a bad value. */
static const char *choices(option_id id)
{
    switch (id) {
    case OPT_DOCS:
        return ": file line blank ff nul leipzig csv jsonl warc";
    case OPT_TABLE:
        return ": mentions deals";
    case OPT_OFFSETS:
        return ": byte char utf16";
    case OPT_FORMAT:
        return ": tsv jsonl brat conllu vertical";
    case OPT_THREADS:
        return ": 0 to 1024";
    case OPT_SHARD:
        return ": I/N with 1 <= I <= N";
    case OPT_MAX_DOC_BYTES:
        return ": 1024 to 2147483648";
    case OPT_READ_SIZE:
        return ": 1 to 1073741824";
    case OPT_STATS:
        return ": text json";
    case OPT_RULES:
        return ": too many";
    default:
        return "";
    }
}

/* Options whose value is one of a list; -1: none of them, else whether the value is. */
static int set_choice(cli_options *o, option_id id, const char *value)
{
    static const char *const docs[] = {"file", "line", "blank", "ff", "nul", "leipzig", "csv", "jsonl", "warc"};
    static const char *const tables[] = {"mentions", "deals"}, *const units[] = {"byte", "char", "utf16"};
    static const char *const formats[] = {"tsv", "jsonl", "brat", "conllu", "vertical"};
    int k;
    switch (id) {
    case OPT_DOCS:
        if ((k = choice(value, docs, 9)) >= 0) o->input.docs = (erz_docs_mode)k;
        return k >= 0;
    case OPT_TABLE:
        if ((k = choice(value, tables, 2)) >= 0) o->table = (erz_table)k;
        return k >= 0;
    case OPT_OFFSETS:
        if ((k = choice(value, units, 3)) >= 0) o->offsets = (erz_offsets)k;
        return k >= 0;
    case OPT_FORMAT:
        if ((k = choice(value, formats, 5)) >= 0) o->format = (erz_format)k;
        return k >= 0;
    default:
        return -1;
    }
}

/* False: a bad value. */
static bool set_option(cli_options *o, option_id id, const char *value)
{
    bool bad = false;
    if (set_input_option(o, id, value, &bad)) return true;
    int chosen = bad ? 0 : set_choice(o, id, value);
    if (chosen >= 0) return chosen;
    uint64_t n = 0;
    switch (id) {
    case OPT_OUTPUT:
        o->output = value;
        return true;
    case OPT_MODEL:
        o->model = value;
        return true;
    case OPT_KERNEL:
        o->kernel = value;
        return true;
    case OPT_RULES:
        if (o->nrules == sizeof o->rules / sizeof *o->rules) return false;
        o->rules[o->nrules++] = value;
        return true;
    case OPT_SECTION:
        o->section = value;
        return true;
    case OPT_THREADS:
        if (!parse_number(value, 1024, &n)) return false;
        o->threads = (unsigned)n;
        return true;
    case OPT_MAX_DOC_BYTES:
        if (!parse_number(value, UINT64_C(1) << 31, &n) || n < 1024) return false;
        o->input.max_doc_bytes = (size_t)n;
        return true;
    case OPT_READ_SIZE:
        if (!parse_number(value, UINT64_C(1) << 30, &n) || n == 0) return false;
        o->input.read_size = (size_t)n;
        return true;
    case OPT_STATS:
        if (value != NULL && strcmp(value, "json") != 0 && strcmp(value, "text") != 0) return false;
        o->stats = value != NULL && value[0] == 'j' ? STATS_JSON : STATS_TEXT;
        return true;
    default:
        return set_flag(o, id);
    }
}

static const struct option_def *find_option(const char *arg, size_t len, char command)
{
    for (size_t i = 0; i < sizeof defs / sizeof *defs; i++) {
        if (strchr(defs[i].commands, command) == NULL) continue;
        if (arg[1] == '-' ? strlen(defs[i].name) == len - 2 && memcmp(defs[i].name, arg + 2, len - 2) == 0
                          : defs[i].letter == arg[1])
            return &defs[i];
    }
    return NULL;
}

static int usage_error(const char *command, const char *format, const char *what)
{
    fprintf(stderr, "erz: %s: ", command);
    fprintf(stderr, format, what);
    fprintf(stderr, " (erz %s --help)\n", command);
    return EXIT_USAGE;
}

static int bad_value(const char *command, const struct option_def *def, const char *value)
{
    fprintf(stderr, "erz: %s: bad value '%s' of --%s%s (erz %s --help)\n", command, value, def->name, choices(def->id),
            command);
    return EXIT_USAGE;
}

/* An option's value: after '=' or the letter, else the next argument. Returns -1 to go on. */
static int take_option(cli_options *o, const char *command, int argc, char **argv, int *i, bool *help, bool *version)
{
    const char *arg = argv[*i];
    size_t len = arg[1] == '-' ? strcspn(arg, "=") : 2;
    const struct option_def *def = find_option(arg, len, command_letter(command));
    if (def == NULL) return usage_error(command, "no option '%s'", arg);
    const char *value = arg[1] == '-' ? (arg[len] == '=' ? arg + len + 1 : NULL) : (arg[2] != '\0' ? arg + 2 : NULL);
    if (def->argument == NULL && value != NULL && arg[1] == '-') return usage_error(command, "option '%s' takes no value", arg);
    if (def->argument == NULL && value != NULL) return usage_error(command, "write options one by one, not '%s'", arg);
    if (def->argument != NULL && def->argument[0] != '[' && value == NULL && (++*i >= argc || (value = argv[*i]) == NULL))
        return usage_error(command, "option '%s' needs a value", arg);
    *help |= def->id == OPT_HELP;
    *version |= def->id == OPT_VERSION;
    if (!set_option(o, def->id, value)) return bad_value(command, def, value);
    return -1;
}

/* Options that make no sense together. */
static int check_inputs(const cli_options *o, const char *command)
{
    const erz_input_options *in = &o->input;
    bool fields = in->docs == ERZ_DOCS_CSV || in->docs == ERZ_DOCS_JSONL;
    if (in->text_field != NULL && !fields) return usage_error(command, "%s needs --docs=csv or --docs=jsonl", "--text-field");
    if (in->id_field != NULL && !fields && in->docs != ERZ_DOCS_WARC)
        return usage_error(command, "%s needs --docs=csv, jsonl or warc", "--id-field");
    if (in->files_from_nul && in->files_from == NULL) return usage_error(command, "%s needs --files-from", "--null");
    if (o->keep_going && o->fail_fast) return usage_error(command, "%s and --fail-fast contradict each other", "--keep-going");
    if (o->format != ERZ_FORMAT_TSV && (o->header || o->table != ERZ_TABLE_MENTIONS))
        return usage_error(command, "--header and --table are for --format=tsv%s", "");
    if (!o->resume) return -1;
    if (o->output == NULL || strcmp(o->output, "-") == 0) return usage_error(command, "%s needs -o FILE", "--resume");
    for (size_t i = 0; i < in->npaths && in->paths[i] != NULL; i++)
        if (strcmp(in->paths[i], "-") == 0) return usage_error(command, "%s cannot go on with standard input", "--resume");
    if (in->files_from != NULL ? strcmp(in->files_from, "-") == 0 : in->npaths == 0)
        return usage_error(command, "%s cannot go on with standard input", "--resume");
    return -1;
}

int cli_parse(cli_options *o, const char *command, int argc, char **argv)
{
    memset(o, 0, sizeof *o);
    o->command = command;
    o->threads = 1;
    o->paths = calloc((size_t)argc + 1, sizeof *o->paths);
    if (o->paths == NULL) {
        fputs("erz: out of memory\n", stderr);
        return EXIT_IO;
    }
    bool only_files = false, help = false, version = false;
    for (int i = 1; i < argc; i++) {
        const char *arg = argv[i];
        if (!only_files && strcmp(arg, "--") == 0) {
            only_files = true;
        } else if (!only_files && arg[0] == '-' && arg[1] != '\0') {
            int code = take_option(o, command, argc, argv, &i, &help, &version);
            if (code >= 0) return code;
        } else {
            o->paths[o->input.npaths++] = arg;
        }
    }
    o->input.paths = o->paths;
    if (help) return cli_help(command);
    if (version) return cli_version(o);
    bool stdin_only = strcmp(command, "stem") == 0 || strcmp(command, "match") == 0;
    for (size_t i = 0; i < o->input.npaths && stdin_only; i++)
        if (o->paths[i] != NULL && strcmp(o->paths[i], "-") != 0)
            return usage_error(command, "reads standard input, no file '%s'", o->paths[i]);
    if (o->text && o->header) return usage_error(command, "%s and --header contradict each other", "--text");
    int code = check_inputs(o, command);
    if (code >= 0) return code;
    if (o->quiet && o->verbose) return usage_error(command, "%s and --verbose contradict each other", "--quiet");
    return -1;
}

void cli_options_free(cli_options *o)
{
    free(o->paths);
    o->paths = NULL;
}
