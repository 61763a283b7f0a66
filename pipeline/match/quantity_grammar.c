/* The compiled grammar: loading and matching. */
#include <stdlib.h>
#include <string.h>

#include "erz/compile.h"
#include "quantity.h"

static bool fits(uint32_t off, uint32_t n, size_t size, size_t len)
{
    return off % 4 == 0 && off <= len && n <= (len - off) / size;
}

enum { MAX_INSTRUCTIONS = 1 << 14 };

static bool is_sound(const quantity_header *h, size_t len)
{
    if (len < sizeof *h || h->instrs % 8 != 0 || !fits(h->instrs, h->ninstr, sizeof(quantity_instr), len) ||
        !fits(h->rules, h->nrules, sizeof(quantity_rule), len) || !fits(h->literals, h->nliterals, 4, len) ||
        h->strings > len || h->strings_len > len - h->strings || h->ninstr == 0 || h->ninstr > MAX_INSTRUCTIONS)
        return false;
    const char *base = (const char *)h;
    const quantity_instr *code = (const quantity_instr *)(const void *)(base + h->instrs);
    const quantity_rule *rules = (const quantity_rule *)(const void *)(base + h->rules);
    const uint32_t *literals = (const uint32_t *)(const void *)(base + h->literals);
    bool good = h->strings_len == 0 || base[h->strings + h->strings_len - 1] == '\0';
    for (uint32_t i = 0; i < h->ninstr; i++) {
        bool literal = code[i].op == OP_LITERAL || code[i].op == OP_NOT_LITERAL;
        good &= code[i].op != OP_KIND || code[i].mask != 0;
        good &= code[i].op <= OP_MATCH && code[i].slot < SLOTS && code[i].target < (literal ? h->nliterals : h->ninstr);
    }
    good &= code[h->ninstr - 1].op == OP_MATCH;
    for (uint32_t i = 0; i < h->nrules; i++) good &= rules[i].start < h->ninstr && rules[i].name < h->strings_len;
    for (uint32_t i = 0; i < h->nliterals; i++) good &= literals[i] < h->strings_len;
    return good;
}

/* Kinds of the item at which the paths from pc can go on; QK(ANY) where they may consume nothing. visits: by instruction the
 * number of the last call that was there. */
static uint64_t guard(const quantity_grammar *g, uint32_t pc, uint32_t *visits, uint32_t call)
{
    uint64_t kinds = 0;
    for (;; pc++) {
        const quantity_instr *i = &g->code[pc];
        if (visits[pc] == call) return kinds;
        visits[pc] = call;
        if (i->op == OP_KIND) return kinds | (i->mask & (~i->mask + 1));
        if (i->op == OP_LITERAL) return kinds | QUANTITY_QUOTED;
        if (i->op == OP_MATCH) return QK(ANY);
        if (i->op == OP_SPLIT) kinds |= guard(g, i->target, visits, call);
        if (i->op == OP_JUMP) pc = i->target - 1;
    }
}

static bool find_guards(quantity_grammar *g)
{
    uint32_t *visits = calloc(g->ninstr, sizeof *visits);
    if (visits == NULL) return false;
    for (uint32_t pc = 0; pc < g->ninstr; pc++) {
        if (g->code[pc].op != OP_SPLIT) continue;
        g->guards[pc][0] = guard(g, pc + 1, visits, 2 * pc + 1);
        g->guards[pc][1] = guard(g, g->code[pc].target, visits, 2 * pc + 2);
    }
    free(visits);
    return true;
}

static bool find_literals(quantity_grammar *g, const quantity_header *h, const erz_lexicon *lexicon)
{
    const uint32_t *literals = (const uint32_t *)(const void *)((const char *)h + h->literals);
    g->literals = calloc((size_t)h->nliterals + 1, sizeof *g->literals);
    g->guards = calloc(h->ninstr, sizeof *g->guards);
    if (g->literals == NULL || g->guards == NULL) return false;
    for (uint32_t i = 0; i < h->nliterals; i++) {
        const char *s = g->strings + literals[i];
        g->literals[i] = erz_lexicon_symbol(lexicon, ERZ_MATCH_FOLD, s, strlen(s));
        g->quoted[g->literals[i] / 64 % QUANTITY_QUOTES] |= UINT64_C(1) << (g->literals[i] % 64);
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
    quantity_grammar g = {.rules = (const quantity_rule *)(const void *)(base + h->rules),
                          .code = (const quantity_instr *)(const void *)(base + h->instrs),
                          .strings = base + h->strings,
                          .nrules = h->nrules,
                          .ninstr = h->ninstr,
                          .nliterals = h->nliterals};
    if (!find_literals(&g, h, erz_model_lexicon(model)) || !find_guards(&g)) {
        quantity_grammar_close(&g);
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    }
    *out = g;
    return ERZ_OK;
}

void quantity_grammar_close(quantity_grammar *g)
{
    free(g->literals);
    free(g->guards);
}

/* One attempt: captures are undone on the way back; the number of steps is bounded. */
typedef struct machine {
    const quantity_grammar *g;
    const quantity_item *items;
    uint32_t n;
    unsigned steps, depth;
    quantity_match *match;
} machine;

/* The innermost capture of the slot that is open ends here. */
static void close_capture(quantity_match *match, uint32_t slot, uint32_t at)
{
    for (size_t k = match->ncaptures; k-- > 0;) {
        if (match->captures[k].slot != slot || match->captures[k].end != UINT32_MAX) continue;
        match->captures[k].end = at;
        return;
    }
}

static bool run(machine *m, uint32_t pc, uint32_t at);

static bool run_branch(machine *m, uint32_t pc, uint32_t at)
{
    quantity_match *match = m->match;
    size_t captures = match->ncaptures;
    quantity_capture saved = captures > 0 ? match->captures[captures - 1] : (quantity_capture){0, 0, 0};
    m->depth--;
    bool good = run(m, pc, at);
    m->depth++;
    if (good) return true;
    match->ncaptures = captures;
    if (captures > 0) match->captures[captures - 1] = saved;
    return false;
}

static bool run(machine *m, uint32_t pc, uint32_t at)
{
    quantity_match *match = m->match;
    const quantity_item *item = &m->items[at < m->n ? at : m->n - 1];
    for (;;) {
        const quantity_instr *i = &m->g->code[pc];
        if (m->steps-- == 0) return m->steps = 0, false;
        switch (i->op) {
        case OP_KIND:
            if (at >= m->n || (item->kinds & i->mask) != i->mask) return false;
            at++, pc++;
            item += at < m->n;
            break;
        case OP_NOT_KIND:
            if (at < m->n && (item->kinds & i->mask) == i->mask) return false;
            pc++;
            break;
        case OP_LITERAL:
            if (at >= m->n || item->symbol == 0 || item->symbol != m->g->literals[i->target]) return false;
            at++, pc++;
            item += at < m->n;
            break;
        case OP_NOT_LITERAL:
            if (at < m->n && item->symbol != 0 && item->symbol == m->g->literals[i->target]) return false;
            pc++;
            break;
        case OP_SPLIT: {
            const uint64_t *guards = m->g->guards[pc];
            if (at < m->n && (item->kinds & guards[0]) == 0) {
                pc = i->target;
                break;
            }
            if (at < m->n && (item->kinds & guards[1]) == 0) {
                pc++;
                break;
            }
            if (m->depth == 0) return false;
            if (run_branch(m, pc + 1, at)) return true;
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
            close_capture(match, i->slot, at);
            pc++;
            break;
        default:
            match->end = at;
            return true;
        }
    }
}

static bool run_rule(const quantity_grammar *g, const quantity_item *items, uint32_t n, uint32_t at, uint32_t rule,
                     quantity_match *out)
{
    enum { STEPS = 3000, DEPTH = 200 };
    /* cppcheck-suppress ctuuninitvar ; it is written here */
    machine m = {g, items, n, STEPS, DEPTH, out};
    out->rule = rule;
    out->begin = at;
    out->ncaptures = 0;
    return run(&m, g->rules[rule].start, at);
}

/* The first rule of the mask from `rule` on; none: nrules. */
static uint32_t next_rule(const quantity_grammar *g, uint64_t mask, uint32_t rule)
{
    while (rule < g->nrules) {
        uint64_t rest = mask >> (rule % 64);
        if (rest != 0) rule += (uint32_t)__builtin_ctzll(rest);
        if (rest != 0) break;
        rule = (rule / 64 + 1) * 64;
    }
    return rule < g->nrules ? rule : g->nrules;
}

bool quantity_grammar_match(const quantity_grammar *g, const quantity_item *items, uint32_t n, uint32_t at,
                            const quantity_candidates *candidates, const quantity_match *rejected, quantity_match *out)
{
    bool found = false;
    quantity_match match;
    const uint64_t longest = rejected == NULL ? candidates->longest : 0;
    for (uint32_t r = next_rule(g, longest, 0); r < g->nrules; r = next_rule(g, longest, r + 1))
        if (run_rule(g, items, n, at, r, out) && out->end == candidates->end) return true;
    for (uint32_t r = next_rule(g, candidates->all, 0); r < g->nrules; r = next_rule(g, candidates->all, r + 1)) {
        if (!run_rule(g, items, n, at, r, &match)) continue;
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
