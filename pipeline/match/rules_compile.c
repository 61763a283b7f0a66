/* The rule files of models/de -> section "rules". */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "erz/compile.h"
#include "rules.h"

enum { MAX_FILES = 64 };

static int is_rules(const struct dirent *entry)
{
    size_t n = strlen(entry->d_name);
    return n > 6 && entry->d_name[0] != '.' && strcmp(entry->d_name + n - 6, ".rules") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* Files are named without their directory in messages of the compiled model, so that its bytes do not depend on the place. */
static erz_status read_sources(const char *dir, struct dirent **names, int n, rule_source *sources, erz_error *err)
{
    for (int i = 0; i < n; i++) {
        erz_buf path = {0};
        erz_buf_printf(&path, "%s/%s", dir, names[i]->d_name);
        if (path.failed) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
        char *data;
        erz_status status = erz_source_read(path.data, &data, &sources[i].len, err);
        erz_buf_free(&path);
        if (status != ERZ_OK) return status;
        sources[i].file = names[i]->d_name;
        sources[i].text = data;
    }
    return ERZ_OK;
}

static erz_status compile_sources(erz_builder *builder, const rule_source *sources, size_t n, erz_error *err)
{
    rule_image image;
    erz_status status = rule_parse(sources, n, NULL, 0, &image, err);
    if (status != ERZ_OK) return status;
    erz_buf out = {0};
    status = rule_engine_check(&image, err);
    if (status == ERZ_OK) status = rule_image_write(&image, &out, err);
    if (status == ERZ_OK) status = erz_builder_section(builder, "rules", out.data, out.len, err);
    erz_buf_free(&out);
    rule_image_free(&image);
    return status;
}

erz_status erz_rules_compile(erz_builder *builder, erz_error *err)
{
    const char *dir = erz_builder_dir(builder);
    struct dirent **names = NULL;
    int n = scandir(dir, &names, is_rules, by_name);
    if (n < 0) return erz_fail(err, ERZ_E_OPEN, dir, 0, 0, "cannot open: %s", strerror(errno));
    rule_source sources[MAX_FILES];
    memset(sources, 0, sizeof sources);
    erz_status status = n > MAX_FILES ? erz_fail(err, ERZ_E_RULE, dir, 0, 0, "at most %d rule files", MAX_FILES) : ERZ_OK;
    if (status == ERZ_OK) status = read_sources(dir, names, n, sources, err);
    if (status == ERZ_OK) status = compile_sources(builder, sources, (size_t)n, err);
    for (int i = 0; i < n; i++) {
        if (i < MAX_FILES) free((char *)(uintptr_t)sources[i].text);
        free(names[i]);
    }
    free(names);
    return status;
}

erz_status erz_rules_dump(const erz_model *model, FILE *out)
{
    size_t len;
    const void *data = erz_model_section(model, "rules", &len);
    rule_image image;
    if (data != NULL && rule_image_open(data, len, &image, NULL) == ERZ_OK) rule_image_dump(&image, out);
    return ERZ_OK;
}
