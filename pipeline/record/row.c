#include <string.h>

#include "base/utf8.h"
#include "erz/stream.h"
#include "escape.h"

static bool number(const char *s, size_t len, uint64_t *out)
{
    uint64_t n = 0;
    if (len == 0 || len > 19) return false;
    for (size_t i = 0; i < len; i++) {
        if (s[i] < '0' || s[i] > '9') return false;
        n = n * 10 + (uint64_t)(s[i] - '0');
    }
    *out = n;
    return true;
}

static erz_status bad(erz_error *err, size_t column, const char *what)
{
    return erz_fail(err, ERZ_E_INPUT, NULL, 0, column + 1, "%s", what);
}

enum { COLUMNS = 8 };

/* Columns of the line; 0: too many. */
static size_t split(char *line, size_t len, char **field, size_t *lens)
{
    size_t n = 0;
    char *end = line + len;
    for (char *p = line;;) {
        if (n == COLUMNS) return 0;
        char *tab = p;
        while (tab < end && *tab != '\t') tab++; /* fields are short: memchr is a call too many */
        field[n] = p;
        lens[n++] = (size_t)(tab - p);
        if (tab == end) return n;
        p = tab + 1;
    }
}

erz_status erz_row_parse(char *line, size_t len, erz_row *row, erz_error *err)
{
    char *field[COLUMNS];
    size_t lens[COLUMNS], n = split(line, len, field, lens);
    if (n == 0) return bad(err, len, "too many columns for a token stream");
    if (n < COLUMNS - 1) return bad(err, 0, "not a row of a token stream: 7 or 8 columns expected");
    static const char *const what[] = {"sent is not a number", "begin is not a number", "end is not a number"};
    uint64_t *const numbers[] = {&row->sent, &row->begin, &row->end};
    for (size_t i = 0; i < 3; i++)
        if (!number(field[i + 1], lens[i + 1], numbers[i])) return bad(err, (size_t)(field[i + 1] - line), what[i]);
    row->cls = erz_token_class_parse(field[4], lens[4]);
    if (row->cls == ERZ_TOKEN_CLASSES) return bad(err, (size_t)(field[4] - line), "unknown token class");
    if (row->end < row->begin) return bad(err, (size_t)(field[3] - line), "end lies before begin");
    if (row->cls != ERZ_TOKEN_END && lens[5] == 0) return bad(err, (size_t)(field[5] - line), "a token without text");
    /* Ids may be any bytes (names of files); what is matched is UTF-8. */
    size_t texts = len - (size_t)(field[5] - line), good = erz_utf8_valid(field[5], texts);
    if (good < texts) return bad(err, (size_t)(field[5] - line) + good, "not UTF-8");
    row->doc = field[0], row->doc_len = lens[0];
    row->text = field[5], row->text_len = lens[5];
    row->gap = field[6], row->gap_len = lens[6];
    row->stem = n == COLUMNS ? field[7] : NULL;
    row->stem_len = n == COLUMNS ? lens[7] : 0;
    if (memchr(line, '\\', len) == NULL) return ERZ_OK;
    row->doc_len = record_unescape(field[0], lens[0]);
    row->text_len = record_unescape(field[5], lens[5]);
    row->gap_len = record_unescape(field[6], lens[6]);
    if (n == COLUMNS) row->stem_len = record_unescape(field[7], lens[7]);
    return ERZ_OK;
}
