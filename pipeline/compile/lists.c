#include "lists.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

typedef struct reader {
    erz_builder *builder;
    const char *only;
    const char *path;
    uint64_t line;
    char cls[64];
    erz_match_mode mode;
} reader;

static erz_status fail_at(const reader *r, const char *line, uint64_t column, const char *what, erz_error *err)
{
    erz_status status = erz_fail(err, ERZ_E_MODEL, r->path, r->line, column, "%s", what);
    if (err != NULL) {
        strncpy(err->source, line, sizeof err->source - 1);
        err->source[sizeof err->source - 1] = '\0';
    }
    return status;
}

static erz_status read_directive(reader *r, char *line, erz_error *err)
{
    char *value = strchr(line, ' ');
    if (value == NULL || value[1] == '\0')
        return fail_at(r, line, 1, "a directive needs a value: @class NAME or @match MODE", err);
    size_t name_len = (size_t)(value - line);
    value++;
    if (name_len == 6 && memcmp(line, "@class", 6) == 0) {
        if (strlen(value) >= sizeof r->cls) return fail_at(r, line, name_len + 2, "class name is too long", err);
        strcpy(r->cls, value);
        return ERZ_OK;
    }
    if (name_len != 6 || memcmp(line, "@match", 6) != 0) return fail_at(r, line, 1, "unknown directive", err);
    static const char *const modes[] = {"exact", "fold", "stem"};
    for (size_t i = 0; i < 3; i++) {
        if (strcmp(value, modes[i]) != 0) continue;
        r->mode = (erz_match_mode)i;
        return ERZ_OK;
    }
    return fail_at(r, line, name_len + 2, "match mode is none of exact, fold, stem", err);
}

static erz_status add_form(reader *r, const char *form, size_t len, const char *value, const char *flags, erz_error *err)
{
    return r->only != NULL ? builder_abbreviation(r->builder, r->cls, r->mode, form, len, value, flags, err)
                           : erz_builder_word(r->builder, r->cls, r->mode, form, len, value, flags, err);
}

/* Writes `form` with `ending` for every `~` behind a letter. */
static void decline(erz_buf *out, const char *form, const char *ending)
{
    out->len = 0;
    for (const char *c = form; *c != '\0'; c++) {
        if (*c == '~' && c > form && c[-1] != ' ')
            erz_buf_str(out, ending);
        else
            erz_buf_char(out, *c);
    }
    erz_buf_char(out, '\0');
}

static bool is_open(const char *form)
{
    const char *open = strchr(form, '~');
    return open != NULL && open > form;
}

/* An adjective whose ending stands open, `Deutsch~ Bank`, has all its endings; the value has the first. */
static erz_status add_declined(reader *r, const char *form, const char *value, const char *flags, erz_error *err)
{
    static const char *const endings[] = {"e", "en", "er", "es", "em"};
    size_t n = is_open(form) ? sizeof endings / sizeof *endings : 1;
    erz_buf out = {0}, base = {0};
    decline(&base, value, endings[0]);
    erz_status status = ERZ_OK;
    for (size_t i = 0; i < n && status == ERZ_OK; i++) {
        decline(&out, form, endings[i]);
        status = out.failed || base.failed ? erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory")
                                           : add_form(r, out.data, out.len - 1, base.data, flags, err);
    }
    erz_buf_free(&out);
    erz_buf_free(&base);
    return status;
}

static erz_status add_forms(reader *r, const char *line, char *forms, const char *value, const char *flags, erz_error *err)
{
    for (char *form = forms; form != NULL;) {
        char *next = strchr(form, '|');
        if (next != NULL && next > form && next[-1] != '\\') *next++ = '\0';
        size_t len = strlen(form);
        if (len == 0) return fail_at(r, line, (uint64_t)(form - forms) + 1, "empty form", err);
        const char *v = *value != '\0' ? value : forms;
        bool open = is_open(form) || is_open(v);
        erz_status status = open ? add_declined(r, form, v, flags, err) : add_form(r, form, len, v, flags, err);
        if (status == ERZ_E_MEMORY) return status;
        if (status != ERZ_OK)
            return fail_at(r, line, (uint64_t)(form - forms) + 1, "form cannot be tokenized into 1 to 16 tokens", err);
        form = next;
    }
    return ERZ_OK;
}

static erz_status read_line(reader *r, char *line, erz_error *err)
{
    if (*line == '\0' || *line == '#') return ERZ_OK;
    if (*line == '@' && strchr(line, '\t') == NULL && strchr(line, ' ') != NULL) return read_directive(r, line, err);
    if (r->cls[0] == '\0') return fail_at(r, line, 1, "an entry before any @class", err);
    if (r->only != NULL && strcmp(r->only, r->cls) != 0) return ERZ_OK;
    char *copy = strdup(line);
    if (copy == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    char *value = strchr(copy, '\t'), *flags = NULL;
    if (value != NULL) *value++ = '\0';
    if (value != NULL && (flags = strchr(value, '\t')) != NULL) *flags++ = '\0';
    erz_status status = add_forms(r, line, copy, value != NULL ? value : "", flags != NULL ? flags : "", err);
    free(copy);
    return status;
}

static erz_status read_file(reader *r, erz_error *err)
{
    char *data;
    size_t len;
    erz_status status = erz_source_read(r->path, &data, &len, err);
    if (status != ERZ_OK) return status;
    r->line = 0;
    r->cls[0] = '\0';
    r->mode = ERZ_MATCH_EXACT;
    size_t bad = erz_utf8_valid(data, len);
    if (bad != len || memchr(data, '\0', len) != NULL) {
        free(data);
        return erz_fail(err, ERZ_E_MODEL, r->path, 0, 0, "not UTF-8 text");
    }
    for (char *line = data, *next; line != NULL && *line != '\0' && status == ERZ_OK; line = next) {
        next = strchr(line, '\n');
        if (next != NULL) *next++ = '\0';
        r->line++;
        status = read_line(r, line, err);
    }
    free(data);
    return status;
}

static int is_list(const struct dirent *entry)
{
    size_t n = strlen(entry->d_name);
    return n > 4 && entry->d_name[0] != '.' && strcmp(entry->d_name + n - 4, ".tsv") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

erz_status lists_read(erz_builder *builder, const char *only, erz_error *err)
{
    erz_buf path = {0};
    erz_buf_printf(&path, "%s/lists", erz_builder_dir(builder));
    if (path.failed) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    struct dirent **names = NULL;
    int n = scandir(path.data, &names, is_list, by_name);
    erz_status status = n < 0 ? erz_fail(err, ERZ_E_OPEN, path.data, 0, 0, "cannot open: %s", strerror(errno)) : ERZ_OK;
    for (int i = 0; i < n; i++) {
        if (status == ERZ_OK) {
            path.len = 0;
            erz_buf_printf(&path, "%s/lists/%s", erz_builder_dir(builder), names[i]->d_name);
            reader r = {builder, only, path.data, 0, "", ERZ_MATCH_EXACT};
            status = path.failed ? erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory") : read_file(&r, err);
        }
        free(names[i]);
    }
    free(names);
    erz_buf_free(&path);
    return status;
}
