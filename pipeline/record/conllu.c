/* CoNLL-U (universaldependencies.org/format.html). MISC holds SpaceAfter, Class (of the token) and for each mention a token
 * belongs to `Type=B` or `Type=I`, with Value, Unit and attributes of the mention at its first token. */
#include "export.h"

/* Text on one line: control characters become blanks. */
static void put_line(erz_buf *out, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) erz_buf_char(out, (unsigned char)s[i] < ' ' ? ' ' : s[i]);
}

/* A value in MISC: no '|', no blank of any kind, no control character. */
static void put_value(erz_buf *out, const char *s)
{
    for (; *s != '\0'; s++) {
        unsigned char c = (unsigned char)*s;
        if (c <= ' ' || c == '|' || c == '%' || c == '=' || c == ';')
            erz_buf_printf(out, "%%%02X", c);
        else
            erz_buf_char(out, *s);
    }
}

static void put_type(erz_buf *out, const erz_mention *m)
{
    const char *name = erz_mention_type_name(m);
    erz_buf_char(out, (char)(name[0] >= 'a' && name[0] <= 'z' ? name[0] - 32 : name[0]));
    put_value(out, name + 1);
}

static void put_begin(erz_buf *out, const erz_mention *m)
{
    erz_buf_char(out, '|');
    put_type(out, m);
    erz_buf_str(out, "=B");
    erz_buf_char(out, '|');
    put_type(out, m);
    erz_buf_str(out, "Value=");
    put_value(out, m->value);
    if (m->unit[0] != '\0') {
        erz_buf_char(out, '|');
        put_type(out, m);
        erz_buf_str(out, "Unit=");
        put_value(out, m->unit);
    }
    if (m->attrs == NULL) return;
    erz_buf_char(out, '|');
    put_type(out, m);
    erz_buf_str(out, "Attrs=");
    for (const erz_attr *a = m->attrs; a != NULL; a = a->next) {
        if (a != m->attrs) erz_buf_char(out, ';');
        put_value(out, a->key == ERZ_ATTR_OTHER ? a->name : erz_attr_key_name(a->key));
        erz_buf_char(out, ':');
        put_value(out, a->value);
    }
}

/* The mentions of a token; of a type only the first, as a key may stand once. *next: first mention that may begin here. */
static void put_mentions(erz_buf *out, const erz_text *text, uint32_t token, size_t *next)
{
    bool seen[ERZ_USER + 1] = {false};
    while (*next < text->nmentions && text->mentions[*next].last < token) ++*next;
    for (size_t i = *next; i < text->nmentions && text->mentions[i].first <= token; i++) {
        const erz_mention *m = &text->mentions[i];
        if (m->last < token || seen[m->type]) continue;
        seen[m->type] = true;
        if (m->first == token) {
            put_begin(out, m);
        } else {
            erz_buf_char(out, '|');
            put_type(out, m);
            erz_buf_str(out, "=I");
        }
    }
}

static void put_token(erz_buf *out, const erz_text *text, uint32_t number, uint32_t i, bool last, size_t *next)
{
    const erz_tokens *t = &text->tokens;
    erz_buf_u64(out, number);
    erz_buf_char(out, '\t');
    put_line(out, text->text + t->begin[i], t->end[i] - t->begin[i]);
    erz_buf_str(out, "\t_\t_\t_\t_\t_\t_\t_\tClass=");
    erz_buf_str(out, erz_token_class_name((erz_token_class)t->cls[i]));
    put_mentions(out, text, i, next);
    if (!last && t->end[i] == t->begin[i + 1]) erz_buf_str(out, "|SpaceAfter=No");
    erz_buf_char(out, '\n');
}

/* The sentence as its tokens give it: a blank where SpaceAfter is not No. */
static void put_text(erz_buf *out, const erz_text *text, uint32_t first, uint32_t end)
{
    const erz_tokens *t = &text->tokens;
    erz_buf_str(out, "# text = ");
    for (uint32_t i = first; i < end; i++) {
        put_line(out, text->text + t->begin[i], t->end[i] - t->begin[i]);
        if (i + 1 < end && t->end[i] < t->begin[i + 1]) erz_buf_char(out, ' ');
    }
    erz_buf_char(out, '\n');
}

erz_status record_conllu_write(const erz_text *text, erz_buf *out)
{
    const erz_tokens *t = &text->tokens;
    size_t next = 0;
    for (size_t s = 0; s < t->nsent; s++) {
        if (s == 0 && text->doc->first) {
            erz_buf_str(out, "# newdoc id = ");
            record_put_id(out, text->doc, put_line);
            erz_buf_char(out, '\n');
        }
        erz_buf_str(out, "# sent_id = ");
        record_put_id(out, text->doc, put_line);
        erz_buf_str(out, "-s");
        erz_buf_u64(out, text->sent_base + s + 1);
        erz_buf_char(out, '\n');
        put_text(out, text, t->sent[s], t->sent[s + 1]);
        for (uint32_t i = t->sent[s]; i < t->sent[s + 1]; i++)
            put_token(out, text, i - t->sent[s] + 1, i, i + 1 == t->sent[s + 1], &next);
        erz_buf_char(out, '\n');
    }
    return out->failed ? ERZ_E_MEMORY : ERZ_OK;
}
