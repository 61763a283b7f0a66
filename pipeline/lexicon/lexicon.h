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
    const uint8_t *stem_filter;
    const uint32_t *classes;
    const char *strings;
};
#endif
