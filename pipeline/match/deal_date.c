/* When a deal takes place, as far as its sentence says. */
#include <string.h>

#include "base/arena.h"
#include "deal.h"

typedef struct span {
    uint32_t first, last;
} span;

static bool is_year(const rule_row *row, uint32_t item)
{
    const rule_item *it = &row->items[item];
    const char *s = row->text->text + it->begin;
    if (it->mention != 0 || it->part || it->end - it->begin != 4) return false;
    if (memcmp(s, "19", 2) != 0 && memcmp(s, "20", 2) != 0) return false;
    return s[2] >= '0' && s[2] <= '9' && s[3] >= '0' && s[3] <= '9';
}

/* `1.`, `25.` */
static bool is_day(const rule_row *row, uint32_t item)
{
    const rule_item *it = &row->items[item];
    const char *s = row->text->text + it->begin;
    uint32_t n = it->end - it->begin;
    return it->mention == 0 && n >= 2 && n <= 3 && s[0] >= '0' && s[0] <= '9' && s[n - 1] == '.';
}

/* The date that the word at an item belongs to. */
static bool date_at(const deal_finder *f, const rule_row *row, uint32_t item, span *out)
{
    bool month = deal_item_has(f, row, item, CUE_MONTH), weekday = deal_item_has(f, row, item, CUE_WEEKDAY),
         year = is_year(row, item);
    bool period = deal_item_has(f, row, item, CUE_PERIOD);
    if (!month && !weekday && !year && !period) return false;
    uint32_t first = item, last = item;
    if (month && first > 0 && is_day(row, first - 1)) first--;
    while (first > 0 && deal_item_has(f, row, first - 1, CUE_WHEN)) first--;
    if (last + 1 < row->n && !year && is_year(row, last + 1)) last++;
    /* `im Jahr` alone tells nothing. */
    if (period && first == last) return false;
    *out = (span){first, last};
    return true;
}

/* `teilte am Montag mit`: when it was told. */
static bool is_told(const deal_finder *f, const rule_row *row, const span *s)
{
    enum { NEAR = 4 };
    for (uint32_t i = s->first; i > 0 && s->first - i < NEAR; i--)
        if (deal_item_has(f, row, i - 1, CUE_TOLD)) return true;
    for (uint32_t i = s->last + 1; i < row->n && i - s->last <= NEAR; i++)
        if (deal_item_has(f, row, i, CUE_TOLD)) return true;
    return false;
}

static uint32_t distance(const rule_hit *hit, const span *s)
{
    if (s->last < hit->first) return hit->first - s->last;
    return s->first > hit->last ? s->first - hit->last : 0;
}

erz_status deal_read_date(const deal_finder *f, erz_text *text, const rule_row *row, const rule_hit *hit, deal *d)
{
    enum { REACH = 12 };
    uint32_t nearest = REACH + 1;
    span best = {0, 0};
    for (uint32_t i = 0; i < row->n; i++) {
        span s;
        if (!date_at(f, row, i, &s)) continue;
        i = s.last;
        if (distance(hit, &s) >= nearest || is_told(f, row, &s)) continue;
        nearest = distance(hit, &s);
        best = s;
    }
    if (nearest > REACH) return ERZ_OK;
    uint32_t begin = row->items[best.first].begin, end = row->items[best.last].end;
    d->date = erz_arena_strndup(text->arena, text->text + begin, end - begin);
    return d->date == NULL ? ERZ_E_MEMORY : ERZ_OK;
}
