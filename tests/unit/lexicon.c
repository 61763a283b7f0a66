#include "tap.h"

#include "erz/lexicon.h"
#include "erz/lexicon_build.h"

static void add(erz_lexicon_builder *b, const char *cls, erz_match_mode mode, const char *form, const char *value,
                const char *flags)
{
    const char *tokens[16];
    size_t lens[16], n = 0;
    for (const char *p = form; *p != '\0'; n++) {
        tokens[n] = p;
        lens[n] = strcspn(p, " ");
        p += lens[n] + (p[lens[n]] == ' ');
    }
    assert_int_equal(erz_lexicon_builder_add(b, cls, mode, tokens, lens, n, value, flags, NULL), ERZ_OK);
}

typedef struct fixture {
    void *data;
    size_t len;
    erz_lexicon *lexicon;
    erz_words *words;
} fixture;

static void *build(bool reversed, size_t *len)
{
    static const struct {
        const char *cls;
        erz_match_mode mode;
        const char *form, *value, *flags;
    } entries[] = {
        {"company", ERZ_MATCH_EXACT, "Nordwind", "Nordwind", "amb"},
        {"company", ERZ_MATCH_EXACT, "Nordwind Logistik", "Nordwind Logistik", "kind=rail"},
        {"company", ERZ_MATCH_EXACT, "Nordwind Logistik Süd", "Nordwind Süd", ""},
        {"currency", ERZ_MATCH_FOLD, "euro", "EUR", ""},
        {"trigger", ERZ_MATCH_STEM, "übernehmen", "acquisition", ""},
        {"company", ERZ_MATCH_EXACT, "L'Oréal", "L'Oréal", ""},
        {"number", ERZ_MATCH_FOLD, "euro", "0", ""},
    };
    erz_lexicon_builder *b = NULL;
    void *data = NULL;
    size_t n = sizeof entries / sizeof *entries;
    assert_int_equal(erz_lexicon_builder_new(&b, NULL), ERZ_OK);
    for (size_t i = 0; i < n; i++) {
        size_t k = reversed ? n - 1 - i : i;
        add(b, entries[k].cls, entries[k].mode, entries[k].form, entries[k].value, entries[k].flags);
    }
    add(b, "company", ERZ_MATCH_EXACT, "Nordwind", "Nordwind", "amb"); /* a second time */
    assert_int_equal(erz_lexicon_builder_finish(b, &data, len, NULL), ERZ_OK);
    erz_lexicon_builder_free(b);
    return data;
}

static int setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->data = build(false, &f->len);
    assert_int_equal(erz_lexicon_open(f->data, f->len, &f->lexicon, NULL), ERZ_OK);
    assert_int_equal(erz_words_new(f->lexicon, 100, &f->words, NULL), ERZ_OK);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    erz_words_free(f->words);
    erz_lexicon_close(f->lexicon);
    free(f->data);
    free(f);
    return 0;
}

static void order_does_not_matter(void **state)
{
    fixture *f = *state;
    size_t len = 0;
    void *other = build(true, &len);
    assert_int_equal(len, f->len);
    assert_memory_equal(other, f->data, len);
    free(other);
}

static uint32_t word(const fixture *f, const char *form)
{
    uint32_t index = 0;
    assert_int_equal(erz_words_intern(f->words, form, strlen(form), ERZ_TOKEN_WORD, 0, NULL, 0, &index, NULL), ERZ_OK);
    return index;
}

static void modes_and_classes(void **state)
{
    fixture *f = *state;
    erz_lexicon_entry e;
    uint8_t company = erz_lexicon_class(f->lexicon, "company"), currency = erz_lexicon_class(f->lexicon, "currency");
    uint32_t nordwind = word(f, "Nordwind"), lower = word(f, "nordwind"), euro = word(f, "EURO"),
             bought = word(f, "Übernehmens");
    const erz_word *words = erz_words_array(f->words);
    assert_true(erz_lexicon_get(f->lexicon, &words[nordwind], company, &e));
    assert_string_equal(e.value, "Nordwind");
    assert_true(erz_flag(e.flags, "amb", NULL));
    assert_true(words[nordwind].starts);
    assert_false(erz_lexicon_get(f->lexicon, &words[lower], company, &e));
    assert_true(erz_lexicon_get(f->lexicon, &words[euro], currency, &e));
    assert_string_equal(e.value, "EUR");
    assert_true(erz_lexicon_get(f->lexicon, &words[bought], erz_lexicon_class(f->lexicon, "trigger"), &e));
    assert_int_equal(words[bought].classes, erz_lexicon_mask(f->lexicon, "trigger"));
    assert_int_equal(erz_lexicon_class(f->lexicon, "nothing"), ERZ_NO_CLASS);
}

static void tails_of_compounds(void **state)
{
    const fixture *f = *state;
    static const char form[] = "milliardeneuro", other[] = "gasthaus";
    uint64_t tails = erz_lexicon_tails(f->lexicon, form, sizeof form - 1, 3);
    assert_true(tails >> 4 & 1);    /* euro */
    assert_int_equal(tails & 7, 0); /* none shorter than asked for */
    assert_int_equal(erz_lexicon_tails(f->lexicon, other, sizeof other - 1, 3), 0);
    assert_int_equal(erz_lexicon_tails(f->lexicon, form, 3, 3), 0);
    assert_true(erz_lexicon_tails(f->lexicon, form + 10, 4, 1) >> 4 & 1); /* the whole form */
    assert_int_equal(erz_lexicon_tails(NULL, form, 4, 1), 0);
}

static void longest_match_first(void **state)
{
    fixture *f = *state;
    uint32_t ids[] = {word(f, "Nordwind"), word(f, "Logistik"),
                      word(f, "Su\xcc\x88"
                              "d"),
                      word(f, "GmbH")};
    erz_tokens tokens = {.n = 4, .word = ids};
    erz_lexicon_entry e[8];
    size_t n = erz_lexicon_match(f->lexicon, erz_words_array(f->words), &tokens, 0, 4, e, 8);
    assert_int_equal(n, 3);
    assert_string_equal(e[0].value, "Nordwind Süd"); /* NFD in the text, NFC in the list */
    assert_int_equal(e[0].ntokens, 3);
    assert_int_equal(e[1].ntokens, 2);
    assert_int_equal(e[2].ntokens, 1);
    assert_int_equal(erz_lexicon_match(f->lexicon, erz_words_array(f->words), &tokens, 0, 2, e, 8), 2);
    assert_int_equal(erz_lexicon_match(f->lexicon, erz_words_array(f->words), &tokens, 0, 4, e, 1), 1);
    assert_int_equal(erz_lexicon_match(f->lexicon, erz_words_array(f->words), &tokens, 3, 4, e, 8), 0);
}

static void normal_forms(void **state)
{
    fixture *f = *state;
    uint32_t loreal = word(f, "L\xe2\x80\x99"
                              "Ore\xcc\x81"
                              "al"),
             shy = word(f, "Nord\xc2\xad"
                           "wind");
    size_t len;
    assert_string_equal(erz_words_normal(f->words, loreal, &len), "L'Oréal");
    assert_int_equal(len, strlen("L'Oréal"));
    assert_string_equal(erz_words_fold(f->words, loreal, NULL), "l'oréal");
    assert_string_equal(erz_words_normal(f->words, shy, NULL), "Nordwind");
    assert_true(erz_words_array(f->words)[shy].starts);
    assert_string_equal(erz_words_fold(f->words, word(f, "ÄÖÜß"), NULL), "äöüß");
    assert_string_equal(erz_words_stem(f->words, word(f, "Häuser"), NULL), "haus");
}

/* Map a text of words and single blanks. */
static unsigned map(fixture *f, const char *text)
{
    enum { MOST = 64 };
    uint32_t begin[MOST], end[MOST], index[MOST];
    uint8_t cls[MOST];
    uint16_t shape[MOST];
    erz_tokens t = {.begin = begin, .end = end, .cls = cls, .shape = shape, .word = index};
    for (const char *p = text; *p != '\0'; t.n++) {
        size_t len = strcspn(p, " ");
        assert_true(t.n < MOST);
        begin[t.n] = (uint32_t)(p - text);
        end[t.n] = (uint32_t)(p - text + (ptrdiff_t)len);
        cls[t.n] = ERZ_TOKEN_WORD;
        shape[t.n] = ERZ_SHAPE_UNKNOWN;
        p += len + (p[len] == ' ');
    }
    assert_int_equal(erz_words_map(f->words, text, strlen(text), &t, NULL), ERZ_OK);
    return t.bits[0] + (t.n > ERZ_TOKEN_BLOCK ? 16U * t.bits[1] : 0);
}

static void fill(fixture *f, int from, int n)
{
    char form[32];
    for (int i = from; i < from + n; i++) {
        snprintf(form, sizeof form, "wort%dxyzxyzxyzxyz", i);
        uint32_t index = word(f, form);
        assert_int_equal(word(f, form), index);
        assert_string_equal(erz_words_array(f->words)[index].form, form);
    }
}

static void full_table_keeps_what_texts_had_again(void **state)
{
    static const char *const again[] = {"Nordwind", "\xc3\x84PFEL", "euro", "Nord\xc2\xadwind", "Donaudampfschifffahrten"};
    enum { AGAIN = sizeof again / sizeof *again };
    fixture *f = *state;
    fill(f, 0, 60);
    map(f, "Nordwind einmal \xc3\x84PFEL euro Nord\xc2\xadwind Donaudampfschifffahrten");
    assert_false(erz_words_trim(f->words));
    map(f, "Donaudampfschifffahrten Nord\xc2\xadwind euro \xc3\x84PFEL Nordwind");
    uint32_t old[AGAIN], once = word(f, "einmal"), long_word = word(f, again[4]);
    for (int i = 0; i < AGAIN; i++) old[i] = word(f, again[i]);
    assert_string_equal(erz_words_stem(f->words, old[1], NULL), "apfel");
    erz_words_rules(f->words)[long_word] = 77;
    fill(f, 60, 60);
    uint64_t generation = erz_words_generation(f->words);
    assert_true(erz_words_trim(f->words));
    assert_int_equal(erz_words_count(f->words), AGAIN);
    assert_int_equal(erz_words_generation(f->words), generation + 1);
    assert_int_equal(erz_words_moved(f->words, once), ERZ_WORD_DROPPED);
    assert_int_equal(erz_words_moved(f->words, 1000), ERZ_WORD_DROPPED);
    for (uint32_t i = 0; i < AGAIN; i++) {
        assert_int_equal(erz_words_moved(f->words, old[i]), i); /* in order */
        assert_int_equal(word(f, again[i]), i);
        assert_string_equal(erz_words_array(f->words)[i].form, again[i]);
    }
    assert_int_equal(erz_words_rules(f->words)[4], 77);
    assert_string_equal(erz_words_fold(f->words, 1, NULL), "\xc3\xa4pfel");
    assert_string_equal(erz_words_stem(f->words, 1, NULL), "apfel");
    assert_string_equal(erz_words_normal(f->words, 3, NULL), "Nordwind");
    assert_string_equal(erz_words_stem(f->words, 4, NULL), "donaudampfschifffahrt");
    assert_true(erz_words_array(f->words)[0].starts);
    assert_false(erz_words_trim(f->words));
    assert_int_equal(word(f, "neu"), AGAIN);
    map(f, "Nordwind");
    fill(f, 0, 100);
    assert_true(erz_words_trim(f->words)); /* once more is enough for a word that was kept */
    assert_int_equal(erz_words_count(f->words), 1);
    assert_int_equal(word(f, "Nordwind"), 0);
}

/* What is told of words outlives a growing table and a full one. */
static void blocks_tell_of_their_words(void **state)
{
    enum { BOTH = ERZ_WORD_QUANTITY | ERZ_WORD_RULE, GROWN = 2000 };
    static const char text[] = "Nordwind kauft";
    static uint8_t types[GROWN + 10];
    fixture *f = *state;
    assert_int_equal(map(f, text), BOTH); /* new words may be anything */
    types[1] = 4;
    erz_words_tell(f->words, 0, 2, types, 4, ERZ_WORD_RULE);
    assert_int_equal(map(f, text), BOTH);
    erz_words_tell(f->words, 0, 2, types, 2, ERZ_WORD_QUANTITY);
    assert_int_equal(map(f, text), ERZ_WORD_RULE);
    assert_int_equal(map(f, "Nordwind Nordwind"), 0);
    assert_int_equal(map(f, "Nordwind - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - kauft"),
                     BOTH + 16 * ERZ_WORD_RULE);
    fill(f, 0, GROWN);
    assert_int_equal(map(f, text), ERZ_WORD_RULE);
    assert_int_equal(map(f, "Nordwind Nordwind"), 0);
    assert_true(erz_words_trim(f->words));
    assert_int_equal(map(f, "Nordwind Nordwind"), 0);
    assert_int_equal(map(f, text), ERZ_WORD_RULE);
    erz_words_clear(f->words);
    assert_int_equal(map(f, text), BOTH);
}

static void kept_words_leave_room(void **state)
{
    fixture *f = *state;
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 150; i++) {
            char form[32];
            snprintf(form, sizeof form, "wort%dxyz", i);
            map(f, form);
        }
    assert_true(erz_words_trim(f->words));
    assert_int_equal(erz_words_count(f->words), 50); /* half the limit */
    assert_int_equal(word(f, "wort49xyz"), 49);
    assert_int_equal(word(f, "wort50xyz"), 50);
    erz_words_clear(f->words);
    assert_int_equal(erz_words_count(f->words), 0);
    assert_int_equal(erz_words_moved(f->words, 0), ERZ_WORD_DROPPED);
}

static void damaged_sections_are_refused(void **state)
{
    fixture *f = *state;
    unsigned refused = 0;
    char *copy = malloc(f->len);
    for (size_t i = 0; i < 80 && i < f->len; i++) { /* the header: every field */
        memcpy(copy, f->data, f->len);
        copy[i] = (char)(copy[i] ^ 0x7f);
        erz_lexicon *lexicon = NULL;
        if (erz_lexicon_open(copy, f->len, &lexicon, NULL) != ERZ_OK) refused++;
        erz_lexicon_close(lexicon);
    }
    for (size_t len = 0; len < f->len; len += 997) assert_int_equal(erz_lexicon_open(f->data, len, NULL, NULL), ERZ_E_MODEL);
    assert_true(refused > 40);
    free(copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(order_does_not_matter, setup, teardown),
        cmocka_unit_test_setup_teardown(modes_and_classes, setup, teardown),
        cmocka_unit_test_setup_teardown(tails_of_compounds, setup, teardown),
        cmocka_unit_test_setup_teardown(longest_match_first, setup, teardown),
        cmocka_unit_test_setup_teardown(normal_forms, setup, teardown),
        cmocka_unit_test_setup_teardown(full_table_keeps_what_texts_had_again, setup, teardown),
        cmocka_unit_test_setup_teardown(blocks_tell_of_their_words, setup, teardown),
        cmocka_unit_test_setup_teardown(kept_words_leave_room, setup, teardown),
        cmocka_unit_test_setup_teardown(damaged_sections_are_refused, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
