/* Reading the tagger's weights. */
#include "match/crf.h"

#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

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

typedef int16_t lanes __attribute__((vector_size(16)));

/* Slot of the print, CRF_BUCKET: not there. */
static inline unsigned find(const crf_bucket *b, uint16_t print)
{
#if defined(__SSE2__)
    __m128i prints = _mm_loadu_si128((const __m128i *)(const void *)b->print);
    unsigned hits = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi16(prints, _mm_set1_epi16((short)print)));
    return hits == 0 ? CRF_BUCKET : (unsigned)__builtin_ctz(hits) / 2;
#else
    unsigned hits = 0;
    for (unsigned i = 0; i < CRF_BUCKET; i++) hits |= (unsigned)(b->print[i] == print) << i;
    return hits == 0 ? CRF_BUCKET : (unsigned)__builtin_ctz(hits);
#endif
}

/* Weights of the labels 1..6 as lanes; the byte before and the byte behind them lie inside the bucket. */
static inline lanes row(const crf_bucket *b, unsigned i)
{
#if defined(__SSE2__)
    const char *first = (const char *)b + offsetof(crf_bucket, weight) + i * sizeof b->weight[0];
    __m128i bytes = _mm_loadl_epi64((const __m128i *)(const void *)(first - 1));
    __m128i words = _mm_srai_epi16(_mm_unpacklo_epi8(bytes, bytes), 8);
    return (lanes)words & (lanes){0, -1, -1, -1, -1, -1, -1, 0};
#else
    const int8_t *w = b->weight[i];
    return (lanes){0, w[0], w[1], w[2], w[3], w[4], w[5], 0};
#endif
}

static inline lanes row_of(const crf_model *model, uint64_t key)
{
    size_t home = crf_home(key, model->header->nbuckets);
    uint16_t print = crf_print(key);
    const crf_bucket *b = &model->buckets[home];
    unsigned i = find(b, print);
    if (i == CRF_BUCKET && b->print[CRF_BUCKET - 1] != 0) {
        b = &model->buckets[home ^ 1];
        i = find(b, print);
    }
    if (i == CRF_BUCKET) return (lanes){0};
    return row(b, i);
}

/* All keys first, so that the table's lines arrive together. */
void crf_sum(const crf_model *model, const uint64_t *features, size_t n, int place, int16_t sum[CRF_LABELS])
{
    uint64_t key[CRF_MAX_FEATURES];
    lanes total = {0};
    for (size_t i = 0; i < n; i++) {
        key[i] = crf_key(features[i], place);
        __builtin_prefetch(&model->buckets[crf_home(key[i], model->header->nbuckets)]);
    }
    for (size_t i = 0; i < n; i++) total += row_of(model, key[i]);
    memcpy(sum, &total, sizeof total);
}

bool crf_allowed(int from, int to)
{
    if (to == LABEL_IC) return from == LABEL_BC || from == LABEL_IC;
    if (to == LABEL_IG) return from == LABEL_BG || from == LABEL_IG;
    return true;
}
