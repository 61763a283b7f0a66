#include <string.h>

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

erz_status erz_row_parse(char *line, size_t len, erz_row *row, erz_error *err)
{
    char *field[8];
    size_t lens[8], n = 0, start = 0;
    for (size_t i = 0; i <= len; i++) {
        if (i < len && line[i] != '\t') continue;
        if (n == 8) return bad(err, i, "too many columns for a token stream");
        field[n] = line + start;
        lens[n++] = i - start;
        start = i + 1;
    }
    if (n < 7) return bad(err, 0, "not a row of a token stream: 7 or 8 columns expected");
    static const char *const what[] = {"sent", "begin", "end"};
    uint64_t *const numbers[] = {&row->sent, &row->begin, &row->end};
    for (size_t i = 0; i < 3; i++)
        if (!number(field[i + 1], lens[i + 1], numbers[i])) return bad(err, (size_t)(field[i + 1] - line), what[i]);
    row->cls = erz_token_class_parse(field[4], lens[4]);
    if (row->cls == ERZ_TOKEN_CLASSES || row->end < row->begin)
        return bad(err, (size_t)(field[4] - line), "unknown token class or span");
    row->doc = field[0], row->doc_len = record_unescape(field[0], lens[0]);
    row->text = field[5], row->text_len = record_unescape(field[5], lens[5]);
    row->gap = field[6], row->gap_len = record_unescape(field[6], lens[6]);
    row->stem = n == 8 ? field[7] : NULL;
    row->stem_len = n == 8 ? record_unescape(field[7], lens[7]) : 0;
    return ERZ_OK;
}
