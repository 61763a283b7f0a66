/* What the writers of the output formats share. */
#ifndef ERZ_RECORD_EXPORT_H
#define ERZ_RECORD_EXPORT_H

#include "base/buf.h"
#include "erz/export.h"

/* Offsets are asked for in ascending order; going back counts from the beginning of the section. */
typedef struct record_position {
    const erz_text *text;
    erz_offsets unit;
    uint32_t at;
    uint64_t count;
} record_position;

/* Offset in the document of text[at]. */
uint64_t record_offset(record_position *position, uint32_t at);

/* The document's id by `put`; bytes that are not UTF-8, which a path may have, as U+FFFD. */
void record_put_id(erz_buf *out, const erz_document *doc, void put(erz_buf *out, const char *s, size_t len));

/* --table=deals */
erz_status record_deals_write(const erz_text *text, erz_offsets offsets, erz_buf *out);
erz_status record_jsonl_write(const erz_text *text, erz_offsets offsets, erz_buf *out);
erz_status record_brat_write(const erz_text *text, erz_buf *out);
erz_status record_conllu_write(const erz_text *text, erz_buf *out);
erz_status record_vertical_write(const erz_text *text, erz_buf *out);

#endif
