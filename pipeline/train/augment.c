/* Altered copies of the training texts, so that the tagger leans on context and on how names are built rather than on the names
 * it has seen. */
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "train/train.h"

/* splitmix64 (Steele et al. 2014). */
uint64_t train_next(train_random *r)
{
    uint64_t z = r->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

double train_uniform(train_random *r)
{
    return (double)(train_next(r) >> 11) * 0x1p-53;
}

enum { SWAPPED_COPIES = 2 };

typedef struct pool {
    const train_names *names;
    const char **seen; /* of the training texts */
    size_t nseen, cap_seen;
    train_random *random;
} pool;

static bool collect_seen(train_docs *set, pool *p)
{
    for (size_t d = 0; d < set->n; d++) {
        const train_doc *doc = &set->docs[d];
        for (size_t i = 0; i < doc->nspans; i++) {
            const train_span *s = &doc->spans[i];
            if (s->mask != MASK_COMPANY || s->open) continue;
            if (!erz_grow(&p->seen, &p->cap_seen, p->nseen + 1, sizeof *p->seen)) return false;
            char *copy = erz_arena_strndup(set->arena, doc->text + s->begin, s->end - s->begin);
            if (copy == NULL) return false;
            p->seen[p->nseen++] = copy;
        }
    }
    return true;
}

/* Length of a register name without its legal form. */
static size_t without_legal_form(const char *name)
{
    static const char *const forms[] = {" GmbH", " mbH",    " Gesellschaft", " AG",  " KG",      " & Co", " UG",    " OHG",
                                        " e.K",  " Aktien", " G.m.b.H",      " Ltd", " Limited", " SE",   " und Co"};
    size_t len = strlen(name);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const char *at = strstr(name, forms[i]);
        if (at != NULL && at > name && (size_t)(at - name) < len) len = (size_t)(at - name);
    }
    return len;
}

/* The first words of a long name, as the press would shorten it. */
static size_t first_words(const char *name, size_t len, uint64_t words)
{
    for (size_t i = 1; i < len; i++)
        if (name[i] == ' ' && i > 3 && words-- == 0) return i;
    return len;
}

static const char *pick_name(const pool *p, size_t *len)
{
    double u = train_uniform(p->random);
    const train_names *all = p->names;
    const char *name;
    if (u < 0.25 && p->nseen > 0)
        name = p->seen[train_next(p->random) % p->nseen];
    else if (u < 0.6 && all->nlist > 0)
        name = all->list[train_next(p->random) % all->nlist];
    else
        name = all->registered[train_next(p->random) % all->nregistered];
    *len = strlen(name);
    if (u < 0.6) return name;
    if (u < 0.9) *len = first_words(name, without_legal_form(name), train_next(p->random) % 3);
    return name;
}

typedef struct swap {
    const char *from, *to;
    size_t from_len, to_len;
} swap;

/* Every mention of a form in a document gets the same new name. */
static const swap *find_swap(const pool *p, swap *table, size_t *n, size_t max, const char *form, size_t len)
{
    for (size_t i = 0; i < *n; i++)
        if (table[i].from_len == len && memcmp(table[i].from, form, len) == 0) return &table[i];
    if (*n == max) return NULL;
    swap *s = &table[(*n)++];
    *s = (swap){form, form, len, len};
    if (train_uniform(p->random) < 0.7) s->to = pick_name(p, &s->to_len);
    return s;
}

/* Names in handles and hashtags stay: only their own spelling tells them from persons' handles. */
static bool in_tag(const train_doc *doc, uint32_t begin)
{
    while (begin > 0 && strchr(" \t\n.,:;()", doc->text[begin - 1]) == NULL) begin--;
    return doc->text[begin] == '@' || doc->text[begin] == '#';
}

static erz_status swap_names(train_docs *set, const train_doc *doc, const pool *p, bool *added)
{
    enum { MAX_SWAPS = 64 };
    swap table[MAX_SWAPS];
    size_t n = 0;
    erz_buf out = {0};
    train_doc copy = *doc;
    copy.spans = erz_arena_alloc(set->arena, (doc->nspans + 1) * sizeof *copy.spans);
    if (copy.spans == NULL) return ERZ_E_MEMORY;
    uint32_t at = 0;
    for (size_t i = 0; i < doc->nspans; i++) {
        train_span s = doc->spans[i];
        if (s.begin < at) continue;
        erz_buf_add(&out, doc->text + at, s.begin - at);
        const swap *w = NULL;
        if (s.mask == MASK_COMPANY && !s.open && !in_tag(doc, s.begin))
            w = find_swap(p, table, &n, MAX_SWAPS, doc->text + s.begin, s.end - s.begin);
        copy.spans[i] = s;
        copy.spans[i].begin = (uint32_t)out.len;
        erz_buf_add(&out, w != NULL ? w->to : doc->text + s.begin, w != NULL ? w->to_len : s.end - s.begin);
        copy.spans[i].end = (uint32_t)out.len;
        at = s.end;
    }
    erz_buf_add(&out, doc->text + at, doc->len - at);
    copy.text = out.failed ? NULL : erz_arena_strndup(set->arena, out.data, out.len);
    copy.len = out.len;
    erz_buf_free(&out);
    *added = true;
    return copy.text != NULL && train_add_doc(set, &copy) ? ERZ_OK : ERZ_E_MEMORY;
}

/* Same offsets: characters whose other case is longer stay. */
static erz_status change_case(train_docs *set, const train_doc *doc, bool upper)
{
    char *text = erz_arena_strndup(set->arena, doc->text, doc->len);
    if (text == NULL) return ERZ_E_MEMORY;
    for (size_t i = 0, n; i < doc->len; i += n) {
        uint32_t cp;
        char bytes[4];
        n = erz_utf8_decode(text + i, doc->len - i, &cp);
        if (n == 0) break;
        uint32_t other = (uint32_t)(upper ? u_toupper((UChar32)cp) : u_tolower((UChar32)cp));
        if (erz_utf8_encode(other, bytes) == n) memcpy(text + i, bytes, n);
    }
    train_doc copy = *doc;
    copy.text = text;
    return train_add_doc(set, &copy) ? ERZ_OK : ERZ_E_MEMORY;
}

static bool has_company(const train_doc *doc)
{
    for (size_t i = 0; i < doc->nspans; i++)
        if (doc->spans[i].mask == MASK_COMPANY && !doc->spans[i].open) return true;
    return false;
}

erz_status train_augment(train_docs *set, const train_names *names, train_random *random, erz_error *err)
{
    pool p = {names, NULL, 0, 0, random};
    size_t n = set->n;
    erz_status status = collect_seen(set, &p) ? ERZ_OK : ERZ_E_MEMORY;
    for (size_t d = 0; d < n && status == ERZ_OK; d++) {
        train_doc doc = set->docs[d];
        bool swapped = false;
        for (int k = 0; k < SWAPPED_COPIES && status == ERZ_OK && has_company(&doc); k++)
            status = swap_names(set, &doc, &p, &swapped);
        double u = train_uniform(random);
        if (status == ERZ_OK && u < 0.08) status = change_case(set, &doc, u < 0.03);
    }
    free(p.seen);
    return status == ERZ_OK ? ERZ_OK : erz_fail(err, status, NULL, 0, 0, "out of memory");
}
