// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_below_test.c: a value of the whole programme beside its countries: the example of the documentation, and a slow
// and obvious second implementation over random cases.

#include "result/result_below.h"

#include "base/bug.h"
#include "result/result_test_help.h"

#define COUNTRIES 3
#define MANY_CASES (4 * CASES) // few are complete

static const char *const countries[COUNTRIES] = {"KE", "NA", "UG"};

static struct result_entry count_of(const char *place, const char *from, const char *to, int value)
{
    return (struct result_entry){.id = place, .place = place, .from = from, .to = to, .state = STATE_APPROVED,
                                 .has_value = true, .value = value * ONE};
}

static struct result_below below_of(struct arena *a, const struct result_rule *rule, struct result_entry *entries, size_t n,
                                    size_t n_countries)
{
    result_sort(entries, n);
    size_t at = 0;
    while (entries[at].place[0] != '\0') {
        at++;
    }
    return result_below_of(a, rule, entries, n, at, n_countries);
}

// Kenya 40 and Namibia 25 in the first half, Kenya 30 in the second.
static void the_example_of_the_documentation(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct result_rule rule = {.unit = UNIT_COUNT, .over = OVER_CUMULATIVE};
    struct result_entry entries[] = {count_of("KE", "2025-01-01", "2025-06-30", 40),
                                     count_of("NA", "2025-01-01", "2025-06-30", 25),
                                     count_of("KE", "2025-07-01", "2025-12-31", 30),
                                     count_of("", "2025-01-01", "2025-12-31", 90),
                                     count_of("NA", "2025-07-01", "2025-12-31", 0)};
    struct result_below b = below_of(a, &rule, entries, 4, 2);
    assert_int_equal(b.sum.scaled, 95 * ONE);
    assert_int_equal(b.difference, -5 * ONE);
    assert_true(b.contradicts);
    assert_false(b.complete);
    for (size_t i = 0; i < 4; i++) {
        entries[i].value = entries[i].place[0] == '\0' ? 100 * ONE : entries[i].value;
    }
    b = below_of(a, &rule, entries, 4, 2); // nothing is known yet of Namibia in the second half
    assert_int_equal(b.difference, 5 * ONE);
    assert_false(b.contradicts);
    b = below_of(a, &rule, entries, 5, 2); // now it is: nobody
    assert_true(b.complete);
    assert_true(b.contradicts);
    rule.repeats = REPEAT_PERIOD; // the same person again: at least 40 + 25, at most 95
    b = below_of(a, &rule, entries, 5, 2);
    assert_int_equal(b.least, 65 * ONE);
    assert_true(b.contradicts);
    for (size_t i = 0; i < 5; i++) {
        entries[i].value = entries[i].place[0] == '\0' ? 65 * ONE : entries[i].value;
    }
    assert_false(below_of(a, &rule, entries, 5, 2).contradicts);
    arena_free(a);
}

// ---- the slow way: day by day, country by country -----------------------------------------------------------

struct world {
    struct result_entry entries[MOST_ENTRIES];
    size_t n;
    char days[MOST_ENTRIES * 2][11];
    char ids[MOST_ENTRIES][4];
    struct result_rule rule;
};

// The whole programme has days 0 to 59; countries have the same, a half of it, or, less often, one day, or days before
// or beyond it.
static void random_world(struct world *w)
{
    static const int spans[][2] = {{0, 59}, {0, 59}, {0, 29}, {0, 29}, {30, 59}, {30, 59}, {30, 60}, {0, 0}, {-30, -1}, {-1, 29}};
    static const enum result_unit units[] = {UNIT_COUNT, UNIT_COUNT, UNIT_PERCENTAGE, UNIT_PERCENTAGE, UNIT_YES_NO};
    *w = (struct world){.rule = {.unit = units[pick(COUNT_OF(units))], .over = (enum result_accumulation)pick(3)}};
    w->rule.repeats = w->rule.unit == UNIT_COUNT && pick(2) == 0 ? (unsigned)pick(4) : 0;
    w->n = (size_t)(2 + pick(MOST_ENTRIES - 1));
    for (size_t i = 0; i < w->n; i++) {
        const int *span = spans[i == 0 ? 0 : pick(COUNT_OF(spans))];
        date_from_days(20000 + span[0], w->days[2 * i]);
        date_from_days(20000 + span[1], w->days[2 * i + 1]);
        w->ids[i][0] = (char)('a' + i);
        w->entries[i] = (struct result_entry){
            .id = w->ids[i], .place = i == 0 ? "" : countries[pick(COUNTRIES)], .from = w->days[2 * i],
            .to = w->days[2 * i + 1], .state = pick(i == 0 ? 20 : 6) == 0 ? STATE_RETURNED : STATE_ENTERED,
            .answer = w->rule.unit == UNIT_YES_NO ? ANSWER_YES : ANSWER_NONE,
            .has_value = w->rule.unit == UNIT_COUNT, .value = (i == 0 ? pick(60) : pick(20)) * ONE,
            .has_fraction = w->rule.unit == UNIT_PERCENTAGE, .part = pick(i == 0 ? 30 : 10) * ONE,
            .whole = (i == 0 ? 30 + pick(30) : 10 + pick(10)) * ONE};
    }
    if (pick(10) == 0 && w->rule.unit == UNIT_PERCENTAGE) { // nothing is known but the percentage
        w->entries[0].has_fraction = false;
        w->entries[0].has_value = true;
    }
}

struct slow {
    size_t n_places;
    bool compared, complete, contradicts;
    int64_t difference, difference_whole, least;
};

// The least number of different people in values of countries: a country by itself, a half of the days by itself, or all.
static int64_t slow_least(const struct world *w, const bool *below)
{
    bool again_in_period = (w->rule.repeats & REPEAT_PERIOD) != 0, again_in_place = (w->rule.repeats & REPEAT_PLACE) != 0;
    int64_t largest = 0, of_countries = 0, of_halves = 0, all = 0;
    int64_t half[2][COUNTRIES] = {{0}}; // of the days of each country; a value of all days stands in both
    bool over_both = false;
    for (int c = 0; c < COUNTRIES; c++) {
        int64_t most = 0;
        for (size_t i = 1; i < w->n; i++) {
            const struct result_entry *x = &w->entries[i];
            if (!below[i] || strcmp(x->place, countries[c]) != 0) {
                continue;
            }
            bool first = date_to_days(x->from) < 20030, second = date_to_days(x->to) >= 20030;
            over_both = over_both || (first && second);
            half[first ? 0 : 1][c] += x->value;
            most = x->value > most ? x->value : most;
            all += x->value;
        }
        of_countries += most;
        largest = most > largest ? most : largest;
    }
    for (int h = 0; h < 2; h++) { // when a value lies over both, the two are one stretch of time
        int64_t most = 0;
        for (int c = 0; c < COUNTRIES; c++) {
            int64_t sum = half[h][c] + (over_both ? half[1 - h][c] : 0);
            most = sum > most ? sum : most;
        }
        of_halves += h == 1 && over_both ? 0 : most;
    }
    return again_in_period && again_in_place ? largest : again_in_period ? of_countries : again_in_place ? of_halves : all;
}

// Is there anything to compare with countries?
static bool is_asked(const struct world *w)
{
    const struct result_entry *whole = &w->entries[0];
    return whole->state != STATE_RETURNED && w->rule.unit != UNIT_YES_NO &&
           (w->rule.unit == UNIT_COUNT || whole->has_fraction);
}

static struct slow slow_below(const struct world *w)
{
    const struct result_entry *whole = &w->entries[0];
    int64_t sum = 0, sum_whole = 0;
    int n[COUNTRIES][60] = {{0}};
    bool below[MOST_ENTRIES] = {false};
    bool any = false, twice = false, all = true;
    for (size_t i = 1; i < w->n; i++) {
        const struct result_entry *x = &w->entries[i];
        int64_t from = date_to_days(x->from) - 20000, to = date_to_days(x->to) - 20000;
        bool fits = w->rule.over == OVER_CUMULATIVE ? from >= 0 && to < 60 : from == 0 && to == 59;
        for (int c = 0; fits && x->state != STATE_RETURNED && c < COUNTRIES; c++) {
            if (strcmp(countries[c], x->place) == 0) {
                any = below[i] = true;
                sum += w->rule.unit == UNIT_COUNT ? x->value : x->part;
                sum_whole += x->whole;
                for (int64_t day = from; day <= to; day++) {
                    twice = twice || n[c][day] > 0;
                    n[c][day]++;
                }
            }
        }
    }
    for (int c = 0; c < COUNTRIES; c++) {
        for (int day = 0; day < 60; day++) {
            all = all && n[c][day] == 1;
        }
    }
    struct slow s = {.compared = any && !twice && is_asked(w)};
    for (int c = 0; c < COUNTRIES; c++) {
        bool there = false;
        for (size_t i = 1; i < w->n; i++) {
            there = there || (below[i] && strcmp(w->entries[i].place, countries[c]) == 0);
        }
        s.n_places += there;
    }
    bool share = w->rule.unit == UNIT_PERCENTAGE;
    int64_t value = share ? whole->part : whole->value;
    s.difference = value - sum;
    s.difference_whole = share ? whole->whole - sum_whole : 0;
    s.least = share ? sum : slow_least(w, below);
    s.complete = all;
    s.contradicts = value < s.least || s.difference_whole < 0 ||
                    (all && (s.difference > 0 || s.difference_whole > 0));
    return s;
}

static void random_cases_come_to_the_same(void **state)
{
    (void)state;
    int compared = 0, contradicting = 0, complete = 0;
    for (int i = 0; i < MANY_CASES; i++) {
        struct arena *a = arena_new(1 << 20);
        struct world w;
        random_world(&w);
        const struct slow slow = slow_below(&w);
        bool asked = is_asked(&w); // before they are sorted
        const struct result_below b = below_of(a, &w.rule, w.entries, w.n, COUNTRIES);
        bool twice_in_one_period = !slow.compared && b.n_places > 0; // the newest of two is taken, where they stand alone
        assert_true(asked || b.n_places == 0);
        assert_true(twice_in_one_period ? w.rule.over != OVER_CUMULATIVE : (b.n_places > 0) == slow.compared);
        if (slow.compared) {
            assert_int_equal(b.n_places, slow.n_places);
            assert_int_equal(b.complete, slow.complete);
            assert_true(!b.has_least || b.least == slow.least);
            assert_int_equal(b.difference, slow.difference);
            assert_int_equal(b.difference_whole, slow.difference_whole);
            assert_int_equal(b.contradicts, slow.contradicts);
        }
        compared += slow.compared;
        contradicting += slow.compared && slow.contradicts;
        complete += b.complete;
        arena_free(a);
    }
    assert_true(compared > MANY_CASES / 8 && contradicting > MANY_CASES / 20 && complete > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_documentation),
        cmocka_unit_test(random_cases_come_to_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
