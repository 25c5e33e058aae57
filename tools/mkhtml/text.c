// SPDX-License-Identifier: AGPL-3.0-or-later
//
// text.c: memory, texts that grow, and the one way to refuse a template.

#include "mkhtml.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Memory is kept until the end of the run, in blocks that stay reachable.
struct block_of_memory {
    struct block_of_memory *before;
    char bytes[];
};
static struct block_of_memory *memory;

// n bytes, all zero.
void *take(size_t n)
{
    struct block_of_memory *block = calloc(1, sizeof *block + n);
    if (block == NULL) {
        fprintf(stderr, "mkhtml: out of memory\n");
        exit(1);
    }
    block->before = memory;
    memory = block;
    return block->bytes;
}

char *copy(const char *bytes, size_t n)
{
    return memcpy(take(n + 1), bytes, n);
}

void add(struct text *t, const char *bytes, size_t n)
{
    if (t->len + n + 1 > t->cap) {
        t->cap = (t->len + n + 1) * 2;
        char *data = take(t->cap);
        memcpy(data, t->data == NULL ? "" : t->data, t->len);
        t->data = data;
    }
    memcpy(t->data + t->len, bytes, n);
    t->len += n;
    t->data[t->len] = '\0';
}

void add_text(struct text *t, const char *text)
{
    add(t, text, strlen(text));
}

__attribute__((format(printf, 2, 3))) void add_format(struct text *t, const char *format,
                                                      ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    char *line = take((size_t)n + 1);
    vsnprintf(line, (size_t)n + 1, format, again);
    add(t, line, (size_t)n);
    va_end(again);
    va_end(args);
}

__attribute__((format(printf, 3, 4), noreturn)) void
refuse_at(const struct compile *c, int line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s:%d: ", c->file, line);
    vfprintf(stderr, format, args);
    fprintf(stderr, "\n");
    va_end(args);
    exit(1);
}
