/* Who does what to whom in a clause. A rule that names its trigger only and says what the parts of a clause are (`set subject =
 * buyer`, `set von = seller`) has its companies read from the trigger's clause: by preposition, genitive, order and voice. */
#include <stdlib.h>
#include <string.h>

#include "deal_clause.h"

static const char *setting(const rule_hit *hit, const char *key)
{
    for (uint32_t i = 0; i < hit->def->nsets; i++) {
        const uint32_t *pair = hit->image->pool + hit->def->sets + 2 * i;
        if (strcmp(rule_string(hit->image, pair[0]), key) == 0) return rule_string(hit->image, pair[1]);
    }
    return NULL;
}

bool clause_takes_one(const clause *c)
{
    const char *need = setting(c->hit, "need");
    return need != NULL && strcmp(need, "one") == 0;
}

int clause_role(const clause *c, const char *key)
{
    const char *value = setting(c->hit, key);
    return value == NULL ? -1 : deal_role_parse(value);
}

bool deal_is_clause(const rule_hit *hit)
{
    return setting(hit, "clause") != NULL;
}

static bool take(clause *c, part *p, int role)
{
    if (role < 0 || p->used) return false;
    p->used = true;
    p->role = role;
    if (p->m == NULL) return true; /* when the named ones are known */
    uint32_t before = c->d->nwho;
    deal_add_who(c->d, (deal_role)role, p->m->value);
    if (c->d->nwho == before) return false;
    if (p->item < c->low) c->low = p->item;
    if (p->item > c->high) c->high = p->item;
    return true;
}

/* Nouns that refer to a company are resolved last: not to one that the clause names. */
static void take_references(clause *c)
{
    for (uint32_t i = 0; i < c->nparts; i++) {
        part *p = &c->parts[i];
        if (!p->used || p->m != NULL) continue;
        /* `A will den Konzern aufspalten`: A itself */
        if (c->d->type == DEAL_SPIN_OFF && p->role == ROLE_TARGET) continue;
        deal_refer(c->f, c->row, p->item, c->d, (deal_role)p->role);
        bool both = clause_has(c, p->item, CUE_BOTH) || deal_is_plural(c->f, c->row, p->item);
        if (both) deal_refer(c->f, c->row, p->item, c->d, (deal_role)p->role);
        if (p->item < c->low) c->low = p->item;
        if (p->item > c->high) c->high = p->item;
    }
}

/* A part and those coordinated with it. */
bool clause_take_group(clause *c, uint32_t i, int role)
{
    bool taken = take(c, &c->parts[i], role);
    for (uint32_t k = i + 1; k < c->nparts && c->parts[k].with_last; k++) taken |= take(c, &c->parts[k], role);
    return taken;
}

/* `mit der Tochter der X`: the preposition of the noun that X hangs on. */
static int outer_prep(const clause *c, const part *p)
{
    enum { WORDS = 5 };
    for (uint32_t i = p->head; i > c->first && p->head - i < WORDS; i--) {
        int prep = clause_prep_at(c, i - 1);
        if (prep >= 0) return prep;
        if (!clause_has(c, i - 1, CUE_DET) && !clause_is_adjective(c, i - 1) && !clause_is_upper(c, i - 1)) return -1;
    }
    return -1;
}

int clause_prep_role(const clause *c, const part *p)
{
    return p->prep < 0 ? -1 : clause_role(c, c->f->preps[p->prep].name);
}

static int outer_role(const clause *c, const part *p)
{
    int prep = outer_prep(c, p);
    return prep < 0 ? -1 : clause_role(c, c->f->preps[prep].name);
}

bool clause_is_prep(const clause *c, const part *p, const char *name)
{
    return p->kind == PART_PREP && strcmp(c->f->preps[p->prep].name, name) == 0;
}

/* `49 Prozent an X`, `Anteile der X`, `das Geschäft von X`: X's, not from X or to X. */
bool clause_of_share(const clause *c, const part *p)
{
    return p->head != CLAUSE_NOWHERE && (clause_has(c, p->head, CUE_SHARE) || rule_row_has(c->row, p->head, ATOM_PERCENT));
}

bool clause_of_unit(const clause *c, const part *p)
{
    /* `unter Beteiligung der A` */
    if (p->head != CLAUSE_NOWHERE && p->head > c->first && clause_has(c, p->head - 1, CUE_COMPARE)) return false;
    return p->head != CLAUSE_NOWHERE && (clause_has(c, p->head, CUE_UNIT) || clause_of_share(c, p));
}

/* `verkauft 49 Prozent an den Fonds A`: the accusative is whom to, the dative what of; without an article `Anteile an A` is
 * A's. */
static bool is_recipient(const clause *c, const part *p)
{
    if (clause_role(c, "an") < 0 || !clause_is_prep(c, p, "an")) return false;
    if (p->head != CLAUSE_NOWHERE && c->row->items[p->head].part) return true; /* `A-Anteile an B` */
    uint32_t next = p->phrase + 1;
    const rule_item *an = &c->row->items[p->phrase];
    if (c->text->text[an->end - 1] == 'm') return false; /* am */
    if (next < p->item && clause_has(c, next, CUE_DET)) return clause_has(c, next, CUE_ACCUSATIVE);
    return clause_has(c, p->head, CUE_MAJORITY) || rule_row_has(c->row, p->head, ATOM_PERCENT);
}

/* ---- the clause of a verb ---- */

/* `lässt sich von A übernehmen` */
static bool is_let(const clause *c)
{
    uint32_t key = c->hit->key_first;
    for (uint32_t i = c->starts[c->own]; i + 1 < key; i++) {
        const rule_item *next = &c->row->items[i + 1];
        bool self = next->end - next->begin == 4 && memcmp(c->text->text + next->begin, "sich", 4) == 0;
        if (self && clause_has(c, i, CUE_LET)) return c->text->text[c->row->items[key].end - 1] == 'n';
    }
    return false;
}

static bool is_passive(const clause *c)
{
    if (is_let(c)) return true;
    if (!clause_has(c, c->hit->key_last, CUE_PARTICIPLE)) return false;
    uint32_t end = c->own + 1 < c->nsegments ? c->starts[c->own + 1] : c->last + 1;
    for (uint32_t i = c->starts[c->own]; i < end; i++)
        if (clause_has(c, i, CUE_PASSIVE)) return true;
    return false;
}

/* `der israelische Konzern A`: a subject, as article and ending tell (`der israelischen Firma` is none). */
static bool is_subject(const clause *c, const part *p)
{
    if (p->kind != PART_BARE) return false;
    const rule_item *it = &c->row->items[p->phrase];
    const char *s = c->text->text + it->begin;
    if (it->end - it->begin != 3 || (s[0] != 'd' && s[0] != 'D') || s[1] != 'e' || s[2] != 'r') return false;
    if (p->m == NULL) return !clause_has(c, p->item, CUE_FEMININE);
    if (p->item < p->phrase + 2) return false;
    if (clause_has(c, p->item - 1, CUE_FEMININE)) return false;
    const rule_item *next = it + 1;
    bool noun = clause_is_upper(c, p->phrase + 1) && p->phrase + 2 == p->item && clause_has(c, p->phrase + 1, CUE_CONCERN);
    return noun || (clause_is_adjective(c, p->phrase + 1) && c->text->text[next->end - 1] == 'e');
}

/* `Den Hersteller A kauft der Konzern B` */
static bool is_turned(const clause *c, uint32_t a, uint32_t b)
{
    if (a == CLAUSE_NOWHERE || b == CLAUSE_NOWHERE) return false;
    const part *p = &c->parts[a], *q = &c->parts[b];
    bool object = p->m != NULL && deal_is_object(c->f, c->row, p->item);
    return !is_subject(c, p) && (object || is_subject(c, q));
}

static void turn(const clause *c, uint32_t *a, uint32_t *b)
{
    if (!is_turned(c, *a, *b)) return;
    uint32_t first = *a;
    *a = *b;
    *b = first;
}

/* Bare parts of a segment: the first two. */
void clause_find_bare(const clause *c, uint32_t segment, uint32_t *first, uint32_t *second)
{
    for (uint32_t i = 0; i < c->nparts; i++) {
        const part *p = &c->parts[i];
        if (p->segment != segment || p->kind != PART_BARE || p->used || p->with_last) continue;
        if (*first == CLAUSE_NOWHERE) {
            *first = i;
        } else if (*second == CLAUSE_NOWHERE) {
            *second = i;
            return;
        }
    }
}

/* `A hatte B behalten und C übernommen`: what is bought is named last before the participle. */
static uint32_t last_bare(const clause *c, uint32_t second)
{
    if (second == CLAUSE_NOWHERE || !clause_has(c, c->hit->key_last, CUE_PARTICIPLE)) return second;
    for (uint32_t i = c->nparts; i > second; i--) {
        const part *p = &c->parts[i - 1];
        if (p->segment != c->own || p->item > c->hit->key_first || p->used) continue;
        /* Coordinated as words stand, but with a participle between. */
        bool apart = p->with_last && p->phrase > c->parts[i - 2].item + 1;
        if (p->kind == PART_BARE && (apart || !p->with_last)) return i - 1;
    }
    return second;
}

/* `der Plan der A, B zu kaufen`: A */
static uint32_t intending(const clause *c, uint32_t segment)
{
    for (uint32_t i = c->nparts; i > 0 && segment + 1 == c->own; i--) {
        const part *p = &c->parts[i - 1];
        bool of = p->kind == PART_GENITIVE || clause_is_prep(c, p, "von");
        if (p->segment == segment && !p->used && of && p->head != CLAUSE_NOWHERE && clause_has(c, p->head, CUE_INTENT))
            return i - 1;
    }
    return CLAUSE_NOWHERE;
}

/* The subject of a clause that stands in a segment before: `A, ein Hersteller von B, kauft C`. */
uint32_t clause_subject_before(const clause *c)
{
    for (uint32_t s = c->own; s > 0; s--) {
        /* `..., dass A plant, B zu kaufen` */
        bool governs = s == c->own && c->kinds[s] == SEG_MAIN && c->kinds[s - 1] == SEG_SUB;
        if (c->kinds[s - 1] == SEG_RELATIVE || (c->kinds[s - 1] == SEG_SUB && !governs)) continue;
        uint32_t first = intending(c, s - 1), second = CLAUSE_NOWHERE;
        if (first == CLAUSE_NOWHERE) clause_find_bare(c, s - 1, &first, &second);
        if (first != CLAUSE_NOWHERE) return first;
    }
    return CLAUSE_NOWHERE;
}

/* The company a relative clause speaks of: the last before it. */
static uint32_t antecedent(const clause *c)
{
    uint32_t found = CLAUSE_NOWHERE;
    for (uint32_t i = 0; i < c->nparts; i++)
        if (c->parts[i].segment < c->own && c->parts[i].m != NULL) found = i;
    return found != CLAUSE_NOWHERE && c->parts[found].segment + 1 == c->own ? found : CLAUSE_NOWHERE;
}

/* `..., an der A 30 Prozent erworben hat` */
static bool names_share(const clause *c, uint32_t segment)
{
    uint32_t end = segment + 1 < c->nsegments ? c->starts[segment + 1] : c->last + 1;
    for (uint32_t i = c->starts[segment]; i < end; i++)
        if (clause_has(c, i, CUE_SHARE_WORD) || rule_row_has(c->row, i, ATOM_PERCENT)) return true;
    return false;
}

/* `A, das B kaufte`: A is bought; `A, das 2019 B kaufte`, `A, das sich B einverleibte`: A buys. */
static bool is_acted_on(const clause *c, uint32_t start, uint32_t first)
{
    const char *pronoun = c->text->text + c->row->items[start].begin;
    if (strncmp(pronoun, "den", 3) == 0) return true;
    if (strncmp(pronoun, "der", 3) == 0 || first == CLAUSE_NOWHERE) return false;
    return c->parts[first].phrase <= start + 1 || is_subject(c, &c->parts[first]);
}

static void take_relative(clause *c, int subject, int object)
{
    uint32_t start = c->starts[c->own], before = antecedent(c), first = CLAUSE_NOWHERE, second = CLAUSE_NOWHERE;
    int prep = clause_prep_at(c, start);
    clause_find_bare(c, c->own, &first, &second);
    if (before == CLAUSE_NOWHERE) return;
    if (prep >= 0) {
        int role = clause_role(c, c->f->preps[prep].name);
        if (role < 0 && strcmp(c->f->preps[prep].name, "an") == 0 && names_share(c, c->own)) role = object;
        clause_take_group(c, before, role);
        if (first != CLAUSE_NOWHERE) clause_take_group(c, first, subject);
        if (second != CLAUSE_NOWHERE) clause_take_group(c, second, object);
        return;
    }
    bool acted = is_acted_on(c, start, first);
    clause_take_group(c, before, acted ? object : subject);
    if (first != CLAUSE_NOWHERE) clause_take_group(c, first, acted ? subject : object);
}

/* `Das Werk von A wird von B übernommen`: not the first `von`. */
static bool is_agent(const clause *c, uint32_t i)
{
    const part *p = &c->parts[i];
    if (clause_is_prep(c, p, "durch")) return true;
    if (!clause_is_prep(c, p, "von") || clause_of_share(c, p)) return false;
    bool again = false;
    for (uint32_t k = i + 1; k < c->nparts; k++) {
        const part *o = &c->parts[k];
        again |= o->segment == c->own && !o->with_last && (clause_is_prep(c, o, "von") || clause_is_prep(c, o, "durch"));
    }
    return !(again && clause_of_unit(c, p));
}

/* `mit der Übernahme von A`: A's, whatever else the clause tells. */
static bool of_event(const clause *c, const part *p)
{
    return clause_is_prep(c, p, "von") && p->head != CLAUSE_NOWHERE && clause_has(c, p->head, CUE_EVENT);
}

/* `A-Anteile`: what is bought or sold, not who. */
static bool is_share_of(const clause *c, const part *p)
{
    uint32_t next = p->item + 1;
    return next < c->row->n && c->row->items[next].part && clause_has(c, next, CUE_SHARE);
}

/* `Die drei Händler hatten A ... gekauft`: one company does not take a verb in the plural. */
static bool is_alone_in_plural(const clause *c, uint32_t i)
{
    const part *p = &c->parts[i];
    if (p->m == NULL || (i + 1 < c->nparts && c->parts[i + 1].with_last) || p->phrase <= c->starts[c->own]) return false;
    uint32_t verb = p->phrase - 1;
    const rule_item *it = &c->row->items[verb];
    return clause_has(c, verb, CUE_HAVE) && clause_has(c, c->hit->key_last, CUE_PARTICIPLE) &&
           c->text->text[it->end - 1] == 'n';
}

/* `Die Familie verkauft A`, `Veltro verkauft A`: the words before the verb say who acts, and name no company. */
static bool acts_unnamed(const clause *c, const part *p)
{
    enum { WORDS = 2 };
    uint32_t verb = c->hit->key_first;
    if (c->own != 0 || c->first != 0 || verb == 0 || p->kind != PART_BARE || p->item < verb) return false;
    if (clause_has(c, verb - 1, CUE_OWNER)) return clause_has(c, 0, CUE_THE) && !clause_has(c, 0, CUE_OBJECT);
    for (uint32_t i = 0; i < verb; i++)
        if (i == WORDS || !clause_is_name(c, i)) return false;
    return true;
}

static void take_verb(clause *c)
{
    bool passive = is_passive(c);
    int subject = clause_role(c, passive ? "object" : "subject"), object = passive ? -1 : clause_role(c, "object");
    int agent = passive ? clause_role(c, "subject") : -1;
    bool owned_by = false;
    for (uint32_t i = 0; i < c->nparts; i++) {
        part *p = &c->parts[i];
        if (p->segment != c->own || p->used || p->with_last) continue;
        if (owned_by && clause_is_prep(c, p, "an")) {
            clause_take_group(c, i, clause_prep_role(c, p));
            continue;
        }
        bool owner = p->kind == PART_GENITIVE && p->head != CLAUSE_NOWHERE && clause_has(c, p->head, CUE_OWNER);
        if (owner && subject == ROLE_SELLER && object >= 0) {
            owned_by = clause_take_group(c, i, object); /* `Die Gründer der A verkaufen` */
            continue;
        }
        bool owned =
            object >= 0 &&
            (p->kind == PART_GENITIVE ? clause_of_unit(c, p)
                                      : p->kind == PART_PREP && clause_of_share(c, p) &&
                                            (clause_is_prep(c, p, "an") || clause_is_prep(c, p, "von")) && !is_recipient(c, p));
        if (owned || (p->kind == PART_BARE && is_share_of(c, p)))
            clause_take_group(c, i, passive ? subject : object);
        else if (passive && is_agent(c, i))
            clause_take_group(c, i, agent);
        else if (passive && (p->kind == PART_GENITIVE || clause_is_prep(c, p, "von")) && clause_of_unit(c, p))
            clause_take_group(c, i, subject);
        else if (object >= 0 && clause_is_prep(c, p, "von") && clause_role(c, "von") < 0 && clause_of_unit(c, p))
            clause_take_group(c, i, object);
        else if (p->kind == PART_PREP && !of_event(c, p))
            clause_take_group(c, i, clause_prep_role(c, p));
        else if (p->kind == PART_GENITIVE && clause_role(c, "genitive") >= 0)
            clause_take_group(c, i, clause_role(c, "genitive"));
        else if (p->kind == PART_GENITIVE && (clause_has(c, p->head, CUE_UNIT) || clause_has(c, p->head, CUE_CONCERN)))
            clause_take_group(c, i, outer_role(c, p));
    }
    if (c->kinds[c->own] == SEG_RELATIVE) {
        take_relative(c, subject, object);
        return;
    }
    uint32_t first = CLAUSE_NOWHERE, second = CLAUSE_NOWHERE;
    clause_find_bare(c, c->own, &first, &second);
    bool open = c->kinds[c->own] != SEG_SUB && c->own > 0 && second == CLAUSE_NOWHERE &&
                (c->kinds[c->own] == SEG_CONTINUED || clause_is_infinitive(c, c->hit->key_last) || first == CLAUSE_NOWHERE);
    uint32_t before = open ? clause_subject_before(c) : CLAUSE_NOWHERE;
    if (before != CLAUSE_NOWHERE) {
        if (object >= 0) turn(c, &before, &first);
        clause_take_group(c, before, subject);
        if (first != CLAUSE_NOWHERE) clause_take_group(c, first, object);
        return;
    }
    bool alone = first != CLAUSE_NOWHERE && second == CLAUSE_NOWHERE;
    if (alone && (is_alone_in_plural(c, first) || (object >= 0 && acts_unnamed(c, &c->parts[first])))) {
        clause_take_group(c, first, object);
        return;
    }
    second = last_bare(c, second);
    if (object >= 0) turn(c, &first, &second);
    if (first != CLAUSE_NOWHERE) clause_take_group(c, first, subject);
    if (second != CLAUSE_NOWHERE) clause_take_group(c, second, object);
}

/* ---- */

/* Told by a rule of the same family, or by one so strong that the verb means nothing else (`kauft Strom von A`). */
static bool told_already(const clause *c, deal_type type)
{
    enum { STRONG = 600 };
    uint32_t least = clause_takes_one(c) ? 1 : 2;
    for (size_t i = c->f->n; i > 0 && c->f->deals[i - 1].sent == c->row->sent; i--) {
        const deal *o = &c->f->deals[i - 1];
        uint32_t token = c->row->items[c->hit->key_first].first;
        bool whole = o->nwho >= least && (least == 1 || !deal_has_one_side(o));
        bool same = deal_same_family(o->type, type) || o->priority > STRONG;
        if (!o->weak && whole && o->first <= token && token <= o->last && same) return true;
    }
    return false;
}

/* Two companies in all between the hard stops (within the clause, if the sides are not the same): the deal is theirs, however
 * it is told. */
static void take_pair(clause *c)
{
    enum { NEAR = 10 };
    bool equal = clause_role(c, "subject") == ROLE_PARTY || strcmp(setting(c->hit, "clause"), "noun") == 0;
    const char *names[2];
    uint32_t n = 0, key = c->hit->key_first;
    for (uint32_t i = 0; i < c->nparts; i++) {
        const part *p = &c->parts[i];
        if ((p->item < key ? key - p->item : p->item - key) > NEAR) return;
        if (p->item < c->last && clause_has(c, p->item + 1, CUE_TAIL_EXEC)) return;
        if (!equal && (p->kind == PART_NONE || c->kinds[c->own] == SEG_RELATIVE)) return;
        if (p->m == NULL || (n > 0 && strcmp(names[0], p->m->value) == 0)) continue;
        if (n == 2) {
            if (strcmp(names[1], p->m->value) != 0) return;
            continue;
        }
        names[n++] = p->m->value;
    }
    if (n < 2) return;
    if (c->d->nwho == 0) deal_add_who(c->d, ROLE_PARTY, names[0]);
    deal_add_who(c->d, ROLE_PARTY, names[0]);
    deal_add_who(c->d, ROLE_PARTY, names[1]);
}

/* `A: Zukauf in China, 5 Mio. Euro für B`: the two that the headline names. */
static void take_headline(clause *c)
{
    deal two = {.nwho = 0};
    if (deal_add_rest(c->f, c->row, &two, ROLE_PARTY, 2) < 2) return;
    for (uint32_t i = 0; i < two.nwho; i++) deal_add_who(c->d, ROLE_PARTY, two.who[i].name);
}

/* The role that is not filled, in the order in which a headline leaves it out. */
static void add_other_side(clause *c, const char *name)
{
    static const char *const keys[] = {"object", "subject", "genitive", "mit", "an", "bei", "in", "für"};
    for (size_t k = 0; k < sizeof keys / sizeof *keys && deal_has_one_side(c->d); k++) {
        int role = clause_role(c, keys[k]);
        if (role >= 0 && (role == ROLE_PARTY || (deal_role)role != c->d->who[0].role))
            deal_add_who(c->d, (deal_role)role, name);
    }
}

/* `A und B: Fusion ...`, `A: Insolvenz ...`: what the headline names before the colon. */
static void take_topic(clause *c)
{
    enum { WORDS = 8 };
    const char *names[2];
    uint32_t n = deal_before_colon(c->f, c->row, c->first < WORDS ? c->first : 0, c->d, names);
    bool noun = strcmp(setting(c->hit, "clause"), "noun") == 0, one = clause_takes_one(c);
    if (c->d->nwho == 0 && noun && !one && n == 2) {
        deal_add_who(c->d, ROLE_PARTY, names[0]);
        deal_add_who(c->d, ROLE_PARTY, names[1]);
    } else if (c->d->nwho == 0 && one && n > 0) {
        int role = clause_role(c, noun ? "genitive" : "subject");
        if (role >= 0) deal_add_who(c->d, (deal_role)role, names[0]);
    } else if (deal_has_one_side(c->d) && n > 0 && !one) {
        add_other_side(c, names[0]);
    }
}

/* `set need = two`: the clause speaks of both. */
static bool lacks_both(const clause *c)
{
    const char *need = setting(c->hit, "need");
    if (need == NULL || strcmp(need, "two") != 0) return false;
    for (uint32_t i = 0; i < c->nparts; i++)
        if (c->parts[i].used && (clause_has(c, c->parts[i].item, CUE_BOTH) || deal_is_plural(c->f, c->row, c->parts[i].item)))
            return false;
    return true;
}

bool deal_read_clause(const deal_finder *f, erz_text *text, const rule_row *row, rule_hit *hit, deal *d)
{
    clause c = {.f = f, .text = text, .row = row, .hit = hit, .d = d, .low = hit->first, .high = hit->last};
    if (told_already(&c, d->type)) return false;
    clause_read(&c);
    if (strcmp(setting(hit, "clause"), "verb") == 0)
        take_verb(&c);
    else
        clause_take_noun(&c);
    if (lacks_both(&c)) return false;
    take_references(&c);
    if (d->nwho < 2 && setting(hit, "pair") != NULL) take_pair(&c);
    if (d->nwho < 2 || deal_has_one_side(d)) take_topic(&c);
    if (d->nwho == 0 && setting(hit, "pair") != NULL) take_headline(&c);
    clause_complete(&c);
    clause_tell_stake(&c);
    uint32_t least = clause_takes_one(&c) ? 1 : 2;
    if (d->nwho < least || (least > 1 && !clause_has_two_sides(&c))) return false;
    hit->first = c.low < hit->first ? c.low : hit->first;
    hit->last = c.high > hit->last ? c.high : hit->last;
    hit->begin = row->items[hit->first].begin;
    hit->end = row->items[hit->last].end;
    return true;
}
