/* The AVX-512 kernel's own source on any machine: its intrinsics from SIMDe, pext written out. */
#if defined(__x86_64__)
#include "kernels.h"

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

/* A tokenizer is opaque: this one's kernel is swapped where the library keeps it, its first member. */
int main(void)
{
    erz_tokenizer *scalar, *other;
    const erz_kernel *under_test = &kernel_under_test;
    if (erz_tokenizer_new(NULL, "scalar", &scalar, NULL) != ERZ_OK || erz_tokenizer_new(NULL, NULL, &other, NULL) != ERZ_OK)
        return 1;
    memcpy(other, &under_test, sizeof under_test);
    bool masks = compare_masks(&erz_kernel_scalar, under_test, 20000),
         texts = compare_texts(scalar, other, 300, 3) && compare_shifts(scalar, other, 5000);
    printf("%sok 1 - avx512 from SIMDe: masks\n", masks ? "" : "not ");
    printf("%sok 2 - avx512 from SIMDe: texts of 0-300 bytes, at every place in a window\n1..2\n", texts ? "" : "not ");
    erz_tokenizer_free(scalar);
    erz_tokenizer_free(other);
    return !(masks && texts);
}
#else
int main(void)
{
    return 0;
}
#endif
