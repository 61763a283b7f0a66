/* Tokens of a sentence -> items of the grammar: numbers of several tokens, names of several words, adjective and currency are
 * put together here. */
#include <string.h>

#include "base/buf.h"
#include "quantity_builder.h"

static bool is_dash(const builder *b, uint32_t t)
{
    return token_is(b, t, "-") || token_is(b, t, "\xe2\x80\x93") || token_is(b, t, "\xe2\x80\x94") ||
           token_is(b, t, "\xe2\x88\x92") || token_is(b, t, "\xe2\x80\x90") || token_is(b, t, "\xe2\x80\x91") ||
           token_is(b, t, "\xe2\x80\x92") || token_is(b, t, "--");
}

static bool is_digits(const builder *b, uint32_t t)
{
    return t < b->end && b->text->tokens.cls[t] == ERZ_TOKEN_NUMBER;
}

static bool plain_digits(const builder *b, uint32_t t, size_t *len)
{
    if (!is_digits(b, t)) return false;
    const char *s = token_text(b, t, len);
    for (size_t i = 0; i < *len; i++)
        if (s[i] < '0' || s[i] > '9') return false;
    return true;
}

static uint32_t plain_value(const char *s, size_t len)
{
    uint32_t v = 0;
    for (size_t i = 0; i < len && i < 9; i++) v = v * 10 + (uint32_t)(s[i] - '0');
    return v;
}

/* a/b in a token. */
static bool read_ratio(const builder *b, uint32_t t, erz_decimal *out)
{
    size_t len;
    if (!is_digits(b, t)) return false;
    const char *s = token_text(b, t, &len);
    return len > 0 && quantity_ratio(s, len, out) == len;
}

/* 3 1/2-prozentige */
static bool join_compound(builder *b, quantity_item *item)
{
    uint32_t t = item->last + 1;
    size_t len;
    const quantity_word *w = known(b, t);
    erz_decimal ratio;
    if ((w->kinds & (QK(PERCENTADJ) | QK(PERCENTWORD))) == 0 || !one_blank(b, t) || !plain_digits(b, item->last, &len))
        return false;
    const char *s = token_text(b, t, &len);
    if (quantity_ratio(s, len, &ratio) == 0 || !erz_decimal_add(&item->number, ratio)) return false;
    extend(b, item, t);
    if (w->span != 0) item->end = b->text->tokens.begin[t] + w->span;
    item->kinds = (item->kinds & ~QK(DIGITS)) | w->kinds;
    item->unit = w->unit;
    item->flags = w->flags;
    return true;
}

/* 12 500 000: groups of three digits behind single blanks. */
static bool join_groups(builder *b, quantity_item *item)
{
    size_t len;
    if (!plain_digits(b, item->first, &len) || len > 3 || token_text(b, item->first, &len)[0] == '0') return false;
    uint32_t t = item->last + 1;
    erz_decimal d = item->number;
    for (; one_blank(b, t) && plain_digits(b, t, &len) && len == 3; t++) {
        const char *s = token_text(b, t, &len);
        for (size_t i = 0; i < 3; i++)
            if (!erz_decimal_push(&d, (unsigned)(s[i] - '0'))) return false;
    }
    /* the last group may carry decimals: 1 298,00 */
    if (one_blank(b, t) && is_digits(b, t) && len > 4) {
        const char *s = token_text(b, t, &len);
        unsigned traits;
        erz_decimal tail;
        if (s[3] == ',' && erz_number_parse(s, len, ERZ_NUMBER_GERMAN, &tail, &traits) && (traits & ERZ_NUMBER_FRACTION) != 0) {
            d.exp += 3;
            if (!erz_decimal_add(&d, tail)) return false;
            t++;
        }
    }
    if (t == item->last + 1) return false;
    item->number = d;
    item->traits |= ERZ_NUMBER_GROUPED;
    extend(b, item, t - 1);
    return true;
}

/* `2, 1 %`: a stray blank behind the decimal comma. Not in a list: `2, 3 und 5 %`, `1, 2, 3 %`. */
static bool join_decimals(builder *b, quantity_item *item)
{
    uint32_t t = item->last;
    size_t len, n;
    bool grouped = (item->traits & (ERZ_NUMBER_GROUPED | ERZ_NUMBER_FRACTION)) == ERZ_NUMBER_GROUPED; /* 1.837, 32 Euro */
    if (item->first != t || !token_is(b, t + 1, ",") || !touches(b, t + 1)) return false;
    if (t > b->first && (known(b, t - 1)->kinds & QK(CODE)) != 0) return false; /* ¥ 500, 10 € */
    if (!grouped && (!plain_digits(b, t, &len) || len > 4)) return false;
    if (grouped) len = 4;
    if (!one_blank(b, t + 2) || !plain_digits(b, t + 2, &n) || n > 2) return false;
    /* 10, 15 Prozent: two figures of two digits that rise are a list */
    if (n == 2 && len == 2 && !grouped && memcmp(token_text(b, t, &len), token_text(b, t + 2, &n), 2) < 0) return false;
    const quantity_word *next = known(b, t + 3);
    if (len > 2 && (n != 2 || (next->kinds & QK(CURRENCY)) == 0)) return false; /* 112, 40 Dollar */
    if ((next->kinds & (QK(PERCENT) | QK(SCALE) | QK(CURRENCY))) == 0) return false;
    if (t > b->first && (token_is(b, t - 1, ",") || is_digits(b, t - 1))) return false;
    const char *s = token_text(b, t + 2, &n);
    for (size_t i = 0; i < n; i++) {
        if (!erz_decimal_push(&item->number, (unsigned)(s[i] - '0'))) return false;
        item->number.exp--;
    }
    item->traits |= ERZ_NUMBER_FRACTION;
    extend(b, item, t + 2);
    return true;
}

/* 12,- 12.- 12,-- 12,– */
static void join_flourish(builder *b, quantity_item *item)
{
    uint32_t t = item->last + 1;
    if (!touches(b, t) || !(token_is(b, t, ",") || token_is(b, t, ".")) || !touches(b, t + 1)) return;
    if (!is_dash(b, t + 1)) return;
    uint32_t last = t + 1;
    if (touches(b, last + 1) && token_is(b, last + 1, "-")) last++;
    if (touches(b, last + 1) && is_digits(b, last + 1)) return;
    extend(b, item, last);
    item->traits |= ERZ_NUMBER_FRACTION;
}

static void digit_kinds(const builder *b, quantity_item *item)
{
    size_t len;
    bool plain = item->first == item->last && plain_digits(b, item->first, &len);
    if ((item->traits & (ERZ_NUMBER_FRACTION | ERZ_NUMBER_GROUPED)) != 0) item->kinds |= QK(DECIMAL);
    if (!plain) return;
    uint32_t v = plain_value(token_text(b, item->first, &len), len);
    if (len == 4 && v >= 1900 && v < 2100) item->kinds |= QK(YEAR);
    if (len == 2) item->kinds |= QK(CENTS);
}

static void join_spoken_decimals(builder *b, quantity_item *item);

static bool digits_item(builder *b, uint32_t t)
{
    size_t len;
    const char *s = token_text(b, t, &len);
    erz_decimal d, ratio;
    unsigned traits;
    bool whole_ratio = read_ratio(b, t, &d);
    traits = 0;
    if (!whole_ratio && !erz_number_parse(s, len, ERZ_NUMBER_GERMAN, &d, &traits)) return false;
    if ((traits & ERZ_NUMBER_AMBIGUOUS) != 0) erz_number_parse(s, len, quantity_style(b->q, b->text), &d, &traits);
    quantity_item *item = add_item(b, t, t);
    if (item == NULL) return false;
    item->kinds |= QK(DIGITS);
    item->number = d;
    item->traits = traits;
    if (!whole_ratio && one_blank(b, t + 1) && read_ratio(b, t + 1, &ratio) && erz_decimal_add(&item->number, ratio)) {
        extend(b, item, t + 1);
    } else if (!whole_ratio && join_compound(b, item)) {
        return true;
    } else if (!join_groups(b, item)) {
        join_decimals(b, item);
    }
    join_flourish(b, item);
    join_spoken_decimals(b, item);
    digit_kinds(b, item);
    return true;
}

/* .75 and ,50 behind a blank or at the start. */
static bool point_item(builder *b, uint32_t t)
{
    size_t len;
    if ((!token_is(b, t, ",") && !token_is(b, t, ".")) || !touches(b, t + 1)) return false;
    if (touches(b, t) && (known(b, t - 1)->kinds & QK(CODE)) == 0) return false; /* $.75 */
    if (!plain_digits(b, t + 1, &len) || len > 3) return false;
    erz_decimal d = erz_decimal_from(plain_value(token_text(b, t + 1, &len), len), -(int)len);
    quantity_item *item = add_item(b, t, t + 1);
    if (item == NULL) return false;
    item->kinds |= QK(DIGITS) | QK(DECIMAL);
    item->number = d;
    item->traits = ERZ_NUMBER_FRACTION;
    return true;
}

static bool has_symbol(const builder *b, uint32_t t, uint32_t symbol)
{
    return t < b->end && symbol != 0 && word_of(b, t)->symbol[ERZ_MATCH_FOLD] == symbol;
}

/* Komma eins vier: number words behind a number. */
static void join_spoken_decimals(builder *b, quantity_item *item)
{
    uint32_t t = item->last + 1;
    erz_decimal d = item->number;
    if (!has_symbol(b, t, b->q->comma) || d.exp != 0) return;
    uint32_t last = t;
    for (t++; t < b->end && t < last + 2; t++) {
        const quantity_word *w = known(b, t);
        size_t len;
        if (plain_digits(b, t, &len) && len <= 2) {
            const char *s = token_text(b, t, &len);
            for (size_t i = 0; i < len; i++, d.exp--)
                if (!erz_decimal_push(&d, (unsigned)(s[i] - '0'))) return;
        } else if ((w->kinds & (QK(WORDS) | QK(ARTICLE))) != 0 && w->number.hi == 0 && w->number.exp == 0 &&
                   w->number.lo < 100) {
            unsigned v = (unsigned)w->number.lo;
            if (v > 9 && (!erz_decimal_push(&d, v / 10) || d.exp-- < -18)) return;
            if (!erz_decimal_push(&d, v % 10) || d.exp-- < -18) return;
        } else {
            break;
        }
        last = t;
    }
    if (last == item->last + 1) return;
    item->number = d;
    extend(b, item, last);
}

/* 12.-: the tokenizer takes 12. for an ordinal. */
static bool dotted_item(builder *b, uint32_t t)
{
    size_t len;
    erz_decimal d;
    const char *s = token_text(b, t, &len);
    if (b->text->tokens.cls[t] != ERZ_TOKEN_ORDINAL || !touches(b, t + 1) || !is_dash(b, t + 1)) return false;
    if ((touches(b, t + 2) && is_digits(b, t + 2)) || !erz_number_parse(s, len - 1, ERZ_NUMBER_GERMAN, &d, NULL)) return false;
    quantity_item *item = add_item(b, t, t + 1);
    if (item == NULL) return false;
    item->kinds |= QK(DIGITS) | QK(DECIMAL);
    item->traits = ERZ_NUMBER_FRACTION;
    item->number = d;
    return true;
}

/* siebzehn tausend, zwei und vierzig: the longest number that the words from t on make. */
static bool words_item(builder *b, uint32_t t)
{
    enum { MAX = 64 };
    erz_morph m[MAX];
    bool stops[MAX + 1] = {false};
    uint32_t ends[MAX + 1] = {0};
    size_t n = 0;
    for (uint32_t i = t; i < b->end && i < t + 24; i++) {
        const quantity_word *w = known(b, i);
        if (n + w->nmorphs + 1 > MAX) break;
        if ((w->kinds & (QK(WORDS) | QK(ARTICLE))) != 0 && w->nmorphs > 0) {
            memcpy(m + n, w->morphs, w->nmorphs * sizeof *m);
            n += w->nmorphs;
        } else if (n > 0 && has_symbol(b, i, b->q->and)) {
            m[n++] = (erz_morph){ERZ_MORPH_AND, 0};
            continue;
        } else {
            break;
        }
        stops[n] = true;
        ends[n] = i;
    }
    erz_decimal d;
    size_t took = erz_number_eval(m, n, stops, &d);
    if (took == 0) return false;
    const quantity_word *w = known(b, t);
    quantity_item *item = add_item(b, t, ends[took]);
    if (item == NULL) return false;
    item->number = d;
    if (item->last == t) {
        item->kinds |= w->kinds;
        item->power = w->power;
        item->symbol = word_of(b, t)->symbol[ERZ_MATCH_FOLD];
    } else {
        item->kinds |= QK(WORDS);
        if ((known(b, item->last)->kinds & QK(SCALE)) != 0) item->power = known(b, item->last)->power;
    }
    join_spoken_decimals(b, item);
    if (item->last != t) item->kinds = (item->kinds & ~QK(ARTICLE)) | QK(WORDS);
    if (erz_decimal_magnitude(&item->number) == 1 && item->number.exp >= 0) item->kinds |= QK(CENTS);
    return true;
}

/* `kind:ISO kind:ISO` of an adjective and the noun's kind. */
static const char *adjective_unit(const char *value, const char *kind, size_t kind_len)
{
    for (const char *p = value; *p != '\0';) {
        size_t n = strcspn(p, " ");
        if (n > kind_len && p[kind_len] == ':' && memcmp(p, kind, kind_len) == 0) return p + kind_len + 1;
        p += n + (p[n] == ' ');
    }
    return NULL;
}

/* dänische kronen: behind an adjective the noun counts in small letters too. */
static void capitalized(const builder *b, uint32_t t, quantity_word *out)
{
    enum { ROOM = 48 };
    size_t len;
    char form[ROOM];
    const char *s = token_text(b, t, &len);
    if (len >= ROOM || *s < 'a' || *s > 'z') return;
    memcpy(form, s, len);
    form[0] = (char)(*s - 'a' + 'A');
    quantity_look_up(b->q, form, len, out);
}

static bool adjective_item(builder *b, uint32_t t)
{
    erz_lexicon_entry adj;
    const char *kind, *unit;
    if (t + 1 >= b->end || !erz_lexicon_get(b->q->lexicon, word_of(b, t), b->q->cls.currency_adj, &adj)) return false;
    quantity_word w = *known(b, t + 1);
    if ((w.kinds & QK(CURRENCY)) == 0) capitalized(b, t + 1, &w);
    if ((w.kinds & QK(CURRENCY)) == 0 || !erz_flag(w.flags, "kind", &kind)) return false;
    unit = adjective_unit(adj.value, kind, strcspn(kind, ","));
    if (unit == NULL) return false;
    quantity_item *item = add_item(b, t, t + 1);
    if (item == NULL) return false;
    item->kinds |= QK(CURRENCY) | QK(PLAIN) | QK(NAME);
    item->unit = unit; /* ends with a blank or the string: see unit_iso() */
    item->flags = "explicit";
    return true;
}

static bool is_ours(const quantity_classes *c, uint8_t cls)
{
    return cls == c->percent_adj || cls == c->currency || cls == c->minor || cls == c->money_code || cls == c->percent ||
           cls == c->scale || cls == c->approx || cls == c->vague;
}

/* A name of several tokens: Schweizer Franken, v. H., mehr als. */
static bool phrase_item(builder *b, uint32_t t)
{
    enum { MAX = 24, ROOM = 64 };
    erz_lexicon_entry e[MAX];
    if (t + 1 >= b->end || (word_of(b, t)->starts & word_of(b, t + 1)->continues) == 0) return false;
    size_t n = erz_lexicon_match(b->q->lexicon, erz_words_array(b->text->words), &b->text->tokens, t, b->end, e, MAX);
    for (size_t i = 0; i < n && e[i].ntokens > 1; i++) {
        uint32_t last = t + e[i].ntokens - 1U;
        if (!is_ours(&b->q->cls, e[i].cls) || (token_is(b, last, "-") && !touches(b, last))) continue; /* 5 Mio. - 7 */
        if (e[i].cls == b->q->cls.money_code && (known(b, t)->kinds & QK(SCALE)) != 0) continue;       /* Mio. Euro */
        quantity_item *item = add_item(b, t, last);
        if (item == NULL) return false;
        quantity_word w = {.unit = "", .flags = ""};
        char form[ROOM];
        size_t len = item->end - item->begin < ROOM - 1 ? item->end - item->begin : ROOM - 1;
        memcpy(form, b->text->text + item->begin, len);
        form[len] = '\0';
        quantity_take_entry(b->q, &e[i], form, &w);
        item->kinds |= w.kinds & ~QK(PLURAL);
        if ((w.kinds & (QK(PLAIN) | QK(CODE))) == QK(PLAIN)) item->kinds |= QK(NAME);
        item->unit = w.unit;
        item->flags = w.flags;
        item->power = w.power;
        item->number = w.number;
        if (has_symbol(b, t, b->q->bis)) item->symbol = b->q->bis; /* 5 bis zu 10 Prozent: a range */
        return true;
    }
    return false;
}

/* A tab, a line break or several blanks before t: it stands in a table's next column. */
static bool column_before(const builder *b, uint32_t t)
{
    if (t <= b->first) return false;
    const char *s = b->text->text + b->text->tokens.end[t - 1];
    uint32_t gap = b->text->tokens.begin[t] - b->text->tokens.end[t - 1];
    return (gap >= 1 && (*s == '\t' || *s == '\n' || *s == '\r')) || (gap >= 2 && s[0] == ' ' && s[1] == ' ');
}

/* The number without its fraction and whether it has one. */
static uint32_t whole_part(const builder *b, uint32_t t, bool *fraction)
{
    size_t len, n = 0;
    const char *s = token_text(b, t, &len);
    while (n < len && s[n] >= '0' && s[n] <= '9') n++;
    *fraction = n + 1 < len && s[n] == ',';
    return plain_value(s, n);
}

/* Is the signed number at t + 1 a change behind a price or another change? 26,76 EUR -0,12 EUR, 43,62 -1,60 %, +3,46 -2,64 % */
static bool follows_price(const builder *b, uint32_t t)
{
    if (t <= b->first) return false;
    if ((known(b, t - 1)->kinds & (QK(CURRENCY) | QK(PERCENT) | QK(MINOR))) != 0) return true;
    if (!is_digits(b, t - 1)) return false;
    bool price, change;
    uint32_t first = whole_part(b, t - 1, &price), second = whole_part(b, t + 1, &change);
    bool is_signed = t >= b->first + 2 && touches(b, t - 1) && (is_dash(b, t - 2) || token_is(b, t - 2, "+")) &&
                     (t == b->first + 2 || !touches(b, t - 2));
    return price && change && (is_signed || first > second);
}

/* A sign touches its number and nothing before it but punctuation. */
static uint64_t sign_kinds(const builder *b, uint32_t t)
{
    if (has_symbol(b, t, b->q->plus) || has_symbol(b, t, b->q->minus))
        return t + 1 < b->end && (is_digits(b, t + 1) || known(b, t + 1)->kinds != 0) ? QK(SIGN) : 0;
    if (b->text->tokens.cls[t] == ERZ_TOKEN_WORD) return 0;
    bool dash = is_dash(b, t);
    bool change = !touches(b, t) && touches(b, t + 1) && is_digits(b, t + 1) && follows_price(b, t);
    uint64_t kinds = dash && !change ? QK(DASH) : 0;
    if (!dash && !token_is(b, t, "+")) return 0;
    if (!is_digits(b, t + 1) || !touches(b, t + 1)) return kinds;
    if (touches(b, t) && (b->text->tokens.cls[t - 1] != ERZ_TOKEN_PUNCTUATION || token_is(b, t - 1, ")"))) return kinds;
    return column_before(b, t) ? QK(SIGN) : kinds | QK(SIGN);
}

static bool single_item(builder *b, uint32_t t)
{
    const quantity_word *w = known(b, t);
    quantity_item *item = add_item(b, t, t);
    if (item == NULL) return false;
    const erz_word *word = word_of(b, t);
    item->symbol = word->symbol[ERZ_MATCH_FOLD];
    item->kinds |= w->kinds & ~QK(DIGITS); /* digits that are no number: 2:0 */
    item->number = w->number;
    item->unit = w->unit;
    item->flags = w->flags;
    item->power = w->power;
    if (w->span != 0) item->end = item->begin + w->span;
    item->kinds |= sign_kinds(b, t);
    if ((w->kinds & QK(FRACTION)) != 0 && (word->cls == ERZ_TOKEN_SYMBOL || erz_flag(w->flags, "add", NULL)))
        item->traits |= ERZ_NUMBER_FRACTION; /* 5 ½, zwei dreiviertel */
    if (w->kinds == 0 && (word->cls == ERZ_TOKEN_WORD || word->cls == ERZ_TOKEN_ABBREVIATION))
        item->kinds |= (word->shape & ERZ_SHAPE_INITIAL_UPPER) != 0 ? QK(NOUN) : QK(LOWER);
    if (word->cls == ERZ_TOKEN_PUNCTUATION &&
        (token_is(b, t, ".") || token_is(b, t, "!") || token_is(b, t, "?") || token_is(b, t, ";")))
        item->kinds |= QK(END);
    return true;
}

static bool one_item(builder *b, uint32_t t)
{
    if (is_digits(b, t)) return digits_item(b, t) || single_item(b, t);
    const quantity_word *w = known(b, t);
    size_t before = b->q->nitems;
    if (quantity_broken_item(b, t) || point_item(b, t) || quantity_glued_item(b, t) || dotted_item(b, t)) return true;
    if (quantity_cut_item(b, t) || (w->span != 0 && quantity_slash_item(b, t))) return true;
    if (phrase_item(b, t)) return true;
    if (w->nmorphs > 0 && words_item(b, t)) return true;
    if ((word_of(b, t)->classes >> b->q->cls.currency_adj & 1) != 0 && b->q->cls.currency_adj != ERZ_NO_CLASS &&
        adjective_item(b, t))
        return true;
    return b->q->nitems == before && single_item(b, t);
}

/* Is a word that has a form an item by itself here, as everywhere but in a few places? */
static inline bool is_alone(const builder *b, uint32_t t)
{
    const erz_tokens *tokens = &b->text->tokens;
    const uint8_t *types = b->q->types;
    uint8_t type = types[tokens->word[t]];
    if (t + 1 >= b->end) return true;
    if ((unsigned char)b->text->text[tokens->end[t]] >= 0x80) return false; /* see broken_item() */
    if ((type & TYPE_STARTS) != 0 && (types[tokens->word[t + 1]] & TYPE_CONTINUES) != 0) return false;
    return (type & TYPE_POINT) == 0 || tokens->begin[t + 1] != tokens->end[t];
}

/* What one_item() makes of such a word. */
static inline void add_form(builder *b, uint32_t t, uint8_t form)
{
    const erz_tokens *tokens = &b->text->tokens;
    quantity_item *item = &b->q->items[b->q->nitems++];
    *item = b->q->form_items[form];
    item->first = item->last = t;
    item->begin = tokens->begin[t];
    item->end = tokens->end[t];
    if (t > b->first && item->begin == tokens->end[t - 1]) item->kinds |= QK(TOUCH);
}

static bool add_items(builder *b, uint32_t t)
{
    struct erz_quantities *q = b->q;
    size_t n = q->nitems;
    if (!one_item(b, t) || q->nitems == n) return false;
    for (; n < q->nitems; n++) quantity_automaton_classify(q->automaton, &q->items[n]);
    return true;
}

bool quantity_itemize(struct erz_quantities *q, erz_text *text, uint32_t first, uint32_t end)
{
    builder b = {q, text, first, end};
    enum { MOST = 3 }; /* items of a token */
    q->nitems = 0;
    if (!erz_grow(&q->items, &q->cap_items, MOST * (size_t)(end - first) + 2, sizeof *q->items)) return false;
    for (uint32_t t = first; t < end;) {
        uint8_t form = q->forms[text->tokens.word[t]];
        if (form != 0 && is_alone(&b, t)) {
            add_form(&b, t++, form);
            continue;
        }
        if (!add_items(&b, t)) return false;
        t = q->items[q->nitems - 1].last + 1;
    }
    if (end == first) return true;
    quantity_item *stop = add_item(&b, end - 1, end - 1);
    if (stop == NULL) return false;
    stop->begin = stop->end;
    stop->kinds = QK(END) | QK(ANY);
    quantity_automaton_classify(q->automaton, stop);
    return true;
}
