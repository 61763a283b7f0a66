/* The bytes of one input: descriptor -> decompressor -> archive entry -> UTF-16/32 converter, each only where needed. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "codec.h"
#include "reader.h"
#include "sniff.h"
#include "tar.h"
#include "wide.h"

enum { CODED_BYTES = 1 << 16 };

struct input_source {
    const erz_input_options *options;
    erz_buf path, name; /* NUL-terminated */
    int fd;
    bool regular, eof;        /* eof: of the descriptor */
    bool coded_end, finished; /* of the decompressed data; of the entry */
    uint64_t bytes;
    erz_buf coded; /* compressed bytes not yet used: from coded_at */
    size_t coded_at;
    input_codec *codec;
    erz_error failure; /* of the decompressor: told when what it had made before is used up */
    erz_buf head;      /* bytes looked at in advance: from head_at */
    size_t head_at;
    input_tar *tar;
    input_wide *wide;
    bool utf8, binary;
};

erz_status input_source_new(const erz_input_options *options, input_source **out, erz_error *err)
{
    input_source *s = calloc(1, sizeof *s);
    if (s == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    s->options = options;
    s->fd = -1;
    *out = s;
    return ERZ_OK;
}

void input_source_free(input_source *s)
{
    if (s == NULL) return;
    input_source_close(s);
    input_tar_free(s->tar);
    input_wide_free(s->wide);
    erz_buf_free(&s->path);
    erz_buf_free(&s->name);
    erz_buf_free(&s->coded);
    erz_buf_free(&s->head);
    free(s);
}

void input_source_close(input_source *s)
{
    if (s->fd > STDIN_FILENO) close(s->fd);
    s->fd = -1;
    input_codec_free(s->codec);
    s->codec = NULL;
    input_tar_end(s->tar);
    input_wide_end(s->wide);
}

const char *input_source_name(const input_source *s)
{
    return s->name.data;
}

uint64_t input_source_bytes(const input_source *s)
{
    return s->bytes;
}

bool input_source_utf8(const input_source *s)
{
    return s->utf8;
}

static erz_status no_memory(erz_error *err)
{
    return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
}

static bool set_string(erz_buf *buf, const char *s)
{
    buf->len = 0;
    erz_buf_add(buf, s, strlen(s) + 1);
    return !buf->failed;
}

static void set_file(erz_error *err, const char *name)
{
    snprintf(err->file, sizeof err->file, "%s", name);
}

/* Wait for the descriptor or a request to stop; a regular file is always ready. */
static bool wait_ready(const input_source *s)
{
    if (s->regular || s->options->stop_fd <= 0) return true;
    struct pollfd p[2] = {{s->fd, POLLIN, 0}, {s->options->stop_fd, POLLIN, 0}};
    while (poll(p, 2, -1) < 0)
        if (errno != EINTR) return true;
    return p[1].revents == 0;
}

static erz_status read_fd(input_source *s, char *to, size_t cap, size_t *got, erz_error *err)
{
    ssize_t n = 0;
    size_t most = s->options->read_size;
    if (cap > most) cap = most;
    if (!s->eof) {
        do {
            if (!wait_ready(s)) return ERZ_END;
            n = read(s->fd, to, cap);
        } while (n < 0 && errno == EINTR);
        if (n < 0) return erz_fail(err, ERZ_E_IO, s->path.data, 0, 0, "cannot read: %s", strerror(errno));
        s->eof = n == 0;
        s->bytes += (uint64_t)n;
    }
    *got = (size_t)n;
    return ERZ_OK;
}

static erz_status fill_coded(input_source *s, erz_error *err)
{
    memmove(s->coded.data, s->coded.data + s->coded_at, s->coded.len - s->coded_at);
    s->coded.len -= s->coded_at;
    s->coded_at = 0;
    if (!erz_buf_reserve(&s->coded, CODED_BYTES)) return no_memory(err);
    size_t got = 0;
    erz_status status = read_fd(s, s->coded.data + s->coded.len, CODED_BYTES, &got, err);
    s->coded.len += got;
    return status;
}

static erz_status read_coded(input_source *s, char *to, size_t cap, size_t *got, erz_error *err)
{
    *got = 0;
    if (s->failure.status != ERZ_OK) {
        *err = s->failure;
        return s->failure.status;
    }
    while (*got == 0 && !s->coded_end) {
        size_t len = s->coded.len - s->coded_at, made = cap;
        bool done;
        erz_status status = input_codec_decode(s->codec, s->coded.data + s->coded_at, &len, s->eof, to, &made, &done, err);
        s->coded_at += len;
        *got = made;
        if (status == ERZ_E_INPUT && made > 0) {
            s->failure = *err;
            return ERZ_OK;
        }
        if (status != ERZ_OK) return status;
        s->coded_end = done;
        if (made == 0 && !done && (len == 0 || s->coded_at == s->coded.len) && !s->eof) {
            status = fill_coded(s, err);
            if (status != ERZ_OK) return status;
        }
    }
    return ERZ_OK;
}

/* Decompressed bytes, those looked at in advance first. */
static erz_status read_bytes(void *context, char *to, size_t cap, size_t *got, erz_error *err)
{
    input_source *s = context;
    size_t have = s->head.len - s->head_at;
    if (have > 0) {
        *got = have < cap ? have : cap;
        memcpy(to, s->head.data + s->head_at, *got);
        s->head_at += *got;
        return ERZ_OK;
    }
    return s->codec != NULL ? read_coded(s, to, cap, got, err) : read_fd(s, to, cap, got, err);
}

/* Look at the first bytes until they tell what they are. */
static erz_status look(input_source *s, sniff_kind *kind, size_t *bom, erz_error *err)
{
    bool eof = false;
    bool nul = s->options->docs == ERZ_DOCS_NUL;
    s->head.len = s->head_at = 0;
    while ((*kind = input_sniff(s->head.data, s->head.len, eof, nul, bom)) == SNIFF_MORE) {
        size_t got = 0, want = SNIFF_BYTES - s->head.len;
        if (!erz_buf_reserve(&s->head, SNIFF_BYTES)) return no_memory(err);
        char *to = s->head.data + s->head.len;
        erz_status status = s->codec != NULL ? read_coded(s, to, want, &got, err) : read_fd(s, to, want, &got, err);
        if (status != ERZ_OK) return status;
        s->head.len += got;
        eof = got == 0;
    }
    return ERZ_OK;
}

static erz_status start_codec(input_source *s, sniff_kind kind, erz_error *err)
{
    s->failure.status = ERZ_OK;
    s->coded.len = s->coded_at = 0;
    erz_buf_add(&s->coded, s->head.data, s->head.len);
    s->head.len = 0;
    if (s->coded.failed) return no_memory(err);
    return input_codec_new(kind, &s->codec, err);
}

/* The bytes are text, or an entry of an archive: prepare its conversion. */
static erz_status start_text(input_source *s, sniff_kind kind, size_t bom, erz_error *err)
{
    s->utf8 = kind == SNIFF_UTF8_BOM;
    s->binary = kind == SNIFF_BINARY;
    if (s->binary) return erz_fail(err, ERZ_E_INPUT, s->name.data, 0, 0, "not text: a binary file");
    /* In plain text the mark stays, so that offsets are those of the file. */
    if (kind == SNIFF_UTF8_BOM && s->options->docs <= ERZ_DOCS_NUL) bom = 0;
    if (input_tar_active(s->tar))
        input_tar_skip(s->tar, bom);
    else
        s->head_at += bom;
    const char *encoding = kind == SNIFF_UTF16LE   ? "UTF-16LE"
                           : kind == SNIFF_UTF16BE ? "UTF-16BE"
                           : kind == SNIFF_UTF32LE ? "UTF-32LE"
                           : kind == SNIFF_UTF32BE ? "UTF-32BE"
                                                   : NULL;
    if (encoding == NULL && kind == SNIFF_PLAIN && input_wide_named(s->options->encoding)) encoding = s->options->encoding;
    if (encoding == NULL) return ERZ_OK;
    s->utf8 = true;
    return input_wide_begin(&s->wide, encoding, err);
}

static erz_status start(input_source *s, erz_error *err)
{
    sniff_kind kind;
    size_t bom;
    erz_status status = look(s, &kind, &bom, err);
    if (status == ERZ_OK && kind >= SNIFF_GZIP && kind <= SNIFF_BZIP2) {
        status = start_codec(s, kind, err);
        if (status == ERZ_OK) status = look(s, &kind, &bom, err);
    }
    if (status != ERZ_OK) return status;
    if (kind == SNIFF_TAR) {
        status = input_tar_begin(&s->tar, read_bytes, s, err);
        return status == ERZ_OK ? input_source_next(s, err) : status;
    }
    return start_text(s, kind, bom, err);
}

erz_status input_source_open(input_source *s, const char *path, erz_error *err)
{
    struct stat st;
    s->eof = s->coded_end = s->finished = s->utf8 = false;
    s->bytes = 0;
    s->head.len = s->head_at = s->coded.len = s->coded_at = 0;
    if (!set_string(&s->path, path) || !set_string(&s->name, path)) return no_memory(err);
    s->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : input_open_path(path, O_RDONLY);
    if (s->fd < 0) return erz_fail(err, ERZ_E_OPEN, path, 0, 0, "cannot open: %s", strerror(errno));
    s->regular = fstat(s->fd, &st) == 0 && S_ISREG(st.st_mode);
    erz_status status = start(s, err);
    if (status != ERZ_OK) input_source_close(s);
    if (status != ERZ_OK && status != ERZ_END && err->file[0] == '\0') set_file(err, path);
    return status;
}

erz_status input_source_next(input_source *s, erz_error *err)
{
    const char *entry;
    sniff_kind kind;
    size_t bom;
    input_wide_end(s->wide);
    if (!input_tar_active(s->tar)) return ERZ_END;
    erz_status status = input_tar_next(s->tar, &entry, err);
    if (status != ERZ_OK) return status;
    s->name.len = 0;
    erz_buf_printf(&s->name, "%s!%s", s->path.data, entry);
    if (s->name.failed) return no_memory(err);
    s->name.len++;
    s->finished = s->binary = false;
    status = input_tar_look(s->tar, s->options->docs == ERZ_DOCS_NUL, &kind, &bom, err);
    return status == ERZ_OK ? start_text(s, kind, bom, err) : status;
}

bool input_source_more(const input_source *s)
{
    return s->binary && input_tar_active(s->tar);
}

/* Bytes of the input or entry before conversion. */
static erz_status read_entry(void *context, char *to, size_t cap, size_t *got, erz_error *err)
{
    input_source *s = context;
    return input_tar_active(s->tar) ? input_tar_read(s->tar, to, cap, got, err) : read_bytes(s, to, cap, got, err);
}

erz_status input_source_read(input_source *s, char *to, size_t cap, size_t *got, erz_error *err)
{
    *got = 0;
    if (s->finished) return ERZ_OK;
    erz_status status = input_wide_active(s->wide) ? input_wide_read(s->wide, read_entry, s, to, cap, got, err)
                                                   : read_entry(s, to, cap, got, err);
    s->finished = status != ERZ_OK || *got == 0;
    if (status != ERZ_OK && err->file[0] == '\0') set_file(err, s->name.data);
    return status;
}

bool input_source_blocks(const input_source *s)
{
    if (s->fd < 0 || s->regular || s->eof || s->finished || s->head_at < s->head.len || s->coded_at < s->coded.len)
        return false;
    struct pollfd p = {s->fd, POLLIN, 0};
    return poll(&p, 1, 0) == 0;
}
