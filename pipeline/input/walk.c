/* The inputs in order: named files, directories (recursively, sorted), lists of paths, standard input; shards of them. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "list.h"
#include "reader.h"

/* Names wait on one stack, the next on top: each as its full path and the length of it. A directory's names are pushed in
 * reverse order when its turn comes, so memory is bounded by the directories on the way down. */
struct input_walk {
    const erz_input_options *options;
    bool all; /* not a shard of the inputs */
    size_t argument;
    input_list list;
    erz_buf stack; /* path NUL size_t(length) type ... */
    erz_buf path;
    erz_buf names; /* of the directory being read: type char, name, NUL */
    char **sorted;
    size_t nsorted, cap_sorted;
};

erz_status input_walk_new(const erz_input_options *options, bool all, input_walk **out, erz_error *err)
{
    input_walk *w = calloc(1, sizeof *w);
    if (w == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    w->options = options;
    w->all = all || options->shards == 0;
    w->list =
        (input_list){.name = options->files_from, .end = options->files_from_nul ? '\0' : '\n', .stop_fd = options->stop_fd};
    *out = w;
    return ERZ_OK;
}

void input_walk_free(input_walk *w)
{
    if (w == NULL) return;
    input_list_free(&w->list);
    erz_buf_free(&w->stack);
    erz_buf_free(&w->path);
    erz_buf_free(&w->names);
    free(w->sorted);
    free(w);
}

/* Go down a path of more than PATH_MAX bytes piece by piece. */
static int open_long(const char *path, int flags)
{
    char piece[2048];
    int at = path[0] == '/' ? open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : AT_FDCWD;
    size_t len = strlen(path);
    while (path[0] == '/') path++, len--;
    while (len >= sizeof piece) {
        size_t cut = sizeof piece - 1;
        while (cut > 0 && path[cut] != '/') cut--;
        if (cut == 0) break;
        memcpy(piece, path, cut);
        piece[cut] = '\0';
        int next = openat(at, piece, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        int error = errno;
        if (at != AT_FDCWD) close(at);
        errno = error;
        if (next < 0) return -1;
        at = next;
        path += cut, len -= cut;
        while (path[0] == '/') path++, len--;
    }
    int fd = openat(at, path, flags);
    int error = errno;
    if (at != AT_FDCWD) close(at);
    errno = error;
    return fd;
}

int input_open_path(const char *path, int flags)
{
    int fd;
    do fd = open(path, flags | O_CLOEXEC);
    while (fd < 0 && errno == EINTR);
    return fd < 0 && errno == ENAMETOOLONG ? open_long(path, flags | O_CLOEXEC) : fd;
}

static void report(const input_walk *w, erz_status status, const char *path, const char *what)
{
    erz_error e;
    erz_fail(&e, status, path, 0, 0, "%s: %s", what, strerror(errno));
    if (w->options->report != NULL) w->options->report(w->options->report_context, &e);
}

static erz_status no_memory(erz_error *err)
{
    return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
}

static void push(input_walk *w, char type, const char *dir, const char *name)
{
    size_t begin = w->stack.len, n = strlen(dir);
    erz_buf_add(&w->stack, dir, n);
    if (name != NULL && n > 0 && dir[n - 1] != '/') erz_buf_char(&w->stack, '/');
    if (name != NULL) erz_buf_str(&w->stack, name);
    erz_buf_char(&w->stack, '\0');
    size_t len = w->stack.len - begin;
    erz_buf_add(&w->stack, &len, sizeof len);
    erz_buf_char(&w->stack, type);
}

/* Move the top of the stack to w->path; its type is returned. */
static char pop(input_walk *w)
{
    size_t len;
    char type = w->stack.data[--w->stack.len];
    w->stack.len -= sizeof len;
    memcpy(&len, w->stack.data + w->stack.len, sizeof len);
    w->stack.len -= len;
    w->path.len = 0;
    erz_buf_add(&w->path, w->stack.data + w->stack.len, len);
    return type;
}

/* Names in the order of whole paths, as `find | LC_ALL=C sort` gives them: a directory's name counts with its slash. */
static int compare_names(const void *a, const void *b)
{
    const char *x = *(char *const *)a, *y = *(char *const *)b;
    char tx = *x++, ty = *y++;
    while (*x != '\0' && *x == *y) x++, y++;
    unsigned char cx = (unsigned char)(*x == '\0' && tx == 'd' ? '/' : *x);
    unsigned char cy = (unsigned char)(*y == '\0' && ty == 'd' ? '/' : *y);
    return cx < cy ? -1 : cx > cy;
}

/* 'd': directory, 'f': file, 0: passed over (devices, sockets, FIFOs, links to directories, which may go in circles). */
static char entry_type(int dir, const struct dirent *e)
{
    struct stat st;
    if (e->d_type == DT_DIR) return 'd';
    if (e->d_type == DT_REG) return 'f';
    if (e->d_type != DT_UNKNOWN && e->d_type != DT_LNK) return 0;
    if (fstatat(dir, e->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0) return 'f';
    if (S_ISDIR(st.st_mode)) return 'd';
    if (S_ISLNK(st.st_mode) && fstatat(dir, e->d_name, &st, 0) != 0) return 'f'; /* opening it will tell */
    return S_ISREG(st.st_mode) ? 'f' : 0;
}

static bool read_names(input_walk *w, DIR *d)
{
    struct dirent *e;
    w->names.len = 0;
    w->nsorted = 0;
    while (errno = 0, (e = readdir(d)) != NULL) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        char type = entry_type(dirfd(d), e);
        if (type == 0) continue;
        w->nsorted++;
        erz_buf_char(&w->names, type);
        erz_buf_add(&w->names, e->d_name, strlen(e->d_name) + 1);
    }
    if (errno != 0) report(w, ERZ_E_IO, w->path.data, "cannot read the directory");
    if (w->names.failed || !erz_grow(&w->sorted, &w->cap_sorted, w->nsorted, sizeof *w->sorted)) return false;
    char *p = w->names.data;
    for (size_t i = 0; i < w->nsorted; i++, p += strlen(p) + 1) w->sorted[i] = p;
    if (w->nsorted > 1) qsort(w->sorted, w->nsorted, sizeof *w->sorted, compare_names);
    return true;
}

static erz_status expand(input_walk *w, erz_error *err)
{
    int fd = input_open_path(w->path.data, O_RDONLY | O_DIRECTORY);
    DIR *d = fd < 0 ? NULL : fdopendir(fd);
    if (d == NULL) {
        bool memory = errno == ENOMEM;
        if (!memory) report(w, ERZ_E_OPEN, w->path.data, "cannot read the directory");
        if (fd >= 0) close(fd);
        return memory ? no_memory(err) : ERZ_OK;
    }
    bool good = read_names(w, d);
    closedir(d);
    for (size_t i = w->nsorted; good && i > 0; i--) push(w, w->sorted[i - 1][0], w->path.data, w->sorted[i - 1] + 1);
    return good && !w->stack.failed ? ERZ_OK : no_memory(err);
}

/* Push the next argument or listed name. */
static erz_status feed(input_walk *w, erz_error *err)
{
    const erz_input_options *o = w->options;
    const char *name;
    struct stat st;
    if (w->argument < o->npaths) {
        name = o->paths[w->argument++];
    } else if (o->npaths == 0 && o->files_from == NULL && w->argument == 0) {
        w->argument = 1;
        name = "-";
    } else if (o->files_from != NULL) {
        erz_status status = input_list_next(&w->list, &name, err);
        if (status != ERZ_OK) return status;
    } else {
        return ERZ_END;
    }
    bool dir = strcmp(name, "-") != 0 && (stat(name, &st) == 0 ? S_ISDIR(st.st_mode) : false);
    push(w, dir ? 'd' : 'f', name, NULL);
    return w->stack.failed ? no_memory(err) : ERZ_OK;
}

static bool in_shard(const input_walk *w)
{
    const erz_input_options *o = w->options;
    return w->all || erz_hash(w->path.data, strlen(w->path.data), 0) % o->shards == o->shard - 1;
}

erz_status input_walk_next(input_walk *w, const char **path, erz_error *err)
{
    for (;;) {
        erz_status status = ERZ_OK;
        if (w->stack.len == 0) status = feed(w, err);
        if (status != ERZ_OK) return status;
        char type = pop(w);
        if (w->path.failed) return no_memory(err);
        if (type == 'd') status = expand(w, err);
        if (status != ERZ_OK) return status;
        if (type == 'd' || !in_shard(w)) continue;
        *path = w->path.data;
        return ERZ_OK;
    }
}

bool input_walk_blocks(const input_walk *w)
{
    return w->stack.len == 0 && w->argument == w->options->npaths && w->options->files_from != NULL &&
           input_list_blocks(&w->list);
}
