#include "codec.h"

#include "codec_gzip.h"

#include <bzlib.h>
#include <lzma.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>
#include <zstd_errors.h>

struct input_codec {
    sniff_kind kind;
    bool between; /* a member has ended: another, padding or nothing follows */
    union {
        codec_gzip *z;
        bz_stream b;
        lzma_stream x;
        ZSTD_DStream *s;
    } u;
};

static bool start(input_codec *c)
{
    memset(&c->u, 0, sizeof c->u);
    switch (c->kind) {
    case SNIFF_GZIP:
        c->u.z = codec_gzip_new();
        return c->u.z != NULL;
    case SNIFF_BZIP2:
        return BZ2_bzDecompressInit(&c->u.b, 0, 0) == BZ_OK;
    case SNIFF_XZ: /* the decoder takes one stream after the other by itself */
        return lzma_stream_decoder(&c->u.x, UINT64_C(1) << 30, LZMA_CONCATENATED) == LZMA_OK;
    default:
        c->u.s = ZSTD_createDStream(); /* windows of 2 GiB: zstd --long=31 */
        return c->u.s != NULL && !ZSTD_isError(ZSTD_DCtx_setParameter(c->u.s, ZSTD_d_windowLogMax, 31));
    }
}

static void finish(input_codec *c)
{
    switch (c->kind) {
    case SNIFF_GZIP:
        codec_gzip_free(c->u.z);
        break;
    case SNIFF_BZIP2:
        BZ2_bzDecompressEnd(&c->u.b);
        break;
    case SNIFF_XZ:
        lzma_end(&c->u.x);
        break;
    default:
        ZSTD_freeDStream(c->u.s);
    }
}

erz_status input_codec_new(sniff_kind kind, input_codec **out, erz_error *err)
{
    input_codec *c = calloc(1, sizeof *c);
    if (c != NULL) c->kind = kind;
    if (c == NULL || !start(c)) {
        free(c);
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    }
    *out = c;
    return ERZ_OK;
}

void input_codec_free(input_codec *c)
{
    if (c == NULL) return;
    finish(c);
    free(c);
}

static unsigned cut32(size_t n)
{
    return n > 1U << 30 ? 1U << 30 : (unsigned)n;
}

static codec_step step_bzip2(bz_stream *b, const char *in, size_t *len, char *out, size_t *cap)
{
    unsigned n = cut32(*len), room = cut32(*cap);
    b->next_in = (char *)(uintptr_t)in, b->avail_in = n;
    b->next_out = out, b->avail_out = room;
    int code = BZ2_bzDecompress(b);
    *len = n - b->avail_in;
    *cap = room - b->avail_out;
    return code == BZ_OK ? STEP_OK : code == BZ_STREAM_END ? STEP_END : code == BZ_MEM_ERROR ? STEP_MEMORY : STEP_BAD;
}

static codec_step step_xz(lzma_stream *x, const char *in, size_t *len, bool eof, char *out, size_t *cap)
{
    size_t n = *len, room = *cap;
    x->next_in = (const uint8_t *)in, x->avail_in = n;
    x->next_out = (uint8_t *)out, x->avail_out = room;
    lzma_ret code = lzma_code(x, eof ? LZMA_FINISH : LZMA_RUN);
    *len = n - x->avail_in;
    *cap = room - x->avail_out;
    if (code == LZMA_BUF_ERROR) return eof && *cap == 0 && room > 0 ? STEP_CUT : STEP_OK;
    return code == LZMA_OK                                         ? STEP_OK
           : code == LZMA_STREAM_END                               ? STEP_END
           : code == LZMA_MEM_ERROR || code == LZMA_MEMLIMIT_ERROR ? STEP_MEMORY
                                                                   : STEP_BAD;
}

static codec_step step_zstd(ZSTD_DStream *s, const char *in, size_t *len, char *out, size_t *cap)
{
    ZSTD_inBuffer from = {in, *len, 0};
    ZSTD_outBuffer to = {out, *cap, 0};
    size_t left = ZSTD_decompressStream(s, &to, &from);
    *len = from.pos;
    *cap = to.pos;
    if (ZSTD_isError(left)) return ZSTD_getErrorCode(left) == ZSTD_error_memory_allocation ? STEP_MEMORY : STEP_BAD;
    return left == 0 ? STEP_END : STEP_OK;
}

/* After a member: does another begin here? Padding with NUL (tapes, gzip) is passed over; *len is set to what is used. 1: yes,
 * 0: no, -1: more bytes are needed. */
static int next_member(const input_codec *c, const char *in, size_t *len, bool eof)
{
    size_t n = *len, pad = 0, bom;
    while (c->kind != SNIFF_ZSTD && pad < n && in[pad] == '\0') pad++;
    *len = pad;
    if (pad == n) return eof ? 0 : -1;
    sniff_kind kind = input_sniff(in + pad, n - pad, eof, true, &bom);
    if (kind == SNIFF_MORE) return -1;
    return kind == c->kind;
}

erz_status input_codec_decode(input_codec *c, const char *in, size_t *len, bool eof, char *out, size_t *cap, bool *done,
                              erz_error *err)
{
    size_t used = 0, room = *cap;
    *done = false;
    if (c->between) {
        used = *len;
        int more = next_member(c, in, &used, eof);
        if (more < 0 || more == 0) {
            *len = used;
            *cap = 0;
            *done = more == 0;
            return ERZ_OK;
        }
        if (c->kind != SNIFF_ZSTD) {
            finish(c);
            if (!start(c)) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
        }
        c->between = false;
    }
    size_t n = *len - used;
    codec_step s = c->kind == SNIFF_GZIP    ? codec_gzip_decode(c->u.z, in + used, &n, out, &room)
                   : c->kind == SNIFF_BZIP2 ? step_bzip2(&c->u.b, in + used, &n, out, &room)
                   : c->kind == SNIFF_XZ    ? step_xz(&c->u.x, in + used, &n, eof, out, &room)
                                            : step_zstd(c->u.s, in + used, &n, out, &room);
    bool starved = s == STEP_OK && eof && used + n == *len && room == 0 && *cap > 0;
    *len = used + n;
    *cap = room;
    if (s == STEP_MEMORY) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    if (s == STEP_CUT || starved) return erz_fail(err, ERZ_E_INPUT, NULL, 0, 0, "the compressed data ends too early");
    if (s == STEP_BAD) return erz_fail(err, ERZ_E_INPUT, NULL, 0, 0, "the compressed data is damaged");
    if (s == STEP_END) {
        if (c->kind == SNIFF_XZ)
            *done = true;
        else
            c->between = true;
    }
    return ERZ_OK;
}
