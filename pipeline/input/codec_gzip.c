#include "codec_gzip.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#ifdef ERZ_ISAL
#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#else
#include <zlib.h>
#endif

static uint32_t cut32(size_t n)
{
    return n > 1U << 30 ? 1U << 30 : (uint32_t)n;
}

#ifdef ERZ_ISAL

/* The header (RFC 1952) is read here: ISA-L 2.30 misreads one that comes in parts. */
typedef enum header_part { PART_FIXED, PART_EXTRA_LEN, PART_EXTRA, PART_NAME, PART_COMMENT, PART_CRC, PART_NONE } header_part;
enum { FLAG_CRC = 2, FLAG_EXTRA = 4, FLAG_NAME = 8, FLAG_COMMENT = 16, FLAGS_RESERVED = 0xe0 };

struct codec_gzip {
    struct inflate_state z;
    header_part part;
    uint32_t at, extra, crc; /* of the part: bytes taken; bytes of the extra field; checksum of what was taken before */
    unsigned char flags;
    bool damaged;
};

codec_gzip *codec_gzip_new(void)
{
    codec_gzip *gz = malloc(sizeof *gz);
    if (gz == NULL) return NULL;
    isal_inflate_init(&gz->z);
    gz->z.crc_flag = ISAL_GZIP_NO_HDR_VER;
    gz->part = PART_FIXED;
    gz->at = gz->extra = gz->crc = 0;
    gz->flags = 0;
    gz->damaged = false;
    return gz;
}

static bool has_part(const codec_gzip *gz, header_part part)
{
    return part == PART_EXTRA_LEN ? gz->flags & FLAG_EXTRA
           : part == PART_EXTRA   ? gz->extra > 0
           : part == PART_NAME    ? gz->flags & FLAG_NAME
           : part == PART_COMMENT ? gz->flags & FLAG_COMMENT
           : part == PART_CRC     ? gz->flags & FLAG_CRC
                                  : true;
}

/* One byte of the part; *last: it is the part's last. False: damaged. */
static bool take_byte(codec_gzip *gz, unsigned char byte, bool *last)
{
    static const unsigned char magic[] = {0x1f, 0x8b, 8};
    uint32_t at = gz->at++;
    switch (gz->part) {
    case PART_FIXED:
        *last = at == 9;
        if (at == 3) gz->flags = byte;
        return at < sizeof magic ? byte == magic[at] : at != 3 || (byte & FLAGS_RESERVED) == 0;
    case PART_EXTRA_LEN:
        *last = at == 1;
        gz->extra |= (uint32_t)byte << 8 * at;
        return true;
    case PART_EXTRA:
        *last = at + 1 == gz->extra;
        return true;
    case PART_CRC:
        *last = at == 1;
        return byte == (gz->crc >> 8 * at & 0xff);
    default:
        *last = byte == 0;
        return true;
    }
}

/* Take the header's bytes from in[0, len); how many they are. Sets damaged. */
static uint32_t take_header(codec_gzip *gz, const char *in, uint32_t len)
{
    uint32_t n = 0;
    while (n < len && gz->part != PART_NONE && !gz->damaged) {
        bool last = false;
        unsigned char byte = (unsigned char)in[n++];
        gz->damaged = !take_byte(gz, byte, &last);
        if (gz->part != PART_CRC) gz->crc = crc32_gzip_refl(gz->crc, &byte, 1);
        if (!last) continue;
        gz->at = 0;
        do gz->part++;
        while (!has_part(gz, gz->part));
    }
    return n;
}

void codec_gzip_free(codec_gzip *gz)
{
    free(gz);
}

/* ISA-L decodes ahead into a buffer of its own, and forgets it where it meets damage. */
static codec_step drain(struct inflate_state *z, char *out, size_t room, size_t *made)
{
    size_t left = (size_t)(z->tmp_out_valid - z->tmp_out_processed);
    *made = left < room ? left : room;
    memcpy(out, z->tmp_out_buffer + z->tmp_out_processed, *made);
    z->tmp_out_processed += (int32_t)*made;
    return *made < left ? STEP_OK : STEP_BAD;
}

codec_step codec_gzip_decode(codec_gzip *gz, const char *in, size_t *len, char *out, size_t *cap)
{
    struct inflate_state *z = &gz->z;
    uint32_t n = cut32(*len), room = cut32(*cap), head = take_header(gz, in, n);
    size_t made;
    *len = head;
    *cap = 0;
    if (gz->part != PART_NONE) return gz->damaged ? STEP_BAD : STEP_OK;
    if (!gz->damaged) {
        z->next_in = (uint8_t *)(uintptr_t)in + head, z->avail_in = n - head;
        z->next_out = (uint8_t *)out, z->avail_out = room;
        gz->damaged = isal_inflate(z) != ISAL_DECOMP_OK;
        if (z->avail_in > n - head) { /* for some damaged blocks' headers it counts bits behind the end */
            z->avail_in = 0;
            gz->damaged = true;
        }
        *len = n - z->avail_in;
        *cap = room - z->avail_out;
    }
    if (gz->damaged) {
        codec_step step = drain(z, out + *cap, room - *cap, &made);
        *cap += made;
        return step;
    }
    if (z->block_state == ISAL_BLOCK_FINISH) return STEP_END;
    /* Some damaged data makes it stand still instead. */
    return n > 0 && room > 0 && *len == 0 && *cap == 0 ? STEP_BAD : STEP_OK;
}

#else

struct codec_gzip {
    z_stream z;
};

codec_gzip *codec_gzip_new(void)
{
    codec_gzip *gz = calloc(1, sizeof *gz);
    if (gz == NULL) return NULL;
    if (inflateInit2(&gz->z, 15 + 16) == Z_OK) return gz;
    free(gz);
    return NULL;
}

void codec_gzip_free(codec_gzip *gz)
{
    if (gz == NULL) return;
    inflateEnd(&gz->z);
    free(gz);
}

codec_step codec_gzip_decode(codec_gzip *gz, const char *in, size_t *len, char *out, size_t *cap)
{
    z_stream *z = &gz->z;
    uint32_t n = cut32(*len), room = cut32(*cap);
    z->next_in = (Bytef *)(uintptr_t)in, z->avail_in = n;
    z->next_out = (Bytef *)out, z->avail_out = room;
    int code = inflate(z, Z_NO_FLUSH);
    *len = n - z->avail_in;
    *cap = room - z->avail_out;
    return code == Z_OK || code == Z_BUF_ERROR ? STEP_OK
           : code == Z_STREAM_END              ? STEP_END
           : code == Z_MEM_ERROR               ? STEP_MEMORY
                                               : STEP_BAD;
}

#endif
