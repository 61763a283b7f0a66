/* Rules inside the library: what the parser makes (an image), what the engine runs. docs/rules.md is the language.
 *
 * A sentence becomes a row of items: a token, or a mention as one item. An item is written for PCRE2 as the unit RULE_ITEM and
 * one unit for each atom that holds of it; an atom is a predicate of the rules (a word list, an affix, a property, a mention
 * type). So a pattern over items is a regular expression over 32-bit units and every match begins at an item. */
#ifndef ERZ_MATCH_RULES_H
#define ERZ_MATCH_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "erz/error.h"
#include "erz/mention.h"
#include "erz/model.h"

enum {
    RULE_ITEM = 0x80,      /* begins an item in the subject */
    RULE_ATOM_BASE = 0x100 /* unit of atom 0: no metacharacter of PCRE2 */
};

/* Atoms every rule set has. */
enum { ATOM_PART, ATOM_MENTION, ATOM_COMPANY, ATOM_MONEY, ATOM_PERCENT, ATOM_FIXED };

/* How an entry is compared with a word. The first three are erz_match_mode. */
typedef enum rule_mode {
    RULE_EXACT,
    RULE_FOLD,
    RULE_STEM,
    RULE_PREFIX,
    RULE_SUFFIX,
    RULE_CLASS,
    RULE_PROPERTY,
    RULE_MODES
} rule_mode;

typedef struct rule_entry {
    uint32_t mode, string, len, atom;
} rule_entry;

enum { RULE_REGEX = 1, RULE_ALL = 2, RULE_LONGEST = 4, RULE_NAMES = 8 /* type company: runs before the others */ };
enum { UNLESS_SENTENCE, UNLESS_BEFORE, UNLESS_AFTER };
enum { RULE_MAX_ARGS = 16 };

/* One pattern with what it makes. Offsets into the image's pool (units) or strings. */
typedef struct rule_def {
    uint32_t name, file, line;
    int32_t priority;
    uint32_t type, value; /* strings; type "deal" gives ERZ_DEAL */
    uint32_t flags;
    uint32_t pattern, npattern; /* bytes among the strings: the units as rule_unit_next() reads them; regex: its text */
    uint32_t args, nargs;       /* string of each capture group */
    uint32_t sets, nsets;       /* pairs of strings: attribute, value */
    uint32_t begins, nbegins;   /* the pattern as a program: rule_sets.h */
    uint32_t needs, nneeds;     /* per need: n, then n atoms, of which one must be in the sentence */
    uint32_t unless, nunless;   /* triples: UNLESS_*, program, its length */
} rule_def;

typedef struct rule_image {
    uint32_t base, natoms; /* atoms of this image: base .. base + natoms - 1 */
    rule_entry *entries;
    rule_def *defs;
    uint32_t *pool;
    uint32_t *names; /* name of each atom, a string */
    char *strings;
    uint32_t macros, nmacros; /* triples in pool of strings: name, text, file */
    uint32_t nentries, ndefs, npool, nstrings;
} rule_image;

typedef struct rule_source {
    const char *file, *text;
    size_t len;
} rule_source;
/* Compile rule texts; later ones see the lists and macros of earlier ones and of the images in `outer` (in the order of their
 * atoms, to live as long). image owns its memory then: rule_image_free(). */
erz_status rule_parse(const rule_source *sources, size_t n, const rule_image *const *outer, size_t nouter, rule_image *image,
                      erz_error *err);
void rule_image_free(rule_image *image);
/* As section bytes, and back (borrowing from data; not to be freed). */
erz_status rule_image_write(const rule_image *image, erz_buf *out, erz_error *err);
erz_status rule_image_open(const void *data, size_t len, rule_image *image, erz_error *err);
void rule_image_dump(const rule_image *image, FILE *out);
/* The unit at *at, seven bits a byte, the lowest first; *at goes behind it. false: the bytes end. */
static inline bool rule_unit_next(const uint8_t **at, const uint8_t *end, uint32_t *unit)
{
    *unit = 0;
    for (unsigned shift = 0; *at < end && shift < 32; shift += 7) {
        uint8_t byte = *(*at)++;
        *unit |= (uint32_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return true;
    }
    return false;
}

enum { RULE_GROUPS = 384 };
typedef struct rule_groups {
    uint64_t bits[RULE_GROUPS / 64];
} rule_groups;

static const rule_groups rule_groups_all = {
    {~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0)}};

static inline void rule_groups_add(rule_groups *g, const rule_groups *more)
{
#pragma GCC unroll 6
    for (size_t i = 0; i < RULE_GROUPS / 64; i++) g->bits[i] |= more->bits[i];
}

static inline bool rule_groups_within(const rule_groups *g, const rule_groups *all)
{
    uint64_t missing = 0;
#pragma GCC unroll 6
    for (size_t i = 0; i < RULE_GROUPS / 64; i++) missing |= g->bits[i] & ~all->bits[i];
    return missing == 0;
}

/* rule_words.c: atoms of word types. A word's signature is kept in erz_words_rules() as index + 1 with these bits; 0: unknown.
 */
enum { RULE_SEE_SHIFT = 25 };
enum {
    RULE_SEE_NEEDED = 1U << 25,        /* has groups that not nearly every sentence has; */
    RULE_SEE_COMPANIES = 1U << 26,     /* holds the trigger of a rule that needs two companies or more in the sentence, */
    RULE_SEE_COMPOUND = 1U << 27,      /* is a compound that may begin with a name; holds */
    RULE_SEE_COMPANY_NAMES = 1U << 28, /* that of one that names companies and needs one, */
    RULE_SEE_ANY = 1U << 29,           /* of a rule that needs no company, */
    RULE_SEE_COMPANY = 1U << 30,       /* of one that needs one company, */
    RULE_SEE_NAMES = 1U << 31,         /* of another one that names companies */
    RULE_SEE_ALL = ~((1U << RULE_SEE_SHIFT) - 1)
};
typedef struct rule_words rule_words;
rule_words *rule_words_new(const erz_lexicon *lexicon);
void rule_words_free(rule_words *w);
/* Take the image's entries in (it must live as long), once its triggers are known; signatures known so far are void. */
bool rule_words_add(rule_words *w, const rule_image *image);
/* What an atom triggers: RULE_SEE_... */
bool rule_words_trigger(rule_words *w, uint32_t atom, uint32_t see);
/* Each need belongs to one of RULE_GROUPS groups; a word's groups are those of the needs that one of its atoms meets. Those
 * that are met where a rule is looked at, its triggers and companies, which are counted, have none. */
enum { RULE_NO_GROUP = RULE_GROUPS };
uint32_t rule_words_need_group(rule_words *w, const uint32_t *need, bool first); /* need: n, then n atoms */
bool rule_words_group(rule_words *w, uint32_t atom, uint32_t group);
void rule_words_atom_groups(const rule_words *w, uint32_t atom, rule_groups *into); /* adds */
/* Groups that nearly every sentence has: those of plain words, capitalized or not. */
const rule_groups *rule_words_common(const rule_words *w);
/* A compound whose rest has this atom may begin with a name, unless that is a word of these lexicon classes. */
void rule_words_name_tail(rule_words *w, uint32_t atom, uint64_t barred);
/* Work out the signature of a word type: what erz_words_rules() holds, 0: no memory. */
uint32_t rule_words_learn(rule_words *w, erz_words *words, uint32_t index);
/* Of all types from `from` to before `to` that have none. */
bool rule_words_learn_all(rule_words *w, erz_words *words, uint32_t from, uint32_t to);
/* Atoms of a signature (as in erz_words_rules(), bits and all), sorted. */
const uint32_t *rule_words_atoms(const rule_words *w, uint32_t rules, size_t *n);
/* Those of them that trigger a rule. */
const uint32_t *rule_words_triggers(const rule_words *w, uint32_t rules, size_t *n);
bool rule_words_has(const rule_words *w, uint32_t rules, uint32_t atom);

/* The same for many words: signature i has the atoms from atoms[of[i].at] on; valid until a word is learnt. */
typedef struct rule_signature {
    rule_groups groups;
    uint32_t hash, next;                           /* next: signature + 1 */
    uint32_t at, n : 10, ntriggers : 10, seen : 8; /* atoms; behind them again those that trigger a rule; RULE_SEE_... */
} rule_signature;
_Static_assert(sizeof(rule_signature) == 64, "a cache line");
const rule_signature *rule_words_signatures(const rule_words *w, const uint32_t **atoms);

/* An item of a sentence. */
typedef struct rule_item {
    uint32_t begin, end; /* bytes */
    uint32_t first, last;
    uint32_t mention; /* index + 1, 0: none */
    uint32_t rules;   /* as in erz_words_rules(); 0 for mentions */
    uint32_t unit;    /* where it begins in the subject */
    bool part;        /* begins inside a token */
} rule_item;

/* A match of a rule: items are indices into the sentence's row. */
typedef struct rule_arg {
    const char *name;
    uint32_t first, last;
    uint32_t begin, end; /* bytes */
} rule_arg;

typedef struct rule_hit {
    const rule_image *image;
    const rule_def *def;
    uint32_t number;      /* of the rule in the engine */
    uint32_t first, last; /* items; a regex rule's are found from its bytes */
    uint32_t key_first, key_last;
    uint32_t begin, end; /* bytes */
    uint32_t nargs;
    rule_arg args[RULE_MAX_ARGS];
} rule_hit;

/* The row of items of one sentence and the atoms in it. */
typedef struct rule_row {
    const erz_text *text;
    const rule_words *words;
    rule_item *items;
    size_t n, cap;
    uint32_t sent, until; /* its sentence; the one behind its last */
    uint32_t *units;      /* the row as PCRE2's subject, when rule_row_units() made it */
    size_t nunits, cap_units;
    /* Of each atom in the sentence the items that have it, a bit each. */
    uint64_t *masks; /* of all atoms, `width` words each; those of atoms not seen are stale */
    uint64_t *zeros; /* of an atom that is not there */
    uint32_t *seen;  /* of each atom: the number of the last row that had it */
    uint32_t *atoms; /* that are there */
    uint32_t number, natoms, width, cap_atoms;
    uint32_t companies; /* in the sentence */
    rule_groups groups; /* of needs that may be met in the sentence */
} rule_row;

static inline bool rule_row_present(const rule_row *row, uint32_t atom)
{
    return row->seen[atom] == row->number;
}

static inline const uint64_t *rule_row_mask(const rule_row *row, uint32_t atom)
{
    return row->seen[atom] == row->number ? row->masks + (size_t)atom * row->width : row->zeros;
}

static inline uint32_t rule_row_width(const rule_row *row)
{
    return row->width;
}

static inline bool rule_row_has(const rule_row *row, size_t item, uint32_t atom)
{
    return (rule_row_mask(row, atom)[item / 64] >> (item % 64) & 1) != 0;
}

/* rule_row.c */
typedef struct rule_order {
    uint32_t begin, mention;
} rule_order;
/* Fill the row with the sentences from sent to before until; order: mentions sorted by begin, *at: first one not before sent.
 */
bool rule_row_fill(rule_row *row, rule_words *words, const erz_text *text, uint32_t sent, uint32_t until,
                   const rule_order *order, size_t norder, size_t *at);
/* Write the row's units, if that is not done. */
bool rule_row_units(rule_row *row);
/* Take the atom as present, in no item if it is not. */
static inline void rule_row_expect(rule_row *row, uint32_t atom)
{
    if (row->seen[atom] == row->number) return;
    row->seen[atom] = row->number;
    row->atoms[row->natoms++] = atom;
    uint64_t *mask = row->masks + (size_t)atom * row->width;
    *mask = 0;
    if (row->width > 1) memset(mask, 0, row->width * sizeof *mask);
}
/* Make room for atoms below natoms. */
bool rule_row_atoms(rule_row *row, uint32_t natoms);
void rule_row_free(rule_row *row);

/* rule_run.c: PCRE2. */
typedef struct rule_engine rule_engine;
typedef struct rule_profile {
    const char *name;
    uint64_t tried, matched, limited, ns;
} rule_profile;
rule_engine *rule_engine_new(void);
void rule_engine_time(rule_engine *e); /* take times from now on */
void rule_engine_free(rule_engine *e);
bool rule_engine_add(rule_engine *e, rule_words *words, const rule_image *image);
/* Can a word with one of these atoms set off a rule (that names or not) in a sentence of these groups and companies? */
bool rule_engine_wants(const rule_engine *e, const uint32_t *atoms, size_t n, bool names, const rule_groups *groups,
                       uint32_t companies);
/* All matches of the naming rules, or of all others, in a row, overlaps resolved: valid until the next call. */
erz_status rule_engine_run(rule_engine *e, rule_row *row, bool names, const rule_hit **hits, size_t *nhits, erz_error *err);
size_t rule_engine_count(const rule_engine *e);
const rule_profile *rule_engine_profile(const rule_engine *e, size_t i);
/* Compile every pattern once: errors only. */
erz_status rule_engine_check(const rule_image *image, erz_error *err);

/* rule_records.c: the record of a user rule's match. */
erz_status rule_record_add(erz_text *text, const rule_row *row, const rule_hit *hit);

static inline const char *rule_string(const rule_image *image, uint32_t at)
{
    return image->strings + at;
}

#endif
