/* Builds the lexicon section. Everything is sorted before it is numbered, so that the bytes depend on the entries only. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "erz/stem.h"
#include "lexicon.h"

enum { MAX_FORM_TOKENS = 16 };

typedef struct raw_entry {
    const char *cls; /* NULL: symbols only */
    uint8_t mode, n;
    const char *value, *flags;
    const char *tokens[MAX_FORM_TOKENS];
} raw_entry;

struct erz_lexicon_builder {
    erz_arena *arena;
    raw_entry *entries;
    size_t n, cap;
    erz_stemmer *stemmer;
};

erz_status erz_lexicon_builder_new(erz_lexicon_builder **out, erz_error *err)
{
    erz_lexicon_builder *b = calloc(1, sizeof *b);
    if (b == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    b->arena = erz_arena_new(1 << 16);
    if (b->arena == NULL || erz_stemmer_new(&b->stemmer, NULL) != ERZ_OK) {
        erz_lexicon_builder_free(b);
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    }
    *out = b;
    return ERZ_OK;
}

void erz_lexicon_builder_free(erz_lexicon_builder *b)
{
    if (b == NULL) return;
    erz_stemmer_free(b->stemmer);
    erz_arena_free(b->arena);
    free(b->entries);
    free(b);
}

static const char *token_form(erz_lexicon_builder *b, erz_match_mode mode, const char *token, size_t len)
{
    size_t room = 4 * len + 16;
    char *normal = erz_arena_alloc(b->arena, room), *fold = erz_arena_alloc(b->arena, room);
    if (normal == NULL || fold == NULL) return NULL;
    size_t n = erz_form_normalize(token, len, normal, room - 1);
    if (n == (size_t)-1) return NULL;
    normal[n] = '\0';
    if (mode == ERZ_MATCH_EXACT) return normal;
    size_t nf = erz_form_fold(normal, n, fold, room - 1);
    if (nf == (size_t)-1) return NULL;
    fold[nf] = '\0';
    if (mode == ERZ_MATCH_FOLD) return fold;
    const char *s = erz_stemmer_stem(b->stemmer, fold, nf, &nf);
    return s == NULL ? NULL : erz_arena_strndup(b->arena, s, nf);
}

erz_status erz_lexicon_builder_add(erz_lexicon_builder *b, const char *cls, erz_match_mode mode, const char *const *tokens,
                                   const size_t *lens, size_t n, const char *value, const char *flags, erz_error *err)
{
    if (n == 0 || n > MAX_FORM_TOKENS)
        return erz_fail(err, ERZ_E_MODEL, NULL, 0, 0, "a form has 1 to %d tokens", MAX_FORM_TOKENS);
    if (!erz_grow(&b->entries, &b->cap, b->n + 1, sizeof *b->entries))
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    raw_entry *e = &b->entries[b->n];
    memset(e, 0, sizeof *e);
    e->mode = (uint8_t)mode;
    e->n = (uint8_t)n;
    e->cls = cls == NULL ? NULL : erz_arena_strndup(b->arena, cls, strlen(cls));
    e->value = erz_arena_strndup(b->arena, value, strlen(value));
    e->flags = erz_arena_strndup(b->arena, flags, strlen(flags));
    bool good = e->value != NULL && e->flags != NULL && (cls == NULL || e->cls != NULL);
    for (size_t i = 0; i < n && good; i++) good = (e->tokens[i] = token_form(b, mode, tokens[i], lens[i])) != NULL;
    if (!good) return erz_fail(err, ERZ_E_MODEL, NULL, 0, 0, "a form cannot be normalized");
    b->n++;
    return ERZ_OK;
}

static int compare_entries(const void *a, const void *b)
{
    const raw_entry *x = a, *y = b;
    if (x->mode != y->mode) return x->mode < y->mode ? -1 : 1;
    for (size_t i = 0;; i++) {
        if (i == x->n || i == y->n) {
            if (x->n != y->n) return x->n < y->n ? -1 : 1;
            break;
        }
        int c = strcmp(x->tokens[i], y->tokens[i]);
        if (c != 0) return c;
    }
    if ((x->cls == NULL) != (y->cls == NULL)) return x->cls == NULL ? -1 : 1;
    if (x->cls == NULL) return 0;
    int c = strcmp(x->cls, y->cls);
    if (c == 0) c = strcmp(x->value, y->value);
    return c != 0 ? c : strcmp(x->flags, y->flags);
}

/* Growing parts of the section under construction. */
typedef struct parts {
    erz_buf symbols, states, entries, strings, edges; /* arrays of lex_*, edges as a plain list */
    uint32_t *string_slots;
    size_t nstring_slots, nstrings;
    const char *classes[ERZ_LEXICON_MAX_CLASSES];
    uint32_t nclasses;
} parts;

#define ITEMS(buf, type) ((type *)(void *)(buf).data)
#define COUNT(buf, type) ((uint32_t)((buf).len / sizeof(type)))

static bool grow_string_slots(parts *p)
{
    size_t n = p->nstring_slots == 0 ? 1024 : p->nstring_slots * 2;
    uint32_t *slots = calloc(n, sizeof *slots);
    if (slots == NULL) return false;
    for (size_t i = 0; i < p->nstring_slots; i++) {
        if (p->string_slots[i] == 0) continue;
        const char *s = p->strings.data + p->string_slots[i] - 1;
        size_t k = erz_hash(s, strlen(s), 7) & (n - 1);
        while (slots[k] != 0) k = (k + 1) & (n - 1);
        slots[k] = p->string_slots[i];
    }
    free(p->string_slots);
    p->string_slots = slots;
    p->nstring_slots = n;
    return true;
}

/* Offset of a string in the pool; equal strings are kept once. */
static uint32_t pool(parts *p, const char *s)
{
    if (p->nstrings * 2 >= p->nstring_slots && !grow_string_slots(p)) p->strings.failed = true;
    size_t len = strlen(s);
    if (p->strings.failed || !erz_buf_reserve(&p->strings, len + 1)) return 0;
    size_t k = erz_hash(s, len, 7) & (p->nstring_slots - 1);
    for (; p->string_slots[k] != 0; k = (k + 1) & (p->nstring_slots - 1))
        if (strcmp(p->strings.data + p->string_slots[k] - 1, s) == 0) return p->string_slots[k] - 1;
    uint32_t off = (uint32_t)p->strings.len;
    erz_buf_add(&p->strings, s, len + 1);
    p->string_slots[k] = off + 1;
    p->nstrings++;
    return off;
}

static uint32_t class_number(parts *p, const char *name)
{
    uint32_t i = 0;
    while (i < p->nclasses && strcmp(p->classes[i], name) != 0) i++;
    if (i == p->nclasses && i < ERZ_LEXICON_MAX_CLASSES) p->classes[p->nclasses++] = name;
    return i;
}

/* Symbols are looked up in a list sorted by (mode, string). */
typedef struct symbol_key {
    const char *string;
    uint8_t mode;
} symbol_key;

static int compare_keys(const void *a, const void *b)
{
    const symbol_key *x = a, *y = b;
    return x->mode != y->mode ? (x->mode < y->mode ? -1 : 1) : strcmp(x->string, y->string);
}

static symbol_key *collect_symbols(const erz_lexicon_builder *b, size_t *n)
{
    size_t total = 0;
    for (size_t i = 0; i < b->n; i++) total += b->entries[i].n;
    symbol_key *keys = malloc((total + 1) * sizeof *keys);
    if (keys == NULL) return NULL;
    size_t k = 0, m = 0;
    for (size_t i = 0; i < b->n; i++)
        for (size_t j = 0; j < b->entries[i].n; j++) keys[k++] = (symbol_key){b->entries[i].tokens[j], b->entries[i].mode};
    qsort(keys, k, sizeof *keys, compare_keys);
    for (size_t i = 0; i < k; i++)
        if (m == 0 || compare_keys(&keys[m - 1], &keys[i]) != 0) keys[m++] = keys[i];
    *n = m;
    return keys;
}

static uint32_t symbol_of(const symbol_key *keys, size_t n, uint8_t mode, const char *string)
{
    symbol_key key = {string, mode};
    const symbol_key *found = bsearch(&key, keys, n, sizeof key, compare_keys);
    return (uint32_t)(found - keys) + 1;
}

static uint32_t new_state(parts *p)
{
    lex_state s = {0, 0};
    erz_buf_add(&p->states, &s, sizeof s);
    return COUNT(p->states, lex_state) - 1;
}

/* Entries come sorted: the path of the entry before shares the longest common prefix, so new states are appended in order. */
static void add_paths(parts *p, const erz_lexicon_builder *b, const symbol_key *keys, size_t nkeys)
{
    uint32_t path[MAX_FORM_TOKENS] = {0};
    const raw_entry *last = NULL, *before = NULL;
    for (size_t i = 0; i < b->n && !p->states.failed; i++) {
        const raw_entry *e = &b->entries[i];
        if (e->cls == NULL || (before != NULL && compare_entries(before, e) == 0)) continue;
        before = e;
        size_t common = 0;
        while (last != NULL && last->mode == e->mode && common < last->n && common < e->n &&
               strcmp(last->tokens[common], e->tokens[common]) == 0)
            common++;
        for (size_t j = common; j < e->n; j++) {
            uint32_t symbol = symbol_of(keys, nkeys, e->mode, e->tokens[j]);
            path[j] = new_state(p);
            if (j == 0) {
                ITEMS(p->symbols, lex_symbol)[symbol].root = path[j];
                continue;
            }
            lex_edge edge = {path[j - 1], symbol, path[j], 0};
            erz_buf_add(&p->edges, &edge, sizeof edge);
            lex_symbol *symbols = ITEMS(p->symbols, lex_symbol);
            symbols[symbol].continues = lex_follower(symbol);
            if (j == 1) symbols[symbol_of(keys, nkeys, e->mode, e->tokens[0])].starts |= lex_follower(symbol);
        }
        last = e;
        lex_state *state = &ITEMS(p->states, lex_state)[path[e->n - 1]];
        if (state->n++ == 0) state->first = COUNT(p->entries, lex_entry);
        lex_entry entry = {pool(p, e->value), pool(p, e->flags), class_number(p, e->cls)};
        erz_buf_add(&p->entries, &entry, sizeof entry);
        if (e->n == 1) {
            lex_symbol *s = &ITEMS(p->symbols, lex_symbol)[symbol_of(keys, nkeys, e->mode, e->tokens[0])];
            if (entry.cls < ERZ_LEXICON_MAX_CLASSES) s->classes |= UINT64_C(1) << entry.cls;
            s->first = state->first;
            s->n = (uint16_t)state->n;
        }
    }
}

static size_t power_of_two(size_t n)
{
    size_t p = 16;
    while (p < n) p *= 2;
    return p;
}

static void write_symbol_table(erz_buf *out, const parts *p, const symbol_key *keys, size_t nkeys, size_t slots)
{
    size_t start = out->len;
    if (!erz_buf_reserve(out, slots * 4)) return;
    memset(out->data + start, 0, slots * 4);
    out->len += slots * 4;
    uint32_t *table = (uint32_t *)(void *)(out->data + start);
    for (size_t i = 0; i < nkeys; i++) {
        const lex_symbol *s = &ITEMS(p->symbols, lex_symbol)[i + 1];
        size_t k = (uint32_t)lex_symbol_hash(erz_hash(keys[i].string, s->len, 0), keys[i].mode) & (slots - 1);
        while (table[k] != 0) k = (k + 1) & (slots - 1);
        table[k] = (uint32_t)i + 1;
    }
}

static void write_edge_table(erz_buf *out, const parts *p, size_t slots)
{
    size_t start = out->len;
    if (!erz_buf_reserve(out, slots * sizeof(lex_edge))) return;
    memset(out->data + start, 0, slots * sizeof(lex_edge));
    out->len += slots * sizeof(lex_edge);
    lex_edge *table = (lex_edge *)(void *)(out->data + start);
    for (uint32_t i = 0; i < COUNT(p->edges, lex_edge); i++) {
        lex_edge e = ITEMS(p->edges, lex_edge)[i];
        size_t k = (uint32_t)erz_hash_pair(e.from, e.symbol) & (slots - 1);
        while (table[k].to != 0) k = (k + 1) & (slots - 1);
        table[k] = e;
    }
}

static void set_bit(uint8_t *bits, uint32_t bit)
{
    bits[bit >> 3] |= (uint8_t)(1U << (bit & 7));
}

static void write_filters(erz_buf *out, lex_header *h, const parts *p, const symbol_key *keys, size_t nkeys)
{
    h->symbol_filter = (uint32_t)out->len;
    h->stem_filter = h->symbol_filter + LEX_SYMBOL_FILTER_BITS / 8;
    h->tail_filter = h->stem_filter + LEX_STEM_FILTER_BITS / 8;
    size_t size = (LEX_SYMBOL_FILTER_BITS + LEX_STEM_FILTER_BITS + LEX_TAIL_FILTER_BITS) / 8;
    if (!erz_buf_reserve(out, size)) return;
    uint8_t *symbols = (uint8_t *)out->data + out->len, *stems = symbols + LEX_SYMBOL_FILTER_BITS / 8;
    uint8_t *tails = stems + LEX_STEM_FILTER_BITS / 8;
    memset(symbols, 0, size);
    out->len += size;
    for (size_t i = 0; i < nkeys; i++) {
        size_t len = strlen(keys[i].string);
        uint32_t bit = lex_symbol_bit(erz_hash(keys[i].string, len, 0), keys[i].mode);
        set_bit(symbols, bit);
        uint32_t hash = LEX_PREFIX_SEED, back = LEX_PREFIX_SEED;
        for (size_t k = 0; k < len; k++) {
            hash = lex_prefix_step(hash, (unsigned char)keys[i].string[k]);
            back = lex_prefix_step(back, (unsigned char)keys[i].string[len - 1 - k]);
        }
        if (keys[i].mode == ERZ_MATCH_STEM) set_bit(stems, lex_prefix_bit(hash));
        if (keys[i].mode == ERZ_MATCH_FOLD && ITEMS(p->symbols, lex_symbol)[i + 1].classes != 0)
            set_bit(tails, lex_prefix_bit(back));
    }
}

static void write_section(erz_buf *out, parts *p, const symbol_key *keys, size_t nkeys)
{
    lex_header h;
    memset(&h, 0, sizeof h);
    uint32_t class_names[ERZ_LEXICON_MAX_CLASSES];
    for (uint32_t i = 0; i < p->nclasses; i++) class_names[i] = pool(p, p->classes[i]);
    h.nclasses = p->nclasses;
    h.nsymbols = (uint32_t)nkeys;
    h.nstates = COUNT(p->states, lex_state) - 1;
    h.nentries = COUNT(p->entries, lex_entry);
    h.symbol_slots = (uint32_t)power_of_two(nkeys * 2 + 1);
    h.edge_slots = (uint32_t)power_of_two(COUNT(p->edges, lex_edge) * 2 + 1);
    erz_buf_add(out, &h, sizeof h);
#define PART(field, data, size) erz_buf_pad(out, sizeof(lex_symbol)), h.field = (uint32_t)out->len, erz_buf_add(out, data, size)
    PART(classes, class_names, p->nclasses * sizeof *class_names);
    PART(symbols, p->symbols.data, p->symbols.len);
    PART(states, p->states.data, p->states.len);
    PART(entries, p->entries.data, p->entries.len);
    PART(strings, p->strings.data, p->strings.len);
#undef PART
    h.strings_len = (uint32_t)p->strings.len;
    erz_buf_pad(out, 16);
    h.symbol_table = (uint32_t)out->len;
    write_symbol_table(out, p, keys, nkeys, h.symbol_slots);
    erz_buf_pad(out, 16);
    h.edge_table = (uint32_t)out->len;
    write_edge_table(out, p, h.edge_slots);
    write_filters(out, &h, p, keys, nkeys);
    if (!out->failed) memcpy(out->data, &h, sizeof h);
}

erz_status erz_lexicon_builder_finish(erz_lexicon_builder *b, void **data, size_t *len, erz_error *err)
{
    parts p;
    memset(&p, 0, sizeof p);
    erz_buf out = {0};
    if (b->n > 0) qsort(b->entries, b->n, sizeof *b->entries, compare_entries);
    size_t nkeys = 0;
    symbol_key *keys = collect_symbols(b, &nkeys);
    bool good = keys != NULL;
    pool(&p, "");
    lex_symbol none;
    memset(&none, 0, sizeof none);
    erz_buf_add(&p.symbols, &none, sizeof none);
    for (size_t i = 0; i < nkeys && good; i++) {
        size_t length = strlen(keys[i].string);
        bool dotted = length > 0 && keys[i].string[length - 1] == '.';
        lex_symbol s = {.string = pool(&p, keys[i].string), .len = (uint32_t)length, .mode = keys[i].mode, .dotted = dotted};
        erz_buf_add(&p.symbols, &s, sizeof s);
    }
    new_state(&p);
    good = good && !p.symbols.failed && !p.states.failed;
    if (good) add_paths(&p, b, keys, nkeys);
    if (good) write_section(&out, &p, keys, nkeys);
    good = good && !out.failed && !p.strings.failed && !p.entries.failed && !p.edges.failed;
    bool too_many = p.nclasses >= ERZ_LEXICON_MAX_CLASSES;
    erz_buf_free(&p.symbols), erz_buf_free(&p.states), erz_buf_free(&p.entries), erz_buf_free(&p.strings),
        erz_buf_free(&p.edges);
    free(p.string_slots);
    free(keys);
    if (good && !too_many) {
        *data = out.data;
        *len = out.len;
        return ERZ_OK;
    }
    erz_buf_free(&out);
    if (too_many) return erz_fail(err, ERZ_E_MODEL, NULL, 0, 0, "more than %d lexicon classes", ERZ_LEXICON_MAX_CLASSES - 1);
    return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
}
