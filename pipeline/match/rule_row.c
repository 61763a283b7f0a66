/* A sentence as a row of items: what rules match. */
#include <stdlib.h>
#include <string.h>

#include "rules.h"

static inline bool add_item(rule_row *row, rule_item item)
{
    if (row->n == row->cap && !erz_grow(&row->items, &row->cap, row->n + 1, sizeof *row->items)) return false;
    row->items[row->n++] = item;
    return true;
}

/* What is left of a token beside the mentions in it: a word of its own, without the hyphens at the seam. */
static bool add_piece(rule_row *row, rule_words *words, uint32_t token, uint32_t begin, uint32_t end)
{
    const erz_text *t = row->text;
    bool part = begin > t->tokens.begin[token];
    while (begin < end && t->text[begin] == '-') begin++;
    while (end > begin && t->text[end - 1] == '-') end--;
    if (begin == end) return true;
    uint32_t index;
    uint16_t shape = erz_token_shape(t->text + begin, end - begin);
    if (erz_words_intern(t->words, t->text + begin, end - begin, ERZ_TOKEN_WORD, shape, NULL, 0, &index, NULL) != ERZ_OK)
        return false;
    uint32_t rules = erz_words_array(t->words)[index].rules;
    if (rules == 0) rules = rule_words_learn(words, t->words, index);
    return rules != 0 && add_item(row, (rule_item){begin, end, token, token, 0, rules, 0, part});
}

static inline bool add_token(rule_row *row, const erz_word *words, uint32_t token)
{
    const erz_text *t = row->text;
    uint32_t rules = words[t->tokens.word[token]].rules;
    return add_item(row, (rule_item){t->tokens.begin[token], t->tokens.end[token], token, token, 0, rules, 0, false});
}

static bool add_mention(rule_row *row, uint32_t mention)
{
    const erz_text *t = row->text;
    const erz_mention *m = &t->mentions[mention];
    bool part = m->begin > t->tokens.begin[m->first];
    return add_item(row, (rule_item){m->begin, m->end, m->first, m->last, mention + 1, 0, 0, part});
}

static bool fill_items(rule_row *row, rule_words *words, const rule_order *order, size_t norder, size_t *at)
{
    const erz_text *t = row->text;
    uint32_t token = t->tokens.sent[row->sent], end = t->tokens.sent[row->sent + 1], done = 0;
    while (*at < norder && t->mentions[order[*at].mention].first < token) ++*at;
    row->n = 0;
    const erz_word *array = erz_words_array(t->words); /* pieces may move it */
    while (token < end) {
        while (*at < norder && order[*at].begin < done) ++*at; /* overlaps the one before */
        const erz_mention *m = *at < norder ? &t->mentions[order[*at].mention] : NULL;
        uint32_t from = done > t->tokens.begin[token] ? done : t->tokens.begin[token];
        if (m == NULL || m->first > token || m->last >= end) {
            bool whole = from == t->tokens.begin[token];
            if (whole ? !add_token(row, array, token) : !add_piece(row, words, token, from, t->tokens.end[token])) return false;
            if (!whole) array = erz_words_array(t->words);
            token++;
            continue;
        }
        if (m->begin > from && !add_piece(row, words, token, from, m->begin)) return false;
        if (!add_mention(row, order[*at].mention)) return false;
        array = erz_words_array(t->words);
        ++*at;
        done = m->end;
        token = m->last;
        if (done >= t->tokens.end[token]) token++;
    }
    return true;
}

/* Room for `more` units and one. */
static inline bool reserve(rule_row *row, size_t more)
{
    return row->nunits + more < row->cap_units ||
           erz_grow(&row->units, &row->cap_units, row->nunits + more + 1, sizeof *row->units);
}

static inline void add_atom(rule_row *row, uint32_t atom)
{
    row->units[row->nunits++] = RULE_ATOM_BASE + atom;
    row->present[atom / 64] |= UINT64_C(1) << (atom % 64);
}

static void add_mention_units(rule_row *row, const erz_mention *m)
{
    static const uint32_t atoms[] = {ATOM_MONEY, ATOM_PERCENT, ATOM_COMPANY};
    add_atom(row, ATOM_MENTION);
    row->companies += m->type == ERZ_COMPANY;
    if (m->type <= ERZ_COMPANY) add_atom(row, atoms[m->type]);
}

static bool fill_units(rule_row *row)
{
    enum { FIXED = 4 }; /* units of an item beside its word's atoms */
    row->nunits = 0;
    row->companies = 0;
    memset(row->present, 0, row->npresent * sizeof *row->present);
    for (size_t i = 0; i < row->n; i++) {
        rule_item *it = &row->items[i];
        size_t n = 0;
        const uint32_t *atoms = it->mention != 0 ? NULL : rule_words_atoms(row->words, it->rules, &n);
        if (!reserve(row, n + FIXED)) return false;
        it->unit = (uint32_t)row->nunits;
        row->units[row->nunits++] = RULE_ITEM;
        if (it->part) add_atom(row, ATOM_PART);
        if (it->mention != 0) add_mention_units(row, &row->text->mentions[it->mention - 1]);
        for (size_t k = 0; k < n; k++) add_atom(row, atoms[k]);
    }
    return true;
}

bool rule_row_fill(rule_row *row, rule_words *words, const erz_text *text, uint32_t sent, const rule_order *order,
                   size_t norder, size_t *at)
{
    row->text = text;
    row->words = words;
    row->sent = sent;
    return fill_items(row, words, order, norder, at) && fill_units(row);
}

void rule_row_free(rule_row *row)
{
    free(row->items);
    free(row->units);
    free(row->present);
}

bool rule_row_has(const rule_row *row, size_t item, uint32_t atom)
{
    const rule_item *it = &row->items[item];
    if (it->mention != 0) {
        erz_mention_type type = row->text->mentions[it->mention - 1].type;
        return atom == ATOM_MENTION || (atom == ATOM_COMPANY && type == ERZ_COMPANY) ||
               (atom == ATOM_MONEY && type == ERZ_MONEY) || (atom == ATOM_PERCENT && type == ERZ_PERCENT) ||
               (atom == ATOM_PART && it->part);
    }
    size_t n;
    const uint32_t *atoms = rule_words_atoms(row->words, it->rules, &n);
    for (size_t i = 0; i < n; i++)
        if (atoms[i] == atom) return true;
    return atom == ATOM_PART && it->part;
}
