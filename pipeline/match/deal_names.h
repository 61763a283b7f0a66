/* Companies that the tagger did not know, named by rules (`type company`) and by compounds with a deal's noun. */
#ifndef ERZ_MATCH_DEAL_NAMES_H
#define ERZ_MATCH_DEAL_NAMES_H

#include "rules.h"

typedef struct deal_names {
    uint32_t tails;  /* atom of $name_tail; UINT32_MAX: none */
    uint32_t no;     /* of $name_no: words that are no names */
    uint64_t common; /* masks of the lexicon's classes */
    uint64_t barred;
    size_t first; /* mentions found in this text: from here on */
} deal_names;

void deal_names_bind(deal_names *names, const rule_image *image, const erz_lexicon *lexicon);
/* Compounds of the row's sentence: adds mentions. */
erz_status deal_names_compounds(const deal_names *names, rule_words *words, erz_text *text, const rule_row *row,
                                erz_error *err);
/* A match of a rule with `type company`: adds its argument `name`. */
erz_status deal_names_take(const deal_names *names, erz_text *text, const rule_row *row, const rule_hit *hit, erz_error *err);
/* The same names elsewhere in the text. */
erz_status deal_names_spread(const deal_names *names, erz_text *text, erz_error *err);

#endif
