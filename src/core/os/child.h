// SPDX-License-Identifier: AGPL-3.0-or-later
//
// child.h: the only way to start another process: bytes in, bytes out, and an end that is certain.

#ifndef OS_CHILD_H
#define OS_CHILD_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct child_job {
    const char *const *argv;   // argv[0] is the path of the program; ended by NULL
    const char *what;          // for messages: "drawing the PDF"
    const char *input;         // its standard input
    size_t input_len;
    size_t output_limit_bytes; // more than this on its standard output is an error
    int time_limit_ms;         // wall clock, from start to end
    const char *program;       // NULL, or the program itself; then argv[0] is only its name
    size_t program_len;
};

struct child_output {
    const char *bytes; // what it wrote on standard output
    size_t len;
    int exit_status;   // of a child that ended by itself
    char errors[240];  // the beginning of its standard error; for the log only
};

// Starts the program, feeds it and collects what it says; returns when it has ended, killing it when
// a limit is passed. No shell. The child gets a small environment (PATH, HOME, language, fonts), so
// that no secret of ours reaches it, and none of our open files. Any exit status is a success here:
// the caller knows what it means. Errors: ERR_FAILED (cannot start, ended by a signal, time limit),
// ERR_TOO_LARGE (output limit). A program given as bytes runs from sealed memory (memfd_create(2)):
// nothing is written to a disk. May be called from several threads.
enum err child_run(struct arena *a, const struct child_job *job, struct child_output *out,
                   struct err_info *e) MUST_CHECK;

// Where the program of this name lies in the folders of PATH; NULL when it is in none of them.
const char *child_find(struct arena *a, const char *name);

// For the child itself, before it looks at its input: at most so much processor time and memory, no
// file may grow, no core file. (Under the address sanitizer memory is not limited.)
void child_limit_self(int cpu_seconds, size_t memory_bytes);

#endif
