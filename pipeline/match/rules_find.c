/* Rules over a text: the deals of the model's rules and the records of the user's. */
#include <stdlib.h>
#include <string.h>

#include "erz/match.h"
#include "rules_find.h"

/* A longer run of tokens without a sentence end is no sentence; rules would take more than linear time there. */
enum { MOST_TOKENS = 1000 };

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

/* Few mentions, nearly in order as a rule. */
static void sort_few(rule_order *order, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const rule_order o = order[i];
        size_t k = i;
        for (; k > 0 && by_place(&order[k - 1], &o) > 0; k--) order[k] = order[k - 1];
        order[k] = o;
    }
}

static bool sort_mentions(erz_rules *r, const erz_text *text)
{
    enum { FEW = 40 };
    const size_t n = text->nmentions;
    if (!erz_grow(&r->order, &r->cap_order, n + 1, sizeof *r->order)) return false;
    for (size_t i = 0; i < n; i++) r->order[i] = (rule_order){text->mentions[i].begin, (uint32_t)i};
    if (n <= FEW)
        sort_few(r->order, n);
    else
        qsort(r->order, n, sizeof *r->order, by_place);
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
    r->relearned = !same;
    if (same && generation == r->generation + 1)
        move_see(r, words);
    else if (!same || generation != r->generation)
        r->nsee = 0;
    r->generation = generation;
    while (r->nsee < erz_words_count(words)) { /* what is learned may add parts of words */
        if (!erz_grow(&r->see, &r->cap_see, erz_words_count(words), 1)) return false;
        const size_t n = erz_words_count(words);
        if (!rule_words_learn_all(r->words, words, (uint32_t)r->nsee, (uint32_t)n)) return false;
        const size_t from = r->nsee;
        for (; r->nsee < n; r->nsee++) r->see[r->nsee] = (uint8_t)(erz_words_rules(words)[r->nsee] >> RULE_SEE_SHIFT);
        erz_words_tell(words, from, n, r->see, SEE_ALONE, ERZ_WORD_RULE);
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

/* The sentence's last token, a single byte; none: '\0'. */
static char ends_in(const erz_text *text, uint32_t sent)
{
    uint32_t end = text->tokens.sent[sent + 1];
    uint32_t begin = end == 0 ? 0 : text->tokens.begin[end - 1];
    return end > 0 && text->tokens.end[end - 1] - begin == 1 ? text->text[begin] : '\0';
}

static bool ends_in_colon(const erz_text *text, uint32_t sent)
{
    return ends_in(text, sent) == ':';
}

/* `A und B? Gerüchte um Fusion`, `Neuer Eigner für A: B` */
static bool ends_head(const erz_text *text, uint32_t sent)
{
    const char end = ends_in(text, sent);
    return end == ':' || end == '?';
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
    if (rule_record_add(text, &r->row, hit) != ERZ_OK) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
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
    *groups = *rule_words_common(r->words);
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

/* Without branches on what a word has, and so that the cache misses overlap. */
static void word_groups(const erz_rules *r, const erz_text *text, uint32_t sent, rule_groups *groups)
{
    const uint32_t *known = erz_words_rules(text->words), *atoms, *word = text->tokens.word;
    const rule_signature *signatures = rule_words_signatures(r->words, &atoms);
    enum { WORDS_TOGETHER = 64 };
    rule_groups all = *groups;
    uint32_t found[WORDS_TOGETHER];
    for (uint32_t i = text->tokens.sent[sent], end = text->tokens.sent[sent + 1]; i < end; i += WORDS_TOGETHER) {
        size_t n = 0;
        for (uint32_t k = i; k < end && k < i + WORDS_TOGETHER; k++) {
            found[n] = word[k];
            n += (r->see[word[k]] & SEE_NEEDED) != 0;
        }
        for (size_t k = 0; k < n; k++) /* NOLINTNEXTLINE: the first n of found are set */
            __builtin_prefetch(&signatures[found[k] = (known[found[k]] & ~(uint32_t)RULE_SEE_ALL) - 1]);
        for (size_t k = 0; k < n; k++) rule_groups_add(&all, &signatures[found[k]].groups);
    }
    *groups = all;
}

/* Does a mention trigger a rule (that names or not)? */
static bool mention_wants(const erz_rules *r, bool names, uint32_t mentions, const rule_groups *groups, uint32_t companies)
{
    uint64_t triggers = mentions & (names ? r->name_triggers : r->mention_triggers);
    for (uint32_t a = 0; a < ATOM_FIXED && triggers != 0; a++)
        if (triggers >> a & 1 && rule_engine_wants(r->engine, &a, 1, names, groups, companies)) return true;
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
        const uint32_t *atoms = rule_words_triggers(r->words, known[t->word[i]], &n);
        if (rule_engine_wants(r->engine, atoms, n, names, groups, companies)) return true;
    }
    return false;
}

/* The same by what was seen in the sentence, then by the groups of needs that its words meet, which are added. */
static bool may_try(const erz_rules *r, const erz_text *text, visit v, bool names, uint32_t mentions, uint32_t companies,
                    rule_groups *groups)
{
    bool every = (r->every & (names ? TRY_NAMES : TRY)) != 0 || (names && (v.worth & TRY_COMPOUND) != 0);
    bool words = (v.see & wanted_of(names, companies)) != 0;
    if (!every && !words && !mention_wants(r, names, mentions, &rule_groups_all, companies)) return false;
    word_groups(r, text, v.sent, groups);
    return every || mention_wants(r, names, mentions, groups, companies) ||
           (words && wanted(r, text, v.sent, names, groups, companies));
}

static erz_status find_sentence(erz_rules *r, erz_text *text, visit v, size_t norder, size_t *at, bool names, erz_error *err)
{
    uint32_t companies, sent = v.sent;
    rule_groups groups;
    uint32_t mentions = mention_groups(r, text, sent, norder, at, &groups, &companies);
    bool colon = !names && follows_colon(text, sent);
    if (colon && companies == 0) {
        companies = 1;
        mentions |= 1U << ATOM_COMPANY;
        rule_words_atom_groups(r->words, ATOM_COMPANY, &groups);
    }
    if (!may_try(r, text, v, names, mentions, companies, &groups)) return ERZ_OK;
    if (!rule_row_fill(&r->row, r->words, text, sent, sent + 1, r->order, norder, at))
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

/* Does a match stand on both sides of the colon before the row's second sentence? */
static bool spans_colon(const rule_row *row, const rule_hit *hit)
{
    uint32_t second = row->text->tokens.sent[row->sent + 1];
    return row->items[hit->first].first < second && row->items[hit->last].first >= second;
}

static erz_status take_spanning(erz_rules *r, erz_text *text, const rule_hit *hits, size_t n, size_t norder, erz_error *err)
{
    erz_status status = ERZ_OK;
    for (size_t i = 0; i < n && status == ERZ_OK; i++) {
        if (deal_is_clause(&hits[i]) || !spans_colon(&r->row, &hits[i])) continue;
        status = take_hit(r, text, &hits[i], norder, err);
        if (r->explain) explain_hit(r, text, &hits[i]);
    }
    return status;
}

/* `Neuer Eigner für A: B zahlt ...` is one statement: the sentence before a colon is tried once more with that behind it. */
static erz_status find_two_parts(erz_rules *r, erz_text *text, uint32_t sent, size_t norder, size_t at, erz_error *err)
{
    enum { HEAD = 16, REST = 40 };
    const uint32_t *of = text->tokens.sent;
    rule_groups groups, more;
    uint32_t before, behind;
    if (of[sent + 1] - of[sent] > HEAD || of[sent + 2] - of[sent + 1] > REST) return ERZ_OK;
    while (at > 0 && text->mentions[r->order[at - 1].mention].first >= of[sent]) at--;
    size_t next = at;
    mention_groups(r, text, sent, norder, &next, &groups, &before);
    mention_groups(r, text, sent + 1, norder, &next, &more, &behind);
    if (before + behind == 0) return ERZ_OK;
    rule_groups_add(&groups, &more);
    word_groups(r, text, sent, &groups);
    word_groups(r, text, sent + 1, &groups);
    if (!rule_row_fill(&r->row, r->words, text, sent, sent + 2, r->order, norder, &at))
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    r->row.groups = groups;
    const rule_hit *hits;
    size_t nhits;
    erz_status status = rule_engine_run(r->engine, &r->row, false, &hits, &nhits, err);
    return status == ERZ_OK ? take_spanning(r, text, hits, nhits, norder, err) : status;
}

/* Beside the sentence of visit i, when a colon stands at its begin or, where that behind is not visited, at its end. */
static erz_status find_beside(erz_rules *r, erz_text *text, size_t i, size_t norder, size_t at, erz_error *err)
{
    const uint32_t sent = r->visits[i].sent;
    erz_status status = ERZ_OK;
    if (sent > 0 && ends_head(text, sent - 1)) status = find_two_parts(r, text, sent - 1, norder, at, err);
    bool last = sent + 1 == text->tokens.nsent || (i + 1 < r->nvisits && r->visits[i + 1].sent == sent + 1);
    if (status != ERZ_OK || last || !ends_head(text, sent)) return status;
    return find_two_parts(r, text, sent, norder, at, err);
}

static erz_status find_pass(erz_rules *r, erz_text *text, bool names, erz_error *err)
{
    size_t norder = text->nmentions, at = 0;
    erz_status status = ERZ_OK;
    for (size_t i = 0; i < r->nvisits && status == ERZ_OK; i++) {
        if ((r->visits[i].worth & (names ? TRY_NAMES | TRY_COMPOUND : TRY)) != 0)
            status = find_sentence(r, text, r->visits[i], norder, &at, names, err);
        if (status == ERZ_OK && !names) status = find_beside(r, text, i, norder, at, err);
    }
    return status;
}

/* ---- which sentences to look at ---- */

static bool is_skipped(const erz_tokens *tokens, uint32_t sent)
{
    uint32_t length = tokens->sent[sent + 1] - tokens->sent[sent];
    return length == 0 || length > MOST_TOKENS;
}

/* before: mentions before the colon that the sentence stands behind. */
static uint8_t plan(const erz_rules *r, uint8_t see, uint64_t mentions, uint64_t before)
{
    uint8_t worth = r->every;
    bool named = mentions >> ATOM_COMPANY & 1;
    if ((see & SEE_NAMES) || ((see & SEE_COMPANY_NAMES) && named)) worth |= TRY_NAMES;
    mentions |= before;
    bool company = mentions >> ATOM_COMPANY & 1;
    if ((mentions & r->mention_triggers) != 0) worth |= TRY;
    if ((mentions & r->name_triggers) != 0) worth |= TRY_NAMES;
    if (see & SEE_ANY) worth |= TRY;
    if (see & (SEE_COMPANY | SEE_COMPANIES)) worth |= company ? TRY : TRY_WITH_COMPANY;
    if (see & SEE_COMPOUND) worth |= TRY_COMPOUND;
    return worth;
}

/* The first token from `at` on that triggers a rule without a mention; none: their number. */
static size_t next_token(const erz_rules *r, const erz_tokens *tokens, size_t at)
{
    const size_t n = tokens->n;
    while (at < n && r->every == 0) {
        const size_t block = at / ERZ_TOKEN_BLOCK, next = (block + 1) * ERZ_TOKEN_BLOCK, end = next < n ? next : n;
        if (tokens->bits != NULL && !r->relearned && (tokens->bits[block] & ERZ_WORD_RULE) == 0) {
            at = end;
            continue;
        }
        for (; at < end; at++)
            if ((r->see[tokens->word[at]] & SEE_ALONE) != 0) return at;
    }
    return at;
}

/* Where the sentences to look at are found: by words, by mentions, by what stands before a colon. */
typedef struct scan {
    size_t token, mention; /* the next ones */
    uint32_t colon;        /* sentence behind one with mentions and a colon; none: UINT32_MAX */
    uint64_t before;       /* these mentions */
} scan;

/* The token at which the next one stands or begins; none: their number. */
static size_t next_place(const erz_rules *r, const erz_text *text, const scan *s)
{
    size_t at = s->token;
    if (s->mention < text->nmentions) {
        size_t first = text->mentions[r->order[s->mention].mention].first;
        at = first < at ? first : at;
    }
    if (s->colon != UINT32_MAX && text->tokens.sent[s->colon] < at) at = text->tokens.sent[s->colon];
    return at;
}

static bool add_visit(erz_rules *r, const erz_text *text, uint32_t sent, scan *s)
{
    const uint8_t see = look(r, text, sent);
    const uint64_t mentions = mentions_in(r, text, sent, &s->mention);
    const uint8_t worth = plan(r, see, mentions, s->colon == sent ? s->before : 0);
    const uint32_t nsent = (uint32_t)text->tokens.nsent;
    uint32_t next = sent + 1;
    s->colon = UINT32_MAX;
    if (mentions != 0) {
        while (next < nsent && is_skipped(&text->tokens, next)) next++;
        if (next < nsent && follows_colon(text, next)) s->colon = next;
        s->before = mentions;
    }
    if (worth == 0) return true;
    if (!erz_grow(&r->visits, &r->cap_visits, r->nvisits + 1, sizeof *r->visits)) return false;
    r->visits[r->nvisits++] = (visit){sent, see, worth};
    return true;
}

static erz_status find_visits(erz_rules *r, const erz_text *text, uint8_t *any, erz_error *err)
{
    const erz_tokens *t = &text->tokens;
    bool good = learn(r, text->words) && sort_mentions(r, text);
    scan s = {0, 0, UINT32_MAX, 0};
    r->nvisits = 0;
    if (good) s.token = next_token(r, t, 0);
    for (uint32_t sent = 0; sent < t->nsent && good; sent++) {
        size_t at = next_place(r, text, &s);
        if (at >= t->n) break;
        while (sent < t->nsent && t->sent[sent + 1] <= at) sent++;
        if (sent == t->nsent) break;
        if (!is_skipped(t, sent)) good = add_visit(r, text, sent, &s);
        if (s.token < t->sent[sent + 1]) s.token = next_token(r, t, t->sent[sent + 1]);
        while (s.mention < text->nmentions && text->mentions[r->order[s.mention].mention].first < t->sent[sent + 1])
            s.mention++;
    }
    for (size_t i = 0; i < r->nvisits; i++) *any |= r->visits[i].worth;
    return good ? ERZ_OK : erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
}

/* A company was named in the sentence. */
static bool visit_named(erz_rules *r, const erz_text *text, uint32_t sent)
{
    size_t i = r->nvisits;
    while (i > 0 && r->visits[i - 1].sent > sent) i--;
    if (i > 0 && r->visits[i - 1].sent == sent) {
        if (r->visits[i - 1].worth & TRY_WITH_COMPANY) r->visits[i - 1].worth |= TRY;
        return true;
    }
    uint8_t see = is_skipped(&text->tokens, sent) ? 0 : look(r, text, sent);
    if ((see & (SEE_COMPANY | SEE_COMPANIES)) == 0) return true;
    if (!erz_grow(&r->visits, &r->cap_visits, r->nvisits + 1, sizeof *r->visits)) return false;
    memmove(r->visits + i + 1, r->visits + i, (r->nvisits - i) * sizeof *r->visits);
    r->visits[i] = (visit){sent, see, TRY};
    r->nvisits++;
    return true;
}

/* Names first: they may make more sentences worth a look. */
static erz_status find_names(erz_rules *r, erz_text *text, erz_error *err)
{
    const size_t first = r->names.first = text->nmentions;
    erz_status status = find_pass(r, text, true, err);
    if (text->nmentions == first || status != ERZ_OK) return status;
    status = deal_names_spread(&r->names, text, err);
    bool good = true;
    for (size_t i = first; i < text->nmentions && status == ERZ_OK && good; i++)
        good = visit_named(r, text, text->mentions[i].sent);
    good = good && sort_mentions(r, text);
    return good ? status : erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
}

erz_status erz_rules_find(erz_rules *r, erz_text *text, erz_error *err)
{
    r->explained.len = 0;
    r->deals.n = 0;
    if (rule_engine_count(r->engine) == 0) return ERZ_OK;
    uint8_t any = 0;
    erz_status status = find_visits(r, text, &any, err);
    if (status == ERZ_OK && (any & (TRY_NAMES | TRY_COMPOUND))) status = find_names(r, text, err);
    size_t norder = text->nmentions;
    if (status == ERZ_OK) status = find_pass(r, text, false, err);
    return status == ERZ_OK ? deal_finder_finish(&r->deals, text, r->order, norder, err) : status;
}
