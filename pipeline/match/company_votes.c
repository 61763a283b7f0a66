/* Mentions of a form vote for and against each other: what the others say becomes a feature of the second pass. */
#include "match/company.h"

enum { VALUE_LIMIT = 6 * CRF_SCALE, DECIDED = 2 * CRF_SCALE };

static int max(int a, int b)
{
    return a > b ? a : b;
}

int company_margin(const int16_t e[CRF_LABELS])
{
    return max(e[LABEL_BC], e[LABEL_IC]) - max(max(e[LABEL_O], max(e[LABEL_PER], e[LABEL_LOC])), max(e[LABEL_BG], e[LABEL_IG]));
}

int company_value(int margin, uint8_t label)
{
    int v = margin > VALUE_LIMIT ? VALUE_LIMIT : margin < -VALUE_LIMIT ? -VALUE_LIMIT : margin;
    return label == LABEL_BC || label == LABEL_IC ? v + DECIDED : v - DECIDED;
}

void company_vote_add(company_vote *v, int value)
{
    if (v->n == UINT16_MAX) return;
    if (v->n == 0) v->most = v->second = INT16_MIN;
    v->n++;
    v->sum += value;
    if (value > v->most) {
        v->second = v->most;
        v->most = (int16_t)value;
    } else if (value > v->second) {
        v->second = (int16_t)value;
    }
}

/* 0: nobody else; otherwise mean of the others (8 steps), the highest of them (4 steps), and the form's kind (2). */
uint8_t company_vote_code(const company_vote *v, int own, uint8_t kind)
{
    static const int mean_steps[7] = {-5, -3, -1, 0, 1, 3, 5}, most_steps[3] = {-1, 2, 5};
    if (v->n < 2) return 0;
    int mean = (v->sum - own) / (v->n - 1), most = own == v->most ? v->second : v->most;
    int a = 0, b = 0;
    while (a < 7 && mean >= mean_steps[a] * CRF_SCALE) a++;
    while (b < 3 && most >= most_steps[b] * CRF_SCALE) b++;
    int code = (kind == KIND_TITLE) * 64 + a * 8 + b * 2 + 1;
    return (uint8_t)code;
}
