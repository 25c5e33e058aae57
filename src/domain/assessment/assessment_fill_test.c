// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_fill_test.c: a checklist filled in over a real workspace: saving, clearing, two people at once,
// rounds, the notices.

#include "programme/programme_page_test_help.h"

#include "assessment/assessment.h"
#include "assessment/assessment_rounds.h"
#include "assessment/assessment_summary.h"
#include "assessment/assessment_web.h"
#include "model/check.h"

extern const struct check check_checklist;

static const char *programme_id;

// The mark of an answer that says only this.
static const char *mark_of(const char *value, const char *how)
{
    const char *const texts[] = {value, how, "", "", "", "", "", ""};
    return assessment_mark(a, texts, COUNT_OF(texts));
}

static struct assessment_rounds rounds_now(void)
{
    struct assessment_rounds rounds;
    const struct assessment_subject mine = {.programme_id = programme_id};
    ok(assessment_rounds_load(reader(), a, &mine, "3.1", &rounds, &e));
    return rounds;
}

// Status of the reply; *location is where it leads, or what it shows.
static int post(const char *below, const char *body, const char **location)
{
    const struct exchange *x = ask(arena_printf(a, "/programmes/MINE/checklists/3.1%s", below), NULL, 0, body);
    if (location != NULL) {
        *location = x->reply.location != NULL ? x->reply.location : x->reply.body.data;
    }
    return x->reply.status;
}

static const char *fill(const char *row, const char *value, const char *how, const char *mark)
{
    return arena_printf(a, "section=s1&go=next&%s=%s&%s-how=%s&%s-was=%s", row, value, row, how,
                        row, mark);
}

static void the_form_takes_answers_and_nothing_else(void **state)
{
    (void)state;
    const char *none = mark_of("", "");
    const char *shown;
    assert_int_equal(post("", fill("3.1-Q01", "", "", none), NULL), 303);
    assert_int_equal(rounds_now().n, 0); // nothing said, nothing begun
    // state, reason and rows of another section are not taken from this form
    const char *body = arena_printf(
        a, "%s&state=approved&return_reason=x&3.1-Q22=yes&3.1-Q22-was=%s&assigned_id=x",
        fill("3.1-Q01", "part", "Half+of+it", none), none);
    assert_int_equal(post("", body, &shown), 422);
    assert_non_null(strstr(shown, "This form takes no field “state”."));
    assert_int_equal(rounds_now().n, 0);
    assert_int_equal(post("", fill("3.1-Q01", "part", "Half+of+it", none), &shown), 303);
    assert_string_equal(shown, "/programmes/MINE/checklists/3.1?section=s2");
    struct assessment_rounds rounds = rounds_now();
    assert_int_equal(rounds.n, 1);
    assert_int_equal(rounds.items[0].n_answers, 1);
    assert_string_equal(rounds.items[0].answers[0].how, "Half of it");
    assert_string_equal(record_text(rounds.items[0].record, "state"), "draft");
    assert_false(record_is_set(rounds.items[0].record, "return_reason"));
    assert_false(record_is_set(rounds.items[0].record, "assigned_id"));
    assert_string_equal(record_text(rounds.items[0].record, "pack"), "unodc-hrge-2021");
    // what cannot be is refused, with the question named and the words kept
    assert_int_equal(post("", fill("3.1-Q02", "maybe", "Typed+words", none), &shown), 422);
    assert_non_null(strstr(shown, "3.1-Q02: this is not one of the answers."));
    assert_non_null(strstr(shown, "Typed words</textarea>"));
    assert_int_equal(post("", fill("3.1-Q02", "", "Words+alone", none), &shown), 422);
    assert_non_null(strstr(shown, "3.1-Q02: there are words but no answer."));
    assert_int_equal(rounds_now().items[0].n_answers, 1);
}

static void what_two_people_change_is_seen(void **state)
{
    (void)state;
    const char *none = mark_of("", "");
    const char *seen = mark_of("part", "Half of it");
    const char *shown;
    assert_int_equal(post("", fill("3.1-Q01", "yes", "All", none), &shown), 422);
    assert_non_null(strstr(shown, "somebody else changed this answer"));
    // what was not touched stays, also when somebody else answered meanwhile
    assert_int_equal(post("", fill("3.1-Q01", "", "", none), NULL), 303);
    assert_string_equal(rounds_now().items[0].answers[0].value, "part");
    assert_int_equal(post("", fill("3.1-Q01", "yes", "All", seen), NULL), 303);
    assert_string_equal(rounds_now().items[0].answers[0].value, "yes");
}

static const char *evidence_of(const char *programme, const char *answer, const char *title)
{
    return made("evidence", "programme_id", programme, "about_kind", "answer", "about_id", answer, "title", title, NULL);
}

static const char *action_of(const char *programme, const char *answer, const char *what)
{
    return made("action", "programme_id", programme, "about_kind", "answer", "about_id", answer, "what", what, "state",
                "open", NULL);
}

static void clearing_removes_the_answer(void **state)
{
    (void)state;
    struct store_tx *tx;
    const char *shown;
    const char *seen = mark_of("yes", "All");
    const char *id = rounds_now().items[0].answers[0].id;
    const char *action = action_of(programme_id, id, "Ask the ministry");
    assert_int_equal(post("", fill("3.1-Q01", "", "All", seen), &shown), 422);
    assert_non_null(strstr(shown, "has evidence or actions"));
    ok(store_begin(store, &(struct actor){.name = "owner"}, NULL, &tx, &e));
    ok(store_delete(tx, a, &entity_action, action, &e));
    ok(store_commit(tx, &e));
    assert_int_equal(post("", fill("3.1-Q01", "", "All", seen), NULL), 303);
    assert_int_equal(rounds_now().items[0].n_answers, 0);
    struct change *changes;
    size_t n;
    ok(store_history(reader(), a, "answer", id, 1, &changes, &n, &e));
    assert_string_equal(changes[0].op, "delete");
    assert_string_equal(changes[0].reason, "cleared: 3.1-Q01");
}

static size_t notices_of(const char *rule)
{
    struct notice_list list = {.arena = a};
    size_t n = 0;
    ok(check_checklist.run(reader(), programme_id, &list, &e));
    for (size_t i = 0; i < list.n; i++) {
        n += strcmp(list.items[i].rule, rule) == 0;
    }
    return n;
}

static void rounds_are_submitted_returned_approved_and_begun_again(void **state)
{
    (void)state;
    const char *none = mark_of("", "");
    grants[0].verbs = MAY_READ | MAY_WRITE;
    assert_int_equal(post("/submit", "", NULL), 422); // nothing answered
    assert_int_equal(post("", fill("3.1-Q01", "no", "", none), NULL), 303);
    assert_int_equal(notices_of("how"), 1);
    assert_int_equal(notices_of("action"), 1);
    assert_int_equal(post("/approve", "", NULL), 403);
    assert_int_equal(post("/submit", "", NULL), 303);
    assert_int_equal(post("", fill("3.1-Q02", "yes", "", none), NULL), 409);
    grants[0].verbs = MAY_READ | MAY_APPROVE;
    assert_int_equal(post("/return", "return_reason=", NULL), 422);
    assert_int_equal(post("/return", "return_reason=Date+missing", NULL), 303);
    assert_string_equal(record_text(rounds_now().items[0].record, "return_reason"),
                        "Date missing");
    assert_int_equal(post("/approve", "", NULL), 409);
    assert_int_equal(post("/submit", "", NULL), 403);
    grants[0].verbs = MAY_READ | MAY_WRITE | MAY_APPROVE;
    assert_int_equal(post("", fill("3.1-Q02", "yes", "Now+dated", none), NULL), 303);
    assert_int_equal(post("/again", "", NULL), 409);
    assert_int_equal(post("/submit", "", NULL), 303);
    assert_int_equal(post("/approve", "", NULL), 303);
    assert_int_equal(post("", fill("3.1-Q03", "yes", "", none), NULL), 409);
    assert_int_equal(post("/again", "", NULL), 303);
    struct assessment_rounds rounds = rounds_now();
    assert_int_equal(rounds.n, 2);
    assert_string_equal(record_text(rounds.items[0].record, "state"), "draft");
    assert_string_equal(record_text(rounds.items[1].record, "state"), "approved");
    assert_int_equal(rounds.items[0].n_answers, 0);
    assert_int_equal(rounds.items[1].n_answers, 2);
    assert_int_equal(notices_of("how"), 0); // only the newest round is looked at
}

static void a_summary_holds_every_row(void **state)
{
    (void)state;
    struct assessment_summary s;
    const char *none = mark_of("", "");
    assert_int_equal(post("", fill("3.1-Q02", "na", "Not+here", none), NULL), 303);
    const char *answer = rounds_now().items[0].answers[0].id;
    (void)evidence_of(programme_id, answer, "Minutes");
    (void)evidence_of(NULL, answer, "Of no programme"); // on no page of this one
    (void)action_of(programme_id, answer, "Ask again");
    (void)action_of(NULL, answer, "Of no programme");
    ok(assessment_summary_load(reader(), a, programme_id, "3.1", &s, &e));
    assert_int_equal(s.n_rows, 22);
    assert_int_equal(s.progress.answered, 1);
    assert_int_equal(s.progress.na, 1);
    assert_string_equal(s.rows[1].how, "Not here");
    assert_string_equal(s.rows[0].value, "");
    assert_int_equal(s.rows[1].n_evidence, 1);
    assert_string_equal(s.rows[1].evidence[0], "Minutes");
    assert_int_equal(s.rows[1].n_actions, 1);
    assert_string_equal(s.rows[1].actions[0].what, "Ask again");
    assert_null(s.rows[1].actions[0].owner);
    ok(assessment_summary_load(reader(), a, programme_id, "9.9", &s, &e));
    assert_null(s.tool);
}

static void a_programme_that_runs_without_one_is_noticed(void **state)
{
    (void)state;
    assert_int_equal(notices_of("start"), 1);
}

static int set_up(void **state)
{
    (void)state;
    workspace_begin();
    programme_id = made("programme", "number", "MINE", "title", "My programme", "crime", "tip", "state", "running",
                        "starts_on", "2026-01-01", "ends_on", "2027-12-31", "currency", "USD", NULL);
    grants[0].programme_id = programme_id;
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_programme_that_runs_without_one_is_noticed),
        cmocka_unit_test(the_form_takes_answers_and_nothing_else),
        cmocka_unit_test(what_two_people_change_is_seen),
        cmocka_unit_test(clearing_removes_the_answer),
        cmocka_unit_test(rounds_are_submitted_returned_approved_and_begun_again),
        cmocka_unit_test(a_summary_holds_every_row),
    };
    return cmocka_run_group_tests(tests, set_up, workspace_end);
}
