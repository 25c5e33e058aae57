// SPDX-License-Identifier: AGPL-3.0-or-later
//
// server.c: see server.h. Here: what libmicrohttpd calls for each connection and request, start and
// stop. docs/core/http.md follows one request through these files.

#include "http/server.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/bug.h"
#include "http/server_parts.h"
#include "os/clock.h"
#include "os/random.h"

#define DEFAULT_LOOPS 2
#define DEFAULT_WORKERS 4
// Memory libmicrohttpd keeps per connection: the head and what is being read. Our own ceiling for the
// head is half of it, so that the refusal is ours and carries our head lines.
#define CONNECTION_BYTES ((size_t)2 * LIMIT_HEADER_BYTES)
// Silence after which libmicrohttpd itself ends a connection; the watchdog is earlier.
#define SILENCE_S 120u
#define STOP_MS 10000
#define FIRST_BODY_BYTES ((size_t)64 * 1024)

// ---- arenas of requests -------------------------------------------------------------------------

static struct arena *arena_take(struct http_server *s)
{
    pthread_mutex_lock(&s->arenas_lock);
    struct arena *a = s->n_arenas > 0 ? s->arenas[--s->n_arenas] : NULL;
    pthread_mutex_unlock(&s->arenas_lock);
    return a != NULL ? a : arena_new(LIMIT_REQUEST_BYTES);
}

static void arena_give_back(struct http_server *s, struct arena *a)
{
    arena_reset(a);
    pthread_mutex_lock(&s->arenas_lock);
    bool kept = s->n_arenas < MAX_KEPT_ARENAS;
    if (kept) {
        s->arenas[s->n_arenas++] = a;
    }
    pthread_mutex_unlock(&s->arenas_lock);
    if (!kept) {
        arena_free(a);
    }
}

// ---- head of a request --------------------------------------------------------------------------

struct pairs {
    struct pair *list;
    size_t n;
    size_t cap;
};

static enum MHD_Result add_pair(void *cls, enum MHD_ValueKind kind, const char *name,
                                const char *value)
{
    struct pairs *p = cls;
    (void)kind;
    if (p->n == p->cap) {
        return MHD_NO;
    }
    p->list[p->n++] = (struct pair){name, value == NULL ? "" : value};
    return MHD_YES;
}

// One more than the ceiling, so that the dispatcher sees that it was passed.
static void collect(struct arena *a, struct MHD_Connection *mhd, enum MHD_ValueKind kind, size_t max,
                    const struct pair **out, size_t *n)
{
    int count = MHD_get_connection_values(mhd, kind, NULL, NULL);
    struct pairs p = {.cap = (size_t)count < max + 1 ? (size_t)count : max + 1};
    p.list = ARENA_ARRAY(a, struct pair, p.cap);
    MHD_get_connection_values(mhd, kind, add_pair, &p);
    *out = p.list;
    *n = p.n;
}

static void begin(struct conn *c, const char *method, const char *path)
{
    struct http_server *s = c->server;
    c->arena = arena_take(s);
    c->x = ARENA_MAKE(c->arena, struct exchange);
    c->x->arena = c->arena;
    c->x->site = &s->site;
    c->x->method = method;
    c->x->path = path;
    collect(c->arena, c->mhd, MHD_HEADER_KIND, LIMIT_HEADERS, &c->x->headers, &c->x->n_headers);
    collect(c->arena, c->mhd, MHD_GET_ARGUMENT_KIND, LIMIT_FORM_FIELDS, &c->x->query,
            &c->x->n_query);
    c->x->client = client_address(c->arena, c->mhd, s->site.host != NULL);
    exchange_open(c->x);
    c->pattern = c->x->req.route != NULL ? c->x->req.route->path : "-";
}

// ---- body ---------------------------------------------------------------------------------------

// Grows with what has arrived, not with what was announced: announcing is free.
static void add_body(struct conn *c, const char *bytes, size_t len)
{
    struct exchange *x = c->x;
    size_t got = atomic_load(&c->got);
    if (c->lost_body || len > x->body_len - got) {
        c->lost_body = true;
        return;
    }
    if (got + len + 1 > c->body_cap) {
        size_t cap = c->body_cap == 0 ? FIRST_BODY_BYTES : c->body_cap;
        while (cap < got + len + 1) {
            cap *= 2;
        }
        cap = cap < x->body_len + 1 ? cap : x->body_len + 1;
        size_t all = atomic_fetch_add(&c->server->body_bytes, cap - c->body_cap) + cap;
        char *body = NULL;
        if (all <= LIMIT_BODIES_BYTES) {
            body = arena_alloc(c->arena, cap);
            if (got > 0) {
                memcpy(body, x->body, got);
            }
        }
        c->body_cap = cap;
        x->body = body;
        c->lost_body = body == NULL;
    }
    if (!c->lost_body) {
        memcpy(x->body + got, bytes, len);
        atomic_store(&c->got, got + len);
        atomic_store(&c->moved_ms, clock_steady_ms());
    }
}

// ---- reply --------------------------------------------------------------------------------------

static void note_after(struct conn *c)
{
    struct exchange *x = c->x;
    const struct req *r = &x->req;
    if (x->touch != NULL) {
        struct note n = {.touch = true};
        snprintf(n.session, sizeof n.session, "%s", x->touch);
        workers_note(c->server, &n);
    }
    // Refusals of people we know: those of strangers would let anybody fill the log.
    if (x->refused != NULL && r->who != NULL) {
        struct actor who = req_actor(r);
        struct note n = {.what = x->refused, .about = c->pattern};
        snprintf(n.user_id, sizeof n.user_id, "%s", who.user_id == NULL ? "" : who.user_id);
        snprintf(n.name, sizeof n.name, "%s", who.name);
        workers_note(c->server, &n);
    }
    if (x->failed.code != ERR_NONE && x->reply.status >= 500) {
        fprintf(stderr, "mainstay: %s %s: %s %s\n", x->method, c->pattern,
                err_text(x->arena, &lang_en, &x->failed), x->failed.detail);
    }
}

static enum MHD_Result queue(struct conn *c)
{
    struct exchange *x = c->x;
    if (c->shared != NULL) {
        conn_enter(c, CONN_SEND);
        return MHD_queue_response(c->mhd, (unsigned)c->status, c->shared);
    }
    note_after(c);
    struct MHD_Response *r = reply_make(c->server, x);
    c->status = x->reply.status;
    atomic_store(&c->to_send, x->reply.body.len);
    conn_enter(c, CONN_SEND);
    enum MHD_Result result = MHD_queue_response(c->mhd, (unsigned)x->reply.status, r);
    MHD_destroy_response(r);
    return result;
}

// Finds a reply that is made once for all.
static void find_shared(struct conn *c, const char *method, const char *path)
{
    struct http_server *s = c->server;
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0) {
        return;
    }
    c->status = 200;
    if (strcmp(path, "/healthz") == 0) {
        c->pattern = "/healthz";
        c->shared = s->health;
    } else if (strncmp(path, "/assets/", 8) == 0) {
        c->pattern = "/assets/";
        c->shared = asset_reply(s, c->mhd, path, &c->status);
    }
}

// ---- calls of libmicrohttpd ---------------------------------------------------------------------

static void on_connection(void *cls, struct MHD_Connection *mhd, void **socket_context,
                          enum MHD_ConnectionNotificationCode what)
{
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
        *socket_context = conn_take(cls, mhd, info->connect_fd);
    } else if (*socket_context != NULL) {
        conn_give_back(*socket_context);
        *socket_context = NULL;
    }
}

static bool announces_body(const struct exchange *x)
{
    return *req_header(&x->req, "Content-Length") != '\0' ||
           *req_header(&x->req, "Transfer-Encoding") != '\0';
}

// A reply given in the first call refuses the body and ends the connection, so it is given here only
// to requests that announced one.
static enum MHD_Result first_call(struct conn *c, const char *method, const char *path)
{
    c->x = NULL;
    c->shared = NULL;
    c->arena = NULL;
    c->body_cap = 0;
    c->lost_body = false;
    c->method = method;
    c->pattern = "-";
    c->begun_ms = clock_steady_ms();
    atomic_store(&c->got, 0);
    atomic_store(&c->to_send, 0);
    find_shared(c, method, path);
    if (c->shared == NULL) {
        begin(c, method, path);
        if (c->x->answered && announces_body(c->x)) {
            return queue(c);
        }
    }
    conn_enter(c, c->x != NULL && c->x->body_len > 0 ? CONN_BODY : CONN_RUN);
    return MHD_YES;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *mhd, const char *url,
                                  const char *method, const char *version, const char *upload_data,
                                  size_t *upload_data_size, void **request)
{
    (void)cls;
    (void)version;
    struct conn *c = *request;
    if (c == NULL) {
        c = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
        if (c == NULL) {
            return MHD_NO;
        }
        *request = c;
        return first_call(c, method, url);
    }
    if (*upload_data_size > 0) {
        if (c->x != NULL && !c->x->answered) {
            add_body(c, upload_data, *upload_data_size);
        }
        *upload_data_size = 0;
        return MHD_YES;
    }
    if (c->shared != NULL || c->x->answered) {
        return queue(c);
    }
    conn_enter(c, CONN_RUN);
    if (c->lost_body || atomic_load(&c->got) != c->x->body_len) {
        exchange_busy(c->x);
    } else if (!exchange_is_slow(c->x)) {
        exchange_run(c->x);
    } else if (workers_push(c->server, c)) {
        return MHD_YES;
    } else {
        exchange_busy(c->x);
    }
    return queue(c);
}

static void on_completed(void *cls, struct MHD_Connection *mhd, void **request,
                         enum MHD_RequestTerminationCode how)
{
    struct http_server *s = cls;
    struct conn *c = *request;
    (void)mhd;
    if (c == NULL) {
        return;
    }
    *request = NULL;
    if (s->log) {
        fprintf(stderr, "%s %s %d %lld ms %zu bytes%s\n", c->method, c->pattern, c->status,
                clock_steady_ms() - c->begun_ms, atomic_load(&c->to_send),
                how == MHD_REQUEST_TERMINATED_COMPLETED_OK ? "" : " (cut off)");
    }
    if (c->arena != NULL) {
        atomic_fetch_sub(&s->body_bytes, c->body_cap);
        arena_give_back(s, c->arena);
        c->arena = NULL;
        c->x = NULL;
    }
    conn_enter(c, CONN_IDLE);
}

// Paths and queries come to us as they were sent; url.c decodes them strictly.
static size_t keep_escapes(void *cls, struct MHD_Connection *mhd, char *text)
{
    (void)cls;
    (void)mhd;
    return strlen(text);
}

static void no_log(void *cls, const char *format, va_list args)
{
    (void)cls;
    (void)format;
    (void)args;
}

// ---- start and stop -----------------------------------------------------------------------------

// Host of the public address, and whether it is https.
static enum err read_public_url(struct http_server *s, const char *url, struct err_info *e)
{
    if (url == NULL) {
        return ERR_NONE;
    }
    s->site.secure = strncmp(url, "https://", 8) == 0;
    const char *host = s->site.secure                     ? url + 8
                       : strncmp(url, "http://", 7) == 0 ? url + 7
                                                          : "";
    size_t len = strcspn(host, ":/");
    if (len == 0) {
        return err_set(e, ERR_INPUT, "--public", MSG("{0} is not an address people can use."),
                       MSG("Write it as https://mainstay.example.org."), url, NULL);
    }
    s->site.host = arena_copy_n(s->arena, host, len);
    return ERR_NONE;
}

// Room for all connections, and for the files of the store.
static void raise_file_limit(void)
{
    struct rlimit limit;
    rlim_t wanted = LIMIT_CONNECTIONS + 512;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < wanted) {
        limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
        (void)setrlimit(RLIMIT_NOFILE, &limit); // without it fewer can connect at once
    }
}

static bool start_daemon(struct http_server *s, int fd, int loops)
{
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    struct MHD_OptionItem pool[] = {
        {MHD_OPTION_THREAD_POOL_SIZE, loops, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    s->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, on_request, s,
        MHD_OPTION_EXTERNAL_LOGGER, no_log, NULL,
        MHD_OPTION_LISTEN_SOCKET, fd,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)LIMIT_CONNECTIONS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_BYTES,
        MHD_OPTION_CONNECTION_TIMEOUT, SILENCE_S,
        MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, s,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, s,
        MHD_OPTION_ARRAY, loops > 1 ? pool : pool + 1,
        MHD_OPTION_END);
    return s->daemon != NULL;
}

static void set_up_site(struct http_server *s, const struct http_config *config)
{
    const struct route *const *routes = config->routes;
    size_t n = config->n_routes;
    if (routes == NULL) {
        routes = route_all(&n);
    }
    const char *fault = route_check(s->arena, routes, n);
    if (fault != NULL) {
        bug(fault);
    }
    s->site.routes = route_table_new(s->arena, routes, n);
    s->site.store = config->store;
    s->site.hooks = config->hooks;
    s->site.once = once_new(s->arena);
    s->site.sample = config->sample;
    s->log = config->log;
    random_bytes(s->site.key, sizeof s->site.key);
}

enum err http_server_start(const struct http_config *config, struct http_server **out,
                           struct err_info *e)
{
    if (sodium_init() < 0) {
        bug("libsodium does not start");
    }
    raise_file_limit();
    struct arena *a = arena_new(LIMIT_PROCESS_BYTES);
    struct http_server *s = ARENA_MAKE(a, struct http_server);
    int fd = -1;
    s->arena = a;
    enum err err = read_public_url(s, config->public_url, e);
    if (err == ERR_NONE) {
        err = listen_open(a, config->listen, &fd, &s->address, &s->site.only_loopback, e);
    }
    if (err != ERR_NONE) {
        arena_free(a);
        return err;
    }
    set_up_site(s, config);
    pthread_mutex_init(&s->arenas_lock, NULL);
    replies_start(s);
    conns_start(s);
    workers_start(s, config->workers > 0 ? config->workers : DEFAULT_WORKERS);
    if (!start_daemon(s, fd, config->loops > 0 ? config->loops : DEFAULT_LOOPS)) {
        bug("libmicrohttpd does not start");
    }
    *out = s;
    return ERR_NONE;
}

const char *http_server_address(const struct http_server *s)
{
    return s->address;
}

void http_server_stop(struct http_server *s)
{
    // Closed at once: else new clients hang in its queue.
    int fd = MHD_quiesce_daemon(s->daemon);
    if (fd >= 0) {
        close(fd);
    }
    atomic_store(&s->stopping, true);
    long long until = clock_steady_ms() + STOP_MS;
    while (conns_shut_slow(s) > 0 && clock_steady_ms() < until) {
        nanosleep(&(struct timespec){.tv_nsec = 10 * 1000000L}, NULL);
    }
    workers_stop(s); // every suspended connection was resumed
    MHD_stop_daemon(s->daemon);
    conns_stop(s);
    replies_stop(s);
    for (int i = 0; i < s->n_arenas; i++) {
        arena_free(s->arenas[i]);
    }
    pthread_mutex_destroy(&s->arenas_lock);
    sodium_memzero(s->site.key, sizeof s->site.key);
    arena_free(s->arena);
}
