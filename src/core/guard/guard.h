// SPDX-License-Identifier: AGPL-3.0-or-later
//
// guard.h: the last thing a child does before it looks at a file of others: it gives up everything it
// does not need any more.

#ifndef GUARD_GUARD_H
#define GUARD_GUARD_H

#include <stdbool.h>

// From here on this process can compute, ask for memory, read and write what is open already, and end;
// it can open nothing, start nothing, reach no network and never gain rights. What it tries beyond
// that fails with EPERM. For children with one thread only; there is no way back. Time and memory are
// limited by child_limit_self (os/child.h). False where the kernel has no filter of system calls or the
// processor is none we know: then only the ceilings on open files and processes hold.
bool guard_close_down(void);

#endif
