/* The window loop, compiled once for each kernel: the including file defines
 *   static inline void classify(const uint8_t *bytes, erz_masks *m)      (64 bytes)
 *   CORE_PEXT  1 if pext and pdep are single instructions
 * and gets static void core_scan(erz_scan *s). */
#include <string.h>

#include "scan.h"

#if CORE_PEXT
#include <immintrin.h>
#endif

/* Marks that flow from any byte of a word to the bit after its end: the shape flags of tokens. */
enum { MARK_INITIAL, MARK_UPPER, MARK_LOWER, MARK_DIGIT, MARK_HYPHEN, MARK_DOT, MARK_WIDE, MARKS };

static inline unsigned core_bits(uint64_t x)
{
    return (unsigned)__builtin_popcountll(x);
}

static inline unsigned core_lowest(uint64_t x)
{
    return (unsigned)__builtin_ctzll(x);
}

/* Positions of set bits plus base. Up to 15 more elements are written than there are bits. */
static inline void core_positions(uint32_t *out, uint64_t bits, unsigned n, uint32_t base)
{
    for (unsigned i = 0; i < 12; i++) {
        out[i] = base + (uint32_t)__builtin_ctzll(bits | UINT64_C(1) << 63);
        bits &= bits - 1;
    }
    for (unsigned i = 12; i < n; i++) {
        out[i] = base + (uint32_t)__builtin_ctzll(bits);
        bits &= bits - 1;
    }
}

#if CORE_PEXT
/* Classes and shapes of the tokens that end in this window. Up to 15 more elements are written than there are bits. */
static inline void core_shapes(const erz_scan *s, uint64_t ends, unsigned n, const uint64_t has[MARKS], uint64_t number,
                               uint64_t punct)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t p[MARKS], num = _pext_u64(number, ends), pun = _pext_u64(punct, ends);
    for (int k = 0; k < MARKS; k++) p[k] = _pext_u64(has[k], ends);
    uint8_t *cls = s->t.cls + s->nend;
    uint16_t *shape = s->t.shape + s->nend;
    for (unsigned i = 0; i == 0 || i < n; i += 8) {
        uint64_t c = _pdep_u64(num, ones) * ERZ_TOKEN_NUMBER | _pdep_u64(pun, ones * ERZ_TOKEN_PUNCTUATION);
        uint64_t f = _pdep_u64(p[MARK_INITIAL], ones) | _pdep_u64(p[MARK_UPPER], ones << 1) |
                     _pdep_u64(p[MARK_LOWER], ones << 2) | _pdep_u64(p[MARK_DIGIT], ones << 3) |
                     _pdep_u64(p[MARK_HYPHEN], ones << 4) | _pdep_u64(p[MARK_DOT], ones << 5) |
                     _pdep_u64(p[MARK_WIDE], ones << 7);
        memcpy(cls + i, &c, 8);
        _mm_storeu_si128((__m128i *)(void *)(shape + i), _mm_cvtepu8_epi16(_mm_cvtsi64_si128((long long)f)));
        num >>= 8, pun >>= 8;
        for (int k = 0; k < MARKS; k++) p[k] >>= 8;
    }
}
#else
static inline void core_shapes(const erz_scan *s, uint64_t ends, unsigned n, const uint64_t has[MARKS], uint64_t number,
                               uint64_t punct)
{
    uint8_t *cls = s->t.cls + s->nend;
    uint16_t *shape = s->t.shape + s->nend;
    for (unsigned i = 0; i < n; i++, ends &= ends - 1) {
        unsigned e = core_lowest(ends);
        cls[i] = (uint8_t)((number >> e & 1) * ERZ_TOKEN_NUMBER | (punct >> e & 1) * ERZ_TOKEN_PUNCTUATION);
        shape[i] = (uint16_t)((has[MARK_INITIAL] >> e & 1) | (has[MARK_UPPER] >> e & 1) << 1 | (has[MARK_LOWER] >> e & 1) << 2 |
                              (has[MARK_DIGIT] >> e & 1) << 3 | (has[MARK_HYPHEN] >> e & 1) << 4 |
                              (has[MARK_DOT] >> e & 1) << 5 | (has[MARK_WIDE] >> e & 1) << 7);
    }
}
#endif

/* Bits of the window from no_boundary_until on. */
static inline uint64_t core_from(const erz_scan *s, size_t until)
{
    size_t bit = until + ERZ_WINDOW_FIRST - s->at;
    return bit >= 64 ? 0 : ~UINT64_C(0) << bit;
}

/* Apply what earlier windows asked for. */
static inline void core_apply_pending(erz_scan *s)
{
    if ((s->next_begin_set | s->next_begin_clear | s->next_end_set | s->next_end_clear) != 0) {
        s->begin_bits = (s->begin_bits | s->next_begin_set) & ~s->next_begin_clear;
        s->end_bits = (s->end_bits | s->next_end_set) & ~s->next_end_clear;
        s->next_begin_set = s->next_begin_clear = s->next_end_set = s->next_end_clear = 0;
    }
    if (s->no_boundary_until != 0) { /* a long token */
        uint64_t keep = core_from(s, s->no_boundary_until);
        s->begin_bits &= keep;
        s->end_bits &= keep;
        if (s->no_boundary_until < s->at + ERZ_WINDOW) { /* and its end */
            size_t pos = s->no_boundary_until;
            s->no_boundary_until = 0;
            uint64_t bit = UINT64_C(1) << (pos + ERZ_WINDOW_FIRST - s->at);
            s->end_bits |= bit;
            if (pos < s->len && s->text[pos] > ' ' && s->text[pos] < 0x80) s->begin_bits |= bit;
        }
    }
    if (s->no_event_until > s->at) s->event_bits &= core_from(s, s->no_event_until);
}

static inline const uint8_t *core_window(const erz_scan *s, uint8_t pad[64])
{
    if (s->at >= ERZ_WINDOW_FIRST && s->at + ERZ_WINDOW_END <= s->len) return s->text + s->at - ERZ_WINDOW_FIRST;
    memset(pad, ' ', 64);
    size_t from = s->at >= ERZ_WINDOW_FIRST ? s->at - ERZ_WINDOW_FIRST : 0;
    size_t skip = from + ERZ_WINDOW_FIRST - s->at, n = s->len - from < 64 - skip ? s->len - from : 64 - skip;
    memcpy(pad + skip, s->text + from, n);
    return pad;
}

/* One function: state lives in registers from one window to the next. */
static void core_scan(erz_scan *s)
{
    uint64_t carry[MARKS] = {0};
    for (s->at = 0; s->at <= s->len && s->bad == ERZ_NOWHERE; s->at += ERZ_WINDOW) {
        if (s->nbegin + 96 > s->cap && !erz_scan_grow(s)) return;
        uint8_t pad[64];
        erz_masks m;
        classify(core_window(s, pad), &m);

        uint64_t word = m.letter | m.digit, word_before = word << 1, word_after = word >> 1;
        uint64_t digits_around = m.digit << 1 & m.digit >> 1;
        uint64_t separator = m.dot_comma & digits_around;
        uint64_t inner_hyphen = m.hyphen & word_before & word_after & ~digits_around;
        uint64_t last_hyphen = m.hyphen & word_before & ~word_after & ~(m.hyphen >> 1);
        uint64_t first_hyphen = m.hyphen & ~word_before & m.letter >> 1 & ~(m.hyphen << 1);
        uint64_t run = word | separator | inner_hyphen | last_hyphen | first_hyphen;
        uint64_t punct = ~(run | m.space | m.other);
        s->run_bits = run;
        s->begin_bits = (run & ~(run << 1)) | punct;
        s->end_bits = (~run & run << 1) | punct << 1;
        uint64_t mixed = (m.digit & m.letter << 1) | (m.letter & m.digit << 1);
        uint64_t events = (m.event & ~separator) | m.other | mixed | (m.hyphen & m.hyphen >> 1) | (last_hyphen & m.digit << 1);
        uint64_t stops = m.event & m.dot_comma & m.lower << 1 & m.space >> 1 & m.upper >> 2;
        s->event_bits = events & ERZ_WINDOW_MASK;
        core_apply_pending(s);
        while (s->event_bits != 0) {
            unsigned bit = core_lowest(s->event_bits);
            s->event_bits &= s->event_bits - 1;
            if ((stops >> bit & 1) != 0 && erz_scan_full_stop(s, bit)) continue;
            erz_scan_event(s, bit);
        }

        uint64_t begins = s->begin_bits & ERZ_WINDOW_MASK, ends = s->end_bits & ERZ_WINDOW_MASK;
        uint64_t first = s->begin_bits | (s->begin_bits & first_hyphen) << 1;
        uint64_t marks[MARKS], has[MARKS], inside = run & ERZ_WINDOW_MASK;
        marks[MARK_INITIAL] = m.upper & first;
        marks[MARK_UPPER] = m.upper & ~first;
        marks[MARK_LOWER] = m.lower;
        marks[MARK_DIGIT] = m.digit;
        marks[MARK_HYPHEN] = inner_hyphen;
        marks[MARK_DOT] = separator & m.event;
        marks[MARK_WIDE] = m.letter & m.wide;
        for (int k = 0; k < MARKS; k++) {
            uint64_t sum = inside + (marks[k] & ERZ_WINDOW_MASK) + carry[k];
            carry[k] = sum >> (ERZ_WINDOW_END - ERZ_WINDOW_FIRST) & (1 << ERZ_WINDOW_FIRST);
            has[k] = sum & ~run;
        }
        uint64_t number = has[MARK_DIGIT] & ~(has[MARK_INITIAL] | has[MARK_UPPER] | has[MARK_LOWER]);
        unsigned nbegin = core_bits(begins), nend = core_bits(ends);
        uint32_t base = (uint32_t)(s->at - ERZ_WINDOW_FIRST);
        if (s->sentence_at < s->at + ERZ_WINDOW) erz_scan_settle_sentence(s);
        core_positions(s->t.begin + s->nbegin, begins, nbegin, base);
        core_positions(s->t.end + s->nend, ends, nend, base);
        core_shapes(s, ends, nend, has, number & ends, punct << 1 & ends);
        s->nbegin += nbegin;
        s->nend += nend;
    }
}
