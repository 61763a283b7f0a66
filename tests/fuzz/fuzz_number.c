/* The number grammar. The first byte chooses: digits with separators (both styles), or number words. What is read can be
 * printed, the print reads as the same number, and arithmetic on it keeps the laws it must. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "match/number.h"

static void check_print(const erz_decimal *d)
{
    char first[ERZ_DECIMAL_ROOM], again[ERZ_DECIMAL_ROOM];
    erz_decimal back;
    size_t len = erz_decimal_print(d, false, first);
    if (len >= sizeof first || strlen(first) != len || strspn(first, "0123456789.") != len) fuzz_fail("a plain decimal");
    if (len > 40) return; /* zeros that stand for the exponent: more digits than are read */
    if (!erz_number_parse(first, len, ERZ_NUMBER_ENGLISH, &back, NULL)) {
        if (len <= 36) fuzz_fail("the print of a number is a number");
        return;
    }
    erz_decimal_print(&back, false, again);
    if (strcmp(first, again) != 0 || erz_decimal_compare(d, &back) != 0) fuzz_fail("the print of a number is that number");
}

static void check_arithmetic(const erz_decimal *a, const erz_decimal *b)
{
    erz_decimal x = *a, y = *b;
    bool left = erz_decimal_add(&x, *b), right = erz_decimal_add(&y, *a);
    if (left != right || (left && erz_decimal_compare(&x, &y) != 0)) fuzz_fail("a + b is b + a");
    if (left && erz_decimal_compare(&x, a) < 0) fuzz_fail("a + b is at least a");
    x = *a, y = *b;
    left = erz_decimal_mul(&x, *b), right = erz_decimal_mul(&y, *a);
    if (left != right || (left && erz_decimal_compare(&x, &y) != 0)) fuzz_fail("a * b is b * a");
    if (erz_decimal_compare(a, b) != -erz_decimal_compare(b, a)) fuzz_fail("a < b is b > a");
}

static void read_digits(const char *s, size_t len)
{
    erz_decimal numbers[2];
    unsigned traits;
    int n = 0;
    for (int style = ERZ_NUMBER_GERMAN; style <= ERZ_NUMBER_ENGLISH; style++) {
        if (!erz_number_parse(s, len, (erz_number_style)style, &numbers[n], &traits)) continue;
        check_print(&numbers[n++]);
    }
    if (n == 2) check_arithmetic(&numbers[0], &numbers[1]);
}

static void read_words(const char *s, size_t len)
{
    erz_decimal word, phrase;
    erz_morph morphs[ERZ_NUMBER_MORPHS];
    size_t used = 0, n = erz_number_split(s, len, morphs, ERZ_NUMBER_MORPHS, &used);
    if (n > ERZ_NUMBER_MORPHS || used > len) fuzz_fail("morphemes lie in the word");
    if (n > 0 && erz_number_eval(morphs, n, NULL, &word) > n) fuzz_fail("a number is made of its morphemes");
    if (erz_number_phrase(s, len, &phrase)) check_print(&phrase);
    if (!erz_number_word(s, len, &word)) return;
    check_print(&word);
    check_arithmetic(&word, &word);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1) return 0;
    char *s = malloc(size); /* of just that size, for the sanitizer */
    if (s == NULL) exit(2);
    memcpy(s, data + 1, size - 1);
    if (data[0] % 2 == 0)
        read_digits(s, size - 1);
    else
        read_words(s, size - 1);
    free(s);
    return 0;
}
