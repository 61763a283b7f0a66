/* The word table: open addressing over 32-bit indices into an array of 64-byte words. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "erz/stem.h"
#include "lexicon.h"

typedef struct cold {
    const char *normal, *fold, *stem; /* stem NULL: not asked for yet */
    uint32_t normal_len, fold_len, stem_len;
} cold;

struct erz_words {
    const erz_lexicon *lexicon;
    erz_stemmer *stemmer;
    erz_arena *strings;
    erz_word *words;
    size_t cap_words;
    cold *colds;
    size_t cap_colds;
    uint32_t *slots;
    size_t nslots, n, limit;
    uint64_t generation;
    erz_buf scratch;
};

enum { FIRST_SLOTS = 1 << 12, ARENA_BLOCK = 1 << 16 };

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

bool erz_words_trim(erz_words *w)
{
    if (w->n <= w->limit) return false;
    memset(w->slots, 0, w->nslots * sizeof *w->slots);
    erz_arena_reset(w->strings, 32 * w->limit);
    w->n = 0;
    w->generation++;
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

static bool grow_slots(erz_words *w)
{
    size_t n = w->nslots * 2;
    uint32_t *slots = calloc(n, sizeof *slots);
    if (slots == NULL) return false;
    for (size_t i = 0; i < w->n; i++) {
        size_t s = w->words[i].hash & (n - 1);
        while (slots[s] != 0) s = (s + 1) & (n - 1);
        slots[s] = (uint32_t)i + 1;
    }
    free(w->slots);
    w->slots = slots;
    w->nslots = n;
    return true;
}

static bool find_stem(erz_words *w, uint32_t index)
{
    cold *c = &w->colds[index];
    if (c->stem != NULL) return true;
    uint8_t cls = w->words[index].cls;
    if (cls != ERZ_TOKEN_WORD && cls != ERZ_TOKEN_ABBREVIATION) {
        c->stem = c->fold;
        c->stem_len = c->fold_len;
        return true;
    }
    size_t n = 0;
    const char *s = erz_stemmer_stem(w->stemmer, c->fold, c->fold_len, &n);
    if (s == NULL || (s = erz_arena_strndup(w->strings, s, n)) == NULL) return false;
    c->stem = s;
    c->stem_len = (uint32_t)n;
    return true;
}

static bool may_have_stem_symbol(const erz_words *w, const cold *c, uint8_t cls)
{
    if (cls != ERZ_TOKEN_WORD && cls != ERZ_TOKEN_ABBREVIATION) return false;
    if (!w->lexicon->header->use_stem_filter) return true;
    unsigned char prefix[LEX_STEM_PREFIX];
    if (!lex_stem_prefix(c->fold, c->fold_len, prefix)) return false;
    uint32_t h = lex_stem_prefix_hash(prefix);
    return w->lexicon->stem_filter[h >> 3] >> (h & 7) & 1;
}

static bool find_symbols(erz_words *w, uint32_t index)
{
    if (w->lexicon == NULL) return true;
    erz_word *word = &w->words[index];
    cold *c = &w->colds[index];
    word->symbol[ERZ_MATCH_EXACT] = erz_lexicon_symbol(w->lexicon, ERZ_MATCH_EXACT, c->normal, c->normal_len);
    word->symbol[ERZ_MATCH_FOLD] = erz_lexicon_symbol(w->lexicon, ERZ_MATCH_FOLD, c->fold, c->fold_len);
    if (may_have_stem_symbol(w, c, word->cls)) {
        if (!find_stem(w, index)) return false;
        word->symbol[ERZ_MATCH_STEM] = erz_lexicon_symbol(w->lexicon, ERZ_MATCH_STEM, c->stem, c->stem_len);
    }
    for (int mode = 0; mode < 3; mode++) {
        const lex_symbol *s = &w->lexicon->symbols[word->symbol[mode]];
        if (word->symbol[mode] == 0) continue;
        word->classes |= s->classes;
        word->starts |= s->starts != 0;
    }
    return true;
}

/* Normal form and lower case share the form's bytes where they are equal: most words need one string. */
static bool fill_forms(erz_words *w, erz_word *word, cold *c, const char *form, size_t len)
{
    size_t room = 4 * len + 16;
    w->scratch.len = 0;
    if (!erz_buf_reserve(&w->scratch, 2 * room)) return false;
    char *normal = w->scratch.data, *fold = normal + room;
    size_t nn = erz_form_normalize(form, len, normal, room);
    if (nn == (size_t)-1) return false;
    size_t nf = erz_form_fold(normal, nn, fold, room);
    if (nf == (size_t)-1) return false;
    word->form = erz_arena_strndup(w->strings, form, len);
    if (word->form == NULL) return false;
    c->normal = nn == len && memcmp(normal, form, len) == 0 ? word->form : erz_arena_strndup(w->strings, normal, nn);
    if (c->normal == NULL) return false;
    c->fold = nf == nn && memcmp(fold, normal, nn) == 0 ? c->normal : erz_arena_strndup(w->strings, fold, nf);
    c->normal_len = (uint32_t)nn;
    c->fold_len = (uint32_t)nf;
    return c->fold != NULL;
}

static bool add_word(erz_words *w, uint64_t hash, const char *form, size_t len, uint8_t cls, uint16_t shape, const char *stem,
                     size_t stem_len)
{
    if (!erz_grow(&w->words, &w->cap_words, w->n + 1, sizeof *w->words) ||
        !erz_grow(&w->colds, &w->cap_colds, w->n + 1, sizeof *w->colds))
        return false;
    uint32_t index = (uint32_t)w->n;
    erz_word *word = &w->words[index];
    cold *c = &w->colds[index];
    memset(word, 0, sizeof *word);
    memset(c, 0, sizeof *c);
    word->hash = hash;
    word->form_len = (uint32_t)len;
    word->cls = cls;
    word->shape = shape;
    if (!fill_forms(w, word, c, form, len)) return false;
    if (stem != NULL) {
        c->stem = erz_arena_strndup(w->strings, stem, stem_len);
        c->stem_len = (uint32_t)stem_len;
        if (c->stem == NULL) return false;
    }
    if (!find_symbols(w, index)) return false;
    w->n++;
    return true;
}

static inline bool find_or_add(erz_words *w, const char *form, size_t len, uint8_t cls, uint16_t shape, const char *stem,
                               size_t stem_len, uint32_t *index)
{
    uint64_t hash = erz_hash(form, len, cls);
    size_t mask = w->nslots - 1, s = hash & mask;
    for (; w->slots[s] != 0; s = (s + 1) & mask) {
        const erz_word *word = &w->words[w->slots[s] - 1];
        if (word->hash == hash && word->form_len == len && word->cls == cls && memcmp(word->form, form, len) == 0) {
            *index = w->slots[s] - 1;
            return true;
        }
    }
    if (!add_word(w, hash, form, len, cls, shape, stem, stem_len)) return false;
    *index = (uint32_t)w->n - 1;
    w->slots[s] = (uint32_t)w->n;
    return w->n < w->nslots / 2 || grow_slots(w);
}

erz_status erz_words_intern(erz_words *w, const char *form, size_t len, uint8_t cls, uint16_t shape, const char *stem,
                            size_t stem_len, uint32_t *index, erz_error *err)
{
    if (find_or_add(w, form, len, cls, shape, stem, stem_len, index)) return ERZ_OK;
    return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
}

erz_status erz_words_map(erz_words *w, const char *text, erz_tokens *tokens, erz_error *err)
{
    for (size_t i = 0; i < tokens->n; i++) {
        uint32_t begin = tokens->begin[i];
        if (!find_or_add(w, text + begin, tokens->end[i] - begin, tokens->cls[i], tokens->shape[i], NULL, 0, &tokens->word[i]))
            return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    }
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
    if (!find_stem(w, index)) return NULL;
    if (len != NULL) *len = w->colds[index].stem_len;
    return w->colds[index].stem;
}
