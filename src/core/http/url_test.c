// SPDX-License-Identifier: AGPL-3.0-or-later
//
// url_test.c: addresses made and taken apart.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "http/http.h"
#include "http/url.h"

static struct arena *a;

static void each_argument_becomes_one_part_of_the_path(void **state)
{
    (void)state;
    assert_string_equal(url_make(a, "/programmes/{0}/risks/{1}", "GLO/T 59", "a?b#c", NULL),
                        "/programmes/GLO%2FT%2059/risks/a%3Fb%23c");
    assert_string_equal(url_make(a, "/x?q={0}", "\xd8\xa7&=+", NULL), "/x?q=%D8%A7%26%3D%2B");
    assert_string_equal(url_make(a, "/sign-in", NULL), "/sign-in");
    assert_string_equal(url_make(a, "/a/{0}", NULL), "/a/{0}");
}

static void escapes_are_undone_strictly(void **state)
{
    (void)state;
    assert_string_equal(url_decode(a, "GLO%2fT59", 9), "GLO/T59");
    assert_string_equal(url_decode(a, "a+b", 3), "a+b");
    assert_null(url_decode(a, "%", 1));
    assert_null(url_decode(a, "%4", 2));
    assert_null(url_decode(a, "%zz", 3));
    assert_null(url_decode(a, "a%00b", 5));
    assert_null(url_decode(a, "a%0Ab", 5));
    assert_null(url_decode(a, "%C0%AF", 6)); // '/' in an overlong form
    char form[] = "a+b%20c%2B";
    size_t n = url_decode_in_place(form, strlen(form), true);
    assert_int_equal(n, 6);
    assert_memory_equal(form, "a b c+", 6);
    char bad[] = "100%";
    assert_true(url_decode_in_place(bad, 4, true) == SIZE_MAX);
}

static void only_paths_of_this_server_are_local(void **state)
{
    (void)state;
    assert_true(url_is_local("/"));
    assert_true(url_is_local("/programmes/GLOT59?q=a%20b"));
    static const char *const foreign[] = {
        "", "x", "//evil.example", "/\\evil.example", "/a\\b", "https://evil.example", "/a b",
        "/a\r\nSet-Cookie: x", "javascript:alert(1)", NULL,
    };
    for (int i = 0; foreign[i] != NULL; i++) {
        assert_false(url_is_local(foreign[i]));
    }
    assert_false(url_is_local(NULL));
}

static void a_redirect_never_leaves_this_server(void **state)
{
    (void)state;
    struct req r = {.arena = a};
    struct reply p = {0};
    reply_redirect(&r, &p, "//evil.example/{0}", "x", NULL);
    assert_string_equal(p.location, "/");
    reply_redirect(&r, &p, "/risks/{0}", "1", NULL);
    assert_string_equal(p.location, "/risks/1");
    assert_int_equal(p.status, 303);
}

static int set_up(void **state)
{
    (void)state;
    a = arena_new((size_t)1 << 20);
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
        cmocka_unit_test(each_argument_becomes_one_part_of_the_path),
        cmocka_unit_test(escapes_are_undone_strictly),
        cmocka_unit_test(only_paths_of_this_server_are_local),
        cmocka_unit_test(a_redirect_never_leaves_this_server),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
