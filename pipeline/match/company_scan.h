/* Sixteen units' bytes at a time: bit k of the result tells of p[k]. Arrays of units have COMPANY_OVER readable bytes behind.
 */
#ifndef ERZ_MATCH_COMPANY_SCAN_H
#define ERZ_MATCH_COMPANY_SCAN_H

#include <stddef.h>
#include <stdint.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { SCAN_UNITS = 16, SCAN_ALL = 0xffff };

/* Which bytes are from..to? */
static inline unsigned scan_within(const uint8_t *p, uint8_t from, uint8_t to)
{
#if defined(__SSE2__)
    __m128i above = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)(const void *)p), _mm_set1_epi8((char)from));
    __m128i most = _mm_set1_epi8((char)(to - from));
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(above, most), above));
#else
    unsigned bits = 0;
    for (unsigned k = 0; k < SCAN_UNITS; k++) bits |= (unsigned)(p[k] >= from && p[k] <= to) << k;
    return bits;
#endif
}

static inline unsigned scan_equal(const uint8_t *p, uint8_t value)
{
#if defined(__SSE2__)
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)value)));
#else
    return scan_within(p, value, value);
#endif
}

static inline unsigned scan_bit(const uint8_t *p, uint8_t bit)
{
#if defined(__SSE2__)
    __m128i mask = _mm_set1_epi8((char)bit);
    return (unsigned)_mm_movemask_epi8(
        _mm_cmpeq_epi8(_mm_and_si128(_mm_loadu_si128((const __m128i *)(const void *)p), mask), mask));
#else
    unsigned bits = 0;
    for (unsigned k = 0; k < SCAN_UNITS; k++) bits |= (unsigned)((p[k] & bit) != 0) << k;
    return bits;
#endif
}

/* Where is a byte of p or q not 0, or one of r has a bit of mask? */
static inline unsigned scan_any(const uint8_t *p, const uint8_t *q, const uint8_t *r, uint8_t mask)
{
#if defined(__SSE2__)
    __m128i either =
        _mm_or_si128(_mm_loadu_si128((const __m128i *)(const void *)p), _mm_loadu_si128((const __m128i *)(const void *)q));
    __m128i third = _mm_and_si128(_mm_loadu_si128((const __m128i *)(const void *)r), _mm_set1_epi8((char)mask));
    __m128i none = _mm_cmpeq_epi8(_mm_or_si128(either, third), _mm_setzero_si128());
    return (unsigned)_mm_movemask_epi8(none) ^ SCAN_ALL;
#else
    unsigned bits = 0;
    for (unsigned k = 0; k < SCAN_UNITS; k++) bits |= (unsigned)((p[k] | q[k] | (r[k] & mask)) != 0) << k;
    return bits;
#endif
}

/* Of the units from i on, those before n. */
static inline unsigned scan_before(unsigned bits, size_t i, size_t n)
{
    return n - i >= SCAN_UNITS ? bits : bits & ((1U << (n - i)) - 1);
}

#endif
