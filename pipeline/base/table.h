/* Large arrays that are read all over the place: aligned to large pages where they are that large, so that look-ups do not wait
 * for address translation where the system grants such pages. */
#ifndef ERZ_BASE_TABLE_H
#define ERZ_BASE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

/* 64-byte aligned, not zeroed; free() it. NULL: memory is short. */
void *erz_table_alloc(size_t size);
/* Grow *array (elements of `size` bytes, the first n are kept) to at least `need` elements, at least doubling; false: memory is
 * short, nothing changed. */
bool erz_table_grow(void *array, size_t *cap, size_t n, size_t need, size_t size);

#endif
