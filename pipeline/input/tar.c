#include "tar.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum { BLOCK = 512, NAME_MAX_BYTES = 1 << 20 };

struct input_tar {
    input_read_fn *read;
    void *context;
    bool active;
    uint64_t left, padding; /* of the entry's data, and behind it */
    char head[BLOCK];
    size_t head_at, head_len;
    erz_buf name, extra;
    uint64_t size; /* from a pax header */
    bool has_size, has_name, sparse;
};

erz_status input_tar_begin(input_tar **tar, input_read_fn *read, void *context, erz_error *err)
{
    input_tar *t = *tar != NULL ? *tar : calloc(1, sizeof *t);
    if (t == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    t->read = read;
    t->context = context;
    t->active = true;
    t->left = t->padding = 0;
    t->head_at = t->head_len = 0;
    *tar = t;
    return ERZ_OK;
}

void input_tar_end(input_tar *t)
{
    if (t != NULL) t->active = false;
}

void input_tar_free(input_tar *t)
{
    if (t == NULL) return;
    erz_buf_free(&t->name);
    erz_buf_free(&t->extra);
    free(t);
}

bool input_tar_active(const input_tar *t)
{
    return t != NULL && t->active;
}

/* All of to[0, len); *got less: the archive ends. */
static erz_status read_all(input_tar *t, char *to, size_t len, size_t *got, erz_error *err)
{
    *got = 0;
    while (*got < len) {
        size_t n;
        erz_status status = t->read(t->context, to + *got, len - *got, &n, err);
        if (status != ERZ_OK) return status;
        if (n == 0) break;
        *got += n;
    }
    return ERZ_OK;
}

static erz_status cut_off(erz_error *err)
{
    return erz_fail(err, ERZ_E_INPUT, NULL, 0, 0, "the archive ends too early");
}

static erz_status pass_over(input_tar *t, uint64_t n, erz_error *err)
{
    char waste[8192];
    while (n > 0) {
        size_t got, want = n < sizeof waste ? (size_t)n : sizeof waste;
        erz_status status = read_all(t, waste, want, &got, err);
        if (status != ERZ_OK) return status;
        if (got < want) return cut_off(err);
        n -= got;
    }
    return ERZ_OK;
}

/* Octal digits, or with the high bit set a binary number (GNU, star). */
static bool parse_number(const char *p, size_t len, uint64_t *out)
{
    uint64_t n = 0;
    size_t i = 0;
    if ((unsigned char)p[0] & 0x80) {
        for (i = len - 8; i < len; i++) n = n << 8 | (unsigned char)p[i];
        *out = n;
        return n <= INT64_MAX;
    }
    while (i < len && p[i] == ' ') i++;
    for (; i < len && p[i] >= '0' && p[i] <= '7'; i++) n = n * 8 + (uint64_t)(p[i] - '0');
    *out = n;
    return i == len || p[i] == ' ' || p[i] == '\0';
}

static void set_name(input_tar *t, const char *p, size_t len)
{
    t->name.len = 0;
    erz_buf_add(&t->name, p, len);
    erz_buf_char(&t->name, '\0');
}

static size_t field_len(const char *p, size_t max)
{
    const char *nul = memchr(p, '\0', max);
    return nul != NULL ? (size_t)(nul - p) : max;
}

static void name_from_header(input_tar *t, const char *h)
{
    size_t prefix = memcmp(h + 257, "ustar\0", 6) == 0 ? field_len(h + 345, 155) : 0;
    t->name.len = 0;
    erz_buf_add(&t->name, h + 345, prefix);
    if (prefix > 0) erz_buf_char(&t->name, '/');
    erz_buf_add(&t->name, h, field_len(h, 100));
    erz_buf_char(&t->name, '\0');
}

/* Lines `length key=value` of a pax header. */
static void take_pax(input_tar *t)
{
    char *p = t->extra.data, *end = p + t->extra.len;
    while (p < end) {
        size_t len = 0;
        char *q = p;
        while (q < end && *q >= '0' && *q <= '9' && len < (size_t)NAME_MAX_BYTES) len = len * 10 + (size_t)(*q++ - '0');
        if (len < 3 || len > (size_t)(end - p) || *q != ' ' || (size_t)(q + 1 - p) >= len) return;
        char *key = q + 1, *line_end = p + len - 1, *eq = memchr(key, '=', (size_t)(line_end - key));
        if (eq != NULL && eq - key == 4 && memcmp(key, "path", 4) == 0) {
            set_name(t, eq + 1, (size_t)(line_end - eq - 1));
            t->has_name = true;
        } else if (eq != NULL && eq - key == 4 && memcmp(key, "size", 4) == 0) {
            t->size = 0;
            for (char *d = eq + 1; d < line_end && *d >= '0' && *d <= '9'; d++) t->size = t->size * 10 + (uint64_t)(*d - '0');
            t->has_size = true;
        } else if (eq != NULL && eq - key > 10 && memcmp(key, "GNU.sparse", 10) == 0) {
            t->sparse = true;
        }
        p += len;
    }
}

/* A header that describes the next one: its data is kept. */
static erz_status read_extra(input_tar *t, uint64_t size, char type, erz_error *err)
{
    size_t got;
    if (size > NAME_MAX_BYTES) return erz_fail(err, ERZ_E_INPUT, NULL, 0, 0, "the archive has a name of more than 1 MiB");
    t->extra.len = 0;
    if (!erz_buf_reserve(&t->extra, (size_t)size + 1)) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    erz_status status = read_all(t, t->extra.data, (size_t)size, &got, err);
    if (status != ERZ_OK) return status;
    if (got < size) return cut_off(err);
    t->extra.len = got;
    if (type == 'x') take_pax(t);
    if (type == 'L') {
        set_name(t, t->extra.data, field_len(t->extra.data, got));
        t->has_name = true;
    }
    return pass_over(t, (BLOCK - size % BLOCK) % BLOCK, err);
}

static bool is_zero(const char *block, size_t len)
{
    return len == 0 || (block[0] == '\0' && memcmp(block, block + 1, len - 1) == 0);
}

/* The next header; blocks of zeros end an archive, but another may follow. ERZ_END: none. */
static erz_status read_header(input_tar *t, char *h, erz_error *err)
{
    size_t got = BLOCK;
    bool ended = false;
    for (;;) {
        erz_status status = read_all(t, h, BLOCK, &got, err);
        if (status != ERZ_OK) return status;
        if (got == 0 || (ended && got < BLOCK && is_zero(h, got))) return ERZ_END;
        if (got == BLOCK && input_tar_header(h)) return ERZ_OK;
        if (got == BLOCK && is_zero(h, BLOCK))
            ended = true;
        else if (ended)
            return erz_fail(err, ERZ_E_INPUT, NULL, 0, 0, "the archive is followed by something else");
        else if (got < BLOCK)
            return cut_off(err);
        else
            return erz_fail(err, ERZ_E_INPUT, NULL, 0, 0, "the archive is damaged: a header's check sum is wrong");
    }
}

/* The old GNU format lists a sparse file's parts in the header and in blocks behind it. */
static erz_status pass_sparse_map(input_tar *t, const char *h, erz_error *err)
{
    char block[BLOCK];
    for (bool more = h[482] != '\0'; more; more = block[504] != '\0') {
        size_t got;
        erz_status status = read_all(t, block, BLOCK, &got, err);
        if (status != ERZ_OK) return status;
        if (got < BLOCK) return cut_off(err);
    }
    return ERZ_OK;
}

erz_status input_tar_next(input_tar *t, const char **name, erz_error *err)
{
    char h[BLOCK];
    uint64_t size;
    erz_status status = pass_over(t, t->left + t->padding, err);
    t->left = t->padding = 0;
    t->head_at = t->head_len = 0;
    t->has_name = t->has_size = t->sparse = false;
    while (status == ERZ_OK) {
        status = read_header(t, h, err);
        if (status != ERZ_OK) break;
        if (!parse_number(h + 124, 12, &size))
            return erz_fail(err, ERZ_E_INPUT, NULL, 0, 0, "the archive is damaged: a header tells no size");
        char type = h[156];
        if (type == 'x' || type == 'L') {
            status = read_extra(t, size, type, err);
            continue;
        }
        if (t->has_size) size = t->size;
        t->left = size;
        t->padding = (BLOCK - size % BLOCK) % BLOCK;
        if (type == 'S') status = pass_sparse_map(t, h, err);
        if (status != ERZ_OK) return status;
        t->sparse |= type == 'S' || type == 'M'; /* M: goes on from another volume */
        if (type == '0' || type == '\0' || type == '7' || t->sparse) {
            if (!t->has_name) name_from_header(t, h);
            if (t->name.failed) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
            *name = t->name.data;
            return ERZ_OK;
        }
        /* Links, directories and devices have no data, whatever their size field says; sparse files and others do. */
        if (type >= '1' && type <= '6') t->left = t->padding = 0;
        t->has_name = t->has_size = t->sparse = false;
        status = pass_over(t, t->left + t->padding, err);
        t->left = t->padding = 0;
    }
    return status;
}

static erz_status read_data(input_tar *t, char *to, size_t cap, size_t *got, erz_error *err)
{
    *got = 0;
    if (t->left == 0) { /* what pads it comes with it; if not, the next header's reader will tell */
        erz_error padding;
        if (pass_over(t, t->padding, &padding) == ERZ_OK) t->padding = 0;
        return ERZ_OK;
    }
    erz_status status = t->read(t->context, to, t->left < cap ? (size_t)t->left : cap, got, err);
    if (status != ERZ_OK) return status;
    if (*got == 0) return cut_off(err);
    t->left -= *got;
    return ERZ_OK;
}

bool input_tar_sparse(const input_tar *t)
{
    return t->sparse;
}

erz_status input_tar_look(input_tar *t, bool nul, sniff_kind *kind, size_t *bom, erz_error *err)
{
    bool eof = false;
    for (;;) {
        *kind = input_sniff(t->head, t->head_len, eof, nul, bom);
        bool known = *kind != SNIFF_MORE;
        if (known && (*kind != SNIFF_PLAIN || eof || t->head_len >= SNIFF_BYTES)) return ERZ_OK;
        size_t got;
        erz_status status = read_data(t, t->head + t->head_len, BLOCK - t->head_len, &got, err);
        if (status != ERZ_OK) return known && status == ERZ_E_INPUT ? ERZ_OK : status;
        t->head_len += got;
        eof = got == 0;
    }
}

void input_tar_skip(input_tar *t, size_t n)
{
    t->head_at += n;
}

erz_status input_tar_read(input_tar *t, char *to, size_t cap, size_t *got, erz_error *err)
{
    size_t have = t->head_len - t->head_at;
    if (have == 0) return read_data(t, to, cap, got, err);
    *got = have < cap ? have : cap;
    memcpy(to, t->head + t->head_at, *got);
    t->head_at += *got;
    return ERZ_OK;
}
