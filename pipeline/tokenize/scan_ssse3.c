/* SSSE3 kernel: the first x86 byte shuffle. */
#if defined(__x86_64__)
#include <tmmintrin.h>

#define CORE_LANES 2
#include "block.h"
#include "planes.h"

static inline __attribute__((always_inline)) __m128i load(const uint8_t *bytes)
{
    return _mm_loadu_si128((const __m128i *)(const void *)bytes);
}

static inline __attribute__((always_inline)) uint64_t blanks_of(const uint8_t *bytes)
{
    uint64_t bits;
    __m128i c = load(bytes);
    c = _mm_cmpeq_epi8(_mm_min_epu8(c, _mm_set1_epi8(' ')), c);
    __asm__("pmovmskb %1, %k0" : "=r"(bits) : "x"(c)); /* after the intrinsic GCC clears the upper half once more */
    return bits;
}

static inline __attribute__((always_inline)) uint64_t blanks(const uint8_t *bytes)
{
    return blanks_of(bytes) | blanks_of(bytes + 16) << 16 | blanks_of(bytes + 32) << 32 | blanks_of(bytes + 48) << 48;
}

/* 16 bytes, one of each eight beside that of the other eight. */
static inline __attribute__((always_inline)) __m128i load_pairs(const uint8_t *bytes)
{
    return _mm_shuffle_epi8(load(bytes), _mm_setr_epi8(0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15));
}

/* Numbers of 32 bits at even places of both, at odd places. */
#define EVEN(a, b) _mm_castps_si128(_mm_shuffle_ps(_mm_castsi128_ps(a), _mm_castsi128_ps(b), 0x88))
#define ODD(a, b) _mm_castps_si128(_mm_shuffle_ps(_mm_castsi128_ps(a), _mm_castsi128_ps(b), 0xdd))
#define BITS(v) ((core_bits)(v))
#define VECTOR(x) ((__m128i)(x))

/* Numbers of 32 bits hold the bytes at 0, 8, 16, 24, at 1, 9 and so on, in the end bits of them: planes 0 4 2 6 and 1 5 3 7. */
static inline __attribute__((always_inline)) void half(const uint8_t *bytes, uint64_t *first, uint64_t *second)
{
    __m128i even = load_pairs(bytes), odd = load_pairs(bytes + 16);
    core_bits x[2] = {BITS(_mm_unpacklo_epi16(even, odd)), BITS(_mm_unpackhi_epi16(even, odd))}; /* 0123 4567 */
    CORE_TRADE(core_bits, 0, 1, 4, 0x0f0f0f0f0f0f0f0f);
    even = _mm_unpacklo_epi64(VECTOR(x[0]), VECTOR(x[1])), odd = _mm_unpackhi_epi64(VECTOR(x[0]), VECTOR(x[1]));
    x[0] = BITS(even), x[1] = BITS(odd); /* 0145 2367 */
    CORE_TRADE(core_bits, 0, 1, 2, 0x3333333333333333);
    even = EVEN(VECTOR(x[0]), VECTOR(x[1])), odd = ODD(VECTOR(x[0]), VECTOR(x[1]));
    x[0] = BITS(even), x[1] = BITS(odd); /* 0426 1537 */
    CORE_TRADE(core_bits, 0, 1, 1, 0x5555555555555555);
    core_set(first, x[0]);
    core_set(second, x[1]);
}

static inline __attribute__((always_inline)) void classify(const uint8_t *bytes, core_block *b, unsigned i)
{
    half(bytes, b->planes[i], b->planes[i] + 4);
    half(bytes + 32, b->planes[i] + 2, b->planes[i] + 6);
}

/* Planes k, k + 2, k + 4, k + 6 of two windows. */
static inline __attribute__((always_inline)) void four_planes(const core_block *b, unsigned i, unsigned k, core_bits *plane)
{
    const uint64_t *first = b->planes[i] + 4 * k, *second = b->planes[i + 1] + 4 * k;
    __m128i low = VECTOR(core_get(first)), high = VECTOR(core_get(first + 2));
    __m128i x[2] = {_mm_unpacklo_epi32(low, high), _mm_unpackhi_epi32(low, high)};
    low = VECTOR(core_get(second)), high = VECTOR(core_get(second + 2));
    __m128i y[2] = {_mm_unpacklo_epi32(low, high), _mm_unpackhi_epi32(low, high)};
    plane[k] = BITS(_mm_unpacklo_epi64(x[0], y[0]));
    plane[k + 4] = BITS(_mm_unpackhi_epi64(x[0], y[0]));
    plane[k + 2] = BITS(_mm_unpacklo_epi64(x[1], y[1]));
    plane[k + 6] = BITS(_mm_unpackhi_epi64(x[1], y[1]));
}

static CORE_INLINE void planes_of(const core_block *b, unsigned i, core_bits plane[8])
{
    four_planes(b, i, 0, plane);
    four_planes(b, i, 1, plane);
}

#define CORE_PEXT 0
#include "core.h"

static bool usable(void)
{
    return __builtin_cpu_supports("ssse3") && __builtin_cpu_supports("popcnt");
}

const erz_kernel erz_kernel_ssse3 = {"ssse3", usable, core_scan, core_masks};
#else
typedef int erz_no_ssse3;
#endif
