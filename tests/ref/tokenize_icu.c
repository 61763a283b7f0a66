/* Word starts against ICU's word break (UAX #29) on real text: every difference is one of the rules of docs/tokens.md. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include "erz/token.h"

enum { ICU_HAS = 1, ERZ_HAS = 2 };

/* Differences that a rule explains. */
typedef enum reason {
    SIGN_JOINS,  /* hyphen, ampersand, slash, apostrophe, dot, colon, comma ... between two word characters of one token */
    BLANK_JOINS, /* no-break blank inside a number */
    WEB,         /* URLs, addresses, handles, hashtags, emoticons are one token */
    BLANK_CUTS,  /* UAX #29 keeps words together over U+202F */
    SIGN_CUTS,   /* UAX #29 keeps letters together over . : and others; the rules cut there */
    AMOUNT,      /* 25EUR, USD34 */
    SIGN_BEGINS, /* -fach, 's, .NET: the token begins with its sign, the word behind it */
    SCRIPT,      /* ideographs: ICU has a dictionary */
    UNEXPLAINED,
    REASONS
} reason;
static const char *const reason_names[REASONS] = {"sign joins", "blank joins", "web",    "blank cuts", "sign cuts",
                                                  "amount",     "sign begins", "script", "unexplained"};

#pragma GCC diagnostic ignored "-Wconversion" /* ICU's macros */
#pragma GCC diagnostic ignored "-Wsign-conversion"
static UChar32 char_at(const char *text, size_t len, size_t pos)
{
    int32_t i = (int32_t)pos;
    UChar32 c;
    if (pos >= len) return ' ';
    U8_NEXT(text, i, (int32_t)len, c);
    return c;
}

static UChar32 char_before(const char *text, size_t pos)
{
    int32_t i = (int32_t)pos;
    UChar32 c = ' ';
    if (pos > 0) U8_PREV(text, 0, i, c);
    return c;
}

static reason explain(const char *text, size_t len, const erz_tokens *t, size_t token, size_t pos, unsigned which)
{
    UChar32 before = char_before(text, pos), at = char_at(text, len, pos);
    uint8_t cls = t->cls[token];
    if (cls >= ERZ_TOKEN_URL && cls <= ERZ_TOKEN_EMOJI) return WEB;
    if (u_hasBinaryProperty(at, UCHAR_IDEOGRAPHIC) || u_hasBinaryProperty(before, UCHAR_IDEOGRAPHIC)) return SCRIPT;
    if (which == ICU_HAS) {
        if (u_isUWhiteSpace(before)) return BLANK_JOINS;
        if (!u_isalnum(before)) return t->begin[token] + (size_t)U8_LENGTH(before) == pos ? SIGN_BEGINS : SIGN_JOINS;
        return UNEXPLAINED;
    }
    if (u_isalnum(before) && u_isalnum(at) && u_isdigit(before) != u_isdigit(at)) return AMOUNT;
    if (!u_isalnum(before) && !u_isUWhiteSpace(before)) return SIGN_CUTS;
    if (before == 0x202f) return BLANK_CUTS;
    return u_isalnum(at) ? UNEXPLAINED : SIGN_BEGINS;
}

static bool has_word(const char *text, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end;) {
        UChar32 c;
        U8_NEXT(text, i, end, c);
        if (u_isalnum(c)) return true;
    }
    return false;
}

/* Fills starts (a byte for each byte of the text). */
static bool icu_starts(const char *text, size_t len, uint8_t *starts)
{
    UErrorCode code = U_ZERO_ERROR;
    UText ut = UTEXT_INITIALIZER;
    utext_openUTF8(&ut, text, (int64_t)len, &code);
    UBreakIterator *words = ubrk_open(UBRK_WORD, "de", NULL, 0, &code);
    ubrk_setUText(words, &ut, &code);
    if (U_FAILURE(code)) return false;
    for (int32_t from = ubrk_first(words), to; (to = ubrk_next(words)) != UBRK_DONE; from = to)
        if (ubrk_getRuleStatus(words) >= UBRK_WORD_NONE_LIMIT) starts[from] |= ICU_HAS;
    ubrk_close(words);
    utext_close(&ut);
    return true;
}

static bool compare(const char *path, size_t counts[REASONS], size_t *agreed)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL) return false;
    char *text = malloc(1 << 22);
    size_t len = fread(text, 1, 1 << 22, f);
    fclose(f);
    uint8_t *starts = calloc(len + 1, 1);
    erz_tokenizer *tokenizer;
    erz_tokens t;
    if (erz_tokenizer_new(NULL, "scalar", &tokenizer, NULL) != ERZ_OK ||
        erz_tokenize(tokenizer, text, len, &t, NULL) != ERZ_OK || !icu_starts(text, len, starts))
        exit(1);
    for (size_t i = 0; i < t.n; i++)
        if (has_word(text, t.begin[i], t.end[i])) starts[t.begin[i]] |= ERZ_HAS;
    for (size_t pos = 0, token = 0; pos < len; pos++) {
        while (token + 1 < t.n && t.begin[token + 1] <= pos) token++;
        *agreed += starts[pos] == (ICU_HAS | ERZ_HAS);
        if (starts[pos] != ICU_HAS && starts[pos] != ERZ_HAS) continue;
        reason r = explain(text, len, &t, token, pos, starts[pos]);
        if (r == UNEXPLAINED && counts[r] < 10)
            printf("# %s at %zu: %.*s\n", starts[pos] == ICU_HAS ? "ICU" : "erz", pos, 24, text + (pos < 8 ? 0 : pos - 8));
        counts[r]++;
    }
    erz_tokenizer_free(tokenizer);
    free(starts);
    free(text);
    return true;
}

int main(void)
{
    static const char *const paths[] = {"../shared/data/raw/gnad10k_test.txt", "../shared/data/raw/wikinews_de.txt",
                                        "../shared/data/raw/leipzig_mixed_2011_10k.sents.txt"};
    size_t counts[REASONS] = {0}, agreed = 0;
    bool any = false;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) any |= compare(paths[i], counts, &agreed);
    if (!any) {
        printf("ok 1 - word starts against ICU # SKIP no ../shared/data/raw\n1..1\n");
        return 0;
    }
    printf("# the same: %zu\n", agreed);
    for (int r = 0; r < REASONS; r++) printf("# %s: %zu\n", reason_names[r], counts[r]);
    bool good = counts[UNEXPLAINED] == 0 && agreed > 100000;
    printf("%sok 1 - word starts against ICU: all differences explained\n1..1\n", good ? "" : "not ");
    return !good;
}
