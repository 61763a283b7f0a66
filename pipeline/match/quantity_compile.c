/* models/de/quantities.grammar -> section "quantities": parts are put in where they are named, each mention becomes a program
 * of a small backtracking machine. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "erz/compile.h"
#include "quantity.h"

static const char *const kind_names[] = {
#define X(name) #name,
    QUANTITY_KINDS(X)
#undef X
};

static const char *const slot_names[] = {"amount", "to", "unit", "minor", "sign", "also"};

const char *quantity_kind_name(unsigned bit)
{
    return bit < QUANTITY_NKINDS ? kind_names[bit] : "";
}

enum { MAX_PARTS = 64, MAX_DEPTH = 24 };

typedef struct part {
    const char *name, *body;
    size_t name_len;
} part;

typedef struct compiler {
    erz_builder *builder;
    const char *path;
    uint64_t line;
    const char *text; /* of the line */
    part parts[MAX_PARTS];
    size_t nparts;
    erz_buf code, rules, literals, strings;
    uint32_t nliterals;
    unsigned depth;
    const char *at; /* position in the pattern */
    erz_error *err;
} compiler;

static erz_status fail(compiler *c, const char *what)
{
    size_t column =
        c->text != NULL && c->at >= c->text && c->at <= c->text + strlen(c->text) ? (size_t)(c->at - c->text) + 1 : 1;
    erz_status status = erz_fail(c->err, ERZ_E_MODEL, c->path, c->line, column, "%s", what);
    if (c->err != NULL && c->text != NULL) {
        strncpy(c->err->source, c->text, sizeof c->err->source - 1);
        c->err->source[sizeof c->err->source - 1] = '\0';
    }
    return status;
}

static uint32_t here(const compiler *c)
{
    return (uint32_t)(c->code.len / sizeof(quantity_instr));
}

static void emit(compiler *c, enum quantity_op op, uint64_t mask, unsigned slot, uint32_t target)
{
    quantity_instr i = {mask, (uint16_t)op, (uint16_t)slot, target};
    erz_buf_add(&c->code, &i, sizeof i);
}

/* Make room for one instruction at `at`: targets behind it move with the code. */
static void insert(compiler *c, uint32_t at, enum quantity_op op, uint32_t target)
{
    uint32_t n = here(c);
    emit(c, OP_JUMP, 0, 0, 0);
    if (c->code.failed) return;
    quantity_instr *code = (quantity_instr *)(void *)c->code.data;
    memmove(code + at + 1, code + at, (n - at) * sizeof *code);
    for (uint32_t i = at + 1; i <= n; i++)
        if ((code[i].op == OP_SPLIT || code[i].op == OP_JUMP) && code[i].target >= at) code[i].target++;
    code[at] = (quantity_instr){0, (uint16_t)op, 0, target};
}

static void skip_blanks(compiler *c)
{
    while (*c->at == ' ' || *c->at == '\t') c->at++;
}

static bool is_name(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '_';
}

static erz_status parse_choice(compiler *c);

static erz_status literal(compiler *c, bool negative)
{
    const char *begin = ++c->at, *end = strchr(begin, '\'');
    if (end == NULL || end == begin) return fail(c, "a quoted word needs its closing quote");
    erz_status status = erz_builder_word(c->builder, NULL, ERZ_MATCH_FOLD, begin, (size_t)(end - begin), "", "", c->err);
    if (status != ERZ_OK) return fail(c, "not a word of the tokenizer");
    uint32_t off = (uint32_t)c->strings.len;
    erz_buf_add(&c->strings, begin, (size_t)(end - begin));
    erz_buf_char(&c->strings, '\0');
    erz_buf_add(&c->literals, &off, sizeof off);
    emit(c, negative ? OP_NOT_LITERAL : OP_LITERAL, 0, 0, c->nliterals++);
    c->at = end + 1;
    return ERZ_OK;
}

static int find_kind(const char *s, size_t len)
{
    for (int k = 0; k < QUANTITY_NKINDS; k++)
        if (strlen(kind_names[k]) == len && memcmp(kind_names[k], s, len) == 0) return k;
    return -1;
}

/* KIND or KIND&KIND. */
static erz_status kinds(compiler *c, bool negative)
{
    uint64_t mask = 0;
    for (;;) {
        const char *begin = c->at;
        while (is_name(*c->at)) c->at++;
        int k = find_kind(begin, (size_t)(c->at - begin));
        if (k < 0) return c->at = begin, fail(c, "no such kind of item");
        mask |= UINT64_C(1) << k;
        if (*c->at != '&') break;
        c->at++;
    }
    emit(c, negative ? OP_NOT_KIND : OP_KIND, mask, 0, 0);
    return ERZ_OK;
}

static erz_status named_part(compiler *c, const char *name, size_t len)
{
    for (size_t i = c->nparts; i-- > 0;) {
        if (c->parts[i].name_len != len || memcmp(c->parts[i].name, name, len) != 0) continue;
        if (c->depth == MAX_DEPTH) return fail(c, "parts are nested too deep");
        const char *at = c->at;
        size_t nparts = c->nparts;
        c->at = c->parts[i].body;
        c->nparts = i; /* a part sees those above it only: no recursion */
        c->depth++;
        erz_status status = parse_choice(c);
        c->depth--;
        c->nparts = nparts;
        c->at = at;
        return status;
    }
    if (c->at == name + len) c->at = name;
    return fail(c, "no such part or slot");
}

static erz_status parse_atom(compiler *c);

/* !x: x is one item or a choice of single items. */
static erz_status negative(compiler *c)
{
    skip_blanks(c);
    bool group = *c->at == '(';
    if (group) c->at++;
    for (;;) {
        skip_blanks(c);
        erz_status status;
        if (*c->at == '\'') {
            status = literal(c, true);
        } else if (*c->at >= 'A' && *c->at <= 'Z') {
            status = kinds(c, true);
        } else {
            return fail(c, "only kinds and quoted words can be negated");
        }
        if (status != ERZ_OK) return status;
        skip_blanks(c);
        if (!group) return ERZ_OK;
        if (*c->at == ')') return c->at++, ERZ_OK;
        if (*c->at++ != '|') return fail(c, "expected | or )");
    }
}

static erz_status slot_or_part(compiler *c)
{
    const char *name = c->at;
    while (is_name(*c->at)) c->at++;
    size_t len = (size_t)(c->at - name);
    if (*c->at != ':') return named_part(c, name, len);
    for (unsigned s = 0; s < SLOTS; s++) {
        if (strlen(slot_names[s]) != len || memcmp(slot_names[s], name, len) != 0) continue;
        c->at++;
        emit(c, OP_BEGIN, 0, s, 0);
        erz_status status = parse_atom(c);
        emit(c, OP_END, 0, s, 0);
        return status;
    }
    c->at = name;
    return fail(c, "no such slot");
}

static erz_status parse_primary(compiler *c)
{
    skip_blanks(c);
    if (*c->at == '\'') return literal(c, false);
    if (*c->at == '!') return c->at++, negative(c);
    if (*c->at == '(') {
        c->at++;
        erz_status status = parse_choice(c);
        if (status != ERZ_OK) return status;
        skip_blanks(c);
        if (*c->at != ')') return fail(c, "expected )");
        c->at++;
        return ERZ_OK;
    }
    if (*c->at >= 'A' && *c->at <= 'Z') return kinds(c, false);
    if (is_name(*c->at)) return slot_or_part(c);
    return fail(c, "expected a kind, a quoted word, a part or a group");
}

static erz_status parse_atom(compiler *c)
{
    uint32_t start = here(c);
    erz_status status = parse_primary(c);
    if (status != ERZ_OK) return status;
    if (*c->at == '?') {
        c->at++;
        insert(c, start, OP_SPLIT, here(c) + 1);
    } else if (*c->at == '*') {
        c->at++;
        insert(c, start, OP_SPLIT, here(c) + 2);
        emit(c, OP_JUMP, 0, 0, start);
    } else if (*c->at == '+') {
        c->at++;
        emit(c, OP_SPLIT, 0, 0, here(c) + 2);
        emit(c, OP_JUMP, 0, 0, start);
    }
    return ERZ_OK;
}

static erz_status parse_sequence(compiler *c)
{
    for (;;) {
        erz_status status = parse_atom(c);
        if (status != ERZ_OK) return status;
        skip_blanks(c);
        if (*c->at == '\0' || *c->at == '|' || *c->at == ')') return ERZ_OK;
    }
}

/* a | b: split to b, a, jump behind b, b. */
static erz_status parse_choice(compiler *c)
{
    uint32_t start = here(c);
    erz_status status = parse_sequence(c);
    if (status != ERZ_OK || *c->at != '|') return status;
    c->at++;
    insert(c, start, OP_SPLIT, here(c) + 2);
    uint32_t jump = here(c);
    emit(c, OP_JUMP, 0, 0, 0);
    status = parse_choice(c);
    if (c->code.failed) return erz_fail(c->err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    ((quantity_instr *)(void *)c->code.data)[jump].target = here(c);
    return status;
}

static erz_status rule_flags(compiler *c, uint32_t *flags)
{
    static const char *const names[] = {"range", "bare", "vague"};
    skip_blanks(c);
    if (*c->at != '[') return ERZ_OK;
    c->at++;
    for (;;) {
        skip_blanks(c);
        if (*c->at == ']') return c->at++, ERZ_OK;
        const char *begin = c->at;
        size_t k = 0;
        while (is_name(*c->at)) c->at++;
        size_t len = (size_t)(c->at - begin);
        while (k < 3 && (strlen(names[k]) != len || memcmp(names[k], begin, len) != 0)) k++;
        if (k == 3) return c->at = begin, fail(c, "flag is none of range, bare, vague");
        *flags |= 1U << k;
    }
}

static erz_status expect_equals(compiler *c)
{
    skip_blanks(c);
    if (*c->at != '=') return fail(c, "expected =");
    c->at++;
    return ERZ_OK;
}

static erz_status parse_mention(compiler *c)
{
    skip_blanks(c);
    quantity_rule rule = {here(c), (uint32_t)c->strings.len, 0, (uint32_t)c->line};
    const char *name = c->at;
    while (is_name(*c->at)) c->at++;
    if (c->at == name) return fail(c, "a mention needs a name");
    erz_buf_add(&c->strings, name, (size_t)(c->at - name));
    erz_buf_char(&c->strings, '\0');
    erz_status status = rule_flags(c, &rule.flags);
    if (status == ERZ_OK) status = expect_equals(c);
    if (status == ERZ_OK) status = parse_choice(c);
    if (status == ERZ_OK && *c->at != '\0') status = fail(c, "unexpected )");
    emit(c, OP_MATCH, 0, 0, 0);
    erz_buf_add(&c->rules, &rule, sizeof rule);
    return status;
}

static erz_status parse_line(compiler *c)
{
    c->at = c->text;
    skip_blanks(c);
    if (*c->at == '\0' || *c->at == '#') return ERZ_OK;
    const char *name = c->at;
    while (is_name(*c->at)) c->at++;
    size_t len = (size_t)(c->at - name);
    if (len == 7 && memcmp(name, "mention", 7) == 0) return parse_mention(c);
    if (len == 0 || *name < 'a')
        return fail(c, "a line is `mention NAME = pattern` or `part = pattern`, names in small letters");
    erz_status status = expect_equals(c);
    if (status != ERZ_OK) return status;
    if (c->nparts == MAX_PARTS) return fail(c, "too many parts");
    c->parts[c->nparts++] = (part){name, c->at, len};
    return ERZ_OK;
}

static erz_status add_section(compiler *c)
{
    quantity_header h = {
        (uint32_t)(c->rules.len / sizeof(quantity_rule)), here(c), c->nliterals, (uint32_t)c->strings.len, 0, 0, 0, 0};
    erz_buf out = {0};
    erz_buf_add(&out, &h, sizeof h);
    h.instrs = (uint32_t)out.len;
    erz_buf_add(&out, c->code.data, c->code.len);
    h.rules = (uint32_t)out.len;
    erz_buf_add(&out, c->rules.data, c->rules.len);
    h.literals = (uint32_t)out.len;
    erz_buf_add(&out, c->literals.data, c->literals.len);
    h.strings = (uint32_t)out.len;
    erz_buf_add(&out, c->strings.data, c->strings.len);
    bool failed = out.failed || c->code.failed || c->rules.failed || c->literals.failed || c->strings.failed;
    if (!failed) memcpy(out.data, &h, sizeof h);
    erz_status status = failed ? erz_fail(c->err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory")
                               : erz_builder_section(c->builder, "quantities", out.data, out.len, c->err);
    erz_buf_free(&out);
    return status;
}

/* Words that the matcher itself asks for. */
static erz_status add_own_words(erz_builder *builder, erz_error *err)
{
    static const char *const words[] = {"in", "(", "für", "plus", "minus", "komma", "und"};
    erz_status status = ERZ_OK;
    for (size_t i = 0; i < sizeof words / sizeof *words && status == ERZ_OK; i++)
        status = erz_builder_word(builder, NULL, ERZ_MATCH_FOLD, words[i], strlen(words[i]), "", "", err);
    return status;
}

erz_status erz_quantities_compile(erz_builder *builder, erz_error *err)
{
    erz_buf path = {0};
    erz_buf_printf(&path, "%s/quantities.grammar", erz_builder_dir(builder));
    if (path.failed) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    char *data = NULL;
    size_t len;
    erz_status status = erz_source_read(path.data, &data, &len, err);
    compiler *c = status == ERZ_OK ? calloc(1, sizeof *c) : NULL;
    if (status == ERZ_OK && c == NULL) status = erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    if (status == ERZ_OK) {
        c->builder = builder;
        c->path = path.data;
        c->err = err;
        status = add_own_words(builder, err);
        for (char *line = data, *next; line != NULL && *line != '\0' && status == ERZ_OK; line = next) {
            next = strchr(line, '\n');
            if (next != NULL) *next++ = '\0';
            c->line++;
            c->text = line;
            status = parse_line(c);
        }
        if (status == ERZ_OK) status = add_section(c);
        erz_buf_free(&c->code);
        erz_buf_free(&c->rules);
        erz_buf_free(&c->literals);
        erz_buf_free(&c->strings);
    }
    free(c);
    free(data);
    erz_buf_free(&path);
    return status;
}
