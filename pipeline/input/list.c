#include "list.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reader.h"

enum { LIST_BYTES = 1 << 16 };

bool input_wait(int fd, int stop_fd)
{
    struct pollfd p[2] = {{fd, POLLIN, 0}, {stop_fd, POLLIN, 0}};
    while (poll(p, stop_fd > 0 ? 2 : 1, -1) < 0)
        if (errno != EINTR) return true;
    return stop_fd <= 0 || p[1].revents == 0;
}

int input_open_stream(const char *path)
{
    struct stat st;
    if (strcmp(path, "-") == 0) return STDIN_FILENO;
    int fd = input_open_path(path, O_RDONLY | O_NONBLOCK);
    if (fd >= 0 && (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))) fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
    return fd;
}

static erz_status open_list(input_list *l, erz_error *err)
{
    l->fd = input_open_stream(l->name);
    if (l->fd < 0) return erz_fail(err, ERZ_E_USAGE, l->name, 0, 0, "cannot open the list: %s", strerror(errno));
    l->open = true;
    return ERZ_OK;
}

static erz_status fill(input_list *l, erz_error *err)
{
    if (l->bytes.data != NULL) memmove(l->bytes.data, l->bytes.data + l->at, l->bytes.len - l->at);
    l->bytes.len -= l->at;
    l->at = 0;
    if (!erz_buf_reserve(&l->bytes, LIST_BYTES + 1)) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    ssize_t n;
    do {
        if (!input_wait(l->fd, l->stop_fd)) return ERZ_END;
        n = read(l->fd, l->bytes.data + l->bytes.len, LIST_BYTES);
    } while (n < 0 && errno == EINTR);
    if (n < 0) return erz_fail(err, ERZ_E_IO, l->name, 0, 0, "cannot read the list: %s", strerror(errno));
    l->bytes.len += (size_t)n;
    l->eof = n == 0;
    return ERZ_OK;
}

erz_status input_list_next(input_list *l, const char **name, erz_error *err)
{
    erz_status status = l->open ? ERZ_OK : open_list(l, err);
    if (status == ERZ_OK && l->bytes.data == NULL) status = fill(l, err);
    size_t seen = 0;
    while (status == ERZ_OK) {
        size_t have = l->bytes.len - l->at;
        char *p = l->bytes.data + l->at, *end = have > seen ? memchr(p + seen, l->end, have - seen) : NULL;
        if (end == NULL && !l->eof) {
            seen = have;
            status = fill(l, err);
            continue;
        }
        if (have == 0) return ERZ_END;
        if (end == NULL) end = p + have; /* the last one; there is room for its NUL */
        *end = '\0';
        l->at = end < p + have ? l->at + (size_t)(end - p) + 1 : l->bytes.len;
        seen = 0;
        *name = p;
        if (*p != '\0') return ERZ_OK;
    }
    return status;
}

bool input_list_blocks(const input_list *l)
{
    size_t have = l->bytes.len - l->at;
    if (!l->open || l->eof || (have > 0 && memchr(l->bytes.data + l->at, l->end, have) != NULL)) return false;
    struct pollfd p = {l->fd, POLLIN, 0};
    return poll(&p, 1, 0) <= 0;
}

void input_list_free(input_list *l)
{
    if (l->open && l->fd > STDIN_FILENO) close(l->fd);
    erz_buf_free(&l->bytes);
}
