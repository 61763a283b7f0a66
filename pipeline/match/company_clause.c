/* What the clause around a name says of its subject: what only firms do (legt Quartalszahlen vor, meldet Insolvenz an), or a
 * firm's verb with what belongs to firms (baut ein Werk, verkauft Anteile). */
#include <string.h>

#include "match/company_context.h"

enum {
    REACH = 14,    /* units of a clause that are looked at on each side */
    PREDICATE = 4, /* points: only firms do so ... */
    BUSINESS = 2,  /* ... firms mostly do */
    DOUBTED = 2,   /* in a text that says little of business */
    PURCHASE = 1   /* the verb's object is a firm */
};

enum { OBJECT_NONE, OBJECT_OFFICE, OBJECT_DEAL, OBJECT_FIRMS };

static bool is_verb(const context *x, size_t i)
{
    return (x->c->units.evidence[i] & EV_UPPER) == 0 && about(x, i) & (EV_FIRM_VERB | EV_ANY_VERB);
}

static bool ends_clause(const context *x, size_t i)
{
    uint8_t kind = x->c->units.kind[i];
    return kind == KIND_COMMA || kind == KIND_COLON || kind == KIND_QUOTE || kind == KIND_STOP || kind == KIND_DASH;
}

/* Frisch, Drei: a listed name that is a plain word. */
static bool is_plain_name(const context *x, size_t i)
{
    const company_state *c = x->c;
    erz_lexicon_entry e;
    const erz_word *w = &erz_words_array(x->words)[c->units.base[i]];
    if (c->units.kind[i] != KIND_AMB) return false;
    return about(x, i) & EV_COMMON || (erz_lexicon_get(c->lexicon, w, c->lists.company, &e) && erz_flag(e.flags, "word", NULL));
}

/* The strongest noun of a firm's affairs in [from, to), up to the end of the clause. */
static int object_of(const context *x, size_t from, size_t to)
{
    int object = OBJECT_NONE;
    if (to > x->to) to = x->to;
    for (size_t i = from; i < to && !ends_clause(x, i); i++) {
        if (tells(x, i) & TELLS_OBJECT) return OBJECT_FIRMS;
        if (x->c->units.evidence[i] & EV_UPPER && about(x, i) & EV_OFFICE && object < OBJECT_DEAL)
            object = company_is_office(x, i, "deal") ? OBJECT_DEAL : OBJECT_OFFICE;
    }
    return object;
}

/* The clause's units before i. */
static size_t clause_begin(const context *x, size_t i)
{
    size_t from = i;
    while (from > x->from && i - from < REACH && !ends_clause(x, from - 1)) from--;
    return from;
}

/* "wird Lobbyist" */
static bool is_copula(const context *x, size_t i)
{
    static const char *const forms[] = {"wird", "wurde", "ist", "war", "bleibt", "blieb", NULL};
    return is_any_word(x, i, forms);
}

/* "Frisch saniert aus der Krise": a participle rather than a verb. */
static bool is_participle(const context *x, size_t i)
{
    size_t len;
    const char *fold = erz_words_fold(x->words, x->c->units.as_tokens.word[i], &len);
    bool letters = len > 4 && memcmp(fold + len - 4, "iert", 4) == 0 && (tells(x, i) & TELLS_OBJECT) == 0;
    return letters && i + 1 < x->to && x->c->units.kind[i + 1] == KIND_PREPOSITION;
}

/* Does the name of [i, end) stand where a subject does, bare, beside its verb? *verb: that. */
static bool is_subject(const context *x, size_t i, size_t end, size_t *verb)
{
    const company_units *u = &x->c->units;
    bool opens = i == x->from || ends_clause(x, i - 1) ||
                 (i == x->from + 1 && is_function_word(x, i - 1) && u->kind[i - 1] != KIND_ARTICLE &&
                  u->kind[i - 1] != KIND_PREPOSITION);
    *verb = end;
    if (end < x->to && i >= x->from + 2 && u->kind[i - 1] == KIND_AND && u->evidence[i - 2] & EV_UPPER)
        return (tells(x, end) & TELLS_PLURAL_VERB) != 0; /* X und Y kürzen */
    if (opens && end < x->to && is_verb(x, end))
        return !(i == x->from && end == i + 1 && (tells(x, i) & TELLS_PLAIN_OPENING || is_participle(x, end)));
    if (i == x->from) return false;
    *verb = i - 1;
    return is_verb(x, i - 1) && (u->flags[i - 1] & UNIT_FIRST) == 0 && !is_copula(x, i - 1);
}

/* kauft Lindner GmbH: not "bei Lindner". */
static bool takes_firm(const context *x, size_t verb)
{
    const company_units *u = &x->c->units;
    size_t i = verb + 1;
    if (i < x->to && u->kind[i] == KIND_ARTICLE) i++;
    return i < x->to && u->label[i] == LABEL_BC && about(x, verb) & EV_FIRM_VERB;
}

int company_clause_points(const context *x, size_t i, size_t n)
{
    size_t verb, end = i + n;
    const company_state *c = x->c;
    if (c->units.label[i] == LABEL_PER && n > 1) return 0;
    if (!is_subject(x, i, end, &verb) || is_plain_name(x, i)) return 0;
    int object = object_of(x, end, end + REACH);
    if (verb < i && object != OBJECT_FIRMS) {
        int before = object_of(x, clause_begin(x, verb), verb);
        if (before > object) object = before;
    }
    bool firms = about(x, verb) & EV_FIRM_VERB || tells(x, verb) & TELLS_PLURAL_VERB;
    if (object == OBJECT_FIRMS) return c->doubt > COMPANY_MUCH_DOUBT ? DOUBTED : PREDICATE;
    if (c->doubt > COMPANY_MUCH_DOUBT) return 0;
    if (!firms) return object == OBJECT_DEAL && x->firms ? BUSINESS : 0;
    return (object != OBJECT_NONE ? BUSINESS : 0) + (takes_firm(x, verb) ? PURCHASE : 0);
}
