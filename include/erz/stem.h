/* German stems as libstemmer (Snowball) gives them. The word table caches them; this is the direct call. Words of a-z, ä, ö, ü
 * and ß take an implementation of our own, if it agrees with the libstemmer at hand; others take libstemmer. */
#ifndef ERZ_STEM_H
#define ERZ_STEM_H

#include <stddef.h>
#include <stdint.h>

#include "erz/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct erz_stemmer erz_stemmer; /* one a thread */

erz_status erz_stemmer_new(erz_stemmer **out, erz_error *err);
void erz_stemmer_free(erz_stemmer *stemmer);
/* Stem of a lower-case word; the result (len bytes, NUL-terminated) is valid until the next call. NULL: memory is short. */
const char *erz_stemmer_stem(erz_stemmer *stemmer, const char *word, size_t len, size_t *stem_len);
/* Fingerprint of the stemmer's behaviour on a fixed list of words: libstemmer has no version call, releases differ. 0: memory
 * is short. */
uint64_t erz_stemmer_fingerprint(erz_stemmer *stemmer);

#ifdef __cplusplus
}
#endif
#endif
