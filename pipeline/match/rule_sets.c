/* Where in a row a pattern can begin. A pattern is kept as a program over sets of places (bit p: before item p): from the
 * places a match may end at to those it may begin at, all at once. Exact, without backtracking: linear in the pattern's length
 * times its repetitions. So PCRE2 sees a pattern only where it matches, and `unless` needs no more than this.
 *
 * A program is in reverse Polish: a node's last word is its head (kind, argument), before it stands the node's length when it
 * has children, before that the children. It is run from its end, as the last item of a sequence comes first here. */
#include "rule_sets.h"

#include <string.h>

enum { WORDS = SETS_ROW / 64 };

typedef struct run {
    const uint32_t *prog;
    const rule_row *row;
    uint32_t width; /* words of a set of this row */
    uint32_t limit; /* the row's last place */
} run;

static inline uint32_t kind(uint32_t head)
{
    return head & 0xff;
}

static inline uint32_t argument(uint32_t head)
{
    return head >> 8;
}

static inline uint32_t node_length(const uint32_t *end)
{
    return kind(end[-1]) < SETS_FIRST_INNER ? 1 : end[-2];
}

static inline bool is_empty(const run *r, const uint64_t *s)
{
    uint64_t all = 0;
    for (uint32_t i = 0; i < r->width; i++) all |= s[i];
    return all == 0;
}

/* Every place of the row. */
static void fill_all(const run *r, uint64_t *s)
{
    for (uint32_t i = 0; i < r->width; i++) s[i] = i < r->limit / 64 ? ~UINT64_C(0) : 0;
    s[r->limit / 64] = ~UINT64_C(0) >> (63 - r->limit % 64);
}

/* s: of the places after an item, those before it. */
static inline void step_back(const run *r, uint64_t *s)
{
    for (uint32_t i = 0; i + 1 < r->width; i++) s[i] = s[i] >> 1 | s[i + 1] << 63;
    s[r->width - 1] >>= 1;
}

static void add_step(const run *r, const uint64_t *mask, uint64_t *s)
{
    uint64_t t[WORDS];
    memcpy(t, s, r->width * sizeof *t);
    step_back(r, t);
    for (uint32_t i = 0; i < r->width; i++) s[i] |= t[i] & mask[i];
}

/* Items for which a condition holds (with bits beyond the row's items). */
static void items_with(const run *r, const uint32_t *end, uint64_t *mask)
{
    uint32_t head = end[-1], k = kind(head);
    uint64_t other[WORDS];
    if (k == SETS_ATOM) {
        memcpy(mask, rule_row_mask(r->row, argument(head)), r->width * sizeof *mask);
        return;
    }
    const uint32_t *p = end - 2;
    items_with(r, p, mask);
    for (uint32_t i = 0; i < r->width && k == SETS_NOT; i++) mask[i] = ~mask[i];
    for (uint32_t n = argument(head); n > 1; n--) {
        p -= node_length(p);
        items_with(r, p, other);
        for (uint32_t i = 0; i < r->width; i++) mask[i] = k == SETS_AND ? mask[i] & other[i] : mask[i] | other[i];
    }
}

static void back(const run *r, const uint32_t *end, uint64_t *s);

static void back_sequence(const run *r, const uint32_t *end, uint64_t *s)
{
    const uint32_t *p = end - 2;
    for (uint32_t n = argument(end[-1]); n > 0 && !is_empty(r, s); n--) {
        back(r, p, s);
        p -= node_length(p);
    }
}

static void back_alternatives(const run *r, const uint32_t *end, uint64_t *s)
{
    uint64_t from[WORDS], one[WORDS];
    memcpy(from, s, r->width * sizeof *s);
    memset(s, 0, r->width * sizeof *s);
    const uint32_t *p = end - 2;
    for (uint32_t n = argument(end[-1]); n > 0; n--) {
        memcpy(one, from, r->width * sizeof *s);
        back(r, p, one);
        for (uint32_t i = 0; i < r->width; i++) s[i] |= one[i];
        p -= node_length(p);
    }
}

/* One more time, beside the places reached so far; whether that reached any. */
static bool repeat_once(const run *r, const uint32_t *child, const uint64_t *mask, uint64_t *s)
{
    uint64_t before[WORDS], more[WORDS];
    memcpy(before, s, r->width * sizeof *s);
    if (mask != NULL) {
        add_step(r, mask, s);
    } else {
        memcpy(more, s, r->width * sizeof *s);
        back(r, child, more);
        for (uint32_t i = 0; i < r->width; i++) s[i] |= more[i];
    }
    return memcmp(before, s, r->width * sizeof *s) != 0;
}

static void back_repeat(const run *r, const uint32_t *end, uint64_t *s)
{
    uint32_t head = end[-1], min = SETS_MIN(head), max = SETS_MAX(head);
    uint64_t mask[WORDS];
    bool single = (argument(head) & SETS_SINGLE) != 0;
    if (single) { /* always one item, the same ones each time */
        fill_all(r, mask);
        back(r, end - 2, mask);
    }
    for (uint32_t i = 0; i < min; i++) {
        if (!single) {
            back(r, end - 2, s);
            continue;
        }
        step_back(r, s);
        for (uint32_t k = 0; k < r->width; k++) s[k] &= mask[k];
    }
    for (uint32_t i = min; i < max; i++)
        if (!repeat_once(r, end - 2, single ? mask : NULL, s)) break;
}

static void back_look(const run *r, const uint32_t *end, bool negative, uint64_t *s)
{
    uint64_t there[WORDS];
    fill_all(r, there);
    back(r, end - 2, there);
    for (uint32_t i = 0; i < r->width; i++) s[i] &= negative ? ~there[i] : there[i];
}

static void back_item(const run *r, const uint32_t *end, uint64_t *s)
{
    uint64_t mask[WORDS];
    items_with(r, end - 2, mask);
    step_back(r, s);
    for (uint32_t i = 0; i < r->width; i++) s[i] &= mask[i];
}

static void keep_place(const run *r, uint32_t place, uint64_t *s)
{
    uint64_t bit = s[place / 64] & UINT64_C(1) << (place % 64);
    memset(s, 0, r->width * sizeof *s);
    s[place / 64] = bit;
}

/* Of the places after the node that ends at `end`, those before it. */
static void back(const run *r, const uint32_t *end, uint64_t *s)
{
    switch (kind(end[-1])) {
    case SETS_ATOM: {
        const uint64_t *mask = rule_row_mask(r->row, argument(end[-1]));
        step_back(r, s);
        for (uint32_t i = 0; i < r->width; i++) s[i] &= mask[i];
        return;
    }
    case SETS_ANY:
        step_back(r, s);
        return;
    case SETS_START:
        keep_place(r, 0, s);
        return;
    case SETS_END:
        keep_place(r, r->limit, s);
        return;
    case SETS_ITEM:
        back_item(r, end, s);
        return;
    case SETS_SEQUENCE:
        back_sequence(r, end, s);
        return;
    case SETS_ALTERNATIVES:
        back_alternatives(r, end, s);
        return;
    case SETS_REPEAT:
        back_repeat(r, end, s);
        return;
    default:
        back_look(r, end, kind(end[-1]) == SETS_NOT_HERE, s);
    }
}

/* ---- the same for rows of one word, nearly all of them ---- */

static uint64_t word_items(const run *r, const uint32_t *end)
{
    uint32_t head = end[-1];
    if (kind(head) == SETS_ATOM) return *rule_row_mask(r->row, argument(head));
    const uint32_t *p = end - 2;
    uint64_t mask = word_items(r, p);
    if (kind(head) == SETS_NOT) return ~mask;
    for (uint32_t n = argument(head); n > 1; n--) {
        p -= node_length(p);
        uint64_t other = word_items(r, p);
        mask = kind(head) == SETS_AND ? mask & other : mask | other;
    }
    return mask;
}

static uint64_t word_back(const run *r, const uint32_t *end, uint64_t s);

static uint64_t word_repeat(const run *r, const uint32_t *end, uint64_t s)
{
    uint32_t head = end[-1], min = SETS_MIN(head), max = SETS_MAX(head);
    bool single = (argument(head) & SETS_SINGLE) != 0;
    uint64_t mask = single ? word_back(r, end - 2, ~UINT64_C(0) >> (63 - r->limit)) : 0;
    for (uint32_t i = 0; i < min; i++) s = single ? s >> 1 & mask : word_back(r, end - 2, s);
    for (uint32_t i = min; i < max; i++) {
        uint64_t more = s | (single ? s >> 1 & mask : word_back(r, end - 2, s));
        if (more == s) break;
        s = more;
    }
    return s;
}

static uint64_t word_children(const run *r, const uint32_t *end, uint64_t s)
{
    uint32_t head = end[-1];
    const uint32_t *p = end - 2;
    if (kind(head) == SETS_SEQUENCE) {
        for (uint32_t n = argument(head); n > 0 && s != 0; n--, p -= node_length(p)) s = word_back(r, p, s);
        return s;
    }
    uint64_t all = 0;
    for (uint32_t n = argument(head); n > 0; n--, p -= node_length(p)) all |= word_back(r, p, s);
    return all;
}

/* back() on one word. */
static uint64_t word_back(const run *r, const uint32_t *end, uint64_t s)
{
    uint32_t head = end[-1];
    if (s == 0) return 0;
    switch (kind(head)) {
    case SETS_ATOM:
        return s >> 1 & *rule_row_mask(r->row, argument(head));
    case SETS_ANY:
        return s >> 1;
    case SETS_START:
        return s & 1;
    case SETS_END:
        return s & UINT64_C(1) << r->limit;
    case SETS_ITEM:
        return s >> 1 & word_items(r, end - 2);
    case SETS_SEQUENCE:
    case SETS_ALTERNATIVES:
        return word_children(r, end, s);
    case SETS_REPEAT:
        return word_repeat(r, end, s);
    case SETS_HERE:
        return s & word_back(r, end - 2, ~UINT64_C(0) >> (63 - r->limit));
    default:
        return s & ~word_back(r, end - 2, ~UINT64_C(0) >> (63 - r->limit));
    }
}

bool rule_sets_begin(const uint32_t *prog, uint32_t n, const rule_row *row, uint32_t limit, bool at_limit, uint64_t *starts)
{
    run r = {prog, row, rule_row_width(row), limit};
    if (r.width < 2) {
        uint64_t last = UINT64_C(1) << limit;
        *starts = word_back(&r, prog + n, at_limit ? last : last | (last - 1));
        return *starts != 0;
    }
    fill_all(&r, starts);
    if (at_limit) keep_place(&r, limit, starts);
    back(&r, prog + n, starts);
    return !is_empty(&r, starts);
}

/* ---- making and checking programs ---- */

bool rule_sets_single(const uint32_t *end)
{
    uint32_t head = end[-1], single = 0, n = argument(head);
    const uint32_t *p = end - 2;
    switch (kind(head)) {
    case SETS_ATOM:
    case SETS_ANY:
    case SETS_ITEM:
        return true;
    case SETS_ALTERNATIVES:
        for (; n > 0; n--, p -= node_length(p))
            if (!rule_sets_single(p)) return false;
        return true;
    case SETS_SEQUENCE:
        for (; n > 0; n--, p -= node_length(p)) {
            uint32_t k = kind(p[-1]);
            if (k == SETS_HERE || k == SETS_NOT_HERE || k == SETS_START || k == SETS_END) continue;
            if (!rule_sets_single(p)) return false;
            single++;
        }
        return single == 1;
    default:
        return false;
    }
}

/* Is the node that ends at prog + n whole, and its every atom below natoms? *len: its length. */
static bool node_fits(const uint32_t *prog, uint32_t n, uint32_t natoms, uint32_t depth, bool condition, uint32_t *len)
{
    if (n == 0 || depth == 0) return false;
    uint32_t head = prog[n - 1], k = kind(head), children = 1, inner;
    *len = 1;
    if (k == SETS_ATOM) return argument(head) < natoms;
    if (k < SETS_FIRST_INNER) return !condition && k <= SETS_END;
    if (condition != (k == SETS_AND || k == SETS_OR || k == SETS_NOT) || k >= SETS_KINDS || n < 2) return false;
    if (k == SETS_SEQUENCE || k == SETS_ALTERNATIVES || k == SETS_AND || k == SETS_OR) children = argument(head);
    *len = 2;
    for (; children > 0 && *len <= n; children--) {
        if (!node_fits(prog, n - *len, natoms, depth - 1, condition || k == SETS_ITEM, &inner)) return false;
        *len += inner;
    }
    return children == 0 && prog[n - 2] == *len;
}

bool rule_sets_fit(const uint32_t *prog, uint32_t n, uint32_t natoms)
{
    uint32_t len;
    return node_fits(prog, n, natoms, SETS_DEPTH, false, &len) && len == n;
}
