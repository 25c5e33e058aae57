// SPDX-License-Identifier: AGPL-3.0-or-later
//
// libpq.c: see libpq.h.

#include "db/libpq.h"

#include "os/library.h"

static struct libpq functions;
static struct library library = {.file = "libpq.so.5", .names = LIBRARY_NAMES(LIBPQ_FUNCTIONS), .functions = &functions};

enum err libpq_load(struct err_info *e)
{
    return library_load(&library, MSG("The program that talks to PostgreSQL is not installed."),
                        MSG("Install the Debian package libpq5."), e);
}

const struct libpq *libpq(void)
{
    return library_functions(&library);
}
