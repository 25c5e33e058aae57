// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dhis2_test.c: files that hold more than fits into memory are refused in words.

#include <string.h>

#include "base/arena_test_help.h"
#include "base/buf.h"
#include "base/map.h"
#include "exchange/dhis2/dhis2.h"

static void more_values_than_there_is_room_for_are_refused(void **state)
{
    (void)state;
    static const char *const forms[][3] = {{"", "I1,2025,SAMPLE1,default,default,5\n", ""},
                                           {"{\"dataValues\": [{}", ",{}", "]}"}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        for (int n = 10; n <= 10000; n *= 1000) {
            struct arena *small = arena_new(1 << 20);
            struct dhis2_set set;
            struct buf b;
            struct err_info e;
            buf_init(&b, arena, 1 << 20);
            buf_printf(&b, "%s", forms[i][0]);
            for (int k = 0; k < n; k++) {
                buf_add(&b, forms[i][1], strlen(forms[i][1]));
            }
            buf_printf(&b, "%s", forms[i][2]);
            assert_int_equal(dhis2_read(small, b.data, b.len, &set, &e), n == 10 ? ERR_NONE : ERR_TOO_MANY);
            arena_free(small);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {ARENA_TEST(more_values_than_there_is_room_for_are_refused)};
    return cmocka_run_group_tests_name("dhis2_test", tests, NULL, NULL);
}
