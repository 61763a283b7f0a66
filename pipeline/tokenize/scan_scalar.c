/* The scalar kernel: the specification of all others. A table gives each byte a class of four bits, far apart in a number;
 * sixteen such numbers shifted by 0 to 15 make two bytes of each of four masks, of which the classes are made. */
#define CORE_LANES 2 /* GCC and Clang make of it what every processor has */
#include "block.h"

enum {
    NONE = 0,
    HYPHEN = 1,
    SPACE = 2,
    COMMA = 3,
    EVENT = 4,
    NEWLINE = 6,
    DOT = 7,
    UPPER = 8,
    LOWER = 9,
    DIGIT = 10,
    SECOND_UPPER = 12, /* makes an upper-case letter with C3 */
    SECOND_LOWER = 13,
    C3 = 14,
    WIDE = 15 /* all other bytes above 7F */
};
#define BIT(class, k) ((uint64_t)((class) >> (k)&1) << 16 * (k))
#define C(class) (BIT(class, 0) | BIT(class, 1) | BIT(class, 2) | BIT(class, 3))
#define N C(NONE)
#define S C(SPACE)
#define E C(EVENT)
#define U C(UPPER)
#define L C(LOWER)
#define D C(DIGIT)
#define V C(SECOND_UPPER)
#define W C(WIDE)
#define ROW4(x) x, x, x, x
#define ROW16(x) ROW4(x), ROW4(x), ROW4(x), ROW4(x)
/* clang-format off */
static const uint64_t byte_class[256] = {
    /* 00 */ S, S, S, S, S, S, S, S, S, S, C(NEWLINE), S, S, S, S, S,
    /* 10 */ ROW16(S),
    /* 20   ! " # $ % & ' ( ) * + , - . / */ S, E, N, E, E, E, E, E, N, N, E, E, C(COMMA), C(HYPHEN), C(DOT), E,
    /* 30 : ; < = > ? */ D, D, D, D, D, D, D, D, D, D, E, E, E, E, E, E,
    /* 40 @ */ E, U, U, U, ROW4(U), ROW4(U), ROW4(U),
    /* 50 [ \ ] ^ _ */ ROW4(U), ROW4(U), U, U, U, N, E, N, E, E,
    /* 60 ` */ E, L, L, L, ROW4(L), ROW4(L), ROW4(L),
    /* 70 { | } ~ DEL */ ROW4(L), ROW4(L), L, L, L, N, E, N, E, E,
    /* 80 */ ROW16(V),
    /* 90 */ V, V, V, V, V, V, V, W, V, V, V, V, V, V, V, C(SECOND_LOWER),
    /* a0 */ ROW16(C(SECOND_LOWER)),
    /* b0 */ ROW4(C(SECOND_LOWER)), C(SECOND_LOWER), C(SECOND_LOWER), C(SECOND_LOWER), W, ROW4(C(SECOND_LOWER)), ROW4(C(SECOND_LOWER)),
    /* c0 */ W, W, W, C(C3), ROW4(W), ROW4(W), ROW4(W),
    /* d0 */ ROW16(W),
    /* e0 */ ROW16(W),
    /* f0 */ ROW16(W)
};
/* clang-format on */

static inline __attribute__((always_inline)) uint64_t sixteen(const uint8_t *b)
{
    uint64_t x = byte_class[b[15]];
#define NEXT(i) x = byte_class[b[i]] + 2 * x
    NEXT(14), NEXT(13), NEXT(12), NEXT(11), NEXT(10), NEXT(9), NEXT(8), NEXT(7);
    NEXT(6), NEXT(5), NEXT(4), NEXT(3), NEXT(2), NEXT(1), NEXT(0);
#undef NEXT
    return x;
}

static inline __attribute__((always_inline)) uint64_t classify(const uint8_t *bytes, core_block *m, unsigned i)
{
    uint64_t x[4] = {sixteen(bytes), sixteen(bytes + 16), sixteen(bytes + 32), sixteen(bytes + 48)};
    CORE_TRADE(uint64_t, 0, 1, 16, 0x0000ffff0000ffff);
    CORE_TRADE(uint64_t, 2, 3, 16, 0x0000ffff0000ffff);
    CORE_TRADE(uint64_t, 0, 2, 32, 0x00000000ffffffff);
    CORE_TRADE(uint64_t, 1, 3, 32, 0x00000000ffffffff);
    uint64_t wide = x[3] & x[2], narrow = x[3] & ~x[2], sign = x[1] & ~x[3];
    m->letter[i] = narrow & ~x[1];
    m->small[i] = x[0];
    m->second[i] = (wide & x[1] & ~x[0]) << 1 & wide & ~x[1];
    m->digit[i] = narrow & x[1];
    m->hyphen[i] = x[0] & ~(x[1] | x[3]);
    m->dot_comma[i] = sign & x[0];
    m->wide[i] = wide;
    m->event[i] = x[2] & ~x[3];
    return m->space[i] = sign & ~x[0];
}

#undef BIT
#undef C
#undef N
#undef S
#undef E
#undef U
#undef L
#undef D
#undef V
#undef W

#define CORE_PEXT 0
#include "core.h"

static bool usable(void)
{
    return true;
}

const erz_kernel erz_kernel_scalar = {"scalar", usable, core_scan, core_masks};
