/* What the quantity matcher knows of a word type in a byte or two, for the loops over all tokens. */
#include <string.h>

#include "base/buf.h"
#include "quantity.h"

/* The words every table begins with: nothing, and digits. */
static bool reset_words(struct erz_quantities *q)
{
    q->nwords = 0;
    if (!erz_grow(&q->words, &q->cap_words, 2, sizeof *q->words)) return false;
    q->words[q->nwords++] = (quantity_word){.unit = "", .flags = ""};
    q->words[q->nwords++] = (quantity_word){.kinds = QK(DIGITS), .unit = "", .flags = ""};
    return true;
}

/* A symbol that the grammar or the code asks an item for. */
static bool is_asked_for(const struct erz_quantities *q, uint32_t symbol)
{
    if (symbol == q->in || symbol == q->bracket || symbol == q->and) return true;
    if ((q->grammar.quoted[symbol / 64 % QUANTITY_QUOTES] >> (symbol % 64) & 1) == 0) return false;
    for (uint32_t i = 0; i < q->grammar.nliterals; i++)
        if (symbol == q->grammar.literals[i]) return true;
    return false;
}

static bool is_one_of(const erz_word *word, const char *chars)
{
    return word->form_len == 1 && strchr(chars, word->form[0]) != NULL;
}

/* May what stands before or behind such a word make another item of it than the word alone? Signs, dashes, parts of numbers;
 * what is_alone() sees to apart. */
static bool depends(const struct erz_quantities *q, const erz_word *word)
{
    uint32_t symbol = word->symbol[ERZ_MATCH_FOLD];
    bool adjective = q->cls.currency_adj != ERZ_NO_CLASS && (word->classes >> q->cls.currency_adj & 1) != 0;
    bool digit = word->form[0] >= '0' && word->form[0] <= '9';
    bool sign = symbol != 0 && (symbol == q->plus || symbol == q->minus);
    if (adjective || digit || sign || word->cls == ERZ_TOKEN_NUMBER || word->cls == ERZ_TOKEN_ORDINAL) return true;
    if (word->cls == ERZ_TOKEN_WORD || word->cls == ERZ_TOKEN_ABBREVIATION) return false;
    return is_one_of(word, "-+") || (unsigned char)word->form[0] == 0xe2 || strcmp(word->form, "--") == 0;
}

static uint8_t form_of(struct erz_quantities *q, uint64_t kinds, uint32_t symbol)
{
    size_t i = 1;
    while (i < q->nforms && ((q->form_items[i].kinds & ~QUANTITY_QUOTED) != kinds || q->form_items[i].symbol != symbol)) i++;
    if (i < q->nforms) return (uint8_t)i;
    if (i == QUANTITY_FORMS) return 0;
    quantity_item *item = &q->form_items[i];
    memset(item, 0, sizeof *item);
    item->unit = item->flags = "";
    item->kinds = kinds;
    item->symbol = symbol;
    quantity_automaton_classify(q->automaton, item);
    q->nforms = i + 1;
    return (uint8_t)i;
}

/* The item of a word without a kind. */
static uint8_t find_form(struct erz_quantities *q, const erz_word *word)
{
    static const uint64_t kinds[] = {0, QK(NOUN), QK(LOWER), QK(END)};
    uint32_t symbol = word->symbol[ERZ_MATCH_FOLD];
    size_t i = word->cls == ERZ_TOKEN_PUNCTUATION && is_one_of(word, ".!?;") ? 3 : 0;
    if (depends(q, word)) return 0;
    if (word->cls == ERZ_TOKEN_WORD || word->cls == ERZ_TOKEN_ABBREVIATION)
        i = (word->shape & ERZ_SHAPE_INITIAL_UPPER) != 0 ? 1 : 2;
    if (symbol != 0 && is_asked_for(q, symbol)) return form_of(q, QK(ANY) | kinds[i], symbol);
    if (q->plain_forms[i] == 0) q->plain_forms[i] = form_of(q, QK(ANY) | kinds[i], 0);
    return q->plain_forms[i];
}

static bool learn_type(struct erz_quantities *q, erz_words *words, uint32_t index)
{
    uint32_t known = quantity_classify(q, words, index);
    const erz_word *word = &erz_words_array(words)[index];
    unsigned type = (known & 1) != 0 ? TYPE_TRIGGER : 0;
    if (word->starts) type |= TYPE_STARTS;
    if (word->continues) type |= TYPE_CONTINUES;
    if (is_one_of(word, ".,")) type |= TYPE_POINT;
    q->types[index] = (uint8_t)type;
    q->forms[index] = known < 4 ? find_form(q, word) : 0;
    return known != 0;
}

/* The word table has dropped words: keep what is known of the others. Quantity words stand in the order of their words. */
static void move_types(struct erz_quantities *q, erz_words *words)
{
    size_t n = 0, nwords = WORD_DIGITS + 1;
    for (size_t i = 0; i < q->ntypes; i++) {
        uint32_t to = erz_words_moved(words, (uint32_t)i);
        if (to == ERZ_WORD_DROPPED) continue;
        q->types[to] = q->types[i];
        q->forms[to] = q->forms[i];
        q->tails[to] = q->tails[i];
        n = to + 1;
        uint32_t *known = &erz_words_array(words)[to].quantity, index = *known / 2 - 1;
        if (index <= WORD_DIGITS) continue;
        q->words[nwords] = q->words[index];
        *known = 2 * ((uint32_t)nwords++ + 1) + (*known & 1);
    }
    memset(q->tails + n, 0, q->cap_tails - n);
    q->ntypes = n;
    q->nwords = nwords;
}

static bool forget_types(struct erz_quantities *q)
{
    if (q->cap_tails > 0) memset(q->tails, 0, q->cap_tails);
    q->ntypes = 0;
    return reset_words(q);
}

bool quantity_learn_types(struct erz_quantities *q, erz_words *words)
{
    const size_t n = erz_words_count(words), tails = q->cap_tails;
    const uint64_t generation = erz_words_generation(words);
    if (generation == q->generation + 1 && q->ntypes > 0)
        move_types(q, words);
    else if (generation != q->generation && !forget_types(q))
        return false;
    q->generation = generation;
    if (!erz_grow(&q->types, &q->cap_types, n, 1) || !erz_grow(&q->forms, &q->cap_type_forms, n, 1) ||
        !erz_grow(&q->tails, &q->cap_tails, n, 1))
        return false;
    if (q->cap_tails > tails) memset(q->tails + tails, 0, q->cap_tails - tails);
    const size_t from = q->ntypes;
    for (; q->ntypes < n; q->ntypes++)
        if (!learn_type(q, words, (uint32_t)q->ntypes)) return false;
    erz_words_tell(words, from, n, q->types, TYPE_TRIGGER, ERZ_WORD_QUANTITY);
    return true;
}

static uint64_t kinds_at(const struct erz_quantities *q, const erz_text *text, size_t t)
{
    uint32_t known = t < text->tokens.n ? erz_words_array(text->words)[text->tokens.word[t]].quantity : 0;
    return known < 2 ? 0 : q->words[known / 2 - 1].kinds;
}

erz_number_style quantity_style(struct erz_quantities *q, const erz_text *text)
{
    const erz_tokens *tokens = &text->tokens;
    unsigned commas = 0, points = 0;
    if (q->style_known) return q->style;
    q->style_known = true;
    for (size_t t = 0; t < tokens->n; t++) {
        unsigned traits;
        erz_decimal d;
        if (tokens->cls[t] != ERZ_TOKEN_NUMBER) continue;
        if (!erz_number_parse(text->text + tokens->begin[t], tokens->end[t] - tokens->begin[t], ERZ_NUMBER_GERMAN, &d, &traits))
            continue;
        uint64_t units = QK(SCALE) | QK(CURRENCY) | QK(PERCENT), around = kinds_at(q, text, t + 1);
        if (t > 0) around |= kinds_at(q, text, t - 1);
        if ((around & units) == 0) continue;
        commas += (traits & ERZ_NUMBER_COMMA_DECIMAL) != 0;
        points += (traits & ERZ_NUMBER_POINT_DECIMAL) != 0;
    }
    q->style = points > commas ? ERZ_NUMBER_ENGLISH : ERZ_NUMBER_GERMAN;
    return q->style;
}
