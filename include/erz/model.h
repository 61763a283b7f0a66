/* The compiled model: one file of named sections, mapped read-only and shared by all threads. */
#ifndef ERZ_MODEL_H
#define ERZ_MODEL_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "erz/error.h"
#include "erz/lexicon.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct erz_model erz_model;

/* Version of the file format; a model of another one is refused. */
enum { ERZ_MODEL_VERSION = 4 };

/* Map and check a model: magic, version, byte order, sizes, checksum, stemmer. Errors: ERZ_E_OPEN, ERZ_E_MODEL, ERZ_E_MEMORY.
 */
erz_status erz_model_open(const char *path, erz_model **out, erz_error *err);
void erz_model_close(erz_model *model); /* NULL is allowed; nothing that borrows from it may be used afterwards */

/* Borrowed. */
const erz_lexicon *erz_model_lexicon(const erz_model *model);
/* Bytes of a section (aligned to 64), NULL if there is none. */
const void *erz_model_section(const erz_model *model, const char *name, size_t *len);
const char *erz_model_path(const erz_model *model);
/* Hexadecimal digest of the contents. */
const char *erz_model_digest(const erz_model *model);

/* Compile the text sources under dir (e.g. models/de) and write the model to path. The same sources give the same bytes. */
erz_status erz_model_build(const char *dir, const char *path, erz_error *err);
/* Write the sections, sizes, versions (info) or the readable contents of a section (dump; NULL: all) to out. */
erz_status erz_model_info(const erz_model *model, FILE *out, erz_error *err);
erz_status erz_model_dump(const erz_model *model, const char *section, FILE *out, erz_error *err);

#ifdef __cplusplus
}
#endif
#endif
