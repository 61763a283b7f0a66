/* A bump allocator: blocks are kept and reused after a reset, so that a worker in steady state allocates nothing. */
#ifndef ERZ_BASE_ARENA_H
#define ERZ_BASE_ARENA_H

#include <stddef.h>

typedef struct erz_arena erz_arena;

erz_arena *erz_arena_new(size_t block_size); /* NULL: memory is short */
void erz_arena_free(erz_arena *arena);       /* NULL is allowed */
/* 16-byte aligned, not zeroed; NULL: memory is short. */
void *erz_arena_alloc(erz_arena *arena, size_t size);
void *erz_arena_zalloc(erz_arena *arena, size_t size);
char *erz_arena_strndup(erz_arena *arena, const char *s, size_t len);
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
char *
erz_arena_printf(erz_arena *arena, const char *format, ...);
/* Forget all allocations; keeps up to `keep` bytes of blocks. */
void erz_arena_reset(erz_arena *arena, size_t keep);

#endif
