/* Labels to mentions: spans, canonical names, legal forms. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "match/company.h"
#include "match/company_spans.h"

static const company_type *type_at(const company_state *c, size_t i)
{
    return &c->types[c->units.as_tokens.word[i]];
}

static bool add_span(company_state *c, uint32_t first, uint32_t end)
{
    if (!erz_grow(&c->spans, &c->cap_spans, c->nspans + 1, sizeof *c->spans)) return false;
    company_span *s = &c->spans[c->nspans++];
    memset(s, 0, sizeof *s);
    s->first = first;
    s->end = s->name_end = end;
    return true;
}

bool company_spans_collect(company_state *c)
{
    const company_units *u = &c->units;
    c->nspans = 0;
    for (uint32_t i = 0; i < u->n; i++) {
        if (u->label[i] != LABEL_BC) continue;
        uint32_t end = i + 1;
        while (end < u->n && u->label[end] == LABEL_IC) end++;
        if (!add_span(c, i, end)) return false;
        i = end - 1;
    }
    return true;
}

static void copy_clean(erz_buf *out, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bool blank = s[i] == ' ' || s[i] == '\n' || s[i] == '\t' || s[i] == '\r';
        if (blank && out->len > 0 && out->data[out->len - 1] == ' ') continue;
        erz_buf_char(out, blank ? ' ' : s[i]);
    }
}

static const char *entry_value(company_state *c, const erz_word *array, size_t first, size_t end, const char **flags)
{
    enum { MAX_ENTRIES = 16 };
    erz_lexicon_entry e[MAX_ENTRIES];
    size_t n = erz_lexicon_match(c->lexicon, array, &c->units.as_tokens, first, end, e, MAX_ENTRIES);
    for (size_t i = 0; i < n; i++) {
        if (e[i].cls != c->lists.company || e[i].ntokens != end - first) continue;
        *flags = e[i].flags;
        return e[i].value;
    }
    const company_type *t = type_at(c, first);
    if (end - first != 1 || (t->evidence & (EV_COMPANY | EV_AMB)) == 0 ||
        !erz_lexicon_get(c->lexicon, &array[t->base], c->lists.company, &e[0]))
        return NULL;
    *flags = e[0].flags;
    return e[0].value;
}

/* The legal form that ends the span: its name and where it begins. */
static const char *legal_form(company_state *c, const erz_word *array, company_span *s)
{
    enum { MAX_ENTRIES = 16 };
    erz_lexicon_entry e[MAX_ENTRIES];
    for (uint32_t i = s->first + 1; i < s->end; i++) {
        if (c->units.gaz[i] != GAZ_LEGAL_BEGIN) continue;
        size_t n = erz_lexicon_match(c->lexicon, array, &c->units.as_tokens, i, s->end, e, MAX_ENTRIES);
        for (size_t k = 0; k < n; k++) {
            if (e[k].cls != c->lists.legal || i + e[k].ntokens != s->end) continue;
            s->name_end = i;
            return e[k].value;
        }
    }
    return "";
}

/* Length without the genitive of a word that the lists do not know: OpenAIs, RWEs, Peters' */
static size_t base_length(const company_state *c, const erz_words *words, const erz_word *array, size_t unit, const char *form,
                          size_t len)
{
    (void)words;
    const company_type *t = type_at(c, unit);
    if (t->evidence & EV_GENITIVE) return array[t->base].form_len < len ? array[t->base].form_len : len;
    if (len > 3 && form[len - 1] == '\'') return len - 1;
    if (len > 4 && memcmp(form + len - 3, "\xe2\x80\x99", 3) == 0) return len - 3;
    if (len > 3 && form[len - 1] == 's' && form[len - 2] == '\'') return len - 2;
    if (len > 5 && form[len - 1] == 's' && memcmp(form + len - 4, "\xe2\x80\x99", 3) == 0) return len - 4;
    if (len > 2 && form[len - 1] == 's' && form[len - 2] >= 'A' && form[len - 2] <= 'Z') return len - 1;
    return len;
}

static const char *own_name(company_state *c, erz_text *text, const erz_word *array, const company_span *s)
{
    const erz_tokens *u = &c->units.as_tokens;
    erz_buf name = {0};
    uint32_t last = s->name_end - 1;
    size_t len = u->end[last] - u->begin[last];
    size_t base = base_length(c, text->words, array, last, text->text + u->begin[last], len);
    copy_clean(&name, text->text + u->begin[s->first], u->begin[last] - u->begin[s->first] + base);
    const char *copy = name.failed ? NULL : erz_arena_strndup(text->arena, name.data, name.len);
    erz_buf_free(&name);
    return copy;
}

static bool fill_name(company_state *c, erz_text *text, const erz_word *array, company_span *s)
{
    const char *flags = "";
    s->legal = legal_form(c, array, s);
    s->name = entry_value(c, array, s->first, s->end, &flags);
    if (s->name == NULL) s->name = entry_value(c, array, s->first, s->name_end, &flags);
    if (s->name != NULL && !erz_flag(flags, "ticker", &s->ticker)) s->ticker = NULL;
    if (s->name == NULL) s->name = own_name(c, text, array, s);
    return s->name != NULL;
}

static erz_status add_mention(company_state *c, erz_text *text, const company_span *s)
{
    const company_units *u = &c->units;
    erz_mention *m = erz_text_add(text, ERZ_COMPANY, u->as_tokens.begin[s->first], u->as_tokens.end[s->end - 1],
                                  u->token[s->first], u->token[s->end - 1]);
    if (m == NULL) return ERZ_E_MEMORY;
    m->value = s->name;
    m->unit = s->legal;
    m->link = s->link;
    m->score = s->score;
    return ERZ_OK;
}

erz_status company_spans_emit(company_state *c, erz_text *text, erz_error *err)
{
    const erz_word *array = erz_words_array(text->words);
    bool good = company_spans_collect(c);
    for (size_t i = 0; i < c->nspans && good; i++) good = fill_name(c, text, array, &c->spans[i]);
    for (size_t i = 0; i < c->nspans && good; i++) good = add_mention(c, text, &c->spans[i]) == ERZ_OK;
    return good ? ERZ_OK : erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
}
