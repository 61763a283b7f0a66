/* The sides of a deal that its clause does not name: the sentence's other company, the document's topic; is it a share only,
 * and are there two sides? */
#include <stdlib.h>
#include <string.h>

#include "deal_clause.h"

/* `A kauft von B ...`: something that may be a business. */
static bool names_unit(const clause *c)
{
    for (uint32_t i = c->starts[c->own]; i <= c->last; i++)
        if (!clause_is_trigger(c, i) && (clause_has(c, i, CUE_UNIT) || clause_has(c, i, CUE_SHARE))) return true;
    return false;
}

/* `die A-Tochter B`: what A is beside B only. */
static bool is_parent_of_next(const clause *c, uint32_t item)
{
    const rule_row *row = c->row;
    return item + 2 < row->n && row->items[item + 1].part && clause_has(c, item + 1, CUE_PARENT) &&
           deal_company_at(row, item + 2) != NULL;
}

static bool clause_holds(const clause *c, uint32_t atom)
{
    for (uint32_t i = c->starts[c->own]; i <= c->last; i++)
        if (rule_row_has(c->row, i, atom)) return true;
    return false;
}

/* A percentage that may be a share: no premium. */
static bool clause_holds_share(const clause *c)
{
    enum { BEFORE = 3 };
    for (uint32_t i = c->starts[c->own]; i <= c->last; i++) {
        bool share = rule_row_has(c->row, i, ATOM_PERCENT);
        for (uint32_t k = i; share && k > c->first && i - k < BEFORE; k--) share = !clause_has(c, k - 1, CUE_NO_PRICE);
        if (share) return true;
    }
    return false;
}

static bool clause_names(const clause *c, int cue)
{
    for (uint32_t i = c->starts[c->own]; i <= c->last; i++)
        if (clause_has(c, i, cue)) return true;
    return false;
}

/* The sentence names no company beside the deal's and this one. */
static bool names_no_other(const clause *c, const char *other)
{
    for (uint32_t i = 0; i < c->row->n; i++) {
        const erz_mention *m = deal_company_at(c->row, i);
        if (m != NULL && !deal_has_alike(c->d, m->value) && strcmp(m->value, other) != 0) return false;
    }
    return true;
}

/* `A-Chef B übernimmt`: a person, perhaps with the firm behind it. */
static bool acts_by_head(const clause *c)
{
    for (uint32_t i = 0; i < c->nparts; i++)
        if (c->parts[i].used && c->parts[i].item < c->last && clause_has(c, c->parts[i].item + 1, CUE_TAIL_EXEC)) return true;
    return false;
}

/* `hinter A`, `gegen A`, `neben A`; `..., der für A baut` */
static bool is_aside(const clause *c, uint32_t item)
{
    for (uint32_t i = 0; i < c->nparts; i++) {
        const part *p = &c->parts[i];
        if (p->item != item) continue;
        bool parent = p->kind == PART_GENITIVE && p->head != CLAUSE_NOWHERE && clause_has(c, p->head, CUE_PARENT);
        if (parent) return true; /* `eine Tochter der A` */
        return p->kind == PART_NONE || (p->segment != c->own && c->kinds[p->segment] == SEG_RELATIVE && p->kind == PART_PREP);
    }
    return false;
}

/* `Das Unternehmen gehörte A, der ... eingestiegen war`: what a noun before the trigger's clause refers to. */
static const char *referred_side(const clause *c)
{
    deal d = *c->d;
    for (uint32_t i = c->first; i < c->starts[c->own]; i++) {
        if (!clause_refers(c, i) || clause_has(c, i, CUE_HOLDER)) continue;
        deal_refer(c->f, c->row, i, &d, ROLE_PARTY);
        return d.nwho > c->d->nwho ? d.who[c->d->nwho].name : NULL;
    }
    return NULL;
}

/* Who the other side is when the clause does not tell: the sentence's only other company, else the one the document is about,
 * else the only one of the sentence before. */
static const char *other_side(const clause *c)
{
    const char *found = NULL;
    /* `A hat 63 Prozent gesichert und B ausgestochen`: behind a participle another clause begins. */
    size_t end = clause_has(c, c->hit->key_last, CUE_PARTICIPLE) ? c->hit->key_last : c->row->n;
    for (uint32_t i = 0; i < end; i++) {
        const erz_mention *m = deal_company_at(c->row, i);
        if (m == NULL || deal_has_alike(c->d, m->value) || (found != NULL && strcmp(found, m->value) == 0)) continue;
        if (deal_is_outlet(c->f, c->text, m) || deal_is_source(c->f, c->row, i) || is_aside(c, i)) continue;
        if (i + 1 < c->row->n && c->row->items[i + 1].part && !clause_has(c, i + 1, CUE_TAIL_UNIT)) continue;
        if (is_parent_of_next(c, i)) continue;
        if (found != NULL) return NULL;
        found = m->value;
    }
    if (found != NULL) return found;
    found = referred_side(c);
    if (found != NULL) return found;
    if (c->f->topic_sure) return c->f->topic;
    bool definite = deal_is_definite(c->f, c->row, c->hit);
    bool sold = c->d->type == DEAL_DIVESTITURE && c->d->who[0].role == ROLE_BUYER;
    if (c->d->who[0].role == ROLE_PARTY && !definite) return NULL;
    return deal_only_before(c->f, c->row, c->d, definite || sold ? DEAL_FAR : 1);
}

/* The trigger's own clause names a share, a sum of shares or a business. */
static bool own_names_goods(const clause *c)
{
    uint32_t end = c->own + 1 < c->nsegments ? c->starts[c->own + 1] : c->last + 1;
    for (uint32_t i = c->starts[c->own]; i < end; i++)
        if (clause_has(c, i, CUE_SHARE_WORD) || clause_has(c, i, CUE_UNIT) || rule_row_has(c->row, i, ATOM_PERCENT))
            return true;
    return false;
}

/* What is bought is a business, or there is a sum or a share: with the company the document is about. */
static void complete_with_topic(clause *c)
{
    int role = clause_role(c, "topic");
    deal *d = c->d;
    /* Who holds what is bought: the buyer is known. */
    if (role == ROLE_SELLER && d->who[0].role != ROLE_BUYER) return;
    const char *other = role < 0 ? NULL : other_side(c);
    if (other == NULL) return;
    if (d->type == DEAL_DIVESTITURE && (deal_role)role == ROLE_TARGET) {
        /* `Der Gründer verkauft 51 Prozent an A`, `Der Vorstand will das Geschäft an A abgeben` */
        bool bought = d->who[0].role == ROLE_BUYER && !deal_has_alike(d, other) && own_names_goods(c);
        bool share = clause_names(c, CUE_SHARE_WORD) || clause_holds_share(c);
        if (bought && (share || names_unit(c))) deal_add_who(d, share ? ROLE_TARGET : ROLE_SELLER, other);
        /* `A will seine Anteile verkaufen` */
        if (d->who[0].role == ROLE_SELLER && clause_names(c, CUE_SHARE_WORD) && names_no_other(c, other))
            deal_add_who(d, (deal_role)role, other);
        return;
    }
    bool unit = other == c->f->topic ? names_unit(c) : clause_names(c, CUE_UNIT) || clause_names(c, CUE_SHARE_WORD);
    bool percent = clause_holds_share(c);
    if (d->type == DEAL_ACQUISITION && percent && !unit && d->who[0].role == ROLE_BUYER) {
        role = ROLE_TARGET;
        if (!deal_has(d, other)) d->type = DEAL_STAKE;
    }
    bool fits = role == ROLE_PARTY || ((deal_role)role != d->who[0].role && (unit || percent || clause_holds(c, ATOM_MONEY)));
    if (fits && !deal_has_alike(d, other)) deal_add_who(d, (deal_role)role, other);
}

/* `21 Prozent an`, `21 Prozent der Anteile`, `Anteil von 21 Prozent`, `21 Prozent erworben` */
static bool is_share(const clause *c, uint32_t item)
{
    enum { BEFORE = 5 };
    if (item < c->last && (clause_has(c, item + 1, CUE_SHARE_OF) || clause_is_trigger(c, item + 1))) return true;
    for (uint32_t i = item; i > c->first && item - i < BEFORE; i--)
        if (clause_has(c, i - 1, CUE_SHARE_WORD)) return true;
    return false;
}

/* `übernimmt 21 Prozent an A`: less than half of it. */
void clause_tell_stake(const clause *c)
{
    enum { NEAR = 10 };
    deal *d = c->d;
    if (d->type != DEAL_ACQUISITION) return;
    for (uint32_t i = c->starts[c->own]; i <= c->last; i++)
        if (clause_has(c, i, CUE_MAJORITY)) return;
    for (uint32_t i = 0; i < c->nparts; i++) {
        const part *p = &c->parts[i];
        if (p->used && p->role == ROLE_TARGET && p->head != CLAUSE_NOWHERE && clause_has(c, p->head, CUE_SHARE_WORD))
            d->type = DEAL_STAKE; /* `erwarb einen Anteil an A` */
    }
    uint32_t key = c->hit->key_first, first = key > NEAR ? key - NEAR : 0;
    if (first < c->starts[c->own]) first = c->starts[c->own];
    for (uint32_t i = first; i <= c->last && i <= c->hit->key_last + NEAR; i++) {
        if (!rule_row_has(c->row, i, ATOM_PERCENT)) continue;
        const erz_mention *m = &c->text->mentions[c->row->items[i].mention - 1];
        if (strcmp(m->unit, "%") == 0 && strtod(m->value, NULL) < 50 && is_share(c, i)) d->type = DEAL_STAKE;
    }
}

/* `A will B kaufen. Auch C ist interessiert`: at B, though the text may be about A. */
static const char *target_before(const clause *c)
{
    enum { SENTENCES = 2 };
    for (size_t i = c->f->n; i > 0 && c->row->sent - c->f->deals[i - 1].sent <= SENTENCES; i--) {
        const deal *o = &c->f->deals[i - 1];
        const char *target = NULL;
        bool topic_buys = !c->f->topic_sure;
        for (uint32_t k = 0; k < o->nwho; k++) {
            if (o->who[k].role == ROLE_TARGET) target = o->who[k].name;
            topic_buys |= o->who[k].role == ROLE_BUYER && c->f->topic != NULL && strcmp(o->who[k].name, c->f->topic) == 0;
        }
        if (target == NULL || !topic_buys || !deal_same_family(o->type, DEAL_ACQUISITION)) continue;
        if (!deal_has_alike(c->d, target)) return target;
    }
    return NULL;
}

/* `set default = ROLE`: the company the document is about, without further sign. */
static void complete_by_default(clause *c)
{
    int role = clause_role(c, "default");
    if (role < 0) return;
    bool bids = role == ROLE_TARGET && c->d->type == DEAL_ACQUISITION && c->d->who[0].role == ROLE_BUYER;
    const char *before = bids ? target_before(c) : NULL, *other = before != NULL ? before : other_side(c);
    /* `Auch B ging nicht leer aus. A machte eine Order fest`: with B, not with whom the text is about */
    const char *near = other == c->f->topic && other != NULL ? deal_only_before(c->f, c->row, c->d, 1) : NULL;
    if (near != NULL) other = near;
    if (other == NULL || deal_has_alike(c->d, other)) return;
    if (role == ROLE_PARTY || (deal_role)role != c->d->who[0].role) deal_add_who(c->d, (deal_role)role, other);
}

static bool is_comma(const clause *c, uint32_t item)
{
    const rule_item *it = &c->row->items[item];
    return it->mention == 0 && it->end - it->begin == 1 && c->text->text[it->begin] == ',';
}

/* Up to some words before an item, within its noun phrase: the one that stands in a list; CLAUSE_NOWHERE: none. */
static uint32_t cue_before(const clause *c, uint32_t item, int cue)
{
    enum { WORDS = 4 };
    for (uint32_t i = item; i > 0 && item - i < WORDS; i--) {
        if (clause_has(c, i - 1, cue)) return i - 1;
        if (is_comma(c, i - 1) || c->row->items[i - 1].mention != 0) return CLAUSE_NOWHERE;
    }
    return CLAUSE_NOWHERE;
}

/* `..., teilte A mit`, `wie A mitteilte`, `A teilte mit, dass ...`: A announces what it does. */
static bool announces(const clause *c, uint32_t item)
{
    enum { WORDS = 6 };
    const rule_row *row = c->row;
    uint32_t verb = cue_before(c, item, CUE_ANNOUNCE);
    if (verb != CLAUSE_NOWHERE && verb > 0 && is_comma(c, verb - 1)) return true;
    if (cue_before(c, item, CUE_AS) == CLAUSE_NOWHERE) return false;
    for (uint32_t i = item + 1; i < row->n && i <= item + WORDS && !is_comma(c, i); i++)
        if (clause_has(c, i, CUE_ANNOUNCE)) return true;
    return false;
}

/* The role that is open for who announces a deal. */
static int announced_role(const deal *d)
{
    bool filled[ROLES] = {false};
    for (uint32_t i = 0; i < d->nwho; i++) filled[d->who[i].role] = true;
    bool equal = d->type == DEAL_MERGER || d->type == DEAL_JOINT_VENTURE || d->type == DEAL_PARTNERSHIP;
    if (filled[ROLE_PARTY] || equal) return d->nwho < 2 ? ROLE_PARTY : -1;
    if (d->nwho == 0) return -1;
    if (d->type == DEAL_DIVESTITURE) return filled[ROLE_SELLER] ? -1 : ROLE_SELLER;
    if (d->type == DEAL_ACQUISITION && filled[ROLE_BUYER]) return filled[ROLE_TARGET] || filled[ROLE_SELLER] ? -1 : ROLE_SELLER;
    if (filled[ROLE_BUYER] && filled[ROLE_TARGET]) return -1;
    return filled[ROLE_BUYER] ? ROLE_TARGET : ROLE_BUYER;
}

/* `Der Vertrag mit A ...`: the party known hangs on a preposition. */
static bool is_partner(const clause *c)
{
    for (uint32_t i = 0; i < c->nparts; i++)
        if (c->parts[i].used) return c->parts[i].kind == PART_PREP;
    return true;
}

static void complete_with_teller(clause *c)
{
    deal *d = c->d;
    int role = announced_role(d);
    bool one = clause_role(c, "subject") < 0 || (role == ROLE_PARTY && !is_partner(c)) || d->type == DEAL_FUNDING ||
               d->type == DEAL_IPO || d->type == DEAL_INSOLVENCY;
    for (uint32_t i = 0; i < c->row->n && role >= 0 && !one; i++) {
        const erz_mention *m = deal_company_at(c->row, i);
        bool noun = m == NULL && clause_has(c, i, CUE_CONCERN) && cue_before(c, i, CUE_THE) != CLAUSE_NOWHERE;
        if ((m == NULL && !noun) || !announces(c, i)) continue;
        if (m == NULL)
            deal_refer(c->f, c->row, i, d, (deal_role)role);
        else if (!deal_is_outlet(c->f, c->text, m) && !deal_has_alike(d, m->value))
            deal_add_who(d, (deal_role)role, m->value);
        if (m != NULL && role == ROLE_PARTY) deal_add_coordinated(c->f, c->text, c->row, c->hit, i, d, ROLE_PARTY);
        return;
    }
}

/* Who is known stands on one side: one company, or several buyers or sellers. */
bool deal_has_one_side(const deal *d)
{
    for (uint32_t i = 1; i < d->nwho; i++)
        if (d->who[i].role != d->who[0].role || d->who[i].role == ROLE_PARTY) return false;
    return d->nwho > 0;
}

/* Buyer and target, seller and buyer, partners: not two of one side. */
bool clause_has_two_sides(const clause *c)
{
    const deal *d = c->d;
    bool sold = false, bought = false;
    for (uint32_t i = 0; i < d->nwho; i++) {
        sold |= d->who[i].role == ROLE_SELLER;
        bought |= d->who[i].role == ROLE_TARGET;
    }
    if (d->type == DEAL_ACQUISITION && sold && !bought && !names_unit(c)) return false;
    for (uint32_t i = 1; i < d->nwho; i++)
        if (d->who[i].role != d->who[0].role || d->who[i].role == ROLE_PARTY) return true;
    return false;
}

void clause_complete(clause *c)
{
    if (!acts_by_head(c)) complete_with_teller(c);
    if (!deal_has_one_side(c->d) || acts_by_head(c)) return;
    complete_with_topic(c);
    if (deal_has_one_side(c->d)) complete_by_default(c);
}

/* ---- headlines ---- */

/* A line of few words without a full stop. */
static bool is_headline(const rule_row *row)
{
    enum { MOST = 30 };
    const rule_item *last = &row->items[row->n - 1];
    for (uint32_t i = 0; i < row->n && i < MOST; i++) {
        uint8_t cls = row->text->tokens.cls[row->items[i].first]; /* of a message */
        if (cls == ERZ_TOKEN_URL || cls == ERZ_TOKEN_HANDLE || cls == ERZ_TOKEN_HASHTAG) return false;
    }
    return row->n <= MOST && !(last->end - last->begin == 1 && row->text->text[last->begin] == '.');
}

/* A company that is not just what a compound is about (`A-Aktie`), nor tells of the deal. */
static bool stands_alone(const deal_finder *f, const rule_row *row, uint32_t item)
{
    const erz_mention *m = deal_company_at(row, item);
    if (m == NULL || deal_is_outlet(f, row->text, m) || deal_is_source(f, row, item)) return false;
    bool tailed = item + 1 < row->n && row->items[item + 1].part;
    return !tailed || !deal_item_has(f, row, item + 1, CUE_TAIL_NO);
}

/* False: there are more names than wanted. */
static bool add_name(const char **names, uint32_t *n, const char *name, const deal *d, uint32_t most)
{
    if (deal_has_alike(d, name)) return true;
    for (uint32_t k = 0; k < *n; k++)
        if (deal_alike(names[k], name)) return true;
    if (*n == most || *n == DEAL_MAX_WHO) return false;
    names[(*n)++] = name;
    return true;
}

uint32_t deal_add_rest(const deal_finder *f, const rule_row *row, deal *d, deal_role role, uint32_t most)
{
    enum { LINES = 2 }; /* a headline and its second line */
    const char *names[DEAL_MAX_WHO];
    uint32_t n = 0;
    if (!is_headline(row)) return 0;
    for (uint32_t i = 0; i < row->n; i++) {
        if (!stands_alone(f, row, i)) continue;
        if (!add_name(names, &n, deal_company_at(row, i)->value, d, most)) return 0;
    }
    bool two = row->text->tokens.nsent <= LINES && (f->n == 0 || f->deals[0].sent == row->sent);
    for (size_t i = 0; two && i < f->norder; i++) {
        const erz_mention *m = &row->text->mentions[f->order[i].mention];
        bool handle = row->text->tokens.cls[m->first] == ERZ_TOKEN_HANDLE;
        if (m->type != ERZ_COMPANY || m->sent == row->sent || handle || deal_is_outlet(f, row->text, m)) continue;
        if (!add_name(names, &n, m->value, d, most)) return 0;
    }
    for (uint32_t i = 0; i < n; i++) deal_add_who(d, role, names[i]);
    return n;
}
