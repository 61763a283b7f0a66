/* Who does what to whom around a noun: `die Übernahme der A durch B`, `A plant mit B ein Gemeinschaftsunternehmen`. */
#include "deal_clause.h"

/* Where the noun's attributes end: at a verb or a comma. */
static uint32_t attributes_end(const clause *c)
{
    uint32_t i = c->hit->key_last + 1;
    uint32_t end = c->own + 1 < c->nsegments ? c->starts[c->own + 1] - 1 : c->last + 1;
    while (i < end && !clause_has(c, i, CUE_FINITE) && !clause_has(c, i, CUE_VERB)) i++;
    return i;
}

/* `der Kauf der Sparte vom Investor A`: A holds it, whatever noun stands before. */
static bool names_holder(const clause *c, const part *p)
{
    return clause_is_prep(c, p, "von") && p->item > p->phrase + 1 && clause_has(c, p->item - 1, CUE_HOLDER);
}

/* `der Verkauf der Sparte der A`: A sells. */
static bool of_part(const clause *c, const part *p)
{
    bool sale = c->d->type == DEAL_ACQUISITION || c->d->type == DEAL_DIVESTITURE;
    return sale && p->head != CLAUSE_NOWHERE && clause_has(c, p->head, CUE_SOLD_PART) && !clause_is_trigger(c, p->head);
}

static void take_attributes(clause *c)
{
    uint32_t end = attributes_end(c);
    int of = clause_role(c, "genitive");
    for (uint32_t i = 0; i < c->nparts; i++) {
        part *p = &c->parts[i];
        if (p->used || p->with_last || p->item <= c->hit->key_last || p->item >= end) continue;
        bool von = clause_is_prep(c, p, "von") && clause_role(c, "von") < 0;
        /* `das Joint Venture A von B und C` */
        bool named = p->phrase == c->hit->key_last + 2 && deal_company_at(c->row, c->hit->key_last + 1) != NULL;
        bool direct = p->phrase == c->hit->key_last + 1 || named ||
                      (p->head != CLAUSE_NOWHERE && (clause_is_trigger(c, p->head) || clause_of_unit(c, p)));
        if (names_holder(c, p) && p->head != CLAUSE_NOWHERE && !clause_is_trigger(c, p->head)) direct = false;
        if ((p->kind == PART_GENITIVE || von) && direct)
            clause_take_group(c, i, of == ROLE_TARGET && of_part(c, p) ? ROLE_SELLER : of);
        else if (of == ROLE_TARGET && clause_is_prep(c, p, "an") && clause_of_share(c, p))
            clause_take_group(c, i, of); /* `der Erwerb aller Anteile an A` */
        else if (p->kind == PART_PREP)
            clause_take_group(c, i, clause_is_prep(c, p, "von") && !direct ? clause_role(c, "from") : clause_prep_role(c, p));
        else if (p->kind == PART_BARE && p->item == c->hit->key_last + 1 && c->hit->key_first == c->starts[c->own])
            clause_take_group(c, i, of);
    }
}

static void take_before_noun(clause *c)
{
    uint32_t key = c->hit->key_first;
    for (uint32_t i = 0; i < c->nparts; i++) {
        part *p = &c->parts[i];
        if (p->used || p->with_last || p->item >= key) continue;
        if (p->item + 1 == key && c->row->items[key].part)
            clause_take_group(c, i, clause_role(c, "compound"));
        else if (clause_is_prep(c, p, "bei") && clause_takes_one(c) && c->kinds[c->own] != SEG_SUB && p->phrase == c->first)
            clause_take_group(c, i, clause_prep_role(c, p)); /* `Bei A, ..., läuft ein Insolvenzverfahren` */
        else if (p->segment == c->own &&
                 (clause_is_prep(c, p, "mit") || clause_is_prep(c, p, "zwischen") || clause_is_prep(c, p, "für")) &&
                 (p->head == CLAUSE_NOWHERE || deal_company_at(c->row, p->head) != NULL))
            clause_take_group(c, i, clause_prep_role(c, p));
    }
}

/* `mit A und B baut C ein gemeinsames Werk`: A and B are one side. */
static bool only_with(const clause *c)
{
    for (uint32_t i = 0; i < c->nparts; i++)
        if (c->parts[i].used && !clause_is_prep(c, &c->parts[i], "mit")) return false;
    return true;
}

/* `Der Vertrag wurde mit A unterzeichnet`: behind the verb. */
static void take_with(clause *c)
{
    for (uint32_t i = 0; i < c->nparts && c->d->nwho < 2; i++) {
        part *p = &c->parts[i];
        if (p->used || p->with_last || p->segment != c->own || p->item < c->hit->key_last || !clause_is_prep(c, p, "mit"))
            continue;
        if (p->head == CLAUSE_NOWHERE && clause_role(c, "mit") == ROLE_PARTY) clause_take_group(c, i, ROLE_PARTY);
    }
}

void clause_take_noun(clause *c)
{
    int subject = clause_role(c, "subject");
    take_before_noun(c);
    take_attributes(c);
    take_with(c);
    uint32_t first = CLAUSE_NOWHERE, second = CLAUSE_NOWHERE;
    clause_find_bare(c, c->own, &first, &second);
    if (c->d->nwho == 1 && clause_takes_one(c)) return; /* `der Börsengang von A`, not the subject's */
    bool done = c->d->nwho >= 2 && !(subject == ROLE_PARTY && only_with(c));
    if (subject < 0 || done || c->kinds[c->own] == SEG_RELATIVE) return;
    /* `A, zu der B gehört, hat C eine Finanzspritze gegeben` */
    bool open = c->kinds[c->own] == SEG_CONTINUED && second == CLAUSE_NOWHERE && clause_role(c, "object") >= 0;
    uint32_t before = open && first != CLAUSE_NOWHERE ? clause_subject_before(c) : CLAUSE_NOWHERE;
    if (before != CLAUSE_NOWHERE) {
        second = first;
        first = before;
    }
    if (first == CLAUSE_NOWHERE && c->own > 0 && c->kinds[c->own] != SEG_SUB) first = clause_subject_before(c);
    if (first == CLAUSE_NOWHERE) return;
    clause_take_group(c, first, subject);
    if (second != CLAUSE_NOWHERE && c->d->nwho < 2) clause_take_group(c, second, clause_role(c, "object"));
}
