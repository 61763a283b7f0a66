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
    bool weak;    /* the rule asks for other evidence: kept only when it joins another mention */
    uint32_t sent, first, last, begin, end;
    uint32_t nwho;
    deal_who who[DEAL_MAX_WHO];
    const char *stake, *amount, *valuation, *date; /* NULL: none */
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
    CUES
};

typedef struct deal_finder {
    uint32_t cues[CUES]; /* atoms; UINT32_MAX: the rules have no such list */
    deal *deals;
    size_t n, cap;
    const char *topic; /* the company the document speaks of most; NULL: none, or not looked for yet */
    bool has_topic;
} deal_finder;

void deal_finder_bind(deal_finder *f, const rule_image *image);
/* Make a deal of a match. order: the text's mentions by place. */
erz_status deal_finder_take(deal_finder *f, erz_text *text, const rule_row *row, const rule_hit *hit, const rule_order *order,
                            size_t norder, erz_error *err);
/* Merge what was taken and add the mentions; empties the finder. */
erz_status deal_finder_finish(deal_finder *f, erz_text *text, const rule_order *order, size_t norder, erz_error *err);

/* deal_status.c */
deal_status deal_read_status(const deal_finder *f, const rule_row *row, const rule_hit *hit, bool *cued);
deal_status deal_status_parse(const char *name);
const char *deal_status_name(deal_status status);
/* deal_amounts.c: stake, amount and valuation from the sentence where the rule named none. */
erz_status deal_read_amounts(const deal_finder *f, erz_text *text, const rule_row *row, const rule_hit *hit, deal *d);
/* As `amount` is written: number, blank, currency. NULL: no memory. */
const char *deal_money_text(erz_text *text, const erz_mention *m);
/* deal_merge.c */
void deal_merge(deal *deals, size_t *n);
const char *deal_type_name(deal_type type);
bool deal_has(const deal *d, const char *name);
void deal_add_rule(deal *d, const char *name);
void deal_add_who(deal *d, deal_role role, const char *name);

#endif
