/* The loops of company_kernel.h; each kernel's file includes this once. */
#include <stddef.h>
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

static void core_decode_all(company_state *c)
{
    company_tagger *t = &c->tagger;
    for (size_t k = 0; k < t->nwindows; k++) {
        company_window *w = &t->windows[k];
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

/* A word's scores for itself; lanes 0 and 7 are left over. */
static inline lanes own(const company_type *t)
{
    return load((const int16_t *)(const void *)((const char *)t + offsetof(company_type, own) - sizeof(int16_t)));
}

/* Eight bytes from the one before the scores of a neighbour on, as above. */
static inline lanes beside(const int8_t *scores)
{
    int8_t b[CRF_LABELS];
    memcpy(b, (const char *)scores - 1, sizeof b);
#if defined(__SSE4_1__)
    return (lanes)_mm_cvtepi8_epi16(_mm_loadl_epi64((const __m128i *)(const void *)b));
#elif defined(__SSE2__)
    __m128i v = _mm_loadl_epi64((const __m128i *)(const void *)b);
    return (lanes)_mm_srai_epi16(_mm_unpacklo_epi8(v, v), 8);
#else
    return (lanes){b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]};
#endif
}

static const lanes scored = {0, -1, -1, -1, -1, -1, -1, 0};

/* Where a sentence's units are described: by themselves, as stores of bytes may change anything the compiler cannot tell apart.
 */
typedef struct unit_arrays {
    uint16_t *restrict evidence;
    uint8_t *restrict kind, *restrict near, *restrict look;
    uint32_t *restrict base;
    row *restrict emission;
} unit_arrays;

static inline void describe(unit_arrays *a, size_t i, const company_type *t)
{
    a->look[i] = t->look;
    a->evidence[i] = t->evidence;
    a->kind[i] = t->kind;
    a->base[i] = t->base;
}

static inline void score(unit_arrays *a, size_t i, lanes e)
{
    store(a->emission[i], e & scored);
    a->near[i] = is_near(e);
}

static void core_emit(company_state *c, size_t from, size_t to)
{
    company_units *u = &c->units;
    unit_arrays a = {u->evidence, u->kind, u->near, u->look, u->base, c->tagger.emission};
    const uint32_t *restrict word = u->as_tokens.word;
    const company_type *restrict types = c->types, *t = &types[word[from]];
    const row(*restrict pairs)[CRF_KINDS][2] = (const row(*)[CRF_KINDS][2])c->pair;
    lanes sum = own(t) + load(pairs[KIND_NONE][t->kind][0]) + load(c->first[u->flags[from]]);
    describe(&a, from, t);
    for (size_t i = from + 1; i < to; i++) {
        const company_type *next = &types[word[i]];
        const row *pair = pairs[t->kind][next->kind];
        score(&a, i - 1, sum + beside(next->before) + load(pair[1]));
        sum = own(next) + beside(t->after) + load(pair[0]);
        describe(&a, i, next);
        t = next;
    }
    score(&a, to - 1, sum + load(pairs[t->kind][KIND_NONE][1]));
}

#if defined(__SSE2__)
static inline __m128i bytes_at(const uint8_t *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

/* Sixteen units' `open`; which of them are listed. */
static inline unsigned survey_16(const company_units *u, size_t i)
{
    const __m128i first = _mm_set1_epi8(UNIT_FIRST), zero = _mm_setzero_si128();
    __m128i look = bytes_at(u->look + i), next = bytes_at(u->look + i + 1);
    __m128i before = i == 0 ? _mm_slli_si128(look, 1) : bytes_at(u->look + i - 1);
    __m128i begins = _mm_cmpeq_epi8(_mm_and_si128(bytes_at(u->flags + i), first), first);
    __m128i next_begins = _mm_cmpeq_epi8(_mm_and_si128(bytes_at(u->flags + i + 1), first), first);
    __m128i cue = _mm_and_si128(_mm_andnot_si128(begins, before), _mm_set1_epi8((char)LOOK_CUE));
    __m128i open = _mm_or_si128(_mm_and_si128(look, _mm_set1_epi8(LOOK_OPEN)), cue);
    __m128i goes = _mm_and_si128(_mm_srli_epi16(_mm_andnot_si128(next_begins, next), 4), _mm_set1_epi8(LOOK_LONGER));
    __m128i listed = _mm_and_si128(look, _mm_or_si128(goes, _mm_set1_epi8(LOOK_ALONE)));
    _mm_storeu_si128((__m128i *)(void *)(u->open + i), open);
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(listed, zero)) ^ SCAN_ALL;
}

/* Sixteen units' evidence: 1 in the lanes of those that have the bit. */
static inline __m128i with_bit(const uint16_t *evidence, int shift)
{
    const __m128i *p = (const __m128i *)(const void *)evidence;
    const __m128i one = _mm_set1_epi16(1);
    return _mm_add_epi16(_mm_and_si128(_mm_srli_epi16(_mm_loadu_si128(p), shift), one),
                         _mm_and_si128(_mm_srli_epi16(_mm_loadu_si128(p + 1), shift), one));
}

static inline size_t sum_of(__m128i v)
{
    int16_t n[CRF_LABELS];
    size_t sum = 0;
    memcpy(n, &v, sizeof v);
    for (int k = 0; k < CRF_LABELS; k++) sum += (size_t)n[k];
    return sum;
}

static void count_cues(company_units *u)
{
    enum { CUE = 5, SUFFIX = 6, MOST = 1 << 16 };
    _Static_assert(1 << CUE == EV_CUE && 1 << SUFFIX == EV_SUFFIX, "bits of the evidence");
    u->ncues = u->nroles = 0;
    for (size_t i = 0; i < u->n;) {
        __m128i cues = _mm_setzero_si128(), roles = cues;
        for (size_t end = u->n - i < MOST ? u->n : i + MOST; i < end; i += SCAN_UNITS) {
            cues = _mm_add_epi16(cues, with_bit(u->evidence + i, CUE));
            roles = _mm_add_epi16(roles, with_bit(u->evidence + i, SUFFIX));
        }
        u->ncues += sum_of(cues);
        u->nroles += sum_of(roles);
    }
}
#else
static inline unsigned survey_16(const company_units *u, size_t i)
{
    unsigned listed = 0;
    for (unsigned k = 0; k < SCAN_UNITS; k++) {
        bool first = u->flags[i + k] & UNIT_FIRST, next_first = u->flags[i + k + 1] & UNIT_FIRST;
        uint8_t look = u->look[i + k], before = first || i + k == 0 ? 0 : u->look[i + k - 1];
        uint8_t goes = next_first ? 0 : u->look[i + k + 1] >> 4 & LOOK_LONGER;
        u->open[i + k] = (uint8_t)((look & LOOK_OPEN) | (before & LOOK_CUE));
        listed |= (unsigned)((look & (goes | LOOK_ALONE)) != 0) << k;
    }
    return listed;
}

static void count_cues(company_units *u)
{
    u->ncues = u->nroles = 0;
    for (size_t i = 0; i < u->n; i++) {
        u->ncues += (u->evidence[i] & EV_CUE) != 0;
        u->nroles += (u->evidence[i] & EV_SUFFIX) != 0;
    }
}
#endif

/* Loops over bits end unforeseen: the fewer of them, the better. */
enum { BLOCK_UNITS = 64 };

static void core_survey(company_state *c)
{
    company_units *u = &c->units;
    uint32_t *out = u->listed;
    for (size_t i = 0; i < u->n; i += BLOCK_UNITS) {
        uint64_t listed = 0, open = 0;
        for (size_t k = 0; k < BLOCK_UNITS && i + k < u->n; k += SCAN_UNITS) {
            listed |= (uint64_t)survey_16(u, i + k) << k;
            open |= (uint64_t)scan_bit(u->look + i + k, LOOK_OPEN) << k;
        }
        for (; listed != 0; listed &= listed - 1) *out++ = (uint32_t)(i + (size_t)__builtin_ctzll(listed));
        /* For company_context(), the units beside too; u->n - i is above 0. */
        uint64_t around = open | open << 1 | open >> 1;
        if (u->n - i < BLOCK_UNITS) around &= ~(~UINT64_C(0) << (u->n - i));
        for (; around != 0; around &= around - 1)
            __builtin_prefetch(&c->facts[u->as_tokens.word[i + (size_t)__builtin_ctzll(around)]]);
    }
    u->nlisted = (size_t)(out - u->listed);
    count_cues(u);
}

/* Units' bits: candidates; first units of windows; last ones. */
typedef struct window_bits {
    uint64_t near, from, to;
} window_bits;

/* Which of sixteen units begin their sentence. */
static inline unsigned starts(const uint8_t *flags)
{
#if defined(__SSE2__)
    __m128i bits = _mm_and_si128(bytes_at(flags), _mm_set1_epi8(UNIT_FIRST | UNIT_JOINED));
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bits, _mm_set1_epi8(UNIT_FIRST)));
#else
    unsigned bits = 0;
    for (unsigned k = 0; k < SCAN_UNITS; k++) bits |= (unsigned)((flags[k] & (UNIT_FIRST | UNIT_JOINED)) == UNIT_FIRST) << k;
    return bits;
#endif
}

/* A window goes from the unit before a candidate to the one behind it, within the sentence; windows that share a unit are one.
 * `before`: is the unit before the block a candidate? */
static inline window_bits windows_16(const company_units *u, size_t i, unsigned before)
{
    unsigned near = scan_equal(u->near + i, 0) ^ SCAN_ALL, next = scan_equal(u->near + i + 1, 0) ^ SCAN_ALL;
    unsigned start = starts(u->flags + i), next_start = starts(u->flags + i + 1);
    if (u->n - i <= SCAN_UNITS) start |= 1U << (u->n - i), next_start |= 1U << (u->n - i - 1);
    unsigned left = (near << 1 | before) & SCAN_ALL & ~start, right = next & ~next_start;
    return (window_bits){near, (near & start) | (~near & right & ~left), (near & next_start) | (~near & left & ~right)};
}

static void core_candidates(const company_units *u, company_tagger *t)
{
    uint32_t *out = t->candidates;
    company_window *from = t->windows, *to = t->windows;
    unsigned before = 0;
    for (size_t i = 0; i < u->n; i += BLOCK_UNITS) {
        window_bits w = {0};
        for (size_t k = 0; k < BLOCK_UNITS && i + k < u->n; k += SCAN_UNITS) {
            window_bits part = windows_16(u, i + k, before);
            before = (unsigned)part.near >> (SCAN_UNITS - 1);
            w.near |= part.near << k, w.from |= part.from << k, w.to |= part.to << k;
        }
        for (; w.near != 0; w.near &= w.near - 1) *out++ = (uint32_t)(i + (size_t)__builtin_ctzll(w.near));
        for (; w.from != 0; w.from &= w.from - 1, from++) from->from = (uint32_t)(i + (size_t)__builtin_ctzll(w.from));
        for (; w.to != 0; w.to &= w.to - 1, to++) to->to = (uint32_t)(i + (size_t)__builtin_ctzll(w.to) + 1);
    }
    t->ncandidates = (size_t)(out - t->candidates);
    t->nwindows = (size_t)(from - t->windows);
}

static void core_margins(const company_state *c, company_ballot *ballots, size_t n)
{
    const uint32_t *word = c->units.as_tokens.word;
    for (size_t k = 0; k < n; k++) {
        uint32_t i = ballots[k].unit;
        const int16_t *emission = c->tagger.emission[i];
        const company_type *t = &c->types[word[i]];
#if defined(__SSE4_1__)
        const lanes company = {0, -1, -1, 0, 0, 0, 0, 0}, other = {-1, 0, 0, -1, -1, -1, -1, 0};
        const lanes flip = SPREAD((lanes){INT16_MAX}, 0);
        lanes v = (load(emission) - (own(t) & scored)) ^ flip;
        int a = (uint16_t)_mm_cvtsi128_si32(_mm_minpos_epu16((__m128i)(v | ~company)));
        int b = (uint16_t)_mm_cvtsi128_si32(_mm_minpos_epu16((__m128i)(v | ~other)));
        ballots[k].margin = company_margin_limit(b - a);
#else
        int16_t score[CRF_LABELS];
        company_type_get(t, PLACE_OWN, score);
        ballots[k].margin = company_margin(emission, score);
#endif
    }
}
