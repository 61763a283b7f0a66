/* Compounds by their last part: a Quartalsverlust is a loss, Fahrgastzahlen count people. */
#include <string.h>

#include "quantity.h"

static const char *value_of(const struct erz_quantities *q, const char *tail, size_t len)
{
    erz_word word;
    erz_lexicon_entry e;
    memset(&word, 0, sizeof word);
    word.classes = ~UINT64_C(0);
    word.symbol[ERZ_MATCH_FOLD] = erz_lexicon_symbol(q->lexicon, ERZ_MATCH_FOLD, tail, len);
    return erz_lexicon_get(q->lexicon, &word, q->cls.tail, &e) ? e.value : NULL;
}

const char *quantity_tail_of(const struct erz_quantities *q, const char *fold, size_t len, size_t least)
{
    enum { SHORTEST = 3, LONGEST = 20 };
    if (q->cls.tail == ERZ_NO_CLASS || len < least + SHORTEST) return NULL;
    uint64_t tails = erz_lexicon_tails(q->lexicon, fold, len, SHORTEST);
    for (size_t n = len - least > LONGEST ? LONGEST : len - least; n >= SHORTEST; n--) {
        const char *tail = fold + len - n;
        if ((tails >> n & 1) == 0) continue;
        if ((erz_lexicon_classes(q->lexicon, ERZ_MATCH_FOLD, tail, n) >> q->cls.tail & 1) != 0) return value_of(q, tail, n);
    }
    return NULL;
}

/* Kept as an index: values are few. */
static uint8_t keep(struct erz_quantities *q, const char *value)
{
    if (value == NULL) return 1;
    for (size_t i = 0; i < QUANTITY_TAILS; i++) {
        if (q->tail_values[i] == NULL) q->tail_values[i] = value;
        if (strcmp(q->tail_values[i], value) == 0) return (uint8_t)(2 + i);
    }
    return 1;
}

const char *quantity_tail(struct erz_quantities *q, erz_words *words, uint32_t index)
{
    enum { HEAD = 3 };
    if (index >= q->cap_tails) return NULL;
    if (q->tails[index] == 0) {
        size_t len;
        const erz_word *w = &erz_words_array(words)[index];
        bool noun = w->cls == ERZ_TOKEN_WORD && (w->shape & ERZ_SHAPE_INITIAL_UPPER) != 0;
        const char *fold = noun ? erz_words_fold(words, index, &len) : NULL;
        q->tails[index] = keep(q, fold == NULL ? NULL : quantity_tail_of(q, fold, len, HEAD));
    }
    return q->tails[index] == 1 ? NULL : q->tail_values[q->tails[index] - 2];
}
