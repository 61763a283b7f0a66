/* The token stream. */
#include "base/buf.h"
#include "erz/record.h"
#include "escape.h"

/* Decimal digits of n at out (room for 20); returns their end. */
static char *put_number(char *out, uint64_t n)
{
    char digits[20];
    size_t i = sizeof digits;
    do digits[--i] = (char)('0' + n % 10);
    while ((n /= 10) != 0);
    memcpy(out, digits + i, sizeof digits - i);
    return out + (sizeof digits - i);
}

/* Escaped at out (room for twice the length); returns its end. */
static char *put_escaped(char *out, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        char c = s[i];
        if ((unsigned char)c < ' ' || c == '\\') {
            char letter = record_escape_letter(c);
            if (letter != '\0') {
                *out++ = '\\';
                c = letter;
            }
        }
        *out++ = c;
    }
    return out;
}

/* What the rows of a sentence begin with is put together once. */
typedef struct rows {
    const erz_text *text;
    erz_buf *out;
    erz_buf prefix; /* doc TAB sent TAB */
    size_t doc_len;
    uint32_t gap; /* end of the token before */
} rows;

static void begin_sentence(rows *r, uint64_t sent)
{
    r->prefix.len = r->doc_len;
    erz_buf_u64(&r->prefix, sent);
    erz_buf_char(&r->prefix, '\t');
}

static bool write_row(rows *r, uint32_t begin, uint32_t end, erz_token_class cls, const char *stem, size_t stem_len)
{
    enum { NUMBERS_AND_CLASS = 64 };
    const erz_text *text = r->text;
    const char *name = erz_token_class_name(cls);
    size_t most = r->prefix.len + NUMBERS_AND_CLASS + 2 * (size_t)(end - r->gap) + 2 * stem_len;
    if (r->prefix.failed || !erz_buf_reserve(r->out, most)) return false;
    char *p = r->out->data + r->out->len;
    memcpy(p, r->prefix.data, r->prefix.len);
    p = put_number(p + r->prefix.len, erz_document_offset(text->doc, begin));
    *p++ = '\t';
    p = put_number(p, erz_document_offset(text->doc, end));
    *p++ = '\t';
    while (*name != '\0') *p++ = *name++;
    *p++ = '\t';
    p = put_escaped(p, text->text + begin, end - begin);
    *p++ = '\t';
    p = put_escaped(p, text->text + r->gap, begin - r->gap);
    if (stem != NULL) {
        *p++ = '\t';
        p = put_escaped(p, stem, stem_len);
    }
    *p++ = '\n';
    r->out->len = (size_t)(p - r->out->data);
    r->gap = end;
    return true;
}

static bool write_sentence(rows *r, uint32_t first, uint32_t end, bool stems)
{
    const erz_tokens *t = &r->text->tokens;
    for (uint32_t i = first; i < end; i++) {
        size_t len = 0;
        const char *stem = stems ? erz_words_stem(r->text->words, t->word[i], &len) : NULL;
        if (stems && stem == NULL) return false;
        if (!write_row(r, t->begin[i], t->end[i], (erz_token_class)t->cls[i], stem, len)) return false;
    }
    return true;
}

erz_status erz_tokens_write(const erz_text *text, bool stems, struct erz_buf *out)
{
    const erz_tokens *t = &text->tokens;
    rows r = {text, out, {0}, 0, 0};
    record_escape(&r.prefix, text->doc->id, text->doc->id_len);
    erz_buf_char(&r.prefix, '\t');
    r.doc_len = r.prefix.len;
    bool good = true;
    for (size_t s = 0; s < t->nsent && good; s++) {
        begin_sentence(&r, text->sent_base + s + 1);
        good = write_sentence(&r, t->sent[s], t->sent[s + 1], stems);
    }
    /* A section that is not its document's last says so by the number of the sentence to come; the last has 0. */
    begin_sentence(&r, text->doc->last ? 0 : text->sent_base + t->nsent + 1);
    good = good && write_row(&r, (uint32_t)text->len, (uint32_t)text->len, ERZ_TOKEN_END, stems ? "" : NULL, 0);
    erz_buf_free(&r.prefix);
    return good ? ERZ_OK : ERZ_E_MEMORY;
}

erz_status erz_tokens_write_text(const erz_text *text, struct erz_buf *out)
{
    const erz_tokens *t = &text->tokens;
    for (size_t s = 0; s < t->nsent; s++) {
        for (uint32_t i = t->sent[s]; i < t->sent[s + 1]; i++) {
            record_escape(out, text->text + t->begin[i], t->end[i] - t->begin[i]);
            erz_buf_char(out, '\n');
        }
        erz_buf_char(out, '\n');
    }
    return out->failed ? ERZ_E_MEMORY : ERZ_OK;
}
