// SPDX-License-Identifier: AGPL-3.0-or-later
//
// fuzz_csv.c: any bytes, read as CSV; every cell is read to its end.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/err.h"
#include "format/csv/csv_read.h"

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
    struct csv_in c;
    if (csv_open(&c, (const char *)bytes, len, &e) == ERR_NONE) {
        bool more = true;
        struct csv_row row;
        while (csv_next(a, &c, &row, &more, &e) == ERR_NONE && more) {
            for (int i = 0; i < row.n; i++) {
                must_fit(strlen(row.cells[i]), len);
            }
        }
    }
    arena_free(a);
    return 0;
}
