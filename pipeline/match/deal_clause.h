/* The clause of a deal's trigger: what stands in it (deal_phrase.c) and who takes which role (deal_clause.c). */
#ifndef ERZ_MATCH_DEAL_CLAUSE_H
#define ERZ_MATCH_DEAL_CLAUSE_H

#include "deal.h"

enum { CLAUSE_PARTS = 16, CLAUSE_SEGMENTS = 24, CLAUSE_NOWHERE = 0xffff };

typedef enum part_kind { PART_NONE, PART_BARE, PART_PREP, PART_GENITIVE } part_kind;

/* A company in the clause, or a noun that refers to one. */
typedef struct part {
    uint32_t item;
    uint32_t phrase; /* where its noun phrase begins, preposition and article included */
    uint32_t head;   /* the noun before it, for what hangs on a noun; CLAUSE_NOWHERE: none */
    const erz_mention *m;
    part_kind kind;
    int prep; /* index into the finder's prepositions */
    uint32_t segment;
    bool with_last; /* coordinated with the part before */
    bool used;
    int role;
} part;

typedef enum segment_kind { SEG_MAIN, SEG_CONTINUED, SEG_SUB, SEG_RELATIVE } segment_kind;

typedef struct clause {
    const deal_finder *f;
    const erz_text *text;
    const rule_row *row;
    const rule_hit *hit;
    uint32_t first, last; /* items between hard stops */
    uint32_t starts[CLAUSE_SEGMENTS];
    segment_kind kinds[CLAUSE_SEGMENTS];
    uint32_t nsegments, own; /* the trigger's segment */
    part parts[CLAUSE_PARTS];
    uint32_t nparts;
    deal *d;
    uint32_t low, high; /* items of what was taken */
} clause;

bool clause_has(const clause *c, uint32_t item, int cue);
bool clause_is_upper(const clause *c, uint32_t item);
/* Is the item of the trigger? */
bool clause_is_trigger(const clause *c, uint32_t item);
/* `zu kaufen`, `abzugeben` */
bool clause_is_infinitive(const clause *c, uint32_t item);
/* A word that may be a name: no noun, adverb or function word of the lists. */
bool clause_is_name(const clause *c, uint32_t item);
/* `der Konzern`, `die Kölner`: an item that refers to a company. */
bool clause_refers(const clause *c, uint32_t item);
bool clause_is_adjective(const clause *c, uint32_t item);
/* The finder's preposition that an item is; -1: none. */
int clause_prep_at(const clause *c, uint32_t item);
/* Find bounds, segments and parts of the trigger's clause. */
void clause_read(clause *c);

/* The role that the rule gives to a part of the clause (`set subject = buyer`); -1: none. */
int clause_role(const clause *c, const char *key);
/* The role that the rule gives to a part's preposition; -1: none. */
int clause_prep_role(const clause *c, const part *p);
/* `set need = one` */
bool clause_takes_one(const clause *c);
bool clause_is_prep(const clause *c, const part *p, const char *name);
/* `49 Prozent an X`, `Anteile der X`; also `das Geschäft von X`. */
bool clause_of_share(const clause *c, const part *p);
bool clause_of_unit(const clause *c, const part *p);
/* Give a part and those coordinated with it a role; false: there was none to give, or it is taken. */
bool clause_take_group(clause *c, uint32_t i, int role);
/* The first two parts of a segment that hang on no preposition; CLAUSE_NOWHERE: none. */
void clause_find_bare(const clause *c, uint32_t segment, uint32_t *first, uint32_t *second);
/* The subject of a clause that stands in a segment before; CLAUSE_NOWHERE: none. */
uint32_t clause_subject_before(const clause *c);
/* deal_clause_noun.c */
void clause_take_noun(clause *c);
/* deal_sides.c */
/* A deal of one company gets the other side, if there is one that fits. */
void clause_complete(clause *c);
/* An acquisition of less than half is a stake. */
void clause_tell_stake(const clause *c);
/* Buyer and target, seller and buyer, partners: not two of one side. */
bool deal_has_one_side(const deal *d);
bool clause_has_two_sides(const clause *c);

#endif
