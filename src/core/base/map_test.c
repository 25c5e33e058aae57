// SPDX-License-Identifier: AGPL-3.0-or-later
//
// map_test.c: a map against a list that is searched from its beginning.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include <string.h>

#include "base/map.h"

#define MANY 2000

static void what_was_put_in_is_found(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)16 * 1024 * 1024);
    struct map m;
    const char *keys[MANY];
    int first[MANY]; // which value belongs to the key: the first one
    map_init(&m, a);
    assert_null(map_get(&m, "before"));
    for (int i = 0; i < MANY; i++) {
        keys[i] = arena_printf(a, "SAMPLE%d/I%d", i * 7919 % 700, i % 3);
        int k = 0;
        while (strcmp(keys[k], keys[i]) != 0) {
            k++;
        }
        void **place = map_at(&m, keys[i]);
        assert_int_equal(*place == NULL, k == i);
        *place = *place == NULL ? &first[i] : *place;
        first[i] = i;
    }
    size_t n = 0;
    for (int i = 0; i < MANY; i++) {
        int k = 0;
        while (strcmp(keys[k], keys[i]) != 0) {
            k++;
        }
        n += k == i;
        assert_ptr_equal(map_get(&m, arena_copy(a, keys[i])), &first[k]);
    }
    assert_int_equal(m.n, n);
    assert_null(map_get(&m, "SAMPLE1/I"));
    assert_null(map_get(&m, ""));
    *map_at(&m, "") = first;
    assert_ptr_equal(map_get(&m, ""), first);
    arena_free(a);
}

// Who asks first never passes the ceiling of the arena.
static void it_says_when_it_is_full(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1024 * 1024);
    struct map m;
    size_t n = 0;
    map_init(&m, a);
    while (map_has_room(&m, 32)) {
        *map_at(&m, arena_printf(a, "key %zu", n++)) = a;
    }
    assert_in_range(n, 4000, 16000);
    assert_ptr_equal(map_get(&m, "key 0"), a);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_was_put_in_is_found),
                                       cmocka_unit_test(it_says_when_it_is_full)};
    return cmocka_run_group_tests_name("map_test", tests, NULL, NULL);
}
