/* Tokens of a sentence on their way to items: what quantity_items.c and quantity_parts.c share. */
#ifndef ERZ_MATCH_QUANTITY_BUILDER_H
#define ERZ_MATCH_QUANTITY_BUILDER_H

#include <string.h>

#include "base/buf.h"
#include "quantity.h"

typedef struct builder {
    struct erz_quantities *q;
    erz_text *text;
    uint32_t first, end; /* tokens of the sentence */
} builder;

static inline const char *token_text(const builder *b, uint32_t t, size_t *len)
{
    *len = b->text->tokens.end[t] - b->text->tokens.begin[t];
    return b->text->text + b->text->tokens.begin[t];
}

static inline __attribute__((always_inline)) bool token_is(const builder *b, uint32_t t, const char *s)
{
    size_t len;
    if (t >= b->end) return false;
    const char *p = token_text(b, t, &len);
    return strlen(s) == len && memcmp(p, s, strlen(s)) == 0;
}

static inline bool touches(const builder *b, uint32_t t)
{
    return t > b->first && t < b->end && b->text->tokens.begin[t] == b->text->tokens.end[t - 1];
}

/* Exactly one blank of whatever kind between t - 1 and t. */
static inline bool one_blank(const builder *b, uint32_t t)
{
    if (t <= b->first || t >= b->end) return false;
    uint32_t gap = b->text->tokens.begin[t] - b->text->tokens.end[t - 1];
    return gap >= 1 && gap <= 3 && b->text->text[b->text->tokens.end[t - 1]] != '\n';
}

static inline const erz_word *word_of(const builder *b, uint32_t t)
{
    return &erz_words_array(b->text->words)[b->text->tokens.word[t]];
}

static inline const quantity_word *known(const builder *b, uint32_t t)
{
    static const quantity_word nothing = {.unit = "", .flags = ""};
    if (t >= b->end) return &nothing;
    uint32_t index = word_of(b, t)->quantity;
    if (index == 0) index = quantity_classify(b->q, b->text->words, b->text->tokens.word[t]);
    return index < 2 ? &nothing : &b->q->words[index / 2 - 1];
}

static inline quantity_item *add_item(builder *b, uint32_t first, uint32_t last)
{
    struct erz_quantities *q = b->q;
    if (!erz_grow(&q->items, &q->cap_items, q->nitems + 1, sizeof *q->items)) return NULL;
    quantity_item *item = &q->items[q->nitems++];
    memset(item, 0, sizeof *item);
    item->kinds = QK(ANY);
    item->unit = item->flags = "";
    item->first = first;
    item->last = last;
    item->begin = b->text->tokens.begin[first];
    item->end = b->text->tokens.end[last];
    if (touches(b, first)) item->kinds |= QK(TOUCH);
    return item;
}

static inline void extend(builder *b, quantity_item *item, uint32_t last)
{
    item->last = last;
    item->end = b->text->tokens.end[last];
}

/* Items of tokens that the tokenizer parts elsewhere than the grammar does; false: the token is none such, or memory is short.
 */
bool quantity_broken_item(builder *b, uint32_t t);
bool quantity_glued_item(builder *b, uint32_t t);
bool quantity_cut_item(builder *b, uint32_t t);
bool quantity_slash_item(builder *b, uint32_t t);
#endif
