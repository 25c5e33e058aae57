// SPDX-License-Identifier: AGPL-3.0-or-later
//
// random_test.c: ids are well formed, all different, and sort by age even within one millisecond.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "os/random.h"

static void ids_sort_by_age(void **state)
{
    (void)state;
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    const char *before = random_id(a);
    for (int i = 0; i < 20000; i++) {
        const char *id = random_id(a);
        assert_true(id_is_valid(id));
        assert_true(strcmp(before, id) < 0);
        before = id;
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(ids_sort_by_age)};
    return cmocka_run_group_tests_name("random", tests, NULL, NULL);
}
