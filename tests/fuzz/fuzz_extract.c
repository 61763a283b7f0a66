/* The whole pipeline on one text, fused and staged: the same records, spans inside the text. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "erz/export.h"
#include "erz/extract.h"
#include "erz/record.h"
#include "erz/stream.h"
#include "fuzz.h"

static erz_extractor *fused, *staged;
static erz_stream *stream;

static void read_back(erz_buf *rows, erz_buf *out)
{
    char *line = rows->data, *end = rows->data + rows->len;
    erz_error err;
    while (line < end) {
        char *nl = memchr(line, '\n', (size_t)(end - line));
        erz_row row;
        erz_text *text;
        if (nl == NULL || erz_row_parse(line, (size_t)(nl - line), &row, &err) != ERZ_OK) fuzz_fail("own rows can be read");
        if (erz_stream_add(stream, &row, &text, &err) != ERZ_OK) fuzz_fail("own rows can be taken");
        if (text != NULL) erz_record_write(text, ERZ_TABLE_MENTIONS, ERZ_OFFSETS_UTF16, out);
        line = nl + 1;
    }
    if (erz_stream_open(stream)) fuzz_fail("the end row closes the document");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static erz_buf a, b, rows, other;
    erz_error err;
    if (fused == NULL) {
        if (erz_extractor_new(fuzz_model(), NULL, &fused, &err) != ERZ_OK) fuzz_fail(err.message);
        if (erz_extractor_new(fuzz_model(), NULL, &staged, &err) != ERZ_OK) fuzz_fail(err.message);
        if (erz_stream_new(staged, &stream, &err) != ERZ_OK) fuzz_fail(err.message);
    }
    erz_document doc = {.id = "x", .id_len = 1, .text = (const char *)data, .len = size, .first = true, .last = true};
    erz_text *text;
    if (erz_utf8_valid(doc.text, size) < size || erz_extractor_run(fused, &doc, &text, &err) != ERZ_OK) return 0;
    for (size_t i = 0; i < text->nmentions; i++)
        if (text->mentions[i].begin >= text->mentions[i].end || text->mentions[i].end > size)
            fuzz_fail("a span inside the text");
    a.len = b.len = rows.len = other.len = 0;
    erz_record_write(text, ERZ_TABLE_MENTIONS, ERZ_OFFSETS_UTF16, &a);
    for (int f = ERZ_FORMAT_JSONL; f <= ERZ_FORMAT_VERTICAL; f++)
        erz_export_write(text, (erz_format)f, ERZ_OFFSETS_CHAR, &other);
    erz_record_write(text, ERZ_TABLE_DEALS, ERZ_OFFSETS_BYTE, &other);
    if (erz_tokens_write(text, true, &rows) != ERZ_OK) fuzz_fail("token stream");
    read_back(&rows, &b);
    if (a.len != b.len || (a.len > 0 && memcmp(a.data, b.data, a.len) != 0)) fuzz_fail("staged and fused differ");
    return 0;
}
