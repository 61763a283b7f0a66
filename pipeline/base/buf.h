/* A growable byte buffer. After a failed call `failed` is set and later calls do nothing: check once at the end. */
#ifndef ERZ_BASE_BUF_H
#define ERZ_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct erz_buf {
    char *data;
    size_t len, cap;
    bool failed;
} erz_buf;

/* Make room for `more` bytes behind len; false: memory is short. */
bool erz_buf_reserve(erz_buf *buf, size_t more);
void erz_buf_free(erz_buf *buf);
void erz_buf_u64(erz_buf *buf, uint64_t n); /* decimal digits */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void erz_buf_printf(erz_buf *buf, const char *format, ...);
/* Zeros up to a multiple of align. */
void erz_buf_pad(erz_buf *buf, size_t align);

static inline void erz_buf_add(erz_buf *buf, const void *data, size_t len)
{
    if ((buf->cap - buf->len < len || buf->failed) && !erz_buf_reserve(buf, len)) return;
    if (len > 0) memcpy(buf->data + buf->len, data, len);
    buf->len += len;
}

static inline void erz_buf_char(erz_buf *buf, char c)
{
    if ((buf->cap == buf->len || buf->failed) && !erz_buf_reserve(buf, 1)) return;
    buf->data[buf->len++] = c;
}

static inline void erz_buf_str(erz_buf *buf, const char *s)
{
    erz_buf_add(buf, s, strlen(s));
}

/* Grow *array (elements of `size` bytes) to at least `need` elements; false: memory is short, nothing changed. */
bool erz_grow(void *array, size_t *cap, size_t need, size_t size);

#endif
