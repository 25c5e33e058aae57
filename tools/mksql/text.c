// SPDX-License-Identifier: AGPL-3.0-or-later
//
// text.c: types, texts that grow, and the one way to refuse a file.

#include "mksql.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const type_names[] = {"id", "text", "int", "real", "bytes"};
const char type_letters[] = "ttirb";

const char *file_name; // for messages
int line_number;

void fail_at(int line, const char *format, ...)
{
    va_list args;
    fprintf(stderr, "%s:%d: ", file_name, line);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

void *must(void *p)
{
    if (p == NULL) {
        fprintf(stderr, "mksql: out of memory\n");
        exit(1);
    }
    return p;
}

void text_add(struct text *t, const char *bytes, size_t len)
{
    t->data = must(realloc(t->data, t->len + len + 1));
    memcpy(t->data + t->len, bytes, len);
    t->len += len;
    t->data[t->len] = '\0';
}
