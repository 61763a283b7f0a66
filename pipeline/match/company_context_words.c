/* What a word is for company_context.c: common noun, verb of firms, tail of a name, of a place. */
#include <string.h>

#include "base/hash.h"
#include "match/company_context.h"

static uint64_t classes_of(const company_state *c, const char *fold, size_t len)
{
    return erz_lexicon_classes(c->lexicon, ERZ_MATCH_FOLD, fold, len);
}

/* A common noun, or a compound that ends in one, perhaps with an ending of case or number. */
static bool ends_in_noun(const company_state *c, const char *fold, size_t len)
{
    enum { LEAST_HEAD = 3, LEAST_TAIL = 4 };
    for (uint64_t tails = erz_lexicon_tails(c->lexicon, fold, len, LEAST_TAIL); tails != 0; tails &= tails - 1) {
        size_t tail = (size_t)__builtin_ctzll(tails);
        if (tail != len && len - tail < LEAST_HEAD) continue;
        uint64_t k = classes_of(c, fold + len - tail, tail);
        if (k & c->lists.m_common || (tail > LEAST_TAIL && k & (c->lists.m_noun | c->lists.m_person_cue))) return true;
    }
    return false;
}

/* An ending, at the end of its 8 bytes, as the last bytes of a word are compared with it. */
typedef struct ending {
    char bytes[8];
    uint8_t len;
} ending;

static uint64_t last_bytes(const char *fold, size_t len)
{
    uint64_t bytes;
    if (len < sizeof bytes) return len == 0 ? 0 : erz_load_tail((const unsigned char *)fold, len) << 8 * (sizeof bytes - len);
    memcpy(&bytes, fold + len - sizeof bytes, sizeof bytes);
    return bytes;
}

static inline bool ends_in(uint64_t last, const ending *e)
{
    uint64_t bytes;
    memcpy(&bytes, e->bytes, sizeof bytes);
    return ((last ^ bytes) & ~UINT64_C(0) << 8 * (sizeof bytes - e->len)) == 0;
}

bool company_has_noun_ending(const char *fold, size_t len)
{
    static const struct {
        char last;
        uint8_t n;
        ending of[7];
    } nouns[] = {{'g', 1, {{"\0\0\0\0\0ung", 3}}},
                 {'n',
                  7,
                  {{"\0\0\0innen", 5},
                   {"\0\0\0ungen", 5},
                   {"\0\0heiten", 6},
                   {"\0\0keiten", 6},
                   {"schaften", 8},
                   {"\0\0ischen", 6},
                   {"\0\0lichen", 6}}},
                 {'t', 3, {{"\0\0\0\0heit", 4}, {"\0\0\0\0keit", 4}, {"\0\0schaft", 6}}},
                 {'s', 2, {{"\0\0\0ismus", 5}, {"\0\0isches", 6}}},
                 {'e', 2, {{"\0\0\0ische", 5}, {"\0\0\0liche", 5}}},
                 {'r', 2, {{"\0\0ischer", 6}, {"\0\0licher", 6}}},
                 {'h', 1, {{"\0\0\0\0lich", 4}}}};
    enum { GROUPS = sizeof nouns / sizeof *nouns };
    size_t k = 0;
    while (len > 0 && k < GROUPS && nouns[k].last != fold[len - 1]) k++;
    if (len == 0 || k == GROUPS) return false;
    const uint64_t last = last_bytes(fold, len);
    for (size_t i = 0; i < nouns[k].n; i++)
        if (len > (size_t)nouns[k].of[i].len + 2 && ends_in(last, &nouns[k].of[i])) return true;
    return false;
}

/* But for those with an ending of nouns. */
static bool is_common(const company_state *c, const char *fold, size_t len)
{
    static const ending endings[] = {{"\0\0\0\0\0\0en", 2}, {"\0\0\0\0\0ern", 3},   {"\0\0\0\0\0\0er", 2},
                                     {"\0\0\0\0\0\0es", 2}, {"\0\0\0\0\0\0\0e", 1}, {"\0\0\0\0\0\0\0n", 1},
                                     {"\0\0\0\0\0\0\0s", 1}};
    const uint64_t last = last_bytes(fold, len);
    if (len >= 4 && ends_in_noun(c, fold, len)) return true;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = endings[i].len;
        if (len >= n + 4 && ends_in(last, &endings[i]) && ends_in_noun(c, fold, len - n)) return true;
    }
    return false;
}

/* Augsburger, Emder, Lausanner, Dresdner, Basler, Zürcher; Europas. */
static bool is_of_place(const context *x, uint32_t word, uint32_t base)
{
    static const struct {
        const char *cut, *add;
    } forms[] = {{"er", ""}, {"r", ""}, {"er", "en"}, {"ern", ""}, {"er", "a"}, {"ner", "en"}, {"ler", "el"}, {"cher", "ich"}};
    char form[64];
    const company_state *c = x->c;
    uint64_t names = c->lists.m_place | c->lists.m_first | c->lists.m_not | c->lists.m_month;
    if (erz_words_array(x->words)[base].classes & names) return true;
    size_t len;
    const char *normal = erz_words_normal(x->words, word, &len);
    if (len < 4 || (normal[len - 1] != 'r' && memcmp(normal + len - 3, "ern", 3) != 0)) return false;
    for (size_t i = 0; i < sizeof forms / sizeof *forms && len < sizeof form - 2; i++) {
        size_t cut = strlen(forms[i].cut), add = strlen(forms[i].add);
        if (len < cut + 3 || memcmp(normal + len - cut, forms[i].cut, cut) != 0) continue;
        memcpy(form, normal, len - cut);
        memcpy(form + len - cut, forms[i].add, add);
        if (erz_lexicon_classes(c->lexicon, ERZ_MATCH_EXACT, form, len - cut + add) & c->lists.m_place) return true;
    }
    return false;
}

/* Letters and digits (X1, A380) are mostly a product's, as are the names of indices. */
static bool is_code(const erz_word *w, const char *fold, size_t len)
{
    bool index = len > 3 && memcmp(fold + len - 3, "dax", 3) == 0;
    bool glued = len > 3 && (w->shape & ERZ_SHAPE_INITIAL_UPPER) == 0 && memcmp(fold, w->form, 3) == 0; /* wurdeAlpha */
    return index || glued || len <= 2 || (w->shape & ERZ_SHAPE_DIGIT && (w->shape & ERZ_SHAPE_LOWER) == 0);
}

static uint32_t form_of(const char *fold, size_t len)
{
    static const struct {
        const char *form;
        uint32_t id;
    } forms[] = {{"an", FORM_AN},
                 {"aus", FORM_AUS},
                 {"bei", FORM_BEI},
                 {"der", FORM_DER},
                 {"die", FORM_DIE},
                 {"in", FORM_IN},
                 {"nach", FORM_NACH},
                 {"geh\xc3\xb6rt", FORM_OWNS},
                 {"geh\xc3\xb6rte", FORM_OWNS},
                 {"gruppe", FORM_GROUP},
                 {"schweizer", FORM_SWISS},
                 {"von", FORM_VON},
                 {"zur", FORM_ZUR},
                 {"wie", FORM_LIKE},
                 {"darunter", FORM_AMONG},
                 {"durch", FORM_BY}};
    enum { LONGEST = 9 };
#define LETTER(c) (1U << ((c) - 'a'))
    const uint32_t first = LETTER('a') | LETTER('b') | LETTER('d') | LETTER('g') | LETTER('i') | LETTER('n') | LETTER('s') |
                           LETTER('v') | LETTER('w') | LETTER('z');
#undef LETTER
    unsigned at = (unsigned)(unsigned char)fold[0] - 'a';
    if (len > LONGEST || at > 'z' - 'a' || (first >> at & 1) == 0) return FORM_NONE;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (forms[i].form[0] == fold[0] && strcmp(forms[i].form, fold) == 0) return forms[i].id;
    return FORM_NONE;
}

static bool begins_with(const char *fold, size_t len, const char *stem)
{
    size_t n = strlen(stem);
    return len >= n && memcmp(fold, stem, n) == 0;
}

/* Erwartet, Geplant; Künftig, Möglicherweise; Übernehmen. */
static bool may_open(const char *fold, size_t len)
{
    static const char *const prefixes[] = {"ge",  "be", "ver", "er",    "ent",  "zer", "aus", "ein",  "an",  "ab",    "auf",
                                           "vor", "zu", "um",  "unter", "über", "hin", "mit", "nach", "weg", "wieder"};
    static const char *const endings[] = {"en",  "ern",  "eln", "lich", "ig",  "isch", "weise",
                                          "end", "mals", "bar", "haft", "los", "tens", "ens"};
    for (size_t k = 0; k < sizeof endings / sizeof *endings; k++) {
        size_t n = strlen(endings[k]);
        if (len > n + 1 && memcmp(fold + len - n, endings[k], n) == 0) return true;
    }
    for (size_t k = 0; k < sizeof prefixes / sizeof *prefixes && len > 0 && fold[len - 1] == 't'; k++)
        if (begins_with(fold, len, prefixes[k])) return true;
    return false;
}

/* Quartalszahlen, Holzwerkinsolvenz: the last part's classes. */
static uint64_t tail_classes(const company_state *c, const char *fold, size_t len)
{
    enum { LEAST_TAIL = 5, LEAST_HEAD = 3 };
    uint64_t found = 0;
    for (uint64_t tails = erz_lexicon_tails(c->lexicon, fold, len, LEAST_TAIL); tails != 0; tails &= tails - 1) {
        size_t tail = (size_t)__builtin_ctzll(tails);
        if (tail != len && len - tail < LEAST_HEAD) continue;
        found |= classes_of(c, fold + len - tail, tail);
    }
    return found;
}

/* What a noun is, by its last part. */
static uint32_t noun_tells(const company_state *c, uint64_t classes, const char *fold, size_t len, bool upper)
{
    const uint64_t asked = c->lists.m_object | c->lists.m_business;
    if (upper && (classes & c->lists.m_object) == 0) classes |= tail_classes(c, fold, len) & asked;
    bool amount = classes & c->lists.m_amount || strcmp(fold, "prozent") == 0 || strcmp(fold, "%") == 0;
    return (classes & c->lists.m_object ? TELLS_OBJECT : 0) | (classes & c->lists.m_business ? TELLS_BUSINESS : 0) |
           (amount ? TELLS_AMOUNT : 0);
}

static uint32_t letters_tell(const char *fold, size_t len)
{
    if (len == 0) return 0;
    char last = fold[len - 1], before = len > 1 ? fold[len - 2] : 0;
    bool inflected = last == 'e' || (before == 'e' && (last == 'n' || last == 'm' || last == 'r' || last == 's'));
    bool firms = begins_with(fold, len, "insolvent") || begins_with(fold, len, "b\xc3\xb6rsennotiert");
    bool article = len >= 2 && len <= 4 && (last == 'm' || strcmp(fold, "zur") == 0) && strcmp(fold, "um") != 0;
    return form_of(fold, len) | (len > 3 && inflected ? TELLS_ADJECTIVE : 0) | (firms ? TELLS_FIRMS : 0) |
           (article ? TELLS_ARTICLE : 0) | (strchr("aiouyxzk", last) != NULL ? TELLS_OPEN_END : 0);
}

static bool is_plural_verb(const company_state *c, const erz_word *w)
{
    erz_lexicon_entry e;
    return w->classes & c->lists.m_firm_verb && erz_lexicon_get(c->lexicon, w, c->lists.firm_verb, &e) &&
           strcmp(e.value, "plural") == 0;
}

uint32_t company_ask(const context *x, uint32_t word)
{
    company_state *c = x->c;
    company_type *t = &c->types[word];
    uint32_t *evidence = &c->facts[word].evidence;
    size_t len;
    const char *fold = erz_words_fold(x->words, word, &len);
    const erz_word *w = &erz_words_array(x->words)[word];
    uint64_t k = w->classes;
    uint32_t ev = EV_ASKED;
    bool plural = is_plural_verb(c, w);
    if (k & c->lists.m_firm_verb && !plural) ev |= EV_FIRM_VERB;
    if (k & c->lists.m_any_verb) ev |= EV_ANY_VERB;
    if (k & c->lists.m_speech_verb) ev |= EV_SPEECH;
    if (k & c->lists.m_sale) ev |= EV_SALE;
    if (k & (c->lists.m_office | c->lists.m_suffix)) ev |= EV_OFFICE;
    if (k & c->lists.m_tail) ev |= EV_TAIL;
    if (t->kind == KIND_TITLE && is_of_place(x, word, t->base)) ev |= EV_OF_PLACE;
    bool noun = t->kind == KIND_TITLE || t->kind == KIND_AMB || t->kind == KIND_WEAK;
    bool formed = noun && company_has_noun_ending(fold, len);
    if (t->kind == KIND_TITLE && (k & (c->lists.m_common | c->lists.m_plain)) == 0 && !formed) ev |= EV_COMPOUND;
    if (*evidence & EV_UPPER && (k & c->lists.m_plain || is_code(w, fold, len) || formed || (noun && is_common(c, fold, len))))
        ev |= EV_COMMON;
    *evidence |= ev;
    c->facts[word].tells |= (plural ? TELLS_PLURAL_VERB : 0) | (k & c->lists.m_led_by ? TELLS_LED_BY : 0) |
                            (k & c->lists.m_firms_noun ? TELLS_FIRMS_NOUN : 0) |
                            noun_tells(c, k, fold, len, (*evidence & EV_UPPER) != 0) |
                            (*evidence & EV_UPPER && may_open(fold, len) ? TELLS_PLAIN_OPENING : 0) | letters_tell(fold, len) |
                            (k & c->lists.m_nation ? TELLS_NATION : 0) | (k & c->lists.m_given ? TELLS_GIVEN : 0);
    company_type_look(t, *evidence);
    return *evidence;
}

bool company_is_common(company_state *c, erz_words *words, size_t unit)
{
    const context x = {.c = c, .words = words};
    return (about(&x, unit) & EV_COMMON) != 0;
}

bool company_is_of_place(company_state *c, erz_words *words, size_t unit)
{
    const context x = {.c = c, .words = words};
    return (about(&x, unit) & EV_OF_PLACE) != 0;
}

bool company_is_chance_word(company_state *c, erz_words *words, size_t unit)
{
    const context x = {.c = c, .words = words};
    uint32_t word = c->units.as_tokens.word[unit];
    size_t len;
    const char *fold = erz_words_fold(words, word, &len);
    uint64_t plain = c->lists.m_common | c->lists.m_plain | c->lists.m_person_cue;
    return erz_words_array(words)[word].classes & plain || about(&x, unit) & EV_OF_PLACE || company_has_noun_ending(fold, len);
}
