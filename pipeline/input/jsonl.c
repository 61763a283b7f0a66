/* JSON lines: one object a line. */
#include <stdlib.h>

#include "base/utf8.h"
#include "formats.h"
#include "json.h"

/* A line that is not UTF-8 is made so before it is parsed. */
static erz_status clean(input_split *s, const char **p, size_t *len, input_piece *piece, erz_error *err)
{
    charset_fixes none = {0};
    charset_text text;
    if (erz_utf8_valid(*p, *len) == *len) return ERZ_OK;
    s->line_text.len = 0;
    erz_status status = input_charset_decode(s->charset, *p, *len, true, &s->line_text, &none, &text, err);
    free(none.data);
    if (status != ERZ_OK) return status;
    piece->broken = text.broken;
    piece->encoding = text.encoding;
    *p = s->line_text.data + text.begin;
    *len = text.len;
    return ERZ_OK;
}

/* A string's text, in `own` when it has escapes. */
static bool take_string(const json_field *f, erz_buf *own, input_piece *piece, const char **text, size_t *len)
{
    *text = f->p;
    *len = f->len;
    if (f->kind != KIND_STRING || !f->escaped) return true;
    own->len = 0;
    json_unescape(f, own, &piece->broken);
    *text = own->data == NULL ? "" : own->data;
    *len = own->len;
    return !own->failed;
}

static split_result take_object(input_split *s, const char *p, size_t len, input_piece *piece, erz_error *err)
{
    const erz_input_options *o = s->options;
    json_field fields[2] = {{.name = o->text_field != NULL ? o->text_field : "text"},
                            {.name = o->id_field != NULL ? o->id_field : "id"}};
    const json_field *text = &fields[0], *id = &fields[1];
    json_fault fault;
    bool object;
    erz_status status = clean(s, &p, &len, piece, err);
    if (status != ERZ_OK) return status == ERZ_E_MEMORY ? SPLIT_FAIL : SPLIT_BAD;
    if (!json_scan(p, len, fields, 2, &object, &fault)) {
        erz_fail(err, ERZ_E_INPUT, NULL, s->line, fault.at + 1, "bad JSON: %s", fault.what);
        return SPLIT_BAD;
    }
    if (text->kind != KIND_STRING) {
        erz_fail(err, ERZ_E_INPUT, NULL, s->line, 0,
                 !object                      ? "not an object"
                 : text->kind == KIND_MISSING ? "the object has no field '%s' (see --text-field)"
                                              : "the field '%s' is no string",
                 text->name);
        return SPLIT_BAD;
    }
    piece->clean = true;
    if (!take_string(text, &s->text, piece, &piece->text, &piece->len)) return SPLIT_FAIL;
    if ((id->kind == KIND_STRING || id->kind == KIND_NUMBER) &&
        !take_string(id, &s->warc.id, piece, &piece->id, &piece->id_len))
        return SPLIT_FAIL;
    if (piece->id_len == 0) piece->id = NULL;
    return SPLIT_DOC;
}

split_result input_jsonl_next(input_split *s, const char *p, size_t len, bool eof, input_piece *piece, erz_error *err)
{
    if (s->lost) return input_split_lost(s, p, len, piece);
    s->newline = '\n';
    split_result result = input_split_line(s, p, len, eof, piece);
    if (result == SPLIT_MORE && len > 2 * s->options->max_doc_bytes) return input_split_long(s, p, len, piece, err);
    if (result == SPLIT_MORE) return result;
    s->line++;
    const char *line = piece->text;
    size_t n = piece->len, blank = 0;
    while (blank < n && (line[blank] == ' ' || line[blank] == '\t' || line[blank] == '\r')) blank++;
    if (blank == n) return SPLIT_SKIP;
    result = take_object(s, line, n, piece, err);
    piece->in_place = piece->text >= line && piece->text <= line + n;
    return result;
}
