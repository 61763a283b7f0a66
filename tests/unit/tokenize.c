/* The tokenizer's interface: kernels by name, errors, classes, shapes, parts. */
#include <stdio.h>
#include <string.h>

#include "erz/token.h"

static int number, failures;

static void check(int good, const char *what)
{
    failures += !good;
    printf("%sok %d - %s\n", good ? "" : "not ", ++number, what);
}

static erz_status run(erz_tokenizer *t, const char *text, erz_tokens *tokens, erz_error *err)
{
    return erz_tokenize(t, text, strlen(text), tokens, err);
}

static void check_errors(erz_tokenizer *t)
{
    static const struct {
        const char *text;
        size_t offset;
    } bad[] = {{"\xff", 0},         {"ab\xc3", 2},        {"\xc3 x", 0},         {"a\x80", 1},
               {"\xe2\x80", 0},     {"x\xed\xa0\x80", 1}, {"\xc0\xaf", 0},       {"\xf4\x90\x80\x80", 0},
               {"http://a\xff", 8}, {"\xc3\xa4\xc3", 2},  {"@a\xe2\x28\xa1", 2}, {"\xf0\x9f\x98", 0}};
    int good = 1;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        erz_tokens tokens;
        erz_error err = {0};
        int same = run(t, bad[i].text, &tokens, &err) == ERZ_E_UTF8 && err.offset == bad[i].offset;
        if (!same) printf("# case %zu: offset %llu\n", i, (unsigned long long)err.offset);
        good &= same;
    }
    check(good, "bytes that are not UTF-8: the offset of the first");
    erz_tokens tokens;
    check(run(t, "Noch ein Satz.", &tokens, NULL) == ERZ_OK && tokens.n == 4 && tokens.nsent == 1, "usable after an error");
}

static void check_empty(erz_tokenizer *t)
{
    erz_tokens tokens;
    check(run(t, "", &tokens, NULL) == ERZ_OK && tokens.n == 0 && tokens.nsent == 0 && tokens.sent[0] == 0, "no text");
    check(run(t, " \n\xc2\xa0\xe2\x80\x8b\n", &tokens, NULL) == ERZ_OK && tokens.n == 0 && tokens.nsent == 0, "blanks only");
}

static void check_classes(erz_tokenizer *t)
{
    static const erz_token_class want[] = {ERZ_TOKEN_WORD,    ERZ_TOKEN_NUMBER, ERZ_TOKEN_SYMBOL, ERZ_TOKEN_PUNCTUATION,
                                           ERZ_TOKEN_URL,     ERZ_TOKEN_EMAIL,  ERZ_TOKEN_HANDLE, ERZ_TOKEN_HASHTAG,
                                           ERZ_TOKEN_ORDINAL, ERZ_TOKEN_WORD,   ERZ_TOKEN_EMOJI,  ERZ_TOKEN_ABBREVIATION};
    erz_tokens tokens;
    int good = run(t, "Wort 1.234,5 % ( www.a.de b@c.de @d #e 3. Juni \xf0\x9f\x98\x80 z.B. so", &tokens, NULL) == ERZ_OK;
    for (size_t i = 0; i < sizeof want / sizeof *want && good; i++) good = i < tokens.n && tokens.cls[i] == want[i];
    check(good, "classes");
    for (int c = 0; c < ERZ_TOKEN_CLASSES; c++) {
        const char *name = erz_token_class_name((erz_token_class)c);
        good &= erz_token_class_parse(name, strlen(name)) == (erz_token_class)c;
    }
    check(good && erz_token_class_parse("wort", 4) == ERZ_TOKEN_CLASSES, "class names and back");
}

static void check_shapes(void)
{
    static const struct {
        const char *token;
        uint16_t shape;
    } want[] = {
        {"Wort", ERZ_SHAPE_INITIAL_UPPER | ERZ_SHAPE_LOWER},
        {"GmbH", ERZ_SHAPE_INITIAL_UPPER | ERZ_SHAPE_OTHER_UPPER | ERZ_SHAPE_LOWER},
        {"\xc3\x84rger", ERZ_SHAPE_INITIAL_UPPER | ERZ_SHAPE_LOWER | ERZ_SHAPE_NON_ASCII},
        {"US-Dollar", ERZ_SHAPE_INITIAL_UPPER | ERZ_SHAPE_OTHER_UPPER | ERZ_SHAPE_LOWER | ERZ_SHAPE_HYPHEN},
        {"1.234,5", ERZ_SHAPE_DIGIT | ERZ_SHAPE_DOT},
        {"C&A", ERZ_SHAPE_INITIAL_UPPER | ERZ_SHAPE_OTHER_UPPER | ERZ_SHAPE_OTHER},
        {"geht's", ERZ_SHAPE_LOWER | ERZ_SHAPE_APOSTROPHE},
        {"a\xc2\xadz", ERZ_SHAPE_LOWER | ERZ_SHAPE_NON_ASCII | ERZ_SHAPE_DIRTY},
        {"-", 0},
        {".", 0},
    };
    int good = 1;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++)
        good &= erz_token_shape(want[i].token, strlen(want[i].token)) == want[i].shape;
    check(good, "shapes");
}

static void check_parts(void)
{
    uint32_t begin[4], end[4];
    const char *text = "15-Milliarden-Dollar-Deal";
    size_t n = erz_token_parts(text, 0, (uint32_t)strlen(text), begin, end, 4);
    check(n == 4 && begin[1] == 3 && end[1] == 13 && begin[3] == 21 && end[3] == 25, "parts of a compound");
    check(erz_token_parts("Fleisch-", 0, 8, begin, end, 4) == 1 && end[0] == 8, "a hyphen at the end makes no part");
}

int main(void)
{
    erz_error err = {0};
    erz_tokenizer *t = NULL;
    check(erz_tokenizer_new(NULL, "abacus", &t, &err) == ERZ_E_USAGE && t == NULL, "an unknown kernel");
    for (const char *const *k = erz_kernel_names(); *k != NULL; k++) {
        if (erz_tokenizer_new(NULL, *k, &t, NULL) != ERZ_OK) return 1;
        printf("# %s\n", *k);
        check_errors(t);
        check_empty(t);
        check_classes(t);
        erz_tokenizer_free(t);
    }
    erz_tokenizer_free(NULL);
    check_shapes();
    check_parts();
    printf("1..%d\n", number);
    return failures != 0;
}
