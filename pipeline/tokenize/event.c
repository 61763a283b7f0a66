/* Events: bytes at which masks alone do not decide. Cold code; docs/tokens.md states the rules. */
#include <string.h>

#include "rules.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* The sign at pos becomes part of one token with what stands before and after it. */
static void join_both(erz_scan *s, size_t pos)
{
    rules_join(s, pos);
    rules_join(s, pos + 1);
    rules_patch(s, rules_token(s, pos), PATCH_DESCRIBE);
}

static void symbol(erz_scan *s, size_t pos)
{
    rules_patch_fixed(s, rules_token(s, pos), ERZ_TOKEN_SYMBOL, PATCH_FIXED_ASCII);
}

/* -in, -innen, -n, -r: the second part of a form with both genders. */
static bool gender_ending(const erz_scan *s, size_t pos)
{
    static const char endings[][LIST_WORD] = {"in", "innen"};
    size_t end = rules_word_end(s, pos);
    return rules_in_list(s, pos, end, endings, COUNT(endings));
}

/* c't, geht's, L'Oréal, 1'234, Virus' */
static void apostrophe(erz_scan *s, size_t pos)
{
    uint8_t after = rules_byte(s, pos + 1);
    if (after == '\'') { /* '' closes a quotation in ASCII typography */
        if (rules_byte(s, pos + 2) != '\'') rules_extend(s, pos, pos + 2, ERZ_TOKEN_PUNCTUATION);
        rules_cut(s, pos);
        return;
    }
    bool word_before = rules_word_before(s, pos);
    if (word_before && rules_word_at(s, pos + 1)) {
        join_both(s, pos);
        return;
    }
    if (!word_before && (after == 's' || after == 'n') && (pos == 0 || s->text[pos - 1] <= ' ')) { /* 's, 'n, 'nem */
        size_t end = rules_word_end(s, pos + 1);
        static const char words[][LIST_WORD] = {"n", "ne", "nem", "nen", "ner", "s"};
        if (rules_in_list(s, pos + 1, end, words, COUNT(words))) {
            rules_join(s, pos + 1);
            rules_patch(s, rules_token(s, pos), PATCH_DESCRIBE);
        }
        return;
    }
    if (!word_before || rules_is_digit(s->text[pos - 1])) return;
    uint8_t c = s->text[pos - 1];
    bool sibilant = c == 's' || c == 'x' || c == 'z' || c == 'S' || c == 'X' || c == 'Z';
    size_t from = pos > 120 ? pos - 120 : 0;
    for (size_t i = from; i < pos && sibilant; i++) /* an open single quote: this closes it */
        if (s->text[i] == '\'' && (i == 0 || s->text[i - 1] <= ' ' || s->text[i - 1] == '(')) sibilant = false;
    if (sibilant && (after <= ' ' || after == '-')) {
        rules_join(s, pos);
        if (after == '-' && rules_word_at(s, pos + 2))
            rules_join(s, pos + 1), rules_join(s, pos + 2);
        else
            rules_cut(s, pos + 1);
        rules_patch(s, rules_token(s, pos), PATCH_DESCRIBE);
    }
}

static void backtick(erz_scan *s, size_t pos)
{
    if (rules_byte(s, pos + 1) == '`') {
        rules_cut(s, pos);
        rules_extend(s, pos, pos + 2, ERZ_TOKEN_PUNCTUATION);
    } else {
        symbol(s, pos);
    }
}

/* & between letters or digits: C&A, 1&1 */
static void ampersand(erz_scan *s, size_t pos)
{
    if (rules_word_before(s, pos) && rules_word_at(s, pos + 1))
        join_both(s, pos);
    else
        symbol(s, pos);
}

static void slash(erz_scan *s, size_t pos)
{
    uint8_t after = rules_byte(s, pos + 1), before = pos > 0 ? s->text[pos - 1] : 0;
    if (!rules_word_at(s, pos + 1)) return;
    size_t end = rules_word_end(s, pos + 1);
    bool digit = rules_is_digit(after), join = false;
    if (rules_is_digit(before)) join = digit;
    if (rules_letter_before(s, pos)) {
        bool one_before = pos < 2 || !rules_word_before(s, pos - 1), one_after = end - pos == 2;
        join = digit || gender_ending(s, pos + 1) || (one_after && (after == 'h' || after == 's')) || (one_before && one_after);
    }
    if (before == '-' && rules_word_before(s, pos - 1)) join = rules_letter_at(s, pos + 1);
    if (join) join_both(s, pos);
}

/* Kund*innen, Kund_innen; snake_case */
static void star(erz_scan *s, size_t pos)
{
    if (rules_letter_before(s, pos) && gender_ending(s, pos + 1))
        join_both(s, pos);
    else
        symbol(s, pos);
}

static void underscore(erz_scan *s, size_t pos)
{
    if (rules_word_before(s, pos) && rules_word_at(s, pos + 1))
        join_both(s, pos);
    else
        symbol(s, pos);
}

static void plus(erz_scan *s, size_t pos)
{
    bool before = rules_letter_before(s, pos);
    if (before && rules_byte(s, pos + 1) == '+' && !rules_word_at(s, pos + 2)) { /* C++ */
        rules_extend(s, pos - 1, pos + 2, PATCH_DESCRIBE);
        return;
    }
    symbol(s, pos);
}

static void colon(erz_scan *s, size_t pos)
{
    uint8_t after = rules_byte(s, pos + 1);
    if (after == ' ' || after == '\n') {
        rules_colon(s, pos);
        return;
    }
    if (rules_url(s, pos) || rules_emoticon(s, pos)) return;
    if (pos > 0 && rules_is_digit(s->text[pos - 1]) && rules_is_digit(after)) { /* 20:45, 3:2 */
        join_both(s, pos);
        return;
    }
    if (rules_letter_before(s, pos) && gender_ending(s, pos + 1)) {
        join_both(s, pos);
        return;
    }
    rules_colon(s, pos);
}

static void terminator(erz_scan *s, size_t pos)
{
    rules_end_sentence(s, pos + 1);
}

/* Currency codes and scale words that are written without a blank beside a number. */
static bool is_code(const erz_scan *s, size_t begin, size_t end)
{
    static const char codes[][LIST_WORD] = {"AUD", "BRL", "CAD", "CHF", "CNY",  "CZK",  "DKK", "DM",  "EUR", "GBP",
                                            "HKD", "HUF", "INR", "JPY", "KRW",  "MEUR", "MXN", "NOK", "NZD", "PLN",
                                            "RMB", "RUB", "SEK", "SGD", "TEUR", "TRY",  "USD", "ZAR"};
    return rules_in_list(s, begin, end, codes, COUNT(codes));
}

static bool is_scale(const erz_scan *s, size_t begin, size_t end)
{
    static const char words[][LIST_WORD] = {"Bio",        "Cent",      "Dollar", "Euro", "Mia",     "Mill",
                                            "Milliarden", "Millionen", "Mio",    "Mrd",  "Prozent", "Tsd",
                                            "bn",         "mio",       "mln",    "mn",   "mrd",     "tsd"};
    return rules_in_list(s, begin, end, words, COUNT(words)) || is_code(s, begin, end);
}

/* Between digits and letters: USD34.6, 3.5bn; names such as A380, 3M, H2O stay whole. */
static void mixed(erz_scan *s, size_t pos)
{
    size_t begin = rules_begin(s, pos);
    if (rules_is_digit(s->text[pos])) {
        if (!is_code(s, begin, pos)) return;
        for (size_t i = pos; rules_word_at(s, i) || rules_byte(s, i) == '.' || rules_byte(s, i) == ','; i++)
            if (!rules_is_digit(s->text[i]) && s->text[i] != '.' && s->text[i] != ',' && rules_letter_before(s, i)) return;
    } else {
        for (size_t i = begin; i < pos; i++)
            if (!rules_is_digit(s->text[i]) && s->text[i] != '.' && s->text[i] != ',' && s->text[i] != '\'') return;
        size_t end = rules_word_end(s, pos);
        if (!is_scale(s, pos, end)) return;
        if (rules_byte(s, end) == '-' && rules_word_at(s, end + 1)) return;
    }
    rules_patch(s, rules_token(s, pos - 1), PATCH_DESCRIBE);
    rules_cut(s, pos);
    rules_patch(s, rules_token(s, pos), PATCH_DESCRIBE);
}

/* Runs of hyphens: -- and --- are one token; a hyphen after digits (10- bis 20-mal). */
static void hyphen(erz_scan *s, size_t pos)
{
    if (rules_byte(s, pos + 1) != '-') {
        rules_patch(s, rules_token(s, pos), PATCH_DESCRIBE);
        return;
    }
    size_t end = pos + 2;
    while (rules_byte(s, end) == '-') end++;
    rules_cut(s, pos);
    rules_extend(s, pos, end, ERZ_TOKEN_PUNCTUATION);
}

/* -> and => : the shaft was a token of its own. */
static void arrow_head(erz_scan *s, size_t pos)
{
    if (pos > 0 && (s->text[pos - 1] == '-' || s->text[pos - 1] == '=') && !rules_word_before(s, rules_begin(s, pos - 1) + 1)) {
        rules_join(s, pos);
        rules_cut(s, pos + 1);
        rules_patch(s, rules_token(s, pos), ERZ_TOKEN_SYMBOL);
        return;
    }
    symbol(s, pos);
}

/* Signs that are a handle's, an emoticon's, an arrow's, or symbols of their own. */
static void other_sign(erz_scan *s, size_t pos)
{
    switch (s->text[pos]) {
    case '*':
        if (!rules_emoticon(s, pos)) star(s, pos);
        break;
    case '@':
    case '#':
        if (!rules_handle(s, pos)) symbol(s, pos);
        break;
    case ';':
        (void)rules_emoticon(s, pos);
        break;
    case '<':
    case '=':
    case '^':
        if (!rules_emoticon(s, pos)) symbol(s, pos);
        break;
    case '>':
        arrow_head(s, pos);
        break;
    default:
        symbol(s, pos);
        break;
    }
}

static void sign(erz_scan *s, size_t pos)
{
    switch (s->text[pos]) {
    case '\n':
        rules_newline(s, pos);
        break;
    case '.':
        rules_dot(s, pos);
        break;
    case '!':
    case '?':
        terminator(s, pos);
        break;
    case ':':
        colon(s, pos);
        break;
    case '\'':
        apostrophe(s, pos);
        break;
    case '`':
        backtick(s, pos);
        break;
    case '&':
        ampersand(s, pos);
        break;
    case '/':
        slash(s, pos);
        break;
    case '_':
        underscore(s, pos);
        break;
    case '+':
        plus(s, pos);
        break;
    case '-':
        hyphen(s, pos);
        break;
    default:
        other_sign(s, pos);
        break;
    }
}

void erz_scan_event(erz_scan *s, unsigned bit)
{
    size_t pos = rules_pos(s, bit);
    uint8_t c = s->text[pos];
    if (c >= 0x80)
        rules_unicode(s, pos);
    else if (rules_is_letter(c) || rules_is_digit(c))
        mixed(s, pos);
    else
        sign(s, pos);
}
