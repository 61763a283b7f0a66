/* What a word type is to the grammar: worked out once per type. Compounds (15-Milliarden-Dollar-Deal, 49-prozentige,
 * Viertelmillion) are taken apart here. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "erz/lexicon_build.h"
#include "quantity.h"

enum { MAX_FORM = 160 };

static bool has_lower(const char *s)
{
    for (; *s != '\0'; s++)
        if ((unsigned char)*s >= 0x80 || (*s >= 'a' && *s <= 'z')) return true;
    return false;
}

/* Signs and codes stand before numbers too: no small letter, or a non-letter in it. */
static bool is_code(const char *form)
{
    unsigned char c = (unsigned char)form[0];
    bool latin = c == 0xc3 || c == 0xc5; /* Ö, Z with caron... */
    if (c >= 0x80 && !latin) return true;
    return !has_lower(form);
}

/* eur, usd */
static bool is_iso(const char *form, const char *iso)
{
    size_t i = 0;
    for (; form[i] != '\0' && iso[i] != '\0'; i++)
        if ((form[i] & ~0x20) != iso[i]) return false;
    return i == 3 && form[i] == '\0' && iso[i] == '\0';
}

/* Fr., Rs.; but fl. 1650, Lit. 120 */
static bool ends_with_dot(const char *form)
{
    size_t len = strlen(form);
    return len > 0 && form[len - 1] == '.';
}

static void take_currency(const erz_lexicon_entry *e, const char *form, quantity_word *w)
{
    bool amb = erz_flag(e->flags, "amb", NULL);
    w->kinds |= QK(CURRENCY);
    w->unit = e->value;
    w->flags = e->flags;
    if (!amb) w->kinds |= QK(PLAIN);
    bool name = erz_flag(e->flags, "kind", NULL) && strlen(form) > 3; /* EURO 2012 */
    if ((is_code(form) && !name) || strchr(form, '$') != NULL || is_iso(form, e->value) ||
        (ends_with_dot(form) && (!amb || strcmp(e->value, "CHF") == 0)))
        w->kinds |= QK(CODE);
}

static erz_decimal parse_value(const char *s)
{
    erz_decimal d = erz_decimal_from(0, 0);
    bool point = false;
    for (; *s != '\0'; s++) {
        if (*s == '.') point = true;
        if (*s < '0' || *s > '9') continue;
        if (!erz_decimal_push(&d, (unsigned)(*s - '0'))) break;
        d.exp -= point;
    }
    return d;
}

void quantity_take_entry(const struct erz_quantities *q, const erz_lexicon_entry *e, const char *form, quantity_word *w)
{
    const quantity_classes *c = &q->cls;
    if (e->cls == c->currency) {
        take_currency(e, form, w);
    } else if (e->cls == c->minor) {
        w->kinds |= QK(MINOR);
        w->unit = e->value;
        w->flags = e->flags;
    } else if (e->cls == c->money_code) {
        w->kinds |= QK(MONEYCODE);
        w->unit = e->value;
        w->flags = e->flags;
    } else if (e->cls == c->scale) {
        w->power = (int32_t)strtol(e->value, NULL, 10);
        w->flags = e->flags;
        w->kinds |= erz_flag(e->flags, "amb", NULL) ? QK(LETTER) : QK(SCALE);
        if (w->power >= 6 && (w->kinds & QK(SCALE)) != 0 && strchr(form, 'i') != NULL && strlen(form) > 5)
            w->kinds |= QK(PLURAL);
    } else if (e->cls == c->fraction) {
        w->kinds |= QK(FRACTION);
        w->number = parse_value(e->value);
        w->flags = e->flags;
    } else if (e->cls == c->vague) {
        w->number = parse_value(e->value);
        bool one = strcmp(e->value, "1") == 0 || erz_flag(e->flags, "digits", NULL);
        w->kinds |= one ? QK(SOME) : QK(VAGUE);
    } else if (e->cls == c->unit_part) {
        w->kinds |= QK(UNITPART);
    } else if (e->cls == c->percent) {
        w->kinds |= QK(PERCENT);
        w->unit = e->value;
        w->flags = e->flags;
    } else if (e->cls == c->percent_adj) {
        w->kinds |= QK(PERCENTTAIL);
        w->unit = e->value;
        w->flags = "";
    } else if (e->cls == c->approx) {
        w->kinds |= QK(APPROX);
        w->unit = e->value;
    } else if (e->cls == c->numword && (w->kinds & (QK(WORDS) | QK(ARTICLE))) == 0) {
        w->kinds |= QK(WORDS);
        w->number = parse_value(e->value);
    }
}

enum { CLASSES = 11 };

static void class_order(const quantity_classes *c, uint8_t out[CLASSES])
{
    const uint8_t order[CLASSES] = {c->currency, c->minor,       c->money_code, c->scale,   c->fraction, c->vague,
                                    c->percent,  c->percent_adj, c->approx,     c->numword, c->unit_part};
    memcpy(out, order, sizeof order);
}

static void take_entries(const struct erz_quantities *q, const erz_word *word, const char *form, quantity_word *w)
{
    uint8_t order[CLASSES];
    class_order(&q->cls, order);
    for (size_t i = 0; i < CLASSES; i++) {
        erz_lexicon_entry e;
        if (order[i] != ERZ_NO_CLASS && erz_lexicon_get(q->lexicon, word, order[i], &e)) quantity_take_entry(q, &e, form, w);
    }
}

static unsigned char lower(unsigned char before, unsigned char c)
{
    if (before == 0xc3) return (unsigned char)(c >= 0x80 && c <= 0x9e && c != 0x97 ? c + 32 : c);
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* A number below QUANTITY_FILTER of length, first two and last bytes of a form of ASCII and U+00C0-00FF whatever its case;
 * QUANTITY_FILTER: it has other characters. */
static uint32_t filter_bit(const char *form, size_t len)
{
    const unsigned char *s = (const unsigned char *)form;
    for (size_t i = 0; i < len; i++)
        if (s[i] >= 0x80 && s[i++] != 0xc3) return QUANTITY_FILTER;
    uint32_t key = lower(0, s[0]) | (uint32_t)len << 24;
    if (len > 1) key |= (uint32_t)lower(s[0], s[1]) << 8 | (uint32_t)lower(s[len - 2], s[len - 1]) << 16;
    return key * 0x9e3779b1U >> 16;
}

static void add_to_filter(void *context, erz_match_mode mode, const char *form, size_t len)
{
    struct erz_quantities *q = context;
    uint32_t bit = len == 0 || mode == ERZ_MATCH_STEM ? QUANTITY_FILTER : filter_bit(form, len);
    if (bit != QUANTITY_FILTER) q->filter[bit / 64] |= UINT64_C(1) << (bit % 64);
}

void quantity_fill_filter(struct erz_quantities *q)
{
    erz_lexicon_each_of(q->lexicon, q->cls.mask, add_to_filter, q);
}

/* May an entry be of this form, as it is or in lower case? */
static bool may_be_entry(const struct erz_quantities *q, const char *s, size_t len)
{
    uint32_t bit = filter_bit(s, len);
    return bit == QUANTITY_FILTER || (q->filter[bit / 64] >> (bit % 64) & 1) != 0;
}

/* Part of a word looked up by itself. */
void quantity_look_up(const struct erz_quantities *q, const char *s, size_t len, quantity_word *w)
{
    char form[MAX_FORM], fold[2 * MAX_FORM];
    memset(w, 0, sizeof *w);
    w->flags = w->unit = "";
    if (len == 0 || len >= MAX_FORM || !may_be_entry(q, s, len)) return;
    memcpy(form, s, len);
    form[len] = '\0';
    size_t n = erz_form_fold(form, len, fold, sizeof fold - 1);
    if (n == (size_t)-1) return;
    fold[n] = '\0';
    erz_word word;
    memset(&word, 0, sizeof word);
    word.symbol[ERZ_MATCH_EXACT] = erz_lexicon_symbol(q->lexicon, ERZ_MATCH_EXACT, form, len);
    word.symbol[ERZ_MATCH_FOLD] = erz_lexicon_symbol(q->lexicon, ERZ_MATCH_FOLD, fold, n);
    for (int mode = ERZ_MATCH_EXACT; mode <= ERZ_MATCH_FOLD; mode++)
        word.classes |= erz_lexicon_symbol_classes(q->lexicon, word.symbol[mode]);
    if ((word.classes & q->cls.mask) != 0) take_entries(q, &word, form, w);
}

/* `Can` before `$`: two tokens to the lexicon. */
void quantity_look_up_dollar(const struct erz_quantities *q, const char *s, size_t len, quantity_word *w)
{
    enum { MAX = 8 };
    erz_word words[2];
    erz_lexicon_entry e[MAX];
    uint32_t index[2] = {0, 1};
    erz_tokens tokens;
    memset(w, 0, sizeof *w);
    memset(words, 0, sizeof words);
    memset(&tokens, 0, sizeof tokens);
    w->unit = w->flags = "";
    tokens.n = 2;
    tokens.word = index;
    words[0].symbol[ERZ_MATCH_EXACT] = erz_lexicon_symbol(q->lexicon, ERZ_MATCH_EXACT, s, len);
    words[1].symbol[ERZ_MATCH_EXACT] = erz_lexicon_symbol(q->lexicon, ERZ_MATCH_EXACT, "$", 1);
    words[0].starts = words[1].continues = UINT16_MAX;
    size_t n = erz_lexicon_match(q->lexicon, words, &tokens, 0, 2, e, MAX);
    for (size_t i = 0; i < n; i++)
        if (e[i].ntokens == 2 && e[i].cls == q->cls.currency) quantity_take_entry(q, &e[i], "$", w);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* One or two digits at the start: how many; *value. */
static size_t short_number(const char *s, size_t len, uint32_t *value)
{
    size_t n = 0;
    for (*value = 0; n < len && is_digit(s[n]); n++) *value = n < 3 ? *value * 10 + (uint32_t)(s[n] - '0') : 1000;
    return n > 2 ? 0 : n;
}

size_t quantity_ratio(const char *s, size_t len, erz_decimal *out)
{
    uint32_t num, den;
    size_t n = short_number(s, len, &num);
    if (n == 0 || n + 1 >= len || s[n] != '/') return 0;
    size_t d = short_number(s + n + 1, len - n - 1, &den);
    bool halved = den <= 4 || den == 8 || den == 16 || den == 32;
    if (d == 0 || num == 0 || num >= den || !(halved || (num == 1 && den <= 10))) return 0; /* 5/10 Euro: two prices */
    *out = erz_decimal_ratio(num, den);
    return n + 1 + d;
}

/* Digits, inner separators and a mixed fraction at the start; returns the bytes taken. */
static size_t digits_prefix(const char *s, size_t len, erz_decimal *out)
{
    size_t end = 0;
    if (!is_digit(s[0])) return 0;
    for (size_t i = 0; i < len; i++) {
        if (is_digit(s[i]))
            end = i + 1;
        else if ((s[i] != '.' && s[i] != ',' && s[i] != '\'') || i + 1 == len || !is_digit(s[i + 1]))
            break;
    }
    return erz_number_parse(s, end, ERZ_NUMBER_GERMAN, out, NULL) ? end : 0;
}

/* A number word at the start of a part; what follows must be the end, a hyphen or a word of its own. */
static size_t words_prefix(const char *s, size_t len, erz_decimal *out)
{
    char fold[2 * MAX_FORM];
    erz_morph m[ERZ_NUMBER_MORPHS];
    size_t used, n = erz_form_fold(s, len, fold, sizeof fold);
    if (n != len) return 0; /* lengths differ for letters outside German only */
    size_t k = erz_number_split(fold, n, m, ERZ_NUMBER_MORPHS, &used);
    while (k > 0 && (m[k - 1].kind == ERZ_MORPH_BIG || m[k - 1].kind == ERZ_MORPH_AND)) {
        /* Millionen is left to the scale words */
        size_t cut = m[k - 1].kind == ERZ_MORPH_AND ? 3 : 0;
        if (cut == 0) {
            erz_morph one[ERZ_NUMBER_MORPHS];
            for (cut = 1; cut < used; cut++) {
                size_t u;
                if (erz_number_split(fold, used - cut, one, ERZ_NUMBER_MORPHS, &u) == k - 1 && u == used - cut) break;
            }
        }
        used -= cut;
        k--;
    }
    return k > 0 && erz_number_eval(m, k, NULL, out) == k ? used : 0;
}

typedef struct scanner {
    const struct erz_quantities *q;
    const char *s;
    size_t len, at;
} scanner;

static bool at_hyphen(const scanner *p)
{
    return p->at < p->len && p->s[p->at] == '-';
}

/* The longest run of hyphen parts from here that is a word of one of the kinds. */
static bool take_parts(scanner *p, uint64_t kinds, quantity_word *out)
{
    size_t from = p->at + (at_hyphen(p) && p->at > 0 ? 1 : 0);
    for (size_t end = p->len; end > from; end--) {
        if (end < p->len && p->s[end] != '-' && p->s[end - 1] != '.') continue; /* Mio.US-Dollar */
        quantity_look_up(p->q, p->s + from, end - from, out);
        if ((out->kinds & kinds) == 0) continue;
        p->at = end;
        return true;
    }
    return false;
}

static bool take_number(scanner *p, quantity_word *w)
{
    quantity_word part;
    size_t ratio = quantity_ratio(p->s, p->len, &w->number);
    size_t n = ratio > 0 && ratio < p->len && p->s[ratio] == '-' ? ratio : digits_prefix(p->s, p->len, &w->number);
    if (n == 0) {
        const char *hyphen = memchr(p->s, '-', p->len);
        size_t len = hyphen == NULL ? p->len : (size_t)(hyphen - p->s);
        if (len >= MAX_FORM) return false;
        for (size_t k = len; n == 0 && k > 3; k--) { /* Viertel|million: not four */
            quantity_look_up(p->q, p->s, k, &part);
            if ((part.kinds & QK(FRACTION)) == 0 || erz_flag(part.flags, "noun", NULL)) continue;
            w->number = part.number;
            n = k;
        }
        if (n == 0) n = words_prefix(p->s, len, &w->number);
    }
    p->at = n;
    return n > 0;
}

/* USD5bn: a code, digits and a scale word in one. */
static bool classify_code(const struct erz_quantities *q, const char *s, size_t len, quantity_word *w)
{
    quantity_word code, scale;
    erz_decimal d;
    if (len < 4 || s[0] < 'A' || s[0] > 'Z') return false;
    quantity_look_up(q, s, 3, &code);
    if ((code.kinds & QK(CODE)) == 0 || erz_flag(code.flags, "amb", NULL)) return false;
    size_t n = digits_prefix(s + 3, len - 3, &d);
    if (n == 0) return false;
    if (3 + n < len) {
        quantity_look_up(q, s + 3 + n, len - 3 - n, &scale);
        if ((scale.kinds & (QK(SCALE) | QK(LETTER))) == 0) return false;
        d.exp += scale.power;
    }
    w->kinds |= QK(MONEYWORD);
    w->number = d;
    w->unit = code.unit;
    w->flags = code.flags;
    return true;
}

/* Euro/6, %/12: a unit, and a number that belongs to what comes behind. */
static bool classify_slash(const struct erz_quantities *q, const char *s, size_t len, quantity_word *w)
{
    erz_decimal d;
    const char *slash = memchr(s, '/', len);
    if (slash == NULL || slash == s || is_digit(s[0])) return false;
    size_t n = (size_t)(slash - s);
    if (n + 1 == len || !is_digit(slash[1]) || !erz_number_parse(slash + 1, len - n - 1, ERZ_NUMBER_GERMAN, &d, NULL))
        return false;
    quantity_look_up(q, s, n, w);
    w->kinds &= QK(CURRENCY) | QK(PLAIN) | QK(MINOR) | QK(PERCENT) | QK(MONEYCODE);
    w->span = (uint32_t)n;
    return w->kinds != 0;
}

/* Power of ten of a minor unit: -2 of `EUR:100`. */
static int32_t minor_power(const char *unit)
{
    const char *colon = strchr(unit, ':');
    return colon == NULL ? 0 : 1 - (int32_t)strlen(colon + 1);
}

/* number? scale? unit? rest, with or without hyphens. */
static void classify_compound(const struct erz_quantities *q, const char *s, size_t len, quantity_word *w)
{
    scanner p = {q, s, len, 0};
    quantity_word scale = {0}, unit = {0}, number = {0};
    bool has_number = take_number(&p, &number);
    if (has_number && (p.at == len || (p.at + 1 == len && s[p.at] == '-'))) { /* 20- (bis 25-prozentige) */
        w->kinds |= QK(WORDS) | (p.at < len ? QK(CUT) : 0);
        w->number = number.number;
        w->span = p.at < len ? (uint32_t)p.at : 0;
        return;
    }
    if (s[len - 1] == '-' && memchr(s, '-', len) == s + len - 1 && !is_digit(s[0])) return; /* Einzl- */
    bool has_scale = take_parts(&p, QK(SCALE) | (has_number ? QK(LETTER) : 0), &scale);
    bool has_unit = (p.at < len) && take_parts(&p, QK(CURRENCY) | QK(MINOR) | QK(PERCENT) | QK(PERCENTTAIL), &unit);
    bool rest = p.at < len;
    if (!has_scale && !has_unit) return;
    if ((unit.kinds & QK(MINOR)) != 0 && !has_number) return; /* Cent-Betrag */
    bool money = has_unit && (unit.kinds & (QK(CURRENCY) | QK(MINOR))) != 0;
    if (money && !has_scale && memchr(s, '-', len) == NULL && !is_digit(s[0])) return; /* Vierschilling: a name */
    if (!has_number && !rest && !has_scale) return;
    w->number = has_number ? number.number : erz_decimal_from(1, 0);
    w->power = scale.power;
    w->number.exp += scale.power + ((unit.kinds & QK(MINOR)) != 0 ? minor_power(unit.unit) : 0);
    w->unit = unit.unit;
    w->flags = unit.flags;
    w->span = (uint32_t)p.at;
    bool percent = (unit.kinds & (QK(PERCENT) | QK(PERCENTTAIL))) != 0;
    if (has_unit && percent)
        w->kinds |= has_number ? ((unit.kinds & QK(PERCENTTAIL)) != 0 ? QK(PERCENTADJ) : QK(PERCENTWORD))
                    : (unit.kinds & QK(PERCENT)) != 0 && !has_scale ? QK(PERCENTHEAD)
                                                                    : 0;
    else if (has_unit)
        w->kinds |= has_number ? QK(MONEYWORD) : has_scale ? QK(MONEYHEAD) : QK(CURRENCYHEAD);
    else if (has_number)
        w->kinds |= (scale.kinds & QK(SCALE)) == 0        ? QK(WORDS) /* 10k: no evidence of money */
                    : rest || memchr(s, '-', len) != NULL ? QK(SCALEDWORD)
                                                          : QK(SCALED);
    else if (rest)
        w->kinds |= QK(SCALEHEAD);
    if (!has_unit) w->unit = w->flags = "";
}

static bool begins(const char *s, const char *start)
{
    while (*start != '\0' && *s == *start) s++, start++;
    return *start == '\0';
}

static uint64_t zero_bytes(uint64_t v)
{
    return (v - UINT64_C(0x0101010101010101)) & ~v & UINT64_C(0x8080808080808080);
}

/* ll, us or oz: one of them is in each of the words that may_be_compound() looks for. s has a NUL behind len >= 8 bytes. */
static bool has_pair(const char *s, size_t len)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    uint64_t found = 0;
    for (size_t i = 0; i < len; i += 8) {
        uint64_t x, y, at = i + 8 <= len ? i : len - 8;
        memcpy(&x, s + at, 8);
        memcpy(&y, s + at + 1, 8);
        found |= zero_bytes((x ^ each * 'l') | (y ^ each * 'l')) | zero_bytes((x ^ each * 'u') | (y ^ each * 's')) |
                 zero_bytes((x ^ each * 'o') | (y ^ each * 'z'));
    }
    return found != 0;
}

static bool may_be_compound(const erz_word *word, const char *fold, size_t len)
{
    if (len < 2 || len >= MAX_FORM) return false;
    if ((word->shape & ERZ_SHAPE_HYPHEN) != 0 || is_digit(fold[0]) || fold[len - 1] == '-') return true;
    if (len < 8 || !has_pair(fold, len)) return false; /* a number or its end beside the words below */
    /* number and unit in one word without hyphen: scale words above a thousand and percentages alone are written so */
    for (const char *s = fold; *s != '\0'; s++) {
        if (*s != 'i' && *s != 't' && *s != 'p') continue;
        if (begins(s, "illi") || begins(s, "tausend") || begins(s, "prozent") || begins(s, "promill")) return true;
    }
    return false;
}

static void classify_number(const char *fold, size_t len, quantity_word *w)
{
    size_t used, n = erz_number_split(fold, len, w->morphs, ERZ_NUMBER_MORPHS, &used);
    if (n == 0 || used != len) return;
    if (n == 1 && (w->morphs[0].kind == ERZ_MORPH_BIG || w->morphs[0].kind == ERZ_MORPH_AND)) return;
    if (n == 1 && w->morphs[0].kind == ERZ_MORPH_HALF && w->morphs[0].value < 100) return;
    w->nmorphs = (uint32_t)n;
    bool whole = erz_number_eval(w->morphs, n, NULL, &w->number) == n;
    bool article =
        n == 1 && w->morphs[0].value == 1 && w->morphs[0].kind <= ERZ_MORPH_ONE && len >= 3 && strcmp(fold, "eins") != 0;
    if (article)
        w->kinds |= QK(ARTICLE);
    else if (whole)
        w->kinds |= QK(WORDS);
    else
        w->nmorphs = 0;
    for (size_t i = 0; i < n && whole; i++)
        if (w->morphs[i].kind == ERZ_MORPH_BIG) w->kinds |= QK(SCALED);
}

static void classify(const struct erz_quantities *q, erz_words *words, uint32_t index, quantity_word *w)
{
    size_t nnormal, nfold;
    const erz_word *word = &erz_words_array(words)[index];
    const char *normal = erz_words_normal(words, index, &nnormal), *fold = erz_words_fold(words, index, &nfold);
    w->flags = w->unit = "";
    bool wordlike = word->cls == ERZ_TOKEN_WORD || word->cls == ERZ_TOKEN_ABBREVIATION || word->cls == ERZ_TOKEN_NUMBER;
    if (wordlike && nfold < MAX_FORM) classify_number(fold, nfold, w);
    if ((word->classes & q->cls.mask) != 0) take_entries(q, word, normal, w);
    if (w->kinds != 0 || !wordlike) return;
    if ((word->shape & ERZ_SHAPE_DIGIT) != 0 && classify_code(q, normal, nnormal, w)) return;
    bool slash = (word->shape & ERZ_SHAPE_DIGIT) != 0 && nnormal == word->form_len && nnormal < MAX_FORM;
    if (slash && classify_slash(q, normal, nnormal, w)) return;
    memset(w, 0, sizeof *w);
    w->flags = w->unit = "";
    if (!may_be_compound(word, fold, nfold)) return;
    classify_compound(q, normal, nnormal, w);
    if (nnormal != word->form_len && w->span != 0) w->span = 0; /* offsets of the normal form are not those of the text */
}

/* Nothing that matters here, as most words: classify() would find no kind. */
static bool is_ordinary(const struct erz_quantities *q, const erz_word *word, const char *fold, size_t len)
{
    if ((word->classes & q->cls.mask) != 0) return false;
    if (word->cls != ERZ_TOKEN_WORD) return word->cls != ERZ_TOKEN_ABBREVIATION && word->cls != ERZ_TOKEN_NUMBER;
    return (word->shape & ERZ_SHAPE_DIGIT) == 0 && !erz_number_begins(fold, len) && !may_be_compound(word, fold, len);
}

uint32_t quantity_classify(struct erz_quantities *q, erz_words *words, uint32_t index)
{
    erz_word *word = &erz_words_array(words)[index];
    if (word->cls == ERZ_TOKEN_URL || word->cls == ERZ_TOKEN_EMAIL || word->cls == ERZ_TOKEN_HANDLE ||
        word->cls == ERZ_TOKEN_HASHTAG || word->cls == ERZ_TOKEN_EMOJI)
        return word->quantity = 2 * (WORD_NONE + 1);
    if (word->cls == ERZ_TOKEN_NUMBER) return word->quantity = 2 * (WORD_DIGITS + 1);
    quantity_word w;
    size_t len;
    const char *fold = erz_words_fold(words, index, &len);
    if (is_ordinary(q, word, fold, len)) return word->quantity = 2 * (WORD_NONE + 1);
    memset(&w, 0, sizeof w);
    classify(q, words, index, &w);
    word = &erz_words_array(words)[index];
    if (w.kinds == 0) return word->quantity = 2 * (WORD_NONE + 1);
    if (!erz_grow(&q->words, &q->cap_words, q->nwords + 1, sizeof *q->words)) return 0;
    q->words[q->nwords] = w;
    uint32_t trigger = (w.kinds & QUANTITY_TRIGGERS) != 0;
    word->quantity = 2 * (uint32_t)(q->nwords + 1) + trigger;
    q->nwords++;
    return word->quantity;
}
