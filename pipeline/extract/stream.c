/* From the rows of a token stream back to a text that the matchers can work on. */
#include "erz/stream.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

struct erz_stream {
    erz_extractor *extractor;
    erz_text *text; /* of the section under construction, NULL: none */
    erz_document doc;
    erz_buf id, bytes;
    erz_fix *fixes;
    size_t nfixes, cap_fixes;
    int64_t shift;
    erz_tokens t; /* own arrays */
    size_t cap[5], cap_sent;
    uint64_t last_sent;
    bool more;                                   /* the last end row says that another section follows */
    uint64_t next_offset, next_char, next_utf16; /* where it begins */
};

erz_status erz_stream_new(erz_extractor *extractor, erz_stream **out, erz_error *err)
{
    erz_stream *s = calloc(1, sizeof *s);
    if (s == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    s->extractor = extractor;
    *out = s;
    return ERZ_OK;
}

void erz_stream_free(erz_stream *s)
{
    if (s == NULL) return;
    free(s->t.begin), free(s->t.end), free(s->t.cls), free(s->t.shape), free(s->t.word), free(s->t.sent);
    free(s->fixes);
    erz_buf_free(&s->id);
    erz_buf_free(&s->bytes);
    free(s);
}

bool erz_stream_open(const erz_stream *s)
{
    return s->text != NULL;
}

static erz_status begin_section(erz_stream *s, const erz_row *row, erz_error *err)
{
    bool more = s->more && s->id.len == row->doc_len && (row->doc_len == 0 || memcmp(s->id.data, row->doc, row->doc_len) == 0);
    s->id.len = s->bytes.len = s->nfixes = s->t.n = s->t.nsent = 0;
    s->shift = 0;
    s->last_sent = 0;
    erz_buf_add(&s->id, row->doc, row->doc_len);
    if (s->id.failed) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    memset(&s->doc, 0, sizeof s->doc);
    s->doc.first = !more;
    s->doc.base = more ? s->next_offset : 0;
    s->doc.base_char = more ? s->next_char : 0;
    s->doc.base_utf16 = more ? s->next_utf16 : 0;
    return erz_extractor_begin(s->extractor, &s->doc, &s->text, err);
}

static bool grow_tokens(erz_stream *s)
{
    size_t need = s->t.n + 1;
    return erz_grow(&s->t.begin, &s->cap[0], need, 4) && erz_grow(&s->t.end, &s->cap[1], need, 4) &&
           erz_grow(&s->t.cls, &s->cap[2], need, 1) && erz_grow(&s->t.shape, &s->cap[3], need, 2) &&
           erz_grow(&s->t.word, &s->cap[4], need, 4) && erz_grow(&s->t.sent, &s->cap_sent, s->t.nsent + 2, 4);
}

/* The document's offsets of a token tell how far the text has drifted from it: bytes that were not UTF-8 were replaced. */
static bool add_fix(erz_stream *s, uint32_t at, uint64_t offset)
{
    int64_t shift = (int64_t)(offset - s->doc.base) - (int64_t)at;
    if (shift == s->shift) return true;
    if (!erz_grow(&s->fixes, &s->cap_fixes, s->nfixes + 1, sizeof *s->fixes)) return false;
    s->fixes[s->nfixes++] = (erz_fix){at, (int32_t)shift};
    s->shift = shift;
    return true;
}

static erz_status add_token(erz_stream *s, const erz_row *row, erz_error *err)
{
    uint32_t begin = (uint32_t)(s->bytes.len - row->text_len);
    size_t i = s->t.n;
    if (!grow_tokens(s)) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    s->t.begin[i] = begin;
    s->t.end[i] = (uint32_t)s->bytes.len;
    s->t.cls[i] = (uint8_t)row->cls;
    erz_status status = erz_words_intern(s->text->words, row->text, row->text_len, (uint8_t)row->cls, ERZ_SHAPE_UNKNOWN,
                                         row->stem, row->stem_len, &s->t.word[i], err);
    if (status != ERZ_OK) return status; /* its characters are a gap then */
    s->t.shape[i] = erz_words_array(s->text->words)[s->t.word[i]].shape;
    if (i == 0 || row->sent != s->last_sent) s->t.sent[s->t.nsent++] = (uint32_t)i;
    s->last_sent = row->sent;
    s->t.n++;
    return ERZ_OK;
}

static void count_units(erz_stream *s, const erz_row *row)
{
    s->next_char = s->doc.base_char;
    s->next_utf16 = s->doc.base_utf16;
    size_t len = s->bytes.data != NULL ? s->bytes.len : 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s->bytes.data[i];
        s->next_char += (c & 0xc0) != 0x80;
        s->next_utf16 += (c & 0xc0) == 0x80 ? 0 : c >= 0xf0 ? 2 : 1;
    }
    s->next_offset = row->end;
}

static erz_status end_section(erz_stream *s, const erz_row *row, erz_text **text, erz_error *err)
{
    if (!grow_tokens(s)) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    s->t.sent[s->t.nsent] = (uint32_t)s->t.n;
    s->doc.id = s->id.data != NULL ? s->id.data : "";
    s->doc.id_len = s->id.len;
    s->doc.text = s->bytes.data != NULL ? s->bytes.data : "";
    s->doc.len = s->bytes.len;
    s->doc.fixes = s->fixes;
    s->doc.nfixes = s->nfixes;
    s->more = row->sent > 0;
    s->doc.last = !s->more;
    count_units(s, row);
    s->text->text = s->doc.text;
    s->text->len = s->doc.len;
    s->text->tokens = s->t;
    *text = s->text;
    s->text = NULL;
    return erz_extractor_match(s->extractor, *text, err);
}

erz_status erz_stream_add(erz_stream *s, const erz_row *row, erz_text **text, erz_error *err)
{
    *text = NULL;
    erz_status status = s->text == NULL ? begin_section(s, row, err) : ERZ_OK;
    if (status != ERZ_OK) return status;
    if (s->bytes.len + row->gap_len + row->text_len >= UINT32_MAX - 64)
        return erz_fail(err, ERZ_E_LIMIT, NULL, 0, 0, "a section of the token stream is larger than 4 GiB");
    erz_buf_add(&s->bytes, row->gap, row->gap_len);
    if (s->bytes.failed || !erz_buf_reserve(&s->bytes, row->text_len + 1) || !add_fix(s, (uint32_t)s->bytes.len, row->begin))
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    erz_buf_add(&s->bytes, row->text, row->text_len);
    if (!add_fix(s, (uint32_t)s->bytes.len, row->end)) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    return row->cls == ERZ_TOKEN_END ? end_section(s, row, text, err) : add_token(s, row, err);
}
