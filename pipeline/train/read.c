/* Reads annotated texts. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "erz/compile.h"
#include "train/train.h"

bool train_add_doc(train_docs *set, const train_doc *doc)
{
    if (!erz_grow(&set->docs, &set->cap, set->n + 1, sizeof *set->docs)) return false;
    set->docs[set->n] = *doc;
    if (doc->source == UINT32_MAX) set->docs[set->n].source = (uint32_t)set->n;
    set->n++;
    return true;
}

static erz_status no_memory(erz_error *err)
{
    return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
}

/* A gold line: doc begin end type value unit flags text. */
typedef struct gold_line {
    const char *doc;
    train_span span;
} gold_line;

static size_t split(char *line, char **field, size_t max)
{
    size_t n = 0;
    while (n < max) {
        field[n++] = line;
        line = strchr(line, '\t');
        if (line == NULL) break;
        *line++ = '\0';
    }
    return n;
}

static bool parse_gold(char *line, gold_line *out)
{
    char *f[8];
    if (split(line, f, 8) < 7) return false;
    bool company = strcmp(f[3], "COMPANY") == 0, org = strcmp(f[3], "ORG") == 0;
    if (!company && !org) return false;
    out->doc = f[0];
    out->span.begin = (uint32_t)strtoul(f[1], NULL, 10);
    out->span.end = (uint32_t)strtoul(f[2], NULL, 10);
    out->span.mask = company ? MASK_COMPANY : MASK_ORG;
    out->span.open = strstr(f[6], "opt") != NULL;
    return out->span.begin < out->span.end;
}

static int by_position(const void *a, const void *b)
{
    const gold_line *x = a, *y = b;
    int c = strcmp(x->doc, y->doc);
    if (c != 0) return c;
    return x->span.begin != y->span.begin ? (x->span.begin < y->span.begin ? -1 : 1) : 0;
}

static erz_status read_gold(const char *path, char **data, gold_line **lines, size_t *n, erz_error *err)
{
    size_t len, cap = 0;
    erz_status status = erz_source_read(path, data, &len, err);
    if (status != ERZ_OK) return status;
    for (char *line = *data, *next; line != NULL && *line != '\0'; line = next) {
        next = strchr(line, '\n');
        if (next != NULL) *next++ = '\0';
        if (!erz_grow(lines, &cap, *n + 1, sizeof **lines)) return no_memory(err);
        if (parse_gold(line, &(*lines)[*n])) ++*n;
    }
    if (*n > 0) qsort(*lines, *n, sizeof **lines, by_position);
    return ERZ_OK;
}

static int is_text(const struct dirent *entry)
{
    size_t n = strlen(entry->d_name);
    return n > 4 && strcmp(entry->d_name + n - 4, ".txt") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static erz_status add_text(train_docs *set, const char *path, const char *id, const gold_line *lines, size_t n, train_doc *doc,
                           erz_error *err)
{
    char *data;
    size_t len, first = 0;
    erz_status status = erz_source_read(path, &data, &len, err);
    if (status != ERZ_OK) return status;
    while (first < n && strcmp(lines[first].doc, id) != 0) first++;
    size_t last = first;
    while (last < n && strcmp(lines[last].doc, id) == 0) last++;
    doc->text = erz_arena_strndup(set->arena, data, len);
    doc->len = len;
    doc->nspans = last - first;
    doc->spans = erz_arena_alloc(set->arena, (last - first + 1) * sizeof *doc->spans);
    free(data);
    if (doc->text == NULL || doc->spans == NULL) return no_memory(err);
    for (size_t i = first; i < last; i++) {
        doc->spans[i - first] = lines[i].span;
        if (lines[i].span.end > len) return erz_fail(err, ERZ_E_INPUT, path, 0, 0, "a gold span ends behind the text");
    }
    return train_add_doc(set, doc) ? ERZ_OK : no_memory(err);
}

erz_status train_read_folder(train_docs *set, const char *dir, uint8_t rest, float weight, unsigned folds, unsigned fold,
                             erz_error *err)
{
    erz_buf path = {0};
    gold_line *lines = NULL;
    char *gold = NULL;
    size_t nlines = 0;
    erz_buf_printf(&path, "%s/gold.tsv", dir);
    erz_status status = path.failed ? no_memory(err) : read_gold(path.data, &gold, &lines, &nlines, err);
    path.len = 0;
    erz_buf_printf(&path, "%s/docs", dir);
    struct dirent **names = NULL;
    int n = status == ERZ_OK && !path.failed ? scandir(path.data, &names, is_text, by_name) : 0;
    if (n < 0) status = erz_fail(err, ERZ_E_OPEN, path.data, 0, 0, "cannot open: %s", strerror(errno));
    for (int i = 0; i < n; i++) {
        char *name = names[i]->d_name;
        if (status == ERZ_OK && (folds == 0 || (unsigned)i % folds != fold)) {
            train_doc doc = {NULL, 0, NULL, 0, rest, weight, UINT32_MAX};
            path.len = 0;
            erz_buf_printf(&path, "%s/docs/%s", dir, name);
            name[strlen(name) - 4] = '\0';
            status = path.failed ? no_memory(err) : add_text(set, path.data, name, lines, nlines, &doc, err);
        }
        free(names[i]);
    }
    free(names);
    free(lines);
    free(gold);
    erz_buf_free(&path);
    return status;
}

static uint8_t iob_mask(const char *tag)
{
    if (strncmp(tag, "ORG", 3) == 0) return MASK_COMPANY | MASK_ORG;
    if (strncmp(tag, "PER", 3) == 0) return MASK_PER;
    if (strncmp(tag, "LOC", 3) == 0) return MASK_LOC;
    return MASK_O;
}

typedef struct iob_sentence {
    erz_buf text;
    train_span *spans;
    size_t n, cap;
} iob_sentence;

static bool glued_left(const char *token)
{
    return strchr(".,;:!?)", token[0]) != NULL && token[1] == '\0';
}

/* Labels of parts of words (LOCpart, ORGderiv) say little about the parts: left open. */
static bool add_iob_token(iob_sentence *s, const char *token, const char *tag)
{
    if (s->text.len > 0 && !glued_left(token)) erz_buf_char(&s->text, ' ');
    uint32_t begin = (uint32_t)s->text.len;
    erz_buf_str(&s->text, token);
    uint32_t end = (uint32_t)s->text.len;
    if (tag[0] == 'O' || tag[0] == '\0') return !s->text.failed;
    bool open = strstr(tag, "part") != NULL || strstr(tag, "deriv") != NULL;
    if (tag[0] == 'I' && s->n > 0 && !open) {
        s->spans[s->n - 1].end = end;
        return !s->text.failed;
    }
    if (!erz_grow(&s->spans, &s->cap, s->n + 1, sizeof *s->spans)) return false;
    s->spans[s->n++] = (train_span){begin, end, open ? MASK_ALL : iob_mask(tag + 2), open};
    return !s->text.failed;
}

static bool flush_iob(train_docs *set, iob_sentence *s, float weight)
{
    if (s->text.len == 0) return true;
    train_doc doc = {
        erz_arena_strndup(set->arena, s->text.data, s->text.len), s->text.len, NULL, s->n, MASK_O, weight, UINT32_MAX};
    doc.spans = erz_arena_alloc(set->arena, (s->n + 1) * sizeof *doc.spans);
    if (doc.text == NULL || doc.spans == NULL) return false;
    if (s->n > 0) memcpy(doc.spans, s->spans, s->n * sizeof *doc.spans);
    s->text.len = 0;
    s->n = 0;
    return train_add_doc(set, &doc);
}

erz_status train_read_iob(train_docs *set, const char *path, float weight, erz_error *err)
{
    char *data;
    size_t len;
    erz_status status = erz_source_read(path, &data, &len, err);
    if (status != ERZ_OK) return status;
    iob_sentence s = {{0}, NULL, 0, 0};
    bool good = true;
    for (char *line = data, *next; line != NULL && good; line = next) {
        next = strchr(line, '\n');
        if (next != NULL) *next++ = '\0';
        char *tab = strchr(line, '\t');
        if (line[0] == '\0' || (line[0] == '#' && (line[1] == ' ' || line[1] == '\t') && s.text.len == 0)) {
            if (line[0] == '\0') good = flush_iob(set, &s, weight);
            continue;
        }
        if (tab == NULL) continue;
        *tab++ = '\0';
        tab[strcspn(tab, "\t")] = '\0';
        good = add_iob_token(&s, line, tab);
    }
    good = good && flush_iob(set, &s, weight);
    erz_buf_free(&s.text);
    free(s.spans);
    free(data);
    return good ? ERZ_OK : no_memory(err);
}

static erz_status unpack(const char *path, erz_buf *out, erz_error *err)
{
    char *data;
    size_t len;
    erz_status status = erz_source_read(path, &data, &len, err);
    if (status != ERZ_OK) return status;
    ZSTD_DStream *stream = ZSTD_createDStream();
    ZSTD_inBuffer in = {data, len, 0};
    bool good = stream != NULL;
    while (good && in.pos < in.size && erz_buf_reserve(out, 1 << 16)) {
        ZSTD_outBuffer o = {out->data + out->len, out->cap - out->len, 0};
        good = !ZSTD_isError(ZSTD_decompressStream(stream, &o, &in));
        out->len += o.pos;
    }
    ZSTD_freeDStream(stream);
    free(data);
    if (out->failed || stream == NULL) return no_memory(err);
    return good ? ERZ_OK : erz_fail(err, ERZ_E_INPUT, path, 0, 0, "damaged zstd data");
}

erz_status train_read_names(erz_arena *arena, const char *path, const char ***names, size_t *n, size_t max, erz_error *err)
{
    erz_buf data = {0};
    erz_status status = unpack(path, &data, err);
    size_t lines = 0, line = 0;
    for (size_t i = 0; i < data.len; i++) lines += data.data[i] == '\n';
    size_t step = lines / max + 1;
    *names = status == ERZ_OK ? erz_arena_alloc(arena, max * sizeof **names) : NULL;
    if (status == ERZ_OK && *names == NULL) status = no_memory(err);
    *n = 0;
    for (size_t i = 0; i < data.len && status == ERZ_OK && *n < max; line++) {
        const char *end = memchr(data.data + i, '\n', data.len - i);
        size_t len = end == NULL ? data.len - i : (size_t)(end - data.data) - i;
        const char *tab = memchr(data.data + i, '\t', len);
        if (line % step == 0)
            (*names)[*n] = erz_arena_strndup(arena, data.data + i, tab == NULL ? len : (size_t)(tab - data.data) - i);
        if (line % step == 0 && (*names)[(*n)++] == NULL) status = no_memory(err);
        i += len + 1;
    }
    erz_buf_free(&data);
    return status;
}

/* Lines of the lexicon's readable form: class, mode, form, value, flags. */
static bool add_listed(erz_arena *arena, const char *line, size_t len, const char **names, size_t *n)
{
    static const char start[] = "company\texact\t";
    size_t skip = sizeof start - 1;
    if (len <= skip || memcmp(line, start, skip) != 0) return true;
    const char *tab = memchr(line + skip, '\t', len - skip);
    if (tab == NULL) return true;
    names[*n] = erz_arena_strndup(arena, line + skip, (size_t)(tab - line) - skip);
    return names[(*n)++] != NULL;
}

erz_status train_list_names(erz_arena *arena, const erz_model *model, const char ***names, size_t *n, size_t max,
                            erz_error *err)
{
    char *data = NULL;
    size_t len = 0;
    FILE *f = open_memstream(&data, &len);
    erz_status status = f == NULL ? no_memory(err) : erz_lexicon_dump(erz_model_lexicon(model), f);
    if (f != NULL && fclose(f) != 0 && status == ERZ_OK) status = no_memory(err);
    *n = 0;
    *names = status == ERZ_OK ? erz_arena_alloc(arena, max * sizeof **names) : NULL;
    if (status == ERZ_OK && *names == NULL) status = no_memory(err);
    for (size_t i = 0, k; i < len && status == ERZ_OK && *n < max; i += k + 1) {
        const char *end = memchr(data + i, '\n', len - i);
        k = end == NULL ? len - i : (size_t)(end - data) - i;
        if (!add_listed(arena, data + i, k, *names, n)) status = no_memory(err);
    }
    free(data);
    return status;
}
