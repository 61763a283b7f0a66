/* AVX2 kernel. */
#if defined(__x86_64__)
#include <immintrin.h>

#include "nibbles.h"
#define CORE_LANES 4
#include "block.h"

static inline __attribute__((always_inline)) uint64_t mask(__m256i v)
{
    uint64_t bits;
    __asm__("vpmovmskb %1, %k0" : "=r"(bits) : "x"(v)); /* after the intrinsic GCC clears the upper half once more */
    return bits;
}

/* Two halves are stored one by one: nobody reads them soon. */
static inline __attribute__((always_inline)) void put(uint64_t *at, __m256i a, __m256i b)
{
    uint32_t low = (uint32_t)mask(a), high = (uint32_t)mask(b);
    memcpy(at, &low, sizeof low);
    memcpy((char *)at + sizeof low, &high, sizeof high);
}

/* A constant that is loaded once: left to itself GCC builds it anew for each window. */
static inline __attribute__((always_inline)) __m256i keep(__m256i v)
{
    __asm__("" : "+x"(v));
    return v;
}
#define V(n) keep(_mm256_set1_epi8((char)(n)))

static inline __attribute__((always_inline)) __m256i ascii_class(__m256i c)
{
    const __m256i low = _mm256_broadcastsi128_si256(_mm_setr_epi8(NIB_LOW));
    const __m256i high = _mm256_broadcastsi128_si256(_mm_setr_epi8(NIB_HIGH));
    __m256i row = _mm256_and_si256(_mm256_srli_epi16(c, 4), V(15));
    return _mm256_and_si256(_mm256_shuffle_epi8(low, c), _mm256_shuffle_epi8(high, row));
}

#define IS_LETTER(k) _mm256_adds_epu8(k, V(0x40))
#define IS_DIGIT(k) _mm256_slli_epi16(k, 7)
#define IS_EVENT(k) _mm256_cmpgt_epi8(k, V(NIB_DIGIT)) /* or a letter */
#define IS_SMALL(c) _mm256_or_si256(_mm256_slli_epi16(c, 2), _mm256_cmpeq_epi8(c, V(0x9f)))
#define IS_SPACE(c) _mm256_cmpeq_epi8(_mm256_min_epu8(c, V(' ')), c)
#define IS_HYPHEN(c) _mm256_cmpeq_epi8(c, V('-'))
#define IS_DOT_COMMA(c) _mm256_cmpeq_epi8(_mm256_and_si256(c, V(0xfd)), V(','))

/* Bytes 80-BF behind C3, but for the signs of multiplication and division, 97 and B7. */
static inline __attribute__((always_inline)) __m256i is_second(const uint8_t *bytes, __m256i c)
{
    __m256i before = _mm256_loadu_si256((const __m256i *)(const void *)(bytes - 1));
    __m256i sign = _mm256_cmpeq_epi8(_mm256_and_si256(c, V(0xdf)), V(0x97));
    __m256i high = _mm256_andnot_si256(sign, _mm256_cmpgt_epi8(V(0xc0), c));
    return _mm256_and_si256(high, _mm256_cmpeq_epi8(before, V(0xc3)));
}

static inline __attribute__((always_inline)) uint64_t classify(const uint8_t *bytes, core_block *m, unsigned i)
{
    __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
    __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + 32));
    __m256i ka = ascii_class(a), kb = ascii_class(b);
    uint64_t space = mask(IS_SPACE(a)) | mask(IS_SPACE(b)) << 32;
    m->space[i] = space;
    put(&m->letter[i], IS_LETTER(ka), IS_LETTER(kb));
    put(&m->small[i], IS_SMALL(a), IS_SMALL(b));
    put(&m->second[i], is_second(bytes, a), is_second(bytes + 32, b));
    put(&m->digit[i], IS_DIGIT(ka), IS_DIGIT(kb));
    put(&m->event[i], IS_EVENT(ka), IS_EVENT(kb));
    put(&m->hyphen[i], IS_HYPHEN(a), IS_HYPHEN(b));
    put(&m->dot_comma[i], IS_DOT_COMMA(a), IS_DOT_COMMA(b));
    put(&m->wide[i], a, b);
    return space;
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
