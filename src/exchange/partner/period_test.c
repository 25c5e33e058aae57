// SPDX-License-Identifier: AGPL-3.0-or-later
//
// period_test.c: each form of a period, what is none, and every period of some years there and back.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include <string.h>

#include "base/date.h"
#include "exchange/partner/period.h"

static void periods_are_read(void **state)
{
    (void)state;
    static const struct { const char *text, *from, *to; } good[] = {
        {"2025", "2025-01-01", "2025-12-31"},       {"2025-02", "2025-02-01", "2025-02-28"},
        {"202402", "2024-02-01", "2024-02-29"},     {"2025-06-30", "2025-06-30", "2025-06-30"},
        {"20250630", "2025-06-30", "2025-06-30"},   {"2025Q1", "2025-01-01", "2025-03-31"},
        {"2025-Q4", "2025-10-01", "2025-12-31"},    {"2025S2", "2025-07-01", "2025-12-31"},
        {"2025-H1", "2025-01-01", "2025-06-30"},
        {"2025-01-01/P1Y", "2025-01-01", "2025-12-31"},
        {"2025-04-01/P6M", "2025-04-01", "2025-09-30"},
        {"2025-12-01/P3M", "2025-12-01", "2026-02-28"},
        {"2025-01-15/P1D", "2025-01-15", "2025-01-15"},
        {"2025-01-06/P7D", "2025-01-06", "2025-01-12"},
        {"2025-01-06/P2W", "2025-01-06", "2025-01-19"},
    };
    static const char *const bad[] = {
        "", "1", "20", "abcd", "2025Q5", "2025Q0", "2025S3", "202513", "2025-13", "20250231", "2025-02-30",
        "2025-01-01/P1", "2025-01-01/", "2025-01-02/P1M", "2025-01-01/P0M", "2025-01-01/P1MX",
        "1 March 2015", "LAST_MONTH", "20251", "0025",
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct period_days p;
        assert_true(period_read(good[i].text, &p));
        assert_string_equal(p.from, good[i].from);
        assert_string_equal(p.to, good[i].to);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct period_days p;
        if (period_read(bad[i], &p)) {
            fail_msg("“%s” was read", bad[i]);
        }
    }
}

// Every first and last day within 400 days: what is written is read as the same days.
static void what_is_written_is_read(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)256 * 1024 * 1024);
    int64_t first = date_to_days("2023-12-15");
    size_t named = 0;
    for (int64_t from = first; from < first + 400; from++) {
        for (int64_t to = from; to < from + 400; to++) {
            struct period_days p;
            char x[11];
            char y[11];
            date_from_days(from, x);
            date_from_days(to, y);
            const char *name = period_name(a, x, y);
            assert_true(period_read(period_interval(a, x, y), &p));
            assert_string_equal(p.from, x);
            assert_string_equal(p.to, y);
            if (name != NULL) {
                named++;
                assert_true(period_read(name, &p));
                assert_string_equal(p.from, x);
                assert_string_equal(p.to, y);
            }
        }
        arena_reset(a);
    }
    // each day, and what begins between 15 December 2023 and 17 January 2025: 13 months, 5 quarters, 3
    // half-years, 2 years
    assert_int_equal(named, 400 + 13 + 5 + 3 + 2);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods_are_read),
        cmocka_unit_test(what_is_written_is_read),
    };
    return cmocka_run_group_tests_name("period_test", tests, NULL, NULL);
}
