/* Inside the lexicon: opening the section and building it. */
#ifndef ERZ_LEXICON_INTERNAL_H
#define ERZ_LEXICON_INTERNAL_H
#include "erz/lexicon.h"
#include "erz/lexicon_build.h"
#include "format.h"

struct erz_lexicon {
    const lex_header *header;
    const lex_symbol *symbols; /* 1..nsymbols; [0] is unused */
    const lex_state *states;
    const lex_entry *entries;
    const uint32_t *symbol_table;
    const lex_edge *edge_table;
    const uint8_t *symbol_filter, *stem_filter, *tail_filter;
    const uint32_t *classes;
    const char *strings;
};

/* Symbol by the hash of its bytes, erz_hash(form, len, 0). */
uint32_t lexicon_symbol_hashed(const erz_lexicon *lexicon, erz_match_mode mode, uint64_t hash, const char *form, size_t len);
/* Symbols of forms with these hashes in exact and fold mode will be looked up: ask memory for what that reads, for all at once.
 */
enum { LEXICON_TOGETHER = 16 };
void lexicon_expect(const erz_lexicon *lexicon, const uint64_t (*hash)[2], size_t n);
/* May the stem of this lower-case word be a symbol? False: certainly not. */
bool lexicon_may_have_stem(const erz_lexicon *lexicon, const char *fold, size_t len);
#endif
