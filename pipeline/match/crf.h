/* Linear-chain CRF with hashed features and small integer weights (Lafferty et al. 2001).
 *
 * A unit's emission is the sum of rows: of its own word, of its neighbours' words, and of a few small dense tables. Rows of
 * words are sparse: a bucketed table keyed by the feature's hash with a 16-bit fingerprint, so that unknown features find
 * nothing. */
#ifndef ERZ_MATCH_CRF_H
#define ERZ_MATCH_CRF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/hash.h"

/* B and I of companies and of other organisations, persons, places. */
enum { LABEL_O, LABEL_BC, LABEL_IC, LABEL_BG, LABEL_IG, LABEL_PER, LABEL_LOC, CRF_LABELS = 8 };
enum { CRF_REAL_LABELS = 7 };

/* Which unit a word's row works on: itself, its right neighbour, its left neighbour. */
enum { PLACE_OWN, PLACE_AFTER, PLACE_BEFORE, CRF_PLACES };

/* Dense rows, one table after the other. The two rows of a pair of adjacent kinds stand together: what it adds to its second
 * unit and to its first. */
enum { CRF_KINDS = 32, CRF_GAZ = 16, CRF_FLAGS = 8, CRF_LEGAL = 8, CRF_DOC = 128 };
enum {
    DENSE_AT_PAIR = 0,
    DENSE_AT_GAZ = DENSE_AT_PAIR + 2 * CRF_KINDS * CRF_KINDS,
    DENSE_AT_GAZ_BEFORE = DENSE_AT_GAZ + CRF_GAZ,
    DENSE_AT_GAZ_AFTER = DENSE_AT_GAZ_BEFORE + CRF_GAZ,
    DENSE_AT_FLAGS = DENSE_AT_GAZ_AFTER + CRF_GAZ,
    DENSE_AT_LEGAL = DENSE_AT_FLAGS + CRF_FLAGS,
    DENSE_AT_DOC = DENSE_AT_LEGAL + CRF_LEGAL,
    DENSE_AT_TRANSITION = DENSE_AT_DOC + CRF_DOC,
    DENSE_ROWS = DENSE_AT_TRANSITION + CRF_LABELS
};

enum { CRF_SCALE = 32, CRF_NEVER = -8192, CRF_BUCKET = 8, CRF_DENSE_LIMIT = 1000, CRF_MOST = 2000 };

/* A cache line. */
typedef struct crf_bucket {
    uint16_t print[CRF_BUCKET];   /* 0: empty */
    int8_t weight[CRF_BUCKET][6]; /* of the labels 1..6; label 0 has none */
} crf_bucket;

typedef struct crf_header {
    char magic[8];
    uint32_t nbuckets; /* power of two */
    uint32_t nrows;
    uint32_t dense_rows;
    uint32_t pad[11]; /* the header fills 64 bytes */
} crf_header;

typedef struct crf_model {
    const crf_header *header;
    const int16_t (*dense)[CRF_LABELS];
    const crf_bucket *buckets;
} crf_model;

/* Data is borrowed and 8-byte aligned; false: not a model of this format. */
bool crf_open(crf_model *model, const void *data, size_t len);
/* Eight numbers, one a label. */
typedef int16_t crf_lanes __attribute__((vector_size(16)));

/* The keys of n features at a place; ask for their rows, so that they arrive together. */
void crf_ask(const crf_model *model, const uint64_t *features, size_t n, int place, uint64_t *keys);
/* Add the rows of n keys to sum; lane 0 is left over. */
void crf_sum(const crf_model *model, const uint64_t *keys, size_t n, crf_lanes *sum);
/* A word's sum as its score: numbers of at most CRF_MOST, lane 0 is 0. */
void crf_clamp(crf_lanes sum, int16_t score[CRF_LABELS]);
/* A key's row, a byte a lane, not 0. */
uint64_t crf_row(const crf_model *model, uint64_t key);

static inline crf_lanes crf_row_lanes(uint64_t row)
{
#if defined(__SSE2__)
    __m128i bytes = _mm_cvtsi64_si128((long long)row);
    return (crf_lanes)_mm_srai_epi16(_mm_unpacklo_epi8(bytes, bytes), 8);
#else
    crf_lanes lanes = {0};
    for (int y = 0; y < CRF_LABELS; y++) lanes[y] = (int8_t)(row >> 8 * y);
    return lanes;
#endif
}

static inline uint64_t crf_key(uint64_t feature, int place)
{
    return erz_hash_mix(feature + (uint64_t)place * UINT64_C(0x9e3779b97f4a7c15));
}

/* Where a key's row stands: in bucket crf_home() or in that number's twin (last bit flipped), under crf_print(). */
static inline size_t crf_home(uint64_t key, uint32_t nbuckets)
{
    return (size_t)(key & (nbuckets - 1));
}

static inline uint16_t crf_print(uint64_t key)
{
    uint16_t print = (uint16_t)(key >> 48);
    return print == 0 ? 1 : print;
}

/* Is label `to` allowed after `from`? */
bool crf_allowed(int from, int to);

/* Scores of label pairs, by the first label and by the second; and what bounds the scores of names, against O all the way, in
 * the lanes of the labels that begin one: to begin, to go on, to end after one unit, after more. */
typedef struct crf_lattice {
    _Alignas(16) int16_t to[CRF_LABELS][CRF_LABELS];
    int16_t from[CRF_LABELS][CRF_LABELS];
    int16_t begin[CRF_LABELS], go[CRF_LABELS], end_one[CRF_LABELS], end[CRF_LABELS];
} crf_lattice;

void crf_lattice_set(crf_lattice *lattice, const int16_t (*transition)[CRF_LABELS]);
/* Viterbi over n emissions, with O before and after: label[i] of the best path; of equals the one with the lower label.
 * alpha: n rows of scratch. Returns whether a label is not O. */
bool crf_decode(const crf_lattice *lattice, const int16_t (*emission)[CRF_LABELS], size_t n, int16_t (*alpha)[CRF_LABELS],
                uint8_t *label);

/* Features of a word: of the form as written, lower-cased, with what the lists say. */
typedef struct crf_word {
    const char *normal, *fold;
    size_t normal_len, fold_len;
    uint32_t evidence;
    uint16_t shape;
    uint8_t kind;
    uint8_t cls;
} crf_word;

enum { CRF_MAX_FEATURES = 96 };
/* Fills out and returns the number. The first part[1] also work on neighbours; [part[0], part[2]) tell of lists and shape only,
 * the others of the letters. */
size_t crf_features(const crf_word *word, uint64_t out[CRF_MAX_FEATURES], size_t part[3]);

/* What was looked up before, for one thread and one model. NULL: memory is short. */
typedef struct crf_memory crf_memory;
crf_memory *crf_memory_new(void);
void crf_memory_free(crf_memory *memory); /* NULL is allowed */

enum { CRF_MAX_CP = 64, CRF_MAX_LETTERS = 2 * CRF_MAX_CP, CRF_OVER = 8 };

/* The lower-case form between < and >, and where its code points begin: at[0] is <, at[n + 1] is >, at[n + 2] the end. Of a
 * longer form than CRF_MAX_CP the last "code point" is the rest. */
typedef struct crf_letters {
    char text[CRF_MAX_LETTERS + 2 + CRF_OVER];
    const uint32_t *at;
    uint32_t places[CRF_MAX_CP + 3]; /* for at[], unless all are of one byte */
    uint8_t code[CRF_MAX_CP + 2 + CRF_OVER];
    bool plain; /* all have codes */
    size_t n;
    const char *form; /* its first byte: where at[] counts from */
} crf_letters;

/* A word whose rows were asked for: the keys of those that memory does not keep. */
typedef struct crf_query {
    crf_letters letters;
    uint64_t keys[CRF_PLACES][CRF_MAX_FEATURES], pattern;
    size_t n[CRF_PLACES];
    bool name;
} crf_query;

/* A word's scores by place, the sums of its features' rows, in two steps: rows arrive from memory while the caller works out
 * the word's kind. Of the evidence the first needs EV_UPPER only; the second does not read the forms. */
void crf_ask_word(const crf_model *model, const crf_memory *memory, const crf_word *word, crf_query *query);
void crf_score(const crf_model *model, crf_memory *memory, const crf_word *word, const crf_query *query,
               int16_t score[CRF_PLACES][CRF_LABELS]);

#endif
