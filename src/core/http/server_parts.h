// SPDX-License-Identifier: AGPL-3.0-or-later
//
// server_parts.h: what the files of the server share. Nobody else includes it.
//
// A connection is a slot in a fixed table. Its state is written by the thread that works on it and
// read by the watchdog. A request holds an arena from its first call until its reply was sent, so the
// reply is sent from there without a copy.

#ifndef HTTP_SERVER_PARTS_H
#define HTTP_SERVER_PARTS_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "base/limits.h"
#include "http/dispatch.h"
#include "http/server.h"

enum conn_state {
    CONN_FREE,
    CONN_HEAD,  // waits for the first head
    CONN_IDLE,  // kept alive, waits for the next head
    CONN_BODY,  // body is coming in
    CONN_RUN,   // a loop or a worker makes the reply
    CONN_SEND,  // reply is going out
};

struct conn {
    struct http_server *server;
    struct conn *next_free;
    struct conn *next_job;
    struct MHD_Connection *mhd;
    int fd;
    atomic_int state;
    atomic_llong since_ms; // of the state
    atomic_llong moved_ms; // when the last part of a body came
    atomic_size_t got;     // bytes of the body so far
    atomic_size_t to_send; // bytes of the reply
    bool was_shut;         // by the watchdog; under conns_lock
    // of the request
    struct MHD_Response *shared; // a reply made once for all, or NULL
    struct exchange *x;          // NULL for those
    struct arena *arena;
    size_t body_cap;
    bool lost_body; // it was read and thrown away: too much at once
    const char *method; // for the log
    const char *pattern;
    int status;
    long long begun_ms;
};

// Something to do after a reply, in a worker.
struct note {
    bool touch;        // else: log a refusal
    char session[SESSION_HASH_LENGTH + 1];
    char user_id[40];
    char name[120];
    const char *what;  // literal
    const char *about; // pattern of a route
};
#define MAX_NOTES 128

struct workers {
    pthread_t threads[64];
    int n;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct conn *first, *last;
    size_t waiting;
    struct note notes[MAX_NOTES];
    size_t note_first, n_notes;
    bool quit;
};

#define MAX_KEPT_ARENAS 64

struct asset_responses {
    struct MHD_Response *full[2][2]; // [gzip][kept for a year]
    struct MHD_Response *unchanged;  // 304
};

struct http_server {
    struct arena *arena;
    struct site site;
    const char *address;
    bool log;
    struct MHD_Daemon *daemon;
    atomic_bool stopping;
    // connections
    pthread_mutex_t conns_lock;
    struct conn *conns;
    size_t n_conns, n_open;
    struct conn *free_conns;
    pthread_t watchdog;
    int quit_pipe[2]; // a byte in it ends the watchdog
    // requests
    pthread_mutex_t arenas_lock;
    struct arena *arenas[MAX_KEPT_ARENAS];
    int n_arenas;
    atomic_size_t body_bytes; // of all bodies held
    struct workers workers;
    // replies made once
    pthread_mutex_t assets_lock;
    struct asset_responses *assets;
    struct MHD_Response *health;
};

// server_conns.c
void conns_start(struct http_server *s);
void conns_stop(struct http_server *s);
// Ends connections that are too slow; gives the number of open ones.
size_t conns_shut_slow(struct http_server *s);
struct conn *conn_take(struct http_server *s, struct MHD_Connection *mhd, int fd); // NULL: none left
void conn_give_back(struct conn *c);
void conn_enter(struct conn *c, enum conn_state state);

// server_workers.c
void workers_start(struct http_server *s, int n);
void workers_stop(struct http_server *s); // after all that waits was done
bool workers_push(struct http_server *s, struct conn *c); // false: too many wait
void workers_note(struct http_server *s, const struct note *n); // dropped when too many wait

// server_reply.c
struct MHD_Response *reply_make(struct http_server *s, const struct exchange *x);
struct MHD_Response *asset_reply(struct http_server *s, struct MHD_Connection *mhd,
                                 const char *path, int *status); // NULL: no such asset
void replies_start(struct http_server *s);
void replies_stop(struct http_server *s);

// server_listen.c
// A listening socket for an address; *only_loopback says what it is bound to.
MUST_CHECK enum err listen_open(struct arena *a, const char *address, int *fd, const char **url,
                                bool *only_loopback, struct err_info *e);

// ---- server_client.c
// Network address of the browser, as text. Behind a proxy of ours: the last one of X-Forwarded-For,
// which is the one the proxy wrote. "" when it cannot be told.
const char *client_address(struct arena *a, struct MHD_Connection *mhd, bool behind_proxy);

#endif
