#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

#ifndef ERZ_PREFIX
#define ERZ_PREFIX "/usr/local"
#endif

static bool beside_executable(erz_buf *path)
{
    char exe[4096];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    if (n <= 0) return false;
    exe[n] = '\0';
    char *slash = strrchr(exe, '/');
    if (slash == NULL) return false;
    *slash = '\0';
    static const char *const places[] = {"%s/de.erzm", "%s/../share/erz/de.erzm"};
    for (size_t i = 0; i < 2; i++) {
        path->len = 0;
        erz_buf_add(path, exe, strlen(exe));
        erz_buf_add(path, places[i] + 2, strlen(places[i]) - 1);
        if (path->failed) return false;
        if (access(path->data, R_OK) == 0) return true;
    }
    return false;
}

erz_status cli_model_open(const cli_options *options, erz_model **model, erz_error *err)
{
    const char *named = options->model != NULL ? options->model : getenv("ERZ_MODEL");
    if (named != NULL && *named != '\0') return erz_model_open(named, model, err);
    erz_buf path = {0};
    erz_status status = beside_executable(&path) ? erz_model_open(path.data, model, err)
                        : path.failed            ? erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory")
                                                 : erz_model_open(ERZ_PREFIX "/share/erz/de.erzm", model, err);
    erz_buf_free(&path);
    return status;
}
