/* Layout of a model file. Numbers are little-endian. */
#ifndef ERZ_MODEL_FORMAT_H
#define ERZ_MODEL_FORMAT_H

#include <stddef.h>
#include <stdint.h>

enum { MODEL_MAGIC_LEN = 8, MODEL_NAME_LEN = 16, MODEL_ALIGN = 64, MODEL_MAX_SECTIONS = 64 };
#define MODEL_MAGIC "ERZMODEL"

typedef struct model_header {
    char magic[MODEL_MAGIC_LEN];
    uint32_t version;
    uint32_t byte_order; /* 0x01020304 as written */
    uint64_t size;       /* of the file */
    uint64_t checksum;   /* of all that follows the header */
    uint64_t stemmer;    /* erz_stemmer_fingerprint() of the stemmer that made the stems */
    uint32_t nsections;
    uint32_t pad[5];
} model_header;

typedef struct model_section {
    char name[MODEL_NAME_LEN];
    uint64_t offset, len;
} model_section;

/* Four independent lanes: checking must not be noticed at start-up. */
uint64_t model_checksum(const void *data, size_t len);

#endif
