#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

static erz_status cannot_create(const char *name, erz_error *err)
{
    return erz_fail(err, ERZ_E_IO, name, 0, 0, "cannot create: %s", strerror(errno));
}

erz_status cli_output_find(const char *name, cli_place *place, erz_error *err)
{
    struct stat standard;
    memset(place, 0, sizeof *place);
    bool there = stat(name, &place->st) == 0;
    if (!there && lstat(name, &place->st) == 0 && S_ISLNK(place->st.st_mode)) { /* found only once it is there */
        int fd = open(name, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
        if (fd < 0) return cannot_create(name, err);
        close(fd);
        there = stat(name, &place->st) == 0;
    }
    if (!there) return ERZ_OK;
    errno = EISDIR;
    if (S_ISDIR(place->st.st_mode)) return cannot_create(name, err);
    bool same =
        fstat(STDOUT_FILENO, &standard) == 0 && place->st.st_dev == standard.st_dev && place->st.st_ino == standard.st_ino;
    place->kind = same ? PLACE_STANDARD : S_ISREG(place->st.st_mode) ? PLACE_FILE : PLACE_OTHER;
    if (place->kind == PLACE_FILE) place->path = realpath(name, NULL);
    return ERZ_OK;
}

erz_status cli_output_open(cli_output *out, const char *name, erz_error *err)
{
    cli_place place = {.kind = PLACE_STANDARD};
    memset(out, 0, sizeof *out);
    out->fd = -1;
    if (name != NULL && strcmp(name, "-") != 0) {
        erz_status status = cli_output_find(name, &place, err);
        if (status != ERZ_OK) return status;
    }
    out->fd = STDOUT_FILENO;
    if (place.kind == PLACE_STANDARD) return ERZ_OK; /* /dev/stdout by any name */
    out->name = name;
    out->fd = -1;
    if (place.kind == PLACE_OTHER) {
        out->fd = open(name, O_WRONLY | O_CLOEXEC);
        return out->fd >= 0 ? ERZ_OK : cannot_create(name, err);
    }
    erz_buf path = {0};
    out->target = place.path;
    erz_buf_printf(&path, "%s.%ld.tmp", out->target != NULL ? out->target : name, (long)getpid());
    out->temporary = path.data;
    if (path.failed) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    out->fd = open(path.data, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (out->fd < 0) return cannot_create(name, err);
    if (place.kind == PLACE_FILE) (void)!fchmod(out->fd, place.st.st_mode & 07777);
    return ERZ_OK;
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

static void forget_names(cli_output *out)
{
    free(out->temporary);
    free(out->target);
    out->temporary = out->target = NULL;
}

/* Some file systems report a failed write only when the file is closed; a closed descriptor (>&-) was reported by write. */
static erz_status close_file(cli_output *out, erz_error *err)
{
    if (close(out->fd) == 0 || errno == EBADF || errno == EINTR) return ERZ_OK;
    return erz_fail(err, ERZ_E_IO, out->name, 0, 0, "cannot write: %s", strerror(errno));
}

erz_status cli_output_close(cli_output *out, bool whole, bool keep_part, erz_error *err)
{
    erz_status status = ERZ_OK;
    if (out->fd >= 0 && whole && !out->closed_pipe)
        status = close_file(out, err);
    else if (out->fd > STDERR_FILENO)
        close(out->fd);
    if (out->fd >= 0 && out->temporary != NULL) {
        const char *target = out->target != NULL ? out->target : out->name;
        if (status == ERZ_OK && whole && rename(out->temporary, target) != 0)
            status = erz_fail(err, ERZ_E_IO, out->name, 0, 0, "cannot rename: %s", strerror(errno));
        if ((status != ERZ_OK || !whole) && !keep_part) unlink(out->temporary);
    }
    forget_names(out);
    return status;
}
