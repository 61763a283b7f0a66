/* Units of a text. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "match/company_kernel.h"

void company_units_free(company_units *u)
{
    free(u->as_tokens.begin), free(u->as_tokens.end), free(u->as_tokens.word);
    free(u->token), free(u->flags), free(u->gaz), free(u->legal), free(u->label), free(u->near), free(u->open), free(u->look),
        free(u->sent), free(u->base), free(u->evidence), free(u->kind), free(u->listed);
}

static bool grow(company_units *u, size_t need)
{
    need += COMPANY_OVER;
    if (need <= u->cap) return true;
    size_t cap[15];
    for (int i = 0; i < 15; i++) cap[i] = u->cap;
    bool good = erz_grow(&u->as_tokens.begin, &cap[0], need, 4) && erz_grow(&u->as_tokens.end, &cap[1], need, 4) &&
                erz_grow(&u->as_tokens.word, &cap[2], need, 4) && erz_grow(&u->token, &cap[3], need, 4) &&
                erz_grow(&u->flags, &cap[4], need, 1) && erz_grow(&u->gaz, &cap[5], need, 1) &&
                erz_grow(&u->legal, &cap[6], need, 1) && erz_grow(&u->label, &cap[7], need, 1) &&
                erz_grow(&u->near, &cap[8], need, 1) && erz_grow(&u->evidence, &cap[9], need, 2) &&
                erz_grow(&u->kind, &cap[10], need, 1) && erz_grow(&u->listed, &cap[11], need, 4) &&
                erz_grow(&u->base, &cap[12], need, 4) && erz_grow(&u->open, &cap[13], need, 1) &&
                erz_grow(&u->look, &cap[14], need, 1);
    if (!good) return false;
    u->cap = cap[0];
    for (int i = 1; i < 15; i++) u->cap = cap[i] < u->cap ? cap[i] : u->cap;
    return true;
}

static bool make_room(company_state *c, size_t need)
{
    return grow(&c->units, need) &&
           erz_grow(&c->tagger.emission, &c->tagger.cap_emission, need + 1, sizeof *c->tagger.emission);
}

static void put(company_units *u, uint32_t begin, uint32_t end, uint32_t word, uint32_t token, uint8_t flags)
{
    u->as_tokens.begin[u->n] = begin;
    u->as_tokens.end[u->n] = end;
    u->as_tokens.word[u->n] = word;
    u->token[u->n] = token;
    u->flags[u->n++] = flags;
}

static void put_parts(company_state *c, uint32_t parts, uint32_t begin, uint32_t token)
{
    company_units *u = &c->units;
    uint32_t n = parts % TYPE_PART;
    for (uint32_t k = 0; k < n; k++) {
        const company_part *p = &c->parts[parts / TYPE_PART + k];
        uint8_t f = (uint8_t)((k > 0 ? UNIT_JOINED : 0) | (k + 1 < n ? UNIT_JOINS : 0));
        put(u, begin + p->off, begin + p->off + p->len, p->word, token, f);
    }
}

/* A token whose word is new, or has parts. */
static bool put_token(company_state *c, erz_text *text, size_t i)
{
    const erz_tokens *t = &text->tokens;
    const company_type *type = company_type_of(c, text->words, t->word[i]);
    if (type == NULL) return false;
    uint32_t parts = type->look & LOOK_PLAIN ? 0 : type->parts;
    if (!make_room(c, c->units.n + parts % TYPE_PART + t->n - i)) return false;
    if (parts != 0)
        put_parts(c, parts, t->begin[i], (uint32_t)i);
    else
        put(&c->units, t->begin[i], t->end[i], t->word[i], (uint32_t)i, 0);
    return true;
}

enum { STEP = 4 };

/* The first token from i on, before n, that is not plain. */
static size_t plain_end(const company_type *types, const uint32_t *word, size_t i, size_t n)
{
    _Static_assert(LOOK_PLAIN == 8, "bits of four words do not meet");
    for (; i + STEP <= n; i += STEP) {
        unsigned odd = 0;
#pragma GCC unroll 4
        for (size_t k = 0; k < STEP; k++) odd |= (unsigned)(~types[word[i + k]].look & LOOK_PLAIN) << k;
        if (odd != 0) return i + (size_t)__builtin_ctz(odd / LOOK_PLAIN);
    }
    while (i < n && types[word[i]].look & LOOK_PLAIN) i++;
    return i;
}

/* Tokens as one unit each, in steps that may go beyond the last unit, but not beyond the last token. */
static void put_run(company_units *u, const erz_tokens *t, size_t at, size_t run)
{
    typedef uint32_t quad __attribute__((vector_size(16)));
    uint32_t *begin = u->as_tokens.begin + u->n, *end = u->as_tokens.end + u->n, *word = u->as_tokens.word + u->n;
    uint32_t *token = u->token + u->n, first = (uint32_t)at;
    uint8_t *flags = u->flags + u->n;
    size_t i = 0, whole = run + STEP - 1 <= t->n - at ? run : run / STEP * STEP;
    for (quad v = {first, first + 1, first + 2, first + 3}; i < whole; i += STEP, v += STEP) {
        memcpy(begin + i, t->begin + at + i, sizeof v);
        memcpy(end + i, t->end + at + i, sizeof v);
        memcpy(word + i, t->word + at + i, sizeof v);
        memcpy(token + i, &v, sizeof v);
        memset(flags + i, 0, STEP);
    }
    for (u->n += i < run ? i : run; i < run; i++)
        put(u, t->begin[at + i], t->end[at + i], t->word[at + i], first + (uint32_t)i, 0);
}

/* Sentences that begin at the token `upto` or before; from the token `at` on units stand `shift` behind tokens. */
static size_t put_sentences(company_units *u, const erz_tokens *t, size_t s, size_t upto, size_t shift)
{
    for (; s < t->nsent && t->sent[s] <= upto; s++) u->sent[s] = (uint32_t)(t->sent[s] + shift);
    return s;
}

/* Score the sentences from `done` on, before s, which are whole, while the records of their words are at hand. */
static size_t emit_sentences(company_state *c, size_t done, size_t s)
{
    const company_units *u = &c->units;
    for (; done < s; done++) {
        if (u->sent[done] == u->sent[done + 1]) continue;
        u->flags[u->sent[done]] |= UNIT_FIRST;
        c->kernel->emit(c, u->sent[done], u->sent[done + 1]);
    }
    return s;
}

static void finish(company_state *c)
{
    company_units *u = &c->units;
    u->as_tokens.n = u->n;
    memset(u->flags + u->n, 0, COMPANY_OVER);
    memset(u->near + u->n, 0, COMPANY_OVER);
    memset(u->look + u->n, 0, COMPANY_OVER);
    memset(u->evidence + u->n, 0, COMPANY_OVER * sizeof *u->evidence);
    c->kernel->survey(c);
}

bool company_units_build(company_state *c, erz_text *text)
{
    company_units *u = &c->units;
    const erz_tokens *t = &text->tokens;
    size_t s = 0, done = 0;
    u->n = 0;
    u->nsent = t->nsent;
    if (!company_types_sync(c, text->words) || !erz_grow(&u->sent, &u->cap_sent, t->nsent + 1, sizeof *u->sent)) return false;
    if (!make_room(c, t->n + 1)) return false;
    for (size_t i = 0, asked = COMPANY_ASKED; i < t->n; i++) {
        if (i + COMPANY_ASKED / 2 > asked) company_units_ask(c, t, asked, asked + COMPANY_ASKED), asked += COMPANY_ASKED;
        size_t shift = u->n - i, end = plain_end(c->types, t->word, i, t->n < asked ? t->n : asked);
        put_run(u, t, i, end - i);
        i = end;
        s = put_sentences(u, t, s, i, shift);
        if (s > done + 1) done = emit_sentences(c, done, s - 1);
        if (i < t->n && !put_token(c, text, i)) return false;
    }
    put_sentences(u, t, s, t->n, u->n - t->n);
    u->sent[u->nsent] = (uint32_t)u->n;
    emit_sentences(c, done, u->nsent);
    finish(c);
    return true;
}
