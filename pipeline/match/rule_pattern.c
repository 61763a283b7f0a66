/* Patterns over items -> regular expressions over units. Emitted while parsing; macros are parsed where they are called. */
#include <string.h>

#include "base/buf.h"
#include "rule_build.h"
#include "rule_sets.h"

static erz_status alternatives(builder *b, build_info *info, erz_error *err);

static void units(builder *b, const char *s)
{
    for (; *s != '\0'; s++) build_unit(b, (unsigned char)*s);
}

static void word(builder *b, uint32_t w)
{
    if (erz_grow(&b->prog, &b->cap_prog, b->nprog + 1, sizeof *b->prog))
        b->prog[b->nprog++] = w;
    else
        b->failed = true;
}

static void build_leaf(builder *b, uint32_t kind, uint32_t argument)
{
    word(b, kind | argument << 8);
}

static void build_node(builder *b, size_t from, uint32_t kind, uint32_t argument)
{
    word(b, (uint32_t)(b->nprog - from + 2));
    word(b, kind | argument << 8);
}

static void insert(builder *b, uint32_t at, const char *s)
{
    uint32_t n = (uint32_t)strlen(s), tail = b->image->npool - at;
    units(b, s);
    if (b->failed) return;
    uint32_t *pool = b->image->pool;
    memmove(pool + at + n, pool + at, tail * sizeof *pool);
    for (uint32_t i = 0; i < n; i++) pool[at + i] = (unsigned char)s[i];
}

static bool is_char(const builder *b, char c)
{
    return b->lx.token.kind == LEX_CHAR && b->lx.token.c == c;
}

static erz_status next(builder *b, erz_error *err)
{
    return lex_next(&b->lx, err);
}

static erz_status expect(builder *b, char c, const char *what, erz_error *err)
{
    if (!is_char(b, c)) return lex_fail(&b->lx, b->lx.token.at, err, "'%c' is missing: %s", c, what);
    return next(b, err);
}

static void class_of(builder *b, uint32_t atom, bool negative)
{
    units(b, negative ? "[^" : "[");
    if (negative) build_unit(b, RULE_ITEM);
    build_unit(b, RULE_ATOM_BASE + atom);
    units(b, "]");
}

/* Units after RULE_ITEM up to and with the atom: possessive, so an item is passed over once. */
static void has_atom(builder *b, uint32_t atom)
{
    class_of(b, atom, true);
    units(b, "*+");
    build_unit(b, RULE_ATOM_BASE + atom);
}

static void rest_of_item(builder *b)
{
    units(b, "[^");
    build_unit(b, RULE_ITEM);
    units(b, "]*+");
}

static void any_item(builder *b)
{
    build_unit(b, RULE_ITEM);
    rest_of_item(b);
    build_leaf(b, SETS_ANY, 0);
}

static void need_one(builder *b, build_info *info, uint32_t atom)
{
    info->nneeds = 1;
    info->needs[0].n = 1;
    info->needs[0].atoms[0] = atom;
    info->needs[0].rank = build_rank(b, atom);
    info->needs[0].weight = build_weight(b, atom);
}

static bool is_atom(lex_kind kind)
{
    return kind >= LEX_WORD && kind <= LEX_PROP && kind != LEX_MACRO;
}

static erz_status too_deep(builder *b, erz_error *err)
{
    return lex_fail(&b->lx, b->lx.token.at, err, "brackets in brackets go %d deep", BUILD_NESTING);
}

/* ---- conditions on one item: [ a & !b | c ]; each part is a lookahead at the item's first unit ---- */

static erz_status condition(builder *b, build_info *info, erz_error *err);

static void condition_atom(builder *b, bool part, uint32_t atom)
{
    size_t from = b->nprog;
    build_leaf(b, SETS_ATOM, atom);
    if (!part) return;
    build_leaf(b, SETS_ATOM, ATOM_PART);
    build_node(b, from, SETS_AND, 2);
}

static erz_status primary(builder *b, build_info *info, erz_error *err)
{
    erz_status status;
    memset(info, 0, sizeof *info);
    if (is_char(b, '(')) {
        if (b->nesting == BUILD_NESTING) return too_deep(b, err);
        status = next(b, err);
        units(b, "(?:");
        b->nesting++;
        if (status == ERZ_OK) status = condition(b, info, err);
        b->nesting--;
        units(b, ")");
        return status == ERZ_OK ? expect(b, ')', "the condition's bracket is not closed", err) : status;
    }
    bool part = is_char(b, '-');
    if (part && (status = next(b, err)) != ERZ_OK) return status;
    if (!is_atom(b->lx.token.kind)) return lex_fail(&b->lx, b->lx.token.at, err, "a word, list or property is missing");
    uint32_t atom;
    status = build_atom(b, &b->lx.token, &atom, err);
    if (status != ERZ_OK) return status;
    units(b, "(?=");
    if (part) build_unit(b, RULE_ATOM_BASE + ATOM_PART);
    has_atom(b, atom);
    units(b, ")");
    condition_atom(b, part, atom);
    need_one(b, info, atom);
    return next(b, err);
}

static erz_status negatable(builder *b, build_info *info, erz_error *err)
{
    if (!is_char(b, '!')) return primary(b, info, err);
    erz_status status = next(b, err);
    size_t from = b->nprog;
    units(b, "(?!");
    if (status == ERZ_OK) status = primary(b, info, err);
    units(b, ")");
    build_node(b, from, SETS_NOT, 1);
    info->nneeds = 0;
    return status;
}

static bool tells_more(const build_need *a, const build_need *than)
{
    return a->rank != than->rank ? a->rank > than->rank : a->weight < than->weight;
}

/* Keep the more telling of two needs of which both must hold. */
static void keep_better(build_info *info, const build_info *other)
{
    if (other->nneeds == 0) return;
    if (info->nneeds == 0 || tells_more(&other->needs[0], &info->needs[0])) {
        info->nneeds = 1;
        info->needs[0] = other->needs[0];
    }
}

/* One of two needs must hold: their union, or nothing when there is no room. */
static void join_needs(build_need *a, uint32_t *na, const build_need *o, uint32_t no)
{
    if (*na == 0 || no == 0 || a->n + o->n > BUILD_NEED_ATOMS) {
        *na = 0;
        return;
    }
    memcpy(a->atoms + a->n, o->atoms, o->n * sizeof *o->atoms);
    a->n += o->n;
    a->weight += o->weight;
    if (o->rank < a->rank) a->rank = o->rank;
    *na = 1;
}

static erz_status conjunction(builder *b, build_info *info, erz_error *err)
{
    size_t from = b->nprog;
    uint32_t count = 1;
    erz_status status = negatable(b, info, err);
    for (; status == ERZ_OK && is_char(b, '&'); count++) {
        build_info other;
        status = next(b, err);
        if (status == ERZ_OK) status = negatable(b, &other, err);
        if (status == ERZ_OK) keep_better(info, &other);
    }
    if (count > 1) build_node(b, from, SETS_AND, count);
    return status;
}

static erz_status condition(builder *b, build_info *info, erz_error *err)
{
    size_t from = b->nprog;
    uint32_t count = 1;
    erz_status status = conjunction(b, info, err);
    for (; status == ERZ_OK && is_char(b, '|'); count++) {
        build_info other;
        units(b, "|");
        status = next(b, err);
        if (status == ERZ_OK) status = conjunction(b, &other, err);
        if (status == ERZ_OK) join_needs(&info->needs[0], &info->nneeds, &other.needs[0], other.nneeds);
    }
    if (count > 1) build_node(b, from, SETS_OR, count);
    return status;
}

static void none_program(builder *b, bool part, const uint32_t *atoms, uint32_t n)
{
    size_t from = b->nprog;
    for (uint32_t i = 0; i < n; i++) build_leaf(b, SETS_ATOM, atoms[i]);
    if (n > 1) build_node(b, from, SETS_OR, n);
    build_node(b, from, SETS_NOT, 1);
    if (part) build_leaf(b, SETS_ATOM, ATOM_PART);
    if (part) build_node(b, from, SETS_AND, 2);
    build_node(b, from, SETS_ITEM, 0);
}

/* `[!a & !b]`, the condition of most gaps: one pass over the item. false: it is another condition, nothing was read. */
static bool none_of(builder *b, bool part)
{
    enum { MOST = 24 };
    const lexer start = b->lx;
    uint32_t atoms[MOST], n = 0;
    bool good = true;
    do {
        good = next(b, NULL) == ERZ_OK && is_char(b, '!') && next(b, NULL) == ERZ_OK && is_atom(b->lx.token.kind) && n < MOST &&
               build_atom(b, &b->lx.token, &atoms[n], NULL) == ERZ_OK && next(b, NULL) == ERZ_OK;
        n++;
    } while (good && is_char(b, '&'));
    if (!good || !is_char(b, ']')) {
        b->lx = start;
        return false;
    }
    build_unit(b, RULE_ITEM);
    if (part) build_unit(b, RULE_ATOM_BASE + ATOM_PART);
    units(b, "[^");
    build_unit(b, RULE_ITEM);
    for (uint32_t i = 0; i < n; i++) build_unit(b, RULE_ATOM_BASE + atoms[i]);
    units(b, "]*+(?![");
    for (uint32_t i = 0; i < n; i++) build_unit(b, RULE_ATOM_BASE + atoms[i]);
    units(b, "])");
    none_program(b, part, atoms, n);
    return true;
}

static erz_status bracket(builder *b, build_info *info, bool part, erz_error *err)
{
    if (none_of(b, part)) {
        info->nneeds = 0;
        info->steps = 1;
        return next(b, err);
    }
    size_t from = b->nprog;
    erz_status status = next(b, err);
    build_unit(b, RULE_ITEM);
    if (part) build_unit(b, RULE_ATOM_BASE + ATOM_PART);
    units(b, "(?:");
    if (status == ERZ_OK) status = condition(b, info, err);
    units(b, ")");
    rest_of_item(b);
    if (part) build_leaf(b, SETS_ATOM, ATOM_PART);
    if (part) build_node(b, from, SETS_AND, 2);
    build_node(b, from, SETS_ITEM, 0);
    info->steps = 1;
    return status == ERZ_OK ? expect(b, ']', "the condition is not closed", err) : status;
}

/* ---- items ---- */

static erz_status atom_item(builder *b, build_info *info, bool part, erz_error *err)
{
    uint32_t atom;
    erz_status status = build_atom(b, &b->lx.token, &atom, err);
    if (status != ERZ_OK) return status;
    build_unit(b, RULE_ITEM);
    if (part) build_unit(b, RULE_ATOM_BASE + ATOM_PART);
    has_atom(b, atom);
    rest_of_item(b);
    size_t from = b->nprog;
    condition_atom(b, part, atom);
    if (part) build_node(b, from, SETS_ITEM, 0);
    need_one(b, info, atom);
    return next(b, err);
}

static void repeat_program(builder *b, size_t from, uint32_t min, uint32_t max)
{
    if (b->failed || b->nprog == from) return; /* an error was met */
    bool single = rule_sets_single(b->prog + b->nprog);
    build_node(b, from, SETS_REPEAT, SETS_RANGE(min, max) | (single ? SETS_SINGLE : 0));
}

static erz_status gap(builder *b, build_info *info, erz_error *err)
{
    lex_token t = b->lx.token;
    if (t.max < t.min || t.max > 40) return lex_fail(&b->lx, t.at, err, "a gap is at most 40 items, the lower number first");
    size_t from = b->nprog;
    erz_status status = next(b, err);
    units(b, "(?:");
    if (status == ERZ_OK && is_char(b, '['))
        status = bracket(b, info, false, err);
    else
        any_item(b);
    char range[32];
    snprintf(range, sizeof range, "){%u,%u}?", t.min, t.max);
    units(b, range);
    repeat_program(b, from, t.min, t.max);
    info->nneeds = 0;
    info->steps = t.max - t.min + 1;
    return status;
}

static erz_status group(builder *b, const char *open, build_info *info, erz_error *err)
{
    if (b->nesting == BUILD_NESTING) return too_deep(b, err);
    erz_status status = next(b, err);
    units(b, open);
    b->nesting++;
    if (status == ERZ_OK) status = alternatives(b, info, err);
    b->nesting--;
    units(b, ")");
    return status == ERZ_OK ? expect(b, ')', "the group is not closed", err) : status;
}

static erz_status call_macro(builder *b, build_info *info, erz_error *err)
{
    const lex_token t = b->lx.token;
    lexer macro;
    if (!build_find_macro(b, t.text, t.len, &macro)) return lex_fail(&b->lx, t.at, err, "no macro '%.*s'", (int)t.len, t.text);
    if (b->depth == BUILD_MACRO_DEPTH) return lex_fail(&b->lx, t.at, err, "macros call each other too deep");
    const lexer caller = b->lx;
    b->lx = macro;
    b->depth++;
    units(b, "(?:");
    erz_status status = next(b, err);
    if (status == ERZ_OK) status = alternatives(b, info, err);
    if (status == ERZ_OK && b->lx.token.kind != LEX_END)
        status = lex_fail(&b->lx, b->lx.token.at, err, "a bracket is closed that was not opened");
    units(b, ")");
    b->depth--;
    b->lx = caller;
    return status == ERZ_OK ? next(b, err) : status;
}

static erz_status lookahead(builder *b, build_info *info, erz_error *err)
{
    bool negative = is_char(b, '!');
    erz_status status = next(b, err);
    if (status == ERZ_OK && !is_char(b, '('))
        return lex_fail(&b->lx, b->lx.token.at, err, "'%c' stands before a group: %c(...)", negative ? '!' : '&',
                        negative ? '!' : '&');
    size_t from = b->nprog;
    if (status == ERZ_OK) status = group(b, negative ? "(?!" : "(?=", info, err);
    build_node(b, from, negative ? SETS_NOT_HERE : SETS_HERE, 0);
    if (negative) info->nneeds = 0;
    info->steps = 1; /* looked at once, not gone back into */
    return status;
}

static bool anchor(builder *b)
{
    const lex_token *t = &b->lx.token;
    if (t->kind != LEX_PROP) return false;
    if (t->len == 5 && memcmp(t->text, "start", 5) == 0)
        units(b, "\\A"), build_leaf(b, SETS_START, 0);
    else if (t->len == 3 && memcmp(t->text, "end", 3) == 0)
        units(b, "\\z"), build_leaf(b, SETS_END, 0);
    else
        return false;
    return true;
}

static erz_status element(builder *b, build_info *info, erz_error *err)
{
    const lex_token *t = &b->lx.token;
    memset(info, 0, sizeof *info);
    info->steps = 1;
    if (anchor(b)) return next(b, err);
    if (is_char(b, '-')) {
        erz_status status = next(b, err);
        if (status != ERZ_OK) return status;
        if (is_char(b, '[')) return bracket(b, info, true, err);
        if (!is_atom(t->kind)) return lex_fail(&b->lx, t->at, err, "'-' is followed by the word in the compound");
        return atom_item(b, info, true, err);
    }
    if (is_atom(t->kind)) return atom_item(b, info, false, err);
    if (is_char(b, '(')) return group(b, "(?:", info, err);
    if (is_char(b, '[')) return bracket(b, info, false, err);
    if (is_char(b, '!') || is_char(b, '&')) return lookahead(b, info, err);
    if (t->kind == LEX_GAP) return gap(b, info, err);
    if (t->kind == LEX_MACRO) return call_macro(b, info, err);
    if (is_char(b, '.')) {
        any_item(b);
        return next(b, err);
    }
    return lex_fail(&b->lx, t->at, err, "'%.*s' has no meaning in a pattern", t->len > 0 ? (int)t->len : 1, t->at);
}

static uint64_t bounded(uint64_t a, uint64_t c)
{
    if (a == 0 || c == 0) return 0;
    return a > BUILD_MAX_STEPS / c ? BUILD_MAX_STEPS + 1 : a * c;
}

static erz_status repeat(builder *b, uint32_t at, size_t from, build_info *info, erz_error *err)
{
    const lex_token t = b->lx.token;
    bool optional = is_char(b, '?');
    if (!optional && t.kind != LEX_RANGE) return ERZ_OK;
    uint32_t min = optional ? 0 : t.min, max = optional ? 1 : t.max;
    if (max < min || max == 0 || max > 40)
        return lex_fail(&b->lx, t.at, err, "a repetition goes up to 40, the lower number first");
    insert(b, at, "(?:");
    char range[32];
    snprintf(range, sizeof range, "){%u,%u}", min, max);
    units(b, range);
    repeat_program(b, from, min, max);
    uint64_t steps = 1, once = info->steps;
    for (uint32_t i = 0; i < max; i++) steps = bounded(steps, once);
    info->steps = bounded(steps, max - min + 1);
    if (min == 0) info->nneeds = 0;
    return next(b, err);
}

static erz_status item(builder *b, build_info *info, erz_error *err)
{
    bool named = b->lx.token.kind == LEX_ARG;
    bool trigger = named && b->lx.token.len == 7 && memcmp(b->lx.token.text, "trigger", 7) == 0;
    erz_status status = ERZ_OK;
    if (named) {
        if (b->nargs == RULE_MAX_ARGS)
            return lex_fail(&b->lx, b->lx.token.at, err, "a pattern has at most %d arguments", RULE_MAX_ARGS);
        b->args[b->nargs++] = build_string(b, b->lx.token.text, b->lx.token.len);
        units(b, "(");
        status = next(b, err);
        if (status == ERZ_OK && (b->lx.token.kind == LEX_END || b->lx.token.kind == LEX_ARG))
            return lex_fail(&b->lx, b->lx.token.at, err, "the argument has no item");
    }
    uint32_t at = b->image->npool;
    size_t from = b->nprog;
    if (status == ERZ_OK) status = element(b, info, err);
    if (status != ERZ_OK) return status;
    if (trigger)
        for (uint32_t i = 0; i < info->nneeds; i++) info->needs[i].rank += info->needs[i].rank >= 4 ? 4 : 0;
    if (named) {
        units(b, ")");
        at -= 1;
    }
    return repeat(b, at, from, info, err);
}

static void add_needs(build_info *info, const build_info *other)
{
    for (uint32_t i = 0; i < other->nneeds && info->nneeds < BUILD_NEEDS; i++) info->needs[info->nneeds++] = other->needs[i];
}

static bool at_sequence_end(const builder *b)
{
    return b->lx.token.kind == LEX_END || is_char(b, '|') || is_char(b, ')');
}

static erz_status sequence(builder *b, build_info *info, erz_error *err)
{
    memset(info, 0, sizeof *info);
    info->steps = 1;
    if (at_sequence_end(b)) return lex_fail(&b->lx, b->lx.token.at, err, "an item is missing");
    erz_status status = ERZ_OK;
    size_t from = b->nprog;
    uint32_t count = 0;
    for (; status == ERZ_OK && !at_sequence_end(b); count++) {
        build_info other = {0};
        const char *at = b->lx.token.at;
        status = item(b, &other, err);
        if (status != ERZ_OK) break;
        info->steps = bounded(info->steps, other.steps);
        add_needs(info, &other);
        if (info->steps > BUILD_MAX_STEPS)
            return lex_fail(&b->lx, at, err,
                            "with this item the pattern can be tried in over 10^12 ways from one start: narrow its gaps");
    }
    if (count > 1) build_node(b, from, SETS_SEQUENCE, count);
    return status;
}

/* The need that tells most, first. */
static void sort_needs(build_info *info)
{
    for (uint32_t i = 1; i < info->nneeds; i++) {
        if (!tells_more(&info->needs[i], &info->needs[0])) continue;
        build_need best = info->needs[i];
        info->needs[i] = info->needs[0];
        info->needs[0] = best;
    }
}

static erz_status alternatives(builder *b, build_info *info, erz_error *err)
{
    size_t from = b->nprog;
    uint32_t count = 1;
    erz_status status = sequence(b, info, err);
    for (; status == ERZ_OK && is_char(b, '|'); count++) {
        build_info other;
        units(b, "|");
        status = next(b, err);
        if (status == ERZ_OK) status = sequence(b, &other, err);
        if (status != ERZ_OK) break;
        info->steps = info->steps + other.steps;
        sort_needs(info);
        sort_needs(&other);
        join_needs(&info->needs[0], &info->nneeds, &other.needs[0], other.nneeds);
    }
    if (count > 1) build_node(b, from, SETS_ALTERNATIVES, count);
    return status;
}

erz_status build_pattern(builder *b, uint32_t *at, uint32_t *n, build_info *info, erz_error *err)
{
    build_info local;
    if (info == NULL) info = &local;
    memset(info, 0, sizeof *info);
    *at = b->image->npool;
    b->nprog = 0;
    b->nesting = 0;
    erz_status status = next(b, err);
    if (status == ERZ_OK) status = alternatives(b, info, err);
    if (status == ERZ_OK && b->lx.token.kind != LEX_END)
        status = lex_fail(&b->lx, b->lx.token.at, err, "a bracket is closed that was not opened");
    *n = b->image->npool - *at;
    if (status == ERZ_OK) sort_needs(info);
    return status;
}
