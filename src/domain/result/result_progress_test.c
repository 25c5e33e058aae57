// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_progress_test.c: targets and progress, against a slow and obvious second implementation over random cases.

#include "result/result_test_help.h"

// Looks at every day of a small calendar, first forward from today, then backward.
static size_t slow_target(const struct result_target *t, size_t n, int64_t today)
{
    for (int64_t step = 0; step < 400; step++) {
        int64_t day = step < 200 ? today + step : today - (step - 199);
        size_t found = n;
        for (size_t i = 0; i < n; i++) {
            if (!t[i].replaced && date_to_days(t[i].due_on) == day &&
                (found == n || strcmp(t[i].id, t[found].id) > 0)) {
                found = i;
            }
        }
        if (found < n) {
            return found;
        }
    }
    return n;
}

static void the_target_that_counts(void **state)
{
    (void)state;
    for (int i = 0; i < CASES; i++) {
        char days[6][11], ids[6][2] = {"a", "b", "c", "d", "e", "f"}, today[11];
        struct result_target t[6];
        size_t n = (size_t)pick(7);
        for (size_t k = 0; k < n; k++) {
            date_from_days(20000 + pick(20), days[k]);
            t[k] = (struct result_target){
                .id = ids[k], .due_on = days[k], .value = ONE, .replaced = pick(3) == 0};
        }
        int64_t day = 20000 + pick(24);
        date_from_days(day, today);
        assert_int_equal(result_target_at(t, n, today), slow_target(t, n, day));
    }
}

// What a straight line gives on the last day of the value: walks it day by day, in exact shares of a day. False: no line.
static bool slow_expected(const struct result_question *q, int64_t *expected)
{
    if (q->target == NULL || !q->value.known || q->in_steps || !q->has_baseline || q->baseline_on[0] == '\0') {
        return false;
    }
    int64_t start = date_to_days(q->baseline_on), due = date_to_days(q->target->due_on), stop = date_to_days(q->cut_off);
    __int128 risen = 0, days = due - start;
    for (int64_t day = start; day < due && day < stop; day++) {
        risen += q->target->value - q->baseline;
    }
    if (days <= 0) {
        return false;
    }
    int64_t whole = (int64_t)(risen / days);
    __int128 rest = risen - whole * days;
    whole += rest * 2 >= days ? 1 : rest * 2 <= -days ? -1 : 0;
    *expected = q->baseline + whole;
    return true;
}

// Which part of the way is gone, counted in steps of the better direction. False: there is no such way.
static bool slow_percent(const struct result_question *q, int64_t *percent)
{
    int sign = q->direction == BETTER_MORE ? 1 : q->direction == BETTER_LESS ? -1 : 0;
    if (q->target == NULL || !q->value.known || !q->has_baseline || sign * (q->target->value - q->baseline) <= 0) {
        return false;
    }
    *percent = slow_divide(sign * (q->value.scaled - q->baseline), 100 * ONE, sign * (q->target->value - q->baseline));
    return true;
}

// In whole numbers and with one division less: x is at or past y when better - worse is not negative.
static enum result_standing slow_standing(const struct result_question *q)
{
    int sign = q->direction == BETTER_MORE ? 1 : q->direction == BETTER_LESS ? -1 : 0;
    if (!q->value.known) {
        return STANDING_NO_VALUE;
    }
    if (q->target == NULL) {
        return STANDING_NO_TARGET;
    }
    if (sign == 0) {
        return STANDING_NOT_JUDGED;
    }
    if (sign * q->value.scaled >= sign * q->target->value) {
        return STANDING_REACHED;
    }
    if (date_to_days(q->target->due_on) < date_to_days(q->today)) {
        return STANDING_BEHIND;
    }
    int64_t expected;
    if (!slow_expected(q, &expected)) {
        return STANDING_NOT_JUDGED;
    }
    return sign * q->value.scaled >= sign * expected ? STANDING_ON_THE_WAY : STANDING_BEHIND;
}

static void random_question(struct result_question *q, struct result_target *t, char days[4][11])
{
    for (int i = 0; i < 4; i++) {
        date_from_days(20000 + pick(60), days[i]);
    }
    *t = (struct result_target){.id = "a", .due_on = days[0], .value = pick(40) * ONE};
    *q = (struct result_question){
        .direction = (enum result_direction)pick(3),
        .value = {.known = pick(8) > 0, .scaled = pick(40) * ONE},
        .cut_off = days[1],
        .has_baseline = pick(5) > 0,
        .baseline = pick(40) * ONE,
        .baseline_on = pick(6) == 0 ? "" : days[2],
        .target = pick(8) == 0 ? NULL : t,
        .today = days[3],
        .in_steps = pick(6) == 0,
    };
}

static void standing_agrees_with_the_slow_way(void **state)
{
    (void)state;
    int seen[STANDING_COUNT] = {0};
    for (int i = 0; i < CASES; i++) {
        struct result_question q;
        struct result_target t;
        char days[4][11];
        random_question(&q, &t, days);
        struct result_progress p = result_progress_of(&q);
        assert_int_equal(p.standing, slow_standing(&q));
        seen[p.standing]++;
        int64_t percent = 0, expected = 0;
        assert_int_equal(p.has_percent, slow_percent(&q, &percent));
        assert_int_equal(p.percent, percent);
        assert_int_equal(p.has_expected, slow_expected(&q, &expected));
        assert_int_equal(p.expected, expected);
    }
    for (int i = 0; i < STANDING_COUNT; i++) {
        assert_true(seen[i] > 20); // every word was met
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_target_that_counts),
        cmocka_unit_test(standing_agrees_with_the_slow_way),
    };
    return cmocka_run_group_tests_name("progress", tests, NULL, NULL);
}
