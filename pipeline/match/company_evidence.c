/* Marks units with what the lists and legal forms around them say. */
#include <string.h>

#include "base/hash.h"
#include "match/company.h"

enum { MAX_ENTRIES = 16 };

static void set_run(uint8_t *gaz, size_t at, size_t n, uint8_t begin, uint8_t inside)
{
    gaz[at] = begin;
    for (size_t k = 1; k < n; k++) gaz[at + k] = inside;
}

/* The longest entry decides; of equal length a body that is no company goes before, a plain name before an ambiguous one. */
static size_t mark_entry(const company_state *c, const erz_lexicon_entry *e, size_t n, size_t at)
{
    uint8_t *gaz = c->units.gaz;
    const erz_lexicon_entry *name = NULL, *other = NULL, *legal = NULL;
    for (size_t i = 0; i < n; i++) {
        if (e[i].cls == c->lists.legal && legal == NULL) legal = &e[i];
        if (e[i].cls == c->lists.not_company && other == NULL) other = &e[i];
        if (e[i].cls != c->lists.company) continue;
        if (name == NULL || (name->ntokens == e[i].ntokens && erz_flag(name->flags, "amb", NULL))) name = &e[i];
    }
    if (other != NULL && (name == NULL || other->ntokens >= name->ntokens)) {
        bool acronym = strcmp(other->flags, "acronym") == 0;
        set_run(gaz, at, other->ntokens, acronym ? GAZ_ACRONYM : GAZ_NOT_BEGIN, GAZ_NOT_INSIDE);
        return other->ntokens;
    }
    if (name != NULL && (legal == NULL || name->ntokens >= legal->ntokens)) {
        bool amb = erz_flag(name->flags, "amb", NULL);
        uint8_t one = amb ? GAZ_ONE_AMB : GAZ_ONE;
        uint8_t begin = name->ntokens == 1 ? one : amb ? GAZ_BEGIN_AMB : GAZ_BEGIN;
        set_run(gaz, at, name->ntokens, begin, amb ? GAZ_INSIDE_AMB : GAZ_INSIDE);
        return name->ntokens;
    }
    if (legal == NULL) return 1;
    bool association = erz_flag(legal->flags, "assoc", NULL);
    set_run(gaz, at, legal->ntokens, association ? GAZ_ASSOCIATION : GAZ_LEGAL_BEGIN, GAZ_LEGAL_INSIDE);
    return legal->ntokens;
}

/* Mark of a word that stands alone; the lists were asked when the word was new. */
static uint8_t mark_of_word(uint32_t ev)
{
    if (ev & EV_COMPANY) return GAZ_ONE;
    if (ev & EV_AMB) return GAZ_ONE_AMB;
    if (ev & EV_ASSOCIATION) return GAZ_ASSOCIATION;
    return ev & EV_LEGAL ? GAZ_LEGAL_BEGIN : GAZ_NONE;
}

/* *sentence: that of the unit, or one before. */
static size_t mark_longest(company_state *c, const erz_word *array, size_t at, size_t *sentence)
{
    erz_lexicon_entry e[MAX_ENTRIES];
    const company_units *u = &c->units;
    uint32_t ev = u->evidence[at];
    while (u->sent[*sentence + 1] <= at) ++*sentence;
    size_t n = erz_lexicon_match(c->lexicon, array, &u->as_tokens, at, u->sent[*sentence + 1], e, MAX_ENTRIES);
    size_t taken = n == 0 ? 1 : mark_entry(c, e, n, at);
    if (u->gaz[at] == GAZ_NONE) u->gaz[at] = ev & EV_NOT ? GAZ_NOT_BEGIN : mark_of_word(ev & (EV_COMPANY | EV_AMB));
    return taken;
}

/* The cache of pairs: an entry's low bits hold the mark of the first word, of the second, whether that has one, and whether
 * both hold only where the third word goes on with no entry. */
enum { PAIR_MARKS = 16, PAIR_WORD = 20, PAIR_NEXT = 4, PAIR_GAZ = CRF_GAZ - 1, PAIR_TWO = 1 << 8, PAIR_ENDS = 1 << 9 };

/* 0: the words' numbers are too large. */
static inline uint64_t pair_key(uint32_t first, uint32_t next)
{
    return (first | next) >> PAIR_WORD != 0 ? 0 : (uint64_t)first << PAIR_WORD | next;
}

/* Two entries may have a key. */
static inline uint64_t *pairs_of(company_state *c, uint64_t key)
{
    return &c->pairs[(size_t)erz_hash_mix(key * UINT64_C(0x9e3779b97f4a7c15)) % (COMPANY_PAIRS / 2) * 2];
}

static inline size_t mark_pair(const company_units *u, size_t at, uint64_t pair)
{
    u->gaz[at] = pair & PAIR_GAZ;
    if ((pair & PAIR_TWO) == 0) return 1;
    u->gaz[at + 1] = pair >> PAIR_NEXT & PAIR_GAZ;
    return 2;
}

/* May an entry of several words begin with the unit and go on with the next? */
static inline bool goes_on(const company_units *u, size_t at)
{
    return (((u->evidence[at] & EV_STARTS) != 0) & ((u->flags[at + 1] & UNIT_FIRST) == 0) &
            ((u->look[at + 1] & LOOK_GOES_ON) != 0)) != 0; /* none is rare: no branches */
}

/* The key of what the lists must be asked about a listed unit; 0 where its evidence tells, or there is none. */
static inline uint64_t key_at(const company_units *u, size_t at)
{
    bool longer = goes_on(u, at);
    if (!longer && (u->evidence[at] & EV_NOT) == 0) return 0;
    return pair_key(u->as_tokens.word[at] + 1, longer ? u->as_tokens.word[at + 1] + 1 : 0);
}

static size_t mark_at(company_state *c, const erz_word *array, size_t at, uint64_t key, size_t *sentence)
{
    const company_units *u = &c->units;
    bool longer = goes_on(u, at);
    if (!longer && (u->evidence[at] & EV_NOT) == 0) {
        u->gaz[at] = mark_of_word(u->evidence[at]);
        return 1;
    }
    bool ends = ((u->flags[at + 2] & UNIT_FIRST) != 0) | ((u->look[at + 2] & LOOK_GOES_ON) == 0);
    uint64_t *set = pairs_of(c, key), *pair = set[1] >> PAIR_MARKS == key ? &set[1] : set;
    bool known = key != 0 && *pair >> PAIR_MARKS == key;
    if (known && (ends || (*pair & PAIR_ENDS) == 0)) return mark_pair(&c->units, at, *pair);
    const uint32_t *word = u->as_tokens.word + at;
    bool joins = longer && erz_lexicon_joins(c->lexicon, &array[word[0]], &array[word[1]]);
    size_t taken = 1;
    if (joins || u->evidence[at] & EV_LISTED) taken = mark_longest(c, array, at, sentence);
    if (key == 0 || (joins && !ends)) return taken;
    if (!known) set[1] = set[0];
    *pair = key << PAIR_MARKS | u->gaz[at] | (taken == 2 ? (uint64_t)u->gaz[at + 1] << PAIR_NEXT | PAIR_TWO : 0) |
            (joins ? PAIR_ENDS : 0);
    return taken;
}

/* May a unit stand inside the name before a legal form? */
static bool in_legal_name(const company_state *c, size_t i)
{
    uint8_t kind = c->units.kind[i];
    return c->units.evidence[i] & EV_UPPER || kind == KIND_AMPERSAND || kind == KIND_NUMBER || kind == KIND_AND ||
           kind == KIND_PREPOSITION;
}

static void mark_legal(const company_state *c, size_t from, size_t to)
{
    company_units *u = (company_units *)&c->units;
    for (size_t i = from; i < to; i++) {
        if (u->gaz[i] != GAZ_LEGAL_BEGIN) continue;
        for (size_t d = 1; d <= LEGAL_REACH && i - d >= from && i >= d && in_legal_name(c, i - d); d++)
            if (u->legal[i - d] == 0) u->legal[i - d] = (uint8_t)d;
    }
}

/* Two listed names in one compound (Siemens-Alstom-Fusion) are two. */
static void part_names(company_state *c)
{
    company_units *u = &c->units;
    for (size_t k = 0; k < u->nlisted; k++) {
        size_t i = u->listed[k];
        if ((u->flags[i] & UNIT_JOINED) == 0) continue;
        bool begins = u->gaz[i] == GAZ_ONE || u->gaz[i] == GAZ_BEGIN || u->gaz[i] == GAZ_ONE_AMB || u->gaz[i] == GAZ_BEGIN_AMB;
        if (begins && u->gaz[i - 1] >= GAZ_ONE && u->gaz[i - 1] <= GAZ_INSIDE_AMB) u->flags[i] |= UNIT_FIRST;
    }
}

/* Longest matches, from left to right, none inside another. The cache is asked for some units at once: most do not lie near. */
static void mark_lists(company_state *c, const erz_word *array)
{
    enum { BLOCK = 32 };
    const company_units *u = &c->units;
    uint64_t keys[BLOCK];
    size_t s = 0, next = 0;
    for (size_t from = 0, to; from < u->nlisted; from = to) {
        to = u->nlisted - from < BLOCK ? u->nlisted : from + BLOCK;
        for (size_t k = from; k < to; k++) __builtin_prefetch(pairs_of(c, keys[k - from] = key_at(u, u->listed[k])));
        for (size_t k = from; k < to; k++)
            if (u->listed[k] >= next) next = u->listed[k] + mark_at(c, array, u->listed[k], keys[k - from], &s);
    }
}

static void mark_legal_forms(company_state *c)
{
    const company_units *u = &c->units;
    size_t s = 0, done = 0;
    for (size_t k = 0; k < u->nlisted; k++) {
        size_t i = u->listed[k];
        if (i < done || u->gaz[i] != GAZ_LEGAL_BEGIN) continue;
        while (u->sent[s + 1] <= i) s++;
        done = u->sent[s + 1];
        mark_legal(c, u->sent[s], done);
    }
}

void company_mark(company_state *c, const erz_word *array)
{
    company_units *u = &c->units;
    memset(u->gaz, 0, u->n + COMPANY_OVER);
    memset(u->legal, 0, u->n + COMPANY_OVER);
    mark_lists(c, array);
    mark_legal_forms(c);
    part_names(c);
}
