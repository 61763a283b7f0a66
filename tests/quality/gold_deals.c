/* Deals found when companies, money and percentages are those of the gold: what the deal rules lose by themselves.
 * usage: gold_deals MODEL GOLD_DIR [RULES] > records.tsv   (GOLD_DIR: docs/NAME.txt, gold.tsv) */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "erz/compile.h"
#include "erz/match.h"
#include "erz/model.h"
#include "erz/record.h"
#include "erz/token.h"

static void die(const erz_error *err)
{
    fprintf(stderr, "gold_deals: %s:%llu: %s\n", err->file, (unsigned long long)err->line, err->message);
    exit(2);
}

/* Next TAB-separated field of a line; "" when there are no more. */
static char *field(char **line)
{
    static char none[1] = "";
    if (*line == NULL) return none;
    char *f = *line, *tab = strchr(f, '\t');
    *line = tab == NULL ? NULL : tab + 1;
    if (tab != NULL) *tab = '\0';
    return f;
}

static void add_gold(erz_text *text, char *line, const char *doc)
{
    char *name = field(&line);
    if (strcmp(name, doc) != 0) return;
    uint32_t begin = (uint32_t)strtoul(field(&line), NULL, 10), end = (uint32_t)strtoul(field(&line), NULL, 10);
    const char *type = field(&line), *value = field(&line), *unit = field(&line);
    int kind = strcasecmp(type, "money") == 0     ? ERZ_MONEY
               : strcasecmp(type, "percent") == 0 ? ERZ_PERCENT
               : strcasecmp(type, "company") == 0 ? ERZ_COMPANY
                                                  : -1;
    if (kind < 0 || end <= begin || end > text->len) return;
    uint32_t first = 0;
    while (first + 1 < text->tokens.n && text->tokens.end[first] <= begin) first++;
    uint32_t last = first;
    while (last + 1 < text->tokens.n && text->tokens.begin[last + 1] < end) last++;
    erz_mention *m = erz_text_add(text, (erz_mention_type)kind, begin, end, first, last);
    if (*value == '\0') value = erz_arena_strndup(text->arena, text->text + begin, end - begin);
    m->value = erz_arena_strndup(text->arena, value, strlen(value));
    m->unit = erz_arena_strndup(text->arena, unit, strlen(unit));
}

static int is_text(const struct dirent *e)
{
    size_t n = strlen(e->d_name);
    return n > 4 && strcmp(e->d_name + n - 4, ".txt") == 0;
}

static char *read_file(const char *path, size_t *len)
{
    erz_error err;
    char *data;
    if (erz_source_read(path, &data, len, &err) != ERZ_OK) die(&err);
    return data;
}

int main(int argc, char **argv)
{
    if (argc < 3) return 2;
    erz_error err;
    erz_model *model;
    erz_tokenizer *tokenizer;
    erz_words *words;
    erz_rules *rules;
    if (erz_model_open(argv[1], &model, &err) != ERZ_OK ||
        erz_tokenizer_new(erz_model_lexicon(model), NULL, &tokenizer, &err) != ERZ_OK ||
        erz_words_new(erz_model_lexicon(model), 1 << 16, &words, &err) != ERZ_OK ||
        erz_rules_new(model, &rules, &err) != ERZ_OK)
        die(&err);
    bool explain = argc > 3 && strcmp(argv[3], "--explain") == 0;
    if (explain) erz_rules_explain(rules);
    char path[1024];
    snprintf(path, sizeof path, "%s/gold.tsv", argv[2]);
    size_t gold_len;
    char *gold = read_file(path, &gold_len);
    snprintf(path, sizeof path, "%s/docs", argv[2]);
    struct dirent **names;
    int n = scandir(path, &names, is_text, alphasort);
    erz_buf out = {0};
    if (!explain) fputs(erz_record_header(ERZ_TABLE_MENTIONS), stdout);
    for (int i = 0; i < n; i++) {
        snprintf(path, sizeof path, "%s/docs/%s", argv[2], names[i]->d_name);
        size_t len;
        char *data = read_file(path, &len), *id = names[i]->d_name;
        id[strlen(id) - 4] = '\0';
        erz_document doc = {.id = id, .id_len = strlen(id), .text = data, .len = len, .first = true, .last = true};
        erz_text text = {
            .doc = &doc, .text = data, .len = len, .model = model, .lexicon = erz_model_lexicon(model), .words = words};
        text.arena = erz_arena_new(1 << 16);
        if (erz_tokenize(tokenizer, data, len, &text.tokens, &err) != ERZ_OK ||
            erz_words_map(words, data, len, &text.tokens, &err) != ERZ_OK)
            die(&err);
        char *copy = malloc(gold_len + 1);
        memcpy(copy, gold, gold_len + 1);
        for (char *line = strchr(copy, '\n'), *next; line != NULL; line = next) {
            line++;
            next = strchr(line, '\n');
            if (next != NULL) *next = '\0';
            if (text.tokens.n > 0) add_gold(&text, line, id);
        }
        free(copy);
        if (erz_rules_find(rules, &text, &err) != ERZ_OK) die(&err);
        out.len = 0;
        if (explain) {
            size_t explained;
            const char *s = erz_rules_explained(rules, &explained);
            if (explained > 0) printf("## %s\n%.*s", id, (int)explained, s);
        } else {
            erz_record_write(&text, ERZ_TABLE_MENTIONS, ERZ_OFFSETS_BYTE, &out);
            fwrite(out.data, 1, out.len, stdout);
        }
        free(text.mentions);
        erz_arena_free(text.arena);
        free(data);
        free(names[i]);
    }
    free(names);
    free(gold);
    erz_buf_free(&out);
    erz_rules_free(rules);
    erz_words_free(words);
    erz_tokenizer_free(tokenizer);
    erz_model_close(model);
    return 0;
}
