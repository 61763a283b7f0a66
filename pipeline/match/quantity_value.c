/* From a match of the grammar to amounts: values of the slots, units, shared scale words, what must not count. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "quantity.h"

/* A number being read off items: what stands before a scale word, and the sum of what was scaled. */
typedef struct sum {
    erz_decimal done, open;
    bool has_open, scaled, failed;
    bool in_words;  /* the open number is a word */
    int power;      /* of the last scale word */
    int done_power; /* of the last part of the sum */
} sum;

/* Parts of a sum grow smaller and leave room for each other: eine Million zweihunderttausend, not 1,5 Mrd. 46 Mio. */
static void close_open(sum *s)
{
    if (s->has_open && !erz_decimal_is_zero(&s->done)) {
        erz_decimal lowest = erz_decimal_from(1, s->done.exp);
        if (s->done.exp < s->done_power || erz_decimal_compare(&s->open, &lowest) >= 0 || erz_decimal_magnitude(&s->open) < 2)
            s->failed = true;
    }
    if (s->has_open && !erz_decimal_add(&s->done, s->open)) s->failed = true;
    s->done_power = s->power;
    s->has_open = false;
}

static void open_number(sum *s, erz_decimal d)
{
    close_open(s);
    s->open = d;
    s->has_open = true;
}

static void add_fraction(sum *s, const quantity_item *item, bool behind_and)
{
    if (!s->has_open) {
        open_number(s, item->number);
    } else if (behind_and || item->traits != 0) { /* fünf und ein halb, 5 ½ */
        if (!erz_decimal_add(&s->open, item->number)) s->failed = true;
    } else if (!erz_decimal_mul(&s->open, item->number)) {
        s->failed = true;
    }
}

static void add_scale(sum *s, const quantity_item *item)
{
    if (!s->has_open) open_number(s, erz_decimal_from(1, 0));
    const char *word = NULL; /* eine billion: no English one */
    int power = s->in_words && erz_flag(item->flags, "word", &word) ? (int)strtol(word, NULL, 10) : item->power;
    s->open.exp += power;
    s->power = power;
    s->scaled = true;
}

/* Beyond this power of ten no amount is meant. */
enum { LARGEST = 30 };

static sum read_items(const quantity_item *items, uint32_t begin, uint32_t end)
{
    sum s = {erz_decimal_from(0, 0), erz_decimal_from(0, 0), false, false, false, false, 0, 0};
    bool and_before = false;
    for (uint32_t i = begin; i < end && !s.failed; i++) {
        const quantity_item *item = &items[i];
        uint64_t k = item->kinds;
        if ((k & (QK(SCALE) | QK(LETTER) | QK(SCALEHEAD))) != 0 && (s.has_open || (k & QK(WORDS)) == 0)) {
            bool twice = i > begin && item->symbol != 0 && items[i - 1].symbol == item->symbol; /* 2 Milliarden Milliarden */
            if (!twice) add_scale(&s, item);
        } else if ((k & QK(FRACTION)) != 0) {
            add_fraction(&s, item, and_before);
        } else if ((k & QK(ARTICLE)) != 0 && and_before) {
            continue; /* zwei und eine halbe */
        } else if ((k & QK(ARTICLE)) != 0 && i + 1 < end && (items[i + 1].kinds & (QK(FRACTION) | QK(SCALED))) != 0 &&
                   !erz_flag(items[i + 1].flags, "whole", NULL)) {
            and_before = s.has_open; /* eine halbe, eine Viertelmillion; zwei ein viertel */
            continue;
        } else if ((k & (QK(DIGITS) | QK(WORDS) | QK(ARTICLE) | QK(VAGUE) | QK(SCALED) | QK(MONEYWORD) | QK(SCALEDWORD) |
                         QK(MONEYHEAD) | QK(PERCENTADJ) | QK(PERCENTWORD))) != 0) {
            if ((k & QK(VAGUE)) != 0 && s.has_open) continue; /* Hunderte und Aberhunderte */
            open_number(&s, item->number);
            s.in_words = (k & (QK(WORDS) | QK(ARTICLE))) != 0;
            if ((k & (QK(SCALED) | QK(SCALEDWORD))) != 0) s.scaled = true;
            bool glued = (k & (QK(WORDS) | QK(SCALE))) == QK(WORDS) && item->power > 0; /* 5-10m */
            if ((k & QK(MONEYWORD)) != 0 || glued) s.power = item->power;               /* 10- bis 15-Millionen-Euro */
            if ((k & QK(WORDS)) != 0 && item->last > item->first && item->power > 0) s.power = item->power; /* sechs tausend */
        } else {
            and_before = (k & (QK(LOWER) | QK(APPROX))) != 0;
            continue;
        }
        and_before = false;
    }
    close_open(&s);
    if (erz_decimal_magnitude(&s.done) > LARGEST) s.failed = true;
    return s;
}

static bool is_multiple(const erz_decimal *d, int power)
{
    uint64_t n = d->lo;
    int zeros = d->exp;
    if (d->hi != 0 || n == 0) return false;
    for (; n % 10 == 0; n /= 10) zeros++;
    return zeros >= power;
}

static bool far(const erz_decimal *a, const erz_decimal *b, const erz_decimal *than)
{
    int x = erz_decimal_magnitude(a) - erz_decimal_magnitude(b), y = erz_decimal_magnitude(than) - erz_decimal_magnitude(b);
    return (x < 0 ? -x : x) > (y < 0 ? -y : y);
}

/* `10 bis 20 Millionen`: a number without a scale word takes the other's, if that brings the two closer. */
static void share_scale(sum *number, const sum *other)
{
    if (number->scaled || other->power == 0 || erz_decimal_is_zero(&number->done)) return;
    erz_decimal scaled = number->done;
    scaled.exp += other->power;
    if (!far(&scaled, &other->done, &number->done)) number->done = scaled;
}

/* `drei- bis viertausend`, `5- bis 6.000`, `drei- oder vierhundert`: the cut number ends as the other does. */
static void complete(sum *number, const quantity_item *cut, const sum *other, const quantity_item *whole)
{
    static const int endings[] = {5, 3, 2};
    int magnitude = erz_decimal_magnitude(&other->done);
    bool compound = (whole->kinds & QK(MONEYWORD)) != 0; /* 15.000-Euro-Frage */
    if ((cut->kinds & QK(CUT)) == 0 || other->power != 0) return;
    if (!compound && (whole->kinds & (QK(DIGITS) | QK(WORDS))) == 0) return;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        int power = endings[i];
        if (compound && power < 3) return;
        erz_decimal completed = number->done;
        completed.exp += power;
        bool ends = power == 2 ? magnitude == 2 : magnitude >= power && magnitude < 6;
        if (!ends || !is_multiple(&other->done, power) || erz_decimal_compare(&completed, &other->done) >= 0) continue;
        number->done = completed;
        return;
    }
}

typedef struct unit {
    const char *iso, *flags;
    int power; /* MINOR: -2; MONEYCODE, MONEYHEAD: 3, 6, 9 */
    bool money;
} unit;

/* `ISO` up to a blank, or `ISO:factor` whose factor is a power of ten (of a minor unit: a divisor). */
static unit read_unit(const quantity_item *item)
{
    unit u = {item->unit, item->flags, 0,
              (item->kinds & (QK(PERCENT) | QK(PERCENTADJ) | QK(PERCENTWORD) | QK(PERCENTHEAD) | QK(PERCENTTAIL))) == 0};
    const char *colon = strchr(item->unit, ':');
    if (colon != NULL && colon - item->unit == 3 && (item->kinds & (QK(MINOR) | QK(MONEYCODE))) != 0) {
        int zeros = (int)strlen(colon + 1) - 1;
        u.power = (item->kinds & QK(MINOR)) != 0 ? -zeros : zeros;
    }
    if ((item->kinds & QK(MONEYHEAD)) != 0) u.power = item->power;
    return u;
}

/* The ISO code alone. */
static const char *iso_code(erz_text *text, const char *value)
{
    size_t n = strcspn(value, ": ,");
    return value[n] == '\0' ? value : erz_arena_strndup(text->arena, value, n);
}

static const quantity_capture *find_slot(const quantity_match *m, quantity_slot slot)
{
    for (size_t i = m->ncaptures; i-- > 0;)
        if (m->captures[i].slot == slot && m->captures[i].end != UINT32_MAX && m->captures[i].end > m->captures[i].begin)
            return &m->captures[i];
    return NULL;
}

/* The sign right before item `at`. */
static const quantity_item *sign_before(const struct erz_quantities *q, const quantity_match *m, uint32_t at)
{
    for (size_t i = 0; i < m->ncaptures; i++)
        if (m->captures[i].slot == SLOT_SIGN && m->captures[i].end == at && m->captures[i].begin < at)
            return &q->items[m->captures[i].begin];
    return NULL;
}

static char byte_before(const erz_text *text, uint32_t at)
{
    return at > 0 ? text->text[at - 1] : ' ';
}

/* 12 Pfund schwer, leichter */
static bool is_weight(const struct erz_quantities *q, const erz_text *text, const quantity_match *m, const quantity_item *item)
{
    static const char *const words[] = {"schwer", "leicht"};
    const quantity_item *next = &q->items[m->end];
    const char *kind = NULL;
    size_t len = next->end - next->begin;
    if (!erz_flag(item->flags, "kind", &kind) || strncmp(kind, "pfund", 5) != 0) return false;
    for (size_t i = 0; i < 2; i++)
        if (len >= strlen(words[i]) && memcmp(text->text + next->begin, words[i], strlen(words[i])) == 0) return true;
    return false;
}

/* seit 2002 Euro, im Jahr 2008 Milliarden Euro: a year before a word for money */
static bool is_year(const struct erz_quantities *q, const erz_text *text, const quantity_capture *amount)
{
    static const char *const words[] = {"seit", "Seit", "Jahr", "Jahre"};
    if (amount->begin == 0 || (q->items[amount->begin].kinds & QK(YEAR)) == 0) return false;
    const quantity_item *before = &q->items[amount->begin - 1];
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == before->end - before->begin &&
            memcmp(text->text + before->begin, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

/* Three letters before a year are seldom a currency (MRU 2004), but for the great ones. */
static bool is_rare(const quantity_item *item)
{
    static const char *const great[] = {"EUR", "USD", "CHF", "GBP", "JPY", "DEM", "ATS", "CNY", "CAD"};
    if (item->end - item->begin != 3 || (item->kinds & QK(CODE)) == 0) return false;
    for (size_t i = 0; i < sizeof great / sizeof *great; i++)
        if (strcmp(item->unit, great[i]) == 0) return false;
    return true;
}

/* A currency that is an ordinary word too, or a code that is a word, needs more than a number beside it. */
static bool is_vetoed(const struct erz_quantities *q, const erz_text *text, const quantity_match *m, const quantity_capture *u,
                      const quantity_capture *amount)
{
    const quantity_item *item = &q->items[u->end - 1], *number = &q->items[amount->begin], *next = &q->items[m->end];
    bool before = u->begin < amount->begin, amb = erz_flag(item->flags, "amb", NULL);
    if (m->end >= q->nitems) next = &q->items[q->nitems - 1];
    if (byte_before(text, number->begin) == '%' || byte_before(text, number->begin) == '_') return true;
    if ((item->kinds & QK(MINOR)) != 0 && amb && amount->end - amount->begin > 1) return !erz_flag(item->flags, "scaled", NULL);
    if ((item->kinds & QK(CURRENCY)) == 0) {
        char after = item->end < text->len ? text->text[item->end] : ' ';
        bool letter = (after >= 'a' && after <= 'z') || (after >= 'A' && after <= 'Z') || (after >= '0' && after <= '9');
        return text->text[item->begin] == '%' && item->end - item->begin == 1 && letter;
    }
    if (before && byte_before(text, item->begin) == '/') return true; /* EUR/USD 1,08 */
    if (before && (number->kinds & QK(YEAR)) != 0 && amount->end - amount->begin == 1 && is_rare(item)) return true;
    if (before && amb) {
        bool dotted = text->text[item->end - 1] == '.'; /* Fr. 500; Fr. 12. Mai has an ordinal */
        bool large =
            (dotted || !is_rare(item)) && (number->kinds & QK(YEAR)) == 0 && erz_decimal_magnitude(&number->number) >= 2;
        return amount->end - amount->begin < 2 && (number->kinds & QK(DECIMAL)) == 0 && !large;
    }
    /* 2010 $5 Mio.: the sign belongs to what it touches */
    if (!before && (item->kinds & QK(CODE)) != 0 && (next->kinds & QK(DIGITS)) != 0 && (next->kinds & QK(TOUCH)) != 0 &&
        (item->kinds & QK(TOUCH)) == 0)
        return true;
    if (!before && is_year(q, text, amount)) return true;
    if (!before && amb && is_weight(q, text, m, item)) return true;
    if (!before && amb && is_rare(item) && amount->end - amount->begin == 1 && (number->kinds & QK(DECIMAL)) == 0 &&
        erz_decimal_magnitude(&number->number) < 2)
        return true; /* 13 ILS */
    if (!before && amb && (next->kinds & QK(NOUN)) != 0) {
        const char *kind = NULL; /* 5 Mark Strafe; but 750 Pfund Benzin */
        if (strcmp(item->unit, "CHF") == 0 && text->text[item->end - 1] == '.') return false; /* 4,5 Mia. Fr. Gewinn */
        return !erz_flag(item->flags, "kind", &kind) || (strncmp(kind, "pfund", 5) == 0 && amount->end - amount->begin == 1);
    }
    return false;
}

static quantity_found *add_found(struct erz_quantities *q, erz_text *text, uint32_t begin, uint32_t end, const sum *s)
{
    if (!erz_grow(&q->found, &q->cap_found, q->nfound + 1, sizeof *q->found)) return NULL;
    quantity_found *f = &q->found[q->nfound++];
    memset(f, 0, sizeof *f);
    f->begin = q->items[begin].begin;
    f->end = q->items[end - 1].end;
    f->first = q->items[begin].first;
    f->last = q->items[end - 1].last;
    f->item = begin;
    f->item_end = end;
    f->sent = erz_text_sentence(text, f->first);
    f->value = s->done;
    f->unit = f->flags = "";
    return f;
}

/* The Euro's rate in another currency: `der Euro kostete 1.085 Dollar`. */
static bool is_rate(const struct erz_quantities *q, uint32_t item, const char *iso)
{
    enum { REACH = 7 };
    if (strcmp(iso, "EUR") == 0) return false;
    for (uint32_t i = item; i-- > 0 && i + REACH > item;) {
        const quantity_item *euro = &q->items[i];
        if ((euro->kinds & (QK(NOUN) | QK(LOWER) | QK(APPROX) | QK(CURRENCY))) == 0) return false; /* a comma: another clause */
        if ((euro->kinds & QK(CURRENCY)) == 0 || strcmp(euro->unit, "EUR") != 0) continue;
        return i == 0 || (q->items[i - 1].kinds & (QK(DIGITS) | QK(WORDS) | QK(SCALE))) == 0;
    }
    return false;
}

/* `3.350` of a German text is 3350, but hardly so before a percent sign, unless round, or as a rate of exchange. */
static void reread(const struct erz_quantities *q, quantity_found *f, const char *iso)
{
    enum { ROUND = 50, LARGEST_RATE = 1999 };
    const quantity_item *item = &q->items[f->item];
    if ((item->traits & (ERZ_NUMBER_AMBIGUOUS | ERZ_NUMBER_GROUPED)) != (ERZ_NUMBER_AMBIGUOUS | ERZ_NUMBER_GROUPED)) return;
    if (f->value.exp != 0 || f->value.hi != 0) return;
    f->ambiguous = true;
    if ((f->money && f->value.lo <= LARGEST_RATE && is_rate(q, f->item, iso)) || (!f->money && f->value.lo % ROUND != 0))
        f->value.exp = -3;
}

static bool set_unit(const struct erz_quantities *q, quantity_found *f, erz_text *text, const unit *u)
{
    f->money = u->money;
    reread(q, f, u->iso);
    f->unit = u->money ? iso_code(text, u->iso) : u->iso;
    f->flags = u->flags;
    f->value.exp += u->power;
    return f->unit != NULL;
}

static void include(const quantity_capture *c, uint32_t *begin, uint32_t *end)
{
    if (c == NULL) return;
    if (c->begin < *begin) *begin = c->begin;
    if (c->end > *end) *end = c->end;
}

/* $100,000 and 10,000 Euro group in the English way: a sign before three digits behind a comma, or three zeros there. */
static bool is_english(const struct erz_quantities *q, const erz_text *text, const quantity_capture *c, const unit *u)
{
    const quantity_item *item = &q->items[c->begin], *before = c->begin > 0 ? item - 1 : item;
    unsigned comma = ERZ_NUMBER_AMBIGUOUS | ERZ_NUMBER_FRACTION;
    if (!u->money || u->power != 0 || c->end - c->begin != 1 || (item->traits & comma) != comma || item->number.hi != 0)
        return false;
    if (item->number.exp != -3 || item->number.lo < 1000) return false;
    if (item->number.lo % 1000 == 0) return true;
    char sign = text->text[before->end - 1];
    bool euro = (before->kinds & QK(CODE)) != 0 && (unsigned char)sign >= 0x80 && (item->kinds & QK(TOUCH)) != 0;
    return (before->kinds & QK(CODE)) != 0 && (sign == '$' || euro);
}

static bool add_minor(const struct erz_quantities *q, const quantity_capture *minor, sum *s)
{
    sum m = read_items(q->items, minor->begin, minor->end);
    if (m.failed) return false;
    m.done.exp -= 2;
    return erz_decimal_add(&s->done, m.done);
}

/* First item of the upper bound of `5 bis 7`; c->end: no range. */
static uint32_t upper_bound(const quantity_item *items, const quantity_capture *c)
{
    for (uint32_t i = c->begin + 1; i + 1 < c->end; i++)
        if ((items[i].kinds & (QK(DIGITS) | QK(WORDS) | QK(SCALE))) == 0) return i + 1;
    return c->end;
}

static bool is_minus(const erz_text *text, const quantity_item *sign)
{
    return strchr("+pP", text->text[sign->begin]) == NULL;
}

static void set_sign(quantity_found *f, const erz_text *text, const quantity_item *sign)
{
    f->dir = is_minus(text, sign) ? "down" : "up";
    f->negative = is_minus(text, sign) && !f->money;
}

/* zwischen 45 und 64 und 13 %: 64 has its place already. */
static bool ends_pair(const struct erz_quantities *q, uint32_t item)
{
    return item >= 2 && q->items[item - 1].symbol == q->and &&q->and != 0 &&
           (q->items[item - 2].kinds & (QK(DIGITS) | QK(WORDS))) != 0;
}

static bool take_also(struct erz_quantities *q, erz_text *text, const quantity_match *m, const sum *amount, const unit *u)
{
    uint32_t added = 0;
    for (size_t i = 0; i < m->ncaptures; i++) {
        const quantity_capture *c = &m->captures[i];
        if (c->slot != SLOT_ALSO || c->end == UINT32_MAX) continue;
        bool year = c->end - c->begin == 1 && (q->items[c->begin].kinds & QK(YEAR)) != 0;
        if (year && (amount->power != 0 || !u->money || erz_decimal_magnitude(&amount->done) != 3)) continue;
        if (ends_pair(q, c->begin)) continue;
        uint32_t to = upper_bound(q->items, c), begin = c->begin;
        sum s = read_items(q->items, c->begin, to < c->end ? to - 1 : c->end), upper = s;
        if (to < c->end) upper = read_items(q->items, to, c->end);
        if (s.failed || upper.failed) continue;
        share_scale(&upper, amount);
        share_scale(&s, to < c->end && upper.power != 0 ? &upper : amount);
        const quantity_capture *last = find_slot(m, SLOT_AMOUNT);
        if (u->money && last != NULL) complete(&s, &q->items[c->end - 1], amount, &q->items[last->begin]);
        bool is_signed = begin > m->begin && (q->items[begin - 1].kinds & QK(SIGN)) != 0;
        if (is_signed && !u->money) begin--;
        quantity_found *f = add_found(q, text, begin, c->end, &s);
        if (f == NULL || !set_unit(q, f, text, u)) return false;
        f->range = to < c->end;
        f->to = upper.done;
        f->to.exp += u->power;
        if (is_signed) set_sign(f, text, &q->items[c->begin - 1]);
        f->bare = (q->grammar.rules[m->rule].flags & RULE_BARE) != 0;
        added++;
    }
    for (uint32_t i = 1; i <= added && find_slot(m, SLOT_AMOUNT) != NULL; i++) q->found[q->nfound - i].leaders = i;
    return true;
}

/* The lower bound's own unit, if it has one. */
static const quantity_item *inner_unit(const struct erz_quantities *q, const quantity_match *m, const quantity_capture *amount)
{
    const quantity_capture *to = find_slot(m, SLOT_TO);
    if (to == NULL) return NULL;
    for (uint32_t i = amount->end; i < to->begin; i++)
        if ((q->items[i].kinds & (QK(CURRENCY) | QK(MINOR) | QK(PERCENT) | QK(MONEYCODE))) != 0) return &q->items[i];
    return NULL;
}

/* die Milliarde Euro: no order of magnitude */
static bool is_singular(const erz_text *text, const quantity_item *item)
{
    return (item->kinds & QK(PLURAL)) != 0 && memcmp(text->text + item->end - 2, "en", 2) != 0;
}

static bool take_amount(struct erz_quantities *q, erz_text *text, const quantity_match *m, const quantity_capture *amount,
                        const sum *value, const unit *u)
{
    const quantity_capture *to = find_slot(m, SLOT_TO), *minor = find_slot(m, SLOT_MINOR), *unit_slot = find_slot(m, SLOT_UNIT);
    const quantity_item *sign = sign_before(q, m, amount->begin), *to_sign = to == NULL ? NULL : sign_before(q, m, to->begin);
    uint32_t begin = amount->begin, end = amount->end, flags = q->grammar.rules[m->rule].flags;
    sum s = *value;
    include(unit_slot, &begin, &end);
    include(to, &begin, &end);
    include(minor, &begin, &end);
    if (!u->money && sign != NULL) begin = amount->begin - 1 < begin ? amount->begin - 1 : begin;
    bool english = is_english(q, text, amount, u);
    if (english) s.done.exp = 0;
    if (minor != NULL && !add_minor(q, minor, &s)) return true;
    sum upper = s;
    if (to != NULL) {
        upper = read_items(q->items, to->begin, to->end);
        if (upper.failed) return true;
        if (is_english(q, text, to, u)) upper.done.exp = 0;
        const quantity_item *inner = inner_unit(q, m, amount);
        share_scale(&s, &upper);
        if (u->money) complete(&s, &q->items[amount->end - 1], &upper, &q->items[to->begin]);
        if (inner != NULL && (inner->kinds & QK(MINOR)) != 0 && u->power == 0) s.done.exp += read_unit(inner).power;
    }
    quantity_found *f = add_found(q, text, begin, end, &s);
    if (f == NULL || !set_unit(q, f, text, u)) return false;
    f->to = upper.done;
    f->to.exp += u->power;
    f->range = to != NULL;
    f->ambiguous |= english;
    f->bare = (flags & RULE_BARE) != 0;
    f->vague = (flags & RULE_VAGUE) != 0 && !is_singular(text, &q->items[amount->begin]);
    if (sign != NULL) set_sign(f, text, sign);
    f->to_negative = to_sign == NULL ? f->range && f->negative : !u->money && is_minus(text, to_sign);
    if (f->range && f->to_negative != f->negative) f->dir = NULL; /* -1 bis +2 */
    return true;
}

/* A unit that the amount's own word holds. */
static bool u_known(const struct erz_quantities *q, const quantity_match *m, unit *u)
{
    const quantity_capture *to = find_slot(m, SLOT_TO);
    uint64_t words = QK(PERCENTADJ) | QK(PERCENTWORD) | QK(MONEYWORD);
    if (*u->iso == '\0' && to != NULL && (q->items[to->begin].kinds & words) != 0) *u = read_unit(&q->items[to->begin]);
    return *u->iso != '\0';
}

/* `in Millionen Euro`, `(Mrd. Euro)`: the unit of a table. */
static bool is_heading(const struct erz_quantities *q, const quantity_match *m, const quantity_capture *amount)
{
    const quantity_item *item = &q->items[amount->begin];
    if ((item->kinds & QK(SCALE)) == 0 || amount->begin == 0 || (q->grammar.rules[m->rule].flags & RULE_VAGUE) == 0)
        return false;
    const quantity_item *before = &q->items[amount->begin - 1];
    return before->symbol != 0 && (before->symbol == q->in || before->symbol == q->bracket);
}

/* `ab 2014 bis zu 52 Prozent` */
static bool is_year_before(const struct erz_quantities *q, const quantity_match *m, const quantity_capture *amount,
                           const unit *u)
{
    bool year = amount->end - amount->begin == 1 && (q->items[amount->begin].kinds & QK(YEAR)) != 0;
    return year && !u->money && find_slot(m, SLOT_TO) != NULL && inner_unit(q, m, amount) == NULL;
}

/* `zwischen 3 Euro und 5 Prozent`: two units make no range; `30 Cent bis 1 Euro` are of one currency. */
static bool other_unit_inside(const struct erz_quantities *q, const quantity_match *m, const quantity_capture *amount,
                              const quantity_capture *u)
{
    const quantity_item *inner = inner_unit(q, m, amount);
    if (inner == NULL || u == NULL) return false;
    const quantity_item *outer = &q->items[u->end - 1];
    if ((inner->kinds & QK(MINOR)) != 0 && (outer->kinds & QK(CURRENCY)) != 0) return strncmp(inner->unit, outer->unit, 3) != 0;
    return strcmp(inner->unit, outer->unit) != 0;
}

static bool is_plain_number(const quantity_item *item)
{
    return (item->kinds & (QK(DIGITS) | QK(YEAR))) == QK(DIGITS);
}

/* `CHF 2 5 Mrd.`: a lost separator; neither part is the amount. */
static bool is_torn(const struct erz_quantities *q, const quantity_match *m, const quantity_capture *amount,
                    const quantity_capture *u)
{
    const quantity_item *first = &q->items[amount->begin];
    bool bare = u == NULL, before = u != NULL && u->begin < amount->begin;
    if (bare && (first->kinds & QK(DIGITS)) != 0 && amount->begin > 0) return is_plain_number(first - 1);
    if (!before || amount->end - amount->begin != 1 || !is_plain_number(first) || m->end + 1 >= q->nitems) return false;
    return is_plain_number(&q->items[m->end]) && (q->items[m->end + 1].kinds & QK(SCALE)) != 0;
}

bool quantity_take(struct erz_quantities *q, erz_text *text, const quantity_match *m, bool *taken)
{
    const quantity_capture *amount = find_slot(m, SLOT_AMOUNT), *unit_slot = find_slot(m, SLOT_UNIT);
    const quantity_capture *value_slot = amount != NULL ? amount : find_slot(m, SLOT_ALSO);
    unit u = {"", "", 0, true};
    *taken = false;
    if (value_slot == NULL) return true;
    if (unit_slot != NULL) {
        if (is_vetoed(q, text, m, unit_slot, value_slot)) return true;
        u = read_unit(&q->items[unit_slot->end - 1]);
        if (value_slot->end - value_slot->begin > 1 && erz_flag(q->items[unit_slot->end - 1].flags, "scaled", &u.iso))
            u.power = 0; /* 263 Milliarden Rp: rupiah */
        for (uint32_t i = unit_slot->begin; i + 1 < unit_slot->end; i++)
            u.power += q->items[i].power; /* 12,3 (11,8) Mio. Euro */
    } else if ((q->items[value_slot->begin].kinds & (QK(MONEYWORD) | QK(MONEYHEAD) | QK(PERCENTADJ) | QK(PERCENTWORD))) != 0) {
        u = read_unit(&q->items[value_slot->begin]);
        u.power = 0;
    }
    sum value = read_items(q->items, value_slot->begin, value_slot->end);
    if (value.failed) return true;
    if (find_slot(m, SLOT_TO) != NULL) {
        const quantity_capture *to = find_slot(m, SLOT_TO);
        sum upper = read_items(q->items, to->begin, to->end);
        value.power = upper.power != 0 ? upper.power : value.power;
    }
    if (unit_slot == NULL && !u_known(q, m, &u) && (q->grammar.rules[m->rule].flags & RULE_BARE) == 0) return true;
    if (unit_slot == NULL && is_year(q, text, value_slot)) return true;
    if (is_torn(q, m, value_slot, unit_slot) || is_year_before(q, m, value_slot, &u)) return true;
    if (is_heading(q, m, value_slot) || other_unit_inside(q, m, value_slot, unit_slot)) return true;
    *taken = true;
    if (!take_also(q, text, m, &value, &u)) return false;
    return amount == NULL || take_amount(q, text, m, amount, &value, &u);
}
