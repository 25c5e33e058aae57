// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dispatch_test_help.h: a small program for the unit tests of the dispatcher, and how it is asked. No network, no
// database: hooks stand in for the nouns.

#ifndef HTTP_DISPATCH_TEST_HELP_H
#define HTTP_DISPATCH_TEST_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "base/bug.h"
#include "http/dispatch.h"

static struct arena *a;

// ---- a small program ----------------------------------------------------------------------------

static const struct field risk_fields[] = {
    {.name = "programme_id", .label = "Programme", .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "programme"},
    {.name = "statement", .label = "Risk", .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true},
    {.name = "weight", .label = "Weight", .type = FIELD_INT, .data_class = CLASS_C1, .min = 1,
     .max = 9},
    {.name = "state", .label = "State", .type = FIELD_TEXT, .data_class = CLASS_C1,
     .read_only = true},
};
static const struct entity risk = {.kind = "test_risk", .fields = risk_fields,
                                   .n_fields = COUNT_OF(risk_fields), .title_field = "statement"};
static const struct field programme_fields[] = {
    {.name = "number", .label = "Number", .type = FIELD_TEXT, .data_class = CLASS_C1},
};
static const struct entity programme = {.kind = "test_programme", .fields = programme_fields,
                                        .n_fields = 1, .code_field = "number"};
static const struct field sign_in_fields[] = {
    {.name = "name", .label = "Name", .type = FIELD_TEXT, .data_class = CLASS_C2, .required = true},
    {.name = "password", .label = "Password", .type = FIELD_TEXT, .data_class = CLASS_C4,
     .required = true},
};

static int n_posts;
static struct req seen; // of the last handler

static enum err show(struct req *r, struct reply *p, struct err_info *e)
{
    (void)e;
    seen = *r;
    buf_str(&p->body, "shown");
    return ERR_NONE;
}
static enum err save(struct req *r, struct reply *p, struct err_info *e)
{
    (void)e;
    seen = *r;
    n_posts++;
    reply_flash(p, "Saved.", "abcd");
    reply_redirect(r, p, "/programmes/{0}", req_capture(r, "programme"), NULL);
    return ERR_NONE;
}
static enum err conflict(struct req *r, struct reply *p, struct err_info *e)
{
    (void)r;
    (void)p;
    return err_set(e, ERR_CONFLICT, NULL, "Somebody changed this.", NULL, NULL);
}
static enum err break_down(struct req *r, struct reply *p, struct err_info *e)
{
    buf_str(&p->body, "half a page");
    reply_flash(p, "not shown", NULL);
    (void)r;
    return err_set(e, ERR_FAILED, NULL, "The disk is full.", NULL, NULL);
}

static const char *const begin_except[] = {"weight", NULL};
static enum err prepare(struct req *r, struct form *f, struct err_info *e)
{
    (void)r;
    (void)e;
    record_set_int(f->record, "weight", 5);
    record_set_text(f->record, "state", "new");
    return ERR_NONE;
}

static const struct route routes[] = {
    {.path = "/", .needs = MAY_SIGNED_IN, .get = show},
    {.path = "/public", .needs = MAY_PUBLIC, .get = show},
    {.path = "/sign-in", .needs = MAY_PUBLIC, .get = show, .post = save, .fields = sign_in_fields,
     .n_fields = COUNT_OF(sign_in_fields)},
    {.path = "/broken", .needs = MAY_SIGNED_IN, .get = break_down},
    {.path = "/users", .needs = MAY_ADMINISTER, .get = show},
    {.path = "/programmes/{programme}", .needs = MAY_READ, .get = show},
    {.path = "/programmes/{programme}/risks", .needs = MAY_READ, .post_needs = MAY_WRITE,
     .get = show, .post = save, .entity = &risk, .also = (const char *const[]){"go", "part/*", NULL}},
    {.path = "/programmes/{programme}/clash", .needs = MAY_READ, .post_needs = MAY_WRITE,
     .get = show, .post = conflict, .entity = &risk},
    {.path = "/programmes/{programme}/begin", .needs = MAY_WRITE, .get = show, .post = save,
     .entity = &risk, .except = begin_except, .prepare = prepare},
    {.path = "/programmes/{programme}/files", .needs = MAY_WRITE, .get = show, .post = save,
     .uploads = true},
    {.path = "/api/v1/risk", .needs = MAY_SIGNED_IN, .get = show, .post = save},
};

static const struct grant reads_one[] = {{.verbs = MAY_READ, .programme_id = "p1"}};
static const struct grant writes_one[] = {{.verbs = MAY_READ | MAY_WRITE, .programme_id = "p1"}};
static const struct identity reader = {.user_id = "u1", .name_key = "reader", .name = "R",
                                       .language = "en", .grants = reads_one, .n_grants = 1};
static const struct identity writer = {.user_id = "u2", .name_key = "writer", .name = "W",
                                       .language = "en", .grants = writes_one, .n_grants = 1};

static const char *reader_token, *writer_token;

static enum err identify(struct db_read *db, struct arena *mine, const char *hash,
                         struct http_session *out, struct err_info *e)
{
    (void)db;
    (void)e;
    out->who = strcmp(hash, session_token_hash(mine, reader_token)) == 0   ? &reader
               : strcmp(hash, session_token_hash(mine, writer_token)) == 0 ? &writer
                                                                           : NULL;
    return ERR_NONE;
}

static enum err find_programme(struct db_read *db, struct arena *mine, const char *number,
                               struct record **out, struct err_info *e)
{
    (void)db;
    (void)e;
    bool known = strcmp(number, "GLOT59") == 0 || strcmp(number, "SECRET") == 0;
    *out = known ? record_new(mine, &programme) : NULL;
    if (known) {
        (*out)->id = strcmp(number, "SECRET") == 0 ? "p2" : "p1";
    }
    return ERR_NONE;
}

static enum err kept(struct req *r, struct reply *p, struct err_info *e)
{
    (void)e;
    buf_printf(&p->body, "kept: %s", req_posted(r, "statement"));
    return ERR_NONE;
}

static const struct http_hooks hooks = {.identify = identify, .identify_bearer = identify,
                                        .find_programme = find_programme, .kept_page = kept};
static struct site site = {.hooks = &hooks, .only_loopback = true, .key = "key"};

// ---- asking -------------------------------------------------------------------------------------

struct ask {
    const char *method; // GET
    const char *path;
    const char *session; // token, or NULL
    const char *host;    // localhost:8080
    const char *body;
    const char *type; // of the body
    bool no_token;    // do not add a right form token
    struct pair extra[4];
    struct pair query[2];
};

static struct pair headers[16];

static struct exchange *ask(const struct ask *q)
{
    struct exchange *x = ARENA_MAKE(a, struct exchange);
    size_t n = 0;
    const char *body = q->body == NULL ? "" : q->body;
    const char *type = q->type == NULL ? "application/x-www-form-urlencoded" : q->type;
    bool posts = q->method != NULL && strcmp(q->method, "POST") == 0;
    if (posts && !q->no_token && q->session != NULL && q->type == NULL) {
        body = arena_printf(a, "%s&_csrf=%s", body, csrf_token(a, q->session));
    }
    headers[n++] = (struct pair){"Host", q->host == NULL ? "localhost:8080" : q->host};
    if (q->session != NULL) {
        headers[n++] = (struct pair){"Cookie", arena_printf(a, "mainstay=%s", q->session)};
    }
    if (posts) {
        headers[n++] = (struct pair){"Content-Type", type};
        headers[n++] = (struct pair){"Content-Length", arena_printf(a, "%zu", strlen(body))};
    }
    for (size_t i = 0; i < COUNT_OF(q->extra) && q->extra[i].name != NULL; i++) {
        headers[n++] = q->extra[i];
    }
    *x = (struct exchange){.arena = a, .site = &site, .path = q->path,
                           .method = q->method == NULL ? "GET" : q->method,
                           .headers = headers, .n_headers = n, .query = q->query};
    while (x->n_query < COUNT_OF(q->query) && q->query[x->n_query].name != NULL) {
        x->n_query++;
    }
    n_posts = 0;
    seen = (struct req){0};
    exchange_open(x);
    if (!x->answered) {
        x->body = arena_copy(a, body);
        exchange_run(x);
    }
    assert_true(x->answered);
    return x;
}

#define STATUS(...) (ask(&(struct ask){__VA_ARGS__})->reply.status)
// A form that the writer sends.
#define FORM .method = "POST", .path = "/programmes/GLOT59/risks", .session = writer_token

static int set_up(void **state)
{
    (void)state;
    a = arena_new(LIMIT_REQUEST_BYTES);
    const struct route *table[COUNT_OF(routes)];
    for (size_t i = 0; i < COUNT_OF(routes); i++) {
        table[i] = &routes[i];
    }
    const char *wrong = route_check(a, table, COUNT_OF(routes));
    if (wrong != NULL) {
        fail_msg("%s", wrong);
    }
    site.routes = route_table_new(a, table, COUNT_OF(routes));
    reader_token = session_token_new(a);
    writer_token = session_token_new(a);
    return sodium_init() < 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

#endif
