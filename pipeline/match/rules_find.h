/* What the rules keep over texts. */
#ifndef ERZ_MATCH_RULES_FIND_H
#define ERZ_MATCH_RULES_FIND_H

#include "deal.h"
#include "deal_names.h"
#include "rules.h"

enum { MAX_USER_FILES = 16 };

/* RULE_SEE_... in a byte. */
enum {
    SEE_NEEDED = RULE_SEE_NEEDED >> RULE_SEE_SHIFT,
    SEE_COMPANIES = RULE_SEE_COMPANIES >> RULE_SEE_SHIFT,
    SEE_COMPOUND = RULE_SEE_COMPOUND >> RULE_SEE_SHIFT,
    SEE_COMPANY_NAMES = RULE_SEE_COMPANY_NAMES >> RULE_SEE_SHIFT,
    SEE_ANY = RULE_SEE_ANY >> RULE_SEE_SHIFT,
    SEE_COMPANY = RULE_SEE_COMPANY >> RULE_SEE_SHIFT,
    SEE_NAMES = RULE_SEE_NAMES >> RULE_SEE_SHIFT,
    SEE_ALONE = SEE_ANY | SEE_NAMES | SEE_COMPOUND /* without a mention */
};

/* What is to be done in a sentence. */
enum { TRY = 1, TRY_WITH_COMPANY = 2, TRY_NAMES = 4, TRY_COMPOUND = 8 };

/* A sentence to be looked at; see: what its words trigger. */
typedef struct visit {
    uint32_t sent;
    uint8_t see, worth;
} visit;

struct erz_rules {
    const erz_model *model;
    rule_image model_image, user[MAX_USER_FILES];
    size_t nuser;
    rule_words *words;
    rule_engine *engine;
    rule_row row;
    rule_order *order;
    size_t cap_order;
    deal_finder deals;
    deal_names names;
    uint8_t *see; /* by word type: RULE_SEE_... >> RULE_SEE_SHIFT; one byte, as every token of every text needs it */
    size_t cap_see, nsee;
    bool relearned;      /* since the text was mapped: what its blocks were told is of other rules */
    uint64_t generation; /* of the word table that they belong to */
    visit *visits;
    size_t nvisits, cap_visits;
    uint64_t mention_triggers; /* bit of ATOM_COMPANY ...: such a mention makes a sentence worth a look, */
    uint64_t name_triggers;    /* to rules that name companies */
    uint8_t every;             /* TRY, TRY_NAMES: a regex rule looks at every sentence */
    bool explain;
    erz_buf explained;
};

#endif
