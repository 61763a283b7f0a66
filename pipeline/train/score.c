/* Exact-span precision and recall for companies on a held-out set. */
#include <stdlib.h>
#include <string.h>

#include "train/train.h"

static int16_t fixed(float w)
{
    float v = w * CRF_SCALE;
    return (int16_t)(v > 2000 ? 2000 : v < -2000 ? -2000 : v + (v < 0 ? -0.5F : 0.5F));
}

static void fix_transitions(const trainer *t, int16_t out[CRF_LABELS][CRF_LABELS])
{
    for (int x = 0; x < CRF_LABELS; x++)
        for (int y = 0; y < CRF_LABELS; y++)
            out[x][y] = x < CRF_REAL_LABELS && y < CRF_REAL_LABELS && crf_allowed(x, y)
                            ? fixed(t->rows[DENSE_AT_TRANSITION + x].w[y])
                            : CRF_NEVER;
}

static void train_own(const trainer *t, uint32_t word, int16_t out[CRF_LABELS])
{
    float sum[CRF_LABELS] = {0};
    const train_word *w = &t->train_words[word];
    for (uint8_t k = 0; k < w->n[PLACE_OWN]; k++)
        for (int y = 0; y < CRF_LABELS; y++) sum[y] += t->rows[t->ids[w->first[PLACE_OWN] + k]].w[y];
    for (int y = 0; y < CRF_LABELS; y++) out[y] = fixed(sum[y]);
}

static uint32_t span_end(const uint8_t *label, uint32_t i, uint32_t n)
{
    uint32_t end = i + 1;
    while (end < n && label[end] == LABEL_IC) end++;
    return end;
}

/* Gold label of a mask that leaves no choice but among labels outside companies. */
static uint8_t gold_label(uint8_t mask)
{
    return mask == 1 << LABEL_BC ? LABEL_BC : mask == 1 << LABEL_IC ? LABEL_IC : LABEL_O;
}

static void count(const uint8_t *gold, const uint8_t *got, uint32_t n, size_t tally[3])
{
    for (uint32_t i = 0; i < n; i++) {
        bool g = gold[i] == LABEL_BC, p = got[i] == LABEL_BC;
        tally[1] += g;
        tally[2] += p;
        tally[0] += g && p && span_end(gold, i, n) == span_end(got, i, n);
    }
}

static void fix_emissions(const trainer *t, const train_set *set, uint32_t from, uint32_t to, int16_t (*out)[CRF_LABELS])
{
    float e[1][CRF_LABELS];
    for (uint32_t i = from; i < to; i++) {
        train_emission(t, set, from, to, i, e[0]);
        for (int y = 0; y < CRF_LABELS; y++) out[i - from][y] = fixed(e[0][y]);
    }
}

/* Buffers for the longest text. */
typedef struct pass {
    int16_t (*emission)[CRF_LABELS];
    int16_t (*alpha)[CRF_LABELS];
    uint8_t *label, *gold;
    company_vote *votes;
    crf_lattice lattice;
} pass;

static bool pass_new(pass *p, const trainer *t, const train_set *set)
{
    size_t n = 1;
    for (size_t d = 0; d < set->ndocs; d++) {
        size_t units = set->start[set->doc_start[d + 1]] - set->start[set->doc_start[d]];
        n = units > n ? units : n;
    }
    p->emission = malloc(n * sizeof *p->emission);
    p->alpha = malloc(n * sizeof *p->alpha);
    p->label = malloc(n);
    p->gold = malloc(n);
    p->votes = malloc((n + 1) * sizeof *p->votes);
    int16_t transition[CRF_LABELS][CRF_LABELS];
    fix_transitions(t, transition);
    crf_lattice_set(&p->lattice, (const int16_t(*)[CRF_LABELS])transition);
    return p->emission != NULL && p->alpha != NULL && p->label != NULL && p->gold != NULL && p->votes != NULL;
}

static void pass_free(pass *p)
{
    free(p->emission), free(p->alpha), free(p->label), free(p->gold), free(p->votes);
}

static void decode_doc(const trainer *t, const train_set *set, size_t d, pass *p)
{
    uint32_t origin = set->start[set->doc_start[d]];
    for (uint32_t q = set->doc_start[d]; q < set->doc_start[d + 1]; q++) {
        uint32_t from = set->start[q], n = set->start[q + 1] - from;
        fix_emissions(t, set, from, from + n, p->emission + (from - origin));
        crf_decode(&p->lattice, (const int16_t(*)[CRF_LABELS])p->emission + (from - origin), n, p->alpha,
                   p->label + (from - origin));
    }
}

/* As company_tag.c does it. */
static void vote_doc(trainer *t, train_set *set, size_t d, pass *p)
{
    uint32_t origin = set->start[set->doc_start[d]], end = set->start[set->doc_start[d + 1]], n = 0;
    for (uint32_t i = origin; i < end; i++) {
        uint32_t *slot = &t->votes_of[t->companies->types[set->word[i]].base];
        if (*slot != 0 || !company_is_candidate(p->emission[i - origin])) continue;
        *slot = ++n;
        p->votes[n] = (company_vote){0, 0, 0, 0, 0};
    }
    int16_t own[CRF_LABELS];
    for (int round = 0; round < 2; round++)
        for (uint32_t i = origin; i < end; i++) {
            bool votes = company_is_candidate(p->emission[i - origin]);
            uint32_t slot = !votes ? 0 : t->votes_of[t->companies->types[set->word[i]].base];
            if (slot == 0) continue;
            train_own(t, set->word[i], own);
            int margin = company_margin(p->emission[i - origin], own);
            uint8_t label = p->label[i - origin];
            if (round == 0)
                company_vote_add(&p->votes[slot], margin, label);
            else
                set->doc[i] = company_vote_code(&p->votes[slot], margin, label, set->kind[i]);
        }
    for (uint32_t i = origin; i < end; i++) t->votes_of[t->companies->types[set->word[i]].base] = 0;
}

static void forget_votes(train_set *set, size_t d)
{
    uint32_t origin = set->start[set->doc_start[d]], end = set->start[set->doc_start[d + 1]];
    memset(set->doc + origin, 0, end - origin);
}

erz_status train_vote(trainer *t, train_set *set, unsigned half, erz_error *err)
{
    pass p;
    bool good = pass_new(&p, t, set);
    for (size_t d = 0; d < set->ndocs && good; d++) {
        if (half < 2 && set->source[d] % 2 != half) continue;
        forget_votes(set, d);
        decode_doc(t, set, d, &p);
        vote_doc(t, set, d, &p);
    }
    pass_free(&p);
    return good ? ERZ_OK : erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
}

void train_score(trainer *t, train_set *set, double *precision, double *recall, double *f1)
{
    pass p;
    size_t tally[3] = {0, 0, 0};
    bool good = pass_new(&p, t, set);
    for (size_t d = 0; d < set->ndocs && good; d++) {
        uint32_t origin = set->start[set->doc_start[d]], n = set->start[set->doc_start[d + 1]] - origin;
        forget_votes(set, d);
        decode_doc(t, set, d, &p);
        vote_doc(t, set, d, &p);
        decode_doc(t, set, d, &p);
        for (uint32_t i = 0; i < n; i++) p.gold[i] = gold_label(set->mask[origin + i]);
        count(p.gold, p.label, n, tally);
    }
    pass_free(&p);
    *precision = tally[2] > 0 ? (double)tally[0] / (double)tally[2] : 0;
    *recall = tally[1] > 0 ? (double)tally[0] / (double)tally[1] : 0;
    *f1 = tally[0] > 0 ? 2 * *precision * *recall / (*precision + *recall) : 0;
}
