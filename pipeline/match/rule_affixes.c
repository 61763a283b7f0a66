#include "rule_affixes.h"

#include <stdlib.h>

#include "base/buf.h"

enum { LONGEST = 32 };

bool rule_affixes_add(rule_affixes *x, const char *s, size_t len, bool suffix, uint32_t atom)
{
    if (len == 0 || len > LONGEST) return true;
    if (!erz_grow(&x->all, &x->cap, x->n + 1, sizeof *x->all)) return false;
    const uint64_t key = rule_affixes_key(s, len, suffix);
    const uint32_t bucket = rule_affixes_bucket(key, 2U * suffix + (len < 4));
    x->all[x->n++] = (rule_affix){key, s, (uint32_t)len, atom, bucket};
    x->filter[bucket / 64] |= UINT64_C(1) << (bucket % 64);
    return true;
}

bool rule_affixes_place(rule_affixes *x)
{
    const uint32_t most = (1U << 26) - 1;
    if (x->n > most || !erz_grow(&x->outers, &x->cap_outers, x->n + 1, sizeof *x->outers)) return false;
    memset(x->first, 0, sizeof x->first);
    for (size_t i = 0; i < x->n; i++) x->first[x->all[i].bucket]++;
    for (size_t b = 1; b <= AFFIX_BUCKETS; b++) x->first[b] += x->first[b - 1];
    for (size_t i = 0; i < x->n; i++) {
        const rule_affix *a = &x->all[i];
        x->outers[--x->first[a->bucket]] = (rule_outer){a->key, a->atom, a->len & 63U, (uint32_t)i & most};
    }
    return true;
}

void rule_affixes_free(rule_affixes *x)
{
    free(x->all);
    free(x->outers);
}
