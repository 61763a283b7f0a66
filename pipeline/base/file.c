#include "file.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"

static int put(const char *name, const void *data, size_t len)
{
    FILE *f = fopen(name, "wb");
    if (f == NULL) return errno;
    int code = fwrite(data, 1, len, f) == len ? 0 : errno;
    if (fclose(f) != 0 && code == 0) code = errno;
    return code;
}

erz_status erz_file_write(const char *path, const void *data, size_t len, erz_error *err)
{
    struct stat st;
    bool direct = stat(path, &st) == 0 && !S_ISREG(st.st_mode);
    erz_buf name = {0};
    erz_buf_str(&name, path);
    if (!direct) erz_buf_printf(&name, ".%ld.tmp", (long)getpid());
    erz_buf_char(&name, '\0');
    if (name.failed) {
        erz_buf_free(&name);
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    }
    int code = put(name.data, data, len);
    if (code == 0 && !direct && rename(name.data, path) != 0) code = errno;
    if (code != 0 && !direct) unlink(name.data);
    erz_buf_free(&name);
    return code == 0 ? ERZ_OK : erz_fail(err, ERZ_E_IO, path, 0, 0, "cannot write: %s", strerror(code));
}
