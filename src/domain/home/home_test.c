// SPDX-License-Identifier: AGPL-3.0-or-later
//
// home_test.c: the order of what waits, and which changes are told together.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/bug.h"
#include "home/home.h"

static void late_things_come_first_then_what_came_back_then_days(void **state)
{
    (void)state;
    struct home_item items[] = {
        {.waits = HOME_VERIFY_VALUES, .id = "f"},
        {.waits = HOME_ACTION, .id = "d", .due_on = "2026-11-25", .days_late = -3},
        {.waits = HOME_RETURNED, .id = "c"},
        {.waits = HOME_ACTION, .id = "b", .due_on = "2026-11-20", .days_late = 2},
        {.waits = HOME_ACTION, .id = "e", .due_on = "2026-12-20", .days_late = -28},
        {.waits = HOME_REVIEW, .id = "a", .due_on = "2026-10-01", .days_late = 52},
        {.waits = HOME_FILL_IN, .id = "g"},
        {.waits = HOME_ACTION, .id = "z"},
        {.waits = HOME_ACTION, .id = "t", .due_on = "2026-11-22", .days_late = 0},
    };
    home_order(items, COUNT_OF(items));
    char got[COUNT_OF(items) + 1] = "";
    for (size_t i = 0; i < COUNT_OF(items); i++) {
        got[i] = items[i].id[0];
    }
    assert_string_equal(got, "abctdezgf");
    home_order(NULL, 0);
}

static struct home_change change(const char *actor, const char *kind, const char *op,
                                 const char *wall)
{
    return (struct home_change){.actor = actor, .kind = kind, .op = op, .wall = wall,
                                .number = "P1"};
}

static void changes_alike_within_an_hour_are_one_line(void **state)
{
    (void)state;
    struct home_change c[] = {
        change("u1", "risk", "update", "2026-11-22T10:00:00.000Z"),
        change("u1", "risk", "update", "2026-11-22T09:30:00.000Z"),
        change("u1", "risk", "update", "2026-11-22T08:30:00.000Z"), // an hour before the one above
        change("u1", "risk", "update", "2026-11-22T07:29:00.000Z"), // more than that
        change("u2", "risk", "update", "2026-11-22T07:29:00.000Z"),
        change("u2", "risk", "create", "2026-11-22T07:29:00.000Z"),
        change("u2", "action", "create", "2026-11-22T00:10:00.000Z"),
        change("u2", "action", "create", "2026-11-21T23:50:00.000Z"), // over midnight
    };
    size_t n = home_gather(c, COUNT_OF(c));
    assert_int_equal(n, 5);
    static const int64_t counts[] = {3, 1, 1, 1, 2};
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(c[i].n, counts[i]);
    }
    assert_string_equal(c[0].wall, "2026-11-22T10:00:00.000Z"); // the newest speaks for all
    assert_string_equal(c[4].kind, "action");
    assert_int_equal(home_gather(c, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(late_things_come_first_then_what_came_back_then_days),
        cmocka_unit_test(changes_alike_within_an_hour_are_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
