/* Cycles a byte by stage over a text of one document a line, in memory, one thread. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "erz/compile.h"
#include "erz/match.h"
#include "erz/record.h"

enum { STAGES = 6 };
static const char *const stage_names[STAGES] = {"tokenize", "words", "quantities", "companies", "rules", "records"};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

#if defined(__x86_64__)
static unsigned long long ticks(void)
{
    return __builtin_ia32_rdtsc();
}
#else
static unsigned long long ticks(void)
{
    return (unsigned long long)(now() * 1e9);
}
#endif

typedef struct stages {
    erz_model *model;
    erz_tokenizer *tokenizer;
    erz_quantities *quantities;
    erz_companies *companies;
    erz_rules *rules;
    erz_text text;
    erz_buf out;
    unsigned long long spent[STAGES], docs, tokens, mentions[5];
} stages;

static erz_status one(stages *s, erz_document *doc, erz_error *err)
{
    erz_text *t = &s->text;
    unsigned long long at[STAGES + 1];
    erz_words_trim(t->words);
    erz_arena_reset(t->arena, 1 << 20);
    t->doc = doc;
    t->text = doc->text;
    t->len = doc->len;
    t->nmentions = 0;
    s->out.len = 0;
    at[0] = ticks();
    erz_status status = erz_tokenize(s->tokenizer, t->text, t->len, &t->tokens, err);
    at[1] = ticks();
    if (status == ERZ_OK) status = erz_words_map(t->words, t->text, t->len, &t->tokens, err);
    at[2] = ticks();
    if (status == ERZ_OK) erz_companies_ask(s->companies, t);
    if (status == ERZ_OK) status = erz_quantities_find(s->quantities, t, err);
    at[3] = ticks();
    if (status == ERZ_OK) status = erz_companies_find(s->companies, t, err);
    at[4] = ticks();
    if (status == ERZ_OK) status = erz_rules_find(s->rules, t, err);
    at[5] = ticks();
    if (status == ERZ_OK) status = erz_record_write(t, ERZ_TABLE_MENTIONS, ERZ_OFFSETS_BYTE, &s->out);
    at[6] = ticks();
    for (int i = 0; i < STAGES; i++) s->spent[i] += at[i + 1] - at[i];
    s->docs++;
    s->tokens += t->tokens.n;
    for (size_t i = 0; i < t->nmentions; i++) s->mentions[t->mentions[i].type]++;
    return status;
}

static erz_status all(stages *s, const char *data, size_t len, erz_error *err)
{
    erz_status status = ERZ_OK;
    for (size_t i = 0; i < len && status == ERZ_OK;) {
        const char *nl = memchr(data + i, '\n', len - i);
        size_t n = nl == NULL ? len - i : (size_t)(nl - data) - i;
        erz_document doc = {.id = "x", .id_len = 1, .text = data + i, .len = n, .first = true, .last = true};
        status = one(s, &doc, err);
        i += n + 1;
    }
    return status;
}

static erz_status open_all(stages *s, const char *model, const char *kernel, erz_error *err)
{
    erz_status status = erz_model_open(model, &s->model, err);
    if (status != ERZ_OK) return status;
    s->text.model = s->model;
    s->text.lexicon = erz_model_lexicon(s->model);
    s->text.arena = erz_arena_new(1 << 16);
    status = erz_tokenizer_new(s->text.lexicon, kernel, &s->tokenizer, err);
    if (status == ERZ_OK) status = erz_words_new(s->text.lexicon, 98304, &s->text.words, err);
    if (status == ERZ_OK) status = erz_quantities_new(s->model, &s->quantities, err);
    if (status == ERZ_OK) status = erz_companies_new(s->model, &s->companies, err);
    if (status == ERZ_OK) status = erz_rules_new(s->model, &s->rules, err);
    return status;
}

int main(int argc, char **argv)
{
    stages s;
    erz_error err;
    char *data;
    size_t len;
    memset(&s, 0, sizeof s);
    if (argc < 3) {
        fprintf(stderr, "usage: profile MODEL TEXT [KERNEL]\n");
        return 2;
    }
    erz_status status = erz_source_read(argv[2], &data, &len, &err);
    if (status == ERZ_OK) status = open_all(&s, argv[1], argc > 3 ? argv[3] : NULL, &err);
    double start = now();
    if (status == ERZ_OK) status = all(&s, data, len, &err);
    double seconds = now() - start;
    if (status != ERZ_OK) {
        fprintf(stderr, "profile: %s\n", err.message);
        return 1;
    }
    unsigned long long total = 0;
    for (int i = 0; i < STAGES; i++) total += s.spent[i];
    printf("stage\tcycles_per_byte\tshare\n");
    for (int i = 0; i < STAGES; i++)
        printf("%s\t%.2f\t%.1f%%\n", stage_names[i], (double)s.spent[i] / (double)len,
               100.0 * (double)s.spent[i] / (double)total);
    printf("all\t%.2f\t100%%\n\nbytes\t%zu\nseconds\t%.2f\nMB/s\t%.0f\ndocuments\t%llu\ntokens\t%llu\n",
           (double)total / (double)len, len, seconds, (double)len / seconds / 1e6, s.docs, s.tokens);
    printf("money\t%llu\npercent\t%llu\ncompany\t%llu\ndeal\t%llu\n", s.mentions[0], s.mentions[1], s.mentions[2],
           s.mentions[3]);
    return 0;
}
