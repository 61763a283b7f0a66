/* The bytes of one input: descriptor -> decompressor -> archive entry -> its decompressor -> UTF-16/32 converter, each only
 * where needed. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "coded.h"
#include "list.h"
#include "reader.h"
#include "sniff.h"
#include "tar.h"
#include "wide.h"

struct input_source {
    const erz_input_options *options;
    erz_buf path, name; /* NUL-terminated */
    int fd;
    bool regular, eof; /* eof: of the descriptor */
    bool finished;     /* of the entry */
    uint64_t bytes;
    input_coded coded, entry; /* the file is compressed; the archive's entry is */
    erz_buf head, entry_head; /* bytes looked at in advance: from head_at, entry_at */
    size_t head_at, entry_at;
    input_tar *tar;
    input_wide *wide;
    bool utf8, broken, stopped; /* broken: the archive itself is damaged */
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
    input_coded_free(&s->coded);
    input_coded_free(&s->entry);
    erz_buf_free(&s->path);
    erz_buf_free(&s->name);
    erz_buf_free(&s->head);
    erz_buf_free(&s->entry_head);
    free(s);
}

void input_source_close(input_source *s)
{
    if (s->fd > STDIN_FILENO) close(s->fd);
    s->fd = -1;
    input_coded_end(&s->coded);
    input_coded_end(&s->entry);
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

static erz_status read_fd(void *context, char *to, size_t cap, size_t *got, erz_error *err)
{
    input_source *s = context;
    ssize_t n = 0;
    size_t most = s->options->read_size;
    if (cap > most) cap = most;
    if (!s->eof) {
        do {
            s->stopped = !s->regular && !input_wait(s->fd, s->options->stop_fd); /* a regular file is always ready */
            if (s->stopped) return ERZ_END;
            n = read(s->fd, to, cap);
        } while (n < 0 && errno == EINTR);
        if (n < 0) return erz_fail(err, ERZ_E_IO, s->path.data, 0, 0, "cannot read: %s", strerror(errno));
        s->eof = n == 0;
        s->bytes += (uint64_t)n;
    }
    *got = (size_t)n;
    return ERZ_OK;
}

static erz_status read_plain(void *context, char *to, size_t cap, size_t *got, erz_error *err)
{
    input_source *s = context;
    return s->coded.codec != NULL ? input_coded_read(&s->coded, to, cap, got, err) : read_fd(s, to, cap, got, err);
}

/* Decompressed bytes of the file, those looked at in advance first. */
static erz_status read_bytes(void *context, char *to, size_t cap, size_t *got, erz_error *err)
{
    input_source *s = context;
    size_t have = s->head.len - s->head_at;
    if (have == 0) return read_plain(s, to, cap, got, err);
    *got = have < cap ? have : cap;
    memcpy(to, s->head.data + s->head_at, *got);
    s->head_at += *got;
    return ERZ_OK;
}

/* Bytes of the archive's entry as they are stored. */
static erz_status read_stored(void *context, char *to, size_t cap, size_t *got, erz_error *err)
{
    input_source *s = context;
    erz_status status = input_tar_read(s->tar, to, cap, got, err);
    s->broken |= status != ERZ_OK;
    return status;
}

static erz_status read_unpacked(void *context, char *to, size_t cap, size_t *got, erz_error *err)
{
    input_source *s = context;
    return input_coded_read(&s->entry, to, cap, got, err);
}

/* Look at the first bytes that `read` gives until they tell what they are; they stay in head. Where there is no waiting for
 * bytes, as many as are ever of use are asked for. Damage behind bytes that tell is met again when the text is read. */
static erz_status look(input_source *s, input_read_fn *read, erz_buf *head, sniff_kind *kind, size_t *bom, erz_error *err)
{
    bool eof = false;
    bool nul = s->options->docs == ERZ_DOCS_NUL;
    head->len = 0;
    for (;;) {
        *kind = input_sniff(head->data, head->len, eof, nul, bom);
        bool known = *kind != SNIFF_MORE;
        if (known && (*kind != SNIFF_PLAIN || !s->regular || eof || head->len >= SNIFF_BYTES)) return ERZ_OK;
        size_t got = 0, want = SNIFF_BYTES - head->len;
        if (!erz_buf_reserve(head, SNIFF_BYTES)) return no_memory(err);
        erz_status status = read(s, head->data + head->len, want, &got, err);
        if (status != ERZ_OK) return known && status == ERZ_E_INPUT ? ERZ_OK : status;
        head->len += got;
        eof = got == 0;
    }
}

static bool is_coded(sniff_kind kind)
{
    return kind >= SNIFF_GZIP && kind <= SNIFF_BZIP2;
}

/* The bytes are text: prepare its conversion. *skip: bytes of the mark that are no part of it. */
static erz_status start_text(input_source *s, sniff_kind kind, size_t bom, size_t *skip, erz_error *err)
{
    s->utf8 = kind == SNIFF_UTF8_BOM;
    if (kind == SNIFF_BINARY) return erz_fail(err, ERZ_E_INPUT, s->name.data, 0, 0, "not text: a binary file");
    if (kind == SNIFF_TAR || is_coded(kind))
        return erz_fail(err, ERZ_E_INPUT, s->name.data, 0, 0, "not text: compressed or archived more than once");
    /* In plain text the mark stays, so that offsets are those of the file. */
    *skip = kind == SNIFF_UTF8_BOM && s->options->docs <= ERZ_DOCS_NUL ? 0 : bom;
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
    size_t bom, skip = 0;
    erz_status status = look(s, read_fd, &s->head, &kind, &bom, err);
    if (status == ERZ_OK && is_coded(kind)) {
        status = input_coded_begin(&s->coded, kind, s->head.data, s->head.len, read_fd, s, err);
        if (status == ERZ_OK) status = look(s, read_plain, &s->head, &kind, &bom, err);
        /* Damaged before it tells: the failure comes again when it is read, and there may be text behind. */
        if (status == ERZ_E_INPUT && s->coded.failure.status == ERZ_E_INPUT && s->options->docs != ERZ_DOCS_FILE) {
            kind = SNIFF_PLAIN;
            bom = 0;
            status = ERZ_OK;
        }
    }
    if (status != ERZ_OK) return status;
    if (kind == SNIFF_TAR) return input_tar_begin(&s->tar, read_bytes, s, err);
    status = start_text(s, kind, bom, &skip, err);
    s->head_at += skip;
    return status;
}

erz_status input_source_open(input_source *s, const char *path, erz_error *err)
{
    struct stat st;
    s->eof = s->finished = s->utf8 = s->broken = s->stopped = false;
    s->bytes = 0;
    s->head.len = s->head_at = s->entry_head.len = s->entry_at = 0;
    if (!set_string(&s->path, path) || !set_string(&s->name, path)) return no_memory(err);
    s->fd = input_open_stream(path);
    if (s->fd < 0) return erz_fail(err, ERZ_E_OPEN, path, 0, 0, "cannot open: %s", strerror(errno));
    s->regular = fstat(s->fd, &st) == 0 && S_ISREG(st.st_mode);
    erz_status status = start(s, err);
    if (status != ERZ_OK) input_source_close(s);
    if (status != ERZ_OK && status != ERZ_END && err->file[0] == '\0') set_file(err, path);
    return status;
}

/* What the entry holds: text, perhaps compressed. */
static erz_status start_entry(input_source *s, erz_error *err)
{
    sniff_kind kind;
    size_t bom, skip = 0;
    erz_status status = input_tar_look(s->tar, s->options->docs == ERZ_DOCS_NUL, &kind, &bom, err);
    s->broken |= status != ERZ_OK;
    bool coded = status == ERZ_OK && is_coded(kind);
    if (coded) status = input_coded_begin(&s->entry, kind, NULL, 0, read_stored, s, err);
    if (coded && status == ERZ_OK) status = look(s, read_unpacked, &s->entry_head, &kind, &bom, err);
    if (status == ERZ_OK) status = start_text(s, kind, bom, &skip, err);
    if (status != ERZ_OK) return status;
    if (coded)
        s->entry_at += skip;
    else
        input_tar_skip(s->tar, skip);
    return ERZ_OK;
}

erz_status input_source_next(input_source *s, erz_error *err)
{
    const char *entry;
    input_wide_end(s->wide);
    input_coded_end(&s->entry);
    s->entry_head.len = s->entry_at = 0;
    if (!input_tar_active(s->tar)) return ERZ_END;
    erz_status status = input_tar_next(s->tar, &entry, err);
    s->broken |= status != ERZ_OK;
    if (status != ERZ_OK && status != ERZ_END && err->file[0] == '\0') set_file(err, s->path.data);
    if (status != ERZ_OK) return status;
    s->name.len = 0;
    erz_buf_printf(&s->name, "%s!%s", s->path.data, entry);
    if (s->name.failed) return no_memory(err);
    s->name.len++;
    s->finished = false;
    status = input_tar_sparse(s->tar) ? erz_fail(err, ERZ_E_INPUT, NULL, 0, 0, "not read: a file that is stored in parts")
                                      : start_entry(s, err);
    if (status != ERZ_OK && status != ERZ_END && err->file[0] == '\0') set_file(err, s->name.data);
    return status;
}

bool input_source_archive(const input_source *s)
{
    return input_tar_active(s->tar);
}

bool input_source_more(const input_source *s)
{
    return input_tar_active(s->tar) && !s->broken;
}

bool input_source_stopped(const input_source *s)
{
    return s->stopped;
}

/* Bytes of the input or entry before conversion. */
static erz_status read_entry(void *context, char *to, size_t cap, size_t *got, erz_error *err)
{
    input_source *s = context;
    size_t have = s->entry_head.len - s->entry_at;
    if (!input_tar_active(s->tar)) return read_bytes(s, to, cap, got, err);
    if (s->entry.codec == NULL) return read_stored(s, to, cap, got, err);
    if (have == 0) return input_coded_read(&s->entry, to, cap, got, err);
    *got = have < cap ? have : cap;
    memcpy(to, s->entry_head.data + s->entry_at, *got);
    s->entry_at += *got;
    return ERZ_OK;
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

erz_status input_source_resume(input_source *s, bool *found, uint64_t *at, erz_error *err)
{
    *found = false;
    if (s->coded.codec == NULL || input_tar_active(s->tar) || input_wide_active(s->wide)) return ERZ_OK;
    erz_status status = input_coded_resume(&s->coded, found, at, err);
    s->finished = !*found;
    if (status != ERZ_OK && err->file[0] == '\0') set_file(err, s->name.data);
    return status;
}

bool input_source_waits(const input_source *s)
{
    struct pollfd p = {s->fd, POLLIN, 0};
    return s->fd >= 0 && !s->regular && !s->eof && poll(&p, 1, 0) <= 0;
}

bool input_source_blocks(const input_source *s)
{
    bool buffered = s->head_at < s->head.len || s->entry_at < s->entry_head.len || input_coded_pending(&s->coded) ||
                    input_coded_pending(&s->entry);
    return !buffered && !s->finished && input_source_waits(s);
}
