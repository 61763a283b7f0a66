#include "arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct block {
    struct block *next;
    size_t size, used;
    _Alignas(16) unsigned char data[];
} block;

struct erz_arena {
    block *first, *current;
    size_t block_size;
};

static block *block_new(size_t size)
{
    block *b = malloc(sizeof *b + size);
    if (b == NULL) return NULL;
    b->next = NULL;
    b->size = size;
    b->used = 0;
    return b;
}

erz_arena *erz_arena_new(size_t block_size)
{
    erz_arena *arena = malloc(sizeof *arena);
    if (arena == NULL) return NULL;
    arena->block_size = block_size;
    arena->first = arena->current = block_new(block_size);
    if (arena->first == NULL) {
        free(arena);
        return NULL;
    }
    return arena;
}

void erz_arena_free(erz_arena *arena)
{
    if (arena == NULL) return;
    for (block *b = arena->first, *next; b != NULL; b = next) {
        next = b->next;
        free(b);
    }
    free(arena);
}

void *erz_arena_alloc(erz_arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2) return NULL;
    size = (size + 15) & ~(size_t)15;
    block *b = arena->current;
    while (b->size - b->used < size) {
        if (b->next == NULL || b->next->size < size) {
            block *fresh = block_new(size > arena->block_size ? size : arena->block_size);
            if (fresh == NULL) return NULL;
            fresh->next = b->next;
            b->next = fresh;
        }
        b = arena->current = b->next;
    }
    void *p = b->data + b->used;
    b->used += size;
    return p;
}

void *erz_arena_zalloc(erz_arena *arena, size_t size)
{
    void *p = erz_arena_alloc(arena, size);
    if (p != NULL) memset(p, 0, size);
    return p;
}

char *erz_arena_strndup(erz_arena *arena, const char *s, size_t len)
{
    char *p = erz_arena_alloc(arena, len + 1);
    if (p == NULL) return NULL;
    if (len > 0) memcpy(p, s, len);
    p[len] = '\0';
    return p;
}

char *erz_arena_printf(erz_arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *p = len < 0 ? NULL : erz_arena_alloc(arena, (size_t)len + 1);
    if (p != NULL) vsnprintf(p, (size_t)len + 1, format, again);
    va_end(again);
    return p;
}

void erz_arena_reset(erz_arena *arena, size_t keep)
{
    size_t kept = 0;
    block **link = &arena->first;
    while (*link != NULL) {
        block *b = *link;
        if (b != arena->first && kept + b->size > keep) {
            *link = b->next;
            free(b);
            continue;
        }
        kept += b->size;
        b->used = 0;
        link = &b->next;
    }
    arena->current = arena->first;
}
