/* AVX-512 kernel (F, BW, VL): compares give masks at once, positions are compressed. */
#if defined(__x86_64__)
#ifndef ERZ_SIMDE /* a test brings its own intrinsics */
#include <immintrin.h>
#endif

#include "nibbles.h"
#include "scan.h"

#define V(n) _mm512_set1_epi8((char)(n))

static inline __attribute__((always_inline)) void classify(const uint8_t *bytes, erz_masks *m)
{
    const __m512i low = _mm512_broadcast_i32x4(_mm_setr_epi8(NIB_LOW)), high = _mm512_broadcast_i32x4(_mm_setr_epi8(NIB_HIGH));
    __m512i c = _mm512_loadu_si512((const void *)bytes);
    __m512i row = _mm512_and_si512(_mm512_srli_epi16(c, 4), V(15));
    __m512i k = _mm512_and_si512(_mm512_shuffle_epi8(low, c), _mm512_shuffle_epi8(high, row));
    uint64_t letter = _mm512_test_epi8_mask(k, V(NIB_LETTER)), small = _mm512_test_epi8_mask(c, V(0x20));
    uint64_t wide = _mm512_movepi8_mask(c), c3 = _mm512_cmpeq_epi8_mask(c, V(0xc3));
    uint64_t second =
        c3 << 1 & _mm512_cmplt_epi8_mask(c, V(0xc0)) & ~_mm512_cmpeq_epi8_mask(_mm512_and_si512(c, V(0xdf)), V(0x97));
    uint64_t upper_second = second & _mm512_cmplt_epi8_mask(c, V(0x9f)), lower_second = second & ~upper_second;
    m->digit = _mm512_test_epi8_mask(k, V(NIB_DIGIT));
    m->event = _mm512_test_epi8_mask(k, V(NIB_EVENT));
    m->space = _mm512_cmple_epu8_mask(c, V(' '));
    m->hyphen = _mm512_cmpeq_epi8_mask(c, V('-'));
    m->dot_comma = _mm512_cmpeq_epi8_mask(_mm512_and_si512(c, V(0xfd)), V(','));
    m->wide = wide;
    m->upper = (letter & ~small) | upper_second >> 1;
    m->lower = (letter & small) | lower_second | lower_second >> 1;
    m->letter = letter | second | second >> 1;
    m->other = wide & ~(second | second >> 1);
}

/* core.h's core_positions(). */
static inline __attribute__((always_inline)) void positions(uint32_t *out, uint64_t bits, uint32_t base)
{
    const __m512i steps = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    for (unsigned part = 0; part < 4; part++, bits >>= 16) {
        __m512i at = _mm512_add_epi32(steps, _mm512_set1_epi32((int)(base + 16 * part)));
        _mm512_storeu_si512((void *)out, _mm512_maskz_compress_epi32((uint16_t)bits, at));
        out += __builtin_popcountll(bits & 0xffff);
    }
}
#define CORE_POSITIONS(out, bits, n, base) positions(out, bits, base)

#define CORE_PEXT 1
#include "core.h"

static bool usable(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("bmi2");
}

static void classify_bytes(const uint8_t bytes[64], erz_masks *masks)
{
    classify(bytes, masks);
}

const erz_kernel erz_kernel_avx512 = {"avx512", usable, core_scan, classify_bytes};
#else
typedef int erz_no_avx512;
#endif
