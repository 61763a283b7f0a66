/* The quantity grammar: mistakes in its source are named with line and column; mentions are in order, do not overlap, and do
 * not depend on the texts read before; the automaton leaves no rule out that matches. */
#include <dirent.h>
#include <stdbool.h>
#include <unistd.h>

#include "base/arena.h"
#include "erz/compile.h"
#include "erz/extract.h"
#include "erz/match.h"
#include "match/quantity.h"
#include "tap.h"

static char folder[] = "/tmp/erz-quantities-XXXXXX";

static void path_in(char *out, size_t size, const char *name)
{
    snprintf(out, size, "%s/%s", folder, name);
}

/* A model folder of links to models/de, with a grammar of its own. */
static int make_folder(void **state)
{
    char here[512], target[1024], link[1024];
    (void)state;
    DIR *dir = opendir("models/de");
    if (dir == NULL || getcwd(here, sizeof here) == NULL || mkdtemp(folder) == NULL) return 1;
    for (struct dirent *e; (e = readdir(dir)) != NULL;) {
        if (e->d_name[0] == '.' || strcmp(e->d_name, "quantities.grammar") == 0) continue;
        snprintf(target, sizeof target, "%s/models/de/%s", here, e->d_name);
        path_in(link, sizeof link, e->d_name);
        if (symlink(target, link) != 0) return 1;
    }
    closedir(dir);
    return 0;
}

static int remove_folder(void **state)
{
    char path[1024];
    (void)state;
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;) {
        path_in(path, sizeof path, e->d_name);
        unlink(path);
    }
    if (dir != NULL) closedir(dir);
    return rmdir(folder);
}

static erz_status build_with(const char *grammar, erz_error *err)
{
    char path[1024], model[1024];
    path_in(path, sizeof path, "quantities.grammar");
    path_in(model, sizeof model, "test.erzm");
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(grammar, f);
    fclose(f);
    return erz_model_build(folder, model, err);
}

static void bad_sources(void **state)
{
    static const struct {
        const char *grammar, *message;
        unsigned line, column;
    } cases[] = {
        {"mention a = amount:DIGIT unit:PERCENT\n", "no such kind of item", 1, 20},
        {"number = DIGITS\nmention a = amount:nummer unit:PERCENT\n", "no such part or slot", 2, 20},
        {"mention a = value:DIGITS\n", "no such slot", 1, 13},
        {"mention a = ( DIGITS\n", "expected )", 1, 21},
        {"mention a = DIGITS )\n", "unexpected )", 1, 20},
        {"mention a = 'und\n", "a quoted word needs its closing quote", 1, 14},
        {"# fine\n\nmention a [rang] = DIGITS\n", "flag is none of range, bare, vague", 3, 12},
        {"mention a DIGITS\n", "expected =", 1, 11},
        {"Number = DIGITS\n", "a line is `mention NAME = pattern` or `part = pattern`, names in small letters", 1, 7},
        {"mention a = !( number )\n", "only kinds and quoted words can be negated", 1, 16},
        {"mention a = DIGITS |\n", "expected a kind, a quoted word, a part or a group", 1, 21},
        {"a = b\nb = a\nmention x = b\n", "no such part or slot", 3, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        erz_error err = {0};
        assert_int_equal(build_with(cases[i].grammar, &err), ERZ_E_MODEL);
        if (strcmp(err.message, cases[i].message) != 0) fail_msg("%s: %s", cases[i].grammar, err.message);
        assert_int_equal(err.line, cases[i].line);
        if (cases[i].column != 0 && err.column != cases[i].column)
            fail_msg("%scolumn %u, not %u", cases[i].grammar, (unsigned)err.column, cases[i].column);
    }
}

static char *dump(void)
{
    char path[1024], *text = NULL;
    size_t len = 0;
    erz_model *model;
    path_in(path, sizeof path, "test.erzm");
    assert_int_equal(erz_model_open(path, &model, NULL), ERZ_OK);
    FILE *f = open_memstream(&text, &len);
    assert_int_equal(erz_quantities_dump(model, f), ERZ_OK);
    fclose(f);
    erz_model_close(model);
    return text;
}

static void compiled_form(void **state)
{
    (void)state;
    assert_int_equal(
        build_with("number = DIGITS | WORDS\nmention a = amount:number ( 'bis' to:number )? unit:PERCENT+\n", NULL), ERZ_OK);
    char *text = dump();
    assert_string_equal(text, "mention a (line 2)\n"
                              "    0 begin amount\n"
                              "    1 split 4\n"
                              "    2 kind DIGITS\n"
                              "    3 jump 5\n"
                              "    4 kind WORDS\n"
                              "    5 end amount\n"
                              "    6 split 14\n"
                              "    7 word bis\n"
                              "    8 begin to\n"
                              "    9 split 12\n"
                              "   10 kind DIGITS\n"
                              "   11 jump 13\n"
                              "   12 kind WORDS\n"
                              "   13 end to\n"
                              "   14 begin unit\n"
                              "   15 kind PERCENT\n"
                              "   16 split 18\n"
                              "   17 jump 15\n"
                              "   18 end unit\n"
                              "   19 match \n");
    free(text);
}

static const char *model_path(void)
{
    static char path[1024];
    const char *build = getenv("BUILD");
    snprintf(path, sizeof path, "%s/de.erzm", build == NULL ? "build" : build);
    return path;
}

static size_t extract(erz_extractor *x, const char *s, char *out, size_t size)
{
    erz_document doc = {.id = "x", .id_len = 1, .text = s, .len = strlen(s), .first = true, .last = true};
    erz_text *text;
    size_t n = 0, len = 0;
    uint32_t end = 0;
    assert_int_equal(erz_extractor_run(x, &doc, &text, NULL), ERZ_OK);
    for (size_t i = 0; i < text->nmentions; i++) {
        const erz_mention *m = &text->mentions[i];
        if (m->type != ERZ_MONEY && m->type != ERZ_PERCENT) continue;
        assert_true(m->begin >= end && m->end > m->begin && m->end <= doc.len);
        end = m->end;
        len += (size_t)snprintf(out + len, size - len, "%u-%u %s %s;", m->begin, m->end, m->value, m->unit);
        n++;
    }
    return n;
}

/* Words are classified once and kept: the second reading must give what the first gave, whatever was read between. */
static void no_memory_of_other_texts(void **state)
{
    static const char first[] =
        "Der Gewinn stieg um 3,5 Prozent auf 1.234 Mio. Euro, der Umsatz von 10 auf 12 Milliarden Dollar.";
    static const char english[] = "CHF 56.2 Mio. und CHF 4.192 Mio., USD 1.5 bn und 46.5 Mrd. Euro.";
    static const char long_list[] =
        "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24 und 25 Prozent";
    char a[1024], b[1024];
    erz_model *model;
    erz_extractor *x;
    (void)state;
    assert_int_equal(erz_model_open(model_path(), &model, NULL), ERZ_OK);
    assert_int_equal(erz_extractor_new(model, NULL, &x, NULL), ERZ_OK);
    assert_int_equal(extract(x, first, a, sizeof a), 4);
    assert_true(extract(x, english, b, sizeof b) == 4);
    extract(x, long_list, b, sizeof b);
    assert_int_equal(extract(x, "", b, sizeof b), 0);
    assert_int_equal(extract(x, "%", b, sizeof b), 0);
    assert_int_equal(extract(x, first, b, sizeof b), 4);
    assert_string_equal(a, b);
    erz_extractor_free(x);
    erz_model_close(model);
}

/* Words of the grammar in no order that means anything. */
static size_t make_text(char *out, size_t size, uint32_t *seed)
{
    static const char *const words[] = {
        "zwischen", "10",  "1.500", "2023",    "und",      "bis",    "von",     "auf",  "rund",         "Millionen", "Mio.",
        "Euro",     "$",   "EUR",   "Prozent", "%",        "Cent",   "zwei",    "eine", "halbe",        "(",         ")",
        "Vorjahr:", "-",   "+3",    "20-",     ",",        "statt",  "mehrere", "TEUR", "Dollar-Deal",  "Firma",     "3,5",
        "1/2",      "nun", "5-",    "Franken", "Hunderte", "steigt", "50",      "für",  "9-prozentige", "oder",      "kostete"};
    size_t len = 0;
    while (len + 32 < size) {
        *seed = *seed * 1664525 + 1013904223;
        len += (size_t)snprintf(out + len, size - len, "%s%s", words[(*seed >> 16) % (sizeof words / sizeof *words)],
                                *seed >> 29 == 0 ? "" : " ");
    }
    return len;
}

/* At each item of a sentence, what the automaton says and what trying all rules says. */
static size_t compare_matches(struct erz_quantities *q)
{
    size_t found = 0;
    for (uint32_t i = 0; i < q->nitems; i++) {
        quantity_match with, without;
        quantity_candidates some, all = {~UINT64_C(0), 0, i};
        quantity_automaton_run(q->automaton, q->items, (uint32_t)q->nitems, i, &some);
        bool matches = quantity_grammar_match(&q->grammar, q->items, (uint32_t)q->nitems, i, &all, NULL, &without);
        bool same = quantity_grammar_match(&q->grammar, q->items, (uint32_t)q->nitems, i, &some, NULL, &with) == matches;
        if (same && matches) same = with.rule == without.rule && with.end == without.end && with.ncaptures == without.ncaptures;
        if (!same || (matches && q->items[i].dead)) fail_msg("item %u", (unsigned)i);
        found += matches;
    }
    return found;
}

static void automaton(void **state)
{
    enum { TEXTS = 300, SIZE = 900 };
    char s[SIZE];
    uint32_t seed = 11;
    size_t found = 0;
    erz_model *model;
    erz_tokenizer *tokenizer;
    erz_quantities *q;
    (void)state;
    assert_int_equal(erz_model_open(model_path(), &model, NULL), ERZ_OK);
    erz_text text = {.model = model, .lexicon = erz_model_lexicon(model), .arena = erz_arena_new(1 << 12)};
    assert_int_equal(erz_tokenizer_new(text.lexicon, NULL, &tokenizer, NULL), ERZ_OK);
    assert_int_equal(erz_words_new(text.lexicon, 1000, &text.words, NULL), ERZ_OK);
    assert_int_equal(erz_quantities_new(model, &q, NULL), ERZ_OK);
    for (int i = 0; i < TEXTS; i++) {
        text.text = s;
        text.len = make_text(s, sizeof s, &seed);
        text.nmentions = 0;
        assert_int_equal(erz_tokenize(tokenizer, s, text.len, &text.tokens, NULL), ERZ_OK);
        assert_int_equal(erz_words_map(text.words, s, text.len, &text.tokens, NULL), ERZ_OK);
        assert_int_equal(erz_quantities_find(q, &text, NULL), ERZ_OK);
        for (size_t k = 0; k < text.tokens.nsent; k++) {
            assert_true(quantity_itemize(q, &text, text.tokens.sent[k], text.tokens.sent[k + 1]));
            found += compare_matches(q);
        }
    }
    assert_true(found > TEXTS);
    erz_quantities_free(q);
    erz_words_free(text.words);
    erz_tokenizer_free(tokenizer);
    erz_arena_free(text.arena);
    free(text.mentions);
    erz_model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(bad_sources), cmocka_unit_test(compiled_form),
                                       cmocka_unit_test(no_memory_of_other_texts), cmocka_unit_test(automaton)};
    return cmocka_run_group_tests_name("quantities", tests, make_folder, remove_folder);
}
