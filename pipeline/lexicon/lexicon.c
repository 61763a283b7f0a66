#include "lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

static bool part_fits(size_t off, size_t count, size_t size, size_t len)
{
    return off % 4 == 0 && off <= len && count <= (len - off) / size;
}

static bool header_fits(const lex_header *h, size_t len)
{
    return len >= sizeof *h && h->nclasses <= ERZ_LEXICON_MAX_CLASSES && part_fits(h->classes, h->nclasses, 4, len) &&
           h->symbols % 8 == 0 && part_fits(h->symbols, (size_t)h->nsymbols + 1, sizeof(lex_symbol), len) &&
           part_fits(h->states, (size_t)h->nstates + 1, sizeof(lex_state), len) &&
           part_fits(h->entries, h->nentries, sizeof(lex_entry), len) && part_fits(h->symbol_table, h->symbol_slots, 4, len) &&
           part_fits(h->edge_table, h->edge_slots, sizeof(lex_edge), len) &&
           part_fits(h->stem_filter, LEX_STEM_FILTER_BITS / 8, 1, len) &&
           part_fits(h->tail_filter, LEX_TAIL_FILTER_BITS / 8, 1, len) &&
           part_fits(h->symbol_filter, LEX_SYMBOL_FILTER_BITS / 8, 1, len) && part_fits(h->strings, h->strings_len, 1, len) &&
           h->strings_len > 0 && h->symbol_slots > h->nsymbols && h->symbol_slots >= 4 &&
           (h->symbol_slots & (h->symbol_slots - 1)) == 0 && h->edge_slots > 0 && (h->edge_slots & (h->edge_slots - 1)) == 0;
}

/* The functions below gather what is out of bounds in sign bits: thousands of numbers are looked at when a program starts. */
static bool symbols_fit(const erz_lexicon *l)
{
    const lex_header *h = l->header;
    const uint64_t last = h->strings_len - 1;
    uint64_t bad = 0;
    for (uint32_t i = 0; i <= h->nsymbols; i++) {
        const lex_symbol *s = &l->symbols[i];
        bad |= (last - s->string - s->len) | (h->nstates - (uint64_t)s->root) | (h->nentries - (uint64_t)s->first - s->n);
    }
    return bad >> 63 == 0;
}

static bool entries_fit(const erz_lexicon *l)
{
    const lex_header *h = l->header;
    const uint64_t last = h->strings_len - 1, classes = h->nclasses - UINT64_C(1);
    uint64_t bad = 0;
    for (uint32_t i = 1; i <= h->nstates; i++) bad |= h->nentries - (uint64_t)l->states[i].first - l->states[i].n;
    for (uint32_t i = 0; i < h->nentries; i++) {
        const lex_entry *e = &l->entries[i];
        bad |= (last - e->value) | (last - e->flags) | (classes - e->cls);
    }
    return bad >> 63 == 0;
}

typedef uint32_t quad __attribute__((vector_size(16)));

/* The tables have an empty slot each: probing ends. Numbers above INT32_MAX are none of theirs. */
static bool tables_fit(const erz_lexicon *l)
{
    const lex_header *h = l->header;
    const quad symbols = {h->nsymbols, h->nsymbols, h->nsymbols, h->nsymbols};
    const quad states = {h->nstates, h->nstates, h->nstates, h->nstates};
    quad bad_symbol = {0}, bad_edge = {0}, free_symbol = {0}, free_edge = {0}, v;
    for (uint32_t i = 0; i + 4 <= h->symbol_slots; i += 4) {
        memcpy(&v, &l->symbol_table[i], sizeof v);
        bad_symbol |= (symbols - v) | v;
        free_symbol |= (quad)(v == 0);
    }
    for (uint32_t i = 0; i < h->edge_slots; i++) { /* the third number counts: to */
        memcpy(&v, &l->edge_table[i], sizeof v);
        bad_edge |= (states - v) | v;
        free_edge |= (quad)(v == 0);
    }
    bool good = (bad_symbol[0] | bad_symbol[1] | bad_symbol[2] | bad_symbol[3] | bad_edge[2]) >> 31 == 0;
    return good && (free_symbol[0] | free_symbol[1] | free_symbol[2] | free_symbol[3]) != 0 && free_edge[2] != 0;
}

/* Every index inside the section, so that look-ups need no checks. */
static bool contents_fit(const erz_lexicon *l)
{
    const lex_header *h = l->header;
    bool good = l->strings[h->strings_len - 1] == '\0';
    for (uint32_t i = 0; i < h->nclasses; i++) good &= l->classes[i] < h->strings_len;
    return good && symbols_fit(l) && entries_fit(l) && tables_fit(l);
}

erz_status erz_lexicon_open(const void *data, size_t len, erz_lexicon **out, erz_error *err)
{
    const lex_header *h = data;
    if (data == NULL || !header_fits(h, len)) return erz_fail(err, ERZ_E_MODEL, NULL, 0, 0, "lexicon section is damaged");
    erz_lexicon *l = malloc(sizeof *l);
    if (l == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    const char *base = data;
    l->header = h;
    l->classes = (const uint32_t *)(const void *)(base + h->classes);
    l->symbols = (const lex_symbol *)(const void *)(base + h->symbols);
    l->states = (const lex_state *)(const void *)(base + h->states);
    l->entries = (const lex_entry *)(const void *)(base + h->entries);
    l->symbol_table = (const uint32_t *)(const void *)(base + h->symbol_table);
    l->edge_table = (const lex_edge *)(const void *)(base + h->edge_table);
    l->symbol_filter = (const uint8_t *)(base + h->symbol_filter);
    l->stem_filter = (const uint8_t *)(base + h->stem_filter);
    l->tail_filter = (const uint8_t *)(base + h->tail_filter);
    l->strings = base + h->strings;
    if (!contents_fit(l)) {
        free(l);
        return erz_fail(err, ERZ_E_MODEL, NULL, 0, 0, "lexicon section is damaged");
    }
    *out = l;
    return ERZ_OK;
}

void erz_lexicon_close(erz_lexicon *lexicon)
{
    free(lexicon);
}

uint8_t erz_lexicon_class(const erz_lexicon *lexicon, const char *name)
{
    if (lexicon == NULL) return ERZ_NO_CLASS;
    for (uint32_t i = 0; i < lexicon->header->nclasses; i++)
        if (strcmp(lexicon->strings + lexicon->classes[i], name) == 0) return (uint8_t)i;
    return ERZ_NO_CLASS;
}

uint64_t erz_lexicon_mask(const erz_lexicon *lexicon, const char *name)
{
    uint8_t cls = erz_lexicon_class(lexicon, name);
    return cls == ERZ_NO_CLASS ? 0 : UINT64_C(1) << cls;
}

uint32_t lexicon_symbol_hashed(const erz_lexicon *lexicon, erz_match_mode mode, uint64_t hash, const char *form, size_t len)
{
    uint64_t h = lex_symbol_hash(hash, mode);
    uint32_t bit = lex_symbol_bit(hash, mode);
    if ((lexicon->symbol_filter[bit >> 3] >> (bit & 7) & 1) == 0) return 0;
    uint32_t mask = lexicon->header->symbol_slots - 1;
    for (uint32_t slot = (uint32_t)h & mask;; slot = (slot + 1) & mask) {
        uint32_t id = lexicon->symbol_table[slot];
        if (id == 0) return 0;
        const lex_symbol *s = &lexicon->symbols[id];
        if (s->len == len && s->mode == mode && memcmp(lexicon->strings + s->string, form, len) == 0) return id;
    }
}

void lexicon_expect(const erz_lexicon *l, const uint64_t (*hash)[2], size_t n)
{
    uint32_t at[2 * LEXICON_TOGETHER] = {0}, passed = 0;
    for (size_t k = 0; k < 2 * n; k++) __builtin_prefetch(&l->symbol_filter[lex_symbol_bit(hash[k / 2][k % 2], k % 2) >> 3]);
    for (size_t k = 0; k < 2 * n; k++) {
        const uint32_t bit = lex_symbol_bit(hash[k / 2][k % 2], k % 2);
        at[passed] = (uint32_t)lex_symbol_hash(hash[k / 2][k % 2], k % 2) & (l->header->symbol_slots - 1);
        passed += l->symbol_filter[bit >> 3] >> (bit & 7) & 1;
    }
    for (size_t k = 0; k < passed; k++) __builtin_prefetch(&l->symbol_table[at[k]]);
    for (size_t k = 0; k < passed; k++) {
        at[k] = l->symbol_table[at[k]];
        __builtin_prefetch(&l->symbols[at[k]]);
    }
    for (size_t k = 0; k < passed; k++) __builtin_prefetch(l->strings + l->symbols[at[k]].string);
}

uint32_t erz_lexicon_symbol(const erz_lexicon *lexicon, erz_match_mode mode, const char *form, size_t len)
{
    return lexicon == NULL ? 0 : lexicon_symbol_hashed(lexicon, mode, erz_hash(form, len, 0), form, len);
}

uint64_t erz_lexicon_symbol_classes(const erz_lexicon *lexicon, uint32_t symbol)
{
    return symbol == 0 ? 0 : lexicon->symbols[symbol].classes;
}

uint64_t erz_lexicon_classes(const erz_lexicon *lexicon, erz_match_mode mode, const char *form, size_t len)
{
    return erz_lexicon_symbol_classes(lexicon, erz_lexicon_symbol(lexicon, mode, form, len));
}

uint64_t erz_lexicon_tails(const erz_lexicon *lexicon, const char *form, size_t len, size_t least)
{
    uint64_t tails = 0;
    uint32_t h = LEX_PREFIX_SEED;
    size_t most = len < ERZ_LEXICON_MAX_TAIL ? len : ERZ_LEXICON_MAX_TAIL;
    if (lexicon == NULL) return 0;
    for (size_t k = 1; k <= most; k++) {
        h = lex_prefix_step(h, (unsigned char)form[len - k]);
        uint32_t bit = lex_prefix_bit(h);
        tails |= (uint64_t)(lexicon->tail_filter[bit >> 3] >> (bit & 7) & 1) << k;
    }
    return tails & ~UINT64_C(0) << least;
}

/* The stemmer's plain letter for the second byte of an umlaut after 0xC3, 0: none. */
static unsigned char plain_letter(unsigned char second)
{
    return second == 0xa4 ? 'a' : second == 0xb6 ? 'o' : second == 0xbc ? 'u' : 0;
}

bool lexicon_may_have_stem(const erz_lexicon *lexicon, const char *fold, size_t len)
{
    uint32_t h = LEX_PREFIX_SEED;
    size_t from = len > LEX_STEM_SUFFIX ? len - LEX_STEM_SUFFIX : 1;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)fold[i];
        if (c == 0xc3 && i + 1 < len) {
            unsigned char d = (unsigned char)fold[i + 1];
            if (d == 0x9f) h = lex_prefix_step(h, 's');
            if (plain_letter(d) != 0 || d == 0x9f) {
                c = d == 0x9f ? 's' : plain_letter(d);
                i++;
            }
        }
        h = lex_prefix_step(h, c);
        uint32_t bit = lex_prefix_bit(h);
        if (i + 1 >= from && (lexicon->stem_filter[bit >> 3] >> (bit & 7) & 1)) return true;
    }
    return false;
}

void erz_lexicon_each_dotted(const erz_lexicon *lexicon, void (*each)(void *context, const char *form, size_t len),
                             void *context)
{
    for (uint32_t i = 1; lexicon != NULL && i <= lexicon->header->nsymbols; i++) {
        const lex_symbol *symbol = &lexicon->symbols[i];
        if (symbol->dotted && symbol->mode == ERZ_MATCH_EXACT) each(context, lexicon->strings + symbol->string, symbol->len);
    }
}

void erz_lexicon_each_of(const erz_lexicon *lexicon, uint64_t classes,
                         void (*each)(void *context, erz_match_mode mode, const char *form, size_t len), void *context)
{
    for (uint32_t i = 1; lexicon != NULL && i <= lexicon->header->nsymbols; i++) {
        const lex_symbol *symbol = &lexicon->symbols[i];
        if ((symbol->classes & classes) == 0) continue;
        each(context, (erz_match_mode)symbol->mode, lexicon->strings + symbol->string, symbol->len);
    }
}

static uint32_t follow(const erz_lexicon *l, uint32_t state, uint32_t symbol)
{
    uint32_t mask = l->header->edge_slots - 1;
    for (uint32_t slot = (uint32_t)erz_hash_pair(state, symbol) & mask;; slot = (slot + 1) & mask) {
        const lex_edge *e = &l->edge_table[slot];
        if (e->to == 0 || (e->from == state && e->symbol == symbol)) return e->to;
    }
}

static size_t emit(const erz_lexicon *l, lex_state state, size_t ntokens, erz_lexicon_entry *out, size_t n, size_t max)
{
    for (uint32_t i = 0; i < state.n && n < max; i++) {
        const lex_entry *e = &l->entries[state.first + i];
        out[n++] = (erz_lexicon_entry){(uint8_t)e->cls, (uint8_t)ntokens, l->strings + e->value, l->strings + e->flags};
    }
    return n;
}

size_t erz_lexicon_match(const erz_lexicon *l, const erz_word *words, const erz_tokens *tokens, size_t at, size_t end,
                         erz_lexicon_entry *out, size_t max)
{
    enum { LONGEST = 16 };
    uint32_t path[3][LONGEST];
    size_t depth[3] = {0}, longest = 1;
    const erz_word *w = &words[tokens->word[at]];
    const uint16_t starts = at + 1 < end ? w->starts & words[tokens->word[at + 1]].continues : 0;
    for (int mode = 0; mode < 3 && starts != 0; mode++) {
        const lex_symbol *first = &l->symbols[w->symbol[mode]];
        uint32_t state = (first->starts & starts) != 0 ? first->root : 0;
        for (size_t i = at; state != 0 && depth[mode] < LONGEST;) {
            path[mode][depth[mode]++] = state;
            const erz_word *next = &words[tokens->word[++i < end ? i : at]];
            if (i >= end || next->symbol[mode] == 0 || next->continues == 0) break;
            state = follow(l, state, next->symbol[mode]);
        }
        if (depth[mode] > longest) longest = depth[mode];
    }
    size_t n = 0;
    for (size_t len = longest; len > 1; len--)
        for (int mode = 0; mode < 3; mode++)
            if (depth[mode] >= len) n = emit(l, l->states[path[mode][len - 1]], len, out, n, max);
    for (int mode = 0; mode < 3; mode++) {
        const lex_symbol *s = &l->symbols[w->symbol[mode]];
        n = emit(l, (lex_state){s->first, s->n}, 1, out, n, max);
    }
    return n;
}

bool erz_lexicon_joins(const erz_lexicon *l, const erz_word *word, const erz_word *next)
{
    const uint16_t starts = word->starts & next->continues;
    for (int mode = 0; mode < 3 && starts != 0; mode++) {
        const lex_symbol *first = &l->symbols[word->symbol[mode]];
        if (word->symbol[mode] == 0 || next->symbol[mode] == 0 || (first->starts & starts) == 0) continue;
        if (follow(l, first->root, next->symbol[mode]) != 0) return true;
    }
    return false;
}

bool erz_lexicon_get(const erz_lexicon *l, const erz_word *word, uint8_t cls, erz_lexicon_entry *out)
{
    if (cls >= ERZ_LEXICON_MAX_CLASSES || (word->classes >> cls & 1) == 0) return false;
    for (int mode = 0; mode < 3; mode++) {
        const lex_symbol *s = &l->symbols[word->symbol[mode]];
        for (uint32_t i = 0; i < s->n; i++) {
            const lex_entry *e = &l->entries[s->first + i];
            if (e->cls != cls) continue;
            *out = (erz_lexicon_entry){cls, 1, l->strings + e->value, l->strings + e->flags};
            return true;
        }
    }
    return false;
}

bool erz_flag(const char *flags, const char *flag, const char **value)
{
    size_t n = strlen(flag);
    for (const char *p = flags; *p != '\0';) {
        size_t len = strcspn(p, ",");
        if (len >= n && memcmp(p, flag, n) == 0 && (len == n || p[n] == '=')) {
            if (value != NULL) *value = len == n ? "" : p + n + 1;
            return true;
        }
        p += len + (p[len] == ',');
    }
    return false;
}
