/* What an input is, told by its first bytes. */
#ifndef ERZ_INPUT_SNIFF_H
#define ERZ_INPUT_SNIFF_H

#include <stdbool.h>
#include <stddef.h>

typedef enum sniff_kind {
    SNIFF_MORE, /* more bytes are needed to tell */
    SNIFF_PLAIN,
    SNIFF_UTF8_BOM,
    SNIFF_UTF16LE,
    SNIFF_UTF16BE,
    SNIFF_UTF32LE,
    SNIFF_UTF32BE,
    SNIFF_GZIP,
    SNIFF_ZSTD,
    SNIFF_XZ,
    SNIFF_BZIP2,
    SNIFF_TAR,
    SNIFF_BINARY
} sniff_kind;

enum { SNIFF_BYTES = 512 }; /* always enough to tell */

/* The answer depends on the bytes alone, not on how many of them are at hand: with fewer than it takes, SNIFF_MORE (not with
 * eof). Only that of a tar archive whose first name has control characters takes SNIFF_BYTES to be told from text. nul: NUL
 * separates documents, so it tells nothing. bom: length of the byte order mark. */
sniff_kind input_sniff(const char *p, size_t len, bool eof, bool nul, size_t *bom);
/* Is this 512-byte block a tar header (its check sum is right)? */
bool input_tar_header(const char *block);

#endif
