/* Names from a list (--files-from): one a line, or NUL-terminated, from a file or a pipe. */
#ifndef ERZ_INPUT_LIST_H
#define ERZ_INPUT_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "erz/error.h"

typedef struct input_list {
    const char *name; /* borrowed; "-": standard input */
    char end;         /* what names end with */
    int fd, stop_fd;  /* stop_fd <= 0: none */
    bool open, eof;
    erz_buf bytes; /* read and not used: from `at` */
    size_t at;
} input_list;

/* The next name that is not empty, NUL-terminated, valid until the next call. ERZ_END: no more, or asked to stop; ERZ_E_USAGE:
 * the list cannot be opened. */
erz_status input_list_next(input_list *list, const char **name, erz_error *err);
/* Would the next name have to be waited for? */
bool input_list_blocks(const input_list *list);
void input_list_free(input_list *list);
/* Open a path ("-": standard input) for reading. A FIFO without a writer is opened at once, to be waited for like any other
 * that has nothing to read yet. -1 and errno. */
int input_open_stream(const char *path);
/* Wait until fd can be read: true; false: stop_fd (<= 0: none) can. */
bool input_wait(int fd, int stop_fd);

#endif
