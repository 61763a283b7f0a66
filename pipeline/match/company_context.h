/* Shared by company_context.c and company_context_words.c. */
#ifndef ERZ_MATCH_COMPANY_CONTEXT_H
#define ERZ_MATCH_COMPANY_CONTEXT_H

#include <string.h>

#include "match/company.h"
#include "match/company_spans.h"

/* What a word is for this pass, in the bits that company.h leaves free; worked out when first asked, but for HEAD, PAPER and
 * WEAK_CUE, which are there from the first. */
enum {
    EV_ASKED = 1 << 18,
    EV_COMMON = 1 << 19,
    EV_FIRM_VERB = 1 << 20,
    EV_ANY_VERB = 1 << 21,
    EV_SPEECH = 1 << 22,
    EV_OFFICE = 1 << 23,
    EV_SALE = 1 << 24,
    EV_TAIL = 1 << 25,
    EV_HEAD = 1 << 26,
    EV_PAPER = 1 << 27,
    EV_OF_PLACE = 1 << 28,
    EV_WEAK_CUE = 1 << 29,
    EV_COMPOUND = 1 << 30 /* a compound of common words that is none of them itself: Lumenfeld */
};

/* Words that rules of this pass name. */
enum {
    FORM_NONE,
    FORM_AN,
    FORM_AUS,
    FORM_BEI,
    FORM_DER,
    FORM_DIE,
    FORM_IN,
    FORM_NACH,
    FORM_OWNS, /* gehört, gehörte */
    FORM_GROUP,
    FORM_SWISS,
    FORM_VON,
    FORM_ZUR,
    FORM_LIKE,  /* wie */
    FORM_AMONG, /* darunter */
    FORM_BY,    /* durch */
    FORM_MASK = 15
};

/* What else its letters and lists tell of a word that was asked about, behind its FORM_*. */
enum {
    TELLS_NATION = 1 << 4,
    TELLS_GIVEN = 1 << 5,     /* a given name */
    TELLS_ADJECTIVE = 1 << 6, /* ends as one: neue, neuen */
    TELLS_FIRMS = 1 << 7,     /* insolvent, börsennotiert */
    TELLS_ARTICLE = 1 << 8,   /* ends as a preposition with its article: am, im, zur */
    TELLS_OPEN_END = 1 << 9,  /* ends as participles do not: Movaro, Vantrix */
    TELLS_PUBLIC = 1 << 10,   /* see company_is_public() */
    TELLS_PUBLIC_ASKED = 1 << 11,
    TELLS_OBJECT = 1 << 12,        /* of firms' affairs: Quartalszahlen, Insolvenzantrag */
    TELLS_PLAIN_OPENING = 1 << 13, /* ends as words do that open a sentence before its verb: Erwartet, Künftig, Kaufen */
    TELLS_LED_BY = 1 << 14,        /* before "von" and a firm: angeführt, übernommen */
    TELLS_FIRMS_NOUN = 1 << 15,    /* nouns of firms in the plural: Investoren, Kunden */
    TELLS_PLURAL_VERB = 1 << 16,   /* übernehmen */
    TELLS_BUSINESS = 1 << 17,      /* of what firms have to do with, others too: Filialen, Abnehmer */
    TELLS_AMOUNT = 1 << 18         /* Euro, Millionen, Prozent */
};

/* Compounds kept and looked at in a document: keeps huge texts linear. */
enum { MAX_COMPOUNDS = 16, MAX_TRIED = 64, MAX_FORMS = 64 };

typedef struct context {
    company_state *c;
    erz_words *words;
    size_t from, to; /* the sentence at hand */
    size_t house;    /* the next unit that may begin or end the name of one, see company_houses.c */
    size_t ncompounds;
    uint32_t compounds[MAX_COMPOUNDS]; /* bases of names that are compounds of common words */
    size_t tried;                      /* compounds looked at */
    size_t nforms;                     /* forms whose places in the whole text were looked at */
    uint32_t forms[MAX_FORMS];         /* their bases */
    uint64_t bare;                     /* bit n: forms[n] stands bare, see stands_bare() */
    size_t asked;                      /* end of the sentence that `sale` is about */
    bool sale;                         /* it tells of one */
    bool firms;                        /* it names some */
    int best;                          /* points of a place so far */
} context;

/* Works out and keeps what a word is for this pass; its evidence. */
uint32_t company_ask(const context *x, uint32_t word);
bool company_has_noun_ending(const char *fold, size_t len); /* -ung, -heit, -ische ... */

static inline uint32_t about(const context *x, size_t unit)
{
    uint32_t word = x->c->units.as_tokens.word[unit], ev = x->c->facts[word].evidence;
    return ev & EV_ASKED ? ev : company_ask(x, word);
}

static inline uint32_t tells(const context *x, size_t unit)
{
    about(x, unit);
    return x->c->facts[x->c->units.as_tokens.word[unit]].tells;
}

static inline bool is_form(const context *x, size_t unit, uint32_t form)
{
    return (tells(x, unit) & FORM_MASK) == form;
}

static inline bool has_name_kind(const company_state *c, size_t i)
{
    uint8_t kind = c->units.kind[i];
    return kind == KIND_TITLE || kind == KIND_CAPS || kind == KIND_MIXED;
}

static inline bool is_known_name(const company_state *c, size_t i)
{
    return c->units.gaz[i] != GAZ_NONE && c->units.gaz[i] != GAZ_ONE_AMB;
}

static inline bool is_company(const company_state *c, size_t i)
{
    return c->units.label[i] == LABEL_BC || c->units.label[i] == LABEL_IC;
}

static inline bool is_function_word(const context *x, size_t i)
{
    return (x->c->facts[x->c->units.as_tokens.word[i]].evidence & EV_FUNCTION) != 0;
}

static inline bool joins(const company_state *c, size_t i)
{
    return (c->units.flags[i] & UNIT_JOINED) != 0;
}

static inline bool is_tail(const context *x, size_t i)
{
    return (about(x, i) & EV_TAIL) != 0;
}

static inline bool is_word(const context *x, size_t i, const char *word)
{
    size_t len;
    const char *fold = erz_words_fold(x->words, x->c->units.as_tokens.word[i], &len);
    return strcmp(fold, word) == 0;
}

static inline bool is_any_word(const context *x, size_t i, const char *const *list)
{
    return company_is_one_of(x->c, x->words, (uint32_t)i, list);
}

/* Milliardär, Award: of persons and bodies by the lists. */
static inline bool company_is_noun(const context *x, size_t i)
{
    const company_lists *l = &x->c->lists;
    return (erz_words_array(x->words)[x->c->units.as_tokens.word[i]].classes & (l->m_noun | l->m_body | l->m_person_cue)) != 0;
}

enum { COMPANY_VETO = -1000 }; /* points of a person's name */

/* company_context_points.c: points of the name of n units at i. */
int company_points(context *x, size_t i, size_t n);
bool company_has_tail(const context *x, size_t i, size_t n);          /* Ventures */
bool company_is_office(const context *x, size_t i, const char *kind); /* deal: Auftrag; role: Sprecher */
bool company_is_weak_cue(const context *x, size_t i);                 /* Rivale */
bool company_is_definite(const context *x, size_t i);  /* der Rivale, vom finnischen Anbieter: a singular mostly */
bool company_is_adjective(const context *x, size_t i); /* die insolvente X */

/* company_clause.c: points of the clause in which the name of n units at i is the subject. */
int company_clause_points(const context *x, size_t i, size_t n);
/* company_bare.c: points of the headline that the name of n units at i opens bare: unknown, or listed and another word too. */
int company_bare_points(const context *x, size_t i, size_t n);
/* company_slots.c: points of the slot of a deal in which the unknown name of n units at i stands. */
int company_slot_points(context *x, size_t i, size_t n);
/* Such a slot that makes a name of a compound of common words, too: 12 Millionen Euro für Klarflug. */
bool company_slot_is_sure(context *x, size_t i);

/* company_houses.c: before the first sentence; labels in the sentence at hand. */
void company_houses_open(context *x);
void company_houses_label(context *x);

#endif
