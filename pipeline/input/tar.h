/* Entries of a tar archive (ustar, pax, GNU) as a stream. */
#ifndef ERZ_INPUT_TAR_H
#define ERZ_INPUT_TAR_H

#include <stdbool.h>
#include <stddef.h>

#include "erz/error.h"
#include "sniff.h"

typedef erz_status input_read_fn(void *context, char *to, size_t cap, size_t *got, erz_error *err);
typedef struct input_tar input_tar;

/* *tar is made when it is NULL, else used again. */
erz_status input_tar_begin(input_tar **tar, input_read_fn *read, void *context, erz_error *err);
void input_tar_end(input_tar *tar); /* NULL is allowed, here and below */
void input_tar_free(input_tar *tar);
bool input_tar_active(const input_tar *tar);
/* Go to the next regular file; *name is valid until the next call. ERZ_END after the last, ERZ_E_INPUT: damaged or cut off. */
erz_status input_tar_next(input_tar *tar, const char **name, erz_error *err);
/* Is only a part of the entry's file here, or the file without its holes? */
bool input_tar_sparse(const input_tar *tar);
/* What the entry holds, as input_sniff() tells; */
erz_status input_tar_look(input_tar *tar, bool nul, sniff_kind *kind, size_t *bom, erz_error *err);
void input_tar_skip(input_tar *tar, size_t n); /* of the bytes looked at */
erz_status input_tar_read(input_tar *tar, char *to, size_t cap, size_t *got, erz_error *err);

#endif
