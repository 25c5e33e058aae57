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

static struct result_total random_total(enum result_unit unit)
{
    struct result_total t = {.figure = {.known = pick(6) > 0}};
    if (unit == UNIT_COUNT) {
        t.figure.scaled = (10 + pick(50)) * ONE;
        t.has_least = pick(6) == 0;
        t.least = t.figure.scaled - (1 + pick(9)) * ONE;
    } else {
        t.figure.is_fraction = pick(6) > 0; // else only the percentage is known
        t.figure.part = pick(20) * ONE;
        t.figure.whole = (20 + pick(20)) * ONE;
        t.figure.scaled = slow_divide(t.figure.part, 100 * ONE, t.figure.whole);
    }
    return t;
}

// n results in a random forest, each after its parent; some with an indicator of the row.
static void make(struct case_of *c)
{
    *c = (struct case_of){.n = 2 + (size_t)pick(MOST - 1)};
    c->lines.items = c->items;
    bool shares = pick(3) == 0;
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
        enum result_unit unit = (pick(6) == 0) != shares ? UNIT_PERCENTAGE : UNIT_COUNT;
        *line = (struct result_line){.record = k,
                                     .rule = {.unit = unit, .over = pick(6) == 0 ? OVER_LATEST : OVER_CUMULATIVE,
                                              .repeats = pick(4) == 0 ? REPEAT_RESULT : REPEAT_PROGRAMME},
                                     .total = random_total(unit)};
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

// Below the top: stops at whatever has an indicator of the row.
static void walk(const struct case_of *c, size_t top, const struct result_line **met, size_t *n)
{
    for (size_t i = 0; i < c->n; i++) {
        const struct result_line *line = c->parent[i] == (int)top ? line_at(c, i) : NULL;
        if (c->parent[i] == (int)top && line == NULL) {
            walk(c, i, met, n);
        }
        if (line != NULL) {
            met[(*n)++] = line;
        }
    }
}

struct slow {
    size_t n, n_in;
    bool share, same_people, known, has_least, has_difference;
    int64_t scaled, least, difference, difference_whole;
};

static struct slow slow_branch(const struct result_line *own, const struct result_line *const *met, size_t n)
{
    const struct result_line *first = own;
    for (size_t i = 0; i < n && own == NULL; i++) { // the lines lie one behind the other
        first = first == NULL || met[i] < first ? met[i] : first;
    }
    struct slow s = {.n = n, .share = first != NULL && first->rule.unit == UNIT_PERCENTAGE};
    int64_t sum = 0, whole = 0, least = 0, largest = 0;
    bool again = false;
    for (size_t i = 0; i < n; i++) {
        const struct result_total *t = &met[i]->total;
        if (met[i]->rule.unit != first->rule.unit || met[i]->rule.over != first->rule.over || !t->figure.known ||
            (s.share && !t->figure.is_fraction)) {
            continue;
        }
        int64_t low = t->has_least ? t->least : t->figure.scaled;
        s.n_in++;
        sum += s.share ? t->figure.part : t->figure.scaled;
        whole += s.share ? t->figure.whole : 0;
        least += low;
        largest = low > largest ? low : largest;
        again = again || met[i]->rule.repeats == REPEAT_RESULT;
    }
    again = again && s.n_in > 1;
    s.same_people = again && s.share;
    s.known = s.n_in > 0 && !s.same_people;
    s.scaled = !s.known ? 0 : s.share ? slow_divide(sum, 100 * ONE, whole) : sum;
    s.least = again ? largest : least;
    s.has_least = s.known && !s.share && s.least != sum;
    s.has_difference = own != NULL && own->total.figure.known && !own->total.has_least && s.known && !s.has_least &&
                       (!s.share || own->total.figure.is_fraction);
    if (s.has_difference) {
        s.difference = (s.share ? own->total.figure.part : own->total.figure.scaled) - sum;
        s.difference_whole = s.share ? own->total.figure.whole - whole : 0;
    }
    return s;
}

static void totals_up_the_tree_agree_with_the_slow_way(void **state)
{
    (void)state;
    int met = 0, bounded = 0, differ = 0, shares = 0, refused = 0;
    for (int round = 0; round < CASES; round++) {
        struct case_of c;
        make(&c);
        size_t top = (size_t)pick((int)c.n);
        struct result_branch *branches;
        size_t n = result_tree_of(arena, c.results, c.n, &c.lines, c.results[top]->id, &branches);
        const struct result_branch *b = NULL;
        for (size_t i = 0; i < n; i++) {
            b = strcmp(branches[i].row, ROW) == 0 ? &branches[i] : b;
        }
        const struct result_line *own = line_at(&c, top), *below[MOST];
        size_t n_below = 0;
        walk(&c, top, below, &n_below);
        const struct slow s = slow_branch(own, below, n_below);
        assert_int_equal(b != NULL, s.n >= (own == NULL ? 2 : 1));
        if (b == NULL) {
            continue;
        }
        met++;
        assert_ptr_equal(b->own, own);
        assert_int_equal(b->n, s.n);
        assert_int_equal(b->unit == UNIT_PERCENTAGE, s.share);
        assert_int_equal(b->sum.n_in, s.n_in);
        assert_int_equal(b->sum.figure.known, s.known);
        assert_int_equal(b->sum.same_people, s.same_people);
        assert_int_equal(b->sum.figure.scaled, s.scaled);
        assert_int_equal(b->sum.has_least, s.has_least);
        assert_true(!s.has_least || b->sum.least == s.least);
        assert_int_equal(b->has_difference, s.has_difference);
        assert_int_equal(b->difference, s.difference);
        assert_int_equal(b->difference_whole, s.difference_whole);
        bounded += s.has_least;
        differ += s.has_difference;
        shares += s.has_difference && s.share;
        refused += s.same_people;
    }
    assert_true(met > 200 && bounded > 20 && differ > 40 && shares > 5 && refused > 4);
}

// Outcome 1 has the outputs 1.1 (182 people trained) and 1.2 (40), and says 230 itself; a third output counts a share.
static void the_example_of_the_docs(void **state)
{
    (void)state;
    static const char *const ids[] = {"1", "1.0", "1.1", "1.2"}, *const codes[] = {"I0", "I3", "I1", "I2"};
    static const int counts[] = {230, 0, 182, 40};
    struct record *results[4];
    struct result_line items[4];
    struct result_branch *b;
    for (int i = 0; i < 4; i++) {
        results[i] = record_new(arena, &entity_result);
        results[i]->id = ids[i];
        record_set_text(results[i], "parent_id", i == 0 ? "" : "1");
        struct record *k = record_new(arena, &entity_indicator);
        record_set_text(k, "code", codes[i]);
        record_set_text(k, "result_id", ids[i]);
        record_set_text(k, "row", ROW);
        record_set_text(k, "state", "active");
        items[i] = (struct result_line){.record = k, .rule = {.unit = UNIT_COUNT, .over = OVER_CUMULATIVE},
                                        .total = {.figure = {.known = true, .scaled = counts[i] * ONE}}};
    }
    items[1].rule.unit = UNIT_PERCENTAGE; // the first below; it is left out
    items[1].total.figure = (struct result_figure){.known = true, .scaled = 70 * ONE};
    const struct result_lines all = {items, 4}, below = {items + 2, 2};
    assert_int_equal(result_tree_of(arena, results, 4, &all, "1", &b), 1);
    assert_string_equal(result_branch_sum(arena, &lang_en, b), "222");
    assert_int_equal(b->why[0], TOGETHER_OTHER_UNIT);
    assert_string_equal(result_branch_own(arena, &lang_en, b), "I0, at this result itself: 230; less those below: 8");
    items[3].rule.repeats = REPEAT_RESULT;
    assert_int_equal(result_tree_of(arena, results, 4, &below, "1", &b), 1);
    assert_string_equal(result_branch_sum(arena, &lang_en, b), "at least 182, at most 222");
    assert_false(b->has_difference);
}

int main(void)
{
    const struct CMUnitTest tests[] = {ARENA_TEST(totals_up_the_tree_agree_with_the_slow_way),
                                       ARENA_TEST(the_example_of_the_docs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
