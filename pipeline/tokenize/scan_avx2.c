/* AVX2 kernel. */
#if defined(__x86_64__)
#include <immintrin.h>

#define CORE_LANES 4
#include "block.h"
#include "planes.h"

static inline __attribute__((always_inline)) uint64_t mask(__m256i v)
{
    uint64_t bits;
    __asm__("vpmovmskb %1, %k0" : "=r"(bits) : "x"(v)); /* after the intrinsic GCC clears the upper half once more */
    return bits;
}

static inline __attribute__((always_inline)) __m256i load(const uint8_t *bytes)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)bytes);
}

/* A constant that is loaded once: left to itself GCC builds it anew for each window. */
static inline __attribute__((always_inline)) __m256i keep(__m256i v)
{
    __asm__("" : "+x"(v));
    return v;
}

/* Two times 16 bytes, one of each eight beside that of the other eight. */
static inline __attribute__((always_inline)) __m256i load_pairs(const uint8_t *low, const uint8_t *high)
{
    const __m128i pair = _mm_setr_epi8(0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15);
    const __m256i pairs = keep(_mm256_broadcastsi128_si256(pair));
    __m256i v = _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)low));
    return _mm256_shuffle_epi8(_mm256_inserti128_si256(v, _mm_loadu_si128((const __m128i *)(const void *)high), 1), pairs);
}

/* CORE_TRADE with a kept mask. */
#define TRADE(shift, mask)                                                                                                     \
    do {                                                                                                                       \
        core_bits t = (x[0] >> (shift) ^ x[1]) & BITS(keep(_mm256_set1_epi8(mask)));                                           \
        x[1] ^= t;                                                                                                             \
        x[0] ^= t << (shift);                                                                                                  \
    } while (0)

/* Numbers of 32 bits at even places of both, at odd places. */
#define EVEN(a, b) _mm256_castps_si256(_mm256_shuffle_ps(_mm256_castsi256_ps(a), _mm256_castsi256_ps(b), 0x88))
#define ODD(a, b) _mm256_castps_si256(_mm256_shuffle_ps(_mm256_castsi256_ps(a), _mm256_castsi256_ps(b), 0xdd))
#define BITS(v) ((core_bits)(v))
#define VECTOR(x) ((__m256i)(x))

static inline __attribute__((always_inline)) uint64_t blanks(const uint8_t *bytes)
{
    const __m256i low = load(bytes), high = load(bytes + 32), blank = keep(_mm256_set1_epi8(' '));
    return mask(_mm256_cmpeq_epi8(_mm256_min_epu8(low, blank), low)) |
           mask(_mm256_cmpeq_epi8(_mm256_min_epu8(high, blank), high)) << 32;
}

/* Numbers of 32 bits hold the bytes at 0, 8, 16, 24 (in the upper half 32, 40, 48, 56), at 1, 9 and so on, in the end bits of
 * them: planes 0 4 2 6 and 1 5 3 7. */
static inline __attribute__((always_inline)) void classify(const uint8_t *bytes, core_block *b, unsigned i)
{
    __m256i even = load_pairs(bytes, bytes + 32), odd = load_pairs(bytes + 16, bytes + 48);
    core_bits x[2] = {BITS(_mm256_unpacklo_epi16(even, odd)), BITS(_mm256_unpackhi_epi16(even, odd))}; /* 0123 4567 */
    TRADE(4, 0x0f);
    even = _mm256_unpacklo_epi64(VECTOR(x[0]), VECTOR(x[1])), odd = _mm256_unpackhi_epi64(VECTOR(x[0]), VECTOR(x[1]));
    x[0] = BITS(even), x[1] = BITS(odd); /* 0145 2367 */
    TRADE(2, 0x33);
    even = EVEN(VECTOR(x[0]), VECTOR(x[1])), odd = ODD(VECTOR(x[0]), VECTOR(x[1]));
    x[0] = BITS(even), x[1] = BITS(odd); /* 0426 1537 */
    TRADE(1, 0x55);
    core_set(b->planes[i], x[0]);
    core_set(b->planes[i] + 4, x[1]);
}

/* Planes k and k + 4, k + 2 and k + 6 of two windows: numbers of one beside those of the other. */
static inline __attribute__((always_inline)) void two_windows(const uint64_t *a, const uint64_t *b, __m256i x[2])
{
    __m256i first = (__m256i)core_get(a), second = (__m256i)core_get(b);
    __m256i low = _mm256_permute2x128_si256(first, second, 0x20), high = _mm256_permute2x128_si256(first, second, 0x31);
    x[0] = _mm256_unpacklo_epi32(low, high);
    x[1] = _mm256_unpackhi_epi32(low, high);
}

/* Planes k, k + 2, k + 4, k + 6 of four windows. */
static inline __attribute__((always_inline)) void four_windows(const core_block *b, unsigned i, unsigned k, core_bits *plane)
{
    __m256i x[2], y[2];
    two_windows(b->planes[i] + 4 * k, b->planes[i + 2] + 4 * k, x);
    two_windows(b->planes[i + 1] + 4 * k, b->planes[i + 3] + 4 * k, y);
    plane[k] = (core_bits)_mm256_unpacklo_epi64(x[0], y[0]);
    plane[k + 4] = (core_bits)_mm256_unpackhi_epi64(x[0], y[0]);
    plane[k + 2] = (core_bits)_mm256_unpacklo_epi64(x[1], y[1]);
    plane[k + 6] = (core_bits)_mm256_unpackhi_epi64(x[1], y[1]);
}

static CORE_INLINE void planes_of(const core_block *b, unsigned i, core_bits plane[8])
{
    four_windows(b, i, 0, plane);
    four_windows(b, i, 1, plane);
}

#define CORE_PEXT 1
#include "core.h"

static bool usable(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
}

const erz_kernel erz_kernel_avx2 = {"avx2", usable, core_scan, core_masks};
#else
typedef int erz_no_avx2;
#endif
