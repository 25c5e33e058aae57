// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_attack_test.c: the attacks on published tables that docs/disclosure.md lists. None may succeed, and
// each is first seen to succeed on a table that is not protected.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena_test_help.h"
#include "base/limits.h"
#include "release/release.h"
#include "release/release_limits.h"
#include "release/release_protect.h"
#include "release/release_table.h"
#include "release/release_test_help.h"

enum { BASE = 5 };
static const int sizes[] = {9, 4, 3, 0};

static const unsigned char *seed_of(int n)
{
    unsigned char *seed = arena_alloc(arena, RELEASE_SEED_BYTES);
    seed[0] = (unsigned char)n;
    seed[1] = (unsigned char)(n >> 8);
    return seed;
}

static const struct release_cube *rounded(const struct release_cube *exact, int seed)
{
    return release_round(arena, exact, BASE, seed_of(seed));
}

static enum release_verdict verdict_of(const struct release_table *tables, int n)
{
    struct release_audit out;
    struct err_info e = {0};
    const struct release_effort effort = {.base = BASE, .time_ms = 60000};
    enum err err = release_audit_tables(arena, tables, n, &effort, &out, &e);
    return err == ERR_NONE ? out.verdict : RELEASE_UNPROVED;
}

// ---- one release ------------------------------------------------------------------------------------------

// Margin less the other cells of its line: with small cells hidden it gives the hidden one, in a release only
// the published one.
static void margins_are_subtracted(void **state)
{
    (void)state;
    const struct release_cube *exact = persons(arena, sizes, 700, 1);
    const struct release_cube *c = rounded(exact, 1);
    const struct release_frame *f = exact->frame;
    size_t recovered = 0;
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        if (release_summed(f, cell) > 0 || exact->counts[cell] == 0 || exact->counts[cell] >= BASE) {
            continue;
        }
        size_t line = cell - (size_t)release_category(f, cell, 2) * f->step[2];
        int64_t hidden = exact->counts[line + 3 * f->step[2]];
        int64_t in_release = c->counts[line + 3 * f->step[2]];
        int others = 0;
        for (size_t k = 0; k < 3; k++) {
            size_t at = line + k * f->step[2];
            if (at != cell) {
                others += exact->counts[at] > 0 && exact->counts[at] < BASE;
                hidden -= exact->counts[at];
                in_release -= c->counts[at];
            }
        }
        recovered += others == 0 && hidden == exact->counts[cell];
        assert_int_equal(in_release, c->counts[cell]);
        assert_int_equal(in_release % BASE, 0);
    }
    assert_true(recovered > 0);
    const struct release_table t = shown(c, BASE);
    assert_int_equal(verdict_of(&t, 1), RELEASE_PROTECTED);
}

// Two tables of one release share a margin and agree in it, so laying them together gives the cube again.
static void tables_of_a_release_are_linked(void **state)
{
    (void)state;
    const struct release_cube *c = rounded(persons(arena, sizes, 700, 2), 2);
    const struct release_frame *f = c->frame;
    struct release_cube *two[2]; // by a and b; by a and c
    for (int k = 0; k < 2; k++) {
        struct release_frame *g = ARENA_MAKE(arena, struct release_frame);
        *g = (struct release_frame){.n = 2, .of = {f->of[0], f->of[1 + k]}};
        assert_true(release_frame_finish(g));
        two[k] = release_cube_new(arena, g);
        for (size_t cell = 0; cell < g->n_cells; cell++) {
            size_t at = (size_t)release_category(g, cell, 0) * f->step[0] +
                        (size_t)release_category(g, cell, 1) * f->step[1 + k] +
                        (size_t)f->of[2 - k].n * f->step[2 - k];
            two[k]->counts[cell] = c->counts[at];
        }
    }
    for (int i = 0; i <= f->of[0].n; i++) { // the common margin
        size_t first = (size_t)i * two[0]->frame->step[0] + (size_t)f->of[1].n;
        size_t second = (size_t)i * two[1]->frame->step[0] + (size_t)f->of[2].n;
        assert_int_equal(two[0]->counts[first], two[1]->counts[second]);
    }
    const struct release_table with_cube[2] = {shown(c, BASE), shown(two[0], BASE)};
    assert_int_equal(verdict_of(with_cube, 2), RELEASE_PROTECTED);
}

// "60 and older" beside "65 and older": the audit refuses another cut; sums of the cube are all there is.
static void ages_are_cut_again(void **state)
{
    (void)state;
    const struct release_cube *exact = persons(arena, (const int[]){4, 3, 0}, 400, 3);
    struct release_cube *other = persons(arena, (const int[]){4, 3, 0}, 400, 3);
    other->frame->of[0].categories[3] = "a3 and a4, partly";
    const struct release_table t[2] = {shown(rounded(exact, 3), BASE), shown(rounded(other, 4), BASE)};
    assert_int_not_equal(verdict_of(t, 2), RELEASE_PROTECTED);
}

// A percentage and its whole give the part: the rounded one. Of few people there is none.
static void percentages_are_turned_back(void **state)
{
    (void)state;
    const struct release_cube *exact = persons(arena, sizes, 700, 5);
    const struct release_cube *c = rounded(exact, 5);
    const struct release_frame *f = c->frame;
    size_t shown_percentages = 0;
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        int k = release_category(f, cell, 2);
        int64_t whole = c->counts[cell + (size_t)(f->of[2].n - k) * f->step[2]];
        int percent = release_percent(c->counts[cell], whole);
        assert_true(percent == -1 || whole >= release_limits()->percent_base);
        if (percent >= 0 && k < f->of[2].n && whole < 100) {
            int64_t part = (percent * whole + 50) / 100; // what a reader works out
            int64_t multiple = (part + BASE / 2) / BASE * BASE;
            assert_int_equal(multiple, c->counts[cell]);
            shown_percentages++;
        }
    }
    assert_true(shown_percentages > 0);
}

// An exact grand total that another report gives.
static void a_total_comes_from_another_report(void **state)
{
    (void)state;
    const struct release_cube *exact = persons(arena, sizes, 700, 6);
    struct release_cube *leak = release_cube_new(arena, exact->frame);
    unsigned char *seen = arena_alloc(arena, exact->frame->n_cells);
    size_t total = release_grand_total(exact->frame);
    leak->counts[total] = exact->counts[total];
    seen[total] = RELEASE_SHOWN;
    struct release_audit out;
    struct err_info e = {0};
    const struct release_effort effort = {.base = BASE, .time_ms = 60000};
    struct release_table t[2] = {{.frame = exact->frame, .counts = leak->counts, .seen = seen, .base = BASE},
                                 shown(rounded(exact, 6), BASE)};
    assert_int_equal(release_audit_tables(arena, t, 2, &effort, &out, &e), ERR_NONE);
    assert_int_equal(out.n_exact, 0); // the total moves no count out of its box
    assert_int_equal(out.n_narrow, 0);
    // exact margins of every line are another matter, and are found
    for (size_t cell = 0; cell < exact->frame->n_cells; cell++) {
        if (release_summed(exact->frame, cell) > 0) {
            leak->counts[cell] = exact->counts[cell];
            seen[cell] = RELEASE_SHOWN;
        }
    }
    assert_int_not_equal(verdict_of(t, 2), RELEASE_PROTECTED);
}

// ---- several releases ----------------------------------------------------------------------------------------

// One person comes between two releases. Exact tables give the cell away; in draws many cells change.
static void the_release_before_is_subtracted(void **state)
{
    (void)state;
    size_t risen_cells = 0;
    for (int i = 0; i < 10; i++) {
        struct release_cube *before = persons(arena, sizes, 700, 7);
        struct release_cube *after = persons(arena, sizes, 700, 7);
        after->counts[0]++;
        release_cube_sum(after);
        const struct release_cube *one = rounded(before, 2 * i);
        const struct release_cube *two = rounded(after, 2 * i + 1);
        for (size_t cell = 0; cell < one->frame->n_cells; cell++) {
            risen_cells += release_summed(one->frame, cell) == 0 && two->counts[cell] > one->counts[cell];
        }
    }
    assert_true(risen_cells > 50); // five and more candidates for each newcomer
}

// A hundred draws averaged show the count; so the second draw is refused, and a copy says nothing.
static void releases_are_averaged(void **state)
{
    (void)state;
    const struct release_cube *exact = persons(arena, (const int[]){5, 3, 0}, 200, 8);
    double sum = 0;
    for (int i = 0; i < 100; i++) {
        sum += (double)rounded(exact, i)->counts[0];
    }
    assert_true(sum / 100 > (double)exact->counts[0] - BASE && sum / 100 < (double)exact->counts[0] + BASE);
    const struct release_cube *first = rounded(exact, 0);
    const struct release_table t = shown(first, BASE);
    const struct release_table copies[3] = {t, t, t};
    size_t refused = 0;
    for (int i = 1; i < 20; i++) {
        struct release_protected p;
        struct err_info e = {0};
        enum err err = release_protect(arena, exact, BASE, seed_of(i), &t, 1, 0, &p, &e);
        bool same = memcmp(rounded(exact, i)->counts, first->counts,
                           exact->frame->n_cells * sizeof(int64_t)) == 0;
        refused += err == ERR_INPUT;
        // a draw passes only where it says nothing new about any cell
        assert_true(err == ERR_INPUT || err == ERR_NONE);
        assert_true(!same || err == ERR_NONE);
    }
    assert_true(refused >= 15);
    assert_int_equal(verdict_of(copies, 3), RELEASE_PROTECTED);
}

// ---- seeds and files ---------------------------------------------------------------------------------------

// A reader who tries seeds finds many true tables for one published table: even the right seed shows nothing
// without the counts. And commitments of neighbouring seeds have nothing in common.
static void seeds_are_guessed(void **state)
{
    (void)state;
    char one[RELEASE_COMMITMENT_BYTES];
    char two[RELEASE_COMMITMENT_BYTES];
    release_commit(seed_of(1), one);
    release_commit(seed_of(2), two);
    size_t same = 0;
    for (size_t i = 0; i < 64; i++) {
        same += one[i] == two[i];
    }
    assert_true(same < 20);
    assert_int_equal(strlen(one), 64);
}

// Whatever the counts are, the same rows come in the same order; digits of rounded counts decide the size.
static void order_and_size_of_files_are_read(void **state)
{
    (void)state;
    struct buf file[2];
    const char *row[2];
    struct err_info e = {0};
    for (int i = 0; i < 2; i++) {
        buf_init(&file[i], arena, LIMIT_REPLY_BYTES);
        const struct release_cube *exact = persons(arena, sizes, 300 + 300 * i, 9);
        assert_int_equal(release_table_write(rounded(exact, i), "n", BASE, &file[i], &e), ERR_NONE);
        row[i] = file[i].data;
    }
    size_t rows = 0;
    while (*row[0] != '\0' && *row[1] != '\0') {
        const char *end = strstr(row[0], "\r\n");
        size_t place = strcspn(row[0], "\r"); // up to the third comma: the categories
        for (size_t commas = 0, k = 0; k < place; k++) {
            commas += row[0][k] == ',';
            if (commas == 3) {
                place = k;
            }
        }
        assert_memory_equal(row[0], row[1], place);
        row[0] = end + 2;
        row[1] = strstr(row[1], "\r\n") + 2;
        rows++;
    }
    assert_int_equal(*row[0], *row[1]);
    assert_int_equal(rows, 1 + 10 * 5 * 4);
}

// Zeros that are certain stand beside zeros that are rounded in no table of ours, and in no other unseen.
static void gaps_are_compared_with_zeros(void **state)
{
    (void)state;
    const struct release_columns columns = {0};
    const char *with_gap = "a,b,count,kind,rounded_to\nx,p,15,cell,5\nx,q,0,cell,5\ny,p,20,cell,5\n";
    const char *without = "a,b,count,kind,rounded_to\nx,p,15,cell,5\nx,q,0,cell,5\ny,p,20,cell,5\ny,q,0,cell,5\n";
    struct release_table t;
    struct err_info e = {0};
    assert_int_equal(
        release_table_read_published(arena, &columns, with_gap, strlen(with_gap), &t, &e), ERR_NONE);
    assert_int_equal(verdict_of(&t, 1), RELEASE_OPEN);
    assert_int_equal(
        release_table_read_published(arena, &columns, without, strlen(without), &t, &e), ERR_NONE);
    assert_int_equal(verdict_of(&t, 1), RELEASE_PROTECTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(margins_are_subtracted),
        ARENA_TEST(tables_of_a_release_are_linked),
        ARENA_TEST(ages_are_cut_again),
        ARENA_TEST(percentages_are_turned_back),
        ARENA_TEST(a_total_comes_from_another_report),
        ARENA_TEST(the_release_before_is_subtracted),
        ARENA_TEST(releases_are_averaged),
        ARENA_TEST(seeds_are_guessed),
        ARENA_TEST(order_and_size_of_files_are_read),
        ARENA_TEST(gaps_are_compared_with_zeros),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
