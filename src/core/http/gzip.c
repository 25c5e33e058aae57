// SPDX-License-Identifier: AGPL-3.0-or-later
//
// gzip.c: see gzip.h. One z_stream per thread, made at its first use and freed when it ends.

#include "http/gzip.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "base/bug.h"

#define MIN_BYTES 1024
#define GZIP_WINDOW (15 + 16) // zlib: the window plus 16 asks for a gzip head
#define MEMORY_LEVEL 8

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static _Thread_local z_stream stream;

static void end_stream(void *s)
{
    deflateEnd(s);
}

static void make_key(void)
{
    if (pthread_key_create(&key, end_stream) != 0) {
        bug("no more thread keys");
    }
}

static z_stream *stream_of_thread(int level)
{
    pthread_once(&once, make_key);
    if (pthread_getspecific(key) == NULL) {
        stream = (z_stream){0};
        if (deflateInit2(&stream, level, Z_DEFLATED, GZIP_WINDOW, MEMORY_LEVEL,
                         Z_DEFAULT_STRATEGY) != Z_OK ||
            pthread_setspecific(key, &stream) != 0) {
            bug("out of memory");
        }
        return &stream;
    }
    ensure(deflateReset(&stream) == Z_OK);
    ensure(deflateParams(&stream, level, Z_DEFAULT_STRATEGY) == Z_OK);
    return &stream;
}

bool gzip_is_accepted(const char *accept_encoding)
{
    for (const char *p = accept_encoding; *p != '\0';) {
        p += strspn(p, " \t,");
        size_t len = strcspn(p, ",");
        size_t name = strcspn(p, " \t;,");
        if (name == 4 && strncasecmp(p, "gzip", 4) == 0) {
            const char *q = strstr(p, "q=");
            return q == NULL || q > p + len || strtod(q + 2, NULL) > 0;
        }
        p += len;
    }
    return false;
}

bool gzip_is_useful(const char *media_type, size_t len)
{
    static const char *const types[] = {"text/", "application/json", "application/problem+json",
                                        "application/xml", "image/svg+xml", NULL};
    for (size_t i = 0; len >= MIN_BYTES && types[i] != NULL; i++) {
        if (strncmp(media_type, types[i], strlen(types[i])) == 0) {
            return true;
        }
    }
    return false;
}

const char *gzip_make(struct arena *a, const char *bytes, size_t len, int level, size_t *out_len)
{
    z_stream *z = stream_of_thread(level);
    char *out = arena_alloc(a, len);
    z->next_in = (unsigned char *)(uintptr_t)bytes;
    z->avail_in = (uInt)len;
    z->next_out = (unsigned char *)out;
    z->avail_out = (uInt)len;
    if (deflate(z, Z_FINISH) != Z_STREAM_END) {
        return NULL;
    }
    *out_len = len - z->avail_out;
    return out;
}
