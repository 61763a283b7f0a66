/* The word table's own types, for its two files. */
#ifndef ERZ_LEXICON_WORDS_H
#define ERZ_LEXICON_WORDS_H

#include "base/arena.h"
#include "base/buf.h"
#include "erz/stem.h"
#include "lexicon.h"

typedef struct cold {
    const char *normal, *fold;
    uint32_t normal_len, fold_len;
} cold;

/* What identifies a token, in 16 bytes: of up to 15 bytes the bytes themselves, length and class in the last byte; else 120
 * bits of hashes over its bytes, and its class. A look at the form would cost two cache misses more, for words that are rare as
 * a rule. */
typedef struct key {
    uint64_t lo, hi;
} key;

enum { SHORT = 15, LINE_WORDS = 3 };
_Static_assert(ERZ_TOKEN_CLASSES <= 16, "a class takes four bits of a key");

/* A cache line of the table: it answers a probe for nearly every token without a look at the word. */
typedef struct line {
    _Alignas(64) key keys[LINE_WORDS];
    uint32_t index[LINE_WORDS]; /* in words, plus 1; 0: empty; with WORDS_MET and bits at WORDS_BITS */
} line;

struct erz_words {
    const erz_lexicon *lexicon;
    erz_stemmer *stemmer;
    erz_arena *strings;
    erz_word *words;
    size_t cap_words;
    cold *colds;
    size_t cap_colds;
    uint32_t *rules;
    size_t cap_rules;
    line *lines;
    size_t nlines, n, limit;
    const void *rules_owner;
    uint64_t rules_version;
    uint64_t generation;
    uint32_t *moved; /* by word before the last trim: where it is now, plus 1; 0: dropped */
    size_t nmoved, cap_moved;
    uint8_t *bits; /* by block of tokens of the text mapped last */
    size_t cap_bits;
    erz_buf scratch;
};

enum { WORDS_ARENA_BLOCK = 1 << 16 };
/* Of a line's index, where a probe looks anyway: a text had the word again since it was added or kept; what was told of it. */
#define WORDS_MET (UINT32_C(1) << 31)
enum { WORDS_BITS = 29, WORDS_TOLD = 3 };
#define WORDS_INDEX ((UINT32_C(1) << WORDS_BITS) - 1)

/* Enter the word with this index, which has its form, into the lines; told: as in a line's index. */
void words_enter(erz_words *w, uint32_t index, uint32_t told);
/* Its place there. */
static inline uint32_t *words_place(const erz_words *w, uint32_t index)
{
    uint32_t place = w->words[index].place;
    return &w->lines[place / 4].index[place % 4];
}
/* words_symbols.c: the stem of a word; the symbols of all words from this one on. false: memory is short. */
bool words_find_stem(erz_words *w, uint32_t index);
bool words_find_symbols(erz_words *w, uint32_t from);

#endif
