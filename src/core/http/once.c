// SPDX-License-Identifier: AGPL-3.0-or-later
//
// once.c: see once.h. A ring: the oldest sending gives way to the newest.

#include "http/once.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#include "base/bug.h"
#include "http/session.h"

#define KEPT 256
#define KEY_LENGTH 40       // what the script makes has 32
#define LOCATION_LENGTH 600 // a longer address is not remembered

struct sending {
    char session[SESSION_HASH_LENGTH + 1];
    char key[KEY_LENGTH + 1]; // "": free
    char location[LOCATION_LENGTH + 1]; // "": still worked on
};
struct once {
    pthread_mutex_t lock;
    struct sending kept[KEPT];
    unsigned next;
};

static void close_lock(void *once)
{
    pthread_mutex_destroy(&((struct once *)once)->lock);
}

struct once *once_new(struct arena *a)
{
    struct once *o = ARENA_MAKE(a, struct once);
    pthread_mutex_init(&o->lock, NULL);
    arena_on_close(a, close_lock, o);
    return o;
}

static bool can_be_kept(const char *session, const char *key)
{
    return *key != '\0' && strlen(key) <= KEY_LENGTH && strlen(session) <= SESSION_HASH_LENGTH;
}

static struct sending *find(struct once *o, const char *session, const char *key)
{
    for (unsigned i = 0; i < KEPT; i++) {
        if (strcmp(o->kept[i].key, key) == 0 && strcmp(o->kept[i].session, session) == 0) {
            return &o->kept[i];
        }
    }
    return NULL;
}

enum once_state once_begin(struct once *o, struct arena *a, const char *session, const char *key,
                           const char **location)
{
    *location = NULL;
    if (!can_be_kept(session, key)) {
        return ONCE_FIRST;
    }
    enum once_state state = ONCE_RUNS;
    pthread_mutex_lock(&o->lock);
    struct sending *s = find(o, session, key);
    if (s == NULL) {
        s = &o->kept[o->next++ % KEPT];
        *s = (struct sending){0};
        memcpy(s->session, session, strlen(session));
        memcpy(s->key, key, strlen(key));
        state = ONCE_FIRST;
    } else if (s->location[0] != '\0') {
        *location = arena_copy(a, s->location);
        state = ONCE_DONE;
    }
    pthread_mutex_unlock(&o->lock);
    return state;
}

void once_end(struct once *o, const char *session, const char *key, const char *location)
{
    if (!can_be_kept(session, key)) {
        return;
    }
    pthread_mutex_lock(&o->lock);
    struct sending *s = find(o, session, key);
    if (s != NULL && location != NULL && strlen(location) <= LOCATION_LENGTH) {
        memcpy(s->location, location, strlen(location) + 1);
    } else if (s != NULL) {
        s->key[0] = '\0';
    }
    pthread_mutex_unlock(&o->lock);
}
