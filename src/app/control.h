// SPDX-License-Identifier: AGPL-3.0-or-later
//
// control.h: one process writes to a workspace; others ask it to.
//
// The process that opens a workspace for writing holds a lock on WORKSPACE/lock. A running server
// also listens on the socket WORKSPACE/run.sock (mode 0600): a `mainstay` that cannot get the lock
// sends its command line there, the server runs it in itself and sends back what it wrote.
// A workspace on PostgreSQL needs neither.

#ifndef APP_CONTROL_H
#define APP_CONTROL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "cli/cli.h"
#include "store/store.h"

// ---- the lock -----------------------------------------------------------------------------------

struct lock;
// Takes the lock of a workspace folder at once or not at all; *taken is false when another process
// has it. *out is made in the arena; the lock ends with the process in any case.
MUST_CHECK enum err lock_take(struct arena *a, const char *folder, struct lock **out, bool *taken,
                              struct err_info *e);
void lock_release(struct lock *l);

// ---- in the server ------------------------------------------------------------------------------

struct control;
// Listens on the socket and runs what comes, one command after the other, in a thread of its own.
// The caller holds the lock.
MUST_CHECK enum err control_serve_start(struct store *s, const char *folder, struct control **out,
                                        struct err_info *e);
// Finishes the command that runs, removes the socket.
void control_serve_stop(struct control *c);

// ---- in another process -------------------------------------------------------------------------

struct control_answer {
    const struct cli_aside *aside; // gets what is long, before the rest; it counts only with status 0
    struct buf *out;
    struct buf *err;
    int status; // exit status
};
// Has the server of this workspace run argv (argv[0] is the program) with this input. The answer
// gets what it wrote. MAINSTAY_AS is passed on as --as. ERR_NOT_FOUND: no server listens there.
MUST_CHECK enum err control_forward(struct arena *a, const char *folder, int argc, char *const *argv,
                                    const char *input, size_t len, struct control_answer *answer,
                                    struct err_info *e);

#endif
