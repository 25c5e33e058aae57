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

#define GATHER_MS 20   // after a save, so that many saves are read together
#define WAIT_MS 1000   // where nobody saves here: with PostgreSQL another server may
#define LOOK_EVERY 30  // times of WAIT_MS

struct columns_keeper {
    struct store *store;
    pthread_t thread;
    int quit[2];  // a pipe that is closed to end
    int saved[2]; // one in which there is a byte when something was saved
    atomic_bool stop, told;
};

// Of store_when_saved: at most one byte waits in the pipe, so writing never does.
static void note_saved(void *keeper)
{
    struct columns_keeper *k = keeper;
    if (!atomic_exchange(&k->told, true)) {
        (void)!write(k->saved[1], "", 1);
    }
}

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

// What is wrong is told by the next question.
static void follow(struct columns_keeper *k)
{
    struct err_info ignored;
    (void)!result_columns_follow(k->store, &ignored);
}

enum awaited { AWAITED_QUIT, AWAITED_SAVE, AWAITED_NOTHING };

static enum awaited await(struct columns_keeper *k)
{
    struct pollfd fds[2] = {{.fd = k->quit[0], .events = POLLIN}, {.fd = k->saved[0], .events = POLLIN}};
    char byte;
    int n = poll(fds, 2, WAIT_MS);
    if (n <= 0) { // or a signal came
        return AWAITED_NOTHING;
    }
    if (fds[0].revents != 0 || poll(fds, 1, GATHER_MS) != 0 || read(k->saved[0], &byte, 1) != 1) {
        return AWAITED_QUIT;
    }
    atomic_store(&k->told, false); // what is saved from here on is told again
    return AWAITED_SAVE;
}

static void *keep(void *keeper)
{
    struct columns_keeper *k = keeper;
    struct arena *arenas[2] = {arena_new(LIMIT_PROCESS_BYTES), arena_new(LIMIT_PROCESS_BYTES)};
    char *before = NULL;
    int at = 0, waits = 0;
    for (enum awaited what; (what = await(k)) != AWAITED_QUIT;) {
        struct err_info e;
        follow(k);
        waits += what == AWAITED_NOTHING ? 1 : 0;
        if (what == AWAITED_SAVE || waits % LOOK_EVERY != 0) {
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

static void close_pipe(const int ends[2])
{
    close(ends[0]);
    close(ends[1]);
}

struct columns_keeper *columns_keeper_start(struct arena *a, struct store *s)
{
    struct columns_keeper *k = ARENA_MAKE(a, struct columns_keeper);
    k->store = s;
    atomic_init(&k->stop, false);
    atomic_init(&k->told, false);
    if (pipe(k->quit) != 0) {
        return NULL;
    }
    if (pipe(k->saved) != 0) {
        close_pipe(k->quit);
        return NULL;
    }
    if (pthread_create(&k->thread, NULL, keep, k) != 0) {
        close_pipe(k->quit);
        close_pipe(k->saved);
        return NULL;
    }
    store_when_saved(s, note_saved, k);
    return k;
}

void columns_keeper_stop(struct columns_keeper *k)
{
    if (k == NULL) {
        return;
    }
    store_when_saved(k->store, NULL, NULL);
    atomic_store(&k->stop, true);
    close(k->quit[1]);
    pthread_join(k->thread, NULL);
    close(k->quit[0]);
    close_pipe(k->saved);
}
