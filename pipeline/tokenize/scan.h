/* The tokenizer's inner state: windows of 64 bytes as bit masks, and what rules change in them.
 *
 * Bit i of a window stands for the byte at `base + i`. A window begins with a token after a blank and ends before the last such
 * token in its 64 bytes, so that no token is in two windows and no mask flows from one to the next (core.h). Where a text does
 * not allow that, windows of fixed size overlap (long.c). A kernel classifies bytes; core.h finds boundaries and emits tokens;
 * the rules correct boundaries at events (dots, apostrophes, other scripts).
 */
#ifndef ERZ_TOKENIZE_SCAN_H
#define ERZ_TOKENIZE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "erz/lexicon.h"
#include "erz/token.h"

enum { ERZ_WINDOW = 60, ERZ_WINDOW_FIRST = 2, ERZ_WINDOW_END = 62 };
#define ERZ_WINDOW_MASK UINT64_C(0x3ffffffffffffffc)
#define ERZ_NOWHERE SIZE_MAX

/* What a kernel says about 64 bytes. A pair of bytes C3 xx is a letter (U+00C0-00FF but the signs of multiplication and
 * division) like an ASCII one; every other byte above 0x7F is `other`. */
typedef struct erz_masks {
    uint64_t letter;
    uint64_t upper; /* ASCII letter, or first byte of a pair */
    uint64_t lower; /* ASCII letter, or both bytes of a pair */
    uint64_t digit;
    uint64_t space;     /* 0x00-0x20 */
    uint64_t hyphen;    /* - */
    uint64_t dot_comma; /* . , */
    uint64_t wide;      /* non-ASCII */
    uint64_t other;     /* non-ASCII that is no pair */
    uint64_t event;     /* ASCII that rules look at: newline . ! ? : ; ' ` @ # & * + / = < > ^ _ $ % | ~ \ */
} erz_masks;

/* A token whose class and shape masks do not give: both are known, or the shape is worked out from its bytes. */
typedef struct erz_patch {
    uint32_t token;
    uint8_t cls;   /* erz_token_class, or PATCH_DESCRIBE */
    uint8_t fixed; /* the shape is ERZ_SHAPE_NON_ASCII or 0 (fixed - 1), 0: work it out */
} erz_patch;
enum { PATCH_DESCRIBE = 255, PATCH_FIXED_ASCII = 1, PATCH_FIXED_WIDE = 2 };

enum { ABBREVIATION_MAX = 16, ABBREVIATION_SLOTS = 1024, DOTTED_BITS = 1 << 16, ENDING_BITS = 1 << 16 };

/* What is known of a word before a full stop. */
typedef enum erz_dot_kind {
    DOT_PLAIN,   /* no abbreviation */
    DOT_NOBREAK, /* a sentence does not end after it */
    DOT_MAYBREAK,
    DOT_NUMBER, /* abbreviation before a number only */
    DOT_MONTH,
    DOT_WEEKDAY
} erz_dot_kind;

typedef struct abbreviation_slot {
    uint64_t key[2]; /* the word's bytes, zero-filled; all zero: empty */
    uint8_t kind;
} abbreviation_slot;

/* Words that the rules know, filled with zeros, in a hash table. */
enum { LIST_WORD = 16, KNOWN_BITS = 10, KNOWN_SLOTS = 1 << KNOWN_BITS };
enum {
    KNOWN_STARTER = 1 << 0, /* often begins a sentence and seldom follows an abbreviation: Der, Danach, ... */
    KNOWN_MONTH = 1 << 1,
    KNOWN_ORDINAL_CUE = 1 << 2,
    KNOWN_CARDINAL_CUE = 1 << 3
};
typedef struct known_words {
    uint64_t key[KNOWN_SLOTS][2];
    uint8_t flags[KNOWN_SLOTS];
} known_words;

typedef struct erz_scan {
    const uint8_t *text;
    size_t len;

    /* This window, open to rules. */
    size_t base;         /* position of bit 0 (may lie before the text: two less than 0) */
    uint64_t window;     /* bits worked on */
    uint64_t solid_bits; /* bytes of tokens; a token is a run of them */
    uint64_t cut_bits;   /* runs are cut before these bytes */
    uint64_t event_bits;
    uint64_t sentence_bits; /* a sentence begins with the first token here or later */
    bool sentence_due;      /* a sentence begins with the first token of the next window */
    /* What rules ask for in later windows of long.c; `pending` says that there is something. */
    bool pending;
    uint64_t next_cut, next_join, next_blank; /* in the bits of the next window */
    size_t no_boundary_until;                 /* inside a long token, its end; otherwise 0 */
    size_t no_event_until;
    size_t sentence_at; /* as sentence_bits, beyond this window; ERZ_NOWHERE: none */
    size_t joined_at;   /* where a rule last joined two characters */

    uint32_t nbegin, nend, nsent;
    size_t cap; /* of all arrays of tokens; a window has at most 64 */
    erz_tokens t;
    erz_patch *patches;
    size_t npatches, cap_patches;
    uint32_t patched; /* patches are of tokens before this one */

    const erz_lexicon *lexicon;
    uint8_t abbreviation_class;
    abbreviation_slot *abbreviations;
    const known_words *known;
    /* Words that the lexicon has with a dot behind: DOTTED_BITS bits, hashes of their last eight bytes (after a hyphen, slash
     * or dot). And ENDING_BITS bits, the last three letters of words that may be abbreviations without being listed. */
    uint64_t *dotted, *endings;
    size_t bad;  /* position of the first byte that is not UTF-8, or ERZ_NOWHERE */
    bool failed; /* memory is short */
} erz_scan;

/* One kernel: tokenizes s->text. */
typedef void erz_scan_function(erz_scan *s);
typedef struct erz_kernel {
    const char *name;
    bool (*usable)(void);
    erz_scan_function *scan;
    void (*classify)(const uint8_t bytes[64], erz_masks *masks); /* for tests */
} erz_kernel;

/* All kernels built in, best first. */
extern const erz_kernel erz_kernel_scalar;
extern const erz_kernel erz_kernel_ssse3;
extern const erz_kernel erz_kernel_avx2;
extern const erz_kernel erz_kernel_avx512;
extern const erz_kernel erz_kernel_neon;

/* What masks make of a window. */
typedef struct erz_runs {
    uint64_t run;       /* words, numbers, compounds */
    uint64_t separator; /* dot or comma between digits */
    uint64_t inner_hyphen, first_hyphen;
    uint64_t events;
} erz_runs;

static inline __attribute__((always_inline)) void erz_scan_runs(const erz_masks *m, erz_runs *r)
{
    uint64_t word = m->letter | m->digit, before = word << 1, after = word >> 1;
    uint64_t between_digits = m->digit << 1 & m->digit >> 1, many = m->hyphen & m->hyphen >> 1;
    uint64_t last_hyphen = m->hyphen & before & ~after & ~many;
    r->separator = m->dot_comma & between_digits;
    r->inner_hyphen = m->hyphen & before & after & ~between_digits;
    r->first_hyphen = m->hyphen & ~before & m->letter >> 1 & ~(m->hyphen << 1);
    r->run = word | r->separator | r->inner_hyphen | last_hyphen | r->first_hyphen;
    uint64_t mixed = (m->digit & m->letter << 1) | (m->letter & m->digit << 1);
    r->events = (m->event & ~r->separator) | m->other | mixed | many | (last_hyphen & m->digit << 1);
}

/* Where tokens begin and have ended, by the masks as they are now. */
static inline uint64_t erz_scan_begins(const erz_scan *s)
{
    return s->solid_bits & (s->cut_bits | ~(s->solid_bits << 1));
}

static inline uint64_t erz_scan_ends(const erz_scan *s)
{
    return s->solid_bits << 1 & (s->cut_bits | ~s->solid_bits);
}

/* Which bit of `dotted` a word has: by its last eight bytes, the last byte highest, zeros before a shorter word. */
static inline unsigned erz_scan_dotted_bit(uint64_t last_bytes)
{
    return (unsigned)(last_bytes * UINT64_C(0xd6e8feb86659fd93) >> 48);
}
/* Which bit of `endings` a word of n bytes has. */
static inline unsigned erz_scan_ending_bit(uint64_t last_bytes, unsigned n)
{
#ifdef __BMI2__
    uint64_t letters = __builtin_ia32_pext_di(last_bytes, UINT64_C(0x1f1f1f) << 40);
#else
    uint64_t letters = (last_bytes >> 40 & 31) | (last_bytes >> 48 & 31) << 5 | (last_bytes >> 56 & 31) << 10;
#endif
    return (unsigned)letters | (unsigned)(n <= 5) << 15;
}
/* a e i o u y, by their lowest five bits */
#define ERZ_VOWELS (1U << 1 | 1U << 5 | 1U << 9 | 1U << 15 | 1U << 21 | 1U << 25)
/* Fill `dotted` and `endings`. */
void erz_scan_learn_abbreviations(erz_scan *s);
/* Room for the tokens of more windows: 4096. */
bool erz_scan_grow(erz_scan *s);
static inline bool erz_scan_room(erz_scan *s)
{
    return s->nbegin + 4096U <= s->cap || erz_scan_grow(s);
}
/* What rules asked for in later windows is void. */
static inline void erz_scan_forget(erz_scan *s)
{
    s->next_cut = s->next_join = s->next_blank = 0;
    s->no_boundary_until = s->no_event_until = 0;
    s->sentence_at = ERZ_NOWHERE;
    s->pending = false;
}
/* Work on the text from pos (a token behind a blank) up to another such position, which is returned, or the end. */
size_t erz_scan_long(erz_scan *s, size_t pos);
/* Rules: the event at bit `bit` of the window (the lowest one left in event_bits, already taken out). */
void erz_scan_event(erz_scan *s, unsigned bit);
/* The next sentence begins with the first token at or after pos. */
void erz_scan_sentence(erz_scan *s, size_t pos);
/* A sentence begins with this token (again, perhaps). */
static inline void erz_scan_open_sentence(erz_scan *s, uint32_t token)
{
    if (s->nsent > 0 && s->t.sent[s->nsent - 1] == token) return;
    s->t.sent[s->nsent++] = token;
}

#endif
