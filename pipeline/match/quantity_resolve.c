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

/* Kinds of currency of this text that were looked up. */
enum { MAX_KINDS = 24 };
typedef struct summary {
    struct {
        const char *kind, *iso; /* iso NULL: nothing speaks for one */
        size_t len;
    } kinds[MAX_KINDS];
    size_t nkinds;
    bool us_dollar;           /* named as such */
    const char *other_dollar; /* named before */
    votes units;
    bool figures; /* amounts from 100,000 on */
} summary;

/* The text is read once for each kind. */
static const char *resolve_kind(const struct erz_quantities *q, erz_text *text, summary *sum, const char *kind, size_t len)
{
    for (size_t i = 0; i < sum->nkinds; i++)
        if (sum->kinds[i].len == len && memcmp(sum->kinds[i].kind, kind, len) == 0) return sum->kinds[i].iso;
    if (sum->nkinds == MAX_KINDS) return NULL;
    votes v = {.len = 0};
    vote_words(q, text, q->cls.currency_adj, kind, len, &v);
    vote_words(q, text, q->cls.place, kind, len, &v);
    sum->kinds[sum->nkinds].kind = kind;
    sum->kinds[sum->nkinds].len = len;
    return sum->kinds[sum->nkinds++].iso = winner(&v);
}

static const char *resolve_generic(const struct erz_quantities *q, erz_text *text, summary *sum, const quantity_found *f)
{
    const char *kind = f->unit + 1, *usual = NULL, *iso = resolve_kind(q, text, sum, kind, strlen(kind));
    if (iso != NULL) return iso;
    if (!erz_flag(f->flags, "default", &usual)) return "";
    return erz_arena_strndup(text->arena, usual, strcspn(usual, ","));
}

static bool is_kind(const quantity_found *f, const char *iso, const char *kind)
{
    const char *value = NULL;
    return strcmp(f->unit, iso) == 0 && erz_flag(f->flags, "kind", &value) && strncmp(value, kind, strlen(kind)) == 0;
}

static bool is_other_dollar(const char *unit)
{
    static const char others[] = "CAD AUD NZD HKD SGD TWD NAD JMD TTD BBD BSD FJD LRD XCD";
    return strlen(unit) == 3 && strstr(others, unit) != NULL;
}

/* A pound in a text on Cairo is Egyptian, unless Britain is named as often. `Dollar` is USD (annotation guide), unless the text
 * has named another dollar before and never that of the United States. */
static const char *resolve_unit(const struct erz_quantities *q, erz_text *text, summary *sum, const quantity_found *f)
{
    if (f->unit[0] == '*') return resolve_generic(q, text, sum, f);
    if (is_kind(f, "GBP", "pfund")) return resolve_kind(q, text, sum, "pfund", 5);
    if (is_other_dollar(f->unit)) sum->other_dollar = f->unit;
    return is_kind(f, "USD", "dollar") && !sum->us_dollar ? sum->other_dollar : NULL;
}

static bool resolve_units(struct erz_quantities *q, erz_text *text, summary *sum)
{
    for (size_t i = 0; i < q->nfound; i++)
        if (strcmp(q->found[i].unit, "USD") == 0 && !erz_flag(q->found[i].flags, "kind", NULL)) sum->us_dollar = true;
    for (size_t i = 0; i < q->nfound; i++) {
        quantity_found *f = &q->found[i];
        if (!f->money || f->bare) continue;
        const char *iso = resolve_unit(q, text, sum, f);
        if (iso == NULL && is_generic(f)) return false;
        if (iso != NULL && strcmp(iso, f->unit) != 0) {
            f->unit = iso;
            f->inferred = *iso != '\0';
        }
        if (*f->unit != '\0') vote(&sum->units, f->unit, strlen(f->unit), 1, text->arena);
        sum->figures |= erz_decimal_magnitude(&f->value) >= 5;
    }
    return true;
}

/* Amounts of the bare one's sentence and the one before: [from, end). */
static void neighbours(const struct erz_quantities *q, size_t at, size_t *from, size_t *end)
{
    enum { MOST = 32 };
    uint32_t sent = q->found[at].sent;
    *from = at;
    *end = at + 1;
    while (*from > 0 && at - *from < MOST && q->found[*from - 1].sent + 1 >= sent) --*from;
    while (*end < q->nfound && *end - at < MOST && q->found[*end].sent == sent) ++*end;
}

/* The currency of a bare amount: that of its sentence or the one before, else of most amounts of the text. */
static const char *usual_currency(const struct erz_quantities *q, erz_text *text, const summary *sum, size_t at)
{
    size_t from, end;
    votes v = {.len = 0};
    neighbours(q, at, &from, &end);
    for (size_t i = from; i < end; i++) {
        const quantity_found *f = &q->found[i];
        if (!f->money || f->bare || *f->unit == '\0') continue;
        vote(&v, f->unit, strlen(f->unit), f->sent == q->found[at].sent ? 1000 : 1, text->arena);
    }
    const char *iso = winner(v.len > 0 ? &v : &sum->units);
    return iso == NULL ? "" : iso;
}

/* Without a word of money in its sentence a bare amount counts if it goes into the billions or the text speaks of money in such
 * figures, and no goods or people are counted in its sentence or the one before. */
static bool is_money(const struct erz_quantities *q, const summary *sum, size_t at)
{
    size_t from, end;
    neighbours(q, at, &from, &end);
    for (size_t i = from; i < end; i++)
        if (q->found[i].counted) return false;
    return sum->figures || q->found[at].billions;
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
        erz_decimal_print(&f->to, f->to_negative, buf);
        good = add_attr(text, m, ERZ_ATTR_TO, buf);
    }
    return good && add_attr(text, m, ERZ_ATTR_PER, f->per) && add_attr(text, m, ERZ_ATTR_DIR, f->dir) &&
           add_attr(text, m, ERZ_ATTR_ROLE, f->role) && add_attr(text, m, ERZ_ATTR_CUR, f->inferred ? "inferred" : NULL);
}

bool quantity_resolve(struct erz_quantities *q, erz_text *text)
{
    summary sum;
    memset(&sum, 0, sizeof sum);
    if (!resolve_units(q, text, &sum)) return false;
    for (size_t i = 0; i < q->nfound; i++) {
        quantity_found *f = &q->found[i];
        if (!f->bare || f->dropped) continue;
        if (f->unsure && !is_money(q, &sum, i)) f->dropped = true;
        f->unit = usual_currency(q, text, &sum, i);
        f->inferred = *f->unit != '\0';
    }
    for (size_t i = 0; i < q->nfound; i++)
        if (q->found[i].bare && q->found[i].leaders > 0 && i + q->found[i].leaders < q->nfound)
            q->found[i].dropped = q->found[i + q->found[i].leaders].dropped;
    for (size_t i = 0; i < q->nfound; i++)
        if (!q->found[i].dropped && !add_mention(text, &q->found[i])) return false;
    return true;
}
