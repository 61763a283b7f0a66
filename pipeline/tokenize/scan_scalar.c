/* The scalar kernel: the specification of all others. A table gives each byte its classes, one in each byte of a number;
 * numbers of eight bytes shifted by 0 to 7 make a byte of each mask. */
#define CORE_LANES 2 /* GCC and Clang make of it what every processor has */
#include "block.h"

#define CLASS(k) (UINT64_C(1) << 8 * (k))
#define L CLASS(0) /* letter; with W: byte 80-BF that makes a letter with C3 */
#define U CLASS(1) /* with L: upper case; else a hyphen, with D comma, with E full stop */
#define D CLASS(2) /* digit; with W: C3 */
#define S CLASS(3) /* space */
#define E CLASS(4) /* event */
#define W CLASS(5) /* wide */
#define ROW4(x) x, x, x, x
#define ROW16(x) ROW4(x), ROW4(x), ROW4(x), ROW4(x)
/* clang-format off */
static const uint64_t byte_class[256] = {
    /* 00 */ S, S, S, S, S, S, S, S, S, S, S|E, S, S, S, S, S,
    /* 10 */ ROW16(S),
    /* 20   ! " # $ % & ' ( ) * + , - . / */ S, E, 0, E, E, E, E, E, 0, 0, E, E, U|D, U, U|E, E,
    /* 30 : ; < = > ? */ D, D, D, D, D, D, D, D, D, D, E, E, E, E, E, E,
    /* 40 @ */ E, L|U, L|U, L|U, L|U, L|U, L|U, L|U, L|U, L|U, L|U, L|U, L|U, L|U, L|U, L|U,
    /* 50 [ \ ] ^ _ */ L|U, L|U, L|U, L|U, L|U, L|U, L|U, L|U, L|U, L|U, L|U, 0, E, 0, E, E,
    /* 60 ` */ E, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
    /* 70 { | } ~ DEL */ L, L, L, L, L, L, L, L, L, L, L, 0, E, 0, E, E,
    /* 80 */ ROW16(W|L|U),
    /* 90 */ W|L|U, W|L|U, W|L|U, W|L|U, W|L|U, W|L|U, W|L|U, W, W|L|U, W|L|U, W|L|U, W|L|U, W|L|U, W|L|U, W|L|U, W|L,
    /* a0 */ ROW16(W|L),
    /* b0 */ W|L, W|L, W|L, W|L, W|L, W|L, W|L, W, W|L, W|L, W|L, W|L, W|L, W|L, W|L, W|L,
    /* c0 */ W, W, W, W|D, W, W, W, W, W, W, W, W, W, W, W, W,
    /* d0 */ ROW16(W),
    /* e0 */ ROW16(W),
    /* f0 */ ROW16(W)
};
/* clang-format on */

static inline __attribute__((always_inline)) uint64_t eight(const uint8_t *b)
{
    uint64_t x = byte_class[b[7]];
#define NEXT(i) x = byte_class[b[i]] + 2 * x
    NEXT(6), NEXT(5), NEXT(4), NEXT(3), NEXT(2), NEXT(1), NEXT(0);
#undef NEXT
    return x;
}

CORE_TRANSPOSE(uint64_t, transpose)

static inline __attribute__((always_inline)) uint64_t classify(const uint8_t *bytes, core_block *m, unsigned i)
{
    uint64_t x[8] = {eight(bytes),      eight(bytes + 8),  eight(bytes + 16), eight(bytes + 24),
                     eight(bytes + 32), eight(bytes + 40), eight(bytes + 48), eight(bytes + 56)};
    transpose(x);
    uint64_t letter = x[0], upper = x[1], digit = x[2], event = x[4], wide = x[5], sign = upper & ~(letter | wide);
    m->letter[i] = letter & ~wide;
    m->small[i] = ~upper;
    m->second[i] = (digit & wide) << 1 & letter & wide;
    m->digit[i] = digit & ~(wide | sign);
    m->space[i] = x[3];
    m->hyphen[i] = sign & ~(digit | event);
    m->dot_comma[i] = sign & (digit | event);
    m->wide[i] = wide;
    m->event[i] = event;
    return x[3];
}

#undef L
#undef U
#undef D
#undef S
#undef E
#undef W

#define CORE_PEXT 0
#include "core.h"

static bool usable(void)
{
    return true;
}

const erz_kernel erz_kernel_scalar = {"scalar", usable, core_scan, core_masks};
