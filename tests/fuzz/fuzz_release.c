// SPDX-License-Identifier: AGPL-3.0-or-later
//
// fuzz_release.c: any bytes, read as counts and as a published table; what was read adds up.

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "release/release_table.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena *a = arena_new((size_t)256 * 1024 * 1024);
    const struct release_columns columns = {0};
    const struct release_cube *c;
    struct release_table t;
    struct err_info e;
    if (release_table_read(a, &columns, (const char *)bytes, len, &c, &e) == ERR_NONE) {
        int64_t sum = 0;
        for (size_t cell = 0; cell < c->frame->n_cells; cell++) {
            sum += release_summed(c->frame, cell) == 0 ? c->counts[cell] : 0;
        }
        if (sum != c->counts[release_grand_total(c->frame)]) {
            abort();
        }
    }
    if (release_table_read_published(a, &columns, (const char *)bytes, len, &t, &e) == ERR_NONE) {
        for (size_t cell = 0; cell < t.frame->n_cells; cell++) {
            if (t.counts[cell] < 0 || t.seen[cell] > RELEASE_HIDDEN) {
                abort();
            }
        }
    }
    arena_free(a);
    return 0;
}
