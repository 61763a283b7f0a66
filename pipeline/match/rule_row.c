/* A sentence as a row of items: what rules match. */
#include <stdlib.h>
#include <string.h>

#include "rules.h"

static bool add_item(rule_row *row, rule_item item)
{
    if (!erz_grow(&row->items, &row->cap, row->n + 1, sizeof *row->items)) return false;
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

static bool add_token(rule_row *row, uint32_t token)
{
    const erz_text *t = row->text;
    uint32_t rules = erz_words_array(t->words)[t->tokens.word[token]].rules;
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
    while (token < end) {
        while (*at < norder && order[*at].begin < done) ++*at; /* overlaps the one before */
        const erz_mention *m = *at < norder ? &t->mentions[order[*at].mention] : NULL;
        uint32_t from = done > t->tokens.begin[token] ? done : t->tokens.begin[token];
        if (m == NULL || m->first > token || m->last >= end) {
            bool good = from == t->tokens.begin[token] ? add_token(row, token)
                                                       : add_piece(row, words, token, from, t->tokens.end[token]);
            if (!good) return false;
            token++;
            continue;
        }
        if (m->begin > from && !add_piece(row, words, token, from, m->begin)) return false;
        if (!add_mention(row, order[*at].mention)) return false;
        ++*at;
        done = m->end;
        token = m->last;
        if (done >= t->tokens.end[token]) token++;
    }
    return true;
}

static bool add_unit(rule_row *row, uint32_t unit)
{
    if (!erz_grow(&row->units, &row->cap_units, row->nunits + 1, sizeof *row->units)) return false;
    row->units[row->nunits++] = unit;
    if (unit < RULE_ATOM_BASE) return true;
    uint32_t atom = unit - RULE_ATOM_BASE;
    if (atom / 64 < row->npresent) row->present[atom / 64] |= UINT64_C(1) << (atom % 64);
    return true;
}

static bool add_mention_units(rule_row *row, const erz_mention *m)
{
    static const uint32_t atoms[] = {ATOM_MONEY, ATOM_PERCENT, ATOM_COMPANY};
    if (!add_unit(row, RULE_ATOM_BASE + ATOM_MENTION)) return false;
    return m->type > ERZ_COMPANY || add_unit(row, RULE_ATOM_BASE + atoms[m->type]);
}

static bool fill_units(rule_row *row)
{
    row->nunits = 0;
    memset(row->present, 0, row->npresent * sizeof *row->present);
    for (size_t i = 0; i < row->n; i++) {
        rule_item *it = &row->items[i];
        it->unit = (uint32_t)row->nunits;
        if (!add_unit(row, RULE_ITEM)) return false;
        if (it->part && !add_unit(row, RULE_ATOM_BASE + ATOM_PART)) return false;
        if (it->mention != 0) {
            if (!add_mention_units(row, &row->text->mentions[it->mention - 1])) return false;
            continue;
        }
        size_t n;
        const uint32_t *atoms = rule_words_atoms(row->words, it->rules, &n);
        for (size_t k = 0; k < n; k++)
            if (!add_unit(row, RULE_ATOM_BASE + atoms[k])) return false;
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
