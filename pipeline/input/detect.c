/* Which 8-bit encoding is it? Bytes above 0x7F are looked at with their neighbours: in the right encoding they are German
 * letters inside words, or quotes, dashes and signs where such stand. ICU is asked about what is not German. */
#include <unicode/ucsdet.h>

#include "reader.h"

/* For each encoding: bytes of letters common in German, of letters of other western languages, of signs. */
typedef struct candidate {
    const char *name;
    const char *german, *letters, *signs;
} candidate;

/* Order breaks ties: windows-1252 first, as browsers read "ISO-8859-1". Code charts: unicode.org/Public/MAPPINGS. */
static const candidate candidates[] = {
    {"windows-1252", "\xc4\xd6\xdc\xe4\xf6\xfc\xdf",
     "\xe0\xe1\xe2\xe7\xe8\xe9\xea\xeb\xed\xee\xef\xf1\xf3\xf4\xfa\xfb\xc9\xe5\xe6\xf8\x8a\x9a\x8e\x9e",
     "\x80\x82\x84\x85\x89\x8b\x91\x92\x93\x94\x95\x96\x97\x99\x9b\xa0\xa3\xa7\xa9\xab\xad\xae\xb0\xb2\xb3\xb4\xb7\xbb\xbd"
     "\xd7"},
    {"ISO-8859-15", "\xc4\xd6\xdc\xe4\xf6\xfc\xdf",
     "\xe0\xe1\xe2\xe7\xe8\xe9\xea\xeb\xed\xee\xef\xf1\xf3\xf4\xfa\xfb\xc9\xe5\xe6\xf8",
     "\xa0\xa3\xa4\xa7\xa9\xab\xad\xae\xb0\xb2\xb3\xb7\xbb\xd7"},
    {"macintosh", "\x80\x85\x86\x8a\x9a\x9f\xa7",
     "\x87\x88\x89\x8d\x8e\x8f\x90\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9c\x9d\x9e\x83\x8c\xbf",
     "\xa0\xa1\xa3\xa4\xa5\xa8\xa9\xaa\xc7\xc8\xc9\xca\xd0\xd1\xd2\xd3\xd4\xd5\xdb\xdc\xdd\xe2\xe3\xe4"},
    {"IBM850", "\x84\x8e\x94\x99\x81\x9a\xe1",
     "\x82\x83\x85\x86\x87\x88\x89\x8a\x8b\x8c\x90\x91\x93\x95\x96\x97\xa0\xa1\xa2\xa3\xa4\x9b",
     "\xae\xaf\xf5\xf8\xfa\xff\xb8\xa9\x9c\xab\xf0\xf1\xfd"},
};
enum { CANDIDATES = sizeof candidates / sizeof *candidates, DETECT_BYTES = 1 << 16 };

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* +3: a German letter in a word, +1: another letter in a word or a sign outside, -2: what does not fit. */
static long score_byte(const candidate *k, const char *p, size_t i, size_t len)
{
    unsigned char c = (unsigned char)p[i];
    char before = i > 0 ? p[i - 1] : ' ', after = i + 1 < len ? p[i + 1] : ' ';
    bool joined = is_letter(before) || is_letter(after);
    if (strchr(k->german, (char)c) != NULL) return joined ? 3 : -1;
    if (strchr(k->letters, (char)c) != NULL) return joined ? 1 : -2;
    if (strchr(k->signs, (char)c) != NULL) return is_letter(before) && is_letter(after) && c != 0xad ? 0 : 1;
    return -2;
}

static const char *ask_icu(const char *p, size_t len)
{
    UErrorCode code = U_ZERO_ERROR;
    UCharsetDetector *d = ucsdet_open(&code);
    const char *name = NULL;
    if (U_FAILURE(code)) return NULL;
    ucsdet_setText(d, p, (int32_t)(len < 8192 ? len : 8192), &code);
    const UCharsetMatch *m = ucsdet_detect(d, &code);
    if (U_SUCCESS(code) && m != NULL && ucsdet_getConfidence(m, &code) >= 40) name = ucsdet_getName(m, &code);
    static const char *const known[] = {"windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1255",
                                        "windows-1256", "ISO-8859-2",   "ISO-8859-5",   "ISO-8859-6",   "ISO-8859-7",
                                        "ISO-8859-8",   "ISO-8859-9",   "KOI8-R",       "Shift_JIS",    "EUC-JP",
                                        "EUC-KR",       "GB18030",      "Big5"};
    const char *found = NULL;
    for (size_t i = 0; name != NULL && i < sizeof known / sizeof *known; i++)
        if (strcmp(name, known[i]) == 0) found = known[i];
    if (name != NULL && strncmp(name, "ISO-8859-1", 10) == 0 && name[10] == '\0') found = "windows-1252";
    ucsdet_close(d);
    return found;
}

const char *input_detect(const char *p, size_t len)
{
    long score[CANDIDATES] = {0}, high = 0;
    size_t n = len < DETECT_BYTES ? len : DETECT_BYTES;
    for (size_t i = 0; i < len && (i < n || high < 16); i++) {
        if ((unsigned char)p[i] < 0x80) continue;
        high++;
        for (size_t k = 0; k < CANDIDATES; k++) score[k] += score_byte(&candidates[k], p, i, len);
    }
    size_t best = 0;
    for (size_t k = 1; k < CANDIDATES; k++)
        if (score[k] > score[best]) best = k;
    if (score[best] > 0 && score[best] >= high / 2) return candidates[best].name;
    return len >= 64 ? ask_icu(p, len) : NULL;
}

bool input_looks_binary(const char *p, size_t len)
{
    size_t n = len < 4096 ? len : 4096, control = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        control += c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b;
    }
    return control > n / 32 + 1;
}
