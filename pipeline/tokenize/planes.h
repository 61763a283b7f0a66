/* Classes of bytes from their bits: a kernel that includes this file turns a window's bytes around, so that plane k holds bit k
 * of all of them, and the classes come from logic on planes, several windows at once. classify() leaves the planes in
 * b->planes[i]; planes_of() brings those of CORE_LANES windows together. Both are here for kernels of two lanes. Included after
 * block.h, which it extends. */
#ifndef ERZ_TOKENIZE_PLANES_H
#define ERZ_TOKENIZE_PLANES_H

#define CORE_PLANES 1

#if CORE_LANES == 2
typedef uint8_t sixteen __attribute__((vector_size(16)));

/* The first byte becomes the lowest. */
static CORE_INLINE uint64_t in_order(uint64_t bytes)
{
    return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? bytes : __builtin_bswap64(bytes);
}

static CORE_INLINE core_bits bits(sixteen bytes)
{
    core_bits x = (core_bits)bytes;
    return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? x : (core_bits){in_order(x[0]), in_order(x[1])};
}

static CORE_INLINE sixteen load(const uint8_t *bytes)
{
    sixteen x;
    memcpy(&x, bytes, sizeof x);
    return x;
}

/* The first eight bytes of two times 16 in turn, the last eight. */
#if defined __has_builtin && !defined PLANES_PLAIN /* a test asks for the other way */
#if __has_builtin(__builtin_shufflevector)
#define ZIP_FIRST(a, b) __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define ZIP_LAST(a, b) __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#endif
#endif
#ifndef ZIP_FIRST
#define ZIP(a, b, k)                                                                                                           \
    ((sixteen){a[k], b[k], a[k + 1], b[k + 1], a[k + 2], b[k + 2], a[k + 3], b[k + 3], a[k + 4], b[k + 4], a[k + 5], b[k + 5], \
               a[k + 6], b[k + 6], a[k + 7], b[k + 7]})
#define ZIP_FIRST(a, b) ZIP(a, b, 0)
#define ZIP_LAST(a, b) ZIP(a, b, 8)
#endif

/* Number t of eight gets bytes t, 8 + t, 16 + t and so on. */
static CORE_INLINE void gather(const uint8_t *bytes, core_bits x[4])
{
    const sixteen a = load(bytes), b = load(bytes + 16), c = load(bytes + 32), d = load(bytes + 48);
    const sixteen row04 = ZIP_FIRST(a, c), row15 = ZIP_LAST(a, c), row26 = ZIP_FIRST(b, d), row37 = ZIP_LAST(b, d);
    const sixteen even = ZIP_FIRST(row04, row26), even2 = ZIP_LAST(row04, row26);
    const sixteen odd = ZIP_FIRST(row15, row37), odd2 = ZIP_LAST(row15, row37);
    x[0] = bits(ZIP_FIRST(even, odd)), x[1] = bits(ZIP_LAST(even, odd));
    x[2] = bits(ZIP_FIRST(even2, odd2)), x[3] = bits(ZIP_LAST(even2, odd2));
}

/* Then bit k of byte g of number t becomes bit t of byte g of number k. */
static CORE_INLINE void classify(const uint8_t *bytes, core_block *b, unsigned i)
{
    core_bits x[4];
    gather(bytes, x);
    CORE_TRADE(core_bits, 0, 2, 4, 0x0f0f0f0f0f0f0f0f);
    CORE_TRADE(core_bits, 1, 3, 4, 0x0f0f0f0f0f0f0f0f);
    CORE_TRADE(core_bits, 0, 1, 2, 0x3333333333333333);
    CORE_TRADE(core_bits, 2, 3, 2, 0x3333333333333333);
    core_bits low = {x[0][0], x[1][0]}, high = {x[2][0], x[3][0]};
    x[1] = (core_bits){x[0][1], x[1][1]}, x[3] = (core_bits){x[2][1], x[3][1]};
    x[0] = low, x[2] = high;
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
#else
static CORE_INLINE void planes_of(const core_block *b, unsigned i, core_bits plane[8]);
#endif

static CORE_INLINE void core_classes(char *at, const core_block *b, unsigned i, core_kinds *x)
{
    core_bits p[8];
    planes_of(b, i, p);
    const core_bits ones = p[0] & p[1], twos = p[1] ^ p[2], odd = p[0] & ~p[1];
    const core_bits some = p[2] | p[3], high = p[3] & p[4], top = p[2] & ones, ascii = ~(p[6] | p[7]);
    const core_bits letters = p[6] & ~p[7], signs = ascii & p[5], row2 = signs & ~p[4], row3 = signs & p[4];
    const core_bits ten = p[3] & (p[1] | p[2]), low = p[0] | p[1] | some | p[4]; /* ten and more; not 0 */
    const core_bits c3 = p[7] & p[6] & ones & ~(some | p[4] | p[5]);
    x->letter = letters & low & ~(high & (p[2] | ones));
    x->small = p[5] | (high & top);
    x->second = c3 << 1 & p[7] & ~(p[6] | (p[4] & ~p[3] & top)); /* all but 97 and B7 */
    x->digit = row3 & ~ten;
    x->hyphen = row2 & p[2] & p[3] & odd;
    x->dot_comma = row2 & p[2] & p[3] & ~p[0];
    x->wide = p[7];
    x->space = ascii & ~(p[5] & low);
    x->event = (letters & ~(high & p[0] & twos)) | (row3 & ten) | (row2 & (some | p[0]) & ~(p[3] & ~p[1])) |
               (ascii & p[3] & p[1] & ~(p[5] | p[4] | p[2] | p[0])); /* the last one: newline */
    core_set(CORE_FIELD(at, digit), x->digit);
    core_set(CORE_FIELD(at, hyphen), x->hyphen);
    core_set(CORE_FIELD(at, dot_comma), x->dot_comma);
    core_set(CORE_FIELD(at, wide), x->wide);
    core_set(CORE_FIELD(at, space), x->space);
}

#endif
