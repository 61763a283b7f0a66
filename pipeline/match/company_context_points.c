/* Points that the surroundings of a name give for and against a company. */
#include <string.h>

#include "match/company_context.h"

enum {
    CUE = 4, /* the weight of each kind of place */
    TAIL = 5,
    DOUBTED_TAIL = 3, /* in a text that says little of business */
    ROLE = 4,
    OFFICE = 3,
    WEAK_CUE = 3,
    BESIDE = 2,
    AT = 2, /* bei X */
    FIRM_VERB = 2,
    FROM_PLACE = 3,
    SALE = 3,
    HEADLINE = 3, /* sentences of a text that is one */
    DOUBT = 2,    /* a listed name that is a common word */
    HINT = 1
};

static bool names_person(const context *x, size_t i)
{
    const company_state *c = x->c;
    if (i == x->from || joins(c, i) || is_company(c, i - 1)) return false;
    if (i >= x->from + 2 && c->units.kind[i - 1] == KIND_COMMA && c->units.evidence[i - 2] & EV_PERSON_CUE) return true;
    bool of_role = c->units.kind[i - 1] == KIND_PREPOSITION && i >= x->from + 2 && c->units.evidence[i - 2] & EV_PERSON_CUE;
    bool of_noun =
        c->units.kind[i - 1] == KIND_PREPOSITION && i >= x->from + 2 && about(x, i - 2) & EV_COMMON; /* Roboter von X */
    return c->units.kind[i - 1] == KIND_FIRST || c->units.evidence[i - 1] & EV_PERSON_CUE ||
           (c->units.label[i - 1] == LABEL_PER && !of_role && !of_noun) || (tells(x, i - 1) & TELLS_GIVEN) != 0;
}

bool company_is_weak_cue(const context *x, size_t i)
{
    const company_units *u = &x->c->units;
    return u->look[i] & LOOK_CUE && x->c->facts[u->as_tokens.word[i]].evidence & EV_WEAK_CUE;
}

bool company_is_office(const context *x, size_t i, const char *kind)
{
    const company_state *c = x->c;
    erz_lexicon_entry e;
    const erz_word *w = &erz_words_array(x->words)[c->units.as_tokens.word[i]];
    return erz_lexicon_get(c->lexicon, w, c->lists.office, &e) && strcmp(e.value, kind) == 0;
}

/* Papers and offices that only firms have: Aktien, Aufsichtsrat. */
static bool is_firms_office(const context *x, size_t i)
{
    return company_is_office(x, i, "finance") || company_is_office(x, i, "person");
}

/* Aktien von X, Chef der X, Übernahme des X; Kunde: X. */
static int points_of_office(const context *x, size_t i)
{
    const company_state *c = x->c;
    if (i < x->from + 2) return 0;
    uint8_t link = c->units.kind[i - 1];
    if ((about(x, i - 2) & EV_OFFICE) == 0 || (c->units.evidence[i - 2] & EV_UPPER) == 0) return 0;
    if (company_is_office(x, i - 2, "role")) /* Sprecher, Manager: of firms and of others */
        return !is_form(x, i - 1, FORM_VON) ? 0 : c->doubt == 0 ? CUE : OFFICE;
    if (link == KIND_PREPOSITION) return is_form(x, i - 1, FORM_VON) && is_firms_office(x, i - 2) ? CUE : OFFICE;
    return link == KIND_ARTICLE || link == KIND_COLON ? OFFICE : 0;
}

/* am, im, zum: as an article before a place or a thing. */
static bool holds_article(const context *x, size_t i)
{
    return x->c->units.kind[i] == KIND_PREPOSITION && tells(x, i) & TELLS_ARTICLE;
}

/* die insolvente X, den neuen X */
bool company_is_adjective(const context *x, size_t i)
{
    if (i == x->from || x->c->units.kind[i] != KIND_LOWER || x->c->units.kind[i - 1] != KIND_ARTICLE) return false;
    return (tells(x, i) & TELLS_ADJECTIVE) != 0;
}

/* die insolvente X, der börsennotierten X */
static bool is_firms_adjective(const context *x, size_t i)
{
    return company_is_adjective(x, i) && tells(x, i) & TELLS_FIRMS;
}

/* "die spanische X" in a text about business: X is mostly a firm there; other bodies are listed or have nouns for names. */
static bool is_nations(const context *x, size_t i)
{
    const company_state *c = x->c;
    bool nation = (tells(x, i) & TELLS_NATION && c->units.kind[i] == KIND_LOWER) || is_form(x, i, FORM_SWISS);
    return nation && c->doubt == 0 && i > x->from &&
           (is_form(x, i - 1, FORM_DIE) || is_form(x, i - 1, FORM_DER) || is_form(x, i - 1, FORM_ZUR));
}

/* der Rivale, vom finnischen Anbieter: a singular mostly. */
bool company_is_definite(const context *x, size_t i)
{
    if (i == x->from) return false;
    if (x->c->units.flags[i - 1] & UNIT_FIRST && is_function_word(x, i - 1)) return true; /* Der */
    if (x->c->units.kind[i - 1] == KIND_ARTICLE || holds_article(x, i - 1) || company_is_adjective(x, i - 1)) return true;
    return i >= x->from + 2 && about(x, i - 1) & EV_OF_PLACE &&
           x->c->units.kind[i - 2] == KIND_ARTICLE; /* dem Wiener Rivalen */
}

/* A noun right before. */
static int points_of_noun(const context *x, size_t i)
{
    bool opens = x->c->units.flags[i] & UNIT_FIRST;                            /* "Rivale X kontert" */
    bool band = x->c->doubt > COMPANY_MUCH_DOUBT && is_form(x, i, FORM_GROUP); /* of singers or of fighters */
    if (company_is_weak_cue(x, i) && !band) return opens || company_is_definite(x, i) ? CUE : WEAK_CUE;
    return about(x, i) & EV_OFFICE ? HINT : 0;
}

/* Is there a word of a sale in the sentence? */
static bool tells_of_sale(context *x)
{
    const company_units *u = &x->c->units;
    if (x->asked == x->to) return x->sale;
    x->asked = x->to;
    x->sale = false;
    for (size_t i = x->from; i < x->to && !x->sale; i++)
        x->sale = (u->evidence[i] & EV_UPPER || u->kind[i] <= KIND_LOWER || u->kind[i] == KIND_VERB) && about(x, i) & EV_SALE;
    return x->sale;
}

/* "gehört nun mehrheitlich X" in a text about business. */
static bool is_owner(const context *x, size_t i)
{
    enum { REACH = 3 };
    const company_state *c = x->c;
    for (size_t k = 1; k <= REACH && i >= x->from + k && c->doubt == 0; k++) {
        uint8_t kind = c->units.kind[i - k];
        if (is_form(x, i - k, FORM_OWNS)) return true;
        if (kind != KIND_LOWER && kind != KIND_VERB) return false;
    }
    return false;
}

/* "A, B und X": behind two firms stands a third. */
static bool ends_enumeration(const context *x, size_t i)
{
    const company_state *c = x->c;
    size_t last = i - 2;
    while (last > x->from && c->units.label[last] == LABEL_IC) last--;
    return last >= x->from + 2 && c->units.kind[last - 1] == KIND_COMMA && is_company(c, last - 2);
}

/* "Kunde: X", where the colon ends a sentence. */
static int points_of_field(const context *x, size_t i)
{
    const company_units *u = &x->c->units;
    return i >= 2 && u->kind[i - 1] == KIND_COLON && u->evidence[i - 2] & EV_UPPER && about(x, i - 2) & EV_OFFICE ? OFFICE : 0;
}

/* "Übernahme der Y durch X" */
static bool is_acting(const context *x, size_t i)
{
    enum { REACH = 7 };
    if (!is_form(x, i - 1, FORM_BY)) return false;
    for (size_t k = 2; k <= REACH && i >= x->from + k && x->c->units.kind[i - k] != KIND_COMMA; k++)
        if (x->c->units.evidence[i - k] & EV_UPPER && about(x, i - k) & EV_OFFICE && !is_firms_office(x, i - k)) return true;
    return false;
}

/* "Konkurrenten wie X", "Investoren, darunter X" */
static bool is_instance(const context *x, size_t i)
{
    const company_state *c = x->c;
    bool among = is_form(x, i - 1, FORM_AMONG);
    if (!among && !is_form(x, i - 1, FORM_LIKE)) return false;
    size_t noun = i - 2;
    if (i < x->from + 2 || (among && c->units.kind[noun] == KIND_COMMA && noun-- == x->from)) return false;
    return c->units.kind[noun] == KIND_CUE || company_is_weak_cue(x, noun) || tells(x, noun) & TELLS_FIRMS_NOUN;
}

static int points_before(context *x, size_t i)
{
    const company_state *c = x->c;
    if (joins(c, i)) return 0;
    if (i == x->from) return points_of_field(x, i);
    uint8_t kind = c->units.kind[i - 1];
    if (kind == KIND_CUE) return CUE;
    if (is_instance(x, i)) return CUE;
    if (is_acting(x, i)) return OFFICE;
    if (kind == KIND_ORG_CUE) return -CUE;
    uint32_t ev = about(x, i - 1);
    if (is_nations(x, i - 1)) return x->firms && !(i + 1 < x->to && c->units.evidence[i + 1] & EV_UPPER) ? WEAK_CUE : HINT;
    if (ev & EV_UPPER && kind != KIND_QUOTE) return points_of_noun(x, i - 1);
    int office = points_of_office(x, i);
    if (office > 0) return office;
    if (ev & EV_FIRM_VERB) return FIRM_VERB;
    if (ev & EV_SPEECH) return -1;
    if (is_firms_adjective(x, i - 1)) return CUE;
    if (kind == KIND_ARTICLE || company_is_adjective(x, i - 1)) return -1;
    if (holds_article(x, i - 1)) return 0;
    if (kind == KIND_PREPOSITION && is_form(x, i - 1, FORM_AN) && tells_of_sale(x)) return SALE;
    if (kind == KIND_PREPOSITION && (is_form(x, i - 1, FORM_IN) || is_form(x, i - 1, FORM_AUS) || is_form(x, i - 1, FORM_NACH)))
        return -1;
    if (kind == KIND_PREPOSITION)
        return is_form(x, i - 1, FORM_BEI) && c->doubt == 0 && c->units.label[i] != LABEL_LOC      ? AT
               : is_form(x, i - 1, FORM_VON) && i >= x->from + 2 && tells(x, i - 2) & TELLS_LED_BY ? OFFICE
                                                                                                   : HINT;
    bool beside = (kind == KIND_AND || kind == KIND_COMMA) && i >= x->from + 2 && is_company(c, i - 2);
    if (beside) return ends_enumeration(x, i) ? BESIDE + HINT : BESIDE;
    if (is_owner(x, i)) return OFFICE;
    return ev & EV_ANY_VERB ? HINT : 0;
}

/* X, ein Hersteller von ... */
static bool has_apposition(const context *x, size_t end)
{
    const company_state *c = x->c;
    if (end + 2 >= x->to || c->units.kind[end] != KIND_COMMA || c->units.kind[end + 1] != KIND_ARTICLE) return false;
    for (size_t i = end + 2; i < x->to && i < end + 6; i++) {
        if (c->units.kind[i] == KIND_CUE || company_is_weak_cue(x, i)) return true;
        if (c->units.kind[i] == KIND_COMMA || c->units.kind[i] == KIND_PERSON_CUE) return false;
    }
    return false;
}

/* Erwartet, Geplant, Zuletzt: a capital at the beginning of a sentence says nothing. Names end otherwise, too: Movaro, Vantrix.
 */
static bool may_be_participle(const context *x, size_t i)
{
    return (tells(x, i) & TELLS_OPEN_END) == 0;
}

/* "X an Y verkauft" */
static bool is_sold(context *x, size_t end)
{
    return end + 1 < x->to && x->c->units.label[end + 1] == LABEL_BC && is_form(x, end, FORM_AN) && tells_of_sale(x);
}

/* "X, A und B": before two firms stands a third. */
static bool begins_enumeration(const context *x, size_t end)
{
    const company_state *c = x->c;
    size_t next = end + 2;
    while (next < x->to && c->units.label[next] == LABEL_IC) next++;
    return next + 1 < x->to && (c->units.kind[next] == KIND_AND || c->units.kind[next] == KIND_COMMA) &&
           c->units.label[next + 1] == LABEL_BC;
}

static int points_after(context *x, size_t end)
{
    const company_state *c = x->c;
    if (end >= x->to) return 0;
    uint32_t ev = about(x, end);
    bool opens = c->units.flags[end - 1] & UNIT_FIRST && c->units.nsent > HEADLINE && may_be_participle(x, end - 1);
    if (joins(c, end) && c->doubt == 0 && is_form(x, end, FORM_GROUP)) return ROLE + HINT; /* against the article */
    if (joins(c, end)) return ev & EV_SUFFIX ? ROLE : ev & EV_OFFICE ? FIRM_VERB : 0;
    if (has_apposition(x, end)) return CUE;
    uint8_t kind = c->units.kind[end];
    if (ev & EV_SPEECH) return -2;
    if (is_sold(x, end)) return SALE;
    if (ev & EV_FIRM_VERB) return opens ? 0 : FIRM_VERB;
    if (end + 1 < x->to && c->units.kind[end + 1] == KIND_PLACE && is_form(x, end, FORM_AUS)) return FROM_PLACE;
    if (c->doubt == 0 && end + 1 < x->to && c->units.kind[end + 1] == KIND_PLACE && is_form(x, end, FORM_IN)) return HINT;
    bool beside = (kind == KIND_AND || kind == KIND_COMMA) && end + 1 < x->to && c->units.label[end + 1] == LABEL_BC;
    if (beside && begins_enumeration(x, end)) return BESIDE + HINT;
    return beside ? BESIDE : ev & EV_ANY_VERB && !opens ? HINT : 0;
}

/* der Konzern */
static bool speaks_of_firms(const context *x)
{
    return x->c->doubt == 0 && memchr(x->c->units.kind + x->from, KIND_CUE, x->to - x->from) != NULL;
}

bool company_has_tail(const context *x, size_t i, size_t n)
{
    for (size_t k = i + 1; k < i + n; k++)
        if (is_tail(x, k)) return true;
    return false;
}

static bool is_quoted(const context *x, size_t i, size_t n)
{
    const uint8_t *kind = x->c->units.kind;
    return i > x->from + 1 && i + n < x->to && kind[i - 1] == KIND_QUOTE && kind[i + n] == KIND_QUOTE;
}

/* die Modekette "X", der "X"-Chef: works have other nouns beside them. */
static void look_past_quotes(context *x, size_t i, size_t n, int *before, int *after)
{
    const company_state *c = x->c;
    bool cue = c->units.kind[i - 2] == KIND_CUE || (c->doubt == 0 && company_is_weak_cue(x, i - 2));
    if (cue) *before = points_before(x, i - 1);
    if (i + n + 1 < x->to && joins(c, i + n + 1)) *after = points_after(x, i + n + 1);
}

int company_points(context *x, size_t i, size_t n)
{
    const company_state *c = x->c;
    bool tail = company_has_tail(x, i, n);
    if (names_person(x, i) && (!tail || c->units.kind[i - 1] == KIND_FIRST)) return COMPANY_VETO;
    if (i + n < x->to && c->units.label[i + n] == LABEL_PER && !joins(c, i + n)) return COMPANY_VETO;
    if (c->units.label[i] == LABEL_BG) return -CUE;
    if (i > x->from && is_company(c, i - 1) && !joins(c, i)) return -CUE; /* a product of theirs */
    int before = points_before(x, i), after = points_after(x, i + n);
    if (!is_company(c, i) && is_quoted(x, i, n)) look_past_quotes(x, i, n, &before, &after);
    int points = before + after + (!tail ? 0 : c->doubt > COMPANY_MUCH_DOUBT ? DOUBTED_TAIL : TAIL) + (x->firms ? HINT : 0);
    if (!x->firms && before + after >= OFFICE && speaks_of_firms(x)) points += HINT;
    if (!is_company(c, i)) points += company_clause_points(x, i, n) + company_slot_points(x, i, n);
    if (!is_company(c, i)) points += company_bare_points(x, i, n);
    if (c->units.kind[i] == KIND_AMB && (before == BESIDE || after == BESIDE)) points += HINT;
    if (c->units.kind[i] == KIND_AMB && about(x, i) & EV_COMMON) points -= DOUBT;
    if (before >= (c->units.kind[i] == KIND_AMB ? SALE : CUE)) return points;
    return points - (c->units.label[i] == LABEL_PER) - (c->units.label[i] == LABEL_LOC);
}
