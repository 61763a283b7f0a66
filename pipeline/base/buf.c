#include "buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

bool erz_buf_reserve(erz_buf *buf, size_t more)
{
    if (buf->failed) return false;
    if (more <= buf->cap - buf->len) return true;
    if (more > SIZE_MAX / 4 || !erz_grow(&buf->data, &buf->cap, buf->len + more, 1)) {
        buf->failed = true;
        return false;
    }
    return true;
}

void erz_buf_free(erz_buf *buf)
{
    free(buf->data);
    memset(buf, 0, sizeof *buf);
}

void erz_buf_u64(erz_buf *buf, uint64_t n)
{
    char digits[20];
    size_t i = sizeof digits;
    do digits[--i] = (char)('0' + n % 10);
    while ((n /= 10) != 0);
    erz_buf_add(buf, digits + i, sizeof digits - i);
}

void erz_buf_printf(erz_buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len >= 0 && erz_buf_reserve(buf, (size_t)len + 1)) {
        vsnprintf(buf->data + buf->len, (size_t)len + 1, format, again);
        buf->len += (size_t)len;
    }
    va_end(again);
}

void erz_buf_pad(erz_buf *buf, size_t align)
{
    while (buf->len % align != 0 && !buf->failed) erz_buf_char(buf, '\0');
}

bool erz_grow(void *array, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap) return true;
    size_t want = *cap < 16 ? 16 : *cap + *cap / 2;
    if (want < need) want = need;
    if (want > SIZE_MAX / size) return false;
    void *old, *fresh;
    memcpy(&old, array, sizeof old);
    fresh = realloc(old, want * size);
    if (fresh == NULL) return false;
    memcpy(array, &fresh, sizeof fresh);
    *cap = want;
    // cppcheck-suppress memleak
    return true;
}
