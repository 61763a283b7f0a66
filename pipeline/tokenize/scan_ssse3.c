/* SSSE3 kernel: the scalar one with a mask of bytes and a count of bits in one instruction each. */
#if defined(__x86_64__)
#include <tmmintrin.h>

#define CORE_LANES 2
#include "block.h"
#include "planes.h"

static inline __attribute__((always_inline)) uint64_t blanks_of(const uint8_t *bytes)
{
    uint64_t mask;
    __m128i c = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    c = _mm_cmpeq_epi8(_mm_min_epu8(c, _mm_set1_epi8(' ')), c);
    __asm__("pmovmskb %1, %k0" : "=r"(mask) : "x"(c)); /* after the intrinsic GCC clears the upper half once more */
    return mask;
}

static inline __attribute__((always_inline)) uint64_t blanks(const uint8_t *bytes)
{
    return blanks_of(bytes) | blanks_of(bytes + 16) << 16 | blanks_of(bytes + 32) << 32 | blanks_of(bytes + 48) << 48;
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
