/* Full stops: abbreviations, ordinals, ellipses, ends of sentences. docs/tokens.md states the rules. */
#include <string.h>

#include "rules.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static erz_dot_kind kind_of_entry(const erz_scan *s, uint32_t symbol)
{
    erz_word word;
    memset(&word, 0, sizeof word);
    word.symbol[ERZ_MATCH_EXACT] = symbol;
    word.classes = s->abbreviation_class < 64 ? UINT64_C(1) << s->abbreviation_class : 0;
    erz_lexicon_entry entry;
    /* Only abbreviations of several tokens hold a dot otherwise: a part of one. */
    if (!erz_lexicon_get(s->lexicon, &word, s->abbreviation_class, &entry)) return DOT_MAYBREAK;
    if (erz_flag(entry.flags, "num", NULL)) return DOT_NUMBER;
    if (erz_flag(entry.flags, "month", NULL)) return DOT_MONTH;
    if (erz_flag(entry.flags, "weekday", NULL)) return DOT_WEEKDAY;
    return erz_flag(entry.flags, "maybreak", NULL) ? DOT_MAYBREAK : DOT_NOBREAK;
}

/* A word of at most 15 bytes as two numbers. */
static inline void load_key(const erz_scan *s, size_t begin, size_t end, uint64_t key[2])
{
    size_t n = end - begin;
    if (end < 8) {
        uint8_t bytes[16] = {0};
        memcpy(bytes, s->text + begin, n);
        memcpy(key, bytes, 16);
        return;
    }
    uint64_t last;
    memcpy(&last, s->text + end - 8, 8);
    if (n <= 8) {
        key[0] = last >> (64 - 8 * n);
        key[1] = 0;
    } else {
        memcpy(&key[0], s->text + begin, 8);
        key[1] = last >> (128 - 8 * n);
    }
}

/* The last eight bytes of the word [begin, end). */
static uint64_t last_bytes(const uint8_t *text, size_t begin, size_t end)
{
    uint64_t bytes = 0;
    size_t n = end - begin < 8 ? end - begin : 8;
    if (end >= 8 && n > 0 && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) {
        memcpy(&bytes, text + end - 8, 8);
        return bytes >> (64 - 8 * n) << (64 - 8 * n);
    }
    for (size_t i = 0; i < n; i++) bytes |= (uint64_t)text[end - 1 - i] << (56 - 8 * i);
    return bytes;
}

static void set_bit(uint64_t *bits, unsigned bit)
{
    bits[bit / 64] |= UINT64_C(1) << bit % 64;
}

/* Words are looked up whole, parts of them by what follows a hyphen, slash or dot: both are entered. */
static void learn(void *context, const char *form, size_t len)
{
    const erz_scan *s = context;
    if (len < 2 || len > ABBREVIATION_MAX || form[len - 1] != '.') return;
    size_t part = len - 1;
    while (part > 0 && strchr("-/. ", form[part - 1]) == NULL) part--;
    set_bit(s->dotted, erz_scan_dotted_bit(last_bytes((const uint8_t *)form, 0, len - 1)));
    set_bit(s->dotted, erz_scan_dotted_bit(last_bytes((const uint8_t *)form, part, len - 1)));
}

/* What looks_cut() and is_roman() take for no word, and a little more: letters, one bit each, that make an odd ending before
 * the last two, a and b. Letters are known by their lowest five bits, 0: none. */
static uint32_t odd_endings(unsigned a, unsigned b, bool is_short)
{
    const uint32_t roman = 1U << ('I' & 31) | 1U << ('V' & 31) | 1U << ('X' & 31) | 1;
    uint32_t odd = (roman >> a & roman >> b & 1) != 0 ? roman : 0;
    if (a == ('t' & 31) && b == ('l' & 31)) odd = ~UINT32_C(0);
    if (is_short && ((ERZ_VOWELS >> a | ERZ_VOWELS >> b) & 1) == 0) odd |= ~ERZ_VOWELS;
    return odd;
}

void erz_scan_learn_abbreviations(erz_scan *s)
{
    erz_lexicon_each_dotted(s->lexicon, learn, s);
    for (unsigned bit = 0; bit < ENDING_BITS; bit += 32)
        s->endings[bit / 64] |= (uint64_t)odd_endings(bit >> 5 & 31, bit >> 10 & 31, bit >> 15 != 0) << bit % 64;
}

/* What is known of the word [begin, end) when a full stop follows. Answers are kept in a small cache. */
static erz_dot_kind kind_of(erz_scan *s, size_t begin, size_t end)
{
    if (end - begin >= ABBREVIATION_MAX || end == begin) return DOT_PLAIN;
    uint64_t key[2];
    load_key(s, begin, end, key);
    unsigned bit = erz_scan_dotted_bit(last_bytes(s->text, begin, end));
    if ((s->dotted[bit / 64] >> bit % 64 & 1) == 0) return DOT_PLAIN;
    abbreviation_slot *slot =
        &s->abbreviations[(key[0] ^ key[1] * UINT64_C(0x9e3779b97f4a7c15)) * UINT64_C(0xd6e8feb86659fd93) >> 54];
    if (slot->key[0] != key[0] || slot->key[1] != key[1]) {
        char form[ABBREVIATION_MAX];
        memcpy(form, s->text + begin, end - begin);
        form[end - begin] = '.';
        uint32_t symbol = erz_lexicon_symbol(s->lexicon, ERZ_MATCH_EXACT, form, end - begin + 1);
        memcpy(slot->key, key, sizeof key);
        slot->kind = (uint8_t)(symbol == 0 ? DOT_PLAIN : kind_of_entry(s, symbol));
    }
    return (erz_dot_kind)slot->kind;
}

/* Start of the word part before pos: after the last hyphen or the token's start. */
static size_t part_begin(const erz_scan *s, size_t token, size_t pos)
{
    size_t i = pos;
    while (i > token && pos - i < ABBREVIATION_MAX && s->text[i - 1] != '-' && s->text[i - 1] != '/') i--;
    return i;
}

/* Of a compound (Online-Abt.) the last part counts; only forms with a dot before the hyphen (Sa.-Anh.) are listed whole. */
static erz_dot_kind part_kind(erz_scan *s, size_t token, size_t part, size_t pos)
{
    bool compound = part > token + 1 && s->text[part - 1] == '-' && rules_is_letter(s->text[part - 2]);
    erz_dot_kind kind = compound ? DOT_PLAIN : kind_of(s, token, pos);
    if (kind == DOT_PLAIN && part > token) kind = kind_of(s, part, pos);
    return kind;
}

static erz_dot_kind word_kind(erz_scan *s, size_t token, size_t pos)
{
    return part_kind(s, token, part_begin(s, token, pos), pos);
}

/* Not listed, but no German word: mhd., jmdn., Vllt. have no vowel; geisteswissenschaftl. ends in -tl. */
static bool looks_cut(const erz_scan *s, size_t begin, size_t pos)
{
    if (pos - begin > 4 && s->text[pos - 2] == 't' && s->text[pos - 1] == 'l') return true;
    if (pos - begin < 2 || pos - begin > 5 || rules_class_before(s, pos) != UC_LOWER) return false;
    unsigned vowels = 0; /* of German letters all others are consonants; signs and umlauts do not count as such */
    for (size_t i = 0; i < 5; i++) {
        uint8_t c = pos - begin > i ? s->text[pos - 1 - i] : 'x';
        vowels |= (ERZ_VOWELS >> (c & 31) & 1) | (unsigned)!rules_is_letter(c);
    }
    return vowels == 0;
}

/* The dot at pos belongs to the word before. */
static void take_dot(erz_scan *s, size_t pos, unsigned cls)
{
    rules_join(s, pos);
    rules_cut(s, pos + 1);
    rules_patch(s, rules_token(s, pos), cls);
}

static bool all_digits(const erz_scan *s, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++)
        if (!rules_is_digit(s->text[i])) return false;
    return end > begin;
}

/* dd.mm with a dot to come */
static bool is_day_month(const erz_scan *s, size_t begin, size_t end)
{
    const uint8_t *dot = memchr(s->text + begin, '.', end - begin);
    if (dot == NULL) return false;
    size_t at = (size_t)(dot - s->text);
    return at - begin <= 2 && end - at <= 3 && all_digits(s, begin, at) && all_digits(s, at + 1, end);
}

static bool is_roman(const erz_scan *s, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++)
        if (s->text[i] != 'I' && s->text[i] != 'V' && s->text[i] != 'X') return false;
    return end > begin;
}

/* The token before the one that begins at pos, when only blanks are between. */
static size_t previous_word(const erz_scan *s, size_t pos, size_t *end)
{
    while (pos > 0 && (s->text[pos - 1] == ' ' || s->text[pos - 1] == '\t')) pos--;
    *end = pos;
    while (pos > 0 && (rules_is_letter(s->text[pos - 1]) || rules_is_digit(s->text[pos - 1]) || s->text[pos - 1] >= 0x80 ||
                       (s->text[pos - 1] == '.' && pos == *end)))
        pos--;
    return pos;
}

/* What is known of the word before pos. */
static unsigned known_before(const erz_scan *s, size_t pos)
{
    size_t end, begin = previous_word(s, pos, &end);
    return rules_known(s, begin, end);
}

static bool after_colon(const erz_scan *s, size_t pos)
{
    while (pos > 0 && s->text[pos - 1] == ' ') pos--;
    return pos > 0 && s->text[pos - 1] == ':';
}

bool rules_is_ordinal(const erz_scan *s, size_t begin, size_t pos, bool first)
{
    size_t next, n = pos - begin;
    erz_follow follow = rules_follow(s, pos + 1, &next);
    if (n > 3 || follow == FOLLOW_END) return false;
    if (follow == FOLLOW_LOWER || (n <= 2 && (first || after_colon(s, begin)))) return true;
    unsigned known, cue;
    switch (follow) {
    case FOLLOW_UPPER:
        known = rules_known_at(s, next);
        if ((known & (KNOWN_MONTH | KNOWN_STARTER)) != 0) return (known & KNOWN_MONTH) != 0;
        cue = known_before(s, begin);
        return (cue & KNOWN_ORDINAL_CUE) != 0 || (n <= 2 && (cue & KNOWN_CARDINAL_CUE) == 0);
    case FOLLOW_DIGIT:
        return n <= 2;
    case FOLLOW_OPEN:
        return n <= 2 && (known_before(s, begin) & KNOWN_ORDINAL_CUE) != 0;
    case FOLLOW_OTHER:
        return n <= 2;
    case FOLLOW_GLUED: {
        uint8_t c = rules_byte(s, pos + 1);
        return n <= 2 && (c == ',' || c == ';' || c == ')' || c == '/' || c == '-' || rules_letter_at(s, pos + 1));
    }
    default:
        return false;
    }
}

static void number_dot(erz_scan *s, size_t begin, size_t pos)
{
    size_t next;
    erz_follow follow = rules_follow(s, pos + 1, &next);
    bool first = rules_sentence_start(s, pos) == rules_token(s, begin);
    if (all_digits(s, begin, pos) && rules_is_ordinal(s, begin, pos, first)) {
        take_dot(s, pos, ERZ_TOKEN_ORDINAL);
        return;
    }
    if (is_day_month(s, begin, pos) && (follow == FOLLOW_LOWER || follow == FOLLOW_DIGIT || follow == FOLLOW_OTHER ||
                                        (follow == FOLLOW_GLUED && rules_one_of(rules_byte(s, pos + 1), ",;)/-")))) {
        take_dot(s, pos, ERZ_TOKEN_ORDINAL);
        return;
    }
    rules_end_sentence(s, pos + 1);
}

/* A word before a dot, and what follows. */
typedef struct dot_word {
    size_t begin, pos; /* the dot's */
    size_t part;       /* behind the last hyphen or slash */
    size_t last_dot;   /* behind the last dot inside, or begin */
    erz_follow follow;
    size_t next; /* what follows begins here */
} dot_word;

static void look_at_word(const erz_scan *s, dot_word *w)
{
    w->part = w->last_dot = w->begin;
    for (size_t i = w->begin; i < w->pos; i++) {
        uint8_t c = s->text[i];
        if (rules_is_letter(c)) continue;
        w->part = c == '-' || c == '/' ? i + 1 : w->part;
        w->last_dot = c == '.' ? i + 1 : w->last_dot;
    }
    w->follow = rules_follow(s, w->pos + 1, &w->next);
}

/* Does a word follow that often begins sentences? */
static bool precedes_starter(const erz_scan *s, const dot_word *w)
{
    return w->follow == FOLLOW_UPPER && (rules_known_at(s, w->next) & KNOWN_STARTER) != 0;
}

/* One character, perhaps of several bytes? */
static bool is_one(const erz_scan *s, size_t begin, size_t end)
{
    size_t i = begin + 1;
    while (i < end && (s->text[i] & 0xc0) == 0x80) i++;
    return i == end;
}

/* One letter, or letters with dots between (z.B, U.S): abbreviations even when no list has them. */
static bool is_single_letter(erz_scan *s, const dot_word *w, bool *maybreak)
{
    if (!is_one(s, w->last_dot, w->pos)) return false;
    if (w->last_dot > w->begin) {
        *maybreak = kind_of(s, w->begin, w->pos) != DOT_NOBREAK;
        return true;
    }
    size_t prev_end, prev = previous_word(s, w->begin, &prev_end);
    bool after_dot = prev_end > prev && s->text[prev_end - 1] == '.'; /* z. B. */
    return after_dot || (w->follow != FOLLOW_END && !(s->text[w->begin] < 'a' && precedes_starter(s, w)));
}

static bool is_known_abbreviation(erz_scan *s, const dot_word *w, bool *maybreak)
{
    erz_dot_kind kind = part_kind(s, w->begin, w->part, w->pos);
    if (kind != DOT_PLAIN && w->begin == 0 && w->pos + 1 == s->len) kind = DOT_NOBREAK; /* an entry of a word list */
    *maybreak = kind == DOT_MAYBREAK || kind == DOT_MONTH || kind == DOT_WEEKDAY;
    switch (kind) {
    case DOT_PLAIN:
        return false;
    case DOT_NUMBER:
        return w->follow == FOLLOW_DIGIT || (w->follow == FOLLOW_GLUED && rules_is_digit(rules_byte(s, w->pos + 1)));
    case DOT_WEEKDAY:
        return w->follow != FOLLOW_END && w->follow != FOLLOW_UPPER && w->follow != FOLLOW_OPEN;
    case DOT_MONTH:
        return !precedes_starter(s, w);
    default:
        return true;
    }
}

static bool is_roman_ordinal(const erz_scan *s, const dot_word *w)
{
    if (w->pos - w->begin > 6 || !is_roman(s, w->begin, w->pos)) return false;
    return w->follow == FOLLOW_LOWER || w->follow == FOLLOW_DIGIT || (w->follow == FOLLOW_UPPER && !precedes_starter(s, w)) ||
           (w->follow == FOLLOW_GLUED && rules_one_of(rules_byte(s, w->pos + 1), ",;)"));
}

/* May a sentence end after this abbreviation, does it? */
static bool breaks_sentence(const erz_scan *s, const dot_word *w)
{
    if (w->follow != FOLLOW_GLUED) return precedes_starter(s, w);
    unsigned n;
    uint32_t cp = rules_decode(s, w->pos + 1, &n);
    return cp == '"' || cp == 0x201c || cp == 0xab || cp == 0x201d;
}

erz_token_class rules_word_stop(erz_scan *s, size_t begin, size_t pos, size_t *sentence)
{
    dot_word w = {.begin = begin, .pos = pos};
    bool maybreak = false;
    look_at_word(s, &w);
    *sentence = ERZ_NOWHERE;
    if (is_single_letter(s, &w, &maybreak) || is_known_abbreviation(s, &w, &maybreak)) {
        if (maybreak && breaks_sentence(s, &w)) *sentence = w.next;
        return ERZ_TOKEN_ABBREVIATION;
    }
    if (is_roman_ordinal(s, &w)) return ERZ_TOKEN_ORDINAL;
    bool cut = looks_cut(s, begin, pos) && w.follow != FOLLOW_END && !precedes_starter(s, &w);
    return cut ? ERZ_TOKEN_ABBREVIATION : ERZ_TOKEN_PUNCTUATION;
}

/* Two or more dots: one token. */
static void ellipsis(erz_scan *s, size_t pos)
{
    size_t end = pos + 1, begin = pos;
    while (rules_byte(s, end) == '.') end++;
    if (end - pos >= 4 && rules_word_before(s, pos)) {
        size_t word = rules_begin(s, pos - 1);
        if (word_kind(s, word, pos) != DOT_PLAIN) { /* etc.... */
            take_dot(s, pos, ERZ_TOKEN_ABBREVIATION);
            begin++;
            rules_cut(s, begin);
        }
    }
    if (begin == pos) rules_cut(s, pos);
    if (end - begin > 1) rules_extend(s, begin, end, ERZ_TOKEN_PUNCTUATION);
    rules_end_sentence(s, end);
}

/* Letter, dot, letter. */
static void inner_dot(erz_scan *s, size_t pos)
{
    size_t begin = rules_begin(s, pos - 1);
    if (rules_url(s, pos)) return;
    unsigned n;
    erz_uclass after = rules_class(s, pos + 1, &n);
    erz_dot_kind kind = word_kind(s, begin, pos);
    size_t end = rules_word_end(s, pos + 1);
    bool one = pos - begin == 1 || (pos - begin >= 2 && s->text[pos - 2] == '.');
    bool short_caps = end - pos <= 4 && pos - begin <= 3 && rules_class_before(s, pos) == UC_UPPER && after == UC_UPPER &&
                      rules_class_before(s, end) == UC_UPPER;
    if (one || short_caps || after == UC_LOWER || after == UC_DIGIT) {
        rules_join(s, pos);
        rules_join(s, pos + 1);
        rules_patch(s, rules_token(s, pos), PATCH_DESCRIBE);
        return;
    }
    if (kind != DOT_PLAIN) {
        take_dot(s, pos, ERZ_TOKEN_ABBREVIATION);
        return;
    }
    erz_scan_sentence(s, pos + 1);
}

void rules_dot(erz_scan *s, size_t pos)
{
    uint8_t after = rules_byte(s, pos + 1);
    if (after == '.') {
        ellipsis(s, pos);
        return;
    }
    if (!rules_word_before(s, pos)) {
        bool alone = pos == 0 || s->text[pos - 1] <= ' ' || s->text[pos - 1] == '(';
        if (alone && rules_letter_at(s, pos + 1)) { /* .NET */
            rules_join(s, pos + 1);
            rules_patch(s, rules_token(s, pos), ERZ_TOKEN_WORD);
            return;
        }
        rules_end_sentence(s, pos + 1);
        return;
    }
    size_t begin = rules_begin(s, pos - 1);
    bool digits = rules_is_digit(s->text[pos - 1]) && rules_is_digit(s->text[begin]);
    if (after == '-' && rules_letter_at(s, pos + 2) && !digits) { /* Dipl.-Ing. */
        rules_join(s, pos);
        rules_join(s, pos + 1);
        rules_patch(s, rules_token(s, pos), PATCH_DESCRIBE);
        return;
    }
    if (digits) {
        if (rules_letter_at(s, pos + 1) && rules_url(s, pos)) return; /* 2600.com */
        number_dot(s, begin, pos);
        return;
    }
    if (rules_word_at(s, pos + 1)) {
        inner_dot(s, pos);
        return;
    }
    size_t sentence;
    erz_token_class cls = rules_word_stop(s, begin, pos, &sentence);
    if (cls != ERZ_TOKEN_PUNCTUATION) take_dot(s, pos, cls);
    if (cls == ERZ_TOKEN_PUNCTUATION || sentence == pos + 1)
        rules_end_sentence(s, pos + 1);
    else if (sentence != ERZ_NOWHERE)
        erz_scan_sentence(s, sentence);
}
