// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dispatch_test.c: what is refused before a handler runs, and what a handler is given. No network, no
// database: hooks stand in for the nouns.

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
#include "http/gzip.h"
#include "http/head.h"

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

// ---- tests --------------------------------------------------------------------------------------

static void a_foreign_host_is_refused(void **state)
{
    (void)state;
    assert_int_equal(STATUS(.path = "/public"), 200);
    assert_int_equal(STATUS(.path = "/public", .host = "127.0.0.1"), 200);
    assert_int_equal(STATUS(.path = "/public", .host = "[::1]:1"), 200);
    static const char *const foreign[] = {"evil.example", "localhost.evil.example", "10.0.0.1",
                                          "", "[::2]", "localhost:x", "user@localhost", NULL};
    for (int i = 0; foreign[i] != NULL; i++) {
        assert_int_equal(STATUS(.path = "/public", .host = foreign[i]), 421);
    }
    assert_int_equal(STATUS(.path = "/public", .extra = {{"host", "localhost"}}), 421);
    assert_true(head_host_is_ours("10.0.0.1:80", NULL, false));
    assert_true(head_host_is_ours("Mainstay.example.org", "mainstay.example.org", true));
    assert_false(head_host_is_ours("evil.example", NULL, false));
}

static void a_stranger_is_sent_to_sign_in_and_back(void **state)
{
    (void)state;
    struct exchange *x = ask(&(struct ask){.path = "/programmes/GLOT59", .query = {{"q", "a b"}}});
    assert_int_equal(x->reply.status, 303);
    assert_string_equal(x->reply.location, "/sign-in?next=%2Fprogrammes%2FGLOT59%3Fq%3Da%2520b");
    x = ask(&(struct ask){.path = "/api/v1/risk"});
    assert_int_equal(x->reply.status, 401);
    assert_string_equal(x->reply.type, "application/problem+json");
    assert_int_equal(STATUS(.path = "/", .session = "stale-token"), 303);
}

static void may_not_read_looks_like_does_not_exist(void **state)
{
    (void)state;
    struct exchange *hidden =
        ask(&(struct ask){.path = "/programmes/SECRET", .session = reader_token});
    struct exchange *absent =
        ask(&(struct ask){.path = "/programmes/NOBODY", .session = reader_token});
    struct exchange *nowhere = ask(&(struct ask){.path = "/nowhere", .session = reader_token});
    assert_int_equal(hidden->reply.status, 404);
    assert_int_equal(absent->reply.status, 404);
    assert_int_equal(nowhere->reply.status, 404);
    assert_string_equal(hidden->reply.body.data, absent->reply.body.data);
    assert_string_equal(hidden->reply.body.data, nowhere->reply.body.data);
    assert_int_equal(STATUS(.path = "/programmes/GLOT59", .session = reader_token), 200);
    assert_string_equal(seen.programme->id, "p1");
    assert_int_equal(STATUS(.method = "POST", .path = "/programmes/SECRET/risks",
                            .session = writer_token, .body = "statement=x"),
                     404);
}

static void who_may_read_but_not_do_is_told_so(void **state)
{
    (void)state;
    struct exchange *x = ask(&(struct ask){.method = "POST", .path = "/programmes/GLOT59/risks",
                                           .session = reader_token, .body = "statement=x"});
    assert_int_equal(x->reply.status, 403);
    assert_string_equal(x->refused, "refused: right");
    assert_int_equal(n_posts, 0);
    assert_int_equal(STATUS(.path = "/programmes/GLOT59/files", .session = reader_token), 403);
    assert_int_equal(STATUS(.path = "/users", .session = writer_token), 403);
}

static void a_form_without_its_token_is_refused(void **state)
{
    (void)state;
#define FORM .method = "POST", .path = "/programmes/GLOT59/risks", .session = writer_token
    assert_int_equal(STATUS(FORM, .body = "statement=x"), 303);
    assert_int_equal(n_posts, 1);
    const char *foreign = csrf_token(a, reader_token);
    assert_int_equal(STATUS(FORM, .body = "statement=x", .no_token = true), 403);
    assert_int_equal(STATUS(FORM, .no_token = true,
                            .body = arena_printf(a, "statement=x&_csrf=%s", foreign)),
                     403);
    assert_int_equal(STATUS(FORM, .body = "statement=x", .extra = {{"Origin", "http://evil"}}), 403);
    assert_int_equal(STATUS(FORM, .body = "statement=x", .extra = {{"Origin", "null"}}), 403);
    assert_int_equal(
        STATUS(FORM, .body = "statement=x", .extra = {{"Sec-Fetch-Site", "cross-site"}}), 403);
    assert_int_equal(
        STATUS(FORM, .body = "statement=x", .extra = {{"Sec-Fetch-Site", "same-site"}}), 403);
    assert_int_equal(STATUS(FORM, .body = "{}", .type = "text/plain"), 415);
    assert_int_equal(n_posts, 0);
    assert_int_equal(STATUS(FORM, .body = "statement=x",
                            .extra = {{"Origin", "http://localhost:8080"},
                                      {"Sec-Fetch-Site", "same-origin"}}),
                     303);
    assert_int_equal(STATUS(FORM, .body = "statement=x", .host = "evil.example"), 421);
    assert_int_equal(n_posts, 0);
}

static void a_form_of_another_session_keeps_what_was_typed(void **state)
{
    (void)state;
    const char *body =
        arena_printf(a, "statement=long+words&_csrf=%s", csrf_token(a, reader_token));
    struct exchange *x = ask(&(struct ask){FORM, .no_token = true, .body = body});
    assert_int_equal(x->reply.status, 403);
    assert_string_equal(x->refused, "refused: form token");
    assert_string_equal(x->reply.body.data, "shown"); // by get, with a new token
    assert_string_equal(form_text(a, seen.form, "statement"), "long words");
    assert_non_null(form_error_of(seen.form, ""));
    assert_int_equal(n_posts, 0);
    // without a session: not shown, since it is not known who may see it
    x = ask(&(struct ask){.method = "POST", .path = "/programmes/GLOT59/risks", .body = body});
    assert_int_equal(x->reply.status, 401);
    assert_string_equal(x->reply.body.data, "kept: long words");
    assert_int_equal(n_posts, 0);
    // nothing was typed: there is nothing to keep
    assert_int_equal(STATUS(.method = "POST", .path = "/programmes/GLOT59/risks",
                            .body = "_csrf=x&statement="),
                     303);
}

static void what_a_script_sends_twice_is_done_once(void **state)
{
    (void)state;
    site.once = once_new(a);
#define SENT .extra = {{"X-Mainstay-Send", "k1"}}
    struct exchange *x = ask(&(struct ask){FORM, .body = "statement=x", SENT});
    assert_int_equal(x->reply.status, 204);
    assert_string_equal(x->next, "/programmes/GLOT59");
    assert_null(x->reply.location);
    assert_int_equal(n_posts, 1);
    x = ask(&(struct ask){FORM, .body = "statement=x", SENT});
    assert_int_equal(x->reply.status, 204);
    assert_string_equal(x->next, "/programmes/GLOT59");
    assert_true(x->again);
    assert_int_equal(n_posts, 0);
    // a refused form may be mended and sent with the same key
    assert_int_equal(STATUS(FORM, .body = "statement=", .extra = {{"X-Mainstay-Send", "k2"}}), 422);
    assert_int_equal(STATUS(FORM, .body = "statement=x", .extra = {{"X-Mainstay-Send", "k2"}}), 204);
    assert_int_equal(n_posts, 1);
    site.once = NULL;
}

static void the_api_takes_a_token_in_the_head(void **state)
{
    (void)state;
#define API .method = "POST", .path = "/api/v1/risk", .body = "{}", .type = "application/json"
    const char *bearer = arena_printf(a, "Bearer %s", writer_token);
    assert_int_equal(STATUS(API, .extra = {{"Authorization", bearer}}), 303);
    assert_string_equal(seen.body, "{}");
    assert_int_equal(STATUS(API, .session = writer_token), 403);
    assert_int_equal(STATUS(API, .session = writer_token,
                            .extra = {{"X-CSRF-Token", csrf_token(a, writer_token)}}),
                     303);
    assert_int_equal(STATUS(API, .extra = {{"Authorization", "Bearer x"}}), 401);
    assert_int_equal(STATUS(.method = "POST", .path = "/api/v1/risk", .body = "\xff",
                            .type = "application/json", .extra = {{"Authorization", bearer}}),
                     400);
    // such a token opens no pages
    assert_int_equal(STATUS(.path = "/", .extra = {{"Authorization", bearer}}), 303);
}

static void signing_in_needs_the_form_cookie(void **state)
{
    (void)state;
    struct exchange *x = ask(&(struct ask){.path = "/sign-in"});
    assert_int_equal(x->reply.status, 200);
    assert_int_equal(x->n_cookies, 1);
    const char *cookie = arena_printf(a, "%.*s", (int)strcspn(x->cookies[0], ";"), x->cookies[0]);
    const char *body = arena_printf(a, "name=ana&password=x&_csrf=%s", x->req.csrf);
    assert_int_equal(STATUS(.method = "POST", .path = "/sign-in", .body = body), 403);
    assert_int_equal(
        STATUS(.method = "POST", .path = "/sign-in", .body = body, .extra = {{"Cookie", cookie}}),
        303);
    assert_int_equal(n_posts, 1);
    assert_string_equal(req_posted(&seen, "name"), "ana");
    assert_string_equal(form_value(seen.form, "name")->text, "ana");
    // again, with a field missing: what was typed is shown, but never the password
    body = arena_printf(a, "name=&password=secret&_csrf=%s", x->req.csrf);
    assert_int_equal(
        STATUS(.method = "POST", .path = "/sign-in", .body = body, .extra = {{"Cookie", cookie}}),
        422);
    assert_non_null(form_error_of(seen.form, "name"));
    assert_string_equal(form_text(a, seen.form, "password"), "");
}

static void wrong_fields_show_the_form_again(void **state)
{
    (void)state;
    struct exchange *x = ask(&(struct ask){FORM, .body = "statement=+&weight=12"});
    assert_int_equal(x->reply.status, 422);
    assert_int_equal(n_posts, 0);
    assert_string_equal(x->reply.body.data, "shown");
    assert_non_null(form_error_of(seen.form, "weight"));
    assert_string_equal(form_text(a, seen.form, "weight"), "12");
    x = ask(&(struct ask){FORM, .body = "weight=3"});
    assert_int_equal(x->reply.status, 422); // the statement is needed
    assert_int_equal(STATUS(FORM, .body = "statement=a%0bb"), 422);
    assert_string_equal(form_text(a, seen.form, "statement"), "a b");
    x = ask(&(struct ask){FORM, .body = "statement=one&statement=two"}); // neither is lost in silence
    assert_int_equal(x->reply.status, 422);
    assert_non_null(form_error_of(seen.form, "statement"));
    assert_int_equal(STATUS(FORM, .body = "statement=one&statement="), 303);
    assert_string_equal(form_value(seen.form, "statement")->text, "one");
}

static void a_name_that_the_form_does_not_take_is_named(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "statement=x&unknown=1",
        "statement=x&gone=1",          // not "go"
        "statement=x&part=1",          // not "part/..."
        "statement=x&id=other",        // no field
        "statement=x&programme_id=p2", // the address says it
        "statement=x&_other=1",
    };
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        assert_int_equal(STATUS(FORM, .body = wrong[i]), 422);
        assert_int_equal(seen.form->n_errors, 1);
        const char *name = wrong[i] + strlen("statement=x&");
        assert_int_equal(strncmp(seen.form->errors[0].info.args[0], name, strcspn(name, "=")), 0);
        assert_string_equal(form_text(a, seen.form, "statement"), "x"); // nothing typed is lost
    }
    assert_int_equal(n_posts, 0);
    assert_int_equal(STATUS(FORM, .body = "statement=x&go=1&part/a=2&_version=3"), 303);
    // what the program sets
    assert_int_equal(STATUS(.method = "POST", .path = "/programmes/GLOT59/begin",
                            .session = writer_token, .body = "statement=x&state=closed"),
                     422);
}

static void the_program_sets_what_people_must_not(void **state)
{
    (void)state;
    assert_int_equal(STATUS(FORM, .body = "statement=x&weight=3"), 303);
    const struct record *r = seen.form->record;
    assert_string_equal(record_text(r, "programme_id"), "p1");
    assert_string_equal(record_text(r, "statement"), "x");
    assert_int_equal(record_int(r, "weight"), 3);
    assert_false(record_is_set(r, "state"));
    assert_null(r->id);
    assert_int_equal(STATUS(.method = "POST", .path = "/programmes/GLOT59/begin",
                            .session = writer_token, .body = "statement=x"),
                     303);
    assert_int_equal(record_int(seen.form->record, "weight"), 5);
    assert_string_equal(record_text(seen.form->record, "state"), "new");
}

static void a_conflict_shows_the_form_again(void **state)
{
    (void)state;
    assert_int_equal(STATUS(.method = "POST", .path = "/programmes/GLOT59/clash",
                            .session = writer_token, .body = "statement=mine"),
                     409);
    assert_string_equal(form_text(a, seen.form, "statement"), "mine");
    assert_non_null(form_error_of(seen.form, ""));
}

static void a_failed_handler_leaves_nothing_of_its_page(void **state)
{
    (void)state;
    struct exchange *x = ask(&(struct ask){.path = "/broken", .session = reader_token});
    assert_int_equal(x->reply.status, 500);
    assert_null(strstr(x->reply.body.data, "half a page"));
    assert_int_equal(x->n_cookies, 0);
}

static void a_message_is_shown_once(void **state)
{
    (void)state;
    struct exchange *x = ask(&(struct ask){FORM, .body = "statement=x"});
    assert_int_equal(x->n_cookies, 1);
    const char *cookie = arena_printf(a, "mainstay=%s; %.*s", writer_token,
                                      (int)strcspn(x->cookies[0], ";"), x->cookies[0]);
    x = ask(&(struct ask){.path = "/", .extra = {{"Cookie", cookie}}});
    assert_string_equal(seen.flash, "Saved.");
    assert_string_equal(seen.undo, "abcd");
    assert_int_equal(x->n_cookies, 1);
    assert_non_null(strstr(x->cookies[0], "Max-Age=0"));
}

static void methods_and_sizes_are_checked_before_the_body(void **state)
{
    (void)state;
    assert_int_equal(STATUS(.method = "DELETE", .path = "/"), 405);
    struct exchange *x = ask(&(struct ask){.method = "POST", .path = "/public"});
    assert_int_equal(x->reply.status, 405);
    assert_string_equal(x->allow, "GET, HEAD");
    const char *big = arena_printf(a, "%zu", LIMIT_FORM_BYTES + 1);
#define RAW .method = "PUT", .path = "/programmes/GLOT59/files"
    assert_int_equal(STATUS(RAW), 405);
    assert_int_equal(STATUS(.path = "/", .extra = {{"Content-Length", "5"}}), 400);
    assert_int_equal(STATUS(.path = "/", .extra = {{"Transfer-Encoding", "chunked"}}), 400);
    assert_int_equal(STATUS(FORM, .extra = {{"Transfer-Encoding", "chunked"}}), 411);
    assert_int_equal(STATUS(FORM, .extra = {{"Content-Length", "1"}}), 421);
    assert_int_equal(STATUS(.method = "POST", .path = "/nowhere", .session = writer_token), 404);
    // a length above the ceiling, announced only
    struct exchange y = {.arena = a, .site = &site, .method = "POST",
                         .path = "/programmes/GLOT59/risks",
                         .headers = (const struct pair[]){
                             {"Host", "localhost"},
                             {"Content-Type", "application/x-www-form-urlencoded"},
                             {"Content-Length", big}},
                         .n_headers = 3};
    exchange_open(&y);
    assert_true(y.answered);
    assert_int_equal(y.reply.status, 413);
}

static void addresses_that_are_none_are_not_found(void **state)
{
    (void)state;
    static const char *const bad[] = {"/programmes/%ff", "/programmes/a%00b", "//programmes",
                                      "/programmes//x", "/programmes/%zz", "/a/../b", "*",
                                      "/1/2/3/4/5/6/7/8/9/10/11/12/13/14", NULL};
    for (int i = 0; bad[i] != NULL; i++) {
        assert_int_equal(STATUS(.path = bad[i], .session = reader_token), 404);
    }
    assert_int_equal(STATUS(.path = "/", .session = reader_token, .query = {{"q", "%ff"}}), 404);
    char *longest = arena_alloc(a, LIMIT_ADDRESS_BYTES + 2);
    memset(longest, '/', LIMIT_ADDRESS_BYTES + 1);
    assert_int_equal(STATUS(.path = longest), 414);
    char *wide = arena_alloc(a, LIMIT_HEADER_BYTES + 1);
    memset(wide, 'x', LIMIT_HEADER_BYTES);
    assert_int_equal(STATUS(.path = "/public", .extra = {{"X", wide}}), 431);
    struct exchange *x = ask(&(struct ask){.path = "/public/", .query = {{"q", "1"}}});
    assert_int_equal(x->reply.status, 301);
    assert_string_equal(x->reply.location, "/public?q=1");
    assert_int_equal(STATUS(.path = "/pub%6cic"), 200);
}

static void the_language_is_that_of_the_cookie_or_the_browser(void **state)
{
    (void)state;
    struct exchange *x =
        ask(&(struct ask){.path = "/public", .extra = {{"Cookie", "mainstay_lang=qps"}}});
    assert_string_equal(x->req.lang->code, "qps");
    x = ask(&(struct ask){.path = "/public", .extra = {{"Accept-Language", "xx, en-GB;q=0.5"}}});
    assert_string_equal(x->req.lang->code, "en");
    x = ask(&(struct ask){.path = "/public",
                          .extra = {{"Cookie", "mainstay_theme=dark; mainstay_density=compact"},
                                    {"X-Mainstay-Part", "1"}}});
    assert_string_equal(seen.theme, "dark");
    assert_true(seen.compact);
    assert_true(seen.script_wants_part);
}

static void pages_are_made_small_only_when_asked(void **state)
{
    (void)state;
    assert_true(gzip_is_accepted("deflate, gzip;q=0.5, br"));
    assert_false(gzip_is_accepted("br, gzip;q=0"));
    assert_false(gzip_is_accepted(""));
    assert_false(gzip_is_accepted("xgzip"));
    assert_true(gzip_is_useful("text/html; charset=utf-8", 5000));
    assert_false(gzip_is_useful("text/html", 100));
    assert_false(gzip_is_useful("image/png", 5000));
    char *page = arena_alloc(a, 20001);
    memset(page, 'x', 20000);
    size_t len;
    for (int i = 0; i < 3; i++) {
        const char *small = gzip_make(a, page, 20000, 1, &len);
        assert_non_null(small);
        assert_true(len < 1000);
        assert_memory_equal(small, "\x1f\x8b", 2);
    }
}

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_foreign_host_is_refused),
        cmocka_unit_test(a_stranger_is_sent_to_sign_in_and_back),
        cmocka_unit_test(may_not_read_looks_like_does_not_exist),
        cmocka_unit_test(who_may_read_but_not_do_is_told_so),
        cmocka_unit_test(a_form_without_its_token_is_refused),
        cmocka_unit_test(a_form_of_another_session_keeps_what_was_typed),
        cmocka_unit_test(what_a_script_sends_twice_is_done_once),
        cmocka_unit_test(the_api_takes_a_token_in_the_head),
        cmocka_unit_test(signing_in_needs_the_form_cookie),
        cmocka_unit_test(wrong_fields_show_the_form_again),
        cmocka_unit_test(a_name_that_the_form_does_not_take_is_named),
        cmocka_unit_test(the_program_sets_what_people_must_not),
        cmocka_unit_test(a_conflict_shows_the_form_again),
        cmocka_unit_test(a_failed_handler_leaves_nothing_of_its_page),
        cmocka_unit_test(a_message_is_shown_once),
        cmocka_unit_test(methods_and_sizes_are_checked_before_the_body),
        cmocka_unit_test(addresses_that_are_none_are_not_found),
        cmocka_unit_test(the_language_is_that_of_the_cookie_or_the_browser),
        cmocka_unit_test(pages_are_made_small_only_when_asked),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
