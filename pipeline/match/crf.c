/* Reading the tagger's weights. */
#include "match/crf.h"

#include <string.h>

#include "base/hash.h"

static const char magic[8] = "erzcrf2";

bool crf_open(crf_model *model, const void *data, size_t len)
{
    const crf_header *h = data;
    size_t dense = (size_t)DENSE_ROWS * CRF_LABELS * sizeof(int16_t);
    if (data == NULL || len < sizeof *h || memcmp(h->magic, magic, sizeof magic) != 0) return false;
    if (h->dense_rows != DENSE_ROWS || h->nbuckets < 2 || (h->nbuckets & (h->nbuckets - 1)) != 0) return false;
    if (len != sizeof *h + dense + (size_t)h->nbuckets * sizeof(crf_bucket)) return false;
    const int16_t(*rows)[CRF_LABELS] = (const int16_t(*)[CRF_LABELS])(const void *)((const char *)data + sizeof *h);
    for (size_t i = 0; i < DENSE_AT_TRANSITION; i++)
        if (rows[i][LABEL_O] != 0) return false; /* so that O scores 0 in every emission */
    model->header = h;
    model->dense = rows;
    model->buckets = (const crf_bucket *)(const void *)((const char *)data + sizeof *h + dense);
    return true;
}

uint64_t crf_key(uint64_t feature, int place)
{
    return erz_hash_mix(feature + (uint64_t)place * UINT64_C(0x9e3779b97f4a7c15));
}

size_t crf_home(uint64_t key, uint32_t nbuckets)
{
    return (size_t)(key & (nbuckets - 1));
}

uint16_t crf_print(uint64_t key)
{
    uint16_t print = (uint16_t)(key >> 48);
    return print == 0 ? 1 : print;
}

/* Slot of the print, CRF_BUCKET: not there. */
static inline unsigned find(const crf_bucket *b, uint16_t print)
{
    unsigned hits = 0;
    for (unsigned i = 0; i < CRF_BUCKET; i++) hits |= (unsigned)(b->print[i] == print) << i;
    return hits == 0 ? CRF_BUCKET : (unsigned)__builtin_ctz(hits);
}

static inline void add_row(const crf_model *model, uint64_t key, int32_t sum[CRF_LABELS])
{
    size_t home = crf_home(key, model->header->nbuckets);
    uint16_t print = crf_print(key);
    const crf_bucket *b = &model->buckets[home];
    unsigned i = find(b, print);
    if (i == CRF_BUCKET && b->print[CRF_BUCKET - 1] != 0) {
        b = &model->buckets[home ^ 1];
        i = find(b, print);
    }
    if (i == CRF_BUCKET) return;
    for (int y = 0; y < 6; y++) sum[y + 1] += b->weight[i][y];
}

/* All keys first, so that the table's lines arrive together. */
void crf_sum(const crf_model *model, const uint64_t *features, size_t n, int place, int32_t sum[CRF_LABELS])
{
    uint64_t key[CRF_MAX_FEATURES];
    for (size_t i = 0; i < n; i++) {
        key[i] = crf_key(features[i], place);
        __builtin_prefetch(&model->buckets[crf_home(key[i], model->header->nbuckets)]);
    }
    for (size_t i = 0; i < n; i++) add_row(model, key[i], sum);
}

bool crf_allowed(int from, int to)
{
    if (to == LABEL_IC) return from == LABEL_BC || from == LABEL_IC;
    if (to == LABEL_IG) return from == LABEL_BG || from == LABEL_IG;
    return true;
}
