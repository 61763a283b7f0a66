/* Words around an amount: attributes, and whether a bare `15 Milliarden` is money. */
#include <string.h>

#include "quantity.h"

/* How far words are looked for, in tokens: sentences have no bound. */
enum { CLAUSE = 48 };

typedef struct scope {
    struct erz_quantities *q;
    const erz_text *text;
    const erz_word *words;
    uint32_t first, end; /* tokens of the sentence */
} scope;

static uint64_t classes_at(const scope *s, uint32_t t)
{
    return t >= s->first && t < s->end ? s->words[s->text->tokens.word[t]].classes : 0;
}

static bool has_class(const scope *s, uint32_t t, uint8_t cls)
{
    return cls != ERZ_NO_CLASS && (classes_at(s, t) >> cls & 1) != 0;
}

static const char *value_at(const scope *s, uint32_t t, uint8_t cls, const char **flags)
{
    erz_lexicon_entry e;
    if (!has_class(s, t, cls) || !erz_lexicon_get(s->q->lexicon, &s->words[s->text->tokens.word[t]], cls, &e)) return NULL;
    if (flags != NULL) *flags = e.flags;
    return e.value;
}

/* Longest entry of a class that begins at t: its value and length in tokens. */
static const char *phrase_at(const scope *s, uint32_t t, uint8_t cls, uint32_t *ntokens)
{
    enum { MAX = 24 };
    erz_lexicon_entry e[MAX];
    if (t >= s->end || t < s->first) return NULL;
    if (!has_class(s, t, cls) && !s->words[s->text->tokens.word[t]].starts) return NULL;
    size_t n = erz_lexicon_match(s->q->lexicon, s->words, &s->text->tokens, t, s->end, e, MAX);
    for (size_t i = 0; i < n; i++) {
        if (e[i].cls != cls) continue;
        *ntokens = e[i].ntokens;
        return e[i].value;
    }
    return NULL;
}

__attribute__((always_inline)) static inline bool form_is(const scope *s, uint32_t t, const char *form)
{
    if (t < s->first || t >= s->end) return false;
    const uint32_t begin = s->text->tokens.begin[t], len = s->text->tokens.end[t] - begin;
    return len == strlen(form) && memcmp(s->text->text + begin, form, len) == 0;
}

static const quantity_item *item_before(const scope *s, uint32_t item, uint32_t n)
{
    return item >= n ? &s->q->items[item - n] : NULL;
}

/* rund, mehr als, bis zu before the span; `über` behind a noun (ein Kredit über 5 Millionen) bounds nothing. */
static const char *find_mod(const scope *s, const quantity_found *f)
{
    const quantity_item *before = item_before(s, f->item, 1);
    if (f->vague) return "vague";
    if (before != NULL && (form_is(s, before->first, "aber") || form_is(s, before->first, "jedoch")))
        before = item_before(s, f->item, 2); /* mindestens aber 5 Euro */
    if (before == NULL) return NULL;
    if ((before->kinds & QK(SOME)) != 0) return "vague";
    if ((before->kinds & QK(APPROX)) == 0) return NULL;
    const quantity_item *noun = item_before(s, f->item, 2);
    if (noun != NULL && (noun->kinds & QK(NOUN)) != 0 && form_is(s, before->first, "über")) return NULL;
    return before->unit;
}

static bool is_number(const scope *s, uint32_t t)
{
    const quantity_item *items = s->q->items;
    uint64_t kinds = QK(DIGITS) | QK(WORDS) | QK(CURRENCY) | QK(MINOR) | QK(SCALE);
    for (size_t i = 0; i < s->q->nitems; i++)
        if (t >= items[i].first && t <= items[i].last) return (items[i].kinds & kinds) != 0 && (items[i].kinds & QK(YEAR)) == 0;
    return false;
}

/* `95 Gramm pro Kilometer` says nothing of what is counted later. */
static bool counts_something(const scope *s, uint32_t pro)
{
    for (uint32_t d = 1; d <= 3 && pro >= s->first + d; d++)
        if (is_number(s, pro - d)) return true;
    return false;
}

/* `Der Gewinn je Aktie stieg um 5 Prozent auf 2,50 Euro`: said before, in the same clause. */
static const char *find_per_before(const scope *s, const quantity_found *f)
{
    enum { REACH = 12, SHARE = 6 };
    uint32_t n;
    if (erz_decimal_magnitude(&f->value) >= SHARE) return NULL; /* seldom what a piece costs */
    for (uint32_t d = 2; d <= REACH && f->first >= s->first + d; d++) {
        uint32_t t = f->first - d;
        if (form_is(s, t, ",") || form_is(s, t, ";")) return NULL;
        if (form_is(s, t, "je") || form_is(s, t, "pro"))
            return counts_something(s, t) ? NULL : phrase_at(s, t, s->q->cls.per, &n);
    }
    return NULL;
}

static const char *find_per(const scope *s, const quantity_found *f)
{
    uint32_t n;
    uint8_t cls = s->q->cls.per;
    const char *per = phrase_at(s, f->last + 1, cls, &n);
    for (uint32_t back = 1; per == NULL && back <= 3 && back <= f->first - s->first; back++) {
        per = phrase_at(s, f->first - back, cls, &n);
        if (per != NULL && n < back && !form_is(s, f->first - back + n, "rund") && !form_is(s, f->first - back + n, "etwa") &&
            !form_is(s, f->first - back + n, "mit") && !form_is(s, f->first - back + n, "von") &&
            !form_is(s, f->first - back + n, "werden") && !form_is(s, f->first - back + n, "wird"))
            per = NULL;
    }
    return per != NULL || !f->money ? per : find_per_before(s, f);
}

static const char *particle_dir(const scope *s, uint32_t verb, const char *value)
{
    for (uint32_t t = verb + 1; t < s->end && t < verb + CLAUSE; t++) {
        const char *form = s->words[s->text->tokens.word[t]].form;
        size_t n = strlen(form);
        for (const char *p = value; *p != '\0';) {
            size_t len = strcspn(p, " ");
            if (len > n && memcmp(p, form, n) == 0 && p[n] == ':') return p[n + 1] == 'u' ? "up" : "down";
            p += len + (p[len] == ' ');
        }
    }
    return NULL;
}

/* What the last part of a compound noun tells; NULL when the word lists have the whole of it. */
static const char *tail_at(const scope *s, uint32_t t)
{
    if (t < s->first || t >= s->end) return NULL;
    const quantity_classes *c = &s->q->cls;
    const uint8_t own[] = {c->money_cue, c->count_cue, c->counted, c->sum};
    for (size_t i = 0; i < sizeof own; i++)
        if (has_class(s, t, own[i])) return NULL;
    return quantity_tail(s->q, s->text->words, s->text->tokens.word[t]);
}

static bool is_role(const char *tail)
{
    static const char *const others[] = {"money", "count", "rest", "up", "down"};
    for (size_t i = 0; tail != NULL && i < sizeof others / sizeof *others; i++)
        if (strcmp(tail, others[i]) == 0) return false;
    return tail != NULL;
}

static bool is_dir(const char *tail)
{
    return tail != NULL && (strcmp(tail, "up") == 0 || strcmp(tail, "down") == 0);
}

static const char *dir_at(const scope *s, uint32_t t, bool with_amb)
{
    const char *flags = "", *v = value_at(s, t, s->q->cls.dir_particle, NULL);
    if (v != NULL && (v = particle_dir(s, t, v)) != NULL) return v;
    v = value_at(s, t, s->q->cls.dir, &flags);
    if (v == NULL && is_dir(tail_at(s, t))) return tail_at(s, t);
    return v == NULL || (!with_amb && erz_flag(flags, "amb", NULL)) ? NULL : v;
}

static bool is_capitalized(const erz_word *w)
{
    return (w->cls == ERZ_TOKEN_WORD || w->cls == ERZ_TOKEN_ABBREVIATION) && (w->shape & ERZ_SHAPE_INITIAL_UPPER) != 0;
}

/* `stieg nach einem Minus von 3 Prozent um 2 Prozent`: the noun's amount is the other one. */
static bool has_own_amount(const scope *s, uint32_t noun)
{
    return is_capitalized(&s->words[s->text->tokens.word[noun]]) && form_is(s, noun + 1, "von");
}

/* `gibt 30 Prozent ihrer Tochter ab`: a share changes hands, nothing falls. */
static bool is_share_given(const scope *s, const quantity_found *f, uint32_t verb)
{
    static const char *const of[] = {"der", "ihrer", "ihres", "seiner", "seines"};
    if (!has_class(s, verb, s->q->cls.dir_particle)) return false;
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        if (form_is(s, f->last + 1, of[i])) return true;
    return false;
}

/* A change is told by `um` or a noun of change right before, by `mehr`/`weniger` right behind, or, for percentages, by the
 * nearest word of change in the sentence. */
static const char *find_dir(const scope *s, const quantity_found *f)
{
    enum { REACH = 12, NEAR = 3 };
    const char *dir = f->dir;
    uint32_t before = f->first;
    if (dir != NULL) return dir;
    if (f->item > 0 && (s->q->items[f->item - 1].kinds & QK(APPROX)) != 0) before = s->q->items[f->item - 1].first;
    if (before > s->first && form_is(s, before - 1, "auf")) return NULL; /* the level reached */
    if (before > s->first + 1 && form_is(s, before - 2, "auf") && form_is(s, before - 1, "nun")) return NULL;
    dir = dir_at(s, form_is(s, f->last + 1, "im") ? f->last + 2 : f->last + 1, true); /* 5 Prozent im Minus */
    if (dir != NULL) return dir;
    bool um = before > s->first && form_is(s, before - 1, "um");
    bool von = before > s->first && (form_is(s, before - 1, "von") || form_is(s, before - 1, "um"));
    bool noun = before > s->first + 1 && is_capitalized(&s->words[s->text->tokens.word[before - 2]]);
    if (von && (um || noun) && (dir = dir_at(s, before - 2, false)) != NULL) return dir; /* ein Minus von, wuchs um */
    if (!um && (f->money || form_is(s, before - 1, "auf") || form_is(s, before - 1, "bei") || form_is(s, before - 1, "von")))
        return NULL;
    for (uint32_t d = 1; d < (um ? REACH : NEAR) && dir == NULL; d++) {
        if (before >= s->first + d && !has_own_amount(s, before - d) && !is_share_given(s, f, before - d))
            dir = dir_at(s, before - d, false);
        if (dir == NULL && um) dir = dir_at(s, f->last + d, false);
    }
    return dir;
}

static bool is_fuer(const scope *s, uint32_t t)
{
    return t >= s->first && t < s->end && s->words[s->text->tokens.word[t]].symbol[ERZ_MATCH_FOLD] == s->q->fuer;
}

/* kauft X für 15 Milliarden */
static bool is_price(const scope *s, const quantity_found *f)
{
    uint32_t before = f->first;
    if (f->item > 0 && (s->q->items[f->item - 1].kinds & QK(APPROX)) != 0) before = s->q->items[f->item - 1].first;
    if (before == s->first || !is_fuer(s, before - 1)) return false;
    uint32_t from = before > s->first + CLAUSE ? before - CLAUSE : s->first;
    for (uint32_t t = from; t < s->end && t < before + CLAUSE; t++)
        if (has_class(s, t, s->q->cls.trade_cue)) return true;
    return false;
}

/* `gewinnen 5 %` tells a change, no profit. */
static const char *role_at(const scope *s, uint32_t t)
{
    if (has_class(s, t, s->q->cls.dir) && (s->words[s->text->tokens.word[t]].shape & ERZ_SHAPE_INITIAL_UPPER) == 0) return NULL;
    const char *role = value_at(s, t, s->q->cls.role, NULL), *tail = role == NULL ? tail_at(s, t) : NULL;
    return is_role(tail) ? tail : role;
}

/* 600-Millionen-Deal, 3,5-Millionen-Stadt: the rest of the compound tells. */
static const char *rest_of_compound(const scope *s, const quantity_found *f)
{
    size_t len;
    if (f->end >= s->text->tokens.end[f->last]) return NULL;
    const char *fold = erz_words_fold(s->text->words, s->text->tokens.word[f->last], &len);
    return fold == NULL ? NULL : quantity_tail_of(s->q, fold, len, 0);
}

static const char *find_role(const scope *s, const quantity_found *f)
{
    const char *role = rest_of_compound(s, f);
    if (is_role(role)) return role;
    role = role_at(s, f->last + 1);
    for (uint32_t d = 1; d <= 12 && role == NULL && f->first >= s->first + d; d++) {
        if (form_is(s, f->first - d, ";")) break;
        role = role_at(s, f->first - d);
    }
    for (uint32_t d = 2; d <= 8 && role == NULL; d++) role = role_at(s, f->last + d);
    return role == NULL && is_price(s, f) ? "price" : role;
}

/* An adjective's ending; `oder`, `für`, `im` and the like are too short or none. */
static bool may_be_adjective(const erz_word *w)
{
    size_t n = w->form_len;
    const char *end = w->form + n;
    if (w->cls != ERZ_TOKEN_WORD || n < 4) return false;
    if (n == 4) return end[-1] == 'e' && strcmp(w->form, "eine") != 0 && strcmp(w->form, "ohne") != 0;
    return end[-1] == 'e' || (end[-2] == 'e' && (end[-1] == 'n' || end[-1] == 'r' || end[-1] == 's' || end[-1] == 'm'));
}

/* neue, sozial abgesicherte Arbeitsplätze: adjectives with a comma between them, then a noun. */
static bool is_list_of_adjectives(const scope *s, uint32_t t)
{
    enum { REACH = 6 };
    const erz_word *first = &s->words[s->text->tokens.word[t]];
    if (!form_is(s, t + 1, ",") || first->form[first->form_len - 1] != 'e') return false;
    for (uint32_t i = t + 2; i < s->end && i < t + REACH; i++) {
        const erz_word *w = &s->words[s->text->tokens.word[i]];
        if (is_capitalized(w)) return i > t + 2 && may_be_adjective(&s->words[s->text->tokens.word[i - 1]]);
        if (w->cls != ERZ_TOKEN_WORD) return false;
    }
    return false;
}

/* What is counted: the noun right behind the amount, past adjectives; sums of money are no goods. */
static bool counts_goods(const scope *s, const quantity_found *f)
{
    for (uint32_t t = f->last + 1; t < s->end && t <= f->last + 4; t++) {
        const erz_word *w = &s->words[s->text->tokens.word[t]];
        if (has_class(s, t, s->q->cls.sum)) return false;
        if (!is_capitalized(w) && has_class(s, t, s->q->cls.money_cue)) return false; /* zahlen is no Zähler */
        const char *tail = tail_at(s, t);
        if (tail != NULL && strcmp(tail, "rest") != 0) return strcmp(tail, "count") == 0;
        if (has_class(s, t, s->q->cls.counted) || is_capitalized(w)) return true;
        if (!may_be_adjective(w)) return false;
        if (is_list_of_adjectives(s, t)) return true;
    }
    return false;
}

/* The nearest word in the sentence that tells money (1) from goods (-1); 0: none. Beside amounts of money (`money`) goods need
 * a word close by. */
static int nearest_cue(const scope *s, const quantity_found *f, bool money)
{
    enum { REACH = 16, NEAR = 4 };
    for (uint32_t d = 1; d <= REACH; d++) {
        for (int side = 0; side < 2; side++) {
            if (side == 0 && f->first < s->first + d) continue;
            uint32_t t = side == 0 ? f->first - d : f->last + d;
            const char *tail = tail_at(s, t);
            if (has_class(s, t, s->q->cls.money_cue) || is_role(tail)) return 1;
            bool count = tail != NULL && strcmp(tail, "count") == 0;
            if ((count || has_class(s, t, s->q->cls.count_cue)) && (!money || d <= NEAR)) return -1;
        }
    }
    return 0;
}

static bool counts_before(const scope *s, uint32_t first, uint32_t end)
{
    scope before = *s;
    if (end > first + CLAUSE) first = end - CLAUSE;
    before.first = first;
    before.end = end;
    for (uint32_t t = first; t < end; t++)
        if (has_class(&before, t, s->q->cls.count_cue)) return true;
    return false;
}

/* 200 Millionen von Investoren, aus Brüssel: where a sum comes from. */
static bool has_source(const scope *s, const quantity_found *f)
{
    uint32_t t = f->last + 1;
    return (form_is(s, t, "von") || form_is(s, t, "aus")) && t + 1 < s->end &&
           is_capitalized(&s->words[s->text->tokens.word[t + 1]]);
}

static void judge_bare(const scope *s, quantity_found *f, bool money)
{
    const char *rest = rest_of_compound(s, f);
    if (rest != NULL) {
        f->dropped = f->counted = strcmp(rest, "money") != 0 && !is_role(rest);
        return;
    }
    f->dropped = f->counted = counts_goods(s, f);
    if (f->dropped) return;
    int cue = nearest_cue(s, f, money);
    if (cue == 0 && (is_price(s, f) || is_fuer(s, f->last + 1))) cue = 1; /* 15 Milliarden für X */
    f->dropped = f->counted = cue < 0;
    if (cue == 0 && has_source(s, f)) cue = 1;
    f->unsure = cue == 0 && !money;
    f->billions = erz_decimal_magnitude(&f->value) >= 9;
    if (!f->unsure || f->sent == 0) return;
    const uint32_t *sent = s->text->tokens.sent;
    f->dropped = f->counted = counts_before(s, sent[f->sent - 1], sent[f->sent]);
}

/* A litre for 1.459 Euro. */
static bool is_small_measure(const char *per)
{
    return per != NULL && (strcmp(per, "litre") == 0 || strcmp(per, "kwh") == 0);
}

void quantity_context(struct erz_quantities *q, const erz_text *text, uint32_t first, uint32_t end, size_t from)
{
    scope s = {q, text, erz_words_array(text->words), first, end};
    bool money = false;
    for (size_t i = from; i < q->nfound; i++) money |= q->found[i].money && !q->found[i].bare;
    for (size_t i = from; i < q->nfound; i++) {
        quantity_found *f = &q->found[i];
        if (f->bare && f->leaders == 0) judge_bare(&s, f, money);
        if (f->dropped) continue;
        f->mod = find_mod(&s, f);
        f->per = find_per(&s, f);
        if (f->ambiguous && f->value.exp == 0 && is_small_measure(f->per)) f->value.exp = -3;
        f->dir = find_dir(&s, f);
        f->role = f->money ? find_role(&s, f) : NULL;
    }
}
