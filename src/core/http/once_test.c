// SPDX-License-Identifier: AGPL-3.0-or-later
//
// once_test.c: what a script sent is known again, and only that.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "http/once.h"

static struct arena *a;
static const char *location;
#define SESSION "5f"
#define KEY "0123456789abcdef"

static void a_sending_is_done_once(void **state)
{
    (void)state;
    struct once *o = once_new(a);
    assert_int_equal(once_begin(o, a, SESSION, KEY, &location), ONCE_FIRST);
    assert_int_equal(once_begin(o, a, SESSION, KEY, &location), ONCE_RUNS);
    once_end(o, SESSION, KEY, "/risks/1");
    assert_int_equal(once_begin(o, a, SESSION, KEY, &location), ONCE_DONE);
    assert_string_equal(location, "/risks/1");
    assert_int_equal(once_begin(o, a, "60", KEY, &location), ONCE_FIRST); // somebody else's
    assert_int_equal(once_begin(o, a, SESSION, KEY "0", &location), ONCE_FIRST);
}

static void what_was_refused_may_be_sent_again(void **state)
{
    (void)state;
    struct once *o = once_new(a);
    assert_int_equal(once_begin(o, a, SESSION, KEY, &location), ONCE_FIRST);
    once_end(o, SESSION, KEY, NULL);
    assert_int_equal(once_begin(o, a, SESSION, KEY, &location), ONCE_FIRST);
}

static void strange_keys_are_never_known(void **state)
{
    (void)state;
    struct once *o = once_new(a);
    char *too_long = arena_alloc(a, 100);
    memset(too_long, 'k', 99);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(once_begin(o, a, SESSION, "", &location), ONCE_FIRST);
        assert_int_equal(once_begin(o, a, SESSION, too_long, &location), ONCE_FIRST);
        once_end(o, SESSION, too_long, "/x");
    }
}

static void the_oldest_give_way(void **state)
{
    (void)state;
    struct once *o = once_new(a);
    for (int i = 0; i < 257; i++) {
        const char *key = arena_printf(a, "k%d", i);
        assert_int_equal(once_begin(o, a, SESSION, key, &location), ONCE_FIRST);
        once_end(o, SESSION, key, "/x");
    }
    assert_int_equal(once_begin(o, a, SESSION, "k1", &location), ONCE_DONE);
    assert_int_equal(once_begin(o, a, SESSION, "k0", &location), ONCE_FIRST);
}

static int set_up(void **state)
{
    (void)state;
    a = arena_new(LIMIT_PROCESS_BYTES);
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
        cmocka_unit_test(a_sending_is_done_once),
        cmocka_unit_test(what_was_refused_may_be_sent_again),
        cmocka_unit_test(strange_keys_are_never_known),
        cmocka_unit_test(the_oldest_give_way),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
