#include <stdbool.h>
#include <string.h>
#include <unicode/ucasemap.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/utf8.h"
#include "erz/lexicon_build.h"

/* ASCII and U+00C0-00FF (lead byte 0xC3), the German letters among them, are in normal form as they stand. */
static bool is_plain(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c < 0x80) continue;
        if (c != 0xc3 || i + 1 == len) return false;
        i++;
    }
    return true;
}

static bool is_ignorable(uint32_t cp)
{
    return cp == 0xad || (cp >= 0x200b && cp <= 0x200f) || (cp >= 0x2060 && cp <= 0x2064) || cp == 0xfeff ||
           (cp >= 0xfe00 && cp <= 0xfe0f);
}

static uint32_t ascii_sign(uint32_t cp)
{
    if (cp == 0x2018 || cp == 0x2019 || cp == 0x201b || cp == 0x2bc || cp == 0xb4 || cp == 0x2032) return '\'';
    if (cp == 0x2010 || cp == 0x2011) return '-';
    return cp;
}

static size_t compose(char *out, size_t len, size_t cap)
{
    enum { ROOM = 512 };
    UChar from[ROOM], to[ROOM];
    UErrorCode code = U_ZERO_ERROR;
    int32_t n = 0, m;
    u_strFromUTF8(from, ROOM, &n, out, (int32_t)len, &code);
    if (U_FAILURE(code)) return len; /* a token that long is no word: left as it is */
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&code);
    m = U_SUCCESS(code) ? unorm2_normalize(nfc, from, n, to, ROOM, &code) : 0;
    if (U_FAILURE(code)) return len;
    int32_t bytes = 0;
    u_strToUTF8(out, (int32_t)cap, &bytes, to, m, &code);
    return U_FAILURE(code) ? (size_t)-1 : (size_t)bytes;
}

size_t erz_form_normalize(const char *form, size_t len, char *out, size_t cap)
{
    if (len >= cap) return (size_t)-1;
    if (is_plain(form, len)) {
        memcpy(out, form, len);
        return len;
    }
    size_t n = 0;
    bool needs_nfc = false;
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        size_t k = erz_utf8_decode(form + i, len - i, &cp);
        if (k == 0) return (size_t)-1;
        i += k;
        if (is_ignorable(cp)) continue;
        needs_nfc |= cp >= 0x300;
        n += erz_utf8_encode(ascii_sign(cp), out + n);
    }
    return needs_nfc ? compose(out, n, cap) : n;
}

static size_t fold_icu(const char *normal, size_t len, char *out, size_t cap)
{
    UErrorCode code = U_ZERO_ERROR;
    UCaseMap *map = ucasemap_open("", 0, &code);
    int32_t n = U_SUCCESS(code) ? ucasemap_utf8ToLower(map, out, (int32_t)cap, normal, (int32_t)len, &code) : 0;
    ucasemap_close(map);
    return U_FAILURE(code) || (size_t)n > cap ? (size_t)-1 : (size_t)n;
}

size_t erz_form_fold(const char *normal, size_t len, char *out, size_t cap)
{
    if (len >= cap) return (size_t)-1;
    if (!is_plain(normal, len)) return fold_icu(normal, len, out, cap);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)normal[i];
        if (c >= 'A' && c <= 'Z') c = (unsigned char)(c + 32);
        out[i] = (char)c;
        if (c == 0xc3) {
            unsigned char d = (unsigned char)normal[++i];
            out[i] = (char)(d >= 0x80 && d <= 0x9e && d != 0x97 ? d + 32 : d);
        }
    }
    return len;
}
