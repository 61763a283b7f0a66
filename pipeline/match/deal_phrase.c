/* What stands in the clause of a trigger: segments between commas, noun phrases, the companies with their prepositions. */
#include <string.h>

#include "deal_clause.h"

bool clause_has(const clause *c, uint32_t item, int cue)
{
    return deal_item_has(c->f, c->row, item, cue);
}

static char byte_of(const clause *c, uint32_t item)
{
    const rule_item *it = &c->row->items[item];
    return it->mention == 0 && it->end - it->begin == 1 ? c->text->text[it->begin] : '\0';
}

bool clause_is_upper(const clause *c, uint32_t item)
{
    const rule_item *it = &c->row->items[item];
    return it->part || (c->text->tokens.shape[it->first] & ERZ_SHAPE_INITIAL_UPPER) != 0;
}

static bool is_word(const clause *c, uint32_t item)
{
    const rule_item *it = &c->row->items[item];
    return it->part || c->text->tokens.cls[it->first] == ERZ_TOKEN_WORD;
}

/* ---- segments ---- */

/* `A, B und C`: this comma is no boundary. */
static bool joins(const clause *c, uint32_t i)
{
    if (i == c->first || i + 2 > c->last || deal_company_at(c->row, i + 1) == NULL) return false;
    uint32_t next = i + 2;
    bool more = clause_has(c, next, CUE_AND) || byte_of(c, next) == ',';
    return more && (deal_company_at(c->row, i - 1) != NULL || c->row->items[i - 1].part);
}

/* `von seiner Tochter, der A`: the comma at i names once more what stands before it. */
static bool is_apposition(const clause *c, uint32_t i)
{
    if (i == c->first || i + 2 > c->last || byte_of(c, i) != ',' || !clause_has(c, i + 1, CUE_THE)) return false;
    if (deal_company_at(c->row, i + 2) == NULL || c->row->items[i - 1].mention != 0 || c->row->items[i - 1].part) return false;
    if (!clause_has(c, i - 1, CUE_CONCERN) && !clause_has(c, i - 1, CUE_UNIT)) return false;
    uint32_t next = i + 3;
    return next > c->last || byte_of(c, next) == ',' || byte_of(c, next) == '.' || clause_prep_at(c, next) >= 0;
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
    enum { REACH = 45 };
    c->first = c->hit->key_first;
    c->last = c->hit->key_last;
    for (uint32_t n = 0; n < REACH && c->first > 0 && !clause_has(c, c->first - 1, CUE_HARD); n++) c->first--;
    for (uint32_t n = 0; n < REACH && c->last + 1 < c->row->n && !clause_has(c, c->last + 1, CUE_HARD); n++) c->last++;
}

/* `zu kaufen`, `abzugeben` at an item. */
bool clause_is_infinitive(const clause *c, uint32_t item)
{
    const rule_item *it = &c->row->items[item];
    const char *s = c->text->text + it->begin;
    uint32_t n = it->end - it->begin;
    const rule_item *last = item > c->first ? it - 1 : NULL;
    if (last != NULL && last->end - last->begin == 2 && memcmp(c->text->text + last->begin, "zu", 2) == 0) return true;
    /* `gekauft zu haben` */
    if (item + 2 <= c->last && clause_has(c, item + 2, CUE_AUXILIARY)) {
        const rule_item *to = it + 1;
        if (to->end - to->begin == 2 && memcmp(c->text->text + to->begin, "zu", 2) == 0) return true;
    }
    for (uint32_t i = 2; i + 5 < n; i++)
        if (memcmp(s + i, "zu", 2) == 0) return s[n - 1] == 'n';
    return false;
}

static segment_kind kind_at(const clause *c, uint32_t first, uint32_t last)
{
    if (first > last) return SEG_MAIN;
    if (clause_has(c, first, CUE_SUB)) return SEG_SUB;
    if (first >= c->hit->key_first && first <= c->hit->key_last) return SEG_CONTINUED;
    if (clause_has(c, first, CUE_FINITE)) return SEG_CONTINUED;
    uint32_t pronoun = first < last && clause_has(c, first, CUE_PREP) ? first + 1 : first;
    /* An apposition begins so too, but ends in a noun. */
    if (pronoun > c->first && clause_has(c, pronoun, CUE_RELATIVE) && is_word(c, last) && !clause_is_upper(c, last) &&
        deal_company_at(c->row, last) == NULL && !clause_is_infinitive(c, last))
        return SEG_RELATIVE;
    return SEG_MAIN;
}

static void find_segments(clause *c)
{
    uint32_t depth = 0, n = 1;
    c->starts[0] = c->first;
    for (uint32_t i = c->first; i <= c->last && n < CLAUSE_SEGMENTS; i++) {
        char b = byte_of(c, i);
        depth += b == '(';
        depth -= b == ')' && depth > 0;
        if (depth > 0 || i == c->last || (b != ',' && !is_dash(c, i)) || joins(c, i) || is_apposition(c, i)) continue;
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

int clause_prep_at(const clause *c, uint32_t item)
{
    for (uint32_t p = 0; p < c->f->npreps; p++)
        if (rule_row_has(c->row, item, c->f->preps[p].atom)) return (int)p;
    return -1;
}

static bool is_quote(const clause *c, uint32_t i)
{
    const rule_item *it = &c->row->items[i];
    return it->mention == 0 && !it->part && c->text->tokens.cls[it->first] == ERZ_TOKEN_PUNCTUATION &&
           !clause_has(c, i, CUE_HARD) && byte_of(c, i) != ',' && byte_of(c, i) != '.' && byte_of(c, i) != '/' &&
           byte_of(c, i) != '(' && !is_dash(c, i);
}

/* `-e -en -er -es -em`, in lower case: an adjective, as far as an ending tells. */
bool clause_is_adjective(const clause *c, uint32_t i)
{
    const rule_item *it = &c->row->items[i];
    const char *end = c->text->text + it->end;
    if (!is_word(c, i) || clause_is_upper(c, i) || it->end - it->begin < 5 || clause_has(c, i, CUE_FINITE) ||
        clause_has(c, i, CUE_VERB))
        return false;
    return end[-1] == 'e' || (end[-2] == 'e' && strchr("nrsm", end[-1]) != NULL);
}

/* `im März`, `in Wien` before a company: a phrase of its own. */
static bool is_adverbial(const clause *c, uint32_t i)
{
    return clause_has(c, i, CUE_MONTH) || clause_has(c, i, CUE_WEEKDAY) || clause_has(c, i, CUE_PERIOD) ||
           clause_has(c, i, CUE_PLACE) || (clause_is_upper(c, i) && clause_has(c, i, CUE_WHEN));
}

bool clause_is_name(const clause *c, uint32_t i)
{
    static const int words[] = {CUE_PLAIN, CUE_ADVERB,  CUE_WHEN, CUE_PREP,  CUE_SUB,
                                CUE_DET,   CUE_CONCERN, CUE_UNIT, CUE_PLACE, CUE_PRONOUN};
    if (!clause_is_upper(c, i) || !is_word(c, i) || is_adverbial(c, i)) return false;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (clause_has(c, i, words[k])) return false;
    return true;
}

bool clause_is_trigger(const clause *c, uint32_t i)
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

/* `ein Konsortium um A`, `Firmen wie A`: it is A that acts. */
static bool is_link(const clause *c, uint32_t i)
{
    return i > c->first && clause_has(c, i, CUE_LINK) && clause_has(c, i - 1, CUE_CLUSTER);
}

/* `an der A-Tochter B`: the tail after A */
static bool is_parent_tail(const clause *c, uint32_t i)
{
    return i > c->first && c->row->items[i].part && !clause_is_trigger(c, i) && deal_company_at(c->row, i - 1) != NULL &&
           i + 1 <= c->last && deal_company_at(c->row, i + 1) != NULL;
}

/* `A und der Investor B`: with a verb on both sides B begins a clause of its own. */
static bool joins_phrase(const clause *c, uint32_t i, uint32_t item)
{
    if (i <= c->first || !clause_has(c, i, CUE_AND)) return false;
    if (deal_company_at(c->row, i - 1) == NULL && byte_of(c, i - 1) != ')') return false;
    if (item == c->last || !(clause_has(c, item + 1, CUE_FINITE) || clause_has(c, item + 1, CUE_VERB))) return true;
    for (uint32_t k = i; k > c->first && byte_of(c, k - 1) != ','; k--)
        if (clause_has(c, k - 1, CUE_FINITE) || clause_has(c, k - 1, CUE_VERB)) return false;
    return true;
}

/* Read a part's noun phrase from right to left: adjectives and nouns, then an article, then what that hangs on. */
static void read_phrase(const clause *c, part *p)
{
    enum { WORDS = 9 };
    bool adjective = false, determined = false;
    uint32_t i = p->item;
    p->kind = PART_BARE;
    p->head = CLAUSE_NOWHERE;
    p->prep = -1;
    p->phrase = p->item;
    for (uint32_t n = 0; n < WORDS && i > c->first; n++) {
        i--;
        if (is_quote(c, i)) continue;
        if (byte_of(c, i) == ')') i = before_bracket(c, i);
        if (is_parent_tail(c, i)) {
            p->phrase = --i;
            continue;
        }
        if (is_link(c, i)) {
            adjective = determined = false;
            p->phrase = --i;
            continue;
        }
        int prep = clause_prep_at(c, i);
        if (prep >= 0) {
            p->kind = PART_PREP;
            p->prep = prep;
            p->phrase = i;
            if (i > c->first && !clause_has(c, i - 1, CUE_ADVERB) &&
                (clause_is_upper(c, i - 1) || clause_has(c, i - 1, CUE_SHARE) || c->row->items[i - 1].mention != 0))
                p->head = i - 1;
            return;
        }
        if (clause_has(c, i, CUE_PREP)) {
            p->kind = PART_NONE;
            return;
        }
        if (determined && is_apposition(c, i)) {
            determined = false;
            continue;
        }
        if (determined && joins_phrase(c, i, p->item)) {
            p->with_last = true;
            p->phrase = i;
            return;
        }
        if (determined) {
            /* `im Dezember die Firma A`: no genitive */
            if (!clause_has(c, i + 1, CUE_GENITIVE) || is_adverbial(c, i)) return;
            if (deal_company_at(c->row, i) == NULL && (clause_is_upper(c, i) || rule_row_has(c->row, i, ATOM_PERCENT)) &&
                !clause_has(c, i, CUE_AND) && is_word(c, i) && !clause_has(c, i, CUE_SUB) && !clause_has(c, i, CUE_FINITE)) {
                p->kind = PART_GENITIVE;
                p->head = i;
            }
            return;
        }
        if (clause_has(c, i, CUE_AND) || (byte_of(c, i) == ',' && joins(c, i))) {
            p->with_last = true;
            p->phrase = i;
            return;
        }
        if (clause_has(c, i, CUE_DET)) {
            determined = true;
        } else if (clause_is_trigger(c, i) || clause_has(c, i, CUE_FINITE) || c->row->items[i].mention != 0) {
            return;
        } else if (is_adverbial(c, i)) {
            return;
        } else if (clause_is_upper(c, i) && is_word(c, i)) {
            if (adjective) return;
        } else if (clause_is_adjective(c, i)) {
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
    return clause_has(c, item + 1, CUE_TAIL_EXEC) || clause_has(c, item + 1, CUE_TAIL_UNIT) || clause_is_trigger(c, item + 1);
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

/* After `der Hersteller`: a name, a genitive, which say that it is another one. */
static bool is_attributed(const clause *c, uint32_t item)
{
    if (item == c->last) return false;
    if (is_adverbial(c, item + 1)) return false;
    if (deal_company_at(c->row, item + 1) != NULL || clause_is_upper(c, item + 1) || is_quote(c, item + 1)) return true;
    return clause_has(c, item + 1, CUE_GENITIVE);
}

/* `die`: a plural of most nouns, which refers to no one company. */
static bool is_plural(const clause *c, uint32_t article, uint32_t item)
{
    const char *s = c->text->text + c->row->items[article].begin;
    return (s[0] == 'd' || s[0] == 'D') && s[1] == 'i' && s[2] == 'e' && !clause_has(c, item, CUE_FEMININE);
}

/* `das Münchner Start-up` */
static bool is_of_place(const clause *c, uint32_t item)
{
    const rule_item *it = &c->row->items[item];
    const char *end = c->text->text + it->end;
    return it->end - it->begin > 4 && clause_is_upper(c, item) && end[-2] == 'e' && end[-1] == 'r';
}

/* `der Konzern`, `das im MDax notierte Unternehmen`, `die Kölner`. */
bool clause_refers(const clause *c, uint32_t item)
{
    enum { WORDS = 5 };
    if (item == c->first || c->row->items[item].part || !clause_has(c, item, CUE_CONCERN) || is_attributed(c, item))
        return false;
    for (uint32_t i = item; i > c->first && item - i < WORDS; i--) {
        if (clause_has(c, i - 1, CUE_THE)) return !is_plural(c, i - 1, item);
        if (clause_has(c, i - 1, CUE_PREP) && clause_has(c, i - 1, CUE_DET)) return true; /* zum, vom */
        if (!is_word(c, i - 1) || clause_has(c, i - 1, CUE_FINITE) || clause_has(c, i - 1, CUE_VERB) ||
            clause_has(c, i - 1, CUE_SUB))
            return false;
        if (i == item && !clause_is_adjective(c, i - 1) && !is_of_place(c, i - 1)) return false;
    }
    return false;
}

/* `beide`, `beide Firmen`: the two companies spoken of last. */
static bool is_both(const clause *c, uint32_t item)
{
    if (!clause_has(c, item, CUE_BOTH) || item == c->last) return false;
    return clause_has(c, item + 1, CUE_FINITE) || clause_has(c, item + 1, CUE_VERB) || clause_has(c, item + 1, CUE_PARTNERS) ||
           clause_has(c, item + 1, CUE_CONCERN);
}

static bool ends_in_n(const clause *c, uint32_t item)
{
    return c->text->text[c->row->items[item].end - 1] == 'n';
}

/* A verb of the lists, or a word in lower case in -t or -te. */
static bool looks_finite(const clause *c, uint32_t item)
{
    enum { LEAST = 4 };
    if (clause_has(c, item, CUE_FINITE) || clause_has(c, item, CUE_VERB)) return true;
    const rule_item *it = &c->row->items[item];
    if (!is_word(c, item) || clause_is_upper(c, item) || it->end - it->begin < LEAST) return false;
    const char *end = c->text->text + it->end;
    return end[-1] == 't' || (end[-1] == 'e' && end[-2] == 't');
}

/* `es ist der dritte Kauf der Kölner, zuvor hatten sie ...` */
static bool follows_people(const clause *c, uint32_t item)
{
    for (uint32_t i = item; i > 1; i--)
        if (clause_has(c, i - 1, CUE_DEMONYM) && clause_has(c, i - 2, CUE_THE)) return true;
    return false;
}

/* `Sie kauft`, `will es kaufen`, `weil sie ... kauft`: beside a verb in the singular, or behind a conjunction whose clause ends
 * in one. */
static bool is_pronoun(const clause *c, uint32_t item)
{
    if (!clause_has(c, item, CUE_PRONOUN) || item == c->last || (clause_is_upper(c, item) && item != 0)) return false;
    /* `sie gründen`: partners, else people */
    if (clause_role(c, "subject") == ROLE_PARTY && deal_is_plural(c->f, c->row, item)) return true;
    if (item > c->first && looks_finite(c, item - 1)) return !ends_in_n(c, item - 1) || follows_people(c, item);
    if (looks_finite(c, item + 1)) return !ends_in_n(c, item + 1);
    uint32_t segment = segment_of(c, item);
    if (item == c->first || !clause_has(c, item - 1, CUE_SUB)) return false;
    uint32_t end = segment + 1 < c->nsegments ? c->starts[segment + 1] - 2 : c->last;
    if (end > item && byte_of(c, end) == '.') end--;
    return !ends_in_n(c, end);
}

/* `die A-Tochter B`: B acts, not A. */
static bool is_parent(const clause *c, uint32_t item)
{
    return item + 2 <= c->last && c->row->items[item + 1].part && deal_company_at(c->row, item + 2) != NULL;
}

/* `an der A beteiligt ist`: A is the subject of the relative clause, its pronoun no article. */
static void free_of_pronoun(const clause *c, part *p)
{
    uint32_t start = c->starts[p->segment];
    if (c->kinds[p->segment] != SEG_RELATIVE || p->phrase != start || p->item != start + 2 || clause_prep_at(c, start) < 0)
        return;
    p->kind = PART_BARE;
    p->head = CLAUSE_NOWHERE;
    p->prep = -1;
    p->phrase = p->item;
}

static void find_parts(clause *c)
{
    c->nparts = 0;
    for (uint32_t i = c->first; i <= c->last && c->nparts < CLAUSE_PARTS; i++) {
        const erz_mention *m = deal_company_at(c->row, i);
        if (m != NULL && deal_is_people(c->f, c->row, i)) m = NULL;
        if (m == NULL ? !clause_refers(c, i) && !is_both(c, i) && !is_pronoun(c, i)
                      : (!acts(c, i, m) || in_bracket(c, i) || is_parent(c, i)))
            continue;
        part *p = &c->parts[c->nparts];
        memset(p, 0, sizeof *p);
        p->item = i;
        p->m = m;
        p->segment = segment_of(c, i);
        read_phrase(c, p);
        free_of_pronoun(c, p);
        bool owner = p->kind == PART_GENITIVE && p->head != CLAUSE_NOWHERE && clause_has(c, p->head, CUE_UNIT);
        if (m == NULL && p->kind != PART_BARE && p->kind != PART_PREP && !owner) continue;
        const part *last = c->nparts > 0 ? p - 1 : NULL;
        if (last == NULL) p->with_last = false;
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
        if (m != NULL && last != NULL && last->m == NULL && last->item + 1 >= i && !clause_has(c, last->item, CUE_PRONOUN))
            *(p - 1) = *p;
        else
            c->nparts++;
    }
}

void clause_read(clause *c)
{
    find_bounds(c);
    find_segments(c);
    find_parts(c);
}
