/* The scalar kernel: the specification of all others, without any processor's own instructions. */
#define CORE_LANES 2 /* GCC and Clang make of it what every processor has */
#include "block.h"
#include "planes.h"

typedef uint8_t sixteen __attribute__((vector_size(16)));

/* The first byte becomes the lowest. */
static CORE_INLINE uint64_t in_order(uint64_t bytes)
{
    return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? bytes : __builtin_bswap64(bytes);
}

static CORE_INLINE core_bits load(const uint8_t *bytes)
{
    core_bits x;
    memcpy(&x, bytes, sizeof x);
    return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? x : (core_bits){in_order(x[0]), in_order(x[1])};
}

/* Of 16 bytes the blanks: this bit, in the second eight the next one. */
static CORE_INLINE sixteen blanks_of(const uint8_t *bytes, uint8_t bit)
{
    const uint8_t next = (uint8_t)(2 * bit);
    const sixteen bits = {bit, bit, bit, bit, bit, bit, bit, bit, next, next, next, next, next, next, next, next};
    sixteen x;
    memcpy(&x, bytes, sizeof x);
    return (sixteen)(x <= ' ') & bits;
}

/* Bit i of byte k becomes bit k of byte i. */
static CORE_INLINE uint64_t turn(uint64_t x)
{
    uint64_t t = (x ^ x >> 7) & UINT64_C(0x00aa00aa00aa00aa);
    x ^= t ^ t << 7;
    t = (x ^ x >> 14) & UINT64_C(0x0000cccc0000cccc);
    x ^= t ^ t << 14;
    t = (x ^ x >> 28) & UINT64_C(0x00000000f0f0f0f0);
    return x ^ t ^ t << 28;
}

static CORE_INLINE uint64_t blanks(const uint8_t *bytes)
{
    sixteen all = blanks_of(bytes, 1) | blanks_of(bytes + 16, 4) | blanks_of(bytes + 32, 16) | blanks_of(bytes + 48, 64);
    core_bits x = (core_bits)all;
    return turn(in_order(x[0] | x[1]));
}

/* Number g holds eight bytes; bit k of byte t of number g becomes bit t of byte g of number k. */
static CORE_INLINE void classify(const uint8_t *bytes, core_block *b, unsigned i)
{
    core_bits x[4] = {load(bytes), load(bytes + 16), load(bytes + 32), load(bytes + 48)};
    CORE_TRADE(core_bits, 0, 2, 32, 0x00000000ffffffff);
    CORE_TRADE(core_bits, 1, 3, 32, 0x00000000ffffffff);
    CORE_TRADE(core_bits, 0, 2, 4, 0x0f0f0f0f0f0f0f0f);
    CORE_TRADE(core_bits, 1, 3, 4, 0x0f0f0f0f0f0f0f0f);
    CORE_TRADE(core_bits, 0, 1, 16, 0x0000ffff0000ffff);
    CORE_TRADE(core_bits, 2, 3, 16, 0x0000ffff0000ffff);
    CORE_TRADE(core_bits, 0, 1, 2, 0x3333333333333333);
    CORE_TRADE(core_bits, 2, 3, 2, 0x3333333333333333);
    core_bits low = {x[0][0], x[1][0]}, high = {x[2][0], x[3][0]};
    x[1] = (core_bits){x[0][1], x[1][1]}, x[3] = (core_bits){x[2][1], x[3][1]};
    x[0] = low, x[2] = high;
    CORE_TRADE(core_bits, 0, 1, 8, 0x00ff00ff00ff00ff);
    CORE_TRADE(core_bits, 2, 3, 8, 0x00ff00ff00ff00ff);
    CORE_TRADE(core_bits, 0, 1, 1, 0x5555555555555555);
    CORE_TRADE(core_bits, 2, 3, 1, 0x5555555555555555);
    uint64_t *planes = b->planes[i]; /* 0 2 1 3 4 6 5 7 */
    core_set(planes, x[0]), core_set(planes + 2, x[1]), core_set(planes + 4, x[2]), core_set(planes + 6, x[3]);
}

static CORE_INLINE void planes_of(const core_block *b, unsigned i, core_bits plane[8])
{
    const uint64_t *first = b->planes[i], *second = b->planes[i + 1];
#define PLANE(k, at) plane[k] = (core_bits){first[at], second[at]}
    PLANE(0, 0), PLANE(2, 1), PLANE(1, 2), PLANE(3, 3), PLANE(4, 4), PLANE(6, 5), PLANE(5, 6), PLANE(7, 7);
#undef PLANE
}

#define CORE_PEXT 0
#include "core.h"

static bool usable(void)
{
    return true;
}

const erz_kernel erz_kernel_scalar = {"scalar", usable, core_scan, core_masks};
