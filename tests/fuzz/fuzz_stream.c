/* Any bytes as a token stream: rows that are taken give spans inside their text. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "erz/record.h"
#include "erz/stream.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static erz_extractor *x;
    static erz_buf out, lines;
    erz_stream *stream;
    erz_error err;
    if (x == NULL && erz_extractor_new(fuzz_model(), NULL, &x, &err) != ERZ_OK) fuzz_fail(err.message);
    if (erz_stream_new(x, &stream, &err) != ERZ_OK) fuzz_fail(err.message);
    lines.len = out.len = 0;
    erz_buf_add(&lines, data, size);
    erz_buf_char(&lines, '\n');
    for (char *line = lines.data, *end = lines.data + lines.len, *nl; line < end; line = nl + 1) {
        nl = memchr(line, '\n', (size_t)(end - line));
        *nl = '\0';
        erz_row row;
        erz_text *text = NULL;
        if (erz_row_parse(line, (size_t)(nl - line), &row, &err) != ERZ_OK) continue;
        if (row.stem == NULL && row.cls != ERZ_TOKEN_END) continue;
        if (erz_stream_add(stream, &row, &text, &err) != ERZ_OK || text == NULL) continue;
        for (size_t i = 0; i < text->nmentions; i++)
            if (text->mentions[i].end > text->len) fuzz_fail("a span inside the text");
        erz_record_write(text, ERZ_TABLE_MENTIONS, ERZ_OFFSETS_CHAR, &out);
    }
    erz_stream_free(stream);
    return 0;
}
