// SPDX-License-Identifier: AGPL-3.0-or-later
//
// arena.c: see arena.h. Blocks in a list; some are kept over a reset, so that who serves page after
// page asks the system for memory only once.

#include "base/arena.h"

#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"

// A small page fits into the first block; larger ones take further blocks.
#define BLOCK_BYTES ((size_t)64 * 1024)
// What a reset keeps at most: a page of 50 rows with all its filters takes three blocks.
#define KEPT_BYTES ((size_t)256 * 1024)
#define ALIGNMENT _Alignof(max_align_t)

struct block {
    struct block *next;
    size_t size;
    size_t used;
    _Alignas(max_align_t) unsigned char bytes[];
};

struct closing {
    struct closing *next;
    void (*close)(void *);
    void *thing;
};

struct arena {
    struct block *first;
    struct block *current;
    struct closing *closings;
    size_t used;
    size_t limit;
};

static struct block *block_new(size_t size)
{
    struct block *b = malloc(sizeof *b + size);
    if (b == NULL) {
        bug("out of memory");
    }
    b->next = NULL;
    b->size = size;
    b->used = 0;
    return b;
}

static void run_closings(struct arena *a)
{
    while (a->closings != NULL) {
        struct closing *c = a->closings;
        a->closings = c->next;
        c->close(c->thing);
    }
}

static void free_blocks(struct block *b)
{
    while (b != NULL) {
        struct block *next = b->next;
        free(b);
        b = next;
    }
}

struct arena *arena_new(size_t limit_bytes)
{
    struct arena *a = calloc(1, sizeof *a);
    if (a == NULL) {
        bug("out of memory");
    }
    a->first = block_new(BLOCK_BYTES);
    a->current = a->first;
    a->limit = limit_bytes;
    return a;
}

void arena_free(struct arena *a)
{
    if (a == NULL) {
        return;
    }
    run_closings(a);
    free_blocks(a->first);
    free(a);
}

void arena_reset(struct arena *a)
{
    run_closings(a);
    size_t kept = a->first->size;
    struct block **link = &a->first->next;
    while (*link != NULL) {
        struct block *b = *link;
        if (b->size <= KEPT_BYTES - kept) {
            kept += b->size;
            b->used = 0;
            link = &b->next;
        } else {
            *link = b->next;
            free(b);
        }
    }
    a->first->used = 0;
    a->current = a->first;
    a->used = 0;
}

// Alone, so that what nearly every call does stays short.
static __attribute__((noinline)) void next_block(struct arena *a, size_t need)
{
    struct block *b = a->current;
    if (b->next == NULL || need > b->next->size) { // what follows is kept and empty
        struct block *made = block_new(need > BLOCK_BYTES ? need : BLOCK_BYTES);
        made->next = b->next;
        b->next = made;
    }
    a->current = b->next;
}

void *arena_alloc_unset(struct arena *a, size_t size)
{
    size_t need = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (need < size || need > a->limit - a->used) {
        bug("an arena passed its ceiling");
    }
    if (need > a->current->size - a->current->used) {
        next_block(a, need);
    }
    struct block *b = a->current;
    void *p = b->bytes + b->used;
    b->used += need;
    a->used += need;
    return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
    return memset(arena_alloc_unset(a, size), 0, size);
}

void *arena_alloc_aligned(struct arena *a, size_t size, size_t alignment)
{
    if (alignment <= ALIGNMENT) {
        return arena_alloc(a, size);
    }
    uintptr_t p = (uintptr_t)arena_alloc(a, size + alignment);
    return (void *)((p + alignment - 1) & ~(uintptr_t)(alignment - 1));
}

void *arena_array_unset(struct arena *a, size_t size, size_t n)
{
    if (n != 0 && size > SIZE_MAX / n) {
        bug("the size of an array does not fit");
    }
    return arena_alloc_unset(a, size * n);
}

void *arena_array(struct arena *a, size_t size, size_t n)
{
    void *array = arena_array_unset(a, size, n);
    return memset(array, 0, size * n);
}

void *arena_room(struct arena *a, void *items, size_t size, size_t n, size_t *cap)
{
    if (n < *cap) {
        return items;
    }
    size_t larger = *cap == 0 ? 4 : *cap * 2;
    void *copy = arena_array(a, size, larger);
    if (n > 0) {
        memcpy(copy, items, n * size);
    }
    *cap = larger;
    return copy;
}

char *arena_copy_n(struct arena *a, const void *bytes, size_t len)
{
    char *copy = arena_alloc_unset(a, len + 1);
    if (len != 0) {
        memcpy(copy, bytes, len);
    }
    copy[len] = '\0';
    return copy;
}

char *arena_copy(struct arena *a, const char *text)
{
    return text == NULL ? NULL : arena_copy_n(a, text, strlen(text));
}

char *arena_join(struct arena *a, const char *first, const char *second)
{
    size_t len = strlen(first), rest = strlen(second);
    char *both = arena_alloc_unset(a, len + rest + 1);
    memcpy(both, first, len);
    memcpy(both + len, second, rest + 1);
    return both;
}

char *arena_vprintf(struct arena *a, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    char small[256]; // most texts fit, and need not be printed twice
    int len = vsnprintf(small, sizeof small, format, args);
    if (len < 0) {
        bug("a format that cannot be printed");
    }
    char *text;
    if ((size_t)len < sizeof small) {
        text = arena_copy_n(a, small, (size_t)len);
    } else {
        text = arena_alloc_unset(a, (size_t)len + 1);
        vsnprintf(text, (size_t)len + 1, format, again);
    }
    va_end(again);
    return text;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vprintf(a, format, args);
    va_end(args);
    return text;
}

void arena_on_close(struct arena *a, void (*close)(void *thing), void *thing)
{
    struct closing *c = ARENA_MAKE(a, struct closing);
    *c = (struct closing){.next = a->closings, .close = close, .thing = thing};
    a->closings = c;
}

void arena_keep_pages(size_t bytes)
{
    (void)mallopt(M_MMAP_THRESHOLD, (int)bytes);
    (void)mallopt(M_TRIM_THRESHOLD, (int)bytes);
}

size_t arena_used_bytes(const struct arena *a)
{
    return a->used;
}

size_t arena_left_bytes(const struct arena *a)
{
    return a->limit - a->used;
}

bool arena_has_room(const struct arena *a, size_t more)
{
    size_t left = arena_left_bytes(a);
    return left >= a->limit / 4 && left - a->limit / 4 >= more;
}
