#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"

void cli_message(const erz_error *err)
{
    fputs("erz: ", stderr);
    if (err->file[0] != '\0') fprintf(stderr, "%s:", err->file);
    if (err->line != 0) fprintf(stderr, "%" PRIu64 ":", err->line);
    if (err->line != 0 && err->column != 0) fprintf(stderr, "%" PRIu64 ":", err->column);
    fprintf(stderr, "%s%s\n", err->file[0] != '\0' ? " " : "", err->message);
    if (err->source[0] == '\0') return;
    fprintf(stderr, "  %s\n  ", err->source);
    for (uint64_t i = 1; i < err->column && i <= strlen(err->source); i++) {
        char c = err->source[i - 1];
        if (((unsigned char)c & 0xc0) != 0x80) fputc(c == '\t' ? '\t' : ' ', stderr);
    }
    fputs("^\n", stderr);
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
