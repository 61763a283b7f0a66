/* Training from the data folder to the file of weights. */
#include "train/train.h"

#include <stdlib.h>
#include <string.h>

enum { KEEP_ROWS = 100000, MAX_NAMES = 40000, DEFAULT_EPOCHS = 8, LEAST_COUNT = 2, MEMBERS = 18 };
static const uint64_t default_seed = 20250611;

static erz_status path_of(erz_buf *path, const char *dir, const char *name, erz_error *err)
{
    path->len = 0;
    erz_buf_printf(path, "%s/%s", dir, name);
    return path->failed ? erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory") : ERZ_OK;
}

static erz_status read_folder(train_docs *docs, const char *dir, const char *name, uint8_t rest, float weight, unsigned folds,
                              unsigned fold, erz_error *err)
{
    erz_buf path = {0};
    erz_status status = path_of(&path, dir, name, err);
    if (status == ERZ_OK) status = train_read_folder(docs, path.data, rest, weight, folds, fold, err);
    erz_buf_free(&path);
    return status;
}

static erz_status read_all(trainer *t, train_docs *docs, erz_error *err)
{
    const erz_train_options *o = t->options;
    const uint8_t open = MASK_O | MASK_PER | MASK_LOC;
    erz_buf path = {0};
    train_names names = {0};
    erz_status status = read_folder(docs, o->data, "smartdata/train", open, 1.0F, o->folds, o->fold, err);
    if (status == ERZ_OK) status = read_folder(docs, o->data, "train_news", open | MASK_ORG, 2.5F, o->folds, o->fold, err);
    if (status == ERZ_OK && o->texts != NULL) status = train_read_folder(docs, o->texts, open | MASK_ORG, 1.0F, 0, 0, err);
    if (status == ERZ_OK) status = path_of(&path, o->data, "germeval/train.iob2.tsv", err);
    if (status == ERZ_OK) status = train_read_iob(docs, path.data, 0.8F, err);
    if (status == ERZ_OK) status = path_of(&path, o->data, "lists/offeneregister_company_names.tsv.zst", err);
    if (status == ERZ_OK)
        status = train_read_names(docs->arena, path.data, &names.registered, &names.nregistered, MAX_NAMES, err);
    if (status == ERZ_OK) status = train_list_names(docs->arena, t->model, &names.list, &names.nlist, MAX_NAMES, err);
    if (status == ERZ_OK) status = train_augment(docs, &names, &t->random, err);
    erz_buf_free(&path);
    return status;
}

static erz_status load(trainer *t, erz_error *err)
{
    train_docs docs = {erz_arena_new(1 << 20), NULL, 0, 0}, held = {docs.arena, NULL, 0, 0};
    if (docs.arena == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    erz_status status = read_all(t, &docs, err);
    if (status == ERZ_OK) status = train_add_docs(t, &t->set, &docs, err);
    if (status == ERZ_OK) status = read_folder(&held, t->options->data, "smartdata/dev", MASK_O, 1, 0, 0, err);
    if (status == ERZ_OK) status = train_add_docs(t, &t->held, &held, err);
    if (status == ERZ_OK && t->options->log != NULL)
        fprintf(t->options->log, "%zu texts, %zu sentences, %zu units; held out: %zu texts\n", docs.n, t->set.nseq, t->set.n,
                held.n);
    erz_arena_free(docs.arena);
    free(docs.docs);
    free(held.docs);
    return status;
}

static void log_line(const trainer *t, const char *what)
{
    if (t->options->log != NULL) fprintf(t->options->log, "%s\n", what);
}

/* The mean of several runs from scratch, which differ by order and dropout: one run's scores vary by a point or two. */
static erz_status learn_members(trainer *t, unsigned epochs, float rate, erz_error *err)
{
    train_row *sum = calloc(t->nrows, sizeof *sum);
    erz_status status = sum == NULL ? erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory") : ERZ_OK;
    for (unsigned m = 0; m < MEMBERS && status == ERZ_OK; m++) {
        memset(t->rows, 0, t->nrows * sizeof *t->rows);
        status = train_run(t, epochs, rate, 2, err);
        for (size_t i = 0; i < t->nrows; i++)
            for (int y = 0; y < CRF_LABELS; y++) sum[i].w[y] += t->rows[i].w[y] / MEMBERS;
    }
    if (status == ERZ_OK) memcpy(t->rows, sum, t->nrows * sizeof *sum);
    free(sum);
    return status;
}

/* The votes that a text is trained with come from rows that have not seen it: the halves label each other first. */
static erz_status learn(trainer *t, erz_error *err)
{
    const float rate = 0.07F;
    unsigned epochs = t->options->epochs == 0 ? DEFAULT_EPOCHS : t->options->epochs;
    erz_status status = train_number_features(t, LEAST_COUNT, err);
    if (status == ERZ_OK && t->options->log != NULL) fprintf(t->options->log, "%zu features\n", t->nkeys);
    if (status == ERZ_OK && (t->votes_of = calloc(erz_words_count(t->words) + 1, sizeof *t->votes_of)) == NULL)
        status = erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    for (unsigned half = 0; half < 2 && status == ERZ_OK; half++) {
        log_line(t, half == 0 ? "first half" : "second half");
        status = train_run(t, epochs / 2, rate, half, err);
        if (status == ERZ_OK) status = train_vote(t, &t->set, half, err);
        memset(t->rows, 0, t->nrows * sizeof *t->rows);
    }
    log_line(t, "whole");
    if (status == ERZ_OK) status = train_run(t, epochs / 2, rate, 2, err);
    if (status == ERZ_OK) status = train_prune(t, KEEP_ROWS, err);
    if (status == ERZ_OK) status = learn_members(t, epochs, rate, err);
    if (status == ERZ_OK) status = train_write(t, t->options->output, err);
    return status;
}

static void trainer_free(trainer *t)
{
    erz_companies_free(t->companies);
    erz_tokenizer_free(t->tokenizer);
    erz_words_free(t->words);
    train_set_free(&t->set);
    train_set_free(&t->held);
    free(t->train_words), free(t->ids), free(t->keys), free(t->counts), free(t->slots), free(t->rows), free(t->votes_of);
    free(t);
}

erz_status erz_train(const erz_model *model, const erz_train_options *options, erz_error *err)
{
    trainer *t = calloc(1, sizeof *t);
    if (t == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    t->model = model;
    t->options = options;
    t->random.state = options->seed == 0 ? default_seed : options->seed;
    erz_status status = erz_words_new(erz_model_lexicon(model), SIZE_MAX, &t->words, err);
    if (status == ERZ_OK) status = erz_tokenizer_new(erz_model_lexicon(model), NULL, &t->tokenizer, err);
    if (status == ERZ_OK) status = erz_companies_new(model, &t->companies, err);
    if (status == ERZ_OK) t->companies->crf.header = NULL;
    if (status == ERZ_OK) status = load(t, err);
    if (status == ERZ_OK) status = learn(t, err);
    trainer_free(t);
    return status;
}
