/* Running rules over rows with PCRE2. A pattern is compiled when a sentence first needs it, and for the machine when it has
 * been needed often: a short input pays for few rules. */
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/table.h"
#include "rule_sets.h"
#include "rules.h"

/* Steps of PCRE2 a rule may take in one sentence and start before it is given up there. */
enum { MATCH_LIMIT = 300000, DEPTH_LIMIT = 10000, JIT_AFTER = 24 };

typedef struct slot {
    const rule_image *image;
    const rule_def *def;
    pcre2_code_32 *code;
    pcre2_code_8 *regex;
    uint32_t uses;
    bool fits; /* its programs were found whole */
    rule_profile profile;
} slot;

/* What a slot needs; slots have several triggers and are looked at far more often than tried. */
typedef struct need {
    rule_groups groups; /* of all needs */
    uint32_t companies; /* needs that are a company each */
    uint32_t run;       /* number of the last run that tried the slot */
    bool names;
} need;
_Static_assert(sizeof(need) == 64, "a cache line");

/* Slots by the atoms that trigger them, as they are added. */
typedef struct trigger {
    uint32_t slot, next; /* trigger + 1 */
} trigger;

/* A trigger where it is looked for, with what turns most down: those of an atom stand together, four in a cache line. */
typedef struct gate {
    uint64_t rare; /* its groups that not nearly every sentence has, 64 to a bit each */
    uint32_t slot, companies;
} gate;

struct rule_engine {
    slot *slots;
    need *needs; /* of each slot */
    size_t nslots, cap_slots, cap_needs;
    trigger *triggers;
    size_t ntriggers, cap_triggers;
    uint32_t *heads; /* of each atom: trigger + 1 */
    size_t nheads, cap_heads;
    gate *gates;
    uint32_t *first; /* gates of atom a: of rules that do not name from first[2 * a] on, of those that name from the next on */
    size_t cap_gates, cap_first;
    rule_groups common; /* of nearly every sentence */
    uint32_t *always;   /* slots without a trigger */
    size_t nalways, cap_always;
    uint32_t run;
    pcre2_match_context_32 *context;
    pcre2_match_context_8 *context8;
    pcre2_match_data_32 *data;
    pcre2_match_data_8 *data8;
    rule_hit *hits;
    size_t nhits, cap_hits;
    bool profile;
};

static bool make_contexts(rule_engine *e)
{
    e->context = pcre2_match_context_create_32(NULL);
    e->context8 = pcre2_match_context_create_8(NULL);
    e->data = pcre2_match_data_create_32(RULE_MAX_ARGS + 1, NULL);
    e->data8 = pcre2_match_data_create_8(RULE_MAX_ARGS + 1, NULL);
    if (e->context == NULL || e->context8 == NULL || e->data == NULL || e->data8 == NULL) return false;
    pcre2_set_match_limit_32(e->context, MATCH_LIMIT);
    pcre2_set_depth_limit_32(e->context, DEPTH_LIMIT);
    pcre2_set_match_limit_8(e->context8, MATCH_LIMIT);
    pcre2_set_depth_limit_8(e->context8, DEPTH_LIMIT);
    return true;
}

rule_engine *rule_engine_new(void)
{
    rule_engine *e = calloc(1, sizeof *e);
    if (e == NULL) return NULL;
    if (make_contexts(e)) return e;
    rule_engine_free(e);
    return NULL;
}

void rule_engine_time(rule_engine *e)
{
    e->profile = true;
}

void rule_engine_free(rule_engine *e)
{
    if (e == NULL) return;
    for (size_t i = 0; i < e->nslots; i++) {
        slot *s = &e->slots[i];
        pcre2_code_free_32(s->code);
        pcre2_code_free_8(s->regex);
    }
    free(e->slots);
    free(e->needs);
    free(e->triggers);
    free(e->heads);
    free(e->gates);
    free(e->first);
    free(e->always);
    free(e->hits);
    pcre2_match_context_free_32(e->context);
    pcre2_match_context_free_8(e->context8);
    pcre2_match_data_free_32(e->data);
    pcre2_match_data_free_8(e->data8);
    free(e);
}

static need make_need(rule_words *words, const slot *s)
{
    need t = {.names = (s->def->flags & RULE_NAMES) != 0};
    const uint32_t *p = s->image->pool + s->def->needs;
    for (uint32_t i = 0; i < s->def->nneeds; i++, p += 1 + p[0]) {
        uint32_t group = rule_words_need_group(words, p, i == 0);
        if (group != RULE_NO_GROUP) t.groups.bits[group / 64] |= UINT64_C(1) << (group % 64);
        t.companies += p[0] == 1 && p[1] == ATOM_COMPANY;
    }
    return t;
}

static bool add_trigger(rule_engine *e, uint32_t atom, uint32_t number)
{
    if (!erz_grow(&e->heads, &e->cap_heads, atom + 1, sizeof *e->heads) ||
        !erz_grow(&e->triggers, &e->cap_triggers, e->ntriggers + 1, sizeof *e->triggers))
        return false;
    while (e->nheads <= atom) e->heads[e->nheads++] = 0;
    e->triggers[e->ntriggers++] = (trigger){number, e->heads[atom]};
    e->heads[atom] = (uint32_t)e->ntriggers;
    return true;
}

/* By the atoms of the slot's first need. */
static bool index_slot(rule_engine *e, rule_words *words, uint32_t number)
{
    const slot *s = &e->slots[number];
    e->needs[number] = make_need(words, s);
    if (s->def->nneeds == 0) {
        if (!erz_grow(&e->always, &e->cap_always, e->nalways + 1, sizeof *e->always)) return false;
        e->always[e->nalways++] = number;
        return true;
    }
    const uint32_t *first = s->image->pool + s->def->needs;
    for (uint32_t k = 1; k <= first[0]; k++)
        if (!add_trigger(e, first[k], number)) return false;
    return true;
}

/* Groups beyond those that nearly every sentence has, folded to a word. */
static uint64_t rare_groups(const rule_engine *e, const rule_groups *groups)
{
    uint64_t rare = 0;
    for (size_t i = 0; i < RULE_GROUPS / 64; i++) rare |= groups->bits[i] & ~e->common.bits[i];
    return rare;
}

static bool place_gates(rule_engine *e, const rule_words *words)
{
    uint32_t n = 0;
    if (!erz_grow(&e->gates, &e->cap_gates, e->ntriggers + 1, sizeof *e->gates) ||
        !erz_grow(&e->first, &e->cap_first, 2 * e->nheads + 1, sizeof *e->first))
        return false;
    e->common = *rule_words_common(words);
    for (uint32_t k = 0; k < 2 * e->nheads; k++) {
        e->first[k] = n;
        for (uint32_t i = e->heads[k / 2]; i != 0; i = e->triggers[i - 1].next) {
            const uint32_t number = e->triggers[i - 1].slot;
            const need *t = &e->needs[number];
            if (t->names == (k % 2 != 0)) e->gates[n++] = (gate){rare_groups(e, &t->groups), number, t->companies};
        }
    }
    e->first[2 * e->nheads] = n;
    return true;
}

bool rule_engine_add(rule_engine *e, rule_words *words, const rule_image *image)
{
    size_t more = 0;
    for (uint32_t i = 0; i < image->ndefs; i++) more += image->defs[i].nneeds > 0 ? image->pool[image->defs[i].needs] : 0;
    if (!erz_grow(&e->slots, &e->cap_slots, e->nslots + image->ndefs, sizeof *e->slots) ||
        !erz_table_grow(&e->needs, &e->cap_needs, e->nslots, e->nslots + image->ndefs, sizeof *e->needs) ||
        !erz_grow(&e->triggers, &e->cap_triggers, e->ntriggers + more, sizeof *e->triggers))
        return false;
    for (uint32_t i = 0; i < image->ndefs; i++) {
        slot *s = &e->slots[e->nslots++];
        memset(s, 0, sizeof *s);
        s->image = image;
        s->def = &image->defs[i];
        s->profile.name = rule_string(image, s->def->name);
        if (!index_slot(e, words, (uint32_t)e->nslots - 1)) return false;
    }
    return place_gates(e, words);
}

size_t rule_engine_count(const rule_engine *e)
{
    return e->nslots;
}

const rule_profile *rule_engine_profile(const rule_engine *e, size_t i)
{
    return &e->slots[i].profile;
}

/* ---- compiling ---- */

static erz_status compile_units(slot *s, erz_error *err)
{
    const uint32_t options = PCRE2_ANCHORED | PCRE2_DOTALL | PCRE2_NEVER_UTF | PCRE2_NO_AUTO_POSSESS | PCRE2_NO_START_OPTIMIZE;
    int code;
    PCRE2_SIZE at;
    const uint8_t *bytes = (const uint8_t *)s->image->strings + s->def->pattern, *end = bytes + s->def->npattern;
    uint32_t *units = malloc(((size_t)s->def->npattern + 1) * sizeof *units);
    size_t n = 0;
    if (units == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    bool whole = true;
    while (bytes < end && whole) whole = rule_unit_next(&bytes, end, &units[n]), n++;
    if (!whole) {
        free(units);
        return erz_fail(err, ERZ_E_MODEL, NULL, 0, 0, "rules section is damaged");
    }
    s->code = pcre2_compile_32(units, n, options, &code, &at, NULL);
    free(units);
    if (s->code != NULL) return ERZ_OK;
    if (code == PCRE2_ERROR_HEAP_FAILED) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    char message[120];
    PCRE2_UCHAR8 text[120] = "";
    pcre2_get_error_message_8(code, text, sizeof text);
    memcpy(message, text, sizeof message);
    return erz_fail(err, ERZ_E_RULE, rule_string(s->image, s->def->file), s->def->line, 0, "rule '%s': %s",
                    rule_string(s->image, s->def->name), message);
}

static erz_status compile_regex(slot *s, erz_error *err)
{
    int code;
    PCRE2_SIZE at;
    const char *text = rule_string(s->image, s->def->pattern);
    s->regex = pcre2_compile_8((PCRE2_SPTR8)text, s->def->npattern, PCRE2_UTF, &code, &at, NULL);
    if (s->regex != NULL) {
        pcre2_jit_compile_8(s->regex, PCRE2_JIT_COMPLETE);
        return ERZ_OK;
    }
    if (code == PCRE2_ERROR_HEAP_FAILED) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    PCRE2_UCHAR8 message[120] = "";
    pcre2_get_error_message_8(code, message, sizeof message);
    erz_status status = erz_fail(err, ERZ_E_RULE, rule_string(s->image, s->def->file), s->def->line, at + 1,
                                 "rule '%s': %s (at character %zu of the expression)", rule_string(s->image, s->def->name),
                                 (const char *)message, (size_t)at + 1);
    if (err != NULL) strncpy(err->source, text, sizeof err->source - 1);
    return status;
}

static erz_status prepare(slot *s, erz_error *err)
{
    if (s->def->flags & RULE_REGEX) return s->regex != NULL ? ERZ_OK : compile_regex(s, err);
    if (s->code == NULL) return compile_units(s, err);
    if (++s->uses == JIT_AFTER) pcre2_jit_compile_32(s->code, PCRE2_JIT_COMPLETE);
    return ERZ_OK;
}

erz_status rule_engine_check(const rule_image *image, erz_error *err)
{
    rule_engine *e = rule_engine_new();
    rule_words *words = rule_words_new(NULL);
    bool good = e != NULL && words != NULL && rule_engine_add(e, words, image);
    rule_words_free(words);
    if (!good) {
        rule_engine_free(e);
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    }
    erz_status status = ERZ_OK;
    for (size_t i = 0; i < e->nslots && status == ERZ_OK; i++) status = prepare(&e->slots[i], err);
    rule_engine_free(e);
    return status;
}

/* ---- matching ---- */

/* What a sentence has for the needs of rules. */
typedef struct supply {
    const rule_groups *groups;
    uint64_t rare;
    uint32_t companies;
} supply;

static inline supply supply_of(const rule_engine *e, const rule_groups *groups, uint32_t companies)
{
    return (supply){groups, rare_groups(e, groups), companies};
}

/* Two parties need two companies: what keeps most rules from being tried. */
static inline bool may_be_met(const rule_engine *e, const gate *g, const supply *has)
{
    if ((g->rare & ~has->rare) != 0 || g->companies > has->companies) return false;
    return rule_groups_within(&e->needs[g->slot].groups, has->groups);
}

static bool needs_met(const slot *s, const rule_row *row)
{
    const uint32_t *p = s->image->pool + s->def->needs;
    for (uint32_t i = 0; i < s->def->nneeds; i++) {
        uint32_t n = *p++;
        bool met = false;
        for (uint32_t k = 0; k < n && !met; k++) met = rule_row_present(row, p[k]);
        if (!met) return false;
        p += n;
    }
    return true;
}

bool rule_engine_wants(const rule_engine *e, const uint32_t *atoms, size_t n, bool names, const rule_groups *groups,
                       uint32_t companies)
{
    const supply has = supply_of(e, groups, companies);
    for (size_t k = 0; k < n; k++) {
        if (atoms[k] >= e->nheads) continue;
        const uint32_t *first = e->first + 2 * (size_t)atoms[k] + names;
        for (const gate *g = e->gates + first[0], *end = e->gates + first[1]; g < end; g++)
            if (may_be_met(e, g, &has)) return true;
    }
    return false;
}

static uint32_t item_at(const rule_row *row, size_t unit)
{
    size_t lo = 0, hi = row->n;
    while (hi - lo > 1) {
        size_t mid = (lo + hi) / 2;
        if (row->items[mid].unit <= unit)
            lo = mid;
        else
            hi = mid;
    }
    return (uint32_t)lo;
}

/* Does an `unless` hold for a match of the items from begin to before end? */
static bool excluded(const slot *s, const rule_row *row, uint32_t begin, uint32_t end)
{
    const uint32_t *pool = s->image->pool, *u = pool + s->def->unless;
    uint64_t there[SETS_ROW / 64];
    for (uint32_t i = 0; i < s->def->nunless; i++, u += 3) {
        bool before = u[0] == UNLESS_BEFORE;
        if (!rule_sets_begin(pool + u[1], u[2], row, before ? begin : (uint32_t)row->n, before, there)) continue;
        if (u[0] != UNLESS_AFTER || (there[end / 64] >> (end % 64) & 1) != 0) return true;
    }
    return false;
}

static bool is_key(const char *name)
{
    return strcmp(name, "trigger") == 0;
}

static void set_key(rule_hit *h)
{
    h->key_first = h->first;
    h->key_last = h->last;
    for (uint32_t i = 0; i < h->nargs; i++) {
        if (!is_key(h->args[i].name)) continue;
        h->key_first = h->args[i].first;
        h->key_last = h->args[i].last;
        return;
    }
}

static bool add_hit(rule_engine *e, size_t number, const rule_row *row, const PCRE2_SIZE *ov, int groups)
{
    const slot *s = &e->slots[number];
    if (!erz_grow(&e->hits, &e->cap_hits, e->nhits + 1, sizeof *e->hits)) return false;
    rule_hit *h = &e->hits[e->nhits++];
    memset(h, 0, sizeof *h);
    h->image = s->image;
    h->def = s->def;
    h->number = (uint32_t)number;
    h->first = item_at(row, ov[0]);
    h->last = item_at(row, ov[1] - 1);
    h->begin = row->items[h->first].begin;
    h->end = row->items[h->last].end;
    for (int g = 1; g < groups && g <= RULE_MAX_ARGS; g++) {
        if (ov[2 * g] == PCRE2_UNSET || ov[2 * g] == ov[2 * g + 1]) continue;
        rule_arg *a = &h->args[h->nargs++];
        a->name = rule_string(s->image, s->image->pool[s->def->args + (uint32_t)g - 1]);
        a->first = item_at(row, ov[2 * g]);
        a->last = item_at(row, ov[2 * g + 1] - 1);
        a->begin = row->items[a->first].begin;
        a->end = row->items[a->last].end;
    }
    set_key(h);
    return true;
}

static erz_status no_match(slot *s, int code, erz_error *err)
{
    if (code == PCRE2_ERROR_NOMEMORY) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    s->profile.limited += code != PCRE2_ERROR_NOMATCH;
    return ERZ_OK;
}

/* A match that begins at an item where one can begin. */
static erz_status run_at(rule_engine *e, size_t number, rule_row *row, uint32_t item, erz_error *err)
{
    slot *s = &e->slots[number];
    erz_status status = prepare(s, err);
    if (status != ERZ_OK) return status;
    if (!rule_row_units(row)) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    int n = pcre2_match_32(s->code, row->units, row->nunits, row->items[item].unit, 0, e->data, e->context);
    if (n < 0) return no_match(s, n, err);
    const PCRE2_SIZE *ov = pcre2_get_ovector_pointer_32(e->data);
    if (ov[1] == ov[0] || excluded(s, row, item, item_at(row, ov[1] - 1) + 1)) return ERZ_OK;
    s->profile.matched++;
    return add_hit(e, number, row, ov, n) ? ERZ_OK : erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
}

static erz_status run_pattern(rule_engine *e, size_t number, rule_row *row, erz_error *err)
{
    const slot *s = &e->slots[number];
    uint64_t starts[SETS_ROW / 64];
    erz_status status = ERZ_OK;
    if (!rule_sets_begin(s->image->pool + s->def->begins, s->def->nbegins, row, (uint32_t)row->n, false, starts)) return ERZ_OK;
    for (uint32_t w = 0; w < rule_row_width(row); w++)
        for (uint64_t bits = starts[w]; bits != 0 && status == ERZ_OK; bits &= bits - 1) {
            uint32_t item = w * 64 + (uint32_t)__builtin_ctzll(bits);
            if (item < row->n) status = run_at(e, number, row, item, err);
        }
    return status;
}

/* Items that a byte range of the sentence touches. */
static void find_items(const rule_row *row, uint32_t begin, uint32_t end, uint32_t *first, uint32_t *last)
{
    *first = 0;
    while (*first + 1 < row->n && row->items[*first].end <= begin) ++*first;
    *last = *first;
    while (*last + 1 < row->n && row->items[*last + 1].begin < end) ++*last;
}

static void regex_args(const slot *s, rule_hit *h, const rule_row *row, uint32_t base, const PCRE2_SIZE *ov, int groups)
{
    uint32_t count = 0, size = 0;
    PCRE2_SPTR8 table = NULL;
    pcre2_pattern_info_8(s->regex, PCRE2_INFO_NAMECOUNT, &count);
    pcre2_pattern_info_8(s->regex, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info_8(s->regex, PCRE2_INFO_NAMETABLE, &table);
    for (uint32_t i = 0; i < count && h->nargs < RULE_MAX_ARGS; i++) {
        const unsigned char *entry = table + (size_t)i * size;
        int g = entry[0] << 8 | entry[1];
        if (g >= groups || ov[2 * g] == PCRE2_UNSET) continue;
        rule_arg *a = &h->args[h->nargs++];
        a->name = (const char *)entry + 2;
        a->begin = base + (uint32_t)ov[2 * g];
        a->end = base + (uint32_t)ov[2 * g + 1];
        find_items(row, a->begin, a->end, &a->first, &a->last);
    }
}

static erz_status run_regex(rule_engine *e, size_t number, const rule_row *row, erz_error *err)
{
    slot *s = &e->slots[number];
    uint32_t base = row->items[0].begin, len = row->items[row->n - 1].end - base;
    const char *subject = row->text->text + base;
    size_t from = 0;
    while (from <= len) {
        int n = pcre2_match_8(s->regex, (PCRE2_SPTR8)subject, len, from, PCRE2_NO_UTF_CHECK, e->data8, e->context8);
        if (n < 0) return no_match(s, n, err);
        const PCRE2_SIZE *ov = pcre2_get_ovector_pointer_8(e->data8);
        if (ov[1] == ov[0]) {
            from = ov[1] + 1;
            while (from < len && ((unsigned char)subject[from] & 0xc0) == 0x80) from++;
            continue;
        }
        if (!erz_grow(&e->hits, &e->cap_hits, e->nhits + 1, sizeof *e->hits))
            return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
        rule_hit *h = &e->hits[e->nhits++];
        memset(h, 0, sizeof *h);
        h->image = s->image;
        h->def = s->def;
        h->number = (uint32_t)number;
        h->begin = base + (uint32_t)ov[0];
        h->end = base + (uint32_t)ov[1];
        find_items(row, h->begin, h->end, &h->first, &h->last);
        regex_args(s, h, row, base, ov, n);
        set_key(h);
        s->profile.matched++;
        from = ov[1];
    }
    return ERZ_OK;
}

/* ---- overlaps ---- */

static uint32_t length(const rule_hit *h)
{
    return h->end - h->begin;
}

/* Which of two hits wins: priority, then more arguments, then the longer (or shorter), then the earlier. */
static int better(const void *a, const void *b)
{
    const rule_hit *x = a, *y = b;
    if (x->def->priority != y->def->priority) return x->def->priority > y->def->priority ? -1 : 1;
    if (x->nargs != y->nargs) return x->nargs > y->nargs ? -1 : 1;
    bool longest = x->def->flags & RULE_LONGEST;
    if (longest != ((y->def->flags & RULE_LONGEST) != 0)) return longest ? -1 : 1;
    if (length(x) != length(y)) return (length(x) > length(y)) == longest ? -1 : 1;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static bool same_type(const rule_hit *a, const rule_hit *b)
{
    return strcmp(rule_string(a->image, a->def->type), rule_string(b->image, b->def->type)) == 0;
}

static void resolve(rule_engine *e)
{
    size_t kept = 0;
    if (e->nhits > 1) qsort(e->hits, e->nhits, sizeof *e->hits, better);
    for (size_t i = 0; i < e->nhits; i++) {
        const rule_hit *h = &e->hits[i];
        bool keep = true;
        for (size_t k = 0; k < kept && keep && (h->def->flags & RULE_ALL) == 0; k++) {
            const rule_hit *o = &e->hits[k];
            keep = !same_type(h, o) || h->key_last < o->key_first || o->key_last < h->key_first;
        }
        if (keep) e->hits[kept++] = *h;
    }
    e->nhits = kept;
}

static uint64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * UINT64_C(1000000000) + (uint64_t)t.tv_nsec;
}

/* When a rule is first tried: most of a model's never are. */
static erz_status check_programs(slot *s, erz_error *err)
{
    const uint32_t *pool = s->image->pool, *u = pool + s->def->unless, natoms = s->image->base + s->image->natoms;
    bool good = (s->def->flags & RULE_REGEX) != 0 || rule_sets_fit(pool + s->def->begins, s->def->nbegins, natoms);
    for (uint32_t i = 0; i < s->def->nunless && good; i++, u += 3) good = rule_sets_fit(pool + u[1], u[2], natoms);
    s->fits = good;
    return good ? ERZ_OK : erz_fail(err, ERZ_E_MODEL, NULL, 0, 0, "rules section is damaged");
}

static erz_status run_slot(rule_engine *e, uint32_t number, rule_row *row, erz_error *err)
{
    slot *s = &e->slots[number];
    if (!needs_met(s, row)) return ERZ_OK;
    if (!s->fits && check_programs(s, err) != ERZ_OK) return ERZ_E_MODEL;
    uint64_t start = e->profile ? now() : 0;
    bool regex = (s->def->flags & RULE_REGEX) != 0;
    erz_status status = regex ? prepare(s, err) : ERZ_OK;
    if (status == ERZ_OK) status = regex ? run_regex(e, number, row, err) : run_pattern(e, number, row, err);
    s->profile.tried++;
    if (e->profile) s->profile.ns += now() - start;
    return status;
}

static erz_status run_atom(rule_engine *e, uint32_t atom, rule_row *row, bool names, const supply *has, erz_error *err)
{
    erz_status status = ERZ_OK;
    if (atom >= e->nheads) return ERZ_OK;
    const uint32_t *first = e->first + 2 * (size_t)atom + names;
    for (uint32_t i = first[0]; i < first[1] && status == ERZ_OK; i++) {
        if (!may_be_met(e, &e->gates[i], has)) continue;
        const uint32_t number = e->gates[i].slot;
        if (e->needs[number].run == e->run) continue;
        e->needs[number].run = e->run;
        status = run_slot(e, number, row, err);
    }
    return status;
}

erz_status rule_engine_run(rule_engine *e, rule_row *row, bool names, const rule_hit **hits, size_t *nhits, erz_error *err)
{
    erz_status status = ERZ_OK;
    const supply has = supply_of(e, &row->groups, row->companies);
    e->nhits = 0;
    e->run++;
    for (uint32_t i = 0; i < row->natoms && status == ERZ_OK; i++) status = run_atom(e, row->atoms[i], row, names, &has, err);
    for (size_t i = 0; i < e->nalways && row->n > 0 && status == ERZ_OK; i++)
        if (((e->slots[e->always[i]].def->flags & RULE_NAMES) != 0) == names) status = run_slot(e, e->always[i], row, err);
    if (status != ERZ_OK) return status;
    resolve(e);
    *hits = e->hits;
    *nhits = e->nhits;
    return ERZ_OK;
}
