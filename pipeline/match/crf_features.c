/* Features of a word type. The set is part of the weights' format: after a change, train again. The same walk over a word's
 * features either lists their hashes or sums their rows, with two memories before the table of rows: of pieces of two and three
 * letters, by the letters, and of what lists and shape give, of which there are few combinations. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "erz/token.h"
#include "match/company.h"

enum { T_FOLD = 1, T_EXACT, T_SUFFIX, T_PREFIX, T_GRAM, T_SHAPE, T_CLASS, T_LENGTH, T_FLAGS };
enum { MAX_CP = 64, MAX_LETTERS = 2 * MAX_CP, OVER = 8 };
/* Codes of letters: a-z, then ä, ö, ü, ß, then the ends of the word; 0: any other. */
enum { CODE_BITS = 5, CODE_UMLAUT = 27, CODE_END = 31, PAIRS = 1 << 2 * CODE_BITS, TRIPLES = 1 << 3 * CODE_BITS, SORTS = 256 };

/* What lists and shape give. */
typedef struct sort {
    uint64_t shape, rest; /* its key; rest 0: empty */
    crf_lanes sum[CRF_PLACES];
} sort;

/* Rows of pieces, 0: not looked up yet. */
struct crf_memory {
    sort sorts[SORTS];
    uint64_t suffix_3[TRIPLES][4]; /* by place */
    uint64_t gram[TRIPLES], prefix_3[TRIPLES];
    uint64_t prefix_2[PAIRS], suffix_2[PAIRS];
};

/* The lower-case form between < and >, and where its code points begin: at[0] is <, at[n + 1] is >, at[n + 2] the end. Of a
 * longer form than MAX_CP the last "code point" is the rest. */
typedef struct letters {
    char text[MAX_LETTERS + 2 + OVER];
    uint32_t at[MAX_CP + 3];
    uint8_t code[MAX_CP + 2];
    bool plain; /* all have codes */
    size_t n;
    const char *form; /* its first byte: where at[] counts from */
} letters;

/* Takes features: hashes to out; with a memory also rows to sum. */
typedef struct sink {
    uint64_t *out;
    size_t n;
    const crf_model *model;
    crf_memory *memory; /* NULL: all to out */
    crf_lanes sum[CRF_PLACES];
} sink;

static inline void add(sink *s, uint64_t kind, const char *p, size_t len)
{
    s->out[s->n++] = erz_hash(p, len, kind);
}

static inline void add_number(sink *s, uint64_t kind, uint64_t value)
{
    s->out[s->n++] = erz_hash_pair(kind + 1000, value);
}

static inline bool is_short(const crf_word *w)
{
    return w->fold_len <= MAX_LETTERS;
}

/* Codes of ASCII, and of the second bytes of U+00C0 to U+00FF. */
static const uint8_t ascii_code[128] = {
    ['a'] = 1,  ['b'] = 2,  ['c'] = 3,  ['d'] = 4,  ['e'] = 5,  ['f'] = 6,  ['g'] = 7,  ['h'] = 8,  ['i'] = 9,
    ['j'] = 10, ['k'] = 11, ['l'] = 12, ['m'] = 13, ['n'] = 14, ['o'] = 15, ['p'] = 16, ['q'] = 17, ['r'] = 18,
    ['s'] = 19, ['t'] = 20, ['u'] = 21, ['v'] = 22, ['w'] = 23, ['x'] = 24, ['y'] = 25, ['z'] = 26};
static const uint8_t latin_code[64] = {
    [0x24] = CODE_UMLAUT, [0x36] = CODE_UMLAUT + 1, [0x3c] = CODE_UMLAUT + 2, [0x1f] = CODE_UMLAUT + 3};

static inline uint8_t code_of(const unsigned char *p)
{
    if (p[0] < 0x80) return ascii_code[p[0]];
    return p[0] == 0xc3 ? latin_code[p[1] & 0x3f] : 0;
}

static void spell(const crf_word *w, letters *l)
{
    size_t n = 0, i = 0, len = w->fold_len;
    if (is_short(w)) {
        l->text[0] = '<';
        memcpy(l->text + 1, w->fold, len);
        memset(l->text + 1 + len, 0, OVER + 1);
        l->text[1 + len] = '>';
    }
    l->form = is_short(w) ? l->text : w->fold - 1;
    l->plain = true;
    while (i < len && n < MAX_CP) {
        uint8_t code = code_of((const unsigned char *)w->fold + i);
        l->at[++n] = (uint32_t)(i + 1);
        l->code[n] = code;
        l->plain &= code != 0;
        i += (unsigned char)w->fold[i] < 0x80 ? 1 : erz_utf8_len(w->fold[i]);
    }
    if (i < len) l->code[n] = 0;
    l->plain &= i == len;
    l->code[0] = l->code[n + 1] = CODE_END;
    l->at[0] = 0;
    l->at[n + 1] = (uint32_t)(len + 1);
    l->at[n + 2] = (uint32_t)(len + 2);
    l->n = n;
}

/* erz_hash() of the code points [from, to), most of which have up to 8 bytes. */
static inline uint64_t hash_piece(const letters *l, uint64_t kind, size_t from, size_t to)
{
    const char *p = l->form + l->at[from];
    size_t len = (size_t)(l->at[to] - l->at[from]);
    uint64_t bytes;
    if (len > 8 || l->form != l->text) return erz_hash(p, len, kind);
    memcpy(&bytes, p, sizeof bytes);
    return erz_hash_16(bytes & ~UINT64_C(0) >> (64 - 8 * len), 0, len, kind);
}

static inline void add_piece(sink *s, uint64_t kind, const letters *l, size_t from, size_t to)
{
    s->out[s->n++] = hash_piece(l, kind, from, to);
}

/* A piece's row from its place in memory; from the table at its first time. */
static inline void sum_piece(sink *s, uint64_t *row, int place, uint64_t kind, const letters *l, size_t from, size_t to)
{
    if (*row == 0) *row = crf_row(s->model, crf_key(hash_piece(l, kind, from, to), place));
    s->sum[place] += crf_row_lanes(*row);
}

static inline unsigned pair_at(const letters *l, size_t i)
{
    return l->code[i] == 0 || l->code[i + 1] == 0 ? 0 : (unsigned)l->code[i] << CODE_BITS | l->code[i + 1];
}

static inline unsigned triple_at(const letters *l, size_t i)
{
    unsigned pair = pair_at(l, i);
    return pair == 0 || l->code[i + 2] == 0 ? 0 : pair << CODE_BITS | l->code[i + 2];
}

/* A piece of two or three code points from `from` on. */
static inline void add_short(sink *s, uint64_t *pairs, uint64_t *triples, uint64_t kind, const letters *l, size_t from,
                             size_t n)
{
    unsigned code = s->memory == NULL ? 0 : n == 2 ? pair_at(l, from) : triple_at(l, from);
    if (code == 0)
        add_piece(s, kind, l, from, from + n);
    else
        sum_piece(s, n == 2 ? &pairs[code] : &triples[code], PLACE_OWN, kind, l, from, from + n);
}

static inline void add_suffix(sink *s, const letters *l, size_t k)
{
    if (k <= l->n) add_piece(s, T_SUFFIX * 100 + k, l, l->n + 1 - k, l->n + 1);
}

static inline void add_prefix(sink *s, const letters *l, size_t k)
{
    if (k <= l->n) add_piece(s, T_PREFIX * 100 + k, l, 1, k + 1);
}

/* The last three letters work on neighbours too. */
static inline void add_ending(sink *s, const letters *l)
{
    if (l->n < 3) return;
    size_t from = l->n - 2;
    unsigned code = s->memory == NULL ? 0 : triple_at(l, from);
    if (code == 0) {
        add_piece(s, T_SUFFIX * 100 + 3, l, from, from + 3);
        return;
    }
    uint64_t *rows = s->memory->suffix_3[code];
    for (int place = 0; place < CRF_PLACES; place++) sum_piece(s, &rows[place], place, T_SUFFIX * 100 + 3, l, from, from + 3);
}

static inline void add_affixes(sink *s, const letters *l)
{
    crf_memory *m = s->memory;
    if (l->n >= 2) add_short(s, m == NULL ? NULL : m->suffix_2, NULL, T_SUFFIX * 100 + 2, l, l->n - 1, 2);
    add_suffix(s, l, 4);
    add_suffix(s, l, 5);
    if (l->n >= 2) add_short(s, m == NULL ? NULL : m->prefix_2, NULL, T_PREFIX * 100 + 2, l, 1, 2);
    if (l->n >= 3) add_short(s, NULL, m == NULL ? NULL : m->prefix_3, T_PREFIX * 100 + 3, l, 1, 3);
    add_prefix(s, l, 4);
    add_prefix(s, l, 5);
}

static inline void add_grams(sink *s, const letters *l)
{
    enum { MAX_GRAMS = 20, MASK = TRIPLES - 1 };
    size_t n = l->n < MAX_GRAMS ? l->n : MAX_GRAMS;
    if (l->form != l->text) return;
    if (s->memory == NULL || !l->plain) {
        for (size_t i = 0; i < n; i++) add_short(s, NULL, s->memory == NULL ? NULL : s->memory->gram, T_GRAM, l, i, 3);
        return;
    }
    unsigned code = (unsigned)l->code[0] << CODE_BITS | l->code[1];
    for (size_t i = 0; i < n; i++) {
        code = (code << CODE_BITS | l->code[i + 2]) & MASK;
        sum_piece(s, &s->memory->gram[code], PLACE_OWN, T_GRAM, l, i, i + 3);
    }
}

static inline char pattern_of(const char *p, size_t len)
{
    unsigned char c = (unsigned char)p[0], d = len > 1 ? (unsigned char)p[1] : 0;
    if (c >= 'a' && c <= 'z') return 'x';
    if (c >= 'A' && c <= 'Z') return 'X';
    if (c >= '0' && c <= '9') return '0';
    if (c == 0xc3) return d >= 0x80 && d <= 0x9e ? 'X' : 'x';
    return c > 0xc3 ? 'u' : (char)c;
}

/* Case pattern with runs collapsed: Xx, X, xX, X.X., 0 ... */
static uint64_t hash_pattern(const crf_word *w, const letters *l)
{
    const char *form = w->normal;
    size_t len = w->normal_len, first = len == 0 ? 0 : erz_utf8_len(form[0]), n = 0;
    if (l->plain && len == w->fold_len && len > first && pattern_of(form, len) == 'X' &&
        memcmp(form + first, w->fold + first, len - first) == 0)
        return erz_hash("Xx", 2, T_SHAPE);
    char shape[16];
    for (size_t i = 0; i < len && n < sizeof shape; i += erz_utf8_len(form[i])) {
        char k = pattern_of(form + i, len - i);
        if (n == 0 || shape[n - 1] != k) shape[n++] = k;
    }
    return erz_hash(shape, n, T_SHAPE);
}

static inline bool may_be_name(const crf_word *w)
{
    return w->evidence & EV_UPPER || w->cls >= ERZ_TOKEN_URL;
}

static inline size_t length_class(const letters *l)
{
    enum { LONGEST = 14 };
    return l->n > LONGEST ? LONGEST : l->n;
}

/* What lists and shape tell of a name. */
static inline void add_shape(sink *s, const crf_word *w, uint64_t pattern, size_t length)
{
    s->out[s->n++] = pattern;
    for (uint32_t bits = w->evidence & EV_FEATURES; bits != 0; bits &= bits - 1)
        add_number(s, T_FLAGS, (uint64_t)__builtin_ctz(bits));
    add_number(s, T_LENGTH, length);
}

static inline void add_class(sink *s, const crf_word *w)
{
    add_number(s, T_CLASS, (uint64_t)w->evidence << 8 | w->kind);
}

static void fill_sort(sort *m, const crf_model *model, const crf_word *w, uint64_t pattern, size_t length)
{
    uint64_t out[CRF_MAX_FEATURES];
    sink s = {.out = out};
    add_class(&s, w);
    if (may_be_name(w)) add_shape(&s, w, pattern, length);
    for (int place = 0; place < CRF_PLACES; place++) {
        m->sum[place] = (crf_lanes){0};
        crf_sum(model, out, place == PLACE_OWN ? s.n : 1, place, &m->sum[place]);
    }
}

static void sum_sort(sink *s, const crf_word *w, const letters *l)
{
    bool name = may_be_name(w);
    uint64_t pattern = name ? hash_pattern(w, l) : 0;
    uint64_t rest =
        (uint64_t)w->evidence << 24 | (uint64_t)w->kind << 16 | (name ? length_class(l) << 8 : 0) | (uint64_t)name << 1 | 1;
    sort *m = &s->memory->sorts[erz_hash_mix(pattern ^ rest * UINT64_C(0x9e3779b97f4a7c15)) % SORTS];
    if (m->shape != pattern || m->rest != rest) {
        fill_sort(m, s->model, w, pattern, length_class(l));
        m->shape = pattern;
        m->rest = rest;
    }
    for (int place = 0; place < CRF_PLACES; place++) s->sum[place] += m->sum[place];
}

size_t crf_features(const crf_word *w, uint64_t out[CRF_MAX_FEATURES], size_t part[3])
{
    letters l;
    sink s = {.out = out};
    spell(w, &l);
    add(&s, T_FOLD, w->fold, w->fold_len);
    add_ending(&s, &l);
    part[0] = s.n;
    add_class(&s, w);
    part[1] = part[2] = s.n;
    if (!may_be_name(w)) return s.n;
    add_shape(&s, w, hash_pattern(w, &l), length_class(&l));
    part[2] = s.n;
    add(&s, T_EXACT, w->normal, w->normal_len);
    add_affixes(&s, &l);
    add_grams(&s, &l);
    return s.n;
}

void crf_score(const crf_model *model, crf_memory *memory, const crf_word *w, int16_t score[CRF_PLACES][CRF_LABELS])
{
    uint64_t out[CRF_MAX_FEATURES];
    letters l;
    sink s = {.out = out, .model = model, .memory = memory};
    spell(w, &l);
    add(&s, T_FOLD, w->fold, w->fold_len);
    add_ending(&s, &l);
    size_t shared = s.n;
    if (may_be_name(w)) {
        add(&s, T_EXACT, w->normal, w->normal_len);
        add_affixes(&s, &l);
    }
    for (int place = 0; place < CRF_PLACES; place++) crf_ask(model, out, place == PLACE_OWN ? s.n : shared, place);
    size_t n = s.n;
    sum_sort(&s, w, &l);
    if (may_be_name(w)) add_grams(&s, &l);
    crf_ask(model, out + n, s.n - n, PLACE_OWN);
    for (int place = 0; place < CRF_PLACES; place++) {
        crf_sum(model, out, place == PLACE_OWN ? s.n : shared, place, &s.sum[place]);
        crf_clamp(s.sum[place], score[place]);
    }
}

crf_memory *crf_memory_new(void)
{
    return calloc(1, sizeof(crf_memory));
}

void crf_memory_free(crf_memory *memory)
{
    free(memory);
}
