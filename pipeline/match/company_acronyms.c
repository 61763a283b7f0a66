/* Name (ABC): the form in brackets is a company's too when its letters stand in the name in that order, and no company's when a
 * body's name stands before it. */
#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "match/company_spans.h"

enum { MAX_ACRONYMS = 256 }; /* each is looked for in the whole text */

static int lower(unsigned char ch)
{
    return ch < 0x80 ? tolower(ch) : ch;
}

/* Are the bytes of short, in order and from the first letter on, all in long? */
static bool letters_within(const char *s, size_t slen, const char *l, size_t llen)
{
    size_t k = 0;
    if (slen < 2 || slen >= llen || lower((unsigned char)s[0]) != lower((unsigned char)l[0])) return false;
    for (size_t i = 0; i < llen && k < slen; i++) k += lower((unsigned char)l[i]) == lower((unsigned char)s[k]);
    return k == slen;
}

static bool is_short_form(const company_state *c, size_t i)
{
    uint8_t kind = c->units.kind[i];
    return (c->units.evidence[i] & EV_UPPER) != 0 && kind != KIND_PLACE && kind != KIND_FIRST && kind != KIND_CALENDAR &&
           kind != KIND_LEGAL && kind != KIND_TAG;
}

/* Unit of the short form behind a span, 0: there is none. */
static size_t short_form(const company_state *c, const erz_text *text, const company_span *s)
{
    const company_units *u = &c->units;
    size_t at = s->end;
    if (at + 2 >= u->n || u->kind[at] != KIND_OPEN) return 0;
    at++;
    if (u->kind[at] == KIND_QUOTE && at + 3 < u->n) at++;
    size_t after = at + 1 + (u->kind[at + 1] == KIND_QUOTE);
    if (after >= u->n || u->kind[after] != KIND_CLOSE || !is_short_form(c, at)) return 0;
    const erz_tokens *t = &u->as_tokens;
    const char *name = text->text + t->begin[s->first];
    bool within =
        letters_within(text->text + t->begin[at], t->end[at] - t->begin[at], name, t->end[s->end - 1] - t->begin[s->first]);
    size_t letters = t->end[s->end - 1] - t->begin[s->first], shorter = t->end[at] - t->begin[at];
    bool compound = u->kind[at] == KIND_CAPS || u->kind[at] == KIND_AMB; /* Bundesimmobiliengesellschaft (BIG) */
    return within && (s->end - s->first >= 2 || (compound && shorter >= 3 && letters > 5 * shorter)) ? at : 0;
}

/* "Europäischer Zentralbank (EZB)": a body by its short form, unless a list or a legal form makes the long one a company. */
static bool is_body_of_lists(const company_state *c, const company_span *s, size_t at)
{
    const uint8_t *gaz = c->units.gaz;
    if (gaz[at] != GAZ_NOT_BEGIN) return false;
    for (size_t i = s->first; i < s->end; i++)
        if (gaz[i] == GAZ_ONE || gaz[i] == GAZ_BEGIN || gaz[i] == GAZ_LEGAL_BEGIN) return false;
    return true;
}

/* Do the units from one of [i, open) on, which is no second part, hold the letters? */
static bool holds_letters(const company_units *u, const erz_text *text, const char *s, size_t len, size_t i, size_t open)
{
    const erz_tokens *t = &u->as_tokens;
    for (; i < open; i++)
        if ((u->flags[i] & UNIT_JOINED) == 0 &&
            letters_within(s, len, text->text + t->begin[i], t->end[open - 1] - t->begin[i]))
            return true;
    return false;
}

/* Does a body's name stand before the bracket at unit `open` whose letters hold the short form behind it? */
static bool defines_body(const company_state *c, erz_words *words, const erz_text *text, size_t open)
{
    enum { REACH = 8, QUOTED = 10 };
    const company_units *u = &c->units;
    const erz_tokens *t = &u->as_tokens;
    const char *s = text->text + t->begin[open + 1];
    size_t len = t->end[open + 1] - t->begin[open + 1];
    bool body = false;
    for (size_t i = open, reach = u->kind[open - 1] == KIND_QUOTE ? QUOTED : REACH; i-- > 0 && open - i <= reach;) {
        if (u->kind[i] == KIND_CLOSE || u->kind[i] == KIND_STOP) return false;
        body |= company_is_body(c, words, (uint32_t)i) || u->kind[i] == KIND_ORG_CUE;
        if (company_votes_for(u->label[i]) && !body && u->kind[open - 1] != KIND_QUOTE) return false;
        bool whole = i == 0 || (u->flags[i] & UNIT_JOINED) == 0;
        bool quoted = u->kind[i + 1] == KIND_QUOTE && u->kind[open - 1] == KIND_QUOTE; /* Gewerkschaft "X" (ABC) */
        if (body && whole && quoted && holds_letters(u, text, s, len, i + 2, open)) return true;
        if (body && whole && u->kind[open - 1] != KIND_QUOTE &&
            letters_within(s, len, text->text + t->begin[i], t->end[open - 1] - t->begin[i]))
            return true;
    }
    return false;
}

/* The next unit of this base form from i on; u->n: none. Sixteen at a time: each short form is looked for in the whole text. */
static size_t next_of(const company_units *u, uint32_t base, size_t i)
{
    enum { STEP = 16 };
    for (; i + STEP <= u->n; i += STEP) {
        uint32_t found = 0;
        for (size_t k = 0; k < STEP; k++) found |= u->base[i + k] == base;
        if (found != 0) break;
    }
    while (i < u->n && u->base[i] != base) i++;
    return i;
}

/* No company of one unit with this base form is one; `listed`: but those that lists are sure of. */
static void clear_everywhere(company_state *c, uint32_t base, bool listed)
{
    company_units *u = &c->units;
    for (size_t i = next_of(u, base, 0); i < u->n; i = next_of(u, base, i + 1))
        if (u->label[i] == LABEL_BC && (!listed || u->gaz[i] != GAZ_ONE) && (i + 1 == u->n || u->label[i + 1] != LABEL_IC))
            u->label[i] = LABEL_O;
}

static bool is_capitals(const company_state *c, const erz_text *text, size_t i)
{
    uint16_t shape = erz_words_array(text->words)[c->units.as_tokens.word[i]].shape;
    return (shape & (ERZ_SHAPE_OTHER_UPPER | ERZ_SHAPE_LOWER | ERZ_SHAPE_DIGIT)) == ERZ_SHAPE_OTHER_UPPER;
}

/* Krankenhausverband (KHV) */
static void drop_bodies(company_state *c, const erz_text *text)
{
    const company_units *u = &c->units;
    const uint8_t *at = u->kind, *end = u->kind + u->n;
    for (size_t tried = 0; tried < MAX_ACRONYMS && (at = memchr(at, KIND_OPEN, (size_t)(end - at))) != NULL; at++) {
        size_t open = (size_t)(at - u->kind);
        if (open == 0 || open + 2 >= u->n || u->kind[open + 2] != KIND_CLOSE) continue;
        bool association = u->gaz[open - 1] == GAZ_ASSOCIATION; /* X e.V. (DGfZ) */
        if (!association && !is_capitals(c, text, open + 1)) continue;
        tried++;
        if (!association && !defines_body(c, text->words, text, open)) continue;
        clear_everywhere(c, u->base[open + 1], true);
        c->units.label[open + 1] = LABEL_O; /* a listed firm of these letters may be meant elsewhere: (AFP) */
    }
}

static uint32_t base_at(const company_state *c, size_t i)
{
    return c->types[c->units.as_tokens.word[i]].base;
}

static void label_everywhere(company_state *c, uint32_t base)
{
    company_units *u = &c->units;
    for (size_t i = next_of(u, base, 0); i < u->n; i = next_of(u, base, i + 1)) {
        if (u->label[i] == LABEL_BC || u->label[i] == LABEL_IC) continue;
        u->label[i] = LABEL_BC;
        if (i + 1 < u->n && u->label[i + 1] == LABEL_IC) u->label[i + 1] = LABEL_BC;
    }
}

static bool is_association(const company_state *c, const company_span *s)
{
    const company_units *u = &c->units;
    return memchr(u->gaz + s->first, GAZ_ASSOCIATION, s->end - s->first) != NULL ||
           (s->end < u->n && u->gaz[s->end] == GAZ_ASSOCIATION);
}

/* Clubs (Verein X e.V.) are no companies, nor are their short forms. */
bool company_associations_drop(company_state *c, const erz_text *text)
{
    size_t ndropped = 0;
    for (size_t k = 0; k < c->nspans && ndropped < MAX_ACRONYMS; k++) {
        const company_span *s = &c->spans[k];
        if (!is_association(c, s)) continue;
        ndropped++;
        size_t at = short_form(c, text, s);
        memset(c->units.label + s->first, LABEL_O, s->end - s->first);
        if (at != 0) clear_everywhere(c, base_at(c, at), false);
    }
    return ndropped > 0;
}

bool company_acronyms_label(company_state *c, const erz_text *text)
{
    c->nacronyms = 0;
    if (c->nspans > 0) drop_bodies(c, text);
    for (size_t k = 0; k < c->nspans && c->nacronyms < MAX_ACRONYMS; k++) {
        size_t at = short_form(c, text, &c->spans[k]);
        if (at == 0 || company_is_body(c, text->words, c->spans[k].end - 1)) continue;
        if (is_body_of_lists(c, &c->spans[k], at)) {
            memset(c->units.label + c->spans[k].first, LABEL_O, c->spans[k].end - c->spans[k].first);
            continue;
        }
        if (!erz_grow(&c->acronyms, &c->cap_acronyms, c->nacronyms + 1, sizeof *c->acronyms)) return false;
        c->acronyms[c->nacronyms++] = (company_acronym){base_at(c, at), c->spans[k].first};
        label_everywhere(c, base_at(c, at));
    }
    return true;
}
