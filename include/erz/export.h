/* Other forms of output than TSV. docs/formats.md describes each. */
#ifndef ERZ_EXPORT_H
#define ERZ_EXPORT_H

#include "erz/error.h"
#include "erz/mention.h"
#include "erz/record.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum erz_format {
    ERZ_FORMAT_TSV,
    ERZ_FORMAT_JSONL,   /* an object a document: text and mentions */
    ERZ_FORMAT_BRAT,    /* a tar archive of NAME.txt and NAME.ann */
    ERZ_FORMAT_CONLLU,  /* CoNLL-U, mentions in MISC */
    ERZ_FORMAT_VERTICAL /* a token a line with structures, as CWB and (No)Sketch Engine read it */
} erz_format;

/* Append a text with its mentions to out; ERZ_FORMAT_TSV: as erz_record_write() does for mentions. */
erz_status erz_export_write(const erz_text *text, erz_format format, erz_offsets offsets, struct erz_buf *out);
/* What stands behind the last document. */
void erz_export_end(erz_format format, struct erz_buf *out);

#ifdef __cplusplus
}
#endif
#endif
