// SPDX-License-Identifier: AGPL-3.0-or-later
//
// arena.h: memory that is freed by lifetime, not by piece.
//
// A function that returns memory takes `struct arena *` first: the arena owns the result and nobody
// frees it. Lifetimes: process, request (or command), scratch (one row). Running out of the ceiling
// or of memory ends the process, in one place; this is safe because every input is bounded first.

#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

// Makes an arena that may hold up to limit_bytes.
struct arena *arena_new(size_t limit_bytes);
// Frees everything in it, after calling the closing functions, last registered first.
void arena_free(struct arena *a);
// Like arena_free, but the arena stays usable and keeps up to 256 KB for what comes next.
void arena_reset(struct arena *a);

// size bytes, zeroed, aligned for any type. Never returns NULL.
void *arena_alloc(struct arena *a, size_t size);
// The same with any content: for who writes over all of it at once.
void *arena_alloc_unset(struct arena *a, size_t size);
// Zeroed, for types that ask for more (the state of a hash: 64 bytes); alignment is a power of two.
void *arena_alloc_aligned(struct arena *a, size_t size, size_t alignment);
#define ARENA_MAKE(a, type) ((type *)arena_alloc_aligned((a), sizeof(type), _Alignof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_array((a), sizeof(type), (n)))
// n objects of size bytes, zeroed; the product is checked.
void *arena_array(struct arena *a, size_t size, size_t n);
// The same with any content: for who assigns every object.
#define ARENA_ARRAY_UNSET(a, type, n) ((type *)arena_array_unset((a), sizeof(type), (n)))
void *arena_array_unset(struct arena *a, size_t size, size_t n);
// Room for one more in an array of n objects that holds *cap: the array itself, or one at least twice as
// large with the objects in it. Begins with NULL and 0.
void *arena_room(struct arena *a, void *items, size_t size, size_t n, size_t *cap);

// Copies; a NULL text gives NULL.
char *arena_copy(struct arena *a, const char *text);
// Copies the first len bytes and ends them with a zero byte.
char *arena_copy_n(struct arena *a, const void *bytes, size_t len);
// Both texts, one after the other.
char *arena_join(struct arena *a, const char *first, const char *second);
char *arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *format, va_list args);

// Calls close(thing) when the arena is reset or freed, in reverse order of registration.
void arena_on_close(struct arena *a, void (*close)(void *thing), void *thing);

// For who serves page after page: up to this many bytes that were given back stay with the process, for each thread,
// so that the next large page does not ask the system for them again. Before threads begin.
void arena_keep_pages(size_t bytes);

// Bytes handed out since the last reset.
size_t arena_used_bytes(const struct arena *a);
// Bytes left below the ceiling.
size_t arena_left_bytes(const struct arena *a);
// Are `more` bytes free beside a quarter of the ceiling? That quarter is for the page that is made of what was read.
bool arena_has_room(const struct arena *a, size_t more);

#endif
