/* Labels that other names of the document, or the shape of a name, correct. */
#include <string.h>

#include "base/buf.h"
#include "match/company_spans.h"

enum { NEARLY = -CRF_SCALE / 2 };
enum { MAX_LOOKED_AT = 2048 }; /* spans compared with each other: keeps huge texts linear */
enum { MAX_SHORTENED = 256 };  /* spans whose last words are looked for in the whole text */

/* Bases of listed names behind first names. */
enum { MOST_SURNAMES = 32 };
typedef struct surnames {
    uint32_t base[MOST_SURNAMES];
    size_t n;
} surnames;

static uint32_t base_of(const company_state *c, size_t i)
{
    return c->units.base[i];
}

static bool has_legal_form(const company_state *c, const company_span *s)
{
    for (uint32_t i = s->first + 1; i < s->end; i++)
        if (c->units.gaz[i] == GAZ_LEGAL_BEGIN) return true;
    return false;
}

/* The hyphen may have been left out of the unit. */
static bool ends_in_hyphen(const erz_text *text, uint32_t end)
{
    return text->text[end - 1] == '-' || (end < text->len && text->text[end] == '-');
}

/* What stands behind a handle is not part of its name. */
static void end_handle(company_state *c, const erz_text *text, const company_span *s)
{
    company_units *u = &c->units;
    uint32_t token = u->token[s->first], i = s->first + 1;
    if (text->text[text->tokens.begin[token]] != '@') return;
    while (i < s->end && u->token[i] == token) i++;
    if (i < s->end) memset(u->label + i, LABEL_O, s->end - i);
}

/* "Bau- und Handels AG": the first of two coordinated words, and an adjective before it, belong to the name. */
static void take_coordinated(company_state *c, const erz_text *text, const company_span *s)
{
    company_units *u = &c->units;
    uint32_t i = s->first;
    if (i < 2 || u->label[i - 1] != LABEL_O || u->label[i - 2] != LABEL_O || !has_legal_form(c, s)) return;
    bool joined = u->kind[i - 1] == KIND_AND || u->kind[i - 1] == KIND_AMPERSAND;
    if (!joined || (u->evidence[i - 2] & EV_UPPER) == 0 || !ends_in_hyphen(text, u->as_tokens.end[i - 2])) return;
    u->label[i - 2] = LABEL_BC;
    u->label[i - 1] = u->label[i] = LABEL_IC;
}

/* A family (Familie X) or a street (X-Straße) is not the firm of that name. */
static void drop_namesake(company_state *c, const erz_text *text, const company_span *s)
{
    static const char *const families[] = {
        "familie", "familien", "unternehmerfamilie", "gr\xc3\xbcnderfamilie", "eigent\xc3\xbcmerfamilie", "inhaberfamilie",
        "ehepaar", NULL};
    static const char *const streets[] = {"stra\xc3\x9f\x65", "allee", "platz", NULL};
    const company_units *u = &c->units;
    uint32_t street = s->end - 1;
    bool joined = s->end - s->first > 1 && u->flags[street] & UNIT_JOINED;
    if (!joined && s->end < u->n && u->flags[s->end] & UNIT_JOINED) street = s->end, joined = true;
    bool family = s->end - s->first == 1 && s->first > 0 && u->evidence[s->first - 1] & EV_UPPER &&
                  !(u->flags[s->first] & (UNIT_JOINED | UNIT_JOINS)) &&
                  company_is_one_of(c, text->words, s->first - 1, families);
    if (family || (joined && u->gaz[s->first] != GAZ_BEGIN && company_is_one_of(c, text->words, street, streets)))
        memset(c->units.label + s->first, LABEL_O, s->end - s->first);
}

/* "WETZLAR - X kauft": the place of a dateline is no part of the name. */
static void cut_dateline(company_state *c, const company_span *s)
{
    company_units *u = &c->units;
    uint32_t i = s->first;
    while (i < s->end && (u->kind[i] == KIND_PLACE || (u->kind[i] == KIND_CAPS && u->flags[s->first] & UNIT_FIRST))) i++;
    bool dash = i > s->first && i + 1 < s->end && u->kind[i] == KIND_DASH && u->as_tokens.begin[i] > u->as_tokens.end[i - 1] &&
                u->as_tokens.begin[i + 1] > u->as_tokens.end[i];
    if (!dash) return;
    memset(u->label + s->first, LABEL_O, i + 1 - s->first);
    u->label[i + 1] = LABEL_BC;
}

/* "Die Erste Group": the lists know "Die Erste", but this name goes on. */
static void cut_article(company_state *c, const erz_text *text, const company_span *s)
{
    static const char *const articles[] = {"das", "der", "die", NULL};
    company_units *u = &c->units;
    uint32_t i = s->first + 1;
    if (u->gaz[s->first] != GAZ_BEGIN_AMB || !company_is_one_of(c, text->words, s->first, articles)) return;
    while (i < s->end && u->gaz[i] == GAZ_INSIDE_AMB) i++;
    if (i == s->end || u->gaz[i] != GAZ_NONE) return;
    u->label[s->first] = LABEL_O;
    u->label[s->first + 1] = LABEL_BC;
}

/* "Kapital für X": common nouns and a preposition before a name are no part of it, unless they end a firm's name (Bank für
 * ...). */
static void cut_head(company_state *c, const erz_text *text, const company_span *s)
{
    company_units *u = &c->units;
    const erz_word *words = erz_words_array(text->words);
    uint32_t i = s->first;
    bool noun = false;
    for (; i < s->end && u->kind[i] != KIND_PREPOSITION; i++) {
        uint64_t classes = words[u->as_tokens.word[i]].classes;
        noun = (classes & (c->lists.m_common | c->lists.m_cue)) != 0;
        bool part = classes & (c->lists.m_tail | c->lists.m_weak) || (u->gaz[i] != GAZ_NONE && u->gaz[i] != GAZ_ONE_AMB);
        if (part || (!noun && (u->flags[i] & UNIT_FIRST) == 0)) return;
    }
    if (!noun || i + 1 >= s->end || u->label[s->first] != LABEL_BC || has_legal_form(c, s)) return;
    memset(u->label + s->first, LABEL_O, i + 1 - s->first);
    u->label[i + 1] = LABEL_BC;
}

/* "X an Y": no firm's name goes on behind such a preposition. */
static void part_at_preposition(company_state *c, const erz_text *text, const company_span *s)
{
    static const char *const apart[] = {"an", "bei", "durch", "gegen", "mit", NULL};
    company_units *u = &c->units;
    for (uint32_t i = s->first + 1; i + 1 < s->end; i++) {
        if (u->kind[i] != KIND_PREPOSITION || u->gaz[i] != GAZ_NONE || u->label[i] != LABEL_IC) continue;
        bool ended = u->gaz[i - 1] == GAZ_LEGAL_BEGIN || u->gaz[i - 1] == GAZ_LEGAL_INSIDE; /* "X GmbH an Y AG" */
        if ((u->evidence[i + 1] & EV_UPPER) == 0 || !company_is_one_of(c, text->words, i, apart)) continue;
        if (!ended && has_legal_form(c, s)) continue;
        u->label[i] = LABEL_O;
        u->label[i + 1] = LABEL_BC;
    }
}

/* "X Capital Management": behind such words it belongs to the name. */
static void take_management(company_state *c, const erz_text *text, const company_span *s)
{
    static const char *const before[] = {"capital", "equity",   "asset",  "investment", "wealth",
                                         "fund",    "property", "estate", "risk",       NULL};
    static const char *const behind[] = {"management", "managers", "advisors", "partners", NULL};
    company_units *u = &c->units;
    uint32_t next = s->end;
    if (next >= u->n || s->end - s->first < 2 || u->label[next - 1] != LABEL_IC || u->label[next] != LABEL_O) return;
    if (u->token[next] != u->token[next - 1] + 1 || u->flags[next] & (UNIT_FIRST | UNIT_JOINED | UNIT_JOINS)) return;
    if ((u->evidence[next] & EV_UPPER) != 0 && company_is_one_of(c, text->words, next - 1, before) &&
        company_is_one_of(c, text->words, next, behind))
        u->label[next] = LABEL_IC;
}

/* "Arvo AG Hannover": the town is no part of the name. */
static void cut_town(company_state *c, const erz_text *text, const company_span *s)
{
    const company_units *u = &c->units;
    erz_lexicon_entry e;
    uint32_t last = s->end - 1;
    if (last < s->first + 2 || u->kind[last] != KIND_PLACE || u->label[last] != LABEL_IC) return;
    if (u->gaz[last - 1] != GAZ_LEGAL_BEGIN && u->gaz[last - 1] != GAZ_LEGAL_INSIDE) return;
    const erz_word *w = &erz_words_array(text->words)[u->as_tokens.word[last]];
    if (!erz_lexicon_get(c->lexicon, w, c->lists.place, &e) || strcmp(e.value, "country") == 0) return;
    c->units.label[last] = LABEL_O;
}

/* "Bochumer Wohnungsgesellschaft X", "staatliche Gesellschaft X": what a name is called by is no part of it. */
static void cut_cue(company_state *c, erz_words *words, const company_span *s)
{
    company_units *u = &c->units;
    uint32_t i = s->first;
    if (u->label[i] != LABEL_BC || s->end - i < 3 || (u->gaz[i] != GAZ_NONE && u->gaz[i] != GAZ_ONE_AMB) ||
        has_legal_form(c, s))
        return;
    if (u->kind[i + 1] != KIND_CUE || u->gaz[i + 1] != GAZ_NONE || u->flags[i + 1] & (UNIT_JOINED | UNIT_JOINS)) return;
    bool adjective = u->kind[i] == KIND_LOWER || company_is_of_place(c, words, i);
    const erz_word *array = erz_words_array(words), *cue = &array[u->as_tokens.word[i + 1]],
                   *name = &array[u->as_tokens.word[i + 2]];
    bool carried = (cue->classes & (c->lists.m_tail | c->lists.m_head | c->lists.m_paper)) != 0; /* Berliner Bank X */
    if (!adjective || carried || (u->evidence[i + 2] & EV_UPPER) == 0 || name->classes & c->lists.m_tail) return;
    u->label[i] = u->label[i + 1] = LABEL_O;
    u->label[i + 2] = LABEL_BC;
}

/* "der Fahrwing AcquiCo GmbH", "etwa Blue Point Capital": an unknown word before a name with a legal form or tail begins it. */
static void take_first_word(company_state *c, const erz_text *text, const company_span *s)
{
    company_units *u = &c->units;
    uint32_t i = s->first;
    if (i < 2 || u->gaz[i] != GAZ_NONE || u->label[i] != LABEL_BC || u->flags[i] & (UNIT_FIRST | UNIT_JOINED)) return;
    bool open = u->gaz[i - 1] == GAZ_NONE && (u->flags[i - 1] & (UNIT_FIRST | UNIT_JOINED)) == 0 && u->label[i - 1] != LABEL_IC;
    uint8_t kind = u->kind[i - 1], before = u->kind[i - 2];
    bool name = kind == KIND_TITLE || kind == KIND_CAPS || kind == KIND_MIXED;
    bool small = before == KIND_ARTICLE || before == KIND_PREPOSITION, legal = has_legal_form(c, s);
    bool tail = (erz_words_array(text->words)[u->as_tokens.word[s->end - 1]].classes & c->lists.m_tail) != 0;
    small |= !legal && (before == KIND_LOWER || before == KIND_VERB);
    if (!open || !name || !small || (!legal && (!tail || s->end - i < 2))) return;
    if (company_is_chance_word(c, text->words, i - 1) || company_is_common(c, text->words, i - 1)) return;
    u->label[i - 1] = LABEL_BC;
    u->label[i] = LABEL_IC;
}

/* A listed name of one word that is a surname too; by the lists, or as somebody of the text bears it. */
static bool is_surname(const company_state *c, const erz_text *text, const company_span *s, const surnames *borne)
{
    erz_lexicon_entry e;
    const company_units *u = &c->units;
    if (s->end - s->first != 1 || u->gaz[s->first] != GAZ_ONE) return false;
    for (size_t i = 0; i < borne->n; i++)
        if (borne->base[i] == base_of(c, s->first)) return true;
    const erz_word *w = &erz_words_array(text->words)[u->base[s->first]];
    return erz_lexicon_get(c->lexicon, w, c->lists.company, &e) && erz_flag(e.flags, "surname", NULL);
}

/* Anna Siemens */
static void find_surnames(const company_state *c, surnames *out)
{
    const company_units *u = &c->units;
    const uint8_t *at = u->kind, *end = u->kind + u->n;
    out->n = 0;
    while (out->n < MOST_SURNAMES && (at = memchr(at, KIND_FIRST, (size_t)(end - at))) != NULL) {
        size_t i = (size_t)(++at - u->kind);
        bool apart = i < u->n && (u->flags[i] & (UNIT_JOINED | UNIT_JOINS | UNIT_FIRST)) == 0 && u->gaz[i - 1] == GAZ_NONE;
        if (apart && u->gaz[i] == GAZ_ONE && u->label[i] != LABEL_IC) out->base[out->n++] = base_of(c, i);
    }
}

static bool speaks(const company_state *c, const erz_text *text, uint32_t i)
{
    return (erz_words_array(text->words)[c->units.as_tokens.word[i]].classes & c->lists.m_speech_verb) != 0;
}

/* What stands around a surname that is also a firm's: below 0 for the person, above 0 for the firm. */
static int firm_or_person(const company_state *c, const erz_text *text, uint32_t i)
{
    const company_units *u = &c->units;
    uint8_t before = i > 0 ? u->kind[i - 1] : KIND_NONE;
    if (u->label[i] == LABEL_IC || u->legal[i] != 0 || u->flags[i] & (UNIT_JOINED | UNIT_JOINS) || before == KIND_CUE) return 1;
    if (before == KIND_FIRST || (i > 0 && u->evidence[i - 1] & EV_PERSON_CUE)) return -1;
    return (i > 0 && speaks(c, text, i - 1)) || (i + 1 < u->n && speaks(c, text, i + 1)) ? -1 : 0;
}

/* A surname that is also a firm's is the person's where the text names one so and nothing tells of the firm. */
static void drop_surname(company_state *c, const erz_text *text, const company_span *s, const surnames *borne)
{
    enum { MOST = 64 };
    company_units *u = &c->units;
    if (!is_surname(c, text, s, borne) || firm_or_person(c, text, s->first) > 0) return;
    bool person = false;
    uint32_t base = base_of(c, s->first), looked = 0;
    for (uint32_t i = 0; i < u->n && looked < MOST; i++) {
        if (u->base[i] != base) continue;
        int side = firm_or_person(c, text, i);
        if (side > 0) return;
        person |= side < 0;
        looked++;
    }
    if (person) u->label[s->first] = LABEL_O;
}

static bool is_indefinite(const company_state *c, const erz_text *text, uint32_t i)
{
    static const char *const stems[] = {"ein", "kein", "sein", "ihr", "unser", "mein", "dies", "jed"};
    static const char *const endings[] = {"", "e", "en", "em", "er", "es"};
    size_t len;
    const char *fold = erz_words_fold(text->words, c->units.as_tokens.word[i], &len);
    for (size_t k = 0; k < sizeof stems / sizeof *stems; k++) {
        size_t n = strlen(stems[k]);
        if (len < n || memcmp(fold, stems[k], n) != 0) continue;
        for (size_t e = 0; e < sizeof endings / sizeof *endings; e++)
            if (len == n + strlen(endings[e]) && memcmp(fold + n, endings[e], len - n) == 0) return true;
    }
    return false;
}

/* "eine strategische Allianz": a name that is a common noun too is that noun behind an indefinite article or a possessive. */
static void drop_noun(company_state *c, const erz_text *text, const company_span *s)
{
    company_units *u = &c->units;
    uint32_t i = s->first;
    erz_lexicon_entry e;
    if (s->end - i != 1 || i == 0 || (u->evidence[i] & (EV_COMPANY | EV_AMB)) == 0) return;
    if ((u->flags[i] & (UNIT_JOINED | UNIT_JOINS)) != 0) return;
    const erz_word *w = &erz_words_array(text->words)[u->as_tokens.word[i]];
    if (!erz_lexicon_get(c->lexicon, w, c->lists.company, &e) || !erz_flag(e.flags, "word", NULL)) return;
    bool after = is_indefinite(c, text, i - 1) || (i > 1 && u->kind[i - 1] == KIND_LOWER && is_indefinite(c, text, i - 2));
    if (after) u->label[i] = LABEL_O;
}

static bool stands_alone(const company_state *c, uint32_t base, size_t but)
{
    for (size_t k = 0; k < c->nspans; k++) {
        const company_span *s = &c->spans[k];
        bool joined = s->end - s->first > 1 && c->units.flags[s->first + 1] & UNIT_JOINED;
        if (k != but && base_of(c, s->first) == base && !joined) return true;
    }
    return false;
}

/* "Alpha-Beta-Fusion" is two names when the document uses both on their own; "Alpha-Beta" may be one. */
static void part_compound(company_state *c, size_t k)
{
    const company_span *s = &c->spans[k];
    company_units *u = &c->units;
    if (s->end - s->first != 2 || (u->flags[s->first + 1] & (UNIT_JOINED | UNIT_JOINS)) != (UNIT_JOINED | UNIT_JOINS) ||
        u->gaz[s->first] == GAZ_BEGIN)
        return;
    if (stands_alone(c, base_of(c, s->first), k) && stands_alone(c, base_of(c, s->first + 1), k))
        u->label[s->first + 1] = LABEL_BC;
}

/* The first word of a longer name stands for it where the tagger nearly saw a company. */
static void take_short_forms(company_state *c)
{
    company_units *u = &c->units;
    const company_tagger *t = &c->tagger;
    size_t longer = 0;
    for (size_t j = 0; j < c->nspans; j++) longer += c->spans[j].end - c->spans[j].first >= 2;
    if (longer == 0) return;
    for (size_t k = 0; k < t->ncandidates; k++) {
        uint32_t i = t->candidates[k];
        uint8_t kind = u->kind[i];
        const int16_t *e = t->emission[i];
        bool name = kind == KIND_TITLE || kind == KIND_CAPS || kind == KIND_MIXED;
        if (!name || u->label[i] != LABEL_O || e[LABEL_BC] - e[LABEL_O] < NEARLY || u->flags[i] & UNIT_JOINED) continue;
        if (i + 1 < u->n && u->label[i + 1] == LABEL_IC) continue;
        for (size_t j = 0; j < c->nspans; j++) {
            const company_span *s = &c->spans[j];
            if (s->end - s->first < 2 || u->label[s->first] != LABEL_BC || u->gaz[s->first] == GAZ_NOT_BEGIN ||
                base_of(c, s->first) != base_of(c, i))
                continue;
            u->label[i] = LABEL_BC;
            break;
        }
    }
}

static bool follows_definite(const company_state *c, const erz_text *text, uint32_t i)
{
    static const char *const definite[] = {"der", "die", "zur", "den", "dem", "zum", "vom", "beim", "das", "des", NULL};
    return i > 0 && company_is_one_of(c, text->words, i - 1, definite);
}

/* "Deutsche Post ... die Post": the last word of a listed name is short for it where the lists know it as one of that trade. */
static void take_last_words(company_state *c, const erz_text *text, const company_span *s)
{
    company_units *u = &c->units;
    const erz_word *words = erz_words_array(text->words);
    uint32_t last = s->end - 1, base = u->base[last];
    if (last == s->first || u->label[s->first] != LABEL_BC || u->gaz[s->first] != GAZ_BEGIN || !(u->evidence[last] & EV_AMB))
        return;
    const char *kind = company_trade_of(c, words, s->first, s->end, false);
    if (*kind == '\0' || strcmp(kind, company_trade_of(c, words, last, s->end, true)) != 0) return;
    if (strncmp(kind, "media", 5) == 0) return; /* "Financial Times ... die Times" are two */
    bool taken = false;
    for (uint32_t i = 0; i < u->n; i++) {
        bool alone = u->base[i] == base && (u->flags[i] & UNIT_JOINED) == 0 && u->gaz[i] == GAZ_ONE_AMB;
        if (alone && u->label[i] == LABEL_O && follows_definite(c, text, i)) u->label[i] = LABEL_BC;
        taken |= alone && u->label[i] == LABEL_BC;
    }
    if (taken && erz_grow(&c->acronyms, &c->cap_acronyms, c->nacronyms + 1, sizeof *c->acronyms))
        c->acronyms[c->nacronyms++] = (company_acronym){base, s->first};
}

void company_repair(company_state *c, const erz_text *text)
{
    surnames borne;
    c->nborne = 0;
    find_surnames(c, &borne);
    for (size_t k = 0; k < c->nspans; k++) {
        company_reject(c, text->words, &c->spans[k]);
        drop_noun(c, text, &c->spans[k]);
        drop_namesake(c, text, &c->spans[k]);
        if (c->nspans <= MAX_LOOKED_AT) drop_surname(c, text, &c->spans[k], &borne);
        cut_dateline(c, &c->spans[k]);
        cut_article(c, text, &c->spans[k]);
        cut_head(c, text, &c->spans[k]);
        cut_cue(c, text->words, &c->spans[k]);
        cut_town(c, text, &c->spans[k]);
        part_at_preposition(c, text, &c->spans[k]);
        company_extent(c, text->words, &c->spans[k]);
    }
    for (size_t k = 0; k < c->nspans; k++) {
        end_handle(c, text, &c->spans[k]);
        take_coordinated(c, text, &c->spans[k]);
        take_first_word(c, text, &c->spans[k]);
        take_management(c, text, &c->spans[k]);
    }
    if (c->nspans > MAX_LOOKED_AT || c->crf.header == NULL) return;
    for (size_t k = 0; k < c->nspans; k++) part_compound(c, k);
    take_short_forms(c);
    for (size_t k = 0; k < c->nspans && k < MAX_SHORTENED; k++) take_last_words(c, text, &c->spans[k]);
}
