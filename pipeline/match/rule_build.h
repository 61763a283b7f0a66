/* What the parser's two halves share: statements (rule_parse.c) and patterns (rule_pattern.c). */
#ifndef ERZ_MATCH_RULE_BUILD_H
#define ERZ_MATCH_RULE_BUILD_H

#include "rule_lex.h"
#include "rules.h"

enum { BUILD_NEEDS = 8, BUILD_NEED_ATOMS = 30, BUILD_MACRO_DEPTH = 12, BUILD_NESTING = 30 };
/* Ways a pattern may be tried from one start, were every gap free; what is tried really is bounded when it runs. */
#define BUILD_MAX_STEPS UINT64_C(1000000000000)

typedef struct build_need {
    uint32_t n, rank, weight; /* rank: how telling, weight: of the same rank, how often met; the best need's atoms are the
                               * rule's triggers */
    uint32_t atoms[BUILD_NEED_ATOMS];
} build_need;

/* What is known of a piece of a pattern. */
typedef struct build_info {
    uint64_t steps; /* ways the piece can match from one start, at most BUILD_MAX_STEPS + 1 */
    uint32_t nneeds;
    build_need needs[BUILD_NEEDS];
} build_info;

typedef struct build_macro {
    const char *name;
    size_t name_len;
    lexer lx; /* at the macro's text, in its own file */
} build_macro;

typedef struct builder {
    lexer lx;
    rule_image *image;
    size_t cap_entries, cap_defs, cap_pool, cap_names, cap_strings, cap_macros;
    const rule_image *const *outer; /* whose lists and macros are seen too, the later ones first */
    size_t nouter;
    build_macro *macros;
    size_t nmacros;
    uint32_t file; /* string */
    unsigned depth;
    uint32_t nargs;
    uint32_t args[RULE_MAX_ARGS]; /* strings */
    bool failed;                  /* memory is short */
    char *scratch;
    size_t cap_scratch;
    uint32_t *prog; /* the pattern's program so far: rule_sets.h */
    size_t nprog, cap_prog;
    unsigned nesting;
} builder;

uint32_t build_string(builder *b, const char *s, size_t len);
void build_unit(builder *b, uint32_t unit);
/* Atom of a token (word, list, class, property, affix); made when it is new. */
erz_status build_atom(builder *b, const lex_token *t, uint32_t *atom, erz_error *err);
erz_status build_entry(builder *b, rule_mode mode, const lex_token *t, uint32_t atom, erz_error *err);
/* How a word of a rule is compared. */
rule_mode build_mode(const lex_token *t);
/* `$lex.name`: a class of the lexicon. */
erz_status build_class_atom(builder *b, const lex_token *t, uint32_t *atom, erz_error *err);
uint32_t build_find_atom(const builder *b, const char *name, size_t len); /* UINT32_MAX: none */
uint32_t build_own_atom(const builder *b, const char *name, size_t len);  /* of this image */
const rule_image *build_image_of(const builder *b, uint32_t atom);        /* that holds the atom */
bool build_find_macro(const builder *b, const char *name, size_t len, lexer *lx);
uint32_t build_new_atom(builder *b, const char *name, size_t len);
uint32_t build_rank(const builder *b, uint32_t atom);
uint32_t build_weight(const builder *b, uint32_t atom);
/* Compile the pattern of lx's statement (from lx->p to lx->stop): units to the pool, a program to b->prog; info may be NULL. */
erz_status build_pattern(builder *b, uint32_t *at, uint32_t *n, build_info *info, erz_error *err);

#endif
