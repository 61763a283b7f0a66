/* Listed names that are other words, too, bare before the verb of a headline: Douglas wagt Anlauf aufs Parkett. What the rest
 * of it tells of - a firm's verb, what firms have to do with, amounts, a firm - says whether the firm is meant. */
#include <string.h>

#include "match/company_context.h"

enum {
    VERB = 2,     /* a firm's verb */
    OBJECT = 3,   /* only firms have it ... */
    BUSINESS = 2, /* ... firms mostly have it */
    MORE = 1,     /* one more of them */
    AMOUNT = 2,
    FIRM = 2, /* in the sentence, and once more where it stands behind the verb */
    ENOUGH = 7
};

enum { NEEDED_CAPS = 2, NEEDED_NAME = 3, NEEDED_WORD = 4 };

static bool opens(const context *x, size_t i)
{
    uint8_t kind = i > x->from ? x->c->units.kind[i - 1] : KIND_STOP;
    return kind == KIND_COLON || kind == KIND_DASH || kind == KIND_STOP || kind == KIND_COMMA;
}

/* A lower-case word that may be its verb. */
static bool is_verb(const context *x, size_t i)
{
    const company_units *u = &x->c->units;
    if (u->evidence[i] & EV_UPPER) return false;
    return u->kind[i] == KIND_VERB || about(x, i) & (EV_FIRM_VERB | EV_ANY_VERB);
}

/* "übernimmt Finanzressort", "Sohn": of persons. */
static bool tells_of_person(const context *x, size_t i)
{
    static const char *const posts[] = {"ressort",   "posten", "amt",   "vorsitz", "mandat",
                                        "nachfolge", "steuer", "ruder", "trainer"};
    size_t len;
    if ((x->c->units.evidence[i] & EV_UPPER) == 0) return false;
    if (x->c->units.kind[i] == KIND_PERSON_CUE) return true;
    const char *fold = erz_words_fold(x->words, x->c->units.as_tokens.word[i], &len);
    for (size_t k = 0; k < sizeof posts / sizeof *posts; k++) {
        size_t n = strlen(posts[k]);
        if (len >= n && memcmp(fold + len - n, posts[k], n) == 0) return true;
    }
    return false;
}

static int needed(const context *x, size_t i, bool *surname)
{
    const company_state *c = x->c;
    erz_lexicon_entry e;
    const erz_word *w = &erz_words_array(x->words)[c->units.base[i]];
    *surname = true;
    if (c->units.kind[i] != KIND_AMB) return NEEDED_WORD;
    bool listed = erz_lexicon_get(c->lexicon, w, c->lists.company, &e);
    *surname = listed && erz_flag(e.flags, "surname", NULL);
    if ((w->shape & ERZ_SHAPE_LOWER) == 0) return NEEDED_CAPS;
    bool word = about(x, i) & EV_COMMON || (listed && erz_flag(e.flags, "word", NULL));
    return word || *surname ? NEEDED_WORD : NEEDED_NAME;
}

static int noun_weight(const context *x, size_t k)
{
    uint32_t t = tells(x, k);
    if (t & TELLS_OBJECT) return OBJECT;
    bool noun = (x->c->units.evidence[k] & EV_UPPER) != 0;
    return noun && (t & TELLS_BUSINESS || about(x, k) & EV_OFFICE || x->c->units.kind[k] == KIND_CUE) ? BUSINESS : 0;
}

/* "Börsengang: X peilt ..." */
static size_t topic(const context *x, size_t i)
{
    enum { REACH = 5 };
    const company_units *u = &x->c->units;
    if (i == 0 || u->kind[i - 1] != KIND_COLON) return i;
    size_t from = i - 1;
    while (from > 0 && i - from < REACH && (u->flags[from] & UNIT_FIRST) == 0) from--;
    return from;
}

/* "bekommt 41 Prozent" */
static bool takes_share(const context *x, size_t verb)
{
    static const char *const verbs[] = {"bekommt", "erh\xc3\xa4lt",          "h\xc3\xa4lt", "hielt",   "beh\xc3\xa4lt",
                                        "kauft",   "\xc3\xbc\x62\x65rnimmt", "verkauft",    "sichert", NULL};
    if (verb + 2 >= x->to || !is_word(x, verb + 2, "prozent")) return false;
    return is_any_word(x, verb, verbs);
}

/* What the units of the sentence but the name and its verb tell; below 0: of a person. */
static int tell(const context *x, size_t i, size_t verb, bool surname)
{
    const company_units *u = &x->c->units;
    int best = 0, more = 0, amount = 0, firm = 0;
    bool near = true; /* nothing capitalised since the verb */
    for (size_t k = topic(x, i); k < x->to; k++) {
        if (k >= i && k <= verb) continue;
        if (tells_of_person(x, k)) return -1;
        int weight = noun_weight(x, k);
        if (weight > 0) more = best > 0 ? MORE : 0;
        if (weight > best) best = weight;
        if (tells(x, k) & TELLS_AMOUNT) amount = AMOUNT;
        if (u->label[k] == LABEL_BC) firm = near && !surname ? 2 * FIRM : firm > 0 ? firm : FIRM;
        near &= k < verb || (u->evidence[k] & EV_UPPER) == 0;
    }
    return best + more + (takes_share(x, verb) ? 2 * AMOUNT : amount) + firm;
}

/* "gibt ein Projekt an Y ab": what firms do with what firms have. */
static bool hands_over(const context *x, size_t i)
{
    static const char *const verbs[] = {
        "gibt", "vermittelt", "reicht", "bekommt", "holt", "steckt", "st\xc3\xb6\xc3\x9ft", "trennt", "\xc3\xbc\x62\x65rgibt",
        NULL};
    return is_any_word(x, i, verbs);
}

/* A title or a short text; elsewhere other words than names open sentences. */
static bool is_headline(const context *x)
{
    enum { HEADLINE = 3 };
    const company_units *u = &x->c->units;
    if (u->nsent > HEADLINE && x->from > 0) return false;
    return u->kind[x->to - 1] != KIND_STOP || x->to < x->from + 3;
}

/* What politicians do with firms. */
static bool is_persons_verb(const context *x, size_t i)
{
    static const char *const verbs[] = {"verteidigt",
                                        "kritisiert",
                                        "fordert",
                                        "lobt",
                                        "begr\xc3\xbc\xc3\x9ft",
                                        "warnt",
                                        "mahnt",
                                        "besucht",
                                        "trifft",
                                        "verspricht",
                                        "stoppt",
                                        "bremst",
                                        "will",
                                        "hofft",
                                        "glaubt",
                                        "sieht",
                                        "erkl\xc3\xa4rt",
                                        "sagt",
                                        "wirft",
                                        "wirbt",
                                        "dr\xc3\xa4ngt",
                                        "attackiert",
                                        "spielt",
                                        "trainiert",
                                        "kontert",
                                        "weist",
                                        "wechselt",
                                        "leitet",
                                        "f\xc3\xbchrt",
                                        "folgt",
                                        "verl\xc3\xa4sst",
                                        "klagt",
                                        "r\xc3\xbc\x63kt",
                                        "kehrt",
                                        NULL};
    return is_any_word(x, i, verbs);
}

int company_bare_points(const context *x, size_t i, size_t n)
{
    const company_units *u = &x->c->units;
    size_t verb = i + n;
    if (x->c->doubt > COMPANY_MUCH_DOUBT || u->flags[i] & (UNIT_JOINED | UNIT_JOINS) || verb + 1 >= x->to) return 0;
    bool amb = u->kind[i] == KIND_AMB;
    if (!amb && company_is_noun(x, i)) return 0;
    if (!amb && (u->label[i] == LABEL_PER || u->label[i] == LABEL_LOC || (n == 1 && tells(x, i) & TELLS_PLAIN_OPENING)))
        return 0;
    if (!opens(x, i) || !is_verb(x, verb) || !is_headline(x)) return 0;
    bool surname;
    int least = needed(x, i, &surname), points = tell(x, i, verb, surname);
    if (points <= 0 || (surname && is_persons_verb(x, verb))) return 0;
    bool firms = (about(x, verb) & EV_FIRM_VERB) != 0;
    if (!amb && !firms && points < least + 1 && !takes_share(x, verb) && !hands_over(x, verb)) return 0;
    return points + (firms ? VERB : 0) >= least ? (amb ? ENOUGH : NEEDED_WORD) : 0;
}
