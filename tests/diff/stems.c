/* Stems out of the word table against libstemmer called directly, on every word of the texts at hand, and the stem filter
 * against the stems themselves. */
#include "tap.h"

#include <glob.h>
#include <libstemmer.h>

#include "erz/compile.h"
#include "erz/lexicon_build.h"
#include "erz/stem.h"

static unsigned long long compare(const char *text, size_t len, erz_tokenizer *tokenizer, erz_words *words,
                                  struct sb_stemmer *stemmer)
{
    static char normal[1 << 16], fold[1 << 16];
    unsigned long long n = 0;
    erz_tokens t;
    assert_int_equal(erz_tokenize(tokenizer, text, len, &t, NULL), ERZ_OK);
    erz_words_trim(words);
    assert_int_equal(erz_words_map(words, text, len, &t, NULL), ERZ_OK);
    for (size_t i = 0; i < t.n; i++) {
        if (t.cls[i] != ERZ_TOKEN_WORD || t.end[i] - t.begin[i] > 1000) continue;
        size_t k = erz_form_normalize(text + t.begin[i], t.end[i] - t.begin[i], normal, sizeof normal), have;
        k = erz_form_fold(normal, k, fold, sizeof fold);
        const sb_symbol *direct = sb_stemmer_stem(stemmer, (const sb_symbol *)fold, (int)k);
        size_t want = (size_t)sb_stemmer_length(stemmer);
        const char *cached = erz_words_stem(words, t.word[i], &have);
        assert_int_equal(have, want);
        assert_memory_equal(cached, direct, want);
        n++;
    }
    return n;
}

static unsigned long long over_files(const char *pattern, size_t limit)
{
    erz_tokenizer *tokenizer;
    erz_words *words;
    struct sb_stemmer *stemmer = sb_stemmer_new("german", "UTF_8");
    unsigned long long n = 0;
    glob_t found;
    assert_int_equal(erz_tokenizer_new(NULL, NULL, &tokenizer, NULL), ERZ_OK);
    assert_int_equal(erz_words_new(NULL, limit, &words, NULL), ERZ_OK);
    assert_non_null(stemmer);
    if (glob(pattern, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++) {
            char *text;
            size_t len;
            assert_int_equal(erz_source_read(found.gl_pathv[i], &text, &len, NULL), ERZ_OK);
            n += compare(text, len, tokenizer, words, stemmer);
            free(text);
        }
        globfree(&found);
    }
    sb_stemmer_delete(stemmer);
    erz_words_free(words);
    erz_tokenizer_free(tokenizer);
    return n;
}

static void corpus_words(void **state)
{
    (void)state;
    assert_true(over_files("corpus/docs/*.txt", 1000) > 3000); /* a small limit: the table is emptied again and again */
}

static void raw_words(void **state)
{
    (void)state;
    if (over_files("../shared/data/raw/*.txt", 98304) == 0) skip();
}

static void snowball_vocabulary(void **state)
{
    (void)state;
    if (over_files("../shared/data/stems/*", 98304) == 0) skip();
}

/* Words of the letters and endings that the stemmer's rules are about, by a fixed seed. */
static void random_words(void **state)
{
    static const char *const parts[] = {"a",  "e",   "i",   "o",   "u",  "y",   "ä",    "ö",    "ü",    "ß",    "n",
                                        "s",  "t",   "r",   "m",   "b",  "g",   "k",    "l",    "h",    "c",    "z",
                                        "-",  "'",   "1",   "é",   "en", "ern", "em",   "er",   "es",   "niss", "nis",
                                        "st", "est", "end", "ung", "ig", "ik",  "isch", "lich", "heit", "keit"};
    enum { PARTS = sizeof parts / sizeof *parts, WORDS = 300000, MOST = 12 };
    struct sb_stemmer *library = sb_stemmer_new("german", "UTF_8");
    erz_stemmer *stemmer;
    uint64_t seed = 20;
    (void)state;
    assert_non_null(library);
    assert_int_equal(erz_stemmer_new(&stemmer, NULL), ERZ_OK);
    for (int i = 0; i < WORDS; i++) {
        char word[MOST * 8] = "";
        for (unsigned k = (unsigned)(seed >> 40) % MOST; k > 0; k--) {
            seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
            strcat(word, parts[(seed >> 33) % PARTS]);
        }
        seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
        size_t n;
        const char *stem = erz_stemmer_stem(stemmer, word, strlen(word), &n);
        const sb_symbol *want = sb_stemmer_stem(library, (const sb_symbol *)word, (int)strlen(word));
        if (n != (size_t)sb_stemmer_length(library) || memcmp(stem, want, n) != 0) print_error("word: %s\n", word);
        assert_int_equal(n, sb_stemmer_length(library));
        assert_memory_equal(stem, want, n);
    }
    erz_stemmer_free(stemmer);
    sb_stemmer_delete(library);
}

typedef void each_word(void *context, const char *word, size_t len);

static void words_of(const char *pattern, each_word *each, void *context)
{
    erz_tokenizer *tokenizer;
    erz_tokens t;
    glob_t found = {0};
    assert_int_equal(erz_tokenizer_new(NULL, NULL, &tokenizer, NULL), ERZ_OK);
    (void)glob(pattern, 0, NULL, &found);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        char *text;
        size_t len;
        assert_int_equal(erz_source_read(found.gl_pathv[i], &text, &len, NULL), ERZ_OK);
        assert_int_equal(erz_tokenize(tokenizer, text, len, &t, NULL), ERZ_OK);
        for (size_t k = 0; k < t.n; k++)
            if (t.cls[k] == ERZ_TOKEN_WORD) each(context, text + t.begin[k], t.end[k] - t.begin[k]);
        free(text);
    }
    globfree(&found);
    erz_tokenizer_free(tokenizer);
}

static void add_form(void *builder, const char *word, size_t len)
{
    assert_int_equal(erz_lexicon_builder_add(builder, "t", ERZ_MATCH_STEM, &word, &len, 1, "", "", NULL), ERZ_OK);
}

static void has_symbol(void *words, const char *word, size_t len)
{
    uint32_t index;
    assert_int_equal(erz_words_intern(words, word, len, ERZ_TOKEN_WORD, 0, NULL, 0, &index, NULL), ERZ_OK);
    if (erz_words_array(words)[index].symbol[ERZ_MATCH_STEM] == 0) print_error("no symbol: %.*s\n", (int)len, word);
    assert_true(erz_words_array(words)[index].symbol[ERZ_MATCH_STEM] != 0);
}

/* With a lexicon, stems are worked out only for words that the filter lets pass. Every word whose stem is in the lexicon, here
 * each word of the texts, must pass. */
static void filter_loses_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {"corpus/docs/*.txt", "../shared/data/stems/*"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        erz_lexicon_builder *b;
        erz_lexicon *lexicon;
        erz_words *words;
        void *data;
        size_t len;
        assert_int_equal(erz_lexicon_builder_new(&b, NULL), ERZ_OK);
        words_of(texts[i], add_form, b);
        assert_int_equal(erz_lexicon_builder_finish(b, &data, &len, NULL), ERZ_OK);
        assert_int_equal(erz_lexicon_open(data, len, &lexicon, NULL), ERZ_OK);
        assert_int_equal(erz_words_new(lexicon, 100000, &words, NULL), ERZ_OK);
        words_of(texts[i], has_symbol, words);
        erz_words_free(words);
        erz_lexicon_close(lexicon);
        free(data);
        erz_lexicon_builder_free(b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(corpus_words), cmocka_unit_test(raw_words),
                                       cmocka_unit_test(snowball_vocabulary), cmocka_unit_test(random_words),
                                       cmocka_unit_test(filter_loses_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
