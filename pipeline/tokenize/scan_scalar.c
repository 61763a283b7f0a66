/* The scalar kernel: the specification of all others. A table gives each byte its classes as bits; eight bytes at a time are
 * transposed into masks. */
#include "scan.h"

enum { LETTER = 1, UPPER = 2, DIGIT = 4, SPACE = 8, HYPHEN = 16, DOT_COMMA = 32, WIDE = 64, EVENT = 128 };

#define L LETTER
#define U (LETTER | UPPER)
#define D DIGIT
#define S SPACE
#define E EVENT
#define W WIDE
#define ROW4(x) x, x, x, x
#define ROW16(x) ROW4(x), ROW4(x), ROW4(x), ROW4(x)
static const uint8_t byte_class[256] = {
    /* 00 */ S,
    S,
    S,
    S,
    S,
    S,
    S,
    S,
    S,
    S,
    S | E,
    S,
    S,
    S,
    S,
    S,
    /* 10 */ ROW16(S),
    /* 20   ! " # $ % & ' ( ) * + , - . / */ S,
    E,
    0,
    E,
    E,
    E,
    E,
    E,
    0,
    0,
    E,
    E,
    DOT_COMMA,
    HYPHEN,
    DOT_COMMA | E,
    E,
    /* 30 */ D,
    D,
    D,
    D,
    D,
    D,
    D,
    D,
    D,
    D,
    E,
    E,
    E,
    E,
    E,
    E,
    /* 40 @ */ E,
    U,
    U,
    U,
    U,
    U,
    U,
    U,
    U,
    U,
    U,
    U,
    U,
    U,
    U,
    U,
    /* 50 [ \ ] ^ _ */ U,
    U,
    U,
    U,
    U,
    U,
    U,
    U,
    U,
    U,
    U,
    0,
    E,
    0,
    E,
    E,
    /* 60 ` */ E,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    /* 70 { | } ~ DEL */ L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    0,
    E,
    0,
    E,
    E,
    ROW16(W),
    ROW16(W),
    ROW16(W),
    ROW16(W),
    ROW16(W),
    ROW16(W),
    ROW16(W),
    ROW16(W)};
#undef L
#undef U
#undef D
#undef S
#undef E
#undef W

/* Bit k of byte i becomes bit i of byte k (Hacker's Delight 7-3). */
static inline __attribute__((always_inline)) uint64_t transpose(uint64_t x)
{
    uint64_t t = (x ^ x >> 7) & UINT64_C(0x00aa00aa00aa00aa);
    x ^= t ^ t << 7;
    t = (x ^ x >> 14) & UINT64_C(0x0000cccc0000cccc);
    x ^= t ^ t << 14;
    t = (x ^ x >> 28) & UINT64_C(0x00000000f0f0f0f0);
    return x ^ t ^ t << 28;
}

/* Pairs C3 xx among the bytes above 0x7F. */
static void classify_wide(const uint8_t *bytes, erz_masks *m)
{
    uint64_t letter = 0, upper = 0, lower = 0;
    for (uint64_t left = m->wide; left != 0; left &= left - 1) {
        unsigned i = (unsigned)__builtin_ctzll(left);
        if (bytes[i] != 0xc3 || i == 63) continue;
        uint8_t c = bytes[i + 1];
        if (c < 0x80 || c > 0xbf || (c & 0xdf) == 0x97) continue;
        letter |= UINT64_C(3) << i;
        if (c < 0x9f)
            upper |= UINT64_C(1) << i;
        else
            lower |= UINT64_C(3) << i;
    }
    m->other = m->wide & ~letter;
    m->letter |= letter;
    m->upper |= upper;
    m->lower |= lower;
}

static inline __attribute__((always_inline)) void classify(const uint8_t *bytes, erz_masks *m)
{
    uint64_t plane[8] = {0};
    for (unsigned g = 0; g < 8; g++) {
        uint64_t x = 0;
        for (unsigned i = 0; i < 8; i++) x |= (uint64_t)byte_class[bytes[8 * g + i]] << 8 * i;
        x = transpose(x);
        for (unsigned k = 0; k < 8; k++) plane[k] |= (x >> 8 * k & 0xff) << 8 * g;
    }
    m->letter = plane[0];
    m->upper = plane[1];
    m->lower = plane[0] & ~plane[1];
    m->digit = plane[2];
    m->space = plane[3];
    m->hyphen = plane[4];
    m->dot_comma = plane[5];
    m->wide = plane[6];
    m->event = plane[7];
    m->other = 0;
    if (m->wide != 0) classify_wide(bytes, m);
}

#define CORE_PEXT 0
#include "core.h"

static bool usable(void)
{
    return true;
}

static void classify_bytes(const uint8_t bytes[64], erz_masks *masks)
{
    classify(bytes, masks);
}

const erz_kernel erz_kernel_scalar = {"scalar", usable, core_scan, classify_bytes};
