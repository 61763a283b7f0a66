/* The scalar kernel: the specification of all others. A table gives each byte its classes, one in each byte of a number;
 * numbers of eight bytes shifted by 0 to 7 make a byte of each mask. */
#include "scan.h"

#define CLASS(k) (UINT64_C(1) << 8 * (k))
#define LETTER CLASS(0)
#define UPPER CLASS(1)
#define DIGIT CLASS(2)
#define SPACE CLASS(3)
#define HYPHEN CLASS(4)
#define DOT_COMMA CLASS(5)
#define WIDE CLASS(6)
#define EVENT CLASS(7)

#define L LETTER
#define U (LETTER | UPPER)
#define D DIGIT
#define S SPACE
#define E EVENT
#define W WIDE
#define ROW4(x) x, x, x, x
#define ROW16(x) ROW4(x), ROW4(x), ROW4(x), ROW4(x)
static const uint64_t byte_class[256] = {
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

/* Pairs C3 xx among the bytes above 0x7F. */
static void classify_wide(const uint8_t *bytes, erz_masks *m)
{
    uint64_t letter = 0, upper = 0, lower = 0;
    for (uint64_t left = m->wide & ~(UINT64_C(1) << 63); left != 0;) {
        unsigned i = (unsigned)__builtin_ctzll(left);
        uint8_t c = bytes[i + 1];
        uint64_t pair = bytes[i] == 0xc3 && c >= 0x80 && c <= 0xbf && (c & 0xdf) != 0x97 ? UINT64_C(3) << i : 0;
        letter |= pair;
        upper |= c < 0x9f ? pair & ~(pair << 1) : 0;
        lower |= c < 0x9f ? 0 : pair;
        left &= ~pair & (left - 1);
    }
    m->other = m->wide & ~letter;
    m->letter |= letter;
    m->upper |= upper;
    m->lower |= lower;
}

static inline __attribute__((always_inline)) uint64_t eight(const uint8_t *b)
{
    uint64_t x = byte_class[b[7]];
#define NEXT(i) x = byte_class[b[i]] + 2 * x
    NEXT(6), NEXT(5), NEXT(4), NEXT(3), NEXT(2), NEXT(1), NEXT(0);
#undef NEXT
    return x;
}

static inline __attribute__((always_inline)) void classify(const uint8_t *bytes, erz_masks *m)
{
    uint64_t x[8] = {eight(bytes),      eight(bytes + 8),  eight(bytes + 16), eight(bytes + 24),
                     eight(bytes + 32), eight(bytes + 40), eight(bytes + 48), eight(bytes + 56)};
    erz_scan_transpose(x);
    m->letter = x[0];
    m->upper = x[1];
    m->lower = x[0] & ~x[1];
    m->digit = x[2];
    m->space = x[3];
    m->hyphen = x[4];
    m->dot_comma = x[5];
    m->wide = x[6];
    m->event = x[7];
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
