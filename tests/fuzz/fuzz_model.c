/* A damaged model is refused or works; nothing is read outside of it. The first four bytes say where the model of the build is
 * changed, the rest what stands there; a first byte of 0xff: the rest is the whole model. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "erz/extract.h"
#include "fuzz.h"

static uint8_t *whole;
static size_t whole_len;

static void load(void)
{
    const char *path = getenv("ERZ_MODEL");
    FILE *f = fopen(path != NULL ? path : "build/de.erzm", "rb");
    if (f == NULL || fseek(f, 0, SEEK_END) != 0) exit(2);
    whole_len = (size_t)ftell(f);
    whole = malloc(whole_len);
    rewind(f);
    if (whole == NULL || fread(whole, 1, whole_len, f) != whole_len) exit(2);
    fclose(f);
}

static void use(const char *path)
{
    static const char text[] =
        "Die Alpha AG kauft 51 Prozent der Beta GmbH f\xc3\xbcr 5,3 Millionen Euro. Das sind z. B. drei Mio. Dollar.";
    erz_model *model;
    erz_extractor *x;
    erz_error err;
    if (erz_model_open(path, &model, &err) != ERZ_OK) return;
    if (erz_extractor_new(model, NULL, &x, &err) == ERZ_OK) {
        erz_document doc = {.id = "x", .id_len = 1, .text = text, .len = sizeof text - 1, .first = true, .last = true};
        erz_text *t;
        (void)erz_extractor_run(x, &doc, &t, &err);
        erz_extractor_free(x);
    }
    erz_model_close(model);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 5) return 0;
    if (data[0] == 0xff) {
        use(fuzz_file(data + 1, size - 1));
        return 0;
    }
    if (whole == NULL) load();
    uint32_t at;
    memcpy(&at, data, 4);
    size_t n = size - 4 < 64 ? size - 4 : 64;
    at %= (uint32_t)(whole_len - n);
    uint8_t kept[64];
    memcpy(kept, whole + at, n);
    memcpy(whole + at, data + 4, n);
    use(fuzz_file(whole, whole_len));
    memcpy(whole + at, kept, n);
    return 0;
}
