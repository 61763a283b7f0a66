/* Lines from a descriptor, any length, in large reads; tells when the next read would block. */
#ifndef ERZ_CLI_LINES_H
#define ERZ_CLI_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "erz/error.h"

typedef struct cli_lines {
    int fd;
    int stop_fd; /* <= 0: none; when it becomes readable the lines end */
    size_t read_size;
    erz_buf buf;
    size_t at;
    uint64_t number; /* of the line given last, from 1 */
    bool eof;
} cli_lines;

/* Next line without its LF (NUL-terminated, may be changed in place); ERZ_END after the last. */
erz_status cli_lines_next(cli_lines *lines, char **line, size_t *len, erz_error *err);
/* No whole line is buffered and the descriptor has nothing ready: write what you have before you ask on. */
bool cli_lines_blocks(const cli_lines *lines);

#endif
