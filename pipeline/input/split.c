/* Where documents begin and end in a run of bytes. */
#include "formats.h"

void input_split_begin(input_split *s, const erz_input_options *options, struct input_charset *charset)
{
    s->mode = options->docs;
    s->options = options;
    s->charset = charset;
    s->number = s->line = 0;
    s->seen = 0;
    s->inside = s->lost = s->unusable = s->has_id = false;
    s->newline = 0;
    memset(&s->csv, 0, sizeof s->csv);
    s->warc.record = s->warc.body = s->warc.skip = 0;
    s->warc.in_body = s->warc.chunked = false;
}

void input_split_end(input_split *s)
{
    erz_buf_free(&s->id);
    erz_buf_free(&s->text);
    input_jsonl_end(s);
}

void input_split_resume(input_split *s)
{
    s->lost = false;
}

bool input_split_sections(const input_split *s)
{
    if (s->mode == ERZ_DOCS_WARC) return s->warc.in_body && !s->warc.chunked;
    if (s->mode == ERZ_DOCS_LEIPZIG) return s->has_id;
    return s->mode != ERZ_DOCS_CSV && s->mode != ERZ_DOCS_JSONL;
}

bool input_split_pending(const input_split *s)
{
    return s->inside || s->has_id || (s->mode == ERZ_DOCS_WARC && (s->warc.in_body || s->warc.skip > 0));
}

static void give_id(const input_split *s, input_piece *piece)
{
    piece->id = s->id.len > 0 ? s->id.data : NULL;
    piece->id_len = s->id.len;
}

void input_split_section(input_split *s, const char *p, size_t len, input_piece *piece)
{
    s->seen = 0;
    piece->text = p;
    piece->len = piece->next = len;
    piece->in_place = true;
    if (s->mode == ERZ_DOCS_WARC) s->warc.body -= len;
    if (s->mode == ERZ_DOCS_WARC || s->mode == ERZ_DOCS_LEIPZIG) give_id(s, piece);
}

size_t input_split_lines(const char *p, size_t len)
{
    size_t n = 0;
    const char *end = p + len;
    while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) n++, p++;
    return n;
}

split_result input_split_lost(input_split *s, const char *p, size_t len, input_piece *piece)
{
    const char *nl = memchr(p, s->newline == '\r' ? '\r' : '\n', len);
    piece->next = nl != NULL ? (size_t)(nl - p) + 1 : len;
    s->line += nl != NULL;
    s->lost = nl == NULL;
    return len > 0 ? SPLIT_SKIP : SPLIT_MORE;
}

split_result input_split_long(input_split *s, const char *p, size_t len, input_piece *piece, erz_error *err)
{
    erz_fail(err, ERZ_E_LIMIT, NULL, s->line + 1, 0, "a record longer than --max-doc-bytes %zu", s->options->max_doc_bytes);
    input_split_lost(s, p, len, piece);
    s->seen = 0;
    return SPLIT_BAD;
}

static split_result give(input_piece *piece, const char *p, size_t len, size_t next)
{
    piece->text = p;
    piece->len = len;
    piece->next = next;
    piece->in_place = true;
    return SPLIT_DOC;
}

static split_result split_file(input_split *s, const char *p, size_t len, bool eof, input_piece *piece)
{
    (void)s;
    piece->unnumbered = true;
    return eof ? give(piece, p, len, len) : SPLIT_MORE;
}

/* Up to a byte that ends documents; what follows the last one is a document unless it is empty. */
static split_result split_byte(input_split *s, const char *p, size_t len, bool eof, char end, input_piece *piece)
{
    const char *q = len > s->seen ? memchr(p + s->seen, end, len - s->seen) : NULL;
    if (q != NULL) return give(piece, p, (size_t)(q - p), (size_t)(q - p) + 1);
    s->seen = len;
    if (!eof) return SPLIT_MORE;
    return give(piece, p, len, len);
}

/* The first line tells: files of old Macs end lines with CR alone. Of a line too long for a record only the beginning is asked,
 * so that it does not matter how much is in sight. */
static bool find_newline(input_split *s, const char *p, size_t len, bool eof)
{
    for (size_t i = s->seen; i < len && s->newline == 0; i++) {
        if (i >= 2 * s->options->max_doc_bytes) s->newline = '\n';
        if (s->newline != 0) break;
        if (p[i] == '\n') s->newline = '\n';
        if (p[i] != '\r') continue;
        if (i + 1 < len)
            s->newline = p[i + 1] == '\n' ? '\n' : '\r';
        else if (eof)
            s->newline = '\n';
        else {
            s->seen = i;
            return false;
        }
    }
    if (s->newline == 0 && !eof) {
        s->seen = len;
        return false;
    }
    if (s->newline == 0) s->newline = '\n';
    s->seen = 0;
    return true;
}

split_result input_split_line(input_split *s, const char *p, size_t len, bool eof, input_piece *piece)
{
    if (s->newline == 0 && !find_newline(s, p, len, eof)) return SPLIT_MORE;
    split_result result = split_byte(s, p, len, eof, s->newline, piece);
    if (result == SPLIT_DOC && piece->len > 0 && p[piece->len - 1] == '\r' && s->newline == '\n' && piece->next > piece->len)
        piece->len--;
    return result;
}

/* A line without id: bad as a whole. */
static split_result no_id(input_split *s, const char *p, size_t len, bool eof, const char *what, input_piece *piece,
                          erz_error *err)
{
    split_result result = input_split_line(s, p, len, eof, piece);
    size_t line = result != SPLIT_DOC ? len : piece->next > piece->len ? piece->next - 1 : piece->len;
    if (line > 2 * s->options->max_doc_bytes) return input_split_long(s, p, len, piece, err);
    if (result != SPLIT_DOC) return result;
    s->line++;
    erz_fail(err, ERZ_E_INPUT, NULL, s->line, 0, "%s", what);
    return SPLIT_BAD;
}

/* First the id and its TAB, then the text, which may come in sections. */
static split_result split_leipzig(input_split *s, const char *p, size_t len, bool eof, input_piece *piece, erz_error *err)
{
    if (s->lost) return input_split_lost(s, p, len, piece);
    if (s->has_id) {
        split_result result = input_split_line(s, p, len, eof, piece);
        give_id(s, piece);
        s->has_id = result != SPLIT_DOC;
        return result;
    }
    const char *tab = len > 0 ? memchr(p, '\t', len) : NULL;
    size_t n = tab != NULL ? (size_t)(tab - p) : len;
    bool known = s->newline != 0 || find_newline(s, p, tab != NULL ? n + 1 : n, eof && tab == NULL);
    s->seen = 0;
    const char *end = known && n > 0 ? memchr(p, s->newline, n) : NULL;
    size_t line = end != NULL ? (size_t)(end - p) : n;
    if (line > 2 * s->options->max_doc_bytes) return input_split_long(s, p, len, piece, err);
    if (end != NULL || (tab == NULL && eof)) return no_id(s, p, len, eof, "no TAB between id and text", piece, err);
    if (tab == NULL) return SPLIT_MORE;
    if (n == 0) return no_id(s, p, len, eof, "an empty id", piece, err);
    s->id.len = 0;
    erz_buf_add(&s->id, p, n);
    if (s->id.failed) return SPLIT_FAIL;
    s->has_id = true;
    s->line++;
    piece->next = n + 1;
    return SPLIT_SKIP;
}

/* Length of the blank line (LF included) at p, 0: none here, or its end is not in sight (*more). */
static size_t blank_line(const char *p, size_t len, bool eof, bool *more)
{
    size_t i = 0;
    while (i < len && (p[i] == ' ' || p[i] == '\t' || p[i] == '\r')) i++;
    if (i < len) return p[i] == '\n' ? i + 1 : 0;
    *more = !eof;
    return eof ? i : 0;
}

static split_result split_blank(input_split *s, const char *p, size_t len, bool eof, input_piece *piece)
{
    bool more = false;
    if (s->seen == 0) {
        size_t n = 0, k;
        while (n < len && (k = blank_line(p + n, len - n, eof, &more)) > 0) n += k;
        if (n > 0 && s->inside) return give(piece, p, 0, n);
        piece->next = n;
        if (n > 0) return SPLIT_SKIP;
        if (more) return SPLIT_MORE;
    }
    const char *nl;
    for (size_t at = s->seen; at < len && (nl = memchr(p + at, '\n', len - at)) != NULL; at = (size_t)(nl - p) + 1) {
        size_t end = (size_t)(nl - p), k = blank_line(nl + 1, len - end - 1, eof, &more);
        if (more) {
            s->seen = end;
            return SPLIT_MORE;
        }
        if (k > 0) return give(piece, p, end > 0 && p[end - 1] == '\r' ? end - 1 : end, end + 1 + k);
    }
    s->seen = len;
    if (!eof) return SPLIT_MORE;
    size_t end = len;
    while (end > 0 && (p[end - 1] == '\n' || p[end - 1] == '\r')) end--;
    return give(piece, p, end, len);
}

split_result input_split_next(input_split *s, const char *p, size_t len, bool eof, input_piece *piece, erz_error *err)
{
    memset(piece, 0, sizeof *piece);
    if (s->unusable) {
        piece->next = len;
        return len > 0 ? SPLIT_SKIP : SPLIT_MORE;
    }
    if (len == 0 && eof && !input_split_pending(s) && s->mode != ERZ_DOCS_FILE) return SPLIT_MORE;
    switch (s->mode) {
    case ERZ_DOCS_FILE:
        return split_file(s, p, len, eof, piece);
    case ERZ_DOCS_LINE:
        return input_split_line(s, p, len, eof, piece);
    case ERZ_DOCS_BLANK:
        return split_blank(s, p, len, eof, piece);
    case ERZ_DOCS_FF:
        return split_byte(s, p, len, eof, '\f', piece);
    case ERZ_DOCS_NUL:
        return split_byte(s, p, len, eof, '\0', piece);
    case ERZ_DOCS_LEIPZIG:
        return split_leipzig(s, p, len, eof, piece, err);
    case ERZ_DOCS_CSV:
        return input_csv_next(s, p, len, eof, piece, err);
    case ERZ_DOCS_JSONL:
        return input_jsonl_next(s, p, len, eof, piece, err);
    case ERZ_DOCS_WARC:
        return input_warc_next(s, p, len, eof, piece, err);
    }
    return SPLIT_MORE;
}

static bool ends_paragraph(const char *p, size_t i)
{
    return p[i - 1] == '\n' && i >= 2 && (p[i - 2] == '\n' || (p[i - 2] == '\r' && i >= 3 && p[i - 3] == '\n'));
}

static bool ends_line(const char *p, size_t i)
{
    return p[i - 1] == '\n';
}

static bool ends_sentence(const char *p, size_t i)
{
    return p[i - 1] == ' ' && i >= 2 && (p[i - 2] == '.' || p[i - 2] == '!' || p[i - 2] == '?');
}

static bool ends_word(const char *p, size_t i)
{
    return p[i - 1] == ' ' || p[i - 1] == '\t';
}

size_t input_split_cut(const char *p, size_t max)
{
    static bool (*const ends[])(const char *, size_t) = {ends_paragraph, ends_line, ends_sentence, ends_word};
    size_t least = max - max / 4;
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
        for (size_t i = max; i > least; i--)
            if (ends[k](p, i)) return i;
    size_t cut = max;
    while (cut > 0 && cut > max - 4 && (p[cut] & 0xc0) == 0x80) cut--;
    return (p[cut] & 0xc0) == 0x80 ? max : cut;
}
