/* Building the lexicon section and normalizing forms: for the model compiler and tests. */
#ifndef ERZ_LEXICON_BUILD_H
#define ERZ_LEXICON_BUILD_H

#include <stddef.h>

#include "erz/error.h"
#include "erz/lexicon.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct erz_lexicon_builder erz_lexicon_builder;

erz_status erz_lexicon_builder_new(erz_lexicon_builder **out, erz_error *err);
void erz_lexicon_builder_free(erz_lexicon_builder *builder);
/* Add an entry of n tokens (tokens as they stand in text; they are normalized for the mode here). cls NULL: only make the
 * symbols known (n == 1). value and flags: NUL-terminated. Entries already there are kept once. */
erz_status erz_lexicon_builder_add(erz_lexicon_builder *builder, const char *cls, erz_match_mode mode,
                                   const char *const *tokens, const size_t *lens, size_t n, const char *value,
                                   const char *flags, erz_error *err);
/* Make the section: *data (malloc'ed, the caller frees it). The bytes depend on the set of entries only, not on their order. */
erz_status erz_lexicon_builder_finish(erz_lexicon_builder *builder, void **data, size_t *len, erz_error *err);

/* Open a section (8-byte aligned, borrowed). Checks all offsets. */
erz_status erz_lexicon_open(const void *data, size_t len, erz_lexicon **out, erz_error *err);
void erz_lexicon_close(erz_lexicon *lexicon);

/* Normal form: NFC without default-ignorable characters, apostrophes and hyphens as in ASCII; fold: its lower case.
 * Return the length written to out (room for 4 * len + 4 bytes), or (size_t)-1 when ICU fails. */
size_t erz_form_normalize(const char *form, size_t len, char *out, size_t cap);
size_t erz_form_fold(const char *normal, size_t len, char *out, size_t cap);

#ifdef __cplusplus
}
#endif
#endif
