#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"

static int build(const cli_options *options, erz_error *err)
{
    if (options->output == NULL) {
        erz_fail(err, ERZ_E_USAGE, NULL, 0, 0, "model build needs -o FILE");
        return EXIT_USAGE;
    }
    const char *dir = options->input.npaths > 0 ? options->paths[0] : "models/de";
    erz_status status = erz_model_build(dir, options->output, err);
    return status == ERZ_OK ? 0 : status == ERZ_E_OPEN ? EXIT_USAGE : cli_exit_status(status);
}

static int show(const cli_options *options, bool dump, erz_error *err)
{
    cli_options found = *options;
    if (found.model == NULL && found.input.npaths > 0) found.model = found.paths[0];
    erz_model *model = NULL;
    erz_status status = cli_model_open(&found, &model, err);
    if (status == ERZ_OK)
        status = dump ? erz_model_dump(model, options->section, stdout, err) : erz_model_info(model, stdout, err);
    if (status == ERZ_OK && fflush(stdout) != 0)
        status = erz_fail(err, ERZ_E_IO, NULL, 0, 0, "cannot write: %s", strerror(errno));
    if (status == ERZ_E_IO && errno == EPIPE) status = ERZ_OK; /* whoever read has seen enough */
    erz_model_close(model);
    return status == ERZ_E_OPEN ? EXIT_USAGE : cli_exit_status(status);
}

int cmd_model(int argc, char **argv)
{
    cli_options options;
    const char *what = argc > 1 ? argv[1] : "";
    if (strcmp(what, "train") == 0) return cmd_train(argc - 1, argv + 1);
    if (strcmp(what, "build") != 0 && strcmp(what, "info") != 0 && strcmp(what, "dump") != 0) {
        if (strcmp(what, "-h") == 0 || strcmp(what, "--help") == 0) return cli_help("model");
        fprintf(stderr, "erz: model: one of build, info, dump, train (erz model --help)\n");
        return EXIT_USAGE;
    }
    int code = cli_parse(&options, "model", argc - 1, argv + 1);
    if (code < 0) {
        erz_error err = {0};
        code = strcmp(what, "build") == 0 ? build(&options, &err) : show(&options, strcmp(what, "dump") == 0, &err);
        if (code != 0) cli_message(&err);
    }
    cli_options_free(&options);
    return code;
}
