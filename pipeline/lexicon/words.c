/* The word table: open addressing over 32-bit indices into an array of 64-byte words. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "erz/stem.h"
#include "lexicon.h"

typedef struct cold {
    const char *normal, *fold;
    uint32_t normal_len, fold_len;
} cold;

/* The tag keeps most probes from touching the word's own cache line in vain. */
typedef struct slot {
    uint32_t tag;
    uint32_t index; /* in words, plus 1; 0: empty */
} slot;

struct erz_words {
    const erz_lexicon *lexicon;
    erz_stemmer *stemmer;
    erz_arena *strings;
    erz_word *words;
    size_t cap_words;
    cold *colds;
    size_t cap_colds;
    slot *slots;
    size_t nslots, n, limit;
    uint64_t generation;
    erz_buf scratch;
};

enum { FIRST_SLOTS = 1 << 16, ARENA_BLOCK = 1 << 16 };

erz_status erz_words_new(const erz_lexicon *lexicon, size_t limit, erz_words **out, erz_error *err)
{
    erz_words *w = calloc(1, sizeof *w);
    if (w == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    w->lexicon = lexicon;
    w->limit = limit;
    w->nslots = FIRST_SLOTS;
    w->slots = calloc(w->nslots, sizeof *w->slots);
    w->strings = erz_arena_new(ARENA_BLOCK);
    if (w->slots == NULL || w->strings == NULL || erz_stemmer_new(&w->stemmer, NULL) != ERZ_OK) {
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
    free(w->slots);
    free(w);
}

void erz_words_clear(erz_words *w)
{
    memset(w->slots, 0, w->nslots * sizeof *w->slots);
    erz_arena_reset(w->strings, 48 * w->limit);
    w->generation++;
    w->n = 0;
}

bool erz_words_trim(erz_words *w)
{
    if (w->n <= w->limit) return false;
    erz_words_clear(w);
    return true;
}

erz_word *erz_words_array(erz_words *w)
{
    return w->words;
}

uint64_t erz_words_generation(const erz_words *w)
{
    return w->generation;
}

size_t erz_words_count(const erz_words *w)
{
    return w->n;
}

static void put_slot(slot *slots, size_t nslots, uint64_t hash, uint32_t index)
{
    size_t s = hash & (nslots - 1);
    while (slots[s].index != 0) s = (s + 1) & (nslots - 1);
    slots[s] = (slot){(uint32_t)(hash >> 32), index};
}

static bool grow_slots(erz_words *w)
{
    size_t n = w->nslots * 2;
    slot *slots = calloc(n, sizeof *slots);
    if (slots == NULL) return false;
    for (size_t i = 0; i < w->n; i++) {
        const erz_word *word = &w->words[i];
        put_slot(slots, n, erz_hash(word->form, word->form_len, word->cls), (uint32_t)i + 1);
    }
    free(w->slots);
    w->slots = slots;
    w->nslots = n;
    return true;
}

static bool find_stem(erz_words *w, uint32_t index)
{
    const cold *c = &w->colds[index];
    erz_word *word = &w->words[index];
    if (word->cls != ERZ_TOKEN_WORD && word->cls != ERZ_TOKEN_ABBREVIATION) {
        word->stem = c->fold;
        word->stem_len = c->fold_len;
        return true;
    }
    size_t n = 0;
    const char *s = erz_stemmer_stem(w->stemmer, c->fold, c->fold_len, &n);
    if (s == NULL) return false;
    /* Many words are their own stem. */
    bool same = n == c->fold_len && memcmp(s, c->fold, n) == 0;
    word->stem = same ? c->fold : erz_arena_strndup(w->strings, s, n);
    word->stem_len = (uint32_t)n;
    return word->stem != NULL;
}

static void add_symbol(erz_words *w, erz_word *word, erz_match_mode mode, uint32_t id)
{
    const lex_symbol *s = &w->lexicon->symbols[id];
    word->symbol[mode] = id;
    if (id == 0) return;
    word->classes |= s->classes;
    word->starts |= s->starts != 0;
}

static bool find_symbols(erz_words *w, uint32_t index)
{
    if (w->lexicon == NULL) return true;
    erz_word *word = &w->words[index];
    cold *c = &w->colds[index];
    uint64_t exact = erz_hash(c->normal, c->normal_len, 0);
    uint64_t fold = c->fold == c->normal ? exact : erz_hash(c->fold, c->fold_len, 0);
    add_symbol(w, word, ERZ_MATCH_EXACT, lexicon_symbol_hashed(w->lexicon, ERZ_MATCH_EXACT, exact, c->normal, c->normal_len));
    add_symbol(w, word, ERZ_MATCH_FOLD, lexicon_symbol_hashed(w->lexicon, ERZ_MATCH_FOLD, fold, c->fold, c->fold_len));
    bool stems = word->cls == ERZ_TOKEN_WORD || word->cls == ERZ_TOKEN_ABBREVIATION;
    if (!stems || !lexicon_may_have_stem(w->lexicon, c->fold, c->fold_len)) return true;
    if (word->stem == NULL && !find_stem(w, index)) return false;
    add_symbol(w, word, ERZ_MATCH_STEM, erz_lexicon_symbol(w->lexicon, ERZ_MATCH_STEM, word->stem, word->stem_len));
    return true;
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

/* Normal form and lower case share the form's bytes where they are equal: most words need one string. */
static bool fill_forms(erz_words *w, erz_word *word, cold *c, const char *form, size_t len)
{
    size_t room = 4 * len + 16;
    w->scratch.len = 0;
    if (!erz_buf_reserve(&w->scratch, 2 * room)) return false;
    char *normal = w->scratch.data, *fold = normal + room;
    size_t nn = len, nf = len;
    bool changed = false, plain = fold_plain(form, len, fold, &changed);
    if (!plain) {
        nn = erz_form_normalize(form, len, normal, room);
        nf = nn == (size_t)-1 ? nn : erz_form_fold(normal, nn, fold, room);
        if (nf == (size_t)-1) return false;
        changed = nf != nn || memcmp(fold, normal, nn) != 0;
    }
    word->form = erz_arena_strndup(w->strings, form, len);
    if (word->form == NULL) return false;
    bool same = plain || (nn == len && memcmp(normal, form, len) == 0);
    c->normal = same ? word->form : erz_arena_strndup(w->strings, normal, nn);
    if (c->normal == NULL) return false;
    c->fold = changed ? erz_arena_strndup(w->strings, fold, nf) : c->normal;
    c->normal_len = (uint32_t)nn;
    c->fold_len = (uint32_t)nf;
    return c->fold != NULL;
}

static bool add_word(erz_words *w, const char *form, size_t len, uint8_t cls, uint16_t shape, const char *stem, size_t stem_len)
{
    if (!erz_grow(&w->words, &w->cap_words, w->n + 1, sizeof *w->words) ||
        !erz_grow(&w->colds, &w->cap_colds, w->n + 1, sizeof *w->colds))
        return false;
    uint32_t index = (uint32_t)w->n;
    erz_word *word = &w->words[index];
    cold *c = &w->colds[index];
    memset(word, 0, sizeof *word);
    memset(c, 0, sizeof *c);
    word->form_len = (uint32_t)len;
    word->cls = cls;
    word->shape = shape;
    if (!fill_forms(w, word, c, form, len)) return false;
    if (stem != NULL) {
        word->stem = erz_arena_strndup(w->strings, stem, stem_len);
        word->stem_len = (uint32_t)stem_len;
        if (word->stem == NULL) return false;
    }
    if (!find_symbols(w, index)) return false;
    w->n++;
    return true;
}

/* Index + 1 of the first slot with the word's tag, 0: the word is new. */
static inline uint32_t first_candidate(const erz_words *w, uint64_t hash)
{
    size_t mask = w->nslots - 1;
    for (size_t s = hash & mask; w->slots[s].index != 0; s = (s + 1) & mask)
        if (w->slots[s].tag == (uint32_t)(hash >> 32)) return w->slots[s].index;
    return 0;
}

static inline bool is_word(const erz_word *word, const char *form, size_t len, uint8_t cls)
{
    return word->form_len == len && word->cls == cls && memcmp(word->form, form, len) == 0;
}

static bool find_or_add(erz_words *w, uint64_t hash, const char *form, size_t len, uint8_t cls, uint16_t shape,
                        const char *stem, size_t stem_len, uint32_t *index)
{
    size_t mask = w->nslots - 1, s = hash & mask;
    for (; w->slots[s].index != 0; s = (s + 1) & mask) {
        *index = w->slots[s].index - 1;
        if (w->slots[s].tag == (uint32_t)(hash >> 32) && is_word(&w->words[*index], form, len, cls)) return true;
    }
    if (!add_word(w, form, len, cls, shape, stem, stem_len)) return false;
    *index = (uint32_t)w->n - 1;
    w->slots[s] = (slot){(uint32_t)(hash >> 32), (uint32_t)w->n};
    return w->n < w->nslots / 2 || grow_slots(w);
}

erz_status erz_words_intern(erz_words *w, const char *form, size_t len, uint8_t cls, uint16_t shape, const char *stem,
                            size_t stem_len, uint32_t *index, erz_error *err)
{
    if (find_or_add(w, erz_hash(form, len, cls), form, len, cls, shape, stem, stem_len, index)) return ERZ_OK;
    return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
}

/* A token of a block. Tokens of up to 16 bytes, nearly all, are hashed and compared as two registers. */
typedef struct probe {
    uint64_t hash, lo, hi;
    const char *form;
    uint32_t len, candidate; /* index in words, plus 1 */
    uint8_t cls;
    bool is_short; /* lo and hi are set */
} probe;

enum { BLOCK = 32, SHORT = 16 };

static inline void hash_probe(probe *p, const char *text, size_t text_len, const erz_tokens *t, size_t i)
{
    uint32_t begin = t->begin[i];
    p->form = text + begin;
    p->len = t->end[i] - begin;
    p->cls = t->cls[i];
    p->is_short = p->len <= SHORT && begin + SHORT <= text_len;
    if (p->is_short) {
        erz_load_16(p->form, p->len, &p->lo, &p->hi);
        p->hash = erz_hash_16(p->lo, p->hi, p->len, p->cls);
    } else {
        p->hash = erz_hash(p->form, p->len, p->cls);
    }
}

/* The arena gives 16 bytes or more to every form, so those of a short one can be loaded whole. */
static inline bool is_candidate(const erz_words *w, const probe *p)
{
    if (p->candidate == 0) return false;
    const erz_word *word = &w->words[p->candidate - 1];
    if (!p->is_short) return is_word(word, p->form, p->len, p->cls);
    uint64_t lo, hi;
    if (word->form_len != p->len || word->cls != p->cls) return false;
    erz_load_16(word->form, p->len, &lo, &hi);
    return lo == p->lo && hi == p->hi;
}

/* The probes of a block run in steps, so that their cache misses overlap: slot, word, form, comparison. */
static bool map_block(erz_words *w, const char *text, size_t len, erz_tokens *t, size_t at, size_t n)
{
    probe probes[BLOCK];
    for (size_t i = 0; i < n; i++) {
        hash_probe(&probes[i], text, len, t, at + i);
        __builtin_prefetch(&w->slots[probes[i].hash & (w->nslots - 1)]);
    }
    for (size_t i = 0; i < n; i++) {
        probes[i].candidate = first_candidate(w, probes[i].hash);
        if (probes[i].candidate != 0) __builtin_prefetch(&w->words[probes[i].candidate - 1]);
    }
    for (size_t i = 0; i < n; i++)
        if (probes[i].candidate != 0) __builtin_prefetch(w->words[probes[i].candidate - 1].form);
    for (size_t i = 0; i < n; i++) {
        const probe *p = &probes[i];
        if (is_candidate(w, p))
            t->word[at + i] = p->candidate - 1;
        else if (!find_or_add(w, p->hash, p->form, p->len, p->cls, t->shape[at + i], NULL, 0, &t->word[at + i]))
            return false;
    }
    return true;
}

erz_status erz_words_map(erz_words *w, const char *text, size_t len, erz_tokens *tokens, erz_error *err)
{
    for (size_t i = 0; i < tokens->n; i += BLOCK)
        if (!map_block(w, text, len, tokens, i, tokens->n - i < BLOCK ? tokens->n - i : BLOCK))
            return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    return ERZ_OK;
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
    if (word->stem == NULL && !find_stem(w, index)) return NULL;
    if (len != NULL) *len = word->stem_len;
    return word->stem;
}
