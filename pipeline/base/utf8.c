#include "utf8.h"

#include <stdbool.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

size_t erz_utf8_decode(const char *s, size_t len, uint32_t *cp)
{
    const unsigned char *p = (const unsigned char *)s;
    uint32_t c = p[0];
    if (c < 0x80) {
        *cp = c;
        return 1;
    }
    size_t n = c >= 0xc2 && c < 0xe0 ? 2 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xf0 && c < 0xf5 ? 4 : 0;
    if (n == 0 || len < n) return 0;
    c &= 0x7fU >> n;
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xc0) != 0x80) return 0;
        c = c << 6 | (p[i] & 0x3fU);
    }
    if ((n == 3 && (c < 0x800 || (c >= 0xd800 && c < 0xe000))) || (n == 4 && (c < 0x10000 || c > 0x10ffff))) return 0;
    *cp = c;
    return n;
}

/* Length of the longest valid prefix of s[0, len) from i on, where a code point begins, up to the first one at `upto` or behind
 * it; *good: nothing is wrong with it. */
static size_t valid_slowly(const char *s, size_t i, size_t upto, size_t len, bool *good)
{
    while (i < upto) {
        uint64_t w;
        if (len - i >= 8 && (memcpy(&w, s + i, 8), (w & UINT64_C(0x8080808080808080)) == 0)) {
            i += 8;
            continue;
        }
        uint32_t cp;
        size_t n = erz_utf8_decode(s + i, len - i, &cp);
        if (n == 0) {
            *good = false;
            return i;
        }
        i += n;
    }
    return i;
}

#if defined(__SSE2__)
enum { BLOCK = 64, LANES = 16 };

/* Bytes of a block, a bit each: 80-BF, 80-FF, E0-FF; odd: there are some that do not fix what may follow (E0, ED, F0-F4) or are
 * in no valid text. */
typedef struct block_bits {
    uint64_t next, high, three;
    bool odd;
} block_bits;

static inline block_bits bits_of(const char *p)
{
    block_bits b = {0};
    __m128i odd = _mm_setzero_si128();
    for (int k = 0; k < BLOCK; k += LANES) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + k));
        b.high |= (uint64_t)(unsigned)_mm_movemask_epi8(v) << k;
        b.next |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(v, _mm_set1_epi8((char)0xc0))) << k;
        b.three |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(v, _mm_set1_epi8((char)0xe0)), v)) << k;
        odd = _mm_or_si128(odd, _mm_cmpeq_epi8(_mm_max_epu8(v, _mm_set1_epi8((char)0xf0)), v));
        odd = _mm_or_si128(odd, _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xe0)));
        odd = _mm_or_si128(odd, _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xed)));
        odd = _mm_or_si128(odd, _mm_cmpeq_epi8(_mm_and_si128(v, _mm_set1_epi8((char)0xfe)), _mm_set1_epi8((char)0xc0)));
    }
    b.odd = _mm_movemask_epi8(odd) != 0;
    return b;
}

/* Does a block hold nothing but code points of one to three bytes, all valid? *due: bits of the bytes at its begin that go on
 * with a code point, then those at the begin of the next. */
static inline bool block_is_plain(const char *p, uint64_t *due)
{
    const block_bits b = bits_of(p);
    const uint64_t first = b.high & ~b.next, three = first & b.three, want = first << 1 | three << 2 | *due;
    *due = first >> (BLOCK - 1) | three >> (BLOCK - 2);
    return !b.odd && b.next == want;
}

/* The last code point's begin at i or before it. */
static size_t begin_before(const char *s, size_t i)
{
    while (i > 0 && ((unsigned char)s[i] & 0xc0) == 0x80) i--;
    return i;
}

/* All of a text's end of less than a block? */
static bool end_is_plain(const char *p, size_t n, uint64_t due)
{
    char last[BLOCK] = {0};
    if (n > 0) memcpy(last, p, n);
    return block_is_plain(last, &due) && due == 0;
}

size_t erz_utf8_valid(const char *s, size_t len)
{
    uint64_t due = 0;
    bool good = true;
    size_t i = 0;
    while (len - i >= BLOCK && good) {
        const uint64_t before = due;
        const bool plain = block_is_plain(s + i, &due);
        if (!plain) {
            i = valid_slowly(s, before != 0 ? begin_before(s, i - 1) : i, i + BLOCK, len, &good);
            due = 0;
        } else {
            i += BLOCK;
        }
    }
    if (!good) return i;
    if (end_is_plain(s + i, len - i, due)) return len;
    return valid_slowly(s, due != 0 ? begin_before(s, i - 1) : i, len, len, &good);
}
#else
size_t erz_utf8_valid(const char *s, size_t len)
{
    bool good = true;
    return valid_slowly(s, 0, len, len, &good);
}
#endif

size_t erz_utf8_encode(uint32_t cp, char *out)
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    size_t n = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, cp >>= 6) out[i] = (char)(0x80 | (cp & 0x3f));
    out[0] = (char)((0xf00U >> n & 0xffU) | cp);
    return n;
}
