#include <stdbool.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "erz/token.h"

uint16_t erz_token_shape(const char *token, size_t len)
{
    uint16_t shape = 0;
    bool first = true;
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        size_t n = erz_utf8_decode(token + i, len - i, &cp);
        if (n == 0) break;
        if (cp >= '0' && cp <= '9') shape |= ERZ_SHAPE_DIGIT;
        if (u_isupper((UChar32)cp)) shape |= first ? ERZ_SHAPE_INITIAL_UPPER : ERZ_SHAPE_OTHER_UPPER;
        if (u_islower((UChar32)cp)) shape |= ERZ_SHAPE_LOWER;
        if (cp >= 0x80) shape |= ERZ_SHAPE_NON_ASCII;
        if (cp == 0xad || cp == 0x200b) shape |= ERZ_SHAPE_DIRTY;
        if (cp == '-' && i > 0 && i + n < len) shape |= ERZ_SHAPE_HYPHEN;
        if (cp == '.') shape |= ERZ_SHAPE_DOT;
        first = false;
        i += n;
    }
    return shape;
}
