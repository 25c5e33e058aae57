// SPDX-License-Identifier: AGPL-3.0-or-later
//
// fuzz_csv.c: any bytes, read as CSV, whole and in pieces; every cell is read to its end.

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

struct rest {
    const uint8_t *bytes;
    size_t len;
};

static enum err more_of(void *state, char *bytes, size_t room, size_t *n, struct err_info *e)
{
    (void)e;
    struct rest *r = state;
    *n = room < r->len ? room : r->len;
    memcpy(bytes, r->bytes, *n);
    r->bytes += *n;
    r->len -= *n;
    return ERR_NONE;
}

// What was read in all, as one number; *bad: the file was refused.
static size_t read_all(const struct csv_from *from, size_t len, bool *bad)
{
    struct arena *a = arena_new((size_t)64 * 1024 * 1024);
    struct err_info e;
    struct csv_in c;
    size_t sum = 0;
    bool more = true;
    enum err err = csv_open_from(a, &c, from, &e);
    while (err == ERR_NONE && more) {
        struct csv_row row = {0};
        err = csv_next(a, &c, &row, &more, &e);
        for (int i = 0; err == ERR_NONE && more && i < row.n; i++) {
            size_t n = strlen(row.cells[i]);
            must_fit(n, len);
            sum = sum * 31 + n + (size_t)row.line + (size_t)row.number;
        }
    }
    *bad = err != ERR_NONE;
    arena_free(a);
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    size_t first = len < 3 ? len : 3 + bytes[len - 1] % 20;
    first = first < len ? first : len;
    struct rest rest = {bytes + first, len - first};
    bool whole_bad, parts_bad;
    size_t whole = read_all(&(struct csv_from){.bytes = (const char *)bytes, .len = len}, len, &whole_bad);
    size_t parts = read_all(&(struct csv_from){(const char *)bytes, first, more_of, &rest}, len, &parts_bad);
    if (whole_bad != parts_bad || (!whole_bad && whole != parts)) {
        abort();
    }
    return 0;
}
