/* UTF-16, UTF-32 and other encodings in which a line feed is not the byte 0x0A, as a stream of UTF-8. */
#ifndef ERZ_INPUT_WIDE_H
#define ERZ_INPUT_WIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "erz/error.h"
#include "tar.h"

typedef struct input_wide input_wide;

/* Is this such an encoding? NULL: false. */
bool input_wide_named(const char *encoding);
/* *wide is made when it is NULL, else used again. */
erz_status input_wide_begin(input_wide **wide, const char *encoding, erz_error *err);
void input_wide_end(input_wide *wide); /* NULL is allowed, here and below */
void input_wide_free(input_wide *wide);
bool input_wide_active(const input_wide *wide);
/* Read from `read` and convert; cap >= 64. */
erz_status input_wide_read(input_wide *wide, input_read_fn *read, void *context, char *to, size_t cap, size_t *got,
                           erz_error *err);

#endif
