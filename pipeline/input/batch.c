/* A batch: while its buffers grow, documents hold places in them; pointers are set at the end. */
#include <stdlib.h>

#include "reader.h"

erz_status erz_batch_new(erz_batch **out, erz_error *err)
{
    erz_batch *b = calloc(1, sizeof *b);
    if (b == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    *out = b;
    return ERZ_OK;
}

void erz_batch_free(erz_batch *b)
{
    if (b == NULL) return;
    erz_buf_free(&b->raw);
    erz_buf_free(&b->converted);
    erz_buf_free(&b->ids);
    free(b->fixes.data);
    free(b->docs);
    free(b->places);
    free(b);
}

size_t erz_batch_count(const erz_batch *b)
{
    return b->n;
}

const erz_document *erz_batch_document(const erz_batch *b, size_t i)
{
    return &b->docs[i];
}

void erz_batch_position(const erz_batch *b, erz_position *position)
{
    *position = b->position;
}

void input_batch_clear(erz_batch *b)
{
    b->raw.len = b->converted.len = b->ids.len = 0;
    b->raw.failed = b->converted.failed = b->ids.failed = false;
    b->fixes.n = 0;
    b->n = 0;
}

erz_document *input_batch_add(erz_batch *b, batch_place **place)
{
    if (!erz_grow(&b->docs, &b->cap, b->n + 1, sizeof *b->docs)) return NULL;
    if (!erz_grow(&b->places, &b->cap_places, b->n + 1, sizeof *b->places)) return NULL;
    *place = &b->places[b->n];
    memset(*place, 0, sizeof **place);
    memset(&b->docs[b->n], 0, sizeof *b->docs);
    return &b->docs[b->n++];
}

void input_batch_resolve(erz_batch *b)
{
    for (size_t i = 0; i < b->n; i++) {
        const batch_place *at = &b->places[i];
        const erz_buf *buf = at->converted ? &b->converted : &b->raw;
        b->docs[i].id = b->ids.data + at->id;
        b->docs[i].text = buf->data == NULL ? "" : buf->data + at->text;
        b->docs[i].fixes = b->docs[i].nfixes > 0 ? b->fixes.data + at->fix : NULL;
    }
}
