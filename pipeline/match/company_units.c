/* Units of a text. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "match/company.h"

void company_units_free(company_units *u)
{
    free(u->as_tokens.begin), free(u->as_tokens.end), free(u->as_tokens.word);
    free(u->token), free(u->flags), free(u->gaz), free(u->legal), free(u->label), free(u->doc), free(u->sent), free(u->base),
        free(u->evidence), free(u->kind), free(u->continues);
}

static bool grow(company_units *u, size_t need)
{
    need += COMPANY_OVER;
    if (need <= u->cap) return true;
    size_t cap[13];
    for (int i = 0; i < 13; i++) cap[i] = u->cap;
    bool good = erz_grow(&u->as_tokens.begin, &cap[0], need, 4) && erz_grow(&u->as_tokens.end, &cap[1], need, 4) &&
                erz_grow(&u->as_tokens.word, &cap[2], need, 4) && erz_grow(&u->token, &cap[3], need, 4) &&
                erz_grow(&u->flags, &cap[4], need, 1) && erz_grow(&u->gaz, &cap[5], need, 1) &&
                erz_grow(&u->legal, &cap[6], need, 1) && erz_grow(&u->label, &cap[7], need, 1) &&
                erz_grow(&u->doc, &cap[8], need, 1) && erz_grow(&u->evidence, &cap[9], need, 2) &&
                erz_grow(&u->kind, &cap[10], need, 1) && erz_grow(&u->continues, &cap[11], need, 1) &&
                erz_grow(&u->base, &cap[12], need, 4);
    if (!good) return false;
    u->cap = cap[0];
    for (int i = 1; i < 13; i++) u->cap = cap[i] < u->cap ? cap[i] : u->cap;
    return true;
}

static void put(company_units *u, uint32_t begin, uint32_t end, uint32_t word, uint32_t token, uint8_t flags,
                const company_type *type)
{
    u->as_tokens.begin[u->n] = begin;
    u->as_tokens.end[u->n] = end;
    u->as_tokens.word[u->n] = word;
    u->token[u->n] = token;
    u->evidence[u->n] = (uint16_t)type->evidence;
    u->kind[u->n] = type->kind;
    u->base[u->n] = type->base;
    u->continues[u->n] = (type->evidence & EV_CONTINUES) != 0;
    u->flags[u->n++] = flags;
}

static bool put_parts(company_state *c, const company_type *t, uint32_t begin, uint32_t token, uint8_t flags)
{
    company_units *u = &c->units;
    if (!grow(u, u->n + t->nparts)) return false;
    for (uint32_t k = 0; k < t->nparts; k++) {
        const company_part *p = &c->parts[t->parts - 1 + k];
        uint8_t f = (uint8_t)((k > 0 ? UNIT_JOINED : flags) | (k + 1 < t->nparts ? UNIT_JOINS : 0));
        put(u, begin + p->off, begin + p->off + p->len, p->word, token, f, &c->types[p->word]);
    }
    return true;
}

static bool add_token(company_state *c, erz_text *text, uint32_t i, uint8_t flags)
{
    const erz_tokens *t = &text->tokens;
    uint32_t word = t->word[i];
    const company_type *type = word < c->ntypes ? &c->types[word] : NULL;
    if (type == NULL || type->kind == KIND_NONE) type = company_type_of(c, text->words, word);
    if (type == NULL) return false;
    if (type->parts != 0) return put_parts(c, type, t->begin[i], i, flags);
    if (c->units.n == c->units.cap && !grow(&c->units, c->units.n + 1)) return false;
    put(&c->units, t->begin[i], t->end[i], word, i, flags, type);
    return true;
}

/* The records of a long tail of words lie far apart: ask for them early. */
static inline void expect(const company_state *c, const erz_tokens *t, size_t i)
{
    enum { AHEAD = 12 };
    if (i + AHEAD < t->n && t->word[i + AHEAD] < c->ntypes) __builtin_prefetch(&c->types[t->word[i + AHEAD]]);
}

bool company_units_build(company_state *c, erz_text *text)
{
    company_units *u = &c->units;
    const erz_tokens *t = &text->tokens;
    u->n = 0;
    u->nsent = t->nsent;
    if (!company_types_sync(c, text->words) || !erz_grow(&u->sent, &u->cap_sent, t->nsent + 1, sizeof *u->sent)) return false;
    if (!grow(u, t->n + 1)) return false;
    for (size_t s = 0; s < t->nsent; s++) {
        u->sent[s] = (uint32_t)u->n;
        for (uint32_t i = t->sent[s]; i < t->sent[s + 1]; i++) {
            expect(c, t, i);
            if (!add_token(c, text, i, i == t->sent[s] ? UNIT_FIRST : 0)) return false;
        }
    }
    u->sent[t->nsent] = (uint32_t)u->n;
    u->as_tokens.n = u->n;
    memset(u->flags + u->n, 0, COMPANY_OVER);
    return true;
}
