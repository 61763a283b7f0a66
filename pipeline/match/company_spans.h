#ifndef ERZ_MATCH_COMPANY_SPANS_H
#define ERZ_MATCH_COMPANY_SPANS_H

#include "match/company.h"

typedef struct company_span {
    uint32_t first, end; /* units */
    uint32_t name_end;   /* without the legal form */
    uint32_t name;       /* number in the document's names */
    float score;
    const char *legal; /* "" if none */
} company_span;

/* A name of the document: one for each spelling without genitive and legal form. */
typedef struct company_name {
    const char *text; /* in the text's arena or the model */
    uint32_t len, hash;
    const char *entity; /* canonical value of the lists, NULL if unlisted */
    uint32_t canonical; /* number of the name it stands for, or its own */
    bool use_entity;    /* the document uses several names of the entity */
    bool full;          /* it stands with a legal form somewhere */
} company_name;

/* company_acronyms.c: label `X` in `Name (X)` and wherever else it stands, when its letters come from the name. */
bool company_acronyms_label(company_state *c, const erz_text *text);

/* A function word, but not one of business language (Mindset AG). */
bool company_is_grammatical(const company_state *c, const erz_word *word);
/* Is the unit, in lower case, one of these words? The list ends with NULL. */
bool company_is_one_of(const company_state *c, erz_words *words, uint32_t i, const char *const *list);

/* company_reject.c: drop a name whose words say that it is a person's or a body's; is a word such a body's? */
void company_reject(company_state *c, erz_words *words, const company_span *span);
bool company_is_body(const company_state *c, erz_words *words, uint32_t unit);

/* company_extent.c: where the name begins and ends. */
void company_extent(company_state *c, erz_words *words, const company_span *span);

/* company_acronyms.c: clubs lose their labels; returns whether some did. */
bool company_associations_drop(company_state *c, const erz_text *text);

/* company_repair.c: labels that the document's other names correct. */
void company_repair(company_state *c, const erz_text *text);

/* company_genitive.c: the entry of the lists that the units [first, end) are the genitive of. */
bool company_genitive_entry(const company_state *c, const erz_word *array, size_t first, size_t end, erz_lexicon_entry *out);

/* company_beside.c: the trade of the entry of the lists that is the whole of the units [first, end), ambiguous or not; "":
 * none.
 */
const char *company_trade_of(const company_state *c, const erz_word *words, size_t first, size_t end, bool ambiguous);

/* company_names.c: name every span; then resolve short and other forms to the canonical ones. */
bool company_names_find(company_state *c, erz_text *text);
void company_names_resolve(company_state *c);
/* The name to write for a span. */
const char *company_names_value(const company_state *c, const company_span *span);

#endif
