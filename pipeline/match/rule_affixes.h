/* Prefixes and suffixes that rules ask words for, by their outer bytes. */
#ifndef ERZ_MATCH_RULE_AFFIXES_H
#define ERZ_MATCH_RULE_AFFIXES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/hash.h"

enum { AFFIX_BITS = 11, AFFIX_SIDE = (1 << AFFIX_BITS) + 256, AFFIX_BUCKETS = 2 * AFFIX_SIDE };

/* As it was added; key: its outer bytes, at most eight, the outermost in the highest byte. */
typedef struct rule_affix {
    uint64_t key;
    const char *s;
    uint32_t len, atom, bucket;
} rule_affix;

/* The same where it is looked for: those of a bucket stand together. */
typedef struct rule_outer {
    uint64_t key;
    uint32_t atom, len : 6, affix : 26;
} rule_outer;

typedef struct rule_affixes {
    rule_affix *all;
    rule_outer *outers;
    size_t n, cap, cap_outers;
    uint32_t first[AFFIX_BUCKETS + 1];   /* outers of bucket b: from first[b] to before first[b + 1] */
    uint64_t filter[AFFIX_BUCKETS / 64]; /* a bit for each bucket that has some */
} rule_affixes;

/* s must live as long; too long ones are left out. false: memory is short. */
bool rule_affixes_add(rule_affixes *x, const char *s, size_t len, bool suffix, uint32_t atom);
/* When all are added. */
bool rule_affixes_place(rule_affixes *x);
void rule_affixes_free(rule_affixes *x);

/* The last (or, from the other side, the first) bytes of s, at most eight, the outermost in the highest byte. */
static inline uint64_t rule_affixes_key(const char *s, size_t len, bool suffix)
{
    uint64_t key;
    if (len < 8) {
        key = erz_load_tail((const unsigned char *)s, len);
        return suffix ? key << (64 - 8 * len) % 64 : __builtin_bswap64(key);
    }
    memcpy(&key, s + (suffix ? len - 8 : 0), 8);
    return suffix ? key : __builtin_bswap64(key);
}

/* Bucket of a key: kind 0 and 1 of prefixes of four bytes or more and of fewer, 2 and 3 of suffixes. */
static inline uint32_t rule_affixes_bucket(uint64_t key, uint32_t kind)
{
    const uint32_t four = (uint32_t)(key >> 32) * 0x9e3779b1U >> (32 - AFFIX_BITS),
                   one = (1U << AFFIX_BITS) + (uint32_t)(key >> 56);
    return kind / 2 * AFFIX_SIDE + (kind % 2 == 0 ? four : one);
}

static inline bool rule_affixes_any(const rule_affixes *x, uint32_t bucket)
{
    return x->filter[bucket / 64] >> (bucket % 64) & 1;
}

/* Does a word with this key at that side begin (or end) with it? */
static inline bool rule_affix_fits(const rule_affixes *x, const rule_outer *o, const char *word, size_t len, uint64_t key,
                                   bool suffix)
{
    const uint32_t beside = o->len < 8 ? 64 - 8 * (uint32_t)o->len : 0; /* bits that are none of the affix */
    if ((key ^ o->key) >> beside != 0 || o->len > len) return false;
    return o->len <= 8 || memcmp(suffix ? word + len - o->len : word, x->all[o->affix].s, o->len) == 0;
}

#endif
