// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_test.c: which tools can be answered, counting against a slow count written apart, states,
// age; and over a real workspace: saving, clearing, two people at once, rounds, the notices.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "assessment/assessment.h"
#include "assessment/assessment_rounds.h"
#include "assessment/assessment_summary.h"
#include "assessment/assessment_web.h"
#include "base/bug.h"
#include "http/dispatch.h"
#include "http/route.h"
#include "http/session.h"
#include "model/check.h"
#include "programme/programme.h"
#include "store/store.h"

extern const struct check check_checklist;
extern const struct route route_checklist, route_checklist_submit, route_checklist_approve,
    route_checklist_return, route_checklist_again;

static struct arena *a;

// The mark of an answer that says only this.
static const char *mark_of(const char *value, const char *how)
{
    const char *const texts[] = {value, how, "", "", "", "", "", ""};
    return assessment_mark(a, texts, COUNT_OF(texts));
}

// ---- rules --------------------------------------------------------------------------------------

static void only_tools_that_are_filled_in_fit(void **state)
{
    (void)state;
    assert_non_null(assessment_tool("3.1"));
    assert_non_null(assessment_tool("data-protection"));
    assert_null(assessment_tool("3.4"));   // a table of risks
    assert_null(assessment_tool("2.2"));   // about a country
    assert_null(assessment_tool("4.3.3")); // indicators
    assert_null(assessment_tool("none"));
}

// The slow count: one line of text for each row, then the lines are counted.
static int lines_with(const struct pack_tool *tool, size_t part,
                      const struct assessment_answer *answers, size_t n, const char *value)
{
    int lines = 0;
    for (size_t k = 0; k < n; k++) {
        for (unsigned i = 0; i < tool->n_rows; i++) {
            bool here = part == ASSESSMENT_WHOLE ||
                        strcmp(tool->sections[part].id, tool->rows[i].section) == 0;
            const char *line = arena_printf(a, "%s=%s", tool->rows[i].id, answers[k].value);
            const char *wanted = arena_printf(a, "%s=%s", answers[k].row,
                                              value == NULL ? answers[k].value : value);
            lines += here && strcmp(line, wanted) == 0;
        }
    }
    return lines;
}

static void counts_are_those_of_a_slow_count(void **state)
{
    (void)state;
    static const char *const values[] = {"yes", "part", "no", "na"};
    const struct pack_tool *tool = assessment_tool("3.1");
    struct assessment_answer answers[40];
    for (uint32_t round = 0; round < 300; round++) {
        size_t n = 0;
        for (unsigned i = 0; i < tool->n_rows; i++) {
            uint32_t dice = (round * 2654435761u) ^ (i * 40503u + round * 97u);
            if (dice % 3 != 0 && round > 0) {
                answers[n++] = (struct assessment_answer){.row = tool->rows[i].id,
                                                          .value = values[dice / 7 % 4],
                                                          .how = ""};
            }
        }
        answers[n++] = (struct assessment_answer){.row = "9.9-Q99", .value = "yes", .how = ""};
        int of = 0, answered = 0;
        for (size_t part = 0; part <= tool->n_sections; part++) {
            size_t which = part == tool->n_sections ? ASSESSMENT_WHOLE : part;
            struct assessment_progress p = assessment_progress_of(tool, which, answers, n);
            assert_int_equal(p.yes, lines_with(tool, which, answers, n, "yes"));
            assert_int_equal(p.part, lines_with(tool, which, answers, n, "part"));
            assert_int_equal(p.no, lines_with(tool, which, answers, n, "no"));
            assert_int_equal(p.na, lines_with(tool, which, answers, n, "na"));
            assert_int_equal(p.answered, lines_with(tool, which, answers, n, NULL));
            assert_int_equal(p.yes + p.part + p.no + p.na, p.answered);
            if (which == ASSESSMENT_WHOLE) {
                assert_int_equal(p.of, (int)tool->n_rows);
                assert_int_equal(p.of, of);
                assert_int_equal(p.answered, answered);
            }
            of += p.of;
            answered += p.answered;
        }
        size_t next = assessment_next_part(tool, 2, answers, n);
        struct assessment_progress left = assessment_progress_of(tool, next, answers, n);
        assert_true(left.answered < left.of || answered == 0 || of == (int)n - 1);
        for (size_t i = 0; i < tool->n_sections; i++) { // none between is left out
            size_t part = (2 + i) % tool->n_sections;
            if (part == next) {
                break;
            }
            struct assessment_progress p = assessment_progress_of(tool, part, answers, n);
            assert_int_equal(p.answered, p.of);
        }
    }
}

static void changes_name_rows_that_differ(void **state)
{
    (void)state;
    const struct pack_tool *tool = assessment_tool("3.1");
    const struct assessment_answer before[] = {
        {.row = "3.1-Q01", .value = "yes", .how = "a"},
        {.row = "3.1-Q02", .value = "no", .how = ""},
        {.row = "3.1-Q03", .value = "na", .how = ""}};
    const struct assessment_answer after[] = {
        {.row = "3.1-Q01", .value = "yes", .how = "b"},
        {.row = "3.1-Q02", .value = "part", .how = ""},
        {.row = "3.1-Q04", .value = "no", .how = ""}};
    size_t n;
    struct assessment_change *c = assessment_changes(a, tool, before, 3, after, 3, &n);
    assert_int_equal(n, 2);
    assert_string_equal(c[0].row->id, "3.1-Q02");
    assert_string_equal(c[0].before, "no");
    assert_string_equal(c[0].after, "part");
    assert_string_equal(c[1].row->id, "3.1-Q04");
    assert_string_equal(c[1].before, "");
}

// Slow and plain: every pair of answers, matched by what stands behind the "Q".
static size_t slow_differences(const struct assessment_answer *planned, size_t n_planned,
                               const struct assessment_answer *now, size_t n_now)
{
    size_t n = 0;
    for (size_t i = 0; i < n_planned; i++) {
        for (size_t k = 0; k < n_now; k++) {
            n += strncmp(planned[i].row, "3.1-Q", 5) == 0 && strncmp(now[k].row, "4.1-Q", 5) == 0 &&
                 strcmp(planned[i].row + 5, now[k].row + 5) == 0 &&
                 strcmp(planned[i].value, now[k].value) != 0;
        }
    }
    return n;
}

static void monitoring_is_held_against_the_plan(void **state)
{
    (void)state;
    const struct pack_tool *plan = assessment_tool("3.1"), *watch = assessment_tool("4.1");
    const struct assessment_answer planned[] = {
        {.row = "3.1-Q01", .value = "yes"}, {.row = "3.1-Q02", .value = "no"},
        {.row = "3.1-Q03", .value = "yes"}, {.row = "3.1-Q05", .value = "part"}};
    const struct assessment_answer now[] = {
        {.row = "4.1-Q01", .value = "part"}, {.row = "4.1-Q02", .value = "no"},
        {.row = "4.1-Q04", .value = "yes"}, {.row = "4.1-Q05", .value = "na"}};
    struct record *round = record_new(a, &entity_assessment);
    record_set_text(round, "tool", "3.1");
    const struct assessment_round then = {.record = round, .answers = planned, .n_answers = 4};
    size_t n;
    assert_ptr_equal(assessment_planned_in(watch), plan);
    assert_null(assessment_planned_in(plan));
    struct assessment_change *c = assessment_planned_changes(a, watch, &then, now, 4, &n);
    assert_int_equal(n, slow_differences(planned, 4, now, 4));
    assert_int_equal(n, 2); // Q01 and Q05; Q02 is as planned, Q03 and Q04 were answered once only
    assert_string_equal(c[0].row->id, "4.1-Q01");
    assert_string_equal(c[0].before, "yes");
    assert_string_equal(c[0].after, "part");
    assert_string_equal(c[1].row->id, "4.1-Q05");
    assert_string_equal(assessment_planned_answer(watch, tool_row(watch, "4.1-Q03"), &then)->value, "yes");
    assert_null(assessment_planned_answer(watch, tool_row(watch, "4.1-Q04"), &then));
}

static void states_follow_one_way(void **state)
{
    (void)state;
    static const char *const states[] = {"", "draft", "submitted", "returned", "approved"};
    static const char *const allowed =
        " draft>submitted returned>submitted submitted>approved submitted>returned ";
    for (size_t i = 0; i < COUNT_OF(states); i++) {
        for (size_t k = 1; k < COUNT_OF(states); k++) {
            const char *move = arena_printf(a, " %s>%s ", states[i], states[k]);
            assert_int_equal(assessment_may_move(states[i], states[k]),
                             strstr(allowed, move) != NULL);
        }
        assert_int_equal(assessment_may_edit(states[i]), i == 1 || i == 3);
        assert_int_equal(assessment_may_begin(states[i]), i == 0 || i == 4);
    }
}

static void months_are_whole(void **state)
{
    (void)state;
    assert_int_equal(assessment_months_between("2026-01-15", "2026-03-14"), 1);
    assert_int_equal(assessment_months_between("2026-01-15", "2026-03-15"), 2);
    assert_int_equal(assessment_months_between("2025-09-22", "2026-11-21"), 13);
    assert_int_equal(assessment_months_between("2025-09-22", "2026-11-22"), 14);
    assert_int_equal(assessment_months_between("2025-12-31", "2026-01-01"), 0);
}

static void marks_differ_where_texts_do(void **state)
{
    (void)state;
    assert_string_equal(mark_of("yes", "x"), mark_of("yes", "x"));
    assert_string_not_equal(mark_of("yes", ""), mark_of("", "yes"));
    assert_string_not_equal(mark_of("no", "x"), mark_of("no", "y"));
}

// ---- over a workspace ---------------------------------------------------------------------------

static struct store *store;
static char folder[] = "/tmp/mainstay-assess-XXXXXX";
static const char *token, *programme_id;
static struct grant grants[1];
static struct identity ana = {.name_key = "ana", .name = "Ana", .language = "en", .grants = grants,
                              .n_grants = 1};

static enum err identify(struct db_read *db, struct arena *mine, const char *hash,
                         struct http_session *out, struct err_info *e)
{
    (void)db;
    (void)e;
    out->who = strcmp(hash, session_token_hash(mine, token)) == 0 ? &ana : NULL;
    return ERR_NONE;
}

static enum err find_programme(struct db_read *db, struct arena *mine, const char *number,
                               struct record **out, struct err_info *e)
{
    return store_get(db, mine, &entity_programme, number, out, e);
}

static const struct http_hooks hooks = {.identify = identify, .find_programme = find_programme};
static struct site site = {.only_loopback = true, .key = "key", .hooks = &hooks};

static struct db_read *reader(void)
{
    struct db_read *db;
    struct err_info e;
    assert_int_equal(db_reader(store_db(store), &db, &e), ERR_NONE);
    return db;
}

static struct assessment_rounds rounds_now(void)
{
    struct assessment_rounds rounds;
    struct err_info e;
    assert_int_equal(assessment_rounds_load(reader(), a, &(struct assessment_subject){.programme_id = programme_id}, "3.1", &rounds, &e),
                     ERR_NONE);
    return rounds;
}

// Status of the reply; *location is where it leads.
static int post(const char *below, const char *body, const char **location)
{
    struct exchange *x = ARENA_MAKE(a, struct exchange);
    struct pair *headers = ARENA_ARRAY(a, struct pair, 4);
    char *all = arena_printf(a, "%s&_csrf=%s", body, csrf_token(a, token));
    headers[0] = (struct pair){"Host", "localhost"};
    headers[1] = (struct pair){"Cookie", arena_printf(a, "mainstay=%s", token)};
    headers[2] = (struct pair){"Content-Type", "application/x-www-form-urlencoded"};
    headers[3] = (struct pair){"Content-Length", arena_printf(a, "%zu", strlen(all))};
    *x = (struct exchange){.arena = a, .site = &site, .method = "POST",
                           .path = arena_printf(a, "/programmes/MINE/checklists/3.1%s", below),
                           .headers = headers, .n_headers = 4, .body = all};
    exchange_open(x);
    if (!x->answered) {
        exchange_run(x);
    }
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

static struct record *attached_to_answer(const struct entity *kind, const char *of, const char *answer,
                                         const char *text)
{
    bool is_action = kind == &entity_action;
    struct record *x = record_new(a, kind);
    record_set_text(x, "programme_id", of);
    record_set_text(x, "about_kind", "answer");
    record_set_text(x, "about_id", answer);
    record_set_text(x, is_action ? "what" : "title", text);
    if (is_action) {
        record_set_text(x, "state", "open");
    }
    return x;
}

static void clearing_removes_the_answer(void **state)
{
    (void)state;
    struct store_tx *tx;
    struct err_info e;
    const char *shown;
    const char *seen = mark_of("yes", "All");
    const char *id = rounds_now().items[0].answers[0].id;
    struct record *action = attached_to_answer(&entity_action, programme_id, id, "Ask the ministry");
    const struct actor owner = {.name = "owner"};
    assert_int_equal(store_begin(store, &owner, NULL, &tx, &e), ERR_NONE);
    assert_int_equal(store_save(tx, a, action, &e), ERR_NONE);
    assert_int_equal(store_commit(tx, &e), ERR_NONE);
    assert_int_equal(post("", fill("3.1-Q01", "", "All", seen), &shown), 422);
    assert_non_null(strstr(shown, "has evidence or actions"));
    assert_int_equal(store_begin(store, &owner, NULL, &tx, &e), ERR_NONE);
    assert_int_equal(store_delete(tx, a, &entity_action, action->id, &e), ERR_NONE);
    assert_int_equal(store_commit(tx, &e), ERR_NONE);
    assert_int_equal(post("", fill("3.1-Q01", "", "All", seen), NULL), 303);
    assert_int_equal(rounds_now().items[0].n_answers, 0);
    struct change *changes;
    size_t n;
    assert_int_equal(store_history(reader(), a, "answer", id, 1, &changes, &n, &e), ERR_NONE);
    assert_string_equal(changes[0].op, "delete");
    assert_string_equal(changes[0].reason, "cleared: 3.1-Q01");
}

static size_t notices_of(const char *rule)
{
    struct notice_list list = {.arena = a};
    struct err_info e;
    size_t n = 0;
    assert_int_equal(check_checklist.run(reader(), programme_id, &list, &e), ERR_NONE);
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
    struct store_tx *tx;
    struct err_info e;
    const char *none = mark_of("", "");
    const struct actor owner = {.name = "owner"};
    assert_int_equal(post("", fill("3.1-Q02", "na", "Not+here", none), NULL), 303);
    const char *answer = rounds_now().items[0].answers[0].id;
    struct record *const beside[] = {
        attached_to_answer(&entity_evidence, programme_id, answer, "Minutes"),
        attached_to_answer(&entity_evidence, NULL, answer, "Of no programme"), // on no page of this one
        attached_to_answer(&entity_action, programme_id, answer, "Ask again"),
        attached_to_answer(&entity_action, NULL, answer, "Of no programme")};
    assert_int_equal(store_begin(store, &owner, NULL, &tx, &e), ERR_NONE);
    for (size_t i = 0; i < COUNT_OF(beside); i++) {
        assert_int_equal(store_save(tx, a, beside[i], &e), ERR_NONE);
    }
    assert_int_equal(store_commit(tx, &e), ERR_NONE);
    assert_int_equal(assessment_summary_load(reader(), a, programme_id, "3.1", &s, &e), ERR_NONE);
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
    assert_int_equal(assessment_summary_load(reader(), a, programme_id, "9.9", &s, &e), ERR_NONE);
    assert_null(s.tool);
}

static void a_programme_that_runs_without_one_is_noticed(void **state)
{
    (void)state;
    assert_int_equal(notices_of("start"), 1);
}

static int group_setup(void **state)
{
    (void)state;
    struct store_tx *tx;
    struct err_info e;
    size_t n;
    a = arena_new((size_t)1 << 30);
    if (sodium_init() < 0 || mkdtemp(folder) == NULL) {
        return -1;
    }
    const char *workspace = arena_printf(a, "%s/ws", folder);
    const struct actor owner = {.name = "owner"};
    struct record *p = record_new(a, &entity_programme);
    record_set_text(p, "number", "MINE");
    record_set_text(p, "title", "My programme");
    record_set_text(p, "crime", "tip");
    record_set_text(p, "state", "running");
    record_set_text(p, "starts_on", "2026-01-01");
    record_set_text(p, "ends_on", "2027-12-31");
    record_set_text(p, "currency", "USD");
    if (store_init(workspace, &e) != ERR_NONE ||
        store_open(workspace, false, &store, &e) != ERR_NONE ||
        store_begin(store, &owner, NULL, &tx, &e) != ERR_NONE ||
        store_save(tx, a, p, &e) != ERR_NONE || store_commit(tx, &e) != ERR_NONE) {
        fprintf(stderr, "%s %s %s\n", e.text, e.field, e.detail);
        return -1;
    }
    programme_id = p->id;
    token = session_token_new(a);
    grants[0] = (struct grant){MAY_READ | MAY_WRITE, programme_id};
    site.store = store;
    const struct route *const *all = route_all(&n);
    site.routes = route_table_new(a, all, n);
    return 0;
}

static int group_teardown(void **state)
{
    (void)state;
    store_close(store);
    arena_free(a);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(monitoring_is_held_against_the_plan),
        cmocka_unit_test(only_tools_that_are_filled_in_fit),
        cmocka_unit_test(counts_are_those_of_a_slow_count),
        cmocka_unit_test(changes_name_rows_that_differ),
        cmocka_unit_test(states_follow_one_way),
        cmocka_unit_test(months_are_whole),
        cmocka_unit_test(marks_differ_where_texts_do),
        cmocka_unit_test(a_programme_that_runs_without_one_is_noticed),
        cmocka_unit_test(the_form_takes_answers_and_nothing_else),
        cmocka_unit_test(what_two_people_change_is_seen),
        cmocka_unit_test(clearing_removes_the_answer),
        cmocka_unit_test(rounds_are_submitted_returned_approved_and_begun_again),
        cmocka_unit_test(a_summary_holds_every_row),
    };
    return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
