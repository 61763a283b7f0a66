/* Names that neither lists nor weights know, told by what stands around them anywhere in the document: a cue noun before
 * (Rivale X), a role behind (X-Chef), an office or paper of theirs (Aktien von X), a firm's verb (X übernimmt), a name's tail
 * (X Ventures), other firms beside them. Each mention gives points for and against; a form with enough of them is a company at
 * each of its mentions. */
#include "match/company_context.h"

#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "match/company_scan.h"

enum {
    NEEDED = 4,  /* points of a form's mentions together ... */
    BEST = 2,    /* ... of which one place gives so many */
    MAX_RUN = 4, /* units of a name */
    MANY = 1000, /* vetoes that are enough */
    SHORT_FORM = 3,
    PARTNER = 4, /* X & Söhne ... */
    DOUBTED_PARTNER = 3,
    BETWEEN = 3, /* beside a name that its surroundings told */
    TAGGED = 1
};

/* "Post erhöht Briefporto": function words of the lists that are nouns, too. */
static bool is_bare_name(const context *x, size_t i)
{
    const company_state *c = x->c;
    erz_lexicon_entry e;
    const erz_word *w = &erz_words_array(x->words)[c->units.as_tokens.word[i]];
    if (!erz_lexicon_get(c->lexicon, w, c->lists.function, &e)) return false;
    return (strcmp(e.value, "prefix") == 0 || strcmp(e.value, "verb") == 0) && company_bare_points(x, i, 1) > 0;
}

static bool is_unknown(const context *x, size_t i)
{
    const company_state *c = x->c;
    if (c->units.kind[i] == KIND_AMB)
        return (about(x, i) & EV_OF_PLACE) == 0 && (!is_function_word(x, i) || is_bare_name(x, i));
    if (!has_name_kind(c, i) || is_known_name(c, i)) return false;
    return (about(x, i) & (EV_COMMON | EV_OF_PLACE)) == 0;
}

/* Units of the name that begins at i. */
static size_t run_length(const context *x, size_t i, size_t to)
{
    const company_state *c = x->c;
    size_t n = 1;
    while (i + n < to && n < MAX_RUN && !joins(c, i + n) && !is_company(c, i + n) &&
           (is_tail(x, i + n) || (is_unknown(x, i + n) && c->units.kind[i + n] != KIND_AMB)))
        n++;
    return n;
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
    return c->units.base[i];
}

static bool add_place(context *x, size_t i, size_t n, int points)
{
    company_tagger *t = &x->c->tagger;
    if (points > x->best) x->best = points;
    if (!erz_grow(&t->places, &t->cap_places, t->nplaces + 1, sizeof *t->places)) return false;
    t->places[t->nplaces++] = (company_place){(uint32_t)i, (uint16_t)n, (int16_t)points};
    return true;
}

/* May the first word of a longer name stand for it? */
static bool makes_short_form(const context *x, size_t i, size_t n)
{
    return n > 1 && !joins(x->c, i + 1) && has_name_kind(x->c, i) && (about(x, i) & (EV_COMMON | EV_OF_PLACE)) == 0;
}

/* Konkurrent, Rivale: not Verlag or Gruppe, which may be part of a name. */
static bool is_relation(const context *x, size_t i)
{
    const company_state *c = x->c;
    erz_lexicon_entry e;
    const erz_word *w = &erz_words_array(x->words)[c->units.as_tokens.word[i]];
    return company_is_weak_cue(x, i) && erz_lexicon_get(c->lexicon, w, c->lists.weak_cue, &e) &&
           strcmp(e.value, "related") == 0;
}

/* "das Modehaus X", "Rivale X": the noun is no part of the name. Banks and the like carry theirs. */
static bool starts_with_cue(const context *x, size_t i)
{
    const company_state *c = x->c;
    if (joins(c, i + 1) || is_known_name(c, i) || c->units.kind[i + 1] == KIND_AMPERSAND) return false;
    if (is_relation(x, i)) return true;
    return c->units.kind[i] == KIND_CUE && (about(x, i) & (EV_TAIL | EV_HEAD)) == 0 && !joins(c, i + 1) &&
           company_is_definite(x, i) && (c->units.kind[i + 1] == KIND_COMPANY || is_unknown(x, i + 1));
}

/* "Sparkasse X und Volksbank Y" are two; "Muhr und Bender" is one. */
static void part_coordinated(const context *x, size_t i, size_t *n)
{
    company_units *u = &x->c->units;
    for (size_t k = i + 1; k < i + *n; k++)
        if (u->gaz[k] == GAZ_LEGAL_BEGIN) return;
    for (size_t k = i + 2; k + 1 < i + *n; k++) {
        if (u->as_tokens.begin[k] > u->as_tokens.end[k - 1] + 1) return; /* "Hotel- und Gastronomie-Zeitung" */
        bool tail = is_tail(x, k + 1) && (about(x, k + 1) & EV_HEAD) == 0;
        if (u->kind[k] != KIND_AND || u->gaz[k] != GAZ_NONE || tail || u->evidence[k + 1] & EV_LEGAL) continue;
        u->label[k] = LABEL_O;
        u->label[k + 1] = LABEL_BC;
        *n = k - i;
        return;
    }
}

/* "die Digitalagentur": a compound of common words behind an article or adjective names nobody, unless a cue noun or legal form
 * backs it. */
static bool is_plain_compound(const context *x, size_t i)
{
    const company_units *u = &x->c->units;
    if (u->gaz[i] != GAZ_NONE || u->legal[i] != 0 || u->kind[i] != KIND_TITLE || i == x->from) return false;
    if (u->flags[i] & (UNIT_JOINED | UNIT_JOINS) || (about(x, i) & EV_COMMON) == 0) return false;
    return u->kind[i - 1] == KIND_ARTICLE || company_is_adjective(x, i - 1);
}

/* "X Medizintechnik": the tagger stopped short. */
static bool follows_as_tail(const context *x, size_t i)
{
    const company_units *u = &x->c->units;
    return u->kind[i] == KIND_TITLE && u->label[i] == LABEL_O && u->gaz[i] == GAZ_NONE && is_tail(x, i) &&
           (u->flags[i] & (UNIT_JOINED | UNIT_JOINS)) == 0;
}

static bool is_person_somewhere(const context *x, uint32_t base)
{
    const company_units *u = &x->c->units;
    for (size_t i = 1; i < u->n; i++)
        if (u->base[i] == base && (u->kind[i - 1] == KIND_FIRST || u->evidence[i - 1] & EV_PERSON_CUE)) return true;
    return false;
}

static void keep_compound(context *x, size_t i)
{
    uint32_t base = base_of(x->c, i);
    for (size_t k = 0; k < x->ncompounds; k++)
        if (x->compounds[k] == base) return;
    if (x->ncompounds == MAX_COMPOUNDS || x->tried == MAX_TRIED) return;
    x->tried++;
    if (!is_person_somewhere(x, base)) x->compounds[x->ncompounds++] = base;
}

/* A compound of common words that is none of them itself: Lumenfeld. */
static bool is_compound(const context *x, size_t i)
{
    return (about(x, i) & EV_COMPOUND) != 0;
}

static bool is_bare(const company_units *u, uint32_t base)
{
    size_t alone = 0;
    for (size_t i = 0; i < u->n; i++) {
        if (u->base[i] != base || u->flags[i] & (UNIT_JOINED | UNIT_JOINS)) continue;
        if (i > 0 && u->kind[i - 1] == KIND_ARTICLE) return false;
        alone++;
    }
    return alone > 0;
}

/* Is the form used alone, and never behind an article? The whole text is looked at for the first MAX_FORMS forms only. */
static bool stands_bare(context *x, uint32_t base)
{
    size_t n = 0;
    while (n < x->nforms && x->forms[n] != base) n++;
    if (n == MAX_FORMS) return false;
    if (n == x->nforms) {
        x->forms[x->nforms++] = base;
        x->bare |= (uint64_t)is_bare(&x->c->units, base) << n;
    }
    return (x->bare >> n & 1) != 0;
}

/* Donaukraft, short for Donaukraft Netz GmbH. */
static bool names_compound(context *x, size_t i, size_t n)
{
    const company_units *u = &x->c->units;
    size_t legal = i + 1;
    while (legal < i + n && u->gaz[legal] != GAZ_LEGAL_BEGIN) legal++;
    return legal < i + n && !joins(x->c, i + 1) && is_compound(x, i) && (about(x, i) & EV_OF_PLACE) == 0 &&
           stands_bare(x, base_of(x->c, i));
}

/* Names of the tagger count too: they carry their form to places it missed. */
static bool collect_name(context *x, size_t i, size_t *n)
{
    while (i + *n < x->to && x->c->units.label[i + *n] == LABEL_IC) ++*n;
    while (i + *n < x->to && follows_as_tail(x, i + *n)) x->c->units.label[i + (*n)++] = LABEL_IC;
    if (i + 1 < x->to && starts_with_cue(x, i)) {
        x->c->units.label[i] = LABEL_O;
        if (*n > 1) x->c->units.label[i + 1] = LABEL_BC;
        *n = 1;
        return true;
    }
    if (*n == 1 && is_plain_compound(x, i)) x->c->units.label[i] = LABEL_O;
    part_coordinated(x, i, n);
    if (*n == 1 && x->c->units.gaz[i] == GAZ_NONE && is_function_word(x, i)) x->c->units.label[i] = LABEL_O;
    if (x->c->units.label[i] == LABEL_O) return true;
    if (*n > 1 && names_compound(x, i, *n)) keep_compound(x, i);
    int points = makes_short_form(x, i, *n) ? SHORT_FORM : TAGGED;
    if (is_known_name(x->c, i)) return points == TAGGED || add_place(x, i, *n, points);
    return add_place(x, i, *n, company_points(x, i, *n) + points);
}

/* A name that is a compound of common words (Frachtwerk), behind a cue noun. */
static bool is_cued_compound(const context *x, size_t i)
{
    const company_state *c = x->c;
    if (i < x->from + 2 || c->units.kind[i] != KIND_TITLE || is_known_name(c, i) || is_company(c, i)) return false;
    if ((c->units.kind[i - 1] != KIND_CUE && !company_is_weak_cue(x, i - 1)) || !company_is_definite(x, i - 1)) return false;
    size_t len;
    uint32_t word = c->units.as_tokens.word[i];
    const char *fold = erz_words_fold(x->words, word, &len);
    uint64_t known = c->lists.m_common | c->lists.m_plain | c->lists.m_suffix | c->lists.m_office;
    return (erz_words_array(x->words)[word].classes & known) == 0 && (about(x, i) & EV_OF_PLACE) == 0 && len > 4 &&
           !company_has_noun_ending(fold, len) && fold[len - 1] != 'e' && memcmp(fold + len - 2, "en", 2) != 0;
}

/* Tails and a legal form behind a name. */
static void extend(const context *x, size_t i)
{
    company_units *u = &x->c->units;
    for (size_t k = i + 1; k < u->n && !joins(x->c, k) && (u->flags[k] & UNIT_FIRST) == 0; k++) {
        bool legal = u->gaz[k] == GAZ_LEGAL_BEGIN || u->gaz[k] == GAZ_LEGAL_INSIDE || u->evidence[k] & EV_LEGAL;
        if ((!legal && !is_tail(x, k)) || u->label[k] == LABEL_BC) return;
        u->label[k] = LABEL_IC;
    }
}

/* Zahlreiche, Internes */
static bool ends_as_adjective(const context *x, size_t i)
{
    size_t len;
    const char *fold = erz_words_fold(x->words, x->c->units.as_tokens.word[i], &len);
    return len > 2 && (fold[len - 1] == 'e' || (fold[len - 2] == 'e' && strchr("nmrs", fold[len - 1]) != NULL));
}

/* Truxmiete-Chef */
static bool has_role(const context *x, size_t i)
{
    const company_state *c = x->c;
    return i + 1 < x->to && joins(c, i + 1) && !joins(c, i) && c->units.evidence[i + 1] & EV_SUFFIX && !is_known_name(c, i) &&
           is_compound(x, i) && (about(x, i) & EV_OF_PLACE) == 0;
}

static bool is_common_tail(const context *x, size_t i)
{
    const company_state *c = x->c;
    return (erz_words_array(x->words)[c->units.as_tokens.word[i]].classes & c->lists.m_common) != 0;
}

/* "Lumenfeld Ventures", "die Bodensee Air": the tail makes it a name. */
static bool takes_tail(const context *x, size_t i)
{
    const company_state *c = x->c;
    if (i + 1 >= x->to || (c->units.evidence[i + 1] & EV_UPPER) == 0 || joins(c, i + 1) || is_company(c, i + 1)) return false;
    if (is_known_name(c, i) || !is_tail(x, i + 1)) return false;
    uint8_t before = i > x->from ? c->units.kind[i - 1] : KIND_NONE;
    if (before == KIND_CUE || (i > x->from && company_is_weak_cue(x, i - 1)))
        return c->units.kind[i] == KIND_PLACE || is_compound(x, i);
    if (c->units.kind[i] == KIND_PLACE)
        return before == KIND_ARTICLE || (before == KIND_LOWER && c->doubt <= COMPANY_MUCH_DOUBT && !is_common_tail(x, i + 1));
    if (!is_compound(x, i) || about(x, i) & EV_OF_PLACE || ends_as_adjective(x, i)) return false;
    return before == KIND_NONE || before == KIND_PREPOSITION || c->units.evidence[i - 1] & EV_PERSON_CUE ||
           company_is_adjective(x, i - 1) || !is_common_tail(x, i + 1);
}

/* "X & Söhne", "X & Muhr": units from the sign on; 0: there is none. */
static size_t partner_length(const context *x, size_t i)
{
    const company_state *c = x->c;
    if (i + 1 >= x->to || c->units.kind[i] != KIND_AMPERSAND || joins(c, i) || joins(c, i + 1)) return 0;
    if (is_company(c, i + 1) || c->units.gaz[i + 1] != GAZ_NONE || (c->units.evidence[i + 1] & EV_UPPER) == 0) return 0;
    if ((tells(x, i - 1) | tells(x, i + 1)) & TELLS_PLAIN_OPENING) return 0;
    return is_word(x, i + 1, "s\xc3\xb6hne") || is_word(x, i + 1, "sohn") || is_unknown(x, i + 1) ? 2 : 0;
}

/* The end of a clause, or its verb's particle alone. */
static bool closes(const context *x, size_t i)
{
    static const char *const particles[] = {
        "ab", "auf", "ein", "aus", "an", "um", "weiter", "zu", "zusammen", "zahlungsunf\xc3\xa4hig", "insolvent", NULL};
    if (i >= x->to) return true;
    uint8_t kind = x->c->units.kind[i];
    if (kind == KIND_COMMA || kind == KIND_STOP || kind == KIND_COLON || kind == KIND_DASH) return true;
    return is_any_word(x, i, particles);
}

/* "25 Prozent an Vaxi Ports", "geht an Gruppo Cavarro": in a slot of a deal the noun or town behind a name belongs to it. */
static bool goes_on(context *x, size_t i, size_t n)
{
    const company_state *c = x->c;
    size_t next = i + n;
    if (next >= x->to || joins(c, next) || c->units.gaz[next] != GAZ_NONE || is_company(c, next) || is_function_word(x, next))
        return false;
    bool noun = c->units.kind[next] == KIND_TITLE || c->units.kind[next] == KIND_PLACE || c->units.kind[next] == KIND_CUE;
    if (!noun || n >= MAX_RUN || c->units.kind[i] == KIND_AMB || (c->units.flags[next] & UNIT_FIRST) != 0) return false;
    return closes(x, next + 1) && company_slot_points(x, i, n) == 0 && company_slot_points(x, i, n + 1) > 0;
}

static bool collect_at(context *x, size_t i, size_t *n)
{
    company_state *c = x->c;
    if (c->units.label[i] == LABEL_BC) return collect_name(x, i, n);
    if (is_company(c, i) || joins(c, i)) return true;
    if (!is_unknown(x, i) && !takes_tail(x, i)) {
        bool slot = is_compound(x, i) && !is_known_name(c, i) && (about(x, i) & EV_OF_PLACE) == 0 && company_slot_is_sure(x, i);
        if (slot || is_cued_compound(x, i) || (has_role(x, i) && stands_bare(x, base_of(c, i)))) keep_compound(x, i);
        return true;
    }
    *n = run_length(x, i, x->to);
    if (goes_on(x, i, *n)) ++*n;
    int points = company_points(x, i, *n);
    size_t partner = partner_length(x, i + *n);
    if (partner > 0 && points > COMPANY_VETO / 2) {
        points += c->doubt > COMPANY_MUCH_DOUBT || is_unknown(x, i + *n + 1) ? DOUBTED_PARTNER : PARTNER;
        *n += partner;
        return add_place(x, i, *n, points);
    }
    if (!add_place(x, i, *n, points)) return false;
    bool person = c->units.label[i] == LABEL_PER && *n > 1 && !company_has_tail(x, i, *n);
    for (size_t k = 1; k < *n && person; k++) /* a first name that no list has: the others are surnames */
        if (!add_place(x, i + k, 1, COMPANY_VETO)) return false;
    return true;
}

/* The next unit from i on, `to` at most, that is a name or may be one by its surroundings. */
static size_t next_open(const company_units *u, size_t i, size_t to)
{
    for (; i < to; i += SCAN_UNITS) {
        unsigned bits = (scan_equal(u->open + i, 0) ^ SCAN_ALL) | scan_equal(u->label + i, LABEL_BC);
        if (bits == 0) continue;
        i += (size_t)__builtin_ctz(bits);
        return i < to ? i : to;
    }
    return to;
}

static bool names_firms(const context *x)
{
    return memchr(x->c->units.label + x->from, LABEL_BC, x->to - x->from) != NULL;
}

/* Does the sentence [from, to) begin with "Der Kranhersteller wächst", "Das insolvente Unternehmen", "Die Berliner" and no
 * name behind? */
static bool refers_back(const context *x, size_t from, size_t to)
{
    const company_units *u = &x->c->units;
    if (from + 2 >= to || u->kind[from] != KIND_TITLE) return false;
    size_t i = from + 1 + (u->kind[from + 1] == KIND_LOWER);
    if ((u->kind[i] != KIND_CUE && u->kind[i] != KIND_TITLE) || !is_function_word(x, from)) return false;
    bool people = x->c->doubt <= COMPANY_MUCH_DOUBT && u->kind[i] == KIND_TITLE && about(x, i) & EV_OF_PLACE &&
                  is_form(x, from, FORM_DIE);
    if (people) return i + 1 < to && (u->evidence[i + 1] & EV_UPPER) == 0;
    if (i + 1 >= to || u->kind[i] != KIND_CUE || joins(x->c, i + 1)) return false;
    return (u->evidence[i + 1] & EV_UPPER) == 0 && u->kind[i + 1] != KIND_QUOTE;
}

/* A firm that the next sentence refers to is likely among the names of this one; the likeliest gets points. */
static void refer(context *x, size_t first, size_t next, size_t end)
{
    enum { REFERRED = 2, ALONE = 1 };
    company_tagger *t = &x->c->tagger;
    company_place *best = NULL;
    size_t open = 0;
    if (x->firms || first == t->nplaces || next >= end || !refers_back(x, next, end)) return;
    for (size_t k = first; k < t->nplaces; k++) {
        if (t->places[k].points < 0) continue;
        open++;
        if (best == NULL || t->places[k].points > best->points) best = &t->places[k];
    }
    if (best == NULL) return;
    bool noun = best->unit > x->from && x->c->units.evidence[best->unit - 1] & EV_UPPER;
    bool alone = open == 1 && x->c->doubt == 0 && !noun && x->c->units.label[best->unit] != LABEL_LOC;
    best->points = (int16_t)(best->points + REFERRED + (alone ? ALONE : 0));
    if (best->points > x->best) x->best = best->points;
}

static bool collect(context *x)
{
    const company_units *u = &x->c->units;
    x->c->tagger.nplaces = 0;
    for (size_t s = 0; s < u->nsent; s++) {
        size_t first = x->c->tagger.nplaces;
        x->from = u->sent[s], x->to = u->sent[s + 1];
        company_houses_label(x);
        x->firms = names_firms(x);
        for (size_t n, i = next_open(u, x->from, x->to); i < x->to; i = next_open(u, i + n, x->to)) {
            n = 1;
            if (u->evidence[i] & EV_UPPER && !collect_at(x, i, &n)) return false;
        }
        if (s + 1 < u->nsent) refer(x, first, u->sent[s + 1], u->sent[s + 2]);
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
        if (f->sum > MANY * COMPANY_VETO) f->sum += p;
        if (p > f->best) f->best = p;
    }
}

/* Enough points? In a text that says little of business, more of them, at each of the form's places. */
static bool is_enough(const company_state *c, const company_form *f)
{
    int mean = 1 + (c->doubt > COMPANY_MUCH_DOUBT), best = BEST + (c->doubt > 0);
    return f->sum >= NEEDED && f->best >= best && f->sum >= mean * (int32_t)f->mentions;
}

static void label(context *x)
{
    company_state *c = x->c;
    const company_tagger *t = &c->tagger;
    for (size_t k = 0; k < t->nplaces; k++) {
        const company_place *p = &t->places[k];
        const company_form *f = form_of(c, base_of(c, p->unit));
        if (!is_enough(c, f) || is_company(c, p->unit) || c->units.gaz[p->unit] == GAZ_NOT_BEGIN) continue;
        c->units.label[p->unit] = LABEL_BC;
        for (size_t i = 1; i < p->n; i++) c->units.label[p->unit + i] = LABEL_IC;
        extend(x, p->unit + p->n - 1);
    }
}

/* Compounds that are names, wherever no article stands before them. */
static void label_compounds(const context *x)
{
    company_units *u = &x->c->units;
    for (size_t i = 0; i < u->n && x->ncompounds > 0; i++) {
        if (u->kind[i] != KIND_TITLE || is_company(x->c, i) || (i > 0 && u->kind[i - 1] == KIND_ARTICLE)) continue;
        for (size_t k = 0; k < x->ncompounds; k++)
            if (x->compounds[k] == u->base[i] && !is_company(x->c, i)) {
                u->label[i] = LABEL_BC;
                extend(x, i);
            }
    }
}

static bool ends_in_hyphen(const context *x, size_t i)
{
    const erz_word *w = &erz_words_array(x->words)[x->c->units.as_tokens.word[i]];
    return w->form[w->form_len - 1] == '-';
}

/* Does the name of place p stand in one enumeration with the name of place q behind it? A comma alone may begin an apposition.
 */
static bool are_listed(const context *x, const company_place *p, const company_place *q)
{
    const company_units *u = &x->c->units;
    size_t link = (size_t)p->unit + p->n, end = (size_t)q->unit + q->n;
    if (q->unit != link + 1 || ends_in_hyphen(x, link - 1)) return false;
    if (u->kind[link] == KIND_AND) return u->kind[end] != KIND_LEGAL && !joins(x->c, end);
    return u->kind[link] == KIND_COMMA && (u->kind[end] == KIND_COMMA || u->kind[end] == KIND_AND) &&
           u->evidence[end + 1] & EV_UPPER;
}

/* "darunter A, B und C": a name that its surroundings told speaks for those beside it. */
static bool tell_neighbours(company_state *c, const company_place *known, const company_place *p)
{
    company_form *f = form_of(c, base_of(c, p->unit));
    if (!is_company(c, known->unit) || is_company(c, p->unit) || p->points < 0 || c->doubt > COMPANY_MUCH_DOUBT ||
        c->units.label[p->unit] == LABEL_LOC || (c->units.kind[p->unit] == KIND_CAPS && p->points <= BETWEEN))
        return false;
    int points = BETWEEN + (c->doubt == 0);
    f->sum += points;
    if (p->points + points > f->best) f->best = p->points + points;
    return true;
}

static void label_enumerations(context *x)
{
    company_state *c = x->c;
    const company_tagger *t = &c->tagger;
    bool told = false;
    for (size_t k = 1; k < t->nplaces; k++)
        if (are_listed(x, &t->places[k - 1], &t->places[k])) told |= tell_neighbours(c, &t->places[k - 1], &t->places[k]);
    for (size_t k = t->nplaces; k-- > 1;)
        if (are_listed(x, &t->places[k - 1], &t->places[k])) told |= tell_neighbours(c, &t->places[k], &t->places[k - 1]);
    if (told) label(x);
}

bool company_context(company_state *c, erz_words *words)
{
    context x = {.c = c, .words = words, .best = COMPANY_VETO};
    company_genitives_label(c, erz_words_array(words));
    company_beside_label(c, erz_words_array(words));
    company_media_label(c, words);
    company_houses_open(&x);
    if (!collect(&x)) return false;
    label_compounds(&x);
    if (x.best < BEST) return true;
    if (!open_forms(c, c->tagger.nplaces)) return false;
    count(c);
    label(&x);
    label_enumerations(&x);
    return true;
}
