#include <string.h>

#include "erz/token.h"

static const char *const names[ERZ_TOKEN_CLASSES] = {"word", "number", "abbreviation", "ordinal", "punctuation", "symbol",
                                                     "url",  "email",  "handle",       "hashtag", "emoji",       "end"};

const char *erz_token_class_name(erz_token_class cls)
{
    return (unsigned)cls < ERZ_TOKEN_CLASSES ? names[cls] : "?";
}

erz_token_class erz_token_class_parse(const char *name, size_t len)
{
    int i = 0;
    while (i < ERZ_TOKEN_CLASSES && (strlen(names[i]) != len || memcmp(names[i], name, len) != 0)) i++;
    return (erz_token_class)i;
}

/* Length of a hyphen at s (U+002D, U+2010, U+2011), 0: none. */
static size_t hyphen(const char *s, size_t len)
{
    if (*s == '-') return 1;
    return len >= 3 && s[0] == '\xe2' && s[1] == '\x80' && (s[2] == '\x90' || s[2] == '\x91') ? 3 : 0;
}

size_t erz_token_parts(const char *text, uint32_t begin, uint32_t end, uint32_t *part_begin, uint32_t *part_end, size_t max)
{
    size_t n = 0;
    uint32_t start = begin;
    for (uint32_t i = begin; i < end && n + 1 < max;) {
        uint32_t h = (uint32_t)hyphen(text + i, end - i);
        if (h == 0 || i == begin || i + h == end) {
            i += h == 0 ? 1 : h;
            continue;
        }
        part_begin[n] = start;
        part_end[n++] = i;
        start = i += h;
    }
    if (n == max) return n;
    part_begin[n] = start;
    part_end[n++] = end;
    return n;
}
