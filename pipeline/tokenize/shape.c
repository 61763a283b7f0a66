/* Shape of a token from its bytes: what masks find in the hot path, one character at a time. */
#include <stdbool.h>

#include "base/utf8.h"
#include "erz/token.h"
#include "rules.h"

static uint16_t class_flags(erz_uclass c, bool first)
{
    switch (c) {
    case UC_UPPER:
        return first ? ERZ_SHAPE_INITIAL_UPPER : ERZ_SHAPE_OTHER_UPPER;
    case UC_LOWER:
        return ERZ_SHAPE_LOWER;
    case UC_DIGIT:
        return ERZ_SHAPE_DIGIT;
    case UC_MARK:
    case UC_IGNORE:
    case UC_SPACE:
        return ERZ_SHAPE_DIRTY;
    default:
        return 0;
    }
}

/* Signs inside a token of several characters. */
static uint16_t sign_flags(uint32_t cp, bool inner)
{
    switch (cp) {
    case '-':
        return inner ? ERZ_SHAPE_HYPHEN : 0;
    case 0x2010:
    case 0x2011:
        return (uint16_t)(ERZ_SHAPE_DIRTY | (inner ? ERZ_SHAPE_HYPHEN : 0));
    case '.':
        return ERZ_SHAPE_DOT;
    case '\'':
        return ERZ_SHAPE_APOSTROPHE;
    case 0x2019:
    case 0x2018:
    case 0xb4:
    case 0x201b:
    case 0x2032:
        return ERZ_SHAPE_APOSTROPHE | ERZ_SHAPE_DIRTY;
    case '&':
    case '/':
    case '+':
    case ':':
    case '_':
    case '*':
    case '#':
    case '@':
    case '~':
    case '=':
    case '?':
        return ERZ_SHAPE_OTHER;
    default:
        return 0;
    }
}

#define U ERZ_SHAPE_OTHER_UPPER
#define L ERZ_SHAPE_LOWER
#define D ERZ_SHAPE_DIGIT
#define B ERZ_SHAPE_DIRTY
#define O ERZ_SHAPE_OTHER
#define P ERZ_SHAPE_DOT
#define A ERZ_SHAPE_APOSTROPHE
/* class_flags() and sign_flags() of ASCII; a hyphen depends on its place. */
static const uint16_t ascii_flags[128] = {
    B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B,
    B, 0, 0, O, 0, 0, O, A, 0, 0, O, O, 0, 0, P, O, D, D, D, D, D, D, D, D, D, D, O, 0, 0, O, 0, O,
    O, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, 0, 0, 0, 0, O,
    0, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, 0, 0, 0, O, 0,
};
#undef U
#undef L
#undef D
#undef B
#undef O
#undef P
#undef A

/* Several characters, all of them ASCII but perhaps the last ones; stops at the first other one. */
static uint16_t ascii_shape(const uint8_t *token, size_t len, size_t first, size_t *end)
{
    uint16_t shape = 0;
    size_t i = 0;
    for (; i < len && token[i] < 0x80; i++) {
        uint16_t flags = ascii_flags[token[i]];
        if (i == first && flags == ERZ_SHAPE_OTHER_UPPER) flags = ERZ_SHAPE_INITIAL_UPPER;
        if (token[i] == '-' && i > 0 && i + 1 < len) flags = ERZ_SHAPE_HYPHEN;
        shape |= flags;
    }
    *end = i;
    return shape;
}

uint16_t erz_token_shape(const char *token, size_t len)
{
    uint16_t shape = 0;
    size_t first = len > 1 && token[0] == '-' ? 1 : 0, i = 0;
    if (len > 1) shape = ascii_shape((const uint8_t *)token, len, first, &i);
    while (i < len) {
        uint32_t cp;
        size_t n = erz_utf8_decode(token + i, len - i, &cp);
        if (n == 0) break;
        erz_uclass c = cp < 0x80 ? (erz_uclass)rules_ascii_class[cp] : erz_uclass_of(cp);
        shape |= class_flags(c, i == first);
        if (cp >= 0x80) shape |= ERZ_SHAPE_NON_ASCII;
        if (n < len) shape |= sign_flags(cp, i > 0 && i + n < len);
        i += n;
    }
    return shape;
}
