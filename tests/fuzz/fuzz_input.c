/* Readers of every format: the first byte chooses the format, the second the size of reads; the result does not depend on that
 * size, texts are UTF-8, offsets go forward. How much a decompressor gives before it meets damage does depend on it. */
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "erz/input.h"
#include "fuzz.h"

static bool damaged;

static void report(void *context, const erz_error *error)
{
    (void)context;
    damaged |= strstr(error->message, "compressed data") != NULL;
}

static uint64_t read_all(const char *path, erz_docs_mode mode, size_t read_size, size_t max)
{
    erz_input_options o = {
        .paths = &path, .npaths = 1, .docs = mode, .read_size = read_size, .max_doc_bytes = max, .report = report};
    erz_input *in;
    static erz_batch *batch;
    erz_error err;
    erz_status status;
    uint64_t hash = 0;
    if (batch == NULL && erz_batch_new(&batch, &err) != ERZ_OK) fuzz_fail("batch");
    if (erz_input_open(&o, &in, &err) != ERZ_OK) fuzz_fail(err.message);
    bool inside = false;
    while ((status = erz_input_read(in, batch, &err)) == ERZ_OK) {
        for (size_t i = 0; i < erz_batch_count(batch); i++) {
            const erz_document *d = erz_batch_document(batch, i);
            if (erz_utf8_valid(d->text, d->len) != d->len) fuzz_fail("a document is UTF-8");
            if (d->first == inside) fuzz_fail("sections follow one another");
            inside = !d->last;
            uint64_t at = 0;
            for (size_t k = 0; k < d->nfixes; k++) {
                uint64_t offset = erz_document_offset(d, d->fixes[k].at);
                if (offset < at || d->fixes[k].at > d->len) fuzz_fail("offsets go forward");
                at = offset;
            }
            hash = erz_hash(d->id, d->id_len, erz_hash(d->text, d->len, hash)) ^ d->base ^ d->base_char << 20 ^
                   d->base_utf16 << 40;
        }
    }
    if (status != ERZ_END) fuzz_fail(err.message);
    if (inside) fuzz_fail("the last section ends its document");
    erz_input_close(in);
    return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2) return 0;
    erz_docs_mode mode = (erz_docs_mode)(data[0] % (ERZ_DOCS_WARC + 1));
    size_t max = data[0] & 0x40 ? 1024 : 1 << 20;
    const char *path = fuzz_file(data + 2, size - 2);
    damaged = false;
    uint64_t small = read_all(path, mode, 1 + data[1] % 70, max), large = read_all(path, mode, 1 << 20, max);
    if (small != large && !damaged) fuzz_fail("the size of reads shows");
    return 0;
}
