/* Writes the weights as the model holds them: int8 rows in buckets. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "train/train.h"

static int16_t clamp(float w, int16_t limit)
{
    long v = lroundf(w * CRF_SCALE);
    return (int16_t)(v > limit ? limit : v < -limit ? -limit : v);
}

/* What training texts cannot teach: they are fuller of companies than general news is, so a name needs more evidence than they
 * ask for; entries of the curated lists are near certain. In units of 1 / CRF_SCALE. */
static void add_priors(int16_t (*out)[CRF_LABELS])
{
    static const struct {
        int16_t row, company, inside;
    } priors[] = {{GAZ_ONE, 64, 0},           {GAZ_ONE_AMB, 16, 0},        {GAZ_BEGIN, 96, 0},
                  {GAZ_INSIDE, 0, 128},       {GAZ_BEGIN_AMB, 16, 0},      {GAZ_INSIDE_AMB, 0, 64},
                  {GAZ_NOT_BEGIN, -160, -96}, {GAZ_NOT_INSIDE, -160, -96}, {GAZ_ACRONYM, -96, 0}};
    enum { BEGIN = -9 };
    for (size_t i = 0; i < sizeof priors / sizeof *priors; i++) {
        int16_t *row = out[DENSE_AT_GAZ + priors[i].row];
        row[LABEL_BC] = (int16_t)(row[LABEL_BC] + priors[i].company);
        row[LABEL_IC] = (int16_t)(row[LABEL_IC] + priors[i].inside);
    }
    for (int x = 0; x < CRF_REAL_LABELS; x++)
        out[DENSE_AT_TRANSITION + x][LABEL_BC] = (int16_t)(out[DENSE_AT_TRANSITION + x][LABEL_BC] + BEGIN);
}

static void write_dense(const trainer *t, int16_t (*out)[CRF_LABELS])
{
    for (uint32_t i = 0; i < DENSE_ROWS; i++)
        for (int y = 0; y < CRF_LABELS; y++) out[i][y] = clamp(t->rows[i].w[y], CRF_DENSE_LIMIT);
    for (int x = 0; x < CRF_LABELS; x++)
        for (int y = 0; y < CRF_LABELS; y++)
            if (x >= CRF_REAL_LABELS || y >= CRF_REAL_LABELS || !crf_allowed(x, y)) out[DENSE_AT_TRANSITION + x][y] = CRF_NEVER;
    for (uint32_t i = 0; i < DENSE_AT_TRANSITION; i++) out[i][CRF_REAL_LABELS] = 0;
    add_priors(out);
}

/* A free slot in the key's bucket or, when that is full, its twin; false: there is none, or one that would be mixed up with it.
 */
static bool free_slot(crf_bucket *buckets, uint64_t key, uint32_t nbuckets, crf_bucket **bucket, int *slot)
{
    size_t home = crf_home(key, nbuckets);
    for (size_t twin = 0; twin < 2; twin++) {
        *bucket = &buckets[home ^ twin];
        for (*slot = 0; *slot < CRF_BUCKET; ++*slot) {
            if ((*bucket)->print[*slot] == 0) return true;
            if ((*bucket)->print[*slot] == crf_print(key)) return false;
        }
    }
    return false;
}

static uint32_t write_rows(const trainer *t, crf_bucket *buckets, uint32_t nbuckets)
{
    uint32_t n = 0;
    for (size_t i = 0; i < t->nkeys; i++) {
        const train_row *r = &t->rows[DENSE_ROWS + i];
        int8_t w[6];
        bool any = false;
        crf_bucket *b;
        int slot;
        for (int y = 0; y < 6; y++) any |= (w[y] = (int8_t)clamp(r->w[y + 1], 127)) != 0;
        if (!any || !free_slot(buckets, t->keys[i], nbuckets, &b, &slot)) continue;
        b->print[slot] = crf_print(t->keys[i]);
        memcpy(b->weight[slot], w, sizeof w);
        n++;
    }
    return n;
}

static uint32_t buckets_for(size_t rows)
{
    uint32_t n = 128;
    while (n * CRF_BUCKET / 8 * 7 < rows) n *= 2;
    return n;
}

erz_status train_write(const trainer *t, const char *path, erz_error *err)
{
    uint32_t nbuckets = buckets_for(t->nkeys);
    size_t dense = (size_t)DENSE_ROWS * CRF_LABELS * sizeof(int16_t),
           len = sizeof(crf_header) + dense + nbuckets * sizeof(crf_bucket);
    char *data = calloc(1, len);
    if (data == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    crf_header *h = (crf_header *)(void *)data;
    memcpy(h->magic, "erzcrf2", 8);
    h->nbuckets = nbuckets;
    h->dense_rows = DENSE_ROWS;
    write_dense(t, (int16_t(*)[CRF_LABELS])(void *)(data + sizeof *h));
    h->nrows = write_rows(t, (crf_bucket *)(void *)(data + sizeof *h + dense), nbuckets);
    if (t->options->log != NULL)
        fprintf(t->options->log, "%u of %zu rows kept, %u buckets, %zu bytes\n", h->nrows, t->nkeys, nbuckets, len);
    erz_status status = erz_file_write(path, data, len, err);
    free(data);
    return status;
}
