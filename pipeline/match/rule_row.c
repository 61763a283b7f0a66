/* A sentence as a row of items: what rules match. */
#include <stdlib.h>
#include <string.h>

#include "rule_sets.h"
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
    uint32_t rules = erz_words_rules(t->words)[index];
    if (rules == 0) rules = rule_words_learn(words, t->words, index);
    return rules != 0 && add_item(row, (rule_item){begin, end, token, token, 0, rules, 0, part});
}

static inline bool add_token(rule_row *row, const uint32_t *known, uint32_t token)
{
    const erz_text *t = row->text;
    uint32_t rules = known[t->tokens.word[token]];
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
    uint32_t token = t->tokens.sent[row->sent], end = t->tokens.sent[row->until], done = 0;
    while (*at < norder && t->mentions[order[*at].mention].first < token) ++*at;
    row->n = 0;
    const uint32_t *known = erz_words_rules(t->words); /* pieces may move it */
    while (token < end) {
        while (*at < norder && order[*at].begin < done) ++*at; /* overlaps the one before */
        const erz_mention *m = *at < norder ? &t->mentions[order[*at].mention] : NULL;
        uint32_t from = done > t->tokens.begin[token] ? done : t->tokens.begin[token];
        if (m == NULL || m->first > token || m->last >= end) {
            bool whole = from == t->tokens.begin[token];
            if (whole ? !add_token(row, known, token) : !add_piece(row, words, token, from, t->tokens.end[token])) return false;
            if (!whole) known = erz_words_rules(t->words);
            token++;
            continue;
        }
        if (m->begin > from && !add_piece(row, words, token, from, m->begin)) return false;
        if (!add_mention(row, order[*at].mention)) return false;
        known = erz_words_rules(t->words);
        ++*at;
        done = m->end;
        token = m->last;
        if (done >= t->tokens.end[token]) token++;
    }
    return true;
}

static void add_to_long(rule_row *row, size_t item, const uint32_t *atoms, size_t n)
{
    const uint64_t bit = UINT64_C(1) << (item % 64);
    for (size_t i = 0; i < n; i++) {
        rule_row_expect(row, atoms[i]);
        row->masks[(size_t)atoms[i] * row->width + item / 64] |= bit;
    }
}

/* In rows of one word, nearly all of them, without a branch on what is there. */
static inline void add_atoms(rule_row *row, size_t item, const uint32_t *atoms, size_t n)
{
    if (row->width != 1) {
        add_to_long(row, item, atoms, n);
        return;
    }
    const uint64_t bit = UINT64_C(1) << item;
    const uint32_t number = row->number;
    uint32_t *restrict seen = row->seen, *restrict list = row->atoms, count = row->natoms;
    uint64_t *restrict masks = row->masks;
    for (size_t i = 0; i < n; i++) {
        const uint32_t a = atoms[i], fresh = seen[a] != number;
        seen[a] = number;
        list[count] = a;
        count += fresh;
        masks[a] = (masks[a] & ((uint64_t)fresh - 1)) | bit;
    }
    row->natoms = count;
}

/* Atoms of an item's place in the sentence, which stand in the subject before those of its word. */
static uint32_t place_atoms(const rule_row *row, const rule_item *it, uint32_t *atoms)
{
    static const uint32_t of_type[] = {ATOM_MONEY, ATOM_PERCENT, ATOM_COMPANY};
    uint32_t n = 0;
    if (it->part) atoms[n++] = ATOM_PART;
    if (it->mention == 0) return n;
    const erz_mention *m = &row->text->mentions[it->mention - 1];
    atoms[n++] = ATOM_MENTION;
    if (m->type <= ERZ_COMPANY) atoms[n++] = of_type[m->type];
    return n;
}

static void fill_masks(rule_row *row)
{
    uint32_t place[4];
    row->natoms = 0;
    row->companies = 0;
    row->width = (uint32_t)(row->n / 64 + 1);
    if (++row->number == 0) {
        memset(row->seen, 0, row->cap_atoms * sizeof *row->seen);
        row->number = 1;
    }
    const uint32_t *atoms;
    const rule_signature *signatures = rule_words_signatures(row->words, &atoms);
    for (size_t i = 0; i < row->n; i++) {
        const rule_item *it = &row->items[i];
        if (it->part || it->mention != 0) add_atoms(row, i, place, place_atoms(row, it, place));
        row->companies += it->mention != 0 && row->text->mentions[it->mention - 1].type == ERZ_COMPANY;
        if (it->mention != 0) continue;
        const rule_signature *of = &signatures[(it->rules & ~(uint32_t)RULE_SEE_ALL) - 1];
        add_atoms(row, i, atoms + of->at, of->n);
    }
}

bool rule_row_units(rule_row *row)
{
    uint32_t place[4];
    if (row->nunits > 0) return true;
    for (size_t i = 0; i < row->n; i++) {
        size_t n = 0, nplace;
        rule_item *it = &row->items[i];
        nplace = place_atoms(row, it, place);
        const uint32_t *atoms = it->mention != 0 ? NULL : rule_words_atoms(row->words, it->rules, &n);
        if (!erz_grow(&row->units, &row->cap_units, row->nunits + n + nplace + 1, sizeof *row->units)) {
            row->nunits = 0;
            return false;
        }
        it->unit = (uint32_t)row->nunits;
        row->units[row->nunits++] = RULE_ITEM;
        for (size_t k = 0; k < nplace; k++) row->units[row->nunits++] = RULE_ATOM_BASE + place[k];
        for (size_t k = 0; k < n; k++) row->units[row->nunits++] = RULE_ATOM_BASE + atoms[k];
    }
    return true;
}

bool rule_row_fill(rule_row *row, rule_words *words, const erz_text *text, uint32_t sent, uint32_t until,
                   const rule_order *order, size_t norder, size_t *at)
{
    row->text = text;
    row->words = words;
    row->sent = sent;
    row->until = until;
    row->nunits = 0;
    if (!fill_items(row, words, order, norder, at)) return false;
    if (row->n >= SETS_ROW) row->n = SETS_ROW - 1;
    fill_masks(row);
    return true;
}

bool rule_row_atoms(rule_row *row, uint32_t natoms)
{
    size_t words = (size_t)natoms * (SETS_ROW / 64);
    uint64_t *masks = realloc(row->masks, words * sizeof *masks);
    if (masks != NULL) row->masks = masks;
    uint32_t *seen = realloc(row->seen, natoms * sizeof *seen);
    uint32_t *atoms =
        realloc(row->atoms, (natoms + (size_t)1) * sizeof *atoms); /* one is written before it is known to count */
    if (seen != NULL) row->seen = seen;
    if (atoms != NULL) row->atoms = atoms;
    if (row->zeros == NULL) row->zeros = calloc(SETS_ROW / 64, sizeof *row->zeros);
    if (masks == NULL || seen == NULL || atoms == NULL || row->zeros == NULL) return false;
    memset(seen + row->cap_atoms, 0, (natoms - row->cap_atoms) * sizeof *seen);
    row->cap_atoms = natoms;
    return true;
}

void rule_row_free(rule_row *row)
{
    free(row->items);
    free(row->units);
    free(row->masks);
    free(row->zeros);
    free(row->seen);
    free(row->atoms);
}
