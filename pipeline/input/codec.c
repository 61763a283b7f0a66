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
    bool between;    /* a member has ended: another, padding or nothing follows */
    ptrdiff_t began; /* the last member, in the bytes of the last call; -1: not there */
    size_t want;     /* zstd: bytes that it asks for next */
    codec_step step; /* zstd: what is to be told when all that was made has been given */
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
    c->want = ZSTD_DStreamInSize();
    c->step = STEP_OK;
    switch (c->kind) {
    case SNIFF_GZIP:
        c->u.z = codec_gzip_new();
        return c->u.z != NULL;
    case SNIFF_BZIP2:
        return BZ2_bzDecompressInit(&c->u.b, 0, 0) == BZ_OK;
    case SNIFF_XZ:
        return lzma_stream_decoder(&c->u.x, UINT64_C(1) << 30, 0) == LZMA_OK;
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

/* Fed as it asks to be: then what it says is damaged is one block, and nothing before that is lost. */
static codec_step step_zstd(input_codec *c, const char *in, size_t *len, char *out, size_t *cap)
{
    ZSTD_inBuffer from = {in, 0, 0};
    ZSTD_outBuffer to = {out, *cap, 0};
    codec_step step = c->step;
    while (step == STEP_OK && to.pos < to.size) {
        size_t was = from.pos, made = to.pos;
        from.size = *len - was < c->want ? *len : was + c->want;
        size_t left = ZSTD_decompressStream(c->u.s, &to, &from);
        if (ZSTD_isError(left))
            step = ZSTD_getErrorCode(left) == ZSTD_error_memory_allocation ? STEP_MEMORY : STEP_BAD;
        else if (left == 0)
            step = STEP_END;
        else if (from.pos == was && to.pos == made)
            break;
        c->want = step == STEP_OK ? left : ZSTD_DStreamInSize();
    }
    *len = from.pos;
    *cap = to.pos;
    bool later = (step == STEP_BAD || step == STEP_MEMORY) && (from.pos > 0 || to.pos > 0);
    c->step = later ? step : STEP_OK;
    return later ? STEP_OK : step;
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
    c->began = -1;
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
        c->began = (ptrdiff_t)used;
    }
    size_t n = *len - used;
    codec_step s = c->kind == SNIFF_GZIP    ? codec_gzip_decode(c->u.z, in + used, &n, out, &room)
                   : c->kind == SNIFF_BZIP2 ? step_bzip2(&c->u.b, in + used, &n, out, &room)
                   : c->kind == SNIFF_XZ    ? step_xz(&c->u.x, in + used, &n, eof, out, &room)
                                            : step_zstd(c, in + used, &n, out, &room);
    bool starved = s == STEP_OK && eof && used + n == *len && room == 0 && *cap > 0;
    *len = used + n;
    *cap = room;
    if (s == STEP_MEMORY) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    if (s == STEP_CUT || starved) return erz_fail(err, ERZ_E_INPUT, NULL, 0, 0, "the compressed data ends too early");
    if (s == STEP_BAD) return erz_fail(err, ERZ_E_INPUT, NULL, 0, 0, "the compressed data is damaged");
    if (s == STEP_END) c->between = true;
    return ERZ_OK;
}

ptrdiff_t input_codec_began(const input_codec *c)
{
    return c->began;
}

/* Three bytes are met by chance; what gzip and its kin write behind them is known better (RFC 1952, 2.3.1). */
static bool likely_gzip(const char *in)
{
    unsigned char flags = (unsigned char)in[3], extra = (unsigned char)in[8], os = (unsigned char)in[9];
    return (flags & 0xe0) == 0 && (extra == 0 || extra == 2 || extra == 4) && (os <= 13 || os == 255);
}

ptrdiff_t input_codec_find(sniff_kind kind, const char *in, size_t len, bool eof, size_t *keep)
{
    enum { HEADER = 10 }; /* of gzip; the marks of the others are no longer */
    char first = kind == SNIFF_GZIP ? '\x1f' : kind == SNIFF_ZSTD ? '\x28' : kind == SNIFF_XZ ? '\xfd' : 'B';
    const char *p = in, *end = in + len;
    *keep = 0;
    for (; p < end && (p = memchr(p, first, (size_t)(end - p))) != NULL; p++) {
        size_t bom;
        if (end - p < HEADER) {
            *keep = eof ? 0 : (size_t)(end - p);
            return -1;
        }
        if (input_sniff(p, HEADER, true, true, &bom) == kind && (kind != SNIFF_GZIP || likely_gzip(p))) return p - in;
    }
    return -1;
}
