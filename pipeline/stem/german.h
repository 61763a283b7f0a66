/* Snowball's German stemmer as of libstemmer 1.x and 2.x (german.sbl), for words of a-z, ä, ö, ü and ß. */
#ifndef ERZ_STEM_GERMAN_H
#define ERZ_STEM_GERMAN_H

#include <stdbool.h>
#include <stddef.h>

enum { GERMAN_STEM_ROOM = 64 };

/* Stem of a lower-case word into out[0, *stem_len); NUL-terminated. false: the word is too long or has other bytes. */
bool german_stem(const char *word, size_t len, char out[GERMAN_STEM_ROOM], size_t *stem_len);

#endif
