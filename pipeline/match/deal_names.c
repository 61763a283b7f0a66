#include "deal_names.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

void deal_names_bind(deal_names *names, const rule_image *image, const erz_lexicon *lexicon)
{
    names->tails = names->no = UINT32_MAX;
    for (uint32_t i = 0; i < image->natoms; i++)
        if (strcmp(rule_string(image, image->names[i]), "$name_tail") == 0)
            names->tails = image->base + i;
        else if (strcmp(rule_string(image, image->names[i]), "$name_no") == 0)
            names->no = image->base + i;
    names->common = erz_lexicon_mask(lexicon, "common_word");
    names->barred = erz_lexicon_mask(lexicon, "place") | erz_lexicon_mask(lexicon, "first_name") |
                    erz_lexicon_mask(lexicon, "not_company") | erz_lexicon_mask(lexicon, "scale") |
                    erz_lexicon_mask(lexicon, "month") | erz_lexicon_mask(lexicon, "currency");
}

/* Word type of some bytes of the text. */
static const erz_word *word_of(const erz_text *text, uint32_t begin, uint32_t end)
{
    uint32_t index;
    uint16_t shape = erz_token_shape(text->text + begin, end - begin);
    if (erz_words_intern(text->words, text->text + begin, end - begin, ERZ_TOKEN_WORD, shape, NULL, 0, &index, NULL) != ERZ_OK)
        return NULL;
    return erz_words_array(text->words) + index;
}

/* A word of the list, or one that ends in such a word: Stahlkonzern, Staats. */
static bool is_common(const deal_names *names, const erz_text *text, uint32_t begin, uint32_t end)
{
    enum { SHORTEST = 4 };
    for (uint32_t at = begin; at + SHORTEST <= end; at += (uint32_t)erz_utf8_len(text->text[at])) {
        if (at != begin && at - begin < 3) continue;
        const erz_word *w = word_of(text, at, end);
        if (w == NULL || (w->classes & names->common) != 0) return true;
    }
    return false;
}

/* The same without the ending of a case or plural: Atomkernen, Tickets. */
static bool is_inflected(const deal_names *names, const erz_text *text, uint32_t begin, uint32_t end)
{
    static const char *const endings[] = {"en", "ern", "er", "es", "e", "n", "s"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        uint32_t n = (uint32_t)strlen(endings[i]);
        if (end - begin < n + 4 || memcmp(text->text + end - n, endings[i], n) != 0) continue;
        if (is_common(names, text, begin, end - n)) return true;
    }
    return false;
}

static bool is_name(const deal_names *names, const erz_text *text, uint32_t begin, uint32_t end)
{
    const erz_word *w = word_of(text, begin, end);
    if (w == NULL || (w->shape & ERZ_SHAPE_INITIAL_UPPER) == 0 || (w->classes & names->barred) != 0) return false;
    bool acronym = (w->shape & ERZ_SHAPE_OTHER_UPPER) != 0 && (w->shape & ERZ_SHAPE_LOWER) == 0;
    if (end - begin < 3 || text->text[end - 1] == '-') return false;
    if (acronym) return true;
    if (is_inflected(names, text, begin, end)) return false;
    return !is_common(names, text, begin, end);
}

/* The span's text with every run of blanks and line ends as one blank. */
static const char *joined(erz_text *text, uint32_t begin, uint32_t end)
{
    static const char *const blanks[] = {" ", "\n", "\r", "\t", "\xc2\xa0", "\xe2\x80\xaf"};
    char *out = erz_arena_alloc(text->arena, end - begin + 1);
    uint32_t n = 0;
    for (uint32_t i = begin; i < end && out != NULL;) {
        uint32_t size = 0;
        for (size_t k = 0; k < sizeof blanks / sizeof *blanks && size == 0; k++) {
            uint32_t len = (uint32_t)strlen(blanks[k]);
            if (end - i >= len && memcmp(text->text + i, blanks[k], len) == 0) size = len;
        }
        if (size == 0)
            out[n++] = text->text[i++];
        else if (n > 0 && out[n - 1] != ' ')
            out[n++] = ' ';
        i += size;
    }
    if (out != NULL) out[n] = '\0';
    return out;
}

static erz_status add_name(erz_text *text, uint32_t begin, uint32_t end, uint32_t first, uint32_t last, const char *value,
                           erz_error *err)
{
    if (value == NULL) value = joined(text, begin, end);
    erz_mention *m = value == NULL ? NULL : erz_text_add(text, ERZ_COMPANY, begin, end, first, last);
    if (m == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    m->value = value;
    m->score = 0.5F;
    return ERZ_OK;
}

static bool has_atom(rule_words *words, const erz_text *text, const erz_word *word, uint32_t atom)
{
    uint32_t index = (uint32_t)(word - erz_words_array(text->words)), rules = erz_words_rules(text->words)[index];
    if (rules == 0) rules = rule_words_learn(words, text->words, index);
    return rule_words_has(words, rules, atom);
}

erz_status deal_names_compounds(const deal_names *names, rule_words *words, erz_text *text, const rule_row *row, erz_error *err)
{
    if (names->tails == UINT32_MAX) return ERZ_OK;
    for (size_t i = 0; i < row->n; i++) {
        const rule_item *it = &row->items[i];
        uint16_t shape = text->tokens.shape[it->first];
        if (it->mention != 0 || it->part || (shape & ERZ_SHAPE_HYPHEN) == 0 || it->end != text->tokens.end[it->first]) continue;
        if (text->tokens.cls[it->first] != ERZ_TOKEN_WORD) continue;
        uint32_t begins[3], ends[3];
        if (erz_token_parts(text->text, it->begin, it->end, begins, ends, 3) != 2) continue;
        const erz_word *tail = word_of(text, begins[1], ends[1]);
        if (tail == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
        bool deal = has_atom(words, text, tail, names->tails);
        const erz_word *head = word_of(text, begins[0], ends[0]);
        deal = deal && head != NULL && !has_atom(words, text, head, names->no);
        /* Short acronyms before a hyphen are seldom companies: EU, IT. */
        bool small =
            ends[0] - begins[0] < 4 && (erz_token_shape(text->text + begins[0], ends[0] - begins[0]) & ERZ_SHAPE_LOWER) == 0;
        if (!deal || small || !is_name(names, text, begins[0], ends[0])) continue;
        erz_status status = add_name(text, begins[0], ends[0], it->first, it->first, NULL, err);
        if (status != ERZ_OK) return status;
    }
    return ERZ_OK;
}

static bool is_noun(const deal_names *names, const erz_text *text, const rule_item *it)
{
    return it->mention == 0 && (is_common(names, text, it->begin, it->end) || is_inflected(names, text, it->begin, it->end));
}

/* Was a name found from this token on by another rule? */
static bool is_found(const deal_names *names, const erz_text *text, uint32_t token)
{
    for (size_t i = text->nmentions; i > names->first; i--)
        if (text->mentions[i - 1].first == token) return true;
    return false;
}

/* `Ostertag Hydraulik`: common nouns behind the first word are part of the name where the phrase ends. */
static bool allows_nouns(const rule_hit *hit)
{
    if (hit->def->nsets == 0) return false;
    return strcmp(rule_string(hit->image, hit->image->pool[hit->def->sets + 1]), "inner") == 0;
}

erz_status deal_names_take(const deal_names *names, erz_text *text, const rule_row *row, const rule_hit *hit, erz_error *err)
{
    bool check = hit->def->nsets > 0, inner = allows_nouns(hit); /* set check = unknown, set check = inner */
    erz_status status = ERZ_OK;
    for (uint32_t i = 0; i < hit->nargs && status == ERZ_OK; i++) {
        const rule_arg *arg = &hit->args[i];
        if (strcmp(arg->name, "name") != 0) continue;
        uint32_t first = arg->first;
        while (check && first < arg->last && is_noun(names, text, &row->items[first])) first++;
        bool known = false;
        for (uint32_t k = first; k <= arg->last; k++) {
            const rule_item *it = &row->items[k];
            known |= it->mention != 0 || it->part || (check && !(inner && k > first) && is_noun(names, text, it));
        }
        const rule_item *it = &row->items[first];
        if (known || (check && first == arg->last && !is_name(names, text, it->begin, it->end))) continue;
        if (is_found(names, text, it->first)) continue;
        status = add_name(text, it->begin, arg->end, it->first, row->items[arg->last].last, NULL, err);
    }
    return status;
}

/* Tokens that mentions cover, a bit each. */
static uint8_t *covered_tokens(erz_text *text)
{
    uint8_t *bits = erz_arena_zalloc(text->arena, text->tokens.n / 8 + 1);
    for (size_t k = 0; bits != NULL && k < text->nmentions; k++)
        for (uint32_t i = text->mentions[k].first; i <= text->mentions[k].last; i++) bits[i / 8] |= (uint8_t)(1U << (i % 8));
    return bits;
}

/* Does token i hold the name: alone, in the genitive, or before a hyphen? *end: where the name's span ends. */
static bool holds(const erz_text *text, uint32_t i, const char *name, size_t len, uint32_t *end)
{
    uint32_t begin = text->tokens.begin[i], size = text->tokens.end[i] - begin;
    const char *s = text->text + begin;
    if (size < len || s[0] != name[0] || memcmp(s, name, len) != 0) return false;
    bool compound = size > len + 1 && s[len] == '-';
    *end = begin + (compound ? (uint32_t)len : size);
    return size == len || compound || (size == len + 1 && s[len] == 's');
}

erz_status deal_names_spread(const deal_names *names, erz_text *text, erz_error *err)
{
    enum { NAMES = 500, AROUND = 20000 }; /* names spread, tokens on both sides: all of an article */
    size_t end = text->nmentions < names->first + NAMES ? text->nmentions : names->first + NAMES;
    uint8_t *covered = covered_tokens(text);
    if (covered == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    for (size_t k = names->first; k < end; k++) {
        const char *value = text->mentions[k].value;
        size_t len = strlen(value);
        uint32_t at = text->mentions[k].first;
        if (at != text->mentions[k].last) continue;
        for (uint32_t i = at < AROUND ? 0 : at - AROUND; i < text->tokens.n && i < at + AROUND; i++) {
            uint32_t span_end;
            if ((covered[i / 8] >> (i % 8) & 1) != 0 || !holds(text, i, value, len, &span_end)) continue;
            covered[i / 8] |= (uint8_t)(1U << (i % 8));
            erz_status status = add_name(text, text->tokens.begin[i], span_end, i, i, value, err);
            if (status != ERZ_OK) return status;
        }
    }
    return ERZ_OK;
}
