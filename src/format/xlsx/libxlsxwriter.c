// SPDX-License-Identifier: AGPL-3.0-or-later
//
// libxlsxwriter.c: see libxlsxwriter.h.

#include "format/xlsx/libxlsxwriter.h"

#include "os/library.h"

static struct libxlsxwriter functions;
static struct library library = {.file = "libxlsxwriter.so." LXW_SOVERSION, .names = LIBRARY_NAMES(LIBXLSXWRITER_FUNCTIONS), .functions = &functions};

enum err libxlsxwriter_load(struct err_info *e)
{
    return library_load(&library, MSG("What writes spreadsheets is not installed."),
                        MSG("Ask the administrator to install the Debian package libxlsxwriter4, or "
                            "take another format."), e);
}

const struct libxlsxwriter *lxw(void)
{
    return library_functions(&library);
}
