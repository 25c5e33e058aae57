// SPDX-License-Identifier: AGPL-3.0-or-later
//
// fuzz_tsv.c: any bytes, read as a table of a pack.

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/err.h"
#include "format/tsv/tsv.h"

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
    struct tsv t;
    if (tsv_parse(a, "fuzz.tsv", (const char *)bytes, len, &t, &e) == ERR_NONE) {
        for (size_t i = 0; i < t.n_rows * t.n_columns; i++) {
            must_fit(strlen(t.cells[i]), len);
        }
    }
    arena_free(a);
    return 0;
}
