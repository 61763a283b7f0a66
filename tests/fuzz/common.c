#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "erz/model.h"
#include "fuzz.h"

void fuzz_fail(const char *what)
{
    fprintf(stderr, "promise broken: %s\n", what);
    abort();
}

erz_model *fuzz_model(void)
{
    static erz_model *model;
    erz_error err;
    const char *path = getenv("ERZ_MODEL");
    if (model == NULL && erz_model_open(path != NULL ? path : "build/de.erzm", &model, &err) != ERZ_OK) {
        fprintf(stderr, "%s: %s\n", err.file, err.message);
        exit(2);
    }
    return model;
}

const char *fuzz_file(const uint8_t *data, size_t size)
{
    static int fd = -1;
    static char name[64];
    if (fd < 0) fd = memfd_create("fuzz", 0);
    if (fd < 0 || ftruncate(fd, 0) != 0 || lseek(fd, 0, SEEK_SET) != 0 || write(fd, data, size) != (ssize_t)size) exit(2);
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    return name;
}
