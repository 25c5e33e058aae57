// SPDX-License-Identifier: AGPL-3.0-or-later
//
// order_test.c: codes and names in the order people count.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/bug.h"
#include "base/order.h"

static int sign(int n)
{
    return (n > 0) - (n < 0);
}

static void every_pair_stands_as_in_the_list(void **state)
{
    (void)state;
    static const char *const codes[] = {"",    "0",  "1.2", "1.10", "2.1", "3.4", "3.10", "4.3", "4.3.1", "5-9",
                                        "10",  "10-14", "99999999999999999998", "99999999999999999999",
                                        "100000000000000000000", "O2", "O2a", "O10", "annex-1", "\u00e9"};
    for (size_t i = 0; i < COUNT_OF(codes); i++) {
        for (size_t k = 0; k < COUNT_OF(codes); k++) {
            assert_int_equal(sign(code_order(codes[i], codes[k])), (i > k) - (i < k));
        }
    }
}

static void zeros_in_front_count_for_nothing(void **state)
{
    (void)state;
    assert_int_equal(code_order("7", "007"), 0);
    assert_int_equal(code_order("a0", "a00"), 0);
    assert_true(code_order("I02", "I10") < 0);
    assert_true(code_order("7a", "007b") < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_pair_stands_as_in_the_list),
                                       cmocka_unit_test(zeros_in_front_count_for_nothing)};
    return cmocka_run_group_tests_name("order", tests, NULL, NULL);
}
