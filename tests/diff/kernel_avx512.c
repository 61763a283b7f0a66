/* The AVX-512 kernel's own source on any machine: its intrinsics from SIMDe, pext written out. */
#if defined(__x86_64__)
#include "swapped.h"

static uint64_t soft_pext(uint64_t x, uint64_t mask)
{
    uint64_t out = 0;
    for (unsigned n = 0; mask != 0; mask &= mask - 1, n++) out |= (x >> __builtin_ctzll(mask) & 1) << n;
    return out;
}

#pragma GCC diagnostic ignored "-Wpsabi"
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx512.h>
#define _pext_u64(x, mask) soft_pext(x, mask)
#define _tzcnt_u64(x) ((x) == 0 ? 64U : (unsigned)__builtin_ctzll(x))
#define ERZ_SIMDE
#define erz_kernel_avx512 kernel_under_test
#include "tokenize/scan_avx512.c"
#undef erz_kernel_avx512
#pragma GCC diagnostic pop

int main(void)
{
    return compare_swapped(&kernel_under_test, "avx512 from SIMDe");
}
#else
int main(void)
{
    return 0;
}
#endif
