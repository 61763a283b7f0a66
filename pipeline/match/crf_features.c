/* Features of a word type. The set is part of the weights' format: after a change, train again. To score a word, two memories
 * stand before the table of rows: of pieces of two and three letters, by the letters, and of what lists and shape give, of
 * which there are few combinations. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "erz/token.h"
#include "match/company.h"

enum { T_FOLD = 1, T_EXACT, T_SUFFIX, T_PREFIX, T_GRAM, T_SHAPE, T_CLASS, T_LENGTH, T_FLAGS };
enum { MAX_CP = CRF_MAX_CP, MAX_LETTERS = CRF_MAX_LETTERS };
/* Codes of letters: a-z, then ä, ö, ü, ß, then the ends of the word; 0: any other. */
enum { CODE_BITS = 5, CODE_UMLAUT = 27, CODE_END = 31, PAIRS = 1 << 2 * CODE_BITS, TRIPLES = 1 << 3 * CODE_BITS, SORTS = 1024 };

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

typedef crf_letters letters;

/* Takes hashes of features. */
typedef struct sink {
    uint64_t *out;
    size_t n;
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

/* 0, 1, 2 ...: where letters of one byte begin. */
#define EIGHT(n) n, (n) + 1, (n) + 2, (n) + 3, (n) + 4, (n) + 5, (n) + 6, (n) + 7
static const uint32_t one_each[MAX_CP + 3] = {EIGHT(0),  EIGHT(8),  EIGHT(16), EIGHT(24), EIGHT(32), EIGHT(40),
                                              EIGHT(48), EIGHT(56), 64,        65,        66};
#undef EIGHT

/* The codes of a form of a-z alone, at most MAX_CP of them, eight at a time; text is filled in. false: it is none. */
static bool spell_ascii(letters *l, size_t len)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7, low = ~high;
    if (len == 0 || len > MAX_CP) return false;
    uint64_t bad = 0;
    for (size_t i = 0; i < len; i += 8) {
        uint64_t bytes, rest = len - i < 8 ? ~UINT64_C(0) >> (64 - 8 * (len - i)) : ~UINT64_C(0);
        memcpy(&bytes, l->text + 1 + i, sizeof bytes);
        uint64_t least = (bytes & low) + ones * (0x80 - 'a'), most = (bytes & low) + ones * (0x7f - 'z');
        bad |= (~least | most | bytes) & high & rest;
        bytes &= ones * CODE_END & rest;
        memcpy(l->code + 1 + i, &bytes, sizeof bytes);
    }
    l->code[0] = l->code[len + 1] = CODE_END;
    l->at = one_each;
    l->n = len;
    l->plain = true;
    return bad == 0;
}

static void spell(const crf_word *w, letters *l)
{
    size_t n = 0, i = 0, len = w->fold_len;
    l->form = w->fold - 1;
    if (is_short(w)) {
        l->form = l->text;
        l->text[0] = '<';
        memcpy(l->text + 1, w->fold, len);
        memset(l->text + 1 + len, 0, CRF_OVER + 1);
        l->text[1 + len] = '>';
        if (spell_ascii(l, len)) return;
    }
    uint32_t *at = l->places;
    l->at = at;
    l->plain = true;
    while (i < len && n < MAX_CP) {
        uint8_t code = code_of((const unsigned char *)w->fold + i);
        at[++n] = (uint32_t)(i + 1);
        l->code[n] = code;
        l->plain &= code != 0;
        i += (unsigned char)w->fold[i] < 0x80 ? 1 : erz_utf8_len(w->fold[i]);
    }
    if (i < len) l->code[n] = 0;
    l->plain &= i == len;
    l->code[0] = l->code[n + 1] = CODE_END;
    at[0] = 0;
    at[n + 1] = (uint32_t)(len + 1);
    at[n + 2] = (uint32_t)(len + 2);
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

static inline void add_suffix(sink *s, const letters *l, size_t k)
{
    if (k <= l->n) add_piece(s, T_SUFFIX * 100 + k, l, l->n + 1 - k, l->n + 1);
}

static inline void add_prefix(sink *s, const letters *l, size_t k)
{
    if (k <= l->n) add_piece(s, T_PREFIX * 100 + k, l, 1, k + 1);
}

/* Those of two and three letters, too? */
static inline void add_affixes(sink *s, const letters *l, bool all)
{
    if (all) add_suffix(s, l, 2);
    add_suffix(s, l, 4);
    add_suffix(s, l, 5);
    if (all) add_prefix(s, l, 2), add_prefix(s, l, 3);
    add_prefix(s, l, 4);
    add_prefix(s, l, 5);
}

static inline size_t count_grams(const letters *l)
{
    enum { MAX_GRAMS = 20 };
    return l->form != l->text ? 0 : l->n < MAX_GRAMS ? l->n : MAX_GRAMS;
}

static inline void add_grams(sink *s, const letters *l)
{
    for (size_t i = 0, n = count_grams(l); i < n; i++) add_piece(s, T_GRAM, l, i, i + 3);
}

/* Letters' codes, where all have one. */
static inline unsigned pair_at(const letters *l, size_t i)
{
    return (unsigned)l->code[i] << CODE_BITS | l->code[i + 1];
}

static inline unsigned triple_at(const letters *l, size_t i)
{
    return pair_at(l, i) << CODE_BITS | l->code[i + 2];
}

/* The code of three letters, the last of which is at i, from that of the three before it. */
static inline unsigned next_triple(const letters *l, size_t i, unsigned code)
{
    return (code << CODE_BITS | l->code[i]) & (TRIPLES - 1);
}

/* Ask for the rows that memory keeps by the letters; all have codes. Compilers drop calls of functions that only ask. */
static inline __attribute__((always_inline)) void ask_pieces(const crf_memory *m, const letters *l, bool name)
{
    if (l->n < 3) return;
    __builtin_prefetch(m->suffix_3[triple_at(l, l->n - 2)]);
    if (!name) return;
    __builtin_prefetch(&m->prefix_3[triple_at(l, 1)]);
    unsigned code = pair_at(l, 0);
    for (size_t i = 0, n = count_grams(l); i < n; i++) {
        code = next_triple(l, i + 2, code);
        __builtin_prefetch(&m->gram[code]);
    }
}

/* A piece's row from its place in memory; from the table at its first time. */
static inline crf_lanes row_of_piece(const crf_model *model, uint64_t *row, int place, uint64_t kind, const letters *l,
                                     size_t from, size_t to)
{
    if (*row == 0) *row = crf_row(model, crf_key(hash_piece(l, kind, from, to), place));
    return crf_row_lanes(*row);
}

static crf_lanes sum_grams(const crf_model *model, crf_memory *m, const letters *l)
{
    crf_lanes sum = {0};
    unsigned code = pair_at(l, 0);
    for (size_t i = 0, n = count_grams(l); i < n; i++) {
        code = next_triple(l, i + 2, code);
        sum += row_of_piece(model, &m->gram[code], PLACE_OWN, T_GRAM, l, i, i + 3);
    }
    return sum;
}

/* Add the rows that memory keeps by the letters. */
static void sum_pieces(const crf_model *model, crf_memory *m, const letters *l, bool name, crf_lanes sum[CRF_PLACES])
{
    enum { SUFFIX = T_SUFFIX * 100, PREFIX = T_PREFIX * 100 };
    size_t n = l->n;
    if (n >= 3) {
        uint64_t *rows = m->suffix_3[triple_at(l, n - 2)];
        for (int place = 0; place < CRF_PLACES; place++)
            sum[place] += row_of_piece(model, &rows[place], place, SUFFIX + 3, l, n - 2, n + 1);
    }
    if (!name) return;
    crf_lanes own = sum_grams(model, m, l);
    if (n >= 2) {
        own += row_of_piece(model, &m->suffix_2[pair_at(l, n - 1)], PLACE_OWN, SUFFIX + 2, l, n - 1, n + 1);
        own += row_of_piece(model, &m->prefix_2[pair_at(l, 1)], PLACE_OWN, PREFIX + 2, l, 1, 3);
    }
    if (n >= 3) own += row_of_piece(model, &m->prefix_3[triple_at(l, 1)], PLACE_OWN, PREFIX + 3, l, 1, 4);
    sum[PLACE_OWN] += own;
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
    uint64_t out[CRF_MAX_FEATURES], keys[CRF_MAX_FEATURES];
    sink s = {.out = out};
    add_class(&s, w);
    if (may_be_name(w)) add_shape(&s, w, pattern, length);
    for (int place = 0; place < CRF_PLACES; place++) {
        size_t n = place == PLACE_OWN ? s.n : 1;
        m->sum[place] = (crf_lanes){0};
        crf_ask(model, out, n, place, keys);
        crf_sum(model, keys, n, &m->sum[place]);
    }
}

/* Add the rows of what lists and shape tell. */
static void sum_sort(const crf_model *model, crf_memory *memory, const crf_word *w, const crf_query *q,
                     crf_lanes sum[CRF_PLACES])
{
    uint64_t rest = (uint64_t)w->evidence << 24 | (uint64_t)w->kind << 16 | (q->name ? length_class(&q->letters) << 8 : 0) |
                    (uint64_t)q->name << 1 | 1;
    sort *m = &memory->sorts[erz_hash_mix(q->pattern ^ rest * UINT64_C(0x9e3779b97f4a7c15)) % SORTS];
    if (m->shape != q->pattern || m->rest != rest) {
        fill_sort(m, model, w, q->pattern, length_class(&q->letters));
        m->shape = q->pattern;
        m->rest = rest;
    }
    for (int place = 0; place < CRF_PLACES; place++) sum[place] += m->sum[place];
}

size_t crf_features(const crf_word *w, uint64_t out[CRF_MAX_FEATURES], size_t part[3])
{
    letters l;
    sink s = {.out = out};
    spell(w, &l);
    add(&s, T_FOLD, w->fold, w->fold_len);
    add_suffix(&s, &l, 3);
    part[0] = s.n;
    add_class(&s, w);
    part[1] = part[2] = s.n;
    if (!may_be_name(w)) return s.n;
    add_shape(&s, w, hash_pattern(w, &l), length_class(&l));
    part[2] = s.n;
    add(&s, T_EXACT, w->normal, w->normal_len);
    add_affixes(&s, &l, true);
    add_grams(&s, &l);
    return s.n;
}

void crf_ask_word(const crf_model *model, const crf_memory *memory, const crf_word *w, crf_query *q)
{
    uint64_t out[CRF_MAX_FEATURES];
    letters *l = &q->letters;
    sink s = {.out = out};
    spell(w, l);
    q->name = may_be_name(w);
    if (l->plain) ask_pieces(memory, l, q->name);
    add(&s, T_FOLD, w->fold, w->fold_len);
    if (!l->plain) add_suffix(&s, l, 3); /* works on neighbours too */
    q->n[PLACE_AFTER] = q->n[PLACE_BEFORE] = s.n;
    if (q->name) {
        add(&s, T_EXACT, w->normal, w->normal_len);
        add_affixes(&s, l, !l->plain);
        if (!l->plain) add_grams(&s, l);
    }
    q->n[PLACE_OWN] = s.n;
    for (int place = 0; place < CRF_PLACES; place++) crf_ask(model, out, q->n[place], place, q->keys[place]);
    q->pattern = q->name ? hash_pattern(w, l) : 0;
}

void crf_score(const crf_model *model, crf_memory *memory, const crf_word *w, const crf_query *q,
               int16_t score[CRF_PLACES][CRF_LABELS])
{
    crf_lanes sum[CRF_PLACES] = {{0}};
    sum_sort(model, memory, w, q, sum);
    if (q->letters.plain) sum_pieces(model, memory, &q->letters, q->name, sum);
    for (int place = 0; place < CRF_PLACES; place++) {
        crf_sum(model, q->keys[place], q->n[place], &sum[place]);
        crf_clamp(sum[place], score[place]);
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
