/* Labels by the weights: emissions of a sentence, then the best path through the windows in which a name may stand. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "match/company_kernel.h"
#include "match/company_scan.h"

typedef int16_t row[CRF_LABELS];

static inline void add(int16_t *to, const int16_t *row_in, const int16_t *row_out)
{
    typedef int16_t lanes __attribute__((vector_size(16)));
    lanes v, in, out;
    memcpy(&v, to, sizeof v), memcpy(&in, row_in, sizeof in), memcpy(&out, row_out, sizeof out);
    v += in - out;
    memcpy(to, &v, sizeof v);
}

/* Votes raise a label when their row, less that of no votes, is above 0. */
static bool raises(const row *doc, size_t code)
{
    for (int y = 0; y < CRF_REAL_LABELS; y++)
        if (doc[code][y] > doc[0][y]) return true;
    return false;
}

static void set_pairs(company_state *c, const row *d)
{
    static const row none;
    static const int at[] = {DENSE_AT_GAZ,   DENSE_AT_GAZ_BEFORE, DENSE_AT_GAZ_AFTER,
                             DENSE_AT_FLAGS, DENSE_AT_LEGAL,      DENSE_AT_DOC};
    row unmarked = {0};
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) add(unmarked, d[at[i]], none);
    memcpy(c->pair, d + DENSE_AT_PAIR, sizeof c->pair);
    for (size_t k = 0; k < (size_t)CRF_KINDS * CRF_KINDS; k++) add(c->pair[k / CRF_KINDS][k % CRF_KINDS][0], unmarked, none);
    for (size_t f = 0; f < CRF_FLAGS; f++) add(c->first[f], d[DENSE_AT_FLAGS + f], d[DENSE_AT_FLAGS]);
}

void company_tagger_open(company_state *c)
{
    const row *d = c->crf.dense;
    c->kernel = company_kernels()[0];
    if (c->crf.header == NULL) return;
    crf_lattice_set(&c->lattice, d + DENSE_AT_TRANSITION);
    set_pairs(c, d);
    for (size_t code = 0; code < CRF_DOC; code++) c->raises[code] = raises(d + DENSE_AT_DOC, code);
}

void company_tagger_free(company_tagger *t)
{
    free(t->emission);
    free(t->alpha);
    free(t->candidates);
    free(t->ballots);
    free(t->windows);
    free(t->votes);
    free(t->voters);
    free(t->slots);
    free(t->met);
    free(t->spread);
    free(t->places);
    free(t->forms);
    free(t->other);
    free(t->kept);
}

static inline void look_again(company_state *c, size_t i)
{
    c->units.near[i] = company_is_candidate(c->tagger.emission[i]);
}

/* What the marks of unit i add, on it and on its neighbours, beyond what no marks add. */
static void emit_marks(company_state *c, size_t i)
{
    const company_units *u = &c->units;
    const row *d = c->crf.dense;
    row *e = c->tagger.emission;
    bool first = company_starts_sentence(u, i), last = i + 1 == u->n || company_starts_sentence(u, i + 1);
    if (!first) add(e[i], d[DENSE_AT_FLAGS + u->flags[i]], d[DENSE_AT_FLAGS]);
    add(e[i], d[DENSE_AT_LEGAL + u->legal[i]], d[DENSE_AT_LEGAL]);
    if (u->gaz[i] != GAZ_NONE) {
        add(e[i], d[DENSE_AT_GAZ + u->gaz[i]], d[DENSE_AT_GAZ + GAZ_NONE]);
        if (!first) add(e[i - 1], d[DENSE_AT_GAZ_AFTER + u->gaz[i]], d[DENSE_AT_GAZ_AFTER + GAZ_NONE]);
        if (!first) look_again(c, i - 1);
        if (!last) add(e[i + 1], d[DENSE_AT_GAZ_BEFORE + u->gaz[i]], d[DENSE_AT_GAZ_BEFORE + GAZ_NONE]);
        if (!last) look_again(c, i + 1);
    }
    look_again(c, i);
}

/* Most units have no marks. That a unit begins its sentence the kernel has counted. */
static void emit_all_marks(company_state *c)
{
    const company_units *u = &c->units;
    for (size_t block = 0; block < u->n; block += SCAN_UNITS) {
        unsigned bits = scan_any(u->gaz + block, u->legal + block, u->flags + block, UNIT_JOINED | UNIT_JOINS);
        for (bits = scan_before(bits, block, u->n); bits != 0; bits &= bits - 1)
            emit_marks(c, block + (size_t)__builtin_ctz(bits));
    }
}

/* Labels of the window are O before. */
static void decode(company_state *c, company_window *w)
{
    company_tagger *t = &c->tagger;
    w->named =
        c->kernel->decode(&c->lattice, (const row *)t->emission + w->from, w->to - w->from, t->alpha, c->units.label + w->from);
}

/* Words are numbered as they are met, so the low bits tell those of a text apart. */
static inline size_t hash_of(uint32_t base, size_t mask)
{
    return base & mask;
}

/* Least number of slots, a power of two, for n keys. */
static size_t slots_for(size_t n)
{
    size_t slots = 64;
    while (slots < 4 * n) slots *= 2;
    return slots;
}

/* Candidates whose form may have others; most have none. */
static bool find_voters(company_state *c)
{
    enum { ONCE = 1, AGAIN = 2 };
    company_tagger *t = &c->tagger;
    const uint32_t *restrict base = c->units.base, *restrict candidates = t->candidates;
    size_t n = 0, mask = slots_for(t->ncandidates) - 1;
    if (!erz_grow(&t->met, &t->cap_met, mask + 1, 1)) return false;
    uint8_t *restrict met = t->met;
    company_ballot *restrict ballots = t->ballots;
    memset(met, 0, mask + 1);
    for (size_t k = 0, end = t->ncandidates; k < end; k++) {
        uint8_t *m = &met[hash_of(base[candidates[k]], mask)];
        *m = (uint8_t)(ONCE + (*m != 0));
    }
    for (size_t k = 0, end = t->ncandidates; k < end; k++) {
        ballots[n].unit = candidates[k];
        n += met[hash_of(base[candidates[k]], mask)] == AGAIN;
    }
    t->nballots = n;
    return true;
}

/* The number of a form's vote. */
static uint32_t slot_of(company_tagger *t, uint32_t base, size_t mask)
{
    size_t k = hash_of(base, mask);
    for (; t->slots[k] != 0; k = (k + 1) & mask)
        if (t->voters[t->slots[k]] == base) return t->slots[k];
    t->slots[k] = (uint32_t)++t->nvotes;
    t->votes[t->nvotes] = (company_vote){0, 0, 0, 0, 0};
    t->voters[t->nvotes] = base;
    return t->slots[k];
}

static bool collect_votes(company_state *c)
{
    company_tagger *t = &c->tagger;
    const company_units *u = &c->units;
    t->nvotes = 0;
    if (!find_voters(c)) return false;
    size_t n = t->nballots, mask = slots_for(n) - 1;
    if (!erz_grow(&t->slots, &t->cap_slots, mask + 1, sizeof *t->slots)) return false;
    memset(t->slots, 0, (mask + 1) * sizeof *t->slots);
    c->kernel->margins(c, t->ballots, n);
    for (size_t k = 0; k < n; k++) {
        company_ballot *b = &t->ballots[k];
        b->slot = slot_of(t, u->base[b->unit], mask);
        company_vote_add(&t->votes[b->slot], b->margin, u->label[b->unit]);
    }
    return true;
}

/* A candidate hears what the others said: true if a label has become likelier, or less likely in a window that has names. */
static bool hear(company_state *c, const company_ballot *b, bool named)
{
    company_tagger *t = &c->tagger;
    size_t i = b->unit;
    const company_vote *v = &t->votes[b->slot];
    if (v->n < 2) return false;
    uint8_t code = company_vote_code(v, b->margin, c->units.label[i], c->units.kind[i]);
    if (code == 0) return false;
    add(t->emission[i], c->crf.dense[DENSE_AT_DOC + code], c->crf.dense[DENSE_AT_DOC]);
    return named || c->raises[code];
}

/* Candidates of one form vote; windows whose emissions the votes changed are decoded again. */
static bool vote(company_state *c)
{
    company_tagger *t = &c->tagger;
    if (!collect_votes(c)) return false;
    company_window *w = t->windows;
    for (size_t k = 0; k < t->nballots; w++) {
        bool changed = false;
        for (; k < t->nballots && t->ballots[k].unit < w->to; k++) changed |= hear(c, &t->ballots[k], w->named);
        if (!changed) continue;
        memset(c->units.label + w->from, LABEL_O, w->to - w->from);
        decode(c, w);
    }
    return true;
}

static bool make_room(company_state *c)
{
    company_tagger *t = &c->tagger;
    size_t n = c->units.n;
    if (n < t->room) return true;
    bool good = erz_grow(&t->candidates, &t->cap_candidates, n + 1, sizeof *t->candidates) &&
                erz_grow(&t->ballots, &t->cap_ballots, n + 1, sizeof *t->ballots) &&
                erz_grow(&t->windows, &t->cap_windows, n + 1, sizeof *t->windows) &&
                erz_grow(&t->votes, &t->cap_votes, n + 1, sizeof *t->votes) &&
                erz_grow(&t->voters, &t->cap_voters, n + 1, sizeof *t->voters) &&
                erz_grow(&t->alpha, &t->cap_alpha, n + 1, sizeof *t->alpha);
    if (good) t->room = n + 1;
    return good;
}

bool company_tag(company_state *c, erz_words *words)
{
    company_tagger *t = &c->tagger;
    if (!make_room(c)) return false;
    emit_all_marks(c);
    c->kernel->candidates(&c->units, t);
    memset(c->units.label, LABEL_O, c->units.n);
    c->kernel->decode_all(c);
    if (!company_spread_collect(c, words) || !vote(c) || !company_doubt(c, words)) return false;
    company_spread(c);
    if (!company_spread_collect(c, words)) return false;
    company_spread(c);
    return true;
}
