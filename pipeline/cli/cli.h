/* The program: options, messages, output. One file a subcommand. */
#ifndef ERZ_CLI_H
#define ERZ_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "erz/error.h"
#include "erz/extract.h"
#include "erz/input.h"
#include "erz/model.h"
#include "erz/record.h"

/* Exit statuses: INTERFACE in README.md. */
enum { EXIT_NOTHING = 1, EXIT_USAGE = 2, EXIT_BAD_INPUT = 3, EXIT_IO = 4 };

typedef struct cli_options {
    erz_input_options input;
    const char **paths; /* malloc'ed list; the strings are argv's */
    const char *output; /* -o; NULL: standard output */
    const char *model;
    const char *kernel;
    const char *section; /* model dump */
    unsigned threads;    /* -j; 0: all cores */
    erz_offsets offsets;
    erz_table table;
    bool header, quiet, verbose, exit_status, text, stems;
} cli_options;

typedef struct cli_output {
    int fd;
    const char *name;
    char *temporary; /* renamed to name when all is written */
    bool closed_pipe;
    uint64_t bytes;
} cli_output;

/* What a run has seen; guarded by the runner where threads share it. */
typedef struct cli_run {
    const cli_options *options;
    erz_model *model;
    cli_output out;
    bool bad_input, failed_input; /* failed: a read error */
    uint64_t documents, records;
} cli_run;

/* Parse argv[1..] of a subcommand. Returns -1 to go on, else the exit status. */
int cli_parse(cli_options *options, const char *command, int argc, char **argv);
void cli_options_free(cli_options *options);
int cli_help(const char *command);
int cli_version(const cli_options *options);

/* Print `erz: file:line:column: message` (with the source line and a caret where known). */
void cli_message(const erz_error *err);
/* Exit status of a library status. */
int cli_exit_status(erz_status status);
/* Find and open the model: --model, ERZ_MODEL, beside the executable, under the prefix. */
erz_status cli_model_open(const cli_options *options, erz_model **model, erz_error *err);

/* Output: written in large blocks; a closed pipe sets closed_pipe and is no error. */
erz_status cli_output_open(cli_output *out, const char *name, erz_error *err);
erz_status cli_output_write(cli_output *out, const char *data, size_t len, erz_error *err);
erz_status cli_output_close(cli_output *out, bool keep, erz_error *err);

/* Process all documents of the options' inputs: `work` turns one document into bytes. Output stands in input order for any
 * number of threads. */
typedef erz_status cli_work(cli_run *run, erz_extractor *extractor, const erz_document *doc, erz_buf *out, uint64_t *records,
                            erz_error *err);
int cli_run_documents(const cli_options *options, const char *header, cli_work *work);

int cmd_extract(int argc, char **argv);
int cmd_tokenize(int argc, char **argv);
int cmd_stem(int argc, char **argv);
int cmd_match(int argc, char **argv);
int cmd_model(int argc, char **argv);
int cmd_train(int argc, char **argv); /* model train */

#endif
