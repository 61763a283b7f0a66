/* Stake, price and valuation of a deal, from the quantities of its sentence. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "deal.h"

enum { REACH = 14, NEAR = 4 };

const char *deal_money_text(erz_text *text, const erz_mention *m)
{
    return m->unit[0] == '\0' ? m->value : erz_arena_printf(text->arena, "%s %s", m->value, m->unit);
}

/* A word of a list up to `reach` items before or after, not past another quantity. */
static bool before(const deal_finder *f, const rule_row *row, uint32_t item, uint32_t reach, int cue)
{
    for (uint32_t i = item; i > 0 && item - i < reach; i--) {
        if (deal_item_has(f, row, i - 1, cue)) return true;
        if (rule_row_has(row, i - 1, ATOM_MONEY) || rule_row_has(row, i - 1, ATOM_PERCENT)) return false;
    }
    return false;
}

static bool after(const deal_finder *f, const rule_row *row, uint32_t item, uint32_t reach, int cue)
{
    for (uint32_t i = item + 1; i < row->n && i - item <= reach; i++) {
        if (deal_item_has(f, row, i, cue)) return true;
        if (rule_row_has(row, i, ATOM_MONEY) || rule_row_has(row, i, ATOM_PERCENT)) return false;
    }
    return false;
}

static bool takes_stake(deal_type type)
{
    return type == DEAL_ACQUISITION || type == DEAL_STAKE || type == DEAL_MERGER || type == DEAL_JOINT_VENTURE ||
           type == DEAL_INVESTMENT || type == DEAL_DIVESTITURE;
}

static bool takes_amount(deal_type type)
{
    return type != DEAL_MERGER && type != DEAL_SPIN_OFF && type != DEAL_PARTNERSHIP && type != DEAL_INSOLVENCY;
}

static uint32_t distance(const rule_hit *hit, uint32_t item)
{
    if (item < hit->key_first) return hit->key_first - item;
    return item > hit->key_last ? item - hit->key_last : 0;
}

static bool is_stake(const deal_finder *f, const rule_row *row, const rule_hit *hit, const deal *d, uint32_t item,
                     const erz_mention *m)
{
    if (strcmp(m->unit, "%") != 0 || m->value[0] == '-' || m->value[0] == '+' || erz_mention_get(m, ERZ_ATTR_DIR) != NULL)
        return false;
    if (strtod(m->value, NULL) > 100) return false;
    if (before(f, row, item, NEAR, CUE_NO_PRICE) || after(f, row, item, 3, CUE_NO_PRICE)) return false;
    if (d->type == DEAL_STAKE && item >= hit->first && item <= hit->last) return true;
    return after(f, row, item, 3, CUE_SHARE_OF) || after(f, row, item, NEAR, CUE_SHARE) ||
           before(f, row, item, NEAR + 3, CUE_SHARE);
}

static const char *percent_at(const rule_row *row, uint32_t item)
{
    if (item >= row->n || row->items[item].mention == 0) return NULL;
    const erz_mention *m = &row->text->mentions[row->items[item].mention - 1];
    return m->type == ERZ_PERCENT && strcmp(m->unit, "%") == 0 ? m->value : NULL;
}

/* `von 10 auf 25 Prozent`: before and after. */
static void take_stake(const deal_finder *f, const rule_row *row, uint32_t item, deal *d)
{
    enum { BETWEEN = 4 };
    d->stake = percent_at(row, item);
    for (uint32_t i = item + 1; i < row->n && i - item <= BETWEEN; i++) {
        if (percent_at(row, i) == NULL || !before(f, row, i, 3, CUE_TO) || !before(f, row, item, 3, CUE_FROM)) continue;
        d->stake_before = d->stake;
        d->stake = percent_at(row, i);
        return;
    }
    if (!before(f, row, item, 3, CUE_TO)) return;
    for (uint32_t i = item; i > 0 && item - i < BETWEEN; i--)
        if (percent_at(row, i - 1) != NULL && before(f, row, i - 1, 3, CUE_FROM)) d->stake_before = percent_at(row, i - 1);
}

/* Higher is better; negative: no price. */
static int price_score(const deal_finder *f, const rule_row *row, const rule_hit *hit, uint32_t item, const erz_mention *m)
{
    const char *role = erz_mention_get(m, ERZ_ATTR_ROLE);
    /* Less is the price of a share. */
    if (strtod(m->value, NULL) < 10000 && strcmp(m->value, "1") != 0) return -1;
    if (erz_mention_get(m, ERZ_ATTR_PER) != NULL) return -1;
    if (role != NULL && strcmp(role, "price") != 0 && strcmp(role, "volume") != 0 && strcmp(role, "investment") != 0) return -1;
    bool total = before(f, row, item, 3, CUE_TOTAL); /* `6 Euro je Aktie, insgesamt 200 Millionen Euro` */
    if (!total && before(f, row, item, NEAR + 2, CUE_NO_PRICE)) return -1;
    if (after(f, row, item, 2, CUE_NO_PRICE)) return -1;
    int score = REACH - (int)distance(hit, item);
    if (before(f, row, item, NEAR, CUE_PRICE)) score += before(f, row, item, 3, CUE_TO) ? -10 : 10;
    if (role != NULL) score += 5;
    if (item >= hit->first && item <= hit->last) score += 5;
    return score;
}

static bool is_valuation(const deal_finder *f, const rule_row *row, uint32_t item, const erz_mention *m)
{
    const char *role = erz_mention_get(m, ERZ_ATTR_ROLE);
    if (role != NULL && strcmp(role, "valuation") == 0) return true;
    return before(f, row, item, NEAR + 2, CUE_VALUATION) || after(f, row, item, 2, CUE_VALUATION);
}

erz_status deal_read_amounts(const deal_finder *f, erz_text *text, const rule_row *row, const rule_hit *hit, deal *d)
{
    const erz_mention *price = NULL;
    int best = -1;
    uint32_t nearest = UINT32_MAX, stake = UINT32_MAX;
    for (uint32_t i = 0; i < row->n; i++) {
        if (row->items[i].mention == 0) continue;
        const erz_mention *m = &text->mentions[row->items[i].mention - 1];
        uint32_t away = distance(hit, i);
        if (m->type == ERZ_PERCENT && d->stake == NULL && takes_stake(d->type) && away < nearest && away <= REACH &&
            is_stake(f, row, hit, d, i, m)) {
            nearest = away;
            stake = i;
        }
        if (m->type != ERZ_MONEY || d->amount != NULL || !takes_amount(d->type)) continue;
        if (is_valuation(f, row, i, m)) {
            if (d->valuation == NULL && (d->valuation = deal_money_text(text, m)) == NULL) return ERZ_E_MEMORY;
            continue;
        }
        int score = price_score(f, row, hit, i, m);
        if (score > best) {
            best = score;
            price = m;
        }
    }
    if (stake != UINT32_MAX) take_stake(f, row, stake, d);
    if (price != NULL && (d->amount = deal_money_text(text, price)) == NULL) return ERZ_E_MEMORY;
    return ERZ_OK;
}
