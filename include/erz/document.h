/* A document, or a section of one that is too large to be held whole. */
#ifndef ERZ_DOCUMENT_H
#define ERZ_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "erz/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* From text[at] on, an offset in the document is the offset in the text plus shift (until the next fix). */
typedef struct erz_fix {
    uint32_t at;
    int32_t shift;
} erz_fix;

/* Borrowed from the batch or caller that holds it. text is UTF-8; bytes that were not are replaced by U+FFFD, and `fixes`
 * (sorted by `at`) leads back to the document's own offsets. */
typedef struct erz_document {
    const char *id;
    size_t id_len;
    const char *text;
    size_t len;
    uint64_t base;       /* offset in the document of text[0] */
    uint64_t base_char;  /* the same in code points, */
    uint64_t base_utf16; /* and in UTF-16 code units */
    const erz_fix *fixes;
    size_t nfixes;
    bool first, last; /* first and last section of the document */
} erz_document;

/* Offset in the document, in bytes, of text[at]. */
uint64_t erz_document_offset(const erz_document *doc, uint32_t at);

#ifdef __cplusplus
}
#endif
#endif
