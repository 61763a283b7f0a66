/* The matchers, in the order in which they run over a text. One of each a thread; the model is borrowed and must outlive them.
 */
#ifndef ERZ_MATCH_H
#define ERZ_MATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "erz/error.h"
#include "erz/mention.h"
#include "erz/model.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Money and percentages: adds ERZ_MONEY and ERZ_PERCENT mentions in the order of the text. docs/quantities.md */
typedef struct erz_quantities erz_quantities;
erz_status erz_quantities_new(const erz_model *model, erz_quantities **out, erz_error *err);
void erz_quantities_free(erz_quantities *quantities);
erz_status erz_quantities_find(erz_quantities *quantities, erz_text *text, erz_error *err);

/* Companies: adds ERZ_COMPANY mentions in the order of the text; needs the quantities. docs/companies.md */
typedef struct erz_companies erz_companies;
erz_status erz_companies_new(const erz_model *model, erz_companies **out, erz_error *err);
void erz_companies_free(erz_companies *companies);
erz_status erz_companies_find(erz_companies *companies, erz_text *text, erz_error *err);
/* A hint, once the text's words are known: what companies know of them is fetched from memory while other stages run. */
void erz_companies_ask(const erz_companies *companies, const erz_text *text);

/* Rules (deals and the user's own): adds ERZ_DEAL and ERZ_USER mentions; needs quantities and companies. docs/rules.md */
typedef struct erz_rules erz_rules;
erz_status erz_rules_new(const erz_model *model, erz_rules **out, erz_error *err);
void erz_rules_free(erz_rules *rules);
erz_status erz_rules_find(erz_rules *rules, erz_text *text, erz_error *err);
/* Add the rules of a text (file: its name in messages; both are copied). Errors: ERZ_E_RULE with file, line, column and source
 * line. Their records come out with those of the model's rules. */
erz_status erz_rules_add(erz_rules *rules, const char *file, const char *text, size_t len, erz_error *err);
/* From now on keep, for the text last searched, a line for each match: sentence, rule, its place, the words, the arguments. */
void erz_rules_explain(erz_rules *rules);
const char *erz_rules_explained(erz_rules *rules, size_t *len); /* borrowed; NULL when len is 0 */

typedef struct erz_rule_profile {
    const char *name;
    uint64_t tried, matched, limited, ns; /* sentences tried, matches, times a limit was hit, nanoseconds */
} erz_rule_profile;
/* From now on take the time of each pattern. */
void erz_rules_time(erz_rules *rules);
/* What pattern i did so far; false: there are no more. */
bool erz_rules_profile(const erz_rules *rules, size_t i, erz_rule_profile *out);

#ifdef __cplusplus
}
#endif
#endif
