// SPDX-License-Identifier: AGPL-3.0-or-later
//
// guard_answer.c: see guard.h.

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "guard/guard.h"
#include "os/child.h"
#include "os/file.h"

int guard_answer(const struct guard_reader *g)
{
    child_limit_self(g->cpu_seconds, g->memory_bytes);
    struct arena *a = arena_new(g->arena_bytes);
    struct err_info e = {0};
    const char *bytes;
    size_t len;
    struct buf out;
    buf_init(&out, a, g->answer_bytes);
    if (file_read_input(a, LIMIT_UPLOAD_BYTES, &bytes, &len, &e) != ERR_NONE) {
        _Exit(1);
    }
    (void)guard_close_down(); // where the kernel cannot, the ceilings above remain
    g->answer(a, bytes, len, &out);
    bool said = fwrite(out.data, 1, out.len, stdout) == out.len && fflush(stdout) == 0;
    _Exit(said ? 0 : 1);
}
