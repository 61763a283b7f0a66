/* Labels by the weights: emissions of a sentence, then the best path through the windows in which a name may stand. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "match/company_kernel.h"

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

void company_tagger_open(company_state *c)
{
    static const int16_t none[CRF_LABELS];
    static const int at[] = {DENSE_AT_GAZ,   DENSE_AT_GAZ_BEFORE, DENSE_AT_GAZ_AFTER,
                             DENSE_AT_FLAGS, DENSE_AT_LEGAL,      DENSE_AT_DOC};
    const row *d = c->crf.dense;
    c->kernel = company_kernels()[0];
    crf_lattice_set(&c->lattice, d + DENSE_AT_TRANSITION);
    memset(c->unmarked, 0, sizeof c->unmarked);
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) add(c->unmarked, d[at[i]], none);
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
    free(t->spread);
    free(t->places);
    free(t->forms);
}

/* What the marks of unit i of the sentence [from, to) add, on it and on its neighbours, beyond what no marks add. */
static void emit_marks(company_state *c, size_t i, size_t from, size_t to)
{
    const company_units *u = &c->units;
    const row *d = c->crf.dense;
    row *e = c->tagger.emission;
    add(e[i], d[DENSE_AT_FLAGS + u->flags[i]], d[DENSE_AT_FLAGS]);
    add(e[i], d[DENSE_AT_LEGAL + u->legal[i]], d[DENSE_AT_LEGAL]);
    if (u->gaz[i] == GAZ_NONE) return;
    add(e[i], d[DENSE_AT_GAZ + u->gaz[i]], d[DENSE_AT_GAZ + GAZ_NONE]);
    if (i > from) add(e[i - 1], d[DENSE_AT_GAZ_AFTER + u->gaz[i]], d[DENSE_AT_GAZ_AFTER + GAZ_NONE]);
    if (i + 1 < to) add(e[i + 1], d[DENSE_AT_GAZ_BEFORE + u->gaz[i]], d[DENSE_AT_GAZ_BEFORE + GAZ_NONE]);
}

static inline uint64_t load_8(const uint8_t *p)
{
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

/* Most units have no marks: look at eight at a time. */
static void emit_all_marks(company_state *c)
{
    const company_units *u = &c->units;
    size_t s = 0;
    for (size_t block = 0; block < u->n; block += 8) {
        uint64_t marks = load_8(u->gaz + block) | load_8(u->legal + block) | load_8(u->flags + block);
        for (size_t i = block; marks != 0; marks >>= 8, i++) {
            if ((marks & 0xff) == 0) continue;
            while (u->sent[s + 1] <= i) s++;
            emit_marks(c, i, u->sent[s], u->sent[s + 1]);
        }
    }
}

/* A unit's word, its neighbours' words and the kinds of both pairs always count, and its marks. */
static void emit(company_state *c)
{
    const company_units *u = &c->units;
    for (size_t s = 0; s < u->nsent; s++)
        if (u->sent[s] < u->sent[s + 1]) c->kernel->emit(c, u->sent[s], u->sent[s + 1]);
    emit_all_marks(c);
}

static void decode(company_state *c, company_window *w)
{
    company_tagger *t = &c->tagger;
    w->named =
        c->kernel->decode(&c->lattice, (const row *)t->emission + w->from, w->to - w->from, t->alpha, c->units.label + w->from);
}

static inline bool starts_sentence(const company_units *u, size_t i)
{
    return (u->flags[i] & (UNIT_FIRST | UNIT_JOINED)) == UNIT_FIRST;
}

/* Candidates from number k on as a window: with a unit to its left and right; returns the number of the next window's first. */
static size_t open_window(const company_state *c, size_t k, company_window *w)
{
    const company_tagger *t = &c->tagger;
    const company_units *u = &c->units;
    uint32_t first = t->candidates[k], to = first + 1;
    for (k++; k < t->ncandidates && t->candidates[k] <= to + 1; k++) {
        if (starts_sentence(u, to) || starts_sentence(u, t->candidates[k])) break;
        to = t->candidates[k] + 1;
    }
    w->from = first - !starts_sentence(u, first);
    w->to = to + (to < u->n && !starts_sentence(u, to));
    return k;
}

static void decode_first(company_state *c)
{
    company_tagger *t = &c->tagger;
    t->nwindows = 0;
    memset(c->units.label, LABEL_O, c->units.n);
    for (size_t k = 0; k < t->ncandidates;) {
        company_window *w = &t->windows[t->nwindows++];
        k = open_window(c, k, w);
        decode(c, w);
    }
}

/* The number of a form's vote, 0: there are too many. */
static uint16_t slot_of(company_state *c, uint32_t base)
{
    company_tagger *t = &c->tagger;
    uint16_t *slot = &c->types[base].slot;
    if (*slot != 0 && *slot <= t->nvotes && t->voters[*slot] == base) return *slot;
    if (t->nvotes + 1 >= UINT16_MAX) return 0;
    *slot = (uint16_t)++t->nvotes;
    t->votes[*slot] = (company_vote){0, 0, 0, 0, 0};
    t->voters[*slot] = base;
    return *slot;
}

/* Candidate k hears what the others said: true if a label has become likelier, or less likely in a window that has names. */
static bool hear(company_state *c, size_t k, bool named)
{
    company_tagger *t = &c->tagger;
    size_t i = t->candidates[k];
    const company_ballot *b = &t->ballots[k];
    const company_vote *v = &t->votes[b->slot];
    if (b->slot == 0 || v->n < 2) return false;
    uint8_t code = company_vote_code(v, b->margin, c->units.label[i], c->units.kind[i]);
    if (code == 0) return false;
    add(t->emission[i], c->crf.dense[DENSE_AT_DOC + code], c->crf.dense[DENSE_AT_DOC]);
    return named || c->raises[code];
}

static void collect_votes(company_state *c)
{
    company_tagger *t = &c->tagger;
    const company_units *u = &c->units;
    t->nvotes = 0;
    c->kernel->margins(c, t->candidates, t->ncandidates, t->ballots);
    for (size_t k = 0; k < t->ncandidates; k++) {
        size_t i = t->candidates[k];
        company_ballot *b = &t->ballots[k];
        b->slot = slot_of(c, u->base[i]);
        if (b->slot != 0) company_vote_add(&t->votes[b->slot], b->margin, u->label[i]);
    }
}

/* Candidates of one form vote; windows whose emissions the votes changed are decoded again. */
static void vote(company_state *c)
{
    company_tagger *t = &c->tagger;
    collect_votes(c);
    for (size_t k = 0, w = 0; w < t->nwindows; w++) {
        bool changed = false;
        for (; k < t->ncandidates && t->candidates[k] < t->windows[w].to; k++) changed |= hear(c, k, t->windows[w].named);
        if (changed) decode(c, &t->windows[w]);
    }
}

static size_t longest(const company_units *u)
{
    size_t most = 0;
    for (size_t s = 0; s < u->nsent; s++) most = u->sent[s + 1] - u->sent[s] > most ? u->sent[s + 1] - u->sent[s] : most;
    return most;
}

static bool make_room(company_state *c)
{
    company_tagger *t = &c->tagger;
    size_t n = c->units.n, forms = n + 1 < UINT16_MAX ? n + 1 : UINT16_MAX;
    return erz_grow(&t->emission, &t->cap_emission, n, sizeof *t->emission) &&
           erz_grow(&t->candidates, &t->cap_candidates, n + 1, sizeof *t->candidates) &&
           erz_grow(&t->ballots, &t->cap_ballots, n + 1, sizeof *t->ballots) &&
           erz_grow(&t->windows, &t->cap_windows, n + 1, sizeof *t->windows) &&
           erz_grow(&t->votes, &t->cap_votes, forms, sizeof *t->votes) &&
           erz_grow(&t->voters, &t->cap_voters, forms, sizeof *t->voters) &&
           erz_grow(&t->alpha, &t->cap_alpha, longest(&c->units), sizeof *t->alpha);
}

bool company_tag(company_state *c)
{
    company_tagger *t = &c->tagger;
    if (!make_room(c)) return false;
    emit(c);
    t->ncandidates = c->kernel->candidates((const row *)t->emission, c->units.n, t->candidates);
    decode_first(c);
    if (!company_spread_collect(c)) return false;
    vote(c);
    company_spread(c);
    if (!company_spread_collect(c)) return false;
    company_spread(c);
    return true;
}
