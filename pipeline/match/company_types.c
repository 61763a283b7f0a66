/* What is known of a word type: evidence of the lists, kind, parts, the tagger's scores. Worked out once. */
#include <string.h>
#include <unicode/uchar.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/table.h"
#include "base/utf8.h"
#include "match/company_context.h"

enum { MAX_PARTS = 8, MAX_FORM = 128 };

void company_lists_open(company_lists *l, const erz_lexicon *lexicon)
{
    l->company = erz_lexicon_class(lexicon, "company");
    l->legal = erz_lexicon_class(lexicon, "legal_form");
    l->not_company = erz_lexicon_class(lexicon, "not_company");
    l->weak_cue = erz_lexicon_class(lexicon, "company_cue_weak");
    l->office = erz_lexicon_class(lexicon, "company_office");
    l->place = erz_lexicon_class(lexicon, "place");
    l->m_company = erz_lexicon_mask(lexicon, "company");
    l->m_legal = erz_lexicon_mask(lexicon, "legal_form");
    l->m_weak = erz_lexicon_mask(lexicon, "legal_form_weak");
    l->m_cue = erz_lexicon_mask(lexicon, "company_cue");
    l->m_cue_tail = erz_lexicon_mask(lexicon, "company_cue_tail");
    l->m_suffix = erz_lexicon_mask(lexicon, "company_suffix");
    l->m_first = erz_lexicon_mask(lexicon, "first_name");
    l->m_place = erz_lexicon_mask(lexicon, "place");
    l->m_not = erz_lexicon_mask(lexicon, "not_company");
    l->m_person_cue = erz_lexicon_mask(lexicon, "person_cue");
    l->m_org_cue = erz_lexicon_mask(lexicon, "org_cue");
    l->m_month = erz_lexicon_mask(lexicon, "month");
    l->m_weekday = erz_lexicon_mask(lexicon, "weekday");
    l->m_common = erz_lexicon_mask(lexicon, "common_word");
    l->m_plain = erz_lexicon_mask(lexicon, "plain_word") | erz_lexicon_mask(lexicon, "function_word") |
                 erz_lexicon_mask(lexicon, "currency") | erz_lexicon_mask(lexicon, "scale");
    l->m_firm_verb = erz_lexicon_mask(lexicon, "company_verb");
    l->m_any_verb = erz_lexicon_mask(lexicon, "name_verb");
    l->m_speech_verb = erz_lexicon_mask(lexicon, "speech_verb");
    l->m_function = erz_lexicon_mask(lexicon, "function_word");
    l->m_noun = erz_lexicon_mask(lexicon, "plain_word");
    l->m_tail = erz_lexicon_mask(lexicon, "name_tail");
    l->m_head = erz_lexicon_mask(lexicon, "name_head");
    l->m_paper = erz_lexicon_mask(lexicon, "paper_tail");
    l->m_sale = erz_lexicon_mask(lexicon, "sale_word");
    l->m_office = erz_lexicon_mask(lexicon, "company_office");
    l->m_weak_cue = erz_lexicon_mask(lexicon, "company_cue_weak");
    l->m_given = erz_lexicon_mask(lexicon, "given_name");
    l->m_body = erz_lexicon_mask(lexicon, "body_word");
    l->m_body_tail = erz_lexicon_mask(lexicon, "body_tail");
    l->m_nation = erz_lexicon_mask(lexicon, "currency_adj");
    l->m_media = erz_lexicon_mask(lexicon, "media_noun");
    l->m_report = erz_lexicon_mask(lexicon, "report_verb");
    l->m_tell = erz_lexicon_mask(lexicon, "tell_verb");
    l->function = erz_lexicon_class(lexicon, "function_word");
    l->m_thing = erz_lexicon_mask(lexicon, "thing_noun");
    l->m_object = erz_lexicon_mask(lexicon, "firm_object");
    l->m_led_by = erz_lexicon_mask(lexicon, "led_by");
    l->m_firms_noun = erz_lexicon_mask(lexicon, "firms_noun");
    l->firm_verb = erz_lexicon_class(lexicon, "company_verb");
    l->unit = erz_lexicon_class(lexicon, "firm_unit");
    l->m_unit = erz_lexicon_mask(lexicon, "firm_unit");
    l->m_business = erz_lexicon_mask(lexicon, "business_noun");
    l->m_amount = erz_lexicon_mask(lexicon, "currency") | erz_lexicon_mask(lexicon, "scale");
    l->m_staff = erz_lexicon_mask(lexicon, "media_staff");
}

void company_type_look(company_type *t, uint32_t ev)
{
    bool name = t->kind == KIND_TITLE || t->kind == KIND_CAPS || t->kind == KIND_MIXED || t->kind == KIND_AMB;
    /* Closed once it was asked and no rule of company_context.c can take it, so that what texts before asked does not show. */
    bool amb = t->kind == KIND_AMB && (ev & EV_OF_PLACE) == 0;
    bool open = name && ev & EV_UPPER && ((ev & (EV_COMMON | EV_OF_PLACE)) == 0 || ev & EV_COMPOUND || amb);
    t->look = (uint8_t)((t->look & (LOOK_PLAIN | LOOK_GENITIVE)) | (ev & (EV_LISTED | EV_HEAD | EV_PAPER) ? LOOK_ALONE : 0) |
                        (ev & EV_STARTS ? LOOK_LONGER : 0) | (open ? LOOK_OPEN : 0) | (ev & EV_CONTINUES ? LOOK_GOES_ON : 0) |
                        (ev & EV_WEAK_CUE || t->kind == KIND_CUE ? LOOK_CUE : 0) |
                        (ev & EV_UPPER && (ev & (EV_HEAD | EV_PAPER) || t->kind == KIND_NOT) ? LOOK_HOUSE : 0));
}

void company_type_set(company_type *t, int16_t score[CRF_PLACES][CRF_LABELS])
{
    enum { LEAST = INT8_MIN, MOST = INT8_MAX };
    memcpy(t->own, score[PLACE_OWN] + 1, sizeof t->own);
#if defined(__SSE2__)
    __m128i before = _mm_loadu_si128((const __m128i *)(const void *)score[PLACE_BEFORE]);
    __m128i after = _mm_loadu_si128((const __m128i *)(const void *)score[PLACE_AFTER]);
    int8_t bytes[2 * CRF_LABELS];
    _mm_storeu_si128((__m128i *)(void *)bytes, _mm_packs_epi16(before, after));
    memcpy(t->before, bytes + 1, sizeof t->before);
    memcpy(t->after, bytes + CRF_LABELS + 1, sizeof t->after);
#else
    for (int y = 0; y < COMPANY_SCORES; y++) {
        int before = score[PLACE_BEFORE][y + 1], after = score[PLACE_AFTER][y + 1];
        t->before[y] = (int8_t)(before > MOST ? MOST : before < LEAST ? LEAST : before);
        t->after[y] = (int8_t)(after > MOST ? MOST : after < LEAST ? LEAST : after);
    }
#endif
}

void company_type_get(const company_type *t, int place, int16_t score[CRF_LABELS])
{
    memset(score, 0, CRF_LABELS * sizeof *score);
    for (int y = 0; y < COMPANY_SCORES; y++)
        score[y + 1] = place == PLACE_OWN ? t->own[y] : place == PLACE_BEFORE ? t->before[y] : t->after[y];
}

/* The word table has dropped words: keep the records of the others, but for those that name words that are gone, and those
 * with parts. */
static void move_types(company_state *c, const erz_words *words)
{
    size_t n = 0;
    for (size_t i = 0; i < c->ntypes; i++) {
        uint32_t to = erz_words_moved(words, (uint32_t)i);
        if (to == ERZ_WORD_DROPPED) continue;
        company_type t = c->types[i];
        company_facts f = c->facts[i];
        uint32_t base = erz_words_moved(words, t.base);
        bool parted = t.kind != KIND_NONE && (t.look & LOOK_PLAIN) == 0;
        if (parted || base == ERZ_WORD_DROPPED) memset(&t, 0, sizeof t), memset(&f, 0, sizeof f);
        t.base = base;
        c->types[to] = t;
        c->facts[to] = f;
        n = to + 1;
    }
    c->ntypes = n;
}

/* Make room for every word of the table; forget the records of words that were dropped since. */
bool company_types_sync(company_state *c, erz_words *words)
{
    enum { STEP = 256 };
    size_t n = erz_words_count(words);
    uint64_t generation = erz_words_generation(words);
    if (c->generation != generation) {
        if (generation == c->generation + 1)
            move_types(c, words);
        else
            c->ntypes = 0;
        c->generation = generation;
        c->nparts = 0;
        memset(c->pairs, 0, sizeof c->pairs);
    }
    size_t old = c->ntypes;
    if (n <= old) return true;
    n += STEP;
    if (!erz_table_grow(&c->types, &c->cap_types, old, n, sizeof *c->types) ||
        !erz_table_grow(&c->facts, &c->cap_facts, old, n, sizeof *c->facts))
        return false;
    memset(c->types + old, 0, (n - old) * sizeof *c->types);
    memset(c->facts + old, 0, (n - old) * sizeof *c->facts);
    c->ntypes = n;
    return true;
}

/* Room for words that became known within a text. */
static inline bool have_types(company_state *c, erz_words *words)
{
    return erz_words_count(words) <= c->ntypes || company_types_sync(c, words);
}

static uint16_t shape_of(const char *form, size_t len)
{
    uint16_t shape = 0;
    bool first = true;
    for (size_t i = 0, k; i < len; i += k) {
        uint32_t cp = (unsigned char)form[i];
        k = 1;
        if (cp >= 'a' && cp <= 'z') {
            shape |= ERZ_SHAPE_LOWER;
            first = false;
            continue;
        }
        bool upper = cp >= 'A' && cp <= 'Z', lower = false, digit = cp >= '0' && cp <= '9';
        if (cp >= 0x80) {
            k = erz_utf8_decode(form + i, len - i, &cp);
            if (k == 0) break;
            upper = u_isupper((UChar32)cp), lower = u_islower((UChar32)cp), digit = u_isdigit((UChar32)cp);
        }
        if (upper) shape |= first ? ERZ_SHAPE_INITIAL_UPPER : ERZ_SHAPE_OTHER_UPPER;
        if (lower) shape |= ERZ_SHAPE_LOWER;
        if (digit) shape |= ERZ_SHAPE_DIGIT;
        if (cp == '-') shape |= ERZ_SHAPE_HYPHEN;
        if (cp == '.') shape |= ERZ_SHAPE_DOT;
        if (cp == '\'' || cp == 0x2019) shape |= ERZ_SHAPE_APOSTROPHE;
        if (cp >= 0x80) shape |= ERZ_SHAPE_NON_ASCII;
        first = false;
    }
    return shape;
}

static bool intern(erz_words *words, const char *form, size_t len, uint8_t cls, uint32_t *index)
{
    bool digits = len > 0 && form[0] <= '9' && strspn(form, "0123456789.,") >= len;
    if (digits && cls == ERZ_TOKEN_WORD) cls = ERZ_TOKEN_NUMBER;
    return erz_words_intern(words, form, len, cls, shape_of(form, len), NULL, 0, index, NULL) == ERZ_OK;
}

static uint32_t company_bits(const company_state *c, const erz_word *w)
{
    erz_lexicon_entry e;
    if ((w->classes & c->lists.m_company) == 0 || !erz_lexicon_get(c->lexicon, w, c->lists.company, &e)) return 0;
    return erz_flag(e.flags, "amb", NULL) ? EV_AMB : EV_COMPANY;
}

static uint32_t legal_bits(const company_state *c, const erz_word *w)
{
    erz_lexicon_entry e;
    if ((w->classes & c->lists.m_legal) == 0 || !erz_lexicon_get(c->lexicon, w, c->lists.legal, &e)) return 0;
    return erz_flag(e.flags, "assoc", NULL) ? EV_ASSOCIATION : EV_LEGAL;
}

static uint32_t list_bits(const company_state *c, const erz_word *w)
{
    const company_lists *l = &c->lists;
    uint64_t k = w->classes;
    if (k == 0) return w->starts ? EV_STARTS : 0; /* most words */
    return company_bits(c, w) | legal_bits(c, w) | (w->starts ? EV_STARTS : 0) | (k & l->m_weak ? EV_WEAK : 0) |
           (k & l->m_cue ? EV_CUE : 0) | (k & l->m_suffix ? EV_SUFFIX : 0) | (k & l->m_first ? EV_FIRST : 0) |
           (k & l->m_place ? EV_PLACE : 0) | (k & l->m_not ? EV_NOT : 0) | (k & l->m_person_cue ? EV_PERSON_CUE : 0) |
           (k & l->m_org_cue ? EV_ORG_CUE : 0) | (k & (l->m_month | l->m_weekday) ? EV_CALENDAR : 0);
}

/* Length of the form without a genitive ending (s, 's, '), 0: it has none. */
static size_t without_genitive(const char *form, size_t len)
{
    static const char *const endings[] = {"'s", "\xe2\x80\x99s", "'", "\xe2\x80\x99", "s"};
    if (form[len - 1] != 's' && form[len - 1] != '\'' && form[len - 1] != '\x99') return 0;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(endings[i]);
        if (len >= n + 2 && memcmp(form + len - n, endings[i], n) == 0) return len - n;
    }
    return 0;
}

/* VOLKSWAGEN as Volkswagen. */
static size_t title_case(const char *form, size_t len, const char *fold, size_t fold_len, char *out)
{
    size_t first = erz_utf8_len(form[0]);
    if (fold_len != len || len >= MAX_FORM || first > len) return 0;
    memcpy(out, fold, len);
    memcpy(out, form, first);
    return len;
}

/* welt as Welt or WELT, as it stands in a handle or hashtag: ASCII letters only. */
static size_t capitals(const char *fold, size_t len, bool all, char *out)
{
    if (len == 0 || len >= MAX_FORM) return 0;
    for (size_t i = 0; i < len; i++) {
        bool lower = fold[i] >= 'a' && fold[i] <= 'z' && (all || i == 0);
        out[i] = (char)(lower ? fold[i] - 'a' + 'A' : fold[i]);
    }
    return len;
}

/* What the lists say of a form; *base: its word if it is a name, *met: its word in any case. */
static uint32_t base_bits(company_state *c, erz_words *words, const char *form, size_t len, uint32_t *base, uint32_t *met)
{
    if (len == 0 || !intern(words, form, len, ERZ_TOKEN_WORD, met)) return 0;
    const erz_word *w = &erz_words_array(words)[*met];
    uint32_t bits = company_bits(c, w);
    if (bits != 0) *base = *met;
    return bits != 0 || (w->classes & c->lists.m_not) == 0 ? bits : EV_NOT;
}

/* Handles and hashtags are written in any case. */
static uint32_t tag_bits(company_state *c, erz_words *words, uint32_t word, uint32_t *base)
{
    char form[MAX_FORM];
    size_t len;
    const char *fold = erz_words_fold(words, word, &len);
    size_t n = capitals(fold, len, false, form);
    uint32_t met, bits = base_bits(c, words, form, n, base, &met);
    if (bits != 0 || len > MAX_FORM) return bits;
    fold = erz_words_fold(words, word, &len);
    return base_bits(c, words, form, capitals(fold, len, true, form), base, &met);
}

/* The lists hold base forms: look for them behind a genitive ending or capitals. */
static uint32_t derived_bits(company_state *c, erz_words *words, uint32_t word, uint32_t *base)
{
    char form[MAX_FORM], title[MAX_FORM];
    erz_word w = erz_words_array(words)[word];
    size_t len, fold_len;
    if (w.cls == ERZ_TOKEN_HANDLE || w.cls == ERZ_TOKEN_HASHTAG) return tag_bits(c, words, word, base);
    const char *normal = erz_words_normal(words, word, &len), *fold = erz_words_fold(words, word, &fold_len);
    if (w.cls != ERZ_TOKEN_WORD || len < 3 || len >= MAX_FORM || (w.shape & ERZ_SHAPE_INITIAL_UPPER) == 0) return 0;
    memcpy(form, normal, len);
    uint32_t bits = 0, met = word;
    if ((w.shape & (ERZ_SHAPE_OTHER_UPPER | ERZ_SHAPE_LOWER | ERZ_SHAPE_DIGIT)) == ERZ_SHAPE_OTHER_UPPER && len >= 4)
        bits = base_bits(c, words, title, title_case(form, len, fold, fold_len, title), base, &met);
    if (bits != 0) return bits;
    size_t stem = without_genitive(form, len);
    if (stem == 0) return 0;
    bits = base_bits(c, words, form, stem, base, &met);
    if (bits != 0) return bits & EV_NOT ? bits : bits | EV_GENITIVE;
    if (stem >= 3 && form[stem - 1] != 's') *base = met;
    return 0;
}

static bool has_letter_upper(uint16_t shape)
{
    return (shape & (ERZ_SHAPE_INITIAL_UPPER | ERZ_SHAPE_OTHER_UPPER)) != 0;
}

static uint8_t punctuation_kind(const char *form)
{
    static const struct {
        const char *marks;
        uint8_t kind;
    } table[] = {{",;", KIND_COMMA},  {".!?", KIND_STOP},  {":", KIND_COLON}, {"([{", KIND_OPEN},
                 {")]}", KIND_CLOSE}, {"\"'", KIND_QUOTE}, {"-", KIND_DASH},  {"&+", KIND_AMPERSAND}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strchr(table[i].marks, form[0]) != NULL) return table[i].kind;
    if (memcmp(form, "\xe2\x80", 2) == 0) {
        unsigned char c = (unsigned char)form[2];
        return c <= 0x95 ? KIND_DASH : c <= 0x9f || c == 0xb9 || c == 0xba ? KIND_QUOTE : KIND_SYMBOL;
    }
    return memcmp(form, "\xc2\xab", 2) == 0 || memcmp(form, "\xc2\xbb", 2) == 0 ? KIND_QUOTE : KIND_SYMBOL;
}

static bool is_one_of(const char *fold, const char *const *list)
{
    while (*list != NULL && ((*list)[0] != fold[0] || strcmp(fold, *list) != 0)) list++;
    return *list != NULL;
}

static uint8_t lower_kind(const char *fold, size_t len)
{
    static const char *const articles[] = {"der",   "die",   "das",   "des",    "dem",    "den",   "ein",  "eine",
                                           "einer", "eines", "einem", "einen",  "sein",   "seine", "ihre", "seiner",
                                           "ihrer", "ihr",   "ihren", "seinen", "dieser", "diese", NULL};
    static const char *const prepositions[] = {"bei",  "von",  "vom",        "mit",   "an",          "am",       "zu",
                                               "zum",  "zur",  "f\xc3\xbcr", "durch", "gegen",       "in",       "im",
                                               "beim", "auf",  "aus",        "nach",  "\303\274ber", "unter",    "um",
                                               "wie",  "laut", "als",        "neben", "seit",        "\xc3\xa0", NULL};
    static const char *const conjunctions[] = {"und", "oder", "sowie", "bzw.", NULL};
    enum { LONGEST = 6 };
    if (len <= LONGEST) {
        if (is_one_of(fold, articles)) return KIND_ARTICLE;
        if (is_one_of(fold, prepositions)) return KIND_PREPOSITION;
        if (is_one_of(fold, conjunctions)) return KIND_AND;
    }
    return len >= 3 && fold[len - 1] == 't' ? KIND_VERB : KIND_LOWER;
}

static uint8_t listed_kind(uint32_t ev)
{
    static const struct {
        uint32_t bits;
        uint8_t kind;
    } order[] = {{EV_LEGAL, KIND_LEGAL},     {EV_ASSOCIATION, KIND_NOT},   {EV_NOT, KIND_NOT},
                 {EV_COMPANY, KIND_COMPANY}, {EV_CALENDAR, KIND_CALENDAR}, {EV_PERSON_CUE, KIND_PERSON_CUE},
                 {EV_ORG_CUE, KIND_ORG_CUE}, {EV_CUE, KIND_CUE},           {EV_AMB, KIND_AMB},
                 {EV_SUFFIX, KIND_SUFFIX},   {EV_WEAK, KIND_WEAK},         {EV_FIRST, KIND_FIRST},
                 {EV_PLACE, KIND_PLACE}};
    enum { KNOWN = EV_FEATURES & ~(EV_STARTS | EV_UPPER | EV_GENITIVE) };
    for (size_t i = 0; ev & KNOWN && i < sizeof order / sizeof *order; i++)
        if (ev & order[i].bits) return order[i].kind;
    return KIND_NONE;
}

static uint8_t shape_kind(uint16_t shape)
{
    if ((shape & ERZ_SHAPE_OTHER_UPPER) == 0) return KIND_TITLE;
    return shape & ERZ_SHAPE_LOWER ? KIND_MIXED : KIND_CAPS;
}

static uint8_t kind_of(const erz_word *w, uint32_t ev, const char *fold, size_t fold_len)
{
    if (w->cls == ERZ_TOKEN_NUMBER || w->cls == ERZ_TOKEN_ORDINAL) return KIND_NUMBER;
    if (w->cls >= ERZ_TOKEN_URL && w->cls <= ERZ_TOKEN_HASHTAG) return KIND_TAG;
    if (w->cls == ERZ_TOKEN_PUNCTUATION || w->cls == ERZ_TOKEN_SYMBOL) return punctuation_kind(w->form);
    if (w->cls == ERZ_TOKEN_EMOJI) return KIND_SYMBOL;
    uint8_t listed = listed_kind(ev);
    if (listed != KIND_NONE) return listed;
    return has_letter_upper(w->shape) ? shape_kind(w->shape) : lower_kind(fold, fold_len);
}

/* Ask for the rows of a word; evidence: EV_UPPER or not. */
static void ask_rows(const company_state *c, erz_words *words, uint32_t word, const erz_word *w, crf_word *cw, crf_query *q)
{
    cw->normal = erz_words_normal(words, word, &cw->normal_len);
    cw->fold = erz_words_fold(words, word, &cw->fold_len);
    cw->shape = w->shape;
    cw->cls = w->cls;
    crf_ask_word(&c->crf, c->memory, cw, q);
}

static void score_type(const company_state *c, crf_word *cw, const crf_query *q, company_type *t)
{
    int16_t score[CRF_PLACES][CRF_LABELS];
    cw->evidence = t->evidence;
    cw->kind = t->kind;
    crf_score(&c->crf, c->memory, cw, q, score);
    company_type_set(t, score);
}

/* Length of the separator at form[i]; tags are also parted at underscores. */
static size_t separator(const char *form, size_t len, size_t i, bool tag)
{
    if (form[i] == '-' || form[i] == '/' || (tag && form[i] == '_')) return 1;
    return i + 2 < len && memcmp(form + i, "\xe2\x80", 2) == 0 && ((unsigned char)form[i + 2] | 1) == 0x91 ? 3 : 0;
}

/* Has none of 8 bytes this value? Only those before the first that has it are told for sure. */
static inline bool lacks(uint64_t bytes, unsigned char value)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t differ = bytes ^ ones * value;
    return ((differ - ones) & ~differ & ones << 7) == 0;
}

/* Has a word certainly no separator? */
static bool is_whole(const char *form, size_t len)
{
    for (size_t i = 0; i < len; i += 8) {
        uint64_t bytes = erz_load_tail((const unsigned char *)form + i, len - i < 8 ? len - i : 8);
        if (!lacks(bytes, '-') || !lacks(bytes, '/') || !lacks(bytes, 0xe2)) return false;
    }
    return true;
}

static size_t find_parts(const char *form, size_t len, bool tag, company_part *part, size_t max)
{
    size_t n = 0, start = tag;
    for (size_t i = tag; i <= len && n < max;) {
        size_t sep = i == len ? 1 : separator(form, len, i, tag);
        if (sep > 0 && i > start) part[n++] = (company_part){0, (uint16_t)start, (uint16_t)(i - start)};
        i += sep > 0 ? sep : 1;
        if (sep > 0) start = i;
    }
    return n;
}

static bool is_listed(const company_state *c, const erz_word *w)
{
    return (w->classes & (c->lists.m_company | c->lists.m_legal | c->lists.m_not | c->lists.m_first | c->lists.m_place |
                          c->lists.m_cue)) != 0 ||
           w->starts || w->continues;
}

/* Join parts that the lists hold as one name: Coca-Cola|Aktie. */
static size_t merge_parts(company_state *c, erz_words *words, const char *form, size_t form_len, company_part *part, size_t n)
{
    size_t out = 0;
    for (size_t i = 0; i < n;) {
        size_t take = 1;
        for (size_t k = n - i < 4 ? n - i : 4; k > 1 && take == 1; k--) {
            uint16_t len = (uint16_t)(part[i + k - 1].off + part[i + k - 1].len - part[i].off);
            uint32_t index;
            if (len == form_len) continue; /* is not listed */
            if (intern(words, form + part[i].off, len, ERZ_TOKEN_WORD, &index) && is_listed(c, &erz_words_array(words)[index]))
                take = k;
        }
        company_part p = part[i];
        p.len = (uint16_t)(part[i + take - 1].off + part[i + take - 1].len - p.off);
        part[out++] = p;
        i += take;
    }
    return out;
}

/* Parts of a compound, handle or hashtag, as a type has them, 0: none. false: memory is short. */
static bool split_word(company_state *c, erz_words *words, uint32_t word, uint32_t *parts)
{
    enum { MAX_COMPOUND = 400 };
    char form[MAX_COMPOUND];
    company_part part[MAX_PARTS];
    erz_word w = erz_words_array(words)[word];
    bool tag = w.form[0] == '@' || w.form[0] == '#';
    if (w.form_len >= MAX_COMPOUND || w.form_len < 2) return true;
    if (tag ? w.cls != ERZ_TOKEN_HANDLE && w.cls != ERZ_TOKEN_HASHTAG : w.cls != ERZ_TOKEN_WORD || is_listed(c, &w))
        return true;
    if (!tag && is_whole(w.form, w.form_len)) return true;
    memcpy(form, w.form, w.form_len);
    size_t n = find_parts(form, w.form_len, tag, part, MAX_PARTS);
    if (n >= MAX_PARTS || (n == 1 && part[0].len == w.form_len)) return true;
    n = merge_parts(c, words, form, w.form_len, part, n);
    if (n == 0) return true;
    if (!erz_grow(&c->parts, &c->cap_parts, c->nparts + n, sizeof *c->parts)) return false;
    size_t first = c->nparts;
    c->nparts += n;
    for (size_t i = 0; i < n; i++) {
        if (!intern(words, form + part[i].off, part[i].len, tag ? w.cls : ERZ_TOKEN_WORD, &part[i].word)) return false;
        c->parts[first + i] = part[i];
    }
    if (!company_types_sync(c, words)) return false;
    *parts = (uint32_t)(first * TYPE_PART + n);
    for (size_t i = 0; i < n; i++)
        if (part[i].word != word && company_type_of(c, words, part[i].word) == NULL) return false;
    return true;
}

/* Does a cue noun end the compound (Gabelstapler|hersteller)? */
static bool ends_in_cue(const company_state *c, const char *fold, size_t len)
{
    enum { LEAST_HEAD = 3, LEAST_TAIL = 5 };
    for (uint64_t tails = erz_lexicon_tails(c->lexicon, fold, len, LEAST_TAIL); tails != 0; tails &= tails - 1) {
        size_t tail = (size_t)__builtin_ctzll(tails);
        if (len - tail < LEAST_HEAD) continue;
        if (erz_lexicon_classes(c->lexicon, ERZ_MATCH_FOLD, fold + len - tail, tail) & c->lists.m_cue_tail) return true;
    }
    return false;
}

/* What company_context.c looks for first. */
static uint32_t context_bits(const company_state *c, const erz_word *w)
{
    return (w->classes & c->lists.m_head ? EV_HEAD : 0) | (w->classes & c->lists.m_paper ? EV_PAPER : 0) |
           (w->classes & c->lists.m_weak_cue ? EV_WEAK_CUE : 0) | (w->classes & c->lists.m_function ? EV_FUNCTION : 0);
}

static bool is_upper(const erz_word *w)
{
    return has_letter_upper(w->shape) || (w->shape & ERZ_SHAPE_DIGIT && w->shape & ERZ_SHAPE_OTHER);
}

/* What the lists say of a word; *base: its base form. */
static uint32_t evidence_of(company_state *c, erz_words *words, uint32_t word, const erz_word *w, uint32_t *base)
{
    enum { LISTED = EV_COMPANY | EV_AMB | EV_PLACE | EV_FIRST | EV_NOT | EV_ORG_CUE | EV_PERSON_CUE | EV_CUE };
    uint32_t evidence = list_bits(c, w) | (is_upper(w) ? EV_UPPER : 0);
    if ((evidence & (EV_COMPANY | EV_AMB)) == 0) evidence |= derived_bits(c, words, word, base);
    size_t len;
    const char *fold = erz_words_fold(words, word, &len);
    if (w->shape & ERZ_SHAPE_INITIAL_UPPER && (evidence & LISTED) == 0 && ends_in_cue(c, fold, len)) evidence |= EV_CUE;
    return evidence;
}

/* A word that is new. */
static company_type *learn(company_state *c, erz_words *words, uint32_t word)
{
    uint32_t parts = 0, base = word;
    if (!have_types(c, words) || !split_word(c, words, word, &parts)) return NULL;
    erz_word w = erz_words_array(words)[word];
    crf_word cw = {.evidence = is_upper(&w) ? EV_UPPER : 0};
    crf_query query;
    bool scored = c->crf.header != NULL && parts == 0;
    if (scored) ask_rows(c, words, word, &w, &cw, &query);
    uint32_t evidence = evidence_of(c, words, word, &w, &base);
    if (!have_types(c, words)) return NULL;
    size_t len;
    const char *fold = erz_words_fold(words, word, &len);
    company_type *t = &c->types[word];
    c->facts[word] = (company_facts){evidence | (w.continues ? EV_CONTINUES : 0) | context_bits(c, &w), 0};
    t->evidence = evidence & EV_FEATURES;
    t->base = base;
    t->kind = kind_of(&w, evidence, fold, len);
    if (t->kind == KIND_NONE) t->kind = KIND_SYMBOL;
    if (scored) score_type(c, &cw, &query, t);
    const erz_word *b = &erz_words_array(words)[base];
    bool genitive = base != word && b->continues != 0 && b->form_len < w.form_len;
    t->look = (uint8_t)((parts == 0 ? LOOK_PLAIN : 0) | (genitive ? LOOK_GENITIVE : 0));
    if (parts != 0) t->parts = parts;
    company_type_look(t, c->facts[word].evidence);
    return t;
}

company_type *company_type_of(company_state *c, erz_words *words, uint32_t word)
{
    if (word < c->ntypes && c->types[word].kind != KIND_NONE) return &c->types[word];
    return learn(c, words, word);
}
