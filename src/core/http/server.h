// SPDX-License-Identifier: AGPL-3.0-or-later
//
// server.h: the web server: libmicrohttpd loops, a pool of workers, a watchdog for slow clients.

#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "http/hooks.h"
#include "http/http.h"

struct http_server;

struct http_config {
    const char *listen;     // "127.0.0.1:8080", "[::1]:0" (0: any free port), "localhost:8080"
    const char *public_url; // address people use when a proxy stands before us, or NULL
    int loops;              // threads that read and write connections; 0: 2
    int workers;            // threads for forms and slow pages; 0: 4
    struct store *store;    // stays the caller's; NULL only in tests
    const struct http_hooks *hooks; // must live as long as the server
    const struct route *const *routes; // NULL: all routes of the program
    size_t n_routes;
    bool sample; // the workspace is a demonstration: pages and files say so
    bool log; // one line per request on standard error: method, pattern, status, ms, bytes
};

// Starts to answer. ERR_INPUT: the listen or public address is wrong; ERR_FAILED: it cannot be
// listened on. Signals should be blocked before, so that the threads inherit that.
MUST_CHECK enum err http_server_start(const struct http_config *config, struct http_server **out,
                                      struct err_info *e);
// "http://127.0.0.1:8080", with the port that was taken.
const char *http_server_address(const struct http_server *s);
// Takes no new connections, finishes what was begun (at most 10 s for slow clients), ends all
// threads, frees everything.
void http_server_stop(struct http_server *s);

#endif
