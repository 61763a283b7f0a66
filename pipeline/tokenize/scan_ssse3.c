/* SSSE3 kernel: the first x86 byte shuffle. */
#if defined(__x86_64__)
#include <tmmintrin.h>

#include "nibbles.h"
#define CORE_LANES 2
#include "block.h"

#define V(n) _mm_set1_epi8((char)(n))

/* Masks of 16 bytes. */
typedef struct part {
    uint64_t letter, small, digit, event, space, hyphen, dot_comma, wide, c3, high;
} part;

static inline __attribute__((always_inline)) uint64_t mask(__m128i v)
{
    uint64_t bits;
    __asm__("pmovmskb %1, %k0" : "=r"(bits) : "x"(v)); /* after the intrinsic GCC clears the upper half once more */
    return bits;
}

static inline __attribute__((always_inline)) part classify_part(const uint8_t *bytes)
{
    __m128i c = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    __m128i row = _mm_and_si128(_mm_srli_epi16(c, 4), V(15));
    __m128i k = _mm_and_si128(_mm_shuffle_epi8(_mm_setr_epi8(NIB_LOW), c), _mm_shuffle_epi8(_mm_setr_epi8(NIB_HIGH), row));
    __m128i sign = _mm_cmpeq_epi8(_mm_and_si128(c, V(0xdf)), V(0x97)); /* multiplication, division */
    return (part){.letter = mask(_mm_adds_epu8(k, V(0x40))),
                  .small = mask(_mm_or_si128(_mm_slli_epi16(c, 2), _mm_cmpeq_epi8(c, V(0x9f)))),
                  .digit = mask(_mm_slli_epi16(k, 7)),
                  .event = mask(_mm_cmpgt_epi8(k, V(NIB_DIGIT))) /* or a letter */,
                  .space = mask(_mm_cmpeq_epi8(_mm_min_epu8(c, V(' ')), c)),
                  .hyphen = mask(_mm_cmpeq_epi8(c, V('-'))),
                  .dot_comma = mask(_mm_cmpeq_epi8(_mm_and_si128(c, V(0xfd)), V(','))),
                  .wide = mask(c),
                  .c3 = mask(_mm_cmpeq_epi8(c, V(0xc3))),
                  .high = mask(_mm_andnot_si128(sign, _mm_cmpgt_epi8(V(0xc0), c)))};
}

/* Parts are stored one by one: nobody reads them soon. */
static inline __attribute__((always_inline)) void put(uint64_t *at, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
    uint16_t parts[4] = {(uint16_t)a, (uint16_t)b, (uint16_t)c, (uint16_t)d};
    memcpy(at, &parts[0], 2);
    memcpy((char *)at + 2, &parts[1], 2);
    memcpy((char *)at + 4, &parts[2], 2);
    memcpy((char *)at + 6, &parts[3], 2);
}

#define PUT(field) put(&m->field[i], a.field, b.field, c.field, d.field)
#define JOIN(field) (a.field | b.field << 16 | c.field << 32 | d.field << 48)

static inline __attribute__((always_inline)) uint64_t classify(const uint8_t *bytes, core_block *m, unsigned i)
{
    part a = classify_part(bytes), b = classify_part(bytes + 16), c = classify_part(bytes + 32), d = classify_part(bytes + 48);
    PUT(letter), PUT(small), PUT(digit), PUT(event), PUT(hyphen), PUT(dot_comma), PUT(wide);
    m->second[i] = JOIN(c3) << 1 & JOIN(high);
    return m->space[i] = JOIN(space);
}

#define CORE_PEXT 0
#include "core.h"

static bool usable(void)
{
    return __builtin_cpu_supports("ssse3") && __builtin_cpu_supports("popcnt");
}

const erz_kernel erz_kernel_ssse3 = {"ssse3", usable, core_scan, core_masks};
#else
typedef int erz_no_ssse3;
#endif
