/* WARC 1.0 and 1.1 (ISO 28500), WET: texts of `conversion` records, text/plain of `resource` and `response` records. */
#include <strings.h>

#include "formats.h"

enum { HEADER_MAX = 1 << 16 };

/* Length of the header block at p with its empty line; 0: its end is not in sight. The version line of another record ends it
 * too. */
static size_t header_len(const char *p, size_t len)
{
    const char *end = p + (len < HEADER_MAX ? len : HEADER_MAX);
    for (const char *q = p; (q = memchr(q, '\n', (size_t)(end - q))) != NULL; q++) {
        const char *r = q + 1;
        if (r < end && *r == '\r') r++;
        if (r < end && *r == '\n') return (size_t)(r - p) + 1;
        if (end - r >= 7 && memcmp(r, "WARC/1.", 7) == 0) return (size_t)(r - p);
    }
    return 0;
}

/* The value of a header line, NULL: there is none. Names are case-insensitive. */
static const char *header_value(const char *p, size_t len, const char *name, size_t *value_len)
{
    size_t n = strlen(name);
    const char *end = p + len;
    while (p < end) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        if (nl == NULL) nl = end;
        if ((size_t)(nl - p) > n && p[n] == ':' && strncasecmp(p, name, n) == 0) {
            const char *v = p + n + 1, *e = nl;
            while (v < e && (*v == ' ' || *v == '\t')) v++;
            while (e > v && (e[-1] == '\r' || e[-1] == ' ' || e[-1] == '\t')) e--;
            *value_len = (size_t)(e - v);
            return v;
        }
        p = nl + 1;
    }
    return NULL;
}

static bool value_begins(const char *p, size_t len, const char *name, const char *prefix)
{
    size_t n, want = strlen(prefix);
    const char *v = header_value(p, len, name, &n);
    return v != NULL && n >= want && strncasecmp(v, prefix, want) == 0;
}

static bool parse_length(const char *p, size_t len, uint64_t *out)
{
    size_t n;
    uint64_t value = 0;
    const char *v = header_value(p, len, "Content-Length", &n);
    if (v == NULL || n == 0 || n > 18) return false;
    for (size_t i = 0; i < n; i++) {
        if (v[i] < '0' || v[i] > '9') return false;
        value = value * 10 + (uint64_t)(v[i] - '0');
    }
    *out = value;
    return true;
}

static void keep_id(input_split *s, const char *p, size_t len)
{
    const char *name = s->options->id_field != NULL ? s->options->id_field : "WARC-Record-ID";
    size_t n;
    const char *v = header_value(p, len, name, &n);
    s->id.len = 0;
    if (v != NULL && n > 2 && v[0] == '<' && v[n - 1] == '>') v++, n -= 2;
    if (v != NULL) erz_buf_add(&s->id, v, n);
}

/* Where the line of the next record begins in p[0, len); 0: not in sight. What p begins with is none. */
static size_t next_record(const char *p, size_t len)
{
    static const char mark[] = "\nWARC/";
    const char *end = p + len;
    for (const char *q = p; (size_t)(end - q) >= sizeof mark - 1; q++) {
        q = memchr(q, '\n', (size_t)(end - q));
        if (q == NULL || (size_t)(end - q) < sizeof mark - 1) return 0;
        if (memcmp(q, mark, sizeof mark - 1) == 0) return (size_t)(q - p) + 1;
    }
    return 0;
}

/* A bad record: the next one is looked for behind it. */
static split_result lose(input_split *s, erz_error *err, const char *what)
{
    erz_fail(err, ERZ_E_INPUT, NULL, 0, 0, "record %llu: %s", (unsigned long long)s->warc.record, what);
    s->lost = true;
    return SPLIT_BAD;
}

static split_result seek(input_split *s, const char *p, size_t len, bool eof, input_piece *piece)
{
    enum { KEPT = 5 }; /* they may begin the line feed and mark of a record */
    size_t next = next_record(p, len);
    s->lost = next == 0;
    piece->next = next > 0 ? next : eof ? len : len > KEPT ? len - KEPT : 0;
    return piece->next > 0 ? SPLIT_SKIP : SPLIT_MORE;
}

/* Undo the chunked transfer encoding (RFC 9112, 7.1) of p[0, len). */
static bool dechunk(const char *p, size_t len, erz_buf *out)
{
    size_t at = 0;
    out->len = 0;
    for (;;) {
        size_t n = 0, digits = 0;
        for (; at < len && digits < 8; at++, digits++) {
            char c = p[at];
            int d = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
            if (d < 0) break;
            n = n * 16 + (size_t)d;
        }
        const char *nl = memchr(p + at, '\n', len - at);
        if (digits == 0 || nl == NULL) return false;
        at = (size_t)(nl - p) + 1;
        if (n == 0) return true;
        if (n > len - at) return false;
        erz_buf_add(out, p + at, n);
        at += n;
        if (at < len && p[at] == '\r') at++;
        if (at < len && p[at] == '\n') at++;
    }
}

/* The HTTP header of a response decides whether its body is text. */
static split_result take_response(input_split *s, const char *p, size_t len, uint64_t body, size_t header, input_piece *piece,
                                  erz_error *err)
{
    size_t seen = len - header < body ? len - header : (size_t)body, http = header_len(p + header, seen);
    if (http == 0 && seen < body && seen < HEADER_MAX) return SPLIT_MORE;
    const char *h = p + header;
    bool text = http > 0 && seen > 5 && memcmp(h, "HTTP/", 5) == 0 && value_begins(h, http, "Content-Type", "text/plain");
    size_t n;
    bool plain = text && (header_value(h, http, "Content-Encoding", &n) == NULL || n == 0 ||
                          value_begins(h, http, "Content-Encoding", "identity"));
    piece->next = header + (plain ? http : 0);
    s->warc.skip = plain ? 0 : body;
    s->warc.body = plain ? body - http : 0;
    s->warc.in_body = plain;
    s->warc.chunked = plain && value_begins(h, http, "Transfer-Encoding", "chunked");
    if (plain || !text) return SPLIT_SKIP;
    erz_fail(err, ERZ_E_INPUT, NULL, 0, 0, "record %llu: its text is compressed (Content-Encoding)",
             (unsigned long long)s->warc.record);
    return SPLIT_BAD;
}

static split_result take_header(input_split *s, const char *p, size_t len, bool eof, input_piece *piece, erz_error *err)
{
    size_t begin = 0;
    uint64_t body;
    while (begin < len && (p[begin] == '\r' || p[begin] == '\n')) begin++;
    if (begin > 0) {
        piece->next = begin;
        return SPLIT_SKIP;
    }
    if (s->seen == 0) s->warc.record++;
    s->seen = 1; /* counted */
    if (memcmp(p, "WARC/1.", len < 7 ? len : 7) != 0) return lose(s, err, "it does not begin with WARC/1.");
    size_t header = header_len(p, len);
    if (header == 0 && !eof && len < HEADER_MAX) return SPLIT_MORE;
    if (header == 0 || header > HEADER_MAX) return lose(s, err, "its header does not end");
    if (!parse_length(p, header, &body)) return lose(s, err, "no Content-Length");
    keep_id(s, p, header);
    if (s->id.failed) return SPLIT_FAIL;
    s->warc.chunked = false;
    if (value_begins(p, header, "WARC-Type", "response")) {
        split_result result = take_response(s, p, len, body, header, piece, err);
        if (result != SPLIT_MORE || !eof) return result;
        return lose(s, err, "it is cut off");
    }
    bool text = value_begins(p, header, "WARC-Type", "conversion") ||
                (value_begins(p, header, "WARC-Type", "resource") && value_begins(p, header, "Content-Type", "text/plain"));
    piece->next = header;
    s->warc.in_body = text;
    s->warc.body = text ? body : 0;
    s->warc.skip = text ? 0 : body;
    return SPLIT_SKIP;
}

static split_result take_body(input_split *s, const char *p, size_t len, bool eof, input_piece *piece, erz_error *err)
{
    if (s->warc.chunked && s->warc.body > 2 * (uint64_t)s->options->max_doc_bytes) {
        s->warc.in_body = false;
        s->warc.skip = s->warc.body;
        erz_fail(err, ERZ_E_LIMIT, NULL, 0, 0, "record %llu: longer than --max-doc-bytes", (unsigned long long)s->warc.record);
        return SPLIT_BAD;
    }
    if (len < s->warc.body && !eof) return SPLIT_MORE;
    s->warc.in_body = false;
    if (len < s->warc.body) {
        erz_fail(err, ERZ_E_INPUT, NULL, 0, 0, "record %llu: it is cut off", (unsigned long long)s->warc.record);
        piece->next = len;
        return SPLIT_BAD;
    }
    piece->next = piece->len = (size_t)s->warc.body;
    piece->text = p;
    piece->in_place = true;
    piece->id = s->id.len > 0 ? s->id.data : NULL;
    piece->id_len = s->id.len;
    if (!s->warc.chunked) return SPLIT_DOC;
    if (!dechunk(p, piece->len, &s->text)) {
        erz_fail(err, ERZ_E_INPUT, NULL, 0, 0, "record %llu: bad chunks", (unsigned long long)s->warc.record);
        return SPLIT_BAD;
    }
    piece->text = s->text.data == NULL ? "" : s->text.data;
    piece->len = s->text.len;
    piece->in_place = false;
    return s->text.failed ? SPLIT_FAIL : SPLIT_DOC;
}

split_result input_warc_next(input_split *s, const char *p, size_t len, bool eof, input_piece *piece, erz_error *err)
{
    if (s->lost) return seek(s, p, len, eof, piece);
    if (s->warc.in_body) return take_body(s, p, len, eof, piece, err);
    if (s->warc.skip > 0) {
        piece->next = s->warc.skip < len ? (size_t)s->warc.skip : len;
        s->warc.skip -= piece->next;
        if (eof && len == 0) {
            erz_fail(err, ERZ_E_INPUT, NULL, 0, 0, "record %llu: it is cut off", (unsigned long long)s->warc.record);
            s->warc.skip = 0;
            return SPLIT_BAD;
        }
        return len > 0 ? SPLIT_SKIP : SPLIT_MORE;
    }
    return len > 0 ? take_header(s, p, len, eof, piece, err) : SPLIT_MORE;
}
