/* NEON kernel (AArch64). */
#if defined(__aarch64__)
#include <arm_neon.h>

#include "nibbles.h"
#define CORE_LANES 2
#include "block.h"

/* One bit a byte for four vectors of 0x00 or 0xFF bytes: pairwise additions of bit weights. */
static inline __attribute__((always_inline)) uint64_t mask4(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d)
{
    const uint8x16_t weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t ab = vpaddq_u8(vandq_u8(a, weights), vandq_u8(b, weights));
    uint8x16_t cd = vpaddq_u8(vandq_u8(c, weights), vandq_u8(d, weights));
    uint8x16_t all = vpaddq_u8(ab, cd);
    all = vpaddq_u8(all, all);
    return vgetq_lane_u64(vreinterpretq_u64_u8(all), 0);
}

static inline __attribute__((always_inline)) uint8x16_t ascii_class(uint8x16_t c)
{
    static const char low[16] = {NIB_LOW}, high[16] = {NIB_HIGH};
    uint8x16_t row = vshrq_n_u8(c, 4), column = vandq_u8(c, vdupq_n_u8(15));
    return vandq_u8(vqtbl1q_u8(vld1q_u8((const uint8_t *)low), column), vqtbl1q_u8(vld1q_u8((const uint8_t *)high), row));
}

#define N(n) vdupq_n_u8((uint8_t)(n))
#define IS_LETTER(k) vtstq_u8(k, N(NIB_LETTER))
#define IS_DIGIT(k) vtstq_u8(k, N(NIB_DIGIT))
#define IS_EVENT(k) vtstq_u8(k, N(NIB_EVENT))
#define IS_SMALL(c) vorrq_u8(vtstq_u8(c, N(0x20)), vceqq_u8(c, N(0x9f)))
#define IS_SPACE(c) vcleq_u8(c, N(' '))
#define IS_HYPHEN(c) vceqq_u8(c, N('-'))
#define IS_DOT_COMMA(c) vceqq_u8(vandq_u8(c, N(0xfd)), N(','))
#define IS_WIDE(c) vcgeq_u8(c, N(0x80))
#define IS_C3(c) vceqq_u8(c, N(0xc3))
#define IS_HIGH(c) vbicq_u8(vcltq_s8(vreinterpretq_s8_u8(c), vdupq_n_s8((int8_t)0xc0)), vceqq_u8(vandq_u8(c, N(0xdf)), N(0x97)))
#define EACH(what, v) mask4(what(v.val[0]), what(v.val[1]), what(v.val[2]), what(v.val[3]))

static inline __attribute__((always_inline)) uint8x16x4_t load(const uint8_t *bytes)
{
    return (uint8x16x4_t){{vld1q_u8(bytes), vld1q_u8(bytes + 16), vld1q_u8(bytes + 32), vld1q_u8(bytes + 48)}};
}

static inline __attribute__((always_inline)) uint64_t blanks(const uint8_t *bytes)
{
    uint8x16x4_t c = load(bytes);
    return EACH(IS_SPACE, c);
}

static inline __attribute__((always_inline)) void classify(const uint8_t *bytes, core_block *m, unsigned i)
{
    uint8x16x4_t c = load(bytes);
    uint8x16x4_t k = {{ascii_class(c.val[0]), ascii_class(c.val[1]), ascii_class(c.val[2]), ascii_class(c.val[3])}};
    m->letter[i] = EACH(IS_LETTER, k);
    m->small[i] = EACH(IS_SMALL, c);
    m->second[i] = EACH(IS_C3, c) << 1 & EACH(IS_HIGH, c);
    m->digit[i] = EACH(IS_DIGIT, k);
    m->event[i] = EACH(IS_EVENT, k);
    m->hyphen[i] = EACH(IS_HYPHEN, c);
    m->dot_comma[i] = EACH(IS_DOT_COMMA, c);
    m->wide[i] = EACH(IS_WIDE, c);
    m->space[i] = EACH(IS_SPACE, c);
}

#define CORE_PEXT 0
#include "core.h"

static bool usable(void)
{
    return true;
}

const erz_kernel erz_kernel_neon = {"neon", usable, core_scan, core_masks};
#else
typedef int erz_no_neon;
#endif
