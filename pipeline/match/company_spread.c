/* A name that one place makes certain (a cue noun before it, a legal form behind it) is that name wherever its form stands in
 * the document, unless the place itself says otherwise. Votes are learned where most names are listed; this holds for names
 * that no list has. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "match/company.h"
#include "match/company_scan.h"

enum { MAX_UNITS = 4, BLOCKED = 1000, LISTED = -4 * CRF_SCALE, ARTICLE = 4096 };

static bool is_nameable(const company_state *c, size_t i)
{
    uint8_t kind = c->units.kind[i];
    return kind == KIND_TITLE || kind == KIND_CAPS || kind == KIND_MIXED || kind == KIND_AMB;
}

/* A listed name that is another word, too. */
static bool is_ambiguous(const company_state *c, size_t i)
{
    return c->units.kind[i] == KIND_AMB;
}

static uint32_t base_of(const company_state *c, size_t i)
{
    return c->units.base[i];
}

/* Units of the name that begins at i, by its labels. */
static size_t name_length(const company_state *c, size_t i, size_t to)
{
    size_t n = 1;
    while (i + n < to && c->units.label[i + n] == LABEL_IC) n++;
    return n;
}

/* The name's units without a legal form at its end. */
static size_t without_legal(const company_state *c, size_t i, size_t n)
{
    while (n > 1 && (c->units.gaz[i + n - 1] == GAZ_LEGAL_BEGIN || c->units.gaz[i + n - 1] == GAZ_LEGAL_INSIDE)) n--;
    return n;
}

static bool is_certain(company_state *c, erz_words *words, size_t i, size_t n, size_t bare, size_t from)
{
    const company_units *u = &c->units;
    bool cue = i > from && u->kind[i - 1] == KIND_CUE;
    if (is_ambiguous(c, i) &&
        bare == 1) /* der Schmierstoffhersteller Fuchs, but not "das Blatt Bild" in a text with pictures */
        return (cue || n > 1) && c->doubt == 0 && u->n < ARTICLE && !company_is_public(c, erz_words_array(words), u->base[i]);
    if (bare < n) return true;
    if (u->gaz[i] == GAZ_ONE || u->gaz[i] == GAZ_BEGIN) return true;
    /* A firm called after a person needs more than a cue: the person may be in the text too. */
    return cue && !(n == 1 && company_is_chance_word(c, words, i));
}

static size_t slot_of(const company_tagger *t, uint32_t base, size_t mask, const company_state *c)
{
    size_t k = (size_t)erz_hash_pair(base, 1) & mask;
    while (t->spread[k].n != 0 && base_of(c, t->spread[k].unit) != base) k = (k + 1) & mask;
    return k;
}

/* Units of a name's shape among the 16 from i on. */
static unsigned nameable(const company_units *u, size_t i)
{
    return scan_before(scan_within(u->kind + i, KIND_TITLE, KIND_MIXED) | scan_equal(u->kind + i, KIND_AMB), i, u->n);
}

/* An unknown word behind a cue noun (der Anbieter X) is a name unless its letters speak against it. */
static void label_cued(company_state *c, erz_words *words)
{
    company_units *u = &c->units;
    if (u->ncues == 0) return; /* KIND_CUE has EV_CUE */
    unsigned carry = 0;        /* is the unit before a cue noun? */
    for (size_t at = 0; at < u->n; at += SCAN_UNITS) {
        unsigned cue = scan_equal(u->kind + at, KIND_CUE),
                 bits = (cue << 1 | carry) & nameable(u, at) & scan_equal(u->label + at, LABEL_O);
        carry = cue >> (SCAN_UNITS - 1);
        for (; bits != 0; bits &= bits - 1) {
            size_t i = at + (size_t)__builtin_ctz(bits);
            if (u->flags[i] & (UNIT_FIRST | UNIT_JOINED) || u->label[i - 1] != LABEL_O) continue;
            const int16_t *e = c->tagger.emission[i];
            bool chance = is_ambiguous(c, i) ? c->doubt > 0 : company_is_chance_word(c, words, i);
            int least = is_ambiguous(c, i) ? LISTED : -CRF_SCALE;
            if (e[LABEL_BC] - e[LABEL_O] > least && !chance) u->label[i] = LABEL_BC;
        }
    }
}

/* The next name from unit i on, u->n: there is none. */
static size_t next_name(const company_units *u, size_t i)
{
    const uint8_t *label = memchr(u->label + i, LABEL_BC, u->n - i);
    return label == NULL ? u->n : (size_t)(label - u->label);
}

bool company_spread_collect(company_state *c, erz_words *words)
{
    label_cued(c, words);
    company_tagger *t = &c->tagger;
    const company_units *u = &c->units;
    size_t names = 0, slots = 16;
    for (size_t i = next_name(u, 0); i < u->n; i = next_name(u, i + 1)) names++;
    t->nknown = 0;
    if (names == 0) return true;
    while (slots < 2 * names + 1) slots *= 2;
    if (!erz_grow(&t->spread, &t->cap_spread, slots, sizeof *t->spread)) return false;
    memset(t->spread, 0, slots * sizeof *t->spread);
    size_t mask = t->spread_mask = slots - 1;
    size_t s = 0;
    for (size_t i = next_name(u, 0); i < u->n; i = next_name(u, i + 1)) {
        while (u->sent[s + 1] <= i) s++;
        if (!is_nameable(c, i)) continue;
        size_t n = name_length(c, i, u->sent[s + 1]), bare = without_legal(c, i, n);
        if (bare > MAX_UNITS || !is_certain(c, words, i, n, bare, u->sent[s])) continue;
        company_known *known = &t->spread[slot_of(t, base_of(c, i), mask, c)];
        t->nknown += known->n == 0;
        if (known->n == 0 || bare > known->n) *known = (company_known){(uint32_t)i, (uint32_t)bare};
    }
    return true;
}

static bool same_name(const company_state *c, const company_known *known, size_t i, size_t to)
{
    const company_units *u = &c->units;
    if (i + known->n > to) return false;
    for (size_t k = 1; k < known->n; k++)
        if (base_of(c, known->unit + k) != base_of(c, i + k)) return false;
    for (size_t k = 0; k < known->n; k++)
        if (u->label[i + k] != LABEL_O && !(is_ambiguous(c, i) && u->label[i] == LABEL_PER)) return false;
    return true;
}

/* der Fuchs, ein alter Fuchs */
static bool follows_article(const company_units *u, size_t i, size_t from)
{
    if (i > from && u->kind[i - 1] == KIND_LOWER) i--;
    return i > from && u->kind[i - 1] == KIND_ARTICLE;
}

/* A body's name, a person's surname, the first half of a longer name. */
static bool is_contradicted(const company_state *c, size_t i, size_t n, size_t from, size_t to)
{
    const company_units *u = &c->units;
    if (u->gaz[i] == GAZ_NOT_BEGIN) return true;
    if (is_ambiguous(c, i) && follows_article(u, i, from)) return true;
    if (i > from && (u->label[i - 1] != LABEL_O || u->kind[i - 1] == KIND_FIRST || u->kind[i - 1] == KIND_PERSON_CUE))
        return true;
    return i + n < to && (u->label[i + n] == LABEL_PER || u->label[i + n] == LABEL_IC || u->label[i + n] == LABEL_IG);
}

/* A name that is a person's somewhere in the document is left to the votes. */
static void block_persons(company_state *c)
{
    company_tagger *t = &c->tagger;
    const company_units *u = &c->units;
    unsigned carry = 0; /* does the unit before tell of a person? */
    for (size_t i = 0; i < u->n; i += SCAN_UNITS) {
        unsigned person = scan_equal(u->label + i, LABEL_PER);
        unsigned tells = person | scan_equal(u->kind + i, KIND_FIRST) | scan_equal(u->kind + i, KIND_PERSON_CUE);
        unsigned bits = nameable(u, i) & ((person & ~scan_equal(u->kind + i, KIND_AMB)) | tells << 1 | carry) &
                        ~scan_within(u->label + i, LABEL_BC, LABEL_IC);
        carry = tells >> (SCAN_UNITS - 1);
        for (; bits != 0; bits &= bits - 1) {
            size_t at = i + (size_t)__builtin_ctz(bits);
            company_known *known = &t->spread[slot_of(t, base_of(c, at), t->spread_mask, c)];
            if (known->n == 1) known->n = BLOCKED;
        }
    }
}

/* A filter before the table of names: a bit by the base word. */
enum { FILTER_BITS = 256 };
typedef struct filter {
    uint64_t bits[FILTER_BITS / 64];
} filter;

static filter filter_names(const company_state *c)
{
    const company_tagger *t = &c->tagger;
    filter f = {{0}};
    for (size_t k = 0; k <= t->spread_mask; k++) {
        if (t->spread[k].n == 0) continue;
        uint32_t base = base_of(c, t->spread[k].unit);
        f.bits[base / 64 % (FILTER_BITS / 64)] |= UINT64_C(1) << base % 64;
    }
    return f;
}

static bool may_be_known(const filter *f, uint32_t base)
{
    return f->bits[base / 64 % (FILTER_BITS / 64)] >> base % 64 & 1;
}

/* Label unit i, of O, when it is a known name. */
static void spread_to(company_state *c, size_t i, size_t from, size_t to)
{
    const company_known *known = &c->tagger.spread[slot_of(&c->tagger, base_of(c, i), c->tagger.spread_mask, c)];
    if (known->n == 0 || known->n == BLOCKED || !same_name(c, known, i, to)) return;
    if (is_contradicted(c, i, known->n, from, to)) return;
    c->units.label[i] = LABEL_BC;
    for (size_t k = 1; k < known->n; k++) c->units.label[i + k] = LABEL_IC;
}

void company_spread(company_state *c)
{
    company_units *u = &c->units;
    if (c->tagger.nknown == 0) return;
    block_persons(c);
    const filter f = filter_names(c);
    size_t s = 0;
    for (size_t i = 0; i < u->n; i += SCAN_UNITS) {
        unsigned amb = scan_equal(u->kind + i, KIND_AMB) & scan_equal(u->label + i, LABEL_PER);
        unsigned bits = (nameable(u, i) & scan_equal(u->label + i, LABEL_O)) | amb;
        for (; bits != 0; bits &= bits - 1) {
            size_t at = i + (size_t)__builtin_ctz(bits);
            if (!may_be_known(&f, base_of(c, at)) || (u->label[at] != LABEL_O && u->label[at] != LABEL_PER)) continue;
            while (u->sent[s + 1] <= at) s++;
            spread_to(c, at, u->sent[s], u->sent[s + 1]);
        }
    }
}
