/* NEON kernel (AArch64). */
#if defined(__aarch64__)
#include <arm_neon.h>

#include "nibbles.h"
#include "scan.h"

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
#define IS_SMALL(c) vtstq_u8(c, N(0x20))
#define IS_SPACE(c) vcleq_u8(c, N(' '))
#define IS_HYPHEN(c) vceqq_u8(c, N('-'))
#define IS_DOT_COMMA(c) vceqq_u8(vandq_u8(c, N(0xfd)), N(','))
#define IS_WIDE(c) vcgeq_u8(c, N(0x80))
#define IS_C3(c) vceqq_u8(c, N(0xc3))
#define IS_SECOND(c)                                                                                                           \
    vbicq_u8(vcltq_s8(vreinterpretq_s8_u8(c), vdupq_n_s8((int8_t)0xc0)), vceqq_u8(vandq_u8(c, N(0xdf)), N(0x97)))
#define IS_UPPER_SECOND(c) vcltq_s8(vreinterpretq_s8_u8(c), vdupq_n_s8((int8_t)0x9f))
#define EACH(what, v) mask4(what(v.val[0]), what(v.val[1]), what(v.val[2]), what(v.val[3]))

static inline __attribute__((always_inline)) void classify(const uint8_t *bytes, erz_masks *m)
{
    uint8x16x4_t c = {{vld1q_u8(bytes), vld1q_u8(bytes + 16), vld1q_u8(bytes + 32), vld1q_u8(bytes + 48)}};
    uint8x16x4_t k = {{ascii_class(c.val[0]), ascii_class(c.val[1]), ascii_class(c.val[2]), ascii_class(c.val[3])}};
    uint64_t letter = EACH(IS_LETTER, k), small = EACH(IS_SMALL, c), second = EACH(IS_C3, c) << 1 & EACH(IS_SECOND, c);
    uint64_t upper_second = second & EACH(IS_UPPER_SECOND, c), lower_second = second & ~upper_second;
    m->digit = EACH(IS_DIGIT, k);
    m->event = EACH(IS_EVENT, k);
    m->space = EACH(IS_SPACE, c);
    m->hyphen = EACH(IS_HYPHEN, c);
    m->dot_comma = EACH(IS_DOT_COMMA, c);
    m->wide = EACH(IS_WIDE, c);
    m->upper = (letter & ~small) | upper_second >> 1;
    m->lower = (letter & small) | lower_second | lower_second >> 1;
    m->letter = letter | second | second >> 1;
    m->other = m->wide & ~(second | second >> 1);
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

const erz_kernel erz_kernel_neon = {"neon", usable, core_scan, classify_bytes};
#else
typedef int erz_no_neon;
#endif
