/* Replays files through a target without libFuzzer: `replay FILE|DIR...` prints TAP. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"

static unsigned long files;

static void replay(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0) return;
    if (S_ISDIR(st.st_mode)) {
        struct dirent **names;
        int n = scandir(path, &names, NULL, alphasort);
        for (int i = 0; i < n; i++) {
            char below[4096];
            snprintf(below, sizeof below, "%s/%s", path, names[i]->d_name);
            if (names[i]->d_name[0] != '.') replay(below);
            free(names[i]);
        }
        if (n >= 0) free(names);
        return;
    }
    FILE *f = fopen(path, "rb");
    uint8_t *data = malloc((size_t)st.st_size + 1);
    if (f == NULL || data == NULL) exit(2);
    size_t n = fread(data, 1, (size_t)st.st_size, f);
    fclose(f);
    uint8_t *exact = malloc(n > 0 ? n : 1); /* of just that size, for the sanitizer */
    if (exact == NULL) exit(2);
    memcpy(exact, data, n);
    LLVMFuzzerTestOneInput(exact, n);
    files++;
    free(exact);
    free(data);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) replay(argv[i]);
    const char *slash = strrchr(argv[0], '/');
    printf("%s 1 - %s: %lu files\n", files > 0 ? "ok" : "not ok", slash != NULL ? slash + 1 : argv[0], files);
    return files == 0;
}
