/* Coordinations: a pattern names one company of `A, B und C`; the others take its role. */
#include "deal.h"

#define NOWHERE UINT32_MAX

enum { WORDS = 4 }; /* between a conjunction and its company: `und dem Finanzinvestor C` */

static bool is_comma(const erz_text *text, const rule_row *row, uint32_t item)
{
    const rule_item *it = &row->items[item];
    return it->mention == 0 && it->end - it->begin == 1 && text->text[it->begin] == ',';
}

static bool is_verb(const deal_finder *f, const rule_row *row, uint32_t item)
{
    return deal_item_has(f, row, item, CUE_FINITE) || deal_item_has(f, row, item, CUE_VERB);
}

/* A word that may stand between conjunction and company. */
static bool is_filler(const deal_finder *f, const erz_text *text, const rule_row *row, uint32_t item)
{
    const rule_item *it = &row->items[item];
    return it->mention == 0 && !it->part && text->tokens.cls[it->first] == ERZ_TOKEN_WORD && !is_verb(f, row, item) &&
           !deal_item_has(f, row, item, CUE_PREP) && !deal_item_has(f, row, item, CUE_SUB) &&
           !deal_item_has(f, row, item, CUE_AND);
}

/* A whole name that acts itself: not the first half of a compound, not who tells of the deal. */
static bool may_join(const deal_finder *f, const erz_text *text, const rule_row *row, uint32_t item)
{
    const erz_mention *m = deal_company_at(row, item);
    bool tailed = item + 1 < row->n && row->items[item + 1].part;
    return m != NULL && !tailed && !deal_is_outlet(f, text, m) && !deal_is_source(f, row, item);
}

static bool is_argument(const rule_hit *hit, uint32_t item)
{
    for (uint32_t i = 0; i < hit->nargs; i++)
        if (hit->args[i].first <= item && item <= hit->args[i].last) return true;
    return item >= hit->key_first && item <= hit->key_last;
}

/* Is the item an argument of this role? */
static bool has_role(const rule_hit *hit, uint32_t item, deal_role role)
{
    for (uint32_t i = 0; i < hit->nargs; i++)
        if (hit->args[i].first <= item && item <= hit->args[i].last) return deal_role_parse(hit->args[i].name) == (int)role;
    return false;
}

/* The item of the company coordinated with the one at item, to its right; NOWHERE: none. `A kauft B und C verkauft`: a verb
 * behind it makes it a subject of its own. */
static uint32_t right_of(const deal_finder *f, const erz_text *text, const rule_row *row, uint32_t item, bool *last)
{
    if (item + 2 >= row->n) return NOWHERE;
    bool comma = is_comma(text, row, item + 1);
    if (!comma && !deal_item_has(f, row, item + 1, CUE_AND)) return NOWHERE;
    uint32_t i = item + 2;
    while (i < row->n && i < item + 2 + WORDS && is_filler(f, text, row, i)) i++;
    if (i == row->n || !may_join(f, text, row, i)) return NOWHERE;
    *last = !comma;
    return i;
}

static void add_right(const deal_finder *f, const erz_text *text, const rule_row *row, const rule_hit *hit, uint32_t item,
                      deal *d, deal_role role)
{
    uint32_t found[DEAL_MAX_WHO], n = 0;
    bool last = false;
    for (uint32_t i = right_of(f, text, row, item, &last); i != NOWHERE && n < DEAL_MAX_WHO && !is_argument(hit, i);
         i = last ? NOWHERE : right_of(f, text, row, i, &last))
        found[n++] = i;
    /* Only commas: an apposition or another clause. */
    if (!last || n == 0 || (found[n - 1] + 1 < row->n && is_verb(f, row, found[n - 1] + 1))) return;
    for (uint32_t i = 0; i < n; i++) deal_add_who(d, role, deal_company_at(row, found[i])->value);
}

/* The company coordinated with the one at item, to its left; NOWHERE: none. */
static uint32_t left_of(const deal_finder *f, const erz_text *text, const rule_row *row, uint32_t item, bool first)
{
    uint32_t i = item;
    while (i > 0 && item - i < WORDS && is_filler(f, text, row, i - 1)) i--;
    if (i < 2) return NOWHERE;
    bool joined = deal_item_has(f, row, i - 1, CUE_AND) || (!first && is_comma(text, row, i - 1));
    return joined && may_join(f, text, row, i - 2) ? i - 2 : NOWHERE;
}

/* `Er lobt A und B kauft C`: a verb on both sides parts them. */
static bool two_clauses(const deal_finder *f, const erz_text *text, const rule_row *row, uint32_t left, uint32_t item)
{
    if (item + 1 >= row->n || !is_verb(f, row, item + 1)) return false;
    for (uint32_t i = left; i > 0 && !is_comma(text, row, i - 1) && !deal_item_has(f, row, i - 1, CUE_HARD); i--)
        if (is_verb(f, row, i - 1)) return true;
    return false;
}

void deal_add_coordinated(const deal_finder *f, const erz_text *text, const rule_row *row, const rule_hit *hit, uint32_t item,
                          deal *d, deal_role role)
{
    add_right(f, text, row, hit, item, d, role);
    uint32_t at = item;
    for (uint32_t n = 0; n < DEAL_MAX_WHO; n++) {
        uint32_t left = left_of(f, text, row, at, n == 0);
        if (left == NOWHERE || two_clauses(f, text, row, left, item)) return;
        if (is_argument(hit, left) && !has_role(hit, left, role)) return; /* `A, B und C gründen`: B and C are the pattern's */
        deal_add_who(d, role, deal_company_at(row, left)->value);
        at = left;
    }
}
