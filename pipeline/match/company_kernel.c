/* The kernel for any machine, and which ones this machine can run. */
#include "match/company_kernel_core.h"

static bool usable(void)
{
    return true;
}

const company_kernel company_kernel_base = {"base", usable, core_decode, core_emit, core_candidates, core_margins};

const company_kernel *const *company_kernels(void)
{
    static const company_kernel *const all[] = {
#if defined(__x86_64__)
        &company_kernel_avx2,
#endif
        &company_kernel_base,
        NULL
    };
    size_t i = 0;
    while (all[i] != &company_kernel_base && !all[i]->usable()) i++;
    return all + i;
}

void crf_lattice_set(crf_lattice *l, const int16_t (*transition)[CRF_LABELS])
{
    for (int x = 0; x < CRF_LABELS; x++)
        for (int y = 0; y < CRF_LABELS; y++)
            l->to[x][y] = l->from[y][x] = x < CRF_REAL_LABELS && y < CRF_REAL_LABELS ? transition[x][y] : CRF_NEVER;
}

bool crf_decode(const crf_lattice *lattice, const int16_t (*emission)[CRF_LABELS], size_t n, int16_t (*alpha)[CRF_LABELS],
                uint8_t *label)
{
    return n > 0 && core_decode(lattice, emission, n, alpha, label);
}
