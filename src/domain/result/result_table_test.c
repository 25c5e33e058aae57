// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_table_test.c: tables of values by period, country and characteristics, against a slow and obvious second
// implementation over random cases: every row there could be is looked for by itself, in all values.

#include "base/arena_test_help.h"
#include "base/bug.h"
#include "result/result.h"
#include "result/result_table.h"
#include "result/result_test_help.h"

#define VALUES 6
#define PARTS 4 // of a value: two cuts

static const char *const places[] = {"", "KE", "NA"};
static const char *const froms[] = {"2025-01-01", "2025-02-01", "2025-03-01"};
static const char *const tos[] = {"2025-01-31", "2025-02-28", "2025-03-31"};
static const char *const sexes[] = {"female", "male", "not_asked", ""};
static const char *const ages[] = {"18-24", "60+", ""};
// Two parts of each cut. The one with three characteristics is written shorter than one with two.
static const char *const splits[][2] = {{"sex=female", "sex=male"},
                                        {"age=18-24 sex=female", "age=60+ sex=not_asked"},
                                        {"nationality=NA sex=female", "nationality=KE sex=female"},
                                        {"age=18-24 crime=tip sex=female", "age=60+ crime=tip sex=male"}};

struct world {
    struct result_value values[VALUES];
    struct result_entry entries[VALUES];
    struct result_part parts[VALUES][PARTS];
    struct split read[VALUES][PARTS];
    const struct split *of[VALUES][PARTS]; // the same
    struct result_cut cuts[VALUES][PARTS];
    struct result_line line;
};

static void add_parts(struct world *w, size_t v, bool shares)
{
    struct result_value *value = &w->values[v];
    size_t first = (size_t)pick(COUNT_OF(splits)), second = (size_t)pick(COUNT_OF(splits));
    for (size_t k = 0; k < PARTS; k++) {
        size_t cut = k < 2 ? first : second;
        struct err_info e;
        if (pick(4) == 0 || (k >= 2 && first == second)) {
            continue;
        }
        size_t n = value->n_parts++;
        assert_int_equal(split_read(arena, splits[cut][k % 2], &w->read[v][n], &e), ERR_NONE);
        w->of[v][n] = &w->read[v][n];
        w->parts[v][n] = (struct result_part){.split = splits[cut][k % 2], .keys = split_keys(arena, &w->read[v][n]),
                                              .has_value = !shares, .value = shares ? 0 : pick(20) * ONE,
                                              .has_fraction = shares, .part = shares ? pick(9) * ONE : 0,
                                              .whole = shares ? (9 + pick(9)) * ONE : 0};
    }
    value->parts = w->parts[v];
    value->splits = w->of[v];
    value->n_cuts = result_cuts_of(w->parts[v], value->n_parts, &value->figure, w->cuts[v]);
    value->cuts = w->cuts[v];
}

static void random_world(struct world *w)
{
    static const enum result_unit units[] = {UNIT_COUNT, UNIT_COUNT, UNIT_PERCENTAGE, UNIT_YES_NO, UNIT_DURATION};
    enum result_unit unit = units[pick(COUNT_OF(units))];
    bool shares = unit == UNIT_PERCENTAGE;
    *w = (struct world){.line = {.rule = {.unit = unit, .over = (enum result_accumulation)pick(3), .repeats = (unsigned)pick(4)},
                                 .values = w->values, .entries = w->entries, .n_values = (size_t)pick(VALUES + 1)}};
    for (size_t i = 0; i < w->line.n_values; i++) {
        int month = pick(3), to = month + pick(3 - month);
        w->entries[i] = (struct result_entry){
            .id = arena_printf(arena, "%zu", i), .place = places[pick(3)], .from = froms[month], .to = tos[to],
            .state = pick(6) == 0 ? STATE_RETURNED : STATE_ENTERED, .has_value = unit == UNIT_COUNT || unit == UNIT_DURATION, .value = pick(40) * ONE,
            .has_fraction = shares, .part = pick(30) * ONE, .whole = (30 + pick(30)) * ONE,
            .answer = unit == UNIT_YES_NO ? (enum result_answer)pick(4) : ANSWER_NONE};
    }
    result_sort(w->entries, w->line.n_values);
    for (size_t i = 0; i < w->line.n_values; i++) {
        w->values[i].figure = result_figure_of(unit, &w->entries[i]);
        if (unit == UNIT_COUNT || shares) {
            add_parts(w, i, shares);
        }
    }
}

// ---- the slow way -----------------------------------------------------------------------------------------

// A row there could be; NULL: not a column.
struct wanted {
    const char *from, *to, *country, *sex, *age;
};

static bool is_of(const char *asked, const struct split *s, const char *key)
{
    const char *value = split_value(s, key);
    return asked == NULL || (value != NULL && strcmp(value, asked) == 0);
}

// What a value says of the characteristics of a row: of the parts with all of them and the fewest others. Of what no part
// says, the whole less all of them. False: nothing.
static bool says(const struct world *w, size_t v, const struct wanted *row, struct result_entry *out)
{
    const struct result_value *value = &w->values[v];
    const char *keys = NULL;
    size_t fewest = 0;
    bool rest = (row->sex == NULL || row->sex[0] == '\0') && (row->age == NULL || row->age[0] == '\0'), any = false;
    for (size_t k = 0; k < value->n_parts; k++) {
        const struct split *s = &w->read[v][k];
        bool all = (row->sex == NULL || split_value(s, "sex") != NULL) && (row->age == NULL || split_value(s, "age") != NULL);
        if (all && (keys == NULL || s->n < fewest)) {
            keys = w->parts[v][k].keys;
            fewest = s->n;
        }
    }
    *out = w->entries[v];
    if (!rest) {
        out->value = out->part = out->whole = 0;
    }
    for (size_t k = 0; k < value->n_parts; k++) {
        const struct result_part *p = &w->parts[v][k];
        int sign = rest ? -1 : is_of(row->sex, &w->read[v][k], "sex") && is_of(row->age, &w->read[v][k], "age") ? 1 : 0;
        if (keys != NULL && strcmp(p->keys, keys) == 0 && sign != 0) {
            out->value += sign * p->value;
            out->part += sign * p->part;
            out->whole += sign * p->whole;
            any = true;
        }
    }
    return rest ? (w->line.rule.unit == UNIT_COUNT ? out->value != 0 : out->part != 0 || out->whole != 0) : any;
}

// The total of a row by itself; false: there is no such row.
static bool slow_row(const struct world *w, const struct wanted *row, struct result_total *out)
{
    struct result_entry block[VALUES], said[VALUES];
    bool used[VALUES], all[VALUES];
    size_t of[VALUES], n = 0, n_said = 0;
    for (size_t i = 0; i < w->line.n_values; i++) {
        const struct result_entry *x = &w->entries[i];
        if ((row->from == NULL || (strcmp(x->from, row->from) == 0 && strcmp(x->to, row->to) == 0)) &&
            (row->country == NULL || strcmp(x->place, row->country) == 0)) {
            of[n] = i;
            block[n++] = *x;
        }
    }
    result_used(&w->line.rule, block, n, used);
    *out = result_total_of(&w->line.rule, block, n, used);
    bool rest = (row->sex == NULL || row->sex[0] == '\0') && (row->age == NULL || row->age[0] == '\0');
    bool is_split = w->line.rule.unit == UNIT_COUNT || w->line.rule.unit == UNIT_PERCENTAGE;
    if ((row->sex == NULL && row->age == NULL) || !out->figure.known || !is_split) {
        return rest && out->n_used > 0;
    }
    for (size_t i = 0; i < n; i++) {
        if (used[i] && says(w, of[i], row, &said[n_said])) {
            all[n_said++] = true;
        }
    }
    *out = result_total_of(&w->line.rule, said, n_said, all);
    return n_said > 0;
}

// Rows have their keys in the order they are asked for: country, period, sex, age.
static const struct result_table_row *row_of(const struct result_table *t, const struct wanted *row)
{
    const char *period = row->from == NULL ? NULL : arena_printf(arena, "%s/%s", row->from, row->to);
    const char *const asked[] = {row->country, period, row->sex, row->age};
    for (size_t i = 0; i < t->n; i++) {
        bool same = true;
        for (size_t k = 0, at = 0; k < COUNT_OF(asked); k++) {
            same = same && (asked[k] == NULL || strcmp(t->rows[i].keys[at], asked[k]) == 0);
            at += asked[k] != NULL;
        }
        if (same) {
            return &t->rows[i];
        }
    }
    return NULL;
}

static size_t compare(const struct world *w, const struct result_table *t, const struct wanted *row)
{
    struct result_total total;
    const struct result_table_row *found = row_of(t, row);
    if (!slow_row(w, row, &total)) {
        assert_null(found);
        return 0;
    }
    assert_non_null(found);
    assert_int_equal(found->n_values, total.n_used);
    assert_int_equal(found->figure.known, total.figure.known);
    assert_int_equal(found->figure.scaled, total.figure.scaled);
    assert_int_equal(found->figure.part, total.figure.part);
    assert_int_equal(found->figure.whole, total.figure.whole);
    assert_int_equal(found->has_least, total.has_least);
    assert_int_equal(found->least, total.least);
    return 1;
}

// Every row there could be; what is not asked for is NULL.
static size_t compare_all(const struct world *w, const struct result_table *t, bool country, bool period, bool sex, bool age)
{
    size_t n = 0;
    for (size_t c = 0; c < (country ? COUNT_OF(places) : 1); c++) {
        for (size_t from = 0; from < (period ? 3 : 1); from++) {
            for (size_t to = from; to < (period ? 3 : 1); to++) {
                for (size_t s = 0; s < (sex ? COUNT_OF(sexes) : 1); s++) {
                    for (size_t g = 0; g < (age ? COUNT_OF(ages) : 1); g++) {
                        const struct wanted row = {period ? froms[from] : NULL, period ? tos[to] : NULL,
                                                   country ? places[c] : NULL, sex ? sexes[s] : NULL, age ? ages[g] : NULL};
                        n += compare(w, t, &row);
                    }
                }
            }
        }
    }
    return n;
}

static void tables_agree_with_the_slow_way(void **state)
{
    (void)state;
    static const struct { const char *by; bool country, period, sex, age; } asks[] = {
        {"", false, false, false, false},       {"sex", false, false, true, false},
        {"period,sex", false, true, true, false}, {"country,period", true, true, false, false},
        {"country,sex,age", true, false, true, true}, {"sex,age", false, false, true, true}};
    size_t rows = 0, bounded = 0;
    for (int round = 0; round < 400; round++) {
        struct world w;
        arena_reset(arena);
        random_world(&w);
        for (size_t i = 0; i < COUNT_OF(asks); i++) {
            struct result_table t;
            struct err_info e;
            assert_int_equal(result_table_of(arena, &w.line, asks[i].by, &t, &e), ERR_NONE);
            assert_int_equal(t.n, compare_all(&w, &t, asks[i].country, asks[i].period, asks[i].sex, asks[i].age));
            rows += t.n;
            for (size_t k = 0; k < t.n; k++) {
                bounded += t.rows[k].has_least;
            }
        }
    }
    assert_true(rows > 2000 && bounded > 100);
}

// The list of columns; and as many values as there is no room for.
static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    enum { MANY = 4000 };
    struct arena *small = arena_new(1 << 20);
    struct result_value *values = ARENA_ARRAY(arena, struct result_value, MANY);
    struct result_entry *entries = ARENA_ARRAY(arena, struct result_entry, MANY);
    for (int i = 0; i < MANY; i++) {
        const char *day = arena_printf(arena, "%04d-01-01", 1000 + i);
        entries[i] = (struct result_entry){.id = "a", .place = "", .from = day, .to = day, .state = STATE_ENTERED,
                                           .has_value = true, .value = ONE};
        values[i].figure = result_figure_of(UNIT_COUNT, &entries[i]);
    }
    struct result_line line = {.rule = {.unit = UNIT_COUNT, .over = OVER_CUMULATIVE},
                               .values = values, .entries = entries, .n_values = MANY};
    struct result_table t;
    struct err_info e;
    assert_int_equal(result_table_of(small, &line, "period", &t, &e), ERR_TOO_MANY);
    arena_reset(small);
    line.n_values = 100;
    assert_int_equal(result_table_of(small, &line, "period", &t, &e), ERR_NONE);
    assert_int_equal(t.n, 100);
    assert_int_equal(result_table_of(small, &line, "sex,sex", &t, &e), ERR_USAGE);
    assert_int_equal(result_table_of(small, &line, "colour", &t, &e), ERR_USAGE);
    arena_free(small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(tables_agree_with_the_slow_way),
        ARENA_TEST(what_cannot_be_is_refused),
    };
    return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
