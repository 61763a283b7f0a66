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

/* How one input holds many documents; docs/formats.md describes each. */
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

/* Called for each bad input (file, position, what is wrong); reading goes on. status ERZ_OK: a notice, nothing was lost (broken
 * UTF-8 that was replaced, a conversion). From the thread that reads. */
typedef void erz_report_fn(void *context, const erz_error *error);

/* A place between two documents, from which a later run can go on. */
typedef struct erz_position {
    uint64_t input;      /* inputs completed (after --shard) */
    uint64_t document;   /* documents of the next input completed */
    uint64_t input_hash; /* of the paths of the inputs completed, and of that input's when documents of it are */
    bool inside;         /* not between documents: a document has sections to come */
} erz_position;

typedef struct erz_input_options {
    const char *const *paths; /* files and directories; "-": standard input; borrowed */
    size_t npaths;            /* 0: standard input, when there is no files_from either */
    const char *files_from;   /* list of further paths, one a line; "-": standard input; may be NULL */
    bool files_from_nul;      /* they end with NUL */
    erz_docs_mode docs;
    const char *text_field, *id_field; /* jsonl, csv: "text", "id" when NULL; warc: id_field is a header's name */
    const char *encoding;              /* of bytes that are not UTF-8, any name ICU knows; NULL: found out */
    size_t max_doc_bytes;              /* 0: 64 MiB; a longer document comes in sections */
    size_t read_size;                  /* 0: 1 MiB; bytes asked for at a time (tests) */
    unsigned shard, shards;            /* 1..shards; shards 0: all */
    bool strict;                       /* broken UTF-8 is an error of its document */
    bool fail_fast;                    /* reading ends at the first bad input: what precedes it is given */
    bool verbose;                      /* notices of conversions, too */
    const erz_position *start;         /* go on from here; NULL: from the beginning */
    int stop_fd;                       /* reading ends when it becomes readable; <= 0: none */
    erz_report_fn *report;             /* may be NULL */
    void *report_context;
} erz_input_options;

/* What was met so far. */
typedef struct erz_input_counts {
    uint64_t inputs, documents, bytes; /* bytes: after decompression */
    uint64_t raw_bytes;                /* as read from the files */
    uint64_t unreadable;               /* inputs that could not be opened or read to their end */
    uint64_t bad_records;              /* lines, rows, records or documents passed over */
    uint64_t broken_documents, broken; /* documents with broken UTF-8, and sequences replaced */
    uint64_t converted;                /* documents from another encoding than UTF-8 */
    uint64_t mixed, mojibake;          /* documents with another encoding than those before; with misread UTF-8 */
    uint64_t sectioned;                /* documents longer than max_doc_bytes */
} erz_input_counts;

/* Documents in the order of the input. All memory belongs to the batch and is reused by the next read into it. */
typedef struct erz_batch erz_batch;
typedef struct erz_input erz_input;

/* Everything that options point to must outlive the input. ERZ_E_USAGE: an unknown encoding, a shard out of range. */
erz_status erz_input_open(const erz_input_options *options, erz_input **out, erz_error *err);
void erz_input_close(erz_input *input); /* NULL is allowed */
erz_status erz_batch_new(erz_batch **out, erz_error *err);
void erz_batch_free(erz_batch *batch); /* NULL is allowed */
/* Fill the batch with the next documents: about 1 MiB of them, fewer when the next read would block. A section that is not its
 * document's last ends the batch; sections must go through one extractor in order. Returns ERZ_END after the last document. One
 * thread at a time. */
erz_status erz_input_read(erz_input *input, erz_batch *batch, erz_error *err);
size_t erz_batch_count(const erz_batch *batch);
const erz_document *erz_batch_document(const erz_batch *batch, size_t i);
/* Where reading stood when the batch was full. */
void erz_batch_position(const erz_batch *batch, erz_position *position);
/* From the thread that reads, or when none does. */
void erz_input_count(const erz_input *input, erz_input_counts *counts);

/* The sizes of the inputs in order, without reading them: what progress is measured by. It shares nothing with an erz_input of
 * the same options and may run beside it. */
typedef struct erz_measure erz_measure;
/* Everything that options point to must outlive it, but for start. */
erz_status erz_measure_new(const erz_input_options *options, erz_measure **out, erz_error *err);
/* Bytes of the next file, 0 for one that is not there or that was completed before options.start. ERZ_END: that was the last;
 * ERZ_E_INPUT: what follows is no file, or the list of names can be read only once. */
erz_status erz_measure_next(erz_measure *measure, uint64_t *bytes, erz_error *err);
void erz_measure_free(erz_measure *measure); /* NULL is allowed */

#ifdef __cplusplus
}
#endif
#endif
