#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"

/* Names of files may hold anything: what a terminal would obey is shown as \n or \x1b, and a message stays on its line. */
static void print_plain(const char *s)
{
    for (; *s != '\0'; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '\n')
            fputs("\\n", stderr);
        else if ((c < ' ' && c != '\t') || c == 0x7f)
            fprintf(stderr, "\\x%02x", c);
        else
            fputc(c, stderr);
    }
}

void cli_message(const erz_error *err)
{
    fputs("erz: ", stderr);
    print_plain(err->file);
    if (err->file[0] != '\0') fputc(':', stderr);
    if (err->line != 0) fprintf(stderr, "%" PRIu64 ":", err->line);
    if (err->line != 0 && err->column != 0) fprintf(stderr, "%" PRIu64 ":", err->column);
    if (err->file[0] != '\0') fputc(' ', stderr);
    print_plain(err->message);
    fputc('\n', stderr);
    if (err->source[0] == '\0') return;
    fputs("  ", stderr);
    print_plain(err->source);
    fputs("\n  ", stderr);
    for (uint64_t i = 1; i < err->column && i <= strlen(err->source); i++) {
        char c = err->source[i - 1];
        if (((unsigned char)c & 0xc0) != 0x80) fputc(c == '\t' ? '\t' : ' ', stderr);
    }
    fputs("^\n", stderr);
}

int cli_flush(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) return 0;
    if (errno == EPIPE) return 0; /* whoever read has seen enough */
    fprintf(stderr, "erz: cannot write: %s\n", strerror(errno));
    return EXIT_IO;
}

int cli_exit_status(erz_status status)
{
    switch (status) {
    case ERZ_OK:
    case ERZ_END:
        return 0;
    case ERZ_E_USAGE:
    case ERZ_E_MODEL:
    case ERZ_E_RULE:
        return EXIT_USAGE;
    case ERZ_E_OPEN:
    case ERZ_E_INPUT:
    case ERZ_E_UTF8:
    case ERZ_E_LIMIT:
        return EXIT_BAD_INPUT;
    default:
        return EXIT_IO;
    }
}
