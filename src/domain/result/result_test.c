// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_test.c: the arithmetic of indicators, against slow and obvious second implementations over
// random cases (fixed seed), against worked examples of docs/indicators.md, and with planted defects
// that the comparison must find.

#include "result/result_figures.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/decimal.h"

#define ONE DECIMAL_ONE
#define MOST_ENTRIES 8
#define CASES 4000

// ---- random cases -------------------------------------------------------------------------------

static uint32_t seed_of_tests = 20261122;
static int pick(int n) // 0 to n - 1
{
    seed_of_tests = seed_of_tests * 1664525u + 1013904223u;
    return (int)((seed_of_tests >> 8) % (uint32_t)n);
}

struct world {
    enum result_unit unit;
    enum result_accumulation asked;
    struct result_entry entries[MOST_ENTRIES];
    size_t n;
    char days[MOST_ENTRIES * 2][11];
    char ids[MOST_ENTRIES][4];
};

static void random_world(struct world *w)
{
    memset(w, 0, sizeof *w);
    w->unit = (enum result_unit)pick(UNIT_TEXT + 1);
    w->asked = (enum result_accumulation)pick(3);
    w->n = (size_t)pick(MOST_ENTRIES + 1);
    for (size_t i = 0; i < w->n; i++) {
        int first = 20000 + pick(120);
        date_from_days(first, w->days[2 * i]);
        date_from_days(first + pick(40), w->days[2 * i + 1]);
        w->ids[i][0] = (char)('a' + i);
        struct result_entry *x = &w->entries[i];
        *x = (struct result_entry){.id = w->ids[i],
                                   .from = w->days[2 * i],
                                   .to = w->days[2 * i + 1],
                                   .state = (enum result_state)pick(5),
                                   .has_value = pick(3) > 0,
                                   .value = (pick(2000) - 300) * ONE / 4,
                                   .has_fraction = pick(4) > 0,
                                   .part = pick(50) * ONE,
                                   .whole = (1 + pick(60)) * ONE,
                                   .answer = (enum result_answer)pick(4)};
    }
}

// ---- the slow way -------------------------------------------------------------------------------

// The nearest number to part x times / whole, found by walking; ties go away from zero.
static int64_t slow_divide(int64_t part, int64_t times, int64_t whole)
{
    __int128 wanted = (__int128)part * times;
    int64_t guess = (int64_t)(wanted / whole) - 2;
    int64_t best = guess;
    for (int64_t k = guess; k < guess + 5; k++) {
        __int128 off = wanted - (__int128)k * whole;
        __int128 best_off = wanted - (__int128)best * whole;
        off = off < 0 ? -off : off;
        best_off = best_off < 0 ? -best_off : best_off;
        bool away = (k < 0 ? -k : k) > (best < 0 ? -best : best);
        if (off < best_off || (off == best_off && away)) {
            best = k;
        }
    }
    return best;
}

static bool is_share(enum result_unit u)
{
    return u == UNIT_PERCENTAGE || u == UNIT_PROPORTION || u == UNIT_RATIO;
}

static bool slow_value(enum result_unit unit, const struct result_entry *x, int64_t *out)
{
    if (unit == UNIT_TEXT) {
        return false;
    }
    if (is_share(unit) && x->has_fraction) {
        *out = slow_divide(x->part, unit == UNIT_PERCENTAGE ? 100 * ONE : ONE, x->whole);
        return true;
    }
    if (unit == UNIT_YES_NO && x->answer != ANSWER_NONE) {
        *out = x->answer == ANSWER_YES ? 1000000 : x->answer == ANSWER_PART ? 500000 : 0;
        return true;
    }
    *out = x->value;
    return x->has_value;
}

static bool is_later(const struct result_entry *a, const struct result_entry *b)
{
    int64_t end_a = date_to_days(a->to);
    int64_t end_b = date_to_days(b->to);
    if (end_a != end_b) {
        return end_a > end_b;
    }
    int64_t start_a = date_to_days(a->from);
    int64_t start_b = date_to_days(b->from);
    return start_a != start_b ? start_a > start_b : strcmp(a->id, b->id) > 0;
}

struct slow {
    bool known;
    int64_t scaled;
    size_t n;
    int64_t first, last;
    bool overlap;
    int weakest;
};

static void slow_add_up(const struct world *w, const bool *counts, struct slow *s)
{
    int64_t sum = 0, part = 0, whole = 0, alone = 0;
    bool all_fractions = true;
    for (size_t i = 0; i < w->n; i++) {
        if (counts[i]) {
            const struct result_entry *x = &w->entries[i];
            (void)slow_value(w->unit, x, &alone);
            sum += alone;
            part += x->part;
            whole += x->whole;
            all_fractions = all_fractions && x->has_fraction;
        }
    }
    // A calendar in which each period colours its days.
    for (int64_t day = 19990; day < 20200; day++) {
        int periods = 0;
        for (size_t i = 0; i < w->n; i++) {
            periods += counts[i] && date_to_days(w->entries[i].from) <= day &&
                       day <= date_to_days(w->entries[i].to);
        }
        s->overlap = s->overlap || periods > 1;
    }
    s->known = s->n == 1 || (s->n > 1 && (!is_share(w->unit) || all_fractions));
    s->scaled = !s->known                ? 0
                : s->n == 1              ? alone
                : !is_share(w->unit)     ? sum
                : w->unit == UNIT_PERCENTAGE ? slow_divide(part, 100 * ONE, whole)
                                         : slow_divide(part, ONE, whole);
}

static struct slow slow_total(const struct world *w)
{
    struct slow s = {0};
    bool counts[MOST_ENTRIES] = {false};
    bool sums = w->asked == OVER_CUMULATIVE && w->unit != UNIT_YES_NO && w->unit != UNIT_SCORE &&
                w->unit != UNIT_TEXT;
    for (size_t i = 0; i < w->n; i++) {
        int64_t ignored;
        counts[i] = w->entries[i].state != STATE_RETURNED &&
                    slow_value(w->unit, &w->entries[i], &ignored);
    }
    for (size_t i = 0; !sums && i < w->n; i++) { // only what nothing is later than
        for (size_t k = 0; counts[i] && k < w->n; k++) {
            if (k != i && counts[k] && is_later(&w->entries[k], &w->entries[i])) {
                counts[i] = false;
            }
        }
    }
    s.weakest = STATE_LOCKED;
    for (size_t i = 0; i < w->n; i++) {
        if (counts[i]) {
            int64_t from = date_to_days(w->entries[i].from);
            int64_t to = date_to_days(w->entries[i].to);
            s.first = s.n == 0 || from < s.first ? from : s.first;
            s.last = s.n == 0 || to > s.last ? to : s.last;
            s.weakest = (int)w->entries[i].state < s.weakest ? (int)w->entries[i].state : s.weakest;
            s.n++;
        }
    }
    slow_add_up(w, counts, &s);
    return s;
}

// ---- comparing ----------------------------------------------------------------------------------

typedef struct result_total total_function(enum result_unit unit, enum result_accumulation asked,
                                           const struct result_entry *sorted, size_t n);

static bool agrees(const struct slow *s, const struct result_total *t)
{
    if (s->known != t->figure.known || s->n != t->n_used || s->overlap != t->overlap ||
        (s->known && s->scaled != t->figure.scaled)) {
        return false;
    }
    return s->n == 0 || (date_to_days(t->from) == s->first && date_to_days(t->to) == s->last &&
                         (int)t->state == s->weakest);
}

// Number of random cases in which both ways differ.
static int differences(total_function *total)
{
    int n = 0;
    seed_of_tests = 20261122;
    for (int i = 0; i < CASES; i++) {
        struct world w;
        random_world(&w);
        struct slow s = slow_total(&w);
        result_sort(w.entries, w.n);
        struct result_total t = total(w.unit, w.asked, w.entries, w.n);
        n += !agrees(&s, &t);
    }
    return n;
}

static void totals_agree_with_the_slow_way(void **state)
{
    (void)state;
    assert_int_equal(differences(result_total_of), 0);
}

// Planted: the average of the percentages instead of the sum of parts over the sum of wholes.
static struct result_total averages(enum result_unit unit, enum result_accumulation asked,
                                    const struct result_entry *sorted, size_t n)
{
    struct result_total t = result_total_of(unit, asked, sorted, n);
    if (t.figure.is_fraction && t.n_used > 1) {
        int64_t sum = 0;
        for (size_t i = 0; i < n; i++) {
            if (sorted[i].state != STATE_RETURNED) {
                sum += result_figure_of(unit, &sorted[i]).scaled;
            }
        }
        t.figure.scaled = sum / (int64_t)t.n_used;
    }
    return t;
}

// Planted: a returned value is counted.
static struct result_total counts_returned(enum result_unit unit, enum result_accumulation asked,
                                           const struct result_entry *sorted, size_t n)
{
    struct result_entry copy[MOST_ENTRIES];
    for (size_t i = 0; i < n; i++) {
        copy[i] = sorted[i];
        copy[i].state = copy[i].state == STATE_RETURNED ? STATE_LOCKED : copy[i].state;
    }
    return result_total_of(unit, asked, copy, n);
}

static void the_comparison_finds_planted_defects(void **state)
{
    (void)state;
    assert_true(differences(averages) > 0);
    assert_true(differences(counts_returned) > 0);
}

// ---- targets and progress -----------------------------------------------------------------------

// Looks at every day of a small calendar, first forward from today, then backward.
static size_t slow_target(const struct result_target *t, size_t n, int64_t today)
{
    for (int64_t step = 0; step < 400; step++) {
        int64_t day = step < 200 ? today + step : today - (step - 199);
        size_t found = n;
        for (size_t i = 0; i < n; i++) {
            if (!t[i].replaced && date_to_days(t[i].due_on) == day &&
                (found == n || strcmp(t[i].id, t[found].id) > 0)) {
                found = i;
            }
        }
        if (found < n) {
            return found;
        }
    }
    return n;
}

static void the_target_that_counts(void **state)
{
    (void)state;
    for (int i = 0; i < CASES; i++) {
        char days[6][11], ids[6][2] = {"a", "b", "c", "d", "e", "f"}, today[11];
        struct result_target t[6];
        size_t n = (size_t)pick(7);
        for (size_t k = 0; k < n; k++) {
            date_from_days(20000 + pick(20), days[k]);
            t[k] = (struct result_target){
                .id = ids[k], .due_on = days[k], .value = ONE, .replaced = pick(3) == 0};
        }
        int64_t day = 20000 + pick(24);
        date_from_days(day, today);
        assert_int_equal(result_target_at(t, n, today), slow_target(t, n, day));
    }
}

// In whole numbers and with one division less: x is at or past y when better - worse is not negative.
static enum result_standing slow_standing(const struct result_question *q)
{
    int sign = q->direction == BETTER_MORE ? 1 : q->direction == BETTER_LESS ? -1 : 0;
    if (!q->value.known) {
        return STANDING_NO_VALUE;
    }
    if (q->target == NULL) {
        return STANDING_NO_TARGET;
    }
    if (sign == 0) {
        return STANDING_NOT_JUDGED;
    }
    if (sign * q->value.scaled >= sign * q->target->value) {
        return STANDING_REACHED;
    }
    if (date_to_days(q->target->due_on) < date_to_days(q->today)) {
        return STANDING_BEHIND;
    }
    int64_t start = q->baseline_on[0] == '\0' ? 0 : date_to_days(q->baseline_on);
    int64_t due = date_to_days(q->target->due_on);
    if (q->in_steps || !q->has_baseline || start == 0 || start >= due) {
        return STANDING_NOT_JUDGED;
    }
    int64_t expected = q->baseline; // walks the line day by day, in exact shares of a day
    int64_t stop = date_to_days(q->cut_off);
    __int128 risen = 0;
    for (int64_t day = start; day < due && day < stop; day++) {
        risen += q->target->value - q->baseline;
    }
    __int128 days = due - start;
    int64_t whole = (int64_t)(risen / days);
    __int128 rest = risen - whole * days;
    if (rest * 2 >= days) {
        whole++;
    } else if (rest * 2 <= -days) {
        whole--;
    }
    expected += whole;
    return sign * q->value.scaled >= sign * expected ? STANDING_ON_THE_WAY : STANDING_BEHIND;
}

static void random_question(struct result_question *q, struct result_target *t, char days[4][11])
{
    for (int i = 0; i < 4; i++) {
        date_from_days(20000 + pick(60), days[i]);
    }
    *t = (struct result_target){.id = "a", .due_on = days[0], .value = pick(40) * ONE};
    *q = (struct result_question){
        .direction = (enum result_direction)pick(3),
        .value = {.known = pick(8) > 0, .scaled = pick(40) * ONE},
        .cut_off = days[1],
        .has_baseline = pick(5) > 0,
        .baseline = pick(40) * ONE,
        .baseline_on = pick(6) == 0 ? "" : days[2],
        .target = pick(8) == 0 ? NULL : t,
        .today = days[3],
        .in_steps = pick(6) == 0,
    };
}

static void standing_agrees_with_the_slow_way(void **state)
{
    (void)state;
    int seen[STANDING_COUNT] = {0};
    for (int i = 0; i < CASES; i++) {
        struct result_question q;
        struct result_target t;
        char days[4][11];
        random_question(&q, &t, days);
        struct result_progress p = result_progress_of(&q);
        assert_int_equal(p.standing, slow_standing(&q));
        seen[p.standing]++;
        if (p.has_percent) {
            assert_int_equal(p.percent, slow_divide((q.value.scaled - q.baseline) *
                                                        (t.value < q.baseline ? -1 : 1),
                                                    100 * ONE,
                                                    (t.value - q.baseline) *
                                                        (t.value < q.baseline ? -1 : 1)));
        }
    }
    for (int i = 0; i < STANDING_COUNT; i++) {
        assert_true(seen[i] > 20); // every word was met
    }
}

// ---- parts --------------------------------------------------------------------------------------

static void sums_of_parts_agree_with_the_slow_way(void **state)
{
    (void)state;
    for (int i = 0; i < CASES / 4; i++) {
        struct result_parts p = {0};
        int64_t all = 0;
        size_t n = 0;
        for (int k = 0; k < 20; k++) {
            int sex = pick(RESULT_SEXES), age = pick(RESULT_AGES);
            if (!p.set[sex][age]) {
                p.set[sex][age] = true;
                p.value[sex][age] = pick(90) * ONE / 2;
                all += p.value[sex][age];
                n++;
            }
        }
        struct result_sums s = result_sums_of(&p);
        assert_int_equal(s.total, all);
        assert_int_equal(s.n, n);
        for (int sex = 0; sex < RESULT_SEXES; sex++) {
            int64_t row = 0;
            for (int cell = 0; cell < RESULT_SEXES * RESULT_AGES; cell++) {
                row += cell / RESULT_AGES == sex ? p.value[cell / RESULT_AGES][cell % RESULT_AGES] : 0;
            }
            assert_int_equal(s.by_sex[sex], row);
        }
        for (int age = 0; age < RESULT_AGES; age++) {
            int64_t column = 0;
            for (int cell = 0; cell < RESULT_SEXES * RESULT_AGES; cell++) {
                column += cell % RESULT_AGES == age ? p.value[cell / RESULT_AGES][cell % RESULT_AGES] : 0;
            }
            assert_int_equal(s.by_age[age], column);
        }
        struct result_figure whole = {.known = true, .scaled = pick(900) * ONE};
        int64_t difference;
        assert_true(result_difference(&whole, &s, &difference));
        assert_int_equal(difference + all, whole.scaled);
    }
}

static void without_parts_or_whole_there_is_no_difference(void **state)
{
    (void)state;
    struct result_parts none = {0};
    struct result_sums sums = result_sums_of(&none);
    int64_t difference;
    assert_false(result_difference(&(struct result_figure){.known = true}, &sums, &difference));
    none.set[0][0] = true;
    sums = result_sums_of(&none);
    assert_false(result_difference(&(struct result_figure){0}, &sums, &difference));
    assert_true(result_difference(&(struct result_figure){.known = true}, &sums, &difference));
}

// ---- worked examples of docs/indicators.md --------------------------------------------------------

static struct result_entry share(const char *id, const char *from, const char *to, int part, int whole)
{
    return (struct result_entry){.id = id, .from = from, .to = to, .state = STATE_APPROVED,
                                 .has_fraction = true, .part = part * ONE, .whole = whole * ONE};
}

static void examples_of_the_docs(void **state)
{
    (void)state;
    struct result_entry tests[] = {share("a", "2025-01-01", "2025-06-30", 29, 40),
                                   share("b", "2025-07-01", "2025-12-31", 38, 55)};
    assert_int_equal(result_figure_of(UNIT_PERCENTAGE, &tests[0]).scaled, 72500000);
    assert_int_equal(result_figure_of(UNIT_PROPORTION, &tests[0]).scaled, 725000);
    struct result_total t = result_total_of(UNIT_PERCENTAGE, OVER_CUMULATIVE, tests, 2);
    assert_int_equal(t.figure.scaled, 70526316); // 67 of 95; the average would be 70.795455
    assert_int_equal(result_total_of(UNIT_PERCENTAGE, OVER_PER_PERIOD, tests, 2).figure.scaled,
                     69090909);

    struct result_target target = {.id = "t", .due_on = "2026-12-31", .value = 200 * ONE};
    struct result_question q = {.direction = BETTER_MORE,
                                .value = {.known = true, .scaled = 182 * ONE},
                                .cut_off = "2026-10-31",
                                .has_baseline = true,
                                .baseline = 0,
                                .baseline_on = "2025-01-01",
                                .target = &target,
                                .today = "2026-11-22"};
    struct result_progress p = result_progress_of(&q);
    assert_int_equal(p.standing, STANDING_BEHIND);
    assert_int_equal(p.percent, 91 * ONE);
    assert_int_equal(p.expected, 183264746); // 200 x 668 / 729
    q.value.scaled = 184 * ONE;
    assert_int_equal(result_progress_of(&q).standing, STANDING_ON_THE_WAY);
    q.value.scaled = 200 * ONE;
    assert_int_equal(result_progress_of(&q).standing, STANDING_REACHED);
}

static void numbers_too_large_are_not_known_instead_of_wrong(void **state)
{
    (void)state;
    struct result_entry big[5];
    char days[5][11];
    for (int i = 0; i < 5; i++) {
        date_from_days(20000 + i, days[i]);
        big[i] = (struct result_entry){.id = "a", .from = days[i], .to = days[i],
                                       .state = STATE_ENTERED, .has_value = true,
                                       .value = INT64_C(999999999999) * ONE};
    }
    assert_true(result_total_of(UNIT_COUNT, OVER_CUMULATIVE, big, 4).figure.known);
    struct result_total t = result_total_of(UNIT_COUNT, OVER_CUMULATIVE, big, 5);
    assert_false(t.figure.known);
    assert_true(t.too_large);
    struct result_entry tiny = {.has_fraction = true, .part = INT64_C(999999999999) * ONE, .whole = 1};
    assert_false(result_figure_of(UNIT_RATIO, &tiny).known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(totals_agree_with_the_slow_way),
        cmocka_unit_test(the_comparison_finds_planted_defects),
        cmocka_unit_test(the_target_that_counts),
        cmocka_unit_test(standing_agrees_with_the_slow_way),
        cmocka_unit_test(sums_of_parts_agree_with_the_slow_way),
        cmocka_unit_test(without_parts_or_whole_there_is_no_difference),
        cmocka_unit_test(examples_of_the_docs),
        cmocka_unit_test(numbers_too_large_are_not_known_instead_of_wrong),
    };
    return cmocka_run_group_tests_name("result", tests, NULL, NULL);
}
