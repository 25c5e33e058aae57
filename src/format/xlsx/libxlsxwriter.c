// SPDX-License-Identifier: AGPL-3.0-or-later
//
// libxlsxwriter.c: see libxlsxwriter.h.

#include "format/xlsx/libxlsxwriter.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/bug.h"

#define LIBRARY "libxlsxwriter.so." LXW_SOVERSION

static struct libxlsxwriter functions;
static bool loaded;
static char problem[200];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        snprintf(problem, sizeof problem, "%s", dlerror());
        return;
    }
#define F(name)                                                                                    \
    *(void **)&functions.name = dlsym(library, #name);                                             \
    if (functions.name == NULL) {                                                                  \
        snprintf(problem, sizeof problem, LIBRARY " lacks %s", #name);                             \
        return;                                                                                    \
    }
    LIBXLSXWRITER_FUNCTIONS(F)
#undef F
    loaded = true;
}

enum err libxlsxwriter_load(struct err_info *e)
{
    pthread_once(&once, load);
    if (loaded) {
        return ERR_NONE;
    }
    (void)err_set(e, ERR_FAILED, NULL, MSG("What writes spreadsheets is not installed."),
                  MSG("Ask the administrator to install the Debian package libxlsxwriter4, or "
                      "take another format."),
                  NULL);
    err_detail(e, "%s", problem);
    return ERR_FAILED;
}

const struct libxlsxwriter *lxw(void)
{
    ensure(loaded);
    return &functions;
}
