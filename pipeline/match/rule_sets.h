/* Patterns as programs over sets of places in a row: rule_sets.c. */
#ifndef ERZ_MATCH_RULE_SETS_H
#define ERZ_MATCH_RULE_SETS_H

#include "rules.h"

enum {
    SETS_ROW = 1024, /* most places of a row: one more than its items */
    SETS_DEPTH = 200 /* deepest nesting of a program */
};

/* Kinds of nodes; a head is kind | argument << 8. */
enum {
    SETS_ATOM, /* an item with this atom; also in conditions */
    SETS_ANY,
    SETS_START,
    SETS_END,
    SETS_FIRST_INNER, /* from here on nodes have children */
    SETS_NOT = SETS_FIRST_INNER,
    SETS_AND,
    SETS_OR,
    SETS_ITEM,     /* an item for which a condition holds */
    SETS_SEQUENCE, /* argument: children, as of SETS_AND, SETS_OR */
    SETS_ALTERNATIVES,
    SETS_REPEAT, /* argument: min, max, SETS_SINGLE */
    SETS_HERE,
    SETS_NOT_HERE,
    SETS_KINDS
};
enum { SETS_SINGLE = 1 << 16 }; /* the child always takes one item */
#define SETS_MIN(head) ((head) >> 8 & 0xff)
#define SETS_MAX(head) ((head) >> 16 & 0xff)
#define SETS_RANGE(min, max) ((min) | (max) << 8)

/* Places where a match of the program can begin that ends before or at `limit` (at_limit: there) -> starts, rule_row_width()
 * words; whether there are any. */
bool rule_sets_begin(const uint32_t *prog, uint32_t n, const rule_row *row, uint32_t limit, bool at_limit, uint64_t *starts);
/* Does the node that ends here always take one item? */
bool rule_sets_single(const uint32_t *end);
/* Is a program of n words whole? */
bool rule_sets_fit(const uint32_t *prog, uint32_t n, uint32_t natoms);

#endif
