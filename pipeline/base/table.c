#include "table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { LARGE_PAGE = 1 << 21, FIRST = 1 << 12 };

void *erz_table_alloc(size_t size)
{
    size_t align = size >= LARGE_PAGE ? LARGE_PAGE : 64;
    if (size > SIZE_MAX / 2) return NULL;
    void *table = aligned_alloc(align, (size + align - 1) / align * align);
    if (table != NULL && align == LARGE_PAGE) madvise(table, size, MADV_HUGEPAGE);
    return table;
}

bool erz_table_grow(void *array, size_t *cap, size_t n, size_t need, size_t size)
{
    if (need <= *cap) return true;
    size_t want = *cap == 0 ? FIRST : *cap * 2;
    if (want < need) want = need;
    if (want > SIZE_MAX / 2 / size) return false;
    void *old, *fresh = erz_table_alloc(want * size);
    if (fresh == NULL) return false;
    memcpy(&old, array, sizeof old);
    if (n > 0) memcpy(fresh, old, n * size);
    free(old);
    memcpy(array, &fresh, sizeof fresh);
    *cap = want;
    return true;
}
