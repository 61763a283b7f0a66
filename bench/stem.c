/* The stem stage (word table) against libstemmer called for each word, on one pass over text met for the first time. Prints
 * TSV: what, MB/s of each run; and checks that all stems agree. */
#include <libstemmer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "erz/compile.h"
#include "erz/lexicon.h"
#include "erz/lexicon_build.h"
#include "erz/token.h"

enum { RUNS = 5, WORD_LIMIT = 98304 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static size_t direct_stem(struct sb_stemmer *stemmer, const char *token, size_t len, const char **stem)
{
    static char normal[4096], fold[4096];
    size_t n = erz_form_normalize(token, len, normal, sizeof normal);
    n = n == (size_t)-1 ? 0 : erz_form_fold(normal, n, fold, sizeof fold);
    *stem = (const char *)sb_stemmer_stem(stemmer, (const sb_symbol *)fold, (int)n);
    return (size_t)sb_stemmer_length(stemmer);
}

static double run_direct(const char *text, const erz_tokens *t, unsigned long long *sum)
{
    struct sb_stemmer *stemmer = sb_stemmer_new("german", "UTF_8");
    if (stemmer == NULL) exit(1);
    double start = now();
    for (size_t i = 0; i < t->n; i++) {
        const char *stem;
        if (t->cls[i] == ERZ_TOKEN_WORD) *sum += direct_stem(stemmer, text + t->begin[i], t->end[i] - t->begin[i], &stem);
    }
    double seconds = now() - start;
    sb_stemmer_delete(stemmer);
    return seconds;
}

/* The table starts empty: every word is met for the first time; its memory is that of a stage that has run for a while. */
static double run_table(erz_words *words, const char *text, size_t len, erz_tokens *t, unsigned long long *sum)
{
    erz_words_clear(words);
    double start = now();
    /* As over documents: the table is emptied when it is full. */
    enum { STEP = 1024 };
    for (size_t at = 0; at < t->n; at += STEP) {
        erz_tokens part = *t;
        part.begin += at, part.end += at, part.cls += at, part.shape += at, part.word += at;
        part.n = t->n - at < STEP ? t->n - at : STEP;
        erz_words_trim(words);
        if (erz_words_map(words, text, len, &part, NULL) != ERZ_OK) exit(1);
        for (size_t i = 0; i < part.n; i++) {
            size_t n = 0;
            if (part.cls[i] == ERZ_TOKEN_WORD && erz_words_stem(words, part.word[i], &n) != NULL) *sum += n;
        }
    }
    return now() - start;
}

static unsigned long long differences(const char *text, size_t len, erz_tokens *t)
{
    unsigned long long bad = 0;
    erz_words *words;
    struct sb_stemmer *stemmer = sb_stemmer_new("german", "UTF_8");
    if (erz_words_new(NULL, WORD_LIMIT, &words, NULL) != ERZ_OK || stemmer == NULL) exit(1);
    if (erz_words_map(words, text, len, t, NULL) != ERZ_OK) exit(1);
    for (size_t i = 0; i < t->n; i++) {
        if (t->cls[i] != ERZ_TOKEN_WORD) continue;
        const char *stem, *cached;
        size_t n, m = direct_stem(stemmer, text + t->begin[i], t->end[i] - t->begin[i], &stem);
        cached = erz_words_stem(words, t->word[i], &n);
        bad += n != m || memcmp(stem, cached, n) != 0;
    }
    erz_words_free(words);
    sb_stemmer_delete(stemmer);
    return bad;
}

int main(int argc, char **argv)
{
    erz_error err;
    char *text;
    size_t len;
    erz_model *model;
    erz_tokenizer *tokenizer;
    erz_tokens t;
    if (argc < 3) return 2;
    if (erz_source_read(argv[2], &text, &len, &err) != ERZ_OK || erz_model_open(argv[1], &model, &err) != ERZ_OK ||
        erz_tokenizer_new(erz_model_lexicon(model), NULL, &tokenizer, &err) != ERZ_OK ||
        erz_tokenize(tokenizer, text, len, &t, &err) != ERZ_OK) {
        fprintf(stderr, "stem: %s\n", err.message);
        return 1;
    }
    unsigned long long direct = 0, table = 0, first = 0;
    erz_words *words;
    if (erz_words_new(NULL, WORD_LIMIT, &words, NULL) != ERZ_OK) return 1;
    run_table(words, text, len, &t, &first);
    for (int i = 0; i < RUNS; i++) {
        printf("libstemmer direct\t%.1f\n", (double)len / 1e6 / run_direct(text, &t, &direct));
        printf("stem stage\t%.1f\n", (double)len / 1e6 / run_table(words, text, len, &t, &table));
    }
    unsigned long long bad = differences(text, len, &t);
    printf("different stems\t%llu\n", bad + (direct != table));
    erz_words_free(words);
    erz_tokenizer_free(tokenizer);
    erz_model_close(model);
    free(text);
    return bad != 0 || direct != table;
}
