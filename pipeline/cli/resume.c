/* The journal of --resume. FILE.part holds the output so far, FILE.journal a line for each batch that is whole in it:
 *     input document input_hash bytes records bad
 * and `done` when all is written. A broken run is taken up at the last whole line: the output is cut back to its bytes and
 * reading starts at its position. The first line names the version and a hash of the options that decide about the output. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "cli.h"

/* All that decides about the bytes of the output, but for what the inputs hold. */
static uint64_t options_hash(const cli_options *o, const erz_model *model)
{
    const erz_input_options *in = &o->input;
    const uint64_t numbers[] = {in->docs,         in->files_from_nul, in->max_doc_bytes, in->shard, in->shards, in->strict,
                                o->offsets,       o->table,           o->format,         o->header, o->explain, o->text,
                                o->split_hyphens, cli_rules_hash(o)};
    const char *const strings[] = {o->command,   ERZ_VERSION,  erz_model_digest(model), in->text_field,
                                   in->id_field, in->encoding, in->files_from};
    uint64_t h = erz_hash(numbers, sizeof numbers, 0);
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        h = strings[i] != NULL ? erz_hash(strings[i], strlen(strings[i]), h) : erz_hash_pair(h, i);
    for (size_t i = 0; i < in->npaths; i++) h = erz_hash(in->paths[i], strlen(in->paths[i]), h);
    return h;
}

static erz_status io_error(erz_error *err, const char *path, const char *what)
{
    return erz_fail(err, ERZ_E_IO, path, 0, 0, "cannot %s: %s", what, strerror(errno));
}

static erz_status write_all(cli_journal *j, const char *line, size_t len, erz_error *err)
{
    while (len > 0) {
        ssize_t n = write(j->fd, line, len);
        if (n < 0 && errno != EINTR) return io_error(err, j->path, "write");
        if (n > 0) line += n, len -= (size_t)n;
    }
    return ERZ_OK;
}

static void take_line(cli_journal *j, const char *line, uint64_t part)
{
    erz_position p = {0};
    uint64_t bytes, records;
    unsigned bad, failed;
    if (strcmp(line, "done") == 0) j->done = true;
    if (sscanf(line, "%" SCNu64 " %" SCNu64 " %" SCNx64 " %" SCNu64 " %" SCNu64 " %u %u", &p.input, &p.document, &p.input_hash,
               &bytes, &records, &bad, &failed) != 7)
        return;
    if (bytes > part) return; /* its output was lost with the machine */
    j->position = p;
    j->bytes = bytes;
    j->records = records;
    j->bad = bad != 0;
    j->failed = failed != 0;
    j->resumed = true;
}

/* Only whole lines count. */
static erz_status read_journal(cli_journal *j, uint64_t hash, uint64_t part, erz_error *err)
{
    char *line = NULL, head[64];
    size_t cap = 0;
    ssize_t n;
    bool first = true, good = true;
    FILE *f = fopen(j->path, "re");
    if (f == NULL) return io_error(err, j->path, "open");
    snprintf(head, sizeof head, "erz-journal 1 %016" PRIx64, hash);
    off_t whole = 0;
    while (good && (n = getline(&line, &cap, f)) > 0 && line[n - 1] == '\n') {
        whole += n;
        line[n - 1] = '\0';
        if (first)
            good = strcmp(line, head) == 0;
        else
            take_line(j, line, part);
        first = false;
    }
    free(line);
    fclose(f);
    if (good && ftruncate(j->fd, whole) != 0) return io_error(err, j->path, "cut back");
    if (good) return ERZ_OK;
    return erz_fail(err, ERZ_E_USAGE, j->path, 1, 0,
                    "the broken run had other options, arguments, rules or another model; remove the journal to start anew");
}

/* FILE.part, cut back; FILE itself when only the journal's removal was missing. */
static erz_status open_part(cli_journal *j, cli_output *out, const char *name, erz_error *err)
{
    out->name = name;
    out->fd = open(out->temporary, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (out->fd < 0) return io_error(err, out->temporary, "create");
    if (ftruncate(out->fd, (off_t)j->bytes) != 0) return io_error(err, out->temporary, "cut back");
    if (lseek(out->fd, (off_t)j->bytes, SEEK_SET) < 0) return io_error(err, out->temporary, "position");
    out->bytes = j->bytes;
    return ERZ_OK;
}

static erz_status start_journal(cli_journal *j, uint64_t hash, erz_error *err)
{
    char head[64];
    if (ftruncate(j->fd, 0) != 0) return io_error(err, j->path, "cut back");
    int n = snprintf(head, sizeof head, "erz-journal 1 %016" PRIx64 "\n", hash);
    return write_all(j, head, (size_t)n, err);
}

erz_status cli_journal_open(cli_journal *j, const cli_options *options, const erz_model *model, cli_output *out, erz_error *err)
{
    const char *name = options->output;
    struct stat st;
    erz_buf journal = {0}, part = {0};
    memset(j, 0, sizeof *j);
    memset(out, 0, sizeof *out);
    out->fd = j->fd = -1;
    cli_place place;
    erz_status status = cli_output_find(name, &place, err);
    if (status != ERZ_OK) return status;
    if (place.kind > PLACE_FILE) return erz_fail(err, ERZ_E_USAGE, name, 0, 0, "--resume needs a file to write to");
    out->target = place.path;
    erz_buf_printf(&journal, "%s.journal", place.path != NULL ? place.path : name);
    erz_buf_printf(&part, "%s.part", place.path != NULL ? place.path : name);
    j->path = journal.data;
    out->temporary = part.data;
    if (journal.failed || part.failed) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    j->fd = open(j->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (j->fd < 0) return io_error(err, j->path, "create");
    if (flock(j->fd, LOCK_EX | LOCK_NB) != 0) return erz_fail(err, ERZ_E_IO, j->path, 0, 0, "another run is writing it");
    uint64_t size = stat(part.data, &st) == 0 ? (uint64_t)st.st_size : 0, hash = options_hash(options, model);
    status = fstat(j->fd, &st) == 0 && st.st_size > 0 ? read_journal(j, hash, size, err) : ERZ_OK;
    if (status != ERZ_OK) return status;
    if (j->done && access(part.data, F_OK) != 0 && access(name, F_OK) == 0) return ERZ_OK;
    j->done = false;
    if (!j->resumed) status = start_journal(j, hash, err);
    return status == ERZ_OK ? open_part(j, out, name, err) : status;
}

erz_status cli_journal_write(cli_journal *j, const cli_run *run, const erz_position *p, erz_error *err)
{
    char line[160];
    if (j->path == NULL || p->inside) return ERZ_OK;
    int n = snprintf(line, sizeof line, "%" PRIu64 " %" PRIu64 " %" PRIx64 " %" PRIu64 " %" PRIu64 " %d %d\n", p->input,
                     p->document, p->input_hash, run->out.bytes, run->counts.records, run->bad_input, run->failed_input);
    return write_all(j, line, (size_t)n, err);
}

void cli_journal_close(cli_journal *j, bool done)
{
    if (j->path == NULL) return;
    if (done) unlink(j->path);
    if (j->fd >= 0) close(j->fd);
    free(j->path);
    j->path = NULL;
}
