// SPDX-License-Identifier: AGPL-3.0-or-later
//
// serve_columns.c: see serve_columns.h.

#include "app/serve_columns.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "result/result_columns.h"
#include "store/store.h"

#define FOLLOW_MS 1000
#define LOOK_EVERY 30 // times of FOLLOW_MS

struct columns_keeper {
    struct store *store;
    pthread_t thread;
    int quit[2]; // a pipe that is closed to end
    atomic_bool stop;
};

// Did nobody save anything since the last look? Keeps the position for the next.
static enum err is_quiet(struct columns_keeper *k, struct arena *a, char **before, bool *quiet, struct err_info *e)
{
    struct db_read *db;
    const char *now;
    enum err err = db_reader(store_db(k->store), &db, e);
    if (err == ERR_NONE) {
        err = store_position(db, a, &now, e);
    }
    *quiet = err == ERR_NONE && *before != NULL && strcmp(*before, now) == 0;
    *before = err == ERR_NONE ? (char *)now : NULL;
    return err;
}

// Makes the file anew when it is worth it and nobody saved anything since the last look.
static enum err look(struct columns_keeper *k, struct arena *a, char **before, struct err_info *e)
{
    struct result_columns_made made;
    bool quiet, old = false;
    enum err err = is_quiet(k, a, before, &quiet, e);
    if (err == ERR_NONE && quiet) {
        err = result_columns_is_old(k->store, &old, e);
    }
    return err == ERR_NONE && old ? result_columns_write(k->store, &k->stop, &made, e) : err;
}

static void *keep(void *keeper)
{
    struct columns_keeper *k = keeper;
    struct pollfd quit = {.fd = k->quit[0], .events = POLLIN};
    struct arena *arenas[2] = {arena_new(LIMIT_PROCESS_BYTES), arena_new(LIMIT_PROCESS_BYTES)};
    char *before = NULL;
    int at = 0;
    for (int seconds = 1; poll(&quit, 1, FOLLOW_MS) == 0; seconds++) {
        struct err_info e;
        if (seconds % LOOK_EVERY != 0) {
            (void)!result_columns_follow(k->store, &e); // what is wrong is told by the next question
            continue;
        }
        at = 1 - at; // the position of the look before stands in the other
        arena_reset(arenas[at]);
        enum err err = look(k, arenas[at], &before, &e);
        if (err != ERR_NONE && !atomic_load(&k->stop)) {
            fprintf(stderr, "mainstay: the columns were not made anew: %s\n", err_name(err));
        }
    }
    arena_free(arenas[0]);
    arena_free(arenas[1]);
    return NULL;
}

struct columns_keeper *columns_keeper_start(struct arena *a, struct store *s)
{
    struct columns_keeper *k = ARENA_MAKE(a, struct columns_keeper);
    k->store = s;
    atomic_init(&k->stop, false);
    if (pipe(k->quit) != 0) {
        return NULL;
    }
    if (pthread_create(&k->thread, NULL, keep, k) != 0) {
        close(k->quit[0]);
        close(k->quit[1]);
        return NULL;
    }
    return k;
}

void columns_keeper_stop(struct columns_keeper *k)
{
    if (k == NULL) {
        return;
    }
    atomic_store(&k->stop, true);
    close(k->quit[1]);
    pthread_join(k->thread, NULL);
    close(k->quit[0]);
}
