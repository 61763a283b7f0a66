/* Mentions of a form vote for and against each other: what the others say becomes a feature of the second pass. */
#include "match/company.h"

static int max(int a, int b)
{
    return a > b ? a : b;
}

/* How much more the surroundings (emission less own, the word's own row) suit a company than anything else. */
int company_margin(const int16_t emission[CRF_LABELS], const int16_t own[CRF_LABELS])
{
    int e[CRF_LABELS];
    for (int y = 0; y < CRF_LABELS; y++) e[y] = emission[y] - own[y];
    int other = max(max(e[LABEL_O], max(e[LABEL_PER], e[LABEL_LOC])), max(e[LABEL_BG], e[LABEL_IG]));
    return company_margin_limit(max(e[LABEL_BC], e[LABEL_IC]) - other);
}

/* 0: nobody else; otherwise how the others' surroundings look (5 steps), how many of them are companies (none, some, most),
 * whether one is a person, whether they are three or more, and the kind of form. */
uint8_t company_vote_code(const company_vote *v, int margin, uint8_t label, uint8_t kind)
{
    enum { LOW = 5 * CRF_SCALE / 2, POOR = 3 * CRF_SCALE / 2, FAIR = CRF_SCALE / 2, GOOD = CRF_SCALE / 2 };
    if (v->n < 2) return 0;
    int others = v->n - 1, companies = v->companies - company_votes_for(label), persons = v->persons - (label == LABEL_PER);
    int sum = v->sum - margin; /* their mean, cut to an integer, is at least -LOW, -POOR, -FAIR, GOOD */
    int a = (sum > (-LOW - 1) * others) + (sum > (-POOR - 1) * others) + (sum > (-FAIR - 1) * others) + (sum >= GOOD * others);
    int b = companies == 0 ? 0 : companies * 2 > others ? 2 : 1;
    int code = ((((kind == KIND_TITLE) * 2 + (others >= 3)) * 2 + (persons > 0)) * 3 + b) * 5 + a;
    return (uint8_t)(code + 1);
}
