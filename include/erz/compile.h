/* The model compiler: what a module does at build time. Each module that has sources under models/de gives a compile function;
 * it adds words to the lexicon and sections of its own. */
#ifndef ERZ_COMPILE_H
#define ERZ_COMPILE_H

#include <stddef.h>
#include <stdio.h>

#include "erz/error.h"
#include "erz/lexicon.h"
#include "erz/model.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct erz_builder erz_builder;

/* Directory of the sources. */
const char *erz_builder_dir(const erz_builder *builder);
/* Read a source file whole: *data is malloc'ed, NUL-terminated (the caller frees it). */
erz_status erz_source_read(const char *path, char **data, size_t *len, erz_error *err);
/* Add a form (tokenized here) to the lexicon. cls NULL: make its symbols known only (for literals of rules). */
erz_status erz_builder_word(erz_builder *builder, const char *cls, erz_match_mode mode, const char *form, size_t len,
                            const char *value, const char *flags, erz_error *err);
/* Add a section (copied); name of at most 15 bytes. */
erz_status erz_builder_section(erz_builder *builder, const char *name, const void *data, size_t len, erz_error *err);

/* The modules' compile functions, called in this order after the word lists were read. */
erz_status erz_quantities_compile(erz_builder *builder, erz_error *err);
erz_status erz_companies_compile(erz_builder *builder, erz_error *err);
erz_status erz_rules_compile(erz_builder *builder, erz_error *err);

/* Readable contents of the modules' sections. */
erz_status erz_lexicon_dump(const erz_lexicon *lexicon, FILE *out);
erz_status erz_quantities_dump(const erz_model *model, FILE *out);
erz_status erz_companies_dump(const erz_model *model, FILE *out);
erz_status erz_rules_dump(const erz_model *model, FILE *out);

#ifdef __cplusplus
}
#endif
#endif
