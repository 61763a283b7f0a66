/* AVX2 kernel. */
#if defined(__x86_64__)
#include <immintrin.h>

#include "nibbles.h"
#include "scan.h"

static inline __attribute__((always_inline)) uint64_t mask(__m256i v)
{
    uint64_t bits;
    __asm__("vpmovmskb %1, %k0" : "=r"(bits) : "x"(v)); /* after the intrinsic GCC clears the upper half once more */
    return bits;
}

static inline __attribute__((always_inline)) uint64_t mask2(__m256i a, __m256i b)
{
    return mask(a) | mask(b) << 32;
}

/* A constant that is loaded once: left to itself GCC builds it anew for each window. */
static inline __attribute__((always_inline)) __m256i keep(__m256i v)
{
    __asm__("" : "+x"(v));
    return v;
}
#define V(n) keep(_mm256_set1_epi8((char)(n)))

#define EACH(expression) mask2(expression(a), expression(b))

static inline __attribute__((always_inline)) __m256i ascii_class(__m256i c)
{
    const __m256i low = _mm256_broadcastsi128_si256(_mm_setr_epi8(NIB_LOW));
    const __m256i high = _mm256_broadcastsi128_si256(_mm_setr_epi8(NIB_HIGH));
    __m256i row = _mm256_and_si256(_mm256_srli_epi16(c, 4), V(15));
    return _mm256_and_si256(_mm256_shuffle_epi8(low, c), _mm256_shuffle_epi8(high, row));
}

#define IS_LETTER(k) _mm256_or_si256(_mm256_slli_epi16(k, 7), _mm256_slli_epi16(k, 6))
#define IS_DIGIT(k) _mm256_slli_epi16(k, 5)
#define IS_EVENT(k) _mm256_cmpeq_epi8(_mm256_max_epu8(k, V(8)), k)
#define IS_SMALL(c) _mm256_slli_epi16(c, 2)
#define IS_SPACE(c) _mm256_cmpeq_epi8(_mm256_min_epu8(c, V(' ')), c)
#define IS_HYPHEN(c) _mm256_cmpeq_epi8(c, V('-'))
#define IS_DOT_COMMA(c) _mm256_cmpeq_epi8(_mm256_and_si256(c, V(0xfd)), V(','))
#define IS_C3(c) _mm256_cmpeq_epi8(c, V(0xc3))
/* 80-BF but the signs of multiplication and division, 97 and B7 */
#define IS_SECOND(c)                                                                                                           \
    _mm256_andnot_si256(_mm256_cmpeq_epi8(_mm256_and_si256(c, V(0xdf)), V(0x97)), _mm256_cmpgt_epi8(V(0xc0), c))
#define IS_UPPER_SECOND(c) _mm256_cmpgt_epi8(V(0x9f), c)

static inline __attribute__((always_inline)) void classify(const uint8_t *bytes, erz_masks *m)
{
    __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
    __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + 32));
    __m256i ka = ascii_class(a), kb = ascii_class(b);
    uint64_t letter = mask2(IS_LETTER(ka), IS_LETTER(kb)), small = EACH(IS_SMALL);
    uint64_t second = EACH(IS_C3) << 1 & EACH(IS_SECOND), upper_second = second & EACH(IS_UPPER_SECOND);
    uint64_t lower_second = second & ~upper_second;
    m->digit = mask2(IS_DIGIT(ka), IS_DIGIT(kb));
    m->event = mask2(IS_EVENT(ka), IS_EVENT(kb));
    m->space = EACH(IS_SPACE);
    m->hyphen = EACH(IS_HYPHEN);
    m->dot_comma = EACH(IS_DOT_COMMA);
    m->wide = mask2(a, b);
    m->upper = (letter & ~small) | upper_second >> 1;
    m->lower = (letter & small) | lower_second | lower_second >> 1;
    m->letter = letter | second | second >> 1;
    m->other = m->wide & ~(second | second >> 1);
}

#define CORE_PEXT 1
#include "core.h"

static bool usable(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
}

static void classify_bytes(const uint8_t bytes[64], erz_masks *masks)
{
    classify(bytes, masks);
}

const erz_kernel erz_kernel_avx2 = {"avx2", usable, core_scan, classify_bytes};
#else
typedef int erz_no_avx2;
#endif
