/* Companies that a deal does not name in its clause: `der Konzern`, the topic of the document, the only other company. */
#include <string.h>

#include "deal.h"

const erz_mention *deal_company_at(const rule_row *row, uint32_t item)
{
    const erz_text *text = row->text;
    const rule_item *it = &row->items[item];
    return it->mention != 0 && text->mentions[it->mention - 1].type == ERZ_COMPANY ? &text->mentions[it->mention - 1] : NULL;
}

bool deal_token_has(const deal_finder *f, const erz_text *text, uint32_t token, uint32_t atom)
{
    return rule_words_has(f->words, erz_words_rules(text->words)[text->tokens.word[token]], atom);
}

bool deal_is_outlet(const deal_finder *f, const erz_text *text, const erz_mention *m)
{
    return deal_token_has(f, text, m->first, f->cues[CUE_MEDIA]);
}

/* First place in `order` whose mention is in sentence `sent` or after it. */
size_t deal_mention_at(const deal_finder *f, const erz_text *text, uint32_t sent)
{
    size_t lo = 0, hi = f->norder;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (text->mentions[f->order[mid].mention].sent < sent)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static bool usable(const deal_finder *f, const rule_row *row, const erz_mention *m, const deal *d)
{
    return m->type == ERZ_COMPANY && !deal_has(d, m->value) && !deal_is_outlet(f, row->text, m);
}

static bool names_time_or_place(const deal_finder *f, const erz_text *text, uint32_t token)
{
    static const int cues[] = {CUE_MONTH, CUE_WEEKDAY, CUE_PERIOD, CUE_WHEN, CUE_PLACE};
    for (size_t i = 0; i < sizeof cues / sizeof *cues; i++)
        if (deal_token_has(f, text, token, f->cues[cues[i]])) return true;
    return false;
}

/* `mit dem Hersteller A`: seldom what the next noun refers to. */
static bool is_named_prep(const deal_finder *f, const erz_text *text, uint32_t token, bool of)
{
    size_t n;
    uint32_t rules = erz_words_rules(text->words)[text->tokens.word[token]];
    const uint32_t *atoms = rules == 0 ? NULL : rule_words_atoms(f->words, rules, &n);
    for (size_t i = 0; rules != 0 && i < n; i++)
        for (uint32_t p = 0; p < f->npreps; p++)
            if (atoms[i] == f->preps[p].atom && (of || strcmp(f->preps[p].name, "von") != 0)) return true;
    return false;
}

bool deal_is_oblique(const deal_finder *f, const erz_text *text, const erz_mention *m, bool of)
{
    enum { WORDS = 4 };
    uint32_t start = text->tokens.sent[m->sent];
    for (uint32_t i = m->first; i > start && m->first - i < WORDS; i--) {
        if (is_named_prep(f, text, i - 1, of || i - 1 == start)) return true;
        if (names_time_or_place(f, text, i - 1)) return false;
        bool verb = deal_token_has(f, text, i - 1, f->cues[CUE_FINITE]) || deal_token_has(f, text, i - 1, f->cues[CUE_VERB]);
        if (verb || text->tokens.cls[i - 1] != ERZ_TOKEN_WORD) return false;
    }
    return false;
}

/* The same of a mention in any sentence. */
static bool is_object(const deal_finder *f, const erz_text *text, const erz_mention *m)
{
    enum { WORDS = 5 };
    uint32_t start = text->tokens.sent[m->sent];
    for (uint32_t i = m->first; i > start && m->first - i < WORDS; i--) {
        if (deal_token_has(f, text, i - 1, f->cues[CUE_OBJECT]))
            return i - 1 == start || !deal_token_has(f, text, i - 2, f->cues[CUE_PREP]);
        bool verb = deal_token_has(f, text, i - 1, f->cues[CUE_FINITE]) || deal_token_has(f, text, i - 1, f->cues[CUE_VERB]);
        if (verb || deal_token_has(f, text, i - 1, f->cues[CUE_DET]) || text->tokens.cls[i - 1] != ERZ_TOKEN_WORD) return false;
    }
    return false;
}

/* An item's word, also where it was taken for a company's name. */
static bool names_people(const deal_finder *f, const rule_row *row, uint32_t item)
{
    const rule_item *it = &row->items[item];
    return it->first == it->last && deal_token_has(f, row->text, it->first, f->cues[CUE_DEMONYM]);
}

bool deal_is_people(const deal_finder *f, const rule_row *row, uint32_t item)
{
    return item > 0 && names_people(f, row, item) && deal_item_has(f, row, item - 1, CUE_THE) &&
           (item + 1 == row->n || !row->items[item + 1].part);
}

bool deal_is_object(const deal_finder *f, const rule_row *row, uint32_t item)
{
    enum { WORDS = 5 };
    for (uint32_t i = item; i > 0 && item - i < WORDS; i--) {
        if (deal_item_has(f, row, i - 1, CUE_OBJECT)) return i == 1 || !deal_item_has(f, row, i - 2, CUE_PREP);
        bool verb = deal_item_has(f, row, i - 1, CUE_FINITE) || deal_item_has(f, row, i - 1, CUE_VERB);
        if (verb || deal_item_has(f, row, i - 1, CUE_DET) || deal_item_has(f, row, i - 1, CUE_PREP) ||
            row->items[i - 1].mention != 0 || row->text->tokens.cls[row->items[i - 1].first] != ERZ_TOKEN_WORD)
            return false;
    }
    return false;
}

/* The preposition of the noun phrase that ends in an item; -1: none. */
static int prep_before(const deal_finder *f, const rule_row *row, uint32_t item)
{
    enum { WORDS = 4 };
    for (uint32_t i = item; i > 0 && item - i < WORDS; i--) {
        if (row->items[i - 1].mention != 0 || row->items[i - 1].part) return -1;
        for (uint32_t p = 0; p < f->npreps; p++)
            if (rule_row_has(row, i - 1, f->preps[p].atom)) return (int)p;
        bool verb = deal_item_has(f, row, i - 1, CUE_FINITE) || deal_item_has(f, row, i - 1, CUE_VERB);
        if (verb || row->text->tokens.cls[row->items[i - 1].first] != ERZ_TOKEN_WORD) return -1;
    }
    return -1;
}

static bool has_prep(const deal_finder *f, const rule_row *row, uint32_t item, const char *name)
{
    int prep = prep_before(f, row, item);
    return prep >= 0 && strcmp(f->preps[prep].name, name) == 0;
}

bool deal_is_aside(const deal_finder *f, const rule_row *row, uint32_t item)
{
    return has_prep(f, row, item, "bei") || has_prep(f, row, item, "f\xc3\xbcr");
}

bool deal_is_after(const deal_finder *f, const rule_row *row, uint32_t item)
{
    return has_prep(f, row, item, "nach");
}

/* The nearest company before an item of the sentence. */
static const char *nearest_before(const deal_finder *f, const rule_row *row, uint32_t item, const deal *d, bool oblique)
{
    for (uint32_t i = item; i > 0; i--) {
        const erz_mention *m = deal_company_at(row, i - 1);
        if (m != NULL && deal_is_source(f, row, i - 1)) continue;
        if (m != NULL && usable(f, row, m, d) && (oblique || !deal_is_oblique(f, row->text, m, true))) return m->value;
    }
    return NULL;
}

/* `die Drogeriekette X ... die Drogeriekette`: the company that stood behind the same noun. */
static const char *same_noun(const deal_finder *f, const rule_row *row, uint32_t item, const deal *d)
{
    enum { BACK = 60 }; /* mentions looked back at */
    const erz_text *text = row->text;
    uint32_t word = text->tokens.word[row->items[item].first];
    size_t at = deal_mention_at(f, text, row->sent);
    for (size_t i = at; i > 0 && at - i < BACK; i--) {
        const erz_mention *m = &text->mentions[f->order[i - 1].mention];
        if (m->first > 0 && text->tokens.word[m->first - 1] == word && usable(f, row, m, d)) return m->value;
    }
    return NULL;
}

/* The only company that the row names before an item, else that the nearest of the two sentences before names; NULL: there are
 * none, or more. */
static const char *only_one_before(const deal_finder *f, const rule_row *row, uint32_t item, const deal *d)
{
    const char *found = NULL;
    for (uint32_t i = 0; i < item; i++) {
        const erz_mention *m = deal_company_at(row, i);
        if (m == NULL || !usable(f, row, m, d) || (found != NULL && strcmp(found, m->value) == 0)) continue;
        if (deal_is_source(f, row, i)) continue;
        if (found != NULL) return NULL;
        found = m->value;
    }
    for (uint32_t back = 1; back <= 2 && back <= row->sent && found == NULL; back++) {
        for (size_t i = deal_mention_at(f, row->text, row->sent - back); i < f->norder; i++) {
            const erz_mention *m = &row->text->mentions[f->order[i].mention];
            if (m->sent > row->sent - back) break;
            if (!usable(f, row, m, d) || (found != NULL && strcmp(found, m->value) == 0)) continue;
            if (found != NULL) return NULL;
            found = m->value;
        }
    }
    return found;
}

/* The first company (the subject, as a rule) of the nearest of some sentences before. With a preposition it stands for the
 * sentence where `oblique`, or where no other is named and the item is a noun. */
static const char *first_before(const deal_finder *f, const rule_row *row, uint32_t item, const deal *d, uint32_t sentences,
                                bool oblique)
{
    for (uint32_t back = 1; back <= sentences && back <= row->sent; back++) {
        const char *only = NULL;
        bool several = false;
        for (size_t i = deal_mention_at(f, row->text, row->sent - back); i < f->norder; i++) {
            const erz_mention *m = &row->text->mentions[f->order[i].mention];
            if (m->sent > row->sent - back) break;
            if (!usable(f, row, m, d)) continue;
            if (oblique) return m->value;
            if (is_object(f, row->text, m)) continue;
            if (!deal_is_oblique(f, row->text, m, true)) return m->value;
            if (deal_item_has(f, row, item, CUE_PRONOUN)) continue;
            several |= only != NULL && strcmp(only, m->value) != 0;
            only = m->value;
        }
        if (only != NULL && !several) return only;
    }
    return NULL;
}

/* `dieses`: the company named last in the sentence before. */
static const char *last_before(const deal_finder *f, const rule_row *row, const deal *d)
{
    const char *found = NULL;
    for (size_t i = deal_mention_at(f, row->text, row->sent - 1); row->sent > 0 && i < f->norder; i++) {
        const erz_mention *m = &row->text->mentions[f->order[i].mention];
        if (m->sent >= row->sent) break;
        if (usable(f, row, m, d)) found = m->value;
    }
    return found;
}

/* `beide`: the two companies named last, in one sentence or two; those the deal has already are passed over. */
static const char *both_before(const deal_finder *f, const rule_row *row, const deal *d)
{
    enum { SENTENCES = 2, MOST = 2 };
    const char *names[MOST];
    uint32_t n = 0;
    size_t first = deal_mention_at(f, row->text, row->sent > SENTENCES ? row->sent - SENTENCES : 0);
    for (size_t i = deal_mention_at(f, row->text, row->sent); i > first && n < MOST; i--) {
        const erz_mention *m = &row->text->mentions[f->order[i - 1].mention];
        if (m->type != ERZ_COMPANY || deal_is_outlet(f, row->text, m)) continue;
        if (n == 0 || strcmp(names[0], m->value) != 0) names[n++] = m->value;
    }
    for (uint32_t i = n; n == MOST && i > 0; i--)
        if (!deal_has(d, names[i - 1])) return names[i - 1];
    return NULL;
}

const char *deal_only_before(const deal_finder *f, const rule_row *row, const deal *d, uint32_t sentences)
{
    const char *found = NULL;
    for (uint32_t back = 1; back <= sentences && back <= row->sent && found == NULL; back++) {
        for (size_t i = deal_mention_at(f, row->text, row->sent - back); i < f->norder; i++) {
            const erz_mention *m = &row->text->mentions[f->order[i].mention];
            if (m->sent > row->sent - back) break;
            if (m->type != ERZ_COMPANY || deal_is_outlet(f, row->text, m)) continue;
            if (deal_has_alike(d, m->value) || (found != NULL && strcmp(found, m->value) != 0)) return NULL;
            found = m->value;
        }
    }
    return found;
}

/* Is a person named in the sentence before, or in this one before the item? `er`, `sie` are then hardly a company. */
static bool after_person(const deal_finder *f, const rule_row *row, uint32_t item)
{
    const erz_text *text = row->text;
    uint32_t start = text->tokens.sent[row->sent > 0 ? row->sent - 1 : 0];
    for (uint32_t i = start; i < row->items[item].first; i++)
        if (deal_token_has(f, text, i, f->cues[CUE_FIRST_NAME])) return true;
    return false;
}

/* The company a longer text names first. */
static const char *first_of_all(const deal_finder *f, const rule_row *row, const deal *d)
{
    enum { EARLY = 3 };
    for (size_t i = 0; i < f->norder && row->sent >= EARLY; i++) {
        const erz_mention *m = &row->text->mentions[f->order[i].mention];
        if (m->sent >= EARLY) break;
        if (usable(f, row, m, d)) return m->value;
    }
    return NULL;
}

/* `die Kölner`: who was said to be from Cologne; else the sentence before's only company; else what the text is about. */
static const char *refer_by_place(const deal_finder *f, const rule_row *row, uint32_t item, const deal *d, const char *topic)
{
    const char *found = deal_of_place(f, row, item, d);
    if (found == NULL) found = only_one_before(f, row, item, d);
    if (found == NULL) found = first_before(f, row, item, d, 1, false);
    if (found == NULL) found = topic;
    return found != NULL ? found : first_of_all(f, row, d);
}

/* Does the sentence before name the company? */
static bool named_before(const deal_finder *f, const rule_row *row, const char *name)
{
    for (size_t i = deal_mention_at(f, row->text, row->sent - 1); row->sent > 0 && i < f->norder; i++) {
        const erz_mention *m = &row->text->mentions[f->order[i].mention];
        if (m->sent >= row->sent) break;
        if (m->type == ERZ_COMPANY && strcmp(m->value, name) == 0) return true;
    }
    return false;
}

/* `sie gründen`, `gründen sie` */
bool deal_is_plural(const deal_finder *f, const rule_row *row, uint32_t item)
{
    const rule_item *it = &row->items[item];
    const char *s = row->text->text;
    if (it->end - it->begin != 3 || (s[it->begin + 1] != 'i')) return false;
    for (int side = -1; side <= 1; side += 2) {
        uint32_t verb = side < 0 ? item - 1 : item + 1;
        if ((side < 0 && item == 0) || verb >= row->n) continue;
        if (deal_item_has(f, row, verb, CUE_FINITE) || deal_item_has(f, row, verb, CUE_VERB))
            return s[row->items[verb].end - 1] == 'n';
    }
    return false;
}

/* What `der Konzern` refers to: at a sentence's begin the company of the sentences before; later in a sentence the nearest
 * company before it there. */
void deal_refer(const deal_finder *f, const rule_row *row, uint32_t item, deal *d, deal_role role)
{
    enum { BEGIN = 3 };
    const char *topic = f->topic != NULL && !deal_has(d, f->topic) ? f->topic : NULL, *found = NULL;
    bool pronoun = deal_item_has(f, row, item, CUE_PRONOUN), plural = pronoun && deal_is_plural(f, row, item);
    if (pronoun && after_person(f, row, item)) return;
    if ((item < BEGIN || row->companies == 0) && (plural || deal_item_has(f, row, item, CUE_BOTH)))
        found = both_before(f, row, d);
    if (plural) {
        if (found != NULL) deal_add_who(d, role, found);
        return;
    }
    if (item == 0 && deal_item_has(f, row, item, CUE_LATTER)) found = last_before(f, row, d);
    if (found == NULL && names_people(f, row, item)) found = refer_by_place(f, row, item, d, topic);
    if (found == NULL && !pronoun && row->items[item].mention == 0) found = same_noun(f, row, item, d);
    if (found == NULL && item >= BEGIN) found = nearest_before(f, row, item, d, !pronoun);
    if (found == NULL && !pronoun && topic != NULL && f->topic_sure && named_before(f, row, topic)) found = topic;
    if (found == NULL) found = first_before(f, row, item, d, 3, false);
    if (found == NULL) found = topic;
    if (found == NULL) found = first_before(f, row, item, d, 2, true);
    if (found != NULL) deal_add_who(d, role, found);
}

/* `A-Übernahme: B will ...`: the tokenizer may end a sentence at the colon. */
static const char *after_colon(const deal_finder *f, const rule_row *row, const deal *d)
{
    const erz_text *text = row->text;
    const rule_item *last = &row->items[row->n - 1];
    if (last->end - last->begin != 1 || text->text[last->begin] != ':') return NULL;
    for (size_t i = deal_mention_at(f, text, row->sent + 1); i < f->norder; i++) {
        const erz_mention *m = &text->mentions[f->order[i].mention];
        if (m->sent > row->sent + 1) break;
        if (usable(f, row, m, d)) return m->value;
    }
    return NULL;
}

static bool is_comma(const rule_row *row, uint32_t item)
{
    const rule_item *it = &row->items[item];
    return it->mention == 0 && it->end - it->begin == 1 && row->text->text[it->begin] == ',';
}

static erz_token_class text_class(const erz_text *text, const erz_mention *m)
{
    return (erz_token_class)text->tokens.cls[m->first];
}

/* `Rückschlag für A: ...`: whom it matters to, no party. */
static bool is_gainer(const deal_finder *f, const erz_text *text, const erz_mention *m)
{
    if (m->first == text->tokens.sent[m->sent]) return false;
    uint32_t before = text->tokens.begin[m->first - 1], end = text->tokens.end[m->first - 1];
    if (end - before != 4 || memcmp(text->text + before, "f\xc3\xbcr", 4) != 0) return false;
    return m->first - 1 > text->tokens.sent[m->sent] && deal_token_has(f, text, m->first - 2, f->cues[CUE_NEWS]);
}

/* `A-Mutter B`: what A is beside B only. */
static bool is_beside_name(const deal_finder *f, const erz_text *text, const erz_mention *m)
{
    if (text->tokens.end[m->last] == m->end) return false;
    for (size_t i = deal_mention_at(f, text, m->sent); i < f->norder; i++) {
        const erz_mention *o = &text->mentions[f->order[i].mention];
        if (o->sent > m->sent || o->first > m->last + 1) return false;
        if (o->type == ERZ_COMPANY && o->first == m->last + 1) return true;
    }
    return false;
}

static uint32_t add_two(const deal_finder *f, const rule_row *row, const erz_mention *m, const deal *d, const char **names,
                        uint32_t n)
{
    bool handle = text_class(row->text, m) == ERZ_TOKEN_HANDLE; /* who tweets */
    if (is_beside_name(f, row->text, m)) return n;
    bool fits =
        n < 2 && !handle && !is_gainer(f, row->text, m) && usable(f, row, m, d) && (n == 0 || strcmp(names[0], m->value) != 0);
    if (fits) names[n] = m->value;
    return n + fits;
}

static bool is_colon(const erz_text *text, uint32_t begin, uint32_t end)
{
    return end - begin == 1 && text->text[begin] == ':';
}

/* The sentence before is a headline's topic: short, ends in a colon, and nobody says what comes. */
static bool is_lead_in(const deal_finder *f, const erz_text *text, uint32_t sent)
{
    enum { WORDS = 12 };
    if (sent == 0) return false;
    uint32_t first = text->tokens.sent[sent - 1], last = text->tokens.sent[sent] - 1;
    if (last - first > WORDS || !is_colon(text, text->tokens.begin[last], text->tokens.end[last])) return false;
    for (uint32_t i = first; i < last; i++)
        if (deal_token_has(f, text, i, f->cues[CUE_TOLD])) return false;
    return true;
}

uint32_t deal_before_colon(const deal_finder *f, const rule_row *row, uint32_t item, const deal *d, const char **names)
{
    const erz_text *text = row->text;
    uint32_t n = 0;
    if (item > 0 && is_colon(text, row->items[item - 1].begin, row->items[item - 1].end)) {
        for (uint32_t i = 0; i < item; i++)
            if (deal_token_has(f, text, row->items[i].first, f->cues[CUE_TOLD])) return 0;
        for (uint32_t i = 0; i < item; i++)
            if (deal_company_at(row, i) != NULL) n = add_two(f, row, deal_company_at(row, i), d, names, n);
        return n;
    }
    if (!is_lead_in(f, text, row->sent)) return 0;
    for (size_t i = deal_mention_at(f, text, row->sent - 1); i < f->norder; i++) {
        const erz_mention *m = &text->mentions[f->order[i].mention];
        if (m->sent > row->sent - 1) break;
        n = add_two(f, row, m, d, names, n);
    }
    return n;
}

/* The headline names no other company than the topic. */
static bool heads_alone(const deal_finder *f, const erz_text *text)
{
    bool found = false;
    for (size_t i = 0; i < f->norder; i++) {
        const erz_mention *m = &text->mentions[f->order[i].mention];
        if (m->sent > 0) break;
        if (m->type != ERZ_COMPANY) continue;
        if (strcmp(m->value, f->topic) != 0) return false;
        found = true;
    }
    return found;
}

/* The headline begins with it. */
static bool leads(const deal_finder *f, const erz_text *text)
{
    for (size_t i = 0; i < f->norder && text->mentions[f->order[i].mention].sent == 0; i++) {
        const erz_mention *m = &text->mentions[f->order[i].mention];
        if (m->type == ERZ_COMPANY) return deal_alike(m->value, f->topic) && !deal_is_oblique(f, text, m, true);
    }
    return false;
}

/* What a text of some length is about: the company named most often, the headline counting more, if it is named at its
 * beginning. */
const char *deal_topic(deal_finder *f, const erz_text *text)
{
    enum { MIN_SENTENCES = 3, MIN_COUNT = 2, EARLY = 4, MAX = 400 };
    if (f->has_topic) return f->topic;
    f->has_topic = true;
    f->topic = NULL;
    size_t best = MIN_COUNT - 1, second = 0;
    for (size_t i = 0; i < f->norder && i < MAX && text->tokens.nsent >= MIN_SENTENCES; i++) {
        const erz_mention *m = &text->mentions[f->order[i].mention];
        if (m->sent >= EARLY) break;
        if (m->type != ERZ_COMPANY || deal_is_outlet(f, text, m)) continue;
        if (f->topic != NULL && strcmp(f->topic, m->value) == 0) continue;
        size_t n = 0;
        for (size_t k = 0; k < f->norder && k < MAX; k++) {
            const erz_mention *o = &text->mentions[f->order[k].mention];
            if (o->type == ERZ_COMPANY && deal_alike(o->value, m->value)) n += o->sent == 0 ? 2 : 1;
        }
        if (n > best) {
            second = f->topic != NULL ? best : second;
            best = n;
            f->topic = m->value;
        } else if (n > second) {
            second = n;
        }
    }
    if (best <= second) f->topic = NULL;
    f->topic_sure = f->topic != NULL && (2 * best >= 3 * second || heads_alone(f, text) || leads(f, text));
    return f->topic;
}

/* `..., an der sich A beteiligt`: A stands in a clause of its own. */
static bool is_in_relative(const deal_finder *f, const rule_row *row, uint32_t item)
{
    enum { REACH = 10 };
    uint32_t start = item, end = item + 1;
    while (start > 0 && item - start < REACH && !is_comma(row, start - 1)) start--;
    if (start == 0 || !is_comma(row, start - 1)) return false;
    uint32_t pronoun = deal_item_has(f, row, start, CUE_PREP) ? start + 1 : start;
    if (pronoun >= item || !deal_item_has(f, row, pronoun, CUE_RELATIVE)) return false;
    while (end < row->n && !is_comma(row, end)) end++;
    while (end > item + 1 && row->items[end - 1].end - row->items[end - 1].begin == 1) end--;
    return end > item + 1 && (deal_item_has(f, row, end - 1, CUE_FINITE) || deal_item_has(f, row, end - 1, CUE_VERB));
}

bool deal_is_definite(const deal_finder *f, const rule_row *row, const rule_hit *hit)
{
    enum { WORDS = 3 };
    for (uint32_t i = hit->key_first; i > 0 && hit->key_first - i < WORDS; i--)
        if (deal_item_has(f, row, i - 1, CUE_THE)) return i <= WORDS;
    return false;
}

/* A party the rule did not see: the only other company of the sentence. */
void deal_complete(deal_finder *f, const rule_row *row, const rule_hit *hit, deal_role role, deal *d)
{
    const char *found = NULL;
    for (uint32_t i = 0; i < row->n; i++) {
        const erz_mention *m = deal_company_at(row, i);
        if (m == NULL || !usable(f, row, m, d)) continue;
        if (i > 0 && deal_item_has(f, row, i - 1, CUE_COMPARE)) continue;
        /* `um die A -Tochter B`: not B for A */
        const erz_mention *parent = i > 1 && deal_item_has(f, row, i - 1, CUE_PARENT) ? deal_company_at(row, i - 2) : NULL;
        if (parent != NULL && deal_has(d, parent->value)) continue;
        if (is_in_relative(f, row, i) || deal_is_source(f, row, i)) continue;
        bool tail = i + 1 < row->n && row->items[i + 1].part && deal_item_has(f, row, i + 1, CUE_TAIL_NO);
        if (tail || (found != NULL && strcmp(found, m->value) == 0)) continue;
        if (found != NULL) return;
        found = m->value;
    }
    if (found == NULL) found = after_colon(f, row, d);
    const char *names[2];
    if (found == NULL && deal_before_colon(f, row, 0, d, names) > 0) found = names[0];
    /* `Vorstandschef Meier will B kaufen` */
    if (found == NULL && deal_item_has(f, row, hit->first, CUE_TAIL_EXEC)) found = deal_only_before(f, row, d, DEAL_FAR);
    if (found == NULL && role != ROLE_PARTY && deal_is_definite(f, row, hit)) found = deal_only_before(f, row, d, DEAL_FAR);
    if (found == NULL) return;
    deal_add_who(d, role, found);
    if (role == ROLE_PARTY) d->weak = false;
}

/* `nach eigenen Angaben A`, `laut einem Bericht den Hersteller A`: the noun has no genitive behind it. */
static bool tells_itself(const deal_finder *f, const rule_row *row, uint32_t noun, uint32_t item)
{
    const rule_item *it = &row->items[noun];
    if (noun == 0 || (row->text->tokens.shape[it->first] & ERZ_SHAPE_INITIAL_UPPER) == 0) return false;
    bool name = (row->text->tokens.shape[row->items[noun + 1].first] & ERZ_SHAPE_INITIAL_UPPER) != 0;
    uint8_t next = row->text->tokens.cls[row->items[noun + 1].first];
    if (noun + 1 < item && !name && (next == ERZ_TOKEN_WORD || next == ERZ_TOKEN_NUMBER))
        return !deal_item_has(f, row, noun + 1, CUE_GENITIVE) && !deal_item_has(f, row, noun + 1, CUE_FROM);
    return noun + 1 == item && deal_item_has(f, row, noun - 1, CUE_VAGUE);
}

/* `laut X`, `sagte er der Nachrichtenagentur X`: X tells of the deal. */
bool deal_is_source(const deal_finder *f, const rule_row *row, uint32_t item)
{
    enum { NEAR = 4 };
    const rule_item *it = &row->items[item];
    bool first = item == 0 || row->items[item - 1].end - row->items[item - 1].begin <= 2; /* RT */
    if (first && row->text->tokens.cls[it->first] == ERZ_TOKEN_HANDLE) return true;
    for (uint32_t i = item; i > 0 && item - i < NEAR; i--) {
        if (is_comma(row, i - 1)) return false;
        if (deal_item_has(f, row, i - 1, CUE_SOURCE)) return !tells_itself(f, row, i - 1, item);
        bool told = deal_item_has(f, row, i - 1, CUE_TOLD) && !deal_item_has(f, row, i - 1, CUE_ANNOUNCE);
        if (i > 1 && told && is_comma(row, i - 2)) return true; /* `, meldet das A` */
        bool verb = deal_item_has(f, row, i - 1, CUE_FINITE) || deal_item_has(f, row, i - 1, CUE_VERB);
        if (row->items[i - 1].mention != 0 || verb || deal_item_has(f, row, i - 1, CUE_HAVE)) return false;
    }
    return false;
}
