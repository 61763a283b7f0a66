/* Labels by the weights: emissions of a sentence, then the best path through the windows in which a name may stand. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "match/company.h"

typedef int16_t row[CRF_LABELS];
typedef int16_t lanes __attribute__((vector_size(16)));

void company_tagger_free(company_tagger *t)
{
    free(t->emission);
    free(t->back);
    free(t->candidates);
    free(t->windows);
    free(t->votes);
    free(t->spread);
    free(t->slot_words);
}

static inline lanes load(const int16_t *p)
{
    lanes v;
    memcpy(&v, p, sizeof v);
    return v;
}

/* What marks around unit i add beyond what no marks add. */
static lanes marked(const company_state *c, size_t i, size_t from, size_t to)
{
    const company_units *u = &c->units;
    const row *d = c->crf.dense;
    return load(d[DENSE_AT_GAZ + u->gaz[i]]) + load(d[DENSE_AT_GAZ_BEFORE + (i > from ? u->gaz[i - 1] : GAZ_NONE)]) +
           load(d[DENSE_AT_GAZ_AFTER + (i + 1 < to ? u->gaz[i + 1] : GAZ_NONE)]) + load(d[DENSE_AT_FLAGS + u->flags[i]]) +
           load(d[DENSE_AT_LEGAL + u->legal[i]]) + load(d[DENSE_AT_DOC]);
}

static lanes unmarked(const row *d)
{
    return load(d[DENSE_AT_GAZ + GAZ_NONE]) + load(d[DENSE_AT_GAZ_BEFORE + GAZ_NONE]) + load(d[DENSE_AT_GAZ_AFTER + GAZ_NONE]) +
           load(d[DENSE_AT_FLAGS]) + load(d[DENSE_AT_LEGAL]) + load(d[DENSE_AT_DOC]);
}

static inline unsigned marks(const company_units *u, size_t i)
{
    return (unsigned)u->gaz[i] | u->flags[i] | u->legal[i];
}

/* Emissions of the sentence [from, to), and its candidates. A unit's word, its neighbours' words and the kinds of both pairs
 * always count. */
static void emit(company_state *c, size_t from, size_t to)
{
    enum { AHEAD = 6 };
    const company_units *u = &c->units;
    company_tagger *tagger = &c->tagger;
    const row *dense = c->crf.dense;
    const uint32_t *word = u->as_tokens.word;
    const lanes plain = unmarked(dense);
    const int16_t *pair = dense[DENSE_AT_PAIR + 2 * (KIND_NONE * CRF_KINDS + u->kind[from])];
    lanes before = {0};
    unsigned marks_before = 0, marks_here = marks(u, from);
    for (size_t i = from; i < to; i++) {
        const company_type *t = &c->types[word[i]];
        lanes sum = load(t->score[PLACE_OWN]) + before + load(pair);
        uint8_t next = KIND_NONE;
        unsigned marks_after = 0;
        before = load(t->score[PLACE_AFTER]);
        if (i + AHEAD < u->n) __builtin_prefetch(&c->types[word[i + AHEAD]]);
        if (i + 1 < to) {
            next = u->kind[i + 1];
            sum += load(c->types[word[i + 1]].score[PLACE_BEFORE]);
            marks_after = marks(u, i + 1);
        }
        pair = dense[DENSE_AT_PAIR + 2 * (u->kind[i] * CRF_KINDS + next)];
        sum += load(pair + CRF_LABELS);
        sum += (marks_before | marks_here | marks_after) == 0 ? plain : marked(c, i, from, to);
        memcpy(tagger->emission[i], &sum, sizeof sum);
        tagger->candidates[tagger->ncandidates] = (uint32_t)i;
        tagger->ncandidates += company_is_candidate(tagger->emission[i]);
        marks_before = marks_here;
        marks_here = marks_after;
    }
}

static void decode(company_state *c, const company_window *w)
{
    const company_tagger *t = &c->tagger;
    crf_decode((const row *)t->emission + w->from, w->to - w->from, c->crf.dense + DENSE_AT_TRANSITION, t->back,
               c->units.label + w->from);
}

/* Candidates [*next, ...) up to the end of the sentence as windows: each with a unit to its left and right. */
static void open_windows(company_state *c, size_t *next, uint32_t begin, uint32_t end)
{
    company_tagger *t = &c->tagger;
    while (*next < t->ncandidates && t->candidates[*next] < end) {
        uint32_t first = t->candidates[*next], to = first + 1;
        for (++*next; *next < t->ncandidates && t->candidates[*next] <= to + 1 && t->candidates[*next] < end; ++*next)
            to = t->candidates[*next] + 1;
        t->windows[t->nwindows++] = (company_window){first > begin ? first - 1 : first, to < end ? to + 1 : to};
    }
}

static void decode_first(company_state *c)
{
    company_units *u = &c->units;
    company_tagger *t = &c->tagger;
    size_t next = 0;
    t->nwindows = 0;
    memset(u->label, LABEL_O, u->n);
    for (size_t s = 0; s < u->nsent; s++) open_windows(c, &next, u->sent[s], u->sent[s + 1]);
    for (size_t w = 0; w < t->nwindows; w++) decode(c, &t->windows[w]);
}

static bool open_slot(company_state *c, uint32_t word)
{
    company_tagger *t = &c->tagger;
    uint32_t base = c->types[word].base;
    if (c->types[word].slot != 0 || t->nvotes + 1 >= UINT16_MAX) return true;
    if (!erz_grow(&t->votes, &t->cap_votes, t->nvotes + 2, sizeof *t->votes)) return false;
    if (!erz_grow(&t->slot_words, &t->cap_slot_words, t->nslot_words + 2, sizeof *t->slot_words)) return false;
    if (c->types[base].slot == 0) {
        t->votes[++t->nvotes] = (company_vote){0, 0, 0, 0, 0};
        c->types[base].slot = (uint16_t)t->nvotes;
        t->slot_words[t->nslot_words++] = base;
    }
    c->types[word].slot = c->types[base].slot;
    if (word != base) t->slot_words[t->nslot_words++] = word;
    return true;
}

static int margin_of(const company_state *c, size_t i)
{
    return company_margin(c->tagger.emission[i], c->types[c->units.as_tokens.word[i]].score[PLACE_OWN]);
}

static bool hear(company_state *c, size_t i)
{
    row *e = &c->tagger.emission[i];
    const company_vote *v = &c->tagger.votes[c->types[c->units.as_tokens.word[i]].slot];
    uint8_t code = company_vote_code(v, margin_of(c, i), c->units.label[i], c->units.kind[i]);
    if (code == 0) return false;
    lanes sum = load(*e) + load(c->crf.dense[DENSE_AT_DOC + code]) - load(c->crf.dense[DENSE_AT_DOC]);
    memcpy(e, &sum, sizeof sum);
    return true;
}

/* Candidates of one form vote; windows whose emissions the votes changed are decoded again. */
static bool vote(company_state *c)
{
    company_tagger *t = &c->tagger;
    const uint32_t *word = c->units.as_tokens.word;
    t->nvotes = t->nslot_words = 0;
    for (size_t k = 0; k < t->ncandidates; k++) {
        size_t i = t->candidates[k];
        if (!open_slot(c, word[i])) return false;
        company_vote_add(&t->votes[c->types[word[i]].slot], margin_of(c, i), c->units.label[i]);
    }
    for (size_t k = 0, w = 0; w < t->nwindows; w++) {
        bool changed = false;
        for (; k < t->ncandidates && t->candidates[k] < t->windows[w].to; k++) changed |= hear(c, t->candidates[k]);
        if (changed) decode(c, &t->windows[w]);
    }
    for (size_t k = 0; k < t->nslot_words; k++) c->types[t->slot_words[k]].slot = 0;
    return true;
}

static size_t longest(const company_units *u)
{
    size_t top = 0;
    for (size_t s = 0; s < u->nsent; s++) top = u->sent[s + 1] - u->sent[s] > top ? u->sent[s + 1] - u->sent[s] : top;
    return top;
}

bool company_tag(company_state *c)
{
    company_units *u = &c->units;
    company_tagger *t = &c->tagger;
    if (!erz_grow(&t->emission, &t->cap_emission, u->n, sizeof *t->emission)) return false;
    if (!erz_grow(&t->candidates, &t->cap_candidates, u->n + 1, sizeof *t->candidates)) return false;
    if (!erz_grow(&t->windows, &t->cap_windows, u->n + 1, sizeof *t->windows)) return false;
    if (!erz_grow(&t->back, &t->cap_back, longest(u), sizeof *t->back)) return false;
    t->ncandidates = 0;
    for (size_t s = 0; s < u->nsent; s++)
        if (u->sent[s] < u->sent[s + 1]) emit(c, u->sent[s], u->sent[s + 1]);
    decode_first(c);
    if (!company_spread_collect(c)) return false;
    if (!vote(c)) return false;
    company_spread(c);
    if (!company_spread_collect(c)) return false;
    company_spread(c);
    return true;
}
