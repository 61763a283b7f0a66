#include "erz/extract.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "erz/match.h"

struct erz_extractor {
    erz_tokenizer *tokenizer;
    erz_words *words;
    erz_quantities *quantities;
    erz_companies *companies;
    erz_rules *rules;
    erz_text text;
    uint64_t sentences; /* of the document's sections so far */
};

enum { WORD_LIMIT = 98304, ARENA_BLOCK = 1 << 16, ARENA_KEEP = 1 << 20 };

erz_status erz_extractor_new(const erz_model *model, const char *kernel, erz_extractor **out, erz_error *err)
{
    erz_extractor *x = calloc(1, sizeof *x);
    if (x == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    x->text.model = model;
    x->text.lexicon = erz_model_lexicon(model);
    x->text.arena = erz_arena_new(ARENA_BLOCK);
    erz_status status = x->text.arena == NULL ? erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory") : ERZ_OK;
    if (status == ERZ_OK) status = erz_tokenizer_new(x->text.lexicon, kernel, &x->tokenizer, err);
    if (status == ERZ_OK) status = erz_words_new(x->text.lexicon, WORD_LIMIT, &x->words, err);
    if (status == ERZ_OK) status = erz_quantities_new(model, &x->quantities, err);
    if (status == ERZ_OK) status = erz_companies_new(model, &x->companies, err);
    if (status == ERZ_OK) status = erz_rules_new(model, &x->rules, err);
    x->text.words = x->words;
    if (status != ERZ_OK) {
        erz_extractor_free(x);
        return status;
    }
    *out = x;
    return ERZ_OK;
}

void erz_extractor_free(erz_extractor *x)
{
    if (x == NULL) return;
    erz_rules_free(x->rules);
    erz_companies_free(x->companies);
    erz_quantities_free(x->quantities);
    erz_words_free(x->words);
    erz_tokenizer_free(x->tokenizer);
    erz_arena_free(x->text.arena);
    free(x->text.mentions);
    free(x);
}

erz_rules *erz_extractor_rules(erz_extractor *x)
{
    return x->rules;
}

erz_status erz_extractor_begin(erz_extractor *x, const erz_document *doc, erz_text **text, erz_error *err)
{
    (void)err;
    erz_words_trim(x->words);
    erz_arena_reset(x->text.arena, ARENA_KEEP);
    if (doc->first)
        x->sentences = 0;
    else
        x->sentences += x->text.tokens.nsent;
    x->text.doc = doc;
    x->text.text = doc->text;
    x->text.len = doc->len;
    x->text.nmentions = 0;
    x->text.sent_base = x->sentences;
    memset(&x->text.tokens, 0, sizeof x->text.tokens);
    *text = &x->text;
    return ERZ_OK;
}

erz_status erz_extractor_tokenize(erz_extractor *x, const erz_document *doc, erz_text **text, erz_error *err)
{
    erz_text *t;
    erz_status status = erz_extractor_begin(x, doc, &t, err);
    if (status == ERZ_OK) status = erz_tokenize(x->tokenizer, t->text, t->len, &t->tokens, err);
    if (status == ERZ_OK) status = erz_words_map(x->words, t->text, t->len, &t->tokens, err);
    if (status == ERZ_OK) *text = t;
    return status;
}

static int compare_mentions(const void *a, const void *b)
{
    const erz_mention *x = a, *y = b;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    if (x->end != y->end) return x->end < y->end ? -1 : 1;
    if (x->type != y->type) return x->type < y->type ? -1 : 1;
    if (x->type == ERZ_USER && strcmp(x->type_name, y->type_name) != 0) return strcmp(x->type_name, y->type_name);
    return strcmp(x->value, y->value);
}

erz_status erz_extractor_match(erz_extractor *x, erz_text *text, erz_error *err)
{
    erz_companies_ask(x->companies, text);
    erz_status status = erz_quantities_find(x->quantities, text, err);
    if (status == ERZ_OK) status = erz_companies_find(x->companies, text, err);
    if (status == ERZ_OK) status = erz_rules_find(x->rules, text, err);
    if (status == ERZ_OK && text->nmentions > 1)
        qsort(text->mentions, text->nmentions, sizeof *text->mentions, compare_mentions);
    return status;
}

erz_status erz_extractor_run(erz_extractor *x, const erz_document *doc, erz_text **text, erz_error *err)
{
    erz_status status = erz_extractor_tokenize(x, doc, text, err);
    return status == ERZ_OK ? erz_extractor_match(x, *text, err) : status;
}
