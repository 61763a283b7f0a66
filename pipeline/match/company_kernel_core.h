/* The loops of company_kernel.h; each kernel's file includes this once. */
#include <string.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "match/company_kernel.h"

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

static bool core_decode(const crf_lattice *l, const row *emission, size_t n, row *alpha, uint8_t *label)
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
    if (y == LABEL_O && detour[LABEL_O] == 0) {
        for (size_t i = 0; i < n; i++) label[i] = LABEL_O;
        return false;
    }
    for (size_t i = n; i-- > 1;) {
        label[i] = (uint8_t)y;
        y = top(load(alpha[i]) + load(l->from[y]));
    }
    label[0] = (uint8_t)y;
    return true;
}

static void core_emit(company_state *c, size_t from, size_t to)
{
    enum { AHEAD = 6 };
    const company_units *u = &c->units;
    const row *pairs = c->crf.dense + DENSE_AT_PAIR;
    row *out = c->tagger.emission;
    const company_type *types = c->types;
    const uint32_t *word = u->as_tokens.word;
    const lanes plain = load(c->unmarked);
    const company_type *t = &types[word[from]];
    unsigned kind = u->kind[from];
    lanes sum = load(t->score[PLACE_OWN]) + load(pairs[2 * (KIND_NONE * CRF_KINDS + kind)]) + plain;
    for (size_t i = from + 1; i < to; i++) {
        const company_type *next = &types[word[i]];
        __builtin_prefetch(&types[word[i + AHEAD < to ? i + AHEAD : i]]);
        const row *pair = &pairs[2 * (kind * CRF_KINDS + u->kind[i])];
        store(out[i - 1], sum + load(next->score[PLACE_BEFORE]) + load(pair[1]));
        sum = load(next->score[PLACE_OWN]) + load(t->score[PLACE_AFTER]) + load(pair[0]) + plain;
        kind = u->kind[i];
        t = next;
    }
    store(out[to - 1], sum + load(pairs[2 * (kind * CRF_KINDS + KIND_NONE) + 1]));
}

static size_t core_candidates(const row *emission, size_t n, uint32_t *out)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        out[k] = (uint32_t)i;
#if defined(__SSE2__)
        const lanes gate = {INT16_MAX, COMPANY_GATE, COMPANY_GATE, INT16_MAX, INT16_MAX, INT16_MAX, INT16_MAX, INT16_MAX};
        k += _mm_movemask_epi8((__m128i)(load(emission[i]) > gate)) != 0;
#else
        k += company_is_candidate(emission[i]);
#endif
    }
    return k;
}

static void core_margins(const company_state *c, const uint32_t *unit, size_t n, company_ballot *out)
{
    const uint32_t *word = c->units.as_tokens.word;
    for (size_t k = 0; k < n; k++) {
        const int16_t *emission = c->tagger.emission[unit[k]], *own = c->types[word[unit[k]]].score[PLACE_OWN];
#if defined(__SSE4_1__)
        const lanes company = {0, -1, -1, 0, 0, 0, 0, 0}, other = {-1, 0, 0, -1, -1, -1, -1, 0};
        const lanes flip = SPREAD((lanes){INT16_MAX}, 0);
        lanes v = (load(emission) - load(own)) ^ flip;
        int a = (uint16_t)_mm_cvtsi128_si32(_mm_minpos_epu16((__m128i)(v | ~company)));
        int b = (uint16_t)_mm_cvtsi128_si32(_mm_minpos_epu16((__m128i)(v | ~other)));
        out[k].margin = (int16_t)company_margin_limit(b - a);
#else
        out[k].margin = (int16_t)company_margin(emission, own);
#endif
    }
}
