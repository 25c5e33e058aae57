// SPDX-License-Identifier: AGPL-3.0-or-later
//
// arena_test.c: what is asked of an arena before it is full.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#define MB ((size_t)1024 * 1024)

static void a_quarter_stays_free(void **state)
{
    struct arena *a = arena_new(4 * MB);
    struct err_info e = {0};
    (void)state;
    assert_true(arena_has_room(a, 3 * MB));
    assert_false(arena_has_room(a, 3 * MB + 1));
    arena_alloc(a, 2 * MB);
    assert_int_equal(arena_left_bytes(a), 2 * MB);
    assert_int_equal(err_without_room(a, MB, &e), ERR_NONE);
    assert_int_equal(e.code, ERR_NONE);
    assert_int_equal(err_without_room(a, MB + 1, &e), ERR_TOO_MANY);
    assert_non_null(err_text(a, &lang_en, &e));
    arena_alloc(a, MB + 16);
    assert_false(arena_has_room(a, 0));
    arena_reset(a);
    assert_true(arena_has_room(a, 3 * MB));
    arena_free(a);
}

static void a_large_buffer_is_full_before_its_arena_is(void **state)
{
    static const char kilobyte[1024] = {0};
    struct arena *a = arena_new(8 * MB);
    struct buf b;
    (void)state;
    buf_init(&b, a, 64 * MB);
    for (int i = 0; i < 16 * 1024; i++) {
        buf_add(&b, kilobyte, sizeof kilobyte);
    }
    assert_true(buf_is_full(&b));
    assert_true(b.len >= MB);
    assert_true(arena_left_bytes(a) >= MB); // the error still has room
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quarter_stays_free),
        cmocka_unit_test(a_large_buffer_is_full_before_its_arena_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
