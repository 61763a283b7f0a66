/* German number words. A word is split into morphemes (ein|und|zwanzig|tausend); numbers are then read off a sequence of
 * morphemes, which may come from one word or from several. */
#include <string.h>

#include "number.h"

typedef struct entry {
    const char *form;
    uint8_t kind;
    uint16_t value;
} entry;

/* Longer forms stand before their beginnings: the first that fits is taken. */
static const entry forms[] = {
    {"anderthalb", ERZ_MORPH_HALF, 150}, {"acht", ERZ_MORPH_UNIT, 8},
    {"achtzehn", ERZ_MORPH_TEEN, 18},    {"achtzig", ERZ_MORPH_TENS, 80},
    {"billionen", ERZ_MORPH_BIG, 12},    {"billion", ERZ_MORPH_BIG, 12},
    {"billiarden", ERZ_MORPH_BIG, 15},   {"billiarde", ERZ_MORPH_BIG, 15},
    {"dreizehn", ERZ_MORPH_TEEN, 13},    {"dreißig", ERZ_MORPH_TENS, 30},
    {"dreissig", ERZ_MORPH_TENS, 30},    {"dreiszig", ERZ_MORPH_TENS, 30},
    {"drei", ERZ_MORPH_UNIT, 3},         {"einhalb", ERZ_MORPH_HALF, 50},
    {"einviertel", ERZ_MORPH_HALF, 25},  {"dreiviertel", ERZ_MORPH_HALF, 75},
    {"eins", ERZ_MORPH_ONE, 1},          {"einen", ERZ_MORPH_ONE, 1},
    {"einer", ERZ_MORPH_ONE, 1},         {"einem", ERZ_MORPH_ONE, 1},
    {"eines", ERZ_MORPH_ONE, 1},         {"eine", ERZ_MORPH_ONE, 1},
    {"ein", ERZ_MORPH_UNIT, 1},          {"elf", ERZ_MORPH_TEEN, 11},
    {"fünfzehn", ERZ_MORPH_TEEN, 15},    {"fünfzig", ERZ_MORPH_TENS, 50},
    {"fuenfzehn", ERZ_MORPH_TEEN, 15},   {"fuenfzig", ERZ_MORPH_TENS, 50},
    {"fuffzehn", ERZ_MORPH_TEEN, 15},    {"fuffzig", ERZ_MORPH_TENS, 50},
    {"fünf", ERZ_MORPH_UNIT, 5},         {"fuenf", ERZ_MORPH_UNIT, 5},
    {"hundert", ERZ_MORPH_HUNDRED, 100}, {"millionen", ERZ_MORPH_BIG, 6},
    {"million", ERZ_MORPH_BIG, 6},       {"milliarden", ERZ_MORPH_BIG, 9},
    {"milliarde", ERZ_MORPH_BIG, 9},     {"neunzehn", ERZ_MORPH_TEEN, 19},
    {"neunzig", ERZ_MORPH_TENS, 90},     {"neun", ERZ_MORPH_UNIT, 9},
    {"null", ERZ_MORPH_ZERO, 0},         {"sechzehn", ERZ_MORPH_TEEN, 16},
    {"sechzig", ERZ_MORPH_TENS, 60},     {"sechs", ERZ_MORPH_UNIT, 6},
    {"siebzehn", ERZ_MORPH_TEEN, 17},    {"siebenzehn", ERZ_MORPH_TEEN, 17},
    {"siebzig", ERZ_MORPH_TENS, 70},     {"siebenzig", ERZ_MORPH_TENS, 70},
    {"sieben", ERZ_MORPH_UNIT, 7},       {"tausend", ERZ_MORPH_THOUSAND, 1000},
    {"trillionen", ERZ_MORPH_BIG, 18},   {"trillion", ERZ_MORPH_BIG, 18},
    {"trilliarden", ERZ_MORPH_BIG, 21},  {"trilliarde", ERZ_MORPH_BIG, 21},
    {"und", ERZ_MORPH_AND, 0},           {"vierzehn", ERZ_MORPH_TEEN, 14},
    {"vierzig", ERZ_MORPH_TENS, 40},     {"vier", ERZ_MORPH_UNIT, 4},
    {"zehn", ERZ_MORPH_TEEN, 10},        {"zwanzig", ERZ_MORPH_TENS, 20},
    {"zwölf", ERZ_MORPH_TEEN, 12},       {"zwoelf", ERZ_MORPH_TEEN, 12},
    {"zwei", ERZ_MORPH_UNIT, 2},         {"zwo", ERZ_MORPH_UNIT, 2},
};

/* The first three bytes of a form above? Turns nearly every word away; a form added there needs its beginning here. */
static bool may_begin(const char *s)
{
    switch (s[0]) {
    case 'a':
        return (s[1] == 'n' && s[2] == 'd') || (s[1] == 'c' && s[2] == 'h');
    case 'd':
        return s[1] == 'r' && s[2] == 'e';
    case 'e':
        return (s[1] == 'i' && s[2] == 'n') || (s[1] == 'l' && s[2] == 'f');
    case 'f':
        return (s[1] == '\xc3' && s[2] == '\xbc') || (s[1] == 'u' && (s[2] == 'e' || s[2] == 'f'));
    case 'h':
        return s[1] == 'u' && s[2] == 'n';
    case 'n':
        return (s[1] == 'e' && s[2] == 'u') || (s[1] == 'u' && s[2] == 'l');
    case 's':
        return (s[1] == 'e' && s[2] == 'c') || (s[1] == 'i' && s[2] == 'e');
    case 't':
        return (s[1] == 'a' && s[2] == 'u') || (s[1] == 'r' && s[2] == 'i');
    case 'u':
        return s[1] == 'n' && s[2] == 'd';
    case 'z':
        return (s[1] == 'e' && s[2] == 'h') || s[1] == 'w';
    case 'v':
        return s[1] == 'i' && s[2] == 'e';
    default:
        return (s[0] == 'b' || s[0] == 'm') && s[1] == 'i' && s[2] == 'l';
    }
}

bool erz_number_begins(const char *fold, size_t len)
{
    return len >= 3 && may_begin(fold);
}

static const entry *find_form(const char *s, size_t len, size_t *used)
{
    const entry *best = NULL;
    *used = 0;
    if (len < 3 || !may_begin(s)) return NULL;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (forms[i].form[0] != s[0]) continue;
        size_t n = strlen(forms[i].form);
        if (n > len || n <= *used || memcmp(forms[i].form, s, n) != 0) continue;
        best = &forms[i];
        *used = n;
    }
    return best;
}

static bool is_ending(const char *s, size_t len)
{
    static const char *const endings[] = {"e", "en", "er", "em", "es", "s"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (strlen(endings[i]) == len && memcmp(endings[i], s, len) == 0) return true;
    return false;
}

/* `zweier`, `dreien`, `vieren`: a unit's or ten's ending closes the word. */
static bool takes_ending(const erz_morph *m)
{
    return (m->kind == ERZ_MORPH_UNIT && m->value > 1) || (m->kind == ERZ_MORPH_TEEN && m->value <= 12);
}

size_t erz_number_split(const char *fold, size_t len, erz_morph *out, size_t max, size_t *used)
{
    size_t n = 0, at = 0;
    while (at < len && n < max) {
        size_t k, hyphen = at > 0 && fold[at] == '-'; /* zwei-und-zwanzig */
        const entry *e = find_form(fold + at + hyphen, len - at - hyphen, &k);
        if (e == NULL) break;
        at += hyphen;
        /* einsechstel is not eins-echs, hunderteinsam no number at all: `eins` only where the word ends */
        if (e->kind == ERZ_MORPH_ONE && at + k < len) {
            if (len - at - k > 0) e = NULL;
        }
        if (e == NULL) {
            if (len - at < 3 || memcmp(fold + at, "ein", 3) != 0) break;
            out[n++] = (erz_morph){ERZ_MORPH_UNIT, 1};
            at += 3;
            continue;
        }
        out[n++] = (erz_morph){e->kind, e->value};
        at += k;
        if (at < len && is_ending(fold + at, len - at) && takes_ending(&out[n - 1])) at = len;
    }
    *used = at;
    return n;
}

/* A reader over morphemes. A number may end only where a word does. */
typedef struct reader {
    const erz_morph *m;
    size_t n;
    const bool *stops;
} reader;

static int kind_at(const reader *r, size_t at)
{
    return at < r->n ? r->m[at].kind : -1;
}

static bool may_stop(const reader *r, size_t at)
{
    return at == r->n || r->stops == NULL || r->stops[at];
}

/* 1..99; returns the morphemes taken. */
static size_t below_hundred(const reader *r, size_t at, unsigned *value)
{
    int k = kind_at(r, at);
    if (k == ERZ_MORPH_TEEN || k == ERZ_MORPH_TENS || k == ERZ_MORPH_ONE) {
        *value = r->m[at].value;
        return 1;
    }
    if (k != ERZ_MORPH_UNIT) return 0;
    *value = r->m[at].value;
    if (kind_at(r, at + 1) != ERZ_MORPH_AND || kind_at(r, at + 2) != ERZ_MORPH_TENS) return 1;
    *value += r->m[at + 2].value;
    return 3;
}

/* [und] 1..99 behind a hundred or thousand. */
static size_t tail(const reader *r, size_t at, unsigned *value, size_t (*read)(const reader *, size_t, unsigned *))
{
    unsigned v = 0;
    size_t n = read(r, at, &v);
    if (n == 0 && kind_at(r, at) == ERZ_MORPH_AND && (n = read(r, at + 1, &v)) > 0) n++;
    *value = n > 0 ? v : 0;
    return n;
}

/* 1..999, and neunzehnhundert.. (1100..9999). */
static size_t below_thousand(const reader *r, size_t at, unsigned *value)
{
    unsigned head = 1, rest = 0;
    size_t n = below_hundred(r, at, &head);
    if (kind_at(r, at + n) != ERZ_MORPH_HUNDRED || (n > 0 && head % 10 == 0)) {
        *value = head;
        return n;
    }
    n++;
    n += tail(r, at + n, &rest, below_hundred);
    *value = head * 100 + rest;
    return n;
}

/* 1..999,999. */
static size_t below_million(const reader *r, size_t at, unsigned *value)
{
    unsigned head = 1, rest = 0;
    size_t n = below_thousand(r, at, &head);
    if (kind_at(r, at + n) != ERZ_MORPH_THOUSAND || head > 999) {
        *value = head;
        return n;
    }
    n++;
    size_t more = tail(r, at + n, &rest, below_thousand);
    if (rest > 999) more = rest = 0;
    *value = head * 1000 + rest;
    return n + more;
}

static size_t read_half(const reader *r, size_t at, erz_decimal *out)
{
    if (kind_at(r, at) == ERZ_MORPH_HALF && r->m[at].value > 100) {
        *out = erz_decimal_from(r->m[at].value, -2);
        return 1;
    }
    unsigned v;
    size_t n = below_hundred(r, at, &v);
    if (n == 0) return 0;
    size_t half = at + n + (kind_at(r, at + n) == ERZ_MORPH_AND);
    if (kind_at(r, half) != ERZ_MORPH_HALF || r->m[half].value > 100) return 0;
    *out = erz_decimal_from(v * 100 + r->m[half].value, -2);
    return half + 1 - at;
}

/* eineinhalb is split ein|einhalb, but zweiundzwanzigeinhalb too; a bare `einhalb` is no number. */
static size_t read_number(const reader *r, erz_decimal *out)
{
    if (kind_at(r, 0) == ERZ_MORPH_ZERO) {
        *out = erz_decimal_from(0, 0);
        return 1;
    }
    size_t half = read_half(r, 0, out);
    if (half > 0) return half;
    erz_decimal total = erz_decimal_from(0, 0);
    size_t at = 0, best = 0;
    unsigned last = 99;
    for (;;) {
        unsigned v = 0;
        size_t from = at + (at > 0 && kind_at(r, at) == ERZ_MORPH_AND), n = below_million(r, from, &v);
        if (n == 0) break;
        unsigned power = kind_at(r, from + n) == ERZ_MORPH_BIG ? r->m[from + n].value : 0;
        if (power >= last) break;
        if (!erz_decimal_add(&total, erz_decimal_from(v, (int)power))) return 0;
        at = from + n + (power > 0);
        last = power;
        if (may_stop(r, at)) best = at, *out = total;
        if (power == 0) break;
    }
    return best;
}

/* The longest number that ends where a word does: try shorter views if the full one ends inside a word. */
size_t erz_number_eval(const erz_morph *morphs, size_t n, const bool *stops, erz_decimal *out)
{
    for (size_t len = n; len > 0; len--) {
        if (len < n && stops != NULL && !stops[len]) continue;
        if (len < n && stops == NULL) break;
        reader r = {morphs, len, stops};
        erz_decimal d;
        size_t took = read_number(&r, &d);
        if (took != len) continue;
        *out = d;
        return took;
    }
    return 0;
}

bool erz_number_word(const char *fold, size_t len, erz_decimal *out)
{
    erz_morph m[ERZ_NUMBER_MORPHS];
    size_t used, n = erz_number_split(fold, len, m, ERZ_NUMBER_MORPHS, &used);
    return n > 0 && used == len && erz_number_eval(m, n, NULL, out) == n;
}

/* zwölf Komma neunundneunzig, null fünf: what is said behind the comma, digit by digit or as one number. */
static bool add_decimals(const char *s, size_t len, erz_decimal *out)
{
    for (size_t at = 0; at < len;) {
        const char *blank = memchr(s + at, ' ', len - at);
        size_t n = blank == NULL ? len - at : (size_t)(blank - s) - at;
        erz_decimal d;
        if (!erz_number_word(s + at, n, &d) || d.exp != 0 || d.hi != 0 || d.lo > 99) return false;
        if (d.lo > 9 && (!erz_decimal_push(out, (unsigned)d.lo / 10) || out->exp-- < -18)) return false;
        if (!erz_decimal_push(out, (unsigned)d.lo % 10) || out->exp-- < -18) return false;
        at += n + (blank != NULL);
    }
    return true;
}

bool erz_number_phrase(const char *fold, size_t len, erz_decimal *out)
{
    enum { MAX = 4 * ERZ_NUMBER_MORPHS };
    static const char comma[] = " komma ";
    erz_morph m[MAX];
    bool stops[MAX + 1] = {false};
    size_t n = 0, whole = len;
    for (size_t i = 0; i + sizeof comma - 1 < len && whole == len; i++)
        if (memcmp(fold + i, comma, sizeof comma - 1) == 0) whole = i;
    for (size_t at = 0; at < whole;) {
        const char *blank = memchr(fold + at, ' ', whole - at);
        size_t k = blank == NULL ? whole - at : (size_t)(blank - fold) - at, used;
        size_t got = erz_number_split(fold + at, k, m + n, MAX - n, &used);
        if (got == 0 || used != k) return false;
        n += got;
        stops[n] = true;
        at += k + (blank != NULL);
    }
    erz_decimal d;
    if (n == 0 || erz_number_eval(m, n, stops, &d) != n) return false;
    if (whole < len && !add_decimals(fold + whole + sizeof comma - 1, len - whole - sizeof comma + 1, &d)) return false;
    *out = d;
    return true;
}
