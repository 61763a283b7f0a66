/* Features of a word type. The set is part of the weights' format: after a change, train again. */
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "erz/token.h"
#include "match/company.h"

enum { T_FOLD = 1, T_EXACT, T_SUFFIX, T_PREFIX, T_GRAM, T_SHAPE, T_CLASS, T_LENGTH, T_FLAGS };

typedef struct sink {
    uint64_t *out;
    size_t n;
} sink;

static void add(sink *s, uint64_t kind, const char *p, size_t len)
{
    if (s->n < CRF_MAX_FEATURES) s->out[s->n++] = erz_hash(p, len, kind);
}

static void add_number(sink *s, uint64_t kind, uint64_t value)
{
    if (s->n < CRF_MAX_FEATURES) s->out[s->n++] = erz_hash_pair(kind + 1000, value);
}

/* Byte offsets of the code points of a form, and its end. */
static size_t code_points(const char *form, size_t len, uint16_t *off, size_t max)
{
    size_t n = 0;
    for (size_t i = 0; i < len && n + 1 < max; i += erz_utf8_len(form[i])) off[n++] = (uint16_t)i;
    off[n] = (uint16_t)len;
    return n;
}

/* Case pattern with runs collapsed: Xx, X, xX, X.X., 0 ... */
static size_t pattern(const char *form, size_t len, char *out, size_t max)
{
    size_t n = 0;
    for (size_t i = 0; i < len && n < max; i += erz_utf8_len(form[i])) {
        unsigned char c = (unsigned char)form[i], d = i + 1 < len ? (unsigned char)form[i + 1] : 0;
        char k = c >= 'A' && c <= 'Z' ? 'X' : c >= 'a' && c <= 'z' ? 'x' : c >= '0' && c <= '9' ? '0' : (char)c;
        if (c == 0xc3) k = d >= 0x80 && d <= 0x9e ? 'X' : 'x';
        if (c > 0xc3) k = 'u';
        if (n == 0 || out[n - 1] != k) out[n++] = k;
    }
    return n;
}

enum { MAX_CP = 64 };

static void add_affixes(sink *s, const char *fold, const uint16_t *off, size_t n, size_t from, size_t to)
{
    for (size_t k = from; k <= to && k <= n; k++) add(s, T_SUFFIX * 100 + k, fold + off[n - k], (size_t)(off[n] - off[n - k]));
}

static void add_grams(sink *s, const char *fold, size_t len)
{
    char padded[MAX_CP * 4 + 2];
    uint16_t off[MAX_CP + 3];
    if (len > MAX_CP * 2) return;
    padded[0] = '<';
    memcpy(padded + 1, fold, len);
    padded[len + 1] = '>';
    size_t n = code_points(padded, len + 2, off, MAX_CP + 3);
    for (size_t i = 0; i + 3 <= n && i < 20; i++) add(s, T_GRAM, padded + off[i], (size_t)(off[i + 3] - off[i]));
}

size_t crf_features(const crf_word *w, uint64_t out[CRF_MAX_FEATURES], size_t part[3])
{
    uint16_t off[MAX_CP + 1];
    char shape[16];
    sink s = {out, 0};
    size_t n = code_points(w->fold, w->fold_len, off, MAX_CP + 1);
    size_t shape_len = pattern(w->normal, w->normal_len, shape, sizeof shape);
    bool name = w->evidence & EV_UPPER || w->cls >= ERZ_TOKEN_URL;
    add(&s, T_FOLD, w->fold, w->fold_len);
    add_affixes(&s, w->fold, off, n, 3, 3);
    part[0] = s.n;
    add_number(&s, T_CLASS, (uint64_t)w->evidence << 8 | w->kind);
    part[1] = s.n;
    if (name) add(&s, T_SHAPE, shape, shape_len);
    for (int bit = 0; bit < 16; bit++)
        if (name && w->evidence >> bit & 1) add_number(&s, T_FLAGS, (uint64_t)bit);
    if (name) add_number(&s, T_LENGTH, n > 14 ? 14 : n);
    part[2] = s.n;
    if (!name) return s.n;
    add(&s, T_EXACT, w->normal, w->normal_len);
    add_affixes(&s, w->fold, off, n, 2, 2);
    add_affixes(&s, w->fold, off, n, 4, 5);
    for (size_t k = 2; k <= 5 && k <= n; k++) add(&s, T_PREFIX * 100 + k, w->fold, off[k]);
    add_grams(&s, w->fold, w->fold_len);
    return s.n;
}
