#include "escape.h"

char record_escape_letter(char c)
{
    return c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\\' ? '\\' : '\0';
}

void record_escape(erz_buf *out, const char *s, size_t len)
{
    size_t start = 0;
    for (size_t i = 0; i < len; i++) {
        /* '\\' is 0x5c, the others are control characters: one comparison passes ordinary text. */
        if ((unsigned char)s[i] >= ' ' && s[i] != '\\') continue;
        char c = record_escape_letter(s[i]);
        if (c == '\0') continue;
        erz_buf_add(out, s + start, i - start);
        erz_buf_char(out, '\\');
        erz_buf_char(out, c);
        start = i + 1;
    }
    erz_buf_add(out, s + start, len - start);
}

size_t record_unescape(char *s, size_t len)
{
    const char *p = memchr(s, '\\', len);
    if (p == NULL) return len;
    size_t n = (size_t)(p - s);
    for (size_t i = n; i < len; i++) {
        char c = s[i];
        if (c == '\\' && i + 1 < len) {
            c = s[++i];
            c = c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c;
        }
        s[n++] = c;
    }
    return n;
}
