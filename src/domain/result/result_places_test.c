// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_places_test.c: what was noted is never taken for free; of what was not, little seems noted.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/limits.h"
#include "result/result_places.h"

#define DAYS 50000

// Every second day, in one of three places, is noted.
static const char *const countries[] = {"", "NA", "NE"};

static void days_of(int day, char from[11], char to[11])
{
    date_from_days(day, from);
    date_from_days(day + 1, to);
}

static void noted_places_are_known_and_few_others_seem_so(void **state)
{
    (void)state;
    struct arena *a = arena_new(LIMIT_KNOWN_BYTES);
    struct result_places *p = result_places_new(a);
    char from[11], to[11];
    int wrong = 0;
    assert_false(result_places_seem_noted(p, result_place("2026-01-01", "2026-01-31", "")));
    for (int day = 0; day < DAYS; day += 2) {
        days_of(day, from, to);
        result_places_note(p, result_place(from, to, countries[day % 3]));
    }
    for (int day = 0; day < DAYS; day++) {
        days_of(day, from, to);
        for (int k = 0; k < 3; k++) {
            bool noted = result_places_seem_noted(p, result_place(from, to, countries[k]));
            bool was = day % 2 == 0 && k == day % 3;
            assert_true(noted || !was);
            wrong += noted && !was;
        }
    }
    assert_in_range(wrong, 0, 5); // 25,000 places set 1.5 % of the bits: none has all five by chance
    arena_free(a);
}

// Where one text ends and the next begins counts.
static void texts_are_not_run_together(void **state)
{
    (void)state;
    struct arena *a = arena_new(LIMIT_KNOWN_BYTES);
    struct result_places *p = result_places_new(a);
    result_places_note(p, result_place("2026-01-01", "2026-01-3", "1NA"));
    assert_false(result_places_seem_noted(p, result_place("2026-01-01", "2026-01-31", "NA")));
    assert_true(result_places_seem_noted(p, result_place("2026-01-01", "2026-01-3", "1NA")));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(noted_places_are_known_and_few_others_seem_so),
        cmocka_unit_test(texts_are_not_run_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
