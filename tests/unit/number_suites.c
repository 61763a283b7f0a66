/* Number words of other projects' German test cases (../shared/data/quantities, skipped when absent): text2num, its Rust port,
 * Duckling, lingua_franca. Each case is a text and the numbers in it; what is left out has its reason beside its line number.
 */
#include <ctype.h>
#include <jansson.h>
#include <stdbool.h>

#include "tap.h"

#include "erz/lexicon_build.h"
#include "match/number.h"

static const char folder[] = "../shared/data/quantities/";

enum { ROOM = 1024, MAX = 32 };

typedef struct left_out {
    unsigned line;
    const char *reason;
} left_out;

static const char ordinal[] = "an ordinal names a rank, not an amount";
static const char figures[] = "digits said one by one (telephone numbers) are no amount";
static const char fraction[] = "fractions are items of the grammar, not number words: see docs/quantities.md";
static const char token[] = "put together from tokens: see docs/quantities.md";
static const char article[] = "a lone article is no number";
static const char none[] = "keiner: a pronoun";
static const char comma[] = "two suites differ on `komma` before a number above nine; the other one's reading was taken";

static const char *reason(const left_out *list, unsigned line)
{
    for (; list->line != 0; list++)
        if (list->line == line) return list->reason;
    return NULL;
}

/* Numbers of a text, longest phrase first; a lone ein, eine is an article. */
typedef struct numbers {
    char value[MAX][ERZ_DECIMAL_ROOM];
    size_t n;
} numbers;

static void add(numbers *out, const erz_decimal *d)
{
    if (out->n < MAX) erz_decimal_print(d, false, out->value[out->n++]);
}

static bool is_article(const char *s, size_t len)
{
    return len >= 3 && len <= 5 && memcmp(s, "ein", 3) == 0 && !(len == 4 && s[3] == 's');
}

static size_t phrase_at(const char *s, size_t len, erz_decimal *d)
{
    for (size_t end = len; end > 0; end--) {
        if (end < len && s[end] != ' ') continue;
        if (erz_number_phrase(s, end, d) && !is_article(s, end)) return end;
    }
    return 0;
}

static size_t digits_at(const char *s, size_t len, erz_decimal *d)
{
    size_t n = 0;
    while (n < len &&
           (isdigit((unsigned char)s[n]) || ((s[n] == '.' || s[n] == ',') && n + 1 < len && isdigit((unsigned char)s[n + 1]))))
        n++;
    if (n == 0 || !erz_number_parse(s, n, ERZ_NUMBER_GERMAN, d, NULL)) return 0;
    int power = n < len ? (s[n] == 'k' ? 3 : s[n] == 'm' ? 6 : s[n] == 'g' ? 9 : 0) : 0;
    if (power == 0 || (n + 1 < len && isalpha((unsigned char)s[n + 1]))) return n;
    d->exp += power;
    return n + 1;
}

static size_t word_len(const char *s, size_t len)
{
    size_t n = 0;
    while (n < len && s[n] != ' ') n++;
    return n;
}

/* Punctuation parts phrases: every stretch of letters and blanks is read by itself. */
static void find_numbers(const char *text, numbers *out)
{
    char fold[ROOM];
    out->n = 0;
    size_t len = erz_form_fold(text, strlen(text), fold, sizeof fold);
    for (size_t at = 0; at < len;) {
        size_t stretch = strcspn(fold + at, ",.;:!?=()\"");
        erz_decimal d;
        size_t n = digits_at(fold + at, len - at, &d);
        if (n > 0) {
            add(out, &d);
            at += n;
            continue;
        }
        if (stretch == 0 || fold[at] == ' ') {
            at++;
            continue;
        }
        if (at + stretch > len) stretch = len - at;
        while (stretch > 0 && fold[at + stretch - 1] == ' ') stretch--;
        n = phrase_at(fold + at, stretch, &d);
        if (n > 0) add(out, &d);
        at += n > 0 ? n : word_len(fold + at, stretch);
    }
}

static bool same_numbers(const numbers *a, const numbers *b)
{
    if (a->n != b->n) return false;
    for (size_t i = 0; i < a->n; i++)
        if (strcmp(a->value[i], b->value[i]) != 0) return false;
    return true;
}

static const char *decode(const char *json, char *out)
{
    json_t *v = json_loads(json, JSON_DECODE_ANY, NULL);
    out[0] = '\0';
    if (json_is_string(v)) snprintf(out, ROOM, "%s", json_string_value(v));
    if (json_is_number(v)) snprintf(out, ROOM, "%g", json_number_value(v));
    json_decref(v);
    return out;
}

typedef bool (*check)(const char *what, const char *text, const char *want);

static void run(const char *name, unsigned what, unsigned text, unsigned want, const left_out *known, check passes)
{
    char path[256], line[4 * ROOM], in[ROOM], out[ROOM];
    unsigned number = 0, bad = 0;
    snprintf(path, sizeof path, "%s%s", folder, name);
    FILE *f = fopen(path, "r");
    if (f == NULL) skip();
    while (fgets(line, sizeof line, f) != NULL) {
        char *column[4] = {line, "", "", ""};
        line[strcspn(line, "\n")] = '\0';
        for (unsigned i = 1; i < 4; i++) {
            char *tab = strchr(column[i - 1], '\t');
            if (tab == NULL) break;
            *tab = '\0';
            column[i] = tab + 1;
        }
        if (++number == 1 || reason(known, number) != NULL) continue;
        decode(column[text], in);
        if (*column[want] == '"')
            decode(column[want], out);
        else
            snprintf(out, sizeof out, "%s", column[want]);
        if (passes(column[what], in, out)) continue;
        print_message("%s:%u\n", name, number);
        bad++;
    }
    fclose(f);
    assert_int_equal(bad, 0);
}

static bool text_holds(const char *text, const char *want)
{
    numbers got, wanted;
    find_numbers(text, &got);
    find_numbers(want, &wanted);
    return same_numbers(&got, &wanted);
}

static bool is_number(const char *text, const char *want)
{
    char fold[ROOM], value[ERZ_DECIMAL_ROOM];
    erz_decimal d;
    size_t len = erz_form_fold(text, strlen(text), fold, sizeof fold);
    if (!erz_number_phrase(fold, len, &d)) return false;
    erz_decimal_print(&d, false, value);
    return strtod(value, NULL) == strtod(want, NULL);
}

static bool text2num(const char *what, const char *text, const char *want)
{
    (void)what;
    return is_number(text, want);
}

static bool rust(const char *what, const char *text, const char *want)
{
    char fold[ROOM];
    erz_decimal d;
    if (strstr(what, "invalid") != NULL)
        return !erz_number_phrase(fold, erz_form_fold(text, strlen(text), fold, sizeof fold), &d);
    if (strstr(what, "text2digits") != NULL) return is_number(text, want);
    return text_holds(text, want);
}

static bool duckling(const char *what, const char *text, const char *want)
{
    char sign = *text == '-' ? '-' : '+', value[ROOM];
    (void)what;
    want += strcspn(want, "(-0123456789");
    if (strncmp(text, "negativ ", 8) == 0) sign = '-', text += 8;
    if (sign == '-' && *text == '-') text++;
    if (*want == '(') want++;
    numbers got;
    find_numbers(text, &got);
    if (got.n == 0 && is_article("eine", 4) && strcmp(text, "Eine") == 0) return is_number(text, want);
    snprintf(value, sizeof value, "%s%s", sign == '-' ? "-" : "", got.n == 1 ? got.value[0] : "x");
    return got.n == 1 && strtod(value, NULL) == strtod(want, NULL);
}

static bool lingua(const char *what, const char *text, const char *want)
{
    if (strcmp(what, "extract_number") == 0) {
        numbers got;
        find_numbers(text, &got);
        return got.n == 1 && strtod(got.value[0], NULL) == strtod(want, NULL);
    }
    return text_holds(text, want);
}

static void test_text2num(void **state)
{
    static const left_out known[] = {{0, NULL}};
    (void)state;
    run("text2num_de.tsv", 0, 1, 2, known, text2num);
}

static void test_rust(void **state)
{
    static const left_out known[] = {{9, ordinal},  {10, ordinal}, {11, figures}, {29, figures}, {31, figures},
                                     {32, figures}, {33, ordinal}, {34, ordinal}, {36, ordinal}, {37, ordinal},
                                     {38, article}, {39, comma},   {0, NULL}};
    (void)state;
    run("text2num_rs_de.tsv", 0, 1, 2, known, rust);
}

static void test_duckling(void **state)
{
    static const left_out known[] = {{3, none}, {19, token}, {0, NULL}};
    (void)state;
    run("duckling_numeral_de.tsv", 0, 1, 0, known, duckling);
}

static void test_lingua(void **state)
{
    static const left_out known[] = {{4, ordinal},   {5, ordinal},   {8, fraction},  {9, fraction}, {10, token}, {11, fraction},
                                     {12, fraction}, {13, fraction}, {14, fraction}, {15, article}, {0, NULL}};
    (void)state;
    run("lingua_franca_de.tsv", 0, 1, 2, known, lingua);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_text2num), cmocka_unit_test(test_rust),
                                       cmocka_unit_test(test_duckling), cmocka_unit_test(test_lingua)};
    return cmocka_run_group_tests_name("number suites", tests, NULL, NULL);
}
