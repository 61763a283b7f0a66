/* Comma-separated values (RFC 4180), with a header line. Semicolon and TAB, as spreadsheets of German settings write them, are
 * found out from the header. */
#include "formats.h"

/* End of the record that begins at p: the place behind its line end, 0: not in sight. seen and csv.quoted keep the state. */
static size_t record_end(input_split *s, const char *p, size_t len)
{
    size_t i = s->seen;
    bool quoted = s->csv.quoted, closed = s->csv.closed;
    while (i < len) {
        const char *q = quoted ? memchr(p + i, '"', len - i) : NULL;
        if (quoted && q == NULL) break;
        if (quoted) {
            i = (size_t)(q - p) + 1;
            quoted = false;
            closed = true;
            continue;
        }
        char c = p[i];
        /* A quote right behind a closing one opens again: "" inside a quoted field. Elsewhere it must begin the field. */
        if (c == '"') quoted = closed || i == 0 || p[i - 1] == s->csv.delimiter || s->csv.delimiter == 0;
        if (c == '\n') return i + 1;
        closed = false;
        i++;
    }
    s->seen = len;
    s->csv.quoted = quoted;
    s->csv.closed = closed;
    return 0;
}

typedef struct field {
    const char *p;
    size_t len;
    bool quoted, doubled;
} field;

/* The field at p[*at, len) and go behind its delimiter. */
static field next_field(const char *p, size_t len, size_t *at, char delimiter)
{
    field f = {p + *at, 0, false, false};
    size_t i = *at;
    if (i < len && p[i] == '"') {
        f.quoted = true;
        f.p = p + ++i;
        for (; i < len; i++) {
            if (p[i] != '"') continue;
            if (i + 1 >= len || p[i + 1] != '"') break;
            f.doubled = true;
            i++;
        }
        f.len = (size_t)(p + i - f.p);
        while (i < len && p[i] != delimiter) i++;
    } else {
        while (i < len && p[i] != delimiter) i++;
        f.len = (size_t)(p + i - f.p);
    }
    *at = i + 1;
    return f;
}

/* The field without its doubled quotes, in `to`. */
static bool undouble(erz_buf *to, const field *f)
{
    to->len = 0;
    for (size_t i = 0; i < f->len;) {
        const char *q = memchr(f->p + i, '"', f->len - i);
        size_t n = q != NULL ? (size_t)(q - f->p) + 1 - i : f->len - i;
        erz_buf_add(to, f->p + i, n);
        i += n + (q != NULL);
    }
    return !to->failed;
}

/* *column: which one has that name, -1: none. */
static erz_status find_column(input_split *s, const char *p, size_t len, char delimiter, const char *name, int *column,
                              erz_error *err)
{
    size_t name_len = strlen(name);
    *column = 0;
    for (size_t at = 0; at <= len; ++*column) {
        field f = next_field(p, len, &at, delimiter);
        s->id.len = 0;
        erz_status status = input_charset_name(s->charset, f.p, f.len, &s->id, err);
        if (status != ERZ_OK) return status;
        if (s->id.len == name_len && (name_len == 0 || memcmp(s->id.data, name, name_len) == 0)) return ERZ_OK;
    }
    *column = -1;
    return ERZ_OK;
}

static split_result take_header(input_split *s, const char *p, size_t len, input_piece *piece, erz_error *err)
{
    const erz_input_options *o = s->options;
    const char *text = o->text_field != NULL ? o->text_field : "text", *id = o->id_field != NULL ? o->id_field : "id";
    static const char delimiters[] = ",;\t";
    for (size_t i = 0; i < 3 && s->csv.delimiter == 0; i++) {
        if (find_column(s, p, len, delimiters[i], text, &s->csv.text, err) != ERZ_OK) return SPLIT_FAIL;
        if (s->csv.text >= 0) s->csv.delimiter = delimiters[i];
    }
    if (s->csv.delimiter == 0) {
        erz_fail(err, ERZ_E_INPUT, NULL, 1, 0, "the header has no column '%s' (see --text-field)", text);
        s->unusable = true;
        return SPLIT_BAD;
    }
    if (find_column(s, p, len, s->csv.delimiter, id, &s->csv.id, err) != ERZ_OK) return SPLIT_FAIL;
    if (s->csv.id < 0 && o->id_field != NULL) {
        erz_fail(err, ERZ_E_INPUT, NULL, 1, 0, "the header has no column '%s' (see --id-field)", id);
        s->unusable = true;
        return SPLIT_BAD;
    }
    (void)piece;
    return SPLIT_SKIP;
}

static split_result take_text(input_split *s, const field *f, input_piece *piece)
{
    piece->text = f->p;
    piece->len = f->len;
    piece->in_place = !f->doubled;
    if (!f->doubled) return SPLIT_DOC;
    if (!undouble(&s->text, f)) return SPLIT_FAIL;
    piece->text = s->text.data;
    piece->len = s->text.len;
    return SPLIT_DOC;
}

static split_result take_record(input_split *s, const char *p, size_t len, input_piece *piece, erz_error *err)
{
    int column = 0, last = s->csv.text > s->csv.id ? s->csv.text : s->csv.id;
    field text = {NULL, 0, false, false};
    for (size_t at = 0; at <= len && column <= last; column++) {
        field f = next_field(p, len, &at, s->csv.delimiter);
        if (column == s->csv.text) text = f;
        if (column != s->csv.id || f.len == 0) continue;
        if (f.doubled && !undouble(&s->id, &f)) return SPLIT_FAIL;
        piece->id = f.doubled ? s->id.data : f.p;
        piece->id_len = f.doubled ? s->id.len : f.len;
    }
    if (text.p != NULL) return take_text(s, &text, piece);
    erz_fail(err, ERZ_E_INPUT, NULL, s->line + 1, 0, "%d column%s: the text is column %d", column, column == 1 ? "" : "s",
             s->csv.text + 1);
    return SPLIT_BAD;
}

split_result input_csv_next(input_split *s, const char *p, size_t len, bool eof, input_piece *piece, erz_error *err)
{
    if (s->lost) return input_split_lost(s, p, len, piece);
    size_t end = record_end(s, p, len);
    bool open = s->csv.quoted;
    if ((end == 0 ? len : end) > 2 * s->options->max_doc_bytes) {
        s->csv.quoted = s->csv.closed = false;
        return input_split_long(s, p, len, piece, err);
    }
    if (end == 0 && !eof) return SPLIT_MORE;
    s->csv.quoted = s->csv.closed = false;
    if (end == 0 && open) { /* go on with the line behind the one that opened the quotes */
        erz_fail(err, ERZ_E_INPUT, NULL, s->line + 1, 0, "a quoted field does not end");
        input_split_lost(s, p, len, piece);
        return SPLIT_BAD;
    }
    if (end == 0) end = len;
    size_t text = end;
    if (text > 0 && p[text - 1] == '\n') text--;
    if (text > 0 && p[text - 1] == '\r') text--;
    piece->next = end;
    split_result result = text == 0               ? SPLIT_SKIP
                          : s->csv.delimiter == 0 ? take_header(s, p, text, piece, err)
                                                  : take_record(s, p, text, piece, err);
    s->line += input_split_lines(p, end);
    return result;
}
