/* A compressed stream: a decompressor and the bytes it has not used yet. */
#ifndef ERZ_INPUT_CODED_H
#define ERZ_INPUT_CODED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "codec.h"
#include "tar.h"

typedef struct input_coded {
    input_codec *codec; /* NULL: not begun */
    sniff_kind kind;
    input_read_fn *read;
    void *context;
    erz_buf bytes; /* compressed: used up to `at`, kept for input_coded_resume() */
    size_t at;
    uint64_t begun;    /* where the member at hand begins */
    uint64_t used;     /* compressed bytes before `bytes` */
    bool eof, ended;   /* of the compressed bytes; of what they hold */
    erz_error failure; /* of the decompressor: told at each read when what it had made before is used up */
} input_coded;

/* Zeroed at first, used again after input_coded_end(). The compressed bytes are head[0, len), then what `read` gives. */
erz_status input_coded_begin(input_coded *coded, sniff_kind kind, const char *head, size_t len, input_read_fn *read,
                             void *context, erz_error *err);
void input_coded_end(input_coded *coded);
void input_coded_free(input_coded *coded);
/* Decompressed bytes; *got == 0: the end. ERZ_E_INPUT: damaged, cut off, or something else follows the compressed data. */
erz_status input_coded_read(input_coded *coded, char *to, size_t cap, size_t *got, erz_error *err);
/* After ERZ_E_INPUT: go on at the next member or frame. *found: there is one; it begins at byte *at. */
erz_status input_coded_resume(input_coded *coded, bool *found, uint64_t *at, erz_error *err);
/* Are there compressed bytes that are not used yet? */
bool input_coded_pending(const input_coded *coded);

#endif
