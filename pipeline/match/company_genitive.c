/* Listed names of several words in the genitive: Axel Springers, des Hamburger Abendblatts. The lists hold the base forms. */
#include <string.h>

#include "match/company_scan.h"
#include "match/company_spans.h"

enum { MOST_WORDS = 6 };

static bool is_genitive(const company_state *c, const erz_word *array, size_t i)
{
    uint32_t word = c->units.as_tokens.word[i], base = c->units.base[i];
    return base != word && array[base].form_len < array[word].form_len;
}

bool company_genitive_entry(const company_state *c, const erz_word *array, size_t first, size_t end, erz_lexicon_entry *out)
{
    enum { MAX_ENTRIES = 8 };
    erz_lexicon_entry e[MAX_ENTRIES];
    uint32_t word[MOST_WORDS];
    size_t n = end - first;
    if (n < 2 || n > MOST_WORDS || !is_genitive(c, array, end - 1)) return false;
    memcpy(word, c->units.as_tokens.word + first, n * sizeof *word);
    word[n - 1] = c->units.base[end - 1];
    erz_tokens tokens = c->units.as_tokens;
    tokens.word = word;
    size_t found = erz_lexicon_match(c->lexicon, array, &tokens, 0, n, e, MAX_ENTRIES);
    for (size_t i = 0; i < found; i++) {
        if (e[i].cls != c->lists.company || e[i].ntokens != n || erz_flag(e[i].flags, "amb", NULL)) continue;
        *out = e[i];
        return true;
    }
    return false;
}

static void label_name(company_units *u, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        u->label[i] = i == first ? LABEL_BC : LABEL_IC;
        u->gaz[i] = i == first ? GAZ_BEGIN : GAZ_INSIDE;
    }
}

/* The name that ends with unit i, the longest. */
static void label_ending(company_state *c, const erz_word *array, size_t i)
{
    company_units *u = &c->units;
    erz_lexicon_entry e;
    size_t first = i;
    while (first > 0 && i - first + 1 < MOST_WORDS && (u->flags[first] & UNIT_FIRST) == 0) first--;
    for (; first < i; first++) {
        if ((u->evidence[first] & EV_STARTS) == 0 || !company_genitive_entry(c, array, first, i + 1, &e)) continue;
        label_name(u, first, i + 1);
        return;
    }
}

void company_genitives_label(company_state *c, const erz_word *array)
{
    const company_units *u = &c->units;
    for (size_t at = 0; at < u->n; at += SCAN_UNITS)
        for (unsigned bits = scan_bit(u->look + at, LOOK_GENITIVE); bits != 0; bits &= bits - 1) {
            size_t i = at + (size_t)__builtin_ctz(bits);
            if (u->label[i] == LABEL_BC || u->label[i] == LABEL_IC || u->flags[i] & (UNIT_FIRST | UNIT_JOINED)) continue;
            label_ending(c, array, i);
        }
}
