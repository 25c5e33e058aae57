// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_test.c: the arithmetic of indicators, against slow and obvious second implementations over
// random cases (fixed seed), against worked examples of docs/indicators.md, and with planted defects
// that the comparison must find.

#include "result/result_figures.h"
#include "result/result_split.h"

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
    struct result_rule rule;
    struct result_entry entries[MOST_ENTRIES];
    size_t n;
    char days[MOST_ENTRIES * 2][11];
    char ids[MOST_ENTRIES][4];
};

static void random_world(struct world *w)
{
    memset(w, 0, sizeof *w);
    static const char *const places[] = {"", "KE", "NA", "UG"};
    bool by_place = pick(2) == 0;
    w->rule = (struct result_rule){.unit = (enum result_unit)pick(UNIT_TEXT + 1),
                                   .over = (enum result_accumulation)pick(3),
                                   .repeats = (unsigned)pick(4)};
    w->n = (size_t)pick(MOST_ENTRIES + 1);
    for (size_t i = 0; i < w->n; i++) {
        bool in_step = pick(3) > 0; // periods that others have too
        int first = in_step ? 20000 + 30 * pick(3) : 20000 + pick(120);
        date_from_days(first, w->days[2 * i]);
        date_from_days(in_step ? first + 29 : first + pick(40), w->days[2 * i + 1]);
        w->ids[i][0] = (char)('a' + i);
        struct result_entry *x = &w->entries[i];
        *x = (struct result_entry){.id = w->ids[i],
                                   .place = by_place ? places[pick(4)] : "",
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
    if (start_a != start_b) {
        return start_a > start_b;
    }
    int place = strcmp(a->place, b->place);
    return place != 0 ? place > 0 : strcmp(a->id, b->id) > 0;
}

struct slow {
    bool known;
    int64_t scaled;
    bool has_least;
    int64_t least;
    bool same_people, apart;
    size_t n, n_places;
    int64_t first, last;
    bool overlap;
    int weakest;
};

static bool is_in_place(const struct result_entry *x)
{
    return strlen(x->place) > 0;
}

static bool is_same_period(const struct result_entry *x, const struct result_entry *y)
{
    return date_to_days(x->from) == date_to_days(y->from) && date_to_days(x->to) == date_to_days(y->to);
}

// The least number of different people: everybody in the smaller values is thought to be in the largest one, in as
// far as the rule says that they can be.
static int64_t slow_least(const struct world *w, const bool *counts, bool over_time)
{
    unsigned r = w->rule.repeats & 3;
    int64_t least = 0;
    for (size_t i = 0; i < w->n; i++) {
        bool largest = counts[i];
        for (size_t k = 0; largest && k < w->n; k++) {
            bool place = strcmp(w->entries[i].place, w->entries[k].place) == 0;
            bool period = is_same_period(&w->entries[i], &w->entries[k]);
            bool may_share = !over_time                 ? (r & REPEAT_PLACE) != 0
                             : r == (REPEAT_PERIOD | REPEAT_PLACE) ? true
                             : r == REPEAT_PERIOD       ? place
                             : r == REPEAT_PLACE        ? period
                                                        : false;
            int64_t x = w->entries[i].value, y = w->entries[k].value;
            if (k != i && counts[k] && may_share && (y > x || (y == x && k < i))) {
                largest = false;
            }
        }
        least += largest ? w->entries[i].value : 0;
    }
    return least;
}

// Is there a pair of values that may hold the same people?
static bool slow_repeats(const struct world *w, const bool *counts, bool over_time)
{
    unsigned r = w->rule.repeats & 3;
    for (size_t i = 0; i < w->n; i++) {
        for (size_t k = 0; k < i; k++) {
            bool place = strcmp(w->entries[i].place, w->entries[k].place) == 0;
            bool period = is_same_period(&w->entries[i], &w->entries[k]);
            bool both = counts[i] && counts[k];
            if (both && ((!over_time && r >= REPEAT_PLACE && !place) ||
                         (over_time && r == (REPEAT_PERIOD | REPEAT_PLACE)) ||
                         (over_time && r == REPEAT_PERIOD && place) ||
                         (over_time && r == REPEAT_PLACE && period))) {
                return true;
            }
        }
    }
    return false;
}

static void slow_overlap(const struct world *w, const bool *counts, struct slow *s)
{
    static const char *const places[] = {"KE", "NA", "UG"};
    // For each country a calendar in which each period colours its days; the whole programme is in all.
    for (int place = 0; place < 3; place++) {
        for (int64_t day = 19990; day < 20200; day++) {
            int periods = 0;
            for (size_t i = 0; i < w->n; i++) {
                bool here = !is_in_place(&w->entries[i]) ||
                            strcmp(w->entries[i].place, places[place]) == 0;
                periods += counts[i] && here && date_to_days(w->entries[i].from) <= day &&
                           day <= date_to_days(w->entries[i].to);
            }
            s->overlap = s->overlap || periods > 1;
        }
    }
}

static void slow_add_up(const struct world *w, const bool *counts, bool over_time, struct slow *s)
{
    enum result_unit unit = w->rule.unit;
    int64_t sum = 0, part = 0, whole = 0, alone = 0, yes = 0;
    bool all_fractions = true, two_places = false;
    for (size_t i = 0; i < w->n; i++) {
        if (counts[i]) {
            const struct result_entry *x = &w->entries[i];
            (void)slow_value(unit, x, &alone);
            sum += alone;
            part += x->part;
            whole += x->whole;
            yes += alone == 1000000;
            all_fractions = all_fractions && x->has_fraction;
            for (size_t k = 0; k < w->n; k++) {
                two_places = two_places || (counts[k] && strcmp(w->entries[k].place, x->place) != 0);
            }
        }
    }
    if (unit == UNIT_YES_NO && s->n_places > 0) {
        s->known = true;
        s->scaled = yes * 1000000;
        return;
    }
    bool repeats = s->n > 1 && slow_repeats(w, counts, over_time);
    s->same_people = repeats && is_share(unit);
    s->apart = two_places && (unit == UNIT_SCORE || (unit == UNIT_DURATION && w->rule.over != OVER_CUMULATIVE));
    s->known = s->n == 1 || (s->n > 1 && (!is_share(unit) || all_fractions) && !s->same_people && !s->apart);
    s->scaled = !s->known         ? 0
                : s->n == 1       ? alone
                : !is_share(unit) ? sum
                : unit == UNIT_PERCENTAGE ? slow_divide(part, 100 * ONE, whole)
                                          : slow_divide(part, ONE, whole);
    if (s->known && repeats && unit == UNIT_COUNT) {
        s->least = slow_least(w, counts, over_time);
        s->has_least = s->least != s->scaled;
    }
}

// Only what nothing of its place, and nothing of the whole programme, is later than; or, where each period stands
// alone, what has the period of the newest.
static void slow_newest(const struct world *w, bool *counts)
{
    bool keep[MOST_ENTRIES] = {false};
    size_t newest = w->n;
    for (size_t i = 0; i < w->n; i++) {
        if (counts[i] && (newest == w->n || is_later(&w->entries[i], &w->entries[newest]))) {
            newest = i;
        }
    }
    for (size_t i = 0; i < w->n; i++) {
        const struct result_entry *x = &w->entries[i];
        keep[i] = counts[i] && (i == newest || (is_in_place(x) && is_in_place(&w->entries[newest])));
        for (size_t k = 0; k < w->n; k++) {
            const struct result_entry *y = &w->entries[k];
            bool same = strcmp(x->place, y->place) == 0 && w->rule.over != OVER_PER_PERIOD;
            if (counts[k] && is_later(y, x) && (same || !is_in_place(y))) {
                keep[i] = false;
            }
        }
        if (w->rule.over == OVER_PER_PERIOD && newest < w->n && !is_same_period(x, &w->entries[newest])) {
            keep[i] = false;
        }
    }
    memcpy(counts, keep, sizeof keep);
}

static struct slow slow_total(const struct world *w)
{
    struct slow s = {0};
    bool counts[MOST_ENTRIES] = {false};
    enum result_unit unit = w->rule.unit;
    bool sums = w->rule.over == OVER_CUMULATIVE && unit != UNIT_YES_NO && unit != UNIT_SCORE &&
                unit != UNIT_TEXT;
    for (size_t i = 0; i < w->n; i++) {
        int64_t ignored;
        counts[i] = w->entries[i].state != STATE_RETURNED && slow_value(unit, &w->entries[i], &ignored);
    }
    bool covered[MOST_ENTRIES] = {false};
    for (size_t i = 0; i < w->n; i++) {
        for (size_t k = 0; k < w->n; k++) {
            covered[i] = covered[i] ||
                         (counts[k] && is_in_place(&w->entries[i]) && !is_in_place(&w->entries[k]) &&
                          date_to_days(w->entries[k].from) <= date_to_days(w->entries[i].from) &&
                          date_to_days(w->entries[k].to) >= date_to_days(w->entries[i].to));
        }
    }
    for (size_t i = 0; i < w->n; i++) {
        counts[i] = counts[i] && !covered[i];
    }
    if (!sums) {
        slow_newest(w, counts);
    }
    s.weakest = STATE_LOCKED;
    static const char *const places[] = {"KE", "NA", "UG"};
    bool there[3] = {false};
    for (size_t i = 0; i < w->n; i++) {
        if (counts[i]) {
            int64_t from = date_to_days(w->entries[i].from);
            int64_t to = date_to_days(w->entries[i].to);
            s.first = s.n == 0 || from < s.first ? from : s.first;
            s.last = s.n == 0 || to > s.last ? to : s.last;
            s.weakest = (int)w->entries[i].state < s.weakest ? (int)w->entries[i].state : s.weakest;
            s.n++;
            for (int p = 0; p < 3; p++) {
                there[p] = there[p] || strcmp(w->entries[i].place, places[p]) == 0;
            }
        }
    }
    s.n_places = (size_t)there[0] + (size_t)there[1] + (size_t)there[2];
    if (sums) {
        slow_overlap(w, counts, &s);
    }
    slow_add_up(w, counts, sums, &s);
    return s;
}

// ---- comparing ----------------------------------------------------------------------------------

static struct result_total total_of(const struct result_rule *rule, const struct result_entry *sorted,
                                    size_t n)
{
    bool used[MOST_ENTRIES];
    result_used(rule, sorted, n, used);
    return result_total_of(rule, sorted, n, used);
}

typedef struct result_total total_function(const struct result_rule *rule,
                                           const struct result_entry *sorted, size_t n);

static bool agrees(const struct slow *s, const struct result_total *t)
{
    if (s->known != t->figure.known || s->n != t->n_used || s->overlap != t->overlap ||
        s->n_places != t->n_places || s->same_people != t->same_people || s->apart != t->apart ||
        s->has_least != t->has_least || (s->has_least && s->least != t->least) ||
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
        struct result_total t = total(&w.rule, w.entries, w.n);
        n += !agrees(&s, &t);
    }
    return n;
}

static void totals_agree_with_the_slow_way(void **state)
{
    (void)state;
    assert_int_equal(differences(total_of), 0);
}

// Planted: the average of the percentages instead of the sum of parts over the sum of wholes.
static struct result_total averages(const struct result_rule *rule, const struct result_entry *sorted,
                                    size_t n)
{
    struct result_total t = total_of(rule, sorted, n);
    if (t.figure.is_fraction && t.n_used > 1) {
        int64_t sum = 0;
        for (size_t i = 0; i < n; i++) {
            if (sorted[i].state != STATE_RETURNED) {
                sum += result_figure_of(rule->unit, &sorted[i]).scaled;
            }
        }
        t.figure.scaled = sum / (int64_t)t.n_used;
    }
    return t;
}

// Planted: a returned value is counted.
static struct result_total counts_returned(const struct result_rule *rule,
                                           const struct result_entry *sorted, size_t n)
{
    struct result_entry copy[MOST_ENTRIES];
    for (size_t i = 0; i < n; i++) {
        copy[i] = sorted[i];
        copy[i].state = copy[i].state == STATE_RETURNED ? STATE_LOCKED : copy[i].state;
    }
    return total_of(rule, copy, n);
}

// Planted: people who may be counted twice are added up silently.
static struct result_total adds_people_twice(const struct result_rule *rule,
                                             const struct result_entry *sorted, size_t n)
{
    const struct result_rule silent = {.unit = rule->unit, .over = rule->over};
    return total_of(&silent, sorted, n);
}

// Planted: the values of countries are added to the one of the whole programme.
static struct result_total counts_places_twice(const struct result_rule *rule,
                                               const struct result_entry *sorted, size_t n)
{
    bool used[MOST_ENTRIES];
    result_used(rule, sorted, n, used);
    for (size_t i = 0; i < n && result_rule_of(rule->unit, rule->over) == OVER_CUMULATIVE; i++) {
        used[i] = sorted[i].state != STATE_RETURNED && result_figure_of(rule->unit, &sorted[i]).known;
    }
    return result_total_of(rule, sorted, n, used);
}

static void the_comparison_finds_planted_defects(void **state)
{
    (void)state;
    assert_true(differences(averages) > 0);
    assert_true(differences(counts_returned) > 0);
    assert_true(differences(adds_people_twice) > 0);
    assert_true(differences(counts_places_twice) > 0);
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

// Each cut by itself, cell by cell.
static void cuts_agree_with_the_slow_way(void **state)
{
    (void)state;
    static const char *const keys[] = {"sex", "age", "age sex"};
    for (int i = 0; i < CASES / 4; i++) {
        struct result_part parts[12];
        struct result_cut cuts[12];
        size_t n = (size_t)pick(13);
        bool shares = pick(3) == 0;
        int64_t sums[3][3] = {{0}};
        size_t cells[3] = {0};
        for (size_t k = 0; k < n; k++) {
            int cut = pick(3);
            parts[k] = (struct result_part){.keys = keys[cut], .has_value = !shares,
                                            .value = shares ? 0 : pick(90) * ONE / 2,
                                            .has_fraction = shares, .part = pick(20) * ONE,
                                            .whole = (20 + pick(20)) * ONE};
            sums[cut][0] += parts[k].value;
            sums[cut][1] += shares ? parts[k].part : 0;
            sums[cut][2] += shares ? parts[k].whole : 0;
            cells[cut]++;
        }
        struct result_figure of = {.known = pick(5) > 0, .scaled = pick(900) * ONE,
                                   .is_fraction = shares, .part = pick(90) * ONE,
                                   .whole = (90 + pick(90)) * ONE};
        size_t n_cuts = result_cuts_of(parts, n, &of, cuts);
        size_t met = 0;
        for (int cut = 0; cut < 3; cut++) {
            size_t at = 0;
            while (at < n_cuts && strcmp(cuts[at].keys, keys[cut]) != 0) {
                at++;
            }
            assert_int_equal(at < n_cuts, cells[cut] > 0);
            if (cells[cut] > 0) {
                const struct result_cut *c = &cuts[at];
                int64_t less = shares ? of.part - sums[cut][1] : of.scaled - sums[cut][0];
                int64_t less_whole = shares ? of.whole - sums[cut][2] : 0;
                met++;
                assert_int_equal(c->n, cells[cut]);
                assert_int_equal(c->value, sums[cut][0]);
                assert_int_equal(c->part, sums[cut][1]);
                assert_int_equal(c->whole, sums[cut][2]);
                assert_int_equal(c->differs, of.known && (less != 0 || less_whole != 0));
                assert_int_equal(c->difference, of.known ? less : 0);
                assert_int_equal(c->difference_whole, of.known ? less_whole : 0);
            }
        }
        assert_int_equal(n_cuts, met);
        size_t by_sex = result_cut_by(cuts, n_cuts, "sex");
        assert_int_equal(by_sex < n_cuts, cells[0] + cells[2] > 0);
        assert_true(by_sex == n_cuts || strcmp(cuts[by_sex].keys, cells[0] > 0 ? "sex" : "age sex") == 0);
    }
}

// ---- worked examples of docs/indicators.md --------------------------------------------------------

static struct result_entry share(const char *id, const char *from, const char *to, int part, int whole)
{
    return (struct result_entry){.id = id, .place = "", .from = from, .to = to, .state = STATE_APPROVED,
                                 .has_fraction = true, .part = part * ONE, .whole = whole * ONE};
}

static void examples_of_the_docs(void **state)
{
    (void)state;
    struct result_entry tests[] = {share("a", "2025-01-01", "2025-06-30", 29, 40),
                                   share("b", "2025-07-01", "2025-12-31", 38, 55)};
    assert_int_equal(result_figure_of(UNIT_PERCENTAGE, &tests[0]).scaled, 72500000);
    assert_int_equal(result_figure_of(UNIT_PROPORTION, &tests[0]).scaled, 725000);
    struct result_rule rule = {.unit = UNIT_PERCENTAGE, .over = OVER_CUMULATIVE};
    struct result_total t = total_of(&rule, tests, 2);
    assert_int_equal(t.figure.scaled, 70526316); // 67 of 95; the average would be 70.795455
    rule.over = OVER_PER_PERIOD;
    assert_int_equal(total_of(&rule, tests, 2).figure.scaled, 69090909);

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

static struct result_entry count(const char *id, const char *place, const char *from, const char *to, int n)
{
    return (struct result_entry){.id = id, .place = place, .from = from, .to = to,
                                 .state = STATE_APPROVED, .has_value = true, .value = n * ONE};
}

static void examples_over_places_and_people(void **state)
{
    (void)state;
    struct result_entry e[] = {count("a", "KE", "2025-01-01", "2025-06-30", 40),
                               count("b", "NA", "2025-01-01", "2025-06-30", 25),
                               count("c", "KE", "2025-07-01", "2025-12-31", 30)};
    struct result_rule rule = {.unit = UNIT_COUNT, .over = OVER_CUMULATIVE};
    struct result_total t = total_of(&rule, e, 3);
    assert_int_equal(t.figure.scaled, 95 * ONE);
    assert_int_equal(t.n_places, 2);
    assert_false(t.has_least);
    rule.over = OVER_LATEST;
    assert_int_equal(total_of(&rule, e, 3).figure.scaled, 55 * ONE); // Kenya's newest and Namibia's
    rule.over = OVER_PER_PERIOD;
    assert_int_equal(total_of(&rule, e, 3).figure.scaled, 30 * ONE);
    rule.over = OVER_CUMULATIVE;
    rule.repeats = REPEAT_PERIOD;
    t = total_of(&rule, e, 3);
    assert_int_equal(t.least, 65 * ONE); // 40 of Kenya, 25 of Namibia
    assert_int_equal(result_judged(&t, BETTER_MORE).scaled, 65 * ONE);
    assert_int_equal(result_judged(&t, BETTER_LESS).scaled, 95 * ONE);
    rule.repeats = REPEAT_PLACE;
    assert_int_equal(total_of(&rule, e, 3).least, 70 * ONE); // 40 of the first half, 30 of the second
    rule.repeats = REPEAT_PLACE | REPEAT_PERIOD;
    assert_int_equal(total_of(&rule, e, 3).least, 40 * ONE);

    // a value of the whole programme stands for those of the countries in its period
    struct result_entry w[] = {count("a", "KE", "2025-01-01", "2025-06-30", 40),
                               count("b", "NA", "2025-01-01", "2025-06-30", 25),
                               count("c", "", "2025-01-01", "2025-12-31", 90)};
    rule.repeats = 0;
    assert_int_equal(total_of(&rule, w, 3).figure.scaled, 90 * ONE);

    struct result_entry states[3];
    static const enum result_answer answers[] = {ANSWER_YES, ANSWER_NO, ANSWER_PART};
    static const char *const places[] = {"KE", "NA", "UG"};
    for (int i = 0; i < 3; i++) {
        states[i] = (struct result_entry){.id = "a", .place = places[i], .from = "2025-01-01",
                                          .to = "2025-12-31", .state = STATE_ENTERED, .answer = answers[i]};
    }
    rule = (struct result_rule){.unit = UNIT_YES_NO, .over = OVER_LATEST};
    t = total_of(&rule, states, 3);
    assert_true(t.by_answer && t.n_yes == 1 && t.n_part == 1 && t.n_no == 1 && t.n_places == 3);
    assert_int_equal(t.figure.scaled, ONE);

    struct result_entry scores[] = {count("a", "KE", "2025-01-01", "2025-06-30", 3),
                                    count("b", "NA", "2025-01-01", "2025-06-30", 5)};
    rule = (struct result_rule){.unit = UNIT_SCORE, .over = OVER_LATEST};
    t = total_of(&rule, scores, 2);
    assert_true(t.apart && !t.figure.known);

    struct result_entry shares[] = {share("a", "2025-01-01", "2025-06-30", 29, 40),
                                    share("b", "2025-07-01", "2025-12-31", 38, 55)};
    rule = (struct result_rule){.unit = UNIT_PERCENTAGE, .over = OVER_CUMULATIVE, .repeats = REPEAT_PERIOD};
    t = total_of(&rule, shares, 2);
    assert_true(t.same_people && !t.figure.known);
}

// Adds up member by member; who may be the same person everywhere is in the largest least number.
static void programmes_together_agree_with_the_slow_way(void **state)
{
    (void)state;
    static const enum result_unit units[] = {UNIT_COUNT, UNIT_PERCENTAGE, UNIT_YES_NO};
    int bounded = 0, refused = 0;
    for (int i = 0; i < CASES; i++) {
        struct result_total totals[4];
        struct result_member members[4];
        enum result_why_not why[4];
        size_t n = (size_t)pick(5), in = 0;
        enum result_unit unit = units[pick(3)];
        int64_t most = 0, least = 0, largest = 0, part = 0, whole = 0;
        bool same = false;
        for (size_t k = 0; k < n; k++) {
            totals[k] = (struct result_total){.figure = {.known = pick(4) > 0, .scaled = (5 + pick(20)) * ONE}};
            totals[k].has_least = pick(3) == 0;
            totals[k].least = totals[k].figure.scaled - pick(4) * ONE;
            totals[k].has_least = totals[k].has_least && totals[k].least != totals[k].figure.scaled;
            if (unit == UNIT_PERCENTAGE) {
                totals[k].has_least = false;
                totals[k].figure.is_fraction = pick(5) > 0;
                totals[k].figure.part = pick(20) * ONE;
                totals[k].figure.whole = (20 + pick(20)) * ONE;
            }
            members[k] = (struct result_member){
                .rule = {.unit = pick(5) == 0 ? UNIT_SCORE : unit,
                         .over = pick(5) == 0 ? OVER_LATEST : OVER_CUMULATIVE,
                         .repeats = pick(3) == 0 ? REPEAT_PROGRAMME : 0},
                .total = &totals[k]};
            bool fits = members[k].rule.unit == unit && members[k].rule.over == OVER_CUMULATIVE &&
                        totals[k].figure.known && unit != UNIT_YES_NO &&
                        (unit == UNIT_COUNT || totals[k].figure.is_fraction);
            int64_t low = totals[k].has_least ? totals[k].least : totals[k].figure.scaled;
            if (fits) {
                in++;
                most += totals[k].figure.scaled;
                least += low;
                largest = low > largest ? low : largest;
                part += totals[k].figure.part;
                whole += totals[k].figure.whole;
                same = same || members[k].rule.repeats != 0;
            }
        }
        struct result_together t = result_together_of(unit, OVER_CUMULATIVE, members, n, why);
        assert_int_equal(t.n_in, in);
        bool share = unit == UNIT_PERCENTAGE;
        bool refuse = share && same && in > 1;
        assert_int_equal(t.figure.known, in > 0 && !refuse);
        assert_int_equal(t.same_people, refuse);
        if (t.figure.known && share) {
            assert_int_equal(t.figure.scaled, slow_divide(part, 100 * ONE, whole));
        } else if (t.figure.known) {
            least = same && in > 1 ? largest : least;
            assert_int_equal(t.figure.scaled, most);
            assert_int_equal(t.has_least, least != most);
            assert_true(!t.has_least || t.least == least);
            bounded += t.has_least;
        }
        refused += refuse;
    }
    assert_true(bounded > 20 && refused > 20);
}

static void splits_are_read_in_one_order(void **state)
{
    (void)state;
    static const struct {
        const char *text, *kept; // NULL: refused
    } cases[] = {
        {"sex=female age=18-24", "age=18-24 sex=female"},
        {" nationality=NA  disability=not_asked ", "disability=not_asked nationality=NA"},
        {"place=Port_Town", "place=Port_Town"},
        {"sex=withheld", "sex=withheld"},
        {"sex=female sex=male", NULL},
        {"sex=purple", NULL},
        {"colour=red", NULL},
        {"sex", NULL},
        {"place=", NULL},
        {"", NULL},
    };
    struct arena *a = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct split s;
        struct err_info e;
        enum err err = split_read(a, cases[i].text, &s, &e);
        assert_int_equal(err == ERR_NONE, cases[i].kept != NULL);
        if (err == ERR_NONE) {
            assert_string_equal(split_text(a, &s), cases[i].kept);
        }
    }
    arena_free(a);
}

static void numbers_too_large_are_not_known_instead_of_wrong(void **state)
{
    (void)state;
    struct result_entry big[5];
    char days[5][11];
    for (int i = 0; i < 5; i++) {
        date_from_days(20000 + i, days[i]);
        big[i] = (struct result_entry){.id = "a", .place = "", .from = days[i], .to = days[i],
                                       .state = STATE_ENTERED, .has_value = true,
                                       .value = INT64_C(999999999999) * ONE};
    }
    const struct result_rule rule = {.unit = UNIT_COUNT, .over = OVER_CUMULATIVE};
    assert_true(total_of(&rule, big, 4).figure.known);
    struct result_total t = total_of(&rule, big, 5);
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
        cmocka_unit_test(cuts_agree_with_the_slow_way),
        cmocka_unit_test(examples_over_places_and_people),
        cmocka_unit_test(programmes_together_agree_with_the_slow_way),
        cmocka_unit_test(splits_are_read_in_one_order),
        cmocka_unit_test(examples_of_the_docs),
        cmocka_unit_test(numbers_too_large_are_not_known_instead_of_wrong),
    };
    return cmocka_run_group_tests_name("result", tests, NULL, NULL);
}
