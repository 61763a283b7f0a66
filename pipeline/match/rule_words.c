/* Which atoms hold of a word type: worked out once a type, kept as the index of a signature (a sorted set of atoms). */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/table.h"
#include "rule_affixes.h"
#include "rules.h"

typedef struct link {
    const rule_image *image;
    uint32_t entry, next; /* next: link + 1 */
    uint32_t tag;         /* upper half of the hash */
} link;

enum { MOST_PROPERTIES = 24, PROPERTY_SETS = 128 };

/* A property of words: shape & mask is want, or the class is cls. */
typedef struct property_atom {
    uint16_t mask, want;
    uint32_t cls, atom; /* cls ANY_CLASS: the shape counts */
} property_atom;

/* Atoms of the properties of one shape and class. */
typedef struct property_set {
    uint16_t shape;
    uint8_t cls;
    uint8_t n;      /* plus 1; 0: not worked out */
    uint32_t rules; /* of a word that has these atoms alone, as in erz_words_rules(); 0: not worked out */
    uint32_t atoms[MOST_PROPERTIES];
} property_set;

typedef struct class_atom {
    uint64_t mask;
    uint32_t atom;
} class_atom;

enum { BUCKETS = 1 << 12, FILTER = 1 << 16, NEED_SLOTS = 1 << 12, MAX_ATOMS = 512, ANY_CLASS = UINT8_MAX };

struct rule_words {
    const erz_lexicon *lexicon;
    uint64_t filter[FILTER / 64]; /* bit of the hash of each link: most words have none */
    uint32_t heads[BUCKETS];      /* link + 1 */
    link *links;
    size_t nlinks, cap_links;
    rule_affixes affixes;
    class_atom *classes;
    size_t nclasses, cap_classes;
    uint64_t class_masks; /* of all */
    property_atom *properties;
    size_t nproperties, cap_properties;
    property_set property_sets[PROPERTY_SETS]; /* of the shapes and classes met last */
    bool stems, exacts;
    uint8_t stem_start[1 << 13]; /* filter: bit of the hash of a stem's first two letters */
    rule_signature *signatures;
    size_t nsignatures, cap_signatures;
    uint32_t sig_heads[BUCKETS];
    uint32_t *atoms;
    size_t natoms, cap_atoms;
    uint32_t *see; /* of each atom */
    size_t nsee, cap_see;
    rule_groups *groups; /* of each atom */
    size_t ngroups, cap_groups;
    rule_groups common; /* of plain words */
    struct {
        uint32_t hash, group; /* hash 0: free */
    } needs[NEED_SLOTS];
    uint32_t nneeds;
    uint32_t name_tail;
    uint64_t name_barred;
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
    rule_affixes_free(&w->affixes);
    free(w->classes);
    free(w->properties);
    free(w->signatures);
    free(w->atoms);
    free(w->see);
    free(w->groups);
    free(w);
}

static const char *const properties[] = {"word",  "number", "abbreviation", "ordinal", "punctuation", "symbol",
                                         "url",   "email",  "handle",       "hashtag", "emoji",       "upper",
                                         "lower", "caps",   "digit",        "hyphen",  "dot",         "apostrophe"};
enum { P_CLASSES = 11, P_COUNT = sizeof properties / sizeof *properties };
enum { CASES = ERZ_SHAPE_LOWER | ERZ_SHAPE_INITIAL_UPPER | ERZ_SHAPE_OTHER_UPPER };
/* Of the properties from P_CLASSES on: mask and want. */
static const uint16_t shapes[P_COUNT - P_CLASSES][2] = {{ERZ_SHAPE_INITIAL_UPPER, ERZ_SHAPE_INITIAL_UPPER},
                                                        {CASES, ERZ_SHAPE_LOWER},
                                                        {CASES, ERZ_SHAPE_INITIAL_UPPER | ERZ_SHAPE_OTHER_UPPER},
                                                        {ERZ_SHAPE_DIGIT, ERZ_SHAPE_DIGIT},
                                                        {ERZ_SHAPE_HYPHEN, ERZ_SHAPE_HYPHEN},
                                                        {ERZ_SHAPE_DOT, ERZ_SHAPE_DOT},
                                                        {ERZ_SHAPE_APOSTROPHE, ERZ_SHAPE_APOSTROPHE}};

static bool add_property(rule_words *w, const rule_image *im, const rule_entry *e)
{
    const char *name = rule_string(im, e->string);
    for (uint32_t i = 0; i < P_COUNT; i++) {
        if (strcmp(name, properties[i]) != 0) continue;
        if (!erz_grow(&w->properties, &w->cap_properties, w->nproperties + 1, sizeof *w->properties)) return false;
        property_atom p = {0, 1, i, e->atom}; /* no shape's */
        if (i >= P_CLASSES) p = (property_atom){shapes[i - P_CLASSES][0], shapes[i - P_CLASSES][1], ANY_CLASS, e->atom};
        w->properties[w->nproperties++] = p;
    }
    return true;
}

static bool add_class(rule_words *w, const rule_image *im, const rule_entry *e)
{
    uint64_t mask = erz_lexicon_mask(w->lexicon, rule_string(im, e->string));
    if (mask == 0) return true;
    if (!erz_grow(&w->classes, &w->cap_classes, w->nclasses + 1, sizeof *w->classes)) return false;
    w->classes[w->nclasses++] = (class_atom){mask, e->atom};
    w->class_masks |= mask;
    return true;
}

static uint32_t stem_hash(const char *stem, size_t len)
{
    return (uint32_t)(erz_hash(stem, len < 2 ? len : 2, 0) & 0xffff);
}

static size_t filter_word(uint64_t hash)
{
    return (hash >> 12 & (FILTER - 1)) / 64;
}

static uint64_t filter_bit(uint64_t hash)
{
    return UINT64_C(1) << (hash >> 12 & 63);
}

static bool add_word(rule_words *w, const rule_image *im, uint32_t entry)
{
    const rule_entry *e = &im->entries[entry];
    const char *s = rule_string(im, e->string);
    if (e->mode == RULE_STEM) {
        uint32_t h = stem_hash(s, e->len);
        w->stems = true;
        w->stem_start[h >> 3] |= (uint8_t)(1U << (h & 7));
    }
    w->exacts |= e->mode == RULE_EXACT;
    if (!erz_grow(&w->links, &w->cap_links, w->nlinks + 1, sizeof *w->links)) return false;
    uint64_t hash = erz_hash(s, e->len, e->mode);
    uint32_t *head = &w->heads[hash % BUCKETS];
    w->links[w->nlinks++] = (link){im, entry, *head, (uint32_t)(hash >> 32)};
    *head = (uint32_t)w->nlinks;
    w->filter[filter_word(hash)] |= filter_bit(hash);
    return true;
}

static property_set *properties_of(rule_words *w, uint16_t shape, uint8_t cls);

static void find_common(rule_words *w)
{
    static const uint16_t plain[] = {ERZ_SHAPE_LOWER, ERZ_SHAPE_INITIAL_UPPER | ERZ_SHAPE_LOWER};
    memset(&w->common, 0, sizeof w->common);
    for (size_t i = 0; i < 2 && w->nproperties <= MOST_PROPERTIES; i++) {
        const property_set *set = properties_of(w, plain[i], ERZ_TOKEN_WORD);
        for (uint32_t k = 1; k < set->n; k++) rule_words_atom_groups(w, set->atoms[k - 1], &w->common);
    }
}

bool rule_words_add(rule_words *w, const rule_image *im)
{
    w->nsignatures = w->natoms = 0;
    memset(w->property_sets, 0, sizeof w->property_sets);
    memset(w->sig_heads, 0, sizeof w->sig_heads);
    for (uint32_t i = 0; i < im->nentries; i++) {
        const rule_entry *e = &im->entries[i];
        bool good;
        if (e->mode == RULE_CLASS)
            good = add_class(w, im, e);
        else if (e->mode == RULE_PROPERTY)
            good = add_property(w, im, e);
        else if (e->mode == RULE_PREFIX || e->mode == RULE_SUFFIX)
            good = rule_affixes_add(&w->affixes, rule_string(im, e->string), e->len, e->mode == RULE_SUFFIX, e->atom);
        else
            good = add_word(w, im, i);
        if (!good) return false;
    }
    find_common(w);
    return rule_affixes_place(&w->affixes);
}

bool rule_words_trigger(rule_words *w, uint32_t atom, uint32_t see)
{
    if (!erz_grow(&w->see, &w->cap_see, atom + 1, sizeof *w->see)) return false;
    while (w->nsee <= atom) w->see[w->nsee++] = 0;
    w->see[atom] |= see;
    return true;
}

/* The needs met so far are numbered; there are few more than groups. */
uint32_t rule_words_need_group(rule_words *w, const uint32_t *need, bool first)
{
    if (first || (need[0] == 1 && need[1] == ATOM_COMPANY)) return RULE_NO_GROUP;
    uint32_t hash = (uint32_t)(erz_hash(need, (1 + need[0]) * sizeof *need, 0) >> 32) | 1, slot = hash / 2 % NEED_SLOTS;
    for (; w->needs[slot].hash != 0; slot = (slot + 1) % NEED_SLOTS)
        if (w->needs[slot].hash == hash) return w->needs[slot].group;
    if (w->nneeds >= NEED_SLOTS / 2) return hash / 2 % RULE_GROUPS;
    w->needs[slot].hash = hash;
    return w->needs[slot].group = w->nneeds++ % RULE_GROUPS;
}

bool rule_words_group(rule_words *w, uint32_t atom, uint32_t group)
{
    if (!erz_grow(&w->groups, &w->cap_groups, atom + 1, sizeof *w->groups)) return false;
    while (w->ngroups <= atom) w->groups[w->ngroups++] = (rule_groups){{0}};
    w->groups[atom].bits[group / 64] |= UINT64_C(1) << (group % 64);
    return true;
}

void rule_words_atom_groups(const rule_words *w, uint32_t atom, rule_groups *into)
{
    if (atom < w->ngroups) rule_groups_add(into, &w->groups[atom]);
}

const rule_groups *rule_words_common(const rule_words *w)
{
    return &w->common;
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

static void look_up(const rule_words *w, rule_mode mode, const char *s, size_t len, uint64_t hash, atom_set *set)
{
    if ((w->filter[filter_word(hash)] & filter_bit(hash)) == 0) return;
    for (uint32_t i = w->heads[hash % BUCKETS]; i != 0; i = w->links[i - 1].next) {
        const link *l = &w->links[i - 1];
        if (l->tag != (uint32_t)(hash >> 32)) continue;
        const rule_entry *e = &l->image->entries[l->entry];
        if (e->mode == (uint32_t)mode && e->len == len && memcmp(rule_string(l->image, e->string), s, len) == 0)
            take(set, e->atom);
    }
}

static void look_up_affixes(const rule_words *w, const char *fold, size_t len, const uint64_t *key, atom_set *set)
{
    const rule_affixes *x = &w->affixes;
    for (uint32_t k = 0; k < 4 && len >= 3; k++) {
        const bool suffix = k >= 2;
        const uint32_t bucket = rule_affixes_bucket(key[k / 2], k);
        for (uint32_t i = x->first[bucket]; rule_affixes_any(x, bucket) && i < x->first[bucket + 1]; i++)
            if (rule_affix_fits(x, &x->outers[i], fold, len, key[k / 2], suffix)) take(set, x->outers[i].atom);
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

static property_set *properties_of(rule_words *w, uint16_t shape, uint8_t cls)
{
    property_set *set = &w->property_sets[(shape * 31U + cls) % PROPERTY_SETS];
    if (set->n != 0 && set->shape == shape && set->cls == cls) return set;
    *set = (property_set){shape, cls, 1, 0, {0}};
    for (size_t i = 0; i < w->nproperties; i++) {
        const property_atom *p = &w->properties[i];
        if ((shape & p->mask) == p->want || cls == p->cls) set->atoms[set->n++ - 1] = p->atom;
    }
    return set;
}

static void take_properties(const rule_words *w, const erz_word *word, const property_set *known, atom_set *set)
{
    for (uint32_t i = 1; known != NULL && i < known->n; i++) take(set, known->atoms[i - 1]);
    for (size_t i = 0; i < w->nproperties && known == NULL; i++) {
        const property_atom *p = &w->properties[i];
        if ((word->shape & p->mask) == p->want || word->cls == p->cls) take(set, p->atom);
    }
}

static const char *after_last_hyphen(const char *s, size_t len)
{
    while (len > 0 && s[len - 1] != '-') len--;
    return len == 0 ? NULL : s + len;
}

static uint32_t intern(rule_words *w, const atom_set *set)
{
    uint32_t hash = (uint32_t)(erz_hash(set->atoms, set->n * sizeof *set->atoms, 0) >> 32), see = 0;
    uint32_t *head = &w->sig_heads[hash % BUCKETS];
    for (uint32_t i = *head; i != 0; i = w->signatures[i - 1].next) {
        const rule_signature *s = &w->signatures[i - 1];
        if (s->hash == hash && s->n == set->n && memcmp(w->atoms + s->at, set->atoms, s->n * sizeof *set->atoms) == 0)
            return i | (uint32_t)s->seen << RULE_SEE_SHIFT;
    }
    if (!erz_table_grow(&w->signatures, &w->cap_signatures, w->nsignatures, w->nsignatures + 1, sizeof *w->signatures) ||
        !erz_grow(&w->atoms, &w->cap_atoms, w->natoms + 2 * set->n + 1, sizeof *w->atoms))
        return 0;
    rule_signature s = {.hash = hash, .next = *head, .at = (uint32_t)w->natoms, .n = set->n & 1023};
    uint32_t *atoms = w->atoms + w->natoms, *triggers = atoms + set->n, ntriggers = 0;
    for (uint32_t i = 0; i < set->n; i++) {
        const uint32_t atom = atoms[i] = set->atoms[i], sees = atom < w->nsee ? w->see[atom] : 0;
        see |= sees;
        if (sees != 0) triggers[ntriggers++] = atom;
        rule_words_atom_groups(w, atom, &s.groups);
    }
    w->natoms += set->n + ntriggers;
    if (!rule_groups_within(&s.groups, &w->common)) see |= RULE_SEE_NEEDED;
    s.ntriggers = ntriggers & 1023;
    s.seen = (uint8_t)(see >> RULE_SEE_SHIFT);
    w->signatures[w->nsignatures++] = s;
    *head = (uint32_t)w->nsignatures;
    return *head | see;
}

/* The signature of a word that has these atoms, those of its classes and properties. */
static uint32_t sign(rule_words *w, const erz_word *word, atom_set *set)
{
    property_set *known = w->nproperties <= MOST_PROPERTIES ? properties_of(w, word->shape, word->cls) : NULL;
    bool alone = set->n == 0 && known != NULL && (word->classes & w->class_masks) == 0; /* most words */
    if (alone && known->rules != 0) return known->rules;
    take_properties(w, word, known, set);
    for (size_t i = 0; i < w->nclasses && (word->classes & w->class_masks) != 0; i++)
        if ((word->classes & w->classes[i].mask) != 0) take(set, w->classes[i].atom);
    uint32_t rules = intern(w, set);
    if (alone) known->rules = rules;
    return rules;
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
    uint32_t rules = erz_words_rules(words)[part];
    if (rules == 0) rules = rule_words_learn(w, words, part);
    uint32_t see = rules & (RULE_SEE_ANY | RULE_SEE_COMPANY | RULE_SEE_COMPANIES);
    size_t n;
    const uint32_t *atoms = rule_words_atoms(w, rules, &n);
    bool name = false;
    for (size_t i = 0; i < n; i++) name |= atoms[i] == w->name_tail;
    return name && may_be_name(w, words, index, len) ? see | RULE_SEE_COMPOUND : see;
}

/* What a word is looked up by. */
typedef struct probe {
    uint64_t hash[2], key[2]; /* by RULE_EXACT and RULE_FOLD; outer bytes of its start and of its end */
} probe;

/* Makes it, and asks memory for what is looked at first. */
static void probe_make(const rule_words *w, erz_words *words, uint32_t index, probe *p)
{
    size_t len, nfold;
    const char *s = erz_words_normal(words, index, &len), *fold = erz_words_fold(words, index, &nfold);
    for (uint32_t i = 0; i < 2; i++) {
        p->hash[i] = i == RULE_EXACT ? w->exacts ? erz_hash(s, len, i) : 0 : erz_hash(fold, nfold, i);
        p->key[i] = rule_affixes_key(fold, nfold, i != 0);
        __builtin_prefetch(&w->filter[filter_word(p->hash[i])]);
        __builtin_prefetch(&w->heads[p->hash[i] % BUCKETS]);
        __builtin_prefetch(&w->affixes.first[rule_affixes_bucket(p->key[i], 2 * i)]);
    }
}

/* Asks memory for what that leads to. */
static void probe_follow(const rule_words *w, const probe *p)
{
    for (uint32_t i = 0; i < 2; i++)
        if ((w->filter[filter_word(p->hash[i])] & filter_bit(p->hash[i])) != 0)
            __builtin_prefetch(&w->links[w->heads[p->hash[i] % BUCKETS] - 1]);
    for (uint32_t k = 0; k < 4; k++) {
        const uint32_t bucket = rule_affixes_bucket(p->key[k / 2], k);
        if (rule_affixes_any(&w->affixes, bucket)) __builtin_prefetch(&w->affixes.outers[w->affixes.first[bucket]]);
    }
}

static uint32_t learn(rule_words *w, erz_words *words, uint32_t index, const probe *p)
{
    atom_set set;
    set.n = 0;
    size_t len;
    const char *s;
    if (w->exacts) {
        s = erz_words_normal(words, index, &len);
        look_up(w, RULE_EXACT, s, len, p->hash[RULE_EXACT], &set);
    }
    s = erz_words_fold(words, index, &len);
    look_up(w, RULE_FOLD, s, len, p->hash[RULE_FOLD], &set);
    look_up_affixes(w, s, len, p->key, &set);
    if (w->stems && erz_words_array(words)[index].cls == ERZ_TOKEN_WORD && may_have_stem(w, s, len)) {
        s = erz_words_stem(words, index, &len);
        if (s != NULL) look_up(w, RULE_STEM, s, len, erz_hash(s, len, RULE_STEM), &set);
    }
    uint32_t rules = sign(w, erz_words_array(words) + index, &set);
    if (rules != 0) rules |= tail_triggers(w, words, index);
    erz_words_rules(words)[index] = rules;
    return rules;
}

uint32_t rule_words_learn(rule_words *w, erz_words *words, uint32_t index)
{
    probe p;
    probe_make(w, words, index, &p);
    return learn(w, words, index, &p);
}

bool rule_words_learn_all(rule_words *w, erz_words *words, uint32_t from, uint32_t to)
{
    enum { TOGETHER = 8 }; /* words whose look-ups wait for memory at the same time */
    probe p[TOGETHER];
    for (uint32_t n; from < to; from += n) {
        n = to - from < TOGETHER ? to - from : TOGETHER;
        for (uint32_t i = 0; i < n; i++) probe_make(w, words, from + i, &p[i]);
        for (uint32_t i = 0; i < n; i++) probe_follow(w, &p[i]);
        for (uint32_t i = 0; i < n; i++)
            if (erz_words_rules(words)[from + i] == 0 && learn(w, words, from + i, &p[i]) == 0) return false;
    }
    return true;
}

const uint32_t *rule_words_atoms(const rule_words *w, uint32_t rules, size_t *n)
{
    static const uint32_t none = 0;
    rules &= ~(uint32_t)RULE_SEE_ALL;
    *n = 0;
    if (rules == 0) return &none;
    const rule_signature *s = &w->signatures[rules - 1];
    *n = s->n;
    return w->atoms + s->at;
}

const uint32_t *rule_words_triggers(const rule_words *w, uint32_t rules, size_t *n)
{
    const uint32_t *atoms = rule_words_atoms(w, rules, n) + *n;
    *n = *n == 0 ? 0 : w->signatures[(rules & ~(uint32_t)RULE_SEE_ALL) - 1].ntriggers;
    return atoms;
}

bool rule_words_has(const rule_words *w, uint32_t rules, uint32_t atom)
{
    size_t n;
    const uint32_t *atoms = rule_words_atoms(w, rules, &n);
    for (size_t i = 0; i < n; i++)
        if (atoms[i] == atom) return true;
    return false;
}

const rule_signature *rule_words_signatures(const rule_words *w, const uint32_t **atoms)
{
    *atoms = w->atoms;
    return w->signatures;
}
