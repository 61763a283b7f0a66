/* Rules over a text: the deals of the model's rules and the records of the user's. */
#include "rules.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "deal.h"
#include "deal_names.h"
#include "erz/compile.h"
#include "erz/match.h"

/* A longer run of tokens without a sentence end is no sentence; rules would take more than linear time there. */
enum { MAX_USER_FILES = 16, MOST_TOKENS = 1000 };

/* RULE_SEE_... in a byte. */
enum {
    SEE_COMPANIES = RULE_SEE_COMPANIES >> RULE_SEE_SHIFT,
    SEE_COMPOUND = RULE_SEE_COMPOUND >> RULE_SEE_SHIFT,
    SEE_COMPANY_NAMES = RULE_SEE_COMPANY_NAMES >> RULE_SEE_SHIFT,
    SEE_ANY = RULE_SEE_ANY >> RULE_SEE_SHIFT,
    SEE_COMPANY = RULE_SEE_COMPANY >> RULE_SEE_SHIFT,
    SEE_NAMES = RULE_SEE_NAMES >> RULE_SEE_SHIFT
};

/* What is to be done in a sentence. */
enum { TRY = 1, TRY_WITH_COMPANY = 2, TRY_NAMES = 4, TRY_COMPOUND = 8 };

struct erz_rules {
    const erz_model *model;
    rule_image model_image, user[MAX_USER_FILES];
    size_t nuser;
    rule_words *words;
    rule_engine *engine;
    rule_row row;
    rule_order *order;
    size_t cap_order;
    deal_finder deals;
    deal_names names;
    uint8_t *see; /* by word type: RULE_SEE_... >> RULE_SEE_SHIFT; one byte, as every token of every text needs it */
    size_t cap_see, nsee;
    uint64_t generation; /* of the word table that they belong to */
    uint8_t *worth;      /* of each sentence: it holds a trigger */
    uint8_t *seen;       /* of each sentence: what its words trigger, as in see */
    size_t cap_worth, cap_seen;
    uint64_t mention_triggers; /* bit of ATOM_COMPANY ...: such a mention makes a sentence worth a look */
    uint8_t every;             /* TRY, TRY_NAMES: a regex rule looks at every sentence */
    bool explain;
    erz_buf explained;
};

/* Of how many needs is each a company? */
static uint32_t companies_needed(const rule_image *im, const rule_def *d)
{
    const uint32_t *p = im->pool + d->needs;
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->nneeds; i++, p += 1 + p[0]) n += p[0] == 1 && p[1] == ATOM_COMPANY;
    return n;
}

static uint32_t what_to_see(const rule_image *im, const rule_def *d)
{
    uint32_t companies = companies_needed(im, d);
    if (d->flags & RULE_NAMES) return companies > 0 ? RULE_SEE_COMPANY_NAMES : RULE_SEE_NAMES;
    return companies == 0 ? RULE_SEE_ANY : companies == 1 ? RULE_SEE_COMPANY : RULE_SEE_COMPANIES;
}

static bool add_groups(erz_rules *r, const rule_image *im, const rule_def *d)
{
    const uint32_t *need = im->pool + d->needs;
    for (uint32_t i = 0; i < d->nneeds; i++, need += 1 + need[0]) {
        uint32_t group = rule_words_need_group(r->words, need, i == 0);
        for (uint32_t k = 1; k <= need[0] && group != RULE_NO_GROUP; k++)
            if (!rule_words_group(r->words, need[k], group)) return false;
    }
    return true;
}

static bool add_image(erz_rules *r, const rule_image *im)
{
    if (!rule_row_atoms(&r->row, im->base + im->natoms)) return false;
    for (uint32_t i = 0; i < im->ndefs; i++) {
        const rule_def *d = &im->defs[i];
        if (d->flags & RULE_REGEX) r->every |= d->flags & RULE_NAMES ? TRY_NAMES : TRY;
        if (d->nneeds == 0) continue;
        const uint32_t *need_atoms = im->pool + d->needs;
        if (!add_groups(r, im, d)) return false;
        uint32_t see = what_to_see(im, d);
        for (uint32_t k = 1; k <= need_atoms[0]; k++) {
            if (need_atoms[k] < ATOM_FIXED) r->mention_triggers |= UINT64_C(1) << need_atoms[k];
            if (!rule_words_trigger(r->words, need_atoms[k], see)) return false;
        }
    }
    return rule_words_add(r->words, im) && rule_engine_add(r->engine, r->words, im);
}

erz_status erz_rules_new(const erz_model *model, erz_rules **out, erz_error *err)
{
    erz_rules *r = calloc(1, sizeof *r);
    if (r == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    r->model = model;
    r->model_image.base = ATOM_FIXED;
    r->words = rule_words_new(erz_model_lexicon(model));
    r->engine = rule_engine_new();
    bool good = r->words != NULL && r->engine != NULL;
    erz_status status = good ? ERZ_OK : erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    size_t len;
    const void *data = erz_model_section(model, "rules", &len);
    if (status == ERZ_OK && data != NULL) status = rule_image_open(data, len, &r->model_image, err);
    if (status == ERZ_OK && !add_image(r, &r->model_image)) status = erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    if (status != ERZ_OK) {
        erz_rules_free(r);
        return status;
    }
    deal_finder_bind(&r->deals, &r->model_image);
    deal_names_bind(&r->names, &r->model_image, erz_model_lexicon(model));
    rule_words_name_tail(r->words, r->names.tails, r->names.common | r->names.barred);
    *out = r;
    return ERZ_OK;
}

void erz_rules_free(erz_rules *r)
{
    if (r == NULL) return;
    for (size_t i = 0; i < r->nuser; i++) rule_image_free(&r->user[i]);
    rule_engine_free(r->engine);
    rule_words_free(r->words);
    rule_row_free(&r->row);
    erz_buf_free(&r->explained);
    free(r->order);
    free(r->see);
    free(r->worth);
    free(r->seen);
    free(r->deals.deals);
    free(r);
}

erz_status erz_rules_add(erz_rules *r, const char *file, const char *text, size_t len, erz_error *err)
{
    if (r->nuser == MAX_USER_FILES) return erz_fail(err, ERZ_E_USAGE, file, 0, 0, "at most %d rule files", MAX_USER_FILES);
    rule_source source = {file, text, len};
    rule_image *im = &r->user[r->nuser];
    const rule_image *outer[MAX_USER_FILES + 1] = {&r->model_image};
    for (size_t i = 0; i < r->nuser; i++) outer[i + 1] = &r->user[i];
    erz_status status = rule_parse(&source, 1, outer, r->nuser + 1, im, err);
    if (status != ERZ_OK) return status;
    r->nuser++;
    status = rule_engine_check(im, err);
    if (status == ERZ_OK && !add_image(r, im)) status = erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    return status;
}

void erz_rules_explain(erz_rules *r)
{
    r->explain = true;
}

const char *erz_rules_explained(erz_rules *r, size_t *len)
{
    *len = r->explained.len;
    return r->explained.data;
}

void erz_rules_time(erz_rules *r)
{
    rule_engine_time(r->engine);
}

bool erz_rules_profile(const erz_rules *r, size_t i, erz_rule_profile *out)
{
    if (i >= rule_engine_count(r->engine)) return false;
    const rule_profile *p = rule_engine_profile(r->engine, i);
    *out = (erz_rule_profile){p->name, p->tried, p->matched, p->limited, p->ns};
    return true;
}

/* ---- records of user rules ---- */

static erz_status value_of(erz_text *text, const rule_row *row, const rule_arg *arg, const char **out)
{
    const rule_item *it = &row->items[arg->first];
    if (arg->first == arg->last && it->mention != 0 && it->begin == arg->begin && it->end == arg->end) {
        const erz_mention *m = &text->mentions[it->mention - 1];
        *out = m->type == ERZ_MONEY ? deal_money_text(text, m) : m->value;
    } else {
        *out = erz_arena_strndup(text->arena, text->text + arg->begin, arg->end - arg->begin);
    }
    return *out == NULL ? ERZ_E_MEMORY : ERZ_OK;
}

static erz_status add_attr(erz_text *text, size_t at, const char *name, const char *value)
{
    for (int key = 0; key < ERZ_ATTR_OTHER; key++)
        if (strcmp(name, erz_attr_key_name((erz_attr_key)key)) == 0)
            return erz_mention_attr(text, &text->mentions[at], (erz_attr_key)key, value);
    return erz_mention_attr_named(text, &text->mentions[at], name, value);
}

static erz_status add_user_record(erz_text *text, const rule_row *row, const rule_hit *hit)
{
    const char *value = rule_string(hit->image, hit->def->value);
    size_t at = text->nmentions;
    erz_mention *m =
        erz_text_add(text, ERZ_USER, hit->begin, hit->end, row->items[hit->first].first, row->items[hit->last].last);
    if (m == NULL) return ERZ_E_MEMORY;
    m->type_name = rule_string(hit->image, hit->def->type);
    if (*value == '=') m->value = value + 1;
    erz_status status = ERZ_OK;
    for (uint32_t i = 0; i < hit->nargs && status == ERZ_OK; i++) {
        const rule_arg *arg = &hit->args[i];
        if (strcmp(arg->name, "trigger") == 0) continue;
        const char *s;
        status = value_of(text, row, arg, &s);
        if (status != ERZ_OK) return status;
        if (*value == '$' && strcmp(value + 1, arg->name) == 0)
            text->mentions[at].value = s;
        else
            status = add_attr(text, at, arg->name, s);
    }
    for (uint32_t i = 0; i < hit->def->nsets && status == ERZ_OK; i++) {
        const uint32_t *pair = hit->image->pool + hit->def->sets + 2 * i;
        status = add_attr(text, at, rule_string(hit->image, pair[0]), rule_string(hit->image, pair[1]));
    }
    if (status == ERZ_OK)
        status = erz_mention_attr(text, &text->mentions[at], ERZ_ATTR_RULE, rule_string(hit->image, hit->def->name));
    return status;
}

/* ---- explaining ---- */

static void explain_text(erz_buf *out, const erz_text *text, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++) erz_buf_char(out, (unsigned char)text->text[i] < ' ' ? ' ' : text->text[i]);
}

static void explain_hit(erz_rules *r, const erz_text *text, const rule_hit *hit)
{
    erz_buf *out = &r->explained;
    unsigned long long sentence = text->sent_base + r->row.sent + 1;
    erz_buf_printf(out, "# sentence %llu\t%s\t%s:%u\t", sentence, rule_string(hit->image, hit->def->name),
                   rule_string(hit->image, hit->def->file), hit->def->line);
    explain_text(out, text, hit->begin, hit->end);
    for (uint32_t i = 0; i < hit->nargs; i++) {
        erz_buf_printf(out, "\t%s=", hit->args[i].name);
        explain_text(out, text, hit->args[i].begin, hit->args[i].end);
    }
    erz_buf_char(out, '\n');
}

/* ---- a text ---- */

static int by_place(const void *a, const void *b)
{
    const rule_order *x = a, *y = b;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    return x->mention < y->mention ? -1 : x->mention > y->mention;
}

static bool sort_mentions(erz_rules *r, const erz_text *text)
{
    if (!erz_grow(&r->order, &r->cap_order, text->nmentions + 1, sizeof *r->order)) return false;
    bool sorted = true;
    for (size_t i = 0; i < text->nmentions; i++) {
        r->order[i] = (rule_order){text->mentions[i].begin, (uint32_t)i};
        sorted &= i == 0 || r->order[i - 1].begin <= r->order[i].begin;
    }
    if (!sorted) qsort(r->order, text->nmentions, sizeof *r->order, by_place);
    return true;
}

/* The word table has dropped words: keep what is known of the others. */
static void move_see(erz_rules *r, const erz_words *words)
{
    size_t n = 0;
    for (size_t i = 0; i < r->nsee; i++) {
        uint32_t to = erz_words_moved(words, (uint32_t)i);
        if (to == ERZ_WORD_DROPPED) continue;
        r->see[to] = r->see[i];
        n = to + 1;
    }
    r->nsee = n;
}

/* Learn the word types that are new in the table. */
static bool learn(erz_rules *r, erz_words *words)
{
    bool same = erz_words_claim_rules(words, r->words, r->nuser);
    uint64_t generation = erz_words_generation(words);
    if (same && generation == r->generation + 1)
        move_see(r, words);
    else if (!same || generation != r->generation)
        r->nsee = 0;
    r->generation = generation;
    while (r->nsee < erz_words_count(words)) { /* what is learned may add parts of words */
        if (!erz_grow(&r->see, &r->cap_see, erz_words_count(words), 1)) return false;
        for (size_t n = erz_words_count(words); r->nsee < n; r->nsee++) {
            uint32_t i = (uint32_t)r->nsee, rules = erz_words_rules(words)[i];
            if (rules == 0) rules = rule_words_learn(r->words, words, i);
            if (rules == 0) return false;
            r->see[i] = (uint8_t)(rules >> RULE_SEE_SHIFT);
        }
    }
    return true;
}

/* What the sentence's tokens trigger. */
static uint8_t look(const erz_rules *r, const erz_text *text, uint32_t sent)
{
    const uint8_t *see = r->see;
    const uint32_t *p = text->tokens.word + text->tokens.sent[sent], *end = text->tokens.word + text->tokens.sent[sent + 1];
    unsigned all = 0, more = 0;
    for (; end - p >= 4; p += 4) {
        all |= (unsigned)see[p[0]] | see[p[1]];
        more |= (unsigned)see[p[2]] | see[p[3]];
    }
    for (; p < end; p++) all |= see[*p];
    return (uint8_t)(all | more);
}

/* What the sentence's mentions are: bit of ATOM_COMPANY ... */
static uint64_t mentions_in(const erz_rules *r, const erz_text *text, uint32_t sent, size_t *at)
{
    static const uint32_t atoms[] = {ATOM_MONEY, ATOM_PERCENT, ATOM_COMPANY};
    uint32_t first = text->tokens.sent[sent], end = text->tokens.sent[sent + 1];
    uint64_t found = 0;
    while (*at < text->nmentions && text->mentions[r->order[*at].mention].first < first) ++*at;
    for (size_t i = *at; i < text->nmentions; i++) {
        const erz_mention *m = &text->mentions[r->order[i].mention];
        if (m->first >= end) break;
        found |= UINT64_C(1) << ATOM_MENTION;
        if (m->type <= ERZ_COMPANY) found |= UINT64_C(1) << atoms[m->type];
    }
    return found;
}

static bool ends_in_colon(const erz_text *text, uint32_t sent)
{
    uint32_t end = text->tokens.sent[sent + 1];
    uint32_t begin = end == 0 ? 0 : text->tokens.begin[end - 1];
    return end > 0 && text->tokens.end[end - 1] - begin == 1 && text->text[begin] == ':';
}

/* `A/B: Kartellamt billigt Fusion`: what stands before the colon belongs to the sentence behind it. */
static bool follows_colon(const erz_text *text, uint32_t sent)
{
    return sent > 0 && ends_in_colon(text, sent - 1);
}

static void expect_company(rule_row *row)
{
    rule_row_expect(row, ATOM_COMPANY);
    if (row->companies == 0) row->companies = 1;
}

static erz_status take_hit(erz_rules *r, erz_text *text, const rule_hit *hit, size_t norder, erz_error *err)
{
    if (strcmp(rule_string(hit->image, hit->def->type), "deal") == 0)
        return deal_finder_take(&r->deals, text, &r->row, hit, r->order, norder, err);
    if (add_user_record(text, &r->row, hit) != ERZ_OK) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    return ERZ_OK;
}

/* What the sentence's mentions meet; *companies: at most so many items; *at: first mention not before it. Returns a bit of
 * ATOM_COMPANY ... for each type. */
static uint32_t mention_groups(const erz_rules *r, const erz_text *text, uint32_t sent, size_t norder, size_t *at,
                               rule_groups *groups, uint32_t *companies)
{
    static const uint32_t atoms[] = {ATOM_MONEY, ATOM_PERCENT, ATOM_COMPANY};
    const erz_tokens *t = &text->tokens;
    uint32_t found = 0;
    memset(groups, 0, sizeof *groups);
    *companies = 0;
    while (*at < norder && text->mentions[r->order[*at].mention].first < t->sent[sent]) ++*at;
    for (size_t i = *at; i < norder; i++) {
        const erz_mention *m = &text->mentions[r->order[i].mention];
        if (m->first >= t->sent[sent + 1]) break;
        /* What is left of a token beside a mention is a word of its own. */
        if (m->begin != t->begin[m->first] || m->end != t->end[m->last]) *groups = rule_groups_all;
        rule_words_atom_groups(r->words, ATOM_MENTION, groups);
        found |= 1U << ATOM_MENTION | 1U << ATOM_PART;
        if (m->type > ERZ_COMPANY) continue;
        rule_words_atom_groups(r->words, atoms[m->type], groups);
        found |= 1U << atoms[m->type];
        *companies += m->type == ERZ_COMPANY;
    }
    return found;
}

static void word_groups(const erz_rules *r, const erz_text *text, uint32_t sent, rule_groups *groups)
{
    uint32_t begin = text->tokens.sent[sent], n = text->tokens.sent[sent + 1] - begin;
    rule_words_groups(r->words, erz_words_rules(text->words), text->tokens.word + begin, n, groups);
}

/* Does a mention trigger a rule (that names or not)? */
static bool mention_wants(const erz_rules *r, bool names, uint32_t mentions, const rule_groups *groups, uint32_t companies)
{
    for (uint32_t a = 0; a < ATOM_FIXED; a++)
        if ((r->mention_triggers & mentions) >> a & 1 && rule_engine_wants(r->engine, a, names, groups, companies)) return true;
    return false;
}

/* What words must trigger for a rule (that names or not) to be tried beside so many companies. */
static unsigned wanted_of(bool names, uint32_t companies)
{
    if (names) return SEE_NAMES | (companies > 0 ? SEE_COMPANY_NAMES : 0);
    return SEE_ANY | (companies > 0 ? SEE_COMPANY : 0) | (companies > 1 ? SEE_COMPANIES : 0);
}

/* Can a rule (that names or not) be tried in the sentence? Far cheaper than its row. */
static bool wanted(const erz_rules *r, const erz_text *text, uint32_t sent, bool names, const rule_groups *groups,
                   uint32_t companies)
{
    const erz_tokens *t = &text->tokens;
    const uint32_t *known = erz_words_rules(text->words);
    unsigned see = wanted_of(names, companies);
    for (uint32_t i = t->sent[sent]; i < t->sent[sent + 1]; i++) {
        if ((r->see[t->word[i]] & see) == 0) continue;
        size_t n;
        const uint32_t *atoms = rule_words_atoms(r->words, known[t->word[i]], &n);
        for (size_t k = 0; k < n; k++)
            if (rule_engine_wants(r->engine, atoms[k], names, groups, companies)) return true;
    }
    return false;
}

/* The same by what was seen in the sentence, then by the groups of needs that its words meet, which are added. */
static bool may_try(const erz_rules *r, const erz_text *text, uint32_t sent, bool names, uint32_t mentions, uint32_t companies,
                    rule_groups *groups)
{
    bool every = (r->every & (names ? TRY_NAMES : TRY)) != 0 || (names && (r->worth[sent] & TRY_COMPOUND) != 0);
    bool words = (r->seen[sent] & wanted_of(names, companies)) != 0;
    if (!every && !words && !mention_wants(r, names, mentions, &rule_groups_all, companies)) return false;
    word_groups(r, text, sent, groups);
    return every || mention_wants(r, names, mentions, groups, companies) ||
           (words && wanted(r, text, sent, names, groups, companies));
}

static erz_status find_sentence(erz_rules *r, erz_text *text, uint32_t sent, size_t norder, size_t *at, bool names,
                                erz_error *err)
{
    uint32_t companies;
    rule_groups groups;
    uint32_t mentions = mention_groups(r, text, sent, norder, at, &groups, &companies);
    bool colon = !names && follows_colon(text, sent);
    if (colon && companies == 0) {
        companies = 1;
        mentions |= 1U << ATOM_COMPANY;
        rule_words_atom_groups(r->words, ATOM_COMPANY, &groups);
    }
    if (!may_try(r, text, sent, names, mentions, companies, &groups)) return ERZ_OK;
    if (!rule_row_fill(&r->row, r->words, text, sent, r->order, norder, at))
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    r->row.groups = groups;
    if (colon) expect_company(&r->row);
    const rule_hit *hits;
    size_t nhits;
    erz_status status = rule_engine_run(r->engine, &r->row, names, &hits, &nhits, err);
    if (status == ERZ_OK && names) status = deal_names_compounds(&r->names, r->words, text, &r->row, err);
    for (size_t i = 0; i < nhits && status == ERZ_OK; i++) {
        size_t before = text->nmentions + r->deals.n;
        status = names ? deal_names_take(&r->names, text, &r->row, &hits[i], err) : take_hit(r, text, &hits[i], norder, err);
        bool must_tell = !names && !deal_is_clause(&hits[i]);
        if (r->explain && (must_tell || text->nmentions + r->deals.n > before)) explain_hit(r, text, &hits[i]);
    }
    return status;
}

static erz_status find_pass(erz_rules *r, erz_text *text, bool names, erz_error *err)
{
    size_t norder = text->nmentions, at = 0;
    if (!sort_mentions(r, text)) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    erz_status status = ERZ_OK;
    for (uint32_t sent = 0; sent < text->tokens.nsent && status == ERZ_OK; sent++)
        if (r->worth[sent] & (names ? TRY_NAMES | TRY_COMPOUND : TRY))
            status = find_sentence(r, text, sent, norder, &at, names, err);
    return status;
}

/* before: mentions before the colon that the sentence stands behind. */
static uint8_t plan(const erz_rules *r, uint8_t see, uint64_t mentions, uint64_t before)
{
    uint8_t worth = r->every;
    bool named = mentions >> ATOM_COMPANY & 1;
    if ((see & SEE_NAMES) || ((see & SEE_COMPANY_NAMES) && named)) worth |= TRY_NAMES;
    mentions |= before;
    bool company = mentions >> ATOM_COMPANY & 1;
    if ((mentions & r->mention_triggers) != 0) worth |= TRY | TRY_NAMES;
    if (see & SEE_ANY) worth |= TRY;
    if (see & (SEE_COMPANY | SEE_COMPANIES)) worth |= company ? TRY : TRY_WITH_COMPANY;
    if (see & SEE_COMPOUND) worth |= TRY_COMPOUND;
    return worth;
}

static erz_status look_all(erz_rules *r, const erz_text *text, uint8_t *any, erz_error *err)
{
    size_t nsent = text->tokens.nsent, at = 0;
    uint64_t mentions = 0;
    if (!learn(r, text->words) || !erz_grow(&r->worth, &r->cap_worth, nsent + 1, 1) ||
        !erz_grow(&r->seen, &r->cap_seen, nsent + 1, 1) || !sort_mentions(r, text))
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    for (uint32_t sent = 0; sent < nsent; sent++) {
        r->worth[sent] = 0;
        uint32_t length = text->tokens.sent[sent + 1] - text->tokens.sent[sent];
        if (length == 0 || length > MOST_TOKENS) continue;
        uint8_t see = r->seen[sent] = look(r, text, sent);
        if (see == 0 && !r->every && r->mention_triggers == 0 && !ends_in_colon(text, sent)) {
            mentions = 0;
            continue;
        }
        uint64_t before = follows_colon(text, sent) ? mentions : 0;
        mentions = mentions_in(r, text, sent, &at);
        r->worth[sent] = plan(r, see, mentions, before);
        *any |= r->worth[sent];
    }
    return ERZ_OK;
}

/* Names first: they may make more sentences worth a look. */
static erz_status find_names(erz_rules *r, erz_text *text, erz_error *err)
{
    r->names.first = text->nmentions;
    erz_status status = find_pass(r, text, true, err);
    if (status == ERZ_OK && text->nmentions > r->names.first) status = deal_names_spread(&r->names, text, err);
    for (size_t i = r->names.first; i < text->nmentions && status == ERZ_OK; i++) {
        uint8_t *worth = &r->worth[text->mentions[i].sent];
        if (*worth & TRY_WITH_COMPANY) *worth |= TRY;
    }
    return status;
}

erz_status erz_rules_find(erz_rules *r, erz_text *text, erz_error *err)
{
    r->explained.len = 0;
    r->deals.n = 0;
    if (rule_engine_count(r->engine) == 0) return ERZ_OK;
    uint8_t any = 0;
    erz_status status = look_all(r, text, &any, err);
    if (status == ERZ_OK && (any & (TRY_NAMES | TRY_COMPOUND))) status = find_names(r, text, err);
    size_t norder = text->nmentions;
    if (status == ERZ_OK && any != 0) status = find_pass(r, text, false, err);
    return status == ERZ_OK ? deal_finder_finish(&r->deals, text, r->order, norder, err) : status;
}
