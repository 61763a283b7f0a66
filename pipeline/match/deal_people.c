/* `die Kölner`, `die Briten`: the company that the document calls by that town or country. */
#include <string.h>

#include "deal.h"

typedef struct word_span {
    const char *s;
    size_t n;
} word_span;

static word_span word_at(const erz_text *text, uint32_t token)
{
    uint32_t begin = text->tokens.begin[token];
    return (word_span){text->text + begin, text->tokens.end[token] - begin};
}

static bool ends_in(word_span w, const char *ending)
{
    size_t n = strlen(ending);
    return w.n > n && memcmp(w.s + w.n - n, ending, n) == 0;
}

/* `Bremen` after Brem-er, `Dresden` after Dresdn-er, `Basel` after Basl-er */
static bool is_town(word_span root, word_span w)
{
    if (w.n < root.n - 1 || memcmp(w.s, root.s, root.n - 1) != 0) return false;
    const char *rest = w.s + root.n - 1, last = root.s[root.n - 1];
    size_t left = w.n - (root.n - 1);
    if (left > 0 && *rest == last) return left == 1 || (left == 3 && memcmp(rest + 1, "en", 2) == 0);
    return left == 2 && rest[0] == 'e' && rest[1] == last;
}

/* Do two words name one place: Kölner, Kölnern, Köln? */
static bool same_place(word_span a, word_span b)
{
    if (ends_in(a, "ern")) a.n--;
    if (a.n == b.n && memcmp(a.s, b.s, a.n) == 0) return true;
    enum { LEAST = 3 };
    if (!ends_in(a, "er") || a.n < LEAST + 2) return false;
    a.n -= 2;
    return is_town(a, b);
}

/* Is a token of the list at one of the finder's lists of peoples? */
/* The list of the people that the row's item names; UINT32_MAX: none. */
static uint32_t people_of(const deal_finder *f, const rule_row *row, uint32_t item)
{
    for (uint32_t i = 0; i < f->npeople; i++)
        if (rule_row_has(row, item, f->people[i])) return f->people[i];
    return UINT32_MAX;
}

static bool names_place(const deal_finder *f, const erz_text *text, uint32_t token, word_span w, uint32_t people)
{
    return people != UINT32_MAX ? deal_token_has(f, text, token, people) : same_place(w, word_at(text, token));
}

/* The words of a company's noun phrase say where it is from, `der Kölner Konzern A`, `A aus Köln`, `A (Köln)`, or the list
 * holds its name. */
static bool is_from(const deal_finder *f, const erz_text *text, const erz_mention *m, word_span w, uint32_t people)
{
    enum { BEFORE = 4, AFTER = 3 };
    if (people != UINT32_MAX && deal_token_has(f, text, m->first, people)) return true;
    uint32_t start = text->tokens.sent[m->sent], end = text->tokens.sent[m->sent + 1];
    for (uint32_t i = m->first; i > start && m->first - i < BEFORE; i--) {
        if (deal_token_has(f, text, i - 1, f->cues[CUE_AND])) break;
        if (names_place(f, text, i - 1, w, people)) return true;
        if (deal_token_has(f, text, i - 1, f->cues[CUE_DET]) || text->tokens.cls[i - 1] == ERZ_TOKEN_PUNCTUATION) break;
    }
    uint32_t next = m->last + 1;
    if (next + 1 >= end) return false;
    word_span link = word_at(text, next);
    bool linked = (link.n == 3 && memcmp(link.s, "aus", 3) == 0) || (link.n == 1 && *link.s == '(');
    for (uint32_t i = next + 1; linked && i < end && i <= next + AFTER; i++)
        if (names_place(f, text, i, w, people)) return true;
    return false;
}

const char *deal_of_place(const deal_finder *f, const rule_row *row, uint32_t item, const deal *d)
{
    enum { BACK = 60 }; /* mentions looked back at */
    const erz_text *text = row->text;
    uint32_t token = row->items[item].first, people = people_of(f, row, item);
    word_span w = word_at(text, token);
    size_t at = deal_mention_at(f, text, row->sent + 1);
    for (size_t i = at; i > 0 && at - i < BACK; i--) {
        const erz_mention *m = &text->mentions[f->order[i - 1].mention];
        if (m->type != ERZ_COMPANY || deal_has(d, m->value) || m->last >= token) continue;
        /* The words between are the company's, not those of the one looked for. */
        if (m->sent == row->sent && token - m->last <= 4) continue;
        if (is_from(f, text, m, w, people)) return m->value;
    }
    return NULL;
}
