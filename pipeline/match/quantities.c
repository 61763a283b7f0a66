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

/* The words every table begins with: nothing, and digits. */
static bool reset_words(struct erz_quantities *q)
{
    q->nwords = 0;
    if (!erz_grow(&q->words, &q->cap_words, 2, sizeof *q->words)) return false;
    q->words[q->nwords++] = (quantity_word){.unit = "", .flags = ""};
    q->words[q->nwords++] = (quantity_word){.kinds = QK(DIGITS), .unit = "", .flags = ""};
    return true;
}

erz_status erz_quantities_new(const erz_model *model, erz_quantities **out, erz_error *err)
{
    erz_quantities *q = calloc(1, sizeof *q);
    if (q == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    q->model = model;
    q->lexicon = erz_model_lexicon(model);
    find_classes(q);
    q->in = erz_lexicon_symbol(q->lexicon, ERZ_MATCH_FOLD, "in", 2);
    q->bracket = erz_lexicon_symbol(q->lexicon, ERZ_MATCH_FOLD, "(", 1);
    q->fuer = erz_lexicon_symbol(q->lexicon, ERZ_MATCH_FOLD, "für", strlen("für"));
    q->plus = erz_lexicon_symbol(q->lexicon, ERZ_MATCH_FOLD, "plus", 4);
    q->minus = erz_lexicon_symbol(q->lexicon, ERZ_MATCH_FOLD, "minus", 5);
    q->comma = erz_lexicon_symbol(q->lexicon, ERZ_MATCH_FOLD, "komma", 5);
    q->bis = erz_lexicon_symbol(q->lexicon, ERZ_MATCH_FOLD, "bis", 3);
    q->and = erz_lexicon_symbol(q->lexicon, ERZ_MATCH_FOLD, "und", 3);
    erz_status status = quantity_grammar_open(model, &q->grammar, err);
    if (status == ERZ_OK && !reset_words(q)) status = erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
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
    free(q->triggers);
    free(q->tails);
    free(q->items);
    free(q->found);
    free(q);
}

/* For every item the distance to the next one that can be a unit or scale: without one near, no pattern can match. */
static void mark_distances(struct erz_quantities *q)
{
    uint32_t distance = UINT16_MAX;
    for (size_t i = q->nitems; i-- > 0;) {
        distance = (q->items[i].kinds & QUANTITY_TRIGGERS) != 0 ? 0 : distance + (distance < UINT16_MAX);
        q->items[i].distance = distance;
    }
}

static bool find_in_sentence(struct erz_quantities *q, erz_text *text, uint32_t first, uint32_t end)
{
    enum { FAR = 24 };
    size_t from = q->nfound;
    if (!quantity_itemize(q, text, first, end)) return false;
    mark_distances(q);
    quantity_grammar_mark(&q->grammar, q->items, q->nitems);
    for (uint32_t i = 0; i + 1 < q->nitems;) {
        if (q->items[i].rules == 0 || q->items[i].distance > FAR) {
            i++;
            continue;
        }
        quantity_match match, rejected;
        bool taken = false, again = false;
        while (!taken &&
               quantity_grammar_match(&q->grammar, q->items, (uint32_t)q->nitems, i, again ? &rejected : NULL, &match)) {
            if (!quantity_take(q, text, &match, &taken)) return false;
            rejected = match;
            again = true;
        }
        i = taken && match.end > i ? match.end : i + 1;
    }
    if (q->nfound > from) quantity_context(q, text, first, end, from);
    return true;
}

static bool learn_type(struct erz_quantities *q, erz_words *words, uint32_t index)
{
    uint32_t known = quantity_classify(q, words, index);
    bool none = known < 4 && quantity_is_plain(q, &erz_words_array(words)[index]);
    q->triggers[index] = (uint8_t)(((known & 1) != 0 ? TYPE_TRIGGER : 0) | (none ? TYPE_PLAIN : 0));
    return known != 0;
}

/* Learn the word types that are new in the table. */
static bool learn_types(struct erz_quantities *q, erz_words *words)
{
    const size_t n = erz_words_count(words), tails = q->cap_tails;
    if (q->generation != erz_words_generation(words)) { /* the table was emptied */
        if (!reset_words(q)) return false;
        if (tails > 0) memset(q->tails, 0, tails);
        q->ntriggers = 0;
        q->generation = erz_words_generation(words);
    }
    if (!erz_grow(&q->triggers, &q->cap_triggers, n, 1) || !erz_grow(&q->tails, &q->cap_tails, n, 1)) return false;
    if (q->cap_tails > tails) memset(q->tails + tails, 0, q->cap_tails - tails);
    for (; q->ntriggers < n; q->ntriggers++)
        if (!learn_type(q, words, (uint32_t)q->ntriggers)) return false;
    return true;
}

/* Any token of [first, end) that may begin an amount? */
static bool has_trigger(const struct erz_quantities *q, const erz_text *text, uint32_t first, uint32_t end)
{
    const uint8_t *triggers = q->triggers;
    const uint32_t *p = text->tokens.word + first, *stop = text->tokens.word + end;
    unsigned any = 0, more = 0;
    for (; stop - p >= 4; p += 4) {
        any |= (unsigned)triggers[p[0]] | triggers[p[1]];
        more |= (unsigned)triggers[p[2]] | triggers[p[3]];
    }
    for (; p < stop; p++) any |= triggers[*p];
    return ((any | more) & TYPE_TRIGGER) != 0;
}

erz_status erz_quantities_find(erz_quantities *q, erz_text *text, erz_error *err)
{
    bool good = learn_types(q, text->words);
    q->nfound = 0;
    q->style_known = false;
    for (size_t s = 0; s < text->tokens.nsent && good; s++) {
        uint32_t first = text->tokens.sent[s], end = text->tokens.sent[s + 1];
        if (has_trigger(q, text, first, end)) good = find_in_sentence(q, text, first, end);
    }
    if (good && q->nfound > 0) good = quantity_resolve(q, text);
    return good ? ERZ_OK : erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
}
