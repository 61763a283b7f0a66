/* Preloaded into the program: lets library calls fail as a bad day would. By environment:
 *   FAULT_ALLOC=N    the N-th allocation fails, FAULT_ALLOC_ALL=N: and all behind it
 *   FAULT_SHORT=N    read and write move at most 1..N bytes
 *   FAULT_EINTR=N    of N calls of read, write and open one is interrupted
 *   FAULT_READ=N:E   the N-th read on a descriptor above 2 fails with errno E; FAULT_WRITE=N:E: the N-th write on any but 2
 *   FAULT_READDIR=N  the N-th entry of a directory cannot be read (EIO)
 * FAULT_COUNT=FILE: the number of allocations is written there at the end. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static atomic_long allocations, calls, reads, writes, entries;
static long fail_alloc, fail_all, shorten, interrupt, fail_read, fail_write, fail_readdir;
static int read_errno, write_errno, ready;

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);

static long number(const char *name, int *code)
{
    const char *s = getenv(name);
    char *end;
    if (s == NULL) return 0;
    long n = strtol(s, &end, 10);
    if (code != NULL && *end == ':') *code = (int)strtol(end + 1, NULL, 10);
    return n;
}

__attribute__((constructor)) static void begin(void)
{
    fail_alloc = number("FAULT_ALLOC", NULL);
    fail_all = number("FAULT_ALLOC_ALL", NULL);
    shorten = number("FAULT_SHORT", NULL);
    interrupt = number("FAULT_EINTR", NULL);
    fail_read = number("FAULT_READ", &read_errno);
    fail_write = number("FAULT_WRITE", &write_errno);
    fail_readdir = number("FAULT_READDIR", NULL);
    ready = 1;
}

__attribute__((destructor)) static void end(void)
{
    const char *name = getenv("FAULT_COUNT");
    long n = atomic_load(&allocations);
    FILE *f = name != NULL ? fopen(name, "w") : NULL;
    if (f == NULL) return;
    fprintf(f, "%ld\n", n);
    fclose(f);
}

static int refused(void)
{
    if (!ready) return 0;
    long n = atomic_fetch_add(&allocations, 1) + 1;
    if (n == fail_alloc || (fail_all > 0 && n >= fail_all)) {
        errno = ENOMEM;
        return 1;
    }
    return 0;
}

void *malloc(size_t size)
{
    return refused() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return refused() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t size)
{
    return refused() ? NULL : __libc_realloc(p, size);
}

static int interrupted(void)
{
    if (interrupt <= 0 || (atomic_fetch_add(&calls, 1) + 1) % interrupt != 0) return 0;
    errno = EINTR;
    return 1;
}

static size_t shortened(size_t n)
{
    static atomic_long seed;
    if (shorten <= 0 || n == 0) return n;
    size_t most = 1 + (size_t)((atomic_fetch_add(&seed, 1) * 2654435761L >> 7) % shorten);
    return n < most ? n : most;
}

ssize_t read(int fd, void *to, size_t n)
{
    static ssize_t (*real)(int, void *, size_t);
    if (real == NULL) real = (ssize_t(*)(int, void *, size_t))dlsym(RTLD_NEXT, "read");
    if (interrupted()) return -1;
    if (fail_read > 0 && (fd == 0 || fd > 2) && atomic_fetch_add(&reads, 1) + 1 == fail_read) {
        errno = read_errno;
        return -1;
    }
    return real(fd, to, shortened(n));
}

ssize_t write(int fd, const void *from, size_t n)
{
    static ssize_t (*real)(int, const void *, size_t);
    if (real == NULL) real = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    if (interrupted()) return -1;
    if (fail_write > 0 && fd != 2 && atomic_fetch_add(&writes, 1) + 1 >= fail_write) {
        errno = write_errno;
        return -1;
    }
    return real(fd, from, shortened(n));
}

struct dirent *readdir(DIR *d)
{
    static struct dirent *(*real)(DIR *);
    if (real == NULL) real = (struct dirent * (*)(DIR *)) dlsym(RTLD_NEXT, "readdir");
    if (fail_readdir > 0 && atomic_fetch_add(&entries, 1) + 1 == fail_readdir) {
        errno = EIO;
        return NULL;
    }
    return real(d);
}

int open(const char *path, int flags, ...)
{
    static int (*real)(const char *, int, ...);
    va_list args;
    va_start(args, flags);
    mode_t mode = va_arg(args, mode_t);
    va_end(args);
    if (real == NULL) real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    return interrupted() ? -1 : real(path, flags, mode);
}
