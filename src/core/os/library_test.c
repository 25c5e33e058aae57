// SPDX-License-Identifier: AGPL-3.0-or-later
//
// library_test.c: a library that is there, one that is not, and one that lacks a function.

#include "base/arena_test_help.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

#include "base/bug.h"
#include "os/library.h"

#define FUNCTIONS(F) F(cbrt) F(hypot)

struct functions {
    LIBRARY_TABLE(FUNCTIONS)
};

static struct functions kept;
static struct library there = {.file = "libm.so.6", .names = LIBRARY_NAMES(FUNCTIONS), .functions = &kept};

static enum err load(struct library *l, struct err_info *e)
{
    return library_load(l, "It is not there.", "Bring it.", e);
}

static void *load_and_call(void *unused)
{
    struct err_info e;
    const struct functions *f = load(&there, &e) == ERR_NONE ? library_functions(&there) : NULL;
    return f != NULL && f->cbrt(27) > 2.9 && f->hypot(3, 4) < 5.1 ? unused : NULL;
}

// The names stand in the order of the structure, whichever thread asks first.
static void each_name_becomes_its_function(void **state)
{
    (void)state;
    pthread_t threads[8];
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, load_and_call, &there), 0);
    }
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        void *said;
        assert_int_equal(pthread_join(threads[i], &said), 0);
        assert_ptr_equal(said, &there);
    }
    assert_true(there.loaded);
}

static void what_is_not_there_is_said(void **state)
{
    (void)state;
    struct functions none;
    struct library missing = {.file = "libno_such_library.so.1", .names = LIBRARY_NAMES(FUNCTIONS),
                              .functions = &none};
    struct err_info e;
    assert_int_equal(load(&missing, &e), ERR_FAILED);
    assert_string_equal(err_text(arena, &lang_en, &e), "It is not there.");
    assert_string_equal(err_hint(arena, &lang_en, &e), "Bring it.");
    assert_non_null(strstr(e.detail, "libno_such_library.so.1"));
    missing = (struct library){.file = "libm.so.6", .functions = &none,
                               .names = (const char *const[]){"cbrt", "no_such_function", NULL}};
    assert_int_equal(load(&missing, &e), ERR_FAILED);
    assert_non_null(strstr(e.detail, "no_such_function"));
    assert_false(missing.loaded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(each_name_becomes_its_function),
        ARENA_TEST(what_is_not_there_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
