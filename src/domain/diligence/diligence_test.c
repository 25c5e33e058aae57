// SPDX-License-Identifier: AGPL-3.0-or-later
//
// diligence_test.c: what the answers lead to (the table of docs/due-diligence.md, and a slow second way over
// all answers there can be), what a decided record needs, which decision holds.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/bug.h"
#include "base/limits.h"
#include "diligence/diligence.h"

#define O DILIGENCE_OPEN
#define N DILIGENCE_NO
#define Y DILIGENCE_YES

// ---- the slow second way ------------------------------------------------------------------------

// With every answer known there is nothing to think about: the words of the tool.
static enum diligence_outcome when_all_is_known(const struct diligence_facts *f)
{
    int unit_legs = (f->crimes == Y) + (f->pattern == Y) + (f->command == Y);
    int authority_legs = (f->units == Y) + (f->impunity == Y);
    int grave = f->is_authority ? authority_legs == 2 : unit_legs >= 1;
    if (!grave || f->threat == N) {
        return DILIGENCE_FREE;
    }
    if (f->failed == N || (f->during && f->efforts == N)) {
        return DILIGENCE_CONDITIONS;
    }
    return DILIGENCE_FORBIDDEN;
}

// An open answer can turn out either way. All ways are tried; *seen collects where they lead (bits).
static void try_all(struct diligence_facts f, unsigned *seen)
{
    enum diligence_answer *const all[] = {&f.crimes, &f.pattern, &f.command, &f.units,
                                          &f.impunity, &f.threat, &f.failed, &f.efforts};
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        if (*all[i] == O) {
            *all[i] = Y;
            try_all(f, seen);
            *all[i] = N;
            try_all(f, seen);
            return;
        }
    }
    *seen |= 1U << when_all_is_known(&f);
}

// Only what cannot forbid may go on; of what is left the strictest counts.
static enum diligence_outcome slowly(const struct diligence_facts *f)
{
    unsigned seen = 0;
    try_all(*f, &seen);
    if (seen == 1U << DILIGENCE_FORBIDDEN) {
        return DILIGENCE_FORBIDDEN;
    }
    if (seen & 1U << DILIGENCE_FORBIDDEN) {
        return DILIGENCE_UNKNOWN;
    }
    return seen & 1U << DILIGENCE_CONDITIONS ? DILIGENCE_CONDITIONS : DILIGENCE_FREE;
}

static void every_set_of_answers_leads_where_the_slow_way_says(void **state)
{
    (void)state;
    int n[4] = {0};
    for (int code = 0; code < 6561 * 4; code++) { // 3 to the power of 8, times 4
        int c = code / 4;
        enum diligence_answer v[8];
        for (int i = 0; i < 8; i++, c /= 3) {
            v[i] = (enum diligence_answer)(c % 3);
        }
        struct diligence_facts f = {.is_authority = code & 1, .during = code & 2, .crimes = v[0],
                                    .pattern = v[1], .command = v[2], .units = v[3],
                                    .impunity = v[4], .threat = v[5], .failed = v[6],
                                    .efforts = v[7]};
        enum diligence_outcome fast = diligence_outcome(&f);
        if (fast != slowly(&f)) {
            fail_msg("answers %d: %d, slowly %d", code, (int)fast, (int)slowly(&f));
        }
        n[fast]++;
    }
    for (size_t i = 0; i < COUNT_OF(n); i++) {
        assert_true(n[i] > 100); // none of the four is out of reach
    }
}

// ---- the table of the documentation -------------------------------------------------------------

static void the_table_of_the_documentation_holds(void **state)
{
    (void)state;
    static const struct {
        struct diligence_facts f;
        enum diligence_outcome outcome;
    } rows[] = {
        // unit, before support
        {{.crimes = N, .pattern = N, .command = N, .threat = Y, .failed = Y}, DILIGENCE_FREE},
        {{.crimes = N, .pattern = Y, .command = N, .threat = Y, .failed = Y}, DILIGENCE_FORBIDDEN},
        {{.crimes = N, .pattern = Y, .command = N, .threat = Y, .failed = N}, DILIGENCE_CONDITIONS},
        {{.crimes = O, .pattern = N, .command = N, .threat = Y, .failed = Y}, DILIGENCE_UNKNOWN},
        {{.crimes = O, .pattern = N, .command = N, .threat = Y, .failed = N}, DILIGENCE_CONDITIONS},
        // authorities: both legs
        {{.is_authority = true, .units = Y, .impunity = N, .threat = Y, .failed = Y}, DILIGENCE_FREE},
        {{.is_authority = true, .units = Y, .impunity = Y, .threat = Y, .failed = Y},
         DILIGENCE_FORBIDDEN},
        // during support: in spite of efforts
        {{.during = true, .crimes = Y, .threat = Y, .failed = Y, .efforts = Y}, DILIGENCE_FORBIDDEN},
        {{.during = true, .crimes = Y, .threat = Y, .failed = Y, .efforts = N}, DILIGENCE_CONDITIONS},
        {{.during = true, .crimes = Y, .threat = N, .failed = Y, .efforts = Y}, DILIGENCE_FREE},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (diligence_outcome(&rows[i].f) != rows[i].outcome) {
            fail_msg("row %zu", i + 1);
        }
    }
}

static void only_decisions_that_the_test_leaves_can_be_taken(void **state)
{
    (void)state;
    static const char *const decisions[] = {"go", "conditions", "refuse", "suspend", "withdraw"};
    // One letter for each decision, in this order: y can be taken.
    static const char *const before[] = {[DILIGENCE_UNKNOWN] = "nnynn",
                                         [DILIGENCE_FREE] = "yyynn",
                                         [DILIGENCE_CONDITIONS] = "nyynn",
                                         [DILIGENCE_FORBIDDEN] = "nnynn"};
    static const char *const during[] = {[DILIGENCE_UNKNOWN] = "nnnyy",
                                         [DILIGENCE_FREE] = "yynyy",
                                         [DILIGENCE_CONDITIONS] = "nynyy",
                                         [DILIGENCE_FORBIDDEN] = "nnnyy"};
    for (int outcome = 0; outcome < 4; outcome++) {
        for (size_t d = 0; d < COUNT_OF(decisions); d++) {
            assert_int_equal(diligence_objection(false, (enum diligence_outcome)outcome,
                                                 decisions[d]) == NULL,
                             before[outcome][d] == 'y');
            assert_int_equal(diligence_objection(true, (enum diligence_outcome)outcome,
                                                 decisions[d]) == NULL,
                             during[outcome][d] == 'y');
        }
    }
}

// ---- records ------------------------------------------------------------------------------------

static struct record *decided(struct arena *a)
{
    static const struct {
        const char *field, *text;
    } values[] = {
        {"country", "NE"}, {"recipient", "Border police"}, {"force", "border"},
        {"direction", "give"}, {"support", "Courses"}, {"support_from", "2026-01-01"},
        {"moment", "before"}, {"sources", "OHCHR"}, {"conduct", "Reports"},
        {"grave_crimes", "no"}, {"grave_pattern", "yes"}, {"grave_command", "no"},
        {"grave_why", "Reports"}, {"real_risk", "yes"}, {"measures", "taken"},
        {"measures_what", "An inspectorate"}, {"decision", "conditions"}, {"grounds", "Because"},
        {"conditions", "Reports each quarter"}, {"review_on", "2027-01-01"},
        {"decided_by", "Regional Representative"}, {"authority", "programme"},
        {"decided_on", "2026-06-01"}, {"state", "decided"},
    };
    struct record *r = record_new(a, &entity_due_diligence);
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        record_set_text(r, values[i].field, values[i].text);
    }
    return r;
}

static void refused(struct record *r, const char *field)
{
    struct err_info e;
    assert_int_equal(diligence_check(r, &e), ERR_INPUT);
    assert_string_equal(e.field, field);
}

static void a_decision_that_contradicts_its_answers_is_refused(void **state)
{
    (void)state;
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct err_info e;
    assert_int_equal(diligence_check(decided(a), &e), ERR_NONE);
    struct record *r = decided(a);
    record_set_text(r, "measures", "not_taken");
    refused(r, "decision");
    record_set_text(r, "state", "submitted"); // nor is it proposed
    refused(r, "decision");
    assert_non_null(diligence_contradicts(r));
    record_set_text(r, "state", "decided");
    record_set_text(r, "decision", "refuse");
    assert_null(diligence_contradicts(r));
    assert_int_equal(diligence_check(r, &e), ERR_NONE);
    r = decided(a);
    record_set_text(r, "decision", "go");
    refused(r, "decision");
    r = decided(a);
    record_set_text(r, "sources", NULL);
    refused(r, "sources");
    record_set_text(r, "state", "draft");
    assert_int_equal(diligence_check(r, &e), ERR_NONE);
    r = decided(a);
    record_set_text(r, "review_on", "2026-06-01");
    refused(r, "review_on");
    arena_free(a);
}

static void to_suspend_or_withdraw_needs_the_level_and_the_talks(void **state)
{
    (void)state;
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct err_info e;
    struct record *r = decided(a);
    record_set_text(r, "moment", "during");
    record_set_text(r, "continuing", "yes");
    record_set_text(r, "efforts", "yes");
    record_set_text(r, "measures", "none");
    refused(r, "decision");
    record_set_text(r, "decision", "suspend");
    refused(r, "authority");
    record_set_text(r, "authority", "senior");
    refused(r, "consulted");
    record_set_text(r, "consulted", "OHCHR");
    assert_int_equal(diligence_check(r, &e), ERR_NONE);
    record_set_text(r, "decision", "withdraw");
    refused(r, "authority");
    record_set_text(r, "authority", "high");
    assert_int_equal(diligence_check(r, &e), ERR_NONE);
    arena_free(a);
}

static void a_decision_holds_for_its_country_and_time_only(void **state)
{
    (void)state;
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct record *r = decided(a);
    struct diligence_need need = {.programme_id = "p", .countries = " NE ", .today = "2026-12-31"};
    assert_int_equal(diligence_bar_of(NULL, false, &need), DILIGENCE_NONE);
    assert_int_equal(diligence_bar_of(r, false, &need), DILIGENCE_HOLDS);
    assert_int_equal(diligence_bar_of(r, true, &need), DILIGENCE_SUPERSEDED);
    need.today = "2027-01-01"; // the day itself still counts
    assert_int_equal(diligence_bar_of(r, false, &need), DILIGENCE_HOLDS);
    need.today = "2027-01-02";
    assert_int_equal(diligence_bar_of(r, false, &need), DILIGENCE_EXPIRED);
    need.today = "2026-12-31";
    need.countries = " NE TD ";
    assert_int_equal(diligence_bar_of(r, false, &need), DILIGENCE_ELSEWHERE);
    need.countries = "";
    assert_int_equal(diligence_bar_of(r, false, &need), DILIGENCE_ELSEWHERE);
    need.countries = " NE ";
    record_set_text(r, "programme_id", "q");
    assert_int_equal(diligence_bar_of(r, false, &need), DILIGENCE_ELSEWHERE);
    record_set_text(r, "programme_id", "p");
    record_set_text(r, "state", "submitted");
    assert_int_equal(diligence_bar_of(r, false, &need), DILIGENCE_UNDECIDED);
    record_set_text(r, "state", "decided");
    record_set_text(r, "decision", "refuse");
    assert_int_equal(diligence_bar_of(r, false, &need), DILIGENCE_REFUSED);
    record_set_text(r, "decision", "suspend");
    assert_int_equal(diligence_bar_of(r, false, &need), DILIGENCE_STOPPED);
    need.continues = true; // 2.5-D18 to D20
    assert_int_equal(diligence_bar_of(r, false, &need), DILIGENCE_HOLDS);
    arena_free(a);
}

static void the_newest_of_a_chain_is_found(void **state)
{
    (void)state;
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct record *items[] = {decided(a), decided(a), decided(a), decided(a)};
    static const char *const ids[] = {"a", "b", "c", "d"};
    for (size_t i = 0; i < COUNT_OF(items); i++) {
        items[i]->id = ids[i];
    }
    record_set_text(items[1], "supersedes_id", "a");
    record_set_text(items[2], "supersedes_id", "b");
    record_set_text(items[3], "supersedes_id", "c");
    record_set_text(items[3], "state", "draft"); // does not count yet
    struct diligence_set set = {items, COUNT_OF(items)};
    assert_ptr_equal(diligence_newest(&set, items[0]), items[2]);
    assert_ptr_equal(diligence_newest(&set, items[2]), items[2]);
    assert_null(diligence_successor(&set, "c"));
    record_set_text(items[0], "supersedes_id", "c"); // a circle that no store would take ends all the same
    assert_non_null(diligence_newest(&set, items[0]));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_set_of_answers_leads_where_the_slow_way_says),
        cmocka_unit_test(the_table_of_the_documentation_holds),
        cmocka_unit_test(only_decisions_that_the_test_leaves_can_be_taken),
        cmocka_unit_test(a_decision_that_contradicts_its_answers_is_refused),
        cmocka_unit_test(to_suspend_or_withdraw_needs_the_level_and_the_talks),
        cmocka_unit_test(a_decision_holds_for_its_country_and_time_only),
        cmocka_unit_test(the_newest_of_a_chain_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
