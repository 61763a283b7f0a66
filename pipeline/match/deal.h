/* Deals: from matches of deal rules to records. A match names the parties it saw; status, stake and price are read from the
 * sentence, references back (`der Konzern`) from the one before; mentions of one deal are merged at the document's end. */
#ifndef ERZ_MATCH_DEAL_H
#define ERZ_MATCH_DEAL_H

#include "rules.h"

typedef enum deal_type {
    DEAL_ACQUISITION,
    DEAL_STAKE,
    DEAL_MERGER,
    DEAL_JOINT_VENTURE,
    DEAL_INVESTMENT,
    DEAL_FUNDING,
    DEAL_PARTNERSHIP,
    DEAL_CONTRACT,
    DEAL_DIVESTITURE,
    DEAL_SPIN_OFF,
    DEAL_IPO,
    DEAL_INSOLVENCY,
    DEAL_TYPES
} deal_type;

typedef enum deal_status { STATUS_NONE, STATUS_RUMOURED, STATUS_PLANNED, STATUS_COMPLETED, STATUS_TERMINATED } deal_status;
typedef enum deal_role { ROLE_BUYER, ROLE_TARGET, ROLE_SELLER, ROLE_PARTY, ROLES } deal_role;

enum { DEAL_MAX_WHO = 10, DEAL_MAX_RULES = 8 };

typedef struct deal_who {
    deal_role role;
    const char *name; /* canonical */
} deal_who;

typedef struct deal {
    deal_type type;
    deal_status status;
    bool cued;    /* the status was said, not assumed */
    bool generic; /* `der A-B-Deal`: of whatever type the document's other mentions are */
    bool open;    /* the rule expects a party beside those it saw */
    bool weak;    /* the rule asks for other evidence: kept only when it joins another mention */
    uint32_t sent, first, last, begin, end;
    uint32_t nwho;
    deal_who who[DEAL_MAX_WHO];
    const char *stake, *stake_before, *amount, *valuation, *date; /* NULL: none */
    const char *rules[DEAL_MAX_RULES];
    uint32_t nrules;
    int32_t priority;
    uint32_t mentions; /* merged into it */
} deal;

/* Lists of the rules that the deal code itself looks at. */
enum {
    CUE_TERMINATED,
    CUE_RUMOURED,
    CUE_PLANNED,
    CUE_COMPLETED,
    CUE_NOT,
    CUE_PARTICIPLE,
    CUE_PAST,
    CUE_HAVE,
    CUE_SHARE,
    CUE_SHARE_OF,
    CUE_PRICE,
    CUE_NO_PRICE,
    CUE_VALUATION,
    CUE_STOP,
    CUE_MEDIA,
    CUE_AFTER,
    CUE_SOURCE,
    CUE_DONE,
    CUE_MODAL,
    CUE_TAIL_NO,
    CUE_HARD,
    CUE_DOCH,
    CUE_FROM,
    CUE_TO,
    CUE_MONTH,
    CUE_WEEKDAY,
    CUE_PERIOD,
    CUE_WHEN,
    CUE_TOLD,
    CUE_SUB,
    CUE_RELATIVE,
    CUE_FINITE,
    CUE_VERB,
    CUE_PASSIVE,
    CUE_PREP,
    CUE_DET,
    CUE_THE,
    CUE_AND,
    CUE_CONCERN,
    CUE_HOLDER,
    CUE_DEMONYM,
    CUE_ACCUSATIVE,
    CUE_MAJORITY,
    CUE_BOTH,
    CUE_PARTNERS,
    CUE_FEMININE,
    CUE_GENITIVE,
    CUE_PARENT,
    CUE_UNIT,
    CUE_TAIL_EXEC,
    CUE_TAIL_UNIT,
    CUE_PRONOUN,
    CUE_FIRST_NAME,
    CUE_PLACE,
    CUE_SHARE_WORD,
    CUE_COMPARE,
    CUE_INTENT,
    CUE_NEWS,
    CUE_CLUSTER,
    CUE_LINK,
    CUE_ADVERB,
    CUE_AGO,
    CUE_OBJECT,
    CUE_LATTER,
    CUE_OFF,
    CUE_SIGNED,
    CUE_QUESTION,
    CUE_EVENT,
    CUE_TOTAL,
    CUE_BUY,
    CUE_ANNOUNCE,
    CUE_SOLD_PART,
    CUE_PLAIN,
    CUE_OWNER,
    CUE_AS,
    CUE_LET,
    CUE_VAGUE,
    CUE_CLOSES,
    CUE_BREAKS,
    CUE_PARTICLE,
    CUE_AUXILIARY,
    CUES
};

enum { DEAL_MAX_PREPS = 24, DEAL_MAX_PEOPLE = 160 };

/* A preposition and its contractions: the list `prep_NAME` of the rules. */
typedef struct deal_prep {
    const char *name;
    uint32_t atom;
} deal_prep;

typedef struct deal_finder {
    uint32_t cues[CUES]; /* atoms; UINT32_MAX: the rules have no such list */
    deal_prep preps[DEAL_MAX_PREPS];
    uint32_t npreps;
    uint32_t people[DEAL_MAX_PEOPLE]; /* lists `people_NAME`: the words for one country's people */
    uint32_t npeople;
    const rule_order *order; /* the text's mentions by place */
    size_t norder;
    const rule_words *words;
    deal *deals;
    size_t n, cap;
    const char *topic;          /* the company the document speaks of most; NULL: none, or not looked for yet */
    bool has_topic, topic_sure; /* sure: named half as often again as any other */
} deal_finder;

/* Is the row's item in a list that the deal code looks at? */
bool deal_item_has(const deal_finder *f, const rule_row *row, uint32_t item, int cue);
/* Does the rules' list of this atom hold the token? */
bool deal_token_has(const deal_finder *f, const erz_text *text, uint32_t token, uint32_t atom);
/* The company at an item of the row; NULL: none. */
const erz_mention *deal_company_at(const rule_row *row, uint32_t item);
void deal_finder_bind(deal_finder *f, const rule_image *image);
/* Make a deal of a match. order: the text's mentions by place. */
erz_status deal_finder_take(deal_finder *f, erz_text *text, const rule_row *row, const rule_hit *hit, const rule_order *order,
                            size_t norder, erz_error *err);
/* Merge what was taken and add the mentions; empties the finder. */
erz_status deal_finder_finish(deal_finder *f, erz_text *text, const rule_order *order, size_t norder, erz_error *err);

/* deal_clause.c: a rule with `set clause = verb|noun` reads its companies from its trigger's clause. */
bool deal_is_clause(const rule_hit *hit);
/* False: the clause has not the companies for a deal, or it is told already. Widens the hit to what it took. */
bool deal_read_clause(const deal_finder *f, erz_text *text, const rule_row *row, rule_hit *hit, deal *d);
/* deal_coordinate.c: the companies coordinated with the one at an item of the row, in its role. */
void deal_add_coordinated(const deal_finder *f, const erz_text *text, const rule_row *row, const rule_hit *hit, uint32_t item,
                          deal *d, deal_role role);
/* deal_refer.c: companies the clause does not name. */
/* A newspaper or an agency: it tells of deals. */
bool deal_is_outlet(const deal_finder *f, const erz_text *text, const erz_mention *m);
/* What the document is about; NULL: no one company. */
const char *deal_topic(deal_finder *f, const erz_text *text);
/* The only company that the nearest of some sentences before names; NULL: none, more, or the deal has it. */
enum { DEAL_FAR = 3 };
const char *deal_only_before(const deal_finder *f, const rule_row *row, const deal *d, uint32_t sentences);
/* `laut X`: X tells of the deal. */
bool deal_is_source(const deal_finder *f, const rule_row *row, uint32_t item);
/* Stands the company behind a preposition (`mit dem Hersteller A`; of: `von` is one, too)? */
bool deal_is_oblique(const deal_finder *f, const erz_text *text, const erz_mention *m, bool of);
/* `bei der A`, `für A`: beside a deal between others. */
bool deal_is_aside(const deal_finder *f, const rule_row *row, uint32_t item);
/* `nach dem Hersteller A`: the one before. */
bool deal_is_after(const deal_finder *f, const rule_row *row, uint32_t item);
/* `die Kölner`: no name, though it was taken for one. */
bool deal_is_people(const deal_finder *f, const rule_row *row, uint32_t item);
/* `den Hersteller A`: an object, as its article tells. */
bool deal_is_object(const deal_finder *f, const rule_row *row, uint32_t item);
/* First place in the order whose mention is in sentence `sent` or after it. */
size_t deal_mention_at(const deal_finder *f, const erz_text *text, uint32_t sent);
/* `gründen sie`: more than one. */
bool deal_is_plural(const deal_finder *f, const rule_row *row, uint32_t item);
/* Add what a noun at an item of the row refers to. */
void deal_refer(const deal_finder *f, const rule_row *row, uint32_t item, deal *d, deal_role role);
/* deal_people.c: the company before the item that comes from the place whose people the item names; NULL: none. */
const char *deal_of_place(const deal_finder *f, const rule_row *row, uint32_t item, const deal *d);
/* Up to two companies before the colon in front of the row's item, or of its sentence: `A und B: Fusion ...`. */
uint32_t deal_before_colon(const deal_finder *f, const rule_row *row, uint32_t item, const deal *d, const char **names);
/* `Die Übernahme von A`: spoken of before. */
bool deal_is_definite(const deal_finder *f, const rule_row *row, const rule_hit *hit);
/* Add a party the rule did not see. */
void deal_complete(deal_finder *f, const rule_row *row, const rule_hit *hit, deal_role role, deal *d);
/* deal_sides.c: give a headline's other companies, if they are not more than some, a role; how many there were. */
uint32_t deal_add_rest(const deal_finder *f, const rule_row *row, deal *d, deal_role role, uint32_t most);
/* deal_status.c */
deal_status deal_read_status(const deal_finder *f, const rule_row *row, const rule_hit *hit, deal_type type, bool *cued);
deal_status deal_status_parse(const char *name);
const char *deal_status_name(deal_status status);
/* deal_amounts.c: stake, amount and valuation from the sentence where the rule named none. */
erz_status deal_read_amounts(const deal_finder *f, erz_text *text, const rule_row *row, const rule_hit *hit, deal *d);
/* deal_date.c: `zum 1. Januar 2024`, `im dritten Quartal`, `Ende 2025`: the date nearest to the trigger, as it stands. */
erz_status deal_read_date(const deal_finder *f, erz_text *text, const rule_row *row, const rule_hit *hit, deal *d);
/* As `amount` is written: number, blank, currency. NULL: no memory. */
const char *deal_money_text(erz_text *text, const erz_mention *m);
/* deal_merge.c */
/* topic: the company that one-sided deals are taken to be with, or NULL. */
void deal_merge(deal *deals, size_t *n, const char *topic);
int deal_role_parse(const char *name); /* -1: none */
bool deal_same_family(deal_type a, deal_type b);
bool deal_has(const deal *d, const char *name);
/* The same name, or the one begins or ends with the other's words. */
bool deal_alike(const char *a, const char *b);
/* The deal has a party of that name, or of one alike. */
bool deal_has_alike(const deal *d, const char *name);
void deal_add_rule(deal *d, const char *name);
void deal_add_who(deal *d, deal_role role, const char *name);

#endif
