// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_history_test.c: the history of a programme names what its changes refer to, with a number of
// statements that does not grow with the changes; and what hangs on answers is that of one round.

#include "programme/programme_page_test_help.h"

// A programme with so many indicators, each with a result of its own and a value.
static void make_programme(const char *number, int n)
{
    const char *p = made_programme(number);
    for (int i = 0; i < n; i++) {
        const char *indicator = made_indicator(p, number, i);
        made("observation", "indicator_id", indicator, "period_from", "2025-01-01", "period_to",
             "2025-03-31", "value", "5", "state", "entered", NULL);
    }
}

static int set_up(void **state)
{
    (void)state;
    workspace_begin();
    make_programme("FEW", 2);
    make_programme("MANY", 9);
    return 0;
}

static void statements_do_not_grow_with_the_changes(void **state)
{
    (void)state;
    int64_t few, many;
    page("/programmes/FEW/history", NULL, 0, &few);
    const char *shown = page("/programmes/MANY/history", NULL, 0, &many);
    assert_int_equal(few, many);
    assert_true(many <= 8);
    for (int i = 0; i < 9; i++) {
        assert_non_null(strstr(shown, arena_printf(a, "Title %d of MANY", i)));
        assert_non_null(strstr(shown, arena_printf(a, "Statement %d of MANY", i)));
    }
    assert_null(strstr(shown, "a record that was deleted"));
}

// An answer of a round with so many pieces of evidence, and one action.
static const char *made_round(const char *country, const char *evidence_of, int n)
{
    const char *round = made("assessment", "country", country, "tool", "2.3", "pack",
                             "unodc-hrge-2021", "pack_version", "1.0.0", "state", "draft", NULL);
    const char *answer = made("answer", "assessment_id", round, "row", "2.3-Q01", "value", "no", NULL);
    for (int i = 0; i < n; i++) {
        made("evidence", "about_kind", "answer", "about_id", answer, "title",
             arena_printf(a, "%s %d", evidence_of, i), NULL);
    }
    made("action", "about_kind", "answer", "about_id", answer, "what", evidence_of, "state", "open",
         NULL);
    return round;
}

static void evidence_of_a_round_is_loaded_without_that_of_other_countries(void **state)
{
    (void)state;
    const char *here = made_round("NA", "Here", 2);
    made_round("NE", "There", 7);
    struct db_read *db;
    struct attached_records of;
    ok(db_reader(store_db(store), &db, &e));
    db_count_reset();
    ok(programme_attached_load(db, a, &(struct attached_to){.kind = "answer", .round = here}, &of, &e));
    assert_int_equal(db_count(), 2);
    assert_int_equal(of.n_evidence, 2);
    assert_string_equal(record_text(of.evidence[1], "title"), "Here 1");
    assert_int_equal(of.n_actions, 1);
    assert_string_equal(record_text(of.actions[0], "what"), "Here");
    const char *answer = record_text(of.evidence[0], "about_id");
    ok(programme_attached_load(db, a, &(struct attached_to){.kind = "answer", .id = answer}, &of, &e));
    assert_int_equal(of.n_evidence, 2);
    ok(programme_attached_load(db, a, &(struct attached_to){.kind = "risk", .id = answer}, &of, &e));
    assert_int_equal(of.n_evidence + of.n_actions, 0);
    ok(programme_attached_load(db, a, &(struct attached_to){.kind = "answer"}, &of, &e));
    assert_int_equal(of.n_evidence + of.n_actions, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_do_not_grow_with_the_changes),
        cmocka_unit_test(evidence_of_a_round_is_loaded_without_that_of_other_countries),
    };
    return cmocka_run_group_tests_name("history", tests, set_up, workspace_end);
}
