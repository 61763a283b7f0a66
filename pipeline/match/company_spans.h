#ifndef ERZ_MATCH_COMPANY_SPANS_H
#define ERZ_MATCH_COMPANY_SPANS_H

#include "match/company.h"

typedef struct company_span {
    uint32_t first, end; /* units */
    uint32_t name_end;   /* without the legal form */
    uint32_t link;
    const char *name;   /* canonical, without genitive and legal form */
    const char *legal;  /* "" if none */
    const char *ticker; /* up to a comma; NULL if none */
    float score;
} company_span;

bool company_spans_collect(company_state *c);

#endif
