/* The inflater of gzip members against zlib: sound and damaged data, in chunks of every kind. */
#include "tap.h"

#include <stdbool.h>
#include <zlib.h>

#include "input/codec_gzip.h"

enum { MOST = 1 << 18, ROOM = MOST + 4096 };

static unsigned char text[MOST], coded[ROOM], want[MOST], made[MOST];
static uint64_t seed = 20261123;

static uint32_t below(uint32_t n)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 33) % n;
}

/* Letters with repeats near and far, runs, and bytes that do not compress. */
static size_t make_text(void)
{
    size_t n = 0, len = below(4) == 0 ? below(300) : below(MOST - 300);
    while (n < len) {
        uint32_t kind = below(8), run = 1 + below(kind == 0 ? 258 : 40);
        uint32_t back = n > 0 ? 1 + below((uint32_t)(n < 32768 ? n : 32768)) : 0;
        for (uint32_t i = 0; i < run; i++, n++)
            text[n] = (unsigned char)(kind == 1   ? below(256)
                                      : kind == 2 ? 'x'
                                      : kind < 6  ? 'a' + below(26)
                                      : back > 0  ? text[n - back]
                                                  : 'n');
    }
    return n;
}

static size_t compress_text(size_t len)
{
    static unsigned char name[] = "name", extra[] = "\1\2\3\0";
    static const int strategies[] = {Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE, Z_FILTERED};
    gz_header header = {.name = name, .comment = name, .extra = extra, .extra_len = 4, .hcrc = 1};
    z_stream z = {0};
    assert_int_equal(deflateInit2(&z, (int)below(10), Z_DEFLATED, 31, 1 + (int)below(9), strategies[below(5)]), Z_OK);
    if (below(2) == 0) deflateSetHeader(&z, &header);
    z.next_out = coded, z.avail_out = ROOM;
    for (size_t at = 0; at < len;) { /* blocks that end for no reason of their own, empty ones among them */
        uint32_t n = 1 + below(100000);
        z.next_in = text + at, z.avail_in = n < len - at ? n : (uint32_t)(len - at);
        at += z.avail_in;
        assert_int_equal(deflate(&z, below(2) == 0 ? Z_NO_FLUSH : Z_FULL_FLUSH), Z_OK);
    }
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    size_t n = z.total_out;
    deflateEnd(&z);
    return n;
}

typedef struct outcome {
    bool whole;
    size_t used, made;
} outcome;

static outcome by_zlib(size_t len)
{
    z_stream z = {.next_in = coded, .avail_in = (uint32_t)len, .next_out = want, .avail_out = MOST};
    assert_int_equal(inflateInit2(&z, 31), Z_OK);
    int code = inflate(&z, Z_NO_FLUSH);
    outcome o = {code == Z_STREAM_END, len - z.avail_in, z.total_out};
    inflateEnd(&z);
    return o;
}

/* In chunks of at most `in` and `out` bytes. */
static outcome by_us(size_t len, size_t in, size_t out)
{
    codec_gzip *gz = codec_gzip_new();
    assert_non_null(gz);
    outcome o = {false, 0, 0};
    codec_step step = STEP_OK;
    size_t end = in < len ? in : len; /* of the chunk: what it leaves is given again */
    while (step == STEP_OK) {
        size_t n = end - o.used, room = out < MOST - o.made ? out : MOST - o.made;
        char *chunk = test_malloc(n + 1), *to = test_malloc(room + 1); /* of exact size, for the sanitizer */
        memcpy(chunk, coded + o.used, n);
        step = codec_gzip_decode(gz, chunk, &n, to, &room);
        memcpy(made + o.made, to, room);
        test_free(chunk);
        test_free(to);
        o.used += n, o.made += room;
        if (step == STEP_OK && n == 0 && room == 0 && end == len) break; /* cut off */
        if (o.used == end || (n == 0 && room == 0)) end = end + in < len ? end + in : len;
    }
    codec_gzip_free(gz);
    o.whole = step == STEP_END;
    return o;
}

static const size_t chunks[] = {1, 7, 64, 333, 8192, 65536, ROOM};
enum { CHUNKS = sizeof chunks / sizeof *chunks };

static size_t a_chunk(size_t len)
{
    return chunks[len > 20000 ? 2 + below(CHUNKS - 2) : below(CHUNKS)];
}

static void sound_members_are_as_zlib_reads_them(void **state)
{
    (void)state;
    for (int i = 0; i < 400; i++) {
        size_t len = make_text(), n = compress_text(len), tail = below(3) * below(40);
        memset(coded + n, 0x1f, tail); /* what follows is left alone */
        outcome o = by_us(n + tail, a_chunk(n), a_chunk(len));
        assert_true(o.whole);
        assert_int_equal(o.used, n);
        assert_int_equal(o.made, len);
        assert_memory_equal(made, text, len);
    }
}

/* ISA-L decodes up to three letters at once: at a cut it gives that much less. Of some damage it tells later
 * than zlib, or not at all where the checksum is right nevertheless. */
static void damage_is_told_and_loses_nothing_before_it(void **state)
{
    (void)state;
    for (int i = 0; i < 4000; i++) {
        size_t len = make_text() % 5000, n = compress_text(len);
        if (below(3) == 0)
            n = below((uint32_t)n);
        else
            for (uint32_t k = 1 + below(3); k > 0; k--) coded[below((uint32_t)n)] ^= (unsigned char)(1U << below(8));
        outcome z = by_zlib(n), o = by_us(n, a_chunk(n), a_chunk(len));
        size_t both = z.made < o.made ? z.made : o.made;
        assert_true(o.whole || !z.whole);
        assert_memory_equal(made, want, both);
        assert_true(o.made + 3 >= z.made);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound_members_are_as_zlib_reads_them),
        cmocka_unit_test(damage_is_told_and_loses_nothing_before_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
