// SPDX-License-Identifier: AGPL-3.0-or-later
//
// server_conns.c: the table of connections, and the watchdog that ends slow ones.
//
// libmicrohttpd ends a connection only when nothing at all arrives; a client that sends a byte every
// few seconds would hold its place for ever. The watchdog looks at all connections twice a second and
// shuts the socket of those that took too long; libmicrohttpd then sees its end and cleans up. When
// most places are taken the limits become tight, so that people get in.

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/bug.h"
#include "http/server_parts.h"
#include "os/clock.h"

#define TICK_MS 500
// Milliseconds for a head; for the next request on a kept connection.
#define HEAD_MS 5000
#define IDLE_MS 60000
// A body and a reply may take this long before their rate counts, then bytes per second: a poor
// mobile line still does 2 KB/s.
#define GRACE_MS 20000
#define MIN_RATE 1024
// Silence within a body. A client that went away in the middle is not always noticed otherwise:
// libmicrohttpd 0.9.75 waits for another event after a short read, and the end was part of the last.
#define SILENT_BODY_MS 15000
#define STOP_SILENT_BODY_MS 1000
// The same when three quarters of the places are taken.
#define PRESSED_HEAD_MS 2000
#define PRESSED_IDLE_MS 1000
#define PRESSED_GRACE_MS 5000
#define PRESSED_RATE (16 * 1024)

void conn_enter(struct conn *c, enum conn_state state)
{
    long long now = clock_steady_ms();
    atomic_store_explicit(&c->since_ms, now, memory_order_relaxed);
    atomic_store_explicit(&c->moved_ms, now, memory_order_relaxed);
    atomic_store_explicit(&c->state, state, memory_order_relaxed);
}

struct conn *conn_take(struct http_server *s, struct MHD_Connection *mhd, int fd)
{
    pthread_mutex_lock(&s->conns_lock);
    struct conn *c = s->free_conns;
    if (c != NULL) {
        s->free_conns = c->next_free;
        s->n_open++;
        c->mhd = mhd;
        c->fd = fd;
        c->was_shut = false;
        conn_enter(c, CONN_HEAD);
    }
    pthread_mutex_unlock(&s->conns_lock);
    return c;
}

void conn_give_back(struct conn *c)
{
    struct http_server *s = c->server;
    pthread_mutex_lock(&s->conns_lock);
    atomic_store(&c->state, CONN_FREE);
    c->next_free = s->free_conns;
    s->free_conns = c;
    s->n_open--;
    pthread_mutex_unlock(&s->conns_lock);
}

static bool is_too_slow(const struct conn *c, long long now, bool pressed, bool stopping)
{
    long long ms = now - atomic_load_explicit(&c->since_ms, memory_order_relaxed);
    long long grace = pressed ? PRESSED_GRACE_MS : GRACE_MS;
    long long rate = pressed ? PRESSED_RATE : MIN_RATE;
    switch ((enum conn_state)atomic_load_explicit(&c->state, memory_order_relaxed)) {
    case CONN_HEAD:
        return ms > (pressed || stopping ? PRESSED_HEAD_MS : HEAD_MS);
    case CONN_IDLE:
        return stopping || ms > (pressed ? PRESSED_IDLE_MS : IDLE_MS);
    case CONN_BODY:
        if (now - atomic_load(&c->moved_ms) > (stopping ? STOP_SILENT_BODY_MS : SILENT_BODY_MS)) {
            return true;
        }
        return ms > grace && (long long)atomic_load(&c->got) < (ms - grace) * rate / 1000;
    case CONN_SEND:
        return ms > grace + (long long)atomic_load(&c->to_send) * 1000 / rate;
    case CONN_FREE:
    case CONN_RUN:
        return false;
    }
    return false;
}

// Holding the lock keeps libmicrohttpd from closing the socket meanwhile, so its number cannot have
// passed to another connection.
size_t conns_shut_slow(struct http_server *s)
{
    pthread_mutex_lock(&s->conns_lock);
    long long now = clock_steady_ms();
    bool pressed = s->n_open > s->n_conns / 4 * 3;
    bool stopping = atomic_load(&s->stopping);
    for (size_t i = 0; i < s->n_conns; i++) {
        struct conn *c = &s->conns[i];
        if (!c->was_shut && is_too_slow(c, now, pressed, stopping)) {
            shutdown(c->fd, SHUT_RDWR);
            c->was_shut = true;
        }
    }
    size_t n_open = s->n_open;
    pthread_mutex_unlock(&s->conns_lock);
    return n_open;
}

static void *watch(void *server)
{
    struct http_server *s = server;
    struct pollfd quit = {.fd = s->quit_pipe[0], .events = POLLIN};
    while (poll(&quit, 1, TICK_MS) <= 0) {
        (void)conns_shut_slow(s);
    }
    return NULL;
}

void conns_start(struct http_server *s)
{
    s->n_conns = LIMIT_CONNECTIONS;
    s->conns = ARENA_ARRAY(s->arena, struct conn, s->n_conns);
    for (size_t i = 0; i < s->n_conns; i++) {
        s->conns[i].server = s;
        s->conns[i].next_free = s->free_conns;
        s->free_conns = &s->conns[i];
    }
    pthread_mutex_init(&s->conns_lock, NULL);
    if (pipe(s->quit_pipe) != 0 || fcntl(s->quit_pipe[0], F_SETFD, FD_CLOEXEC) != 0 ||
        fcntl(s->quit_pipe[1], F_SETFD, FD_CLOEXEC) != 0) {
        bug("no pipe for the watchdog");
    }
    if (pthread_create(&s->watchdog, NULL, watch, s) != 0) {
        bug("no thread for the watchdog");
    }
}

void conns_stop(struct http_server *s)
{
    if (write(s->quit_pipe[1], "q", 1) != 1) {
        bug("the watchdog cannot be told to end");
    }
    pthread_join(s->watchdog, NULL);
    close(s->quit_pipe[0]);
    close(s->quit_pipe[1]);
    pthread_mutex_destroy(&s->conns_lock);
}
