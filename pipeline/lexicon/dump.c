#include "erz/compile.h"
#include "lexicon.h"

static void dump_entries(const erz_lexicon *l, uint32_t state, const char *mode, const char *form, FILE *out)
{
    for (uint32_t i = 0; i < l->states[state].n; i++) {
        const lex_entry *e = &l->entries[l->states[state].first + i];
        fprintf(out, "%s\t%s\t%s\t%s\t%s\n", l->strings + l->classes[e->cls], mode, form, l->strings + e->value,
                l->strings + e->flags);
    }
}

/* Edges lead from lower to higher states, so a walk from each root ends; depth is bounded by the longest form. */
static void dump_state(const erz_lexicon *l, uint32_t state, const char *mode, const char *form, unsigned depth, FILE *out)
{
    enum { ROOM = 1024 };
    dump_entries(l, state, mode, form, out);
    if (depth == 0) return;
    for (uint32_t i = 0; i < l->header->edge_slots; i++) {
        const lex_edge *e = &l->edge_table[i];
        if (e->to == 0 || e->from != state) continue;
        char longer[ROOM];
        snprintf(longer, sizeof longer, "%s %s", form, l->strings + l->symbols[e->symbol].string);
        dump_state(l, e->to, mode, longer, depth - 1, out);
    }
}

erz_status erz_lexicon_dump(const erz_lexicon *l, FILE *out)
{
    static const char *const modes[] = {"exact", "fold", "stem"};
    for (uint32_t i = 1; i <= l->header->nsymbols; i++) {
        const lex_symbol *s = &l->symbols[i];
        if (s->root == 0) continue;
        if (s->starts)
            dump_state(l, s->root, modes[s->mode % 3], l->strings + s->string, 16, out);
        else
            dump_entries(l, s->root, modes[s->mode % 3], l->strings + s->string, out);
    }
    return ERZ_OK;
}
