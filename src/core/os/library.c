// SPDX-License-Identifier: AGPL-3.0-or-later
//
// library.c: see library.h. Used by core/db (libpq), core/solve (GLPK) and format/xlsx (libxlsxwriter).

#include "os/library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

#include "base/bug.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; // of all libraries: each is loaded once

static enum err load(struct library *l, const char *text, const char *hint, struct err_info *e)
{
    void *library = dlopen(l->file, RTLD_NOW | RTLD_LOCAL);
    const char *problem = library == NULL ? dlerror() : NULL;
    for (size_t i = 0; problem == NULL && l->names[i] != NULL; i++) {
        void *function = dlsym(library, l->names[i]);
        problem = function == NULL ? dlerror() : NULL;
        memcpy((char *)l->functions + i * sizeof function, &function, sizeof function);
    }
    l->loaded = problem == NULL;
    if (l->loaded) {
        return ERR_NONE;
    }
    (void)err_set(e, ERR_FAILED, NULL, text, hint, NULL);
    err_detail(e, "%s", problem);
    return ERR_FAILED;
}

enum err library_load(struct library *l, const char *text, const char *hint, struct err_info *e)
{
    pthread_mutex_lock(&lock);
    enum err err = l->loaded ? ERR_NONE : load(l, text, hint, e);
    pthread_mutex_unlock(&lock);
    return err;
}

const void *library_functions(const struct library *l)
{
    ensure(l->loaded);
    return l->functions;
}
