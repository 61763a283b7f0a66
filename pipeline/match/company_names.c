/* Canonical names: a short form, an acronym or an inflected form stands for the full name the document uses. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "match/company_spans.h"

/* Names compared with each other: keeps huge texts linear. With more, every name stands for itself. */
enum { MAX_NAMES = 1024, MAX_ENTRIES = 16 };

static const company_type *type_at(const company_state *c, size_t i)
{
    return &c->types[c->units.as_tokens.word[i]];
}

/* The list's value for units [first, end), NULL: unlisted. */
static const char *listed_value(const company_state *c, const erz_word *array, size_t first, size_t end)
{
    erz_lexicon_entry e[MAX_ENTRIES];
    size_t n = erz_lexicon_match(c->lexicon, array, &c->units.as_tokens, first, end, e, MAX_ENTRIES);
    for (size_t i = 0; i < n; i++)
        if (e[i].cls == c->lists.company && e[i].ntokens == end - first) return e[i].value;
    const company_type *t = type_at(c, first);
    if (end - first != 1 || (t->evidence & (EV_COMPANY | EV_AMB)) == 0) return NULL;
    return erz_lexicon_get(c->lexicon, &array[t->base], c->lists.company, &e[0]) ? e[0].value : NULL;
}

/* The list has Metro AG, too, whose name is Metro. */
static bool is_listed_form(const company_state *c, const erz_word *array, const company_span *s, uint32_t i)
{
    if ((c->units.evidence[i] & EV_LEGAL) == 0 || i + 1 != s->end) return false;
    const char *value = listed_value(c, array, s->first, s->end);
    const erz_word *form = &array[c->units.as_tokens.word[i]];
    size_t len = value == NULL ? 0 : strlen(value);
    return len > form->form_len && strcmp(value + len - form->form_len, form->form) != 0;
}

/* The legal form that ends the span; sets name_end. */
static const char *legal_form(const company_state *c, const erz_word *array, company_span *s)
{
    erz_lexicon_entry e[MAX_ENTRIES];
    for (uint32_t i = s->first + 1; i < s->end; i++) {
        if (c->units.gaz[i] != GAZ_LEGAL_BEGIN && !is_listed_form(c, array, s, i)) continue;
        size_t n = erz_lexicon_match(c->lexicon, array, &c->units.as_tokens, i, s->end, e, MAX_ENTRIES);
        for (size_t k = 0; k < n; k++) {
            if (e[k].cls != c->lists.legal || i + e[k].ntokens != s->end) continue;
            s->name_end = i;
            return e[k].value;
        }
    }
    return "";
}

/* "Beteiligungs- und Liegenschafts GmbH", "Handels AG": without the legal form the name would hang in the air. */
static bool needs_legal_form(const company_state *c, const erz_text *text, const company_span *s)
{
    static const char *const endings[] = {"ungs", "schafts", "heits", "keits", "tions", "handels", "betriebs", "-"};
    const erz_tokens *t = &c->units.as_tokens;
    uint32_t last = s->name_end - 1, len = t->end[last] - t->begin[last];
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(endings[i]);
        const char *p = text->text + t->end[last] - n;
        if (len >= n && (memcmp(p, endings[i], n) == 0 || (n > 4 && len == n && memcmp(p + 1, endings[i] + 1, n - 1) == 0)))
            return true;
    }
    return false;
}

/* Length without a genitive that no list knows: OpenAIs, Peters', Scale AI's. */
static size_t base_length(const company_state *c, const erz_word *array, size_t unit, const char *form, size_t len)
{
    const company_type *t = type_at(c, unit);
    if (t->evidence & EV_GENITIVE) return array[t->base].form_len < len ? array[t->base].form_len : len;
    if (len > 3 && form[len - 1] == '\'') return len - 1;
    if (len > 4 && memcmp(form + len - 3, "\xe2\x80\x99", 3) == 0) return len - 3;
    if (len > 3 && form[len - 1] == 's' && form[len - 2] == '\'') return len - 2;
    if (len > 5 && form[len - 1] == 's' && memcmp(form + len - 4, "\xe2\x80\x99", 3) == 0) return len - 4;
    if (len > 2 && form[len - 1] == 's' && form[len - 2] >= 'A' && form[len - 2] <= 'Z') return len - 1;
    return len;
}

/* Bytes of the blank at s (a no-break or narrow one too), 0: none. */
static uint32_t blank_size(const char *s, size_t len)
{
    if (*s == ' ' || *s == '\n' || *s == '\t' || *s == '\r') return 1;
    if (len >= 2 && memcmp(s, "\xc2\xa0", 2) == 0) return 2;
    return len >= 3 && memcmp(s, "\xe2\x80\xaf", 3) == 0 ? 3 : 0;
}

/* Blanks and line ends inside a name become one blank. */
static const char *clean(erz_text *text, uint32_t begin, uint32_t end, uint32_t *len)
{
    char *out = erz_arena_alloc(text->arena, (size_t)(end - begin) + 1);
    uint32_t n = 0;
    if (out == NULL) return NULL;
    for (uint32_t i = begin; i < end; i++) {
        uint32_t blank = blank_size(text->text + i, end - i);
        if (blank > 0) i += blank - 1;
        if (blank > 0 && n > 0 && out[n - 1] == ' ') continue;
        out[n++] = blank > 0 ? ' ' : text->text[i];
    }
    out[n] = '\0';
    *len = n;
    return out;
}

static size_t word_end(const char *s, size_t len, size_t at)
{
    while (at < len && s[at] != ' ') at++;
    return at;
}

/* Do two words differ in an inflection ending at most (-e, -en, -er, -es, -em, -s, -n)? */
static bool same_but_ending(const char *a, size_t alen, const char *b, size_t blen)
{
    size_t k = 0, least = alen < blen ? alen : blen, most = alen < blen ? blen : alen;
    while (k < least && a[k] == b[k]) k++;
    return k >= 3 && most - k <= 2 && strspn(a + k, "enrsm") >= alen - k && strspn(b + k, "enrsm") >= blen - k;
}

static size_t part_end(const char *s, size_t len, size_t at)
{
    while (at < len && s[at] != ' ' && s[at] != '-') at++;
    return at;
}

/* Are two names the same but for inflection of their words and hyphens between them? */
static bool same_inflected(const char *a, size_t alen, const char *b, size_t blen)
{
    size_t i = 0, j = 0;
    while (i < alen && j < blen) {
        size_t x = part_end(a, alen, i), y = part_end(b, blen, j);
        bool equal = x - i == y - j && memcmp(a + i, b + j, x - i) == 0;
        if (!equal && !same_but_ending(a + i, x - i, b + j, y - j)) return false;
        i = x + 1, j = y + 1;
    }
    return i >= alen && j >= blen;
}

/* "Burgenländischen Landesholding" without the ending of its case: adjectives on -isch, Deutsche, Stadtwerke. */
static uint32_t nominative(erz_text *text, const char **name, uint32_t len)
{
    size_t end = word_end(*name, len, 0);
    bool adjective = (end > 7 && memcmp(*name + end - 6, "ischen", 6) == 0) ||
                     (end == 9 && memcmp(*name, "Deutschen", 9) == 0) || (end > 8 && memcmp(*name + end - 6, "werken", 6) == 0);
    char *copy = adjective && end < len ? erz_arena_strndup(text->arena, *name, len) : NULL;
    if (copy == NULL) return len;
    memmove(copy + end - 1, copy + end, len - end + 1);
    *name = copy;
    return len - 1;
}

/* "McDonald's" is the name itself. */
static bool is_possessive_of(const char *name, size_t len, const char *entity)
{
    size_t all = strlen(entity);
    if (all <= len || memcmp(entity, name, len) != 0) return false;
    return strcmp(entity + len, "'s") == 0 || strcmp(entity + len, "\xe2\x80\x99s") == 0;
}

static uint32_t add_name(company_state *c, const char *s, uint32_t len, const char *entity)
{
    uint32_t hash = (uint32_t)erz_hash(s, len, 0);
    size_t oldest = c->nnames > MAX_NAMES ? c->nnames - MAX_NAMES : 0;
    for (uint32_t i = (uint32_t)oldest; i < c->nnames; i++)
        if (c->names[i].hash == hash && c->names[i].len == len && memcmp(c->names[i].text, s, len) == 0) return i;
    if (!erz_grow(&c->names, &c->cap_names, c->nnames + 1, sizeof *c->names)) return UINT32_MAX;
    c->names[c->nnames] = (company_name){s, len, hash, entity, (uint32_t)c->nnames, false, false};
    return (uint32_t)c->nnames++;
}

/* "Casinos" is no genitive where the document has "Casinos Austria". */
static bool begins_longer(const company_state *c, const company_span *s)
{
    const uint32_t *word = c->units.as_tokens.word;
    for (size_t i = 0; i < c->nspans && c->nspans <= MAX_NAMES; i++) {
        const company_span *l = &c->spans[i];
        bool joined = l->end - l->first > 1 && c->units.flags[l->first + 1] & UNIT_JOINED;
        if (l->end - l->first > 1 && !joined && word[l->first] == word[s->first]) return true;
    }
    return false;
}

static bool name_span(company_state *c, erz_text *text, const erz_word *array, company_span *s)
{
    const erz_tokens *t = &c->units.as_tokens;
    s->legal = legal_form(c, array, s);
    const char *entity = listed_value(c, array, s->first, s->end);
    if (entity == NULL && s->name_end < s->end) entity = listed_value(c, array, s->first, s->name_end);
    if (entity == NULL && s->name_end < s->end && needs_legal_form(c, text, s)) s->name_end = s->end;
    uint32_t last = s->name_end - 1, begin = t->begin[last], len;
    bool whole = s->end - s->first == 1 && (type_at(c, last)->evidence & EV_GENITIVE) != 0 && begins_longer(c, s);
    if (whole) entity = NULL;
    size_t base = whole ? t->end[last] - begin : base_length(c, array, last, text->text + begin, t->end[last] - begin);
    erz_lexicon_entry e;
    if (entity == NULL && company_genitive_entry(c, array, s->first, s->name_end, &e)) {
        entity = e.value;
        base = array[c->units.base[last]].form_len;
    }
    const char *name = clean(text, t->begin[s->first], begin + (uint32_t)base, &len);
    if (name == NULL) return false;
    bool whole_form =
        entity != NULL && (is_possessive_of(name, len, entity) || same_inflected(name, len, entity, strlen(entity)));
    if (whole_form && strcmp(entity, name) != 0) {
        name = entity;
        len = (uint32_t)strlen(entity);
    }
    if (entity == NULL) len = nominative(text, &name, len);
    s->name = add_name(c, name, len, entity);
    if (s->name == UINT32_MAX) return false;
    c->names[s->name].full |= s->legal[0] != '\0';
    return true;
}

bool company_names_find(company_state *c, erz_text *text)
{
    const erz_word *array = erz_words_array(text->words);
    c->nnames = 0;
    for (size_t i = 0; i < c->nspans; i++)
        if (!name_span(c, text, array, &c->spans[i])) return false;
    return true;
}

/* Does a longer name begin with the whole words of a shorter one? */
static bool begins_with(const company_name *l, const company_name *s)
{
    return l->len > s->len + 1 && l->text[s->len] == ' ' && memcmp(l->text, s->text, s->len) == 0;
}

static bool ends_with(const company_name *l, const company_name *s)
{
    return s->len > 4 && l->len > s->len + 1 && l->text[l->len - s->len - 1] == ' ' &&
           memcmp(l->text + l->len - s->len, s->text, s->len) == 0;
}

/* Does a short name stand before the longer one in one sentence? Then they are two firms: a parent and its unit. */
static bool stands_before(const company_state *c, uint32_t shorter, uint32_t longer)
{
    const company_units *u = &c->units;
    for (size_t i = 0, sentence = 0, found = c->nspans; i < c->nspans; i++) {
        const company_span *s = &c->spans[i];
        while (u->sent[sentence + 1] <= s->first) sentence++;
        if (found < i && c->spans[found].first < u->sent[sentence]) found = c->nspans;
        if (s->name == shorter && found == c->nspans) found = i;
        if (s->name == longer && found < i) return true;
        if (s->name == longer) return false;
    }
    return false;
}

/* The one longer name a short unlisted one may stand for; itself if there is none or more than one. Two names with legal forms
 * are two firms. */
static uint32_t full_name(const company_state *c, uint32_t i)
{
    const company_name *s = &c->names[i];
    uint32_t found = i;
    for (uint32_t k = 0; k < c->nnames; k++) {
        const company_name *l = &c->names[k];
        if (k == i || (l->full && s->full) || (!begins_with(l, s) && !ends_with(l, s))) continue;
        if (found != i && !begins_with(l, &c->names[found]) && !begins_with(&c->names[found], l)) return i;
        bool firms = l->full && c->names[found].full; /* of two firms the one with the shorter name */
        if (found == i || (l->len > c->names[found].len) != firms) found = k;
    }
    if (found != i && stands_before(c, i, found)) return i;
    return found;
}

static void join_entities(company_state *c)
{
    for (uint32_t i = 0; i < c->nnames; i++)
        for (uint32_t k = 0; k < i && c->names[i].entity != NULL; k++) {
            if (c->names[k].entity == NULL || strcmp(c->names[i].entity, c->names[k].entity) != 0) continue;
            c->names[i].canonical = c->names[k].canonical;
            c->names[c->names[k].canonical].use_entity = true;
            break;
        }
}

static void join_inflected(company_state *c, uint32_t i)
{
    for (uint32_t k = 0; k < c->nnames; k++) {
        const company_name *a = &c->names[i], *b = &c->names[k];
        bool before = b->len < a->len || (b->len == a->len && k < i);
        if (k == i || !before || memchr(a->text, ' ', a->len) == NULL || !same_inflected(a->text, a->len, b->text, b->len))
            continue;
        c->names[i].canonical = k;
        return;
    }
}

static uint32_t name_at(const company_state *c, uint32_t first)
{
    for (size_t i = 0; i < c->nspans; i++)
        if (c->spans[i].first == first) return c->spans[i].name;
    return UINT32_MAX;
}

static void join_acronyms(company_state *c)
{
    for (size_t a = 0; a < c->nacronyms; a++) {
        uint32_t full = name_at(c, c->acronyms[a].first);
        for (size_t i = 0; i < c->nspans && full != UINT32_MAX; i++) {
            const company_span *s = &c->spans[i];
            uint32_t word = c->units.as_tokens.word[s->first];
            if (s->end - s->first == 1 && c->types[word].base == c->acronyms[a].base && s->name != full)
                c->names[s->name].canonical = full;
        }
    }
}

void company_names_resolve(company_state *c)
{
    if (c->nnames > MAX_NAMES) return;
    join_entities(c);
    for (uint32_t i = 0; i < c->nnames; i++) {
        if (c->names[i].canonical == i) join_inflected(c, i);
        if (c->names[i].canonical == i && c->names[i].entity == NULL) c->names[i].canonical = full_name(c, i);
    }
    join_acronyms(c);
    for (uint32_t i = 0; i < c->nnames; i++) /* chains have few links: an acronym of an inflected form of a name */
        for (int k = 0; k < 4; k++) c->names[i].canonical = c->names[c->names[i].canonical].canonical;
}

const char *company_names_value(const company_state *c, const company_span *s)
{
    const company_name *n = &c->names[c->names[s->name].canonical];
    return n->use_entity ? n->entity : n->text;
}
