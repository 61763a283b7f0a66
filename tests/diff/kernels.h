/* Kernels against the scalar one: the masks of single windows and the tokens of texts of every length at every alignment. Needs
 * no library but erz's own tokenizer, so that it runs under an emulator, too. */
#ifndef ERZ_TESTS_KERNELS_H
#define ERZ_TESTS_KERNELS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "erz/token.h"
#include "tokenize/scan.h"

static uint64_t random_state = UINT64_C(0x2545f4914f6cdd1d);

static uint32_t random_number(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)(random_state >> 32);
}

/* Pieces that rules care for; the last ones are not UTF-8. */
static const char *const pieces[] = {"a",
                                     "B",
                                     "Wort",
                                     "Ä",
                                     "ö",
                                     "ß",
                                     "é",
                                     "Ž",
                                     "ł",
                                     "Σ",
                                     "й",
                                     "中",
                                     "1",
                                     "23",
                                     "456",
                                     "2024",
                                     " ",
                                     " ",
                                     " ",
                                     " ",
                                     "  ",
                                     "\n",
                                     "\n\n",
                                     "\t",
                                     "\r\n",
                                     ".",
                                     ".",
                                     ".",
                                     ",",
                                     ",",
                                     "!",
                                     "?",
                                     ":",
                                     ";",
                                     "-",
                                     "-",
                                     "--",
                                     "–",
                                     "—",
                                     "„",
                                     "“",
                                     "”",
                                     "»",
                                     "«",
                                     "‚",
                                     "‘",
                                     "’",
                                     "'",
                                     "''",
                                     "``",
                                     "\"",
                                     "(",
                                     ")",
                                     "[",
                                     "]",
                                     "{",
                                     "}",
                                     "/",
                                     "//",
                                     "\\",
                                     "&",
                                     "*",
                                     "+",
                                     "=",
                                     "<",
                                     ">",
                                     "^",
                                     "_",
                                     "~",
                                     "|",
                                     "#",
                                     "@",
                                     "$",
                                     "%",
                                     "€",
                                     "§",
                                     "°",
                                     "…",
                                     "...",
                                     "×",
                                     "÷",
                                     "²",
                                     "½",
                                     "\xc2\xa0",
                                     "\xe2\x80\xaf",
                                     "\xc2\xad",
                                     "\xe2\x80\x8b",
                                     "\xcc\x88",
                                     "😀",
                                     "👩‍👧",
                                     "🇩🇪",
                                     "☠",
                                     "️",
                                     "http://",
                                     "www.",
                                     ".de",
                                     ".com",
                                     "@b.de",
                                     "z. B. ",
                                     "Dr. ",
                                     "GmbH",
                                     "Mrd. ",
                                     "usw. ",
                                     " Der ",
                                     " Die ",
                                     "1.234,56",
                                     "12.03.",
                                     "20:45",
                                     "am 3. Juni",
                                     ":-)",
                                     ":wink:",
                                     "<-",
                                     "mailto:",
                                     "USD34.6",
                                     "3.5bn",
                                     "25€",
                                     "C&A",
                                     "*innen",
                                     ":innen",
                                     "L'",
                                     "\x7f",
                                     "\x01",
                                     "\xef\xbb\xbf",
                                     "am 9. Mai ",
                                     "Platz 3. Danach ",
                                     "der 100. Tag ",
                                     "999. ",
                                     "3:2-Sieg ",
                                     "(20:45) ",
                                     "20:45. Der ",
                                     "1/2 ",
                                     "1/2/3 ",
                                     "VW/Audi ",
                                     "Lehrer/in ",
                                     "km/h ",
                                     "Ein-/Aus ",
                                     "5 % ",
                                     "%-Satz ",
                                     "US$ ",
                                     "& ",
                                     "1&1 ",
                                     "geht's ",
                                     "a'b. Der ",
                                     "A380 ",
                                     "EU25 ",
                                     "20Mio ",
                                     "18jährig ",
                                     "J. Schmidt ",
                                     "J. Der ",
                                     "XIV. war ",
                                     "mhd. so ",
                                     "kam.) Der ",
                                     "kam. – Der ",
                                     "kam. € 5 ",
                                     "— so ",
                                     "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"};
static const char *const broken[] = {"\xc3",     "\xe2\x80",         "\x80",    "\xff", "\xed\xa0\x80",
                                     "\xc0\xaf", "\xf4\x90\x80\x80", "\xf0\x9f"};
enum { PIECES = sizeof pieces / sizeof *pieces, BROKEN = sizeof broken / sizeof *broken };

/* A text of exactly len bytes; pieces are cut where it ends, so that most texts of unclean = false are UTF-8 but for the end.
 */
static void make_text(char *out, size_t len, int style)
{
    size_t n = 0;
    while (n < len) {
        const char *piece = pieces[random_number() % PIECES];
        char byte[2] = {(char)random_number(), 0};
        if (style == 1 && random_number() % 8 != 0) piece = pieces[random_number() % 26]; /* plainer */
        if (style == 2 && random_number() % 40 == 0) piece = broken[random_number() % BROKEN];
        if (style == 3) piece = byte;
        size_t k = piece == byte ? 1 : strlen(piece);
        if (k > len - n) { /* whole characters only, mostly */
            if (style != 2)
                piece = "......................................................................................................"
                        "..................",
                k = len - n;
            if (k > len - n) k = len - n;
        }
        memcpy(out + n, piece, k);
        n += k;
    }
}

static bool same_tokens(const erz_tokens *a, const erz_tokens *b)
{
    return a->n == b->n && a->nsent == b->nsent && memcmp(a->begin, b->begin, a->n * sizeof *a->begin) == 0 &&
           memcmp(a->end, b->end, a->n * sizeof *a->end) == 0 && memcmp(a->cls, b->cls, a->n) == 0 &&
           memcmp(a->shape, b->shape, a->n * sizeof *a->shape) == 0 &&
           memcmp(a->sent, b->sent, (a->nsent + 1) * sizeof *a->sent) == 0;
}

static void show(const char *what, const char *text, size_t len)
{
    printf("# %s: ", what);
    for (size_t i = 0; i < len; i++) printf(text[i] >= ' ' && text[i] < 0x7f ? "%c" : "\\x%02x", (unsigned char)text[i]);
    printf("\n");
}

/* What must hold of any result. */
static bool well_formed(const erz_tokens *t, const char *text, size_t len)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->begin[i] >= t->end[i] || t->end[i] > len || (i > 0 && t->begin[i] < t->end[i - 1]) || t->cls[i] >= ERZ_TOKEN_END)
            return false;
    for (size_t i = 0; i < t->n; i++)
        if (t->shape[i] != erz_token_shape(text + t->begin[i], t->end[i] - t->begin[i])) {
            size_t from = t->begin[i] < 12 ? 0 : t->begin[i] - 12, to = t->end[i] + 12U < len ? t->end[i] + 12U : len;
            printf("# token %zu at %u, %u bytes: shape %x\n", i, t->begin[i], t->end[i] - t->begin[i], t->shape[i]);
            show("around", text + from, to - from);
            return false;
        }
    for (size_t i = 0; i < t->nsent; i++)
        if (t->sent[i] >= t->sent[i + 1]) return false;
    return t->sent[t->nsent] == t->n && (t->n == 0 || (t->nsent > 0 && t->sent[0] == 0));
}

/* Texts of every length up to 300 at every alignment, in blocks of their exact size. */
static bool compare_texts(erz_tokenizer *scalar, erz_tokenizer *other, size_t max_len, size_t step)
{
    for (size_t len = 0; len <= max_len; len++) {
        for (size_t shift = 0; shift < 64; shift += step) {
            char *block = malloc(shift + len + 1), *text = block + shift;
            make_text(text, len, (int)(random_number() % 4));
            block = realloc(block, shift + len == 0 ? 1 : shift + len);
            text = block + shift;
            erz_tokens a, b;
            erz_error ea = {0}, eb = {0};
            erz_status sa = erz_tokenize(scalar, text, len, &a, &ea), sb = erz_tokenize(other, text, len, &b, &eb);
            bool good = sa == sb && (sa == ERZ_OK ? same_tokens(&a, &b) && well_formed(&a, text, len)
                                                  : sa == ERZ_E_UTF8 && ea.offset == eb.offset && ea.offset < len);
            if (!good) show(sa != sb ? "status" : sa == ERZ_OK ? "tokens" : "offset", text, len);
            free(block);
            if (!good) return false;
        }
    }
    return true;
}

/* Where a text lies in the windows does not matter: a word and an empty line before it move its tokens, no more. */
static bool compare_shifts(erz_tokenizer *at_start, erz_tokenizer *shifted, unsigned rounds)
{
    for (unsigned r = 0; r < rounds; r++) {
        enum { MOST = 400, BEFORE = 72 };
        char block[BEFORE + MOST], *text = block + BEFORE;
        size_t len = random_number() % MOST, word = 1 + random_number() % 64;
        memset(block, 'x', BEFORE - 2);
        memset(text - 2, '\n', 2);
        make_text(text, len, (int)(random_number() % 2));
        erz_tokens a, b;
        erz_status sa = erz_tokenize(at_start, text - 2, len + 2, &a, NULL),
                   sb = erz_tokenize(shifted, text - 2 - word, len + 2 + word, &b, NULL);
        if (sa != sb) return false;
        if (sa != ERZ_OK) continue;
        b.n--, b.begin++, b.end++, b.cls++, b.shape++, b.sent++, b.nsent--;
        for (size_t i = 0; i < b.n; i++) b.begin[i] -= (uint32_t)word, b.end[i] -= (uint32_t)word;
        for (size_t i = 0; i <= b.nsent; i++) b.sent[i]--;
        if (same_tokens(&a, &b)) continue;
        size_t i = 0;
        while (i < a.n && i < b.n && a.begin[i] == b.begin[i] && a.end[i] == b.end[i] && a.shape[i] == b.shape[i]) i++;
        size_t at = i < a.n ? a.begin[i] - 2 : 0, from = at < 20 ? 0 : at - 20;
        printf("# word of %zu, token %zu at %zu: %u-%u class %d shape %x, %u-%u class %d shape %x, sentences %zu %zu\n", word,
               i, at, a.begin[i], a.end[i], a.cls[i], a.shape[i], b.begin[i], b.end[i], b.cls[i], b.shape[i], a.nsent, b.nsent);
        show("around", text + from, len - from < 60 ? len - from : 60);
        return false;
    }
    return true;
}

static bool same_masks(const erz_masks *a, const erz_masks *b)
{
    const uint64_t inside = ERZ_WINDOW_MASK; /* a pair cut at the window's edge may be seen either way */
    return ((a->letter ^ b->letter) & inside) == 0 && ((a->upper ^ b->upper) & inside) == 0 &&
           ((a->lower ^ b->lower) & inside) == 0 && a->digit == b->digit && a->space == b->space && a->hyphen == b->hyphen &&
           a->dot_comma == b->dot_comma && a->wide == b->wide && ((a->other ^ b->other) & inside) == 0 && a->event == b->event;
}

/* Windows of random bytes, of bytes that matter, and each byte alone. */
static bool compare_masks(const erz_kernel *scalar, const erz_kernel *other, unsigned rounds)
{
    for (unsigned r = 0; r < rounds + 256; r++) {
        uint8_t bytes[64];
        for (unsigned i = 0; i < 64; i++) {
            static const uint8_t some[] = {0xc3, 0x80, 0x96, 0x97, 0x98, 0x9e, 0x9f, 0xa0,
                                           0xb6, 0xb7, 0xb8, 0xbf, 0xc2, 0xe2, 'a',  'Z'};
            bytes[i] = r < 256 ? (uint8_t)r : r % 2 == 0 ? (uint8_t)random_number() : some[random_number() % sizeof some];
        }
        erz_masks a, b;
        scalar->classify(bytes, &a);
        other->classify(bytes, &b);
        if (!same_masks(&a, &b)) return false;
    }
    return true;
}

#endif
