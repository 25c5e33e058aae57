// SPDX-License-Identifier: AGPL-3.0-or-later
//
// server_workers.c: threads for what may take long: forms, slow pages, everything on PostgreSQL.
//
// A loop suspends the connection and hands it over; the worker makes the reply and wakes it again. A
// suspended connection costs no thread. After replies, workers also do small notes: a session is
// alive, something was refused.

#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "http/server_parts.h"

bool workers_push(struct http_server *s, struct conn *c)
{
    struct workers *w = &s->workers;
    pthread_mutex_lock(&w->lock);
    bool taken = w->waiting < LIMIT_WAITING_REQUESTS;
    if (taken) {
        // Suspended under the lock: no worker can wake it before.
        MHD_suspend_connection(c->mhd);
        c->next_job = NULL;
        if (w->last != NULL) {
            w->last->next_job = c;
        } else {
            w->first = c;
        }
        w->last = c;
        w->waiting++;
        pthread_cond_signal(&w->wake);
    }
    pthread_mutex_unlock(&w->lock);
    return taken;
}

void workers_note(struct http_server *s, const struct note *n)
{
    struct workers *w = &s->workers;
    pthread_mutex_lock(&w->lock);
    if (w->n_notes < MAX_NOTES) {
        w->notes[(w->note_first + w->n_notes++) % MAX_NOTES] = *n;
        pthread_cond_signal(&w->wake);
    }
    pthread_mutex_unlock(&w->lock);
}

static void do_note(struct http_server *s, const struct note *n)
{
    const struct http_hooks *hooks = s->site.hooks;
    if (n->touch && hooks->touch_session != NULL) {
        hooks->touch_session(s->site.store, n->session);
    } else if (!n->touch && hooks->log_event != NULL) {
        struct actor who = {.user_id = *n->user_id == '\0' ? NULL : n->user_id, .name = n->name};
        hooks->log_event(s->site.store, &who, n->what, n->about);
    }
}

static void *work(void *server)
{
    struct http_server *s = server;
    struct workers *w = &s->workers;
    pthread_mutex_lock(&w->lock);
    for (;;) {
        while (w->first == NULL && w->n_notes == 0 && !w->quit) {
            pthread_cond_wait(&w->wake, &w->lock);
        }
        if (w->first != NULL) {
            struct conn *c = w->first;
            w->first = c->next_job;
            w->last = w->first == NULL ? NULL : w->last;
            w->waiting--;
            pthread_mutex_unlock(&w->lock);
            exchange_run(c->x);
            MHD_resume_connection(c->mhd);
            pthread_mutex_lock(&w->lock);
        } else if (w->n_notes > 0) {
            struct note n = w->notes[w->note_first];
            w->note_first = (w->note_first + 1) % MAX_NOTES;
            w->n_notes--;
            pthread_mutex_unlock(&w->lock);
            do_note(s, &n);
            pthread_mutex_lock(&w->lock);
        } else {
            break;
        }
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

void workers_start(struct http_server *s, int n)
{
    struct workers *w = &s->workers;
    ensure(n > 0 && n <= (int)COUNT_OF(w->threads));
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->wake, NULL);
    for (w->n = 0; w->n < n; w->n++) {
        if (pthread_create(&w->threads[w->n], NULL, work, s) != 0) {
            bug("no thread for a worker");
        }
    }
}

void workers_stop(struct http_server *s)
{
    struct workers *w = &s->workers;
    pthread_mutex_lock(&w->lock);
    w->quit = true;
    pthread_cond_broadcast(&w->wake);
    pthread_mutex_unlock(&w->lock);
    for (int i = 0; i < w->n; i++) {
        pthread_join(w->threads[i], NULL);
    }
    pthread_cond_destroy(&w->wake);
    pthread_mutex_destroy(&w->lock);
}
