/* Statements of a rule file: list, macro, rule ... end. */
#include <stdlib.h>
#include <string.h>

#include "rule_build.h"

typedef enum keyword {
    K_LIST,
    K_MACRO,
    K_RULE,
    K_MATCH,
    K_REGEX,
    K_UNLESS,
    K_TYPE,
    K_DEAL,
    K_VALUE,
    K_SET,
    K_PRIORITY,
    K_OVERLAP,
    K_END,
    K_NONE
} keyword;
static const char *const keywords[K_NONE] = {"list", "macro", "rule", "match",    "regex",   "unless", "type",
                                             "deal", "value", "set",  "priority", "overlap", "end"};

static keyword keyword_at(const char *p, const char *end)
{
    while (p < end && (*p == ' ' || *p == '\t')) p++;
    for (int k = 0; k < K_NONE; k++) {
        size_t n = strlen(keywords[k]);
        if ((size_t)(end - p) >= n && memcmp(p, keywords[k], n) == 0 && ((size_t)(end - p) == n || (unsigned char)p[n] <= ' '))
            return (keyword)k;
    }
    return K_NONE;
}

static const char *line_end(const char *p, const char *end)
{
    const char *q = p < end ? memchr(p, '\n', (size_t)(end - p)) : NULL;
    return q == NULL ? end : q;
}

/* Set lx to the statement at its stop; *key K_NONE at the end of the file. */
static erz_status next_statement(builder *b, keyword *key, erz_error *err)
{
    lexer *lx = &b->lx;
    const char *p = lx->stop;
    for (;; p = line_end(p, lx->end) + (line_end(p, lx->end) < lx->end)) {
        while (p < lx->end && (unsigned char)*p <= ' ') p++;
        if (p >= lx->end || *p != '#') break;
    }
    *key = K_NONE;
    if (p >= lx->end) return ERZ_OK;
    *key = keyword_at(p, lx->end);
    if (*key == K_NONE) return lex_fail(lx, p, err, "a statement begins with list, macro, rule or, in a rule, match ... end");
    lx->p = p + strlen(keywords[*key]);
    const char *q = line_end(p, lx->end);
    while (*key != K_REGEX && q < lx->end && keyword_at(q + 1, line_end(q + 1, lx->end)) == K_NONE)
        q = line_end(q + 1, lx->end);
    lx->stop = q;
    return ERZ_OK;
}

static erz_status take_word(builder *b, const char *what, lex_token *out, erz_error *err)
{
    erz_status status = lex_next(&b->lx, err);
    if (status != ERZ_OK) return status;
    lex_kind k = b->lx.token.kind;
    if (k != LEX_WORD && k != LEX_EXACT && k != LEX_QUOTED) return lex_fail(&b->lx, b->lx.token.at, err, "%s is missing", what);
    *out = b->lx.token;
    return ERZ_OK;
}

static erz_status take_end(builder *b, erz_error *err)
{
    erz_status status = lex_next(&b->lx, err);
    if (status != ERZ_OK || b->lx.token.kind == LEX_END) return status;
    return lex_fail(&b->lx, b->lx.token.at, err,
                    "nothing more is expected before the next statement, and this word begins none");
}

static erz_status take_equals(builder *b, erz_error *err)
{
    erz_status status = lex_next(&b->lx, err);
    if (status == ERZ_OK && (b->lx.token.kind != LEX_CHAR || b->lx.token.c != '='))
        return lex_fail(&b->lx, b->lx.token.at, err, "'=' is missing");
    return status;
}

/* `$other` in a list: its entries so far, or a class of the lexicon. */
static erz_status include_list(builder *b, const lex_token *t, uint32_t atom, erz_error *err)
{
    rule_image *im = b->image;
    char name[160];
    if (t->len + 2 > sizeof name) return lex_fail(&b->lx, t->at, err, "the name is too long");
    name[0] = '$';
    memcpy(name + 1, t->text, t->len);
    uint32_t other = build_find_atom(b, name, t->len + 1);
    erz_status status = other == UINT32_MAX ? build_class_atom(b, t, &other, err) : ERZ_OK;
    if (status != ERZ_OK) return status;
    if (other < ATOM_FIXED) return lex_fail(&b->lx, t->at, err, "a mention cannot be in a list");
    const rule_image *from = build_image_of(b, other);
    uint32_t n = from->nentries;
    for (uint32_t i = 0; i < n; i++) {
        if (from->entries[i].atom != other) continue;
        if (!erz_grow(&im->entries, &b->cap_entries, im->nentries + 1, sizeof *im->entries))
            return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
        rule_entry e = from->entries[i];
        if (from != im) e.string = build_string(b, rule_string(from, e.string), e.len);
        e.atom = atom;
        im->entries[im->nentries++] = e;
    }
    return ERZ_OK;
}

static erz_status read_list(builder *b, erz_error *err)
{
    lex_token t = {.text = ""};
    erz_status status = take_word(b, "the list's name", &t, err);
    if (status != ERZ_OK) return status;
    char name[160];
    if (t.len + 2 > sizeof name) return lex_fail(&b->lx, t.at, err, "the name is too long");
    name[0] = '$';
    memcpy(name + 1, t.text, t.len);
    if (build_own_atom(b, name, t.len + 1) != UINT32_MAX)
        return lex_fail(&b->lx, t.at, err, "list '%.*s' exists already, or was used before", (int)t.len, t.text);
    status = take_equals(b, err);
    uint32_t atom = build_new_atom(b, name, t.len + 1), first = b->image->nentries;
    while (status == ERZ_OK && (status = lex_next(&b->lx, err)) == ERZ_OK && b->lx.token.kind != LEX_END) {
        lex_kind k = b->lx.token.kind;
        if (k == LEX_DOLLAR)
            status = include_list(b, &b->lx.token, atom, err);
        else if (k >= LEX_WORD && k <= LEX_PREFIX)
            status = build_entry(b, build_mode(&b->lx.token), &b->lx.token, atom, err);
        else
            status =
                lex_fail(&b->lx, b->lx.token.at, err, "a list holds words, 'word' \"Word\" ~word *end beginning* or $list");
    }
    if (status == ERZ_OK && b->image->nentries == first) return lex_fail(&b->lx, t.at, err, "the list is empty");
    return status;
}

static erz_status read_macro(builder *b, erz_error *err)
{
    lex_token t = {0};
    erz_status status = take_word(b, "the macro's name", &t, err);
    if (status == ERZ_OK) status = take_equals(b, err);
    if (status != ERZ_OK) return status;
    if (!erz_grow(&b->macros, &b->cap_macros, b->nmacros + 1, sizeof *b->macros))
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    b->macros[b->nmacros++] = (build_macro){t.text, t.len, b->lx};
    return ERZ_OK;
}

/* ---- a rule ---- */

typedef struct rule_head {
    uint32_t name, type, value, nsets, nunless;
    uint32_t sets[2 * 16], unless[3 * 16];
    int32_t priority;
    uint32_t flags;
    uint32_t first; /* its definitions */
    const char *at;
} rule_head;

static uint32_t append_pool(builder *b, const uint32_t *data, uint32_t n)
{
    uint32_t at = b->image->npool;
    for (uint32_t i = 0; i < n; i++) build_unit(b, data[i]);
    return at;
}

static uint32_t append_needs(builder *b, const build_info *info)
{
    uint32_t at = b->image->npool;
    for (uint32_t i = 0; i < info->nneeds; i++) {
        build_unit(b, info->needs[i].n);
        append_pool(b, info->needs[i].atoms, info->needs[i].n);
    }
    return at;
}

static erz_status add_def(builder *b, rule_def def, erz_error *err)
{
    rule_image *im = b->image;
    if (!erz_grow(&im->defs, &b->cap_defs, im->ndefs + 1, sizeof *im->defs) || b->failed)
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    im->defs[im->ndefs++] = def;
    return ERZ_OK;
}

/* The pattern's units from the end of the pool to the strings, where most of them take a byte. */
static void pack_pattern(builder *b, rule_def *def)
{
    enum { UNIT_BYTES = 5 };
    rule_image *im = b->image;
    uint32_t from = def->pattern, n = def->npattern;
    uint8_t *bytes = malloc((size_t)n * UNIT_BYTES + 1), *to = bytes;
    if (bytes == NULL) {
        b->failed = true;
        return;
    }
    for (uint32_t i = 0; i < n && !b->failed; i++) {
        uint32_t unit = im->pool[from + i];
        for (; unit >= 0x80; unit >>= 7) *to++ = (uint8_t)(unit | 0x80);
        *to++ = (uint8_t)unit;
    }
    def->npattern = (uint32_t)(to - bytes);
    def->pattern = build_string(b, (const char *)bytes, def->npattern);
    if (!b->failed) im->npool = from;
    free(bytes);
}

static erz_status read_match(builder *b, const rule_head *head, const char *at, erz_error *err)
{
    rule_def def;
    memset(&def, 0, sizeof def);
    build_info info;
    b->nargs = 0;
    erz_status status = build_pattern(b, &def.pattern, &def.npattern, &info, err);
    if (status != ERZ_OK) return status;
    pack_pattern(b, &def);
    if (info.nneeds == 0)
        return lex_fail(&b->lx, at, err, "the pattern holds no word, list, property or mention that must be there");
    def.name = head->name;
    def.file = b->file;
    def.line = lex_line(&b->lx, at);
    def.nargs = b->nargs;
    def.args = append_pool(b, b->args, b->nargs);
    def.nbegins = (uint32_t)b->nprog;
    def.begins = append_pool(b, b->prog, def.nbegins);
    def.nneeds = info.nneeds;
    def.needs = append_needs(b, &info);
    return add_def(b, def, err);
}

static erz_status read_regex(builder *b, const rule_head *head, const char *at, erz_error *err)
{
    rule_def def;
    memset(&def, 0, sizeof def);
    const char *p = b->lx.p, *end = b->lx.stop;
    while (p < end && (*p == ' ' || *p == '\t')) p++;
    while (end > p && (unsigned char)end[-1] <= ' ') end--;
    if (p == end) return lex_fail(&b->lx, p, err, "the regular expression is missing");
    def.flags = RULE_REGEX;
    def.pattern = build_string(b, p, (size_t)(end - p));
    def.npattern = (uint32_t)(end - p);
    def.name = head->name;
    def.file = b->file;
    def.line = lex_line(&b->lx, at);
    return add_def(b, def, err);
}

static erz_status read_unless(builder *b, rule_head *head, erz_error *err)
{
    const char *p = b->lx.p;
    erz_status status = lex_next(&b->lx, err);
    if (status != ERZ_OK) return status;
    uint32_t where = UNLESS_SENTENCE;
    const lex_token *t = &b->lx.token;
    if (t->kind == LEX_ARG && t->len == 6 && memcmp(t->text, "before", 6) == 0)
        where = UNLESS_BEFORE;
    else if (t->kind == LEX_ARG && t->len == 5 && memcmp(t->text, "after", 5) == 0)
        where = UNLESS_AFTER;
    else
        b->lx.p = p;
    if (head->nunless == 16) return lex_fail(&b->lx, t->at, err, "a rule has at most 16 unless lines");
    uint32_t *u = head->unless + (size_t)3 * head->nunless++;
    u[0] = where;
    b->nargs = 0;
    uint32_t at, n;
    status = build_pattern(b, &at, &n, NULL, err);
    if (!b->failed) b->image->npool = at; /* its program is enough */
    u[1] = append_pool(b, b->prog, u[2] = (uint32_t)b->nprog);
    if (status == ERZ_OK && b->nargs > 0) return lex_fail(&b->lx, p, err, "unless takes no arguments");
    return status;
}

static erz_status read_set(builder *b, rule_head *head, erz_error *err)
{
    lex_token key = {0}, value = {0};
    erz_status status = take_word(b, "the attribute's name", &key, err);
    if (status == ERZ_OK) status = take_equals(b, err);
    if (status == ERZ_OK) status = take_word(b, "the attribute's value", &value, err);
    if (status == ERZ_OK) status = take_end(b, err);
    if (status != ERZ_OK) return status;
    if (head->nsets == 16) return lex_fail(&b->lx, key.at, err, "a rule sets at most 16 attributes");
    head->sets[2 * head->nsets] = build_string(b, key.text, key.len);
    head->sets[2 * head->nsets++ + 1] = build_string(b, value.text, value.len);
    return ERZ_OK;
}

static const char *const deal_types[] = {"acquisition", "stake",    "merger",      "joint_venture", "investment", "funding",
                                         "partnership", "contract", "divestiture", "spin_off",      "ipo",        "insolvency"};

static erz_status read_type(builder *b, rule_head *head, bool deal, erz_error *err)
{
    lex_token t = {0};
    erz_status status = take_word(b, "the type", &t, err);
    if (status == ERZ_OK) status = take_end(b, err);
    if (status != ERZ_OK) return status;
    if (!deal) {
        static const char *const taken[] = {"money", "percent", "deal"};
        for (size_t i = 0; i < 3; i++)
            if (strlen(taken[i]) == t.len && memcmp(taken[i], t.text, t.len) == 0)
                return lex_fail(&b->lx, t.at, err, "type '%s' is taken; deals are made with: deal TYPE", taken[i]);
        head->type = build_string(b, t.text, t.len);
        if (t.len == 7 && memcmp(t.text, "company", 7) == 0) head->flags |= RULE_NAMES;
        return ERZ_OK;
    }
    for (size_t i = 0; i < sizeof deal_types / sizeof *deal_types; i++) {
        if (strlen(deal_types[i]) != t.len || memcmp(deal_types[i], t.text, t.len) != 0) continue;
        head->type = build_string(b, "deal", 4);
        head->value = build_string(b, "=", 1);
        b->image->nstrings--;
        build_string(b, t.text, t.len);
        return ERZ_OK;
    }
    return lex_fail(&b->lx, t.at, err, "no deal type '%.*s'", (int)t.len, t.text);
}

/* Kept as "=literal" or "$argument". */
static erz_status read_value(builder *b, rule_head *head, erz_error *err)
{
    lex_token t = {0};
    erz_status status = take_word(b, "the value: an argument, or a text in quotation marks", &t, err);
    if (status == ERZ_OK) status = take_end(b, err);
    if (status != ERZ_OK) return status;
    head->value = build_string(b, t.kind == LEX_WORD ? "$" : "=", 1);
    if (!b->failed) b->image->nstrings--;
    build_string(b, t.text, t.len);
    return ERZ_OK;
}

static erz_status read_priority(builder *b, rule_head *head, erz_error *err)
{
    lex_token t = {0};
    erz_status status = take_word(b, "the priority, 0 to 1000,", &t, err);
    if (status == ERZ_OK) status = take_end(b, err);
    if (status != ERZ_OK) return status;
    int32_t n = 0;
    for (size_t i = 0; i < t.len; i++) {
        if (t.text[i] < '0' || t.text[i] > '9' || n > 1000)
            return lex_fail(&b->lx, t.at, err, "a priority is a number, 0 to 1000");
        n = n * 10 + (t.text[i] - '0');
    }
    if (n > 1000) return lex_fail(&b->lx, t.at, err, "a priority is a number, 0 to 1000");
    head->priority = n;
    return ERZ_OK;
}

static erz_status read_overlap(builder *b, rule_head *head, erz_error *err)
{
    lex_token t = {0};
    erz_status status = take_word(b, "the policy: longest, shortest or all,", &t, err);
    if (status == ERZ_OK) status = take_end(b, err);
    if (status != ERZ_OK) return status;
    if (t.len == 3 && memcmp(t.text, "all", 3) == 0)
        head->flags |= RULE_ALL;
    else if (t.len == 7 && memcmp(t.text, "longest", 7) == 0)
        head->flags |= RULE_LONGEST;
    else if (t.len == 8 && memcmp(t.text, "shortest", 8) == 0)
        head->flags &= ~(uint32_t)(RULE_LONGEST | RULE_ALL);
    else
        return lex_fail(&b->lx, t.at, err, "the policy is longest, shortest or all");
    return ERZ_OK;
}

static bool has_set(const builder *b, const rule_head *head, const char *key)
{
    for (uint32_t i = 0; i < head->nsets; i++)
        if (strcmp(rule_string(b->image, head->sets[2 * i]), key) == 0) return true;
    return false;
}

/* A deal read from the clause has a company in the sentence, also when the pattern does not name it. */
static void need_company(builder *b, rule_def *d)
{
    const uint32_t at = d->needs;
    uint32_t size = 0;
    for (uint32_t i = 0; i < d->nneeds; i++) {
        const uint32_t *need = b->image->pool + at + size;
        if (need[0] == 1 && need[1] == ATOM_COMPANY) return;
        size += 1 + need[0];
    }
    d->needs = b->image->npool;
    for (uint32_t i = 0; i < size; i++) build_unit(b, b->image->pool[at + i]);
    build_unit(b, 1);
    build_unit(b, ATOM_COMPANY);
    d->nneeds++;
}

/* Has a pattern of the rule the argument that is its value? A regular expression's groups are known when it is compiled. */
static bool has_value(const rule_image *im, uint32_t first, uint32_t value)
{
    const char *name = rule_string(im, value);
    if (value == 0 || name[0] != '$') return true;
    for (uint32_t i = first; i < im->ndefs; i++) {
        if ((im->defs[i].flags & RULE_REGEX) != 0) return true;
        for (uint32_t a = 0; a < im->defs[i].nargs; a++)
            if (strcmp(rule_string(im, im->pool[im->defs[i].args + a]), name + 1) == 0) return true;
    }
    return false;
}

static erz_status close_rule(builder *b, const rule_head *head, erz_error *err)
{
    rule_image *im = b->image;
    if (im->ndefs == head->first) return lex_fail(&b->lx, head->at, err, "the rule has no match");
    if (head->type == 0) return lex_fail(&b->lx, head->at, err, "the rule says neither deal nor type");
    if (!b->failed && !has_value(im, head->first, head->value))
        return lex_fail(&b->lx, head->at, err, "no match of the rule has its value, the argument '%s'",
                        rule_string(im, head->value) + 1);
    uint32_t sets = append_pool(b, head->sets, 2 * head->nsets), unless = append_pool(b, head->unless, 3 * head->nunless);
    for (uint32_t i = head->first; i < im->ndefs; i++) {
        rule_def *d = &im->defs[i];
        d->type = head->type;
        d->value = head->value;
        d->priority = head->priority;
        d->flags |= head->flags;
        d->sets = sets;
        d->nsets = head->nsets;
        d->unless = unless;
        d->nunless = head->nunless;
        if (has_set(b, head, "clause") && !has_set(b, head, "need") && (d->flags & RULE_REGEX) == 0) need_company(b, d);
    }
    return ERZ_OK;
}

static erz_status read_rule_line(builder *b, keyword key, rule_head *head, const char *at, erz_error *err)
{
    switch (key) {
    case K_MATCH:
        return read_match(b, head, at, err);
    case K_REGEX:
        return read_regex(b, head, at, err);
    case K_UNLESS:
        return read_unless(b, head, err);
    case K_TYPE:
    case K_DEAL:
        return read_type(b, head, key == K_DEAL, err);
    case K_VALUE:
        return read_value(b, head, err);
    case K_SET:
        return read_set(b, head, err);
    case K_PRIORITY:
        return read_priority(b, head, err);
    case K_OVERLAP:
        return read_overlap(b, head, err);
    default:
        return lex_fail(&b->lx, at, err, "rule '%s' is not closed with end", rule_string(b->image, head->name));
    }
}

static erz_status read_rule(builder *b, erz_error *err)
{
    lex_token t = {0};
    erz_status status = take_word(b, "the rule's name", &t, err);
    if (status == ERZ_OK) status = take_end(b, err);
    if (status != ERZ_OK) return status;
    rule_head head;
    memset(&head, 0, sizeof head);
    head.name = build_string(b, t.text, t.len);
    head.first = b->image->ndefs;
    head.priority = 100;
    head.flags = RULE_LONGEST;
    head.at = t.at;
    for (;;) {
        keyword key;
        status = next_statement(b, &key, err);
        if (status != ERZ_OK) return status;
        const char *at = b->lx.p - (key < K_NONE ? strlen(keywords[key]) : 0);
        if (key == K_NONE) return lex_fail(&b->lx, t.at, err, "rule '%.*s' is not closed with end", (int)t.len, t.text);
        if (key == K_END) {
            status = take_end(b, err);
            return status == ERZ_OK ? close_rule(b, &head, err) : status;
        }
        status = read_rule_line(b, key, &head, at, err);
        if (status != ERZ_OK) return status;
    }
}

static erz_status read_all(builder *b, erz_error *err)
{
    for (;;) {
        keyword key;
        erz_status status = next_statement(b, &key, err);
        if (status != ERZ_OK || key == K_NONE) return status;
        const char *at = b->lx.p - strlen(keywords[key]);
        if (key == K_LIST)
            status = read_list(b, err);
        else if (key == K_MACRO)
            status = read_macro(b, err);
        else if (key == K_RULE)
            status = read_rule(b, err);
        else
            status = lex_fail(&b->lx, at, err, "'%s' stands outside of a rule", keywords[key]);
        if (status != ERZ_OK) return status;
        if (b->failed) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    }
}

/* Kept for images that see this one. */
static void keep_macros(builder *b)
{
    b->image->macros = b->image->npool;
    b->image->nmacros = (uint32_t)b->nmacros;
    for (size_t i = 0; i < b->nmacros; i++) {
        const build_macro *m = &b->macros[i];
        build_unit(b, build_string(b, m->name, m->name_len));
        build_unit(b, build_string(b, m->lx.p, (size_t)(m->lx.stop - m->lx.p)));
        build_unit(b, build_string(b, m->lx.file, strlen(m->lx.file)));
    }
}

erz_status rule_parse(const rule_source *sources, size_t n, const rule_image *const *outer, size_t nouter, rule_image *image,
                      erz_error *err)
{
    builder b;
    memset(&b, 0, sizeof b);
    b.image = image;
    memset(image, 0, sizeof *image);
    image->base = nouter == 0 ? ATOM_FIXED : outer[nouter - 1]->base + outer[nouter - 1]->natoms;
    b.outer = outer;
    b.nouter = nouter;
    build_string(&b, "", 0);
    erz_status status = ERZ_OK;
    for (size_t i = 0; i < n && status == ERZ_OK; i++) {
        const rule_source *s = &sources[i];
        b.lx = (lexer){s->file, s->text, s->text, s->text + s->len, s->text, {0}};
        b.file = build_string(&b, s->file, strlen(s->file));
        status = read_all(&b, err);
    }
    if (status == ERZ_OK) keep_macros(&b);
    if (status == ERZ_OK && b.failed) status = erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    free(b.macros);
    free(b.prog);
    free(b.scratch);
    if (status != ERZ_OK) rule_image_free(image);
    return status;
}
