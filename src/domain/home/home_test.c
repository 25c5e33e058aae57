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
#include "home/home_cycle.h"

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
                                .number = "P1", .n = 1};
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
    c[4].n = 40; // an import, of which the log tells as one
    size_t n = home_gather(c, COUNT_OF(c));
    assert_int_equal(n, 5);
    static const int64_t counts[] = {3, 1, 40, 1, 2};
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(c[i].n, counts[i]);
    }
    assert_string_equal(c[0].wall, "2026-11-22T10:00:00.000Z"); // the newest speaks for all
    assert_string_equal(c[4].kind, "action");
    assert_int_equal(home_gather(c, 0), 0);
}

// ---- the programme cycle ------------------------------------------------------------------------

static const struct pack_tool checklist = {.id = "3.1", .kind = PACK_KIND_CHECKLIST,
                                           .phase = PACK_PHASE_PLAN};
static const struct pack_tool treaties = {.id = "2.2", .kind = PACK_KIND_INSTRUMENTS,
                                          .phase = PACK_PHASE_ANALYSE};
static const struct pack_tool risks = {.id = "3.2", .kind = PACK_KIND_RISK_TABLE,
                                       .phase = PACK_PHASE_PLAN};

static struct cycle_line line_of(const struct pack_tool *tool, bool filled_in, const char *state,
                                 int answered, int of, const char *touched)
{
    return (struct cycle_line){.tool = tool, .filled_in = filled_in, .wanted = true, .state = state,
                               .answered = answered, .of = of, .touched = touched,
                               .assigned_id = ""};
}

static void the_next_step_follows_the_state(void **state)
{
    (void)state;
    static const struct {
        const char *why, *state, *touched;
        int answered;
        enum cycle_next next;
    } cases[] = {
        {"never begun", "", "", 0, CYCLE_START},
        {"open questions", "draft", "2026-11-01", 3, CYCLE_CONTINUE},
        {"all answered, not handed in", "draft", "2026-11-01", 22, CYCLE_SUBMIT},
        {"returned", "returned", "2026-11-01", 22, CYCLE_MEND},
        {"handed in", "submitted", "2026-11-01", 22, CYCLE_CHECK},
        {"approved thirteen months ago", "approved", "2025-10-20", 22, CYCLE_NOTHING},
        {"approved fourteen months ago", "approved", "2025-09-22", 22, CYCLE_AGAIN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct cycle_line line = line_of(&checklist, true, cases[i].state, cases[i].answered, 22,
                                         cases[i].touched);
        if (cycle_next_of(&line, "2026-11-22") != cases[i].next) {
            fail_msg("%s", cases[i].why);
        }
        assert_true((cycle_why(&line, cases[i].next)[0] == '\0') ==
                    (cases[i].next == CYCLE_NOTHING));
    }
    struct cycle_line some = line_of(&treaties, false, "", 9, 33, "2026-11-01");
    assert_int_equal(cycle_next_of(&some, "2026-11-22"), CYCLE_CONTINUE);
    struct cycle_line other = line_of(&risks, false, "", 0, 11, "");
    assert_int_equal(cycle_next_of(&other, "2026-11-22"), CYCLE_START);
    struct cycle_line criteria = {.tool = &risks, .wanted = true, .is_read = true, .state = "", .touched = ""};
    assert_int_equal(cycle_next_of(&criteria, "2026-11-22"), CYCLE_NOTHING); // read, never begun
    assert_string_equal(cycle_state_label(&criteria), "For reading");
    other.wanted = false; // not an area of work of the programme
    assert_int_equal(cycle_next_of(&other, "2026-11-22"), CYCLE_NOTHING);
}

static void one_of_a_tool_and_its_copies_is_to_be_begun(void **state)
{
    (void)state;
    static const struct pack_tool copy = {.id = "o-3.1", .origin = {"p", "3.1", "1"}};
    static const struct pack_tool original = {.id = "3.1"};
    struct cycle_line lines[] = {line_of(&original, true, "", 0, 22, ""),
                                 line_of(&copy, true, "", 0, 22, ""),
                                 line_of(&treaties, false, "", 0, 33, "")};
    struct cycle c = {lines, 3};
    cycle_spare(&c); // nothing is begun: the copy is offered
    assert_int_equal(cycle_next_of(&lines[0], "2026-11-22"), CYCLE_NOTHING);
    assert_true(cycle_why(&lines[0], CYCLE_NOTHING)[0] != '\0');
    assert_int_equal(cycle_next_of(&lines[1], "2026-11-22"), CYCLE_START);
    assert_int_equal(cycle_next_of(&lines[2], "2026-11-22"), CYCLE_START);
    lines[0] = line_of(&original, true, "draft", 3, 22, "2026-11-01");
    cycle_spare(&c); // the original is begun: it is gone on with
    assert_int_equal(cycle_next_of(&lines[0], "2026-11-22"), CYCLE_CONTINUE);
    assert_int_equal(cycle_next_of(&lines[1], "2026-11-22"), CYCLE_NOTHING);
    lines[1].country = "KE"; // elsewhere
    lines[1].spared = false;
    cycle_spare(&c);
    assert_false(lines[1].spared);
}

static void what_waits_for_somebody_comes_first(void **state)
{
    (void)state;
    struct cycle_line lines[] = {
        line_of(&treaties, false, "", 0, 33, ""),
        line_of(&checklist, true, "draft", 3, 22, "2026-11-01"),
        line_of(&checklist, true, "returned", 22, 22, "2026-11-01"),
    };
    struct cycle all = {lines, 3}, open = {lines, 2}, fresh = {lines, 1}, none = {lines, 0};
    assert_ptr_equal(cycle_first(&all, "2026-11-22"), &lines[2]);
    assert_ptr_equal(cycle_first(&open, "2026-11-22"), &lines[1]);
    assert_ptr_equal(cycle_first(&fresh, "2026-11-22"), &lines[0]);
    assert_null(cycle_first(&none, "2026-11-22"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_step_follows_the_state),
        cmocka_unit_test(one_of_a_tool_and_its_copies_is_to_be_begun),
        cmocka_unit_test(what_waits_for_somebody_comes_first),
        cmocka_unit_test(late_things_come_first_then_what_came_back_then_days),
        cmocka_unit_test(changes_alike_within_an_hour_are_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
