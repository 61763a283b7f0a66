/* Records as TSV. */
#include "erz/record.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "escape.h"
#include "export.h"

/* ';', '=' and '%' separate and escape, so they are percent-encoded inside a value. */
static void write_attr_value(erz_buf *out, const char *s)
{
    for (; *s != '\0'; s++) {
        if (*s == ';' || *s == '=' || *s == '%')
            erz_buf_printf(out, "%%%02X", (unsigned)*s);
        else
            record_escape(out, s, 1);
    }
}

static void write_attrs(erz_buf *out, const erz_attr *attrs)
{
    for (const erz_attr *a = attrs; a != NULL; a = a->next) {
        if (a != attrs) erz_buf_char(out, ';');
        erz_buf_str(out, a->key == ERZ_ATTR_OTHER ? a->name : erz_attr_key_name(a->key));
        erz_buf_char(out, '=');
        write_attr_value(out, a->value);
    }
}

static void write_mention(erz_buf *out, const erz_text *text, const erz_mention *m, record_position *begin,
                          record_position *end)
{
    record_escape(out, text->doc->id, text->doc->id_len);
    erz_buf_char(out, '\t');
    erz_buf_u64(out, text->sent_base + m->sent + 1);
    erz_buf_char(out, '\t');
    erz_buf_u64(out, record_offset(begin, m->begin));
    erz_buf_char(out, '\t');
    erz_buf_u64(out, record_offset(end, m->end));
    erz_buf_char(out, '\t');
    erz_buf_str(out, erz_mention_type_name(m));
    erz_buf_char(out, '\t');
    record_escape(out, m->value, strlen(m->value));
    erz_buf_char(out, '\t');
    record_escape(out, m->unit, strlen(m->unit));
    erz_buf_char(out, '\t');
    write_attrs(out, m->attrs);
    erz_buf_char(out, '\t');
    record_escape(out, text->text + m->begin, m->end - m->begin);
    erz_buf_char(out, '\n');
}

const char *erz_record_header(erz_table table)
{
    return table == ERZ_TABLE_DEALS ? "doc\tsent\tbegin\tend\tdeal\tstatus\tbuyer\ttarget\tseller\tparties\tstake\tamount\tcurr"
                                      "ency\tvaluation\tdate\t"
                                      "evidence\trules\tstake_before\n"
                                    : "doc\tsent\tbegin\tend\ttype\tvalue\tunit\tattrs\ttext\n";
}

erz_status erz_record_write(const erz_text *text, erz_table table, erz_offsets offsets, struct erz_buf *out)
{
    if (table == ERZ_TABLE_DEALS) return record_deals_write(text, offsets, out);
    record_position begin = {text, offsets, 0, 0}, end = begin;
    for (size_t i = 0; i < text->nmentions; i++) write_mention(out, text, &text->mentions[i], &begin, &end);
    return out->failed ? ERZ_E_MEMORY : ERZ_OK;
}
