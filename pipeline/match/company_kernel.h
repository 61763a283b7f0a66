/* The tagger's inner loops, compiled for several instruction sets; all give the same numbers. Rows are eight lanes of 16 bits,
 * one a label; label O scores 0 in every emission. */
#ifndef ERZ_MATCH_COMPANY_KERNEL_H
#define ERZ_MATCH_COMPANY_KERNEL_H

#include "match/company.h"

typedef struct company_kernel {
    const char *name;
    bool (*usable)(void);
    /* Viterbi over n > 0 emissions, with O before and after: label[i] of the best path; of equals the one with the lower label.
     * alpha: n rows of scratch. Returns whether a label is not O. */
    bool (*decode)(const crf_lattice *lattice, const int16_t (*emission)[CRF_LABELS], size_t n, int16_t (*alpha)[CRF_LABELS],
                   uint8_t *label);
    /* Emissions of the sentence [from, to), marks left out: words, neighbours' words, kinds of both pairs. */
    void (*emit)(company_state *c, size_t from, size_t to);
    /* Numbers of the candidates among n emissions; out has room for n. Returns how many. */
    size_t (*candidates)(const int16_t (*emission)[CRF_LABELS], size_t n, uint32_t *out);
    /* company_margin() of n units. */
    void (*margins)(const company_state *c, const uint32_t *unit, size_t n, company_ballot *out);
} company_kernel;

extern const company_kernel company_kernel_base, company_kernel_avx2;

/* Those of this machine, best first, NULL at the end. */
const company_kernel *const *company_kernels(void);

#endif
