/* Tokenizer and sentence splitter, one code point at a time. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "erz/lexicon.h"
#include "erz/token.h"

struct erz_tokenizer {
    const erz_lexicon *lexicon;
    erz_tokens t;
    size_t cap, cap_sent;
};

erz_status erz_tokenizer_new(const erz_lexicon *lexicon, const char *kernel, erz_tokenizer **out, erz_error *err)
{
    if (kernel != NULL && strcmp(kernel, "scalar") != 0)
        return erz_fail(err, ERZ_E_USAGE, NULL, 0, 0, "no kernel '%s' on this machine", kernel);
    erz_tokenizer *t = calloc(1, sizeof *t);
    if (t == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    t->lexicon = lexicon;
    *out = t;
    return ERZ_OK;
}

void erz_tokenizer_free(erz_tokenizer *t)
{
    if (t == NULL) return;
    free(t->t.begin), free(t->t.end), free(t->t.cls), free(t->t.shape), free(t->t.word), free(t->t.sent);
    free(t);
}

const char *const *erz_kernel_names(void)
{
    static const char *const names[] = {"scalar", NULL};
    return names;
}

const char *erz_tokenizer_kernel(const erz_tokenizer *t)
{
    (void)t;
    return "scalar";
}

static bool grow(erz_tokenizer *t, size_t need)
{
    size_t cap[5] = {t->cap, t->cap, t->cap, t->cap, t->cap};
    if (need <= t->cap) return true;
    bool good = erz_grow(&t->t.begin, &cap[0], need, 4) && erz_grow(&t->t.end, &cap[1], need, 4) &&
                erz_grow(&t->t.cls, &cap[2], need, 1) && erz_grow(&t->t.shape, &cap[3], need, 2) &&
                erz_grow(&t->t.word, &cap[4], need, 4);
    if (good) t->cap = cap[0];
    return good;
}

typedef struct cursor {
    const char *s;
    size_t len;
} cursor;

static uint32_t at(const cursor *c, size_t i, size_t *n)
{
    uint32_t cp = 0;
    *n = i < c->len ? erz_utf8_decode(c->s + i, c->len - i, &cp) : 0;
    return *n == 0 ? 0 : cp;
}

static bool is_word(uint32_t cp)
{
    return cp < 0x80 ? (cp >= '0' && cp <= '9') || (cp | 32) - 'a' < 26 || cp == '_'
                     : u_isalnum((UChar32)cp) || u_getCombiningClass((UChar32)cp) != 0 || cp == 0xad || cp == 0x200b;
}

static bool joins(uint32_t cp, bool digit_before, bool digit_after)
{
    if (cp == '-' || cp == 0x2010 || cp == 0x2011 || cp == '&' || cp == '\'' || cp == 0x2019) return true;
    if (cp == '.' || cp == ',') return digit_before && digit_after;
    return cp == ':' && digit_before && digit_after;
}

static size_t scan_word(const cursor *c, size_t i, uint16_t *shape, bool *number)
{
    size_t n;
    bool digit = false, first = true;
    *number = true;
    for (;;) {
        uint32_t cp = at(c, i, &n);
        if (n == 0) return i;
        if (is_word(cp)) {
            digit = cp >= '0' && cp <= '9';
            if (digit)
                *shape |= ERZ_SHAPE_DIGIT;
            else
                *number = false;
            if (u_isupper((UChar32)cp)) *shape |= first ? ERZ_SHAPE_INITIAL_UPPER : ERZ_SHAPE_OTHER_UPPER;
            if (u_islower((UChar32)cp)) *shape |= ERZ_SHAPE_LOWER;
            if (cp >= 0x80) *shape |= ERZ_SHAPE_NON_ASCII;
            if (cp == 0xad || cp == 0x200b) *shape |= ERZ_SHAPE_DIRTY;
            first = false;
            i += n;
            continue;
        }
        size_t m;
        uint32_t next = at(c, i + n, &m);
        if (m == 0 || !is_word(next) || !joins(cp, digit, next >= '0' && next <= '9')) return i;
        if (cp == '-') *shape |= ERZ_SHAPE_HYPHEN;
        if (cp != '.' && cp != ',') *number = false;
        i += n;
    }
}

static bool is_abbreviation(const erz_tokenizer *t, const char *s, size_t len)
{
    uint32_t id = erz_lexicon_symbol(t->lexicon, ERZ_MATCH_EXACT, s, len);
    return id != 0;
}

static bool ends_sentence(const cursor *c, size_t i)
{
    size_t n;
    uint32_t cp = at(c, i, &n);
    if (n == 0 || cp == '\n') return true;
    if (!u_isUWhiteSpace((UChar32)cp)) return false;
    while (n != 0 && u_isUWhiteSpace((UChar32)cp)) i += n, cp = at(c, i, &n);
    return n == 0 || u_isupper((UChar32)cp) || u_ispunct((UChar32)cp) || u_isdigit((UChar32)cp);
}

static bool put(erz_tokenizer *t, size_t begin, size_t end, erz_token_class cls, uint16_t shape)
{
    if (!grow(t, t->t.n + 1)) return false;
    t->t.begin[t->t.n] = (uint32_t)begin;
    t->t.end[t->t.n] = (uint32_t)end;
    t->t.cls[t->t.n] = (uint8_t)cls;
    t->t.shape[t->t.n++] = shape;
    return true;
}

static bool start_sentence(erz_tokenizer *t)
{
    if (t->t.nsent > 0 && t->t.sent[t->t.nsent - 1] == t->t.n) return true;
    if (!erz_grow(&t->t.sent, &t->cap_sent, t->t.nsent + 2, sizeof *t->t.sent)) return false;
    t->t.sent[t->t.nsent++] = (uint32_t)t->t.n;
    return true;
}

erz_status erz_tokenize(erz_tokenizer *t, const char *text, size_t len, erz_tokens *out, erz_error *err)
{
    cursor c = {text, len};
    size_t bad = erz_utf8_valid(text, len);
    if (bad != len) {
        erz_status status = erz_fail(err, ERZ_E_UTF8, NULL, 0, 0, "not UTF-8");
        if (err != NULL) err->offset = bad;
        return status;
    }
    t->t.n = t->t.nsent = 0;
    bool fresh = true, good = grow(t, 1);
    for (size_t i = 0, n; i < len && good;) {
        uint32_t cp = at(&c, i, &n);
        if (u_isUWhiteSpace((UChar32)cp) || u_iscntrl((UChar32)cp)) {
            if (cp == '\n' && i + 1 < len && text[i + 1] == '\n') fresh = true;
            i += n;
            continue;
        }
        if (fresh) good = start_sentence(t);
        fresh = false;
        uint16_t shape = 0;
        size_t begin = i;
        if (is_word(cp)) {
            bool number;
            i = scan_word(&c, i, &shape, &number);
            erz_token_class cls = number ? ERZ_TOKEN_NUMBER : ERZ_TOKEN_WORD;
            if (i < len && text[i] == '.' &&
                (is_abbreviation(t, text + begin, i + 1 - begin) || (number && i - begin <= 2 && !ends_sentence(&c, i + 1)))) {
                i++;
                cls = number ? ERZ_TOKEN_ORDINAL : ERZ_TOKEN_ABBREVIATION;
                shape |= ERZ_SHAPE_DOT;
            }
            good = good && put(t, begin, i, cls, shape);
            continue;
        }
        i += n;
        good = good && put(t, begin, i, u_ispunct((UChar32)cp) ? ERZ_TOKEN_PUNCTUATION : ERZ_TOKEN_SYMBOL,
                           cp >= 0x80 ? ERZ_SHAPE_NON_ASCII : 0);
        if ((cp == '.' || cp == '!' || cp == '?') && ends_sentence(&c, i)) fresh = true;
    }
    good = good && erz_grow(&t->t.sent, &t->cap_sent, t->t.nsent + 2, sizeof *t->t.sent);
    if (!good) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    t->t.sent[t->t.nsent] = (uint32_t)t->t.n;
    *out = t->t;
    return ERZ_OK;
}
