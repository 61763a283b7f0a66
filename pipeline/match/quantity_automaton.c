/* Which rules of the grammar match at an item, and where the longest match of any can end: all rules are followed at once, as a
 * deterministic automaton over classes of items whose states are made when they are first met. Captures and the order of
 * branches are left to the grammar's machine, which then runs for the rules that match only. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "quantity.h"

enum {
    CLASSES = 256,
    STATES = 1024,
    CLASS_SLOTS = 512,
    STATE_SLOTS = 2048,
    CLASS_END = 0,    /* behind the last item */
    CLASS_MANY = 255, /* of items that came when there were too many classes: nothing is known of them */
    FAILED = 0
};

typedef struct item_class {
    uint64_t kinds;
    uint32_t literal; /* symbol, 0: no literal of the grammar */
} item_class;

/* Instructions to be looked at before the next item is known. */
typedef struct state {
    uint64_t rules; /* that match before the item that led here */
    uint32_t at, n; /* in pcs */
} state;

struct quantity_automaton {
    const quantity_grammar *g;
    uint64_t kinds; /* that the grammar tells apart */
    item_class classes[CLASSES];
    bool dead[CLASSES]; /* no rule can begin with such an item */
    size_t nclasses;
    uint8_t class_slots[CLASS_SLOTS];
    state states[STATES + 1]; /* [0] is unused, [1] the first */
    size_t nstates;
    uint16_t state_slots[STATE_SLOTS];
    uint16_t (*next)[CLASSES]; /* by state and class; 0: not worked out */
    uint16_t *pcs, *work;
    size_t npcs, cap_pcs, nwork;
    uint32_t *visits; /* by instruction: number of the step that was there last */
    uint32_t steps;
};

/* Back to the first state. */
static bool reset(quantity_automaton *a)
{
    memset(a->next, 0, (a->nstates + 1) * sizeof *a->next);
    memset(a->state_slots, 0, sizeof a->state_slots);
    a->npcs = 0;
    a->nstates = 1;
    if (!erz_grow(&a->pcs, &a->cap_pcs, a->g->nrules, sizeof *a->pcs)) return false;
    for (uint32_t r = 0; r < a->g->nrules; r++) a->pcs[a->npcs++] = (uint16_t)a->g->rules[r].start;
    a->states[1] = (state){0, 0, (uint32_t)a->npcs};
    return true;
}

quantity_automaton *quantity_automaton_new(const quantity_grammar *g)
{
    quantity_automaton *a = calloc(1, sizeof *a);
    if (a == NULL) return NULL;
    a->g = g;
    a->nclasses = CLASS_END + 1;
    for (uint32_t i = 0; i < g->ninstr; i++)
        if (g->code[i].op == OP_KIND || g->code[i].op == OP_NOT_KIND) a->kinds |= g->code[i].mask;
    a->next = calloc(STATES + 1, sizeof *a->next);
    a->work = calloc(g->ninstr + 1, sizeof *a->work);
    a->visits = calloc(g->ninstr + 1, sizeof *a->visits);
    if (a->next != NULL && a->work != NULL && a->visits != NULL && reset(a)) return a;
    quantity_automaton_free(a);
    return NULL;
}

void quantity_automaton_free(quantity_automaton *a)
{
    if (a == NULL) return;
    free(a->next);
    free(a->work);
    free(a->visits);
    free(a->pcs);
    free(a);
}

static uint64_t rule_of(const quantity_grammar *g, uint32_t pc)
{
    uint32_t r = 0;
    while (r + 1 < g->nrules && g->rules[r + 1].start <= pc) r++;
    return UINT64_C(1) << (r % 64);
}

static bool holds(const quantity_automaton *a, const quantity_instr *i, uint8_t cls)
{
    const item_class *c = &a->classes[cls];
    if (cls == CLASS_END) return i->op == OP_NOT_KIND || i->op == OP_NOT_LITERAL;
    if (i->op == OP_KIND || i->op == OP_NOT_KIND) return ((c->kinds & i->mask) == i->mask) == (i->op == OP_KIND);
    return (c->literal != 0 && c->literal == a->g->literals[i->target]) == (i->op == OP_LITERAL);
}

/* The paths from pc up to an instruction that takes the item, of class cls; those behind it gather in a->work. Returns rules
 * that match before it. */
static uint64_t follow(quantity_automaton *a, uint32_t pc, uint8_t cls)
{
    uint64_t rules = 0;
    for (;; pc++) {
        const quantity_instr *i = &a->g->code[pc];
        if (a->visits[pc] == a->steps) return rules;
        a->visits[pc] = a->steps;
        switch (i->op) {
        case OP_KIND:
        case OP_LITERAL:
            if (holds(a, i, cls)) a->work[a->nwork++] = (uint16_t)(pc + 1);
            return rules;
        case OP_NOT_KIND:
        case OP_NOT_LITERAL:
            if (!holds(a, i, cls)) return rules;
            break;
        case OP_SPLIT:
            rules |= follow(a, i->target, cls);
            break;
        case OP_JUMP:
            pc = i->target - 1;
            break;
        case OP_MATCH:
            return rules | rule_of(a->g, pc);
        default:
            break;
        }
    }
}

static void sort_work(quantity_automaton *a)
{
    for (size_t i = 1; i < a->nwork; i++) {
        uint16_t pc = a->work[i];
        size_t k = i;
        for (; k > 0 && a->work[k - 1] > pc; k--) a->work[k] = a->work[k - 1];
        a->work[k] = pc;
    }
}

/* The state of a->work and these rules; FAILED: there are too many, or memory is short. */
static uint16_t state_of(quantity_automaton *a, uint64_t rules)
{
    uint64_t hash = erz_hash(a->work, a->nwork * sizeof *a->work, rules);
    size_t slot = hash % STATE_SLOTS;
    for (; a->state_slots[slot] != 0; slot = (slot + 1) % STATE_SLOTS) {
        const state *s = &a->states[a->state_slots[slot]];
        if (s->rules == rules && s->n == a->nwork && memcmp(a->pcs + s->at, a->work, s->n * sizeof *a->work) == 0)
            return a->state_slots[slot];
    }
    if (a->nstates == STATES || !erz_grow(&a->pcs, &a->cap_pcs, a->npcs + a->nwork, sizeof *a->pcs)) return FAILED;
    a->states[++a->nstates] = (state){rules, (uint32_t)a->npcs, (uint32_t)a->nwork};
    for (size_t i = 0; i < a->nwork; i++) a->pcs[a->npcs++] = a->work[i];
    return a->state_slots[slot] = (uint16_t)a->nstates;
}

__attribute__((noinline, cold)) static uint16_t make_step(quantity_automaton *a, uint16_t from, uint8_t cls)
{
    const state s = a->states[from];
    uint64_t rules = 0;
    a->nwork = 0;
    if (++a->steps == 0) {
        memset(a->visits, 0, a->g->ninstr * sizeof *a->visits);
        a->steps = 1;
    }
    for (uint32_t i = 0; i < s.n; i++) rules |= follow(a, a->pcs[s.at + i], cls);
    sort_work(a);
    return a->next[from][cls] = state_of(a, rules);
}

static uint32_t literal_of(const quantity_grammar *g, uint32_t symbol)
{
    if (symbol == 0 || (g->quoted[symbol / 64 % QUANTITY_QUOTES] >> (symbol % 64) & 1) == 0) return 0;
    for (uint32_t i = 0; i < g->nliterals; i++)
        if (g->literals[i] == symbol) return symbol;
    return 0;
}

static bool is_dead(quantity_automaton *a, uint8_t cls)
{
    uint16_t to = make_step(a, 1, cls);
    if (to == FAILED && !reset(a)) return false;
    if (to == FAILED) to = make_step(a, 1, cls);
    return to != FAILED && a->states[to].n == 0 && a->states[to].rules == 0;
}

static uint8_t add_class(quantity_automaton *a, item_class c)
{
    if (a->nclasses == CLASS_MANY) return CLASS_MANY;
    uint8_t cls = (uint8_t)a->nclasses++;
    a->classes[cls] = c;
    a->dead[cls] = is_dead(a, cls);
    return cls;
}

void quantity_automaton_classify(quantity_automaton *a, quantity_item *item)
{
    const item_class c = {item->kinds & a->kinds, literal_of(a->g, item->symbol)};
    uint64_t hash = c.kinds * UINT64_C(0x9e3779b97f4a7c15) ^ c.literal * UINT64_C(0xd6e8feb86659fd93);
    size_t slot = (hash ^ hash >> 32) % CLASS_SLOTS;
    if (c.literal != 0) item->kinds |= QUANTITY_QUOTED;
    for (; a->class_slots[slot] != 0; slot = (slot + 1) % CLASS_SLOTS) {
        const item_class *known = &a->classes[a->class_slots[slot]];
        if (known->kinds == c.kinds && known->literal == c.literal) break;
    }
    item->cls = a->class_slots[slot];
    if (item->cls == 0) {
        item->cls = add_class(a, c);
        if (item->cls != CLASS_MANY) a->class_slots[slot] = item->cls;
    }
    item->dead = a->dead[item->cls];
}

void quantity_automaton_run(quantity_automaton *a, const quantity_item *items, uint32_t n, uint32_t at,
                            quantity_candidates *out)
{
    uint16_t s = 1;
    *out = (quantity_candidates){0, 0, at};
    for (uint32_t i = at; i <= n; i++) {
        uint8_t cls = i < n ? items[i].cls : CLASS_END;
        uint16_t to = cls == CLASS_MANY ? FAILED : a->next[s][cls];
        if (to == 0 && cls != CLASS_MANY) to = make_step(a, s, cls);
        if (to == FAILED) {
            *out = (quantity_candidates){~UINT64_C(0), 0, at};
            if (a->nstates == STATES) reset(a);
            return;
        }
        s = to;
        if (a->states[s].rules != 0) {
            out->all |= a->states[s].rules;
            out->longest = a->states[s].rules;
            out->end = i;
        }
        if (a->states[s].n == 0) return;
    }
}
