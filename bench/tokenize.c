/* The tokenizer in memory: each kernel against ICU's UTF-8 word break and a plain loop over a table of 256 classes, and
 * what AVX2 can do at best: begins and ends of words, no German rule, no classes.
 * usage: tokenize [-s] [-n ROUNDS] MODEL FILE...
 * Rounds are interleaved, so that a slow moment of the machine hits all alike. TSV: name, MB/s, a line for each round, then
 * "count NAME", tokens. With -s a summary: name, median MB/s, slowest, fastest, median against ICU, tokens. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>
#ifdef __x86_64__
#include <immintrin.h>
#endif

#include "erz/model.h"
#include "erz/token.h"

enum { MAX_CASES = 16, MAX_ROUNDS = 101, SECTION = 1 << 16 };

typedef struct text {
    char *data;
    size_t len;
} text;

typedef size_t (*run_function)(const text *t, void *state);

typedef struct bench_case {
    const char *name;
    run_function run;
    void *state;
    size_t tokens;
    double seconds[MAX_ROUNDS];
} bench_case;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Sections of 64 KiB cut at line ends, as documents come: output arrays stay in the cache. */
static size_t section_end(const text *t, size_t from)
{
    if (t->len - from <= SECTION) return t->len;
    const char *nl = memchr(t->data + from + SECTION, '\n', t->len - from - SECTION);
    return nl == NULL ? t->len : (size_t)(nl - t->data) + 1;
}

static size_t run_erz(const text *t, void *state)
{
    size_t n = 0;
    for (size_t at = 0, end; at < t->len; at = end) {
        erz_tokens tokens;
        end = section_end(t, at);
        if (erz_tokenize(state, t->data + at, end - at, &tokens, NULL) != ERZ_OK) exit(1);
        n += tokens.n;
    }
    return n;
}

static size_t run_icu(const text *t, void *state)
{
    UErrorCode code = U_ZERO_ERROR;
    UText ut = UTEXT_INITIALIZER;
    utext_openUTF8(&ut, t->data, (int64_t)t->len, &code);
    ubrk_setUText(state, &ut, &code);
    size_t n = 0;
    while (ubrk_next(state) != UBRK_DONE) n += ubrk_getRuleStatus(state) >= UBRK_WORD_NONE_LIMIT;
    utext_close(&ut);
    return U_FAILURE(code) ? 0 : n;
}

typedef struct table_state {
    uint8_t word[256];
    uint32_t *begin, *end;
} table_state;

/* Words only, branch-free emission: what a table of byte classes can do at best, without any German rule. */
static size_t run_table(const text *t, void *state)
{
    table_state *s = state;
    size_t nb = 0, ne = 0;
    unsigned before = 0;
    for (size_t i = 0; i < t->len; i++) {
        unsigned in = s->word[(uint8_t)t->data[i]];
        s->begin[nb] = s->end[ne] = (uint32_t)i;
        nb += in & ~before;
        ne += ~in & before & 1;
        before = in;
    }
    return nb;
}

#ifdef __x86_64__
/* Letters, digits and bytes above 0x7F among 32. */
__attribute__((target("avx2"))) static inline uint64_t word_bits(const char *s)
{
    const __m256i c = _mm256_loadu_si256((const __m256i *)(const void *)s), small = _mm256_or_si256(c, _mm256_set1_epi8(32));
    const __m256i letter = _mm256_sub_epi8(small, _mm256_set1_epi8('a')), digit = _mm256_sub_epi8(c, _mm256_set1_epi8('0'));
    __m256i in = _mm256_cmpeq_epi8(_mm256_min_epu8(letter, _mm256_set1_epi8(25)), letter);
    in = _mm256_or_si256(in, _mm256_cmpeq_epi8(_mm256_min_epu8(digit, _mm256_set1_epi8(9)), digit));
    return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(in, c));
}

__attribute__((target("avx2,bmi,popcnt"))) static inline size_t put_bits(uint32_t *out, uint64_t bits, uint32_t base)
{
    enum { STEP = 12 }; /* positions written before the first branch */
    size_t n = (size_t)__builtin_popcountll(bits), i = 0;
    do
        for (unsigned k = 0; k < STEP; k++, bits &= bits - 1) out[i + k] = base + (uint32_t)_tzcnt_u64(bits);
    while ((i += STEP) < n);
    return n;
}

/* The ceiling of this machine: words as in run_table(), their begins and ends and nothing else, 64 bytes at a time. */
__attribute__((target("avx2,bmi,popcnt"))) static size_t run_ceiling(const text *t, void *state)
{
    table_state *s = state;
    size_t n = 0;
    for (size_t at = 0, end; at < t->len; at = end) {
        size_t nb = 0, ne = 0;
        uint64_t before = 0;
        end = section_end(t, at);
        for (size_t i = at; i < end; i += 64) {
            char rest[64] = {0};
            const char *c = end - i < 64 ? memcpy(rest, t->data + i, end - i) : t->data + i;
            uint64_t in = word_bits(c) | word_bits(c + 32) << 32, edge = in ^ (in << 1 | before);
            before = in >> 63;
            nb += put_bits(s->begin + nb, edge & in, (uint32_t)(i - at));
            ne += put_bits(s->end + ne, edge & ~in, (uint32_t)(i - at));
        }
        n += nb;
    }
    return n;
}
#endif

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static text read_files(char **names, int n)
{
    text t = {NULL, 0};
    for (int i = 0; i < n; i++) {
        FILE *f = fopen(names[i], "rb");
        if (f == NULL || fseek(f, 0, SEEK_END) != 0) {
            perror(names[i]);
            exit(2);
        }
        size_t len = (size_t)ftell(f);
        rewind(f);
        t.data = realloc(t.data, t.len + len + 1);
        if (t.data == NULL || fread(t.data + t.len, 1, len, f) != len) exit(2);
        t.len += len;
        fclose(f);
    }
    return t;
}

static int make_cases(bench_case *cases, const erz_model *model, size_t len)
{
    int ncases = 0;
    UErrorCode code = U_ZERO_ERROR;
    cases[ncases++] =
        (bench_case){.name = "ICU word break", .run = run_icu, .state = ubrk_open(UBRK_WORD, "de", NULL, 0, &code)};
    static table_state table;
    for (int c = 0; c < 256; c++) table.word[c] = c >= 0x80 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
    table.begin = malloc((len + 64) * sizeof *table.begin);
    table.end = malloc((len + 64) * sizeof *table.end);
    if (U_FAILURE(code) || table.begin == NULL || table.end == NULL) exit(1);
    cases[ncases++] = (bench_case){.name = "scalar table", .run = run_table, .state = &table};
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx2"))
        cases[ncases++] = (bench_case){.name = "AVX2 ceiling", .run = run_ceiling, .state = &table};
#endif
    for (const char *const *k = erz_kernel_names(); *k != NULL && ncases < MAX_CASES; k++) {
        erz_tokenizer *z;
        if (erz_tokenizer_new(erz_model_lexicon(model), *k, &z, NULL) != ERZ_OK) exit(1);
        char *name = malloc(32);
        snprintf(name, 32, "erz %s", *k);
        cases[ncases++] = (bench_case){.name = name, .run = run_erz, .state = z};
    }
    return ncases;
}

static void summary(bench_case *cases, int ncases, int rounds, double mb)
{
    printf("name\tMB/s\tslowest\tfastest\tagainst_icu\ttokens\n");
    double icu = 0;
    for (int c = 0; c < ncases; c++) {
        double *s = cases[c].seconds;
        qsort(s, (size_t)rounds, sizeof *s, by_value);
        if (c == 0) icu = s[rounds / 2];
        printf("%s\t%.1f\t%.1f\t%.1f\t%.2f\t%zu\n", cases[c].name, mb / s[rounds / 2], mb / s[rounds - 1], mb / s[0],
               icu / s[rounds / 2], cases[c].tokens);
    }
}

int main(int argc, char **argv)
{
    int rounds = 15, first = 1, short_form = 0;
    if (argc > first && strcmp(argv[first], "-s") == 0) short_form = 1, first++;
    if (argc > first + 1 && strcmp(argv[first], "-n") == 0) rounds = atoi(argv[first + 1]), first += 2;
    if (rounds < 1 || rounds > MAX_ROUNDS) rounds = 15;
    erz_model *model;
    erz_error err = {0};
    if (argc < first + 2) return fprintf(stderr, "usage: tokenize [-s] [-n ROUNDS] MODEL FILE...\n"), 2;
    if (erz_model_open(argv[first], &model, &err) != ERZ_OK) return fprintf(stderr, "tokenize: %s\n", err.message), 2;
    text t = read_files(argv + first + 1, argc - first - 1);
    static bench_case cases[MAX_CASES];
    int ncases = make_cases(cases, model, t.len);
    double mb = (double)t.len / 1e6;
    for (int c = 0; c < ncases; c++) cases[c].tokens = cases[c].run(&t, cases[c].state); /* warm */
    for (int r = 0; r < rounds; r++) {
        for (int c = 0; c < ncases; c++) {
            double from = now();
            if (cases[c].run(&t, cases[c].state) != cases[c].tokens) return fprintf(stderr, "counts differ\n"), 1;
            cases[c].seconds[r] = now() - from;
            if (!short_form) printf("%s\t%.1f\n", cases[c].name, mb / cases[c].seconds[r]);
        }
    }
    for (int c = 0; c < ncases && !short_form; c++) printf("count %s\t%zu\n", cases[c].name, cases[c].tokens);
    if (short_form) summary(cases, ncases, rounds, mb);
    return 0;
}
