/* `erz model build`: text sources -> one file of sections. */
#include "erz/compile.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "erz/lexicon_build.h"
#include "erz/stem.h"
#include "erz/token.h"
#include "lists.h"
#include "model/format.h"

enum { MAX_FORM_TOKENS = 16 };

struct erz_builder {
    const char *dir;
    erz_lexicon_builder *lexicon;
    erz_tokenizer *tokenizer;
    erz_lexicon *abbreviations; /* the tokenizer's lexicon: abbreviations only */
    void *abbreviation_data;
    struct {
        char name[MODEL_NAME_LEN];
        char *data;
        size_t len;
    } sections[MODEL_MAX_SECTIONS];
    uint32_t nsections;
};

const char *erz_builder_dir(const erz_builder *b)
{
    return b->dir;
}

erz_status erz_source_read(const char *path, char **data, size_t *len, erz_error *err)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL) return erz_fail(err, ERZ_E_OPEN, path, 0, 0, "cannot open: %s", strerror(errno));
    erz_buf buf = {0};
    while (erz_buf_reserve(&buf, 1 << 16)) {
        size_t n = fread(buf.data + buf.len, 1, buf.cap - buf.len, f);
        buf.len += n;
        if (n == 0) break;
    }
    bool failed = ferror(f) != 0;
    fclose(f);
    erz_buf_char(&buf, '\0');
    if (failed || buf.failed) {
        bool memory = buf.failed;
        erz_buf_free(&buf);
        return erz_fail(err, memory ? ERZ_E_MEMORY : ERZ_E_IO, path, 0, 0, memory ? "out of memory" : "cannot read");
    }
    *data = buf.data;
    *len = buf.len - 1;
    return ERZ_OK;
}

erz_status erz_builder_word(erz_builder *b, const char *cls, erz_match_mode mode, const char *form, size_t len,
                            const char *value, const char *flags, erz_error *err)
{
    erz_tokens tokens;
    erz_status status = erz_tokenize(b->tokenizer, form, len, &tokens, err);
    if (status != ERZ_OK) return status;
    const char *parts[MAX_FORM_TOKENS];
    size_t lens[MAX_FORM_TOKENS];
    if (tokens.n == 0 || tokens.n > MAX_FORM_TOKENS)
        return erz_fail(err, ERZ_E_MODEL, NULL, 0, 0, "a form has 1 to %d tokens", MAX_FORM_TOKENS);
    for (size_t i = 0; i < tokens.n; i++) {
        parts[i] = form + tokens.begin[i];
        lens[i] = tokens.end[i] - tokens.begin[i];
    }
    return erz_lexicon_builder_add(b->lexicon, cls, mode, parts, lens, tokens.n, value, flags, err);
}

erz_status erz_builder_section(erz_builder *b, const char *name, const void *data, size_t len, erz_error *err)
{
    if (b->nsections == MODEL_MAX_SECTIONS || strlen(name) >= MODEL_NAME_LEN)
        return erz_fail(err, ERZ_E_USAGE, NULL, 0, 0, "too many sections or too long a name: %s", name);
    char *copy = malloc(len + 1);
    if (copy == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    if (len > 0) memcpy(copy, data, len);
    memset(b->sections[b->nsections].name, 0, MODEL_NAME_LEN);
    memcpy(b->sections[b->nsections].name, name, strlen(name));
    b->sections[b->nsections].data = copy;
    b->sections[b->nsections++].len = len;
    return ERZ_OK;
}

/* Abbreviations decide where a full stop belongs to its word, so forms can be tokenized only once they are known. */
static erz_status read_abbreviations(erz_builder *b, erz_error *err)
{
    erz_status status = erz_lexicon_builder_new(&b->lexicon, err);
    if (status == ERZ_OK) status = lists_read(b, "abbrev", err);
    size_t len = 0;
    if (status == ERZ_OK) status = erz_lexicon_builder_finish(b->lexicon, &b->abbreviation_data, &len, err);
    if (status == ERZ_OK) status = erz_lexicon_open(b->abbreviation_data, len, &b->abbreviations, err);
    if (status != ERZ_OK) return status;
    erz_lexicon_builder_free(b->lexicon);
    b->lexicon = NULL;
    erz_tokenizer_free(b->tokenizer);
    b->tokenizer = NULL;
    return erz_tokenizer_new(b->abbreviations, NULL, &b->tokenizer, err);
}

erz_status builder_abbreviation(erz_builder *b, const char *cls, erz_match_mode mode, const char *form, size_t len,
                                const char *value, const char *flags, erz_error *err)
{
    return erz_lexicon_builder_add(b->lexicon, cls, mode, &form, &len, 1, value, flags, err);
}

static erz_status finish_lexicon(erz_builder *b, erz_error *err)
{
    void *data = NULL;
    size_t len = 0;
    erz_status status = erz_lexicon_builder_finish(b->lexicon, &data, &len, err);
    if (status == ERZ_OK) status = erz_builder_section(b, "lexicon", data, len, err);
    free(data);
    return status;
}

static erz_status assemble(const erz_builder *b, erz_buf *out, erz_error *err)
{
    model_header h;
    memset(&h, 0, sizeof h);
    erz_stemmer *stemmer;
    erz_status status = erz_stemmer_new(&stemmer, err);
    if (status != ERZ_OK) return status;
    memcpy(h.magic, MODEL_MAGIC, MODEL_MAGIC_LEN);
    h.version = ERZ_MODEL_VERSION;
    h.byte_order = 0x01020304;
    h.stemmer = erz_stemmer_fingerprint(stemmer);
    h.nsections = b->nsections;
    erz_stemmer_free(stemmer);
    if (h.stemmer == 0) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    erz_buf_add(out, &h, sizeof h);
    size_t at = sizeof h + b->nsections * sizeof(model_section);
    for (uint32_t i = 0; i < b->nsections; i++) {
        at = (at + MODEL_ALIGN - 1) / MODEL_ALIGN * MODEL_ALIGN;
        model_section s;
        memcpy(s.name, b->sections[i].name, MODEL_NAME_LEN);
        s.offset = at;
        s.len = b->sections[i].len;
        erz_buf_add(out, &s, sizeof s);
        at += b->sections[i].len;
    }
    for (uint32_t i = 0; i < b->nsections; i++) {
        erz_buf_pad(out, MODEL_ALIGN);
        erz_buf_add(out, b->sections[i].data, b->sections[i].len);
    }
    if (out->failed) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    h.size = out->len;
    h.checksum = model_checksum(out->data + sizeof h, out->len - sizeof h);
    memcpy(out->data, &h, sizeof h);
    return ERZ_OK;
}

erz_status erz_model_build(const char *dir, const char *path, erz_error *err)
{
    erz_builder b;
    memset(&b, 0, sizeof b);
    b.dir = dir;
    erz_buf out = {0};
    erz_status status = erz_tokenizer_new(NULL, NULL, &b.tokenizer, err);
    if (status == ERZ_OK) status = read_abbreviations(&b, err);
    if (status == ERZ_OK) status = erz_lexicon_builder_new(&b.lexicon, err);
    if (status == ERZ_OK) status = lists_read(&b, NULL, err);
    if (status == ERZ_OK) status = erz_quantities_compile(&b, err);
    if (status == ERZ_OK) status = erz_companies_compile(&b, err);
    if (status == ERZ_OK) status = erz_rules_compile(&b, err);
    if (status == ERZ_OK) status = finish_lexicon(&b, err);
    if (status == ERZ_OK) status = assemble(&b, &out, err);
    if (status == ERZ_OK) status = erz_file_write(path, out.data, out.len, err);
    erz_buf_free(&out);
    for (uint32_t i = 0; i < b.nsections; i++) free(b.sections[i].data);
    erz_tokenizer_free(b.tokenizer);
    erz_lexicon_close(b.abbreviations);
    free(b.abbreviation_data);
    /* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): sections[0, nsections) are freed above */
    erz_lexicon_builder_free(b.lexicon);
    return status;
}
