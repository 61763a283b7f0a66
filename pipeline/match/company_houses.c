/* Houses called after their place: Sparkasse X, Stadtwerke X-Y, VR Bank X, Emder Zeitung. */
#include <string.h>

#include "match/company_context.h"
#include "match/company_scan.h"

static bool may_follow_head(const context *x, size_t i)
{
    const company_state *c = x->c;
    if (is_company(c, i)) return c->units.label[i] == LABEL_BC;
    uint8_t kind = c->units.kind[i];
    const erz_word *w = &erz_words_array(x->words)[c->units.as_tokens.word[i]];
    bool noun = (w->classes & (c->lists.m_common | c->lists.m_plain)) != 0;
    return kind == KIND_PLACE || (has_name_kind(c, i) && !is_known_name(c, i) && !noun);
}

/* Rhön-Mitte, Rhein-Saale */
static bool is_region(const context *x, size_t i)
{
    static const char *const parts[] = {"mitte", "nord",   "s\xc3\xbc\x64", "ost",   "west",  "saale", "elbe", "donau",
                                        "rhein", "main",   "weser",         "spree", "mosel", "nahe",  "lahn", "inn",
                                        "fulda", "neckar", "see",           "land",  "kreis", "stadt", NULL};
    return is_any_word(x, i, parts);
}

/* Sparkasse X, Stadtwerke X-Y. */
static void label_head(const context *x, size_t i)
{
    company_units *u = &x->c->units;
    size_t end = i + 1;
    if (end >= x->to || u->flags[end] & UNIT_JOINED || !may_follow_head(x, end)) return;
    do end++;
    while (end < x->to && u->label[end] != LABEL_BC && u->flags[end] & UNIT_JOINED && u->evidence[end] & EV_UPPER &&
           (u->evidence[end] & (EV_SUFFIX | EV_CUE)) == 0 &&
           (u->kind[end] == KIND_PLACE || (about(x, end) & (EV_COMMON | EV_OFFICE)) == 0 || is_region(x, end)));
    if (u->label[i] == LABEL_BC && end < x->to && u->label[end] == LABEL_IC) return;
    u->label[i] = LABEL_BC;
    for (size_t k = i + 1; k < end; k++) u->label[k] = LABEL_IC;
}

static bool begins_vr_bank(const context *x, size_t i)
{
    const company_units *u = &x->c->units;
    return u->kind[i] == KIND_NOT && i + 1 < x->to && u->kind[i + 1] == KIND_CUE && is_word(x, i, "vr") &&
           is_word(x, i + 1, "bank");
}

/* VR Bank X, VR-Bank X-Y */
static void label_vr_bank(const context *x, size_t i)
{
    company_units *u = &x->c->units;
    label_head(x, i + 1);
    if (u->label[i + 1] != LABEL_BC) return;
    u->label[i] = LABEL_BC;
    u->label[i + 1] = LABEL_IC;
}

/* Emder Zeitung */
static void label_paper(const context *x, size_t i)
{
    company_units *u = &x->c->units;
    if (i == x->from || u->flags[i] & UNIT_JOINED || is_company(x->c, i) || is_known_name(x->c, i - 1)) return;
    uint32_t ev = about(x, i - 1);
    size_t len;
    const char *fold = erz_words_fold(x->words, u->as_tokens.word[i - 1], &len);
    bool town = len > 4 && memcmp(fold + len - 2, "er", 2) == 0 && (ev & EV_COMMON) == 0 && u->kind[i - 1] == KIND_TITLE;
    if (!town || u->flags[i - 1] & UNIT_JOINED) return;
    u->label[i - 1] = LABEL_BC;
    u->label[i] = LABEL_IC;
}

/* The next unit from i on that may begin or end a house's name; u->n: there is none. */
static size_t next_house(const company_units *u, size_t i)
{
    for (; i < u->n; i += SCAN_UNITS) {
        unsigned bits = scan_bit(u->look + i, LOOK_HOUSE); /* 0 behind the last */
        if (bits != 0) return i + (size_t)__builtin_ctz(bits);
    }
    return u->n;
}

void company_houses_open(context *x)
{
    x->house = next_house(&x->c->units, 0);
}

void company_houses_label(context *x)
{
    for (; x->house < x->to; x->house = next_house(&x->c->units, x->house + 1)) {
        size_t i = x->house;
        uint32_t ev = about(x, i);
        if (ev & EV_HEAD) label_head(x, i);
        if (begins_vr_bank(x, i)) label_vr_bank(x, i);
        if (ev & EV_PAPER) label_paper(x, i);
    }
}
