/* What only the whole text tells: the currency of `Kronen`, of bare amounts; then the mentions are added. */
#include <string.h>

#include "base/arena.h"
#include "quantity.h"

static bool is_generic(const quantity_found *f)
{
    return f->unit[0] == '*';
}

/* The ISO code that the text gives a kind of currency by a name of its own (norwegische Kronen) or by a place (Oslo). */
typedef struct votes {
    const char *iso[16];
    unsigned n[16];
    size_t len;
} votes;

static void vote(votes *v, const char *iso, size_t len, unsigned weight, erz_arena *arena)
{
    for (size_t i = 0; i < v->len; i++) {
        if (strlen(v->iso[i]) != len || memcmp(v->iso[i], iso, len) != 0) continue;
        v->n[i] += weight;
        return;
    }
    if (v->len == 16) return;
    const char *copy = erz_arena_strndup(arena, iso, len);
    if (copy == NULL) return;
    v->iso[v->len] = copy;
    v->n[v->len++] = weight;
}

static const char *winner(const votes *v)
{
    size_t best = 0;
    for (size_t i = 1; i < v->len; i++)
        if (v->n[i] > v->n[best]) best = i;
    return v->len == 0 ? NULL : v->iso[best];
}

/* Words of the class `cls` whose value names the kind: krone:NOK rial:... */
static void vote_words(const struct erz_quantities *q, erz_text *text, uint8_t cls, const char *kind, size_t len, votes *v)
{
    const erz_word *words = erz_words_array(text->words);
    if (cls == ERZ_NO_CLASS) return;
    for (size_t t = 0; t < text->tokens.n; t++) {
        const erz_word *w = &words[text->tokens.word[t]];
        erz_lexicon_entry e;
        if ((w->classes >> cls & 1) == 0 || !erz_lexicon_get(q->lexicon, w, cls, &e)) continue;
        for (const char *p = e.value; *p != '\0';) {
            size_t n = strcspn(p, " ");
            if (n > len && p[len] == ':' && memcmp(p, kind, len) == 0) vote(v, p + len + 1, n - len - 1, 1, text->arena);
            p += n + (p[n] == ' ');
        }
    }
}

static const char *resolve_kind(const struct erz_quantities *q, erz_text *text, const char *kind, size_t len, const char *usual)
{
    votes v = {.len = 0};
    vote_words(q, text, q->cls.currency_adj, kind, len, &v);
    vote_words(q, text, q->cls.place, kind, len, &v);
    const char *iso = winner(&v);
    return iso != NULL ? iso : usual;
}

static const char *resolve_generic(const struct erz_quantities *q, erz_text *text, const quantity_found *f)
{
    const char *kind = f->unit + 1, *usual = NULL;
    const char *iso = resolve_kind(q, text, kind, strlen(kind), NULL);
    if (iso != NULL) return iso;
    if (!erz_flag(f->flags, "default", &usual)) return "";
    return erz_arena_strndup(text->arena, usual, strcspn(usual, ","));
}

/* A pound in a text on Cairo is Egyptian, unless Britain is spoken of as much. */
static bool is_pound(const quantity_found *f)
{
    const char *kind = NULL;
    return strcmp(f->unit, "GBP") == 0 && erz_flag(f->flags, "kind", &kind) && strncmp(kind, "pfund", 5) == 0;
}

static bool is_dollar(const char *unit)
{
    static const char others[] = "CAD AUD NZD HKD SGD TWD NAD JMD TTD BBD BSD FJD LRD XCD";
    return strlen(unit) == 3 && strstr(others, unit) != NULL;
}

/* `Dollar` is USD (annotation guide), unless the text has named another dollar before and never that of the United States. */
static const char *resolve_dollar(const struct erz_quantities *q, size_t index)
{
    const quantity_found *dollar = &q->found[index];
    const char *kind = NULL, *iso = NULL;
    if (strcmp(dollar->unit, "USD") != 0 || !erz_flag(dollar->flags, "kind", &kind) || strncmp(kind, "dollar", 6) != 0)
        return NULL;
    for (size_t i = 0; i < q->nfound; i++) {
        const quantity_found *f = &q->found[i];
        if (!f->money || f->bare) continue;
        if (strcmp(f->unit, "USD") == 0 && !erz_flag(f->flags, "kind", NULL)) return NULL;
        if (i < index && is_dollar(f->unit) && !f->inferred) iso = f->unit;
    }
    return iso;
}

/* The currency of a bare amount: that of its sentence, else of most amounts of the text. */
static const char *usual_currency(const struct erz_quantities *q, erz_text *text, const quantity_found *bare)
{
    votes v = {.len = 0};
    for (size_t i = 0; i < q->nfound; i++) {
        const quantity_found *f = &q->found[i];
        if (!f->money || f->bare || f->dropped || *f->unit == '\0') continue;
        bool near = f->sent == bare->sent, before = f->sent + 1 == bare->sent;
        vote(&v, f->unit, strlen(f->unit), near ? 1000 : before ? 10 : 1, text->arena);
    }
    const char *iso = winner(&v);
    return iso == NULL ? "" : iso;
}

/* Without a word of money in its sentence a bare amount counts if the text speaks of money in such figures and no goods or
 * people are counted in its sentence or the one before. */
static bool is_money(const struct erz_quantities *q, const quantity_found *bare)
{
    bool figures = false;
    for (size_t i = 0; i < q->nfound; i++) {
        const quantity_found *f = &q->found[i];
        if (f->counted && (f->sent == bare->sent || f->sent + 1 == bare->sent)) return false;
        if (f->money && !f->bare && erz_decimal_magnitude(&f->value) >= 5) figures = true;
    }
    return figures;
}

static bool add_attr(erz_text *text, erz_mention *m, erz_attr_key key, const char *value)
{
    return value == NULL || *value == '\0' || erz_mention_attr(text, m, key, value) == ERZ_OK;
}

static bool add_mention(erz_text *text, const quantity_found *f)
{
    char buf[ERZ_DECIMAL_ROOM];
    erz_mention *m = erz_text_add(text, f->money ? ERZ_MONEY : ERZ_PERCENT, f->begin, f->end, f->first, f->last);
    if (m == NULL) return false;
    size_t n = erz_decimal_print(&f->value, f->negative, buf);
    m->value = erz_arena_strndup(text->arena, buf, n);
    m->unit = f->unit;
    m->score = f->bare ? 0.5F : 1.0F;
    bool good = m->value != NULL && add_attr(text, m, ERZ_ATTR_MOD, f->mod);
    if (good && f->range) {
        erz_decimal_print(&f->to, false, buf);
        good = add_attr(text, m, ERZ_ATTR_TO, buf);
    }
    return good && add_attr(text, m, ERZ_ATTR_PER, f->per) && add_attr(text, m, ERZ_ATTR_DIR, f->dir) &&
           add_attr(text, m, ERZ_ATTR_ROLE, f->role) && add_attr(text, m, ERZ_ATTR_CUR, f->inferred ? "inferred" : NULL);
}

bool quantity_resolve(struct erz_quantities *q, erz_text *text)
{
    for (size_t i = 0; i < q->nfound; i++) {
        quantity_found *f = &q->found[i];
        if (!f->money || f->bare) continue;
        const char *iso = is_generic(f) ? resolve_generic(q, text, f)
                          : is_pound(f) ? resolve_kind(q, text, "pfund", 5, "GBP")
                                        : resolve_dollar(q, i);
        if (iso == NULL && is_generic(f)) return false;
        if (iso == NULL || strcmp(iso, f->unit) == 0) continue;
        f->unit = iso;
        f->inferred = *iso != '\0';
    }
    for (size_t i = 0; i < q->nfound; i++) {
        quantity_found *f = &q->found[i];
        if (!f->bare || f->dropped) continue;
        if (f->unsure && !is_money(q, f)) f->dropped = true;
        f->unit = usual_currency(q, text, f);
        f->inferred = *f->unit != '\0';
    }
    for (size_t i = 0; i < q->nfound; i++)
        if (!q->found[i].dropped && !add_mention(text, &q->found[i])) return false;
    return true;
}
