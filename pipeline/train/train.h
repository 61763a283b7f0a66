/* The trainer's parts: texts with spans, sequences of units, the optimizer, the file of weights. */
#ifndef ERZ_TRAIN_TRAIN_H
#define ERZ_TRAIN_TRAIN_H

#include "base/arena.h"
#include "base/buf.h"
#include "erz/match.h"
#include "erz/train.h"
#include "match/company.h"

/* Labels a unit may have: one bit each. Anything the annotation leaves open stays open. */
enum {
    MASK_O = 1 << LABEL_O,
    MASK_COMPANY = 1 << LABEL_BC | 1 << LABEL_IC,
    MASK_ORG = 1 << LABEL_BG | 1 << LABEL_IG,
    MASK_PER = 1 << LABEL_PER,
    MASK_LOC = 1 << LABEL_LOC,
    MASK_BEGIN = 1 << LABEL_BC | 1 << LABEL_BG,
    MASK_INSIDE = 1 << LABEL_IC | 1 << LABEL_IG,
    MASK_ALL = (1 << CRF_REAL_LABELS) - 1
};

typedef struct train_span {
    uint32_t begin, end;
    uint8_t mask; /* labels of the kind of span */
    bool open;    /* partly or doubtfully annotated: nothing is required */
} train_span;

/* A text with spans sorted by begin; `rest`: what units outside spans may be. */
typedef struct train_doc {
    const char *text;
    size_t len;
    train_span *spans;
    size_t nspans;
    uint8_t rest;
    float weight;
    uint32_t source; /* number of the text it is a copy of, or its own */
} train_doc;

typedef struct train_docs {
    erz_arena *arena;
    train_doc *docs;
    size_t n, cap;
} train_docs;

/* A folder with docs/ and gold.tsv; documents number d with folds > 0 and d % folds == fold are left out. */
erz_status train_read_folder(train_docs *set, const char *dir, uint8_t rest, float weight, unsigned folds, unsigned fold,
                             erz_error *err);
/* GermEval's four columns. */
erz_status train_read_iob(train_docs *set, const char *path, float weight, erz_error *err);
/* Company names, one a line before the first tab, in a zstd file: at most max of them, evenly spread. */
erz_status train_read_names(erz_arena *arena, const char *path, const char ***names, size_t *n, size_t max, erz_error *err);
bool train_add_doc(train_docs *set, const train_doc *doc);

typedef struct train_random {
    uint64_t state;
} train_random;
uint64_t train_next(train_random *r);
double train_uniform(train_random *r);

/* The names of the model's own lists. */
erz_status train_list_names(erz_arena *arena, const erz_model *model, const char ***names, size_t *n, size_t max,
                            erz_error *err);
/* Append altered copies: other names for the companies, other case. */
typedef struct train_names {
    const char **list, **registered;
    size_t nlist, nregistered;
} train_names;
erz_status train_augment(train_docs *set, const train_names *names, train_random *random, erz_error *err);

/* Rows: dense ones first, then those of words. */
typedef struct train_row {
    float w[CRF_LABELS], g[CRF_LABELS]; /* weights; sums of squared gradients */
} train_row;

typedef struct train_word {
    uint32_t first[CRF_PLACES]; /* in set->ids */
    uint8_t n[CRF_PLACES];
    uint8_t part[2]; /* of its own rows: [part[0], part[1]) tell of lists and shape, the others of letters */
} train_word;

typedef struct train_set {
    uint32_t *word;
    uint8_t *mask, *flags, *gaz, *legal, *doc, *kind;
    size_t n, cap;
    uint32_t *start; /* sequences: [start[i], start[i + 1]) */
    float *weight;
    size_t nseq, cap_seq;
    uint32_t *doc_start; /* texts: sequences [doc_start[d], doc_start[d + 1]) */
    uint32_t *source;
    size_t ndocs, cap_docs;
} train_set;

typedef struct trainer {
    const erz_model *model;
    const erz_train_options *options;
    erz_words *words;
    erz_tokenizer *tokenizer;
    erz_companies *companies;
    train_set set, held;
    train_word *train_words;
    size_t cap_words, nwords;
    uint32_t *ids; /* row numbers of words */
    size_t nids, cap_ids;
    uint64_t *keys; /* key of row DENSE_ROWS + i, */
    uint32_t *counts;
    size_t nkeys, cap_keys, cap_counts;
    uint32_t *slots; /* hash table over keys */
    size_t nslots;
    train_row *rows;
    size_t nrows;
    uint32_t *votes_of; /* scratch: slot by word */
    train_random random;
} trainer;

/* Turn documents into sequences of t->words. */
erz_status train_add_docs(trainer *t, train_set *set, const train_docs *docs, erz_error *err);
/* Number the features of all words; features seen less than `least` times get none. */
erz_status train_number_features(trainer *t, unsigned least, erz_error *err);
/* Drop rows but the `keep` weightiest. */
erz_status train_prune(trainer *t, size_t keep, erz_error *err);
void train_set_free(train_set *set);

/* Emission of unit i of the sequence [from, to). */
void train_emission(const trainer *t, const train_set *set, uint32_t from, uint32_t to, uint32_t i, float emission[CRF_LABELS]);
/* Log-likelihood of the sequences that the masks allow, and its gradient: node[i][y] and edge[x][y] are expected counts with
 * the masks less those without. scratch: 6 * n * CRF_LABELS floats. */
double train_gradient(const float (*emission)[CRF_LABELS], const uint8_t *mask, size_t n, const train_row *transition,
                      float (*node)[CRF_LABELS], float (*edge)[CRF_LABELS], float *scratch);
/* half 0 or 1: only texts whose source is not of that half; otherwise all. */
erz_status train_run(trainer *t, unsigned epochs, float rate, unsigned half, erz_error *err);
/* Set doc codes of the texts of a half (2: of all) from a first pass with the present rows. */
erz_status train_vote(trainer *t, train_set *set, unsigned half, erz_error *err);
/* Exact-span scores for companies of the present rows on a set. */
void train_score(trainer *t, train_set *set, double *precision, double *recall, double *f1);
erz_status train_write(const trainer *t, const char *path, erz_error *err);

#endif
