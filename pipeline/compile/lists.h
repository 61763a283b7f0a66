/* Word lists: models/de/lists/NAME.tsv. */
#ifndef ERZ_COMPILE_LISTS_H
#define ERZ_COMPILE_LISTS_H
#include "erz/compile.h"

/* Read all lists in the order of their names; only NULL: every class but none tokenized specially, else that class alone, its
 * forms taken as single tokens. */
erz_status lists_read(erz_builder *builder, const char *only, erz_error *err);
/* Add a form as one token, without tokenizing it. */
erz_status builder_abbreviation(erz_builder *builder, const char *cls, erz_match_mode mode, const char *form, size_t len,
                                const char *value, const char *flags, erz_error *err);
#endif
