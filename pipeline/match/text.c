/* Mentions of a text. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "erz/mention.h"

static const char *const attr_names[] = {"mod",    "to",        "per",    "dir",    "role",  "cur",   "ticker",
                                         "isin",   "buyer",     "target", "seller", "party", "stake", "stake_before",
                                         "amount", "valuation", "date",   "status", "rule"};

const char *erz_attr_key_name(erz_attr_key key)
{
    return key < ERZ_ATTR_OTHER ? attr_names[key] : "";
}

const char *erz_mention_type_name(const erz_mention *mention)
{
    static const char *const names[] = {"money", "percent", "company", "deal"};
    return mention->type < ERZ_USER ? names[mention->type] : mention->type_name;
}

uint32_t erz_text_sentence(const erz_text *text, uint32_t token)
{
    size_t lo = 0, hi = text->tokens.nsent;
    while (lo + 1 < hi) {
        size_t mid = (lo + hi) / 2;
        if (text->tokens.sent[mid] <= token)
            lo = mid;
        else
            hi = mid;
    }
    return (uint32_t)lo;
}

erz_mention *erz_text_add(erz_text *text, erz_mention_type type, uint32_t begin, uint32_t end, uint32_t first, uint32_t last)
{
    if (!erz_grow(&text->mentions, &text->cap_mentions, text->nmentions + 1, sizeof *text->mentions)) return NULL;
    erz_mention *m = &text->mentions[text->nmentions++];
    memset(m, 0, sizeof *m);
    m->type = type;
    m->begin = begin;
    m->end = end;
    m->first = first;
    m->last = last;
    m->sent = erz_text_sentence(text, first);
    m->value = m->unit = "";
    return m;
}

static erz_status add_attr(erz_text *text, erz_mention *mention, erz_attr_key key, const char *name, const char *value)
{
    erz_attr *attr = erz_arena_alloc(text->arena, sizeof *attr);
    char *copy = attr == NULL ? NULL : erz_arena_strndup(text->arena, value, strlen(value));
    if (copy == NULL) return ERZ_E_MEMORY;
    erz_attr **link = &mention->attrs;
    while (*link != NULL && (*link)->key <= key) link = &(*link)->next;
    *attr = (erz_attr){*link, key, name, copy};
    *link = attr;
    return ERZ_OK;
}

erz_status erz_mention_attr(erz_text *text, erz_mention *mention, erz_attr_key key, const char *value)
{
    return add_attr(text, mention, key, NULL, value);
}

erz_status erz_mention_attr_named(erz_text *text, erz_mention *mention, const char *name, const char *value)
{
    return add_attr(text, mention, ERZ_ATTR_OTHER, name, value);
}

const char *erz_mention_get(const erz_mention *mention, erz_attr_key key)
{
    for (const erz_attr *a = mention->attrs; a != NULL; a = a->next)
        if (a->key == key) return a->value;
    return NULL;
}
