// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_table_test.c: the rows of a logframe, and what its versions are of.

#include "logframe/logframe_table.h"
#include "logframe/logframe_test_help.h"

static struct err_info e;

static void results_stand_below_what_they_serve(void **state)
{
    (void)state;
    struct record *results[] = {result("1.10", "output", "O1"), result("O1", "outcome", "G"),
                                result("G", "goal", ""), result("1.2", "output", "O1"),
                                result("X", "output", "Y"), result("Y", "output", "X")};
    struct record *indicators[] = {indicator("I10", "O1", "active"), indicator("I2", "O1", "active"),
                                   indicator("I3", "O1", "retired"), indicator("I4", "", "active")};
    struct record *targets[] = {target("t2", "I2", "2027-12-31", "3"),
                                target("t1", "I2", "2026-12-31", "2")};
    static const char *const order[] = {"G", "O1", "1.2", "1.10", "X", "Y"};
    struct logframe l;
    logframe_make(arena, programme(), results, 6, indicators, 4, targets, 2, &l);
    assert_int_equal(l.n_rows, 7);
    for (size_t i = 0; i < 6; i++) { // a circle is shown, once
        assert_string_equal(record_text(l.rows[i].result, "code"), order[i]);
    }
    assert_null(l.rows[6].result);
    assert_string_equal(l.rows[6].measures[0].record->id, "I4");
    assert_int_equal(l.rows[2].depth, 2);
    assert_int_equal(l.rows[1].n_measures, 2);
    assert_string_equal(l.rows[1].measures[0].record->id, "I2");
    assert_string_equal(l.rows[1].measures[0].targets[0]->id, "t1");
    assert_null(logframe_lacks_target(&l.rows[1].measures[0]));
    assert_non_null(logframe_lacks_target(&l.rows[1].measures[1]));
}

static void a_version_names_a_day_or_a_moment(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum err expected;
    } cases[] = {{"2026-11-22", ERR_NONE},           {"2026-11-22T10:20:30Z", ERR_NONE},
                 {"2026-11-22T10:20:30.123Z", ERR_NONE}, {"2026-11-31", ERR_INPUT},
                 {"2026-11-22T24:00:00Z", ERR_INPUT}, {"2026-11-22 10:20:30Z", ERR_INPUT},
                 {"soon", ERR_INPUT}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct record *v = record_new(arena, &entity_logframe_version);
        record_set_text(v, "as_of", cases[i].text);
        assert_int_equal(logframe_version_check(v, &e), cases[i].expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(results_stand_below_what_they_serve, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_version_names_a_day_or_a_moment, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
