// SPDX-License-Identifier: AGPL-3.0-or-later
//
// arena_test_help.h: an arena for each test of a file, gone when the test ends.

#ifndef BASE_ARENA_TEST_HELP_H
#define BASE_ARENA_TEST_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/limits.h"

static struct arena *arena;

static inline int set_up_arena(void **state)
{
    (void)state;
    arena = arena_new(LIMIT_REQUEST_BYTES);
    return 0;
}

static inline int tear_down_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

// A line in the list of tests.
#define ARENA_TEST(name) cmocka_unit_test_setup_teardown(name, set_up_arena, tear_down_arena)

#endif
