/* What a full word table keeps: words that were met again since they were added or last kept, in order. */
#include <string.h>

#include "lexicon/words.h"

/* Copy a string of the old arena; false: memory is short. */
static bool copy(erz_arena *to, const char **s, size_t len)
{
    *s = erz_arena_strndup(to, *s, len);
    return *s != NULL;
}

/* Normal form, lower case and stem may share the bytes of the form or of one another. */
static bool copy_strings(erz_arena *to, erz_word *word, cold *c)
{
    const char *form = word->form, *normal = c->normal, *fold = c->fold;
    if (!copy(to, &word->form, word->form_len)) return false;
    if (normal == form)
        c->normal = word->form;
    else if (!copy(to, &c->normal, c->normal_len))
        return false;
    if (fold == normal)
        c->fold = c->normal;
    else if (!copy(to, &c->fold, c->fold_len))
        return false;
    if (word->stem == NULL) return true;
    if (word->stem != fold) return copy(to, &word->stem, word->stem_len);
    word->stem = c->fold;
    return true;
}

/* moved[i] of words that were met: 1; of others: 0. */
static void find_met(erz_words *w)
{
    memset(w->moved, 0, w->n * sizeof *w->moved);
    for (size_t l = 0; l < w->nlines; l++)
        for (int i = 0; i < LINE_WORDS; i++)
            if (w->lines[l].index[i] & WORDS_MET) w->moved[(w->lines[l].index[i] & WORDS_INDEX) - 1] = 1;
}

/* Move the words that stay to the front, at most `most`; false: memory is short, and some may have lost their strings. */
static bool move_words(erz_words *w, erz_arena *to, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < w->n; i++) {
        bool met = w->moved[i] != 0;
        w->moved[i] = 0;
        if (!met || n == most) continue;
        w->words[n] = w->words[i];
        w->colds[n] = w->colds[i];
        w->rules[n] = w->rules[i];
        if (!copy_strings(to, &w->words[n], &w->colds[n])) return false;
        w->moved[i] = (uint32_t)++n;
    }
    w->nmoved = w->n;
    w->n = n;
    return true;
}

/* false: memory is short. */
static bool keep(erz_words *w)
{
    if (!erz_grow(&w->moved, &w->cap_moved, w->n, sizeof *w->moved)) return false;
    erz_arena *strings = erz_arena_new(WORDS_ARENA_BLOCK);
    if (strings == NULL) return false;
    find_met(w);
    if (!move_words(w, strings, w->limit / 2)) {
        erz_arena_free(strings);
        return false;
    }
    erz_arena_free(w->strings);
    w->strings = strings;
    for (uint32_t i = 0; i < w->n; i++) w->words[i].place = *words_place(w, i) & (uint32_t)WORDS_TOLD << WORDS_BITS;
    memset(w->lines, 0, w->nlines * sizeof *w->lines);
    for (uint32_t i = 0; i < w->n; i++) words_enter(w, i, w->words[i].place);
    w->generation++;
    return true;
}

bool erz_words_trim(erz_words *w)
{
    if (w->n <= w->limit) return false;
    if (!keep(w)) erz_words_clear(w);
    return true;
}

uint32_t erz_words_moved(const erz_words *w, uint32_t index)
{
    return index < w->nmoved ? w->moved[index] - 1 : ERZ_WORD_DROPPED;
}
