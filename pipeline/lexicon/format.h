/* Layout of the model's section "lexicon". All numbers are little-endian; offsets count from the section's start.
 *
 * Forms are sequences of symbols; a symbol is a string in one match mode. States are the nodes of a trie over symbols: state
 * `root` of a symbol is the node after it alone, edges lead on. Entries hang on states. */
#ifndef ERZ_LEXICON_FORMAT_H
#define ERZ_LEXICON_FORMAT_H

#include <stdint.h>

typedef struct lex_header {
    uint32_t nclasses, nsymbols, nstates, nentries;
    uint32_t symbol_slots, edge_slots; /* powers of two */
    uint32_t classes, symbols, states, entries, symbol_table, edge_table, symbol_filter, stem_filter, tail_filter,
        strings; /* offsets */
    uint32_t strings_len;
} lex_header;

/* Two in a cache line: what a look-up of one word needs stands in one place. */
typedef struct lex_symbol {
    uint64_t classes; /* of its one-token entries */
    uint32_t string;  /* offset in strings; NUL-terminated */
    uint32_t len;
    uint32_t root;      /* state after this symbol alone, 0: none; */
    uint32_t first;     /* its entries, as in lex_state */
    uint16_t n;         /* of them */
    uint16_t starts;    /* lex_follower() of each symbol that an edge from root carries */
    uint16_t continues; /* its own, if an edge carries it */
    uint8_t mode;
    uint8_t dotted; /* ends in a full stop */
} lex_symbol;
_Static_assert(sizeof(lex_symbol) == 32, "two symbols a cache line");

/* One of 16 bits for a symbol: most words that cannot follow another one are told by it. */
static inline uint16_t lex_follower(uint32_t symbol)
{
    return (uint16_t)(1U << (symbol * UINT32_C(0x9e3779b1) >> 28));
}

typedef struct lex_state {
    uint32_t first, n; /* entries */
} lex_state;

typedef struct lex_entry {
    uint32_t value, flags; /* offsets in strings */
    uint32_t cls;
} lex_entry;

typedef struct lex_edge {
    uint32_t from, symbol, to, pad; /* to 0: empty slot */
} lex_edge;

/* Three bit sets turn most words of running text away before a table is touched.
 *
 * symbol_filter: a bit for each symbol's bytes and mode. stem_filter: a bit for each stem-mode symbol's prefix hash. Snowball's
 * German stems are prefixes of the lower-case word without umlauts, shorter by at most LEX_STEM_SUFFIX bytes, so a word can
 * have a symbol in stem mode only if the running hash over its folded bytes meets a set bit at one of its last positions.
 * tail_filter: a bit for the running hash, from the last byte to the first, over each lower-case form of a one-token entry:
 * which ends of a compound may be one. */
enum {
    LEX_SYMBOL_FILTER_BITS = 1 << 20,
    LEX_STEM_FILTER_BITS = 1 << 18,
    LEX_TAIL_FILTER_BITS = LEX_STEM_FILTER_BITS,
    LEX_STEM_SUFFIX = 16
};

/* Hash of a symbol from the hash of its bytes, erz_hash(bytes, len, 0). */
static inline uint64_t lex_symbol_hash(uint64_t hash, unsigned mode)
{
    return hash + mode * UINT64_C(0x9e3779b97f4a7c15);
}

/* Bit of symbol_filter, from the hash of the bytes: those of all modes stand in one byte, as most words are asked for in two.
 */
static inline uint32_t lex_symbol_bit(uint64_t hash, unsigned mode)
{
    return ((uint32_t)(hash >> 40) & (LEX_SYMBOL_FILTER_BITS - 1)) ^ mode;
}

enum { LEX_PREFIX_SEED = 2166136261U };

static inline uint32_t lex_prefix_step(uint32_t hash, unsigned char byte)
{
    return (hash ^ byte) * 16777619U;
}

static inline uint32_t lex_prefix_bit(uint32_t hash)
{
    return (hash ^ hash >> 15) & (LEX_STEM_FILTER_BITS - 1);
}

#endif
