/* Tokens that hold more than one item of the grammar, or a part of one. */
#include "quantity_builder.h"

/* The number s[0, len) that begins `skip` bytes into token t. */
static quantity_item *add_number(builder *b, uint32_t t, uint32_t skip, size_t len)
{
    erz_decimal d;
    unsigned traits = 0;
    const char *s = b->text->text + b->text->tokens.begin[t] + skip;
    if (!erz_number_parse(s, len, ERZ_NUMBER_GERMAN, &d, &traits)) return NULL;
    if ((traits & ERZ_NUMBER_AMBIGUOUS) != 0) erz_number_parse(s, len, quantity_style(b->q, b->text), &d, &traits);
    quantity_item *item = add_item(b, t, t);
    if (item == NULL) return NULL;
    item->kinds |= QK(DIGITS);
    if ((traits & (ERZ_NUMBER_FRACTION | ERZ_NUMBER_GROUPED)) != 0) item->kinds |= QK(DECIMAL);
    item->number = d;
    item->traits = traits;
    item->begin += skip;
    item->end = item->begin + (uint32_t)len;
    return item;
}

/* $3-$5: the tokenizer leaves the dash on the first number. */
bool quantity_cut_item(builder *b, uint32_t t)
{
    size_t len;
    const char *s = token_text(b, t, &len);
    if (len < 2 || s[len - 1] != '-' || *s < '0' || *s > '9' || t == b->first || !touches(b, t + 1)) return false;
    if ((known(b, t - 1)->kinds & QK(CODE)) == 0 || (known(b, t + 1)->kinds & QK(CODE)) == 0) return false;
    if (add_number(b, t, 0, len - 1) == NULL) return false;
    quantity_item *dash = add_item(b, t, t);
    if (dash == NULL) return false;
    dash->begin = dash->end - 1;
    dash->kinds |= QK(DASH) | QK(TOUCH);
    return true;
}

/* Euro/6 of `5 Euro/6 Dollar` */
bool quantity_slash_item(builder *b, uint32_t t)
{
    size_t len;
    const char *s = token_text(b, t, &len);
    const quantity_word *w = known(b, t);
    if (w->span + 1 >= len || s[w->span] != '/') return false;
    quantity_item *unit = add_item(b, t, t);
    if (unit == NULL) return false;
    unit->kinds |= w->kinds;
    unit->unit = w->unit;
    unit->flags = w->flags;
    unit->end = unit->begin + w->span;
    quantity_item *slash = add_item(b, t, t);
    if (slash == NULL) return false;
    slash->begin += w->span;
    slash->end = slash->begin + 1;
    return add_number(b, t, w->span + 1, len - w->span - 1) != NULL;
}

/* 5US$: the tokenizer leaves letters on digits that it does not know for a unit. */
bool quantity_glued_item(builder *b, uint32_t t)
{
    enum { ROOM = 8 };
    size_t len, n = 0;
    const char *s = token_text(b, t, &len);
    if (*s < '0' || *s > '9' || !token_is(b, t + 1, "$") || !touches(b, t + 1)) return false;
    while (n < len && (s[n] < 'A' || s[n] > 'z')) n++;
    if (n == len || len - n >= ROOM) return false;
    quantity_word unit;
    erz_decimal d;
    quantity_look_up_dollar(b->q, s + n, len - n, &unit);
    if ((unit.kinds & QK(CURRENCY)) == 0 || !erz_number_parse(s, n, ERZ_NUMBER_GERMAN, &d, NULL)) return false;
    quantity_item *item = add_item(b, t, t);
    if (item == NULL) return false;
    item->kinds |= QK(DIGITS);
    item->number = d;
    item->end = item->begin + (uint32_t)n;
    item = add_item(b, t, t + 1);
    if (item == NULL) return false;
    item->begin += (uint32_t)n;
    item->kinds |= unit.kinds;
    item->unit = unit.unit;
    item->flags = unit.flags;
    return true;
}

/* US, soft hyphen, -Dollar: a word that the tokenizer parts at characters that are no blank. */
bool quantity_broken_item(builder *b, uint32_t t)
{
    enum { ROOM = 48 };
    char form[ROOM];
    size_t n, m;
    if (t + 1 >= b->end || touches(b, t + 1) || b->text->tokens.cls[t] != ERZ_TOKEN_WORD) return false;
    const char *s = token_text(b, t, &n), *p = token_text(b, t + 1, &m);
    if (*p != '-' || (unsigned char)s[n] < 0x80 || n + m >= ROOM) return false;
    memcpy(form, s, n);
    memcpy(form + n, p, m);
    quantity_word w;
    quantity_look_up(b->q, form, n + m, &w);
    if ((w.kinds & QK(CURRENCY)) == 0) return false;
    quantity_item *item = add_item(b, t, t + 1);
    if (item == NULL) return false;
    item->kinds |= w.kinds;
    item->unit = w.unit;
    item->flags = w.flags;
    return true;
}
