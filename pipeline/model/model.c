#include "erz/model.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "erz/lexicon_build.h"
#include "erz/stem.h"
#include "format.h"

struct erz_model {
    void *data;
    size_t size;
    const model_header *header;
    const model_section *sections;
    erz_lexicon *lexicon;
    char *path;
    char digest[17];
};

static inline uint64_t take(uint64_t lane, const unsigned char *p)
{
    uint64_t w[2];
    memcpy(w, p, 16);
    unsigned __int128 m = (unsigned __int128)(lane ^ w[0]) * (UINT64_C(0xd6e8feb86659fd93) ^ w[1]);
    return (lane << 23 | lane >> 41) ^ (uint64_t)m ^ (uint64_t)(m >> 64);
}

uint64_t model_checksum(const void *data, size_t len)
{
    const unsigned char *p = data;
    uint64_t a = 1, b = 2, c = 3, d = 4;
    size_t i = 0;
    for (; i + 64 <= len; i += 64) {
        a = take(a, p + i);
        b = take(b, p + i + 16);
        c = take(c, p + i + 32);
        d = take(d, p + i + 48);
    }
    uint64_t h = erz_hash(p + i, len - i, len);
    return erz_hash_pair(erz_hash_pair(erz_hash_pair(erz_hash_pair(h, a), b), c), d);
}

static erz_status bad(erz_error *err, const char *path, const char *what)
{
    return erz_fail(err, ERZ_E_MODEL, path, 0, 0, "%s", what);
}

static erz_status check(erz_model *m, erz_error *err)
{
    const model_header *h = m->data;
    if (m->size < sizeof *h || memcmp(h->magic, MODEL_MAGIC, MODEL_MAGIC_LEN) != 0)
        return bad(err, m->path, "not an erz model");
    if (h->byte_order != 0x01020304) return bad(err, m->path, "model was built on a machine of another byte order");
    if (h->version != ERZ_MODEL_VERSION)
        return erz_fail(err, ERZ_E_MODEL, m->path, 0, 0, "model has version %" PRIu32 ", this program needs %d: build it anew",
                        h->version, ERZ_MODEL_VERSION);
    if (h->size != m->size)
        return erz_fail(err, ERZ_E_MODEL, m->path, 0, 0, "model is truncated or damaged: %zu bytes, %" PRIu64 " expected",
                        m->size, h->size);
    if (h->nsections > MODEL_MAX_SECTIONS || m->size - sizeof *h < h->nsections * sizeof(model_section))
        return bad(err, m->path, "model is damaged: section table");
    if (model_checksum((const char *)m->data + sizeof *h, m->size - sizeof *h) != h->checksum)
        return bad(err, m->path, "model is damaged: checksum");
    m->header = h;
    m->sections = (const model_section *)(const void *)(h + 1);
    for (uint32_t i = 0; i < h->nsections; i++) {
        const model_section *s = &m->sections[i];
        if (s->offset % MODEL_ALIGN != 0 || s->offset > m->size || s->len > m->size - s->offset ||
            s->name[MODEL_NAME_LEN - 1] != '\0')
            return bad(err, m->path, "model is damaged: section bounds");
    }
    return ERZ_OK;
}

static erz_status check_stemmer(const erz_model *m, erz_error *err)
{
    erz_stemmer *stemmer;
    erz_status status = erz_stemmer_new(&stemmer, err);
    if (status != ERZ_OK) return status;
    uint64_t fingerprint = erz_stemmer_fingerprint(stemmer);
    erz_stemmer_free(stemmer);
    if (fingerprint == 0) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    return fingerprint == m->header->stemmer
               ? ERZ_OK
               : bad(err, m->path, "model was built with another release of libstemmer: build it anew");
}

static erz_status map_file(erz_model *m, const char *path, erz_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0) {
        int code = errno;
        if (fd >= 0) close(fd);
        return erz_fail(err, ERZ_E_OPEN, path, 0, 0, "cannot open model: %s", strerror(code));
    }
    m->size = st.st_size > 0 ? (size_t)st.st_size : 0;
    m->data = S_ISREG(st.st_mode) && m->size > 0 ? mmap(NULL, m->size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    close(fd);
    if (m->data == MAP_FAILED) {
        m->data = NULL;
        return bad(err, path, "not an erz model");
    }
    return ERZ_OK;
}

erz_status erz_model_open(const char *path, erz_model **out, erz_error *err)
{
    erz_model *m = calloc(1, sizeof *m);
    if (m == NULL || (m->path = strdup(path)) == NULL) {
        free(m);
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    }
    erz_status status = map_file(m, path, err);
    if (status == ERZ_OK) status = check(m, err);
    if (status == ERZ_OK) status = check_stemmer(m, err);
    if (status == ERZ_OK) {
        size_t len = 0;
        const void *data = erz_model_section(m, "lexicon", &len);
        status = erz_lexicon_open(data, len, &m->lexicon, err);
    }
    if (status != ERZ_OK) {
        erz_model_close(m);
        return status;
    }
    snprintf(m->digest, sizeof m->digest, "%016" PRIx64, m->header->checksum);
    *out = m;
    return ERZ_OK;
}

void erz_model_close(erz_model *m)
{
    if (m == NULL) return;
    erz_lexicon_close(m->lexicon);
    if (m->data != NULL) munmap(m->data, m->size);
    free(m->path);
    free(m);
}

const erz_lexicon *erz_model_lexicon(const erz_model *m)
{
    return m->lexicon;
}

const void *erz_model_section(const erz_model *m, const char *name, size_t *len)
{
    for (uint32_t i = 0; i < m->header->nsections; i++) {
        if (strcmp(m->sections[i].name, name) != 0) continue;
        *len = (size_t)m->sections[i].len;
        return (const char *)m->data + m->sections[i].offset;
    }
    *len = 0;
    return NULL;
}

const char *erz_model_path(const erz_model *m)
{
    return m->path;
}

const char *erz_model_digest(const erz_model *m)
{
    return m->digest;
}

erz_status erz_model_info(const erz_model *m, FILE *out, erz_error *err)
{
    fprintf(out, "file\t%s\nversion\t%" PRIu32 "\nsize\t%zu\ndigest\t%s\nstemmer\t%016" PRIx64 "\n", m->path,
            m->header->version, m->size, m->digest, m->header->stemmer);
    for (uint32_t i = 0; i < m->header->nsections; i++)
        fprintf(out, "section\t%s\t%" PRIu64 "\n", m->sections[i].name, m->sections[i].len);
    return ferror(out) ? erz_fail(err, ERZ_E_IO, NULL, 0, 0, "cannot write") : ERZ_OK;
}
