/* Names that neither lists nor weights know, told by what stands around them anywhere in the document: a cue noun before
 * (Rivale X), a role behind (X-Chef), an office or paper of theirs (Aktien von X), a firm's verb (X übernimmt), a name's tail
 * (X Ventures), other firms beside them. Each mention gives points for and against; a form with enough of them is a company at
 * each of its mentions. */
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "match/company.h"

enum {
    NEEDED = 4,      /* points of a form's mentions together ... */
    BEST = 2,        /* ... of which one place gives so many */
    MAX_RUN = 4,     /* units of a name */
    VETO = -1000,    /* a person's name */
    CUE = 4,         /* the weight of each kind of place */
    TAIL = 4,
    ROLE = 4,
    OFFICE = 3,
    WEAK_CUE = 3,
    BESIDE = 2,
    FIRM_VERB = 2,
    FROM_PLACE = 2,
    HINT = 1
};

/* What a word is for this pass; worked out when first asked. */
enum { EV_ASKED = 1 << 17, EV_COMMON = 1 << 18, EV_FIRM_VERB = 1 << 19, EV_ANY_VERB = 1 << 20, EV_SPEECH = 1 << 21, EV_OFFICE = 1 << 22 };

typedef struct context {
    company_state *c;
    erz_words *words;
} context;

static uint64_t classes_of(const company_state *c, const char *fold, size_t len)
{
    return erz_lexicon_classes(c->lexicon, ERZ_MATCH_FOLD, fold, len);
}

/* A common noun, or a compound that ends in one, perhaps with an ending of case or number. */
static bool ends_in_noun(const company_state *c, const char *fold, size_t len)
{
    enum { LEAST_HEAD = 3, LEAST_TAIL = 4, MOST_TAIL = 24 };
    for (size_t tail = len < MOST_TAIL ? len : MOST_TAIL; tail >= LEAST_TAIL; tail--) {
        bool whole = tail == len;
        if (!whole && (len - tail < LEAST_HEAD || ((unsigned char)fold[len - tail] & 0xc0) == 0x80)) continue;
        if (!whole && tail < LEAST_TAIL + 1) continue;
        if (classes_of(c, fold + len - tail, tail) & c->lists.m_common) return true;
    }
    return false;
}

static bool is_common(const company_state *c, const char *fold, size_t len)
{
    static const char *const endings[] = {"", "en", "ern", "er", "es", "e", "n", "s"};
    static const char *const nouns[] = {"ung", "ungen", "heit", "keit", "heiten", "keiten", "schaft", "schaften", "ismus", "ierung", "ierungen"};
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
        size_t n = strlen(nouns[i]);
        if (len > n + 2 && memcmp(fold + len - n, nouns[i], n) == 0) return true;
    }
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(endings[i]);
        if (len >= n + 4 && memcmp(fold + len - n, endings[i], n) == 0 && ends_in_noun(c, fold, len - n)) return true;
    }
    return false;
}

static uint32_t about(const context *x, size_t unit)
{
    company_state *c = x->c;
    uint32_t word = c->units.as_tokens.word[unit];
    company_type *t = &c->types[word];
    if (t->evidence & EV_ASKED) return t->evidence;
    size_t len;
    const char *fold = erz_words_fold(x->words, word, &len);
    const erz_word *w = &erz_words_array(x->words)[word];
    uint64_t k = w->classes;
    uint32_t ev = EV_ASKED;
    if (k & c->lists.m_firm_verb) ev |= EV_FIRM_VERB;
    if (k & c->lists.m_any_verb) ev |= EV_ANY_VERB;
    if (k & c->lists.m_speech_verb) ev |= EV_SPEECH;
    if (k & (c->lists.m_office | c->lists.m_suffix)) ev |= EV_OFFICE;
    bool noun = t->kind == KIND_TITLE || t->kind == KIND_AMB || t->kind == KIND_WEAK;
    if (t->evidence & EV_UPPER && (k & c->lists.m_plain || (noun && is_common(c, fold, len)))) ev |= EV_COMMON;
    t->evidence |= ev;
    return t->evidence;
}

static bool has_name_kind(const company_state *c, size_t i)
{
    uint8_t kind = c->units.kind[i];
    return kind == KIND_TITLE || kind == KIND_CAPS || kind == KIND_MIXED;
}

static bool is_listed(const company_state *c, size_t i)
{
    return c->units.gaz[i] != GAZ_NONE && c->units.gaz[i] != GAZ_ONE_AMB;
}

static bool is_company(const company_state *c, size_t i)
{
    return c->units.label[i] == LABEL_BC || c->units.label[i] == LABEL_IC;
}

static bool is_unknown(const context *x, size_t i)
{
    const company_state *c = x->c;
    if (c->units.kind[i] == KIND_AMB) return (about(x, i) & EV_COMMON) == 0;
    return has_name_kind(c, i) && !is_listed(c, i) && (about(x, i) & EV_COMMON) == 0;
}

static bool joins(const company_state *c, size_t i)
{
    return (c->units.flags[i] & UNIT_JOINED) != 0;
}

static bool is_tail(const company_state *c, size_t i)
{
    return (c->units.evidence[i] & EV_WEAK) != 0 && c->units.kind[i] != KIND_CALENDAR;
}

/* Units of the name that begins at i. */
static size_t run_length(const context *x, size_t i, size_t to)
{
    const company_state *c = x->c;
    size_t n = 1;
    while (i + n < to && n < MAX_RUN && !joins(c, i + n) && !is_company(c, i + n) &&
           (is_tail(c, i + n) || (is_unknown(x, i + n) && c->units.kind[i + n] != KIND_AMB)))
        n++;
    return n;
}

static bool names_person(const company_state *c, size_t i, size_t from)
{
    if (i == from) return false;
    uint8_t kind = c->units.kind[i - 1];
    return kind == KIND_FIRST || kind == KIND_PERSON_CUE || (c->units.label[i - 1] == LABEL_PER && !joins(c, i));
}

/* Aktien von X, Chef der X, Übernahme des X. */
static bool has_office(const context *x, size_t i, size_t from)
{
    const company_state *c = x->c;
    if (i < from + 2) return false;
    uint8_t link = c->units.kind[i - 1];
    return (link == KIND_PREPOSITION || link == KIND_ARTICLE) && about(x, i - 2) & EV_OFFICE &&
           (c->units.evidence[i - 2] & EV_UPPER) != 0;
}

static int points_before(const context *x, size_t i, size_t from)
{
    const company_state *c = x->c;
    if (i == from || joins(c, i)) return 0;
    uint8_t kind = c->units.kind[i - 1];
    if (kind == KIND_CUE) return CUE;
    if (kind == KIND_ORG_CUE) return -CUE;
    uint32_t ev = about(x, i - 1);
    if (ev & EV_UPPER && c->units.kind[i - 1] != KIND_QUOTE)
        return erz_words_array(x->words)[c->units.as_tokens.word[i - 1]].classes & c->lists.m_weak_cue ? WEAK_CUE : 0;
    if (has_office(x, i, from)) return OFFICE;
    if (ev & EV_FIRM_VERB) return FIRM_VERB;
    if (ev & EV_SPEECH) return -1;
    if (kind == KIND_ARTICLE) return -1;
    if (kind == KIND_PREPOSITION) return HINT;
    bool beside = (kind == KIND_AND || kind == KIND_COMMA) && i >= from + 2 && is_company(c, i - 2);
    return beside ? BESIDE : ev & EV_ANY_VERB ? HINT : 0;
}

/* X, ein Hersteller von ... */
static bool has_apposition(const context *x, size_t end, size_t to)
{
    const company_state *c = x->c;
    if (end + 2 >= to || c->units.kind[end] != KIND_COMMA || c->units.kind[end + 1] != KIND_ARTICLE) return false;
    for (size_t i = end + 2; i < to && i < end + 6; i++) {
        if (c->units.kind[i] == KIND_CUE) return true;
        if (c->units.kind[i] == KIND_COMMA || c->units.kind[i] == KIND_PERSON_CUE) return false;
    }
    return false;
}

static int points_after(const context *x, size_t end, size_t to)
{
    const company_state *c = x->c;
    if (end >= to) return 0;
    uint32_t ev = about(x, end);
    if (joins(c, end)) return ev & EV_SUFFIX ? ROLE : 0;
    if (has_apposition(x, end, to)) return CUE;
    uint8_t kind = c->units.kind[end];
    if (ev & EV_SPEECH) return -2;
    if (ev & EV_FIRM_VERB) return FIRM_VERB;
    if (kind == KIND_PREPOSITION && end + 1 < to && c->units.kind[end + 1] == KIND_PLACE) return FROM_PLACE;
    bool beside = (kind == KIND_AND || kind == KIND_COMMA) && end + 1 < to && c->units.label[end + 1] == LABEL_BC;
    return beside ? BESIDE : ev & EV_ANY_VERB ? HINT : 0;
}

static int points_of(const context *x, size_t i, size_t n, size_t from, size_t to)
{
    const company_state *c = x->c;
    if (names_person(c, i, from)) return VETO;
    if (c->units.label[i] == LABEL_BG) return -CUE;
    int points = points_before(x, i, from) + points_after(x, i + n, to);
    for (size_t k = i + 1; k < i + n; k++)
        if (is_tail(c, k)) return points + TAIL;
    return points - (c->units.label[i] == LABEL_PER) - (c->units.label[i] == LABEL_LOC);
}

static company_form *form_of(company_state *c, uint32_t base)
{
    company_tagger *t = &c->tagger;
    size_t k = (size_t)erz_hash_pair(base, 3) & t->form_mask;
    while (t->forms[k].mentions != 0 && t->forms[k].base != base) k = (k + 1) & t->form_mask;
    t->forms[k].base = base;
    return &t->forms[k];
}

static bool open_forms(company_state *c, size_t n)
{
    company_tagger *t = &c->tagger;
    size_t slots = 16;
    while (slots < 2 * n + 1) slots *= 2;
    if (!erz_grow(&t->forms, &t->cap_forms, slots, sizeof *t->forms)) return false;
    memset(t->forms, 0, slots * sizeof *t->forms);
    t->form_mask = slots - 1;
    return true;
}

static uint32_t base_of(const company_state *c, size_t i)
{
    return c->types[c->units.as_tokens.word[i]].base;
}

static bool add_place(company_state *c, size_t i, size_t n, int points)
{
    company_tagger *t = &c->tagger;
    if (!erz_grow(&t->places, &t->cap_places, t->nplaces + 1, sizeof *t->places)) return false;
    t->places[t->nplaces++] = (company_place){(uint32_t)i, (uint16_t)n, (int16_t)points};
    return true;
}

static bool collect(const context *x)
{
    company_state *c = x->c;
    const company_units *u = &c->units;
    c->tagger.nplaces = 0;
    for (size_t s = 0; s < u->nsent; s++)
        for (size_t i = u->sent[s]; i < u->sent[s + 1];) {
            size_t n = 1;
            if (!is_company(c, i) && is_unknown(x, i)) {
                n = run_length(x, i, u->sent[s + 1]);
                if (!add_place(c, i, n, points_of(x, i, n, u->sent[s], u->sent[s + 1]))) return false;
            }
            i += n;
        }
    return true;
}

static void count(company_state *c)
{
    const company_tagger *t = &c->tagger;
    for (size_t k = 0; k < t->nplaces; k++) {
        company_form *f = form_of(c, base_of(c, t->places[k].unit));
        int p = t->places[k].points;
        f->mentions++;
        f->sum += p;
        if (p > f->best) f->best = p;
    }
}

static void label(company_state *c)
{
    const company_tagger *t = &c->tagger;
    for (size_t k = 0; k < t->nplaces; k++) {
        const company_place *p = &t->places[k];
        const company_form *f = form_of(c, base_of(c, p->unit));
        if (f->sum < NEEDED || f->best < BEST) continue;
        c->units.label[p->unit] = LABEL_BC;
        for (size_t i = 1; i < p->n; i++) c->units.label[p->unit + i] = LABEL_IC;
    }
}

bool company_context(company_state *c, erz_words *words)
{
    context x = {c, words};
    if (!collect(&x) || !open_forms(c, c->tagger.nplaces)) return false;
    count(c);
    label(c);
    return true;
}
