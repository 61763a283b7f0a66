#include "coded.h"

enum { CODED_BYTES = 1 << 16, KEPT_BYTES = 1 << 16 };

static erz_status no_memory(erz_error *err)
{
    return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
}

erz_status input_coded_begin(input_coded *c, sniff_kind kind, const char *head, size_t len, input_read_fn *read, void *context,
                             erz_error *err)
{
    c->kind = kind;
    c->used = c->begun = 0;
    c->read = read;
    c->context = context;
    c->failure.status = ERZ_OK;
    c->eof = c->ended = false;
    c->bytes.len = c->at = 0;
    erz_buf_add(&c->bytes, head, len);
    if (c->bytes.failed) return no_memory(err);
    return input_codec_new(kind, &c->codec, err);
}

void input_coded_end(input_coded *c)
{
    input_codec_free(c->codec);
    c->codec = NULL;
    c->bytes.len = c->at = 0;
}

void input_coded_free(input_coded *c)
{
    input_coded_end(c);
    erz_buf_free(&c->bytes);
}

bool input_coded_pending(const input_coded *c)
{
    return c->at < c->bytes.len;
}

static erz_status fill(input_coded *c, erz_error *err)
{
    size_t got = 0;
    size_t drop = c->at > KEPT_BYTES ? c->at - KEPT_BYTES : 0;
    if (drop > 0 && c->bytes.data != NULL) memmove(c->bytes.data, c->bytes.data + drop, c->bytes.len - drop);
    c->bytes.len -= drop;
    c->used += drop;
    c->at -= drop;
    if (!erz_buf_reserve(&c->bytes, CODED_BYTES)) return no_memory(err);
    erz_status status = c->read(c->context, c->bytes.data + c->bytes.len, CODED_BYTES, &got, err);
    if (status != ERZ_OK) return status;
    c->bytes.len += got;
    c->eof = got == 0;
    return ERZ_OK;
}

static erz_status decode(input_coded *c, char *to, size_t cap, size_t *got, erz_error *err)
{
    size_t len = c->bytes.len - c->at;
    bool done;
    *got = cap;
    const char *from = c->bytes.data != NULL ? c->bytes.data + c->at : ""; /* nothing read yet */
    erz_status status = input_codec_decode(c->codec, from, &len, c->eof, to, got, &done, err);
    if (input_codec_began(c->codec) >= 0) c->begun = c->used + c->at + (uint64_t)input_codec_began(c->codec);
    c->at += len;
    if (status != ERZ_OK) return status;
    c->ended = done;
    /* A member whose header is damaged looks like this: what it holds must not be lost in silence. */
    if (done && input_coded_pending(c))
        return erz_fail(err, ERZ_E_INPUT, NULL, 0, 0, "the compressed data is followed by something else, which is left out");
    if (*got == 0 && !done && (len == 0 || c->at == c->bytes.len) && !c->eof) return fill(c, err);
    return ERZ_OK;
}

erz_status input_coded_read(input_coded *c, char *to, size_t cap, size_t *got, erz_error *err)
{
    *got = 0;
    if (c->failure.status != ERZ_OK) {
        *err = c->failure;
        return c->failure.status;
    }
    while (*got == 0 && !c->ended) {
        erz_status status = decode(c, to, cap, got, err);
        if (status == ERZ_E_INPUT) {
            erz_error cause = *err;
            erz_fail(&c->failure, ERZ_E_INPUT, NULL, 0, 0, "%s (byte %llu)", cause.message,
                     (unsigned long long)(c->used + c->at));
            *err = c->failure;
        }
        if (status == ERZ_E_INPUT && *got > 0) return ERZ_OK;
        if (status != ERZ_OK) return status;
    }
    return ERZ_OK;
}

/* Behind the begin of the damaged member, as far as its bytes are kept: a decoder may notice damage only in the members behind.
 * Not farther for bytes that happen to be there still: the end is the same however they were read. */
static void rewind_to_member(input_coded *c)
{
    uint64_t from = c->begun + 1, end = c->used + c->at;
    if (end > KEPT_BYTES && from < end - KEPT_BYTES) from = end - KEPT_BYTES;
    c->at = from - c->used < c->bytes.len ? (size_t)(from - c->used) : c->bytes.len;
}

erz_status input_coded_resume(input_coded *c, bool *found, uint64_t *at, erz_error *err)
{
    *found = false;
    if (c->failure.status == ERZ_E_INPUT) rewind_to_member(c);
    while (c->failure.status == ERZ_E_INPUT) {
        size_t len = c->bytes.len - c->at, keep = 0;
        ptrdiff_t next = len > 0 ? input_codec_find(c->kind, c->bytes.data + c->at, len, c->eof, &keep) : -1;
        c->at += next >= 0 ? (size_t)next : len - keep;
        if (next < 0 && c->eof) break;
        if (next >= 0) {
            *found = true;
            *at = c->begun = c->used + c->at;
            c->failure.status = ERZ_OK;
            c->ended = false;
            input_codec_free(c->codec);
            c->codec = NULL;
            return input_codec_new(c->kind, &c->codec, err);
        }
        erz_status status = fill(c, err);
        if (status != ERZ_OK) return status;
    }
    return ERZ_OK;
}
