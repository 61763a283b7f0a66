/* Readers of every format: the first byte chooses the format, the second the size of reads; the result does not depend on that
 * size, texts are UTF-8, offsets go forward. How much a decompressor gives before it meets damage does depend on it. Of a bomb
 * the first READ_MOST bytes of text are read. */
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "erz/input.h"
#include "fuzz.h"

enum { READ_MOST = 4 << 20, SAMPLES = 1000 };

static bool damaged;

static void report(void *context, const erz_error *error)
{
    (void)context;
    damaged |= strstr(error->message, "compressed data") != NULL;
}

/* Fixes and the offsets behind them go forward; the search for an offset agrees with the list, at a sample of its places. */
static void check_fixes(const erz_document *d)
{
    uint64_t at = d->base;
    for (size_t k = 0; k < d->nfixes; k++) {
        const erz_fix *f = &d->fixes[k];
        uint64_t offset = d->base + (uint64_t)((int64_t)f->at + f->shift);
        if (offset <= at || f->at > d->len || (k > 0 && f->at <= f[-1].at)) fuzz_fail("offsets go forward");
        at = offset;
    }
    for (size_t k = 0; k < d->nfixes; k += 1 + d->nfixes / SAMPLES) {
        const erz_fix *f = &d->fixes[k];
        int64_t before = k > 0 ? f[-1].shift : 0;
        if (erz_document_offset(d, f->at) - d->base != (uint64_t)((int64_t)f->at + f->shift)) fuzz_fail("offset at a fix");
        if (erz_document_offset(d, f->at - 1) - d->base != (uint64_t)((int64_t)f->at - 1 + before))
            fuzz_fail("offset before a fix");
    }
}

static void check(const erz_document *d, bool inside)
{
    if (erz_utf8_valid(d->text, d->len) != d->len) fuzz_fail("a document is UTF-8");
    if (d->first == inside) fuzz_fail("sections follow one another");
    check_fixes(d);
}

static uint64_t read_all(const char *path, erz_docs_mode mode, size_t read_size, size_t max)
{
    erz_input_options o = {
        .paths = &path, .npaths = 1, .docs = mode, .read_size = read_size, .max_doc_bytes = max, .report = report};
    erz_input *in;
    static erz_batch *batch;
    erz_error err;
    erz_status status = ERZ_OK;
    uint64_t hash = 0;
    size_t total = 0;
    if (batch == NULL && erz_batch_new(&batch, &err) != ERZ_OK) fuzz_fail("batch");
    if (erz_input_open(&o, &in, &err) != ERZ_OK) fuzz_fail(err.message);
    bool inside = false;
    while (total < READ_MOST && (status = erz_input_read(in, batch, &err)) == ERZ_OK) {
        for (size_t i = 0; i < erz_batch_count(batch) && total < READ_MOST; i++) {
            const erz_document *d = erz_batch_document(batch, i);
            check(d, inside);
            inside = !d->last;
            total += d->len + 1;
            hash = erz_hash(d->id, d->id_len, erz_hash(d->text, d->len, hash)) ^ d->base ^ d->base_char << 20 ^
                   d->base_utf16 << 40;
        }
    }
    if (total < READ_MOST && status != ERZ_END) fuzz_fail(err.message);
    if (total < READ_MOST && inside) fuzz_fail("the last section ends its document");
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
