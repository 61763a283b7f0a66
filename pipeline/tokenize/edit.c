/* Edits of a window's boundaries, and a look at the text around. */
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "rules.h"

static unsigned bit_of(const erz_scan *s, size_t pos)
{
    size_t bit = pos - s->base;
    return bit < ERZ_WINDOW_END + ERZ_WINDOW ? (unsigned)bit : ERZ_WINDOW_END + ERZ_WINDOW;
}

void rules_cut(erz_scan *s, size_t pos)
{
    unsigned bit = bit_of(s, pos);
    if (bit < 64) s->cut_bits |= UINT64_C(1) << bit;
    if (bit < ERZ_WINDOW_END || bit >= ERZ_WINDOW_END + ERZ_WINDOW) return;
    s->next_cut |= UINT64_C(1) << (bit - ERZ_WINDOW);
    s->next_join &= ~(UINT64_C(1) << (bit - ERZ_WINDOW));
    s->pending = true;
}

void rules_join(erz_scan *s, size_t pos)
{
    unsigned bit = bit_of(s, pos);
    s->joined_at = pos;
    if (bit < 64) s->cut_bits &= ~(UINT64_C(1) << bit);
    if (bit < ERZ_WINDOW_END || bit >= ERZ_WINDOW_END + ERZ_WINDOW) return;
    s->next_join |= UINT64_C(1) << (bit - ERZ_WINDOW);
    s->next_cut &= ~(UINT64_C(1) << (bit - ERZ_WINDOW));
    s->pending = true;
}

void rules_blank(erz_scan *s, size_t pos, size_t end)
{
    for (; pos < end; pos++) {
        unsigned bit = bit_of(s, pos);
        if (bit < 64) s->solid_bits &= ~(UINT64_C(1) << bit);
        if (bit < ERZ_WINDOW_END || bit >= ERZ_WINDOW_END + ERZ_WINDOW) continue;
        s->next_blank |= UINT64_C(1) << (bit - ERZ_WINDOW);
        s->pending = true;
    }
}

/* Bits of the window, and of what it looks ahead at, up to and with that of pos. */
static uint64_t up_to(const erz_scan *s, size_t pos)
{
    unsigned bit = bit_of(s, pos);
    if (pos - s->base > SIZE_MAX / 2) return 0; /* before the window */
    return (s->window | ~UINT64_C(0) << ERZ_WINDOW_END) & (bit >= 63 ? ~UINT64_C(0) : (UINT64_C(2) << bit) - 1);
}

static uint64_t begins_up_to(const erz_scan *s, size_t pos)
{
    return erz_scan_begins(s) & up_to(s, pos);
}

size_t rules_begin(const erz_scan *s, size_t pos)
{
    uint64_t begins = begins_up_to(s, pos);
    if (begins != 0) return rules_pos(s, 63 - (unsigned)__builtin_clzll(begins));
    return s->nbegin == 0 ? pos : s->t.begin[s->nbegin - 1];
}

uint32_t rules_token(const erz_scan *s, size_t pos)
{
    return s->nbegin + (uint32_t)__builtin_popcountll(begins_up_to(s, pos)) - 1;
}

void rules_patch_fixed(erz_scan *s, uint32_t token, unsigned cls, unsigned fixed)
{
    if (s->npatches == s->cap_patches && !erz_grow(&s->patches, &s->cap_patches, s->npatches + 1, sizeof *s->patches)) {
        s->failed = true;
        return;
    }
    s->patches[s->npatches++] = (erz_patch){token, (uint8_t)cls, (uint8_t)fixed};
    if (token >= s->patched) s->patched = token + 1;
}

void rules_patch(erz_scan *s, uint32_t token, unsigned cls)
{
    rules_patch_fixed(s, token, cls, 0);
}

void rules_extend(erz_scan *s, size_t pos, size_t to, unsigned cls)
{
    uint64_t inside = up_to(s, to - 1) & ~up_to(s, pos);
    s->cut_bits &= ~inside;
    s->event_bits &= ~inside;
    for (size_t i = pos + 1; i < to && bit_of(s, i) < ERZ_WINDOW_END + ERZ_WINDOW; i++)
        if (bit_of(s, i) >= ERZ_WINDOW_END) s->next_cut &= ~(UINT64_C(1) << (bit_of(s, i) - ERZ_WINDOW));
    s->pending = true;
    if (to > s->no_event_until) s->no_event_until = to;
    uint32_t token = rules_token(s, pos);
    rules_patch(s, token, cls);
    if (rules_byte(s, to) > ' ') rules_patch(s, token + 1, PATCH_DESCRIBE); /* a word's marks may have flowed into it */
    if (bit_of(s, to) >= ERZ_WINDOW_END)
        s->no_boundary_until = to;
    else
        rules_cut(s, to);
}

uint32_t rules_wide_decode(const erz_scan *s, size_t pos, unsigned *n)
{
    uint32_t cp = 0xfffd;
    size_t k = pos < s->len ? erz_utf8_decode((const char *)s->text + pos, s->len - pos, &cp) : 0;
    *n = k == 0 ? 1 : (unsigned)k;
    return k == 0 ? 0xfffd : cp;
}

#define U UC_UPPER
#define L UC_LOWER
#define D UC_DIGIT
#define B UC_SPACE
#define S UC_SYMBOL
#define P UC_PUNCT
/* As Unicode has it, but percent, ampersand, asterisk, at, hash and backslash are symbols. */
const uint8_t rules_ascii_class[128] = {
    B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B,
    B, P, P, S, S, S, S, P, P, P, S, S, P, P, P, P, D, D, D, D, D, D, D, D, D, D, P, P, S, S, S, P,
    S, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, P, S, P, S, P,
    S, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, P, S, P, S, P,
};
#undef U
#undef L
#undef D
#undef B
#undef S
#undef P

erz_uclass rules_wide_class(const erz_scan *s, size_t pos, unsigned *n)
{
    return erz_uclass_of(rules_wide_decode(s, pos, n));
}

erz_uclass rules_class_before(const erz_scan *s, size_t pos)
{
    size_t lead = pos;
    unsigned n;
    if (pos == 0) return UC_SPACE;
    do lead--;
    while (lead > 0 && pos - lead < 4 && (s->text[lead] & 0xc0) == 0x80);
    return rules_class(s, lead, &n);
}

bool rules_word_before(const erz_scan *s, size_t pos)
{
    erz_uclass c = rules_class_before(s, pos);
    return uclass_is_word(c) && c != UC_IGNORE;
}

bool rules_word_at(const erz_scan *s, size_t pos)
{
    unsigned n;
    if (rules_byte(s, pos) < 0x80) return rules_is_letter(rules_byte(s, pos)) || rules_is_digit(rules_byte(s, pos));
    erz_uclass c = rules_class(s, pos, &n);
    while (c == UC_IGNORE) c = rules_class(s, pos += n, &n);
    return uclass_is_word(c);
}

bool rules_letter_before(const erz_scan *s, size_t pos)
{
    erz_uclass c = rules_class_before(s, pos);
    return uclass_is_letter(c) || c == UC_MARK;
}

bool rules_letter_at(const erz_scan *s, size_t pos)
{
    unsigned n;
    return uclass_is_letter(rules_class(s, pos, &n));
}

size_t rules_word_end(const erz_scan *s, size_t pos)
{
    for (;;) {
        while (rules_is_letter(rules_byte(s, pos)) || rules_is_digit(rules_byte(s, pos))) pos++;
        if (rules_byte(s, pos) < 0x80 || !rules_word_at(s, pos)) return pos;
        unsigned n;
        (void)rules_class(s, pos, &n);
        pos += n;
    }
}

static bool is_open(uint32_t cp)
{
    switch (cp) {
    case '"':
    case '\'':
    case '(':
    case '[':
    case '{':
    case '`':
    case 0xab:
    case 0xbb:
    case 0x2018:
    case 0x201a:
    case 0x201b:
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0x201f:
    case 0x2039:
    case 0x203a:
        return true;
    default:
        return false;
    }
}

erz_follow rules_follow(const erz_scan *s, size_t pos, size_t *next)
{
    static const uint8_t follows[UC_CONTROL + 1] = {
        [UC_OTHER] = FOLLOW_OTHER, [UC_UPPER] = FOLLOW_UPPER, [UC_LOWER] = FOLLOW_LOWER,   [UC_LETTER] = FOLLOW_UPPER,
        [UC_MARK] = FOLLOW_OTHER,  [UC_DIGIT] = FOLLOW_DIGIT, [UC_PUNCT] = FOLLOW_OTHER,   [UC_SYMBOL] = FOLLOW_OTHER,
        [UC_EMOJI] = FOLLOW_OTHER, [UC_SPACE] = FOLLOW_OTHER, [UC_CONTROL] = FOLLOW_OTHER, [UC_IGNORE] = FOLLOW_OTHER};
    const size_t from = pos;
    for (unsigned n; pos < s->len; pos += n) {
        if (s->text[pos] == '\n') break;
        erz_uclass c = rules_class(s, pos, &n);
        if (c == UC_SPACE || c == UC_CONTROL || c == UC_IGNORE) continue;
        *next = pos;
        if (pos == from) return FOLLOW_GLUED;
        if (follows[c] != FOLLOW_OTHER) return (erz_follow)follows[c];
        return is_open(rules_decode(s, pos, &n)) ? FOLLOW_OPEN : FOLLOW_OTHER;
    }
    *next = pos;
    return FOLLOW_END;
}

/* A word of the list as two numbers that compare as its bytes do. */
static void load_word(const void *bytes, uint64_t key[2])
{
    memcpy(key, bytes, LIST_WORD);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    key[0] = __builtin_bswap64(key[0]);
    key[1] = __builtin_bswap64(key[1]);
#endif
}

bool rules_in_list(const erz_scan *s, size_t begin, size_t end, const char (*list)[LIST_WORD], size_t n)
{
    return rules_bytes_in_list(s->text + begin, end - begin, list, n);
}

bool rules_bytes_in_list(const void *bytes, size_t len, const char (*list)[LIST_WORD], size_t n)
{
    if (len > LIST_WORD) return false;
    char filled[LIST_WORD] = {0};
    for (size_t i = 0; i < len; i++) filled[i] = ((const char *)bytes)[i];
    uint64_t word[2], other[2];
    load_word(filled, word);
    for (size_t low = 0; low < n;) {
        size_t mid = (low + n) / 2;
        load_word(list[mid], other);
        if (word[0] == other[0] && word[1] == other[1]) return true;
        if (word[0] < other[0] || (word[0] == other[0] && word[1] < other[1]))
            n = mid;
        else
            low = mid + 1;
    }
    return false;
}

#define ROW4(x) x, x, x, x
#define ROW16(x) ROW4(x), ROW4(x), ROW4(x), ROW4(x)
#define H SIGN_HARD
#define P SIGN_PLAIN
/* clang-format off */
const uint8_t rules_sign[256] = {
    /* 00 */ ROW16(P),
    /* 10 */ ROW16(P),
    /* 20   ! " # $ % & ' */ P, SIGN_TERMINATOR, SIGN_QUOTE, H, SIGN_SYMBOL, SIGN_SYMBOL, SIGN_AMPERSAND, SIGN_APOSTROPHE,
    /* 28 ( ) * + , - . / */ SIGN_OPENER, SIGN_CLOSER, H, H, P, H, H, SIGN_SLASH,
    /* 30 : ; < = > ? */ ROW4(P), ROW4(P), P, P, SIGN_COLON, SIGN_SEMICOLON, H, H, H, SIGN_TERMINATOR,
    /* 40 @ */ H, P, P, P, ROW4(P), ROW4(P), ROW4(P),
    /* 50 [ \ ] ^ _ */ ROW4(P), ROW4(P), P, P, P, SIGN_OPENER, H, SIGN_CLOSER, H, H,
    /* 60 ` b i m */ H, P, SIGN_SCALE, P, ROW4(P), P, SIGN_I, P, P, P, SIGN_SCALE, P, P,
    /* 70 t { | } ~ DEL */ ROW4(P), SIGN_SCALE, P, P, P, P, P, P, SIGN_OPENER, H, SIGN_CLOSER, H, H,
    /* 80 */ SIGN_80, P, SIGN_82, P, ROW4(P), ROW4(P), ROW4(P),
    /* 90 */ P, P, P, SIGN_93, SIGN_94, P, P, P, P, P, P, P, SIGN_9C, SIGN_9C, SIGN_9E, P,
    /* a0 */ ROW4(P), ROW4(P), ROW4(P), SIGN_AC, P, P, P,
    /* b0 */ ROW16(P),
    /* c0 */ ROW16(P),
    /* d0 */ ROW16(P),
    /* e0 */ P, P, SIGN_E2, P, ROW4(P), ROW4(P), ROW4(P),
    /* f0 */ ROW16(P)
};
/* clang-format on */
