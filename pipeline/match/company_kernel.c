/* The kernel for any machine, and which ones this machine can run. */
#include "match/company_kernel_core.h"

static bool usable(void)
{
    return true;
}

const company_kernel company_kernel_base = {"base",    usable,      core_decode,     core_decode_all,
                                            core_emit, core_survey, core_candidates, core_margins};

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

/* What the step from x to y adds, against O all the way. */
static int step_score(const crf_lattice *l, int x, int y)
{
    return l->to[x][y] - l->to[LABEL_O][LABEL_O];
}

/* The label that goes on behind y, which begins a name. */
static int going(int y)
{
    return y == LABEL_BC || y == LABEL_BG ? y + 1 : y;
}

/* A name that follows one that ends in x without O between them scores as two with an O, and at most this much more. */
static int gain_behind(const crf_lattice *l, int x)
{
    static const int begin[] = {LABEL_BC, LABEL_BG, LABEL_PER, LABEL_LOC};
    int gain = 0;
    for (size_t k = 0; k < sizeof begin / sizeof *begin; k++) {
        int y = begin[k], more = step_score(l, x, y) - step_score(l, x, LABEL_O) - step_score(l, LABEL_O, y);
        if (more > gain && !(x == y && going(y) == y)) gain = more;
    }
    return gain;
}

/* What the end of a name in x adds at most. */
static int end_score(const crf_lattice *l, int x)
{
    return step_score(l, x, LABEL_O) + gain_behind(l, x);
}

static void set_bounds(crf_lattice *l)
{
    for (int y = 0; y < CRF_LABELS; y++) {
        bool begins = y == LABEL_BC || y == LABEL_BG || y == LABEL_PER || y == LABEL_LOC;
        int on = going(y), first = step_score(l, y, on), more = step_score(l, on, on);
        l->begin[y] = (int16_t)(begins ? step_score(l, LABEL_O, y) : CRF_NEVER);
        l->go[y] = (int16_t)(!begins ? CRF_NEVER : first > more ? first : more);
        l->end_one[y] = (int16_t)(begins ? end_score(l, y) : CRF_NEVER);
        l->end[y] = (int16_t)(begins ? end_score(l, on) : CRF_NEVER);
    }
}

void crf_lattice_set(crf_lattice *l, const int16_t (*transition)[CRF_LABELS])
{
    for (int x = 0; x < CRF_LABELS; x++)
        for (int y = 0; y < CRF_LABELS; y++)
            l->to[x][y] = l->from[y][x] = x < CRF_REAL_LABELS && y < CRF_REAL_LABELS ? transition[x][y] : CRF_NEVER;
    set_bounds(l);
}

bool crf_decode(const crf_lattice *lattice, const int16_t (*emission)[CRF_LABELS], size_t n, int16_t (*alpha)[CRF_LABELS],
                uint8_t *label)
{
    memset(label, LABEL_O, n);
    return n > 0 && core_decode(lattice, emission, n, alpha, label);
}
