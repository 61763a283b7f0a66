/* Slots of deals that mostly hold firms, whatever stands in them: 12 Millionen Euro für X, 25 Prozent an X, geht an X, X
 * insolvent, die neue Firma heißt X, Abnahmevertrag mit X, kauft den Windpark von X. */
#include <string.h>

#include "match/company_context.h"

enum {
    PRICE = 4,
    SHARE = 4,
    BROKE = 4,
    CALLED = 4,
    GIVEN = 2, /* besides what "an X" in a sentence of a sale is worth */
    PARTY = 3,
    DEALT = 2,
    BESIDE = 1
};

static bool is_small(const context *x, size_t i)
{
    return (x->c->units.evidence[i] & EV_UPPER) == 0;
}

/* Does the slot end behind the name: no noun there that it would only describe? */
static bool ends_slot(const context *x, size_t end)
{
    return end >= x->to || (is_small(x, end) && !joins(x->c, end) && !is_word(x, end, "&"));
}

static bool names_kind(const context *x)
{
    return memchr(x->c->units.kind + x->from, KIND_CUE, x->to - x->from) != NULL;
}

/* Zenvora, Polyvex, AgVexa: letters of firms rather than of persons, of whom one pays for players. */
static bool looks_made_up(const context *x, size_t i)
{
    size_t len;
    const char *fold = erz_words_fold(x->words, x->c->units.as_tokens.word[i], &len);
    return x->c->units.kind[i] != KIND_TITLE || (len > 3 && strchr("aioux", fold[len - 1]) != NULL);
}

/* "12 Millionen Euro für X" */
static bool is_priced(const context *x, size_t i, size_t n)
{
    if (!x->firms && n == 1 && !names_kind(x) && !looks_made_up(x, i) && (about(x, i) & EV_COMPOUND) == 0) return false;
    return i >= x->from + 3 && is_word(x, i - 1, "f\xc3\xbcr") && tells(x, i - 2) & TELLS_AMOUNT;
}

/* "25 Prozent an X", "Mehrheit an der X" */
static bool is_share(const context *x, size_t i)
{
    static const char *const shares[] = {"prozent",     "%",
                                         "mehrheit",    "anteil",
                                         "anteile",     "anteilen",
                                         "beteiligung", "sperrminorit\xc3\xa4t",
                                         "minderheit",  "h\xc3\xa4lfte",
                                         "drittel",     "viertel",
                                         NULL};
    if (x->c->units.kind[i - 1] == KIND_ARTICLE && i > x->from + 1) i--;
    if (i < x->from + 2 || !is_form(x, i - 1, FORM_AN)) return false;
    return is_any_word(x, i - 2, shares);
}

/* "geht an X", "gibt die Sparte an X ab": X ends it, or its particle does. */
static bool is_given_to(const context *x, size_t i, size_t end)
{
    static const char *const verbs[] = {
        "geht", "gehen", "ging", "gibt", "gab", "reicht", "verkauft", "ver\xc3\xa4u\xc3\x9f\x65rt", "abgegeben", NULL};
    enum { REACH = 8 };
    if (i < x->from + 2 || !is_form(x, i - 1, FORM_AN)) return false;
    bool ends = end >= x->to || x->c->units.kind[end] == KIND_COMMA || x->c->units.kind[end] == KIND_STOP ||
                x->c->units.kind[end] == KIND_DASH || is_word(x, end, "ab") || is_word(x, end, "weiter") ||
                is_word(x, end, "und");
    ends = ends && (x->firms || x->c->doubt == 0 || looks_made_up(x, i)); /* not "Preis geht an Handke" */
    for (size_t k = 2; k <= REACH && ends && i >= x->from + k; k++)
        if (is_any_word(x, i - k, verbs)) return true;
    return false;
}

/* "X geht an Y" */
static bool is_handed(const context *x, size_t i, size_t end)
{
    const company_units *u = &x->c->units;
    if (tells(x, i) & TELLS_BUSINESS || u->evidence[i] & EV_FIRST) return false;
    bool opens = i == x->from || u->kind[i - 1] == KIND_COLON || u->kind[i - 1] == KIND_DASH;
    return opens && end + 2 < x->to && is_form(x, end + 1, FORM_AN) && u->evidence[end + 2] & EV_UPPER &&
           u->label[end + 2] != LABEL_LOC && u->kind[end + 2] != KIND_PLACE &&
           (is_word(x, end, "geht") || is_word(x, end, "ging"));
}

/* "Möbelkette X insolvent", "X zahlungsunfähig" */
static bool is_broke(const context *x, size_t end)
{
    return end < x->to && is_small(x, end) && !joins(x->c, end) && (tells(x, end) & TELLS_OBJECT || is_word(x, end, "pleite"));
}

/* "die neue Firma heißt X", "unter dem Namen X", "firmiert als X" */
static bool is_called(const context *x, size_t i)
{
    if (i < x->from + 2) return false;
    if (is_word(x, i - 1, "namen") && x->c->units.kind[i - 2] == KIND_ARTICLE)
        return x->firms || names_kind(x) || x->c->doubt == 0;
    if (is_word(x, i - 1, "hei\xc3\x9ft") || is_word(x, i - 1, "k\xc3\xbcnftig")) return names_kind(x);
    return is_word(x, i - 1, "als") && (is_word(x, i - 2, "firmiert") || is_word(x, i - 2, "firmieren"));
}

/* Does the sentence speak of business: a firm, an amount, a firm's affairs but for unit `but`, a cartel office? */
static bool is_business(const context *x, size_t but)
{
    static const char *const offices[] = {"kartellamt", "bundeskartellamt", "kartellw\xc3\xa4\x63hter",
                                          "wettbewerbsh\xc3\xbcter", NULL};
    if (x->c->doubt == 0 || x->firms) return true;
    for (size_t k = x->from; k < x->to; k++) {
        if (tells(x, k) & (TELLS_AMOUNT | TELLS_OBJECT)) return true;
        if (is_small(x, k) || k == but) continue;
        if (about(x, k) & EV_OFFICE || is_any_word(x, k, offices)) return true;
    }
    return false;
}

/* mit, von, für, bei, an, um; not places' prepositions. */
static bool is_link(const context *x, size_t i)
{
    static const char *const links[] = {"mit", "von", "f\xc3\xbcr", "bei", "an", "um", NULL};
    if (x->c->units.kind[i] != KIND_PREPOSITION) return false;
    return is_any_word(x, i, links);
}

/* Ends as nouns do: Fette, Aktienrückkäufe, Fermentation. */
static bool looks_plain(const context *x, size_t i, size_t n)
{
    static const char *const endings[] = {"e", "en", "er", "ern", "in", "ung", "tion", "sion", "ik", "tv"};
    size_t len;
    const char *fold = erz_words_fold(x->words, x->c->units.as_tokens.word[i], &len);
    for (size_t k = 0; n == 1 && k < sizeof endings / sizeof *endings; k++) {
        size_t e = strlen(endings[k]);
        if (len > e && memcmp(fold + len - e, endings[k], e) == 0) return true;
    }
    return len > 0 && fold[len - 1] == '-';
}

/* "Abnahmevertrag mit X", "Investor für die X" */
static bool is_party(const context *x, size_t i, size_t n)
{
    bool coordinated = i + n < x->to && x->c->units.kind[i + n] == KIND_AND; /* für Privat- und Firmenkunden */
    uint8_t before = x->c->units.kind[i - 1];
    if (coordinated || (before != KIND_PREPOSITION && before != KIND_ARTICLE) || looks_plain(x, i, n)) return false;
    bool open = n > 1 || tells(x, i) & TELLS_OPEN_END;
    if (i > x->from + 2 && x->c->units.kind[i - 1] == KIND_ARTICLE) i--;
    if (!open && is_word(x, i - 1, "f\xc3\xbcr")) return false;
    if (n == 1 && is_word(x, i - 1, "mit") && is_word(x, i - 2, "vertrag") && !looks_made_up(x, i)) return false; /* players' */
    if (i < x->from + 2 || !is_link(x, i - 1) || is_small(x, i - 2)) return false;
    return (tells(x, i - 2) & (TELLS_BUSINESS | TELLS_OBJECT) || x->c->units.kind[i - 2] == KIND_CUE ||
            about(x, i - 2) & EV_OFFICE) &&
           is_business(x, i - 2);
}

/* "verbündet sich mit X", "steigt bei X ein", "testet Roboter von X": what a firm named before does. */
static bool is_partner(const context *x, size_t i)
{
    static const char *const verbs[] = {"verb\xc3\xbcndet",
                                        "verb\xc3\xbcnden",
                                        "steigt",
                                        "steigen",
                                        "beteiligt",
                                        "fusioniert",
                                        "kooperiert",
                                        "kooperieren",
                                        "bietet",
                                        "bieten",
                                        "kauft",
                                        "kaufte",
                                        "\xc3\xbc\x62\x65rnimmt",
                                        "erwirbt",
                                        "sichert",
                                        "lizenziert",
                                        "liefert",
                                        "bezieht",
                                        "testet",
                                        "baut",
                                        "gr\xc3\xbcndet",
                                        "schlie\xc3\x9ft",
                                        "unterzeichnet",
                                        "vereinbart",
                                        "entwickelt",
                                        "ordert",
                                        "bestellt",
                                        "mietet",
                                        "least",
                                        "stoppt",
                                        "l\xc3\xb6sen",
                                        "l\xc3\xb6st",
                                        "startet",
                                        NULL};
    const company_units *u = &x->c->units;
    if (!x->firms || i < x->from + 3 || !is_link(x, i - 1)) return false;
    const uint8_t *firm = memchr(u->label + x->from, LABEL_BC, i - x->from);
    if (firm == NULL) return false;
    for (size_t k = (size_t)(firm - u->label) + 1; k < i; k++)
        if (is_small(x, k) && is_any_word(x, k, verbs)) return true;
    return false;
}

/* "Aus X wird Y", "X heißt künftig Y", "X benennt sich in Y um" */
static bool is_renamed(const context *x, size_t i, size_t end)
{
    const company_units *u = &x->c->units;
    if (u->evidence[x->from] & EV_FIRST) return false;
    bool names = x->from + 1 < x->to && is_form(x, x->from, FORM_AUS);
    if (names && i == x->from + 1 && end < x->to && is_word(x, end, "wird")) return true;
    if (names && end >= x->to && is_word(x, i - 1, "wird")) return true;
    if (end + 1 < x->to && is_word(x, end, "hei\xc3\x9ft") &&
        (is_word(x, end + 1, "k\xc3\xbcnftig") || is_word(x, end + 1, "jetzt")))
        return true;
    if (end + 2 < x->to && is_word(x, end, "benennt") && is_word(x, end + 1, "sich")) return true;
    if (i < x->from + 2) return false;
    if ((is_word(x, i - 1, "k\xc3\xbcnftig") || is_word(x, i - 1, "jetzt")) && is_word(x, i - 2, "hei\xc3\x9ft")) return true;
    return u->kind[i - 1] == KIND_PREPOSITION && is_form(x, i - 1, FORM_IN) && end < x->to && is_word(x, end, "um") &&
           x->from + 3 < i && (is_word(x, i - 2, "sich") || is_word(x, i - 3, "sich"));
}

/* "Tesla und X bauen" */
static bool is_beside(const context *x, size_t i, size_t end)
{
    const company_units *u = &x->c->units;
    if (i < x->from + 2 || u->kind[i - 1] != KIND_AND || !is_company(x->c, i - 2) || end >= x->to) return false;
    size_t len;
    const char *fold = erz_words_fold(x->words, u->as_tokens.word[end], &len);
    return is_small(x, end) && len > 3 && memcmp(fold + len - 2, "en", 2) == 0;
}

/* X-Kauf, X-Übernahme in a sentence that names another firm */
static bool is_dealt(const context *x, size_t end)
{
    static const char *const deals[] = {"kauf", "zukauf", "verkauf", "\xc3\xbc\x62\x65rnahme", NULL};
    return x->firms && end < x->to && joins(x->c, end) && is_any_word(x, end, deals);
}

/* A person by the weights: not AgVexa, not "Roboter von X", not two words of which none is a given name. */
static bool is_person(const context *x, size_t i, size_t n)
{
    const company_units *u = &x->c->units;
    if (u->label[i] != LABEL_PER || u->kind[i] == KIND_MIXED) return false;
    if (n > 1) return u->evidence[i] & EV_FIRST || (tells(x, i) & TELLS_GIVEN) != 0;
    return i < x->from + 2 || !is_form(x, i - 1, FORM_VON) || (about(x, i - 2) & EV_COMMON) == 0;
}

bool company_slot_is_sure(context *x, size_t i)
{
    const company_units *u = &x->c->units;
    if (i == x->from || u->kind[i - 1] != KIND_PREPOSITION || x->c->doubt > COMPANY_MUCH_DOUBT || joins(x->c, i)) return false;
    return (is_priced(x, i, 1) || is_share(x, i)) && ends_slot(x, i + 1) && !looks_plain(x, i, 1);
}

int company_slot_points(context *x, size_t i, size_t n)
{
    const company_units *u = &x->c->units;
    size_t end = i + n;
    if (x->c->doubt > COMPANY_MUCH_DOUBT || joins(x->c, i) || u->label[i] == LABEL_LOC || is_person(x, i, n)) return 0;
    if ((u->kind[i] == KIND_AMB && about(x, i) & EV_COMMON) || company_is_noun(x, i)) return 0;
    if (is_dealt(x, end)) return DEALT;
    if (is_broke(x, end) && (i == x->from || u->kind[i - 1] != KIND_ARTICLE)) return BROKE;
    if (!ends_slot(x, end)) return 0;
    if (is_handed(x, i, end) || is_renamed(x, i, end)) return PRICE;
    if (i == x->from) return 0;
    if (is_priced(x, i, n)) return PRICE;
    if (is_share(x, i) && !looks_plain(x, i, n)) return SHARE;
    if (is_called(x, i)) return CALLED;
    if (is_party(x, i, n) || (is_partner(x, i) && !looks_plain(x, i, n))) return PARTY;
    if (is_given_to(x, i, end)) return GIVEN;
    return is_beside(x, i, end) ? BESIDE : 0;
}
