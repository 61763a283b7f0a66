/* Training of the company tagger. docs/companies.md says what the data folder holds. */
#ifndef ERZ_TRAIN_H
#define ERZ_TRAIN_H

#include <stdint.h>
#include <stdio.h>

#include "erz/error.h"
#include "erz/model.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct erz_train_options {
    const char *data;   /* folder with smartdata, germeval, train_news, lists */
    const char *texts;  /* further folder of annotated texts: docs, gold.tsv; NULL: none */
    const char *output; /* file of weights, replaced at the end only */
    uint64_t seed;      /* 0: the default */
    unsigned epochs;    /* 0: the default */
    unsigned folds;     /* 0: train on everything; else leave out each document number d with d % folds == fold of the */
    unsigned fold;      /* folders train_news and smartdata/train */
    FILE *log;          /* learning curve and held-out report; NULL: none */
} erz_train_options;

/* Train on the word lists of `model` and write the weights. The same model, data, options and C library give the same bytes.
 * Errors: ERZ_E_OPEN (data missing), ERZ_E_INPUT (data damaged; training diverged), ERZ_E_IO, ERZ_E_MEMORY. One thread. */
erz_status erz_train(const erz_model *model, const erz_train_options *options, erz_error *err);

#ifdef __cplusplus
}
#endif
#endif
