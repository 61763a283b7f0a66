#include "rule_lex.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool is_special(char c)
{
    return c == '\0' || (unsigned char)c <= ' ' || strchr("()[]|&!?*{}:\"'~$\\<>,#=.", c) != NULL;
}

uint32_t lex_line(const lexer *lx, const char *at)
{
    uint32_t line = 1;
    for (const char *p = lx->text; p < at; p++) line += *p == '\n';
    return line;
}

erz_status lex_fail(const lexer *lx, const char *at, erz_error *err, const char *format, ...)
{
    char message[400];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    const char *begin = at;
    while (begin > lx->text && begin[-1] != '\n') begin--;
    erz_status status = erz_fail(err, ERZ_E_RULE, lx->file, lex_line(lx, at), (uint64_t)(at - begin) + 1, "%s", message);
    if (err == NULL) return status;
    size_t n = 0;
    while (begin + n < lx->end && begin[n] != '\n' && n < sizeof err->source - 1) n++;
    memcpy(err->source, begin, n);
    err->source[n] = '\0';
    return status;
}

static void skip_blank(lexer *lx)
{
    while (lx->p < lx->stop) {
        if ((unsigned char)*lx->p <= ' ')
            lx->p++;
        else if (*lx->p == '#')
            while (lx->p < lx->stop && *lx->p != '\n') lx->p++;
        else
            return;
    }
}

/* A name or word from p on: everything that is not special; a dot inside (z.B) and a trailing one belong to it. */
static const char *word_end(const lexer *lx, const char *p)
{
    while (p < lx->stop) {
        if (!is_special(*p)) {
            p++;
            continue;
        }
        if (*p == '.' && !(p + 1 < lx->stop && p[1] == '.'))
            p++;
        else
            break;
    }
    return p;
}

static erz_status set(lexer *lx, lex_kind kind, const char *at, const char *text, const char *text_end, const char *next)
{
    lx->token = (lex_token){kind, at, text, (size_t)(text_end - text), 0, 0, 0};
    lx->p = next;
    return ERZ_OK;
}

static erz_status quoted(lexer *lx, lex_kind kind, erz_error *err)
{
    const char *at = lx->p, *p = at + 1;
    while (p < lx->stop && *p != *at && *p != '\n') p++;
    if (p == lx->stop || *p == '\n') return lex_fail(lx, at, err, "the quotation mark is not closed");
    if (p == at + 1) return lex_fail(lx, at, err, "empty word");
    return set(lx, kind, at, at + 1, p, p + 1);
}

static erz_status named(lexer *lx, lex_kind kind, const char *what, erz_error *err)
{
    const char *at = lx->p, *end = word_end(lx, at + 1);
    if (end == at + 1) return lex_fail(lx, at, err, "'%c' is followed by %s", *at, what);
    return set(lx, kind, at, at + 1, end, end);
}

static bool number(const char **p, const char *end, uint32_t *out)
{
    const char *q = *p;
    uint32_t n = 0;
    while (q < end && *q >= '0' && *q <= '9' && q - *p < 4) n = n * 10 + (uint32_t)(*q++ - '0');
    if (q == *p) return false;
    *p = q;
    *out = n;
    return true;
}

/* `..5` or `2..5`; false: something else stands here. */
static bool gap(lexer *lx)
{
    const char *p = lx->p;
    uint32_t min = 0, max = 0;
    number(&p, lx->stop, &min);
    if (lx->stop - p < 3 || p[0] != '.' || p[1] != '.') return false;
    p += 2;
    if (!number(&p, lx->stop, &max)) return false;
    set(lx, LEX_GAP, lx->p, lx->p, p, p);
    lx->token.min = min;
    lx->token.max = max;
    return true;
}

static erz_status range(lexer *lx, erz_error *err)
{
    const char *at = lx->p, *p = at + 1;
    uint32_t min = 0, max = 0;
    bool good = number(&p, lx->stop, &min);
    max = min;
    if (good && p < lx->stop && *p == ',') {
        p++;
        good = number(&p, lx->stop, &max);
    }
    if (!good || p == lx->stop || *p != '}') return lex_fail(lx, at, err, "a repetition is {n} or {min,max}");
    set(lx, LEX_RANGE, at, at, p + 1, p + 1);
    lx->token.min = min;
    lx->token.max = max;
    return ERZ_OK;
}

static erz_status macro(lexer *lx, erz_error *err)
{
    const char *at = lx->p, *end = word_end(lx, at + 1);
    if (end == at + 1 || end == lx->stop || *end != '>') return lex_fail(lx, at, err, "a macro is called as <name>");
    return set(lx, LEX_MACRO, at, at + 1, end, end + 1);
}

static erz_status word(lexer *lx, erz_error *err)
{
    const char *at = lx->p, *end = word_end(lx, at);
    if (end == at) return lex_fail(lx, at, err, "'%.*s' has no meaning here", 1, at);
    if (end < lx->stop && *end == ':') return set(lx, LEX_ARG, at, at, end, end + 1);
    if (end < lx->stop && *end == '*') return set(lx, LEX_PREFIX, at, at, end, end + 1);
    return set(lx, LEX_WORD, at, at, end, end);
}

erz_status lex_next(lexer *lx, erz_error *err)
{
    skip_blank(lx);
    const char *p = lx->p;
    if (p >= lx->stop) return set(lx, LEX_END, p, p, p, p);
    if (gap(lx)) return ERZ_OK;
    switch (*p) {
    case '"':
        return quoted(lx, LEX_EXACT, err);
    case '\'':
        return quoted(lx, LEX_QUOTED, err);
    case '~':
        return named(lx, LEX_STEM, "a word", err);
    case '*':
        return named(lx, LEX_SUFFIX, "the end of a word", err);
    case '$':
        return named(lx, LEX_DOLLAR, "the name of a list or mention", err);
    case '\\':
        return named(lx, LEX_PROP, "a property", err);
    case '<':
        return macro(lx, err);
    case '{':
        return range(lx, err);
    default:
        break;
    }
    if (strchr("()[]|&!?.-=,", *p) != NULL) {
        set(lx, LEX_CHAR, p, p, p + 1, p + 1);
        lx->token.c = *p;
        return ERZ_OK;
    }
    return word(lx, err);
}
