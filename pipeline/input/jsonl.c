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
    erz_status status = input_charset_decode(s->charset, *p, *len, true, &s->text, &none, &text, err);
    free(none.data);
    if (status != ERZ_OK) return false;
    piece->broken = text.broken;
    piece->encoding = text.encoding;
    *p = s->text.data + text.begin;
    *len = text.len;
    return true;
}

/* 0: good, 1: memory is short, 2: a number that was read as a real one and is none of 53 bits */
static int take_id(input_split *s, json_t *value, bool reals, input_piece *piece)
{
    double number = json_number_value(value);
    if (reals && json_is_real(value) && !(number > -9e15 && number < 9e15)) return 2;
    if (json_is_string(value)) {
        piece->id = json_string_value(value);
        piece->id_len = json_string_length(value);
    } else if (json_is_integer(value) || (reals && json_is_real(value) && number == (double)(json_int_t)number)) {
        s->id.len = 0;
        erz_buf_printf(&s->id, "%" JSON_INTEGER_FORMAT,
                       json_is_integer(value) ? json_integer_value(value) : (json_int_t)number);
        if (s->id.failed) return 1;
        piece->id = s->id.data;
        piece->id_len = s->id.len;
    }
    if (piece->id_len == 0) piece->id = NULL;
    return 0;
}

/* Whole numbers of more than 64 bits, which fields that nobody asks for may have, are read as real ones, with all others. */
static json_t *load(const char *p, size_t len, bool *reals, json_error_t *e)
{
    json_t *root = json_loadb(p, len, JSON_ALLOW_NUL, e);
    *reals = root == NULL && json_error_code(e) == json_error_numeric_overflow;
    return *reals ? json_loadb(p, len, JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, e) : root;
}

/* The code unit of an escape at p, -1: none begins here. */
static int32_t escaped_unit(const char *p, size_t len)
{
    int32_t unit = 0;
    if (len < 6 || p[0] != '\\' || p[1] != 'u') return -1;
    for (size_t i = 2; i < 6; i++) {
        char c = p[i];
        int32_t digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
        if (digit < 0) return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

/* Halves of surrogate pairs, which programs with UTF-16 strings write as escapes, become U+FFFD; returns how many. */
static uint64_t replace_surrogates(char *p, size_t len)
{
    static const char replacement[4] = {'f', 'f', 'f', 'd'};
    uint64_t n = 0;
    for (size_t i = 0; i < len;) {
        int32_t unit = escaped_unit(p + i, len - i);
        bool lead = (unit & ~0x3ff) == 0xd800, trail = (unit & ~0x3ff) == 0xdc00;
        if (unit < 0) {
            i += p[i] == '\\' ? 2 : 1;
        } else if (lead && (escaped_unit(p + i + 6, len - i - 6) & ~0x3ff) == 0xdc00) {
            i += 12;
        } else {
            if (lead || trail) memcpy(p + i + 2, replacement, sizeof replacement);
            n += lead || trail;
            i += 6;
        }
    }
    return n;
}

/* NULL: *e says why. Only a line that is refused is looked through for what can be mended. */
static json_t *parse(input_split *s, const char *p, size_t len, input_piece *piece, bool *reals, json_error_t *e)
{
    json_t *root = load(p, len, reals, e);
    if (root != NULL || json_error_code(e) != json_error_invalid_syntax || strstr(e->text, "Unicode") == NULL) return root;
    if (s->text.len == 0) erz_buf_add(&s->text, p, len); /* else the line stands there */
    if (s->text.failed) return NULL;
    uint64_t n = replace_surrogates(s->text.data, s->text.len);
    if (n == 0) return NULL;
    piece->broken += n;
    return load(s->text.data, s->text.len, reals, e);
}

static split_result take_object(input_split *s, const char *p, size_t len, input_piece *piece, erz_error *err)
{
    const erz_input_options *o = s->options;
    const char *name = o->text_field != NULL ? o->text_field : "text", *id = o->id_field != NULL ? o->id_field : "id";
    json_error_t e;
    bool reals;
    s->text.len = 0;
    if (!clean(s, &p, &len, piece, err)) return err->status == ERZ_E_MEMORY ? SPLIT_FAIL : SPLIT_BAD;
    json_t *root = parse(s, p, len, piece, &reals, &e);
    s->json = root;
    if (s->text.failed || (root == NULL && (json_error_code(&e) == json_error_out_of_memory || e.text[0] == '\0')))
        return SPLIT_FAIL;
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
    int bad = take_id(s, json_object_get(root, id), reals, piece);
    if (bad == 2) erz_fail(err, ERZ_E_INPUT, NULL, s->line, 0, "the field '%s' is a number of more than 53 bits", id);
    return bad == 2 ? SPLIT_BAD : bad == 1 ? SPLIT_FAIL : SPLIT_DOC;
}

split_result input_jsonl_next(input_split *s, const char *p, size_t len, bool eof, input_piece *piece, erz_error *err)
{
    input_jsonl_end(s);
    if (s->lost) return input_split_lost(s, p, len, piece);
    s->newline = '\n';
    split_result result = input_split_line(s, p, len, eof, piece);
    if ((result == SPLIT_MORE ? len : piece->next) > 2 * s->options->max_doc_bytes)
        return input_split_long(s, p, len, piece, err);
    if (result == SPLIT_MORE) return result;
    s->line++;
    size_t blank = 0;
    while (blank < piece->len && strchr(" \t\r", piece->text[blank]) != NULL) blank++;
    if (blank == piece->len) return SPLIT_SKIP;
    return take_object(s, piece->text, piece->len, piece, err);
}
