// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_table_test.c: tables as files, the limits of the pack, collapsing and shares.

#include <stdio.h>
#include <string.h>

#include "base/arena_test_help.h"
#include "base/limits.h"
#include "release/release.h"
#include "release/release_limits.h"
#include "release/release_protect.h"
#include "release/release_table.h"
#include "release/release_test_help.h"

// ---- reading -------------------------------------------------------------------------------------------

static const struct release_cube *read_text(const char *by, const char *text)
{
    const struct release_columns columns = {.by = by, .count = "n"};
    const struct release_cube *c = NULL;
    struct err_info e = {0};
    assert_int_equal(release_table_read(arena, &columns, text, strlen(text), &c, &e), ERR_NONE);
    return c;
}

static void inner_counts_are_read_with_their_sums(void **state)
{
    (void)state;
    const struct release_cube *c =
        read_text("sex,place", "place;sex;n;other\nNorth;f;3;x\nSouth;f;0;y\nNorth;m;14;z\n");
    assert_int_equal(c->frame->n, 2);
    assert_string_equal(c->frame->of[0].name, "sex");
    assert_string_equal(c->frame->of[1].categories[1], "South");
    assert_int_equal(c->frame->n_cells, 9);
    assert_int_equal(c->counts[0], 3);
    assert_int_equal(c->counts[3], 14);
    assert_int_equal(c->counts[4], 0); // South, m: no row
    assert_int_equal(c->counts[8], 17);
}

// The order of rows may be that of the counts: whatever it is, the table is the same.
static void the_order_of_rows_says_nothing(void **state)
{
    (void)state;
    const struct release_cube *c = read_text("age", "age,n\nnot known,9\n10-14,8\n5-9,7\n60+,6\n007,5\n7,4\n0,3\n");
    static const char *const names[] = {"0", "5-9", "007", "7", "10-14", "60+", "not known"};
    static const int64_t counts[] = {3, 7, 5, 4, 8, 6, 9, 42};
    assert_int_equal(c->frame->of[0].n, COUNT_OF(names));
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        assert_string_equal(c->frame->of[0].categories[i], names[i]);
    }
    assert_memory_equal(c->counts, counts, sizeof counts);
}

static void what_is_wrong_is_said_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *by;
        const char *text;
        const char *says;
    } cases[] = {
        {"a", "a,n\nx,3\ny,-1\n", "Line 3: the number is negative."},
        {"a", "a,n\nx,2.5\n", "Line 2: the number is not a whole number."},
        {"a", "a,n\nx,1e3\n", "Line 2: the number is not a whole number."},
        {"a", "a,n\nx,1 3\n", "Line 2: the number is not a whole number."},
        {"a", "a,n\nx,1\nx ,2\n", "Line 3: this cell is already in line 2."},
        {"a", "a,n,a\nx,1,y\n", "The column “a” stands in the file twice."},
        {"a", "a,n\nx,\n", "Line 2: the number is missing."},
        {"a", "a,n\nx,1000000001\n", "Line 2: the number is larger than 1,000,000,000."},
        {"a", "a,n\nx,99999999999999999999999999\n", "Line 2: the number is larger than 1,000,000,000."},
        {"a", "a,n\nx,1\ny,2\nx,3\n", "Line 4: this cell is already in line 2."},
        {"a", "a,n\nx,1\nTotal,1\n", "Line 3 is a total. Totals are worked out from the counts."},
        {"a,b", "a,b,n\nx,,1\n", "Line 2: “b” is empty."},
        {"a", "a,n\n", "The file holds no counts."},
        {"a", "", "The file is empty."},
        {"c", "a,n\nx,1\n", "The file has no column “c”."},
        {"a,a", "a,n\nx,1\n", "The column “a” is named twice."},
        {"n", "a,n\nx,1\n", "The column “n” cannot be a dimension: it holds what the table is about."},
        {"", "a,n\nx,1\n", "By which columns?"},
        {"a", "a,m\nx,1\n", "The file has no column “n”."},
        {"a,b,c,d,f", "a,b,c,d,f,n\n1,1,1,1,1,1\n",
         "There are too many dimensions: at most three and the period."},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct release_columns columns = {.by = cases[i].by, .count = "n"};
        const struct release_cube *c = NULL;
        struct err_info e = {0};
        assert_int_equal(release_table_read(arena, &columns, cases[i].text, strlen(cases[i].text), &c, &e),
                         ERR_INPUT);
        assert_string_equal(err_text(arena, &lang_en, &e), cases[i].says);
    }
}

static void too_large_a_table_is_refused(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text, arena, LIMIT_REPLY_BYTES);
    buf_str(&text, "a,b,n\n");
    for (int i = 0; i < 800; i++) {
        buf_printf(&text, "%d,%d,1\n", i, i);
    }
    const struct release_columns columns = {.by = "a,b", .count = "n"};
    const struct release_cube *c = NULL;
    struct err_info e = {0};
    assert_int_equal(release_table_read(arena, &columns, text.data, text.len, &c, &e), ERR_INPUT);
    assert_non_null(strstr(err_text(arena, &lang_en, &e), "too large"));
}

static void what_was_written_is_read_again(void **state)
{
    (void)state;
    const struct release_cube *exact = persons(arena, (const int[]){4, 3, 2, 0}, 300, 4);
    const struct release_cube *rounded = release_round(arena, exact, 5, seed);
    const struct release_columns columns = {0};
    struct release_table t;
    struct buf file;
    struct err_info e = {0};
    buf_init(&file, arena, LIMIT_REPLY_BYTES);
    assert_int_equal(release_table_write(rounded, "people", 5, &file, &e), ERR_NONE);
    assert_non_null(strstr(file.data, "a,b,c,people,kind,rounded_to\r\n"));
    assert_int_equal(release_table_read_published(arena, &columns, file.data, file.len, &t, &e), ERR_NONE);
    assert_int_equal(t.base, 5);
    assert_int_equal(t.frame->n_cells, exact->frame->n_cells);
    for (size_t cell = 0; cell < t.frame->n_cells; cell++) {
        assert_int_equal(t.seen[cell], RELEASE_SHOWN);
    }
    assert_memory_equal(t.counts, rounded->counts, t.frame->n_cells * sizeof *t.counts);
}

static struct release_table published(const char *text)
{
    const struct release_columns columns = {0};
    struct release_table t;
    struct err_info e = {0};
    assert_int_equal(release_table_read_published(arena, &columns, text, strlen(text), &t, &e), ERR_NONE);
    return t;
}

// A cell that is left out says something when other cells show a 0.
static void no_data_beside_zero_is_a_certain_zero(void **state)
{
    (void)state;
    struct release_table t = published("a,b,count,kind,rounded_to\nx,p,5,cell,5\nx,q,0,cell,5\ny,p,5,cell,5\n");
    assert_int_equal(t.seen[4], RELEASE_CERTAIN);
    t = published("a,b,count,kind,rounded_to\nx,p,5,cell,5\nx,q,5,cell,5\ny,p,5,cell,5\n");
    assert_int_equal(t.seen[4], RELEASE_SHOWN);
    t = published("a,b,count\nx,p,5\nx,q,..\ny,p,\ny,q,7\nx,Total,9\n");
    assert_int_equal(t.seen[1], RELEASE_HIDDEN);
    assert_int_equal(t.seen[3], RELEASE_HIDDEN);
    assert_int_equal(t.counts[2], 9);
    assert_int_equal(t.base, 0);
}

// ---- limits --------------------------------------------------------------------------------------------

static void the_pack_gives_bases_and_thresholds(void **state)
{
    (void)state;
    assert_int_equal(release_base_of(NULL), 5);
    assert_int_equal(release_base_of("victims-public"), 10);
    assert_int_equal(release_base_of("low-risk"), 3);
    assert_int_equal(release_base_of("no such class"), 0);
    const struct release_limits *l = release_limits();
    assert_int_equal(l->dimensions, 3);
    assert_int_equal(l->mean_cell, 10);
    assert_int_equal(l->percent_base, 20);
    assert_int_equal(l->redraws, 4);
    assert_int_equal(l->changed_bases, 2);
    assert_int_equal(l->amounts.contributors, 3);
    assert_int_equal(l->amounts.dominance, 10);
}

static struct release_frame *named(const char *const names[])
{
    struct release_frame *f = ARENA_MAKE(arena, struct release_frame);
    static const char *one[] = {"x"};
    for (; names[f->n] != NULL; f->n++) {
        f->of[f->n] = (struct release_dimension){.name = names[f->n], .categories = one, .n = 1};
    }
    assert_true(release_frame_finish(f));
    return f;
}

static void combinations_that_give_people_away_are_refused(void **state)
{
    (void)state;
    struct err_info e = {0};
    const char *never[] = {"place", "Nationality", "exploitation", "age", NULL};
    const char *never_otherwise[] = {"Province", "citizenship", "exploitation", "age group", NULL};
    const char *too_many[] = {"sex", "age", "place", "status", NULL};
    const char *with_period[] = {"sex", "age", "place", "Year", NULL};
    assert_int_equal(release_check_frame(named(never), &e), ERR_INPUT);
    assert_non_null(strstr(err_text(arena, &lang_en, &e), "is never published"));
    assert_int_equal(release_check_frame(named(never_otherwise), &e), ERR_INPUT);
    assert_non_null(strstr(err_text(arena, &lang_en, &e), "is never published"));
    assert_int_equal(release_check_frame(named(too_many), &e), ERR_INPUT);
    assert_string_equal(err_text(arena, &lang_en, &e), "A table has at most 3 dimensions beside the period; part and rest of a share are one.");
    assert_int_equal(release_check_frame(named(with_period), &e), ERR_NONE);
}

// Worked example of docs/disclosure.md.
static void a_thin_table_is_collapsed_step_by_step(void **state)
{
    (void)state;
    struct release_collapsed out;
    struct err_info e = {0};
    const struct release_cube *c = read_text("age,form,place",
                                             "age,form,place,n\n0-17,labour,N,4\n18-24,labour,N,9\n"
                                             "25-34,labour,S,8\n18-24,sexual,S,7\n25-34,sexual,N,6\n"
                                             "not known,sexual,N,6\n");
    assert_int_equal(release_collapse(arena, c, &out, &e), ERR_NONE);
    // 40 people: 4 x 2 x 2 = 16 cells, ages joined 3 x 2 x 2 = 12, without form 3 x 2 = 6, without place 3
    assert_int_equal(out.n_done, 3);
    assert_string_equal(out.done[0], "age: grouped");
    assert_string_equal(out.done[1], "form: left out");
    assert_string_equal(out.done[2], "place: left out");
    assert_int_equal(out.cube->frame->n, 1);
    assert_string_equal(out.cube->frame->of[0].categories[1], "18+");
    assert_int_equal(out.cube->counts[0], 4);
    assert_int_equal(out.cube->counts[1], 30);
    assert_int_equal(out.cube->counts[2], 6);
    assert_int_equal(out.cube->counts[3], 40);
    c = read_text("a", "a,n\nx,3\ny,4\n");
    assert_int_equal(release_collapse(arena, c, &out, &e), ERR_INPUT); // no rule helps
}

// The slow way: people outside the part and inside it, one after the other.
static void percentages_are_whole_and_none_when_few(void **state)
{
    (void)state;
    assert_int_equal(release_percent(5, 15), -1);
    assert_int_equal(release_percent(5, 20), 25);
    assert_int_equal(release_percent(10, 15), -1);
    assert_int_equal(release_percent(10, 30), 33);
    assert_int_equal(release_percent(25, 200), 13); // 12.5: halves up
    assert_int_equal(release_percent(25, 20), -1);
    for (int whole = 20; whole < 400; whole += 5) {
        for (int part = 0; part <= whole; part += 5) {
            int slow = 0;
            while ((2 * slow + 1) * whole <= 200 * part) {
                slow++;
            }
            assert_int_equal(release_percent(part, whole), slow);
        }
    }
}

// ---- protecting --------------------------------------------------------------------------------------------

static void what_is_protected_was_audited(void **state)
{
    (void)state;
    const struct release_cube *exact = persons(arena, (const int[]){5, 4, 0}, 250, 6);
    struct release_protected p;
    struct err_info e = {0};
    assert_int_equal(release_protect(arena, exact, 5, seed, NULL, 0, 0, &p, &e), ERR_NONE);
    assert_int_equal(p.audit.verdict, RELEASE_PROTECTED);
    assert_int_equal(strlen(p.drawn.commitment), 64);
    // the same people a second time, with another draw: refused, because both together say more
    const struct release_table first = shown(p.drawn.rounded, 5);
    struct release_protected again;
    assert_int_equal(release_protect(arena, exact, 5, other_seed, &first, 1, 0, &again, &e), ERR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(inner_counts_are_read_with_their_sums),
        ARENA_TEST(the_order_of_rows_says_nothing),
        ARENA_TEST(what_is_wrong_is_said_with_its_line),
        ARENA_TEST(too_large_a_table_is_refused),
        ARENA_TEST(what_was_written_is_read_again),
        ARENA_TEST(no_data_beside_zero_is_a_certain_zero),
        ARENA_TEST(the_pack_gives_bases_and_thresholds),
        ARENA_TEST(combinations_that_give_people_away_are_refused),
        ARENA_TEST(a_thin_table_is_collapsed_step_by_step),
        ARENA_TEST(percentages_are_whole_and_none_when_few),
        ARENA_TEST(what_is_protected_was_audited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
