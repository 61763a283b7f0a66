/* Inputs: files, directories and standard input as a sequence of documents, in batches. */
#ifndef ERZ_INPUT_H
#define ERZ_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "erz/document.h"
#include "erz/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum erz_docs_mode {
    ERZ_DOCS_FILE,
    ERZ_DOCS_LINE,
    ERZ_DOCS_BLANK,
    ERZ_DOCS_FF,
    ERZ_DOCS_NUL,
    ERZ_DOCS_LEIPZIG,
    ERZ_DOCS_CSV,
    ERZ_DOCS_JSONL,
    ERZ_DOCS_WARC
} erz_docs_mode;

/* Called for each bad input (file, position, what is wrong); reading goes on. From the thread that reads. */
typedef void erz_report_fn(void *context, const erz_error *error);

typedef struct erz_input_options {
    const char *const *paths; /* files and directories; "-": standard input; borrowed */
    size_t npaths;            /* 0: standard input */
    erz_docs_mode docs;
    const char *text_field, *id_field; /* jsonl, csv; NULL: "text", "id" */
    const char *encoding;              /* NULL: found out */
    size_t max_doc_bytes;              /* 0: 64 MiB; a longer document comes in sections */
    size_t read_size;                  /* 0: 1 MiB; bytes asked for at a time (tests) */
    bool strict;                       /* broken UTF-8 is an error of its document */
    erz_report_fn *report;             /* may be NULL */
    void *report_context;
} erz_input_options;

/* Documents in the order of the input. All memory belongs to the batch and is reused by the next read into it. */
typedef struct erz_batch erz_batch;
typedef struct erz_input erz_input;

erz_status erz_input_open(const erz_input_options *options, erz_input **out, erz_error *err);
void erz_input_close(erz_input *input);
erz_status erz_batch_new(erz_batch **out, erz_error *err);
void erz_batch_free(erz_batch *batch);
/* Fill the batch with the next documents: about 1 MiB of them, fewer when the next read would block. Returns ERZ_END after the
 * last. One thread at a time. */
erz_status erz_input_read(erz_input *input, erz_batch *batch, erz_error *err);
size_t erz_batch_count(const erz_batch *batch);
const erz_document *erz_batch_document(const erz_batch *batch, size_t i);

#ifdef __cplusplus
}
#endif
#endif
