// SPDX-License-Identifier: AGPL-3.0-or-later
//
// guard.h: the last thing a child does before it looks at a file of others: it gives up everything it
// does not need any more.

#ifndef GUARD_GUARD_H
#define GUARD_GUARD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"

// From here on this process can compute, ask for memory, read and write what is open already, and end;
// it can open nothing, start nothing, reach no network and never gain rights. What it tries beyond
// that fails with EPERM. For children with one thread only; there is no way back. Time and memory are
// limited by child_limit_self (os/child.h). False where the kernel has no filter of system calls or the
// processor is none we know: then only the ceilings on open files and processes hold.
bool guard_close_down(void);

// A child that reads one file of others.
struct guard_reader {
    int cpu_seconds;
    size_t memory_bytes; // of the process
    size_t arena_bytes;
    size_t answer_bytes;
    void (*answer)(struct arena *a, const char *bytes, size_t len, struct buf *out);
};
// main() of that child: limits itself, takes the file from standard input (at most LIMIT_UPLOAD_BYTES), gives up its
// rights and writes the answer on standard output. Ends the process, with status 1 when there was no file or nobody
// who took the answer.
int guard_answer(const struct guard_reader *g);

#endif
