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

typedef crf_lanes lanes;

/* Where a bucket has the print, as bits, two a slot. */
static inline unsigned find(const crf_bucket *b, uint16_t print)
{
#if defined(__SSE2__)
    __m128i prints = _mm_loadu_si128((const __m128i *)(const void *)b->print);
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi16(prints, _mm_set1_epi16((short)print)));
#else
    unsigned hits = 0;
    for (unsigned i = 0; i < CRF_BUCKET; i++) hits |= (unsigned)(b->print[i] == print) << 2 * i;
    return hits;
#endif
}

/* Weights of the labels 1..6, a byte each; byte 0 is left over. Whether a feature is known cannot be foretold, so there is no
 * branch on it. */
static inline uint64_t bytes_of(const crf_bucket *b, unsigned hits)
{
    uint64_t bytes;
    unsigned i = (unsigned)__builtin_ctz(hits | 1U << 2 * (CRF_BUCKET - 1)) / 2;
    memcpy(&bytes, (const char *)b + offsetof(crf_bucket, weight) + i * sizeof b->weight[0] - 2, sizeof bytes);
    return bytes >> 8 & -(uint64_t)(hits != 0);
}

static inline uint64_t row_bytes(const crf_bucket *buckets, size_t home, uint16_t print)
{
    const crf_bucket *b = &buckets[home];
    unsigned hits = find(b, print);
    if ((hits == 0) & (b->print[CRF_BUCKET - 1] != 0)) {
        b = &buckets[home ^ 1];
        hits = find(b, print);
    }
    return bytes_of(b, hits);
}

uint64_t crf_row(const crf_model *model, uint64_t key)
{
    return row_bytes(model->buckets, crf_home(key, model->header->nbuckets), crf_print(key)) | 0xff;
}

void crf_ask(const crf_model *model, const uint64_t *features, size_t n, int place, uint64_t *keys)
{
    const crf_bucket *buckets = model->buckets;
    const uint32_t nbuckets = model->header->nbuckets;
    for (size_t i = 0; i < n; i++) {
        keys[i] = crf_key(features[i], place);
        __builtin_prefetch(&buckets[crf_home(keys[i], nbuckets)]);
    }
}

void crf_sum(const crf_model *model, const uint64_t *keys, size_t n, crf_lanes *sum)
{
    const crf_bucket *buckets = model->buckets;
    const uint32_t nbuckets = model->header->nbuckets;
    lanes total = *sum;
    for (size_t i = 0; i < n; i++) total += crf_row_lanes(row_bytes(buckets, crf_home(keys[i], nbuckets), crf_print(keys[i])));
    *sum = total;
}

void crf_clamp(crf_lanes sum, int16_t score[CRF_LABELS])
{
    const lanes most = {0, CRF_MOST, CRF_MOST, CRF_MOST, CRF_MOST, CRF_MOST, CRF_MOST, 0};
#if defined(__SSE2__)
    sum = (lanes)_mm_min_epi16(_mm_max_epi16((__m128i)sum, (__m128i)-most), (__m128i)most);
#else
    lanes above = sum > most, below = sum < -most;
    sum = (above & most) | (below & -most) | (~(above | below) & sum);
#endif
    memcpy(score, &sum, sizeof sum);
}

bool crf_allowed(int from, int to)
{
    if (to == LABEL_IC) return from == LABEL_BC || from == LABEL_IC;
    if (to == LABEL_IG) return from == LABEL_BG || from == LABEL_IG;
    return true;
}
