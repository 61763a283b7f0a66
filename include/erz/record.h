/* Writing records and the token stream. */
#ifndef ERZ_RECORD_H
#define ERZ_RECORD_H

#include <stddef.h>

#include "erz/error.h"
#include "erz/mention.h"

#ifdef __cplusplus
extern "C" {
#endif

struct erz_buf;

typedef enum erz_offsets { ERZ_OFFSETS_BYTE, ERZ_OFFSETS_CHAR, ERZ_OFFSETS_UTF16 } erz_offsets;
typedef enum erz_table { ERZ_TABLE_MENTIONS, ERZ_TABLE_DEALS } erz_table;

/* Header lines, with LF. */
const char *erz_record_header(erz_table table);
/* Append the records of a text to out (a pipeline/base buffer); sorted mentions are expected. */
erz_status erz_record_write(const erz_text *text, erz_table table, erz_offsets offsets, struct erz_buf *out);
/* Append the token stream of a text; stems: with the stem column. text->words is needed for stems only. */
erz_status erz_tokens_write(const erz_text *text, bool stems, struct erz_buf *out);
/* Append bare tokens, one a line, with an empty line after each sentence. */
erz_status erz_tokens_write_text(const erz_text *text, struct erz_buf *out);

#ifdef __cplusplus
}
#endif
#endif
