// SPDX-License-Identifier: AGPL-3.0-or-later
//
// libglpk.c: see libglpk.h.

#include "solve/libglpk.h"

#include "os/library.h"

static struct libglpk functions;
static struct library library = {.file = "libglpk.so.40", .names = LIBRARY_NAMES(LIBGLPK_FUNCTIONS), .functions = &functions};

enum err libglpk_load(struct err_info *e)
{
    return library_load(&library, MSG("What proves that a table is protected is not installed."),
                        MSG("Ask the administrator to install the Debian package libglpk40."), e);
}

const struct libglpk *glpk(void)
{
    return library_functions(&library);
}
