// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_library_test.c: an indicator beside its row and its sisters; screening; the shelf. The rule about
// splits is checked against a slow second implementation.

#include <stdio.h>

#include <string.h>

#include "base/arena_test_help.h"
#include "result/result.h"
#include "result/result_library.h"
#include "result/result_screening.h"
#include "result/result_shelf.h"
#include "result/result_sisters.h"

// ---- the row and the indicator ----------------------------------------------------------------------

static const struct pack_row *row_of(const char *id, const struct pack_tool **tool)
{
    const struct pack_row *row = library_row(id, tool);
    assert_non_null(row);
    return row;
}

static struct record *adopted(const char *id)
{
    const struct pack_tool *tool;
    const struct pack_row *row = row_of(id, &tool);
    struct record *k = record_new(arena, &entity_indicator);
    k->id = "k";
    record_set_text(k, "state", "active");
    library_adopt(arena, &lang_en, tool, row, k);
    return k;
}

static struct library_view compared(const struct record *k)
{
    struct library_view v;
    const struct pack_tool *tool = NULL;
    const struct pack_row *row = library_row(record_text(k, "row"), &tool);
    library_compare(arena, &lang_en, tool, row, k, &v);
    return v;
}

static void only_indicator_sets_have_rows_to_adopt(void **state)
{
    (void)state;
    const struct pack_tool *tool;
    assert_non_null(library_row("4.3.5-R02.1", &tool));
    assert_string_equal(tool->id, "4.3.5");
    assert_null(library_row("3.1-Q01", &tool));
    assert_null(library_row("", &tool));
    assert_null(library_row("nonsense", &tool));
}

static void every_target_of_the_goals_is_in_the_library(void **state)
{
    (void)state;
    const struct pack_tool *tool;
    const struct choice *c = field_choices(entity_field(&entity_indicator, "sdg_targets"));
    size_t n = 0;
    for (; c->code != NULL; c++, n++) {
        assert_non_null(library_sdg_target(c->code, &tool));
        assert_int_equal(strncmp(c->label, c->code, strlen(c->code)), 0);
    }
    // and the other way round: a target that two sections name counts once
    size_t named = 0;
    for (unsigned i = 0; i < tool->n_rows; i++) {
        const char *number = tool->rows[i].number;
        const struct pack_tool *of;
        named += number != NULL && library_sdg_target(number, &of) == &tool->rows[i];
    }
    assert_int_equal(n, named);
    assert_null(library_sdg_target("99.9", &tool));
}

static void part_and_whole_are_taken_over_and_compared(void **state)
{
    (void)state;
    struct record *k = adopted("4.3.3-R05.1");
    assert_string_equal(record_text(k, "counted"), "People whose second test is better than their first");
    assert_string_equal(record_text(k, "counted_of"), "People who took both tests");
    assert_false(compared(k).adapted);
    record_set_text(k, "counted_of", "People who took the first test");
    assert_true(compared(k).points[LIBRARY_WHOLE].adapted);
    // adopted before there were fields for them: they are in the definition
    record_clear(k, "counted");
    record_clear(k, "counted_of");
    assert_false(compared(k).adapted);
}

static void what_was_just_adopted_is_not_adapted(void **state)
{
    (void)state;
    struct shelf all;
    shelf_load(arena, &lang_en, &all);
    assert_int_equal(all.n, 78);
    for (size_t i = 0; i < all.n; i++) {
        struct record *k = adopted(all.rows[i].row->id);
        struct library_view v = compared(k);
        assert_false(v.adapted);
        assert_false(v.moved);
        assert_non_null(v.version_then);
        record_clear(k, "row_adopted"); // adopted before that was kept
        v = compared(k);
        assert_false(v.adapted);
        assert_false(v.moved);
        assert_null(v.version_then);
    }
}

static void what_people_change_is_adapted(void **state)
{
    (void)state;
    struct record *k = adopted("4.3.3-R04.1");
    assert_true(record_has_code(k, "disaggregation", "sex"));
    record_set_text(k, "title", "Our own words");
    record_set_text(k, "disaggregation", " sex ");
    struct library_view v = compared(k);
    assert_true(v.adapted);
    assert_false(v.moved);
    assert_true(v.points[LIBRARY_TEXT].adapted);
    assert_true(v.points[LIBRARY_SPLIT].adapted);
    assert_false(v.points[LIBRARY_UNIT].adapted);
    assert_string_equal(v.points[LIBRARY_TEXT].ours, "Our own words");
    // the order of codes is no difference
    record_set_text(k, "title", v.points[LIBRARY_TEXT].theirs);
    record_set_text(k, "disaggregation", " age sex ");
    assert_false(compared(k).adapted);
}

static void a_row_that_the_library_changed_is_seen(void **state)
{
    (void)state;
    const struct pack_tool *tool;
    const struct pack_row *row = row_of("4.3.3-R04.1", &tool);
    struct record *k = adopted("4.3.3-R04.1");
    // as if an older pack had said less
    struct pack_row old = *row;
    struct pack older = *tool->pack;
    struct pack_tool old_tool = *tool;
    const char *split[] = {"sex"};
    old.disaggregation = split;
    old.n_disaggregation = 1;
    old.n_means = 0;
    older.version = "0.9.0";
    old_tool.pack = &older;
    record_set_text(k, "row_adopted", library_row_words(arena, &old_tool, &old));
    record_set_text(k, "disaggregation", " sex ");
    record_clear(k, "means");
    struct library_view v = compared(k);
    assert_true(v.moved);
    assert_string_equal(v.version_then, "0.9.0");
    assert_true(v.points[LIBRARY_SPLIT].moved);
    assert_string_equal(v.points[LIBRARY_SPLIT].then, "sex");
    assert_string_equal(v.points[LIBRARY_SPLIT].theirs, "sex age");
    assert_true(v.points[LIBRARY_MEANS].moved);
    assert_string_equal(v.points[LIBRARY_MEANS].then, "");
    assert_false(v.points[LIBRARY_TEXT].moved);
    assert_false(v.adapted); // ours is what was adopted
    // a row that is gone moves nothing
    struct library_view gone;
    library_compare(arena, &lang_en, NULL, NULL, k, &gone);
    assert_false(gone.moved);
    assert_string_equal(gone.points[LIBRARY_TEXT].theirs, "");
}

static void several_means_stand_below_each_other(void **state)
{
    (void)state;
    const struct pack_tool *tool;
    const struct pack_row *row = row_of("4.3.1-R01.1", &tool);
    struct library_view v = compared(adopted("4.3.1-R01.1"));
    assert_true(row->n_means > 1);
    assert_string_equal(v.points[LIBRARY_MEANS].then, v.points[LIBRARY_MEANS].theirs);
    assert_non_null(strchr(v.points[LIBRARY_MEANS].then, '\n'));
}

// ---- sisters ----------------------------------------------------------------------------------------

static bool same(const char *x, const char *y)
{
    return x[0] != '\0' && strcmp(x, y) == 0;
}

// One split after the other, one sister after the other, as one would by hand.
static unsigned slow_missing(const struct sister *items, size_t n, size_t at, size_t by[SPLITS])
{
    unsigned missing = 0;
    for (int bit = 0; bit < SPLITS; bit++) {
        bool have = items[at].asks == 3 || items[at].asks == (bit == 0 ? 1u : 2u);
        size_t first = n;
        for (size_t i = n; i > 0; i--) {
            const struct sister *s = &items[i - 1];
            bool asks = s->asks == 3 || s->asks == (bit == 0 ? 1u : 2u);
            if (i - 1 != at && asks &&
                (same(s->result, items[at].result) || same(s->expected, items[at].expected))) {
                first = i - 1;
            }
        }
        if (!have && first < n) {
            missing += bit == 0 ? SPLIT_SEX : SPLIT_AGE;
            by[bit] = first;
        }
    }
    return missing;
}

static unsigned pick(uint64_t *seed, unsigned most)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*seed >> 33) % most;
}

static void missing_splits_are_those_of_the_slow_way(void **state)
{
    (void)state;
    static const char *const results[] = {"", "r1", "r2"};
    static const char *const expected[] = {"", "3.1", "3.2"};
    uint64_t seed = 11;
    int found = 0;
    for (int round = 0; round < 5000; round++) {
        struct sister items[6];
        size_t n = pick(&seed, 6) + 1;
        for (size_t i = 0; i < n; i++) {
            items[i] = (struct sister){"", results[pick(&seed, 3)], expected[pick(&seed, 3)],
                                       pick(&seed, 4)};
        }
        for (size_t at = 0; at < n; at++) {
            size_t by[SPLITS] = {99, 99};
            size_t slow_by[SPLITS] = {99, 99};
            unsigned missing = library_missing_splits(items, n, at, by);
            assert_int_equal(missing, slow_missing(items, n, at, slow_by));
            assert_memory_equal(by, slow_by, sizeof by);
            found += missing != 0 ? 1 : 0;
        }
    }
    assert_true(found > 1000);
}

// docs/indicators.md
static void the_example_of_the_docs(void **state)
{
    (void)state;
    static const struct sister items[] = {{"I1", "r", "", SPLIT_SEX | SPLIT_AGE},
                                          {"I2", "r", "", 0},
                                          {"I3", "r", "", SPLIT_SEX},
                                          {"I4", "other", "", 0}};
    static const unsigned wanted[] = {0, SPLIT_SEX | SPLIT_AGE, SPLIT_AGE, 0};
    for (size_t at = 0; at < 4; at++) {
        size_t by[SPLITS] = {9, 9};
        assert_int_equal(library_missing_splits(items, 4, at, by), wanted[at]);
        assert_true(by[0] == 9 || by[0] == 0);
        assert_true(by[1] == 9 || by[1] == 0);
    }
}

static void sisters_of_the_programme_and_of_the_library_are_asked(void **state)
{
    (void)state;
    const char *by[SPLITS] = {NULL, NULL};
    struct record *one = adopted("4.3.3-R04.1");
    struct record *two = adopted("4.3.3-R04.1");
    struct record *all[] = {one, two};
    one->id = "one";
    two->id = "two";
    record_set_text(one, "code", "P/I1");
    record_set_text(two, "code", "P/I2");
    assert_int_equal(sisters_missing(arena, all, 2, two, by), 0);
    record_clear(two, "disaggregation");
    assert_int_equal(sisters_missing(arena, all, 2, two, by), SPLIT_SEX | SPLIT_AGE);
    assert_string_equal(by[0], "P/I1");
    assert_string_equal(by[1], "P/I1");
    // one that is no longer used asks for nothing; the rows of the library still do
    record_set_text(one, "state", "retired");
    assert_int_equal(sisters_missing(arena, all, 2, two, by), SPLIT_SEX);
    assert_string_equal(by[0], "4.3.3-R05.1");
    // whoever says why is not asked again; nor is what cannot be split
    record_set_text(two, "split_note", "It counts laws.");
    assert_int_equal(sisters_missing(arena, all, 2, two, by), 0);
    record_clear(two, "split_note");
    record_set_text(two, "unit", "yes_no");
    assert_int_equal(sisters_missing(arena, all, 2, two, by), 0);
}

// ---- screening --------------------------------------------------------------------------------------

static struct record *screening(const char *answer)
{
    struct record *s = record_new(arena, &entity_indicator_screening);
    for (int i = 0; i < SCREENING_QUESTIONS; i++) {
        record_set_text(s, screening_questions[i].field, answer);
    }
    return s;
}

static void one_no_is_enough_to_fail(void **state)
{
    (void)state;
    struct err_info e = {0};
    assert_int_equal(screening_verdict_of(NULL), SCREENING_NONE);
    for (int i = 0; i < SCREENING_QUESTIONS; i++) {
        struct record *s = screening("yes");
        assert_int_equal(screening_verdict_of(s), SCREENING_GOOD);
        assert_int_equal(screening_check(s, &e), ERR_NONE);
        record_set_text(s, screening_questions[i].field, "part");
        assert_int_equal(screening_verdict_of(s), SCREENING_PART);
        assert_int_equal(screening_check(s, &e), ERR_INPUT);
        assert_string_equal(e.field, screening_questions[i].why);
        record_set_text(s, screening_questions[i].why, "Because.");
        assert_int_equal(screening_check(s, &e), ERR_NONE);
        record_set_text(s, screening_questions[i].field, "no");
        assert_int_equal(screening_verdict_of(s), SCREENING_FAILS);
    }
}

static void letters_are_named_by_their_word(void **state)
{
    (void)state;
    struct record *s = screening("yes");
    assert_null(screening_letters(arena, s, "no"));
    record_set_text(s, "smart_m", "no");
    assert_string_equal(screening_letters(arena, s, "no"), "SMART: M");
    record_set_text(s, "rights_g", "no");
    record_set_text(s, "rights_t", "no");
    assert_string_equal(screening_letters(arena, s, "no"), "RIGHTS: G, T; SMART: M");
    s = screening("yes"); // the example of the docs: the academy that gives the courses keeps the lists
    record_set_text(s, "rights_i", "part");
    assert_int_equal(screening_verdict_of(s), SCREENING_PART);
    record_set_text(s, "rights_i", "no");
    assert_int_equal(screening_verdict_of(s), SCREENING_FAILS);
    assert_string_equal(screening_letters(arena, s, "no"), "RIGHTS: I");
}

static void the_rights_letters_are_rows_of_the_library(void **state)
{
    (void)state;
    for (int i = 0; i < SCREENING_QUESTIONS; i++) {
        const struct pack_tool *tool;
        const char *row = screening_questions[i].row;
        assert_int_equal(row != NULL, screening_questions[i].rights);
        assert_true(row == NULL || pack_row_anywhere(row, &tool) != NULL);
    }
}

static void the_newest_screening_counts(void **state)
{
    (void)state;
    static const struct { const char *id, *indicator, *on; } plan[] = {
        {"b", "k", "2026-03-01"}, {"c", "k", "2026-01-01"}, {"a", "k", "2026-03-01"},
        {"z", "other", "2026-09-01"}};
    struct record *all[4];
    for (int i = 0; i < 4; i++) {
        all[i] = screening("yes");
        all[i]->id = plan[i].id;
        record_set_text(all[i], "indicator_id", plan[i].indicator);
        record_set_text(all[i], "screened_on", plan[i].on);
    }
    assert_string_equal(screening_newest(all, 4, "k")->id, "b");
    assert_null(screening_newest(all, 4, "nobody"));
}

static void ages_are_said_in_plain_words(void **state)
{
    (void)state;
    assert_string_equal(screening_age(arena, &lang_en, "2026-11-22", "2026-11-22"), "today");
    assert_string_equal(screening_age(arena, &lang_en, "2026-11-21", "2026-11-22"), "1 day ago");
    assert_string_equal(screening_age(arena, &lang_en, "2026-09-24", "2026-11-22"), "59 days ago");
    assert_string_equal(screening_age(arena, &lang_en, "2026-09-23", "2026-11-22"), "2 months ago");
    assert_string_equal(screening_age(arena, &lang_en, "2024-11-23", "2026-11-22"), "24 months ago");
    assert_string_equal(screening_age(arena, &lang_en, "2024-11-22", "2026-11-22"), "2 years ago");
}

// ---- the shelf --------------------------------------------------------------------------------------

static size_t found(struct shelf_query q)
{
    struct shelf all;
    struct shelf some;
    const char **texts[] = {&q.search, &q.area, &q.expected, &q.right, &q.unit, &q.split, &q.taken,
                            &q.sort};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        *texts[i] = *texts[i] == NULL ? "" : *texts[i];
    }
    shelf_load(arena, &lang_en, &all);
    all.rows[0].here = "k";
    all.rows[1].elsewhere = 2;
    shelf_narrow(arena, &all, &q, &some);
    for (size_t i = 1; i < some.n && q.sort[0] != '\0'; i++) {
        int order = strcmp(some.rows[i - 1].text, some.rows[i].text);
        assert_true(strcmp(q.sort, "title") != 0 || (q.descending ? order >= 0 : order <= 0));
    }
    return some.n;
}

static void the_shelf_is_narrowed(void **state)
{
    (void)state;
    assert_int_equal(found((struct shelf_query){0}), 78);
    assert_int_equal(found((struct shelf_query){.area = "4.3.1"}), 12);
    assert_int_equal(found((struct shelf_query){.area = "4.3.5"}), 25);
    assert_int_equal(found((struct shelf_query){.area = "4.3.5", .split = "sex"}), 8);
    assert_int_equal(found((struct shelf_query){.split = "none"}) +
                         found((struct shelf_query){.split = "sex"}) + 3,
                     78); // three ask for the crime alone
    assert_int_equal(found((struct shelf_query){.right = "1.6-H06"}), 1);
    assert_int_equal(found((struct shelf_query){.search = "PRIVACY, family"}), 1);
    assert_int_equal(found((struct shelf_query){.search = "4.3.4-r"}), 8);
    assert_int_equal(found((struct shelf_query){.search = "no such words"}), 0);
    assert_int_equal(found((struct shelf_query){.taken = "here"}), 1);
    assert_int_equal(found((struct shelf_query){.taken = "elsewhere"}), 1);
    assert_int_equal(found((struct shelf_query){.taken = "no"}), 76);
    assert_int_equal(found((struct shelf_query){.sort = "title"}), 78);
    assert_int_equal(found((struct shelf_query){.sort = "title", .descending = true}), 78);
    size_t by_result = 0;
    static const char *const results[] = {"1.1", "1.2", "1.3", "2.1", "2.2", "3.1",
                                          "3.2", "4.1", "5.1", "5.2", "5.3"};
    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++) {
        by_result += found((struct shelf_query){.expected = results[i]});
    }
    assert_int_equal(by_result, 78);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(only_indicator_sets_have_rows_to_adopt),
        ARENA_TEST(every_target_of_the_goals_is_in_the_library),
        ARENA_TEST(part_and_whole_are_taken_over_and_compared),
        ARENA_TEST(what_was_just_adopted_is_not_adapted),
        ARENA_TEST(what_people_change_is_adapted),
        ARENA_TEST(a_row_that_the_library_changed_is_seen),
        ARENA_TEST(several_means_stand_below_each_other),
        ARENA_TEST(missing_splits_are_those_of_the_slow_way),
        ARENA_TEST(the_example_of_the_docs),
        ARENA_TEST(sisters_of_the_programme_and_of_the_library_are_asked),
        ARENA_TEST(one_no_is_enough_to_fail),
        ARENA_TEST(letters_are_named_by_their_word),
        ARENA_TEST(the_rights_letters_are_rows_of_the_library),
        ARENA_TEST(the_newest_screening_counts),
        ARENA_TEST(ages_are_said_in_plain_words),
        ARENA_TEST(the_shelf_is_narrowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
