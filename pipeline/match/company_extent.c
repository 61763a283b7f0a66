/* Where names begin and end: what a listed firm calls its units (X Italia, X Logistik) belongs to them; towns' adjectives (die
 * Münchner X), trades (Spedition X), groups (X-Gruppe) and what the sentence goes on with do not. */
#include <string.h>

#include "match/company_spans.h"

static const erz_word *word_at(const company_state *c, const erz_word *array, uint32_t i)
{
    return &array[c->units.as_tokens.word[i]];
}

static bool has_legal(const company_state *c, const company_span *s)
{
    return memchr(c->units.gaz + s->first, GAZ_LEGAL_BEGIN, s->end - s->first) != NULL;
}

/* A capitalised word of its own. */
static bool is_apart(const company_units *u, uint32_t i)
{
    return u->evidence[i] & EV_UPPER && (u->flags[i] & (UNIT_FIRST | UNIT_JOINED | UNIT_JOINS)) == 0;
}

static bool is_listed(const company_units *u, const company_span *s)
{
    if (u->gaz[s->first] != GAZ_ONE && u->gaz[s->first] != GAZ_BEGIN) return false;
    for (uint32_t i = s->first + 1; i < s->end; i++)
        if (u->gaz[i] != GAZ_INSIDE) return false;
    return true;
}

static bool is_genitive(const company_state *c, uint32_t i)
{
    return (c->types[c->units.as_tokens.word[i]].evidence & EV_GENITIVE) != 0;
}

/* "Vodafone Italia", "Drewag Netz": countries as those who live there write them, and words for units behind a listed name. */
static void take_unit(company_state *c, const erz_word *array, const company_span *s)
{
    company_units *u = &c->units;
    uint32_t next = s->end;
    if (next >= u->n || !is_apart(u, next) || u->gaz[next] != GAZ_NONE || u->flags[next - 1] & UNIT_JOINS) return;
    if (u->label[next] == LABEL_BC && next + 1 < u->n && u->label[next + 1] == LABEL_IC) return;
    const erz_word *w = word_at(c, array, next);
    erz_lexicon_entry e;
    if ((w->classes & c->lists.m_unit) == 0 || !erz_lexicon_get(c->lexicon, w, c->lists.unit, &e)) return;
    bool country = strcmp(e.value, "country") == 0;
    if (country || (is_listed(u, s) && !is_genitive(c, next - 1))) u->label[next] = LABEL_IC;
}

/* Münchner, Wiener */
static bool is_town_adjective(company_state *c, erz_words *words, uint32_t i)
{
    const company_units *u = &c->units;
    const erz_word *w = word_at(c, erz_words_array(words), i);
    return (u->gaz[i] == GAZ_NONE || u->gaz[i] == GAZ_ONE_AMB) && (u->flags[i] & (UNIT_JOINED | UNIT_JOINS)) == 0 &&
           w->form_len > 4 && memcmp(w->form + w->form_len - 2, "er", 2) == 0 && company_is_of_place(c, words, i);
}

/* Does the name itself begin with unit i: listed, or no word that names a kind of house or thing? */
static bool begins_name(company_state *c, erz_words *words, uint32_t i)
{
    const company_units *u = &c->units;
    if (u->gaz[i] == GAZ_ONE || u->gaz[i] == GAZ_BEGIN) return true;
    bool name = u->kind[i] == KIND_TITLE || u->kind[i] == KIND_MIXED;
    uint64_t part = c->lists.m_tail | c->lists.m_head | c->lists.m_paper | c->lists.m_cue | c->lists.m_weak;
    return name && u->gaz[i] == GAZ_NONE && (word_at(c, erz_words_array(words), i)->classes & part) == 0 &&
           !company_is_chance_word(c, words, i) && !company_is_common(c, words, i);
}

static bool is_given(const company_state *c, const erz_word *array, uint32_t i)
{
    return c->units.gaz[i] == GAZ_NONE &&
           (c->units.evidence[i] & EV_FIRST || (word_at(c, array, i)->classes & c->lists.m_given) != 0);
}

/* "die Münchner Quorva Ventures"; "der Wiener Gastronom Karl Moser" is nobody's name. */
static void cut_town_adjective(company_state *c, erz_words *words, const company_span *s)
{
    company_units *u = &c->units;
    uint32_t i = s->first;
    if (s->end - i < 2 || u->label[i] != LABEL_BC || !is_town_adjective(c, words, i) || u->flags[i + 1] & UNIT_JOINED) return;
    if (s->end - i == 4 && !has_legal(c, s) && is_given(c, erz_words_array(words), i + 2)) {
        memset(u->label + i, LABEL_O, s->end - i);
    } else if (begins_name(c, words, i + 1)) {
        u->label[i] = LABEL_O;
        u->label[i + 1] = LABEL_BC;
    }
}

/* "Spedition Karlsen", "Autohaus-Kette Gelder": what a firm is, though the tagger took it for its name. Bakers, inns and
 * hospitals carry theirs. */
static void cut_trade(company_state *c, erz_words *words, const company_span *s)
{
    static const char *const trades[] = {"spedition",
                                         "reederei",
                                         "druckerei",
                                         "gie\xc3\x9f\x65rei",
                                         "brauerei",
                                         "privatbrauerei",
                                         "fluglinie",
                                         "airline",
                                         "fluggesellschaft",
                                         "winzer",
                                         "gro\xc3\x9f\x62\xc3\xa4\x63kerei",
                                         NULL};
    company_units *u = &c->units;
    uint32_t i = s->first, next = i + 1;
    if (s->end - i < 2 || u->label[i] != LABEL_BC || u->gaz[i] != GAZ_NONE || has_legal(c, s)) return;
    while (next < s->end && u->flags[next] & UNIT_JOINED && u->kind[next - 1] != KIND_PLACE) next++;
    if (next > i + 2) return; /* Rhein-Main-Druckerei X */
    if (next == s->end || u->kind[next] == KIND_AMPERSAND || u->kind[next] == KIND_AND || !is_apart(u, next)) return;
    const erz_word *last = word_at(c, erz_words_array(words), next - 1);
    bool trade = next == i + 1 ? company_is_one_of(c, words, i, trades)
                               : u->gaz[next - 1] == GAZ_NONE && u->kind[next - 1] == KIND_CUE &&
                                     (last->classes & (c->lists.m_tail | c->lists.m_head | c->lists.m_paper)) == 0;
    if (!trade) return;
    memset(u->label + i, LABEL_O, next - i);
    u->label[next] = LABEL_BC;
}

/* "Sentra-Gruppe": only the name, unless the lists have it so; letters alone (ABC-Gruppe) carry it. */
static void cut_group(company_state *c, erz_words *words, const company_span *s)
{
    static const char *const groups[] = {"gruppe", "konzern", "konzerns", NULL};
    company_units *u = &c->units;
    uint32_t last = s->end - 1;
    if (last == s->first || (u->flags[last] & UNIT_JOINED) == 0 || u->gaz[last] != GAZ_NONE || u->label[last] != LABEL_IC)
        return;
    if (u->kind[last - 1] != KIND_CAPS && company_is_one_of(c, words, last, groups)) u->label[last] = LABEL_O;
}

/* "macht bei Covestro Ernst" */
static void cut_first_name(company_state *c, const company_span *s)
{
    company_units *u = &c->units;
    uint32_t last = s->end - 1;
    if (last == s->first || u->kind[last] != KIND_FIRST || !is_apart(u, last) || u->gaz[last] != GAZ_NONE) return;
    company_span before = *s;
    before.end = last;
    if (is_listed(u, &before)) u->label[last] = LABEL_O;
}

/* "schmieden Allianz mit": a listed name that is a common noun, as what firms make. */
static void drop_bond(company_state *c, erz_words *words, const company_span *s)
{
    static const char *const verbs[] = {
        "schmieden", "schmiedet",      "verl\xc3\xa4ngern", "verl\xc3\xa4ngert", "vertiefen", "vertieft",       "bilden",
        "bildet",    "gr\xc3\xbcnden", "gr\xc3\xbcndet",    "besiegeln",         "besiegelt", "vereinbaren",    "vereinbart",
        "formen",    "formt",          "eingehen",          "eingeht",           "planen",    "kn\xc3\xbcpfen", NULL};
    company_units *u = &c->units;
    uint32_t i = s->first;
    if (s->end - i != 1 || i < 2 || i + 1 >= u->n || u->kind[i + 1] != KIND_PREPOSITION || u->flags[i] & UNIT_FIRST) return;
    if ((u->label[i - 2] == LABEL_BC || u->label[i - 2] == LABEL_IC) &&
        company_is_one_of(c, words, i, (const char *const[]){"allianz", NULL}) && company_is_one_of(c, words, i - 1, verbs))
        u->label[i] = LABEL_O;
}

/* "erwirbt Handelshaus", "Italiener übernehmen Gießerei": what a firm is, though the tagger took it for its name. */
static void drop_noun(company_state *c, erz_words *words, const company_span *s)
{
    company_units *u = &c->units;
    uint32_t i = s->first;
    if (s->end - i != 1 || u->gaz[i] != GAZ_NONE || u->legal[i] != 0 || u->flags[i] & UNIT_JOINED) return;
    bool cued = i > 0 && (u->kind[i - 1] == KIND_CUE || u->kind[i - 1] == KIND_QUOTE);
    uint64_t plain = c->lists.m_cue | c->lists.m_cue_tail | c->lists.m_weak_cue | c->lists.m_common;
    bool trade = u->kind[i] == KIND_TITLE && (word_at(c, erz_words_array(words), i)->classes & plain) != 0;
    if (!cued && (trade || u->kind[i] == KIND_CUE)) u->label[i] = LABEL_O;
}

/* The name as its labels have it now. */
static company_span labelled(const company_state *c, const company_span *s)
{
    const uint8_t *label = c->units.label;
    company_span now = *s;
    while (now.first < s->end && label[now.first] != LABEL_BC) now.first++;
    for (now.end = now.first; now.end < s->end && (now.end == now.first || label[now.end] == LABEL_IC);) now.end++;
    return now;
}

/* "Alfa Werke Wer kauft jetzt", "Beta Bank Nach der Fusion": a headline begins behind its kicker. */
static void cut_sentence(company_state *c, const erz_word *array, const company_span *s)
{
    company_units *u = &c->units;
    if (has_legal(c, s)) return;
    for (uint32_t i = s->first + 1; i < s->end; i++) {
        if (!is_apart(u, i) || u->gaz[i] != GAZ_NONE || !company_is_grammatical(c, word_at(c, array, i))) continue;
        memset(u->label + i, LABEL_O, s->end - i);
        return;
    }
}

/* "Die Alfa AG": the article that a sentence begins with. */
static void cut_first_article(company_state *c, const erz_word *array, const company_span *s)
{
    company_units *u = &c->units;
    uint32_t i = s->first;
    if (s->end - i < 2 || (u->flags[i] & UNIT_FIRST) == 0 || u->gaz[i] != GAZ_NONE || u->flags[i + 1] & UNIT_JOINED) return;
    if (u->label[i] != LABEL_BC || !company_is_grammatical(c, word_at(c, array, i))) return;
    u->label[i] = LABEL_O;
    u->label[i + 1] = LABEL_BC;
}

static bool is_everyday(company_state *c, erz_words *words, uint32_t i)
{
    uint64_t classes = word_at(c, erz_words_array(words), i)->classes;
    bool lower = c->units.flags[i] & UNIT_JOINED && (c->units.evidence[i] & EV_UPPER) == 0; /* Start-up-Schmiede */
    return classes & (c->lists.m_common | c->lists.m_plain | c->lists.m_cue) || lower || company_is_common(c, words, i);
}

/* "Elektro-Offensive", "Strom und Gas": a compound or a pair of words of every day. */
static void drop_compound(company_state *c, erz_words *words, const company_span *s)
{
    company_units *u = &c->units;
    if (s->end - s->first < 2 || u->flags[s->end - 1] & UNIT_JOINS) return;
    for (uint32_t i = s->first; i < s->end; i++) {
        bool joined = i == s->first || u->flags[i] & UNIT_JOINED || u->kind[i] == KIND_AND || u->kind[i - 1] == KIND_AND;
        if (u->gaz[i] != GAZ_NONE || !joined || (u->kind[i] != KIND_AND && !is_everyday(c, words, i))) return;
    }
    memset(u->label + s->first, LABEL_O, s->end - s->first);
}

/* "Volksbank (VB": the bracket is not closed within the name. */
static void cut_bracket(company_state *c, const company_span *s)
{
    company_units *u = &c->units;
    uint32_t open = s->end;
    for (uint32_t i = s->end; i > s->first + 1 && u->kind[i - 1] != KIND_CLOSE; i--)
        if (u->kind[i - 1] == KIND_OPEN) open = i - 1;
    memset(u->label + open, LABEL_O, s->end - open);
}

void company_extent(company_state *c, erz_words *words, const company_span *span)
{
    company_span s = labelled(c, span);
    if (s.first == s.end) return;
    cut_bracket(c, &s);
    cut_group(c, words, &s);
    cut_first_name(c, &s);
    cut_trade(c, words, &s);
    cut_town_adjective(c, words, &s);
    drop_bond(c, words, &s);
    drop_noun(c, words, &s);
    cut_sentence(c, erz_words_array(words), &s);
    cut_first_article(c, erz_words_array(words), &s);
    drop_compound(c, words, &s);
    s = labelled(c, &s);
    if (s.first < s.end) take_unit(c, erz_words_array(words), &s);
}
