/* The program: options, messages, output. One file a subcommand. */
#ifndef ERZ_CLI_H
#define ERZ_CLI_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "erz/error.h"
#include "erz/export.h"
#include "erz/extract.h"
#include "erz/input.h"
#include "erz/model.h"
#include "erz/record.h"

/* Exit statuses: INTERFACE in README.md. */
enum { EXIT_NOTHING = 1, EXIT_USAGE = 2, EXIT_BAD_INPUT = 3, EXIT_IO = 4 };

typedef enum cli_stats { STATS_NONE, STATS_TEXT, STATS_JSON } cli_stats;

typedef struct cli_options {
    const char *command;
    erz_input_options input;
    const char **paths; /* malloc'ed list; the strings are argv's */
    const char *output; /* -o; NULL: standard output */
    const char *model;
    const char *kernel;
    const char *section;   /* model dump */
    const char *rules[16]; /* --rules */
    size_t nrules;
    unsigned threads; /* -j; 0: all cores */
    erz_offsets offsets;
    erz_table table;
    erz_format format;
    cli_stats stats;
    bool explain, profile;
    bool keep_going, fail_fast, resume, progress;
    bool header, quiet, verbose, exit_status, text, stems;
    bool split_hyphens; /* tokenize: cut compounds at hyphens */
} cli_options;

typedef struct cli_output {
    int fd;
    const char *name;
    char *temporary; /* renamed to target when all is written; NULL: name is written itself (a device, a FIFO) */
    char *target;    /* name, links followed; NULL: name */
    bool closed_pipe;
    uint64_t bytes;
} cli_output;

/* What was done; each worker counts for itself. */
enum { CLI_TYPES = ERZ_USER + 1 };
typedef struct cli_counts {
    uint64_t documents, tokens, sentences, records;
    uint64_t types[CLI_TYPES];
    uint64_t tokenize_ns, match_ns, write_ns; /* with --stats only */
} cli_counts;

/* --profile: a pattern's work, of all threads. */
typedef struct cli_profile {
    char name[64];
    uint64_t tried, matched, limited, ns;
} cli_profile;

/* What a run has seen; guarded by the runner where threads share it. */
typedef struct cli_run {
    const cli_options *options;
    erz_model *model;
    cli_output out;
    bool bad_input, failed_input; /* failed: a read error */
    cli_counts counts;
    uint64_t begin_ns, read_ns;
    cli_profile *profile;
    size_t nprofile, cap_profile;
} cli_run;

/* Parse argv[1..] of a subcommand. Returns -1 to go on, else the exit status. */
int cli_parse(cli_options *options, const char *command, int argc, char **argv);
void cli_options_free(cli_options *options);
int cli_help(const char *command);
int cli_version(const cli_options *options);

/* Print `erz: file:line:column: message` (with the source line and a caret where known). */
void cli_message(const erz_error *err);
/* What was printed to standard output goes out; the exit status. A failure is told. */
int cli_flush(void);
/* Exit status of a library status. */
int cli_exit_status(erz_status status);
/* Cut the compounds among the text's tokens at their hyphens; false: memory is short. */
bool cli_split_hyphens(erz_text *text);
/* Find and open the model: --model, ERZ_MODEL, beside the executable, under the prefix. */
erz_status cli_model_open(const cli_options *options, erz_model **model, erz_error *err);

/* What the name of an output stands for. Links are followed, also to a file that is not there yet. */
typedef struct cli_place {
    enum { PLACE_NEW, PLACE_FILE, PLACE_STANDARD, PLACE_OTHER } kind; /* other: a device, a FIFO */
    char *path; /* PLACE_FILE: without links, or NULL; for the caller to free */
    struct stat st;
} cli_place;
erz_status cli_output_find(const char *name, cli_place *place, erz_error *err);
/* Output: written in large blocks; a closed pipe sets closed_pipe and is no error. */
erz_status cli_output_open(cli_output *out, const char *name, erz_error *err);
erz_status cli_output_write(cli_output *out, const char *data, size_t len, erz_error *err);
/* whole: it gets its name; else the temporary file is removed, unless keep_part. */
erz_status cli_output_close(cli_output *out, bool whole, bool keep_part, erz_error *err);

/* Process all documents of the options' inputs: `work` turns one document into bytes. Output stands in input order for any
 * number of threads. */
typedef erz_status cli_work(cli_run *run, erz_extractor *extractor, const erz_document *doc, erz_buf *out, cli_counts *counts,
                            erz_error *err);
int cli_run_documents(const cli_options *options, const char *header, cli_work *work);
/* The same for work on standard input alone: exit status of a run whose library status is `status`. */
int cli_run_code(const cli_run *run, erz_status status);

/* Rule files: their hash; look for mistakes in them; give them to an extractor; what --explain wrote of its last text; add up
 * what
 * --profile counted (the caller guards run) and print it. */
uint64_t cli_rules_hash(const cli_options *options);
erz_status cli_rules_check(const cli_options *options, const erz_model *model, erz_error *err);
erz_status cli_rules_setup(const cli_options *options, erz_extractor *x, erz_error *err);
void cli_rules_explained(const cli_options *options, erz_extractor *x, erz_buf *out);
bool cli_rules_count(cli_run *run, erz_extractor *x);
void cli_rules_print(cli_run *run);

/* The records of a text in the form the options ask for. */
erz_status cli_write_text(const cli_options *options, const erz_text *text, erz_buf *out, erz_error *err);
uint64_t cli_now(void); /* nanoseconds of a monotonic clock */
/* Count the records of a text. */
void cli_count_text(cli_counts *counts, const erz_text *text);
void cli_counts_add(cli_counts *sum, const cli_counts *more);
/* --stats, to standard error. input may be NULL. */
void cli_stats_print(const cli_run *run, const erz_input_counts *input);

/* From the first SIGINT, SIGTERM or SIGHUP on cli_signal() gives its number and the descriptor is readable. A second one ends
 * the program at once. */
int cli_signals_catch(void); /* the descriptor, -1: none */
int cli_signal(void);
/* End as the signal asks for: what was begun is written. */
void cli_signal_raise(void);

/* Progress on standard error. */
typedef struct cli_progress {
    bool on, drawn, measuring;
    uint64_t begin_ns, due_ns;
    const erz_input_options *input;
    pthread_t measurer;
    _Atomic uint64_t total; /* bytes of all inputs, 0: not known, or not yet */
    atomic_bool stop;
} cli_progress;
/* progress is zeroed; input must stay until cli_progress_end(). */
void cli_progress_begin(cli_progress *progress, const cli_options *options, const erz_input_options *input);
void cli_progress_draw(cli_progress *progress, uint64_t bytes, uint64_t documents);
void cli_progress_clear(cli_progress *progress);
void cli_progress_end(cli_progress *progress);

/* The journal of --resume: how far the output is whole. */
typedef struct cli_journal {
    int fd;
    char *path;
    bool resumed, done;
    erz_position position;
    uint64_t bytes, records;
    bool bad, failed;
} cli_journal;
/* Open journal and partial output of a run; resumed: they are those of a broken one, cut back to its last entry. */
erz_status cli_journal_open(cli_journal *journal, const cli_options *options, const erz_model *model, cli_output *out,
                            erz_error *err);
erz_status cli_journal_write(cli_journal *journal, const cli_run *run, const erz_position *position, erz_error *err);
/* done: the output has its name, the journal is removed. */
void cli_journal_close(cli_journal *journal, bool done);

int cmd_extract(int argc, char **argv);
int cmd_tokenize(int argc, char **argv);
int cmd_stem(int argc, char **argv);
int cmd_match(int argc, char **argv);
int cmd_model(int argc, char **argv);
int cmd_schema(int argc, char **argv);
int cmd_train(int argc, char **argv); /* model train */

#endif
