/* Listed names that are common words, too, beside a firm of the same trade: Karstadt und Quelle; KKR, CVC und Advent. */
#include <string.h>

#include "match/company_context.h"
#include "match/company_spans.h"

const char *company_trade_of(const company_state *c, const erz_word *words, size_t first, size_t end, bool ambiguous)
{
    enum { MAX_ENTRIES = 8 };
    erz_lexicon_entry e[MAX_ENTRIES];
    const char *kind = "";
    size_t n = erz_lexicon_match(c->lexicon, words, &c->units.as_tokens, first, end, e, MAX_ENTRIES);
    for (size_t i = 0; i < n; i++)
        if (e[i].cls == c->lists.company && e[i].ntokens == end - first && erz_flag(e[i].flags, "amb", NULL) == ambiguous &&
            erz_flag(e[i].flags, "kind", &kind))
            return kind;
    return "";
}

/* The same trade, and one that tells something. */
static bool same_trade(const char *a, const char *b)
{
    return *a != '\0' && strcmp(a, b) == 0 && strncmp(a, "historic", 8) != 0 && strncmp(a, "industry", 8) != 0 &&
           strncmp(a, "listed", 6) != 0;
}

static bool links(const company_units *u, size_t i)
{
    return u->kind[i] == KIND_AND || u->kind[i] == KIND_COMMA;
}

/* The firm before `i` and a conjunction: its units [*first, i - 1). */
static bool has_left(const company_state *c, size_t i, size_t from, size_t *first)
{
    const company_units *u = &c->units;
    if (i < from + 2 || !links(u, i - 1) || !is_company(c, i - 2)) return false;
    for (*first = i - 2; *first > from && u->label[*first] == LABEL_IC;) --*first;
    return u->label[*first] == LABEL_BC;
}

static bool has_right(const company_state *c, size_t i, size_t to, size_t *end)
{
    const company_units *u = &c->units;
    if (i + 2 >= to || !links(u, i + 1) || u->label[i + 2] != LABEL_BC) return false;
    for (*end = i + 3; *end < to && u->label[*end] == LABEL_IC;) ++*end;
    return true;
}

/* A comma says less than a conjunction: the enumeration must have a third part. */
static bool is_beside(const company_state *c, const erz_word *array, size_t i, size_t from, size_t to)
{
    const company_units *u = &c->units;
    size_t first, end;
    bool left = has_left(c, i, from, &first), right = has_right(c, i, to, &end);
    if (!left && !right) return false;
    const char *trade = company_trade_of(c, array, i, i + 1, true);
    if (left && same_trade(trade, company_trade_of(c, array, first, i - 1, false)))
        return u->kind[i - 1] == KIND_AND || (i + 1 < to && links(u, i + 1));
    if (right && same_trade(trade, company_trade_of(c, array, i + 2, end, false)))
        return u->kind[i + 1] == KIND_AND || (i > from && links(u, i - 1)) || (end < to && links(u, end));
    return false;
}

void company_beside_label(company_state *c, const erz_word *array)
{
    company_units *u = &c->units;
    size_t s = 0;
    for (size_t k = 0; k < u->nlisted; k++) {
        size_t i = u->listed[k];
        if (u->gaz[i] != GAZ_ONE_AMB || is_company(c, i) || u->flags[i] & (UNIT_JOINED | UNIT_JOINS)) continue;
        while (u->sent[s + 1] <= i) s++;
        if (is_beside(c, array, i, u->sent[s], u->sent[s + 1])) u->label[i] = LABEL_BC;
    }
}
