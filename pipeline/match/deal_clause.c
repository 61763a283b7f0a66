/* Who does what to whom in a clause. A rule that names its trigger only and says what the parts of a clause are (`set subject =
 * buyer`, `set von = seller`) has its companies read from the trigger's clause: by preposition, genitive, order and voice. */
#include <string.h>

#include "deal.h"

enum { REACH = 45, MOST = 16, SEGMENTS = 24, NOWHERE = 0xffff };

typedef enum part_kind { PART_NONE, PART_BARE, PART_PREP, PART_GENITIVE } part_kind;

/* A company in the clause, or a noun that refers to one. */
typedef struct part {
    uint32_t item;
    uint32_t phrase; /* where its noun phrase begins, preposition and article included */
    uint32_t head;   /* the noun before it, for what hangs on a noun; NOWHERE: none */
    const erz_mention *m;
    part_kind kind;
    int prep; /* index into the finder's prepositions */
    uint32_t segment;
    bool with_last; /* coordinated with the part before */
    bool used;
    int role;
} part;

typedef enum segment_kind { SEG_MAIN, SEG_CONTINUED, SEG_SUB, SEG_RELATIVE } segment_kind;

typedef struct clause {
    const deal_finder *f;
    const erz_text *text;
    const rule_row *row;
    const rule_hit *hit;
    uint32_t first, last; /* items between hard stops */
    uint32_t starts[SEGMENTS];
    segment_kind kinds[SEGMENTS];
    uint32_t nsegments, own; /* the trigger's segment */
    part parts[MOST];
    uint32_t nparts;
    deal *d;
    uint32_t low, high; /* items of what was taken */
} clause;

static bool has(const clause *c, uint32_t item, int cue)
{
    return c->f->cues[cue] != UINT32_MAX && rule_row_has(c->row, item, c->f->cues[cue]);
}

static char byte_of(const clause *c, uint32_t item)
{
    const rule_item *it = &c->row->items[item];
    return it->mention == 0 && it->end - it->begin == 1 ? c->text->text[it->begin] : '\0';
}

static bool is_upper(const clause *c, uint32_t item)
{
    const rule_item *it = &c->row->items[item];
    return it->part || (c->text->tokens.shape[it->first] & ERZ_SHAPE_INITIAL_UPPER) != 0;
}

static bool is_word(const clause *c, uint32_t item)
{
    const rule_item *it = &c->row->items[item];
    return it->part || c->text->tokens.cls[it->first] == ERZ_TOKEN_WORD;
}

static const erz_mention *company(const clause *c, uint32_t item)
{
    const rule_item *it = &c->row->items[item];
    if (it->mention == 0) return NULL;
    const erz_mention *m = &c->text->mentions[it->mention - 1];
    return m->type == ERZ_COMPANY ? m : NULL;
}

static const char *setting(const rule_hit *hit, const char *key)
{
    for (uint32_t i = 0; i < hit->def->nsets; i++) {
        const uint32_t *pair = hit->image->pool + hit->def->sets + 2 * i;
        if (strcmp(rule_string(hit->image, pair[0]), key) == 0) return rule_string(hit->image, pair[1]);
    }
    return NULL;
}

static int role_set(const clause *c, const char *key)
{
    const char *value = setting(c->hit, key);
    return value == NULL ? -1 : deal_role_parse(value);
}

bool deal_is_clause(const rule_hit *hit)
{
    return setting(hit, "clause") != NULL;
}

/* ---- segments ---- */

/* `A, B und C`: this comma is no boundary. */
static bool joins(const clause *c, uint32_t i)
{
    if (i == c->first || i + 2 > c->last || company(c, i + 1) == NULL) return false;
    uint32_t next = i + 2;
    bool more = has(c, next, CUE_AND) || byte_of(c, next) == ',';
    return more && (company(c, i - 1) != NULL || c->row->items[i - 1].part);
}

static bool is_dash(const clause *c, uint32_t i)
{
    const rule_item *it = &c->row->items[i];
    return byte_of(c, i) == '-' || (it->mention == 0 && it->end - it->begin == 3 && c->text->text[it->begin] == '\xe2' &&
                                    c->text->text[it->begin + 1] == '\x80' &&
                                    (c->text->text[it->begin + 2] == '\x93' || c->text->text[it->begin + 2] == '\x94'));
}

static void find_bounds(clause *c)
{
    c->first = c->hit->key_first;
    c->last = c->hit->key_last;
    for (uint32_t n = 0; n < REACH && c->first > 0 && !has(c, c->first - 1, CUE_HARD); n++) c->first--;
    for (uint32_t n = 0; n < REACH && c->last + 1 < c->row->n && !has(c, c->last + 1, CUE_HARD); n++) c->last++;
}

/* `zu kaufen`, `abzugeben` at an item. */
static bool is_infinitive(const clause *c, uint32_t item)
{
    const rule_item *it = &c->row->items[item];
    const char *s = c->text->text + it->begin;
    uint32_t n = it->end - it->begin;
    const rule_item *last = item > c->first ? it - 1 : NULL;
    if (last != NULL && last->end - last->begin == 2 && memcmp(c->text->text + last->begin, "zu", 2) == 0) return true;
    for (uint32_t i = 2; i + 5 < n; i++)
        if (memcmp(s + i, "zu", 2) == 0) return s[n - 1] == 'n';
    return false;
}

static segment_kind kind_at(const clause *c, uint32_t first, uint32_t last)
{
    if (first > last) return SEG_MAIN;
    if (has(c, first, CUE_SUB)) return SEG_SUB;
    if (first >= c->hit->key_first && first <= c->hit->key_last) return SEG_CONTINUED;
    if (has(c, first, CUE_FINITE)) return SEG_CONTINUED;
    uint32_t pronoun = first < last && has(c, first, CUE_PREP) ? first + 1 : first;
    /* An apposition begins so too, but ends in a noun. */
    if (pronoun > c->first && has(c, pronoun, CUE_RELATIVE) && is_word(c, last) && !is_upper(c, last) &&
        company(c, last) == NULL && !is_infinitive(c, last))
        return SEG_RELATIVE;
    return SEG_MAIN;
}

static void find_segments(clause *c)
{
    uint32_t depth = 0, n = 1;
    c->starts[0] = c->first;
    for (uint32_t i = c->first; i <= c->last && n < SEGMENTS; i++) {
        char b = byte_of(c, i);
        depth += b == '(';
        depth -= b == ')' && depth > 0;
        if (depth > 0 || i == c->last || (b != ',' && !is_dash(c, i)) || joins(c, i)) continue;
        c->starts[n++] = i + 1;
    }
    c->nsegments = n;
    for (uint32_t s = 0; s < n; s++) {
        uint32_t end = s + 1 < n ? c->starts[s + 1] - 2 : c->last;
        while (end > c->starts[s] && end == c->last && (byte_of(c, end) == '.' || byte_of(c, end) == ',')) end--;
        c->kinds[s] = s == 0 ? SEG_MAIN : kind_at(c, c->starts[s], end);
        if (c->starts[s] <= c->hit->key_first) c->own = s;
    }
}

static uint32_t segment_of(const clause *c, uint32_t item)
{
    uint32_t s = 0;
    while (s + 1 < c->nsegments && c->starts[s + 1] <= item) s++;
    return s;
}

/* ---- noun phrases ---- */

static int prep_at(const clause *c, uint32_t item)
{
    for (uint32_t p = 0; p < c->f->npreps; p++)
        if (rule_row_has(c->row, item, c->f->preps[p].atom)) return (int)p;
    return -1;
}

static bool is_quote(const clause *c, uint32_t i)
{
    const rule_item *it = &c->row->items[i];
    return it->mention == 0 && !it->part && c->text->tokens.cls[it->first] == ERZ_TOKEN_PUNCTUATION && !has(c, i, CUE_HARD) &&
           byte_of(c, i) != ',' && byte_of(c, i) != '.' && byte_of(c, i) != '/' && byte_of(c, i) != '(' && !is_dash(c, i);
}

/* `-e -en -er -es -em`, in lower case: an adjective, as far as an ending tells. */
static bool is_adjective(const clause *c, uint32_t i)
{
    const rule_item *it = &c->row->items[i];
    const char *end = c->text->text + it->end;
    if (!is_word(c, i) || is_upper(c, i) || it->end - it->begin < 5 || has(c, i, CUE_FINITE) || has(c, i, CUE_VERB))
        return false;
    return end[-1] == 'e' || (end[-2] == 'e' && strchr("nrsm", end[-1]) != NULL);
}

static bool is_trigger(const clause *c, uint32_t i)
{
    return i >= c->hit->key_first && i <= c->hit->key_last;
}

/* Over a bracket that ends at item i to the item before it. */
static uint32_t before_bracket(const clause *c, uint32_t i)
{
    enum { INSIDE = 12 };
    for (uint32_t k = i; k > c->first && i - k < INSIDE; k--)
        if (byte_of(c, k) == '(') return k - 1;
    return i;
}

/* Read a part's noun phrase from right to left: adjectives and nouns, then an article, then what that hangs on. */
static void read_phrase(const clause *c, part *p)
{
    enum { WORDS = 9 };
    bool adjective = false, determined = false;
    uint32_t i = p->item;
    p->kind = PART_BARE;
    p->head = NOWHERE;
    p->prep = -1;
    p->phrase = p->item;
    for (uint32_t n = 0; n < WORDS && i > c->first; n++) {
        i--;
        if (is_quote(c, i)) continue;
        if (byte_of(c, i) == ')') i = before_bracket(c, i);
        int prep = prep_at(c, i);
        if (prep >= 0) {
            p->kind = PART_PREP;
            p->prep = prep;
            p->phrase = i;
            if (i > c->first && (is_upper(c, i - 1) || has(c, i - 1, CUE_SHARE) || c->row->items[i - 1].mention != 0))
                p->head = i - 1;
            return;
        }
        if (has(c, i, CUE_PREP)) {
            p->kind = PART_NONE;
            return;
        }
        if (determined) {
            if (company(c, i) == NULL && (is_upper(c, i) || rule_row_has(c->row, i, ATOM_PERCENT)) && !has(c, i, CUE_AND) &&
                is_word(c, i) && !has(c, i, CUE_SUB) && !has(c, i, CUE_FINITE)) {
                p->kind = PART_GENITIVE;
                p->head = i;
            }
            return;
        }
        if (has(c, i, CUE_AND) || (byte_of(c, i) == ',' && joins(c, i))) {
            p->with_last = true;
            p->phrase = i;
            return;
        }
        if (has(c, i, CUE_DET)) {
            determined = true;
        } else if (is_trigger(c, i) || has(c, i, CUE_FINITE) || c->row->items[i].mention != 0) {
            return;
        } else if (is_upper(c, i) && is_word(c, i)) {
            if (adjective) return;
        } else if (is_adjective(c, i)) {
            adjective = true;
        } else {
            return;
        }
        p->phrase = i;
    }
}

/* ---- parts ---- */

static bool tailed(const clause *c, uint32_t item)
{
    return item + 1 < c->row->n && c->row->items[item + 1].part;
}

/* Companies that act in the sentence: not who tells of it, not the first half of `A-Aktie`. */
static bool acts(const clause *c, uint32_t item, const erz_mention *m)
{
    if (deal_is_outlet(c->f, c->text, m) || deal_is_source(c->f, c->row, item)) return false;
    if (!tailed(c, item)) return true;
    return has(c, item + 1, CUE_TAIL_EXEC) || has(c, item + 1, CUE_TAIL_UNIT) || is_trigger(c, item + 1);
}

static bool in_bracket(const clause *c, uint32_t item)
{
    enum { INSIDE = 12 };
    for (uint32_t i = item; i > c->first && item - i < INSIDE; i--) {
        if (byte_of(c, i - 1) == '(') return true;
        if (byte_of(c, i - 1) == ')') return false;
    }
    return false;
}

/* After `der Hersteller`: a name, a genitive, a preposition but for `von`, which say that it is another one. */
static bool is_attributed(const clause *c, uint32_t item)
{
    if (item == c->last) return false;
    if (company(c, item + 1) != NULL || is_upper(c, item + 1) || is_quote(c, item + 1)) return true;
    int prep = prep_at(c, item + 1);
    return has(c, item + 1, CUE_GENITIVE) || (prep >= 0 && strcmp(c->f->preps[prep].name, "aus") == 0);
}

/* `die`: a plural of most nouns, which refers to no one company. */
static bool is_plural(const clause *c, uint32_t article, uint32_t item)
{
    const char *s = c->text->text + c->row->items[article].begin;
    return (s[0] == 'd' || s[0] == 'D') && s[1] == 'i' && s[2] == 'e' && !has(c, item, CUE_FEMININE);
}

/* `der Konzern`, `das im MDax notierte Unternehmen`, `die Kölner`. */
static bool refers(const clause *c, uint32_t item)
{
    enum { WORDS = 5 };
    if (item == c->first || c->row->items[item].part || !has(c, item, CUE_CONCERN) || is_attributed(c, item)) return false;
    for (uint32_t i = item; i > c->first && item - i < WORDS; i--) {
        if (has(c, i - 1, CUE_THE)) return !is_plural(c, i - 1, item);
        if (!is_word(c, i - 1) || has(c, i - 1, CUE_FINITE) || has(c, i - 1, CUE_VERB) || has(c, i - 1, CUE_SUB)) return false;
        if (i == item && !is_adjective(c, i - 1)) return false;
    }
    return false;
}

/* `beide`, `beide Firmen`: the two companies spoken of last. */
static bool is_both(const clause *c, uint32_t item)
{
    if (!has(c, item, CUE_BOTH) || item == c->last) return false;
    return has(c, item + 1, CUE_FINITE) || has(c, item + 1, CUE_VERB) || has(c, item + 1, CUE_PARTNERS);
}

/* `die A-Tochter B`: B acts, not A. */
static bool is_parent(const clause *c, uint32_t item)
{
    return item + 2 <= c->last && has(c, item + 1, CUE_PARENT) && company(c, item + 2) != NULL;
}

static void find_parts(clause *c)
{
    c->nparts = 0;
    for (uint32_t i = c->first; i <= c->last && c->nparts < MOST; i++) {
        const erz_mention *m = company(c, i);
        if (m == NULL ? !refers(c, i) && !is_both(c, i) : (!acts(c, i, m) || in_bracket(c, i) || is_parent(c, i))) continue;
        part *p = &c->parts[c->nparts];
        memset(p, 0, sizeof *p);
        p->item = i;
        p->m = m;
        p->segment = segment_of(c, i);
        read_phrase(c, p);
        if (m == NULL && p->kind != PART_BARE && !(p->kind == PART_PREP && p->head != NOWHERE)) continue;
        const part *last = p - 1;
        if (c->nparts == 0) p->with_last = false;
        if (p->with_last && last->kind != PART_NONE && p->phrase <= last->item + 4) {
            p->kind = last->kind;
            p->prep = last->prep;
            p->head = last->head;
            p->phrase = last->phrase;
        } else if (p->with_last) {
            p->kind = PART_NONE; /* `Videos von X und A` */
            p->with_last = false;
        }
        /* `von A oder vom Konzern` */
        if (m != NULL && c->nparts > 0 && last->m == NULL && last->item + 2 >= i)
            *(p - 1) = *p;
        else
            c->nparts++;
    }
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
        deal_refer(c->f, c->row, p->item, c->d, (deal_role)p->role);
        if (has(c, p->item, CUE_BOTH)) deal_refer(c->f, c->row, p->item, c->d, (deal_role)p->role);
        if (p->item < c->low) c->low = p->item;
        if (p->item > c->high) c->high = p->item;
    }
}

/* A part and those coordinated with it. */
static bool take_group(clause *c, uint32_t i, int role)
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
        int prep = prep_at(c, i - 1);
        if (prep >= 0) return prep;
        if (!has(c, i - 1, CUE_DET) && !is_adjective(c, i - 1) && !is_upper(c, i - 1)) return -1;
    }
    return -1;
}

static int prep_role(const clause *c, const part *p)
{
    return p->prep < 0 ? -1 : role_set(c, c->f->preps[p->prep].name);
}

static int outer_role(const clause *c, const part *p)
{
    int prep = outer_prep(c, p);
    return prep < 0 ? -1 : role_set(c, c->f->preps[prep].name);
}

static bool is_prep(const clause *c, const part *p, const char *name)
{
    return p->kind == PART_PREP && strcmp(c->f->preps[p->prep].name, name) == 0;
}

/* `49 Prozent an X`, `Anteile der X`, `das Geschäft von X`: X's, not from X or to X. */
static bool of_share(const clause *c, const part *p)
{
    return p->head != NOWHERE && (has(c, p->head, CUE_SHARE) || rule_row_has(c->row, p->head, ATOM_PERCENT));
}

static bool of_unit(const clause *c, const part *p)
{
    return p->head != NOWHERE && (has(c, p->head, CUE_UNIT) || of_share(c, p));
}

/* `verkauft 49 Prozent an den Fonds A`: the accusative is whom to, the dative what of; without an article `Anteile an A` is
 * A's. */
static bool is_recipient(const clause *c, const part *p)
{
    if (role_set(c, "an") < 0 || !is_prep(c, p, "an")) return false;
    uint32_t next = p->phrase + 1;
    if (next < p->item && has(c, next, CUE_DET)) return has(c, next, CUE_ACCUSATIVE);
    return has(c, p->head, CUE_MAJORITY) || rule_row_has(c->row, p->head, ATOM_PERCENT);
}

/* ---- the clause of a verb ---- */

static bool is_passive(const clause *c)
{
    if (!has(c, c->hit->key_last, CUE_PARTICIPLE)) return false;
    uint32_t end = c->own + 1 < c->nsegments ? c->starts[c->own + 1] : c->last + 1;
    for (uint32_t i = c->starts[c->own]; i < end; i++)
        if (has(c, i, CUE_PASSIVE)) return true;
    return false;
}

/* Bare parts of a segment: the first two. */
static void find_bare(const clause *c, uint32_t segment, uint32_t *first, uint32_t *second)
{
    for (uint32_t i = 0; i < c->nparts; i++) {
        const part *p = &c->parts[i];
        if (p->segment != segment || p->kind != PART_BARE || p->used || p->with_last) continue;
        if (*first == NOWHERE) {
            *first = i;
        } else if (*second == NOWHERE) {
            *second = i;
            return;
        }
    }
}

/* The subject of a clause that stands in a segment before: `A, ein Hersteller von B, kauft C`. */
static uint32_t subject_before(const clause *c)
{
    for (uint32_t s = c->own; s > 0; s--) {
        /* `..., dass A plant, B zu kaufen` */
        bool governs = s == c->own && c->kinds[s] == SEG_MAIN && c->kinds[s - 1] == SEG_SUB;
        if (c->kinds[s - 1] == SEG_RELATIVE || (c->kinds[s - 1] == SEG_SUB && !governs)) continue;
        uint32_t first = NOWHERE, second = NOWHERE;
        find_bare(c, s - 1, &first, &second);
        if (first != NOWHERE) return first;
    }
    return NOWHERE;
}

/* The company a relative clause speaks of: the last before it. */
static uint32_t antecedent(const clause *c)
{
    uint32_t found = NOWHERE;
    for (uint32_t i = 0; i < c->nparts; i++)
        if (c->parts[i].segment < c->own && c->parts[i].m != NULL) found = i;
    return found != NOWHERE && c->parts[found].segment + 1 == c->own ? found : NOWHERE;
}

static void take_relative(clause *c, int subject, int object)
{
    uint32_t start = c->starts[c->own], before = antecedent(c), first = NOWHERE, second = NOWHERE;
    int prep = prep_at(c, start);
    find_bare(c, c->own, &first, &second);
    if (before == NOWHERE) return;
    if (prep >= 0) {
        take_group(c, before, role_set(c, c->f->preps[prep].name));
        if (first != NOWHERE) take_group(c, first, subject);
        if (second != NOWHERE) take_group(c, second, object);
        return;
    }
    const char *pronoun = c->text->text + c->row->items[start].begin;
    bool acted = strncmp(pronoun, "den", 3) == 0 ||
                 (strncmp(pronoun, "der", 3) != 0 && first != NOWHERE && c->parts[first].phrase <= start + 2);
    take_group(c, before, acted ? object : subject);
    if (first != NOWHERE) take_group(c, first, acted ? subject : object);
}

/* `Das Werk von A wird von B übernommen`: not the first `von`. */
static bool is_agent(const clause *c, uint32_t i)
{
    const part *p = &c->parts[i];
    if (is_prep(c, p, "durch")) return true;
    if (!is_prep(c, p, "von") || of_share(c, p)) return false;
    bool again = false;
    for (uint32_t k = i + 1; k < c->nparts; k++) {
        const part *o = &c->parts[k];
        again |= o->segment == c->own && !o->with_last && (is_prep(c, o, "von") || is_prep(c, o, "durch"));
    }
    return !(again && of_unit(c, p));
}

static void take_verb(clause *c)
{
    bool passive = is_passive(c);
    int subject = role_set(c, passive ? "object" : "subject"), object = passive ? -1 : role_set(c, "object");
    int agent = passive ? role_set(c, "subject") : -1;
    for (uint32_t i = 0; i < c->nparts; i++) {
        part *p = &c->parts[i];
        if (p->segment != c->own || p->used || p->with_last) continue;
        bool owned = object >= 0 &&
                     (p->kind == PART_GENITIVE ? of_unit(c, p)
                                               : p->kind == PART_PREP && of_share(c, p) &&
                                                     (is_prep(c, p, "an") || is_prep(c, p, "von")) && !is_recipient(c, p));
        if (owned)
            take_group(c, i, object);
        else if (passive && is_agent(c, i))
            take_group(c, i, agent);
        else if (passive && (p->kind == PART_GENITIVE || is_prep(c, p, "von")) && of_unit(c, p))
            take_group(c, i, subject);
        else if (p->kind == PART_PREP)
            take_group(c, i, prep_role(c, p));
        else if (p->kind == PART_GENITIVE && role_set(c, "genitive") >= 0)
            take_group(c, i, role_set(c, "genitive"));
        else if (p->kind == PART_GENITIVE && (has(c, p->head, CUE_UNIT) || has(c, p->head, CUE_CONCERN)))
            take_group(c, i, outer_role(c, p));
    }
    if (c->kinds[c->own] == SEG_RELATIVE) {
        take_relative(c, subject, object);
        return;
    }
    uint32_t first = NOWHERE, second = NOWHERE;
    find_bare(c, c->own, &first, &second);
    bool open = c->kinds[c->own] != SEG_SUB && c->own > 0 && second == NOWHERE &&
                (c->kinds[c->own] == SEG_CONTINUED || setting(c->hit, "infinitive") != NULL || first == NOWHERE);
    uint32_t before = open ? subject_before(c) : NOWHERE;
    if (before != NOWHERE) {
        take_group(c, before, subject);
        if (first != NOWHERE) take_group(c, first, object);
        return;
    }
    if (first != NOWHERE) take_group(c, first, subject);
    if (second != NOWHERE) take_group(c, second, object);
}

/* ---- the clause of a noun ---- */

/* Where the noun's attributes end: at a verb or a comma. */
static uint32_t attributes_end(const clause *c)
{
    uint32_t i = c->hit->key_last + 1;
    uint32_t end = c->own + 1 < c->nsegments ? c->starts[c->own + 1] - 1 : c->last + 1;
    while (i < end && !has(c, i, CUE_FINITE) && !has(c, i, CUE_VERB)) i++;
    return i;
}

static void take_attributes(clause *c)
{
    uint32_t end = attributes_end(c);
    int of = role_set(c, "genitive");
    for (uint32_t i = 0; i < c->nparts; i++) {
        part *p = &c->parts[i];
        if (p->used || p->with_last || p->item <= c->hit->key_last || p->item >= end) continue;
        bool von = is_prep(c, p, "von") && role_set(c, "von") < 0;
        bool direct = p->phrase == c->hit->key_last + 1 || (p->head != NOWHERE && (is_trigger(c, p->head) || of_unit(c, p)));
        if ((p->kind == PART_GENITIVE || von) && direct)
            take_group(c, i, of);
        else if (p->kind == PART_PREP)
            take_group(c, i, prep_role(c, p));
        else if (p->kind == PART_BARE && p->item == c->hit->key_last + 1)
            take_group(c, i, of);
    }
}

static void take_before_noun(clause *c)
{
    uint32_t key = c->hit->key_first;
    for (uint32_t i = 0; i < c->nparts; i++) {
        part *p = &c->parts[i];
        if (p->used || p->with_last || p->item >= key) continue;
        if (p->item + 1 == key && c->row->items[key].part)
            take_group(c, i, role_set(c, "compound"));
        else if (p->segment == c->own && (is_prep(c, p, "mit") || is_prep(c, p, "zwischen")) && p->head == NOWHERE)
            take_group(c, i, prep_role(c, p));
    }
}

static void take_noun(clause *c)
{
    int subject = role_set(c, "subject");
    take_before_noun(c);
    take_attributes(c);
    uint32_t first = NOWHERE, second = NOWHERE;
    find_bare(c, c->own, &first, &second);
    if (subject < 0 || c->d->nwho >= 2 || c->kinds[c->own] == SEG_RELATIVE) return;
    if (first == NOWHERE && c->own > 0 && c->kinds[c->own] != SEG_SUB) first = subject_before(c);
    if (first == NOWHERE) return;
    take_group(c, first, subject);
    if (second != NOWHERE && c->d->nwho < 2) take_group(c, second, role_set(c, "object"));
}

/* ---- */

static bool told_already(const clause *c, deal_type type)
{
    for (size_t i = c->f->n; i > 0 && c->f->deals[i - 1].sent == c->row->sent; i--) {
        const deal *o = &c->f->deals[i - 1];
        uint32_t token = c->row->items[c->hit->key_first].first;
        if (o->nwho >= 2 && o->first <= token && token <= o->last && deal_same_family(o->type, type)) return true;
    }
    return false;
}

/* Two companies in all between the hard stops: the deal is theirs, however the clause is built. */
static void take_pair(clause *c)
{
    enum { NEAR = 10 };
    const char *names[2];
    uint32_t n = 0, key = c->hit->key_first;
    for (uint32_t i = 0; i < c->nparts; i++) {
        const part *p = &c->parts[i];
        if ((p->item < key ? key - p->item : p->item - key) > NEAR) return;
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

/* The role that is not filled, in the order in which a headline leaves it out. */
static void add_other_side(clause *c, const char *name)
{
    static const char *const keys[] = {"object", "subject", "genitive", "mit", "an", "bei", "in", "für"};
    for (size_t k = 0; k < sizeof keys / sizeof *keys && c->d->nwho < 2; k++) {
        int role = role_set(c, keys[k]);
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
    bool noun = strcmp(setting(c->hit, "clause"), "noun") == 0, one = setting(c->hit, "need") != NULL;
    if (c->d->nwho == 0 && noun && !one && n == 2) {
        deal_add_who(c->d, ROLE_PARTY, names[0]);
        deal_add_who(c->d, ROLE_PARTY, names[1]);
    } else if (c->d->nwho == 0 && one && n > 0) {
        int role = role_set(c, noun ? "genitive" : "subject");
        if (role >= 0) deal_add_who(c->d, (deal_role)role, names[0]);
    } else if (c->d->nwho == 1 && n > 0 && !one) {
        add_other_side(c, names[0]);
    }
}

/* `A kauft von B ...`: something that may be a business. */
static bool names_unit(const clause *c)
{
    for (uint32_t i = c->starts[c->own]; i <= c->last; i++)
        if (has(c, i, CUE_UNIT) || has(c, i, CUE_SHARE)) return true;
    return false;
}

/* What is bought is a business, or there is a sum: with the company the document is about. */
static bool names_business(const clause *c)
{
    for (uint32_t i = c->starts[c->own]; i <= c->last; i++)
        if (has(c, i, CUE_UNIT) || rule_row_has(c->row, i, ATOM_MONEY)) return true;
    return false;
}

static void add_topic(clause *c, deal_role role)
{
    if (c->f->topic != NULL && c->f->topic_sure) deal_add_who(c->d, role, c->f->topic);
}

/* Buyer and target, seller and buyer, partners: not two of one side. */
static bool two_sides(const clause *c)
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

bool deal_read_clause(const deal_finder *f, erz_text *text, const rule_row *row, rule_hit *hit, deal *d)
{
    clause c = {.f = f, .text = text, .row = row, .hit = hit, .d = d, .low = hit->first, .high = hit->last};
    if (told_already(&c, d->type)) return false;
    find_bounds(&c);
    find_segments(&c);
    find_parts(&c);
    if (strcmp(setting(hit, "clause"), "verb") == 0)
        take_verb(&c);
    else
        take_noun(&c);
    take_references(&c);
    if (d->nwho < 2 && setting(hit, "pair") != NULL) take_pair(&c);
    if (d->nwho < 2) take_topic(&c);
    const int topic = role_set(&c, "topic");
    if (d->nwho == 1 && topic >= 0 && d->who[0].role != (deal_role)topic && names_business(&c)) add_topic(&c, (deal_role)topic);
    const char *need = setting(hit, "need");
    uint32_t least = need != NULL && strcmp(need, "one") == 0 ? 1 : 2;
    if (d->nwho < least || (least > 1 && !two_sides(&c))) return false;
    hit->first = c.low < hit->first ? c.low : hit->first;
    hit->last = c.high > hit->last ? c.high : hit->last;
    hit->begin = row->items[hit->first].begin;
    hit->end = row->items[hit->last].end;
    return true;
}
