/* Shared by the company matcher's files and by the trainer: units, word types, evidence.
 *
 * The tagger labels units: tokens, but the parts of hyphen and slash compounds apart (Lufthansa|Chef), unless the lists hold
 * the compound as a name (Coca-Cola), and handles and hashtags without their sign. */
#ifndef ERZ_MATCH_COMPANY_H
#define ERZ_MATCH_COMPANY_H

#include <stdbool.h>
#include <stdint.h>

#include "erz/mention.h"
#include "match/crf.h"

/* What the lists say about a word type. */
enum {
    EV_COMPANY = 1 << 0, /* the whole of a name that is hardly anything else */
    EV_AMB = 1 << 1,     /* the whole of a name that is also a common word, a surname or a place */
    EV_STARTS = 1 << 2,  /* an entry of several tokens may begin here */
    EV_LEGAL = 1 << 3,
    EV_WEAK = 1 << 4,
    EV_CUE = 1 << 5,    /* Hersteller, Konzern, Bank: often stands before a name */
    EV_SUFFIX = 1 << 6, /* Chef, Aktie, Tochter: after a hyphen */
    EV_FIRST = 1 << 7,
    EV_PLACE = 1 << 8,
    EV_NOT = 1 << 9,
    EV_PERSON_CUE = 1 << 10,
    EV_ORG_CUE = 1 << 11,
    EV_UPPER = 1 << 12,       /* may be part of a name by its shape: an upper-case letter or a digit inside */
    EV_GENITIVE = 1 << 13,    /* the name of EV_COMPANY or EV_AMB is the form without its ending */
    EV_ASSOCIATION = 1 << 14, /* a legal form of clubs and authorities */
    EV_FEATURES = 0xffff,     /* those above and below, which the tagger sees */
    EV_CALENDAR = 1 << 15,    /* month or weekday */
    EV_CONTINUES = 1 << 16,   /* no features from here on: an entry of several tokens may go on here */
    EV_FUNCTION = 1 << 17,    /* company_context.c has the bits above */
    EV_LISTED = EV_COMPANY | EV_AMB | EV_LEGAL | EV_NOT | EV_ASSOCIATION /* the lists mark it */
};

/* Coarse kinds of words, for the tables of adjacent pairs. */
enum {
    KIND_NONE, /* not worked out yet; also: outside the sentence */
    KIND_LOWER,
    KIND_TITLE,
    KIND_CAPS,
    KIND_MIXED,
    KIND_NUMBER,
    KIND_COMMA,
    KIND_STOP,
    KIND_QUOTE,
    KIND_OPEN,
    KIND_CLOSE,
    KIND_DASH,
    KIND_SYMBOL,
    KIND_AMPERSAND,
    KIND_FIRST,
    KIND_PLACE,
    KIND_COMPANY,
    KIND_AMB,
    KIND_LEGAL,
    KIND_CUE,
    KIND_ORG_CUE,
    KIND_PERSON_CUE,
    KIND_ARTICLE,
    KIND_PREPOSITION,
    KIND_AND,
    KIND_TAG, /* handle, hashtag, address */
    KIND_SUFFIX,
    KIND_WEAK,
    KIND_NOT,
    KIND_CALENDAR,
    KIND_VERB, /* lower-case word that ends like a finite verb */
    KIND_COLON,
    KINDS /* at most CRF_KINDS */
};

/* Labels but O, which scores 0 everywhere. */
enum { COMPANY_SCORES = CRF_REAL_LABELS - 1 };

/* What every token needs of its word type, two to a cache line; index = index in the word table. Scores are read as eight lanes
 * from the bytes before them on. */
typedef struct company_type {
    uint8_t kind;
    uint8_t look;      /* LOOK_* */
    uint16_t evidence; /* EV_FEATURES */
    union {
        int16_t own[COMPANY_SCORES];
        uint32_t parts; /* of a word that is not LOOK_PLAIN: how many, and TYPE_PART times the first one's index */
    };
    int8_t before[COMPANY_SCORES], after[COMPANY_SCORES]; /* for the unit before, for the one after */
    uint32_t base; /* word of the form without genitive or capitals, or the word itself */
} company_type;

enum { TYPE_PART = 8 };

/* What few tokens need. */
typedef struct company_facts {
    uint32_t evidence; /* all of it */
    uint32_t tells;    /* company_context.h */
} company_facts;

typedef struct company_part {
    uint32_t word;
    uint16_t off, len; /* within the token */
} company_part;

enum { COMPANY_OVER = 16 }; /* bytes are read up to 16 at a time: as many zeros stand behind the last */

/* Units of a text, n each. Sentence s: [sent[s], sent[s + 1]). */
typedef struct company_units {
    size_t n, cap, nsent, cap_sent;
    erz_tokens as_tokens; /* begin, end, word: what erz_lexicon_match() reads */
    uint32_t *token;
    uint32_t *base; /* base word; evidence and kind of the word: so that passes need not touch the types */
    uint16_t *evidence;
    uint8_t *kind;
    uint8_t *flags; /* UNIT_* */
    uint8_t *gaz;   /* GAZ_* */
    uint8_t *legal; /* distance to the legal form that follows, see company_mark_legal() */
    uint8_t *label; /* CRF label */
    uint8_t *near;  /* not 0: a candidate, see company_is_candidate() */
    uint8_t *look;  /* LOOK_* */
    uint8_t *open;  /* not 0: perhaps a name by its surroundings */
    uint32_t *sent;
    uint32_t *listed; /* units that the lists may mark or that name a kind of firm, in order */
    size_t nlisted;
    size_t ncues, nroles; /* units with EV_CUE, with EV_SUFFIX */
} company_units;

/* Joined to the unit before, to the one after, first of its sentence; JOINED and FIRST together: a name of its own. */
enum { UNIT_JOINED = 1, UNIT_JOINS = 2, UNIT_FIRST = 4 };

static inline bool company_starts_sentence(const company_units *u, size_t i)
{
    return (u->flags[i] & (UNIT_FIRST | UNIT_JOINED)) == UNIT_FIRST;
}

enum {
    GAZ_NONE, /* 0, like no flags and no legal form: most units have no marks */
    GAZ_ONE,  /* one-unit name */
    GAZ_ONE_AMB,
    GAZ_BEGIN, /* name of several units */
    GAZ_INSIDE,
    GAZ_BEGIN_AMB,
    GAZ_INSIDE_AMB,
    GAZ_NOT_BEGIN, /* not_company: bodies, indices, products */
    GAZ_NOT_INSIDE,
    GAZ_LEGAL_BEGIN,
    GAZ_LEGAL_INSIDE,
    GAZ_ACRONYM,     /* CEO, KI: no company, but may be part of a name */
    GAZ_ASSOCIATION, /* e.V. */
    GAZ_CODES = 16
};

enum { COMPANY_MUCH_DOUBT = 32 }; /* see company_doubt_of() */
enum { LEGAL_REACH = 5, COMPANY_GATE = -CRF_SCALE / 2 };

typedef struct company_lists {
    uint8_t company, legal, not_company, office, weak_cue, place, function, firm_verb, unit;
    uint64_t m_company, m_legal, m_weak, m_cue, m_cue_tail, m_suffix, m_first, m_place, m_not, m_person_cue, m_org_cue, m_month,
        m_weekday, m_common, m_plain, m_firm_verb, m_any_verb, m_speech_verb, m_sale, m_noun, m_function, m_tail, m_head,
        m_paper, m_office, m_weak_cue, m_given, m_body, m_body_tail, m_nation, m_media, m_report, m_tell, m_staff, m_thing,
        m_object, m_led_by, m_firms_noun, m_unit, m_business, m_amount;
} company_lists;

/* What the mentions of a form say about each other. */
typedef struct company_vote {
    int32_t sum; /* of margins */
    uint16_t n, companies, persons;
    uint16_t pad;
} company_vote;

/* A candidate whose form may have others: its margin, and the number of its form's vote. */
typedef struct company_ballot {
    uint32_t unit, slot;
    int32_t margin;
} company_ballot;

/* A run of units that may hold names: candidates with a unit to the left and right of each. */
typedef struct company_window {
    uint32_t from, to;
    bool named; /* a label is not O */
} company_window;

/* A certain name: n units from `unit` on; n 0: no entry. */
typedef struct company_known {
    uint32_t unit, n;
} company_known;

/* A name that no list knows: n units from `unit` on, the points its surroundings give. */
typedef struct company_place {
    uint32_t unit;
    uint16_t n;
    int16_t points;
} company_place;

/* The places of a form together; mentions 0: no entry. */
typedef struct company_form {
    uint32_t base, mentions;
    int32_t sum, best;
} company_form;

/* Scratch of the tagger, a document's worth. */
typedef struct company_tagger {
    int16_t (*emission)[CRF_LABELS];
    int16_t (*alpha)[CRF_LABELS];
    uint32_t *candidates; /* units that may be part of a name, in order */
    company_ballot *ballots;
    company_window *windows;
    company_vote *votes;   /* [0] is unused */
    uint32_t *voters;      /* base words of the votes */
    uint32_t *slots;       /* hash table of the votes' numbers; 0: no entry */
    uint8_t *met;          /* by a hash of the base word: met by no candidate, by one, by more */
    company_known *spread; /* hash table of certain names */
    company_place *places;
    company_form *forms; /* hash table */
    size_t nplaces, cap_places, cap_forms, form_mask;
    size_t cap_spread, spread_mask, nknown;
    uint8_t *other;     /* labels of a window without a name */
    int16_t (*kept)[2]; /* emissions of that name */
    size_t cap_other, cap_kept;
    size_t cap_emission, cap_alpha, cap_candidates, cap_ballots, cap_windows, cap_votes, cap_voters, cap_slots, cap_met;
    size_t ncandidates, nwindows, nballots, nvotes;
    size_t room; /* units that candidates, ballots, windows, votes, voters, alpha have room for */
} company_tagger;

/* Marks of two words, where they tell all: no longer entry begins with them, or the third word goes on with none. A cache; an
 * entry holds both words, 20 bits each, over 16 bits of marks (company_evidence.c); 0: empty. */
enum { COMPANY_PAIRS = 1 << 14 };

typedef struct company_acronym {
    uint32_t base, first; /* base word of the short form; first unit of the full name */
} company_acronym;

/* Whether a person of the text bears a name. */
typedef struct company_borne {
    uint32_t base;
    bool person;
} company_borne;

typedef struct erz_companies company_state;

struct erz_companies {
    const erz_model *model;
    const erz_lexicon *lexicon;
    company_lists lists;
    crf_model crf; /* crf.header NULL: no weights in the model */
    crf_memory *memory;
    crf_lattice lattice;
    /* What a pair of adjacent kinds adds to its second unit (with what a unit without marks gets for that) and to its first;
     * what flags add to a sentence's first unit. */
    int16_t pair[CRF_KINDS][CRF_KINDS][2][CRF_LABELS];
    int16_t first[CRF_FLAGS][CRF_LABELS];
    bool raises[CRF_DOC]; /* which codes of the votes make a label likelier */
    int doubt;            /* about names of the text at hand, see company_doubt_of() */
    const struct company_kernel *kernel;
    company_type *types;
    company_facts *facts;
    size_t cap_types, cap_facts, ntypes;
    uint64_t generation;
    company_part *parts;
    size_t nparts, cap_parts;
    uint64_t pairs[COMPANY_PAIRS];
    company_units units;
    company_tagger tagger;
    struct company_span *spans;
    struct company_name *names;
    company_acronym *acronyms;
    company_borne borne[64];
    size_t nborne;
    size_t nspans, cap_spans, nnames, cap_names, nacronyms, cap_acronyms;
};

/* Which words to look at. The lists may mark a word, or something is fixed about it, by itself (ALONE), or because an entry of
 * several words begins with it and may go on with the next (LONGER, GOES_ON). By its surroundings it may be a name if it is
 * OPEN, or behind a CUE noun. A listed one may
 * begin or end a HOUSE's name. PLAIN: worked out, one unit. The base form of a
 * GENITIVE may end an entry. */
enum {
    LOOK_ALONE = 1,
    LOOK_LONGER = 2,
    LOOK_OPEN = 4,
    LOOK_PLAIN = 8,
    LOOK_GENITIVE = 16,
    LOOK_GOES_ON = LOOK_LONGER << 4,
    LOOK_HOUSE = 64,
    LOOK_CUE = 128
};
void company_type_look(company_type *t, uint32_t evidence);
/* The scores of a word for a place, as crf_score() gives them; those for neighbours as far as 8 bits go. */
void company_type_set(company_type *t, int16_t score[CRF_PLACES][CRF_LABELS]);
void company_type_get(const company_type *t, int place, int16_t score[CRF_LABELS]);

/* company_types.c */
bool company_types_sync(company_state *c, erz_words *words);
/* Record of a word, worked out at first use. NULL: memory is short. May move the arrays of types and words. */
company_type *company_type_of(company_state *c, erz_words *words, uint32_t word);
void company_lists_open(company_lists *lists, const erz_lexicon *lexicon);

/* company_units.c: split the text into units, describe them and score them, but for their marks. */
bool company_units_build(company_state *c, erz_text *text);
/* Ask for the records of the tokens' words [from, to); of the first COMPANY_ASKED it is done before. */
enum { COMPANY_ASKED = 512 };
static inline __attribute__((always_inline)) void company_units_ask(const company_state *c, const erz_tokens *t, size_t from,
                                                                    size_t to)
{
    const char *types = (const char *)c->types; /* words that are new have no record yet */
    if (types == NULL) return;
    if (to > t->n) to = t->n;
#pragma GCC unroll 4
    for (size_t i = from; i < to; i++) __builtin_prefetch(types + sizeof *c->types * t->word[i]);
}
void company_units_free(company_units *u);

/* company_evidence.c */
void company_mark(company_state *c, const erz_word *array);

/* company_rules.c: labels without weights. */
void company_rules_label(company_state *c, erz_words *words);

/* company_votes.c: margins in units of 1 / CRF_SCALE; the code of what the other mentions say. */
int company_margin(const int16_t emission[CRF_LABELS], const int16_t own[CRF_LABELS]);
static inline int company_margin_limit(int v)
{
    enum { LIMIT = 6 * CRF_SCALE };
    return v > LIMIT ? LIMIT : v < -LIMIT ? -LIMIT : v;
}
static inline bool company_votes_for(uint8_t label)
{
    return label == LABEL_BC || label == LABEL_IC;
}
static inline void company_vote_add(company_vote *v, int margin, uint8_t label)
{
    if (v->n == UINT16_MAX) return;
    v->n++;
    v->sum += margin;
    v->companies = (uint16_t)(v->companies + company_votes_for(label));
    v->persons = (uint16_t)(v->persons + (label == LABEL_PER));
}
uint8_t company_vote_code(const company_vote *vote, int margin, uint8_t label, uint8_t kind);
/* May a name begin or go on here? Only such units are decoded and vote. */
static inline bool company_is_candidate(const int16_t e[CRF_LABELS])
{
    int16_t top = e[LABEL_BC] > e[LABEL_IC] ? e[LABEL_BC] : e[LABEL_IC];
    return top - e[LABEL_O] > COMPANY_GATE;
}

/* company_tag.c: labels by the weights. */
void company_tagger_open(company_state *c);
bool company_tag(company_state *c, erz_words *words);
void company_tagger_free(company_tagger *tagger);

/* company_doubt.c: by how much a name must beat the best other path, in such a text; names dropped that do not. */
int company_doubt_of(const company_state *c, const erz_text *text);
bool company_doubt(company_state *c, erz_words *words);
bool company_is_public(company_state *c, const erz_word *array, uint32_t word); /* a medium or railway of the lists */

/* company_spread.c: names that one place makes certain, elsewhere in the document. */
bool company_spread_collect(company_state *c, erz_words *words);
void company_spread(company_state *c);

/* company_context_words.c: a common noun, an ending of those, of a place: behind a cue noun no name by itself. */
bool company_is_chance_word(company_state *c, erz_words *words, size_t unit);
bool company_is_common(company_state *c, erz_words *words, size_t unit);   /* a common noun or a compound of one */
bool company_is_of_place(company_state *c, erz_words *words, size_t unit); /* Kölner */

/* company_context.c: names that nothing but their surroundings in the document tells. */
bool company_context(company_state *c, erz_words *words);

/* company_genitive.c: listed names of several words in the genitive. */
void company_genitives_label(company_state *c, const erz_word *array);

/* company_beside.c: listed common words beside firms of the same trade. */
void company_beside_label(company_state *c, const erz_word *array);

/* company_media.c: papers and broadcasters with common words for names. */
void company_media_label(company_state *c, erz_words *words);

/* company_spans.c: labels to mentions. */
erz_status company_spans_emit(company_state *c, erz_text *text, erz_error *err);

#endif
