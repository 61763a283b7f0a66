/* JSON lines: one object a document (or section), with its text and mentions. */
#include "export.h"

static void put_escaped(erz_buf *out, const char *s, size_t len)
{
    size_t start = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        erz_buf_add(out, s + start, i - start);
        start = i + 1;
        if (c == '\n')
            erz_buf_str(out, "\\n");
        else if (c == '"' || c == '\\')
            erz_buf_printf(out, "\\%c", c);
        else
            erz_buf_printf(out, "\\u%04x", c);
    }
    erz_buf_add(out, s + start, len - start);
}

static void put_string(erz_buf *out, const char *s, size_t len)
{
    erz_buf_char(out, '"');
    put_escaped(out, s, len);
    erz_buf_char(out, '"');
}

static void put_field(erz_buf *out, const char *name, const char *value)
{
    erz_buf_printf(out, ",\"%s\":", name);
    put_string(out, value, strlen(value));
}

/* {"key":"value",...}; the values of a key that stands more than once (party) in a list. */
static void put_attrs(erz_buf *out, const erz_attr *attrs)
{
    erz_buf_str(out, ",\"attrs\":{");
    for (const erz_attr *a = attrs; a != NULL; a = a->next) {
        const char *name = a->key == ERZ_ATTR_OTHER ? a->name : erz_attr_key_name(a->key);
        bool list = a->key >= ERZ_ATTR_BUYER && a->key <= ERZ_ATTR_PARTY;
        if (a != attrs) erz_buf_char(out, ',');
        put_string(out, name, strlen(name));
        erz_buf_str(out, list ? ":[" : ":");
        put_string(out, a->value, strlen(a->value));
        while (list && a->next != NULL && a->next->key == a->key) {
            a = a->next;
            erz_buf_char(out, ',');
            put_string(out, a->value, strlen(a->value));
        }
        if (list) erz_buf_char(out, ']');
    }
    erz_buf_char(out, '}');
}

static void put_mention(erz_buf *out, const erz_text *text, const erz_mention *m, record_position *begin, record_position *end)
{
    erz_buf_str(out, "{\"sent\":");
    erz_buf_u64(out, text->sent_base + m->sent + 1);
    erz_buf_str(out, ",\"begin\":");
    erz_buf_u64(out, record_offset(begin, m->begin));
    erz_buf_str(out, ",\"end\":");
    erz_buf_u64(out, record_offset(end, m->end));
    put_field(out, "type", erz_mention_type_name(m));
    put_field(out, "value", m->value);
    put_field(out, "unit", m->unit);
    put_attrs(out, m->attrs);
    erz_buf_str(out, ",\"text\":");
    put_string(out, text->text + m->begin, m->end - m->begin);
    erz_buf_char(out, '}');
}

erz_status record_jsonl_write(const erz_text *text, erz_offsets offsets, erz_buf *out)
{
    record_position zero = {text, offsets, 0, 0}, begin = zero, end = zero;
    erz_buf_str(out, "{\"doc\":\"");
    record_put_id(out, text->doc, put_escaped);
    erz_buf_str(out, "\",\"base\":"); /* not 0: a later section of a long document */
    erz_buf_u64(out, record_offset(&zero, 0));
    erz_buf_str(out, ",\"text\":");
    put_string(out, text->text, text->len);
    erz_buf_str(out, ",\"mentions\":[");
    for (size_t i = 0; i < text->nmentions; i++) {
        if (i > 0) erz_buf_char(out, ',');
        put_mention(out, text, &text->mentions[i], &begin, &end);
    }
    erz_buf_str(out, "]}\n");
    return out->failed ? ERZ_E_MEMORY : ERZ_OK;
}
