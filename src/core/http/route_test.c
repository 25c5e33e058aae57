// SPDX-License-Identifier: AGPL-3.0-or-later
//
// route_test.c: paths find their routes; routes that contradict each other are refused.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/bug.h"
#include "base/limits.h"
#include "http/route.h"

static struct arena *a;

static enum err nothing(struct req *r, struct reply *p, struct err_info *e)
{
    (void)r;
    (void)p;
    (void)e;
    return ERR_NONE;
}

#define ROUTE(text) &(const struct route){.path = text, .needs = MAY_READ, .get = nothing}

static const char *found(const struct route_table *t, const char *const *parts, size_t n,
                         struct pair *captures, size_t *n_captures)
{
    const struct route *r = route_match(t, parts, n, captures, n_captures);
    return r == NULL ? "none" : r->path;
}
#define FOUND(...)                                                                                 \
    found(t, (const char *const[]){__VA_ARGS__}, COUNT_OF(((const char *const[]){__VA_ARGS__})),   \
          captures, &n)

static void fixed_parts_win_over_captures(void **state)
{
    (void)state;
    const struct route *const routes[] = {
        ROUTE("/programmes/{programme}/risks/{risk}"), ROUTE("/programmes/{programme}/risks/new"),
        ROUTE("/programmes/{programme}"),              ROUTE("/programmes/new"),
        ROUTE("/"),                                    ROUTE("/programmes"),
        ROUTE("/programmes/{programme}/{any}/list"),
    };
    struct pair captures[LIMIT_PATH_PARTS];
    size_t n;
    struct route_table *t = route_table_new(a, routes, COUNT_OF(routes));
    assert_string_equal(FOUND("programmes", "new"), "/programmes/new");
    assert_string_equal(FOUND("programmes", "GLOT59"), "/programmes/{programme}");
    assert_string_equal(FOUND("programmes", "GLOT59", "risks", "new"),
                        "/programmes/{programme}/risks/new");
    assert_int_equal(n, 1);
    assert_string_equal(FOUND("programmes", "GLOT59", "risks", "r/1"),
                        "/programmes/{programme}/risks/{risk}");
    assert_int_equal(n, 2);
    assert_string_equal(captures[0].name, "programme");
    assert_string_equal(captures[0].value, "GLOT59");
    assert_string_equal(captures[1].name, "risk");
    assert_string_equal(captures[1].value, "r/1");
    assert_string_equal(FOUND("programmes", "GLOT59", "risks", "list"),
                        "/programmes/{programme}/risks/{risk}");
    assert_string_equal(FOUND("programmes", "GLOT59", "other", "list"),
                        "/programmes/{programme}/{any}/list");
    assert_string_equal(FOUND("programmes", "GLOT59", "other"), "none");
    assert_string_equal(FOUND("elsewhere"), "none");
    assert_string_equal(found(t, NULL, 0, captures, &n), "/");
    assert_string_equal(FOUND("programmes"), "/programmes");
}

static const char *fault(const struct route *x, const struct route *y)
{
    const struct route *const routes[] = {x, y};
    return route_check(a, routes, 2);
}

static void contradictions_are_found(void **state)
{
    (void)state;
    const struct route *good = ROUTE("/a/{b}");
    assert_null(fault(good, ROUTE("/a/b")));
    assert_null(fault(good, ROUTE("/a")));
    assert_non_null(strstr(fault(good, ROUTE("/a/{c}")), "one path"));
    assert_non_null(fault(good, &(const struct route){.path = "/x", .get = nothing}));
    assert_non_null(
        fault(good, &(const struct route){.path = "/x", .needs = MAY_READ | MAY_WRITE,
                                          .get = nothing}));
    assert_non_null(fault(good, &(const struct route){.path = "/x", .needs = MAY_READ}));
    assert_non_null(fault(good, ROUTE("x")));
    assert_non_null(fault(good, ROUTE("/x/")));
    assert_non_null(fault(good, ROUTE("/{x}")));
    assert_non_null(fault(good, ROUTE("/x/{}")));
    assert_non_null(fault(good, &(const struct route){.path = "/programmes/{programme}",
                                                      .needs = MAY_PUBLIC, .get = nothing}));
    assert_non_null(fault(good, &(const struct route){.path = "/x", .needs = MAY_READ,
                                                      .get = nothing, .edits = "x"}));
    assert_non_null(fault(good, &(const struct route){.path = "/x", .needs = MAY_READ,
                                                      .get = nothing, .uploads = true}));
}

static void the_routes_of_the_program_agree(void **state)
{
    (void)state;
    size_t n;
    const struct route *const *routes = route_all(&n);
    const char *wrong = route_check(a, routes, n);
    if (wrong != NULL) {
        fail_msg("%s", wrong);
    }
    for (size_t i = 1; i < n; i++) {
        assert_true(strcmp(routes[i - 1]->path, routes[i]->path) < 0);
    }
}

static int set_up(void **state)
{
    (void)state;
    a = arena_new((size_t)16 << 20);
    return 0;
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
        cmocka_unit_test(fixed_parts_win_over_captures),
        cmocka_unit_test(contradictions_are_found),
        cmocka_unit_test(the_routes_of_the_program_agree),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
