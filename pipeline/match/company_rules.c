/* Labels by lists and rules alone: what is found without weights. */
#include <string.h>

#include "match/company.h"

static const company_type *type_at(const company_state *c, size_t i)
{
    return &c->types[c->units.as_tokens.word[i]];
}

static void label_run(company_units *u, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) u->label[i] = i == from ? LABEL_BC : LABEL_IC;
}

static bool is_connector(const company_type *t)
{
    return t->kind == KIND_AMPERSAND || t->kind == KIND_AND || t->kind == KIND_PREPOSITION;
}

/* First unit of the name that ends in the legal form at `at`; `at` itself when no name stands before it. */
static size_t legal_begin(const company_state *c, size_t at, size_t from)
{
    size_t begin = at;
    for (size_t i = at; i-- > from && at - i <= 8;) {
        const company_type *t = type_at(c, i);
        if (is_connector(t)) continue;
        if ((t->evidence & EV_UPPER) == 0 && t->kind != KIND_NUMBER) break;
        if (begin < at && t->evidence & (EV_CUE | EV_PERSON_CUE)) break;
        if (begin == at && t->kind == KIND_NUMBER) break;
        if (begin - i > 1 && type_at(c, i + 1)->kind == KIND_PREPOSITION && c->units.gaz[i] != GAZ_NONE) break;
        begin = i;
    }
    return begin;
}

static size_t run_end(const company_units *u, size_t i, size_t to, uint8_t inside)
{
    size_t end = i + 1;
    while (end < to && u->gaz[end] == inside) end++;
    return end;
}

static void label_legal(company_state *c, size_t from, size_t to)
{
    company_units *u = &c->units;
    for (size_t i = from; i < to; i++) {
        if (u->gaz[i] != GAZ_LEGAL_BEGIN) continue;
        size_t begin = legal_begin(c, i, from);
        if (begin < i) label_run(u, begin, run_end(u, i, to, GAZ_LEGAL_INSIDE));
    }
}

static bool has_cue(const company_state *c, size_t i, size_t end, size_t from, size_t to)
{
    const company_units *u = &c->units;
    if (i > from && type_at(c, i - 1)->evidence & EV_CUE) return true;
    return end < to && u->flags[end] & UNIT_JOINED && type_at(c, end)->evidence & (EV_SUFFIX | EV_CUE);
}

static void label_names(company_state *c, size_t from, size_t to)
{
    company_units *u = &c->units;
    for (size_t i = from; i < to; i++) {
        uint8_t g = u->gaz[i];
        if (u->label[i] != LABEL_O || g == GAZ_NONE || g >= GAZ_NOT_BEGIN) continue;
        bool amb = g == GAZ_ONE_AMB || g == GAZ_BEGIN_AMB;
        size_t end = g == GAZ_BEGIN || g == GAZ_BEGIN_AMB ? run_end(u, i, to, g + 1) : i + 1;
        if (!amb || has_cue(c, i, end, from, to)) label_run(u, i, end);
    }
}

/* X-Aktie, der Hersteller X. */
static void label_cued(company_state *c, size_t from, size_t to)
{
    company_units *u = &c->units;
    for (size_t i = from; i < to; i++) {
        const company_type *t = type_at(c, i);
        if (u->label[i] != LABEL_O || u->gaz[i] != GAZ_NONE) continue;
        if (t->kind != KIND_CAPS && t->kind != KIND_MIXED && t->kind != KIND_TITLE) continue;
        bool suffix = i + 1 < to && u->flags[i] & UNIT_JOINS && type_at(c, i + 1)->evidence & EV_SUFFIX;
        bool cue = i > from && !(u->flags[i] & UNIT_JOINED) && type_at(c, i - 1)->evidence & EV_CUE && t->kind != KIND_TITLE;
        if (suffix || cue) u->label[i] = LABEL_BC;
    }
}

void company_rules_label(company_state *c, erz_words *words)
{
    company_units *u = &c->units;
    (void)words;
    memset(u->label, LABEL_O, u->n);
    for (size_t s = 0; s < u->nsent; s++) {
        label_legal(c, u->sent[s], u->sent[s + 1]);
        label_names(c, u->sent[s], u->sent[s + 1]);
        label_cued(c, u->sent[s], u->sent[s + 1]);
    }
}
