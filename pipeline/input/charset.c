/* The text of a document: UTF-8 as it is, broken UTF-8 with U+FFFD and a way back, or converted from an 8-bit encoding. */
#include <stdlib.h>
#include <unicode/ucnv.h>

#include "base/utf8.h"
#include "reader.h"

typedef enum known { KNOWN_NOTHING, KNOWN_UTF8, KNOWN_OTHER } known;

struct input_charset {
    const erz_input_options *options;
    known input;          /* what the documents of this input were so far */
    bool marked;          /* a byte order mark says UTF-8 */
    const char *encoding; /* KNOWN_OTHER: which */
    const char *document; /* encoding of the document whose sections come, NULL: UTF-8 */
    UConverter *converter;
    const char *open; /* what converter converts from */
    UChar *units;
    bool single;          /* each byte is a character: */
    uint32_t bytes[256];  /* its UTF-8, first byte lowest, */
    uint8_t lengths[256]; /* and how long that is */
};

enum { UNITS = 1 << 14 };

erz_status input_charset_new(const erz_input_options *options, input_charset **out, erz_error *err)
{
    input_charset *c = calloc(1, sizeof *c);
    if (c == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    c->options = options;
    *out = c;
    return ERZ_OK;
}

void input_charset_free(input_charset *c)
{
    if (c == NULL) return;
    ucnv_close(c->converter);
    free(c->units);
    free(c);
}

void input_charset_begin(input_charset *c, bool utf8)
{
    c->input = utf8 ? KNOWN_UTF8 : KNOWN_NOTHING;
    c->marked = utf8;
    c->encoding = c->document = NULL;
}

/* Length of the maximal subpart of an ill-formed sequence at p (Unicode 15, 3.9, "U+FFFD Substitution of Maximal Subparts"). */
static size_t bad_sequence(const char *p, size_t len)
{
    const unsigned char *s = (const unsigned char *)p;
    unsigned char lo = 0x80, hi = 0xbf;
    size_t want = s[0] >= 0xc2 && s[0] <= 0xdf ? 2 : s[0] >= 0xe0 && s[0] <= 0xef ? 3 : s[0] >= 0xf0 && s[0] <= 0xf4 ? 4 : 1;
    if (s[0] == 0xe0) lo = 0xa0;
    if (s[0] == 0xed) hi = 0x9f;
    if (s[0] == 0xf0) lo = 0x90;
    if (s[0] == 0xf4) hi = 0x8f;
    size_t n = 1;
    while (n < want && n < len && s[n] >= lo && s[n] <= hi) {
        n++;
        lo = 0x80, hi = 0xbf;
    }
    return n;
}

/* What stands in bytes that are not UTF-8: well-formed sequences of several bytes, and bytes that belong to none. */
static void count_sequences(const char *p, size_t len, uint64_t *good, uint64_t *bad)
{
    *good = *bad = 0;
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        uint64_t w;
        if (len - i >= 8 && (memcpy(&w, p + i, 8), (w & UINT64_C(0x8080808080808080)) == 0)) {
            i += 8;
            continue;
        }
        if ((unsigned char)p[i] < 0x80) {
            i++;
            continue;
        }
        size_t n = erz_utf8_decode(p + i, len - i, &cp);
        *good += n > 0;
        *bad += n == 0;
        i += n > 0 ? n : bad_sequence(p + i, len - i);
    }
}

static bool add_fix(charset_fixes *fixes, size_t at, int64_t shift)
{
    if (!erz_grow(&fixes->data, &fixes->cap, fixes->n + 1, sizeof *fixes->data)) return false;
    fixes->data[fixes->n++] = (erz_fix){(uint32_t)at, (int32_t)shift};
    return true;
}

static bool replace_broken(const char *p, size_t len, erz_buf *out, charset_fixes *fixes, charset_text *text)
{
    int64_t shift = 0;
    text->begin = out->len;
    text->fix = fixes->n;
    for (size_t i = 0; i < len;) {
        size_t good = erz_utf8_valid(p + i, len - i);
        erz_buf_add(out, p + i, good);
        i += good;
        if (i == len) break;
        size_t bad = bad_sequence(p + i, len - i);
        erz_buf_add(out, "\xef\xbf\xbd", 3);
        i += bad;
        shift += (int64_t)bad - 3;
        text->broken++;
        if (bad != 3 && !add_fix(fixes, out->len - text->begin, shift)) return false;
    }
    text->len = out->len - text->begin;
    text->nfixes = fixes->n - text->fix;
    return !out->failed;
}

static erz_status no_memory(erz_error *err)
{
    return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
}

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* An encoding of one byte a character is converted by a table of 256, made by ICU: 8 times as fast. */
static bool fill_table(input_charset *c)
{
    if (ucnv_getMaxCharSize(c->converter) != 1) return false;
    for (unsigned i = 0; i < 256; i++) {
        char byte = (char)i, utf8[4] = {0};
        UChar unit[2];
        UErrorCode code = U_ZERO_ERROR;
        int32_t n = ucnv_toUChars(c->converter, unit, 2, &byte, 1, &code);
        if (U_FAILURE(code) || n != 1 || (i < 0x80 && unit[0] != i)) return false;
        c->lengths[i] = (uint8_t)erz_utf8_encode(unit[0], utf8);
        c->bytes[i] =
            (uint32_t)(unsigned char)utf8[0] | (uint32_t)(unsigned char)utf8[1] << 8 | (uint32_t)(unsigned char)utf8[2] << 16;
    }
    return true;
}

static bool convert_single(const input_charset *c, const char *p, size_t len, erz_buf *out)
{
    if (!erz_buf_reserve(out, len * 3 + 8)) return false;
    char *to = out->data + out->len;
    for (size_t i = 0; i < len;) {
        uint64_t w;
        if (len - i >= 8 && (memcpy(&w, p + i, 8), (w & UINT64_C(0x8080808080808080)) == 0)) {
            memcpy(to, &w, 8);
            to += 8;
            i += 8;
            continue;
        }
        size_t end = len - i >= 8 ? i + 8 : len;
        for (; i < end; i++) {
            unsigned char b = (unsigned char)p[i];
            to[0] = (char)c->bytes[b];
            to[1] = (char)(c->bytes[b] >> 8);
            to[2] = (char)(c->bytes[b] >> 16);
            to += c->lengths[b];
        }
    }
    out->len = (size_t)(to - out->data);
    return true;
}

static erz_status open_converter(input_charset *c, const char *encoding, erz_error *err)
{
    if (c->units == NULL) c->units = malloc(UNITS * sizeof *c->units);
    if (c->units == NULL) return no_memory(err);
    if (same(c->open, encoding) && c->converter != NULL) {
        ucnv_resetToUnicode(c->converter);
        return ERZ_OK;
    }
    UErrorCode code = U_ZERO_ERROR;
    ucnv_close(c->converter);
    c->converter = ucnv_open(encoding, &code);
    if (U_FAILURE(code)) {
        c->converter = NULL;
        return no_memory(err); /* it was opened before, or is one that ICU has */
    }
    c->open = encoding;
    c->single = fill_table(c);
    return ERZ_OK;
}

static void add_units(erz_buf *out, const UChar *u, const UChar *end)
{
    if (!erz_buf_reserve(out, (size_t)(end - u) * 3)) return;
    char *to = out->data + out->len;
    while (u < end) {
        uint32_t cp = *u++;
        if (cp < 0x80) {
            *to++ = (char)cp;
            continue;
        }
        if (cp >= 0xd800 && cp < 0xdc00 && u < end) cp = 0x10000 + ((cp - 0xd800) << 10) + (*u++ - 0xdc00U);
        to += erz_utf8_encode(cp, to);
    }
    out->len = (size_t)(to - out->data);
}

static erz_status convert(input_charset *c, const char *encoding, const char *p, size_t len, erz_buf *out, charset_text *text,
                          erz_error *err)
{
    erz_status status = open_converter(c, encoding, err);
    if (status != ERZ_OK) return status;
    text->begin = out->len;
    text->encoding = encoding;
    if (c->single) {
        if (!convert_single(c, p, len, out)) return no_memory(err);
        text->len = out->len - text->begin;
        return ERZ_OK;
    }
    const char *end = p + len;
    UErrorCode code;
    size_t kept = 0;
    do {
        UChar *to = c->units + kept;
        code = U_ZERO_ERROR;
        ucnv_toUnicode(c->converter, &to, c->units + UNITS, &p, end, NULL, true, &code);
        if (U_FAILURE(code) && code != U_BUFFER_OVERFLOW_ERROR)
            return erz_fail(err, ERZ_E_INPUT, NULL, 0, 0, "cannot convert from %s: %s", encoding, u_errorName(code));
        /* a lead surrogate waits for its other half */
        bool split = code == U_BUFFER_OVERFLOW_ERROR && to > c->units && (to[-1] & 0xfc00) == 0xd800;
        add_units(out, c->units, to - split);
        if (split) c->units[0] = to[-1];
        kept = split;
    } while (code == U_BUFFER_OVERFLOW_ERROR);
    text->len = out->len - text->begin;
    return out->failed ? no_memory(err) : ERZ_OK;
}

/* Places where bytes of UTF-8 were read as windows-1252 and written as UTF-8 again: "Ã¼", "ÃŸ", "â‚¬", "â€ž". */
static uint64_t count_mojibake(const char *p, size_t len)
{
    uint64_t n = 0;
    const char *end = p + len;
    for (const char *q = p; (q = memchr(q, 0x83, (size_t)(end - q))) != NULL; q++)
        n += q > p && (unsigned char)q[-1] == 0xc3 && end - q > 2 &&
             (((unsigned char)q[1] == 0xc2 && (unsigned char)q[2] >= 0xa4) ||
              ((unsigned char)q[1] == 0xc5 && (q[2] & 0xff) == 0xb8));
    return n;
}

/* The encoding of a document that is not well-formed UTF-8; NULL: it is UTF-8, but broken. */
static erz_status choose(input_charset *c, const char *p, size_t len, const char **encoding, erz_error *err)
{
    uint64_t good, bad;
    *encoding = NULL;
    if (c->marked) return ERZ_OK;
    count_sequences(p, len, &good, &bad);
    if (good >= bad) return ERZ_OK;
    if (c->options->encoding != NULL) {
        *encoding = c->options->encoding;
        return ERZ_OK;
    }
    if (c->input == KNOWN_OTHER && good == 0) {
        *encoding = c->encoding;
        return ERZ_OK;
    }
    if (input_looks_binary(p, len)) return erz_fail(err, ERZ_E_INPUT, NULL, 0, 0, "not text: a binary file");
    *encoding = input_detect(p, len);
    return ERZ_OK;
}

erz_status input_charset_name(input_charset *c, const char *p, size_t len, erz_buf *out, erz_error *err)
{
    uint64_t good, bad;
    charset_text text = {0};
    charset_fixes none = {0};
    if (erz_utf8_valid(p, len) == len) {
        erz_buf_add(out, p, len);
        return out->failed ? no_memory(err) : ERZ_OK;
    }
    count_sequences(p, len, &good, &bad);
    const char *encoding = c->marked || good >= bad       ? NULL
                           : c->options->encoding != NULL ? c->options->encoding
                           : c->document != NULL          ? c->document
                           : c->input == KNOWN_OTHER      ? c->encoding
                                                          : input_detect(p, len);
    if (encoding != NULL) {
        size_t begin = out->len;
        erz_status status = convert(c, encoding, p, len, out, &text, err);
        if (status != ERZ_E_INPUT) return status;
        out->len = begin;
    }
    bool replaced = replace_broken(p, len, out, &none, &text);
    free(none.data);
    return replaced ? ERZ_OK : no_memory(err);
}

static bool all_ascii(const char *p, size_t len)
{
    size_t i = 0;
    uint64_t w, any = 0;
    for (; i + 8 <= len && (any & UINT64_C(0x8080808080808080)) == 0; i += 8) {
        memcpy(&w, p + i, 8);
        any |= w;
    }
    for (; i < len; i++) any |= (unsigned char)p[i] & 0x80U;
    return (any & UINT64_C(0x8080808080808080)) == 0;
}

static void remember(input_charset *c, const char *encoding, charset_text *text)
{
    known now = encoding == NULL ? KNOWN_UTF8 : KNOWN_OTHER;
    text->mixed = c->input != KNOWN_NOTHING && (c->input != now || !same(c->encoding, encoding));
    if (c->input != KNOWN_NOTHING) return;
    c->input = now;
    c->encoding = encoding;
}

erz_status input_charset_decode(input_charset *c, const char *p, size_t len, bool first, erz_buf *out, charset_fixes *fixes,
                                charset_text *text, erz_error *err)
{
    memset(text, 0, sizeof *text);
    text->in_place = true;
    text->len = len;
    bool valid = erz_utf8_valid(p, len) == len;
    if (first) c->document = NULL;
    if (valid && (first || c->document == NULL)) {
        text->mojibake = count_mojibake(p, len);
        if (c->input != KNOWN_UTF8 && !all_ascii(p, len)) remember(c, NULL, text);
        return ERZ_OK;
    }
    const char *encoding = c->document;
    erz_status status = first ? choose(c, p, len, &encoding, err) : ERZ_OK;
    if (status != ERZ_OK) return status;
    text->in_place = false;
    c->document = encoding;
    if (first) remember(c, encoding, text);
    if (encoding != NULL) return convert(c, encoding, p, len, out, text, err);
    return replace_broken(p, len, out, fixes, text) ? ERZ_OK : no_memory(err);
}
