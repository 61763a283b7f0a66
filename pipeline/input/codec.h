/* Decompressors behind one interface, over ISA-L or zlib, libzstd, liblzma and libbz2. */
#ifndef ERZ_INPUT_CODEC_H
#define ERZ_INPUT_CODEC_H

#include <stddef.h>

#include "erz/error.h"
#include "sniff.h"

typedef struct input_codec input_codec;

/* kind: SNIFF_GZIP .. SNIFF_BZIP2. */
erz_status input_codec_new(sniff_kind kind, input_codec **out, erz_error *err);
void input_codec_free(input_codec *codec); /* NULL is allowed */
/* Decode from in[0, *len) (set to what was used) to out[0, *cap) (set to what was made). Members and frames that follow one
 * another are one stream; bytes behind the last that begin no other are left unused, and *done is set. eof: no more bytes will
 * come. ERZ_E_INPUT: the data is broken or ends too early; what was made before is good. */
erz_status input_codec_decode(input_codec *codec, const char *in, size_t *len, bool eof, char *out, size_t *cap, bool *done,
                              erz_error *err);
/* Where in the bytes of the last call a member or frame began; -1: nowhere. */
ptrdiff_t input_codec_began(const input_codec *codec);
/* Where in[0, len) a member or frame begins that can be read without those before; -1: nowhere. *keep: bytes at the end that
 * may begin one. */
ptrdiff_t input_codec_find(sniff_kind kind, const char *in, size_t len, bool eof, size_t *keep);

#endif
