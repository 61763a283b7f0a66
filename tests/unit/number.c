/* Exact decimals, digits with separators, number words. */
#include "tap.h"

#include "match/number.h"

static const char *print(const erz_decimal *d)
{
    static char out[ERZ_DECIMAL_ROOM];
    erz_decimal_print(d, false, out);
    return out;
}

static const char *digits(const char *s, erz_number_style style)
{
    erz_decimal d;
    return erz_number_parse(s, strlen(s), style, &d, NULL) ? print(&d) : "none";
}

static void german_digits(void **state)
{
    static const char *const cases[][2] = {
        {"0", "0"},
        {"12", "12"},
        {"1.234,56", "1234.56"},
        {"1.234.567", "1234567"},
        {"3.350", "3350"},
        {"3,350", "3.35"},
        {"12,5", "12.5"},
        {"0.125", "0.125"},
        {"0,125", "0.125"},
        {"46.5", "46.5"},
        {"1234.567", "1234.567"},
        {"1'234.50", "1234.5"},
        {"1\xe2\x80\x99"
         "234.50",
         "1234.5"},
        {"1\xc2\xa0"
         "234\xe2\x80\xaf"
         "567,80",
         "1234567.8"},
        {"1,234.56", "1234.56"},
        {"1,234,567", "1234567"},
        {"1.085,0000", "1085"},
        {"999.999.999.999.999.999.999.999", "999999999999999999999999"},
        {"12.30.45", "none"},
        {"1.23,45,6", "none"},
        {"1.2.3", "none"},
        {"1'23", "none"},
        {"1,", "none"},
        {"", "none"},
        {"12a", "none"},
        {"1234567890123456789012345678901234567", "none"},
        {"00012,50", "12.5"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (strcmp(digits(cases[i][0], ERZ_NUMBER_GERMAN), cases[i][1]) != 0)
            fail_msg("%s: %s, not %s", cases[i][0], digits(cases[i][0], ERZ_NUMBER_GERMAN), cases[i][1]);
}

static void english_digits(void **state)
{
    (void)state;
    assert_string_equal(digits("3.350", ERZ_NUMBER_ENGLISH), "3.35");
    assert_string_equal(digits("3,350", ERZ_NUMBER_ENGLISH), "3350");
    assert_string_equal(digits("12,5", ERZ_NUMBER_ENGLISH), "12.5");
    assert_string_equal(digits("1,234.5", ERZ_NUMBER_ENGLISH), "1234.5");
}

static void traits(void **state)
{
    erz_decimal d;
    unsigned t;
    (void)state;
    assert_true(erz_number_parse("3.350", 5, ERZ_NUMBER_GERMAN, &d, &t));
    assert_int_equal(t, ERZ_NUMBER_AMBIGUOUS | ERZ_NUMBER_GROUPED);
    assert_true(erz_number_parse("3,35", 4, ERZ_NUMBER_GERMAN, &d, &t));
    assert_int_equal(t, ERZ_NUMBER_COMMA_DECIMAL | ERZ_NUMBER_FRACTION);
    assert_true(erz_number_parse("1'000.5", 7, ERZ_NUMBER_GERMAN, &d, &t));
    assert_int_equal(t, ERZ_NUMBER_POINT_DECIMAL | ERZ_NUMBER_FRACTION | ERZ_NUMBER_GROUPED);
    assert_true(erz_number_parse("77", 2, ERZ_NUMBER_GERMAN, &d, &t));
    assert_int_equal(t, 0);
}

static void printing(void **state)
{
    char out[ERZ_DECIMAL_ROOM];
    (void)state;
    erz_decimal d = erz_decimal_from(11326, -2);
    assert_int_equal(erz_decimal_print(&d, true, out), 7);
    assert_string_equal(out, "-113.26");
    d = erz_decimal_from(5, -3);
    erz_decimal_print(&d, false, out);
    assert_string_equal(out, "0.005");
    d = erz_decimal_from(1500, -2);
    erz_decimal_print(&d, false, out);
    assert_string_equal(out, "15");
    d = erz_decimal_from(34, 8);
    erz_decimal_print(&d, false, out);
    assert_string_equal(out, "3400000000");
    d = erz_decimal_from(0, 9);
    assert_int_equal(erz_decimal_print(&d, true, out), 1);
    assert_string_equal(out, "0");
}

static void arithmetic(void **state)
{
    (void)state;
    erz_decimal a = erz_decimal_from(12, 6), b = erz_decimal_from(3004, -1);
    assert_true(erz_decimal_add(&a, b));
    assert_string_equal(print(&a), "12000300.4");
    a = erz_decimal_from(25, 0);
    assert_true(erz_decimal_mul(&a, erz_decimal_from(5, -1)));
    assert_string_equal(print(&a), "12.5");
    a = erz_decimal_from(UINT64_MAX, 0);
    b = erz_decimal_from(1, 40);
    assert_false(erz_decimal_add(&a, b));
    assert_string_equal(print(&a), "18446744073709551615");
    a = erz_decimal_from(123456789012345678, 0);
    assert_false(erz_decimal_mul(&a, erz_decimal_from(123456789, 0)));
    a = erz_decimal_from(999999999999999999, 0);
    assert_true(erz_decimal_add(&a, erz_decimal_from(1, 0)));
    assert_string_equal(print(&a), "1000000000000000000");
    a = erz_decimal_ratio(3, 4);
    assert_string_equal(print(&a), "0.75");
    a = erz_decimal_ratio(2, 3);
    assert_string_equal(print(&a), "0.666666667");
}

static void order(void **state)
{
    erz_decimal a = erz_decimal_from(15, 8), b = erz_decimal_from(1500, 6), c = erz_decimal_from(2, -1),
                zero = erz_decimal_from(0, 0);
    (void)state;
    assert_int_equal(erz_decimal_compare(&a, &b), 0);
    assert_int_equal(erz_decimal_compare(&c, &a), -1);
    assert_int_equal(erz_decimal_compare(&a, &c), 1);
    assert_int_equal(erz_decimal_compare(&zero, &c), -1);
    assert_int_equal(erz_decimal_magnitude(&a), 9);
    assert_int_equal(erz_decimal_magnitude(&c), -1);
    assert_int_equal(erz_decimal_magnitude(&zero), 0);
}

static const char *words(const char *s)
{
    erz_decimal d;
    return erz_number_phrase(s, strlen(s), &d) ? print(&d) : "none";
}

static void number_words(void **state)
{
    static const char *const cases[][2] = {
        {"null", "0"},
        {"eins", "1"},
        {"eine", "1"},
        {"zwo", "2"},
        {"dreier", "3"},
        {"vieren", "4"},
        {"fuenf", "5"},
        {"dreissig", "30"},
        {"zwölf", "12"},
        {"zwoundzwanzig", "22"},
        {"zwei und vierzig", "42"},
        {"hundert", "100"},
        {"hunderteins", "101"},
        {"hundertundeine", "101"},
        {"ein hundert und drei", "103"},
        {"tausend", "1000"},
        {"siebzehn tausend", "17000"},
        {"zweihundert tausend", "200000"},
        {"neunzehnhundertneunundneunzig", "1999"},
        {"tausendundeins", "1001"},
        {"eine million zweihunderttausend", "1200000"},
        {"zwei millionen und drei", "2000003"},
        {"dreitausend milliarden", "3000000000000"},
        {"neunhundertneunundneunzig trillionen", "999000000000000000000"},
        {"eineinhalb", "1.5"},
        {"zweieinhalb", "2.5"},
        {"viereinhalb", "4.5"},
        {"zwanzigeinhalb", "20.5"},
        {"dreiundeinhalb", "3.5"},
        {"anderthalb", "1.5"},
        {"drei komma zwei", "3.2"},
        {"zwölf komma null fünf", "12.05"},
        {"zwei komma fünfundsiebzig", "2.75"},
        {"drei komma eins vier", "3.14"},
        {"zehnhundert", "none"},
        {"fünf null", "none"},
        {"zwei drei", "none"},
        {"zwanzigzwei", "none"},
        {"eins und zwanzig", "none"},
        {"ein und elf", "none"},
        {"tausend tausend", "none"},
        {"eine million zwei millionen", "none"},
        {"zwei milliarden drei", "2000000003"},
        {"drei komma", "none"},
        {"komma drei", "none"},
        {"und drei", "none"},
        {"drei und", "none"},
        {"einhalb", "none"},
        {"hunderterlei", "none"},
        {"einsam", "none"},
        {"", "none"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (strcmp(words(cases[i][0]), cases[i][1]) != 0)
            fail_msg("%s: %s, not %s", cases[i][0], words(cases[i][0]), cases[i][1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(german_digits), cmocka_unit_test(english_digits), cmocka_unit_test(traits),
        cmocka_unit_test(printing),      cmocka_unit_test(arithmetic),     cmocka_unit_test(order),
        cmocka_unit_test(number_words),
    };
    return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
