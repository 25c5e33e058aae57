// SPDX-License-Identifier: AGPL-3.0-or-later
//
// libpq.c: see libpq.h.

#include "db/libpq.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/bug.h"

static struct libpq functions;
static bool loaded;
static char problem[200];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
    void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        snprintf(problem, sizeof problem, "%s", dlerror());
        return;
    }
#define F(name)                                                                                    \
    *(void **)&functions.name = dlsym(library, #name);                                             \
    if (functions.name == NULL) {                                                                  \
        snprintf(problem, sizeof problem, "libpq.so.5 lacks %s", #name);                           \
        return;                                                                                    \
    }
    LIBPQ_FUNCTIONS(F)
#undef F
    loaded = true;
}

const struct libpq *libpq_load(struct err_info *e)
{
    pthread_once(&once, load);
    if (!loaded) {
        err_set(e, ERR_FAILED, NULL, MSG("The program that talks to PostgreSQL is not installed."),
                MSG("Install the Debian package libpq5."), (char *)NULL);
        err_detail(e, "%s", problem);
        return NULL;
    }
    return &functions;
}

const struct libpq *libpq(void)
{
    ensure(loaded);
    return &functions;
}
