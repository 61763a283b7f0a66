/* AVX-512 kernel (F, BW, VL): compares give masks at once. */
#if defined(__x86_64__)
#ifndef ERZ_SIMDE /* a test brings its own intrinsics */
#include <immintrin.h>
#endif

#include "nibbles.h"
#define CORE_LANES 8
#include "block.h"

#define V(n) _mm512_set1_epi8((char)(n))

static inline __attribute__((always_inline)) uint64_t blanks(const uint8_t *bytes)
{
    return _mm512_cmple_epu8_mask(_mm512_loadu_si512((const void *)bytes), V(' '));
}

static inline __attribute__((always_inline)) void classify(const uint8_t *bytes, core_block *m, unsigned i)
{
    const __m512i low = _mm512_broadcast_i32x4(_mm_setr_epi8(NIB_LOW)), high = _mm512_broadcast_i32x4(_mm_setr_epi8(NIB_HIGH));
    __m512i c = _mm512_loadu_si512((const void *)bytes);
    __m512i row = _mm512_and_si512(_mm512_srli_epi16(c, 4), V(15));
    __m512i k = _mm512_and_si512(_mm512_shuffle_epi8(low, c), _mm512_shuffle_epi8(high, row));
    uint64_t sign = _mm512_cmpeq_epi8_mask(_mm512_and_si512(c, V(0xdf)), V(0x97));
    m->space[i] = _mm512_cmple_epu8_mask(c, V(' '));
    m->letter[i] = _mm512_test_epi8_mask(k, V(NIB_LETTER));
    m->small[i] = _mm512_test_epi8_mask(c, V(0x20)) | _mm512_cmpeq_epi8_mask(c, V(0x9f));
    m->second[i] = _mm512_cmpeq_epi8_mask(c, V(0xc3)) << 1 & _mm512_cmplt_epi8_mask(c, V(0xc0)) & ~sign;
    m->digit[i] = _mm512_test_epi8_mask(k, V(NIB_DIGIT));
    m->event[i] = _mm512_test_epi8_mask(k, V(NIB_EVENT));
    m->hyphen[i] = _mm512_cmpeq_epi8_mask(c, V('-'));
    m->dot_comma[i] = _mm512_cmpeq_epi8_mask(_mm512_and_si512(c, V(0xfd)), V(','));
    m->wide[i] = _mm512_movepi8_mask(c);
}

#define CORE_PEXT 1
#include "core.h"

static bool usable(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("bmi2");
}

const erz_kernel erz_kernel_avx512 = {"avx512", usable, core_scan, core_masks};
#else
typedef int erz_no_avx512;
#endif
