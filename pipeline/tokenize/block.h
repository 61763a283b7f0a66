/* A block of windows: the masks of up to CORE_BLOCK windows, field by field, so that one instruction works on CORE_LANES
 * windows. A kernel defines CORE_LANES, includes this file (and planes.h if it finds classes that way), defines
 *   static inline uint64_t blanks(const uint8_t *bytes): those of 64 bytes,
 *   static inline void classify(const uint8_t *bytes, core_block *b, unsigned i): fills the first group of masks of window i,
 * or its planes, with what 64 bytes say (8 bytes before and 8 behind may be read), and includes core.h. */
#ifndef ERZ_TOKENIZE_BLOCK_H
#define ERZ_TOKENIZE_BLOCK_H

#include <string.h>

#include "rules.h"

#define CORE_INLINE inline __attribute__((always_inline))
#define CORE_STAGE __attribute__((noinline)) /* registers are shared out anew */
#define CORE_RARE_STAGE __attribute__((noinline, cold))
#define CORE_RARE(x) __builtin_expect(!!(x), 0)

enum { CORE_BLOCK = 64 }; /* sets of windows are numbers of 64 bits */
enum { HARD_RULES = 1, HARD_COLONS };
enum { MARK_INITIAL, MARK_UPPER, MARK_LOWER, MARK_DIGIT, MARK_HYPHEN, MARK_DOT, MARK_SPACED, MARK_WIDE, MARKS };

typedef struct core_block {
    /* What a kernel finds. */
    _Alignas(64) uint64_t letter[CORE_BLOCK]; /* ASCII; core_letters() adds pairs C3 xx */
    uint64_t
        small[CORE_BLOCK]; /* of ASCII letters and second bytes of pairs: those of lower-case letters; elsewhere anything */
    uint64_t second[CORE_BLOCK]; /* xx of pairs C3 xx that are letters */
    uint64_t digit[CORE_BLOCK], space[CORE_BLOCK], hyphen[CORE_BLOCK], dot_comma[CORE_BLOCK], wide[CORE_BLOCK];
    uint64_t event[CORE_BLOCK]; /* or an ASCII letter */
    /* Made of it, as in erz_masks, erz_runs and core_view. */
    uint64_t upper[CORE_BLOCK], lower[CORE_BLOCK], other[CORE_BLOCK];
    uint64_t run[CORE_BLOCK], separator[CORE_BLOCK], inner_hyphen[CORE_BLOCK], first_hyphen[CORE_BLOCK], events[CORE_BLOCK];
    uint64_t window[CORE_BLOCK], begins[CORE_BLOCK], ends[CORE_BLOCK], triples[CORE_BLOCK];
    uint64_t word_stops[CORE_BLOCK], plain[CORE_BLOCK], sentences[CORE_BLOCK];
    uint64_t hard[CORE_BLOCK]; /* not 0: masks alone do not decide */
    /* Of windows that were looked at with care: tokens of these classes and with these shapes, by one of their bytes. */
    uint64_t symbols[CORE_BLOCK], ordinals[CORE_BLOCK], abbreviations[CORE_BLOCK], apostrophes[CORE_BLOCK],
        inner_signs[CORE_BLOCK];
    uint64_t colons[CORE_BLOCK];        /* behind which a sentence may begin */
    union {                             /* first the one, in the end the other */
        uint64_t planes[CORE_BLOCK][8]; /* planes.h */
        uint64_t has[MARKS][CORE_BLOCK];
    };
    size_t pos[CORE_BLOCK];
    uint32_t token[CORE_BLOCK]; /* the first one */
    uint8_t count[CORE_BLOCK];  /* tokens */
    unsigned n;
    uint64_t hard_set, stop_set; /* windows with something in `hard` and `word_stops` */
    uint64_t noted;              /* windows with symbols, ordinals, abbreviations, apostrophes or inner signs */
    uint64_t odd_set;            /* windows with a token behind which neither a token nor one blank and a token stand */
    const uint8_t *text;         /* the byte at text_pos */
    size_t text_pos;
    uint8_t pad[80]; /* a window at the text's border: bytes from pad + 8 on */
} core_block;

static CORE_INLINE const uint8_t *core_bytes_of(const core_block *b, unsigned i)
{
    return b->text + (b->pos[i] - b->text_pos);
}

#if CORE_LANES == 1
typedef uint64_t core_bits;
#else
typedef uint64_t core_bits __attribute__((vector_size(8 * CORE_LANES)));
#endif

/* What bytes of CORE_LANES windows are, as in core_block. */
typedef struct core_kinds {
    core_bits letter, small, second, digit, space, hyphen, dot_comma, wide, event, other;
} core_kinds;

/* A bit for each lane that is not 0. */
static CORE_INLINE unsigned core_nonzero(core_bits x)
{
#if CORE_LANES == 1
    return x != 0;
#elif CORE_LANES == 4 && defined(__AVX2__)
    core_bits zero = (core_bits)(x == 0);
    return (unsigned)_mm256_movemask_pd((__m256d)zero) ^ 15;
#else
    unsigned set = 0;
    for (unsigned k = 0; k < CORE_LANES; k++) set |= (unsigned)(x[k] != 0) << k;
    return set;
#endif
}

/* Some bits of two numbers trade places. */
#define CORE_TRADE(type, i, j, shift, mask)                                                                                    \
    do {                                                                                                                       \
        type t = (x[i] >> (shift) ^ x[j]) & UINT64_C(mask);                                                                    \
        x[j] ^= t;                                                                                                             \
        x[i] ^= t << (shift);                                                                                                  \
    } while (0)

static CORE_INLINE core_bits core_get(const uint64_t *masks)
{
    core_bits x;
    memcpy(&x, masks, sizeof x);
    return x;
}

static CORE_INLINE void core_set(uint64_t *masks, core_bits x)
{
    memcpy(masks, &x, sizeof x);
}

/* Row `at` of a block are the masks of windows i and on, by the distances of fields. An address of its own: compilers would
 * keep one of each field, more than there are registers. */
static CORE_INLINE char *core_row(core_block *b, unsigned i)
{
    char *at = (char *)b + sizeof *b->letter * i;
#ifdef __GNUC__
    __asm__("" : "+r"(at));
#endif
    return at;
}
#define CORE_FIELD(at, field) ((uint64_t *)(void *)((at) + offsetof(core_block, field)))

#endif
