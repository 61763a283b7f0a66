#include "deal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"

static const char *const type_names[DEAL_TYPES] = {"acquisition", "stake",    "merger",      "joint_venture",
                                                   "investment",  "funding",  "partnership", "contract",
                                                   "divestiture", "spin_off", "ipo",         "insolvency"};
static const char *const role_names[ROLES] = {"buyer", "target", "seller", "party"};
static const char *const cue_names[] = {
    "$cue_terminated", "$cue_rumoured",  "$cue_planned",   "$cue_completed", "$cue_not",        "$cue_participle",
    "$cue_past",       "$cue_have",      "$cue_share",     "$cue_share_of",  "$cue_price",      "$cue_no_price",
    "$cue_valuation",  "$cue_stop",      "$cue_media",     "$cue_after",     "$cue_source",     "$cue_done",
    "$cue_modal",      "$cue_tail_no",   "$cue_hard",      "$cue_doch",      "$cue_from",       "$cue_to",
    "$cue_month",      "$cue_weekday",   "$cue_period",    "$cue_when",      "$cue_told",       "$cue_sub",
    "$cue_relative",   "$cue_finite",    "$cue_verb",      "$cue_passive",   "$cue_prep",       "$cue_det",
    "$cue_the",        "$cue_and",       "$cue_concern",   "$cue_holder",    "$cue_demonym",    "$cue_accusative",
    "$cue_majority",   "$cue_both",      "$cue_partners",  "$cue_feminine",  "$cue_genitive",   "$cue_parent",
    "$cue_unit",       "$cue_tail_exec", "$cue_tail_unit", "$cue_pronoun",   "$cue_first_name", "$cue_place",
    "$cue_share_word", "$cue_compare",   "$cue_intent",    "$cue_news",      "$cue_cluster",    "$cue_link",
    "$cue_adverb",     "$cue_ago",       "$cue_object",    "$cue_latter",    "$cue_off",        "$cue_signed",
    "$cue_question",   "$cue_event",     "$cue_total",     "$cue_buy",       "$cue_announce",   "$cue_sold_part",
    "$cue_plain",      "$cue_owner",     "$cue_as",        "$cue_let",       "$cue_vague",      "$cue_closes",
    "$cue_breaks",     "$cue_particle",  "$cue_auxiliary"};
_Static_assert(sizeof cue_names / sizeof *cue_names == CUES, "a name for each cue");

bool deal_item_has(const deal_finder *f, const rule_row *row, uint32_t item, int cue)
{
    return f->cues[cue] != UINT32_MAX && rule_row_has(row, item, f->cues[cue]);
}

void deal_finder_bind(deal_finder *f, const rule_image *image)
{
    for (int c = 0; c < CUES; c++) f->cues[c] = UINT32_MAX;
    f->npreps = 0;
    f->npeople = 0;
    for (uint32_t i = 0; i < image->natoms; i++) {
        const char *name = rule_string(image, image->names[i]);
        if (strncmp(name, "$prep_", 6) == 0 && f->npreps < DEAL_MAX_PREPS)
            f->preps[f->npreps++] = (deal_prep){name + 6, image->base + i};
        if (strncmp(name, "$people_", 8) == 0 && f->npeople < DEAL_MAX_PEOPLE) f->people[f->npeople++] = image->base + i;
        if (strncmp(name, "$cue_", 5) != 0) continue;
        for (int c = 0; c < CUES; c++)
            if (strcmp(name, cue_names[c]) == 0) f->cues[c] = image->base + i;
    }
}

bool deal_has(const deal *d, const char *name)
{
    for (uint32_t i = 0; i < d->nwho; i++)
        if (strcmp(d->who[i].name, name) == 0) return true;
    return false;
}

void deal_add_who(deal *d, deal_role role, const char *name)
{
    if (d->nwho == DEAL_MAX_WHO || deal_has(d, name)) return;
    d->who[d->nwho++] = (deal_who){role, name};
}

void deal_add_rule(deal *d, const char *name)
{
    for (uint32_t i = 0; i < d->nrules; i++)
        if (strcmp(d->rules[i], name) == 0) return;
    if (d->nrules < DEAL_MAX_RULES) d->rules[d->nrules++] = name;
}

static int find_name(const char *name, const char *const *names, int n)
{
    for (int i = 0; i < n; i++)
        if (strcmp(name, names[i]) == 0) return i;
    return -1;
}

enum { LEAST_PRICE = 1000 }; /* less is paid for a share */

static erz_status take_quantity(erz_text *text, const erz_mention *m, const char *name, deal *d)
{
    const char *value = m->type == ERZ_PERCENT ? m->value : deal_money_text(text, m);
    if (value == NULL) return ERZ_E_MEMORY;
    if (strcmp(name, "stake") == 0 && m->type == ERZ_PERCENT) d->stake = value;
    bool per_share = erz_mention_get(m, ERZ_ATTR_PER) != NULL || strtod(m->value, NULL) < LEAST_PRICE;
    if (strcmp(name, "amount") == 0 && m->type == ERZ_MONEY && !per_share) d->amount = value;
    if (strcmp(name, "valuation") == 0 && m->type == ERZ_MONEY) d->valuation = value;
    return ERZ_OK;
}

int deal_role_parse(const char *name)
{
    return find_name(name, role_names, ROLES);
}

static bool is_comma(const rule_row *row, uint32_t item)
{
    const rule_item *it = &row->items[item];
    return it->mention == 0 && it->end - it->begin == 1 && row->text->text[it->begin] == ',';
}

/* `A, an dem B beteiligt ist, kauft`: B stands in a clause that ends before the verb. */
static bool is_in_relative(const deal_finder *f, const rule_row *row, uint32_t item, const rule_hit *hit)
{
    enum { REACH = 12 };
    uint32_t start = item, end = item + 1;
    while (end < hit->key_first && !is_comma(row, end)) end++;
    if (end >= hit->key_first) return false;
    if (!deal_item_has(f, row, end - 1, CUE_FINITE) && !deal_item_has(f, row, end - 1, CUE_VERB)) return false;
    while (start > 0 && item - start < REACH && !is_comma(row, start - 1)) start--;
    if (start == 0 || !is_comma(row, start - 1)) return false;
    return deal_item_has(f, row, start, CUE_RELATIVE) ||
           (start + 1 < item && deal_item_has(f, row, start, CUE_PREP) && deal_item_has(f, row, start + 1, CUE_RELATIVE));
}

/* `der Kauf der Sparte von A`, `die Sparte von A wird gekauft`: A holds what is sold. */
static bool holds_part(const deal_finder *f, const rule_row *row, const rule_hit *hit, uint32_t item)
{
    enum { WORDS = 5 };
    uint32_t next = item + 1; /* `das A-Werk` */
    bool tail = next < row->n && row->items[next].part && (next < hit->key_first || next > hit->key_last);
    if (tail && deal_item_has(f, row, next, CUE_SOLD_PART)) return true;
    for (uint32_t i = item; i > 0 && item - i < WORDS; i--) {
        if (row->items[i - 1].mention != 0 || row->items[i - 1].part) return false;
        if (i - 1 >= hit->key_first && i - 1 <= hit->key_last) return false;
        if (!deal_item_has(f, row, i - 1, CUE_SOLD_PART)) continue;
        return i < item && (deal_item_has(f, row, i, CUE_FROM) || deal_item_has(f, row, i, CUE_GENITIVE));
    }
    return false;
}

/* `Die Gründer der A verkaufen`: A does not sell. */
static bool is_owned(const deal_finder *f, const rule_row *row, uint32_t item)
{
    if (item < 2 || !deal_item_has(f, row, item - 2, CUE_OWNER)) return false;
    return deal_item_has(f, row, item - 1, CUE_GENITIVE) || deal_item_has(f, row, item - 1, CUE_FROM);
}

/* Companies of an argument (ERZ_END: it is none of the deal's); none: its words refer to one. */
static erz_status take_arg(const deal_finder *f, erz_text *text, const rule_row *row, const rule_hit *hit, const rule_arg *arg,
                           deal *d)
{
    int role = find_name(arg->name, role_names, ROLES);
    bool found = false;
    for (uint32_t i = arg->first; i <= arg->last; i++) {
        const rule_item *it = &row->items[i];
        if (it->mention == 0) continue;
        const erz_mention *m = &text->mentions[it->mention - 1];
        if (role >= 0 && m->type == ERZ_COMPANY && deal_is_source(f, row, i)) return ERZ_END;
        if (role >= 0 && m->type == ERZ_COMPANY && is_in_relative(f, row, i, hit)) return ERZ_END;
        if (role == ROLE_SELLER && m->type == ERZ_COMPANY && is_owned(f, row, i)) return ERZ_END;
        /* `hält an der A ... und kauft`: not what acts. What a pattern has before the company is not looked at. */
        bool acts = (role == ROLE_BUYER || role == ROLE_SELLER) && i == hit->first && i < hit->key_first;
        bool beside = role == ROLE_PARTY && i == hit->first && i < hit->key_first && !row->items[hit->key_first].part;
        if (beside && m->type == ERZ_COMPANY && deal_is_aside(f, row, i)) return ERZ_END;
        /* `schluckt nach A nun auch B` */
        if (role == ROLE_BUYER && m->type == ERZ_COMPANY && i > hit->key_last && deal_is_after(f, row, i)) return ERZ_END;
        if (acts && m->type == ERZ_COMPANY && (deal_is_oblique(f, text, m, false) || deal_is_object(f, row, i))) return ERZ_END;
        /* `B, eine Tochter von A, gehört ...`: not A */
        bool aside = role == ROLE_TARGET && i == hit->first && i < hit->key_first && is_comma(row, i + 1);
        if (aside && m->type == ERZ_COMPANY && deal_is_oblique(f, text, m, true)) return ERZ_END;
        /* `die A-Tochter B`: B */
        if (role >= 0 && i + 2 <= arg->last && row->items[i + 1].part && deal_company_at(row, i + 2) != NULL) continue;
        if (role >= 0 && m->type == ERZ_COMPANY && deal_is_people(f, row, i)) continue;
        if (role >= 0 && m->type == ERZ_COMPANY && !found) {
            bool part = role == ROLE_TARGET && (d->type == DEAL_ACQUISITION || d->type == DEAL_DIVESTITURE);
            if (part && holds_part(f, row, hit, i)) role = ROLE_SELLER;
            deal_add_who(d, (deal_role)role, m->value);
            deal_add_coordinated(f, text, row, hit, i, d, (deal_role)role);
            found = true;
        } else if (m->type == ERZ_MONEY || m->type == ERZ_PERCENT) {
            if (take_quantity(text, m, arg->name, d) != ERZ_OK) return ERZ_E_MEMORY;
        }
    }
    if (role >= 0 && !found) deal_refer(f, row, arg->last, d, (deal_role)role);
    if (strcmp(arg->name, "date") == 0) {
        d->date = erz_arena_strndup(text->arena, text->text + arg->begin, arg->end - arg->begin);
        if (d->date == NULL) return ERZ_E_MEMORY;
    }
    return ERZ_OK;
}

/* `A und B planen eine Fusion mit C`: C, too. */
static void add_partner(const deal_finder *f, const erz_text *text, const rule_row *row, const rule_hit *hit, deal *d)
{
    enum { REACH = 7 };
    bool with = false;
    if (d->nwho < 2 || d->who[0].role != ROLE_PARTY) return;
    for (uint32_t i = hit->last + 1; i < row->n && i <= hit->last + REACH; i++) {
        if (deal_item_has(f, row, i, CUE_STOP) || deal_item_has(f, row, i, CUE_VERB) || is_comma(row, i)) return;
        bool prep = deal_item_has(f, row, i, CUE_PREP);
        if (with && prep) return;
        if (prep && !with)
            with = row->items[i].end - row->items[i].begin == 3 && memcmp(text->text + row->items[i].begin, "mit", 3) == 0;
        if (deal_company_at(row, i) == NULL) continue;
        if (!with || (i + 1 < row->n && row->items[i + 1].part)) return;
        deal_add_who(d, ROLE_PARTY, deal_company_at(row, i)->value);
        deal_add_coordinated(f, text, row, hit, i, d, ROLE_PARTY);
        return;
    }
}

/* `set complete = ROLE` and the like */
static int set_role(const rule_hit *hit, const char *key)
{
    for (uint32_t i = 0; i < hit->def->nsets; i++) {
        const uint32_t *pair = hit->image->pool + hit->def->sets + 2 * i;
        if (strcmp(rule_string(hit->image, pair[0]), key) == 0)
            return find_name(rule_string(hit->image, pair[1]), role_names, ROLES);
    }
    return -1;
}

/* A rule's own status: `terminated` always, `rumoured` unless the words say that it is off, others where no word says more. */
static void take_status(deal *d, deal_status status)
{
    bool off = d->cued && d->status == STATUS_TERMINATED;
    if (status == STATUS_TERMINATED || (status == STATUS_RUMOURED && !off)) {
        d->status = status;
        d->cued = true;
    } else if (!d->cued) {
        d->status = status;
    }
}

static void take_sets(const rule_hit *hit, deal *d)
{
    for (uint32_t i = 0; i < hit->def->nsets; i++) {
        const uint32_t *pair = hit->image->pool + hit->def->sets + 2 * i;
        const char *key = rule_string(hit->image, pair[0]), *value = rule_string(hit->image, pair[1]);
        if (strcmp(key, "status") == 0) take_status(d, deal_status_parse(value));
        /* Tense and modals of the sentence speak of something else. */
        bool timed = d->status == STATUS_PLANNED || d->status == STATUS_COMPLETED;
        if (strcmp(key, "tense") == 0 && strcmp(value, "none") == 0 && timed) d->cued = false;
        if (strcmp(key, "evidence") == 0 && strcmp(value, "weak") == 0) d->weak = true;
        if (strcmp(key, "evidence") == 0 && strcmp(value, "generic") == 0) d->generic = true;
    }
}

/* `erwirbt eine Minderheit von 35 Prozent an A`: no control. */
static void tell_stake(const deal_finder *f, const rule_row *row, const rule_hit *hit, deal *d)
{
    if (d->stake == NULL) return;
    /* `kauft 60 Prozent`: control */
    bool majority = strtod(d->stake, NULL) > 50 && d->stake_before == NULL && deal_item_has(f, row, hit->key_first, CUE_BUY);
    if (d->type == DEAL_STAKE && majority) d->type = DEAL_ACQUISITION;
    if (d->type != DEAL_ACQUISITION || strtod(d->stake, NULL) >= 50) return;
    enum { BEFORE = 4 }; /* `25 Prozent an A wurden ... gekauft` */
    bool share = false;
    uint32_t first = hit->first;
    for (uint32_t n = 0; n < BEFORE && first > 0 && !deal_item_has(f, row, first - 1, CUE_STOP); n++) first--;
    for (uint32_t i = first; i <= hit->last; i++) {
        if (deal_item_has(f, row, i, CUE_MAJORITY)) return;
        share |= rule_row_has(row, i, ATOM_PERCENT) && row->text->mentions[row->items[i].mention - 1].value == d->stake;
    }
    if (share) d->type = DEAL_STAKE;
}

static uint32_t sides_named(const rule_hit *hit)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < hit->nargs; i++) n += find_name(hit->args[i].name, role_names, ROLES) >= 0;
    return n;
}

/* `B kauft die A-Tochter C`: A sells. */
static void add_parent(const deal_finder *f, const rule_row *row, const rule_hit *hit, deal *d)
{
    bool roles[ROLES] = {false};
    for (uint32_t i = 0; i < d->nwho; i++) roles[d->who[i].role] = true;
    bool traded = d->type == DEAL_ACQUISITION || d->type == DEAL_DIVESTITURE;
    if (!traded || !roles[ROLE_BUYER] || !roles[ROLE_TARGET] || roles[ROLE_SELLER]) return;
    for (uint32_t a = 0; a < hit->nargs; a++) {
        const rule_arg *arg = &hit->args[a];
        const erz_mention *parent = deal_company_at(row, arg->first);
        if (deal_role_parse(arg->name) != ROLE_TARGET || parent == NULL || arg->first + 2 > arg->last) continue;
        bool part = row->items[arg->first + 1].part && deal_item_has(f, row, arg->first + 1, CUE_SOLD_PART);
        if (part && deal_company_at(row, arg->first + 2) != NULL) deal_add_who(d, ROLE_SELLER, parent->value);
    }
}

/* ERZ_END: the match is no deal. */
static erz_status take_companies(deal_finder *f, erz_text *text, const rule_row *row, rule_hit *hit, deal *d)
{
    if (deal_is_clause(hit) && !deal_read_clause(f, text, row, hit, d)) return ERZ_END;
    erz_status status = ERZ_OK;
    for (uint32_t i = 0; i < hit->nargs && status == ERZ_OK; i++) status = take_arg(f, text, row, hit, &hit->args[i], d);
    /* `A ergänzt das Gerät mit A` */
    if (status == ERZ_OK && sides_named(hit) > 1 && d->nwho == 1) return ERZ_END;
    if (status == ERZ_OK && !deal_is_clause(hit)) add_partner(f, text, row, hit, d), add_parent(f, row, hit, d);
    return status;
}

erz_status deal_finder_take(deal_finder *f, erz_text *text, const rule_row *row, const rule_hit *found, const rule_order *order,
                            size_t norder, erz_error *err)
{
    rule_hit hit = *found;
    int type = find_name(rule_string(hit.image, hit.def->value) + 1, type_names, DEAL_TYPES);
    if (type < 0) return ERZ_OK;
    deal d = {.type = (deal_type)type, .sent = row->sent, .priority = hit.def->priority, .mentions = 1};
    f->order = order;
    f->norder = norder;
    f->words = row->words;
    deal_topic(f, text);
    erz_status status = take_companies(f, text, row, &hit, &d);
    if (status == ERZ_END) return ERZ_OK;
    /* An event of one company, or what two do. */
    uint32_t most = d.type == DEAL_FUNDING || d.type == DEAL_IPO || d.type == DEAL_INSOLVENCY ? 1 : 2;
    int rest = set_role(&hit, "rest"), topic = set_role(&hit, "topic");
    if (rest >= 0 && deal_add_rest(f, row, &d, (deal_role)rest, most) == 0) return ERZ_OK;
    if (topic >= 0 && d.nwho == 0 && row->companies == 0 && f->topic_sure && f->topic != NULL)
        deal_add_who(&d, (deal_role)topic, f->topic);
    d.first = row->items[hit.first].first;
    d.last = row->items[hit.last].last;
    d.begin = hit.begin;
    d.end = hit.end;
    deal_add_rule(&d, rule_string(hit.image, hit.def->name));
    d.status = deal_read_status(f, row, &hit, d.type, &d.cued);
    take_sets(&hit, &d);
    int missing = set_role(&hit, "complete");
    d.open = missing >= 0;
    if (missing >= 0 && d.nwho == 1 && (missing == ROLE_PARTY || d.who[0].role != (deal_role)missing))
        deal_complete(f, row, &hit, (deal_role)missing, &d);
    if (status == ERZ_OK) status = deal_read_amounts(f, text, row, &hit, &d);
    tell_stake(f, row, &hit, &d);
    if (status == ERZ_OK && d.date == NULL) status = deal_read_date(f, text, row, &hit, &d);
    if (status != ERZ_OK || !erz_grow(&f->deals, &f->cap, f->n + 1, sizeof *f->deals))
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    f->deals[f->n++] = d;
    return ERZ_OK;
}

/* Are two names the same but for the endings of their words (Deutsche, Deutschen Bank)? */
static bool differ_in_endings(const char *a, size_t na, const char *b, size_t nb)
{
    enum { ENDING = 2 };
    size_t i = 0, k = 0;
    while (i < na && k < nb) {
        size_t wa = 0, wb = 0, same = 0;
        while (i + wa < na && a[i + wa] != ' ') wa++;
        while (k + wb < nb && b[k + wb] != ' ') wb++;
        while (same < wa && same < wb && a[i + same] == b[k + same]) same++;
        if (same < 3 || wa - same > ENDING || wb - same > ENDING) return false;
        i += wa + 1;
        k += wb + 1;
    }
    return i >= na && k >= nb;
}

/* The letter under an accent, of those that take two bytes. */
static char base_letter(const char **s)
{
    static const char letters[] = "aaaaaaaceeeeiiiidnooooo ouuuuyty"; /* U+00E0 and on; capitals are folded to them */
    const unsigned char *u = (const unsigned char *)*s;
    if (u[0] == 0xc3 && u[1] >= 0x80) {
        *s += 2;
        return letters[u[1] & 0x1f];
    }
    *s += 1;
    return (char)(u[0] >= 'A' && u[0] <= 'Z' ? u[0] + 'a' - 'A' : u[0]);
}

/* Telefonica, Telefónica */
static bool differ_in_accents(const char *a, size_t na, const char *b)
{
    const char *end = a + na;
    while (a < end && *b != '\0')
        if (base_letter(&a) != base_letter(&b)) return false;
    return a == end && *b == '\0';
}

/* The name the document uses: the canonical one if it stands there, else its longest form. So a reader finds the party in the
 * text, and a form the lists trace to another name (a former one, a parent's) is not put into the document's mouth. */
static const char *name_in_text(const deal_finder *f, erz_text *text, const deal *d, const char *name)
{
    enum { AROUND = 1000 }; /* mentions looked at before and after the deal: an article whole, a book in part */
    const erz_mention *best = NULL;
    size_t len = strlen(name), best_len = 0;
    size_t at = deal_mention_at(f, text, d->sent);
    for (size_t i = at < AROUND ? 0 : at - AROUND; i < f->norder && i < at + AROUND; i++) {
        const erz_mention *m = &text->mentions[f->order[i].mention];
        if (m->type != ERZ_COMPANY || strcmp(m->value, name) != 0) continue;
        size_t n = m->end - m->begin;
        const char *s = text->text + m->begin;
        bool genitive = n > 1 && s[n - 1] == 's';
        /* The name itself, in the genitive, or with its legal form behind it. */
        if (n >= len && strncasecmp(s, name, len) == 0 && (n <= len + genitive || (s[len] == ' ' && m->unit[0] != '\0')))
            return name;
        if (differ_in_endings(s, n, name, len)) return name;
        if (differ_in_accents(s, n, name)) return erz_arena_strndup(text->arena, s, n);
        if (best != NULL && (n <= best_len || genitive)) continue;
        best = m;
        best_len = n;
    }
    return best == NULL ? name : erz_arena_strndup(text->arena, text->text + best->begin, best_len);
}

static erz_status add_record(const deal_finder *f, erz_text *text, const deal *d)
{
    static const erz_attr_key keys[ROLES] = {ERZ_ATTR_BUYER, ERZ_ATTR_TARGET, ERZ_ATTR_SELLER, ERZ_ATTR_PARTY};
    erz_mention *m = erz_text_add(text, ERZ_DEAL, d->begin, d->end, d->first, d->last);
    if (m == NULL) return ERZ_E_MEMORY;
    m->value = type_names[d->type];
    m->unit = deal_status_name(d->status);
    m->score = (float)d->priority / 1000.0F;
    const struct {
        erz_attr_key key;
        const char *value;
    } more[] = {{ERZ_ATTR_STAKE, d->stake},   {ERZ_ATTR_STAKE_BEFORE, d->stake_before},
                {ERZ_ATTR_AMOUNT, d->amount}, {ERZ_ATTR_VALUATION, d->valuation},
                {ERZ_ATTR_DATE, d->date},     {ERZ_ATTR_STATUS, d->status == STATUS_NONE ? NULL : m->unit}};
    erz_status status = ERZ_OK;
    for (uint32_t i = 0; i < d->nwho && status == ERZ_OK; i++) {
        const char *name = name_in_text(f, text, d, d->who[i].name);
        status = name == NULL ? ERZ_E_MEMORY : erz_mention_attr(text, m, keys[d->who[i].role], name);
    }
    for (size_t i = 0; i < sizeof more / sizeof *more && status == ERZ_OK; i++)
        if (more[i].value != NULL) status = erz_mention_attr(text, m, more[i].key, more[i].value);
    for (uint32_t i = 0; i < d->nrules && status == ERZ_OK; i++) status = erz_mention_attr(text, m, ERZ_ATTR_RULE, d->rules[i]);
    return status;
}

erz_status deal_finder_finish(deal_finder *f, erz_text *text, const rule_order *order, size_t norder, erz_error *err)
{
    f->order = order;
    f->norder = norder;
    deal_merge(f->deals, &f->n, f->n > 0 && deal_topic(f, text) != NULL && f->topic_sure ? f->topic : NULL);
    erz_status status = ERZ_OK;
    for (size_t i = 0; i < f->n && status == ERZ_OK; i++)
        if (f->deals[i].nwho > 0) status = add_record(f, text, &f->deals[i]);
    f->n = 0;
    f->has_topic = false;
    return status == ERZ_OK ? ERZ_OK : erz_fail(err, status, NULL, 0, 0, "out of memory");
}
