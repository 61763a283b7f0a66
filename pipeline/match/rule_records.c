/* Records of user rules. */
#include <string.h>

#include "base/arena.h"
#include "deal.h"
#include "erz/mention.h"
#include "rules.h"

static erz_status value_of(erz_text *text, const rule_row *row, const rule_arg *arg, const char **out)
{
    const rule_item *it = &row->items[arg->first];
    if (arg->first == arg->last && it->mention != 0 && it->begin == arg->begin && it->end == arg->end) {
        const erz_mention *m = &text->mentions[it->mention - 1];
        *out = m->type == ERZ_MONEY ? deal_money_text(text, m) : m->value;
    } else {
        *out = erz_arena_strndup(text->arena, text->text + arg->begin, arg->end - arg->begin);
    }
    return *out == NULL ? ERZ_E_MEMORY : ERZ_OK;
}

static erz_status add_attr(erz_text *text, size_t at, const char *name, const char *value)
{
    for (int key = 0; key < ERZ_ATTR_OTHER; key++)
        if (strcmp(name, erz_attr_key_name((erz_attr_key)key)) == 0)
            return erz_mention_attr(text, &text->mentions[at], (erz_attr_key)key, value);
    return erz_mention_attr_named(text, &text->mentions[at], name, value);
}

erz_status rule_record_add(erz_text *text, const rule_row *row, const rule_hit *hit)
{
    const char *value = rule_string(hit->image, hit->def->value);
    size_t at = text->nmentions;
    erz_mention *m =
        erz_text_add(text, ERZ_USER, hit->begin, hit->end, row->items[hit->first].first, row->items[hit->last].last);
    if (m == NULL) return ERZ_E_MEMORY;
    m->type_name = rule_string(hit->image, hit->def->type);
    if (*value == '=') m->value = value + 1;
    erz_status status = ERZ_OK;
    for (uint32_t i = 0; i < hit->nargs && status == ERZ_OK; i++) {
        const rule_arg *arg = &hit->args[i];
        if (strcmp(arg->name, "trigger") == 0) continue;
        const char *s;
        status = value_of(text, row, arg, &s);
        if (status != ERZ_OK) return status;
        if (*value == '$' && strcmp(value + 1, arg->name) == 0)
            text->mentions[at].value = s;
        else
            status = add_attr(text, at, arg->name, s);
    }
    for (uint32_t i = 0; i < hit->def->nsets && status == ERZ_OK; i++) {
        const uint32_t *pair = hit->image->pool + hit->def->sets + 2 * i;
        status = add_attr(text, at, rule_string(hit->image, pair[0]), rule_string(hit->image, pair[1]));
    }
    if (status == ERZ_OK)
        status = erz_mention_attr(text, &text->mentions[at], ERZ_ATTR_RULE, rule_string(hit->image, hit->def->name));
    return status;
}
