/* Names that only the weights see are kept by how sure they are: the less a text has to do with business, the surer. The
 * weights know sentences, not texts; most capitalised names of a report on sport, politics or the arts are no firms. */
#include <string.h>

#include "base/buf.h"
#include "match/company_context.h"
#include "match/company_kernel.h"

enum {
    FORBIDDEN = -4000, /* beyond any emission; sums with CRF_NEVER stay within 16 bits */
    PLAIN_WORDS = 20,  /* counted to every text, so that one word does not make a short one business */
    SURE = 80,         /* needed where nothing speaks of business, less EASE a percent */
    EASE = 14,
    LISTED_EASE = 24,
    HANDLE = 48 /* most handles that no list knows are persons' */
};

/* How sure a name must be: the less of the text speaks of business (cue nouns, roles, legal forms, amounts, in weighted percent
 * of its words), the surer. */
int company_doubt_of(const company_state *c, const erz_text *text)
{
    const company_units *u = &c->units;
    size_t legal = 0, money = 0, percent = 0;
    for (size_t k = 0; k < u->nlisted; k++) legal += u->gaz[u->listed[k]] == GAZ_LEGAL_BEGIN;
    for (size_t k = 0; k < text->nmentions; k++) {
        money += text->mentions[k].type == ERZ_MONEY;
        percent += text->mentions[k].type == ERZ_PERCENT;
    }
    int business = (int)((2 * (u->ncues + legal + money) + u->nroles + percent) * 100 / (u->n + PLAIN_WORDS));
    int limit = SURE - EASE * business;
    return limit < 0 ? 0 : (int)((size_t)limit * u->n / (u->n + PLAIN_WORDS)); /* of a headline nothing is to be expected */
}

static bool is_public(const company_state *c, const erz_word *word)
{
    erz_lexicon_entry e;
    const char *kind = "";
    return erz_lexicon_get(c->lexicon, word, c->lists.company, &e) && erz_flag(e.flags, "kind", &kind) &&
           (strncmp(kind, "media", 5) == 0 || strncmp(kind, "agency", 6) == 0 || strncmp(kind, "railway", 7) == 0);
}

/* Papers, agencies and railways are named in texts of any kind. */
bool company_is_public(company_state *c, const erz_word *array, uint32_t word)
{
    uint32_t *tells = &c->facts[word].tells;
    if ((*tells & TELLS_PUBLIC_ASKED) == 0) *tells |= TELLS_PUBLIC_ASKED | (is_public(c, &array[word]) ? TELLS_PUBLIC : 0);
    return (*tells & TELLS_PUBLIC) != 0;
}

/* Do lists, a legal form or a cue noun back the name of the units [i, end)? An ambiguous entry backs a name only if it is the
 * whole of it. */
static bool is_backed(company_state *c, const erz_word *array, size_t i, size_t end)
{
    const company_units *u = &c->units;
    if (i > 0 && u->kind[i - 1] == KIND_CUE) return true;
    if (end - i == 1 && u->gaz[i] == GAZ_ONE_AMB) return company_is_public(c, array, u->base[i]);
    size_t ambiguous = 0;
    for (size_t k = i; k < end; k++) {
        if (u->gaz[k] == GAZ_ONE || u->gaz[k] == GAZ_BEGIN || u->kind[k] == KIND_CUE) return true;
        if (u->gaz[k] == GAZ_LEGAL_BEGIN && (u->evidence[k] & EV_ASSOCIATION) == 0) return true;
        ambiguous += u->gaz[k] == GAZ_BEGIN_AMB || u->gaz[k] == GAZ_INSIDE_AMB;
    }
    return ambiguous == end - i;
}

/* By how much the name must be better than the best other path. */
static int limit_of(company_state *c, const erz_word *array, size_t i, size_t end)
{
    if (is_backed(c, array, i, end)) return 0;
    if (c->units.kind[i] == KIND_TAG) return c->units.gaz[i] == GAZ_ONE_AMB ? 0 : HANDLE;
    return end - i == 1 && c->units.gaz[i] == GAZ_ONE_AMB ? (c->doubt - LISTED_EASE) / 2 : c->doubt;
}

static int path_score(const company_state *c, const company_window *w, const uint8_t *label)
{
    int sum = 0, before = LABEL_O;
    for (size_t i = w->from; i < w->to; i++) {
        int y = label[i - w->from];
        sum += c->tagger.emission[i][y] + c->lattice.to[before][y];
        before = y;
    }
    return sum + c->lattice.to[before][LABEL_O];
}

/* Of a window longer than any sentence of prose, the part around the units [i, end), between units without a name where there
 * are such: each name would take time for all others. */
static company_window part_around(const company_state *c, const company_window *w, size_t i, size_t end)
{
    enum { WHOLE = 512, REACH = 128 };
    const uint8_t *label = c->units.label;
    company_window part = *w;
    if (w->to - w->from <= WHOLE) return part;
    if (i - w->from > REACH) part.from = (uint32_t)(i - REACH);
    if (w->to - end > REACH) part.to = (uint32_t)(end + REACH);
    while (part.from < i && part.from > w->from && label[part.from - 1] != LABEL_O) part.from++;
    while (part.to > end && part.to < w->to && label[part.to] != LABEL_O) part.to--;
    return part;
}

/* The window without the name of the units [i, end): labels of the best other path if it is nearly as good. */
static bool doubt(company_state *c, const company_window *w, size_t i, size_t end, int limit)
{
    company_tagger *t = &c->tagger;
    size_t n = w->to - w->from;
    uint8_t *label = c->units.label + w->from, *other = t->other;
    int16_t(*kept)[2] = t->kept;
    int best = path_score(c, w, label);
    for (size_t k = i; k < end; k++) {
        kept[k - i][0] = t->emission[k][LABEL_BC], kept[k - i][1] = t->emission[k][LABEL_IC];
        t->emission[k][LABEL_BC] = t->emission[k][LABEL_IC] = FORBIDDEN;
    }
    memset(other, LABEL_O, n);
    c->kernel->decode(&c->lattice, (const int16_t(*)[CRF_LABELS])t->emission + w->from, n, t->alpha, other);
    bool drop = best - path_score(c, w, other) < limit;
    for (size_t k = i; k < end && !drop; k++)
        t->emission[k][LABEL_BC] = kept[k - i][0], t->emission[k][LABEL_IC] = kept[k - i][1];
    if (drop) memcpy(label, other, n);
    return drop;
}

bool company_doubt(company_state *c, erz_words *words)
{
    const erz_word *array = erz_words_array(words);
    company_tagger *t = &c->tagger;
    const company_units *u = &c->units;
    if (c->doubt <= 0 && memchr(u->kind, KIND_TAG, u->n) == NULL) return true;
    for (size_t k = 0; k < t->nwindows; k++) {
        const company_window *w = &t->windows[k];
        if (!w->named) continue;
        size_t n = w->to - w->from;
        if (memchr(u->label + w->from, LABEL_BC, n) == NULL) continue;
        if (!erz_grow(&t->other, &t->cap_other, n, 1) || !erz_grow(&t->kept, &t->cap_kept, n, sizeof *t->kept)) return false;
        for (size_t i = w->from, end; i < w->to; i = end) {
            end = i + 1;
            if (u->label[i] != LABEL_BC) continue;
            while (end < w->to && u->label[end] == LABEL_IC) end++;
            int limit = limit_of(c, array, i, end);
            const company_window part = part_around(c, w, i, end);
            if (limit > 0 && doubt(c, &part, i, end, limit)) end = i + 1;
        }
    }
    return true;
}
