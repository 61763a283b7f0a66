/* Names whose own words say that they are no companies: persons, bodies, and chance words before what looks like a legal form.
 */
#include <string.h>

#include "match/company_spans.h"

static const erz_word *word_at(const company_state *c, const erz_word *array, uint32_t i)
{
    return &array[c->units.as_tokens.word[i]];
}

bool company_is_one_of(const company_state *c, erz_words *words, uint32_t i, const char *const *list)
{
    size_t len;
    const char *fold = erz_words_fold(words, c->units.as_tokens.word[i], &len);
    while (*list != NULL && strcmp(fold, *list) != 0) list++;
    return *list != NULL;
}

static bool is_given(const company_state *c, const erz_word *array, uint32_t i)
{
    return c->units.evidence[i] & EV_FIRST || (word_at(c, array, i)->classes & c->lists.m_given) != 0;
}

static bool is_unlisted(const company_state *c, uint32_t i)
{
    return c->units.gaz[i] == GAZ_NONE || c->units.gaz[i] == GAZ_ONE_AMB;
}

/* van, de la, W., Maria: between first and family name. */
static bool is_middle(const company_state *c, const erz_word *array, uint32_t i)
{
    static const char *const particles[] = {"von", "van", "de",  "der", "den", "di",  "da",    "del", "della", "la",
                                            "le",  "el",  "al",  "bin", "ibn", "ben", "zu",    "dos", "du",    "ter",
                                            "Van", "De",  "Der", "Di",  "Da",  "Del", "Della", "La",  "Le",    "El"};
    const erz_word *w = word_at(c, array, i);
    if (w->form_len <= 2 && w->form[w->form_len - 1] == '.') return true;
    for (size_t k = 0; k < sizeof particles / sizeof *particles; k++)
        if (strcmp(particles[k], w->form) == 0) return true;
    return is_given(c, array, i) && is_unlisted(c, i);
}

/* "Anna Siemens": a name right behind a first name that the text does not use for a firm. */
static bool follows_given(const company_state *c, const erz_word *array, uint32_t i)
{
    const company_units *u = &c->units;
    bool two = i >= 2 && (u->flags[i - 1] & UNIT_JOINED) != 0 && is_given(c, array, i - 2); /* Karl-Heinz */
    bool joined = (u->flags[i] & (UNIT_JOINED | UNIT_FIRST)) != 0 || ((u->flags[i - 1] & UNIT_JOINED) != 0 && !two);
    return !joined && u->label[i - 1] != LABEL_BC && u->label[i - 1] != LABEL_IC && is_unlisted(c, i - 1) &&
           is_given(c, array, i - 1);
}

/* A cue noun that is no person's trade (Spieleentwickler). */
static bool is_firms_cue(const company_state *c, const erz_word *array, uint32_t i)
{
    static const char *const trades[] = {"entwickler", "berater",  "makler",         "verwalter", "produzent",
                                         "besitzer",   "investor", "gr\xc3\xbcnder", "designer"};
    const erz_word *w = word_at(c, array, i);
    if ((c->units.evidence[i] & EV_CUE) == 0 || c->doubt > COMPANY_MUCH_DOUBT) return false;
    for (size_t k = 0; k < sizeof trades / sizeof *trades; k++) {
        size_t len = strlen(trades[k]);
        if (w->form_len > len && memcmp(w->form + w->form_len - len, trades[k], len) == 0) return false;
    }
    return true;
}

/* "Thomas Schmidt", "Anna de la Roca" are persons unless a list has the name or a cue noun ("Discounter Thomas Philipps")
 * stands before it. */
static bool is_person(const company_state *c, const erz_word *array, const company_span *s)
{
    const company_units *u = &c->units;
    uint32_t last = s->end - 1, i = s->first;
    uint8_t kind = u->kind[last];
    bool behind = i > 0 && c->units.gaz[i] != GAZ_BEGIN && follows_given(c, array, i);
    if (behind && s->end - i == 1) return true;
    if (s->end - i < 2 || !is_unlisted(c, i) || !is_unlisted(c, last) || !is_given(c, array, i)) return false;
    if ((kind != KIND_TITLE && kind != KIND_WEAK && kind != KIND_AMB && kind != KIND_FIRST) || u->flags[last] & UNIT_JOINED)
        return false;
    if (word_at(c, array, last)->classes & c->lists.m_tail || (i > 0 && is_firms_cue(c, array, i - 1))) return false;
    for (i++; i < last; i++)
        if (!is_middle(c, array, i)) return false;
    return true;
}

/* Does somebody of the text bear the name? What is found is kept: keeps huge texts linear. */
static bool is_borne(company_state *c, const erz_word *array, uint32_t base)
{
    const company_units *u = &c->units;
    for (size_t k = 0; k < c->nborne; k++)
        if (c->borne[k].base == base) return c->borne[k].person;
    if (c->nborne == sizeof c->borne / sizeof *c->borne) return false;
    bool person = false;
    for (uint32_t i = 1; i < u->n && !person; i++) person = u->base[i] == base && follows_given(c, array, i);
    c->borne[c->nborne++] = (company_borne){base, person};
    return person;
}

/* A listed name that somebody of the text bears, where nothing stands that a firm has: "Peter Pilz ... sagte Pilz". */
static bool is_surname(company_state *c, const erz_word *array, const company_span *s)
{
    const company_units *u = &c->units;
    uint32_t at = s->first;
    bool backed = u->flags[at] & (UNIT_JOINED | UNIT_JOINS) || (at > 0 && u->kind[at - 1] == KIND_CUE);
    return s->end - at == 1 && u->gaz[at] == GAZ_ONE_AMB && !backed && is_borne(c, array, u->base[at]);
}

/* Krankenhaus|verein */
static bool ends_in_body(const company_state *c, const char *fold, size_t len)
{
    enum { LEAST_HEAD = 3, LEAST_TAIL = 4 };
    for (uint64_t tails = erz_lexicon_tails(c->lexicon, fold, len, LEAST_TAIL); tails != 0; tails &= tails - 1) {
        size_t tail = (size_t)__builtin_ctzll(tails);
        if (tail + LEAST_HEAD <= len &&
            erz_lexicon_classes(c->lexicon, ERZ_MATCH_FOLD, fold + len - tail, tail) & c->lists.m_body_tail)
            return true;
    }
    return false;
}

bool company_is_body(const company_state *c, erz_words *words, uint32_t i)
{
    const company_units *u = &c->units;
    if ((u->evidence[i] & EV_UPPER) == 0 || u->evidence[i] & EV_CUE) return false;
    if (word_at(c, erz_words_array(words), i)->classes & c->lists.m_body) return true;
    size_t len;
    const char *fold = erz_words_fold(words, u->as_tokens.word[i], &len);
    return ends_in_body(c, fold, len);
}

/* Tournaments and buildings called after a sponsor or an owner. */
static bool is_venue(const company_state *c, erz_words *words, uint32_t i)
{
    static const char *const venues[] = {"open",  "masters", "classic",  "classics", "arena",    "stadion", "stadium", "halle",
                                         "tower", "towers",  "building", "hochhaus", "marathon", "grand",   NULL};
    const company_units *u = &c->units;
    bool apart = u->gaz[i] == GAZ_NONE && (u->flags[i] & (UNIT_JOINED | UNIT_JOINS)) == 0 && u->kind[i] == KIND_TITLE;
    return apart && company_is_one_of(c, words, i, venues);
}

/* "Gerry Weber Open", "Siemens Stiftung": what bears a listed name. */
static bool is_sponsored(const company_state *c, erz_words *words, const company_span *s)
{
    const company_units *u = &c->units;
    uint32_t last = s->end - 1;
    if (u->gaz[s->first] != GAZ_ONE && u->gaz[s->first] != GAZ_BEGIN) return false;
    if (s->end < u->n && u->token[s->end] == u->token[last] + 1 && is_venue(c, words, s->end)) return true;
    if (last == s->first || u->gaz[last] != GAZ_NONE || u->flags[last] & UNIT_JOINED) return false;
    return is_venue(c, words, last) || company_is_body(c, words, last);
}

static bool names_body(const company_state *c, erz_words *words, const company_span *s)
{
    const company_units *u = &c->units;
    bool body = false;
    if (s->first > 0 && u->kind[s->first - 1] == KIND_CUE && (u->flags[s->first] & UNIT_FIRST) == 0) return false;
    if (is_sponsored(c, words, s)) return true;
    for (uint32_t i = s->first; i < s->end; i++) {
        if (u->gaz[i] >= GAZ_ONE && u->gaz[i] <= GAZ_INSIDE_AMB && u->gaz[i] != GAZ_ONE_AMB) return false;
        if (u->gaz[i] == GAZ_LEGAL_BEGIN && (u->evidence[i] & EV_ASSOCIATION) == 0) return false;
        body |= (u->evidence[i] & EV_ASSOCIATION) != 0 || company_is_body(c, words, i);
    }
    bool cue = u->kind[s->end - 1] == KIND_CUE && !company_is_body(c, words, s->first);
    return body && !cue && u->kind[s->first] != KIND_TAG;
}

bool company_is_grammatical(const company_state *c, const erz_word *word)
{
    erz_lexicon_entry e;
    if ((word->classes & c->lists.m_function) == 0 || !erz_lexicon_get(c->lexicon, word, c->lists.function, &e)) return false;
    return strcmp(e.value, "business") != 0 && strcmp(e.value, "prefix") != 0;
}

/* "Das SE", "Aufkleber für KG": no name stands before the legal form. */
static bool hangs(const company_state *c, const erz_word *array, const company_span *s)
{
    const company_units *u = &c->units;
    uint32_t legal = s->first + 1;
    while (legal < s->end && u->gaz[legal] != GAZ_LEGAL_BEGIN) legal++;
    if (legal == s->end) return false;
    const erz_word *before = word_at(c, array, legal - 1);
    return u->kind[legal - 1] == KIND_PREPOSITION ||
           (legal == s->first + 1 && company_is_grammatical(c, before) && u->gaz[s->first] == GAZ_NONE);
}

/* "beim Impfen": a verb as a noun. */
static bool is_verbal_noun(const company_state *c, erz_words *words, const company_span *s)
{
    static const char *const before[] = {"beim", "zum", "vom", "am", "im", NULL};
    const company_units *u = &c->units;
    uint32_t i = s->first;
    if (s->end - i != 1 || i == 0 || u->gaz[i] != GAZ_NONE || u->kind[i] != KIND_TITLE) return false;
    size_t len;
    const char *fold = erz_words_fold(words, u->as_tokens.word[i], &len);
    if (len < 5 || memcmp(fold + len - 2, "en", 2) != 0 || u->flags[i] & (UNIT_JOINED | UNIT_JOINS)) return false;
    return company_is_one_of(c, words, i - 1, before);
}

static bool is_plain_noun(company_state *c, erz_words *words, uint32_t i)
{
    const erz_word *w = word_at(c, erz_words_array(words), i);
    bool part = (w->classes & (c->lists.m_tail | c->lists.m_head | c->lists.m_paper)) != 0;
    bool weak = (c->units.evidence[i] & (EV_CUE | EV_LEGAL | EV_WEAK)) != 0;
    return c->units.gaz[i] == GAZ_NONE && c->units.kind[i] == KIND_TITLE && !part && !weak && w->classes & c->lists.m_common;
}

/* "Enel Green Power Windräder": a compound of a common noun that is no word of names. */
static bool is_compound_noun(company_state *c, erz_words *words, uint32_t i)
{
    const erz_word *w = word_at(c, erz_words_array(words), i);
    uint64_t part = c->lists.m_tail | c->lists.m_head | c->lists.m_paper | c->lists.m_cue | c->lists.m_weak | c->lists.m_plain;
    return c->units.gaz[i] == GAZ_NONE && c->units.kind[i] == KIND_TITLE && (w->classes & part) == 0 &&
           company_is_common(c, words, i);
}

/* "Wiener Flughafen" */
static bool is_town_noun(company_state *c, erz_words *words, const company_span *s)
{
    const erz_word *w = word_at(c, erz_words_array(words), s->first);
    bool adjective = w->form_len > 4 && memcmp(w->form + w->form_len - 2, "er", 2) == 0;
    return s->end - s->first == 2 && adjective && c->units.gaz[s->first] == GAZ_NONE && is_plain_noun(c, words, s->end - 1) &&
           company_is_chance_word(c, words, s->first);
}

/* "Kölner Handelsgruppe", "Berliner Start-up-Schmiede": what a firm of the town is. */
static bool is_town_firm(company_state *c, erz_words *words, const company_span *s)
{
    static const char *const firms[] = {"gruppe", "gesellschaft", "schmiede",      "unternehmen", "konzern", "firma",
                                        "kette",  "riese",        "dienstleister", "spezialist",  "start"};
    const company_units *u = &c->units;
    if (s->end - s->first < 2) return false;
    const erz_word *w = word_at(c, erz_words_array(words), s->first);
    bool adjective = w->form_len > 4 && memcmp(w->form + w->form_len - 2, "er", 2) == 0 && u->gaz[s->first] == GAZ_NONE;
    if (!adjective || !company_is_of_place(c, words, s->first)) return false;
    for (uint32_t i = s->first + 1; i < s->end; i++) {
        bool plain =
            u->gaz[i] == GAZ_NONE && (u->kind[i] == KIND_LOWER || u->evidence[i] & EV_CUE || company_is_common(c, words, i));
        if (!plain) return false;
    }
    size_t len;
    const char *fold = erz_words_fold(words, u->as_tokens.word[s->end - 1], &len);
    for (size_t k = 0; k < sizeof firms / sizeof *firms; k++) {
        size_t n = strlen(firms[k]);
        bool compound = len > n || u->flags[s->end - 1] & UNIT_JOINED;
        if (compound && len >= n && memcmp(fold + len - n, firms[k], n) == 0) return true;
    }
    return false;
}

/* Porta Westfalica */
static bool is_place(const company_state *c, const erz_word *array, const company_span *s)
{
    enum { MAX_ENTRIES = 8 };
    erz_lexicon_entry e[MAX_ENTRIES];
    const company_units *u = &c->units;
    if (s->end - s->first < 2 || u->gaz[s->first] == GAZ_BEGIN || u->flags[s->end - 1] & UNIT_JOINED) return false;
    size_t n = erz_lexicon_match(c->lexicon, array, &u->as_tokens, s->first, s->end, e, MAX_ENTRIES);
    for (size_t i = 0; i < n; i++)
        if (e[i].cls == c->lists.place && e[i].ntokens == s->end - s->first) return true;
    return false;
}

/* Land Burgenland, Stadt Ingolstadt */
static bool is_territory(const company_state *c, erz_words *words, const company_span *s)
{
    static const char *const kinds[] = {"land",    "bundesland", "stadt",    "kanton", "gemeinde", "landkreis", "bezirk",
                                        "provinz", "region",     "republik", "staat",  "insel",    "halbinsel", NULL};
    const company_units *u = &c->units;
    uint32_t last = s->end - 1;
    bool two = last - s->first == 1 && u->gaz[s->first] == GAZ_NONE && u->gaz[last] != GAZ_LEGAL_BEGIN;
    return two && (u->flags[last] & UNIT_JOINED) == 0 && company_is_one_of(c, words, s->first, kinds);
}

/* "Missions Direktor" */
static bool ends_in_person(const company_state *c, const erz_word *array, const company_span *s)
{
    uint32_t last = s->end - 1;
    uint64_t part = c->lists.m_tail | c->lists.m_company, classes = word_at(c, array, last)->classes;
    bool apart = s->end - s->first == 2 && (c->units.flags[last] & UNIT_JOINED) == 0;
    return apart && is_unlisted(c, s->first) && c->units.gaz[last] == GAZ_NONE && (classes & c->lists.m_person_cue) != 0 &&
           (classes & part) == 0;
}

/* "Nintendos Originaldienst", "Amazons Fire-Tablet": what a listed firm has. */
static bool has_genitive(const company_state *c, const company_span *s)
{
    const company_units *u = &c->units;
    uint32_t ev = c->types[u->as_tokens.word[s->first]].evidence, i = s->first + 1;
    if ((ev & EV_GENITIVE) == 0 || (ev & EV_COMPANY) == 0 || i == s->end || u->flags[i] & UNIT_JOINED) return false;
    while (i < s->end && is_unlisted(c, i) && u->evidence[i] & EV_UPPER) i++;
    return i == s->end;
}

/* "Siemens Nachholbedarf": a listed name and a noun that belongs to the rest of the sentence. */
static void trim_noun(company_state *c, erz_words *words, const company_span *s)
{
    company_units *u = &c->units;
    uint32_t last = s->end - 1;
    bool listed = s->end - s->first >= 2 && (u->gaz[s->first] == GAZ_ONE || u->gaz[s->first] == GAZ_BEGIN) &&
                  (u->flags[last] & UNIT_JOINED) == 0;
    for (uint32_t i = s->first + 1; i < last; i++) listed &= u->gaz[i] == GAZ_INSIDE;
    if (s->first > 0 && (u->kind[s->first - 1] == KIND_CUE || u->evidence[s->first - 1] & EV_CUE)) return;
    bool channel = listed && company_is_public(c, erz_words_array(words), u->base[s->first]); /* ARD Kultur */
    if (has_genitive(c, s))
        memset(u->label + s->first + 1, LABEL_O, last - s->first);
    else if (listed && !channel && (is_plain_noun(c, words, last) || is_compound_noun(c, words, last)))
        u->label[last] = LABEL_O;
}

static bool has_legal(const company_state *c, const company_span *s)
{
    return memchr(c->units.gaz + s->first, GAZ_LEGAL_BEGIN, s->end - s->first) != NULL;
}

static bool is_cued(const company_state *c, const company_span *s)
{
    return s->first > 0 && c->units.kind[s->first - 1] == KIND_CUE && (c->units.flags[s->first] & UNIT_FIRST) == 0;
}

/* "Nürnberger Schwimmbäder": a listed name that is a town's adjective, before a common noun. */
static bool is_town_adjective(company_state *c, erz_words *words, const company_span *s)
{
    company_units *u = &c->units;
    uint32_t i = s->first, next = i + 1;
    if (u->gaz[i] != GAZ_ONE_AMB || next >= u->n || s->end - i > 2 || u->flags[next] & (UNIT_FIRST | UNIT_JOINED)) return false;
    size_t len;
    const char *normal = erz_words_normal(words, u->as_tokens.word[i], &len);
    if (len < 6 || memcmp(normal + len - 2, "er", 2) != 0) return false;
    if ((erz_lexicon_classes(c->lexicon, ERZ_MATCH_EXACT, normal, len - 2) & c->lists.m_place) == 0) return false;
    return u->gaz[next] == GAZ_NONE && (u->kind[next] == KIND_TITLE || u->kind[next] == KIND_CUE) &&
           (u->kind[next] == KIND_CUE || company_is_common(c, words, next));
}

/* "Stadt und Land" in a text that says little of business: common words. */
static bool is_phrase(const company_state *c, const erz_word *array, const company_span *s)
{
    const company_units *u = &c->units;
    uint32_t and = s->first + 1;
    if (c->doubt == 0 || s->end - s->first != 3 || u->kind[and] != KIND_AND || is_cued(c, s)) return false;
    if (s->end < u->n && u->flags[s->end] & UNIT_JOINED) return false;
    uint64_t common = c->lists.m_common | c->lists.m_plain;
    return word_at(c, array, s->first)->classes & common && word_at(c, array, s->end - 1)->classes & common;
}

/* "Dr. Moser" */
static bool has_title(const company_state *c, erz_words *words, const company_span *s)
{
    static const char *const titles[] = {"dr.", "prof.", "dipl.-ing.", "mag.", NULL};
    return c->units.gaz[s->first] == GAZ_NONE && !has_legal(c, s) && !is_cued(c, s) && s->end - s->first <= 3 &&
           company_is_one_of(c, words, s->first, titles);
}

/* "Chefentwickler Moser" */
static bool follows_head(const company_state *c, erz_words *words, const company_span *s)
{
    size_t len;
    if (s->first == 0 || !is_unlisted(c, s->first) || c->units.kind[s->first - 1] != KIND_CUE || has_legal(c, s)) return false;
    const char *fold = erz_words_fold(words, c->units.as_tokens.word[s->first - 1], &len);
    return len > 8 && memcmp(fold, "chef", 4) == 0;
}

/* "die Band X", "das Frachtschiff 'X'": works, ships, storms. */
static bool is_thing(const company_state *c, const erz_word *array, const company_span *s)
{
    const company_units *u = &c->units;
    uint32_t i = s->first;
    if (i > 0 && u->kind[i - 1] == KIND_QUOTE) i--;
    if (i == 0 || u->flags[i] & UNIT_FIRST || u->gaz[s->first] == GAZ_ONE || u->gaz[s->first] == GAZ_BEGIN) return false;
    return !has_legal(c, s) && (word_at(c, array, i - 1)->classes & c->lists.m_thing) != 0;
}

/* "die als Treuhänderin bekannte Bank" */
static bool is_participle_noun(const company_state *c, erz_words *words, const company_span *s)
{
    const company_units *u = &c->units;
    if (s->end - s->first != 2 || u->kind[s->first] != KIND_LOWER || u->gaz[s->first] != GAZ_NONE) return false;
    if (u->kind[s->end - 1] != KIND_CUE || u->flags[s->end - 1] & UNIT_JOINED) return false;
    size_t len;
    const char *fold = erz_words_fold(words, u->as_tokens.word[s->first], &len);
    while (len > 0 && strchr("nrsm", fold[len - 1]) != NULL) len--;
    return len > 4 && fold[len - 1] == 'e' && (fold[len - 2] == 't' || fold[len - 2] == 'd');
}

/* "wird auf das Unternehmen Rücksicht nehmen": a common noun that goes with the verb at the end. */
static bool is_object(company_state *c, erz_words *words, const company_span *s)
{
    const company_units *u = &c->units;
    if (s->end - s->first != 1 || !is_cued(c, s) || u->gaz[s->first] != GAZ_NONE || s->end + 1 >= u->n) return false;
    bool ends = u->kind[s->end + 1] == KIND_STOP || u->kind[s->end + 1] == KIND_COMMA;
    if (!ends || u->kind[s->first] != KIND_TITLE || !company_is_common(c, words, s->first)) return false;
    size_t len;
    const char *fold = erz_words_fold(words, u->as_tokens.word[s->end], &len);
    return (u->evidence[s->end] & EV_UPPER) == 0 && len > 4 && memcmp(fold + len - 2, "en", 2) == 0;
}

/* "ORF-Quelle": behind a listed name and a hyphen a common noun, or what no list knows. */
static void cut_compound(company_state *c, erz_words *words, const company_span *s)
{
    company_units *u = &c->units;
    uint32_t tail = s->first + 1;
    if (s->end - s->first < 2 || u->gaz[s->first] != GAZ_ONE || has_legal(c, s) || (u->flags[tail] & UNIT_JOINED) == 0) return;
    if (is_cued(c, s)) return; /* der Spezialist Dresser-Rand */
    if (u->token[s->end - 1] != u->token[s->first] || (s->end < u->n && u->gaz[s->end] == GAZ_LEGAL_BEGIN)) return;
    if ((u->gaz[tail] != GAZ_NONE && u->gaz[tail] != GAZ_ONE_AMB) || (u->kind[tail] != KIND_TITLE && u->kind[tail] != KIND_AMB))
        return;
    if (word_at(c, erz_words_array(words), tail)->classes & (c->lists.m_tail | c->lists.m_paper)) return;
    memset(u->label + tail, LABEL_O, s->end - tail);
}

static bool is_business_word(const company_state *c, const erz_word *word)
{
    erz_lexicon_entry e;
    return (word->classes & c->lists.m_function) != 0 && erz_lexicon_get(c->lexicon, word, c->lists.function, &e) &&
           strcmp(e.value, "business") == 0;
}

/* "Private Equity", "Joint Venture": words of business language alone. */
static bool is_jargon(const company_state *c, const erz_word *array, const company_span *s)
{
    bool jargon = s->end - s->first >= 2 && !is_cued(c, s) && c->units.legal[s->end - 1] == 0;
    for (uint32_t i = s->first; i < s->end && jargon; i++)
        jargon = c->units.gaz[i] != GAZ_LEGAL_BEGIN && is_business_word(c, word_at(c, array, i)) &&
                 (c->units.flags[i] & (UNIT_JOINED | UNIT_JOINS)) == 0;
    return jargon;
}

/* "Anna Theisen-Eaton", "Konrad-Bayer-Preis": part of a person's name. */
static bool is_double_name(const company_state *c, const erz_word *array, const company_span *s)
{
    const company_units *u = &c->units;
    uint32_t i = s->first;
    if (has_legal(c, s) || u->gaz[i] == GAZ_BEGIN) return false;
    if (i >= 2 && u->flags[i] & UNIT_JOINED && (u->flags[i - 1] & UNIT_JOINED) == 0 && u->gaz[i - 1] == GAZ_NONE &&
        u->kind[i - 1] == KIND_TITLE && u->kind[i - 2] == KIND_FIRST)
        return true;
    if (s->end - i == 1 && i > 0 && u->flags[i] & UNIT_JOINED && (u->flags[i - 1] & UNIT_JOINED) == 0 &&
        u->gaz[i - 1] == GAZ_NONE && u->kind[i - 1] == KIND_FIRST && is_given(c, array, i - 1))
        return true;
    return s->end - i == 2 && u->kind[i] == KIND_FIRST && u->flags[i + 1] & UNIT_JOINED && is_given(c, array, i);
}

/* "Sunrise-Phase" in quotation marks: a term that begins with a word of English. */
static bool is_quoted_term(const company_state *c, const erz_word *array, const company_span *s)
{
    const company_units *u = &c->units;
    uint32_t i = s->first;
    if (s->end - i != 1 || i == 0 || i + 2 >= u->n || (u->flags[i] & UNIT_JOINS) == 0) return false;
    if (u->kind[i - 1] != KIND_QUOTE || u->kind[i + 2] != KIND_QUOTE) return false;
    erz_lexicon_entry e;
    return erz_lexicon_get(c->lexicon, word_at(c, array, i), c->lists.company, &e) && erz_flag(e.flags, "word", NULL) &&
           (word_at(c, array, i + 1)->classes & (c->lists.m_staff | c->lists.m_media | c->lists.m_tail)) == 0;
}

/* "Telekom-Branche", "Bahn-Unternehmen": a trade whose name a firm has taken. */
static bool is_trade(const company_state *c, erz_words *words, const company_span *s)
{
    static const char *const heads[] = {
        "branche",    "sektor",           "sektors",   "industrie",  "anbieter",    "anbietern",   "betreiber",
        "betreibern", "ausr\xc3\xbcster", "regulator", "regulierer", "regulierung", "unternehmen", "firmen"};
    const company_units *u = &c->units;
    uint32_t i = s->first;
    if (s->end - i != 1 || (u->flags[i] & UNIT_JOINS) == 0 || i + 1 >= u->n) return false;
    erz_lexicon_entry e;
    if (!erz_lexicon_get(c->lexicon, word_at(c, erz_words_array(words), i), c->lists.company, &e)) return false;
    if (!erz_flag(e.flags, "word", NULL) && !erz_flag(e.flags, "amb", NULL)) return false;
    size_t len;
    const char *fold = erz_words_fold(words, u->as_tokens.word[i + 1], &len);
    for (size_t k = 0; k < sizeof heads / sizeof *heads; k++)
        if (strcmp(fold, heads[k]) == 0) return true;
    return false;
}

/* "der Zweitligist X", "die Ärztegewerkschaft X" */
static bool is_bodys_name(const company_state *c, erz_words *words, const company_span *s)
{
    static const char *const bodies[] = {"ligist",    "ligisten", "gewerkschaft", "partei", "klub", "fu\xc3\x9f\x62\x61llclub",
                                         "sportclub", "verein"};
    const company_units *u = &c->units;
    if (s->first == 0 || has_legal(c, s) || !is_unlisted(c, s->first) || u->flags[s->first] & (UNIT_FIRST | UNIT_JOINED))
        return false;
    if ((u->evidence[s->first - 1] & EV_UPPER) == 0) return false;
    size_t len;
    const char *fold = erz_words_fold(words, u->as_tokens.word[s->first - 1], &len);
    for (size_t k = 0; k < sizeof bodies / sizeof *bodies; k++) {
        size_t n = strlen(bodies[k]);
        if (len >= n && memcmp(fold + len - n, bodies[k], n) == 0) return true;
    }
    return false;
}

/* "Öl-Fusion", "Stadtwerke-Netzwerke": a common noun, or a house's, and what hangs on it. */
static bool is_compound_head(company_state *c, erz_words *words, const company_span *s)
{
    const company_units *u = &c->units;
    uint32_t i = s->first;
    const erz_word *w = word_at(c, erz_words_array(words), i);
    if (u->gaz[i] != GAZ_NONE || u->kind[i] == KIND_CAPS || is_cued(c, s) || (u->flags[i] & UNIT_JOINS) == 0) return false;
    if (s->end - i == 1)
        return u->kind[i] == KIND_TITLE && w->form_len <= 4 && (w->classes & (c->lists.m_common | c->lists.m_plain)) != 0;
    return s->end - i == 2 && u->flags[i + 1] & UNIT_JOINED && u->gaz[i + 1] == GAZ_NONE &&
           (w->classes & c->lists.m_head) != 0 && company_is_common(c, words, i + 1);
}

/* "der Offshore Windpark EnBW ...": common words before a listed name. */
static bool is_description(company_state *c, erz_words *words, const company_span *s)
{
    const company_units *u = &c->units;
    if (s->end >= u->n || s->end - s->first < 2 || u->flags[s->end] & (UNIT_FIRST | UNIT_JOINED)) return false;
    if (u->label[s->end] != LABEL_BC || (u->gaz[s->end] != GAZ_ONE && u->gaz[s->end] != GAZ_BEGIN)) return false;
    for (uint32_t i = s->first; i < s->end; i++)
        if (u->gaz[i] != GAZ_NONE || u->kind[i] != KIND_TITLE || !company_is_chance_word(c, words, i)) return false;
    return true;
}

static bool is_named_otherwise(company_state *c, erz_words *words, const company_span *s)
{
    const erz_word *array = erz_words_array(words);
    return is_town_adjective(c, words, s) || is_phrase(c, array, s) || has_title(c, words, s) || follows_head(c, words, s) ||
           is_thing(c, array, s) || is_participle_noun(c, words, s) || is_object(c, words, s) || is_jargon(c, array, s) ||
           is_compound_head(c, words, s) || is_description(c, words, s) || is_double_name(c, array, s) ||
           is_quoted_term(c, array, s) || is_trade(c, words, s) || is_bodys_name(c, words, s);
}

void company_reject(company_state *c, erz_words *words, const company_span *s)
{
    const erz_word *array = erz_words_array(words);
    cut_compound(c, words, s);
    if (is_person(c, array, s) || is_surname(c, array, s) || is_town_noun(c, words, s) || is_town_firm(c, words, s) ||
        is_territory(c, words, s) || is_place(c, array, s) || is_verbal_noun(c, words, s) || ends_in_person(c, array, s) ||
        hangs(c, array, s) || names_body(c, words, s) || is_named_otherwise(c, words, s))
        memset(c->units.label + s->first, LABEL_O, s->end - s->first);
    else
        trim_noun(c, words, s);
}
