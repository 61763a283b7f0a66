#include "german.h"

#include <stdint.h>
#include <string.h>

/* The word in one byte a letter: umlauts in Latin-1, ß as ss; U and Y stand for u and y between vowels, which are consonants.
 */
typedef struct stem_word {
    unsigned char s[GERMAN_STEM_ROOM];
    size_t n;
    size_t p1, p2; /* where Snowball's regions R1 and R2 begin */
} stem_word;

enum { A_UMLAUT = 0xe4, O_UMLAUT = 0xf6, U_UMLAUT = 0xfc };
enum { VOWEL = 1, S_ENDING = 2, ST_ENDING = 4 };

static const uint8_t traits[256] = {
    ['a'] = VOWEL,
    ['e'] = VOWEL,
    ['i'] = VOWEL,
    ['o'] = VOWEL,
    ['u'] = VOWEL,
    ['y'] = VOWEL,
    [A_UMLAUT] = VOWEL,
    [O_UMLAUT] = VOWEL,
    [U_UMLAUT] = VOWEL,
    ['b'] = S_ENDING | ST_ENDING,
    ['d'] = S_ENDING | ST_ENDING,
    ['f'] = S_ENDING | ST_ENDING,
    ['g'] = S_ENDING | ST_ENDING,
    ['h'] = S_ENDING | ST_ENDING,
    ['k'] = S_ENDING | ST_ENDING,
    ['l'] = S_ENDING | ST_ENDING,
    ['m'] = S_ENDING | ST_ENDING,
    ['n'] = S_ENDING | ST_ENDING,
    ['r'] = S_ENDING,
    ['t'] = S_ENDING | ST_ENDING,
};

static bool is_vowel(const stem_word *w, size_t i)
{
    return (traits[w->s[i]] & VOWEL) != 0;
}

static unsigned char umlaut(unsigned char second)
{
    return second == 0xa4 ? A_UMLAUT : second == 0xb6 ? O_UMLAUT : second == 0xbc ? U_UMLAUT : 0;
}

static bool read_word(stem_word *w, const char *word, size_t len)
{
    size_t n = 0;
    if (len >= GERMAN_STEM_ROOM) return false;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)word[i], d;
        if (c < 0x80) {
            if (c >= 'A' && c <= 'Z') return false;
            w->s[n++] = c;
            continue;
        }
        if (c != 0xc3 || i + 1 == len) return false;
        d = (unsigned char)word[++i];
        if (d == 0x9f) {
            w->s[n++] = 's';
            w->s[n++] = 's';
        } else if ((w->s[n++] = umlaut(d)) == 0) {
            return false;
        }
    }
    w->n = n;
    return true;
}

static void mark_consonants(stem_word *w)
{
    for (size_t i = 1; i + 1 < w->n; i++)
        if ((w->s[i] == 'u' || w->s[i] == 'y') && is_vowel(w, i - 1) && is_vowel(w, i + 1))
            w->s[i] = (unsigned char)(w->s[i] - 'a' + 'A');
}

/* Behind the first consonant behind a vowel from `at` on; n + 1: there is none. */
static size_t region(const stem_word *w, size_t at)
{
    while (at < w->n && !is_vowel(w, at)) at++;
    while (at < w->n && is_vowel(w, at)) at++;
    return at + 1;
}

static void mark_regions(stem_word *w)
{
    w->p1 = w->p2 = w->n;
    if (w->n < 3) return;
    size_t p1 = region(w, 0);
    if (p1 > w->n) return;
    w->p1 = p1 < 3 ? 3 : p1;
    size_t p2 = region(w, p1);
    if (p2 <= w->n) w->p2 = p2;
}

static bool ends(const stem_word *w, size_t n, const char *s, size_t len)
{
    return n >= len && memcmp(w->s + n - len, s, len) == 0;
}
#define ENDS(w, n, s) ends(w, n, s, sizeof(s) - 1)

static void delete_in_r1(stem_word *w, size_t len)
{
    if (w->n - len >= w->p1) w->n -= len;
}

/* em ern er, e en es, s */
static void strip_case(stem_word *w)
{
    size_t n = w->n;
    if (n == 0) return;
    switch (w->s[n - 1]) {
    case 'm':
        if (ENDS(w, n, "em")) delete_in_r1(w, 2);
        return;
    case 'r':
        if (ENDS(w, n, "er")) delete_in_r1(w, 2);
        return;
    case 'n':
        if (ENDS(w, n, "ern")) {
            delete_in_r1(w, 3);
            return;
        }
        if (!ENDS(w, n, "en")) return;
        delete_in_r1(w, 2);
        break;
    case 'e':
        delete_in_r1(w, 1);
        break;
    case 's':
        if (ENDS(w, n, "es"))
            delete_in_r1(w, 2);
        else if (n >= 2 && n - 1 >= w->p1 && (traits[w->s[n - 2]] & S_ENDING) != 0)
            w->n--;
        if (!ENDS(w, n, "es")) return;
        break;
    default:
        return;
    }
    if (w->n < n && ENDS(w, w->n, "niss")) w->n--;
}

/* en er est, st */
static void strip_degree(stem_word *w)
{
    size_t n = w->n;
    if (ENDS(w, n, "en") || ENDS(w, n, "er"))
        delete_in_r1(w, 2);
    else if (ENDS(w, n, "est"))
        delete_in_r1(w, 3);
    else if (ENDS(w, n, "st") && n >= 6 && n - 2 >= w->p1 && (traits[w->s[n - 3]] & ST_ENDING) != 0)
        w->n -= 2;
}

static bool in_r2(const stem_word *w, size_t len)
{
    return w->n >= len && w->n - len >= w->p2;
}

static bool no_e_before(const stem_word *w, size_t len)
{
    return w->n == len || w->s[w->n - len - 1] != 'e';
}

/* end ung, ig ik isch, lich heit, keit */
static void strip_derivation(stem_word *w)
{
    size_t n = w->n;
    if (ENDS(w, n, "end") || ENDS(w, n, "ung")) {
        if (!in_r2(w, 3)) return;
        w->n -= 3;
        if (ENDS(w, w->n, "ig") && no_e_before(w, 2) && in_r2(w, 2)) w->n -= 2;
    } else if (ENDS(w, n, "ig") || ENDS(w, n, "ik")) {
        if (in_r2(w, 2) && no_e_before(w, 2)) w->n -= 2;
    } else if (ENDS(w, n, "isch")) {
        if (in_r2(w, 4) && no_e_before(w, 4)) w->n -= 4;
    } else if (ENDS(w, n, "lich") || ENDS(w, n, "heit")) {
        if (!in_r2(w, 4)) return;
        w->n -= 4;
        if (ENDS(w, w->n, "er") || ENDS(w, w->n, "en")) delete_in_r1(w, 2);
    } else if (ENDS(w, n, "keit")) {
        if (!in_r2(w, 4)) return;
        w->n -= 4;
        if (ENDS(w, w->n, "lich") && in_r2(w, 4))
            w->n -= 4;
        else if (ENDS(w, w->n, "ig") && in_r2(w, 2))
            w->n -= 2;
    }
}

static char plain(unsigned char c)
{
    switch (c) {
    case 'U':
        return 'u';
    case 'Y':
        return 'y';
    case A_UMLAUT:
        return 'a';
    case O_UMLAUT:
        return 'o';
    case U_UMLAUT:
        return 'u';
    default:
        return (char)c;
    }
}

bool german_stem(const char *word, size_t len, char out[GERMAN_STEM_ROOM], size_t *stem_len)
{
    stem_word w;
    if (!read_word(&w, word, len)) return false;
    mark_consonants(&w);
    mark_regions(&w);
    strip_case(&w);
    strip_degree(&w);
    strip_derivation(&w);
    for (size_t i = 0; i < w.n; i++) out[i] = plain(w.s[i]);
    out[w.n] = '\0';
    *stem_len = w.n;
    return true;
}
