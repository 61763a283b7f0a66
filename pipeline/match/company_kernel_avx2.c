/* AVX2 kernel. */
#if defined(__x86_64__)
#include "match/company_kernel_core.h"

static bool usable(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi");
}

const company_kernel company_kernel_avx2 = {"avx2",    usable,      core_decode,     core_decode_all,
                                            core_emit, core_survey, core_candidates, core_margins};
#else
typedef int erz_no_company_avx2;
#endif
