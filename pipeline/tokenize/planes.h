/* Classes of bytes from their bits: a kernel that includes this file turns a window's bytes around, so that plane k holds bit k
 * of all of them, and the classes come from logic on planes, several windows at once. The kernel's classify() leaves the planes
 * in b->planes[i]; planes_of() brings those of CORE_LANES windows together. Included after block.h, which it extends. */
#ifndef ERZ_TOKENIZE_PLANES_H
#define ERZ_TOKENIZE_PLANES_H

#define CORE_PLANES 1

static CORE_INLINE void planes_of(const core_block *b, unsigned i, core_bits plane[8]);

static CORE_INLINE void core_classes(core_block *b, unsigned i, core_kinds *x)
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
    core_set(b->digit + i, x->digit);
    core_set(b->hyphen + i, x->hyphen);
    core_set(b->dot_comma + i, x->dot_comma);
    core_set(b->wide + i, x->wide);
    core_set(b->space + i, x->space);
}

#endif
