/* Inputs as batches of documents. */
#include "erz/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

struct erz_input {
    erz_input_options o;
    size_t path;
    int fd;
    bool eof;
    erz_buf carry;
    uint64_t line;
};

struct erz_batch {
    erz_buf text, ids;
    erz_document *docs;
    size_t n, cap;
};

erz_status erz_input_open(const erz_input_options *options, erz_input **out, erz_error *err)
{
    erz_input *in = calloc(1, sizeof *in);
    if (in == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    in->o = *options;
    in->fd = -1;
    *out = in;
    return ERZ_OK;
}

void erz_input_close(erz_input *in)
{
    if (in == NULL) return;
    if (in->fd > 0) close(in->fd);
    erz_buf_free(&in->carry);
    free(in);
}

erz_status erz_batch_new(erz_batch **out, erz_error *err)
{
    *out = calloc(1, sizeof **out);
    return *out == NULL ? erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory") : ERZ_OK;
}

void erz_batch_free(erz_batch *b)
{
    if (b == NULL) return;
    erz_buf_free(&b->text);
    erz_buf_free(&b->ids);
    free(b->docs);
    free(b);
}

size_t erz_batch_count(const erz_batch *b)
{
    return b->n;
}

const erz_document *erz_batch_document(const erz_batch *b, size_t i)
{
    return &b->docs[i];
}

/* Pointers are set as offsets while the buffers grow, and resolved at the end. */
static bool add_doc(erz_batch *b, const char *path, uint64_t number, size_t begin, size_t len)
{
    if (!erz_grow(&b->docs, &b->cap, b->n + 1, sizeof *b->docs)) return false;
    erz_document *d = &b->docs[b->n++];
    memset(d, 0, sizeof *d);
    d->id = (const char *)b->ids.len;
    if (number > 0)
        erz_buf_printf(&b->ids, "%s#%llu", path, (unsigned long long)number);
    else
        erz_buf_printf(&b->ids, "%s", path);
    d->id_len = b->ids.len - (size_t)d->id;
    d->text = (const char *)begin;
    d->len = len;
    d->first = d->last = true;
    return !b->ids.failed;
}

static void resolve(erz_batch *b)
{
    for (size_t i = 0; i < b->n; i++) {
        b->docs[i].id = b->ids.data + (size_t)b->docs[i].id;
        b->docs[i].text = b->text.data + (size_t)b->docs[i].text;
    }
}

static const char *current_path(const erz_input *in)
{
    return in->o.npaths == 0 ? "-" : in->o.paths[in->path];
}

static erz_status open_next(erz_input *in, erz_error *err)
{
    size_t n = in->o.npaths == 0 ? 1 : in->o.npaths;
    for (; in->path < n; in->path++) {
        const char *path = current_path(in);
        in->line = 0;
        in->fd = strcmp(path, "-") == 0 ? 0 : open(path, O_RDONLY | O_CLOEXEC);
        if (in->fd >= 0) return ERZ_OK;
        erz_error e;
        erz_fail(&e, ERZ_E_OPEN, path, 0, 0, "cannot open: %s", strerror(errno));
        if (in->o.report != NULL) in->o.report(in->o.report_context, &e);
    }
    (void)err;
    return ERZ_END;
}

static erz_status fill(erz_input *in, erz_batch *b, erz_error *err)
{
    size_t want = in->o.read_size ? in->o.read_size : 1 << 20;
    if (!erz_buf_reserve(&b->text, want)) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    ssize_t n;
    do n = read(in->fd, b->text.data + b->text.len, want);
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        erz_error e;
        erz_fail(&e, ERZ_E_OPEN, current_path(in), 0, 0, "cannot read: %s", strerror(errno));
        if (in->o.report != NULL) in->o.report(in->o.report_context, &e);
        n = 0;
    }
    b->text.len += (size_t)n;
    in->eof = n == 0;
    return ERZ_OK;
}

static bool split_lines(erz_input *in, erz_batch *b, size_t *begin)
{
    const char *nl;
    while ((nl = memchr(b->text.data + *begin, '\n', b->text.len - *begin)) != NULL || (in->eof && *begin < b->text.len)) {
        size_t end = nl == NULL ? b->text.len : (size_t)(nl - b->text.data);
        if (!add_doc(b, current_path(in), ++in->line, *begin, end - *begin)) return false;
        *begin = end + (nl != NULL);
        if (*begin >= b->text.len) break;
    }
    return true;
}

erz_status erz_input_read(erz_input *in, erz_batch *b, erz_error *err)
{
    b->text.len = b->ids.len = b->n = 0;
    size_t begin = 0;
    while (b->n == 0) {
        if (in->fd < 0) {
            erz_status status = open_next(in, err);
            if (status != ERZ_OK) return status;
        }
        erz_buf_add(&b->text, in->carry.data, in->carry.len);
        in->carry.len = 0;
        do {
            erz_status status = fill(in, b, err);
            if (status != ERZ_OK) return status;
        } while (in->o.docs == ERZ_DOCS_FILE && !in->eof);
        bool good = in->o.docs == ERZ_DOCS_FILE ? add_doc(b, current_path(in), 0, 0, b->text.len) : split_lines(in, b, &begin);
        if (!good) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
        if (!in->eof) {
            erz_buf_add(&in->carry, b->text.data + begin, b->text.len - begin);
            continue;
        }
        if (in->fd > 0) close(in->fd);
        in->fd = -1;
        in->path++;
    }
    resolve(b);
    return ERZ_OK;
}
