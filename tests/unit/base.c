#include "tap.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "erz/document.h"

static void hash_of_short_strings_needs_no_branch(void **state)
{
    (void)state;
    unsigned char padded[32];
    for (size_t i = 0; i < sizeof padded; i++) padded[i] = (unsigned char)(i * 37 + 11);
    for (size_t len = 0; len <= 16; len++) {
        uint64_t lo, hi;
        erz_load_16(padded, len, &lo, &hi);
        assert_true(erz_hash_16(lo, hi, len, 3) == erz_hash(padded, len, 3));
    }
}

static void hash_sees_every_byte(void **state)
{
    (void)state;
    unsigned char data[40] = {0};
    for (size_t len = 1; len <= sizeof data; len++) {
        uint64_t before = erz_hash(data, len, 0);
        for (size_t i = 0; i < len; i++) {
            data[i] ^= 1;
            assert_true(erz_hash(data, len, 0) != before);
            data[i] ^= 1;
        }
        assert_true(erz_hash(data, len - 1, 0) != before);
    }
}

static void utf8_follows_table_3_7(void **state)
{
    (void)state;
    static const char *const bad[] = {"\x80",
                                      "\xc0\x80",
                                      "\xc1\xbf",
                                      "\xe0\x9f\xbf",
                                      "\xed\xa0\x80",
                                      "\xf0\x8f\xbf\xbf",
                                      "\xf4\x90\x80\x80",
                                      "\xf5\x80\x80\x80",
                                      "\xc3",
                                      "\xe2\x82",
                                      "\xff",
                                      "\xc3\x28"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint32_t cp;
        assert_int_equal(erz_utf8_decode(bad[i], strlen(bad[i]), &cp), 0);
        char text[16];
        snprintf(text, sizeof text, "ab%s", bad[i]);
        assert_int_equal(erz_utf8_valid(text, strlen(text)), 2);
    }
    for (uint32_t cp = 1; cp <= 0x10ffff; cp += cp < 0x3000 ? 1 : 97) {
        if (cp >= 0xd800 && cp < 0xe000) continue;
        char s[4];
        uint32_t back = 0;
        size_t n = erz_utf8_encode(cp, s);
        assert_int_equal(erz_utf8_decode(s, n, &back), n);
        assert_int_equal(back, cp);
        assert_int_equal(erz_utf8_len(s[0]), n);
    }
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

/* Most code points whole, some bytes of no code point, texts of every length around a block's. */
static void utf8_validity_agrees_with_decoding(void **state)
{
    (void)state;
    static const uint32_t cps[] = {'a', 0xe4, 0xfc, 0x201e, 0x20ac, 0xd7ff, 0xe000, 0x7ff, 0x800, 0xfff, 0x1000, 0x1f600};
    char text[320];
    uint32_t seed = 1;
    size_t whole = 0, broken = 0;
    for (size_t round = 0; round < 60000; round++) {
        size_t len = 0, want = next_random(&seed) % 300, good = 0;
        while (len < want) {
            uint32_t r = next_random(&seed);
            len += erz_utf8_encode(r % 4 != 0 ? 'b' : cps[r / 4 % (sizeof cps / sizeof *cps)], text + len);
        }
        if (round % 3 != 0) len = want; /* cuts the last code point */
        if (round % 2 != 0 && len > 0) text[next_random(&seed) % len] = (char)(next_random(&seed) & 0xff);
        while (good < len) {
            uint32_t cp;
            size_t n = erz_utf8_decode(text + good, len - good, &cp);
            if (n == 0) break;
            good += n;
        }
        whole += good == len;
        broken += good < len;
        assert_int_equal(erz_utf8_valid(text, len), good);
    }
    assert_true(whole > 1000 && broken > 1000);
}

static void arena_keeps_blocks_and_alignment(void **state)
{
    (void)state;
    erz_arena *arena = erz_arena_new(256);
    for (int round = 0; round < 3; round++) {
        char *last = NULL;
        for (size_t n = 1; n < 600; n += 7) {
            char *p = erz_arena_alloc(arena, n);
            assert_non_null(p);
            assert_int_equal((uintptr_t)p % 16, 0);
            memset(p, 1, n);
            assert_ptr_not_equal(p, last);
            last = p;
        }
        assert_string_equal(erz_arena_printf(arena, "%d-%s", 7, "x"), "7-x");
        erz_arena_reset(arena, 1024);
    }
    assert_null(erz_arena_alloc(arena, SIZE_MAX));
    erz_arena_free(arena);
}

static void buffer_grows_and_formats(void **state)
{
    (void)state;
    erz_buf buf = {0};
    erz_buf_u64(&buf, 0);
    erz_buf_char(&buf, ' ');
    erz_buf_u64(&buf, UINT64_MAX);
    erz_buf_printf(&buf, " %05d", 42);
    erz_buf_char(&buf, '\0');
    assert_string_equal(buf.data, "0 18446744073709551615 00042");
    erz_buf_pad(&buf, 64);
    assert_int_equal(buf.len, 64);
    assert_false(erz_buf_reserve(&buf, SIZE_MAX / 2));
    assert_true(buf.failed);
    erz_buf_free(&buf);
}

static void offsets_go_back_through_fixes(void **state)
{
    (void)state;
    /* Two bad bytes, each replaced by three: at 5 (1 byte became 3) and at 20. */
    erz_fix fixes[] = {{8, -2}, {23, -4}};
    erz_document doc = {.base = 1000, .fixes = fixes, .nfixes = 2};
    assert_int_equal(erz_document_offset(&doc, 5), 1005);
    assert_int_equal(erz_document_offset(&doc, 8), 1006);
    assert_int_equal(erz_document_offset(&doc, 22), 1020);
    assert_int_equal(erz_document_offset(&doc, 23), 1019);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hash_of_short_strings_needs_no_branch),
        cmocka_unit_test(hash_sees_every_byte),
        cmocka_unit_test(utf8_follows_table_3_7),
        cmocka_unit_test(utf8_validity_agrees_with_decoding),
        cmocka_unit_test(arena_keeps_blocks_and_alignment),
        cmocka_unit_test(buffer_grows_and_formats),
        cmocka_unit_test(offsets_go_back_through_fixes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
