/* Reading the token stream back: what `erz stem` and `erz match` do. */
#ifndef ERZ_STREAM_H
#define ERZ_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "erz/error.h"
#include "erz/extract.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One row; fields are unescaped and borrowed from the line. */
typedef struct erz_row {
    const char *doc, *text, *gap, *stem; /* stem NULL: no such column */
    size_t doc_len, text_len, gap_len, stem_len;
    uint64_t sent, begin, end;
    erz_token_class cls;
} erz_row;

/* Split a line (without LF; changed in place). ERZ_E_INPUT, err->column and a message when it is no row. */
erz_status erz_row_parse(char *line, size_t len, erz_row *row, erz_error *err);

/* Builds the text of a section from its rows. */
typedef struct erz_stream erz_stream;
erz_status erz_stream_new(erz_extractor *extractor, erz_stream **out, erz_error *err);
void erz_stream_free(erz_stream *stream);
/* Take a row. *text is set (else NULL) when the row completed a section: matched already, valid until the next call. */
erz_status erz_stream_add(erz_stream *stream, const erz_row *row, erz_text **text, erz_error *err);
/* Is a section incomplete? True at the end of a stream means that its last rows are missing. */
bool erz_stream_open(const erz_stream *stream);

#ifdef __cplusplus
}
#endif
#endif
