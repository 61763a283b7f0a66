/* Viterbi's best path, eight labels a vector. */
#include <string.h>

#include "match/crf.h"

typedef int16_t lanes __attribute__((vector_size(16)));

static inline lanes load(const int16_t *p)
{
    lanes v;
    memcpy(&v, p, sizeof v);
    return v;
}

static inline lanes all(int16_t x)
{
    return (lanes){x, x, x, x, x, x, x, x};
}

static inline lanes choose(lanes mask, lanes yes, lanes no)
{
    return (mask & yes) | (~mask & no);
}

/* Try x as the label before. */
static inline void relax(lanes score, const lanes *transition, int16_t x, lanes *best, lanes *from)
{
    lanes v = all(score[x]) + transition[x], better = v > *best;
    *best = choose(better, v, *best);
    *from = choose(better, all(x), *from);
}

/* Best predecessor of each label and its score, less the score of O, so that sums stay small. */
static inline lanes step(lanes score, const lanes *transition, lanes *from)
{
    score -= all(score[LABEL_O]);
    lanes best = transition[LABEL_O];
    *from = all(LABEL_O);
    relax(score, transition, 1, &best, from);
    relax(score, transition, 2, &best, from);
    relax(score, transition, 3, &best, from);
    relax(score, transition, 4, &best, from);
    relax(score, transition, 5, &best, from);
    relax(score, transition, 6, &best, from);
    lanes never = all(CRF_NEVER);
    return choose(best < never, never, best);
}

void crf_decode(const int16_t (*emission)[CRF_LABELS], size_t n, const int16_t (*transition)[CRF_LABELS],
                int16_t (*back)[CRF_LABELS], uint8_t *label)
{
    lanes t[CRF_REAL_LABELS];
    if (n == 0) return;
    for (int x = 0; x < CRF_REAL_LABELS; x++) t[x] = load(transition[x]);
    lanes score = load(emission[0]) + t[LABEL_O];
    for (size_t i = 1; i < n; i++) {
        lanes from;
        score = step(score, t, &from) + load(emission[i]);
        memcpy(back[i], &from, sizeof from);
    }
    int last = 0;
    for (int y = 1; y < CRF_REAL_LABELS; y++)
        if (score[y] + t[y][LABEL_O] > score[last] + t[last][LABEL_O]) last = y;
    for (size_t i = n; i-- > 0;) {
        label[i] = (uint8_t)last;
        if (i > 0) last = back[i][last];
    }
}
