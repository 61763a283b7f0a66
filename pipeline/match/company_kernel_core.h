/* The loops of company_kernel.h; each kernel's file includes this once. */
#include <string.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "match/company_kernel.h"
#include "match/company_scan.h"

typedef int16_t row[CRF_LABELS];
typedef int16_t lanes __attribute__((vector_size(16)));

static inline lanes load(const int16_t *p)
{
    lanes v;
    memcpy(&v, p, sizeof v);
    return v;
}

static inline void store(int16_t *p, lanes v)
{
    memcpy(p, &v, sizeof v);
}

static inline lanes greater(lanes a, lanes b)
{
#if defined(__SSE2__)
    return (lanes)_mm_max_epi16((__m128i)a, (__m128i)b);
#else
    lanes mask = a > b;
    return (mask & a) | (~mask & b);
#endif
}

/* Lane x, a constant, in all lanes. */
#define SPREAD(v, x) __builtin_shufflevector(v, v, x, x, x, x, x, x, x, x)

/* The first lane of those with the greatest number. */
static inline unsigned top(lanes v)
{
#if defined(__SSE4_1__)
    lanes flip = SPREAD((lanes){INT16_MAX}, 0);
    return (unsigned)_mm_cvtsi128_si32(_mm_minpos_epu16((__m128i)(v ^ flip))) >> 16;
#else
    unsigned best = 0;
    for (unsigned y = 1; y < CRF_LABELS; y++)
        if (v[y] > v[best]) best = y;
    return best;
#endif
}

/* What labels add behind the unit that scores v, less the score of O. */
static inline lanes step(lanes v, const crf_lattice *l)
{
    lanes a = greater(load(l->to[LABEL_O]), SPREAD(v, 1) + load(l->to[1]));
    lanes b = greater(SPREAD(v, 2) + load(l->to[2]), SPREAD(v, 3) + load(l->to[3]));
    lanes d = greater(SPREAD(v, 4) + load(l->to[4]), SPREAD(v, 5) + load(l->to[5]));
    lanes e = greater(SPREAD(v, 6) + load(l->to[6]), SPREAD((lanes){CRF_NEVER}, 0));
    return greater(greater(a, b), greater(d, e));
}

/* The labels that go on behind those that begin a name, in the lanes of the latter: IC, IG, PER, LOC. */
#define GOING(v) __builtin_shufflevector(v, v, 0, 2, 0, 4, 0, 5, 6, 0)

static inline lanes saturating(lanes a, lanes b)
{
#if defined(__SSE2__)
    return (lanes)_mm_adds_epi16((__m128i)a, (__m128i)b);
#else
    const lanes most = SPREAD((lanes){INT16_MAX / 2}, 0);
    lanes sum = a + b, mask = sum > most;
    return (mask & most) | (~mask & sum);
#endif
}

/* Is O the best label of all n units, certainly? True if no name could score more than O in its place. */
static inline bool is_quiet(const crf_lattice *l, const row *emission, size_t n)
{
    const lanes begin = load(l->begin), go = load(l->go), least = SPREAD((lanes){CRF_NEVER}, 0);
    lanes one = load(emission[0]) + begin, name = one, longer = least;
    for (size_t i = 1; i < n; i++) {
        lanes e = load(emission[i]), on = saturating(name, GOING(e) + go);
        name = e + begin;
        one = greater(one, name);
        longer = greater(longer, on);
        name = greater(name, on);
    }
    lanes best = greater(saturating(one, load(l->end_one)), saturating(longer, load(l->end)));
#if defined(__SSE2__)
    return _mm_movemask_epi8((__m128i)(best > 0)) == 0;
#else
    return best[top(best)] <= 0;
#endif
}

static bool decode(const crf_lattice *l, const row *emission, size_t n, row *alpha, uint8_t *label)
{
    const lanes from_o = load(l->to[LABEL_O]);
    lanes score = load(emission[0]) + from_o, detour = {0};
    for (size_t i = 1; i < n; i++) {
        lanes v = score - SPREAD(score, LABEL_O), best = step(v, l);
        store(alpha[i], v);
        detour |= best ^ from_o; /* lane O: is the best way to O not from O? */
        score = best + load(emission[i]);
    }
    unsigned y = top(score - SPREAD(score, LABEL_O) + load(l->from[LABEL_O]));
    if (y == LABEL_O && detour[LABEL_O] == 0) return false;
    for (size_t i = n; i-- > 1;) {
        label[i] = (uint8_t)y;
        y = top(load(alpha[i]) + load(l->from[y]));
    }
    label[0] = (uint8_t)y;
    return true;
}

static bool core_decode(const crf_lattice *l, const row *emission, size_t n, row *alpha, uint8_t *label)
{
    return !is_quiet(l, emission, n) && decode(l, emission, n, alpha, label);
}

/* Candidates from number k on as a window: with a unit to its left and right; returns the number of the next window's first. */
static inline size_t open_window(const company_state *c, size_t k, company_window *w)
{
    const company_tagger *t = &c->tagger;
    const company_units *u = &c->units;
    uint32_t first = t->candidates[k], to = first + 1;
    for (k++; k < t->ncandidates && t->candidates[k] <= to + 1; k++) {
        if (company_starts_sentence(u, to) || company_starts_sentence(u, t->candidates[k])) break;
        to = t->candidates[k] + 1;
    }
    w->from = first - !company_starts_sentence(u, first);
    w->to = to + (to < u->n && !company_starts_sentence(u, to));
    return k;
}

static void core_decode_all(company_state *c)
{
    company_tagger *t = &c->tagger;
    t->nwindows = 0;
    for (size_t k = 0; k < t->ncandidates;) {
        company_window *w = &t->windows[t->nwindows++];
        k = open_window(c, k, w);
        const row *emission = (const row *)t->emission + w->from;
        size_t n = w->to - w->from;
        w->named = !is_quiet(&c->lattice, emission, n) && decode(&c->lattice, emission, n, t->alpha, c->units.label + w->from);
    }
}

static inline uint8_t is_near(lanes e)
{
#if defined(__SSE2__)
    const lanes gate = {INT16_MAX, COMPANY_GATE, COMPANY_GATE, INT16_MAX, INT16_MAX, INT16_MAX, INT16_MAX, INT16_MAX};
    return (uint8_t)_mm_movemask_epi8((__m128i)(e > gate)); /* the first four lanes tell */
#else
    return e[LABEL_BC] > COMPANY_GATE || e[LABEL_IC] > COMPANY_GATE;
#endif
}

/* Where a sentence's units are described: by themselves, as stores of bytes may change anything the compiler cannot tell apart.
 */
typedef struct unit_arrays {
    uint16_t *restrict evidence;
    uint8_t *restrict kind, *restrict near, *restrict open;
    uint32_t *restrict base, *restrict listed;
    row *restrict emission;
} unit_arrays;

static inline void describe(unit_arrays *a, size_t i, const company_type *t, uint8_t goes_before)
{
    a->open[i] = (t->begins & COMPANY_OPEN) | (goes_before & COMPANY_CUE);
    a->evidence[i] = (uint16_t)t->evidence;
    a->kind[i] = t->kind;
    a->base[i] = t->base;
}

static inline void score(unit_arrays *a, size_t i, lanes e)
{
    store(a->emission[i], e);
    a->near[i] = is_near(e);
}

static inline void list(unit_arrays *a, size_t i, const company_type *t, uint8_t next_goes)
{
    *a->listed = (uint32_t)i;
    a->listed += (t->begins & next_goes) != 0;
}

static void core_emit(company_state *c, size_t from, size_t to)
{
    company_units *u = &c->units;
    unit_arrays a = {u->evidence, u->kind, u->near, u->open, u->base, u->listed + u->nlisted, c->tagger.emission};
    const uint32_t *restrict word = u->as_tokens.word;
    const company_type *restrict types = c->types, *t = &types[word[from]];
    const row(*restrict pairs)[CRF_KINDS][2] = (const row(*)[CRF_KINDS][2])c->pair;
    lanes sum = load(t->score[PLACE_OWN]) + load(pairs[KIND_NONE][t->kind][0]) + load(c->first[u->flags[from]]);
    describe(&a, from, t, 0);
    for (size_t i = from + 1; i < to; i++) {
        const company_type *next = &types[word[i]];
        const row *pair = pairs[t->kind][next->kind];
        score(&a, i - 1, sum + load(next->score[PLACE_BEFORE]) + load(pair[1]));
        list(&a, i - 1, t, next->goes);
        sum = load(next->score[PLACE_OWN]) + load(t->score[PLACE_AFTER]) + load(pair[0]);
        describe(&a, i, next, t->goes);
        t = next;
    }
    score(&a, to - 1, sum + load(pairs[t->kind][KIND_NONE][1]));
    list(&a, to - 1, t, COMPANY_ALONE);
    u->nlisted = (size_t)(a.listed - u->listed);
}

static size_t core_candidates(const uint8_t *near, size_t n, uint32_t *out)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i += SCAN_UNITS)
        for (unsigned bits = scan_equal(near + i, 0) ^ SCAN_ALL; bits != 0; bits &= bits - 1)
            out[k++] = (uint32_t)(i + (size_t)__builtin_ctz(bits));
    return k;
}

static void core_margins(const company_state *c, company_ballot *ballots, size_t n)
{
    const uint32_t *word = c->units.as_tokens.word;
    for (size_t k = 0; k < n; k++) {
        uint32_t i = ballots[k].unit;
        const int16_t *emission = c->tagger.emission[i], *own = c->types[word[i]].score[PLACE_OWN];
#if defined(__SSE4_1__)
        const lanes company = {0, -1, -1, 0, 0, 0, 0, 0}, other = {-1, 0, 0, -1, -1, -1, -1, 0};
        const lanes flip = SPREAD((lanes){INT16_MAX}, 0);
        lanes v = (load(emission) - load(own)) ^ flip;
        int a = (uint16_t)_mm_cvtsi128_si32(_mm_minpos_epu16((__m128i)(v | ~company)));
        int b = (uint16_t)_mm_cvtsi128_si32(_mm_minpos_epu16((__m128i)(v | ~other)));
        ballots[k].margin = company_margin_limit(b - a);
#else
        ballots[k].margin = company_margin(emission, own);
#endif
    }
}
