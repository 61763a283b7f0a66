/* Numbers of text as exact decimals: digits with separators, and German number words. */
#ifndef ERZ_MATCH_NUMBER_H
#define ERZ_MATCH_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* (hi * 10^18 + lo) * 10^exp with lo < 10^18: up to 36 digits. */
typedef struct erz_decimal {
    uint64_t hi, lo;
    int32_t exp;
} erz_decimal;

enum { ERZ_DECIMAL_ROOM = 96 };

erz_decimal erz_decimal_from(uint64_t n, int exp);
/* Append a digit to the mantissa; false: too many digits. */
bool erz_decimal_push(erz_decimal *d, unsigned digit);
/* *a += b; false: does not fit (then *a is unchanged). */
bool erz_decimal_add(erz_decimal *a, erz_decimal b);
/* *a *= b for factors of up to 18 digits, the product too; false: does not fit. */
bool erz_decimal_mul(erz_decimal *a, erz_decimal b);
/* num / den, exact if it ends within 9 decimals, else rounded to 9. den != 0, num < 10^6. */
erz_decimal erz_decimal_ratio(uint32_t num, uint32_t den);
bool erz_decimal_is_zero(const erz_decimal *d);
/* Power of ten of the first digit: 0 for 1..9, 1 for 10..99, -1 for 0.1; 0 for zero. */
int erz_decimal_magnitude(const erz_decimal *d);
/* -1, 0, 1. */
int erz_decimal_compare(const erz_decimal *a, const erz_decimal *b);
/* Plain decimal with '.', no exponent, no zeros at the end of the fraction; returns its length. Numbers need
 * |exp| <= 40. */
size_t erz_decimal_print(const erz_decimal *d, bool negative, char out[ERZ_DECIMAL_ROOM]);

/* How `3.350` and `3,350` are read. */
typedef enum erz_number_style { ERZ_NUMBER_GERMAN, ERZ_NUMBER_ENGLISH } erz_number_style;

/* What the digits look like. */
enum {
    ERZ_NUMBER_COMMA_DECIMAL = 1 << 0, /* a comma that can only be a decimal one */
    ERZ_NUMBER_POINT_DECIMAL = 1 << 1, /* a point that can only be a decimal one */
    ERZ_NUMBER_AMBIGUOUS = 1 << 2,     /* one separator before three digits: the style decided */
    ERZ_NUMBER_FRACTION = 1 << 3,      /* has decimals */
    ERZ_NUMBER_GROUPED = 1 << 4        /* has thousands separators */
};

/* Read s[0, len): digits and separators only, beginning and ending with a digit (a leading separator is a decimal one).
 * Separators are . , ' and the apostrophes and narrow or no-break blanks of Unicode. traits may be NULL. */
bool erz_number_parse(const char *s, size_t len, erz_number_style style, erz_decimal *out, unsigned *traits);

/* Morphemes of number words; what a whole word is made of is worked out once and kept. */
enum { ERZ_NUMBER_MORPHS = 20 };
typedef struct erz_morph {
    uint8_t kind;   /* ERZ_MORPH_* */
    uint16_t value; /* units to tens: the number; big: power of ten */
} erz_morph;
enum {
    ERZ_MORPH_ZERO,
    ERZ_MORPH_UNIT, /* 1..9 */
    ERZ_MORPH_ONE,  /* eins, eine: ends a number */
    ERZ_MORPH_TEEN, /* 10..19 */
    ERZ_MORPH_TENS, /* 20..90 */
    ERZ_MORPH_HUNDRED,
    ERZ_MORPH_THOUSAND,
    ERZ_MORPH_BIG, /* Million and above */
    ERZ_MORPH_AND,
    ERZ_MORPH_HALF /* (zwei)einhalb, (zwei)dreiviertel: adds as many hundredths; anderthalb: 150 */
};

/* May a word (lower case) begin with a number morpheme? Most do not. */
bool erz_number_begins(const char *fold, size_t len);
/* Split a word (lower case) into number morphemes from its start; returns their number, *used the bytes they cover. */
size_t erz_number_split(const char *fold, size_t len, erz_morph *out, size_t max, size_t *used);
/* Longest number that morphemes[0, n) begin with; returns how many it takes, 0 if none. stops[i] (may be NULL): a number may
 * end before morpheme i (a word ends there). */
size_t erz_number_eval(const erz_morph *morphs, size_t n, const bool *stops, erz_decimal *out);
/* A whole word as a number; false if it is none. `ein` alone is 1. */
bool erz_number_word(const char *fold, size_t len, erz_decimal *out);
/* A phrase of number words separated by blanks, with `Komma`: as a whole, or false. */
bool erz_number_phrase(const char *fold, size_t len, erz_decimal *out);

#endif
