#include "lines.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

bool cli_lines_blocks(const cli_lines *l)
{
    if (l->eof || memchr(l->buf.data == NULL ? "" : l->buf.data + l->at, '\n', l->buf.len - l->at) != NULL) return false;
    struct pollfd p = {l->fd, POLLIN, 0};
    return poll(&p, 1, 0) == 0;
}

/* Wait for bytes or a request to stop (false). */
static bool wait_ready(const cli_lines *l)
{
    if (l->stop_fd <= 0) return true;
    struct pollfd p[2] = {{l->fd, POLLIN, 0}, {l->stop_fd, POLLIN, 0}};
    while (poll(p, 2, -1) < 0)
        if (errno != EINTR) return true;
    return p[1].revents == 0;
}

static erz_status fill(cli_lines *l, erz_error *err)
{
    if (l->at > 0) {
        memmove(l->buf.data, l->buf.data + l->at, l->buf.len - l->at);
        l->buf.len -= l->at;
        l->at = 0;
    }
    if (!erz_buf_reserve(&l->buf, l->read_size + 1)) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    ssize_t n;
    if (!wait_ready(l)) return ERZ_END;
    do n = read(l->fd, l->buf.data + l->buf.len, l->read_size);
    while (n < 0 && errno == EINTR);
    if (n < 0) return erz_fail(err, ERZ_E_IO, "-", 0, 0, "cannot read: %s", strerror(errno));
    l->buf.len += (size_t)n;
    l->eof = n == 0;
    return ERZ_OK;
}

erz_status cli_lines_next(cli_lines *l, char **line, size_t *len, erz_error *err)
{
    size_t seen = 0;
    for (;;) {
        size_t have = l->buf.len - l->at;
        char *nl = have > seen ? memchr(l->buf.data + l->at + seen, '\n', have - seen) : NULL;
        if (nl == NULL && !l->eof) {
            seen = have;
            erz_status status = fill(l, err);
            if (status != ERZ_OK) return status;
            continue;
        }
        if (nl == NULL && have == 0) return ERZ_END;
        *line = l->buf.data + l->at;
        *len = nl != NULL ? (size_t)(nl - *line) : have;
        (*line)[*len] = '\0';
        l->at += *len + (nl != NULL);
        l->number++;
        return ERZ_OK;
    }
}
