/* Reading the tagger's weights. */
#include "match/crf.h"

#include <string.h>

#include "base/hash.h"

static const char magic[8] = "erzcrf1";

bool crf_open(crf_model *model, const void *data, size_t len)
{
    const crf_header *h = data;
    size_t dense = (size_t)DENSE_ROWS * CRF_LABELS * sizeof(int16_t);
    if (data == NULL || len < sizeof *h || memcmp(h->magic, magic, sizeof magic) != 0) return false;
    if (h->dense_rows != DENSE_ROWS || h->nslots < CRF_BUCKET || (h->nslots & (h->nslots - 1)) != 0) return false;
    if (len != sizeof *h + dense + (size_t)h->nslots * sizeof(crf_slot)) return false;
    model->header = h;
    model->dense = (const int16_t(*)[CRF_LABELS])(const void *)((const char *)data + sizeof *h);
    model->slots = (const crf_slot *)(const void *)((const char *)data + sizeof *h + dense);
    return true;
}

uint64_t crf_key(uint64_t feature, int place)
{
    return erz_hash_pair(feature, (uint64_t)place);
}

size_t crf_bucket(uint64_t key, uint32_t nslots)
{
    return (size_t)(key & (nslots / CRF_BUCKET - 1));
}

uint16_t crf_print(uint64_t key)
{
    uint16_t print = (uint16_t)(key >> 48);
    return print == 0 ? 1 : print;
}

/* A row stands in its bucket or in that bucket's twin. */
void crf_add(const crf_model *model, uint64_t feature, int place, int32_t sum[CRF_LABELS])
{
    uint64_t key = crf_key(feature, place);
    size_t bucket = crf_bucket(key, model->header->nslots);
    uint16_t print = crf_print(key);
    for (int twin = 0; twin < 2; twin++) {
        const crf_slot *slot = &model->slots[(bucket ^ (size_t)twin) * CRF_BUCKET];
        for (int i = 0; i < CRF_BUCKET; i++) {
            if (slot[i].print != print) continue;
            for (int y = 0; y < 6; y++) sum[y + 1] += slot[i].weight[y];
            return;
        }
        if (slot[CRF_BUCKET - 1].print == 0) return;
    }
}

bool crf_allowed(int from, int to)
{
    if (to == LABEL_IC) return from == LABEL_BC || from == LABEL_IC;
    if (to == LABEL_IG) return from == LABEL_BG || from == LABEL_IG;
    return true;
}

void crf_decode(const int16_t (*emission)[CRF_LABELS], size_t n, const int16_t (*transition)[CRF_LABELS], uint8_t *back,
                uint8_t *label)
{
    int16_t score[CRF_LABELS], next[CRF_LABELS];
    if (n == 0) return;
    for (int y = 0; y < CRF_LABELS; y++) score[y] = (int16_t)(emission[0][y] + transition[LABEL_O][y]);
    for (size_t i = 1; i < n; i++) {
        int16_t top = score[0];
        for (int y = 1; y < CRF_LABELS; y++) top = score[y] > top ? score[y] : top;
        for (int y = 0; y < CRF_LABELS; y++) {
            int best = 0;
            int16_t value = (int16_t)(score[0] - top + transition[0][y]);
            for (int x = 1; x < CRF_REAL_LABELS; x++) {
                int16_t v = (int16_t)(score[x] - top + transition[x][y]);
                if (v > value) value = v, best = x;
            }
            back[i * CRF_LABELS + (size_t)y] = (uint8_t)best;
            next[y] = (int16_t)((value < CRF_NEVER ? CRF_NEVER : value) + emission[i][y]);
        }
        memcpy(score, next, sizeof score);
    }
    int best = 0;
    for (int y = 1; y < CRF_REAL_LABELS; y++)
        if (score[y] + transition[y][LABEL_O] > score[best] + transition[best][LABEL_O]) best = y;
    for (size_t i = n; i-- > 0;) {
        label[i] = (uint8_t)best;
        if (i > 0) best = back[i * CRF_LABELS + (size_t)best];
    }
}
