/* --table=deals: a wide line for each deal. The mentions of a deal were merged when they were found. */
#include <string.h>

#include "base/buf.h"
#include "escape.h"
#include "export.h"

/* All values of an attribute, joined by "; ", and what ends the column. */
static void write_column(erz_buf *out, const erz_mention *m, erz_attr_key key, char end)
{
    bool first = true;
    for (const erz_attr *a = m->attrs; a != NULL; a = a->next) {
        if (a->key != key) continue;
        if (!first) erz_buf_str(out, "; ");
        record_escape(out, a->value, strlen(a->value));
        first = false;
    }
    erz_buf_char(out, end);
}

static void write_all(erz_buf *out, const erz_mention *m, erz_attr_key key)
{
    write_column(out, m, key, '\t');
}

/* `15000000 EUR` in two columns. */
static void write_amount(erz_buf *out, const erz_mention *m)
{
    const char *amount = erz_mention_get(m, ERZ_ATTR_AMOUNT);
    if (amount == NULL) amount = "";
    size_t n = strcspn(amount, " ");
    erz_buf_add(out, amount, n);
    erz_buf_char(out, '\t');
    if (amount[n] == ' ') erz_buf_str(out, amount + n + 1);
    erz_buf_char(out, '\t');
}

static void write_evidence(erz_buf *out, const erz_text *text, const erz_mention *m)
{
    uint32_t first = text->tokens.sent[m->sent], last = text->tokens.sent[m->sent + 1] - 1;
    uint32_t begin = text->tokens.begin[first], end = text->tokens.end[last];
    record_escape(out, text->text + begin, end - begin);
    erz_buf_char(out, '\t');
}

static void write_deal(erz_buf *out, const erz_text *text, const erz_mention *m, record_position *begin, record_position *end)
{
    record_escape(out, text->doc->id, text->doc->id_len);
    erz_buf_char(out, '\t');
    erz_buf_u64(out, text->sent_base + m->sent + 1);
    erz_buf_char(out, '\t');
    erz_buf_u64(out, record_offset(begin, m->begin));
    erz_buf_char(out, '\t');
    erz_buf_u64(out, record_offset(end, m->end));
    erz_buf_char(out, '\t');
    erz_buf_str(out, m->value);
    erz_buf_char(out, '\t');
    erz_buf_str(out, m->unit);
    erz_buf_char(out, '\t');
    write_all(out, m, ERZ_ATTR_BUYER);
    write_all(out, m, ERZ_ATTR_TARGET);
    write_all(out, m, ERZ_ATTR_SELLER);
    write_all(out, m, ERZ_ATTR_PARTY);
    write_all(out, m, ERZ_ATTR_STAKE);
    write_amount(out, m);
    write_all(out, m, ERZ_ATTR_VALUATION);
    write_all(out, m, ERZ_ATTR_DATE);
    write_evidence(out, text, m);
    write_all(out, m, ERZ_ATTR_RULE);
    write_column(out, m, ERZ_ATTR_STAKE_BEFORE, '\n');
}

erz_status record_deals_write(const erz_text *text, erz_offsets offsets, erz_buf *out)
{
    record_position begin = {text, offsets, 0, 0}, end = begin;
    for (size_t i = 0; i < text->nmentions; i++)
        if (text->mentions[i].type == ERZ_DEAL) write_deal(out, text, &text->mentions[i], &begin, &end);
    return out->failed ? ERZ_E_MEMORY : ERZ_OK;
}
