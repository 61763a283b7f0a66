/* The window loop, compiled once for each kernel: the including file defines
 *   static inline void classify(const uint8_t *bytes, erz_masks *m)      (64 bytes)
 *   CORE_PEXT  1 if pext and pdep are single instructions
 * and, if it has something better, CORE_POSITIONS(out, bits, n, base),
 * and gets static void core_scan(erz_scan *s). */
#include <string.h>

#include "scan.h"

#define CORE_INLINE inline __attribute__((always_inline))

#if CORE_PEXT && !defined(ERZ_SIMDE)
#include <immintrin.h>
#endif

/* Marks that flow from any byte of a word to the bit after its end: the shape flags of tokens. */
enum { MARK_INITIAL, MARK_UPPER, MARK_LOWER, MARK_DIGIT, MARK_HYPHEN, MARK_DOT, MARK_WIDE, MARKS };

static CORE_INLINE unsigned core_bits(uint64_t x)
{
    return (unsigned)__builtin_popcountll(x);
}

/* Any number for 0. */
static CORE_INLINE uint32_t core_lowest(uint64_t x)
{
#if CORE_PEXT
    return (uint32_t)_tzcnt_u64(x);
#else
    return (uint32_t)__builtin_ctzll(x | UINT64_C(1) << 63);
#endif
}

#ifndef CORE_POSITIONS
/* Positions of set bits plus base. Up to 15 more elements are written than there are bits. */
static CORE_INLINE void core_positions(uint32_t *out, uint64_t bits, unsigned n, uint32_t base)
{
#define CORE_POSITION(i) out[i] = base + core_lowest(bits), bits &= bits - 1
    CORE_POSITION(0), CORE_POSITION(1), CORE_POSITION(2), CORE_POSITION(3);
    CORE_POSITION(4), CORE_POSITION(5), CORE_POSITION(6), CORE_POSITION(7);
    if (n > 8) {
        CORE_POSITION(8), CORE_POSITION(9), CORE_POSITION(10), CORE_POSITION(11);
        for (unsigned i = 12; i < n; i++) CORE_POSITION(i);
    }
#undef CORE_POSITION
}
#define CORE_POSITIONS(out, bits, n, base) core_positions(out, bits, n, base)
#endif

/* Flood: for each word that holds a mark, the bit after its end. */
static CORE_INLINE uint64_t core_flood(uint64_t run, uint64_t inside, uint64_t marks, uint64_t *carry)
{
    uint64_t sum = inside + (marks & ERZ_WINDOW_MASK) + *carry;
    *carry = sum >> (ERZ_WINDOW_END - ERZ_WINDOW_FIRST) & (1 << ERZ_WINDOW_FIRST);
    return sum & ~run;
}

#if CORE_PEXT
#define CORE_SPREAD(plane, bit) _pdep_u64(plane, UINT64_C(0x0101010101010101) << (bit))
#define CORE_GROUP(i)                                                                                                          \
    do {                                                                                                                       \
        uint64_t c = CORE_SPREAD(num >> (i), 0) | CORE_SPREAD(pun >> (i), 2);                                                  \
        uint64_t f = CORE_SPREAD(p0 >> (i), 0) | CORE_SPREAD(p1 >> (i), 1) | CORE_SPREAD(p2 >> (i), 2) |                       \
                     CORE_SPREAD(p3 >> (i), 3) | CORE_SPREAD(p4 >> (i), 4) | CORE_SPREAD(p5 >> (i), 5) |                       \
                     CORE_SPREAD(p7 >> (i), 7);                                                                                \
        memcpy(cls + (i), &c, 8);                                                                                              \
        _mm_storeu_si128((__m128i *)(void *)(shape + (i)), _mm_cvtepu8_epi16(_mm_cvtsi64_si128((long long)f)));                \
    } while (0)

/* Classes and shapes of the tokens that end in this window. Up to 15 more elements are written than there are bits. */
static CORE_INLINE void core_shapes(const erz_scan *s, uint64_t ends, unsigned n, const uint64_t has[MARKS], uint64_t number,
                                    uint64_t punct)
{
    uint64_t num = _pext_u64(number, ends), pun = _pext_u64(punct, ends);
    uint64_t p0 = _pext_u64(has[MARK_INITIAL], ends), p1 = _pext_u64(has[MARK_UPPER], ends);
    uint64_t p2 = _pext_u64(has[MARK_LOWER], ends), p3 = _pext_u64(has[MARK_DIGIT], ends);
    uint64_t p4 = _pext_u64(has[MARK_HYPHEN], ends), p5 = _pext_u64(has[MARK_DOT], ends), p7 = _pext_u64(has[MARK_WIDE], ends);
    uint8_t *cls = s->t.cls + s->nend;
    uint16_t *shape = s->t.shape + s->nend;
    CORE_GROUP(0);
    if (n > 8) {
        CORE_GROUP(8);
        for (unsigned i = 16; i < n; i += 8) CORE_GROUP(i);
    }
}
#else
static CORE_INLINE void core_shapes(const erz_scan *s, uint64_t ends, unsigned n, const uint64_t has[MARKS], uint64_t number,
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
static CORE_INLINE uint64_t core_from(const erz_scan *s, size_t until)
{
    size_t bit = until + ERZ_WINDOW_FIRST - s->at;
    return bit >= 64 ? 0 : ~UINT64_C(0) << bit;
}

/* Apply what earlier windows asked for. */
static void core_apply_pending(erz_scan *s)
{
    s->cut_bits = (s->cut_bits | s->next_cut) & ~s->next_join;
    s->solid_bits &= ~s->next_blank;
    s->next_cut = s->next_join = s->next_blank = 0;
    size_t next = s->at + ERZ_WINDOW;
    if (s->no_boundary_until != 0) { /* a long token */
        s->cut_bits &= core_from(s, s->no_boundary_until);
        if (s->no_boundary_until < next) { /* and its end */
            s->cut_bits |= UINT64_C(1) << (s->no_boundary_until + ERZ_WINDOW_FIRST - s->at);
            s->no_boundary_until = 0;
        }
    }
    if (s->no_event_until > s->at) s->event_bits &= core_from(s, s->no_event_until);
    if (s->sentence_at < next) {
        s->sentence_bits |= UINT64_C(1) << (s->sentence_at + ERZ_WINDOW_FIRST - s->at);
        s->sentence_at = ERZ_NOWHERE;
    }
    s->pending = s->no_boundary_until != 0 || s->no_event_until >= next || s->sentence_at != ERZ_NOWHERE;
}

/* Number the sentences that begin in this window. */
static CORE_INLINE void core_settle(erz_scan *s, uint64_t begins)
{
    uint64_t wanted = s->sentence_bits & ERZ_WINDOW_MASK;
    s->sentence_bits >>= ERZ_WINDOW;
    for (; wanted != 0; wanted &= wanted - 1) {
        uint64_t after = begins & ~((wanted & -wanted) - 1);
        if (after == 0) { /* its first token is further on */
            s->sentence_bits |= 1 << ERZ_WINDOW_FIRST;
            return;
        }
        uint32_t token = s->nbegin + core_bits(begins & ((after & -after) - 1));
        if (s->nsent > 0 && s->t.sent[s->nsent - 1] == token) continue;
        if (s->nsent + 2 > s->cap_sent && !erz_scan_grow_sentences(s)) return;
        s->t.sent[s->nsent++] = token;
    }
}

/* erz_scan_full_stop() for the common case, without branches that depend on the word: a word of letters after a blank, all of
 * it in the window, that no list has with a dot, that has a vowel or six letters, and does not end in -tl. */
static CORE_INLINE bool core_full_stop(erz_scan *s, unsigned bit, uint64_t letters)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t gaps = ~letters & ((UINT64_C(1) << bit) - 1);
    size_t pos = s->at + bit - ERZ_WINDOW_FIRST;
    if (gaps == 0 || pos < 64) return false;
    unsigned n = bit - (64 - (unsigned)__builtin_clzll(gaps)), used = n < 8 ? n : 8;
    uint64_t word;
    memcpy(&word, s->text + pos - 8, 8);
    unsigned ends_tl = word >> 48 == ('t' | 'l' << 8);
    word >>= (64 - 8 * used) & 63;
    unsigned vowels = ERZ_VOWELS >> (word & 31) | ERZ_VOWELS >> (word >> 8 & 31) | ERZ_VOWELS >> (word >> 16 & 31) |
                      ERZ_VOWELS >> (word >> 24 & 31) | ERZ_VOWELS >> (word >> 32 & 31);
    unsigned dotted = erz_scan_dotted_bit(word);
    unsigned listed = s->dotted[dotted / 64] >> dotted % 64 & 1;
    unsigned plain = (unsigned)(s->text[pos - n - 1] == ' ') & (unsigned)(n >= 3) & ((unsigned)(n > 5) | (vowels & 1)) &
                     (listed ^ 1) & (ends_tl ^ 1);
    s->sentence_bits |= (uint64_t)plain << (bit + 2);
    return plain;
#else
    (void)s, (void)bit, (void)letters;
    return false;
#endif
}

static CORE_INLINE const uint8_t *core_window(const erz_scan *s, uint8_t pad[64])
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
    uint64_t solid_before = 0, run_before = 0, first_before = 0; /* bits 0 and 1, as the window before had them */
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
        run = (run & ~UINT64_C(3)) | run_before;
        run_before = run >> ERZ_WINDOW & 3;
        uint64_t punct = ~(run | m.space | m.other);
        s->solid_bits = (~m.space & ~UINT64_C(3)) | solid_before;
        s->cut_bits = (run ^ run << 1) | punct | punct << 1;
        uint64_t mixed = (m.digit & m.letter << 1) | (m.letter & m.digit << 1);
        uint64_t events = (m.event & ~separator) | m.other | mixed | (m.hyphen & m.hyphen >> 1) | (last_hyphen & m.digit << 1);
        events &= ERZ_WINDOW_MASK;
        if (events != 0 || s->pending) {
            uint64_t stops = m.event & m.dot_comma & m.lower << 1 & m.space >> 1 & m.upper >> 2;
            s->letter_bits = m.letter, s->event_bits = events;
            if (s->pending) core_apply_pending(s);
            for (uint64_t left = stops & s->event_bits; left != 0; left &= left - 1) {
                unsigned bit = core_lowest(left);
                if (core_full_stop(s, bit, m.letter) || erz_scan_full_stop(s, bit)) s->event_bits &= ~(UINT64_C(1) << bit);
            }
            while (s->event_bits != 0) {
                unsigned bit = core_lowest(s->event_bits);
                s->event_bits &= s->event_bits - 1;
                erz_scan_event(s, bit);
            }
        }
        uint64_t begins = erz_scan_begins(s) & ERZ_WINDOW_MASK, ends = erz_scan_ends(s) & ERZ_WINDOW_MASK;
        solid_before = s->solid_bits >> ERZ_WINDOW & 3;
        core_settle(s, begins);
        uint64_t first = begins | ((first_hyphen & ~UINT64_C(3)) | first_before) << 1;
        first_before = first_hyphen >> ERZ_WINDOW & 3;
        uint64_t has[MARKS], inside = run & ERZ_WINDOW_MASK;
        has[MARK_INITIAL] = core_flood(run, inside, m.upper & first, &carry[MARK_INITIAL]);
        has[MARK_UPPER] = core_flood(run, inside, m.upper & ~first, &carry[MARK_UPPER]);
        has[MARK_LOWER] = core_flood(run, inside, m.lower, &carry[MARK_LOWER]);
        has[MARK_DIGIT] = core_flood(run, inside, m.digit, &carry[MARK_DIGIT]);
        has[MARK_HYPHEN] = core_flood(run, inside, inner_hyphen, &carry[MARK_HYPHEN]);
        has[MARK_DOT] = core_flood(run, inside, separator & m.event, &carry[MARK_DOT]);
        has[MARK_WIDE] = core_flood(run, inside, m.letter & m.wide, &carry[MARK_WIDE]);
        uint64_t number = has[MARK_DIGIT] & ~(has[MARK_INITIAL] | has[MARK_UPPER] | has[MARK_LOWER]);
        unsigned nbegin = core_bits(begins), nend = core_bits(ends);
        uint32_t base = (uint32_t)(s->at - ERZ_WINDOW_FIRST);
        CORE_POSITIONS(s->t.begin + s->nbegin, begins, nbegin, base);
        CORE_POSITIONS(s->t.end + s->nend, ends, nend, base);
        core_shapes(s, ends, nend, has, number & ends, punct << 1 & ends);
        s->nbegin += nbegin;
        s->nend += nend;
    }
}
