/* Layout of the model's section "lexicon". All numbers are little-endian; offsets count from the section's start.
 *
 * Forms are sequences of symbols; a symbol is a string in one match mode. States are the nodes of a trie over symbols: state
 * `root` of a symbol is the node after it alone, edges lead on. Entries hang on states. */
#ifndef ERZ_LEXICON_FORMAT_H
#define ERZ_LEXICON_FORMAT_H

#include <stdint.h>

typedef struct lex_header {
    uint32_t nclasses, nsymbols, nstates, nentries;
    uint32_t symbol_slots, edge_slots;                                                          /* powers of two */
    uint32_t classes, symbols, states, entries, symbol_table, edge_table, stem_filter, strings; /* offsets */
    uint32_t strings_len;
    uint32_t use_stem_filter;
} lex_header;

typedef struct lex_symbol {
    uint64_t classes; /* of its one-token entries */
    uint32_t string;  /* offset in strings; NUL-terminated */
    uint32_t len;
    uint32_t root; /* state after this symbol alone, 0: none */
    uint8_t mode;
    uint8_t starts; /* an edge leaves root */
    uint16_t pad;
} lex_symbol;

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

/* A bit for each hash of the first three bytes of a stem: words whose lower case, without umlauts, begins otherwise have no
 * symbol in stem mode, since Snowball's German stems are prefixes of the word so folded. */
enum { LEX_STEM_FILTER_BITS = 1 << 15, LEX_STEM_PREFIX = 3 };

uint32_t lex_stem_prefix_hash(const unsigned char *prefix);
/* First three bytes of the lower-case word with umlauts and sharp s folded as the stemmer does; false: shorter. */
_Bool lex_stem_prefix(const char *fold, uint32_t len, unsigned char prefix[LEX_STEM_PREFIX]);

#endif
