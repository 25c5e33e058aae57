// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dispatch_test.c: what is refused before a handler runs: addresses, methods, who may. Forms: dispatch_form_test.c.

#include "http/dispatch_test_help.h"
#include "http/gzip.h"
#include "http/head.h"

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

static void a_failed_handler_leaves_nothing_of_its_page(void **state)
{
    (void)state;
    struct exchange *x = ask(&(struct ask){.path = "/broken", .session = reader_token});
    assert_int_equal(x->reply.status, 500);
    assert_null(strstr(x->reply.body.data, "half a page"));
    assert_int_equal(x->n_cookies, 0);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_foreign_host_is_refused),
        cmocka_unit_test(a_stranger_is_sent_to_sign_in_and_back),
        cmocka_unit_test(may_not_read_looks_like_does_not_exist),
        cmocka_unit_test(who_may_read_but_not_do_is_told_so),
        cmocka_unit_test(the_api_takes_a_token_in_the_head),
        cmocka_unit_test(a_failed_handler_leaves_nothing_of_its_page),
        cmocka_unit_test(methods_and_sizes_are_checked_before_the_body),
        cmocka_unit_test(addresses_that_are_none_are_not_found),
        cmocka_unit_test(the_language_is_that_of_the_cookie_or_the_browser),
        cmocka_unit_test(pages_are_made_small_only_when_asked),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
