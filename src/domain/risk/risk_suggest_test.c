// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_suggest_test.c: suggestions of the situation analysis against a slow and obvious second way; the
// tables of risks; the response ladder.

#include <stdlib.h>
#include <string.h>

#include "base/arena_test_help.h"
#include "base/msg.h"
#include "risk/risk.h"
#include "risk/risk_suggest.h"

// ---- tables --------------------------------------------------------------------------------------

static void five_tables_hold_all_risks_and_those_of_the_programme_come_first(void **state)
{
    (void)state;
    size_t n, n_first, rows = 0;
    const struct pack_tool **tables = risk_tables(arena, " justice protection ", &n, &n_first);
    assert_int_equal(n, 5);
    assert_int_equal(n_first, 2);
    const char *order[] = {"3.4", "3.6", "3.2", "3.3", "3.5"};
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(tables[i]->id, order[i]);
        rows += tables[i]->n_rows;
    }
    assert_int_equal(rows, 56);
    tables = risk_tables(arena, "", &n, &n_first);
    assert_int_equal(n_first, 0);
    assert_string_equal(tables[0]->id, "3.2");
}

static void a_row_is_found_in_its_table_only(void **state)
{
    (void)state;
    const struct pack_tool *tool = NULL;
    assert_non_null(risk_table_row("3.6-R03", &tool));
    assert_string_equal(tool->id, "3.6");
    assert_string_equal(risk_table_area(tool), "protection");
    assert_null(risk_table_row("", NULL));
    assert_null(risk_table_row("3.1-Q01", NULL));
    assert_null(risk_table_row("3.4-R99", NULL));
    assert_string_equal(risk_table_area(pack_tool_anywhere("3.1")), "");
}

// ---- suggestions ---------------------------------------------------------------------------------

// A generator of our own, so that a failure can be repeated.
static unsigned next_random(unsigned *seed, unsigned below)
{
    *seed = *seed * 1103515245u + 12345u;
    return (*seed >> 16) % below;
}

static struct record *with_row(const struct entity *kind, const char *row, const char *basis)
{
    struct record *r = record_new(arena, kind);
    record_set_text(r, "row", row);
    if (basis != NULL) {
        record_set_text(r, "basis", basis);
    }
    return r;
}

// The slow way: does any answer say what the link asks for? For a line about a group the question is
// the part of the id before the last dash, and the group is looked up by walking the whole tool.
static bool slow_fits(const char *link_row, const char *link_answer, const struct risk_answer *w)
{
    if (strcmp(link_answer, w->value) != 0) {
        return false;
    }
    if (strcmp(link_row, w->row) == 0) {
        return true;
    }
    const char *dash = strrchr(link_row, '-');
    if (dash == NULL || dash[1] != 'G') {
        return false;
    }
    size_t len = (size_t)(dash - link_row);
    if (strlen(w->row) != len || strncmp(link_row, w->row, len) != 0) {
        return false;
    }
    const struct pack_tool *tool = pack_tool_anywhere("2.6");
    for (unsigned i = 0; i < tool->n_rows; i++) {
        if (strcmp(tool->rows[i].id, link_row) == 0) {
            return strcmp(tool->rows[i].group, w->column) == 0;
        }
    }
    return false;
}

// Every answer that any link names, and some that none does; groups as the pages keep them.
static size_t possible_answers(struct risk_answer **out)
{
    static const char *const values[] = {"yes", "no", "part", "none", "low", "too-little", "never"};
    static const char *const countries[] = {"NA", "NE"};
    size_t n_tables, n = 0;
    const struct pack_tool **tables = risk_tables(arena, "", &n_tables, NULL);
    *out = ARENA_ARRAY(arena, struct risk_answer, 20000);
    for (size_t t = 0; t < n_tables; t++) {
        for (unsigned i = 0; i < tables[t]->n_rows; i++) {
            for (unsigned l = 0; l < tables[t]->rows[i].n_suggested_by; l++) {
                const struct pack_tool *of;
                const struct pack_row *line =
                    pack_row_anywhere(tables[t]->rows[i].suggested_by[l].row, &of);
                assert_non_null(line);
                for (size_t v = 0; v < 7 * 2; v++) {
                    (*out)[n++] = (struct risk_answer){
                        .country = countries[v % 2],
                        .tool = arena_copy_n(arena, line->id, 3),
                        .row = line->group != NULL ? line->parent : line->id,
                        .column = line->group != NULL ? (v / 2 == 6 ? "men" : line->group) : "",
                        .column_name = "",
                        .value = values[v / 2]};
                }
            }
        }
    }
    return n;
}

static void suggestions_are_those_of_a_slow_search(void **state)
{
    (void)state;
    struct risk_answer *possible;
    size_t n_possible = possible_answers(&possible);
    assert_true(n_possible > 1000);
    unsigned seed = 11;
    size_t seen = 0, seen_declined = 0, seen_again = 0;
    for (int round = 0; round < 60; round++) {
        size_t n_tables, n_answers = next_random(&seed, 25);
        const struct pack_tool **tables =
            risk_tables(arena, round % 2 == 0 ? "" : " protection ", &n_tables, NULL);
        struct risk_answer *answers = ARENA_ARRAY(arena, struct risk_answer, n_answers + 1);
        for (size_t i = 0; i < n_answers; i++) {
            answers[i] = possible[next_random(&seed, (unsigned)n_possible)];
        }
        struct record *risks[] = {with_row(&entity_risk, "3.4-R01", NULL),
                                  with_row(&entity_risk, "", NULL)};
        struct record *dismissals[] = {
            with_row(&entity_risk_dismissal, "3.4-R03", "NE:2.4-R3=none NA:2.4-R3=none NE:2.4-R1=none"),
            with_row(&entity_risk_dismissal, "3.3-R03", "NA:2.3-Q11=no NE:2.3-Q11=no")};
        struct risk_suggestions made;
        risk_suggest(arena, tables, n_tables, answers, n_answers, risks, 2, dismissals, 2, &made);
        size_t at = 0, open = 0;
        for (size_t t = 0; t < n_tables; t++) {
            for (unsigned i = 0; i < tables[t]->n_rows; i++) {
                const struct pack_row *row = &tables[t]->rows[i];
                size_t grounds = 0;
                bool declined = false, known = false, uncovered = false;
                for (unsigned l = 0; l < row->n_suggested_by; l++) {
                    for (size_t k = 0; k < n_answers; k++) {
                        if (!slow_fits(row->suggested_by[l].row, row->suggested_by[l].answer,
                                       &answers[k])) {
                            continue;
                        }
                        grounds++;
                        const char *mark = arena_printf(arena, " %s:%s%s%s=%s ", answers[k].country,
                                                        answers[k].row,
                                                        answers[k].column[0] == '\0' ? "" : "/",
                                                        answers[k].column, answers[k].value);
                        for (int d = 0; d < 2; d++) {
                            if (strcmp(record_text(dismissals[d], "row"), row->id) == 0) {
                                known = true;
                                uncovered = uncovered ||
                                            strstr(arena_printf(arena, " %s ",
                                                                record_text(dismissals[d], "basis")),
                                                   mark) == NULL;
                            }
                        }
                    }
                }
                if (grounds == 0 || strcmp(row->id, "3.4-R01") == 0) {
                    continue;
                }
                declined = known && !uncovered;
                assert_true(at < made.n);
                const struct risk_suggestion *s = &made.items[at++];
                assert_string_equal(s->row->id, row->id);
                assert_int_equal(s->n_grounds, grounds);
                assert_int_equal(s->declined != NULL, declined);
                assert_int_equal(s->again, known && uncovered);
                open += !declined;
                seen_declined += declined;
                seen_again += s->again;
            }
        }
        assert_int_equal(made.n, at);
        assert_int_equal(made.n_open, open);
        seen += at;
    }
    assert_true(seen > 100);
    assert_true(seen_declined > 0);
    assert_true(seen_again > 0);
}

// The example of docs/risks.md.
static void an_answer_about_a_group_stands_under_its_question(void **state)
{
    (void)state;
    const struct pack_link link = {.row = "2.6-Q5-G5", .answer = "no"};
    struct risk_answer w = {.country = "NE", .tool = "2.6", .row = "2.6-Q5", .column = "irregular",
                            .value = "no"};
    assert_true(risk_answer_fits(&link, &w));
    w.column = "women";
    assert_false(risk_answer_fits(&link, &w));
    w.column = "irregular";
    w.value = "yes";
    assert_false(risk_answer_fits(&link, &w));
}

static void a_declined_suggestion_comes_back_when_an_answer_changes(void **state)
{
    (void)state;
    size_t n;
    const struct pack_tool **tables = risk_tables(arena, "", &n, NULL);
    struct risk_answer w[2] = {
        {.country = "NE", .tool = "2.3", .row = "2.3-Q11", .column = "", .value = "no"},
        {.country = "NA", .tool = "2.3", .row = "2.3-Q11", .column = "", .value = "yes"}};
    struct risk_suggestions s;
    risk_suggest(arena, tables, n, w, 2, NULL, 0, NULL, 0, &s);
    assert_true(s.n > 0);
    assert_int_equal(s.n_open, s.n);
    struct record *declined =
        with_row(&entity_risk_dismissal, s.items[0].row->id, s.items[0].basis);
    risk_suggest(arena, tables, n, w, 2, NULL, 0, &declined, 1, &s);
    assert_ptr_equal(s.items[0].declined, declined);
    assert_int_equal(s.n_open, s.n - 1);
    w[1].value = "no"; // Namibia's law changed for the worse
    risk_suggest(arena, tables, n, w, 2, NULL, 0, &declined, 1, &s);
    assert_null(s.items[0].declined);
    assert_true(s.items[0].again);
    w[0].value = "yes"; // what was looked at then is gone; the new answer was not looked at
    risk_suggest(arena, tables, n, w, 2, NULL, 0, &declined, 1, &s);
    assert_true(s.items[0].again);
}

// ---- ladder --------------------------------------------------------------------------------------

// Ids of bodies and rounds mean nothing to people: what two of them answered alike stands once.
static void histories_show_the_answers_behind_a_risk_in_words(void **state)
{
    (void)state;
    assert_string_equal(
        risk_basis_words(arena, &lang_en,
                         "NA:2.4-R3/01m82s2xhsdb70ahjd7hmzpf2j=too-little 01m82s2xhv45vmw9wznwfjzzmb Means.\n"
                         "NA:2.4-R3/01m82s2xhsdb6z3n73z1ttrm3h=too-little 01m82s2xhv45vmw9wznwfjzzmb Means.\n"
                         "NE:2.6-Q5/irregular=no 01m82s2xhv45vphpm2d2er0jc3 No lawyer.\n"
                         "XX:gone-Q1=some-value 01m82s2xhv45vphpm2d2er0jc3 "),
        "Namibia, 2.4-R3: Inadequate\nNiger, 2.6-Q5 (Migrants in irregular situations): No\n"
        "XX, gone-Q1: some-value");
    assert_string_equal(risk_dismissal_words(arena, &lang_en, "NE:2.3-Q26=no NA:2.3-Q26=part"),
                        "Niger, 2.3-Q26: No\nNamibia, 2.3-Q26: In part");
    assert_string_equal(risk_basis_words(arena, &lang_en, "typed by hand"), "typed by hand");
}

static void the_ladder_of_the_pack_has_the_steps_we_know(void **state)
{
    (void)state;
    const struct pack_tool *ladder = risk_ladder();
    assert_non_null(ladder);
    assert_int_equal(ladder->n_rows, 6);
    for (unsigned i = 0; i < ladder->n_rows; i++) {
        assert_int_equal(risk_step_place(ladder->rows[i].id), i);
        assert_non_null(ladder->rows[i].authority);
    }
    assert_int_equal(risk_step_place("RL-7"), -1);
}

static void steps_from_four_on_need_an_office_and_three_when_it_is_sensitive(void **state)
{
    (void)state;
    static const bool plain[] = {false, false, false, true, true, true};
    static const bool sensitive[] = {false, false, true, true, true, true};
    for (int i = 0; i < 6; i++) {
        const char *step = arena_printf(arena, "RL-%d", i + 1);
        assert_int_equal(risk_step_needs_authority(step, false), plain[i]);
        assert_int_equal(risk_step_needs_authority(step, true), sensitive[i]);
    }
    assert_false(risk_step_needs_authority("RL-7", true));
}

// The slow way: each set of steps that were taken, as bits.
static void a_step_skips_when_any_before_it_is_missing(void **state)
{
    (void)state;
    for (unsigned taken = 0; taken < 64; taken++) {
        const char *done[6];
        size_t n = 0;
        for (int i = 0; i < 6; i++) {
            if ((taken >> i & 1) != 0) {
                done[n++] = arena_printf(arena, "RL-%d", i + 1);
            }
        }
        for (int i = 0; i < 6; i++) {
            unsigned before = (1u << i) - 1;
            assert_int_equal(risk_step_skips(arena_printf(arena, "RL-%d", i + 1), done, n),
                             (taken & before) != before);
        }
    }
}

static struct record *response(const char *step, const char *state, const char *by, const char *on)
{
    struct record *r = record_new(arena, &entity_risk_response);
    record_set_text(r, "risk_id", "01m80n59swfpm4f7h1z2mx1pz9");
    record_set_text(r, "step", step);
    record_set_text(r, "what", "Something");
    record_set_int(r, "sensitive", 0);
    record_set_text(r, "asked_on", "2026-05-01");
    record_set_text(r, "state", state);
    record_set_text(r, "authorised_by", by);
    record_set_text(r, "authorised_on", on);
    return r;
}

static void nothing_senior_is_authorised_without_a_name(void **state)
{
    (void)state;
    struct err_info e = {0};
    assert_int_equal(record_check(response("RL-5", "asked", NULL, NULL), &e), ERR_NONE);
    assert_int_equal(record_check(response("RL-5", "authorised", NULL, NULL), &e), ERR_INPUT);
    assert_string_equal(e.field, "authorised_by");
    assert_int_equal(record_check(response("RL-5", "authorised", "HQ", "2026-05-02"), &e), ERR_NONE);
    assert_int_equal(record_check(response("RL-5", "authorised", "HQ", NULL), &e), ERR_INPUT);
    assert_string_equal(e.field, "authorised_on");
    assert_int_equal(record_check(response("RL-5", "authorised", "HQ", "2026-04-30"), &e), ERR_INPUT);
    assert_int_equal(record_check(response("RL-1", "authorised", NULL, NULL), &e), ERR_NONE);
    assert_int_equal(record_check(response("RL-1", "refused", NULL, NULL), &e), ERR_INPUT);
    assert_string_equal(e.field, "reason");
    assert_int_equal(record_check(response("RL-9", "asked", NULL, NULL), &e), ERR_INPUT);
    assert_string_equal(e.field, "step");
    struct record *r = response("RL-1", "done", NULL, NULL);
    assert_int_equal(record_check(r, &e), ERR_INPUT);
    assert_string_equal(e.field, "done_on");
    record_set_text(r, "done_on", "2026-06-01");
    assert_int_equal(record_check(r, &e), ERR_NONE);
}

static void a_response_moves_only_forward(void **state)
{
    (void)state;
    static const char *const all[] = {"asked", "authorised", "done", "refused"};
    static const char *const may[] = {"asked authorised", "asked refused", "authorised done"};
    for (size_t i = 0; i < 4; i++) {
        for (size_t k = 0; k < 4; k++) {
            const char *pair = arena_printf(arena, "%s %s", all[i], all[k]);
            bool expected = false;
            for (size_t m = 0; m < 3; m++) {
                expected = expected || strcmp(pair, may[m]) == 0;
            }
            assert_int_equal(risk_response_may_move(all[i], all[k]), expected);
        }
    }
}

static void a_review_of_an_open_risk_names_the_next_one(void **state)
{
    (void)state;
    struct err_info e = {0};
    struct record *r = record_new(arena, &entity_risk_review);
    record_set_text(r, "risk_id", "01m80n59swfpm4f7h1z2mx1pz9");
    record_set_text(r, "reviewed_on", "2026-05-01");
    record_set_text(r, "state", "open");
    record_set_text(r, "changed", "Nothing; we read the last six judgments.");
    assert_int_equal(record_check(r, &e), ERR_INPUT);
    assert_string_equal(e.field, "next_on");
    record_set_text(r, "next_on", "2026-05-01");
    assert_int_equal(record_check(r, &e), ERR_INPUT);
    record_set_text(r, "next_on", "2026-05-02");
    assert_int_equal(record_check(r, &e), ERR_NONE);
    record_set_text(r, "likelihood", "high");
    record_set_text(r, "impact", "high");
    assert_int_equal(record_check(r, &e), ERR_INPUT);
    assert_string_equal(e.field, "mitigation");
    record_clear(r, "next_on");
    record_set_text(r, "state", "closed");
    record_set_text(r, "mitigation", "x");
    assert_int_equal(record_check(r, &e), ERR_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(five_tables_hold_all_risks_and_those_of_the_programme_come_first),
        ARENA_TEST(a_row_is_found_in_its_table_only),
        ARENA_TEST(suggestions_are_those_of_a_slow_search),
        ARENA_TEST(an_answer_about_a_group_stands_under_its_question),
        ARENA_TEST(a_declined_suggestion_comes_back_when_an_answer_changes),
        ARENA_TEST(histories_show_the_answers_behind_a_risk_in_words),
        ARENA_TEST(the_ladder_of_the_pack_has_the_steps_we_know),
        ARENA_TEST(steps_from_four_on_need_an_office_and_three_when_it_is_sensitive),
        ARENA_TEST(a_step_skips_when_any_before_it_is_missing),
        ARENA_TEST(nothing_senior_is_authorised_without_a_name),
        ARENA_TEST(a_response_moves_only_forward),
        ARENA_TEST(a_review_of_an_open_risk_names_the_next_one),
    };
    return cmocka_run_group_tests_name("risk_suggest", tests, NULL, NULL);
}
