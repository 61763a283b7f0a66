/* Characters beyond ASCII and U+00C0-00FF: letters, blanks inside numbers, quotes, dashes, emoji. */
#include "rules.h"

/* Digits, narrow blank, three digits: one number. */
static bool groups_digits(const erz_scan *s, size_t pos, size_t next)
{
    size_t n = 0;
    while (n < pos && n < 4 && rules_is_digit(s->text[pos - 1 - n])) n++;
    if (n == 0 || n > 3 || (n < pos && rules_is_letter(s->text[pos - 1 - n]))) return false;
    for (size_t i = 0; i < 3; i++)
        if (!rules_is_digit(rules_byte(s, next + i))) return false;
    return !rules_word_at(s, next + 3);
}

static bool is_grouping_blank(uint32_t cp)
{
    return cp == 0xa0 || cp == 0x202f || cp == 0x2009 || cp == 0x2007 || cp == 0x2006 || cp == 0x2008;
}

static bool is_apostrophe(uint32_t cp)
{
    return cp == 0x2019 || cp == 0x2018 || cp == 0xb4 || cp == 0x201b || cp == 0x2032;
}

static bool is_hyphen(uint32_t cp)
{
    return cp == 0x2010 || cp == 0x2011;
}

static void own_token(erz_scan *s, size_t pos, size_t end, unsigned cls)
{
    rules_cut(s, pos);
    rules_cut(s, end);
    rules_patch_fixed(s, rules_token(s, pos), cls, PATCH_FIXED_WIDE);
}

static void join_over(erz_scan *s, size_t pos, size_t end)
{
    rules_join(s, pos);
    rules_join(s, end);
    rules_patch(s, rules_token(s, pos), PATCH_DESCRIBE);
}

/* Is the character at pos itself one of a word? */
static bool word_char_at(const erz_scan *s, size_t pos)
{
    unsigned n;
    erz_uclass c = rules_class(s, pos, &n);
    return uclass_is_word(c) && c != UC_IGNORE;
}

/* A letter, mark or digit. Masks took it for no part of a word: join both sides. */
static void word_char(erz_scan *s, size_t pos, size_t end, erz_uclass c)
{
    bool hyphen_before = pos > 0 && s->text[pos - 1] == '-' && (pos < 2 || s->text[pos - 2] != '-') &&
                         (rules_word_before(s, pos - 1) || uclass_is_letter(c)) && c != UC_IGNORE;
    if (rules_word_before(s, pos) || hyphen_before)
        rules_join(s, pos);
    else if (s->joined_at != pos)
        rules_cut(s, pos);
    rules_patch(s, rules_token(s, pos), PATCH_DESCRIBE);
    if (rules_word_at(s, end)) {
        rules_join(s, end);
        return;
    }
    rules_cut(s, end);
    if (rules_byte(s, end) != '-' || rules_byte(s, end + 1) == '-') return;
    rules_join(s, end);
    if (word_char_at(s, end + 1))
        rules_join(s, end + 1);
    else
        rules_cut(s, end + 1);
}

/* Emoji: modifiers, variation selectors and what joiners tie to it belong to one token. */
static size_t emoji_end(const erz_scan *s, size_t pos)
{
    bool joined = true, flag = false;
    size_t end = pos;
    for (;;) {
        unsigned n;
        uint32_t cp = rules_decode(s, pos, &n);
        bool regional = cp >= 0x1f1e6 && cp <= 0x1f1ff;
        bool modifier = (cp >= 0x1f3fb && cp <= 0x1f3ff) || cp == 0xfe0f || cp == 0x20e3 || (cp >= 0xe0020 && cp <= 0xe007f);
        if (pos >= s->len || !(joined || modifier || cp == 0x200d || (regional && flag))) return end;
        if (joined && !modifier && erz_uclass_of(cp) != UC_EMOJI && cp != 0x2640 && cp != 0x2642 && cp != 0x200d) return end;
        flag = regional && !flag;
        joined = cp == 0x200d;
        pos += n;
        end = pos;
    }
}

static void punctuation(erz_scan *s, size_t pos, size_t end, uint32_t cp, unsigned cls)
{
    bool before = rules_word_before(s, pos), after = rules_word_at(s, end);
    if ((is_apostrophe(cp) || is_hyphen(cp)) && before && after) {
        join_over(s, pos, end);
        return;
    }
    if (is_hyphen(cp) && before) {
        rules_join(s, pos);
        rules_cut(s, end);
        rules_patch(s, rules_token(s, pos), PATCH_DESCRIBE);
        return;
    }
    own_token(s, pos, end, cls);
    if (cp == 0x2026 || cp == 0x203c || cp == 0x2049) rules_end_sentence(s, end);
}

/* Events inside the character that ends at `end` are over. */
static void skip_events(erz_scan *s, size_t end)
{
    size_t bit = end - s->base;
    if (end > s->no_event_until) s->no_event_until = end;
    s->event_bits &= bit >= 64 ? 0 : ~UINT64_C(0) << bit;
    if (bit > ERZ_WINDOW_END) s->pending = true;
}

void rules_unicode(erz_scan *s, size_t pos)
{
    unsigned n;
    /* U+2013, U+2014, U+201C-201E: most of what is not a letter in German texts. */
    if (s->text[pos] == 0xe2 && rules_byte(s, pos + 1) == 0x80 && (0x70180000U >> (rules_byte(s, pos + 2) & 31) & 1) != 0 &&
        (rules_byte(s, pos + 2) & 0xe0) == 0x80) {
        own_token(s, pos, pos + 3, ERZ_TOKEN_PUNCTUATION);
        skip_events(s, pos + 3);
        return;
    }
    uint32_t cp = rules_decode(s, pos, &n);
    if (cp == 0xfffd && n == 1) {
        s->bad = pos;
        s->event_bits = 0;
        return;
    }
    size_t end = pos + n;
    skip_events(s, end);
    erz_uclass c = erz_uclass_of(cp);
    if (c == UC_IGNORE) {           /* inside a word it stays there; elsewhere it is a blank */
        enum { MOST_IGNORED = 96 }; /* bytes looked over: a longer run ends the word */
        size_t last = end;
        while (last - end < MOST_IGNORED && rules_class(s, last, &n) == UC_IGNORE) last += n;
        if ((rules_word_before(s, pos) || s->joined_at == pos) && rules_word_at(s, last))
            word_char(s, pos, end, c);
        else
            rules_blank(s, pos, end);
    } else if (uclass_is_word(c)) {
        word_char(s, pos, end, c);
    } else if (c == UC_SPACE && is_grouping_blank(cp) && groups_digits(s, pos, end)) {
        join_over(s, pos, end);
    } else if (c == UC_SPACE || c == UC_CONTROL) {
        rules_blank(s, pos, end);
    } else if (c == UC_EMOJI) {
        size_t last = emoji_end(s, pos);
        rules_cut(s, pos);
        rules_extend(s, pos, last, ERZ_TOKEN_EMOJI);
    } else {
        punctuation(s, pos, end, cp, c == UC_PUNCT ? ERZ_TOKEN_PUNCTUATION : ERZ_TOKEN_SYMBOL);
    }
}
