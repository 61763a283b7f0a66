#include "sniff.h"

#include <stdint.h>
#include <string.h>

static const struct {
    const char *bytes;
    size_t len;
    sniff_kind kind;
} magics[] = {
    /* Byte order marks, longest first: UTF-32LE begins like UTF-16LE. */
    {"\xff\xfe\0\0", 4, SNIFF_UTF32LE},
    {"\0\0\xfe\xff", 4, SNIFF_UTF32BE},
    {"\xff\xfe", 2, SNIFF_UTF16LE},
    {"\xfe\xff", 2, SNIFF_UTF16BE},
    {"\xef\xbb\xbf", 3, SNIFF_UTF8_BOM},
    {"\x1f\x8b\x08", 3, SNIFF_GZIP},
    {"\x28\xb5\x2f\xfd", 4, SNIFF_ZSTD},
    {"\xfd"
     "7zXZ\0",
     6, SNIFF_XZ},
    {"\x7f"
     "ELF",
     4, SNIFF_BINARY},
    {"\x89PNG\r\n\x1a\n", 8, SNIFF_BINARY},
    {"\xff\xd8\xff", 3, SNIFF_BINARY}, /* JPEG */
    {"GIF87a", 6, SNIFF_BINARY},
    {"GIF89a", 6, SNIFF_BINARY},
    {"PK\x03\x04", 4, SNIFF_BINARY}, /* zip, docx, odt */
    {"%PDF-", 5, SNIFF_BINARY},
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, SNIFF_BINARY}, /* OLE: doc, xls */
    {"7z\xbc\xaf\x27\x1c", 6, SNIFF_BINARY},
    {"Rar!\x1a\x07", 6, SNIFF_BINARY},
    {"SQLite format 3", 16, SNIFF_BINARY},
    {"\0asm", 4, SNIFF_BINARY},
};

static sniff_kind sniff_magic(const char *p, size_t len, bool eof)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        size_t n = len < magics[i].len ? len : magics[i].len;
        if (memcmp(p, magics[i].bytes, n) != 0) continue;
        if (n == magics[i].len) return magics[i].kind;
        if (!eof) return SNIFF_MORE;
    }
    return SNIFF_PLAIN;
}

/* `BZh1`..`BZh9` and the mark of a block or of the end: three letters alone may be a text's. */
static sniff_kind sniff_bzip2(const char *p, size_t len)
{
    static const char block[] = "\x31\x41\x59\x26\x53\x59", end[] = "\x17\x72\x45\x38\x50\x90";
    if (memcmp(p, "BZh", len < 3 ? len : 3) != 0) return SNIFF_PLAIN;
    if (len > 3 && (p[3] < '1' || p[3] > '9')) return SNIFF_PLAIN;
    size_t n = len < 4 ? 0 : len - 4 < 6 ? len - 4 : 6;
    if (memcmp(p + 4, block, n) != 0 && memcmp(p + 4, end, n) != 0) return SNIFF_PLAIN;
    return n == 6 ? SNIFF_BZIP2 : SNIFF_MORE;
}

/* A skippable frame may stand before a Zstandard frame (RFC 8878, 3.1.2). */
static sniff_kind sniff_skippable(const char *p, size_t len)
{
    if (len > 0 && ((unsigned char)p[0] & 0xf0) != 0x50) return SNIFF_PLAIN;
    if (memcmp(p + 1, "\x2a\x4d\x18", len < 4 ? (len == 0 ? 0 : len - 1) : 3) != 0) return SNIFF_PLAIN;
    return len < 4 ? SNIFF_MORE : SNIFF_ZSTD;
}

bool input_tar_header(const char *block)
{
    uint64_t want = 0, sum = 0;
    size_t i = 148;
    while (i < 156 && block[i] == ' ') i++;
    if (i == 156 || block[i] < '0' || block[i] > '7') return false;
    for (; i < 156 && block[i] >= '0' && block[i] <= '7'; i++) want = want * 8 + (uint64_t)(block[i] - '0');
    for (i = 0; i < 512; i++) sum += i >= 148 && i < 156 ? (unsigned char)' ' : (unsigned char)block[i];
    return sum == want;
}

/* The name field of a tar header is filled up with NUL; text has none, or something behind it. What the first bytes rule out is
 * ruled out for good, so that a line that has come is not held back. */
static bool maybe_tar(const char *p, size_t len)
{
    size_t n = len < 100 ? len : 100;
    size_t end = 0;
    while (end < n && (unsigned char)p[end] >= ' ') end++;
    for (size_t i = end; i < n; i++)
        if (p[i] != '\0' || end == 0) return false;
    for (size_t i = 100; i < 107 && i < len; i++)
        if ((p[i] < '0' || p[i] > '7') && p[i] != ' ') return false;
    return true;
}

/* UTF-16 and UTF-32 without a mark: in western text every other byte, or three of four, is NUL; one of the first two. */
static sniff_kind sniff_wide(const char *p, size_t len, bool eof)
{
    size_t zero[4] = {0}, n = len < 64 ? len : 64;
    if (n >= 2 && p[0] != '\0' && p[1] != '\0') return SNIFF_PLAIN;
    if (n < 64 && !eof) return SNIFF_MORE;
    for (size_t i = 0; i < n; i++) zero[i % 4] += p[i] == '\0';
    size_t even = zero[0] + zero[2], odd = zero[1] + zero[3];
    if (n < 4 || n % 2 != 0) return SNIFF_PLAIN;
    if (zero[1] + zero[2] + zero[3] >= n / 2 + n / 8 && zero[0] == 0 && zero[3] >= n / 4) return SNIFF_UTF32LE;
    if (zero[0] + zero[1] + zero[2] >= n / 2 + n / 8 && zero[3] == 0 && zero[0] >= n / 4) return SNIFF_UTF32BE;
    if (even == 0 && odd >= n / 4) return SNIFF_UTF16LE;
    if (odd == 0 && even >= n / 4) return SNIFF_UTF16BE;
    return SNIFF_PLAIN;
}

sniff_kind input_sniff(const char *p, size_t len, bool eof, bool nul, size_t *bom)
{
    *bom = 0;
    if (len == 0) return eof ? SNIFF_PLAIN : SNIFF_MORE;
    sniff_kind kind = sniff_magic(p, len, eof);
    if (kind >= SNIFF_UTF8_BOM && kind <= SNIFF_UTF32BE)
        *bom = kind == SNIFF_UTF8_BOM ? 3 : kind == SNIFF_UTF16LE || kind == SNIFF_UTF16BE ? 2 : 4;
    if (kind == SNIFF_PLAIN) kind = sniff_bzip2(p, len);
    if (kind == SNIFF_PLAIN) kind = sniff_skippable(p, len);
    if (kind == SNIFF_PLAIN && !nul && len >= SNIFF_BYTES && input_tar_header(p)) kind = SNIFF_TAR;
    if (kind == SNIFF_PLAIN && !nul && len < SNIFF_BYTES && maybe_tar(p, len)) kind = SNIFF_MORE;
    if (kind == SNIFF_MORE && eof) kind = SNIFF_PLAIN;
    return kind == SNIFF_PLAIN && !nul ? sniff_wide(p, len, eof) : kind;
}
