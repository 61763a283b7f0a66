/* JSON lines: one object a line. */
#include <jansson.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "formats.h"

void input_jsonl_end(input_split *s)
{
    json_decref(s->json);
    s->json = NULL;
}

/* A line that is not UTF-8 is made so before it is parsed. */
static bool clean(input_split *s, const char **p, size_t *len, input_piece *piece, erz_error *err)
{
    charset_fixes none = {0};
    charset_text text;
    if (erz_utf8_valid(*p, *len) == *len) return true;
    s->text.len = 0;
    erz_status status = input_charset_decode(s->charset, *p, *len, true, &s->text, &none, &text, err);
    free(none.data);
    if (status != ERZ_OK) return false;
    piece->broken = text.broken;
    piece->encoding = text.encoding;
    *p = s->text.data + text.begin;
    *len = text.len;
    return true;
}

static bool take_id(input_split *s, json_t *value, input_piece *piece)
{
    if (json_is_string(value)) {
        piece->id = json_string_value(value);
        piece->id_len = json_string_length(value);
    } else if (json_is_integer(value)) {
        s->warc.id.len = 0;
        erz_buf_printf(&s->warc.id, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        if (s->warc.id.failed) return false;
        piece->id = s->warc.id.data;
        piece->id_len = s->warc.id.len;
    }
    if (piece->id_len == 0) piece->id = NULL;
    return true;
}

static split_result take_object(input_split *s, const char *p, size_t len, input_piece *piece, erz_error *err)
{
    const erz_input_options *o = s->options;
    const char *name = o->text_field != NULL ? o->text_field : "text";
    json_error_t e;
    if (!clean(s, &p, &len, piece, err)) return err->status == ERZ_E_MEMORY ? SPLIT_FAIL : SPLIT_BAD;
    json_t *root = json_loadb(p, len, JSON_ALLOW_NUL, &e);
    s->json = root;
    if (root == NULL && (json_error_code(&e) == json_error_out_of_memory || e.text[0] == '\0')) return SPLIT_FAIL;
    if (root == NULL) {
        erz_fail(err, ERZ_E_INPUT, NULL, s->line, e.position > 0 ? (uint64_t)e.position : 1, "bad JSON: %s", e.text);
        return SPLIT_BAD;
    }
    json_t *text = json_object_get(root, name);
    if (!json_is_string(text)) {
        erz_fail(err, ERZ_E_INPUT, NULL, s->line, 0,
                 !json_is_object(root) ? "not an object"
                 : text == NULL        ? "the object has no field '%s' (see --text-field)"
                                       : "the field '%s' is no string",
                 name);
        return SPLIT_BAD;
    }
    piece->text = json_string_value(text);
    piece->len = json_string_length(text);
    piece->in_place = false;
    piece->clean = true;
    return take_id(s, json_object_get(root, o->id_field != NULL ? o->id_field : "id"), piece) ? SPLIT_DOC : SPLIT_FAIL;
}

split_result input_jsonl_next(input_split *s, const char *p, size_t len, bool eof, input_piece *piece, erz_error *err)
{
    input_jsonl_end(s);
    if (s->lost) return input_split_lost(s, p, len, piece);
    s->newline = '\n';
    split_result result = input_split_line(s, p, len, eof, piece);
    if (result == SPLIT_MORE && len > 2 * s->options->max_doc_bytes) return input_split_long(s, p, len, piece, err);
    if (result == SPLIT_MORE) return result;
    s->line++;
    size_t blank = 0;
    while (blank < piece->len && strchr(" \t\r", piece->text[blank]) != NULL) blank++;
    if (blank == piece->len) return SPLIT_SKIP;
    return take_object(s, piece->text, piece->len, piece, err);
}
