// SPDX-License-Identifier: AGPL-3.0-or-later
//
// bug.c: see bug.h.

#include "base/bug.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void bug_at(const char *file, int line, const char *what)
{
    fprintf(stderr, "mainstay: broken assumption at %s:%d: %s\n", file, line, what);
    abort();
}
