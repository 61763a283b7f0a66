/* The token stream. */
#include "base/buf.h"
#include "erz/record.h"
#include "escape.h"

static void write_row(erz_buf *out, const erz_text *text, uint64_t sent, uint32_t gap, uint32_t begin, uint32_t end,
                      erz_token_class cls)
{
    record_escape(out, text->doc->id, text->doc->id_len);
    erz_buf_char(out, '\t');
    erz_buf_u64(out, sent);
    erz_buf_char(out, '\t');
    erz_buf_u64(out, erz_document_offset(text->doc, begin));
    erz_buf_char(out, '\t');
    erz_buf_u64(out, erz_document_offset(text->doc, end));
    erz_buf_char(out, '\t');
    erz_buf_str(out, erz_token_class_name(cls));
    erz_buf_char(out, '\t');
    record_escape(out, text->text + begin, end - begin);
    erz_buf_char(out, '\t');
    record_escape(out, text->text + gap, begin - gap);
}

erz_status erz_tokens_write(const erz_text *text, bool stems, struct erz_buf *out)
{
    const erz_tokens *t = &text->tokens;
    uint32_t gap = 0;
    for (size_t s = 0; s < t->nsent; s++) {
        for (uint32_t i = t->sent[s]; i < t->sent[s + 1]; i++) {
            write_row(out, text, text->sent_base + s + 1, gap, t->begin[i], t->end[i], (erz_token_class)t->cls[i]);
            gap = t->end[i];
            if (stems) {
                size_t len;
                const char *stem = erz_words_stem(text->words, t->word[i], &len);
                if (stem == NULL) return ERZ_E_MEMORY;
                erz_buf_char(out, '\t');
                record_escape(out, stem, len);
            }
            erz_buf_char(out, '\n');
        }
    }
    /* A section that is not its document's last says so by the number of the sentence to come; the last has 0. */
    uint64_t next = text->doc->last ? 0 : text->sent_base + t->nsent + 1;
    write_row(out, text, next, gap, (uint32_t)text->len, (uint32_t)text->len, ERZ_TOKEN_END);
    if (stems) erz_buf_char(out, '\t');
    erz_buf_char(out, '\n');
    return out->failed ? ERZ_E_MEMORY : ERZ_OK;
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
