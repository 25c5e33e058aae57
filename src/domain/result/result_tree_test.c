// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_tree_test.c: totals up the tree of results, against a slow and obvious second implementation: walk down from the
// result, and stop at whatever has an indicator of the row.

#include "base/arena_test_help.h"
#include "result/result.h"
#include "result/result_tree.h"
#include "result/result_test_help.h"

#define MOST 9
#define ROW "4.3.3-R04.1"

struct case_of {
    struct record *results[MOST];
    int parent[MOST]; // -1: none
    size_t n;
    struct result_line items[MOST];
    struct result_lines lines;
};

// n results in a random forest, each after its parent; some with an indicator of the row.
static void make(struct case_of *c)
{
    *c = (struct case_of){.n = 2 + (size_t)pick(MOST - 1)};
    c->lines.items = c->items;
    for (size_t i = 0; i < c->n; i++) {
        struct record *r = c->results[i] = record_new(arena, &entity_result);
        r->id = arena_printf(arena, "r%zu", i);
        c->parent[i] = i == 0 || pick(5) == 0 ? -1 : pick((int)i);
        record_set_text(r, "parent_id", c->parent[i] < 0 ? "" : c->results[c->parent[i]]->id);
        if (pick(2) == 0) {
            continue;
        }
        struct record *k = record_new(arena, &entity_indicator);
        record_set_text(k, "result_id", r->id);
        record_set_text(k, "row", pick(6) == 0 ? "4.3.3-R05.1" : ROW);
        record_set_text(k, "state", pick(8) == 0 ? "retired" : "active");
        struct result_line *line = &c->items[c->lines.n++];
        *line = (struct result_line){.record = k,
                                     .rule = {.unit = UNIT_COUNT, .over = OVER_CUMULATIVE,
                                              .repeats = pick(6) == 0 ? REPEAT_RESULT : REPEAT_PROGRAMME},
                                     .total = {.figure = {.known = pick(6) > 0, .scaled = pick(50) * ONE}}};
    }
}

static const struct result_line *line_at(const struct case_of *c, size_t result)
{
    for (size_t i = 0; i < c->lines.n; i++) {
        const struct record *k = c->items[i].record;
        if (strcmp(record_text(k, "result_id"), c->results[result]->id) == 0 && strcmp(record_text(k, "row"), ROW) == 0 &&
            strcmp(record_text(k, "state"), "active") == 0) {
            return &c->items[i];
        }
    }
    return NULL;
}

struct slow {
    size_t n, n_known;
    int64_t sum, largest;
    bool again;
};

static void walk(const struct case_of *c, size_t top, struct slow *s)
{
    for (size_t i = 0; i < c->n; i++) {
        const struct result_line *line = c->parent[i] == (int)top ? line_at(c, i) : NULL;
        if (c->parent[i] == (int)top && line == NULL) {
            walk(c, i, s);
        }
        if (line == NULL) {
            continue;
        }
        s->n++;
        if (line->total.figure.known) {
            int64_t one = line->total.figure.scaled;
            s->n_known++;
            s->sum += one;
            s->largest = one > s->largest ? one : s->largest;
            s->again = s->again || line->rule.repeats == REPEAT_RESULT;
        }
    }
}

static void totals_up_the_tree_agree_with_the_slow_way(void **state)
{
    (void)state;
    int met = 0, bounded = 0, differ = 0;
    for (int round = 0; round < 500; round++) {
        struct case_of c;
        make(&c);
        size_t top = (size_t)pick((int)c.n);
        struct result_branch *branches;
        size_t n = result_tree_of(arena, c.results, c.n, &c.lines, c.results[top]->id, &branches);
        const struct result_branch *b = NULL;
        for (size_t i = 0; i < n; i++) {
            b = strcmp(branches[i].row, ROW) == 0 ? &branches[i] : b;
        }
        struct slow s = {.n = 0};
        const struct result_line *own = line_at(&c, top);
        walk(&c, top, &s);
        assert_int_equal(b != NULL, s.n >= (own == NULL ? 2 : 1));
        if (b == NULL) {
            continue;
        }
        met++;
        assert_ptr_equal(b->own, own);
        assert_int_equal(b->n, s.n);
        assert_int_equal(b->sum.n_in, s.n_known);
        assert_int_equal(b->sum.figure.known, s.n_known > 0);
        if (s.n_known > 0) {
            bool two = s.again && s.n_known > 1 && s.largest != s.sum;
            bounded += two;
            assert_int_equal(b->sum.figure.scaled, s.sum);
            assert_int_equal(b->sum.has_least, two);
            assert_true(!two || b->sum.least == s.largest);
            bool difference = own != NULL && own->total.figure.known && !two;
            differ += difference;
            assert_int_equal(b->has_difference, difference);
            assert_true(!difference || b->difference == own->total.figure.scaled - s.sum);
        }
    }
    assert_true(met > 50 && bounded > 3 && differ > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {ARENA_TEST(totals_up_the_tree_agree_with_the_slow_way)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
