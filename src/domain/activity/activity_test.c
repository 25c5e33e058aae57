// SPDX-License-Identifier: AGPL-3.0-or-later
//
// activity_test.c: rules of an activity, steps of its life, and what stands in the way of one that runs.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "activity/activity.h"
#include "base/bug.h"
#include "base/limits.h"

static struct record *activity(struct arena *a, const char *state)
{
    struct record *r = record_new(a, &entity_activity);
    record_set_text(r, "programme_id", "p");
    record_set_text(r, "countries", " NE ");
    record_set_text(r, "supports_force", "yes");
    record_set_text(r, "due_diligence_id", "old");
    record_set_text(r, "state", state);
    return r;
}

static struct record *decision(struct arena *a, const char *id, const char *what)
{
    struct record *r = record_new(a, &entity_due_diligence);
    r->id = id;
    record_set_text(r, "country", "NE");
    record_set_text(r, "decision", what);
    record_set_text(r, "review_on", "2027-01-01");
    record_set_text(r, "state", "decided");
    return r;
}

static void days_costs_and_references_must_fit(void **state)
{
    (void)state;
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct err_info e;
    struct record *r = activity(a, "planned");
    assert_int_equal(activity_check(r, &e), ERR_NONE);
    record_set_text(r, "starts_on", "2026-02-01");
    record_set_text(r, "ends_on", "2026-01-31");
    assert_int_equal(activity_check(r, &e), ERR_INPUT);
    assert_string_equal(e.field, "ends_on");
    record_set_text(r, "ends_on", "2026-02-01");
    assert_int_equal(activity_check(r, &e), ERR_NONE);
    record_set_int(r, "cost", -1);
    assert_int_equal(activity_check(r, &e), ERR_INPUT);
    record_set_int(r, "cost", 0);
    record_set_text(r, "supports_force", "none");
    assert_int_equal(activity_check(r, &e), ERR_INPUT);
    assert_string_equal(e.field, "due_diligence_id");
    arena_free(a);
}

static void steps_lead_only_from_where_they_may(void **state)
{
    (void)state;
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    static const char *const states[] = {"planned", "running", "suspended", "done", "dropped"};
    // For each step in order: start, suspend, finish, drop, plan.
    static const char *const may[] = {"ynnyn", "nyynn", "ynyyn", "nnnny", "nnnny"};
    for (size_t s = 0; s < COUNT_OF(states); s++) {
        for (size_t i = 0; i < activity_n_steps; i++) {
            assert_int_equal(activity_may_step(activity(a, states[s]), &activity_steps[i]),
                             may[s][i] == 'y');
        }
    }
    assert_false(activity_may_step(record_new(a, &entity_activity), &activity_steps[0]));
    assert_null(activity_step("stop"));
    arena_free(a);
}

static void a_newer_decision_counts_for_what_runs(void **state)
{
    (void)state;
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct record *items[] = {decision(a, "old", "go"), decision(a, "new", "suspend")};
    struct diligence_set set = {items, 2};
    struct record *r = activity(a, "running");
    const char *today = "2026-11-22";
    assert_int_equal(activity_bar(&set, r, today), DILIGENCE_HOLDS);
    record_set_text(items[1], "supersedes_id", "old");
    record_set_text(items[0], "state", "superseded");
    assert_int_equal(activity_bar(&set, r, today), DILIGENCE_STOPPED);
    record_set_text(items[1], "decision", "conditions");
    assert_int_equal(activity_bar(&set, r, today), DILIGENCE_HOLDS);
    assert_int_equal(activity_bar(&set, r, "2027-01-02"), DILIGENCE_EXPIRED);
    record_set_text(r, "due_diligence_id", NULL);
    assert_int_equal(activity_bar(&set, r, today), DILIGENCE_NONE);
    record_set_text(r, "supports_force", "none");
    assert_int_equal(activity_bar(&set, r, today), DILIGENCE_HOLDS);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_costs_and_references_must_fit),
        cmocka_unit_test(steps_lead_only_from_where_they_may),
        cmocka_unit_test(a_newer_decision_counts_for_what_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
