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

/* Weights of the labels 1..6, a byte each; byte 0 is left over. */
static inline uint64_t bytes_of(const crf_bucket *b, unsigned i)
{
    uint64_t bytes;
    memcpy(&bytes, (const char *)b + offsetof(crf_bucket, weight) + i * sizeof b->weight[0] - 2, sizeof bytes);
    return bytes >> 8;
}

static inline uint64_t row_bytes(const crf_bucket *buckets, size_t home, uint16_t print)
{
    const crf_bucket *b = &buckets[home];
    unsigned i = find(b, print);
    if (i == CRF_BUCKET && b->print[CRF_BUCKET - 1] != 0) {
        b = &buckets[home ^ 1];
        i = find(b, print);
    }
    return i == CRF_BUCKET ? 0 : bytes_of(b, i);
}

uint64_t crf_row(const crf_model *model, uint64_t key)
{
    return row_bytes(model->buckets, crf_home(key, model->header->nbuckets), crf_print(key)) | 0xff;
}

void crf_ask(const crf_model *model, const uint64_t *features, size_t n, int place)
{
    for (size_t i = 0; i < n; i++)
        __builtin_prefetch(&model->buckets[crf_home(crf_key(features[i], place), model->header->nbuckets)]);
}

void crf_sum(const crf_model *model, const uint64_t *features, size_t n, int place, crf_lanes *sum)
{
    const crf_bucket *buckets = model->buckets;
    const uint32_t nbuckets = model->header->nbuckets;
    lanes total = *sum;
    for (size_t i = 0; i < n; i++) {
        uint64_t key = crf_key(features[i], place);
        total += crf_row_lanes(row_bytes(buckets, crf_home(key, nbuckets), crf_print(key)));
    }
    *sum = total;
}

void crf_clamp(crf_lanes sum, int16_t score[CRF_LABELS])
{
    const lanes most = {0, CRF_MOST, CRF_MOST, CRF_MOST, CRF_MOST, CRF_MOST, CRF_MOST, 0};
    lanes above = sum > most, below = sum < -most;
    sum = (above & most) | (below & -most) | (~(above | below) & sum);
    memcpy(score, &sum, sizeof sum);
}

bool crf_allowed(int from, int to)
{
    if (to == LABEL_IC) return from == LABEL_BC || from == LABEL_IC;
    if (to == LABEL_IG) return from == LABEL_BG || from == LABEL_IG;
    return true;
}
