/* Where a pattern can begin, by sets of places, against PCRE2 over the same pattern's units: random patterns over random rows
 * of one to four machine words. */
#include <pcre2.h>
#include <setjmp.h>

#include "tap.h"

#include "match/rule_sets.h"

enum { LETTERS = 5, ROOM = 4096 };

static uint64_t state;

static uint32_t below(uint32_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 33) % n;
}

typedef struct maker {
    char text[ROOM];
    size_t n;
} maker;

static void put(maker *m, const char *s)
{
    size_t len = strlen(s);
    if (m->n + len + 1 >= ROOM) return;
    memcpy(m->text + m->n, s, len + 1);
    m->n += len;
}

static void put_atom(maker *m)
{
    char word[2] = {(char)('a' + (int)below(LETTERS)), '\0'};
    put(m, word);
}

static void put_condition(maker *m, int depth)
{
    put(m, "[");
    for (uint32_t n = 1 + below(3), i = 0; i < n; i++) {
        if (i > 0) put(m, below(3) == 0 ? " | " : " & ");
        if (below(2) == 0) put(m, "!");
        if (depth > 0 && below(4) == 0) {
            put(m, "(");
            put_atom(m);
            put(m, below(2) == 0 ? " | !" : " & ");
            put_atom(m);
            put(m, ")");
        } else {
            put_atom(m);
        }
    }
    put(m, "]");
}

static void put_sequence(maker *m, int depth);

static void put_range(maker *m, bool gap)
{
    char range[32];
    uint32_t min = below(3), max = min + below(4);
    snprintf(range, sizeof range, gap ? "%u..%u" : "{%u,%u}", min, max == 0 ? 1 : max);
    put(m, range);
}

static void put_item(maker *m, int depth)
{
    switch (below(depth > 0 ? 9 : 5)) {
    case 0:
        put_range(m, true);
        if (below(2) == 0) put_condition(m, depth);
        return;
    case 1:
        put_condition(m, depth);
        break;
    case 2:
        put(m, ".");
        break;
    case 3:
    case 4:
        put_atom(m);
        break;
    case 5:
        put(m, below(2) == 0 ? "!(" : "&(");
        put_sequence(m, depth - 1);
        put(m, ")");
        return;
    case 6:
        put(m, below(2) == 0 ? "\\start" : "\\end");
        return;
    default:
        put(m, "(");
        put_sequence(m, depth - 1);
        put(m, " | ");
        put_sequence(m, depth - 1);
        put(m, ")");
    }
    if (below(3) == 0) put_range(m, false);
}

static void put_sequence(maker *m, int depth)
{
    for (uint32_t n = 1 + below(4), i = 0; i < n; i++) {
        if (i > 0) put(m, " ");
        put_item(m, depth);
    }
}

/* A row of random items; each atom holds of about a third of them. */
static void make_row(rule_row *row, uint32_t natoms, uint32_t n)
{
    row->number++;
    row->natoms = 0;
    row->n = n;
    row->width = n / 64 + 1;
    row->nunits = 0;
    for (uint32_t a = 0; a < natoms; a++) {
        row->seen[a] = row->number;
        memset(row->masks + (size_t)a * row->width, 0, row->width * sizeof *row->masks);
    }
    for (uint32_t i = 0; i < n; i++) {
        row->items[i].unit = (uint32_t)row->nunits;
        row->units[row->nunits++] = RULE_ITEM;
        for (uint32_t a = ATOM_FIXED; a < natoms; a++) {
            if (below(3) != 0) continue;
            row->units[row->nunits++] = RULE_ATOM_BASE + a;
            row->masks[(size_t)a * row->width + i / 64] |= UINT64_C(1) << (i % 64);
        }
    }
}

static pcre2_code_32 *compile(const rule_image *im, const rule_def *d, bool to_end)
{
    static uint32_t pattern[1 << 16];
    int code;
    PCRE2_SIZE at;
    size_t n = 0;
    const uint8_t *units = (const uint8_t *)im->strings + d->pattern, *end = units + d->npattern;
    assert_true(d->npattern + 8 < sizeof pattern / sizeof *pattern);
    for (const char *s = "(?:"; *s != '\0'; s++) pattern[n++] = (unsigned char)*s;
    while (units < end && rule_unit_next(&units, end, &pattern[n])) n++;
    for (const char *s = to_end ? ")\\z" : ")"; *s != '\0'; s++) pattern[n++] = (unsigned char)*s;
    pcre2_code_32 *re = pcre2_compile_32(pattern, n, PCRE2_ANCHORED | PCRE2_DOTALL, &code, &at, NULL);
    assert_non_null(re);
    return re;
}

/* Number of places that were compared; places where PCRE2 gave up are left out. */
static size_t compare(const char *rule, const rule_image *im, const rule_def *d, const rule_row *row, bool to_end)
{
    uint64_t starts[SETS_ROW / 64];
    pcre2_code_32 *re = compile(im, d, to_end);
    pcre2_match_data_32 *data = pcre2_match_data_create_32(RULE_MAX_ARGS + 1, NULL);
    pcre2_match_context_32 *context = pcre2_match_context_create_32(NULL);
    pcre2_set_match_limit_32(context, 3000);
    size_t done = 0;
    rule_sets_begin(im->pool + d->begins, d->nbegins, row, (uint32_t)row->n, to_end, starts);
    for (uint32_t i = 0; i < row->n; i++) {
        int n = pcre2_match_32(re, row->units, row->nunits, row->items[i].unit, 0, data, context);
        if (n < 0 && n != PCRE2_ERROR_NOMATCH) continue;
        bool here = (starts[i / 64] >> (i % 64) & 1) != 0;
        if (here != (n >= 0)) fail_msg("item %u of %zu, PCRE2 says %d: %s", i, row->n, n, rule);
        done++;
    }
    pcre2_match_data_free_32(data);
    pcre2_match_context_free_32(context);
    pcre2_code_free_32(re);
    return done;
}

static void test_random(void **unused)
{
    (void)unused;
    enum { ROUNDS = 1500, MOST_ITEMS = 230 };
    static rule_item items[MOST_ITEMS];
    rule_row row = {.items = items};
    size_t places = 0, rules = 0;
    state = UINT64_C(0x2545f4914f6cdd1d);
    row.units = malloc((size_t)MOST_ITEMS * (LETTERS + 2) * sizeof *row.units);
    assert_non_null(row.units);
    assert_true(rule_row_atoms(&row, ATOM_FIXED + LETTERS));
    uint32_t *units = row.units;
    for (int round = 0; round < ROUNDS; round++) {
        maker m = {.n = 0};
        rule_image im;
        put(&m, "rule x\n type y\n match ");
        put_sequence(&m, 3);
        put(&m, "\nend\n");
        rule_source source = {"random", m.text, m.n};
        if (rule_parse(&source, 1, NULL, 0, &im, NULL) != ERZ_OK) continue; /* holds nothing that must be there, or too much */
        rules++;
        for (uint32_t k = 0; k < 4; k++) {
            make_row(&row, ATOM_FIXED + im.natoms, k < 2 ? 1 + below(20) : 1 + below(MOST_ITEMS));
            places += compare(m.text, &im, &im.defs[0], &row, k % 2 == 1);
        }
        rule_image_free(&im);
    }
    row.units = units;
    row.items = NULL;
    rule_row_free(&row);
    print_message("# %zu patterns, %zu places\n", rules, places);
    assert_true(rules > ROUNDS / 3 && places > 100 * rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
