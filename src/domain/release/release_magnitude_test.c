// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_magnitude_test.c: amounts: the rules for one cell, and what a reader works out of the others, against
// a slow way that tries every table of whole amounts.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena_test_help.h"
#include "base/limits.h"
#include "release/release_contributions.h"
#include "release/release_magnitude.h"
#include "release/release_test_help.h"

static const struct release_amount_rule rule = {.contributors = 3, .dominance = 10};

// Worked examples of docs/disclosure.md.
static void a_cell_says_too_much(void **state)
{
    (void)state;
    static const struct {
        struct release_amount x;
        bool sensitive;
    } cases[] = {
        {{0, 0, 0, 0}, false},       // nobody
        {{100, 100, 0, 1}, true},    // one
        {{100, 60, 40, 2}, true},    // each of two knows the other
        {{100, 60, 35, 3}, true},    // 5 of others, and 10 % of 60 is 6
        {{101, 60, 35, 3}, false},   // 6 of others
        {{90, 30, 30, 3}, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(release_amount_is_sensitive(&cases[i].x, &rule), cases[i].sensitive);
    }
}

// ---- the slow way ------------------------------------------------------------------------------------------

struct slow {
    const struct release_magnitude *m;
    size_t *hidden; // inner cells
    int n;
    struct release_cube *c;
    int64_t most;
    int64_t *low;
    int64_t *high;
};

static void try_all(struct slow *s, int i)
{
    const struct release_frame *f = s->c->frame;
    if (i < s->n) {
        for (int64_t v = 1; v <= s->most; v++) { // what is nothing is shown
            s->c->counts[s->hidden[i]] = v;
            try_all(s, i + 1);
        }
        return;
    }
    release_cube_sum(s->c);
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        if (s->m->seen[cell] == RELEASE_SHOWN && s->c->counts[cell] != s->m->amounts->counts[cell]) {
            return;
        }
    }
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        s->low[cell] = s->c->counts[cell] < s->low[cell] ? s->c->counts[cell] : s->low[cell];
        s->high[cell] = s->c->counts[cell] > s->high[cell] ? s->c->counts[cell] : s->high[cell];
    }
}

static void no_reader_comes_near(void **state)
{
    (void)state;
    struct lot lot = {2};
    size_t n_sensitive = 0;
    size_t n_secondary = 0;
    for (int i = 0; i < 30; i++) {
        const int *sizes = i % 2 == 0 ? (const int[]){2, 2, 0} : (const int[]){3, 2, 0};
        struct release_frame *f = frame_of(arena, sizes);
        struct release_amount *cells = ARENA_ARRAY(arena, struct release_amount, f->n_cells);
        for (size_t cell = 0; cell < f->n_cells; cell++) {
            if (release_summed(f, cell) == 0 && lot_next(&lot) % 6 != 0) {
                int64_t largest = 1 + lot_next(&lot) % 5;
                cells[cell] = (struct release_amount){.largest = largest, .second = largest > 2 ? 2 : 0,
                                                       .contributors = 1 + lot_next(&lot) % 5};
                cells[cell].amount = largest + cells[cell].second + (cells[cell].contributors > 2 ? 2 : 0);
            }
        }
        const struct release_behind behind = {.cells = cells};
        struct release_magnitude m;
        struct err_info e = {0};
        if (release_suppress(arena, f, &behind, &rule, 60000, &m, &e) != ERR_NONE) {
            assert_int_equal(e.code, ERR_INPUT); // nothing is published
            continue;
        }
        struct slow s = {.m = &m, .hidden = ARENA_ARRAY(arena, size_t, f->n_inner), .most = 20,
                         .c = release_cube_new(arena, f), .low = ARENA_ARRAY(arena, int64_t, f->n_cells),
                         .high = ARENA_ARRAY(arena, int64_t, f->n_cells)};
        for (size_t cell = 0; cell < f->n_cells; cell++) {
            s.low[cell] = INT64_MAX;
            s.c->counts[cell] = m.amounts->counts[cell];
            if (release_summed(f, cell) == 0 && m.seen[cell] == RELEASE_HIDDEN) {
                s.hidden[s.n++] = cell;
            }
        }
        if (s.n > 4) {
            continue; // the slow way is too slow
        }
        try_all(&s, 0);
        for (size_t cell = 0; cell < f->n_cells; cell++) {
            if (release_summed(f, cell) == 0 && m.seen[cell] == RELEASE_HIDDEN) { // whoever has the table alone
                int64_t width = s.high[cell] - s.low[cell];
                assert_true(width >= 1 && 10 * width >= s.high[cell]);
            }
            if (release_summed(f, cell) == 0 && release_amount_is_sensitive(&cells[cell], &rule)) {
                assert_int_equal(m.seen[cell], RELEASE_HIDDEN);
                assert_true(s.low[cell] < cells[cell].amount || cells[cell].amount == 1); // never nothing
                assert_true(s.high[cell] > cells[cell].amount);
                n_sensitive++;
            }
        }
        n_secondary += m.n_secondary;
    }
    assert_true(n_sensitive > 10);
    assert_true(n_secondary > 0);
}

// A lone sensitive cell in its line and column would be worked out from the totals.
static void hiding_one_cell_hides_others_with_it(void **state)
{
    (void)state;
    struct release_frame *f = frame_of(arena, (const int[]){3, 3, 0});
    struct release_amount *cells = ARENA_ARRAY(arena, struct release_amount, f->n_cells);
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        if (release_summed(f, cell) == 0) {
            cells[cell] = (struct release_amount){1000, 300, 200, 9};
        }
    }
    cells[0] = (struct release_amount){500, 500, 0, 1};
    const struct release_behind behind = {.cells = cells};
    struct release_magnitude m;
    struct err_info e = {0};
    assert_int_equal(release_suppress(arena, f, &behind, &rule, 60000, &m, &e), ERR_NONE);
    assert_int_equal(m.n_primary, 1);
    assert_true(m.n_secondary >= 1);
    assert_true(m.whole);
    assert_int_equal(m.amounts->counts[release_grand_total(f)], 8500);
}

static void what_is_not_proved_in_time_is_refused(void **state)
{
    (void)state;
    const int sizes[] = {8, 5, 3, 0};
    struct release_frame *f = frame_of(arena, sizes);
    struct release_cube *people = persons(arena, sizes, 300, 1);
    struct release_amount *cells = ARENA_ARRAY(arena, struct release_amount, f->n_cells);
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        int64_t n = release_summed(f, cell) == 0 ? people->counts[cell] : 0;
        cells[cell] = (struct release_amount){n * 100, n > 0 ? 100 : 0, n > 1 ? 100 : 0, n};
    }
    const struct release_behind behind = {.cells = cells};
    struct release_magnitude m;
    struct err_info e = {0};
    // no time: nothing is proved
    assert_int_equal(release_suppress(arena, f, &behind, &rule, 0, &m, &e), ERR_INPUT);
    assert_int_equal(release_suppress(arena, f, &behind, &rule, 120000, &m, &e), ERR_NONE);
    assert_true(m.n_primary > 0 && m.whole);
}

// ---- audits ------------------------------------------------------------------------------------------------

static enum release_verdict audited(const char *text, struct release_amount_audit *out)
{
    const struct release_columns columns = {.count = "n", .amounts = true};
    struct release_table t;
    struct release_amount_rule said;
    struct err_info e = {0};
    assert_int_equal(release_amounts_read_published(arena, &columns, text, strlen(text), &t, &said, &e), ERR_NONE);
    assert_int_equal(release_audit_amounts(arena, &t, NULL, &said, &rule, 60000, out, &e), ERR_NONE);
    return out->verdict;
}

#define HEAD "a,b,n,kind,contributors,dominance\n"

// Each with the leak that it is there for.
static void leaks_are_found(void **state)
{
    (void)state;
    struct release_amount_audit out;
    // x,p = 60 - 10: one cell left out alone
    assert_int_equal(audited("a,n,kind,contributors,dominance\nx,..,cell,3,10\ny,10,cell,3,10\nTotal,60,total,3,10\n",
                             &out),
                     RELEASE_OPEN);
    assert_int_equal(out.n_exact, 1);
    // x,p and x,q together 1000, of which q has at most 10: p is from 990 to 999
    assert_int_equal(audited(HEAD "x,p,..,cell,3,10\nx,q,..,cell,3,10\ny,p,..,cell,3,10\ny,q,..,cell,3,10\n"
                                  "x,Total,1000,total,3,10\ny,Total,2000,total,3,10\nTotal,q,11,total,3,10\n",
                             &out),
                     RELEASE_OPEN);
    assert_true(out.n_near > 0 && out.n_exact == 0);
    assert_int_equal(out.weakest.low, 1990);
    assert_int_equal(out.weakest.high, 1999);
    // the same with room
    const char *good = HEAD "x,p,..,cell,3,10\nx,q,..,cell,3,10\ny,p,..,cell,3,10\ny,q,..,cell,3,10\n"
                            "x,Total,1000,total,3,10\ny,Total,2000,total,3,10\nTotal,q,900,total,3,10\n";
    assert_int_equal(audited(good, &out), RELEASE_PROTECTED);
    assert_true(out.whole && out.n_left_out == 4);
    // it says no rule, or a weaker one
    assert_int_equal(audited("a,n,kind\nx,..,cell\ny,..,cell\nTotal,60,total\n", &out), RELEASE_OPEN);
    assert_true(out.low_rule);
    assert_int_equal(audited("a,n,kind,contributors,dominance\nx,..,cell,2,10\ny,..,cell,2,10\nTotal,60,total,2,10\n",
                             &out),
                     RELEASE_OPEN);
    // 20 and 30 are not 60
    assert_int_equal(audited("a,n,kind,contributors,dominance\nx,20,cell,3,10\ny,30,cell,3,10\nTotal,60,total,3,10\n",
                             &out),
                     RELEASE_UNPROVED);
    assert_true(out.impossible);
    // two left out that are at least 1 each, and together 1
    assert_int_equal(audited("a,n,kind,contributors,dominance\nx,..,cell,3,10\ny,..,cell,3,10\nTotal,1,total,3,10\n",
                             &out),
                     RELEASE_UNPROVED);
    assert_true(out.impossible);
}

// ---- contributions -----------------------------------------------------------------------------------------

static enum err read_rows(const char *text, const struct release_frame **f, struct release_behind *behind,
                          struct err_info *e)
{
    const struct release_columns columns = {.by = "a,b", .count = "n", .amounts = true, .contributor = "who"};
    return release_contributions_read(arena, &columns, text, strlen(text), f, behind, e);
}

// Of six, by what each gave.
static struct release_amount amount_of(const int64_t of[6])
{
    struct release_amount x = {0};
    for (int w = 0; w < 6; w++) {
        x.amount += of[w];
        x.contributors += of[w] > 0;
        x.largest = of[w] > x.largest ? of[w] : x.largest;
    }
    int seen_largest = 0;
    for (int w = 0; w < 6; w++) {
        bool first = of[w] == x.largest && seen_largest++ == 0;
        x.second = !first && of[w] > x.second ? of[w] : x.second;
    }
    return x;
}

// Random contributions: what is made is protected to whoever asks, with and without what stands behind it; what stands
// behind every cell is compared with a walk over all rows.
static void what_is_made_passes_its_audit(void **state)
{
    (void)state;
    struct lot lot = {11};
    size_t n_secondary = 0;
    for (int i = 0; i < 20; i++) {
        struct { int a, b, who; int64_t n; } rows[60];
        struct buf text;
        buf_init(&text, arena, LIMIT_REPLY_BYTES);
        buf_str(&text, "a,b,who,n\n");
        int n = 20 + (int)(lot_next(&lot) % 40);
        for (int k = 0; k < n; k++) {
            rows[k].a = (int)(lot_next(&lot) % 4);
            rows[k].b = (int)(lot_next(&lot) % 3);
            rows[k].who = (int)(lot_next(&lot) % 6);
            rows[k].n = (int64_t)(lot_next(&lot) % 2000);
            buf_printf(&text, "%d,%d,w%d,%lld\n", rows[k].a, rows[k].b, rows[k].who, (long long)rows[k].n);
        }
        const struct release_frame *f;
        struct release_behind behind;
        struct err_info e = {0};
        assert_int_equal(read_rows(text.data, &f, &behind, &e), ERR_NONE);
        for (size_t cell = 0; cell < f->n_cells; cell++) {
            int64_t of[6] = {0};
            for (int k = 0; k < n; k++) {
                int a = release_category(f, cell, 0);
                int b = release_category(f, cell, 1);
                bool here = (a == f->of[0].n || atoi(f->of[0].categories[a]) == rows[k].a) &&
                            (b == f->of[1].n || atoi(f->of[1].categories[b]) == rows[k].b);
                of[rows[k].who] += here ? rows[k].n : 0;
            }
            struct release_amount slow = amount_of(of);
            assert_memory_equal(&behind.cells[cell], &slow, sizeof slow);
        }
        struct release_magnitude m;
        struct release_amount_audit out;
        if (release_suppress(arena, f, &behind, &rule, 60000, &m, &e) != ERR_NONE) {
            continue;
        }
        n_secondary += m.n_secondary;
        struct buf file;
        buf_init(&file, arena, LIMIT_REPLY_BYTES);
        assert_int_equal(release_amounts_write(&m, "n", &rule, &file, &e), ERR_NONE);
        assert_int_equal(audited(file.data, &out), RELEASE_PROTECTED);
        assert_int_equal(out.n_left_out, m.n_primary + m.n_secondary);
        struct release_table t = {.frame = f, .counts = m.amounts->counts, .seen = m.seen};
        assert_int_equal(release_audit_amounts(arena, &t, &behind, &rule, &rule, 60000, &out, &e), ERR_NONE);
        assert_int_equal(out.verdict, RELEASE_PROTECTED);
        // what is left out of a line is not one's, nor two's who would know each other
        for (size_t cell = 0; cell < f->n_cells; cell++) {
            for (int d = 0; d < 2 && m.seen[cell] == RELEASE_SHOWN; d++) {
                int64_t of[6] = {0};
                for (int k = 0; release_category(f, cell, d) == f->of[d].n && k < n; k++) {
                    int at[2] = {release_category(f, cell, 0), release_category(f, cell, 1)};
                    for (at[d] = 0; at[d] < f->of[d].n; at[d]++) {
                        bool here = m.seen[(size_t)at[0] * f->step[0] + (size_t)at[1] * f->step[1]] == RELEASE_HIDDEN;
                        const int has[2] = {rows[k].a, rows[k].b};
                        for (int j = 0; here && j < 2; j++) {
                            here = at[j] == f->of[j].n || atoi(f->of[j].categories[at[j]]) == has[j];
                        }
                        of[rows[k].who] += here ? rows[k].n : 0;
                    }
                }
                struct release_amount slow = amount_of(of);
                assert_false(release_amount_is_sensitive(&slow, &rule));
            }
        }
        // planted: one that says too much is shown
        for (size_t cell = 0; cell < f->n_cells; cell++) {
            if (release_amount_is_sensitive(&behind.cells[cell], &rule)) {
                m.seen[cell] = RELEASE_SHOWN;
                assert_int_equal(release_audit_amounts(arena, &t, &behind, &rule, &rule, 60000, &out, &e), ERR_NONE);
                assert_int_equal(out.verdict, RELEASE_OPEN);
                m.seen[cell] = RELEASE_HIDDEN;
            }
        }
    }
    assert_true(n_secondary > 0);
}

// A table made of these rows.
struct made {
    const struct release_frame *f;
    struct release_behind behind;
    struct release_magnitude m;
};

static struct made make(const char *text)
{
    struct made x;
    struct err_info e = {0};
    assert_int_equal(read_rows(text, &x.f, &x.behind, &e), ERR_NONE);
    assert_int_equal(release_suppress(arena, x.f, &x.behind, &rule, 60000, &x.m, &e), ERR_NONE);
    return x;
}

// Audits it as it would be with these cells left out.
static struct release_amount_audit audit(const struct made *x, const unsigned char *seen)
{
    struct release_amount_audit out;
    struct err_info e = {0};
    const struct release_table t = {.frame = x->f, .counts = x->m.amounts->counts, .seen = seen};
    assert_int_equal(release_audit_amounts(arena, &t, &x->behind, &rule, &rule, 60000, &out, &e), ERR_NONE);
    return out;
}

// The same donor twice in a region: its total says what it gave, so it is left out with the cells.
static void totals_of_one_contributor_are_left_out(void **state)
{
    (void)state;
    const struct made x = make("a,b,who,n\nx,p,A,50\nx,q,A,50\ny,p,A,300\ny,p,B,200\ny,p,C,200\ny,q,A,300\n"
                               "y,q,B,250\ny,q,C,200\n");
    assert_int_equal(x.behind.cells[2].amount, 100);
    assert_int_equal(x.behind.cells[2].contributors, 1);
    assert_int_equal(x.m.seen[2], RELEASE_HIDDEN);
}

// North 2023 is A alone, North 2024 B alone: of what North gave less 2025, each takes their own and knows the other.
// Were both A, everybody would know what A gave in these years. So one more is left out, although a reader who gave
// nothing thinks of wide enough intervals without it.
static void two_who_stand_alone_do_not_know_each_other(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct buf text;
        buf_init(&text, arena, LIMIT_REPLY_BYTES);
        buf_printf(&text, "a,b,who,n\nnorth,2023,A,500\nnorth,2024,%s,520\n", i == 0 ? "B" : "A");
        static const char *const others[] = {"north,2025", "south,2023", "south,2024", "south,2025"};
        for (size_t k = 0; k < COUNT_OF(others); k++) {
            buf_printf(&text, "%s,C,300\n%s,D,310\n%s,E,320\n", others[k], others[k], others[k]);
        }
        const struct made x = make(text.data);
        assert_int_equal(x.m.n_primary, 2);
        assert_true(x.m.seen[2] == RELEASE_HIDDEN || x.m.seen[3] == RELEASE_HIDDEN); // north 2025, or all of the north
        // as it was: the four cells of 2023 and 2024 alone
        unsigned char seen[12];
        for (size_t cell = 0; cell < x.f->n_cells; cell++) {
            bool hidden = release_summed(x.f, cell) == 0 && release_category(x.f, cell, 1) < 2;
            seen[cell] = hidden ? RELEASE_HIDDEN : RELEASE_SHOWN;
        }
        const struct release_amount_audit out = audit(&x, seen);
        assert_int_equal(out.verdict, RELEASE_OPEN);
        assert_int_equal(out.n_told, i == 0 ? 3 : 1); // the line, and each to the other
    }
}

// A alone in x p, B alone in y q, both protected by x q and y p: A takes their own from what x gave, has x q, with it y q.
// By lines nobody knows anything: three gave what is left out of each. Somebody who gave nothing thinks of wide
// intervals, too.
static void who_stands_alone_does_not_know_who_stands_across(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text, arena, LIMIT_REPLY_BYTES);
    buf_str(&text, "a,b,who,n\nx,p,A,500\ny,q,B,520\n");
    static const struct { const char *at; int n; } others[] = {{"x,q", 300}, {"x,r", 700}, {"y,p", 300}, {"y,r", 700},
                                                               {"z,p", 700}, {"z,q", 700}, {"z,r", 700}};
    for (size_t k = 0; k < COUNT_OF(others); k++) {
        for (int w = 0; w < 3; w++) {
            buf_printf(&text, "%s,%c,%d\n", others[k].at, 'C' + w, others[k].n + 10 * w);
        }
    }
    struct made x = make(text.data);
    assert_int_equal(x.m.n_primary, 2);
    assert_true(x.m.n_secondary > 2);
    assert_int_equal(audit(&x, x.m.seen).verdict, RELEASE_PROTECTED);
    unsigned char seen[16]; // these four alone
    for (size_t cell = 0; cell < x.f->n_cells; cell++) {
        bool hidden = release_category(x.f, cell, 0) < 2 && release_category(x.f, cell, 1) < 2;
        seen[cell] = hidden ? RELEASE_HIDDEN : RELEASE_SHOWN;
    }
    const struct release_amount_audit out = audit(&x, seen);
    assert_int_equal(out.verdict, RELEASE_OPEN);
    assert_int_equal(out.n_told, 2); // each to the other
    x.behind = (struct release_behind){.cells = x.behind.cells}; // without who gave it
    assert_int_equal(audit(&x, seen).verdict, RELEASE_PROTECTED);
}

static void wrong_contributions_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *says;
    } cases[] = {
        {"a,b,who,n\nx,p,A,-1\n", "Line 2: the amount is negative."},
        {"a,b,who,n\nx,p,A,1.5\n", "Line 2: the amount is not a whole number."},
        {"a,b,who,n\nx,p,A,many\n", "Line 2: the amount is not a whole number."},
        {"a,b,who,n\nx,p,A,\n", "Line 2: the amount is missing."},
        {"a,b,who,n\nx,p, ,5\n", "Line 2: it is not said who contributed."},
        {"a,b,who,n\nx,p,A,600000000\ny,p,A,600000000\n", "Line 3: with it the sum is larger than 1,000,000,000."},
        {"a,b,who,n\nx,p,A,99999999999999999999\n", "Line 2: the amount is not a whole number."},
        {"a,b,who,n\nx,Total,A,5\n", "Line 2 is a total. Totals are worked out from the counts."},
        {"a,b,n\nx,p,5\n", "The file has no column “who”."},
        {"a,b,who\nx,p,A\n", "The file has no column “n”."},
        {"a,who,n\nx,A,5\n", "The file has no column “b”."},
        {"", "The file is empty."},
    };
    const struct release_frame *f;
    struct release_behind behind;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct err_info e = {0};
        assert_int_equal(read_rows(cases[i].text, &f, &behind, &e), ERR_INPUT);
        assert_string_equal(err_text(arena, &lang_en, &e), cases[i].says);
    }
    struct buf text;
    struct err_info e = {0};
    buf_init(&text, arena, LIMIT_REPLY_BYTES);
    buf_str(&text, "a,b,who,n\n");
    for (int i = 0; i < 40; i++) {
        buf_printf(&text, "%d,%d,A,1\n", i, i);
    }
    assert_int_equal(read_rows(text.data, &f, &behind, &e), ERR_INPUT);
    assert_string_equal(err_text(arena, &lang_en, &e), "A table of amounts has at most 1000 cells with its totals.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_cell_says_too_much),
        ARENA_TEST(no_reader_comes_near),
        ARENA_TEST(hiding_one_cell_hides_others_with_it),
        ARENA_TEST(what_is_not_proved_in_time_is_refused),
        ARENA_TEST(leaks_are_found),
        ARENA_TEST(what_is_made_passes_its_audit),
        ARENA_TEST(totals_of_one_contributor_are_left_out),
        ARENA_TEST(two_who_stand_alone_do_not_know_each_other),
        ARENA_TEST(who_stands_alone_does_not_know_who_stands_across),
        ARENA_TEST(wrong_contributions_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
