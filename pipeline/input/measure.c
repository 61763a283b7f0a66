/* How much there is to read, as far as file systems tell. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "reader.h"

struct erz_measure {
    erz_input_options o;
    input_walk *walk;
    uint64_t skip; /* inputs of an earlier run */
};

erz_status erz_measure_new(const erz_input_options *options, erz_measure **out, erz_error *err)
{
    erz_error own;
    if (err == NULL) err = &own;
    erz_measure *m = calloc(1, sizeof *m);
    if (m == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    m->o = *options;
    m->o.report = NULL; /* who reads tells what cannot be read */
    m->skip = options->start != NULL ? options->start->input : 0;
    erz_status status = input_walk_new(&m->o, input_single(&m->o), &m->walk, err);
    if (status == ERZ_OK)
        *out = m;
    else
        erz_measure_free(m);
    return status;
}

void erz_measure_free(erz_measure *m)
{
    if (m == NULL) return;
    input_walk_free(m->walk);
    free(m);
}

static erz_status unknown(const char *path, erz_error *err)
{
    return erz_fail(err, ERZ_E_INPUT, path, 0, 0, "its size is known when it is read");
}

/* A list that is no file is read once only. */
static bool readable_twice(const char *list)
{
    struct stat st;
    return list == NULL || (strcmp(list, "-") != 0 && (stat(list, &st) != 0 || S_ISREG(st.st_mode)));
}

erz_status erz_measure_next(erz_measure *m, uint64_t *bytes, erz_error *err)
{
    erz_error own;
    const char *path;
    struct stat st;
    if (err == NULL) err = &own;
    if (!readable_twice(m->o.files_from)) return unknown(m->o.files_from, err);
    erz_status status = input_walk_next(m->walk, &path, err);
    if (status != ERZ_OK) return status;
    if (strcmp(path, "-") == 0) return unknown(path, err);
    bool there = stat(path, &st) == 0;
    if (there && !S_ISREG(st.st_mode)) return unknown(path, err);
    *bytes = there && m->skip == 0 ? (uint64_t)st.st_size : 0;
    if (m->skip > 0) m->skip--;
    return ERZ_OK;
}
