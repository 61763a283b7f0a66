/* Labels by the weights: emissions of a sentence, then the best path through the windows in which a name may stand. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "match/company.h"

typedef int16_t row[CRF_LABELS];

void company_tagger_free(company_tagger *t)
{
    free(t->emission);
    free(t->back);
    free(t->votes);
    free(t->slot_words);
}

static inline void add(row out, const int16_t *in)
{
    for (int y = 0; y < CRF_LABELS; y++) out[y] = (int16_t)(out[y] + in[y]);
}

static void emit(const company_state *c, size_t from, size_t to, row *out)
{
    const company_units *u = &c->units;
    const uint32_t *word = u->as_tokens.word;
    const row *dense = c->crf.dense;
    for (size_t i = from; i < to; i++) {
        const company_type *t = &c->types[word[i]];
        const company_type *l = i > from ? &c->types[word[i - 1]] : NULL, *r = i + 1 < to ? &c->types[word[i + 1]] : NULL;
        row sum;
        memcpy(sum, t->score[PLACE_OWN], sizeof sum);
        if (l != NULL) add(sum, l->score[PLACE_AFTER]);
        if (r != NULL) add(sum, r->score[PLACE_BEFORE]);
        add(sum, dense[DENSE_AT_PAIR_LEFT + (l != NULL ? l->kind : KIND_NONE) * CRF_KINDS + t->kind]);
        add(sum, dense[DENSE_AT_PAIR_RIGHT + t->kind * CRF_KINDS + (r != NULL ? r->kind : KIND_NONE)]);
        add(sum, dense[DENSE_AT_GAZ + u->gaz[i]]);
        add(sum, dense[DENSE_AT_GAZ_BEFORE + (l != NULL ? u->gaz[i - 1] : GAZ_NONE)]);
        add(sum, dense[DENSE_AT_GAZ_AFTER + (r != NULL ? u->gaz[i + 1] : GAZ_NONE)]);
        add(sum, dense[DENSE_AT_FLAGS + u->flags[i]]);
        add(sum, dense[DENSE_AT_LEGAL + u->legal[i]]);
        add(sum, dense[DENSE_AT_DOC + u->doc[i]]);
        memcpy(out[i - from], sum, sizeof sum);
    }
}

static void decode(company_state *c)
{
    company_units *u = &c->units;
    company_tagger *t = &c->tagger;
    for (size_t s = 0; s < u->nsent; s++) {
        size_t from = u->sent[s], n = u->sent[s + 1] - from;
        crf_decode((const row *)t->emission + from, n, c->crf.dense + DENSE_AT_TRANSITION, t->back, u->label + from);
    }
}

/* A slot for the form of each unit that might be a name. */
static bool open_slots(company_state *c)
{
    company_tagger *t = &c->tagger;
    const company_units *u = &c->units;
    t->nvotes = 0;
    for (size_t i = 0; i < u->n; i++) {
        if (company_margin(t->emission[i]) < COMPANY_VOTE_GATE) continue;
        uint32_t base = c->types[u->as_tokens.word[i]].base;
        if (c->types[base].slot != 0 || t->nvotes + 1 >= UINT16_MAX) continue;
        if (!erz_grow(&t->votes, &t->cap_votes, t->nvotes + 2, sizeof *t->votes)) return false;
        if (!erz_grow(&t->slot_words, &t->cap_slot_words, t->nvotes + 2, sizeof *t->slot_words)) return false;
        t->slot_words[++t->nvotes] = base;
        t->votes[t->nvotes] = (company_vote){0, 0, 0, 0, 0};
        c->types[base].slot = (uint16_t)t->nvotes;
    }
    return true;
}

static uint16_t slot_of(const company_state *c, size_t i)
{
    return c->types[c->types[c->units.as_tokens.word[i]].base].slot;
}

static bool vote(company_state *c)
{
    company_tagger *t = &c->tagger;
    company_units *u = &c->units;
    bool any = false;
    if (!open_slots(c)) return false;
    for (size_t i = 0; i < u->n; i++) {
        uint16_t slot = slot_of(c, i);
        if (slot != 0) company_vote_add(&t->votes[slot], company_value(company_margin(t->emission[i]), u->label[i]));
    }
    for (size_t i = 0; i < u->n; i++) {
        uint16_t slot = slot_of(c, i);
        if (slot == 0) continue;
        int own = company_value(company_margin(t->emission[i]), u->label[i]);
        u->doc[i] = company_vote_code(&t->votes[slot], own, c->types[u->as_tokens.word[i]].kind);
        for (int y = 0; y < CRF_LABELS && u->doc[i] != 0; y++)
            t->emission[i][y] =
                (int16_t)(t->emission[i][y] + c->crf.dense[DENSE_AT_DOC + u->doc[i]][y] - c->crf.dense[DENSE_AT_DOC][y]);
        any |= u->doc[i] != 0;
    }
    for (size_t k = 1; k <= t->nvotes; k++) c->types[t->slot_words[k]].slot = 0;
    if (any) decode(c);
    return true;
}

static size_t longest(const company_units *u)
{
    size_t top = 0;
    for (size_t s = 0; s < u->nsent; s++) top = u->sent[s + 1] - u->sent[s] > top ? u->sent[s + 1] - u->sent[s] : top;
    return top;
}

bool company_tag(company_state *c)
{
    company_units *u = &c->units;
    company_tagger *t = &c->tagger;
    if (!erz_grow(&t->emission, &t->cap_emission, u->n, sizeof *t->emission)) return false;
    if (!erz_grow(&t->back, &t->cap_back, longest(u) * CRF_LABELS, 1)) return false;
    for (size_t s = 0; s < u->nsent; s++) emit(c, u->sent[s], u->sent[s + 1], t->emission + u->sent[s]);
    decode(c);
    return vote(c);
}
