#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

erz_status cli_output_open(cli_output *out, const char *name, erz_error *err)
{
    memset(out, 0, sizeof *out);
    out->name = name != NULL && strcmp(name, "-") != 0 ? name : NULL;
    if (out->name == NULL) {
        out->fd = STDOUT_FILENO;
        return ERZ_OK;
    }
    erz_buf path = {0};
    erz_buf_printf(&path, "%s.%ld.tmp", name, (long)getpid());
    if (path.failed) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    out->temporary = path.data;
    out->fd = open(path.data, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (out->fd >= 0) return ERZ_OK;
    erz_status status = erz_fail(err, ERZ_E_IO, name, 0, 0, "cannot create: %s", strerror(errno));
    free(out->temporary);
    out->temporary = NULL;
    return status;
}

erz_status cli_output_write(cli_output *out, const char *data, size_t len, erz_error *err)
{
    while (len > 0 && !out->closed_pipe) {
        ssize_t n = write(out->fd, data, len);
        if (n >= 0) {
            data += n;
            len -= (size_t)n;
            out->bytes += (uint64_t)n;
        } else if (errno == EPIPE) {
            out->closed_pipe = true;
        } else if (errno != EINTR) {
            return erz_fail(err, ERZ_E_IO, out->name, 0, 0, "cannot write: %s", strerror(errno));
        }
    }
    return ERZ_OK;
}

erz_status cli_output_close(cli_output *out, bool whole, bool keep_part, erz_error *err)
{
    erz_status status = ERZ_OK;
    if (out->fd < 0) {
        free(out->temporary);
        return ERZ_OK;
    }
    if (out->name == NULL) {
        /* Some file systems report a failed write only here; a closed descriptor (>&-) was reported by write. */
        if (whole && !out->closed_pipe && close(out->fd) != 0 && errno != EBADF && errno != EINTR)
            status = erz_fail(err, ERZ_E_IO, NULL, 0, 0, "cannot write: %s", strerror(errno));
        return status;
    }
    if (close(out->fd) != 0 && whole) status = erz_fail(err, ERZ_E_IO, out->name, 0, 0, "cannot write: %s", strerror(errno));
    if (status == ERZ_OK && whole && rename(out->temporary, out->name) != 0)
        status = erz_fail(err, ERZ_E_IO, out->name, 0, 0, "cannot rename: %s", strerror(errno));
    if ((status != ERZ_OK || !whole) && !keep_part) unlink(out->temporary);
    free(out->temporary);
    out->temporary = NULL;
    return status;
}
