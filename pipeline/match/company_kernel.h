/* The tagger's inner loops, compiled for several instruction sets; all give the same numbers. Rows are eight lanes of 16 bits,
 * one a label; label O scores 0 in every emission. */
#ifndef ERZ_MATCH_COMPANY_KERNEL_H
#define ERZ_MATCH_COMPANY_KERNEL_H

#include "match/company.h"

typedef struct company_kernel {
    const char *name;
    bool (*usable)(void);
    /* Viterbi over n > 0 emissions, with O before and after: of equal paths the one with the lower label. alpha: n rows of
     * scratch. Returns whether a label is not O; only then the labels are written. */
    bool (*decode)(const crf_lattice *lattice, const int16_t (*emission)[CRF_LABELS], size_t n, int16_t (*alpha)[CRF_LABELS],
                   uint8_t *label);
    /* Decodes the windows; labels are O before. */
    void (*decode_all)(company_state *c);
    /* Describes the units of the sentence [from, to): evidence, kind, base, look; and their emissions, marks left out: words,
     * neighbours' words, kinds of both pairs. */
    void (*emit)(company_state *c, size_t from, size_t to);
    /* What `look` and evidence tell of all units: open, listed, numbers of cues and roles. Units behind the last have no
     * `look`; all that is written is overwritten up to COMPANY_OVER behind. */
    void (*survey)(company_state *c);
    /* The candidates and their windows, by `near` and `flags` of the units, with zeros behind up to COMPANY_OVER; there is room
     * for as many as units. */
    void (*candidates)(const company_units *u, company_tagger *t);
    /* company_margin() of the units of n ballots. */
    void (*margins)(const company_state *c, company_ballot *ballots, size_t n);
} company_kernel;

extern const company_kernel company_kernel_base, company_kernel_avx2;

/* Those of this machine, best first, NULL at the end. */
const company_kernel *const *company_kernels(void);

#endif
