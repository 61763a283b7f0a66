/* Stems and lexicon symbols of new words. */
#include <string.h>

#include "base/hash.h"
#include "lexicon/words.h"

bool words_find_stem(erz_words *w, uint32_t index)
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
    word->starts |= s->starts;
    word->continues |= s->continues;
}

/* hash: of normal form and lower case. */
static bool find_symbols(erz_words *w, uint32_t index, const uint64_t *hash)
{
    erz_word *word = &w->words[index];
    cold *c = &w->colds[index];
    for (unsigned mode = ERZ_MATCH_EXACT; mode <= ERZ_MATCH_FOLD; mode++) {
        const char *s = mode == ERZ_MATCH_EXACT ? c->normal : c->fold;
        size_t len = mode == ERZ_MATCH_EXACT ? c->normal_len : c->fold_len;
        add_symbol(w, word, mode, lexicon_symbol_hashed(w->lexicon, mode, hash[mode], s, len));
    }
    bool stems = word->cls == ERZ_TOKEN_WORD || word->cls == ERZ_TOKEN_ABBREVIATION;
    if (!stems || !lexicon_may_have_stem(w->lexicon, c->fold, c->fold_len)) return true;
    if (word->stem == NULL && !words_find_stem(w, index)) return false;
    add_symbol(w, word, ERZ_MATCH_STEM, erz_lexicon_symbol(w->lexicon, ERZ_MATCH_STEM, word->stem, word->stem_len));
    return true;
}

bool words_find_symbols(erz_words *w, uint32_t from)
{
    uint64_t hash[LEXICON_TOGETHER][2];
    if (w->lexicon == NULL) return true;
    for (size_t n; from < w->n; from += (uint32_t)n) {
        n = w->n - from < LEXICON_TOGETHER ? w->n - from : LEXICON_TOGETHER;
        for (size_t i = 0; i < n; i++) {
            const cold *c = &w->colds[from + i];
            hash[i][ERZ_MATCH_EXACT] = hash[i][ERZ_MATCH_FOLD] = erz_hash(c->normal, c->normal_len, 0);
            if (c->fold != c->normal) hash[i][ERZ_MATCH_FOLD] = erz_hash(c->fold, c->fold_len, 0);
        }
        lexicon_expect(w->lexicon, hash, n);
        for (size_t i = 0; i < n; i++)
            if (!find_symbols(w, from + (uint32_t)i, hash[i])) return false;
    }
    return true;
}
