/* One gzip member, by ISA-L where it is fast (x86-64), else by zlib; a test compares the two. */
#ifndef ERZ_INPUT_CODEC_GZIP_H
#define ERZ_INPUT_CODEC_GZIP_H

#include <stddef.h>

typedef enum codec_step { STEP_OK, STEP_END, STEP_BAD, STEP_CUT, STEP_MEMORY } codec_step;
typedef struct codec_gzip codec_gzip;

codec_gzip *codec_gzip_new(void);     /* NULL: out of memory */
void codec_gzip_free(codec_gzip *gz); /* NULL is allowed */
/* Decode from in[0, *len) (set to what was used) to out[0, *cap) (set to what was made). STEP_END: the member is whole and its
 * checksum right; STEP_BAD: damaged, and all that was made before has been given. */
codec_step codec_gzip_decode(codec_gzip *gz, const char *in, size_t *len, char *out, size_t *cap);

#endif
