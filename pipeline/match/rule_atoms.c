/* Strings, units and atoms of an image under construction. */
#include <stdlib.h>
#include <string.h>

#include "erz/lexicon_build.h"
#include "erz/stem.h"
#include "rule_build.h"

static const char *const fixed_names[ATOM_FIXED] = {"\\part", "\\mention", "$COMPANY", "$MONEY", "$PERCENT"};
static const char *const property_names[] = {"word",  "number", "abbreviation", "ordinal", "punctuation", "symbol",
                                             "url",   "email",  "handle",       "hashtag", "emoji",       "upper",
                                             "lower", "caps",   "digit",        "hyphen",  "dot",         "apostrophe"};

uint32_t build_string(builder *b, const char *s, size_t len)
{
    rule_image *im = b->image;
    if (!erz_grow(&im->strings, &b->cap_strings, im->nstrings + len + 1, 1)) {
        b->failed = true;
        return 0;
    }
    uint32_t at = im->nstrings;
    memcpy(im->strings + at, s, len);
    im->strings[at + len] = '\0';
    im->nstrings += (uint32_t)len + 1;
    return at;
}

void build_unit(builder *b, uint32_t unit)
{
    rule_image *im = b->image;
    if (!erz_grow(&im->pool, &b->cap_pool, im->npool + 1, sizeof *im->pool))
        b->failed = true;
    else
        im->pool[im->npool++] = unit;
}

static uint32_t atom_of(const rule_image *im, const char *name, size_t len)
{
    for (uint32_t i = 0; i < im->natoms; i++) {
        const char *s = rule_string(im, im->names[i]);
        if (strncmp(s, name, len) == 0 && s[len] == '\0') return im->base + i;
    }
    return UINT32_MAX;
}

uint32_t build_own_atom(const builder *b, const char *name, size_t len)
{
    return atom_of(b->image, name, len);
}

uint32_t build_find_atom(const builder *b, const char *name, size_t len)
{
    for (uint32_t i = 0; i < ATOM_FIXED; i++)
        if (strlen(fixed_names[i]) == len && memcmp(fixed_names[i], name, len) == 0) return i;
    uint32_t atom = build_own_atom(b, name, len);
    for (size_t i = b->nouter; i > 0 && atom == UINT32_MAX; i--) atom = atom_of(b->outer[i - 1], name, len);
    return atom;
}

const rule_image *build_image_of(const builder *b, uint32_t atom)
{
    for (size_t i = b->nouter; i > 0; i--)
        if (atom >= b->outer[i - 1]->base && atom < b->outer[i - 1]->base + b->outer[i - 1]->natoms) return b->outer[i - 1];
    return b->image;
}

static bool macro_of(const rule_image *im, const char *name, size_t len, lexer *lx)
{
    for (uint32_t i = 0; i < im->nmacros; i++) {
        const uint32_t *m = im->pool + im->macros + 3 * (size_t)i;
        const char *s = rule_string(im, m[0]), *text = rule_string(im, m[1]), *end = text + strlen(text);
        if (strncmp(s, name, len) != 0 || s[len] != '\0') continue;
        *lx = (lexer){rule_string(im, m[2]), text, text, end, end, {0}};
        return true;
    }
    return false;
}

bool build_find_macro(const builder *b, const char *name, size_t len, lexer *lx)
{
    for (size_t i = 0; i < b->nmacros; i++) {
        if (b->macros[i].name_len != len || memcmp(b->macros[i].name, name, len) != 0) continue;
        *lx = b->macros[i].lx;
        return true;
    }
    for (size_t i = b->nouter; i > 0; i--)
        if (macro_of(b->outer[i - 1], name, len, lx)) return true;
    return false;
}

uint32_t build_new_atom(builder *b, const char *name, size_t len)
{
    rule_image *im = b->image;
    uint32_t string = build_string(b, name, len);
    if (!erz_grow(&im->names, &b->cap_names, im->natoms + 1, sizeof *im->names)) {
        b->failed = true;
        return 0;
    }
    im->names[im->natoms] = string;
    return im->base + im->natoms++;
}

/* Words that every other text holds several times. */
static bool is_frequent(const char *word)
{
    static const char *const words[] = {
        "aber",  "als",    "am",     "an",    "auch",  "auf",   "aus",    "bei",   "beim",   "bis",      "da",       "damit",
        "das",   "dass",   "dem",    "den",   "der",   "des",   "die",    "diese", "diesem", "diesen",   "dieser",   "dieses",
        "durch", "ein",    "eine",   "einem", "einen", "einer", "eines",  "er",    "es",     "für",      "gegen",    "gibt",
        "gut",   "habe",   "haben",  "hat",   "hatte", "ihr",   "ihre",   "ihren", "im",     "in",       "ist",      "jahr",
        "jetzt", "kann",   "können", "kein",  "keine", "knapp", "man",    "mehr",  "mit",    "nach",     "neue",     "neuen",
        "nicht", "noch",   "nun",    "nur",   "oder",  "ohne",  "rund",   "sagte", "sei",    "sein",     "seine",    "seiner",
        "seit",  "sich",   "sie",    "sind",  "so",    "soll",  "sollen", "sowie", "und",    "um",       "unter",    "vom",
        "von",   "vor",    "war",    "waren", "was",   "wenn",  "werden", "wie",   "will",   "wird",     "wollen",   "wollte",
        "wurde", "wurden", "zu",     "zum",   "zur",   "zwei",  "über",   "darf",  "möchte", "zwischen", "gemeinsam"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0) return true;
    return false;
}

/* Rough numbers of a thousand sentences that hold what an entry stands for. */
enum { IN_FREQUENT = 200, IN_MARK = 500, IN_WORD = 1, IN_AFFIX = 8, IN_CLASS = 200, IN_PROPERTY = 900 };

static uint32_t entry_weight(const rule_image *im, const rule_entry *e)
{
    if (e->mode == RULE_PROPERTY) return IN_PROPERTY;
    if (e->mode == RULE_CLASS) return IN_CLASS;
    if (e->mode == RULE_PREFIX || e->mode == RULE_SUFFIX) return e->len < 5 ? 2 * IN_AFFIX : IN_AFFIX;
    if (e->len == 1) return IN_MARK;
    return is_frequent(rule_string(im, e->string)) ? IN_FREQUENT : IN_WORD;
}

/* How often an atom of one's own words is met: what is rare tells most. */
uint32_t build_weight(const builder *b, uint32_t atom)
{
    uint32_t sum = 0;
    if (atom < ATOM_FIXED) return 0;
    const rule_image *im = build_image_of(b, atom);
    for (uint32_t i = 0; i < im->nentries; i++)
        if (im->entries[i].atom == atom) sum += entry_weight(im, &im->entries[i]);
    return sum;
}

/* How much an atom tells: mentions, properties and small words are in many sentences. */
uint32_t build_rank(const builder *b, uint32_t atom)
{
    if (atom < ATOM_FIXED) return atom <= ATOM_MENTION ? 1 : atom == ATOM_COMPANY ? 2 : 3;
    const rule_image *im = build_image_of(b, atom);
    const char *name = rule_string(im, im->names[atom - im->base]);
    if (name[0] == '\\' || (name[0] == '\'' && (is_frequent(name + 1) || strlen(name) == 2))) return 1;
    return 4;
}

static bool stem_form(char *form, size_t *len, size_t cap)
{
    erz_stemmer *stemmer;
    if (erz_stemmer_new(&stemmer, NULL) != ERZ_OK) return false;
    size_t n = 0;
    const char *s = erz_stemmer_stem(stemmer, form, *len, &n);
    bool good = s != NULL && n <= cap;
    if (good) {
        memmove(form, s, n);
        *len = n;
    }
    erz_stemmer_free(stemmer);
    return good;
}

/* `grösster` is `größter` in Switzerland; false: the word has no `ß`. */
static bool write_as_swiss(char *s, size_t len)
{
    bool found = false;
    for (size_t i = 0; i + 1 < len; i++) {
        if (s[i] != '\xc3' || s[i + 1] != '\x9f') continue;
        s[i] = s[i + 1] = 's';
        found = true;
    }
    return found;
}

erz_status build_entry(builder *b, rule_mode mode, const lex_token *t, uint32_t atom, erz_error *err)
{
    rule_image *im = b->image;
    size_t room = 4 * t->len + 16, len = t->len;
    if (!erz_grow(&b->scratch, &b->cap_scratch, 2 * room, 1) ||
        !erz_grow(&im->entries, &b->cap_entries, im->nentries + 2, sizeof *im->entries))
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    const char *form = t->text;
    if (mode <= RULE_SUFFIX) {
        len = erz_form_normalize(t->text, t->len, b->scratch, room);
        form = b->scratch;
        if (len != (size_t)-1 && mode != RULE_EXACT) {
            form = b->scratch + room;
            len = erz_form_fold(b->scratch, len, b->scratch + room, room);
        }
        if (len == (size_t)-1 || (mode == RULE_STEM && !stem_form(b->scratch + room, &len, room)))
            return lex_fail(&b->lx, t->at, err, "the word cannot be normalized");
    }
    uint32_t string = build_string(b, form, len);
    im->entries[im->nentries++] = (rule_entry){mode, string, (uint32_t)len, atom};
    if (mode != RULE_EXACT && mode != RULE_STEM && mode <= RULE_SUFFIX && write_as_swiss(b->scratch + room, len)) {
        string = build_string(b, b->scratch + room, len);
        im->entries[im->nentries++] = (rule_entry){mode, string, (uint32_t)len, atom};
    }
    return b->failed ? erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory") : ERZ_OK;
}

rule_mode build_mode(const lex_token *t)
{
    switch (t->kind) {
    case LEX_EXACT:
        return RULE_EXACT;
    case LEX_STEM:
        return RULE_STEM;
    case LEX_SUFFIX:
        return RULE_SUFFIX;
    case LEX_PREFIX:
        return RULE_PREFIX;
    case LEX_DOLLAR:
        return RULE_CLASS;
    case LEX_PROP:
        return RULE_PROPERTY;
    default:
        return RULE_FOLD;
    }
}

static bool known_property(const lex_token *t)
{
    for (size_t i = 0; i < sizeof property_names / sizeof *property_names; i++)
        if (strlen(property_names[i]) == t->len && memcmp(property_names[i], t->text, t->len) == 0) return true;
    return false;
}

/* `$lex.name`: a class of the lexicon. */
erz_status build_class_atom(builder *b, const lex_token *t, uint32_t *atom, erz_error *err)
{
    if (t->len < 5 || memcmp(t->text, "lex.", 4) != 0)
        return lex_fail(&b->lx, t->at, err, "no list '%.*s' before this line ($lex.NAME is a class of the lexicon)",
                        (int)t->len, t->text);
    *atom = build_new_atom(b, t->at, t->len + 1);
    lex_token name = *t;
    name.text += 4;
    name.len -= 4;
    return build_entry(b, RULE_CLASS, &name, *atom, err);
}

erz_status build_atom(builder *b, const lex_token *t, uint32_t *atom, erz_error *err)
{
    static const char signs[RULE_MODES] = {'"', '\'', '~', '<', '*', '$', '\\'};
    rule_mode mode = build_mode(t);
    char name[160];
    if (t->len + 2 > sizeof name) return lex_fail(&b->lx, t->at, err, "the word is too long");
    name[0] = signs[mode];
    memcpy(name + 1, t->text, t->len);
    *atom = build_find_atom(b, name, t->len + 1);
    if (*atom != UINT32_MAX) return ERZ_OK;
    if (mode == RULE_PROPERTY && !known_property(t))
        return lex_fail(&b->lx, t->at, err, "no property '%.*s'", (int)t->len, t->text);
    if (mode == RULE_CLASS && t->text[0] >= 'A' && t->text[0] <= 'Z')
        return lex_fail(&b->lx, t->at, err, "no mention '%.*s': COMPANY, MONEY or PERCENT", (int)t->len, t->text);
    if (mode == RULE_CLASS) return build_class_atom(b, t, atom, err);
    *atom = build_new_atom(b, name, t->len + 1);
    return build_entry(b, mode, t, *atom, err);
}
