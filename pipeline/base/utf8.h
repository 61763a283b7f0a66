/* UTF-8 one code point at a time, for cold paths. */
#ifndef ERZ_BASE_UTF8_H
#define ERZ_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Decode the code point at s[0, len), len > 0. Returns its length in bytes, or 0 when s does not begin with well-formed UTF-8
 * (Unicode table 3-7: no surrogates, no overlong forms, at most U+10FFFF). */
size_t erz_utf8_decode(const char *s, size_t len, uint32_t *cp);
/* Length of the code point that begins at s in valid UTF-8. */
static inline size_t erz_utf8_len(char lead)
{
    unsigned char c = (unsigned char)lead;
    return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}
/* Length of the longest valid prefix of s[0, len). */
size_t erz_utf8_valid(const char *s, size_t len);
/* Bytes written to out (room for 4). */
size_t erz_utf8_encode(uint32_t cp, char *out);

#endif
