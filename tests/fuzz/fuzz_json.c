// SPDX-License-Identifier: AGPL-3.0-or-later
//
// fuzz_json.c: any bytes, read as JSON; what was accepted is walked whole.

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "format/json/json_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static long walk(const struct json *v)
{
    long n = 1;
    if (v->text != NULL) {
        for (const char *p = v->text; *p != '\0'; p++) {
            n += *p;
        }
    }
    for (int i = 0; i < v->n; i++) {
        n += walk(&v->items[i]);
    }
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena *a = arena_new((size_t)64 * 1024 * 1024);
    struct err_info e;
    const struct json *out;
    if (json_read(a, (const char *)bytes, len, &out, &e) == ERR_NONE) {
        volatile long sum = walk(out);
        (void)sum;
    }
    arena_free(a);
    return 0;
}
