/* Is it rumoured, planned, done or off: from words around the match, tense and negation. */
#include <string.h>

#include "deal.h"

static const char *const names[] = {"", "rumoured", "planned", "completed", "terminated"};

deal_status deal_status_parse(const char *name)
{
    for (int i = 1; i <= STATUS_TERMINATED; i++)
        if (strcmp(name, names[i]) == 0) return (deal_status)i;
    return STATUS_NONE;
}

const char *deal_status_name(deal_status status)
{
    return names[status];
}

enum { REACH = 9 };

/* Items that speak of the match: its own and up to REACH on both sides, within the clause. */
static void window(const deal_finder *f, const rule_row *row, const rule_hit *hit, uint32_t *first, uint32_t *last)
{
    *first = hit->first;
    *last = hit->last;
    for (uint32_t i = 0; i < REACH && *first != 0 && !deal_item_has(f, row, *first - 1, CUE_STOP); i++) --*first;
    for (uint32_t i = 0; i < REACH && *last + 1 < row->n && !deal_item_has(f, row, *last + 1, CUE_STOP); i++) ++*last;
}

static bool any(const deal_finder *f, const rule_row *row, uint32_t first, uint32_t last, int cue)
{
    for (uint32_t i = first; i <= last; i++)
        if (deal_item_has(f, row, i, cue)) return true;
    return false;
}

/* `nach der Übernahme`: done, whatever else the sentence plans. */
static bool comes_after(const deal_finder *f, const rule_row *row, const rule_hit *hit)
{
    enum { NEAR = 3 };
    for (uint32_t i = hit->key_first; i > 0 && hit->key_first - i < NEAR; i--)
        if (deal_item_has(f, row, i - 1, CUE_AFTER)) return true;
    return false;
}

/* A word of a plan, but not `vor drei Jahren`. */
static bool plans(const deal_finder *f, const rule_row *row, uint32_t first, uint32_t last)
{
    enum { NEXT = 3 };
    for (uint32_t i = first; i <= last; i++) {
        if (!deal_item_has(f, row, i, CUE_PLANNED)) continue;
        bool ago = false;
        for (uint32_t k = i + 1; k < row->n && k <= i + NEXT; k++) ago |= deal_item_has(f, row, k, CUE_AGO);
        if (!ago) return true;
    }
    return false;
}

/* `kommt doch nicht`, `findet nicht statt` */
static bool turned_down(const deal_finder *f, const rule_row *row, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i < last; i++)
        if ((deal_item_has(f, row, i, CUE_DOCH) && deal_item_has(f, row, i + 1, CUE_NOT)) ||
            (deal_item_has(f, row, i, CUE_NOT) && deal_item_has(f, row, i + 1, CUE_OFF)))
            return true;
    return false;
}

static bool is_of_ownership(deal_type type)
{
    return type == DEAL_ACQUISITION || type == DEAL_MERGER || type == DEAL_DIVESTITURE || type == DEAL_STAKE;
}

/* `A vor Verkauf?`, but not `A kauft B. Und jetzt?` */
static bool is_question(const deal_finder *f, const rule_row *row, const rule_hit *hit, uint32_t last)
{
    if (any(f, row, hit->key_first, hit->key_last, CUE_VERB)) return false;
    return last + 1 < row->n && deal_item_has(f, row, last + 1, CUE_QUESTION);
}

/* `schließt die Übernahme von A ab`: the verb and, where its clause ends, its particle. */
static bool splits(const deal_finder *f, const rule_row *row, uint32_t first, uint32_t last, int verb)
{
    enum { BETWEEN = 14 };
    for (uint32_t i = first; i <= last; i++) {
        if (!deal_item_has(f, row, i, verb)) continue;
        for (uint32_t k = i + 1; k < row->n && k <= i + BETWEEN && !deal_item_has(f, row, k, CUE_STOP); k++) {
            if (!deal_item_has(f, row, k, CUE_PARTICLE)) continue;
            uint32_t next = k + 1; /* `ab 2020` */
            bool word = next < row->n && row->text->tokens.cls[row->items[next].first] == ERZ_TOKEN_WORD;
            if (next == row->n || (row->text->tokens.cls[row->items[next].first] == ERZ_TOKEN_PUNCTUATION) ||
                (word && deal_item_has(f, row, next, CUE_AND)))
                return true;
        }
    }
    return false;
}

deal_status deal_read_status(const deal_finder *f, const rule_row *row, const rule_hit *hit, deal_type type, bool *cued)
{
    uint32_t first, last;
    window(f, row, hit, &first, &last);
    *cued = true;
    if (any(f, row, first, last, CUE_TERMINATED)) return STATUS_TERMINATED;
    if (any(f, row, hit->first, hit->last, CUE_NOT) || turned_down(f, row, first, last)) return STATUS_TERMINATED;
    if (splits(f, row, first, last, CUE_BREAKS)) return STATUS_TERMINATED;
    if (comes_after(f, row, hit) || splits(f, row, first, last, CUE_CLOSES)) return STATUS_COMPLETED;
    if (any(f, row, first, last, CUE_RUMOURED) || is_question(f, row, hit, last)) return STATUS_RUMOURED;
    bool done = any(f, row, first, last, CUE_DONE) && !any(f, row, first, last, CUE_MODAL);
    if (is_of_ownership(type) && !done && any(f, row, first, last, CUE_SIGNED)) return STATUS_PLANNED;
    /* The trigger, or what stands behind the match: `an die Börse gegangen` */
    bool participle = any(f, row, hit->key_first, hit->key_last, CUE_PARTICIPLE) ||
                      (hit->last + 1 < row->n && deal_item_has(f, row, hit->last + 1, CUE_PARTICIPLE));
    bool have = any(f, row, first, last, CUE_HAVE), plan = plans(f, row, hit->first, hit->last);
    if (any(f, row, hit->key_first, hit->key_last, CUE_PAST)) return STATUS_COMPLETED;
    /* `ging an die Börse`: the trigger is no verb, the verb stands in the match */
    bool verb = participle || any(f, row, hit->key_first, hit->key_last, CUE_VERB);
    uint32_t before = hit->first > 0 ? hit->first - 1 : 0; /* `Im Juni ging A an die Börse` */
    if (!verb && !plan && any(f, row, before, hit->last, CUE_PAST)) return STATUS_COMPLETED;
    if (participle && have && !plan) return STATUS_COMPLETED;
    if (done) return STATUS_COMPLETED;
    if (plans(f, row, first, last)) return STATUS_PLANNED;
    if (any(f, row, first, last, CUE_COMPLETED)) return STATUS_COMPLETED;
    *cued = false;
    return STATUS_PLANNED;
}
