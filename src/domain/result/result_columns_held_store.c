// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_columns_held_store.c: the file of columns as a process holds it, and whether it is worth making anew. See
// result_columns_store_private.h.

#include "result/result_columns_store_private.h"

#include <stdio.h>

#include "base/bug.h"
#include "base/limits.h"
#include "result/result.h"

const char *const held_watched[] = {"observation", "observation_part", NULL};

static void held_free(struct held *h)
{
    pthread_mutex_destroy(&h->lock);
    columns_close(h->file);
    arena_free(h->positions[0]);
    arena_free(h->positions[1]);
    arena_free(h->arena);
}

static void held_close(void *thing)
{
    struct held *h = thing;
    pthread_mutex_lock(&h->lock);
    h->dropped = true;
    bool last = h->users == 0;
    pthread_mutex_unlock(&h->lock);
    if (last) {
        held_free(h);
    }
}

void held_drop(struct store_beside *b)
{
    struct held *h = b->thing;
    b->thing = NULL;
    if (h != NULL) {
        held_close(h);
    }
}

void result_columns_drop_held(struct store *s)
{
    struct store_beside *b = store_beside(s);
    pthread_mutex_lock(&b->lock);
    held_drop(b);
    b->told = false;
    pthread_mutex_unlock(&b->lock);
}

void held_use(struct held *h)
{
    h->users++;
}

void held_give_back(struct held *h)
{
    pthread_mutex_lock(&h->lock);
    h->users--;
    bool last = h->dropped && h->users == 0;
    pthread_mutex_unlock(&h->lock);
    if (last) {
        held_free(h);
    }
}

void held_say(struct store_beside *b, const char *why)
{
    if (!b->told) {
        fprintf(stderr, "mainstay: the columns are not used: %s\n", why);
        b->told = true;
    }
}

void held_open(struct store *s, struct store_beside *b)
{
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct err_info why;
    struct columns *file;
    enum err err = columns_open(result_columns_path(a, s), &result_columns_shape, &file, &why);
    if (err != ERR_NONE) {
        arena_free(a);
        if (err != ERR_NOT_FOUND) {
            held_say(b, "the file is damaged or of another program; “mainstay columns” makes it anew");
        }
        return;
    }
    struct held *h = ARENA_MAKE(a, struct held);
    *h = (struct held){.file = file, .arena = a, .position = columns_position(file)};
    h->positions[0] = arena_new(LIMIT_PROCESS_BYTES);
    h->positions[1] = arena_new(LIMIT_PROCESS_BYTES);
    ensure(pthread_mutex_init(&h->lock, NULL) == 0);
    map_init(&h->touched, a);
    for (unsigned k = 0; k < WORD_KINDS; k++) {
        h->words[k].texts = columns_words(file, k, &h->words[k].n);
        map_init(&h->words[k].numbers, a);
    }
    b->thing = h;
    b->close = held_close;
}

// ---- is it worth making ---------------------------------------------------------------------------------------------

static enum err no_change(void *context, const struct change *c, struct err_info *e)
{
    (void)context;
    (void)c;
    (void)e;
    return ERR_NONE;
}

enum err result_columns_is_old(struct store *s, bool *old, struct err_info *e)
{
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct err_info why;
    struct columns *file = NULL;
    struct db_read *db;
    int64_t n = 0;
    enum err err = db_reader(store_db(s), &db, e);
    *old = false;
    if (err == ERR_NONE && columns_open(result_columns_path(a, s), &result_columns_shape, &file, &why) != ERR_NONE) {
        err = store_count(db, a, &entity_observation, NULL, &n, e);
        *old = err == ERR_NONE && n >= RESULT_COLUMNS_WORTH;
    } else if (err == ERR_NONE) {
        struct store_since since;
        err = store_since(db, a, columns_position(file), held_watched, 0, no_change, NULL, &since, e);
        *old = err == ERR_NONE && (since.follows != FOLLOWS || since.n >= RESULT_COLUMNS_RENEW_CHANGES);
    }
    columns_close(file);
    arena_free(a);
    return err;
}
