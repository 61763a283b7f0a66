/* Labels to mentions. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "match/company_spans.h"

static bool add_span(company_state *c, uint32_t first, uint32_t end)
{
    if (!erz_grow(&c->spans, &c->cap_spans, c->nspans + 1, sizeof *c->spans)) return false;
    company_span *s = &c->spans[c->nspans++];
    memset(s, 0, sizeof *s);
    s->first = first;
    s->end = s->name_end = end;
    s->score = 0.5F;
    return true;
}

static bool ends_legal(const company_units *u, uint32_t i)
{
    return u->gaz[i] == GAZ_LEGAL_BEGIN || u->gaz[i] == GAZ_LEGAL_INSIDE;
}

/* "Arvo Netz AG, Belt AG": a comma behind a legal form parts two names. Returns the end of the first; the second begins there
 * if it has a legal form of its own. */
static uint32_t part_at_comma(company_units *u, const erz_text *text, uint32_t first, uint32_t end)
{
    bool legal = false, partners = memchr(u->kind + first, KIND_AND, end - first) != NULL ||
                                   memchr(u->kind + first, KIND_AMPERSAND, end - first) != NULL;
    for (uint32_t i = first + 1; i + 1 < end; i++) {
        legal |= ends_legal(u, i);
        bool two = !partners && i >= first + 2 && i + 3 < end; /* Arvo Druck, Belt Netz GmbH */
        if ((!legal && !two) || u->kind[i] != KIND_COMMA || u->gaz[i] != GAZ_NONE || ends_legal(u, i + 1)) continue;
        if (text->text[u->as_tokens.begin[i]] != ',') continue;
        bool next = memchr(u->gaz + i + 1, GAZ_LEGAL_BEGIN, end - i - 1) != NULL;
        if (!next) memset(u->label + i, LABEL_O, end - i);
        u->label[i] = LABEL_O;
        if (next) u->label[i + 1] = LABEL_BC;
        return i;
    }
    return end;
}

static bool collect(company_state *c, const erz_text *text)
{
    enum { LONGEST = 40 }; /* units of a name; what is longer are words repeated without end */
    company_units *u = &c->units;
    c->nspans = 0;
    const uint8_t *last = u->label + u->n, *label = u->label;
    while ((label = memchr(label, LABEL_BC, (size_t)(last - label))) != NULL) {
        uint32_t first = (uint32_t)(label++ - u->label);
        while (label < last && *label == LABEL_IC) label++;
        uint32_t end = part_at_comma(u, text, first, (uint32_t)(label - u->label));
        label = u->label + end;
        if (end - first <= LONGEST && !add_span(c, first, end)) return false;
    }
    return true;
}

/* How sure the weights are of the first unit, as a probability against the best other label. */
static float score_of(const company_state *c, const company_span *s)
{
    if (c->crf.header == NULL) return s->score;
    const int16_t *e = c->tagger.emission[s->first];
    int other = e[LABEL_O];
    for (int y = LABEL_BG; y < CRF_REAL_LABELS; y++) other = e[y] > other ? e[y] : other;
    return 1.0F / (1.0F + expf((float)(other - e[LABEL_BC]) / CRF_SCALE));
}

/* ISO 6166: two letters, nine letters or digits, a digit. */
static bool is_isin(const char *s, size_t len)
{
    if (len != 12 || s[11] < '0' || s[11] > '9') return false;
    for (size_t i = 0; i < 11; i++) {
        bool letter = s[i] >= 'A' && s[i] <= 'Z', digit = s[i] >= '0' && s[i] <= '9';
        if (!letter && (i < 2 || !digit)) return false;
    }
    return true;
}

static bool is_exchange(const char *s, size_t len)
{
    static const char *const names[] = {
        "NYSE",   "Nasdaq", "NASDAQ", "Nasdaq-GS", "LSE",    "Xetra",        "XETRA",         "ETR",
        "FWB",    "SIX",    "VSE",    "TSX",       "Ticker", "Tickersymbol", "K\xc3\xbcrzel", "B\xc3\xb6rsenk\xc3\xbcrzel",
        "Symbol", "AMEX",   "OTC"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == len && memcmp(names[i], s, len) == 0) return true;
    return false;
}

/* (ISIN DE...), (NYSE: X): codes in the bracket behind a name. */
static erz_status add_codes(const company_state *c, erz_text *text, erz_mention *m, const company_span *s)
{
    enum { REACH = 10 };
    const company_units *u = &c->units;
    if (s->end >= u->n || u->kind[s->end] != KIND_OPEN) return ERZ_OK;
    bool exchange = false;
    for (size_t i = s->end + 1; i < u->n && i < s->end + REACH && u->kind[i] != KIND_CLOSE; i++) {
        const char *form = text->text + u->as_tokens.begin[i];
        size_t len = u->as_tokens.end[i] - u->as_tokens.begin[i];
        bool isin = is_isin(form, len), ticker = exchange && u->evidence[i] & EV_UPPER && len <= 6;
        if (isin || ticker) {
            char *copy = erz_arena_strndup(text->arena, form, len);
            if (copy == NULL || erz_mention_attr(text, m, isin ? ERZ_ATTR_ISIN : ERZ_ATTR_TICKER, copy) != ERZ_OK)
                return ERZ_E_MEMORY;
        }
        exchange = is_exchange(form, len) || (exchange && !ticker && u->kind[i] == KIND_COLON);
    }
    return ERZ_OK;
}

static erz_status add_mention(company_state *c, erz_text *text, const company_span *s)
{
    const company_units *u = &c->units;
    erz_mention *m = erz_text_add(text, ERZ_COMPANY, u->as_tokens.begin[s->first], u->as_tokens.end[s->end - 1],
                                  u->token[s->first], u->token[s->end - 1]);
    if (m == NULL) return ERZ_E_MEMORY;
    m->value = company_names_value(c, s);
    m->unit = s->legal;
    m->link = c->names[s->name].canonical;
    m->score = score_of(c, s);
    return add_codes(c, text, m, s);
}

erz_status company_spans_emit(company_state *c, erz_text *text, erz_error *err)
{
    bool good = collect(c, text);
    if (good && company_associations_drop(c, text)) good = collect(c, text);
    good = good && company_acronyms_label(c, text);
    if (good && c->nspans > 0) {
        company_repair(c, text);
        good = collect(c, text);
    }
    good = good && company_names_find(c, text);
    if (good) company_names_resolve(c);
    for (size_t i = 0; i < c->nspans && good; i++) good = add_mention(c, text, &c->spans[i]) == ERZ_OK;
    return good ? ERZ_OK : erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
}
