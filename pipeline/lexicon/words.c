/* The word table: cache lines of three keys each, with 32-bit indices into an array of 64-byte words. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/table.h"
#include "lexicon/words.h"

enum { FIRST_LINES = 1 << 9 };

static line *new_lines(size_t n)
{
    line *lines = erz_table_alloc(n * sizeof *lines);
    if (lines != NULL) memset(lines, 0, n * sizeof *lines);
    return lines;
}

erz_status erz_words_new(const erz_lexicon *lexicon, size_t limit, erz_words **out, erz_error *err)
{
    erz_words *w = calloc(1, sizeof *w);
    if (w == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    w->lexicon = lexicon;
    w->limit = limit;
    w->nlines = FIRST_LINES;
    w->lines = new_lines(w->nlines);
    w->strings = erz_arena_new(WORDS_ARENA_BLOCK);
    if (w->lines == NULL || w->strings == NULL || erz_stemmer_new(&w->stemmer, NULL) != ERZ_OK) {
        erz_words_free(w);
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    }
    *out = w;
    return ERZ_OK;
}

void erz_words_free(erz_words *w)
{
    if (w == NULL) return;
    erz_stemmer_free(w->stemmer);
    erz_arena_free(w->strings);
    erz_buf_free(&w->scratch);
    free(w->words);
    free(w->colds);
    free(w->rules);
    free(w->moved);
    free(w->bits);
    free(w->lines);
    free(w);
}

void erz_words_clear(erz_words *w)
{
    memset(w->lines, 0, w->nlines * sizeof *w->lines);
    erz_arena_reset(w->strings, 48 * w->limit);
    w->generation++;
    w->n = w->nmoved = 0;
}

bool erz_words_claim_rules(erz_words *w, const void *owner, uint64_t version)
{
    if (w->rules_owner == owner && w->rules_version == version) return true;
    if (w->n > 0) memset(w->rules, 0, w->n * sizeof *w->rules);
    w->rules_owner = owner;
    w->rules_version = version;
    return false;
}

erz_word *erz_words_array(erz_words *w)
{
    return w->words;
}

uint32_t *erz_words_rules(erz_words *w)
{
    return w->rules;
}

uint64_t erz_words_generation(const erz_words *w)
{
    return w->generation;
}

size_t erz_words_count(const erz_words *w)
{
    return w->n;
}

/* The halves of one product of the key's halves: each bit of the key moves all bits of the number. */
static inline size_t home_line(key k, size_t nlines)
{
    unsigned __int128 p = (unsigned __int128)(k.lo ^ UINT64_C(0x9e3779b97f4a7c15)) * (k.hi ^ UINT64_C(0xc2b2ae3d27d4eb4f));
    return ((uint64_t)p ^ (uint64_t)(p >> 64)) & (nlines - 1);
}

/* The line to try after line l: each key has a stride of its own, so that full lines do not gather. */
static inline size_t next_line(key k, size_t l, size_t nlines)
{
    return (l + ((size_t)(k.lo ^ k.hi ^ k.lo >> 29) | 1)) & (nlines - 1);
}

static inline uint64_t key_tail(size_t len, uint8_t cls)
{
    return (uint64_t)(len << 4 | cls) << 56;
}

static inline uint64_t eight(const char *s)
{
    uint64_t v;
    memcpy(&v, s, 8);
    return v;
}

/* Take two words into a hash of 128 bits: they go in beside the product too, so that none that is zero loses them. */
static inline key mix(key h, uint64_t a, uint64_t b)
{
    unsigned __int128 p = (unsigned __int128)(h.lo ^ a) * (h.hi ^ b);
    return (key){(uint64_t)p ^ h.hi ^ b, (uint64_t)(p >> 64) ^ h.lo ^ a};
}

/* Of a token of more than SHORT bytes. */
static key long_key(const char *form, size_t len)
{
    key h = {UINT64_C(0x9e3779b97f4a7c15) ^ len, UINT64_C(0xc2b2ae3d27d4eb4f)};
    for (size_t i = 0; i + 16 < len; i += 16) h = mix(h, eight(form + i), eight(form + i + 8));
    h = mix(h, eight(form + len - 16), eight(form + len - 8));
    return mix(h, UINT64_C(0xd6e8feb86659fd93), UINT64_C(0xa0761d6478bd642f));
}

static inline key make_key(const char *form, size_t len, uint8_t cls)
{
    key k = {0, 0};
    if (len <= 8) {
        k.lo = erz_load_tail((const unsigned char *)form, len);
    } else if (len <= SHORT) {
        k.lo = eight(form);
        k.hi = erz_load_tail((const unsigned char *)form + 8, len - 8);
    } else {
        k = long_key(form, len);
        k.hi >>= 8;
    }
    k.hi |= key_tail(len <= SHORT ? len : 0, cls);
    return k;
}

static inline bool same_key(key a, key b)
{
    return ((a.lo ^ b.lo) | (a.hi ^ b.hi)) == 0;
}

/* Put a word's key in the first empty place that it comes to; index: as in a line. */
static void put(line *lines, size_t nlines, key k, erz_word *word, uint32_t index)
{
    for (size_t l = home_line(k, nlines);; l = next_line(k, l, nlines))
        for (uint32_t i = 0; i < LINE_WORDS; i++) {
            if (lines[l].index[i] != 0) continue;
            lines[l].keys[i] = k;
            lines[l].index[i] = index;
            word->place = (uint32_t)l * 4 + i;
            return;
        }
}

/* Words move in the order in which they were met: frequent ones come early and get the first places of their home lines. */
static bool grow_lines(erz_words *w)
{
    const size_t n = w->nlines * 2;
    line *lines = n > UINT32_MAX / 4 ? NULL : new_lines(n);
    if (lines == NULL) return false;
    for (size_t i = 0; i < w->n; i++) {
        const uint32_t place = w->words[i].place;
        const line *l = &w->lines[place / 4];
        put(lines, n, l->keys[place % 4], &w->words[i], l->index[place % 4]);
    }
    free(w->lines);
    w->lines = lines;
    w->nlines = n;
    return true;
}

/* A word to be added; stem: NULL, or what is known of it. */
typedef struct newcomer {
    const char *form, *stem;
    size_t len, stem_len;
    uint16_t shape;
    uint8_t cls;
} newcomer;

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* 0x20 in the bytes of eight ASCII characters that are capitals. */
static inline uint64_t capitals(uint64_t v)
{
    return ((v + EACH(0x80 - 'A')) & ~(v + EACH(0x80 - 'Z' - 1)) & EACH(0x80)) >> 2;
}

/* The eight bytes of s at `at`, zeros behind its end. */
static inline uint64_t eight_at(const char *s, size_t len, size_t at)
{
    return len - at < 8 ? erz_load_tail((const unsigned char *)s + at, len - at) : eight(s + at);
}

/* Is the form all ASCII? *upper: it has capitals. */
static bool is_ascii(const char *form, size_t len, bool *upper)
{
    uint64_t all = 0, any = 0;
    for (size_t i = 0; i < len; i += 8) {
        uint64_t v = eight_at(form, len, i);
        all |= v;
        any |= capitals(v & EACH(0x7f));
    }
    *upper = any != 0;
    return (all & EACH(0x80)) == 0;
}

/* Lower case of ASCII and the NUL behind it; out: room for eight bytes more. */
static void fold_ascii(const char *form, size_t len, char *out)
{
    for (size_t i = 0; i <= len; i += 8) {
        uint64_t v = i < len ? eight_at(form, len, i) : 0;
        v |= capitals(v);
        memcpy(out + i, &v, 8);
    }
}

/* Lower case of a form of ASCII and U+00C0-00FF, which is its own normal form; false: it has other bytes. */
static bool fold_plain(const char *form, size_t len, char *out, bool *changed)
{
    unsigned char differ = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)form[i], lower = (unsigned char)(c | (unsigned char)((unsigned)(c - 'A') < 26) << 5);
        out[i] = (char)lower;
        differ |= c ^ lower;
        if (c < 0x80) continue;
        if (c != 0xc3 || i + 1 == len) return false;
        c = (unsigned char)form[++i];
        lower = (unsigned char)(c >= 0x80 && c <= 0x9e && c != 0x97 ? c + 32 : c);
        out[i] = (char)lower;
        differ |= c ^ lower;
    }
    *changed = differ != 0;
    return true;
}

/* Of a form with other than ASCII characters. */
static bool fill_unicode(erz_words *w, cold *c, const char *form, size_t len)
{
    size_t room = 4 * len + 16, nn = len, nf = len;
    w->scratch.len = 0;
    if (!erz_buf_reserve(&w->scratch, 2 * room)) return false;
    char *normal = w->scratch.data, *fold = normal + room;
    bool changed = false, plain = fold_plain(form, len, fold, &changed);
    if (!plain) {
        nn = erz_form_normalize(form, len, normal, room);
        nf = nn == (size_t)-1 ? nn : erz_form_fold(normal, nn, fold, room);
        if (nf == (size_t)-1) return false;
        changed = nf != nn || memcmp(fold, normal, nn) != 0;
    }
    bool same = plain || (nn == len && memcmp(normal, form, len) == 0);
    c->normal = same ? form : erz_arena_strndup(w->strings, normal, nn);
    if (c->normal == NULL) return false;
    c->fold = changed ? erz_arena_strndup(w->strings, fold, nf) : c->normal;
    c->normal_len = (uint32_t)nn;
    c->fold_len = (uint32_t)nf;
    return c->fold != NULL;
}

/* Normal form and lower case share the form's bytes where they are equal: most words need one string. */
static bool fill_forms(erz_words *w, erz_word *word, cold *c, const char *form, size_t len)
{
    bool upper, ascii = is_ascii(form, len, &upper);
    char *s = erz_arena_alloc(w->strings, ascii && upper ? 2 * len + 16 : len + 1);
    if (s == NULL) return false;
    memcpy(s, form, len);
    s[len] = '\0';
    word->form = s;
    if (!ascii) return fill_unicode(w, c, s, len);
    c->normal = c->fold = s;
    c->normal_len = c->fold_len = (uint32_t)len;
    if (!upper) return true;
    fold_ascii(s, len, s + len + 1);
    c->fold = s + len + 1;
    return true;
}

static bool grow_words(erz_words *w)
{
    size_t need = w->n + 1;
    return erz_table_grow(&w->words, &w->cap_words, w->n, need, sizeof *w->words) &&
           erz_grow(&w->colds, &w->cap_colds, need, sizeof *w->colds) &&
           erz_grow(&w->rules, &w->cap_rules, need, sizeof *w->rules);
}

static bool add_word(erz_words *w, const newcomer *add)
{
    uint32_t index = (uint32_t)w->n;
    if ((index >= w->cap_words || index >= w->cap_colds || index >= w->cap_rules) && !grow_words(w)) return false;
    erz_word *word = &w->words[index];
    cold *c = &w->colds[index];
    memset(word, 0, sizeof *word);
    w->rules[index] = 0;
    word->form_len = (uint32_t)add->len;
    word->cls = add->cls;
    word->shape = add->shape == ERZ_SHAPE_UNKNOWN ? erz_token_shape(add->form, add->len) : add->shape;
    if (!fill_forms(w, word, c, add->form, add->len)) return false;
    if (add->stem != NULL) {
        word->stem = erz_arena_strndup(w->strings, add->stem, add->stem_len);
        word->stem_len = (uint32_t)add->stem_len;
        if (word->stem == NULL) return false;
    }
    w->n++;
    return true;
}

void words_enter(erz_words *w, uint32_t index, uint32_t told)
{
    erz_word *word = &w->words[index];
    put(w->lines, w->nlines, make_key(word->form, word->form_len, word->cls), word, (index + 1) | told);
}

void erz_words_tell(erz_words *w, size_t from, size_t to, const uint8_t *types, uint8_t mask, unsigned bit)
{
    const uint32_t set = (uint32_t)bit << WORDS_BITS;
    for (size_t i = from; i < to; i++) {
        uint32_t *place = words_place(w, (uint32_t)i);
        *place = (types[i] & mask) != 0 ? *place | set : *place & ~set;
    }
}

/* The index of a key's word from its home line l on; what it leads to is 0 if there is none. */
static inline uint32_t *find_further(line *lines, size_t nlines, key k, line *l)
{
    for (;; l = &lines[next_line(k, (size_t)(l - lines), nlines)])
        for (int i = 0; i < LINE_WORDS; i++)
            if (l->index[i] == 0 || same_key(l->keys[i], k)) return &l->index[i];
}

/* The word of an index, which a text has again. */
static inline uint32_t meet(uint32_t *index)
{
    if ((*index & WORDS_MET) == 0) *index |= WORDS_MET;
    return (*index & WORDS_INDEX) - 1;
}

/* now: look its symbols up. */
static bool insert(erz_words *w, key k, const newcomer *add, bool now, uint32_t *index)
{
    if (w->n >= WORDS_INDEX - 1 || !add_word(w, add)) return false;
    if (now && !words_find_symbols(w, (uint32_t)w->n - 1)) {
        w->n--;
        return false;
    }
    *index = (uint32_t)w->n - 1;
    put(w->lines, w->nlines, k, &w->words[*index], (uint32_t)w->n | (uint32_t)WORDS_TOLD << WORDS_BITS);
    return w->n < w->nlines / 8 * 14 || grow_lines(w);
}

erz_status erz_words_intern(erz_words *w, const char *form, size_t len, uint8_t cls, uint16_t shape, const char *stem,
                            size_t stem_len, uint32_t *index, erz_error *err)
{
    if (len >> 24 != 0) return erz_fail(err, ERZ_E_LIMIT, NULL, 0, 0, "a token is longer than 16 MiB");
    key k = make_key(form, len, cls);
    uint32_t found = *find_further(w->lines, w->nlines, k, &w->lines[home_line(k, w->nlines)]);
    if (found != 0) {
        *index = (found & WORDS_INDEX) - 1;
        return ERZ_OK;
    }
    const newcomer add = {form, stem, len, stem_len, shape, cls};
    return insert(w, k, &add, true, index) ? ERZ_OK : erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
}

enum { BLOCK = ERZ_TOKEN_BLOCK, MAX_TOKEN = (1 << 24) - 1 };

/* A long token, or one so near the end of the text that 16 bytes cannot be read. */
__attribute__((noinline)) static key odd_key(const char *text, uint32_t begin, uint32_t len, uint8_t cls)
{
    return make_key(text + begin, len, cls);
}

/* The word of a token that is not the first of its home line; what was told of it is added to *any. */
__attribute__((noinline)) static bool miss(erz_words *w, const char *text, erz_tokens *t, size_t i, key k, line *home,
                                           uint32_t *any)
{
    uint32_t begin = t->begin[i], *found = find_further(w->lines, w->nlines, k, home);
    *any |= *found != 0 ? *found : ~UINT32_C(0);
    if (*found != 0) {
        t->word[i] = meet(found);
        return true;
    }
    const newcomer add = {text + begin, NULL, t->end[i] - begin, 0, t->shape[i], t->cls[i]};
    return insert(w, k, &add, false, &t->word[i]);
}

/* Keys of tokens and their home lines, asked for early. */
__attribute__((noinline)) static void make_keys(key *restrict keys, line **restrict home, const erz_words *w, const char *text,
                                                size_t len, const erz_tokens *t, size_t at, size_t n)
{
    const uint32_t *begin = t->begin + at, *end = t->end + at;
    const uint8_t *cls = t->cls + at;
    line *lines = w->lines;
    const size_t nlines = w->nlines;
    size_t safe = n; /* tokens that 16 bytes can be read of */
    while (safe > 0 && begin[safe - 1] + (size_t)16 > len) safe--;
    for (size_t i = 0; i < n; i++) {
        uint32_t from = begin[i], size = end[i] - from;
        uint64_t lo, hi;
        if ((size <= SHORT) & (i < safe)) {
            erz_load_16(text + from, size, &lo, &hi);
            hi |= key_tail(size, cls[i]);
            keys[i].lo = lo;
            keys[i].hi = hi;
        } else {
            keys[i] = odd_key(text, from, size, cls[i]);
            lo = keys[i].lo;
            hi = keys[i].hi;
        }
        home[i] = &lines[home_line((key){lo, hi}, nlines)];
        __builtin_prefetch(home[i]);
    }
}

/* The probes of a block run in steps, so that their cache misses overlap. */
static bool map_block(erz_words *w, const char *text, size_t len, erz_tokens *t, size_t at, size_t n)
{
    key keys[BLOCK];
    line *home[BLOCK];
    uint32_t *word = t->word + at, any = 0, rare = 0;
    make_keys(keys, home, w, text, len, t, at, n);
    for (size_t i = 0; i < n; i++) {
        line *l = home[i], *lines = w->lines;
        if (same_key(l->keys[0], keys[i])) {
            any |= l->index[0];
            word[i] = meet(&l->index[0]);
            continue;
        }
        if (!miss(w, text, t, at + i, keys[i], l, &rare)) return false;
        if (w->lines != lines) make_keys(keys, home, w, text, len, t, at, n);
    }
    w->bits[at / BLOCK] = (any | rare) >> WORDS_BITS & WORDS_TOLD;
    return true;
}

static bool has_long_token(const erz_tokens *t)
{
    uint32_t longest = 0;
    for (size_t i = 0; i < t->n; i++) {
        uint32_t len = t->end[i] - t->begin[i];
        longest = len > longest ? len : longest;
    }
    return longest > MAX_TOKEN;
}

erz_status erz_words_map(erz_words *w, const char *text, size_t len, erz_tokens *tokens, erz_error *err)
{
    if (len > MAX_TOKEN && has_long_token(tokens))
        return erz_fail(err, ERZ_E_LIMIT, NULL, 0, 0, "a token is longer than 16 MiB");
    const uint32_t before = (uint32_t)w->n;
    bool good = erz_grow(&w->bits, &w->cap_bits, tokens->n / BLOCK + 1, 1);
    tokens->bits = w->bits;
    for (size_t i = 0; i < tokens->n && good; i += BLOCK)
        good = map_block(w, text, len, tokens, i, tokens->n - i < BLOCK ? tokens->n - i : BLOCK);
    if (good && words_find_symbols(w, before)) return ERZ_OK;
    erz_words_clear(w); /* some may lack their symbols */
    return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
}

const char *erz_words_normal(erz_words *w, uint32_t index, size_t *len)
{
    if (len != NULL) *len = w->colds[index].normal_len;
    return w->colds[index].normal;
}

const char *erz_words_fold(erz_words *w, uint32_t index, size_t *len)
{
    if (len != NULL) *len = w->colds[index].fold_len;
    return w->colds[index].fold;
}

const char *erz_words_stem(erz_words *w, uint32_t index, size_t *len)
{
    const erz_word *word = &w->words[index];
    if (word->stem == NULL && !words_find_stem(w, index)) return NULL;
    if (len != NULL) *len = word->stem_len;
    return word->stem;
}
