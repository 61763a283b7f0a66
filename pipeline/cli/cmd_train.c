/* erz model train: the weights of the company tagger. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "erz/train.h"

static const char usage[] =
    "usage: erz model train --data DIR [--texts DIR] -o FILE [--model FILE] [--epochs N] [--seed N] [--fold K/N]\n";

static bool parse(int argc, char **argv, erz_train_options *o, cli_options *c)
{
    for (int i = 1; i < argc; i += 2) {
        const char *name = argv[i], *value = i + 1 < argc ? argv[i + 1] : NULL;
        if (value == NULL) return false;
        if (strcmp(name, "--data") == 0)
            o->data = value;
        else if (strcmp(name, "--texts") == 0)
            o->texts = value;
        else if (strcmp(name, "-o") == 0)
            o->output = value;
        else if (strcmp(name, "--model") == 0)
            c->model = value;
        else if (strcmp(name, "--epochs") == 0)
            o->epochs = (unsigned)strtoul(value, NULL, 10);
        else if (strcmp(name, "--seed") == 0)
            o->seed = strtoull(value, NULL, 10);
        else if (strcmp(name, "--fold") == 0 && sscanf(value, "%u/%u", &o->fold, &o->folds) == 2)
            continue;
        else
            return false;
    }
    return o->data != NULL && o->output != NULL;
}

int cmd_train(int argc, char **argv)
{
    erz_train_options o = {0};
    cli_options c = {0};
    erz_error err = {0};
    erz_model *model = NULL;
    if (!parse(argc, argv, &o, &c)) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    o.log = stderr;
    erz_status status = cli_model_open(&c, &model, &err);
    if (status == ERZ_OK) status = erz_train(model, &o, &err);
    erz_model_close(model);
    if (status != ERZ_OK) cli_message(&err);
    return status == ERZ_E_OPEN ? EXIT_USAGE : cli_exit_status(status);
}
