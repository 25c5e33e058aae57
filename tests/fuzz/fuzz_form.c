// SPDX-License-Identifier: AGPL-3.0-or-later
//
// fuzz_form.c: any bytes, as the body of a form without files.

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/err.h"
#include "http/body.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

// Reading reads every byte; what was read is never longer than what came in.
static void must_fit(size_t read, size_t len)
{
    if (read > len) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena *a = arena_new((size_t)64 * 1024 * 1024);
    struct err_info e;
    struct body body = {0};
    // readers change the bytes in place, and the server ends them with a zero byte
    char *copy = arena_alloc(a, len + 1);
    memcpy(copy, bytes, len);
    copy[len] = '\0';
    if (body_read_urlencoded(a, copy, len, &body, &e) == ERR_NONE) {
        for (size_t i = 0; i < body.n_pairs; i++) {
            must_fit(strlen(body.pairs[i].name) + strlen(body.pairs[i].value), len);
        }
        for (size_t i = 0; i < body.n_uploads; i++) {
            must_fit(strlen(body.uploads[i].file_name), len);
        }
    }
    arena_free(a);
    return 0;
}
