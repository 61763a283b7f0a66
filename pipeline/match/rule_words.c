/* Which atoms hold of a word type: worked out once a type, kept as the index of a signature (a sorted set of atoms). */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "rules.h"

typedef struct link {
    const rule_image *image;
    uint32_t entry, next; /* next: link + 1 */
    uint32_t tag;         /* upper half of the hash */
} link;

typedef struct signature {
    uint64_t hash;
    uint32_t at, n;
    uint32_t next; /* signature + 1 */
    uint32_t see;
} signature;

typedef struct flag_atom {
    uint64_t mask; /* class */
    uint32_t property, atom;
} flag_atom;

enum { BUCKETS = 1 << 12, MAX_AFFIX = 32, MAX_ATOMS = 512 };

struct rule_words {
    const erz_lexicon *lexicon;
    uint32_t heads[BUCKETS]; /* link + 1 */
    link *links;
    size_t nlinks, cap_links;
    flag_atom *flags; /* classes and properties */
    size_t nflags, cap_flags;
    uint64_t prefix_lens, suffix_lens; /* bit n: an affix of n bytes exists */
    bool stems;
    uint8_t stem_start[1 << 13]; /* filter: bit of the hash of a stem's first two letters */
    signature *signatures;
    size_t nsignatures, cap_signatures;
    uint32_t sig_heads[BUCKETS];
    uint32_t *atoms;
    size_t natoms, cap_atoms;
    uint32_t *see; /* of each atom */
    size_t nsee, cap_see;
    uint32_t name_tail;
    uint64_t name_barred;
    uint8_t prefix_start[1 << 10], suffix_end[1 << 10]; /* filters: bit of the hash of an affix's outer bytes */
};

rule_words *rule_words_new(const erz_lexicon *lexicon)
{
    rule_words *w = calloc(1, sizeof *w);
    if (w == NULL) return NULL;
    w->lexicon = lexicon;
    w->name_tail = UINT32_MAX;
    return w;
}

void rule_words_free(rule_words *w)
{
    if (w == NULL) return;
    free(w->links);
    free(w->flags);
    free(w->signatures);
    free(w->atoms);
    free(w->see);
    free(w);
}

static const char *const properties[] = {"word",  "number", "abbreviation", "ordinal", "punctuation", "symbol",
                                         "url",   "email",  "handle",       "hashtag", "emoji",       "upper",
                                         "lower", "caps",   "digit",        "hyphen",  "dot",         "apostrophe"};
enum { P_UPPER = 11, P_LOWER, P_CAPS, P_DIGIT, P_HYPHEN, P_DOT, P_APOSTROPHE, P_COUNT };

/* Affixes have at least three bytes to be filtered; shorter ones open the filter. */
static uint32_t affix_hash(const char *three)
{
    uint32_t h = (uint32_t)(unsigned char)three[0] << 16 | (uint32_t)(unsigned char)three[1] << 8 | (unsigned char)three[2];
    return h * 0x9e3779b1U >> 19;
}

static void open_filter(uint8_t *filter, const char *three, uint32_t len)
{
    uint32_t h = len < 3 ? 0 : affix_hash(three);
    if (len < 3)
        memset(filter, 0xff, 1 << 10);
    else
        filter[h >> 3] |= (uint8_t)(1U << (h & 7));
}

static bool add_flag(rule_words *w, const rule_image *im, const rule_entry *e)
{
    flag_atom f = {0, P_COUNT, e->atom};
    const char *name = rule_string(im, e->string);
    if (e->mode == RULE_CLASS) {
        f.mask = erz_lexicon_mask(w->lexicon, name);
        if (f.mask == 0) return true;
    }
    for (uint32_t i = 0; e->mode == RULE_PROPERTY && i < P_COUNT; i++)
        if (strcmp(name, properties[i]) == 0) f.property = i;
    if (!erz_grow(&w->flags, &w->cap_flags, w->nflags + 1, sizeof *w->flags)) return false;
    w->flags[w->nflags++] = f;
    return true;
}

static uint32_t stem_hash(const char *stem, size_t len)
{
    return (uint32_t)(erz_hash(stem, len < 2 ? len : 2, 0) & 0xffff);
}

bool rule_words_add(rule_words *w, const rule_image *im)
{
    for (uint32_t i = 0; i < im->nentries; i++) {
        const rule_entry *e = &im->entries[i];
        if (e->mode >= RULE_CLASS) {
            if (!add_flag(w, im, e)) return false;
            continue;
        }
        const char *s = rule_string(im, e->string);
        if (e->mode == RULE_PREFIX || e->mode == RULE_SUFFIX) {
            if (e->len == 0 || e->len > MAX_AFFIX) continue;
            *(e->mode == RULE_PREFIX ? &w->prefix_lens : &w->suffix_lens) |= UINT64_C(1) << e->len;
            if (e->mode == RULE_PREFIX)
                open_filter(w->prefix_start, s, e->len);
            else
                open_filter(w->suffix_end, s + (e->len < 3 ? 0 : e->len - 3), e->len);
        }
        if (e->mode == RULE_STEM) {
            uint32_t h = stem_hash(s, e->len);
            w->stems = true;
            w->stem_start[h >> 3] |= (uint8_t)(1U << (h & 7));
        }
        if (!erz_grow(&w->links, &w->cap_links, w->nlinks + 1, sizeof *w->links)) return false;
        uint64_t hash = erz_hash(s, e->len, e->mode);
        uint32_t *head = &w->heads[hash % BUCKETS];
        w->links[w->nlinks++] = (link){im, i, *head, (uint32_t)(hash >> 32)};
        *head = (uint32_t)w->nlinks;
    }
    return true;
}

bool rule_words_trigger(rule_words *w, uint32_t atom, uint32_t see)
{
    if (!erz_grow(&w->see, &w->cap_see, atom + 1, sizeof *w->see)) return false;
    while (w->nsee <= atom) w->see[w->nsee++] = 0;
    w->see[atom] |= see;
    return true;
}

void rule_words_name_tail(rule_words *w, uint32_t atom, uint64_t barred)
{
    w->name_tail = atom;
    w->name_barred = barred;
}

typedef struct atom_set {
    uint32_t n;
    uint32_t atoms[MAX_ATOMS];
} atom_set;

static void take(atom_set *set, uint32_t atom)
{
    uint32_t at = set->n;
    for (uint32_t i = 0; i < set->n; i++)
        if (set->atoms[i] == atom) return;
    if (set->n == MAX_ATOMS) return;
    for (; at > 0 && set->atoms[at - 1] > atom; at--) set->atoms[at] = set->atoms[at - 1];
    set->atoms[at] = atom;
    set->n++;
}

static void look_up(const rule_words *w, rule_mode mode, const char *s, size_t len, atom_set *set)
{
    uint64_t hash = erz_hash(s, len, mode);
    for (uint32_t i = w->heads[hash % BUCKETS]; i != 0; i = w->links[i - 1].next) {
        const link *l = &w->links[i - 1];
        if (l->tag != (uint32_t)(hash >> 32)) continue;
        const rule_entry *e = &l->image->entries[l->entry];
        if (e->mode == (uint32_t)mode && e->len == len && memcmp(rule_string(l->image, e->string), s, len) == 0)
            take(set, e->atom);
    }
}

static bool passes(const uint8_t *filter, const char *three)
{
    uint32_t h = affix_hash(three);
    return (filter[h >> 3] >> (h & 7) & 1) != 0;
}

static void look_up_affixes(const rule_words *w, const char *fold, size_t len, atom_set *set)
{
    if (len < 3) return;
    bool prefix = passes(w->prefix_start, fold), suffix = passes(w->suffix_end, fold + len - 3);
    for (size_t n = 1; n <= MAX_AFFIX && n <= len && (prefix || suffix); n++) {
        if (prefix && w->prefix_lens >> n & 1) look_up(w, RULE_PREFIX, fold, n, set);
        if (suffix && w->suffix_lens >> n & 1) look_up(w, RULE_SUFFIX, fold + len - n, n, set);
    }
}

/* The stemmer writes umlauts plain, so the filter looks at the letter below a word's first two. */
static bool may_have_stem(const rule_words *w, const char *fold, size_t len)
{
    char start[2];
    size_t n = 0;
    for (size_t i = 0; i < len && n < 2; i++) {
        unsigned char c = (unsigned char)fold[i], d = i + 1 < len ? (unsigned char)fold[i + 1] : 0;
        if (c == 0xc3 && d == 0x9f) return true;
        if (c == 0xc3 && (d == 0xa4 || d == 0xb6 || d == 0xbc)) {
            start[n++] = d == 0xa4 ? 'a' : d == 0xb6 ? 'o' : 'u';
            i++;
            continue;
        }
        start[n++] = (char)c;
    }
    uint32_t h = stem_hash(start, n);
    return (w->stem_start[h >> 3] >> (h & 7) & 1) != 0;
}

static bool has_property(const erz_word *word, uint32_t property)
{
    bool lower = word->shape & ERZ_SHAPE_LOWER, upper = word->shape & ERZ_SHAPE_INITIAL_UPPER;
    bool other = word->shape & ERZ_SHAPE_OTHER_UPPER;
    switch (property) {
    case P_UPPER:
        return upper;
    case P_LOWER:
        return lower && !upper && !other;
    case P_CAPS:
        return upper && other && !lower;
    case P_DIGIT:
        return word->shape & ERZ_SHAPE_DIGIT;
    case P_HYPHEN:
        return word->shape & ERZ_SHAPE_HYPHEN;
    case P_DOT:
        return word->shape & ERZ_SHAPE_DOT;
    case P_APOSTROPHE:
        return word->shape & ERZ_SHAPE_APOSTROPHE;
    default:
        return property < P_UPPER && word->cls == property;
    }
}

static const char *after_last_hyphen(const char *s, size_t len)
{
    while (len > 0 && s[len - 1] != '-') len--;
    return len == 0 ? NULL : s + len;
}

static uint32_t intern(rule_words *w, const atom_set *set)
{
    uint64_t hash = erz_hash(set->atoms, set->n * sizeof *set->atoms, 0);
    uint32_t *head = &w->sig_heads[hash % BUCKETS];
    for (uint32_t i = *head; i != 0; i = w->signatures[i - 1].next) {
        const signature *s = &w->signatures[i - 1];
        if (s->hash == hash && s->n == set->n && memcmp(w->atoms + s->at, set->atoms, s->n * sizeof *set->atoms) == 0)
            return i | s->see;
    }
    if (!erz_grow(&w->signatures, &w->cap_signatures, w->nsignatures + 1, sizeof *w->signatures) ||
        !erz_grow(&w->atoms, &w->cap_atoms, w->natoms + set->n + 1, sizeof *w->atoms))
        return 0;
    signature s = {hash, (uint32_t)w->natoms, set->n, *head, 0};
    for (uint32_t i = 0; i < set->n; i++) {
        w->atoms[w->natoms++] = set->atoms[i];
        if (set->atoms[i] < w->nsee) s.see |= w->see[set->atoms[i]];
    }
    w->signatures[w->nsignatures++] = s;
    *head = (uint32_t)w->nsignatures;
    return *head | s.see;
}

/* Is the part of a compound before its last hyphen capitalized and of no class that names no company? */
static bool may_be_name(const rule_words *w, erz_words *words, uint32_t index, size_t tail)
{
    const erz_word *word = erz_words_array(words) + index;
    size_t len = word->form_len - tail - 1;
    uint16_t shape = erz_token_shape(word->form, len);
    uint32_t part;
    if ((shape & ERZ_SHAPE_INITIAL_UPPER) == 0 ||
        erz_words_intern(words, word->form, len, ERZ_TOKEN_WORD, shape, NULL, 0, &part, NULL) != ERZ_OK)
        return false;
    return (erz_words_array(words)[part].classes & w->name_barred) == 0;
}

/* The last part of a hyphen compound stands alone in the row when a mention goes before it. */
static uint32_t tail_triggers(rule_words *w, erz_words *words, uint32_t index)
{
    const erz_word *word = erz_words_array(words) + index;
    const char *tail = (word->shape & ERZ_SHAPE_HYPHEN) ? after_last_hyphen(word->form, word->form_len) : NULL;
    if (tail == NULL) return 0;
    size_t len = word->form_len - (size_t)(tail - word->form);
    uint32_t part;
    if (len == 0 ||
        erz_words_intern(words, tail, len, ERZ_TOKEN_WORD, erz_token_shape(tail, len), NULL, 0, &part, NULL) != ERZ_OK)
        return 0;
    uint32_t rules = erz_words_array(words)[part].rules;
    if (rules == 0) rules = rule_words_learn(w, words, part);
    uint32_t see = rules & (RULE_SEE_ANY | RULE_SEE_COMPANY);
    size_t n;
    const uint32_t *atoms = rule_words_atoms(w, rules, &n);
    bool name = false;
    for (size_t i = 0; i < n; i++) name |= atoms[i] == w->name_tail;
    return name && may_be_name(w, words, index, len) ? see | RULE_SEE_NAMES : see;
}

uint32_t rule_words_learn(rule_words *w, erz_words *words, uint32_t index)
{
    atom_set set;
    set.n = 0;
    size_t len;
    const char *s = erz_words_normal(words, index, &len);
    look_up(w, RULE_EXACT, s, len, &set);
    s = erz_words_fold(words, index, &len);
    look_up(w, RULE_FOLD, s, len, &set);
    look_up_affixes(w, s, len, &set);
    const erz_word *word = erz_words_array(words) + index;
    if (w->stems && word->cls == ERZ_TOKEN_WORD && may_have_stem(w, s, len)) {
        s = erz_words_stem(words, index, &len);
        if (s != NULL) look_up(w, RULE_STEM, s, len, &set);
    }
    word = erz_words_array(words) + index;
    for (size_t i = 0; i < w->nflags; i++)
        if (w->flags[i].property < P_COUNT ? has_property(word, w->flags[i].property) : (word->classes & w->flags[i].mask) != 0)
            take(&set, w->flags[i].atom);
    uint32_t rules = intern(w, &set);
    if (rules != 0) rules |= tail_triggers(w, words, index);
    erz_words_array(words)[index].rules = rules;
    return rules;
}

const uint32_t *rule_words_atoms(const rule_words *w, uint32_t rules, size_t *n)
{
    static const uint32_t none = 0;
    rules &= ~(uint32_t)RULE_SEE_ALL;
    *n = 0;
    if (rules == 0) return &none;
    const signature *s = &w->signatures[rules - 1];
    *n = s->n;
    return w->atoms + s->at;
}
