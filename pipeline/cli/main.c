#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"extract", cmd_extract}, {"tokenize", cmd_tokenize}, {"stem", cmd_stem},
    {"match", cmd_match},     {"model", cmd_model},       {"schema", cmd_schema},
};

/* jansson (2.14) writes past a buffer that it could not grow: the program ends before that. */
static void *json_memory(size_t size)
{
    static const char message[] = "erz: out of memory\n";
    void *p = malloc(size);
    if (p != NULL || size == 0) return p;
    if (write(STDERR_FILENO, message, sizeof message - 1) < 0) _exit(EXIT_IO);
    _exit(EXIT_IO);
}

/* A standard descriptor that the caller has closed is taken by none of our files: reading and writing it fails as it would. */
static void hold_standard_descriptors(void)
{
    static const int modes[] = {O_WRONLY, O_RDONLY, O_WRONLY};
    for (int fd = 0; fd < 3; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF && open("/dev/null", modes[fd]) != fd) return;
}

int main(int argc, char **argv)
{
    hold_standard_descriptors();
    signal(SIGPIPE, SIG_IGN);
    json_set_alloc_funcs(json_memory, free);
    if (argc < 2) {
        cli_help(NULL);
        return EXIT_USAGE;
    }
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(argv[1], commands[i].name) == 0) return commands[i].run(argc - 1, argv + 1);
    if (strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) return cli_help(NULL);
    if (strcmp(argv[1], "--version") == 0) {
        cli_options options = {0};
        return cli_version(&options);
    }
    fprintf(stderr, "erz: no command '%s': extract, tokenize, stem, match, model, schema (erz --help)\n", argv[1]);
    return EXIT_USAGE;
}
