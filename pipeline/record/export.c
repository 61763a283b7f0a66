#include "export.h"

#include "base/utf8.h"

uint64_t record_offset(record_position *p, uint32_t at)
{
    const erz_document *doc = p->text->doc;
    if (p->unit == ERZ_OFFSETS_BYTE) return erz_document_offset(doc, at);
    if (at < p->at) {
        p->at = 0;
        p->count = 0;
    }
    for (; p->at < at; p->at++) {
        unsigned char c = (unsigned char)p->text->text[p->at];
        p->count += (c & 0xc0) != 0x80;
        p->count += p->unit == ERZ_OFFSETS_UTF16 && c >= 0xf0;
    }
    return p->count + (p->unit == ERZ_OFFSETS_CHAR ? doc->base_char : doc->base_utf16);
}

void record_put_id(erz_buf *out, const erz_document *doc, void put(erz_buf *out, const char *s, size_t len))
{
    for (size_t at = 0; at < doc->id_len; at++) {
        size_t good = erz_utf8_valid(doc->id + at, doc->id_len - at);
        put(out, doc->id + at, good);
        at += good;
        if (at < doc->id_len) erz_buf_str(out, "\xef\xbf\xbd");
    }
}

erz_status erz_export_write(const erz_text *text, erz_format format, erz_offsets offsets, struct erz_buf *out)
{
    switch (format) {
    case ERZ_FORMAT_JSONL:
        return record_jsonl_write(text, offsets, out);
    case ERZ_FORMAT_BRAT:
        return record_brat_write(text, out);
    case ERZ_FORMAT_CONLLU:
        return record_conllu_write(text, out);
    case ERZ_FORMAT_VERTICAL:
        return record_vertical_write(text, out);
    case ERZ_FORMAT_TSV:
        break;
    }
    return erz_record_write(text, ERZ_TABLE_MENTIONS, offsets, out);
}

void erz_export_end(erz_format format, struct erz_buf *out)
{
    /* Two empty blocks end a tar archive. */
    for (int i = 0; format == ERZ_FORMAT_BRAT && i < 1024; i++) erz_buf_char(out, '\0');
}
