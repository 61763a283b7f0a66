#include "json.h"

#include "base/utf8.h"

enum { DEPTH_MAX = 1000 };

typedef struct scanner {
    const char *p, *end, *begin;
    json_fault *fault;
    size_t depth;
    char open[DEPTH_MAX]; /* '{' or '[' */
} scanner;

static bool wrong(scanner *s, const char *what)
{
    s->fault->at = (size_t)(s->p - s->begin);
    s->fault->what = what;
    return false;
}

static void blanks(scanner *s)
{
    while (s->p < s->end && (*s->p == ' ' || *s->p == '\t' || *s->p == '\r' || *s->p == '\n')) s->p++;
}

/* Is one of the eight bytes a quote, a backslash or a control character? (The first such byte is told for sure.) */
static bool special(uint64_t w)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), high = UINT64_C(0x8080808080808080);
    uint64_t quote = w ^ ones * '"', slash = w ^ ones * '\\';
    return (((quote - ones) & ~quote) | ((slash - ones) & ~slash) | ((w - ones * 0x20) & ~w)) & high;
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* Behind the opening quote. */
static bool scan_string(scanner *s, json_field *f)
{
    f->p = s->p;
    f->escaped = false;
    for (;;) {
        uint64_t w;
        while (s->end - s->p >= 8 && (memcpy(&w, s->p, 8), !special(w))) s->p += 8;
        if (s->p == s->end) return wrong(s, "the string does not end");
        char c = *s->p;
        if (c == '"') break;
        if ((unsigned char)c < 0x20) return wrong(s, "a control character in a string");
        s->p++;
        if (c != '\\') continue;
        f->escaped = true;
        if (s->p == s->end || *s->p == '\0' || strchr("\"\\/bfnrtu", *s->p) == NULL) return wrong(s, "an unknown escape");
        if (*s->p++ != 'u') continue;
        for (int i = 0; i < 4; i++, s->p++)
            if (s->p == s->end || hex(*s->p) < 0) return wrong(s, "four hexadecimal digits expected");
    }
    f->len = (size_t)(s->p++ - f->p);
    return true;
}

static bool digits(scanner *s)
{
    const char *from = s->p;
    while (s->p < s->end && *s->p >= '0' && *s->p <= '9') s->p++;
    return s->p > from ? true : wrong(s, "a digit expected");
}

static bool scan_number(scanner *s)
{
    if (*s->p == '-') s->p++;
    bool zero = s->p < s->end && *s->p == '0';
    const char *from = s->p;
    if (!digits(s)) return false;
    if (zero && s->p - from > 1) return wrong(s, "a number with a leading zero");
    if (s->p < s->end && *s->p == '.') {
        s->p++;
        if (!digits(s)) return false;
    }
    if (s->p < s->end && (*s->p | 32) == 'e') {
        s->p++;
        if (s->p < s->end && (*s->p == '+' || *s->p == '-')) s->p++;
        if (!digits(s)) return false;
    }
    return true;
}

static bool scan_word(scanner *s)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < 3; i++) {
        size_t n = strlen(words[i]);
        if ((size_t)(s->end - s->p) < n || memcmp(s->p, words[i], n) != 0) continue;
        s->p += n;
        return true;
    }
    return wrong(s, "a value expected");
}

/* A value that is no object or array. */
static bool scan_scalar(scanner *s, json_field *f)
{
    const char *from = s->p;
    if (*from == '"') {
        s->p++;
        f->kind = KIND_STRING;
        return scan_string(s, f);
    }
    bool number = *from == '-' || (*from >= '0' && *from <= '9');
    if (!(number ? scan_number(s) : scan_word(s))) return false;
    f->kind = number ? KIND_NUMBER : KIND_OTHER;
    f->p = from;
    f->len = (size_t)(s->p - from);
    return true;
}

static bool is_name(const json_field *key, const char *name)
{
    if (!key->escaped) return strlen(name) == key->len && memcmp(key->p, name, key->len) == 0;
    erz_buf plain = {0};
    uint64_t lone = 0;
    json_unescape(key, &plain, &lone);
    bool same = !plain.failed && plain.len == strlen(name) && memcmp(plain.data, name, plain.len) == 0;
    erz_buf_free(&plain);
    return same;
}

/* The wanted field of that name, NULL: none. */
static json_field *wanted(json_field *fields, size_t n, const json_field *key)
{
    for (size_t i = 0; i < n; i++)
        if (fields[i].name != NULL && is_name(key, fields[i].name)) return &fields[i];
    return NULL;
}

/* A key and its colon. */
static bool scan_key(scanner *s, json_field *key)
{
    blanks(s);
    if (s->p == s->end || *s->p != '"') return wrong(s, "a name in quotes expected");
    s->p++;
    if (!scan_string(s, key)) return false;
    blanks(s);
    if (s->p == s->end || *s->p != ':') return wrong(s, "a colon expected");
    s->p++;
    return true;
}

static bool open_value(scanner *s)
{
    if (s->depth == DEPTH_MAX) return wrong(s, "nested too deep");
    s->open[s->depth++] = *s->p++;
    return true;
}

/* Behind a value: a comma and another one (true), or ends of objects and arrays. */
static bool next_value(scanner *s, bool *more)
{
    *more = false;
    while (s->depth > 0) {
        char want = s->open[s->depth - 1] == '{' ? '}' : ']';
        blanks(s);
        if (s->p == s->end) return wrong(s, want == '}' ? "the object does not end" : "the array does not end");
        if (*s->p == ',') {
            s->p++;
            *more = true;
            return true;
        }
        if (*s->p != want) return wrong(s, want == '}' ? "',' or '}' expected" : "',' or ']' expected");
        s->p++;
        s->depth--;
    }
    return true;
}

static bool is_empty(scanner *s)
{
    blanks(s);
    return s->p < s->end && *s->p == (s->open[s->depth - 1] == '{' ? '}' : ']');
}

bool json_scan(const char *p, size_t len, json_field *fields, size_t nfields, bool *object, json_fault *fault)
{
    scanner s;
    s.p = s.begin = p;
    s.end = p + len;
    s.fault = fault;
    s.depth = 0;
    bool more = true;
    blanks(&s);
    *object = s.p < s.end && *s.p == '{';
    while (more) {
        json_field own = {0}, key = {0}, *f = &own;
        if (s.depth > 0 && s.open[s.depth - 1] == '{') {
            if (!scan_key(&s, &key)) return false;
            if (s.depth == 1) f = wanted(fields, nfields, &key);
            if (f == NULL) f = &own;
        }
        blanks(&s);
        if (s.p == s.end) return wrong(&s, "a value expected");
        if (*s.p == '{' || *s.p == '[') {
            f->kind = KIND_OTHER;
            if (!open_value(&s)) return false;
            if (!is_empty(&s)) continue;
        } else if (!scan_scalar(&s, f)) {
            return false;
        }
        if (!next_value(&s, &more)) return false;
    }
    blanks(&s);
    return s.p == s.end ? true : wrong(&s, "more than one value");
}

static uint32_t four(const char *p)
{
    return (uint32_t)(hex(p[0]) << 12 | hex(p[1]) << 8 | hex(p[2]) << 4 | hex(p[3]));
}

void json_unescape(const json_field *f, erz_buf *out, uint64_t *lone)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    const char *p = f->p, *end = p + f->len;
    while (p < end) {
        const char *q = memchr(p, '\\', (size_t)(end - p));
        erz_buf_add(out, p, (size_t)((q != NULL ? q : end) - p));
        if (q == NULL) return;
        p = q + 2;
        if (q[1] != 'u') {
            erz_buf_char(out, to[strchr(from, q[1]) - from]);
            continue;
        }
        char utf8[4];
        uint32_t cp = four(p);
        p += 4;
        if (cp >= 0xd800 && cp < 0xdc00 && end - p >= 6 && p[0] == '\\' && p[1] == 'u' && (four(p + 2) & 0xfc00) == 0xdc00) {
            cp = 0x10000 + ((cp - 0xd800) << 10) + (four(p + 2) - 0xdc00);
            p += 6;
        } else if (cp >= 0xd800 && cp < 0xe000) {
            cp = 0xfffd;
            ++*lone;
        }
        erz_buf_add(out, utf8, erz_utf8_encode(cp, utf8));
    }
}
