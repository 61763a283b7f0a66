/* German number words against ICU's spell-out rules (RBNF, locale de): every number to 100,000 and 100,000 random ones up to
 * 999 trillions, in each of the rule sets for cardinals. */
#include <setjmp.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

#include "tap.h"

#include "base/utf8.h"
#include "erz/lexicon_build.h"
#include "match/number.h"

enum { ROOM = 1024 };

static UNumberFormat *open_rules(const char *set)
{
    UErrorCode code = U_ZERO_ERROR;
    UNumberFormat *f = unum_open(UNUM_SPELLOUT, NULL, 0, "de", NULL, &code);
    if (U_FAILURE(code)) return NULL;
    if (set != NULL) {
        UChar name[64];
        u_uastrcpy(name, set);
        unum_setTextAttribute(f, UNUM_DEFAULT_RULESET, name, -1, &code);
        if (U_FAILURE(code)) {
            unum_close(f);
            return NULL;
        }
    }
    return f;
}

/* Lower case, soft hyphens out: as the matcher sees words. */
static size_t spell(UNumberFormat *f, uint64_t n, char *out)
{
    UChar u[ROOM];
    char utf8[ROOM], normal[ROOM];
    UErrorCode code = U_ZERO_ERROR;
    int32_t len = unum_formatInt64(f, (int64_t)n, u, ROOM, NULL, &code), bytes = 0;
    u_strToUTF8(utf8, ROOM, &bytes, u, len, &code);
    assert_true(U_SUCCESS(code));
    size_t k = erz_form_normalize(utf8, (size_t)bytes, normal, sizeof normal);
    k = erz_form_fold(normal, k, out, ROOM);
    assert_true(k < ROOM);
    out[k] = '\0';
    return k;
}

static void expect(const char *words, size_t len, uint64_t n)
{
    erz_decimal d;
    if (!erz_number_phrase(words, len, &d)) fail_msg("not read: %s (%llu)", words, (unsigned long long)n);
    char got[ERZ_DECIMAL_ROOM], want[32];
    erz_decimal_print(&d, false, got);
    snprintf(want, sizeof want, "%llu", (unsigned long long)n);
    if (strcmp(got, want) != 0) fail_msg("%s: %s, not %s", words, got, want);
}

/* All numbers to 2000, each step-th to 100,000, and some beyond. */
static void check_range(const char *set, uint64_t step)
{
    char words[ROOM];
    UNumberFormat *f = open_rules(set);
    if (f == NULL) fail_msg("no ICU rule set %s", set == NULL ? "default" : set);
    for (uint64_t n = 0; n <= 100000; n += n < 2000 ? 1 : step) {
        size_t len = spell(f, n, words);
        expect(words, len, n);
    }
    uint64_t state = 0x9e3779b97f4a7c15u, limits[] = {1000000, 1000000000, 1000000000000, 1000000000000000, 999000000000000000};
    for (int i = 0; i < 30000; i++) {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        uint64_t n = state % limits[i % 5];
        size_t len = spell(f, n, words);
        expect(words, len, n);
    }
    unum_close(f);
}

static void cardinal(void **state)
{
    (void)state;
    check_range(NULL, 1);
}

static void cardinal_neuter(void **state)
{
    (void)state;
    check_range("%spellout-cardinal-neuter", 11);
}

static void cardinal_feminine(void **state)
{
    (void)state;
    check_range("%spellout-cardinal-feminine", 11);
}

static void numbering(void **state)
{
    (void)state;
    check_range("%spellout-numbering", 11);
}

static void year(void **state)
{
    (void)state;
    char words[ROOM];
    UNumberFormat *f = open_rules("%spellout-numbering-year");
    if (f == NULL) skip();
    for (uint64_t n = 1100; n < 2000; n++) {
        size_t len = spell(f, n, words);
        expect(words, len, n);
    }
    unum_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(cardinal), cmocka_unit_test(cardinal_neuter),
                                       cmocka_unit_test(cardinal_feminine), cmocka_unit_test(numbering),
                                       cmocka_unit_test(year)};
    return cmocka_run_group_tests_name("number words", tests, NULL, NULL);
}
