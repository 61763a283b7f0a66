/* The lexer of rule files. */
#ifndef ERZ_MATCH_RULE_LEX_H
#define ERZ_MATCH_RULE_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "erz/error.h"

typedef enum lex_kind {
    LEX_END,
    LEX_WORD,   /* bare word: fold */
    LEX_EXACT,  /* "..." */
    LEX_QUOTED, /* '...': fold, any characters */
    LEX_STEM,   /* ~word */
    LEX_SUFFIX, /* *word */
    LEX_PREFIX, /* word* */
    LEX_DOLLAR, /* $name */
    LEX_MACRO,  /* <name> */
    LEX_PROP,   /* \name */
    LEX_ARG,    /* name: */
    LEX_GAP,    /* ..5 or 2..5 */
    LEX_RANGE,  /* {2,3} */
    LEX_CHAR    /* one of ( ) [ ] | & ! ? . - = , */
} lex_kind;

typedef struct lex_token {
    lex_kind kind;
    const char *at;   /* where it begins in the text, for messages */
    const char *text; /* without quotes and signs */
    size_t len;
    uint32_t min, max; /* GAP, RANGE */
    char c;            /* CHAR */
} lex_token;

typedef struct lexer {
    const char *file, *text, *p, *end;
    const char *stop; /* statement's end: no token begins at or after it */
    lex_token token;
} lexer;

/* Read the next token into lx->token. */
erz_status lex_next(lexer *lx, erz_error *err);
/* A message at a place of the text: file, line, column, source line. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
erz_status
lex_fail(const lexer *lx, const char *at, erz_error *err, const char *format, ...);
uint32_t lex_line(const lexer *lx, const char *at);

#endif
