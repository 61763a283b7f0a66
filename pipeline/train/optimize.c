/* Stochastic gradient with per-weight rates (AdaGrad, Duchi et al. 2011), averaged over the later epochs. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "train/train.h"

typedef float row[CRF_LABELS];

enum { MAX_UNIT_ROWS = 3 * CRF_MAX_FEATURES + 8 };

static const float decay = 2.0F, start = 1.0F;
static const float identity_dropout = 0.1F, letter_dropout = 0.5F, list_dropout = 0.3F;

enum { DROP_NONE, DROP_IDENTITY, DROP_LETTERS };

/* Rows of unit i; drop: without the word itself, without all that its letters tell. */
static size_t unit_rows(const trainer *t, const train_set *s, uint32_t from, uint32_t to, uint32_t i, int drop, bool listless,
                        bool alone, uint32_t *out)
{
    size_t n = 0;
    const train_word *w = &t->train_words[s->word[i]];
    uint8_t before = i > from ? s->kind[i - 1] : KIND_NONE, after = i + 1 < to ? s->kind[i + 1] : KIND_NONE;
    out[n++] = DENSE_AT_PAIR + 2 * ((uint32_t)before * CRF_KINDS + s->kind[i]);
    out[n++] = DENSE_AT_PAIR + 2 * ((uint32_t)s->kind[i] * CRF_KINDS + after) + 1;
    out[n++] = DENSE_AT_GAZ + (listless ? (uint32_t)GAZ_NONE : s->gaz[i]);
    out[n++] = DENSE_AT_GAZ_BEFORE + (i > from && !listless ? s->gaz[i - 1] : (uint32_t)GAZ_NONE);
    out[n++] = DENSE_AT_GAZ_AFTER + (i + 1 < to && !listless ? s->gaz[i + 1] : (uint32_t)GAZ_NONE);
    out[n++] = DENSE_AT_FLAGS + s->flags[i];
    out[n++] = DENSE_AT_LEGAL + s->legal[i];
    out[n++] = DENSE_AT_DOC + (alone ? 0U : s->doc[i]);
    uint8_t first = drop == DROP_LETTERS ? w->part[0] : drop == DROP_IDENTITY && w->part[0] > 0;
    uint8_t last = drop == DROP_LETTERS ? w->part[1] : w->n[PLACE_OWN];
    for (uint8_t k = first; k < last; k++)
        if (drop != DROP_IDENTITY || k != w->part[1]) out[n++] = t->ids[w->first[PLACE_OWN] + k];
    const train_word *l = i > from ? &t->train_words[s->word[i - 1]] : NULL;
    const train_word *r = i + 1 < to ? &t->train_words[s->word[i + 1]] : NULL;
    for (uint8_t k = 0; l != NULL && k < l->n[PLACE_AFTER]; k++) out[n++] = t->ids[l->first[PLACE_AFTER] + k];
    for (uint8_t k = 0; r != NULL && k < r->n[PLACE_BEFORE]; k++) out[n++] = t->ids[r->first[PLACE_BEFORE] + k];
    return n;
}

static void sum_rows(const trainer *t, const uint32_t *ids, size_t n, row out)
{
    memset(out, 0, sizeof(row));
    for (size_t k = 0; k < n; k++)
        for (int y = 0; y < CRF_LABELS; y++) out[y] += t->rows[ids[k]].w[y];
}

void train_emission(const trainer *t, const train_set *set, uint32_t from, uint32_t to, uint32_t i, row emission)
{
    uint32_t ids[MAX_UNIT_ROWS];
    size_t n = unit_rows(t, set, from, to, i, DROP_NONE, false, false, ids);
    sum_rows(t, ids, n, emission);
}

/* Buffers for the longest sequence. */
typedef struct work {
    uint32_t *ids, *first;
    row *emission, *node;
    float *scratch;
} work;

static void update(train_row *r, const float *gradient, float rate, int from)
{
    for (int y = from; y < CRF_REAL_LABELS; y++) {
        float g = gradient[y];
        r->g[y] += g * g;
        r->w[y] += rate * g / sqrtf(r->g[y]);
    }
}

/* The L2 penalty, once an epoch. */
static void shrink(trainer *t, float rate)
{
    for (size_t i = DENSE_ROWS; i < t->nrows; i++)
        for (int y = 0; y < CRF_REAL_LABELS; y++) {
            float step = rate * decay / sqrtf(t->rows[i].g[y]);
            t->rows[i].w[y] *= step < 1 ? 1 - step : 0;
        }
}

static double learn(trainer *t, const train_set *s, size_t q, float rate, work *k)
{
    uint32_t from = s->start[q], to = s->start[q + 1], total = 0;
    row edge[CRF_LABELS];
    size_t n = to - from;
    bool alone = train_uniform(&t->random) < 0.4; /* as in the first pass */
    for (uint32_t i = from; i < to; i++) {
        float u = (float)train_uniform(&t->random);
        int drop = u < letter_dropout ? DROP_LETTERS : u < letter_dropout + identity_dropout ? DROP_IDENTITY : DROP_NONE;
        bool listless = train_uniform(&t->random) < (double)list_dropout;
        k->first[i - from] = total;
        total += (uint32_t)unit_rows(t, s, from, to, i, drop, listless, alone, k->ids + total);
        sum_rows(t, k->ids + k->first[i - from], total - k->first[i - from], k->emission[i - from]);
    }
    k->first[n] = total;
    double value =
        train_gradient((const row *)k->emission, s->mask + from, n, &t->rows[DENSE_AT_TRANSITION], k->node, edge, k->scratch);
    if (!isfinite(value)) return value == -INFINITY ? 0 : value;
    for (size_t i = 0; i < n; i++) {
        float gradient[CRF_LABELS], most = 0;
        for (int y = 0; y < CRF_REAL_LABELS; y++) {
            gradient[y] = k->node[i][y] * s->weight[q];
            most = fmaxf(most, fabsf(gradient[y]));
        }
        if (most < 1e-4F) continue;
        for (uint32_t j = k->first[i]; j < k->first[i + 1]; j++) update(&t->rows[k->ids[j]], gradient, rate, 1);
    }
    for (int x = 0; x < CRF_REAL_LABELS; x++) {
        for (int y = 0; y < CRF_REAL_LABELS; y++) edge[x][y] *= s->weight[q];
        update(&t->rows[DENSE_AT_TRANSITION + x], edge[x], rate, 0);
    }
    return value * (double)s->weight[q];
}

static void shuffle(trainer *t, uint32_t *order, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t j = train_next(&t->random) % i;
        uint32_t x = order[i - 1];
        order[i - 1] = order[j];
        order[j] = x;
    }
}

static size_t sequences_of(const train_set *s, unsigned half, uint32_t *order)
{
    size_t n = 0;
    for (size_t d = 0; d < s->ndocs; d++)
        for (uint32_t q = s->doc_start[d]; q < s->doc_start[d + 1] && (half > 1 || s->source[d] % 2 != half); q++)
            order[n++] = q;
    return n;
}

static uint32_t longest(const train_set *s)
{
    uint32_t top = 1;
    for (size_t q = 0; q < s->nseq; q++) {
        uint32_t n = s->start[q + 1] - s->start[q];
        top = n > top ? n : top;
    }
    return top;
}

static bool work_new(work *k, size_t n)
{
    k->ids = malloc(n * MAX_UNIT_ROWS * sizeof *k->ids);
    k->first = malloc((n + 1) * sizeof *k->first);
    k->emission = malloc(n * sizeof *k->emission);
    k->node = malloc(n * sizeof *k->node);
    k->scratch = malloc(6 * n * sizeof(row));
    return k->ids != NULL && k->first != NULL && k->emission != NULL && k->node != NULL && k->scratch != NULL;
}

static void work_free(work *k)
{
    free(k->ids), free(k->first), free(k->emission), free(k->node), free(k->scratch);
}

static void report(trainer *t, unsigned epoch, double value)
{
    double p, r, f;
    if (t->options->log == NULL) return;
    train_score(t, &t->held, &p, &r, &f);
    fprintf(t->options->log, "epoch %u\tlog-likelihood %.4f a unit\theld out P %.4f R %.4f F1 %.4f\n", epoch + 1,
            value / (double)t->set.n, p, r, f);
    fflush(t->options->log);
}

static void average(trainer *t, row *sum, double *count, bool last)
{
    ++*count;
    for (size_t i = 0; i < t->nrows; i++)
        for (int y = 0; y < CRF_LABELS; y++) {
            sum[i][y] += t->rows[i].w[y];
            if (last) t->rows[i].w[y] = sum[i][y] / (float)*count;
        }
}

erz_status train_run(trainer *t, unsigned epochs, float rate, unsigned half, erz_error *err)
{
    work k = {0};
    for (size_t i = 0; i < t->nrows; i++)
        for (int y = 0; y < CRF_LABELS; y++) t->rows[i].g[y] = start;
    uint32_t *order = malloc((t->set.nseq + 1) * sizeof *order);
    row *sum = calloc(t->nrows + 1, sizeof *sum);
    double count = 0;
    erz_status status = ERZ_OK;
    if (!work_new(&k, longest(&t->set)) || order == NULL || sum == NULL)
        status = erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    size_t norder = status == ERZ_OK ? sequences_of(&t->set, half, order) : 0;
    for (unsigned epoch = 0; epoch < epochs && status == ERZ_OK; epoch++) {
        double value = 0;
        shuffle(t, order, norder);
        for (size_t q = 0; q < norder && isfinite(value); q++) value += learn(t, &t->set, order[q], rate, &k);
        if (!isfinite(value) || value > 0)
            status = erz_fail(err, ERZ_E_INPUT, NULL, 0, 0, "training diverged in epoch %u", epoch + 1);
        bool last = epoch + 1 == epochs;
        shrink(t, rate);
        if (status == ERZ_OK && epoch >= epochs / 2) average(t, sum, &count, last);
        if (status == ERZ_OK) report(t, epoch, value);
    }
    work_free(&k);
    free(order);
    free(sum);
    return status;
}
