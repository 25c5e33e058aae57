// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dispatch.h: from a request to a reply, without a network: server.c feeds it, tests feed it.
//
// Two steps. exchange_open looks only at the head of the request: host, address, method, origin, size
// of the body. exchange_run does the rest, in this order: session, programme, right, body, form
// token, record, fields, handler. docs/core/http.md explains the order.

#ifndef HTTP_DISPATCH_H
#define HTTP_DISPATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/limits.h"
#include "http/hooks.h"
#include "http/http.h"
#include "http/once.h"
#include "http/route.h"
#include "http/session.h"

// What all requests share. Made once, never changed.
struct site {
    struct store *store; // NULL only in tests: then no database is read
    const struct http_hooks *hooks;
    const struct route_table *routes;
    const char *host;   // name of the public address, or NULL
    bool only_loopback; // listens on a loopback address: other addresses are no right Host
    bool secure;        // the public address is https
    bool sample;        // the workspace is a demonstration
    unsigned char key[SESSION_KEY_BYTES];
    struct once *once; // what scripts sent lately; NULL only in tests: every sending is a new one
};

struct exchange {
    struct arena *arena;
    const struct site *site;
    // The head, set by the caller. Texts live as long as the arena or the connection.
    const char *method;
    const char *path; // percent-encoded, without query
    const struct pair *query; // percent-encoded, '+' already a space
    size_t n_query;
    const struct pair *headers;
    size_t n_headers;
    const char *client; // network address of the browser, or NULL
    // Set by exchange_open: how long the body is going to be, 0 for none; never above its ceiling.
    size_t body_len;
    // The body, set by the caller before exchange_run: body_len bytes and room for one more.
    char *body;

    struct req req;
    struct reply reply;
    bool answered; // the reply is final
    const char *cookies[2]; // Set-Cookie lines of our own, beside the handler's
    int n_cookies;
    const char *allow;   // methods, for 405
    const char *touch;   // hash of the session or access token whose use should be noted, or NULL
    const char *refused; // what to write into the change log about it, or NULL
    const char *newest;  // version of the record that is edited, as it is now
    const char *next;    // where a script goes from here; then there is no page and no Location
    const char *sending; // key of a script's sending that is worked on; NULL: none
    bool again;          // the script had sent this before: its reply is that of the first time
    struct err_info failed; // for the log; code 0: nothing
    const char *secret;  // session token or form cookie that form tokens belong to; NULL: none
};

// Checks the head. When x->answered the reply is final and no body is wanted.
void exchange_open(struct exchange *x);
// Needs a worker: a form, a slow page, or a database that answers over a network.
bool exchange_is_slow(const struct exchange *x);
// Does the rest. x->answered afterwards, always.
void exchange_run(struct exchange *x);
// Answers "too much at once, try again" instead of exchange_run.
void exchange_busy(struct exchange *x);
// Is the request for the JSON API?
bool exchange_is_api(const struct exchange *x);

#endif
