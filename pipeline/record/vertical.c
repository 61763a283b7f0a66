/* Vertical text (cwb.sourceforge.io, the Corpus Encoding Tutorial): a token and its class a line; documents, sentences and
 * mentions as structures. Structures of a mention nest; one that would cross another is left out. */
#include "export.h"

enum { DEPTH = 8 };

static void put_escaped(erz_buf *out, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (s[i] == '&')
            erz_buf_str(out, "&amp;");
        else if (s[i] == '<')
            erz_buf_str(out, "&lt;");
        else if (s[i] == '>')
            erz_buf_str(out, "&gt;");
        else if (s[i] == '"')
            erz_buf_str(out, "&quot;");
        else
            erz_buf_char(out, (unsigned char)s[i] < ' ' ? ' ' : s[i]);
    }
}

static void put_attribute(erz_buf *out, const char *name, const char *value, size_t len)
{
    erz_buf_printf(out, " %s=\"", name);
    put_escaped(out, value, len);
    erz_buf_char(out, '"');
}

static void put_open(erz_buf *out, const erz_mention *m)
{
    erz_buf_printf(out, "<%s", erz_mention_type_name(m));
    put_attribute(out, "value", m->value, strlen(m->value));
    put_attribute(out, "unit", m->unit, strlen(m->unit));
    erz_buf_str(out, " attrs=\"");
    for (const erz_attr *a = m->attrs; a != NULL; a = a->next) {
        if (a != m->attrs) erz_buf_char(out, ';');
        erz_buf_printf(out, "%s=", a->key == ERZ_ATTR_OTHER ? a->name : erz_attr_key_name(a->key));
        put_escaped(out, a->value, strlen(a->value));
    }
    erz_buf_str(out, "\">\n");
}

/* Mentions that are open, the innermost last. */
typedef struct nesting {
    const erz_mention *open[DEPTH];
    size_t n;
    size_t next; /* mention that may begin next */
} nesting;

/* The longest of those that begin at a token go outermost. */
static const erz_mention *longest(const erz_text *text, const nesting *n, uint32_t token, uint32_t limit)
{
    const erz_mention *best = NULL;
    for (size_t i = n->next; i < text->nmentions && text->mentions[i].first <= token; i++) {
        const erz_mention *m = &text->mentions[i];
        if (m->first == token && m->last <= limit && (best == NULL || m->last > best->last)) best = m;
    }
    return best;
}

static bool is_open(const nesting *n, const erz_mention *m)
{
    for (size_t i = 0; i < n->n; i++)
        if (n->open[i] == m) return true;
    return false;
}

static void begin_mentions(erz_buf *out, const erz_text *text, nesting *n, uint32_t token, uint32_t sentence_last)
{
    while (n->next < text->nmentions && text->mentions[n->next].last < token) n->next++;
    while (n->n < DEPTH) {
        uint32_t limit = n->n > 0 ? n->open[n->n - 1]->last : sentence_last;
        const erz_mention *m = longest(text, n, token, limit);
        if (m == NULL || is_open(n, m)) break;
        put_open(out, m);
        n->open[n->n++] = m;
    }
}

static void end_mentions(erz_buf *out, nesting *n, uint32_t token)
{
    while (n->n > 0 && n->open[n->n - 1]->last <= token) erz_buf_printf(out, "</%s>\n", erz_mention_type_name(n->open[--n->n]));
}

erz_status record_vertical_write(const erz_text *text, erz_buf *out)
{
    const erz_tokens *t = &text->tokens;
    nesting n = {.n = 0};
    if (text->doc->first) {
        erz_buf_str(out, "<doc id=\"");
        record_put_id(out, text->doc, put_escaped);
        erz_buf_str(out, "\">\n");
    }
    for (size_t s = 0; s < t->nsent; s++) {
        erz_buf_str(out, "<s id=\"");
        erz_buf_u64(out, text->sent_base + s + 1);
        erz_buf_str(out, "\">\n");
        for (uint32_t i = t->sent[s]; i < t->sent[s + 1]; i++) {
            begin_mentions(out, text, &n, i, t->sent[s + 1] - 1);
            put_escaped(out, text->text + t->begin[i], t->end[i] - t->begin[i]);
            erz_buf_char(out, '\t');
            erz_buf_str(out, erz_token_class_name((erz_token_class)t->cls[i]));
            erz_buf_char(out, '\n');
            end_mentions(out, &n, i);
        }
        erz_buf_str(out, "</s>\n");
    }
    if (text->doc->last) erz_buf_str(out, "</doc>\n");
    return out->failed ? ERZ_E_MEMORY : ERZ_OK;
}
