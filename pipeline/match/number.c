#include "number.h"

#include <string.h>

static const uint64_t LIMB = UINT64_C(1000000000000000000);

erz_decimal erz_decimal_from(uint64_t n, int exp)
{
    return (erz_decimal){n / LIMB, n % LIMB, exp};
}

bool erz_decimal_push(erz_decimal *d, unsigned digit)
{
    if (d->hi >= LIMB / 10) return false;
    uint64_t low = d->lo % (LIMB / 10), carry = d->lo / (LIMB / 10);
    d->lo = low * 10 + digit;
    d->hi = d->hi * 10 + carry;
    return true;
}

/* The same value with a smaller exponent. */
static bool lower_exponent(erz_decimal *d, int32_t exp)
{
    erz_decimal copy = *d;
    while (copy.exp > exp) {
        if (!erz_decimal_push(&copy, 0)) return false;
        copy.exp--;
    }
    *d = copy;
    return true;
}

static bool align(erz_decimal *a, erz_decimal *b)
{
    if (erz_decimal_is_zero(a)) a->exp = b->exp;
    if (erz_decimal_is_zero(b)) b->exp = a->exp;
    return a->exp > b->exp ? lower_exponent(a, b->exp) : lower_exponent(b, a->exp);
}

bool erz_decimal_add(erz_decimal *a, erz_decimal b)
{
    erz_decimal sum = *a;
    if (!align(&sum, &b)) return false;
    sum.lo += b.lo;
    sum.hi += b.hi + sum.lo / LIMB;
    sum.lo %= LIMB;
    if (sum.hi >= LIMB) return false;
    *a = sum;
    return true;
}

static void drop_zeros(erz_decimal *d)
{
    while (!erz_decimal_is_zero(d) && d->lo % 10 == 0) {
        d->lo = d->lo / 10 + d->hi % 10 * (LIMB / 10);
        d->hi /= 10;
        d->exp++;
    }
}

bool erz_decimal_mul(erz_decimal *a, erz_decimal b)
{
    erz_decimal x = *a;
    drop_zeros(&x);
    drop_zeros(&b);
    if (x.hi != 0 || b.hi != 0) return false;
    if (b.lo != 0 && x.lo > (LIMB - 1) / b.lo) return false;
    *a = (erz_decimal){0, x.lo * b.lo, x.exp + b.exp};
    return true;
}

erz_decimal erz_decimal_ratio(uint32_t num, uint32_t den)
{
    enum { PLACES = 9 };
    uint64_t n = num;
    for (int i = 0; i < PLACES; i++) n *= 10;
    erz_decimal d = erz_decimal_from((n + den / 2) / den, -PLACES);
    drop_zeros(&d);
    return d;
}

bool erz_decimal_is_zero(const erz_decimal *d)
{
    return d->hi == 0 && d->lo == 0;
}

static int digits(const erz_decimal *d)
{
    int n = d->hi != 0 ? 18 : 0;
    for (uint64_t m = d->hi != 0 ? d->hi : d->lo; m != 0; m /= 10) n++;
    return n;
}

int erz_decimal_magnitude(const erz_decimal *d)
{
    return erz_decimal_is_zero(d) ? 0 : digits(d) + d->exp - 1;
}

int erz_decimal_compare(const erz_decimal *a, const erz_decimal *b)
{
    erz_decimal x = *a, y = *b;
    if (erz_decimal_is_zero(a) || erz_decimal_is_zero(b)) return (int)erz_decimal_is_zero(b) - (int)erz_decimal_is_zero(a);
    int mx = erz_decimal_magnitude(a), my = erz_decimal_magnitude(b);
    if (mx != my) return mx < my ? -1 : 1;
    if (!align(&x, &y)) return 0;
    if (x.hi != y.hi) return x.hi < y.hi ? -1 : 1;
    return x.lo == y.lo ? 0 : x.lo < y.lo ? -1 : 1;
}

static size_t print_mantissa(const erz_decimal *d, char *out)
{
    char reversed[40];
    size_t n = 0;
    uint64_t hi = d->hi, lo = d->lo;
    for (int i = 0; i < 18 && (hi != 0 || lo != 0); i++) {
        reversed[n++] = (char)('0' + lo % 10);
        lo /= 10;
    }
    for (; hi != 0; hi /= 10) reversed[n++] = (char)('0' + hi % 10);
    if (n == 0) reversed[n++] = '0';
    for (size_t i = 0; i < n; i++) out[i] = reversed[n - 1 - i];
    return n;
}

size_t erz_decimal_print(const erz_decimal *value, bool negative, char out[ERZ_DECIMAL_ROOM])
{
    erz_decimal d = *value;
    drop_zeros(&d);
    if (erz_decimal_is_zero(&d)) d.exp = 0, negative = false;
    char mantissa[40];
    size_t n = print_mantissa(&d, mantissa), at = 0;
    if (negative) out[at++] = '-';
    if (d.exp >= 0) {
        memcpy(out + at, mantissa, n);
        memset(out + at + n, '0', (size_t)d.exp);
        at += n + (size_t)d.exp;
    } else {
        size_t places = (size_t)-d.exp, whole = n > places ? n - places : 0;
        memcpy(out + at, mantissa, whole);
        at += whole;
        if (whole == 0) out[at++] = '0';
        out[at++] = '.';
        for (size_t i = n; i < places; i++) out[at++] = '0';
        memcpy(out + at, mantissa + whole, n - whole);
        at += n - whole;
    }
    out[at] = '\0';
    return at;
}

/* Digits between separators. */
typedef struct groups {
    erz_decimal digits;
    unsigned n;      /* groups */
    uint8_t len[16]; /* digits of each */
    char sep[16];    /* sep[i]: before group i: '.', ',' or '_' (can only group) */
} groups;

static size_t separator(const char *s, size_t len, char *kind)
{
    static const struct {
        const char *s;
        char kind;
    } seps[] = {{".", '.'},
                {",", ','},
                {"'", '_'},
                {" ", '_'},
                {"\xc2\xa0", '_'},
                {"\xe2\x80\x99", '_'},
                {"\xe2\x80\x98", '_'},
                {"\xe2\x80\xaf", '_'},
                {"\xe2\x80\x89", '_'},
                {"\xe2\x80\x87", '_'},
                {"\xe2\x80\x88", '_'},
                {"\xca\xbc", '_'},
                {"\xc2\xb4", '_'},
                {"`", '_'}};
    for (size_t i = 0; i < sizeof seps / sizeof *seps; i++) {
        size_t n = strlen(seps[i].s);
        if (n > len || memcmp(s, seps[i].s, n) != 0) continue;
        *kind = seps[i].kind;
        return n;
    }
    return 0;
}

static bool split_groups(const char *s, size_t len, groups *g)
{
    memset(g, 0, sizeof *g);
    for (size_t i = 0; i < len;) {
        char kind = 0;
        if (s[i] >= '0' && s[i] <= '9') {
            if (g->n == 0) g->n = 1;
            if (g->len[g->n - 1] == 36 || !erz_decimal_push(&g->digits, (unsigned)(s[i] - '0'))) return false;
            g->len[g->n - 1]++;
            i++;
            continue;
        }
        size_t k = separator(s + i, len - i, &kind);
        if (k == 0 || g->n == 16 || (g->n > 1 && g->len[g->n - 1] == 0)) return false;
        if (g->n == 0) g->n = 1;
        g->sep[g->n++] = kind;
        i += k;
    }
    return g->n > 0 && g->len[g->n - 1] > 0;
}

/* Groups [1, end) hold three digits each and the first one to three. */
static bool is_grouped(const groups *g, unsigned end)
{
    if (g->len[0] == 0 || g->len[0] > 3) return false;
    for (unsigned i = 1; i < end; i++)
        if (g->len[i] != 3) return false;
    return true;
}

static bool starts_with_zero(const char *s)
{
    return s[0] == '0';
}

/* One separator: decimal, unless three digits follow and the style takes it for a thousands separator. */
static bool single_is_decimal(const groups *g, const char *s, erz_number_style style, unsigned *traits)
{
    unsigned decimal = g->sep[1] == '.' ? ERZ_NUMBER_POINT_DECIMAL : ERZ_NUMBER_COMMA_DECIMAL;
    if (g->len[1] != 3 || g->len[0] == 0 || g->len[0] > 3 || starts_with_zero(s)) {
        *traits |= decimal;
        return true;
    }
    *traits |= ERZ_NUMBER_AMBIGUOUS;
    return (g->sep[1] == ',') == (style == ERZ_NUMBER_GERMAN);
}

bool erz_number_parse(const char *s, size_t len, erz_number_style style, erz_decimal *out, unsigned *traits)
{
    groups g;
    unsigned t = 0, last;
    if (!split_groups(s, len, &g)) return false;
    last = g.n - 1;
    bool decimal = false;
    if (g.n == 2 && g.sep[1] != '_') {
        decimal = single_is_decimal(&g, s, style, &t);
    } else if (g.n > 2) {
        for (unsigned i = 2; i < last; i++)
            if (g.sep[i] != g.sep[1]) return false;
        decimal = g.sep[last] != g.sep[1];
        if (decimal && g.sep[last] == '_') return false;
        if (decimal) t |= g.sep[last] == '.' ? ERZ_NUMBER_POINT_DECIMAL : ERZ_NUMBER_COMMA_DECIMAL;
    }
    unsigned whole = decimal ? last : g.n;
    if (whole > 1 && !is_grouped(&g, whole)) return false;
    if (g.len[0] == 0 && !decimal) return false;
    if (whole > 1) t |= ERZ_NUMBER_GROUPED;
    if (decimal) t |= ERZ_NUMBER_FRACTION;
    *out = g.digits;
    out->exp = decimal ? -(int32_t)g.len[last] : 0;
    if (traits != NULL) *traits = t;
    return true;
}
