/* The compiled grammar: loading and matching. */
#include <stdlib.h>
#include <string.h>

#include "erz/compile.h"
#include "quantity.h"

static bool fits(uint32_t off, uint32_t n, size_t size, size_t len)
{
    return off % 4 == 0 && off <= len && n <= (len - off) / size;
}

static bool is_sound(const quantity_header *h, size_t len)
{
    if (len < sizeof *h || h->instrs % 8 != 0 || !fits(h->instrs, h->ninstr, sizeof(quantity_instr), len) ||
        !fits(h->rules, h->nrules, sizeof(quantity_rule), len) || !fits(h->literals, h->nliterals, 4, len) ||
        h->strings > len || h->strings_len > len - h->strings || h->ninstr == 0)
        return false;
    const char *base = (const char *)h;
    const quantity_instr *code = (const quantity_instr *)(const void *)(base + h->instrs);
    const quantity_rule *rules = (const quantity_rule *)(const void *)(base + h->rules);
    const uint32_t *literals = (const uint32_t *)(const void *)(base + h->literals);
    bool good = h->strings_len == 0 || base[h->strings + h->strings_len - 1] == '\0';
    for (uint32_t i = 0; i < h->ninstr; i++) {
        bool literal = code[i].op == OP_LITERAL || code[i].op == OP_NOT_LITERAL;
        good &= code[i].op <= OP_MATCH && code[i].slot < SLOTS && code[i].target < (literal ? h->nliterals : h->ninstr);
    }
    good &= code[h->ninstr - 1].op == OP_MATCH;
    for (uint32_t i = 0; i < h->nrules; i++) good &= rules[i].start < h->ninstr && rules[i].name < h->strings_len;
    for (uint32_t i = 0; i < h->nliterals; i++) good &= literals[i] < h->strings_len;
    return good;
}

/* Kinds an instruction's paths can begin with; depth bounds loops without progress. */
static void collect_first(const quantity_grammar *g, uint32_t pc, unsigned depth, uint64_t *mask, bool *literal)
{
    uint32_t *symbols = g->first_symbols;
    for (; depth > 0; depth--) {
        const quantity_instr *i = &g->code[pc];
        if (i->op == OP_KIND) *mask |= i->mask;
        if (i->op == OP_LITERAL) {
            *literal = true;
            while (*symbols != 0 && *symbols != g->literals[i->target]) symbols++;
            *symbols = g->literals[i->target];
        }
        if (i->op == OP_KIND || i->op == OP_LITERAL || i->op == OP_MATCH) return;
        if (i->op == OP_SPLIT) collect_first(g, i->target, depth - 1, mask, literal);
        pc = i->op == OP_JUMP ? i->target : pc + 1;
    }
}

static bool find_firsts(quantity_grammar *g, const quantity_header *h, const erz_lexicon *lexicon)
{
    const char *base = (const char *)h;
    const uint32_t *literals = (const uint32_t *)(const void *)(base + h->literals);
    g->literals = calloc((size_t)h->nliterals + 1, sizeof *g->literals);
    g->first_symbols = calloc((size_t)h->nliterals + 2, sizeof *g->first_symbols);
    g->first = calloc((size_t)h->nrules + 1, sizeof *g->first);
    g->first_literal = calloc((size_t)h->nrules + 1, sizeof *g->first_literal);
    if (g->literals == NULL || g->first_symbols == NULL || g->first == NULL || g->first_literal == NULL) return false;
    for (uint32_t i = 0; i < h->nliterals; i++) {
        const char *s = g->strings + literals[i];
        g->literals[i] = erz_lexicon_symbol(lexicon, ERZ_MATCH_FOLD, s, strlen(s));
    }
    for (uint32_t i = 0; i < h->nrules; i++) {
        collect_first(g, g->rules[i].start, 64, &g->first[i], &g->first_literal[i]);
        g->any_first |= g->first[i];
    }
    return true;
}

erz_status quantity_grammar_open(const erz_model *model, quantity_grammar *out, erz_error *err)
{
    size_t len = 0;
    const quantity_header *h = erz_model_section(model, "quantities", &len);
    if (h == NULL || !is_sound(h, len))
        return erz_fail(err, ERZ_E_MODEL, erz_model_path(model), 0, 0, "quantities section is damaged");
    const char *base = (const char *)h;
    quantity_grammar g = {(const quantity_rule *)(const void *)(base + h->rules),
                          (const quantity_instr *)(const void *)(base + h->instrs),
                          base + h->strings,
                          h->nrules,
                          h->ninstr,
                          NULL,
                          NULL,
                          NULL,
                          0,
                          NULL};
    if (!find_firsts(&g, h, erz_model_lexicon(model))) {
        quantity_grammar_close(&g);
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    }
    *out = g;
    return ERZ_OK;
}

void quantity_grammar_close(quantity_grammar *g)
{
    free(g->literals);
    free(g->first_symbols);
    free(g->first);
    free(g->first_literal);
}

/* One attempt: captures are undone on the way back; the number of steps is bounded. */
typedef struct machine {
    const quantity_grammar *g;
    const quantity_item *items;
    uint32_t n;
    unsigned steps, depth;
    quantity_match *match;
} machine;

static bool run(machine *m, uint32_t pc, uint32_t at)
{
    quantity_match *match = m->match;
    for (;;) {
        const quantity_instr *i = &m->g->code[pc];
        const quantity_item *item = &m->items[at < m->n ? at : m->n - 1];
        if (m->steps-- == 0) return m->steps = 0, false;
        switch (i->op) {
        case OP_KIND:
            if (at >= m->n || (item->kinds & i->mask) != i->mask) return false;
            at++, pc++;
            break;
        case OP_NOT_KIND:
            if (at < m->n && (item->kinds & i->mask) == i->mask) return false;
            pc++;
            break;
        case OP_LITERAL:
            if (at >= m->n || item->symbol == 0 || item->symbol != m->g->literals[i->target]) return false;
            at++, pc++;
            break;
        case OP_NOT_LITERAL:
            if (at < m->n && item->symbol != 0 && item->symbol == m->g->literals[i->target]) return false;
            pc++;
            break;
        case OP_SPLIT: {
            size_t captures = match->ncaptures;
            quantity_capture saved = captures > 0 ? match->captures[captures - 1] : (quantity_capture){0, 0, 0};
            if (m->depth == 0) return false;
            m->depth--;
            bool good = run(m, pc + 1, at);
            m->depth++;
            if (good) return true;
            match->ncaptures = captures;
            if (captures > 0) match->captures[captures - 1] = saved;
            pc = i->target;
            break;
        }
        case OP_JUMP:
            pc = i->target;
            break;
        case OP_BEGIN:
            if (match->ncaptures == QUANTITY_MAX_CAPTURES) return false;
            match->captures[match->ncaptures++] = (quantity_capture){(uint8_t)i->slot, at, UINT32_MAX};
            pc++;
            break;
        case OP_END:
            for (size_t k = match->ncaptures; k-- > 0;) {
                if (match->captures[k].slot != i->slot || match->captures[k].end != UINT32_MAX) continue;
                match->captures[k].end = at;
                break;
            }
            pc++;
            break;
        default:
            match->end = at;
            return true;
        }
    }
}

static bool begins_with_literal(const quantity_grammar *g, uint32_t symbol)
{
    if (symbol == 0) return false;
    for (const uint32_t *s = g->first_symbols; *s != 0; s++)
        if (*s == symbol) return true;
    return false;
}

bool quantity_grammar_match(const quantity_grammar *g, const quantity_item *items, uint32_t n, uint32_t at,
                            const quantity_match *rejected, quantity_match *out)
{
    enum { STEPS = 3000, DEPTH = 200 };
    bool found = false, literal = begins_with_literal(g, items[at].symbol);
    quantity_match match;
    if (!literal && (items[at].kinds & g->any_first) == 0) return false;
    for (uint32_t r = 0; r < g->nrules; r++) {
        if ((items[at].kinds & g->first[r]) == 0 && !(literal && g->first_literal[r])) continue;
        match.rule = r;
        match.begin = at;
        match.ncaptures = 0;
        machine m = {g, items, n, STEPS, DEPTH, &match};
        if (!run(&m, g->rules[r].start, at)) continue;
        if (rejected != NULL && (match.end > rejected->end || (match.end == rejected->end && r <= rejected->rule))) continue;
        if (found && match.end <= out->end) continue;
        *out = match;
        found = true;
    }
    return found;
}

static void dump_mask(uint64_t mask, FILE *out)
{
    const char *sep = "";
    for (unsigned b = 0; b < QUANTITY_NKINDS; b++) {
        if ((mask >> b & 1) == 0) continue;
        fprintf(out, "%s%s", sep, quantity_kind_name(b));
        sep = "&";
    }
}

erz_status erz_quantities_dump(const erz_model *model, FILE *out)
{
    static const char *const ops[] = {"kind", "not", "word", "not-word", "split", "jump", "begin", "end", "match"};
    static const char *const slots[] = {"amount", "to", "unit", "minor", "sign", "also"};
    size_t len = 0;
    const quantity_header *h = erz_model_section(model, "quantities", &len);
    if (h == NULL || !is_sound(h, len)) return ERZ_E_MODEL;
    const char *base = (const char *)h;
    const quantity_instr *code = (const quantity_instr *)(const void *)(base + h->instrs);
    const quantity_rule *rules = (const quantity_rule *)(const void *)(base + h->rules);
    const uint32_t *literals = (const uint32_t *)(const void *)(base + h->literals);
    for (uint32_t i = 0, r = 0; i < h->ninstr; i++) {
        if (r < h->nrules && rules[r].start == i) {
            fprintf(out, "mention %s (line %u)\n", base + h->strings + rules[r].name, rules[r].line);
            r++;
        }
        fprintf(out, "%5u %s ", i, ops[code[i].op]);
        if (code[i].op == OP_KIND || code[i].op == OP_NOT_KIND) dump_mask(code[i].mask, out);
        if (code[i].op == OP_LITERAL || code[i].op == OP_NOT_LITERAL) fputs(base + h->strings + literals[code[i].target], out);
        if (code[i].op == OP_SPLIT || code[i].op == OP_JUMP) fprintf(out, "%u", code[i].target);
        if (code[i].op == OP_BEGIN || code[i].op == OP_END) fputs(slots[code[i].slot], out);
        fputc('\n', out);
    }
    return ERZ_OK;
}
