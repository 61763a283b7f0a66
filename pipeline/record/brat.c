/* brat standoff (brat.nlplab.org/standoff.html) as a tar archive: for each document NAME.txt and NAME.ann. Offsets are code
 * points of the text, as brat counts them. */
#include "export.h"

enum { BLOCK = 512 };

/* The document's id as a path that stays below where it is unpacked. */
static void put_name(erz_buf *name, const erz_document *doc)
{
    const char *id = doc->id;
    size_t len = doc->id_len, begin = 0;
    while (begin < len) {
        size_t end = begin;
        while (end < len && id[end] != '/') end++;
        size_t n = end - begin;
        bool dots = (n == 1 && id[begin] == '.') || (n == 2 && id[begin] == '.' && id[begin + 1] == '.');
        if (n > 0 && !dots) {
            if (name->len > 0) erz_buf_char(name, '/');
            for (size_t i = begin; i < end; i++) erz_buf_char(name, id[i] == '\0' ? '_' : id[i]);
        }
        begin = end + 1;
    }
    if (name->len == 0 || (name->len == 1 && name->data[0] == '-')) {
        name->len = 0;
        erz_buf_str(name, "stdin");
    }
    if (doc->base > 0) erz_buf_printf(name, "@%llu", (unsigned long long)doc->base);
}

static void put_octal(char *field, size_t digits, uint64_t n)
{
    for (size_t i = digits; i > 0; i--, n >>= 3) field[i - 1] = (char)('0' + (n & 7));
}

/* A header block; time and owner are 0, so that the same text gives the same bytes. */
static void put_header(erz_buf *out, const char *name, size_t name_len, char type, size_t size)
{
    char h[BLOCK] = {0};
    unsigned sum = 0;
    memcpy(h, name, name_len < 100 ? name_len : 100);
    put_octal(h + 100, 7, 0644);
    put_octal(h + 108, 7, 0);
    put_octal(h + 116, 7, 0);
    put_octal(h + 124, 11, size);
    put_octal(h + 136, 11, 0);
    memset(h + 148, ' ', 8);
    h[156] = type;
    memcpy(h + 257, "ustar", 6);
    memcpy(h + 263, "00", 2);
    for (size_t i = 0; i < BLOCK; i++) sum += (unsigned char)h[i];
    put_octal(h + 148, 6, sum);
    h[154] = '\0';
    erz_buf_add(out, h, BLOCK);
}

static void pad(erz_buf *out, size_t size)
{
    static const char zeros[BLOCK];
    erz_buf_add(out, zeros, (BLOCK - size % BLOCK) % BLOCK);
}

static void put_entry(erz_buf *out, const erz_buf *name, const char *suffix, const char *data, size_t len)
{
    erz_buf path = {0}, line = {0};
    erz_buf_add(&path, name->data, name->len);
    erz_buf_str(&path, suffix);
    if (path.len > 100 && !path.failed) { /* a pax header: `length path=NAME`, the length counts itself */
        size_t n = path.len + 7, digits = 1;
        for (size_t k = 10; n + digits >= k; k *= 10) digits++;
        erz_buf_printf(&line, "%zu path=", n + digits);
        erz_buf_add(&line, path.data, path.len);
        erz_buf_char(&line, '\n');
        put_header(out, "pax", 3, 'x', line.len);
        erz_buf_add(out, line.data, line.len);
        pad(out, line.len);
    }
    if (!path.failed) put_header(out, path.data, path.len, '0', len);
    erz_buf_add(out, data, len);
    pad(out, len);
    out->failed |= path.failed || line.failed;
    erz_buf_free(&path);
    erz_buf_free(&line);
}

/* A span with a line break is given in parts: brat has no line breaks in its texts. */
static void put_span(erz_buf *ann, const erz_text *text, const erz_mention *m, record_position *p)
{
    const char *s = text->text;
    uint32_t from = m->begin;
    for (uint32_t i = m->begin; i <= m->end; i++) {
        if (i < m->end && s[i] != '\n' && s[i] != '\r') continue;
        if (i > from) {
            erz_buf_char(ann, from == m->begin ? ' ' : ';');
            erz_buf_u64(ann, record_offset(p, from));
            erz_buf_char(ann, ' ');
            erz_buf_u64(ann, record_offset(p, i));
        }
        from = i + 1;
    }
    erz_buf_char(ann, '\t');
    for (uint32_t i = m->begin; i < m->end; i++) erz_buf_char(ann, s[i] == '\n' || s[i] == '\r' || s[i] == '\t' ? ' ' : s[i]);
}

static void put_note(erz_buf *ann, size_t number, const erz_mention *m)
{
    erz_buf_printf(ann, "\n#%zu\tAnnotatorNotes T%zu\tvalue=%s", number, number, m->value);
    if (m->unit[0] != '\0') erz_buf_printf(ann, " unit=%s", m->unit);
    for (const erz_attr *a = m->attrs; a != NULL; a = a->next)
        erz_buf_printf(ann, " %s=%s", a->key == ERZ_ATTR_OTHER ? a->name : erz_attr_key_name(a->key), a->value);
    erz_buf_char(ann, '\n');
}

erz_status record_brat_write(const erz_text *text, erz_buf *out)
{
    erz_buf name = {0}, ann = {0};
    erz_document whole = *text->doc;
    erz_text own = *text; /* offsets in NAME.txt: from the section's beginning */
    whole.base_char = 0;
    own.doc = &whole;
    record_position p = {&own, ERZ_OFFSETS_CHAR, 0, 0};
    for (size_t i = 0; i < text->nmentions; i++) {
        const erz_mention *m = &text->mentions[i];
        erz_buf_printf(&ann, "T%zu\t%s", i + 1, erz_mention_type_name(m));
        put_span(&ann, text, m, &p);
        put_note(&ann, i + 1, m);
    }
    put_name(&name, text->doc);
    put_entry(out, &name, ".txt", text->text, text->len);
    put_entry(out, &name, ".ann", ann.data == NULL ? "" : ann.data, ann.len);
    bool failed = out->failed || name.failed || ann.failed;
    erz_buf_free(&name);
    erz_buf_free(&ann);
    return failed ? ERZ_E_MEMORY : ERZ_OK;
}
