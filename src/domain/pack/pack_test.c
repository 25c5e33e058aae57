// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_test.c: loading, the risk grid, every rule of the check against the packs of tests/packs/, and
// counts against the inventory of the published Toolkit.

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena_test_help.h"
#include "base/bug.h"
#include "base/limits.h"
#include "base/order.h"
#include "os/file.h"
#include "pack/pack_inner.h"

// The folder tests/packs, from the root of the repository or from a build folder in it.
static const char *packs_folder(const char *below)
{
    static const char *const starts[] = {"tests/packs", "../tests/packs", "../../tests/packs"};
    for (size_t i = 0; i < COUNT_OF(starts); i++) {
        if (folder_exists(starts[i])) {
            return arena_printf(arena, "%s/%s", starts[i], below);
        }
    }
    fail_msg("run this in the root of the repository, tests/packs is not there");
    return NULL;
}

// ---- loading ------------------------------------------------------------------------------------

static void packs_of_the_program_are_found(void **state)
{
    (void)state;
    size_t n;
    const struct pack *const *all = pack_all(&n);
    assert_true(n >= 3);
    for (size_t i = 1; i < n; i++) {
        assert_true(strcmp(all[i - 1]->id, all[i]->id) < 0);
    }
    assert_non_null(pack_find(PACK_DEFAULT));
    assert_null(pack_find("no-such-pack"));
    assert_null(pack_tool(pack_find(PACK_DEFAULT), "9.9"));
    assert_null(pack_tool_anywhere("9.9"));
}

static void a_tool_holds_what_its_file_says(void **state)
{
    (void)state;
    const struct pack_tool *t = pack_tool_anywhere("4.3.3");
    assert_non_null(t);
    assert_string_equal(t->pack->id, PACK_DEFAULT);
    assert_int_equal(t->kind, PACK_KIND_INDICATOR_SET);
    assert_int_equal(t->phase, PACK_PHASE_MONITOR);
    assert_int_equal(t->subject, PACK_SUBJECT_PROGRAMME);
    const struct pack_row *row = tool_row(t, "4.3.3-R05.1");
    assert_non_null(row);
    assert_int_equal(row->unit, PACK_UNIT_PERCENTAGE);
    assert_int_equal(row->direction, PACK_MORE);
    assert_non_null(row->numerator);
    assert_non_null(tool_result(t, row->result));
    assert_int_equal(row->n_disaggregation, 1);
    assert_string_equal(row->disaggregation[0], "sex");
    assert_null(tool_row(t, "4.3.3-R99"));
    const struct pack_row *iccpr = tool_row(pack_tool_anywhere("2.2"), "2.2-I05");
    assert_int_equal(iccpr->adopted, 1966);
    assert_int_equal(iccpr->in_force, 1976);
    assert_string_equal(iccpr->short_name, "ICCPR");
}

static void tools_are_in_the_order_in_which_people_count(void **state)
{
    (void)state;
    assert_true(code_order("3.4", "3.10") < 0);
    assert_true(code_order("3.10", "annex-1") < 0);
    assert_true(code_order("4.3", "4.3.1") < 0);
    assert_int_equal(code_order("3.4", "3.4"), 0);
    size_t n;
    const struct pack_tool *const *tools = pack_tools(pack_find(PACK_DEFAULT), &n);
    for (size_t i = 1; i < n; i++) {
        assert_true(code_order(tools[i - 1]->id, tools[i]->id) < 0);
    }
}

static void *ask_for_all(void *got)
{
    const struct pack *p = pack_find(PACK_DEFAULT);
    size_t n;
    *(const void **)got = pack_tools(p, &n)[0];
    return NULL;
}

static void threads_that_ask_at_once_get_the_same(void **state)
{
    (void)state;
    pthread_t threads[8];
    const void *got[8] = {0};
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, ask_for_all, &got[i]), 0);
    }
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        pthread_join(threads[i], NULL);
        assert_ptr_equal(got[i], got[0]);
    }
}

static void a_folder_is_loaded_with_all_its_parts(void **state)
{
    (void)state;
    struct pack_problems problems;
    struct err_info e;
    const struct pack *p = NULL;
    pack_problems_init(&problems, arena);
    assert_int_equal(pack_load_folder(arena, packs_folder("good/all-parts/"), &p, &problems, &e),
                     ERR_NONE);
    assert_string_equal(p->id, "all-parts");
    const struct lang french = {.code = "fr", .name = "fr", .look_up = lang_en.look_up};
    assert_string_equal(pack_words(p, &french, "risk-R01", "Nobody reads it."),
                        "Personne ne le lit.");
    assert_string_equal(pack_words(p, &lang_en, "risk-R01", "Nobody reads it."),
                        "Nobody reads it.");
    assert_string_equal(pack_words(p, &french, "risk-R01", "Not there."), "Not there.");
    assert_string_equal(tsv_cell(pack_table(p, "colours"), 1, "name"), "rose");
    assert_null(pack_table(p, "shapes"));
    assert_non_null(pack_scale(p, "answers"));
    assert_null(pack_scale(p, "grades"));
    assert_int_equal(pack_load_folder(arena, packs_folder("no-such-folder"), &p, &problems, &e),
                     ERR_NOT_FOUND);
    assert_int_equal(pack_load_folder(arena, packs_folder("bad/PACK-E06"), &p, &problems, &e),
                     ERR_INPUT);
    assert_int_equal(problems.n, 1);
}

// ---- the risk grid ------------------------------------------------------------------------------

// The slow second way: the grid of the Toolkit pack as a person reads it off the printed levels.
static void levels_on_the_grid_are_those_of_the_table(void **state)
{
    (void)state;
    static const char *const scale[] = {"low", "medium", "high"};
    static const char *const expected[3][3] = {// by likelihood, then impact
                                               {"low", "medium", "high"},
                                               {"low", "medium", "high"},
                                               {"medium", "high", "high"}};
    const struct pack_grid *g = pack_grid(pack_find(PACK_DEFAULT), "risk-3x3");
    assert_non_null(g);
    for (int l = 0; l < 3; l++) {
        for (int i = 0; i < 3; i++) {
            assert_string_equal(grid_level(g, scale[l], scale[i])->id, expected[l][i]);
            assert_int_equal(grid_mitigation_required(g, scale[l], scale[i]), l > 0 || i > 0);
        }
    }
}

static void a_level_that_is_not_known_has_no_place_on_the_grid(void **state)
{
    (void)state;
    const struct pack_grid *g = pack_grid(pack_find(PACK_DEFAULT), "risk-3x3");
    assert_null(grid_level(g, "huge", "low"));
    assert_null(grid_level(g, "low", ""));
    assert_null(grid_level(g, NULL, "low"));
    assert_null(grid_level(g, "low", NULL));
    assert_false(grid_mitigation_required(g, NULL, NULL));
    assert_false(grid_mitigation_required(g, "huge", "high"));
}

// ---- rules --------------------------------------------------------------------------------------

static struct tsv expected_problems(void)
{
    const char *path = packs_folder("bad/expected.tsv");
    const char *bytes = NULL;
    size_t len = 0;
    struct tsv t = {0};
    struct err_info e;
    assert_int_equal(file_read(arena, path, LIMIT_PACK_FILE_BYTES, &bytes, &len, &e), ERR_NONE);
    assert_int_equal(tsv_parse(arena, path, bytes, len, &t, &e), ERR_NONE);
    return t;
}

static void each_bad_pack_breaks_its_rule_there_and_no_other(void **state)
{
    (void)state;
    struct tsv t = expected_problems();
    assert_true(t.n_rows > 40);
    for (size_t i = 0; i < t.n_rows; i++) {
        const char *name = tsv_cell(&t, i, "pack");
        const char *kept = name[5] == 'N' ? "good" : "bad"; // notes do not fail
        const char *folder = packs_folder(arena_printf(arena, "%s/%s", kept, name));
        struct pack_problems problems;
        struct err_info e;
        size_t n;
        pack_problems_init(&problems, arena);
        assert_int_equal(pack_check_path(arena, folder, &problems, &n, &e), ERR_NONE);
        for (size_t k = 0; k < problems.n && problems.n != 1; k++) {
            print_error("%s\n", pack_problem_line(arena, &lang_en, &problems.items[k]));
        }
        if (problems.n != 1) {
            fail_msg("%s: %zu problems instead of 1", name, problems.n);
        }
        const struct pack_problem *p = &problems.items[0];
        const char *file = arena_printf(arena, "%s/%s", folder, tsv_cell(&t, i, "file"));
        assert_string_equal(p->code, name);
        assert_string_equal(p->file, file);
        assert_int_equal(p->line, strtol(tsv_cell(&t, i, "line"), NULL, 10));
        assert_int_equal(p->is_note, name[5] == 'N');
        // every place in the text is filled
        for (char n = '0'; n < '4'; n++) {
            const char place[] = {'{', n, '}', '\0'};
            assert_null(strstr(pack_problem_line(arena, &lang_en, p), place));
        }
    }
}

static void each_rule_has_a_bad_pack(void **state)
{
    (void)state;
    struct tsv t = expected_problems();
    for (size_t i = 0; i < pack_n_rules; i++) {
        if (i == RULE_SIZE) { // 4 MB are not kept in the repository: see the next test
            continue;
        }
        if (tsv_find(&t, "pack", pack_rules[i].code) < 0) {
            fail_msg("%s has no pack in tests/packs/bad", pack_rules[i].code);
        }
        for (size_t k = 0; k < i; k++) {
            assert_string_not_equal(pack_rules[i].code, pack_rules[k].code);
        }
    }
}

static bool scan(const char *text, size_t len, struct pack_problems *problems)
{
    struct yaml_places places;
    pack_problems_init(problems, arena);
    return yaml_scan(arena, "x.yaml", text, len, &pack_shape_tool, &places, problems);
}

static void a_file_above_the_ceiling_is_refused(void **state)
{
    (void)state;
    size_t len = LIMIT_PACK_FILE_BYTES + 1;
    char *text = arena_alloc(arena, len + 1);
    memset(text, '#', len);
    struct pack_problems problems;
    assert_false(scan(text, len, &problems));
    assert_int_equal(problems.n, 1);
    assert_string_equal(problems.items[0].code, "PACK-E02");
}

// What libcyaml alone would take, or what would make it work for long.
static void hostile_yaml_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *code;
    } cases[] = {
        {"", "PACK-E03"},
        {"---\n---\n", "PACK-E09"},
        {"- a\n", "PACK-E09"},
        {"x", "PACK-E09"},
        {"id: !!str a\n", "PACK-E04"},
        {"a: &a [x]\nb: [*a, *a]\n", "PACK-E06"},
        {"id: \"a\\0b\"\n", "PACK-E01"},
        {"rows:\n  - id: a\n    text: b\n    adopted: 12x\n", "PACK-E11"},
        {"see: [[[[[[[[[[[[[[[[a]]]]]]]]]]]]]]]]\n", "PACK-E09"},
        {"? [a]\n: b\n", "PACK-E09"},
        {"id: [\n", "PACK-E09"},
        {"id: 'a\n", "PACK-E03"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct pack_problems problems;
        assert_false(scan(cases[i].text, strlen(cases[i].text), &problems));
        assert_true(problems.n > 0);
        assert_string_equal(problems.items[0].code, cases[i].code);
    }
    char *deep = arena_alloc(arena, 100001);
    memset(deep, '[', 100000);
    struct pack_problems problems;
    assert_false(scan(deep, 100000, &problems));
}

static void good_packs_pass(void **state)
{
    (void)state;
    static const char *const folders[] = {"good/all-parts", "good/smallest"};
    for (size_t i = 0; i < COUNT_OF(folders); i++) {
        struct pack_problems problems;
        struct err_info e;
        size_t n;
        pack_problems_init(&problems, arena);
        assert_int_equal(pack_check_path(arena, packs_folder(folders[i]), &problems, &n, &e),
                         ERR_NONE);
        assert_int_equal(problems.n, 0);
    }
}

static void packs_of_the_program_pass(void **state)
{
    (void)state;
    struct pack_problems problems;
    struct err_info e;
    size_t n;
    pack_problems_init(&problems, arena);
    assert_int_equal(pack_check_embedded(arena, &problems, &n, &e), ERR_NONE);
    for (size_t i = 0; i < problems.n; i++) {
        if (!problems.items[i].is_note) {
            print_error("%s\n", pack_problem_line(arena, &lang_en, &problems.items[i]));
        }
    }
    assert_int_equal(pack_problems_errors(&problems), 0);
}

static void each_rule_is_explained_in_the_docs(void **state)
{
    (void)state;
    const char *path = packs_folder("../../docs/packs.md"), *text = NULL;
    size_t len = 0;
    struct err_info e;
    assert_int_equal(file_read(arena, path, LIMIT_PACK_FILE_BYTES, &text, &len, &e), ERR_NONE);
    for (size_t i = 0; i < pack_n_rules; i++) {
        const char *row = arena_printf(arena, "| %s | %s |", pack_rules[i].code, pack_rules[i].text);
        if (strstr(text, row) == NULL) {
            fail_msg("docs/packs.md does not have: %s", row);
        }
    }
}

// ---- LOCK ---------------------------------------------------------------------------------------

static void write_file(const char *folder, const char *name, const char *text)
{
    struct err_info e;
    const char *path = arena_printf(arena, "%s/%s", folder, name);
    char *above = arena_copy(arena, path);
    *strrchr(above, '/') = '\0';
    assert_int_equal(folder_make(above, 0700, &e), ERR_NONE);
    assert_int_equal(file_write(path, text, strlen(text), 0600, &e), ERR_NONE);
}

static size_t check_errors(const char *folder)
{
    struct pack_problems problems;
    struct err_info e;
    size_t n;
    pack_problems_init(&problems, arena);
    assert_int_equal(pack_check_path(arena, folder, &problems, &n, &e), ERR_NONE);
    return pack_problems_errors(&problems);
}

static void a_locked_version_cannot_change_unseen(void **state)
{
    (void)state;
    const char *tmp = getenv("TMPDIR");
    char *packs = arena_printf(arena, "%s/packs-XXXXXX", tmp == NULL ? "/tmp" : tmp);
    assert_non_null(mkdtemp(packs));
    const char *folder = arena_printf(arena, "%s/test/sample", packs);
    static const char *const names[] = {"pack.yaml", "README.md", "tools/ask.yaml"};
    const char *texts[COUNT_OF(names)];
    struct err_info e;
    size_t len, n;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const char *from =
            packs_folder(arena_printf(arena, "good/smallest/%s", names[i]));
        assert_int_equal(file_read(arena, from, LIMIT_PACK_FILE_BYTES, &texts[i], &len, &e),
                         ERR_NONE);
        write_file(folder, names[i], texts[i]);
    }
    assert_int_equal(pack_lock_write(arena, packs, false, &n, &e), ERR_NONE);
    assert_int_equal(n, 1);
    assert_int_equal(check_errors(packs), 0);
    // the README may change, a tool may not
    write_file(folder, "README.md", "Other words.\n");
    assert_int_equal(check_errors(packs), 0);
    write_file(folder, "tools/ask.yaml", arena_printf(arena, "%s# more\n", texts[2]));
    assert_int_equal(check_errors(packs), 1);
    assert_int_equal(check_errors(folder), 1);
    assert_int_equal(pack_lock_write(arena, packs, false, &n, &e), ERR_INPUT);
    // with a new version it may, and the old line stays
    char *raised = arena_copy(arena, texts[0]);
    strstr(raised, "1.0.0")[4] = '1';
    write_file(folder, "pack.yaml", raised);
    assert_int_equal(check_errors(packs), 1);
    assert_int_equal(check_errors(folder), 0); // one pack in the making
    assert_int_equal(pack_lock_write(arena, packs, false, &n, &e), ERR_NONE);
    assert_int_equal(check_errors(packs), 0);
    const char *lock = NULL;
    assert_int_equal(file_read(arena, arena_printf(arena, "%s/LOCK", packs), 10000, &lock, &len, &e),
                     ERR_NONE);
    assert_non_null(strstr(lock, "sample\t1.0.0\t"));
    assert_non_null(strstr(lock, "sample\t1.0.1\t"));
}

// ---- counts -------------------------------------------------------------------------------------

static long counted(const struct pack_count *counts, size_t n, const char *tool, const char *what)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(counts[i].tool, tool) == 0 && strcmp(counts[i].what, what) == 0) {
            return counts[i].count;
        }
    }
    return -1;
}

static void counts_are_those_of_the_inventory(void **state)
{
    (void)state;
    const char *shared = getenv("MAINSTAY_SHARED");
    const char *path =
        arena_printf(arena, "%s/toolkit/counts.tsv", shared == NULL ? "../shared" : shared);
    if (!file_exists(path)) {
        print_message("the inventory of the Toolkit is not here (MAINSTAY_SHARED)\n");
        skip();
    }
    const char *bytes = NULL;
    size_t len = 0, n = 0, compared = 0;
    struct tsv t;
    struct err_info e;
    assert_int_equal(file_read(arena, path, LIMIT_PACK_FILE_BYTES, &bytes, &len, &e), ERR_NONE);
    assert_int_equal(tsv_parse(arena, path, bytes, len, &t, &e), ERR_NONE);
    const struct pack *p = pack_find(PACK_DEFAULT);
    const struct pack_count *counts = pack_counts(arena, p, &n);
    for (size_t i = 0; i < t.n_rows; i++) {
        const char *tool = tsv_cell(&t, i, "tool"), *what = tsv_cell(&t, i, "what");
        const char *id = tsv_cell(&t, i, "id");
        if (strcmp(id, "C166") == 0 || strcmp(id, "C225") == 0) {
            continue; // about the print, not the content: README.md of the pack
        }
        long count = counted(counts, n, tool, what);
        if (count != strtol(tsv_cell(&t, i, "count"), NULL, 10)) {
            fail_msg("%s, %s: %ld instead of %s", tool, what, count, tsv_cell(&t, i, "count"));
        }
        compared++;
    }
    assert_int_equal(compared, n); // nothing is counted that the inventory does not know
    assert_int_equal(compared, t.n_rows - 2);
}

// Without the inventory: a few counts by hand, so that counting is tested everywhere.
static void counts_follow_the_kind_of_a_tool(void **state)
{
    (void)state;
    struct pack_problems problems;
    struct err_info e;
    const struct pack *p = NULL;
    size_t n;
    pack_problems_init(&problems, arena);
    assert_int_equal(pack_load_folder(arena, packs_folder("good/all-parts"), &p, &problems, &e),
                     ERR_NONE);
    const struct pack_count *counts = pack_counts(arena, p, &n);
    assert_int_equal(counted(counts, n, "ask", "questions"), 2);
    assert_int_equal(counted(counts, n, "ask", "sections"), -1); // no heading is printed
    assert_int_equal(counted(counts, n, "crossrefs", "row references in ask"), 2);
    assert_int_equal(counted(counts, n, "risk", "risks"), 1);
    assert_int_equal(counted(counts, n, "risk", "risks without a cross reference"), 1);
    assert_int_equal(counted(counts, n, "ind", "indicator rows"), 1);
    assert_int_equal(counted(counts, n, "ind", "indicators after splitting"), 2);
    assert_int_equal(counted(counts, n, "ind", "indicator rows under expected result 1.1"), 1);
}

// Nothing is counted twice where a tool names what it counts.
static void what_a_tool_counts_itself_is_not_counted_again(void **state)
{
    (void)state;
    size_t n;
    const struct pack_count *counts = pack_counts(arena, pack_find(PACK_DEFAULT), &n);
    assert_int_equal(counted(counts, n, "4.2", "evaluation questions"), 10);
    assert_int_equal(counted(counts, n, "4.2", "recommendation questions"), 6);
    assert_int_equal(counted(counts, n, "4.2", "questions"), -1);
    assert_int_equal(counted(counts, n, "4.2", "sections"), -1);
    assert_int_equal(counted(counts, n, "crossrefs", "row references in 4.2"), -1);
    // levels of the two ratings, not those of the two yes / no questions
    assert_int_equal(counted(counts, n, "2.6", "rating levels (4 + 4)"), 8);
    assert_int_equal(counted(counts, n, "2.6", "rating levels with a description"), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packs_of_the_program_are_found),
        cmocka_unit_test(a_tool_holds_what_its_file_says),
        cmocka_unit_test(tools_are_in_the_order_in_which_people_count),
        cmocka_unit_test(threads_that_ask_at_once_get_the_same),
        cmocka_unit_test(a_folder_is_loaded_with_all_its_parts),
        cmocka_unit_test(levels_on_the_grid_are_those_of_the_table),
        cmocka_unit_test(a_level_that_is_not_known_has_no_place_on_the_grid),
        cmocka_unit_test(each_bad_pack_breaks_its_rule_there_and_no_other),
        cmocka_unit_test(each_rule_has_a_bad_pack),
        cmocka_unit_test(a_file_above_the_ceiling_is_refused),
        cmocka_unit_test(hostile_yaml_is_refused),
        cmocka_unit_test(each_rule_is_explained_in_the_docs),
        cmocka_unit_test(good_packs_pass),
        cmocka_unit_test(packs_of_the_program_pass),
        cmocka_unit_test(a_locked_version_cannot_change_unseen),
        cmocka_unit_test(counts_are_those_of_the_inventory),
        cmocka_unit_test(counts_follow_the_kind_of_a_tool),
        cmocka_unit_test(what_a_tool_counts_itself_is_not_counted_again),
    };
    return cmocka_run_group_tests(tests, set_up_arena, tear_down_arena);
}
