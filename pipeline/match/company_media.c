/* Papers and broadcasters whose names are common words (Welt, Standard, Krone): names where the text takes them for a source.
 */
#include <string.h>

#include "match/company_context.h"
#include "match/company_scan.h"
#include "match/company_spans.h"

enum { MAX_ASKED = 16 }; /* looks through the whole text: keeps huge ones linear */

typedef struct place {
    const context *x;
    size_t from, to; /* the sentence */
    size_t before;   /* unit before the name, its quotation mark and its own article (Die Welt); from - 1: there is none */
    size_t after;    /* unit behind the name and its quotation mark */
    bool quoted;     /* "Die Welt" in quotation marks, article and all */
} place;

static uint64_t classes_at(const context *x, size_t i)
{
    return erz_words_array(x->words)[x->c->units.as_tokens.word[i]].classes;
}

static bool is_article(const context *x, size_t i)
{
    return is_word(x, i, "der") || is_word(x, i, "die") || is_word(x, i, "das") || is_word(x, i, "dem") || is_word(x, i, "des");
}

static place place_of(const context *x, size_t i, size_t from, size_t to)
{
    const company_units *u = &x->c->units;
    place p = {x, from, to, i, i + 1, false};
    if (p.before > from && u->kind[p.before - 1] == KIND_QUOTE) p.before--;
    bool own = p.before > from + 1 && u->evidence[p.before - 1] & EV_UPPER && is_article(x, p.before - 1);
    if (own) p.before--;
    bool opened = p.before > from && u->kind[p.before - 1] == KIND_QUOTE,
         closed = p.after < to && u->kind[p.after] == KIND_QUOTE;
    p.quoted = own && opened && closed;
    p.before -= own && opened;
    p.before--;
    p.after += closed;
    return p;
}

static bool has_before(const place *p, size_t n)
{
    return p->before + 1 >= p->from + n;
}

/* Is unit i a compound whose last part is of the classes? */
static bool has_tail(const context *x, size_t i, uint64_t classes)
{
    size_t len;
    const char *fold = erz_words_fold(x->words, x->c->units.as_tokens.word[i], &len);
    for (uint64_t tails = erz_lexicon_tails(x->c->lexicon, fold, len, 4); tails != 0; tails &= tails - 1) {
        size_t tail = (size_t)__builtin_ctzll(tails);
        if (erz_lexicon_classes(x->c->lexicon, ERZ_MATCH_FOLD, fold + len - tail, tail) & classes) return true;
    }
    return false;
}

/* die Zeitung Welt, das Boulevardblatt "Krone" */
static bool follows_paper(const place *p)
{
    const context *x = p->x;
    if (!has_before(p, 1) || (x->c->units.evidence[p->before] & EV_UPPER) == 0) return false;
    return classes_at(x, p->before) & x->c->lists.m_media || has_tail(x, p->before, x->c->lists.m_media);
}

static bool reports(const context *x, size_t i)
{
    return (classes_at(x, i) & x->c->lists.m_report) != 0;
}

/* laut Krone; wie der Kurier berichtet */
static bool is_source(const place *p)
{
    const context *x = p->x;
    if (!has_before(p, 1)) return false;
    if (is_word(x, p->before, "laut")) return true;
    if (!is_article(x, p->before)) return false;
    if (has_before(p, 2) && is_word(x, p->before - 1, "laut")) return true;
    if (is_word(x, p->before, "das") || is_word(x, p->before, "des")) return false;        /* das Bild zitiert ein anderes */
    bool inside = has_before(p, 2) && x->c->units.kind[p->before - 1] == KIND_PREPOSITION; /* in der Presse schreibt er */
    return p->after < p->to && !inside && reports(x, p->after);
}

static bool ends_clause(const place *p)
{
    if (p->after >= p->to) return true;
    uint8_t kind = p->x->c->units.kind[p->after];
    return kind == KIND_COMMA || kind == KIND_STOP || kind == KIND_COLON || kind == KIND_OPEN || kind == KIND_DASH ||
           kind == KIND_QUOTE;
}

/* "das dem Standard vorliegt", "liegt dem Standard vor" */
static bool is_shown(const place *p)
{
    const context *x = p->x;
    size_t len;
    if (!has_before(p, 1) || p->after >= p->to || !is_word(x, p->before, "dem")) return false;
    const char *fold = erz_words_fold(x->words, x->c->units.as_tokens.word[p->after], &len);
    if (strncmp(fold, "vorl", 4) == 0) return true;
    return strcmp(fold, "vor") == 0 && has_before(p, 2) &&
           (is_word(x, p->before - 1, "liegt") || is_word(x, p->before - 1, "lag") || is_word(x, p->before - 1, "liegen"));
}

/* "sagte die Sprecherin zum Standard", "bestätigte er gegenüber dem Kurier." */
static bool is_told(const place *p)
{
    enum { REACH = 8 };
    const context *x = p->x;
    const company_units *u = &x->c->units;
    if (!has_before(p, 2) || !ends_clause(p)) return false;
    bool feminine = u->kind[p->before + 1] == KIND_QUOTE && u->kind[p->after - 1] == KIND_QUOTE && is_word(x, p->before, "der");
    if (!feminine && !is_word(x, p->before, "dem") && !is_word(x, p->before, "zum")) return false;
    for (size_t k = 1; k <= REACH && has_before(p, k + 1); k++) {
        uint8_t kind = u->kind[p->before - k];
        if (kind == KIND_COMMA || kind == KIND_COLON || kind == KIND_STOP) return false;
        if (classes_at(x, p->before - k) & (x->c->lists.m_speech_verb | x->c->lists.m_tell)) return true;
    }
    return false;
}

/* Welt (Montag), Kurier (Samstagsausgabe) */
static bool has_issue(const place *p)
{
    const company_units *u = &p->x->c->units;
    if (p->after + 2 >= p->to || u->kind[p->after] != KIND_OPEN || u->kind[p->after + 2] != KIND_CLOSE) return false;
    size_t len;
    const char *fold = erz_words_fold(p->x->words, u->as_tokens.word[p->after + 1], &len);
    return u->kind[p->after + 1] == KIND_CALENDAR || (len > 7 && strcmp(fold + len - 7, "ausgabe") == 0);
}

/* Krone-Herausgeber */
static bool has_staff(const place *p, size_t i)
{
    const context *x = p->x;
    return i + 1 < p->to && joins(x->c, i + 1) && !joins(x->c, i) && classes_at(x, i + 1) & x->c->lists.m_staff;
}

/* zum STANDARD: papers are written in capitals where nothing else is. */
static bool is_capitals(const context *x, size_t i)
{
    enum { LEAST = 4 };
    const erz_word *w = &erz_words_array(x->words)[x->c->units.as_tokens.word[i]];
    return w->form_len >= LEAST && (w->shape & (ERZ_SHAPE_OTHER_UPPER | ERZ_SHAPE_LOWER)) == ERZ_SHAPE_OTHER_UPPER &&
           (w->classes & x->c->lists.m_plain) == 0;
}

static bool stands_out(const place *p, size_t i)
{
    const context *x = p->x;
    const company_units *u = &x->c->units;
    if (!has_before(p, 1) || !is_capitals(x, i) || (u->flags[i] & (UNIT_JOINED | UNIT_JOINS)) != 0) return false;
    bool before = u->evidence[p->before] & EV_UPPER && is_capitals(x, p->before);
    bool own = u->kind[i - 1] != KIND_QUOTE && p->before + 1 < i;
    uint8_t kind = u->kind[p->before];
    if (!own && kind != KIND_ARTICLE && kind != KIND_PREPOSITION && kind != KIND_AND) return false;
    bool after = p->after < p->to && u->evidence[p->after] & EV_UPPER && is_capitals(x, p->after);
    return !before && !after;
}

static bool is_named(const context *x, size_t i, size_t from, size_t to)
{
    const place p = place_of(x, i, from, to);
    if (follows_paper(&p)) return true;
    if (x->c->units.gaz[i] != GAZ_ONE_AMB || x->c->units.evidence[i] & EV_PLACE) return false;
    return p.quoted || is_source(&p) || is_told(&p) || is_shown(&p) || has_issue(&p) || has_staff(&p, i) || stands_out(&p, i);
}

/* "Standard: Wie geht es Ihnen?" */
static bool asks(const context *x, size_t i, size_t from, size_t to)
{
    const company_units *u = &x->c->units;
    if (i != from || i + 2 >= to || u->kind[i + 1] != KIND_COLON) return false;
    uint32_t last = u->as_tokens.word[to - 1];
    return strcmp(erz_words_array(x->words)[last].form, "?") == 0;
}

/* Twice at least, the paper asks. */
static bool is_interviewer(const context *x, uint32_t base)
{
    const company_units *u = &x->c->units;
    size_t n = 0;
    for (size_t s = 0; s < u->nsent && n < 2; s++)
        n += u->sent[s] < u->sent[s + 1] && u->base[u->sent[s]] == base && asks(x, u->sent[s], u->sent[s], u->sent[s + 1]);
    return n == 2;
}

/* Heise.de: an address that is a listed name and a country's or other domain. */
static bool is_site(const context *x, size_t i)
{
    enum { LONGEST = 32 };
    const company_state *c = x->c;
    const erz_word *w = &erz_words_array(x->words)[c->units.as_tokens.word[i]];
    const char *dot = memchr(w->form, '.', w->form_len);
    if (w->cls != ERZ_TOKEN_URL || dot == NULL || strpbrk(dot + 1, "./?#:") != NULL || strlen(dot) < 3) return false;
    size_t len = (size_t)(dot - w->form);
    bool upper = (w->shape & (ERZ_SHAPE_INITIAL_UPPER | ERZ_SHAPE_OTHER_UPPER)) != 0;
    char name[LONGEST];
    if (len < 3 || len >= sizeof name) return false;
    memcpy(name, w->form, len);
    name[len] = '\0';
    if (!upper) name[0] = (char)(name[0] - ('a' <= name[0] && name[0] <= 'z' ? 'a' - 'A' : 0));
    uint32_t symbol = erz_lexicon_symbol(c->lexicon, ERZ_MATCH_EXACT, name, len);
    return (erz_lexicon_symbol_classes(c->lexicon, symbol) & c->lists.m_company) != 0;
}

static void label_sites(const context *x)
{
    company_units *u = &x->c->units;
    const uint8_t *at = u->kind, *end = u->kind + u->n;
    while ((at = memchr(at, KIND_TAG, (size_t)(end - at))) != NULL) {
        size_t i = (size_t)(at++ - u->kind);
        if (u->label[i] == LABEL_O && is_site(x, i)) u->label[i] = LABEL_BC;
    }
}

/* laut "Seekurier", dem "Seekurier" liegt es vor: units [first, end) in quotation marks */
static bool is_quoted_source(const context *x, size_t first, size_t end, size_t from, size_t to)
{
    const place p = {x, from, to, first - 2, end + 1, false};
    const uint64_t papers = x->c->lists.m_paper | x->c->lists.m_media;
    bool paper = has_tail(x, end - 1, papers) || (end - first > 1 && classes_at(x, end - 1) & papers);
    return paper && (is_source(&p) || is_told(&p) || is_shown(&p));
}

/* die Zeitung "Il Foglio": whatever a noun of papers calls by a name in quotation marks; first: unit behind the mark. */
static void label_quoted(const context *x, size_t first, size_t from, size_t to)
{
    enum { MOST = 4 };
    company_units *u = &x->c->units;
    size_t end = first;
    while (end < to && end - first <= MOST && u->kind[end] != KIND_QUOTE && u->evidence[end] & EV_UPPER &&
           !is_company(x->c, end))
        end++;
    if (end == first || end - first > MOST || end >= to || u->kind[end] != KIND_QUOTE) return;
    const place p = {x, from, to, first - 2, end + 1, false};
    if (!follows_paper(&p) && !is_quoted_source(x, first, end, from, to)) return;
    for (size_t i = first; i < end; i++)
        if (u->gaz[i] == GAZ_NOT_BEGIN || u->gaz[i] == GAZ_NOT_INSIDE) return;
    first += first + 1 < end && is_article(x, first);
    u->label[first] = LABEL_BC;
    for (size_t i = first + 1; i < end; i++) u->label[i] = LABEL_IC;
}

static void label_called(const context *x)
{
    const company_units *u = &x->c->units;
    size_t s = 0;
    for (size_t at = 0; at < u->n; at += SCAN_UNITS) {
        unsigned quotes = scan_before(scan_equal(u->kind + at, KIND_QUOTE), at, u->n);
        for (; quotes != 0; quotes &= quotes - 1) {
            size_t i = at + (size_t)__builtin_ctz(quotes);
            while (u->sent[s + 1] <= i) s++;
            if (i > u->sent[s] && i + 2 < u->sent[s + 1]) label_quoted(x, i + 1, u->sent[s], u->sent[s + 1]);
        }
    }
}

void company_media_label(company_state *c, erz_words *words)
{
    const context x = {.c = c, .words = words};
    company_units *u = &c->units;
    label_sites(&x);
    label_called(&x);
    uint32_t interviewer = UINT32_MAX;
    size_t s = 0, asked = 0;
    for (size_t k = 0; k < u->nlisted; k++) {
        size_t i = u->listed[k];
        bool listed = u->gaz[i] == GAZ_ONE_AMB || (u->gaz[i] == GAZ_NOT_BEGIN && u->evidence[i] & EV_AMB); /* Nikkei */
        if (!listed || is_company(c, i) || !company_is_public(c, erz_words_array(words), u->base[i])) continue;
        while (u->sent[s + 1] <= i) s++;
        bool colon = i == u->sent[s] && i + 1 < u->sent[s + 1] && u->kind[i + 1] == KIND_COLON;
        if (colon && interviewer == UINT32_MAX && asked++ < MAX_ASKED && is_interviewer(&x, u->base[i]))
            interviewer = u->base[i];
        if ((colon && interviewer == u->base[i]) || is_named(&x, i, u->sent[s], u->sent[s + 1])) u->label[i] = LABEL_BC;
    }
}
