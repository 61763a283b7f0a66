/* Money and percentages: numbers, scale words and signs found by the lexicon lead to sentences; there the grammar runs. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "erz/compile.h"
#include "erz/match.h"
#include "quantity.h"

static void find_classes(struct erz_quantities *q)
{
    const erz_lexicon *l = q->lexicon;
    quantity_classes *c = &q->cls;
    c->currency = erz_lexicon_class(l, "currency");
    c->currency_adj = erz_lexicon_class(l, "currency_adj");
    c->minor = erz_lexicon_class(l, "minor");
    c->money_code = erz_lexicon_class(l, "money_code");
    c->scale = erz_lexicon_class(l, "scale");
    c->fraction = erz_lexicon_class(l, "fraction");
    c->numword = erz_lexicon_class(l, "numword");
    c->vague = erz_lexicon_class(l, "vague_count");
    c->unit_part = erz_lexicon_class(l, "unit_part");
    c->percent = erz_lexicon_class(l, "percent_word");
    c->percent_adj = erz_lexicon_class(l, "percent_adj");
    c->approx = erz_lexicon_class(l, "approx");
    c->per = erz_lexicon_class(l, "per");
    c->dir = erz_lexicon_class(l, "dir");
    c->dir_particle = erz_lexicon_class(l, "dir_particle");
    c->role = erz_lexicon_class(l, "role");
    c->counted = erz_lexicon_class(l, "counted");
    c->count_cue = erz_lexicon_class(l, "count_cue");
    c->trade_cue = erz_lexicon_class(l, "trade_cue");
    c->sum = erz_lexicon_class(l, "sum");
    c->money_cue = erz_lexicon_class(l, "money_cue");
    c->place = erz_lexicon_class(l, "currency_place");
    c->tail = erz_lexicon_class(l, "amount_tail");
    const uint8_t own[] = {c->currency, c->minor,       c->money_code, c->scale,   c->fraction, c->vague,
                           c->percent,  c->percent_adj, c->approx,     c->numword, c->unit_part};
    for (size_t i = 0; i < sizeof own; i++)
        if (own[i] != ERZ_NO_CLASS) c->mask |= UINT64_C(1) << own[i];
}

erz_status erz_quantities_new(const erz_model *model, erz_quantities **out, erz_error *err)
{
    erz_quantities *q = calloc(1, sizeof *q);
    if (q == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    q->model = model;
    q->lexicon = erz_model_lexicon(model);
    find_classes(q);
    quantity_fill_filter(q);
    q->in = erz_lexicon_symbol(q->lexicon, ERZ_MATCH_FOLD, "in", 2);
    q->bracket = erz_lexicon_symbol(q->lexicon, ERZ_MATCH_FOLD, "(", 1);
    q->fuer = erz_lexicon_symbol(q->lexicon, ERZ_MATCH_FOLD, "für", strlen("für"));
    q->plus = erz_lexicon_symbol(q->lexicon, ERZ_MATCH_FOLD, "plus", 4);
    q->minus = erz_lexicon_symbol(q->lexicon, ERZ_MATCH_FOLD, "minus", 5);
    q->comma = erz_lexicon_symbol(q->lexicon, ERZ_MATCH_FOLD, "komma", 5);
    q->bis = erz_lexicon_symbol(q->lexicon, ERZ_MATCH_FOLD, "bis", 3);
    q->and = erz_lexicon_symbol(q->lexicon, ERZ_MATCH_FOLD, "und", 3);
    erz_status status = quantity_grammar_open(model, &q->grammar, err);
    q->automaton = status == ERZ_OK ? quantity_automaton_new(&q->grammar) : NULL;
    if (status == ERZ_OK && q->automaton == NULL) status = erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    q->generation = UINT64_MAX; /* of no table */
    if (status != ERZ_OK) {
        erz_quantities_free(q);
        return status;
    }
    *out = q;
    return ERZ_OK;
}

void erz_quantities_free(erz_quantities *q)
{
    if (q == NULL) return;
    quantity_grammar_close(&q->grammar);
    free(q->words);
    quantity_automaton_free(q->automaton);
    free(q->types);
    free(q->forms);
    free(q->tails);
    free(q->items);
    free(q->found);
    free(q);
}

/* The first item from `at` on that can be a unit or scale word. */
static uint32_t next_trigger(const struct erz_quantities *q, uint32_t at)
{
    while (at < q->nitems && (q->items[at].kinds & QUANTITY_TRIGGERS) == 0) at++;
    return at;
}

/* An amount at item `at`? *end: of its match. */
static bool find_at(struct erz_quantities *q, erz_text *text, uint32_t at, uint32_t *end)
{
    quantity_match match, rejected;
    quantity_candidates candidates;
    bool taken = false, again = false;
    const uint32_t n = (uint32_t)q->nitems;
    *end = at;
    quantity_automaton_run(q->automaton, q->items, n, at, &candidates);
    if (candidates.all == 0) return true;
    while (!taken && quantity_grammar_match(&q->grammar, q->items, n, at, &candidates, again ? &rejected : NULL, &match)) {
        if (!quantity_take(q, text, &match, &taken)) return false;
        if (!taken) rejected = match;
        again = true;
    }
    if (taken) *end = match.end;
    return true;
}

static bool find_in_sentence(struct erz_quantities *q, erz_text *text, uint32_t first, uint32_t end)
{
    enum { FAR = 24 }; /* items to the next unit or scale word: beyond no pattern matches */
    size_t from = q->nfound;
    if (!quantity_itemize(q, text, first, end)) return false;
    uint32_t trigger = next_trigger(q, 0);
    for (uint32_t i = 0; i + 1 < q->nitems && trigger < q->nitems;) {
        uint32_t to = i;
        if (i + FAR < trigger) i = trigger - FAR;
        if (!q->items[i].dead && !find_at(q, text, i, &to)) return false;
        i = to > i ? to : i + 1;
        if (i > trigger) trigger = next_trigger(q, i);
    }
    if (q->nfound > from) quantity_context(q, text, first, end, from);
    return true;
}

/* The first token from `at` on that is a unit or scale word; none: their number. */
static size_t next_token(const struct erz_quantities *q, const erz_tokens *tokens, size_t at)
{
    const uint8_t *types = q->types;
    const size_t n = tokens->n;
    while (at < n) {
        const size_t block = at / ERZ_TOKEN_BLOCK, next = (block + 1) * ERZ_TOKEN_BLOCK, end = next < n ? next : n;
        if (tokens->bits != NULL && (tokens->bits[block] & ERZ_WORD_QUANTITY) == 0) {
            at = end;
            continue;
        }
        for (; at < end; at++)
            if ((types[tokens->word[at]] & TYPE_TRIGGER) != 0) return at;
    }
    return n;
}

erz_status erz_quantities_find(erz_quantities *q, erz_text *text, erz_error *err)
{
    const erz_tokens *tokens = &text->tokens;
    bool good = quantity_learn_types(q, text->words);
    q->nfound = 0;
    q->style_known = false;
    size_t at = good ? next_token(q, tokens, 0) : tokens->n;
    for (size_t s = 0; s < tokens->nsent && at < tokens->n && good; s++) {
        if (tokens->sent[s + 1] <= at) continue;
        good = find_in_sentence(q, text, tokens->sent[s], tokens->sent[s + 1]);
        at = next_token(q, tokens, tokens->sent[s + 1]);
    }
    if (good && q->nfound > 0) good = quantity_resolve(q, text);
    return good ? ERZ_OK : erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
}
