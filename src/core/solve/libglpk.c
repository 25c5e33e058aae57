// SPDX-License-Identifier: AGPL-3.0-or-later
//
// libglpk.c: see libglpk.h.

#include "solve/libglpk.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/bug.h"

#define LIBRARY "libglpk.so.40"

static struct libglpk functions;
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
    LIBGLPK_FUNCTIONS(F)
#undef F
    loaded = true;
}

enum err libglpk_load(struct err_info *e)
{
    pthread_once(&once, load);
    if (loaded) {
        return ERR_NONE;
    }
    (void)err_set(e, ERR_FAILED, NULL, MSG("What proves that a table is protected is not installed."),
                  MSG("Ask the administrator to install the Debian package libglpk40."), NULL);
    err_detail(e, "%s", problem);
    return ERR_FAILED;
}

const struct libglpk *glpk(void)
{
    ensure(loaded);
    return &functions;
}
