/* The scalar kernel: the specification of all others, without any processor's own instructions. */
#define CORE_LANES 2 /* GCC and Clang make of it what every processor has */
#include "block.h"
#include "planes.h"

/* Of 16 bytes the blanks: this bit, in the second eight the next one. */
static CORE_INLINE sixteen blanks_of(const uint8_t *bytes, uint8_t bit)
{
    const uint8_t next = (uint8_t)(2 * bit);
    const sixteen weights = {bit, bit, bit, bit, bit, bit, bit, bit, next, next, next, next, next, next, next, next};
    return (sixteen)(load(bytes) <= ' ') & weights;
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

#define CORE_PEXT 0
#include "core.h"

static bool usable(void)
{
    return true;
}

const erz_kernel erz_kernel_scalar = {"scalar", usable, core_scan, core_masks};
