// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_total_test.c: totals over periods and places, against a slow and obvious second implementation over
// random cases, and with planted defects that the comparison must find.

#include "result/result_test_help.h"

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
    w->rule = (struct result_rule){.unit = pick(2) == 0 ? UNIT_COUNT : (enum result_unit)pick(UNIT_TEXT + 1),
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
                                   .value = w->rule.unit == UNIT_COUNT ? pick(500) * ONE : (pick(2000) - 300) * ONE / 4,
                                   .has_fraction = pick(4) > 0,
                                   .part = pick(50) * ONE,
                                   .whole = (1 + pick(60)) * ONE,
                                   .answer = (enum result_answer)pick(4)};
    }
}

// ---- the slow way -------------------------------------------------------------------------------

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
    bool same_people, apart, no_fraction, is_fraction;
    int64_t part, whole;
    size_t yes, in_part, no; // of answers of countries
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

// Where the same person comes in another period of the same country: of each country the largest value, added up; but
// never fewer than are in one value of the whole programme, whose people are of these countries.
static int64_t slow_least_of_periods(const struct world *w, const bool *counts)
{
    static const char *const places[] = {"KE", "NA", "UG"};
    int64_t least = 0, whole = INT64_MIN;
    bool any = false;
    for (int place = 0; place < 3; place++) {
        int64_t most = INT64_MIN;
        for (size_t i = 0; i < w->n; i++) {
            bool here = counts[i] && strcmp(w->entries[i].place, places[place]) == 0;
            most = here && w->entries[i].value > most ? w->entries[i].value : most;
            any = any || here;
            bool all = counts[i] && !is_in_place(&w->entries[i]);
            whole = all && w->entries[i].value > whole ? w->entries[i].value : whole;
        }
        least += most == INT64_MIN ? 0 : most;
    }
    return whole > least || !any ? whole : least;
}

static bool have_a_day_in_common(const struct result_entry *x, const struct result_entry *y)
{
    for (int64_t day = 19990; day < 20200; day++) {
        if (date_to_days(x->from) <= day && day <= date_to_days(x->to) && date_to_days(y->from) <= day &&
            day <= date_to_days(y->to)) {
            return true;
        }
    }
    return false;
}

// Where the same person comes in another place: what has days in common gets the same number, again and again until
// nothing changes. Of each number the largest sum of one place, added up.
static int64_t slow_least_of_places(const struct world *w, const bool *counts)
{
    static const char *const places[] = {"", "KE", "NA", "UG"};
    size_t together[MOST_ENTRIES];
    int64_t least = 0;
    for (size_t i = 0; i < w->n; i++) {
        together[i] = i;
    }
    for (size_t step = 0; step < w->n; step++) {
        for (size_t i = 0; i < w->n; i++) {
            for (size_t k = 0; k < w->n; k++) {
                if (counts[i] && counts[k] && together[k] < together[i] &&
                    have_a_day_in_common(&w->entries[i], &w->entries[k])) {
                    together[i] = together[k];
                }
            }
        }
    }
    for (size_t number = 0; number < w->n; number++) {
        int64_t most = 0;
        for (int place = 0; place < 4; place++) {
            int64_t sum = 0;
            for (size_t i = 0; i < w->n; i++) {
                bool here = counts[i] && together[i] == number && strcmp(w->entries[i].place, places[place]) == 0;
                sum += here ? w->entries[i].value : 0;
            }
            most = sum > most ? sum : most;
        }
        least += most;
    }
    return least;
}

// The least number of different people: everybody in the smaller values is thought to be in the largest one, in as
// far as the rule says that they can be.
static int64_t slow_least(const struct world *w, const bool *counts, bool over_time)
{
    unsigned r = w->rule.repeats & 3;
    int64_t largest = 0;
    if (over_time && r == REPEAT_PERIOD) {
        return slow_least_of_periods(w, counts);
    }
    if (over_time && r == REPEAT_PLACE) {
        return slow_least_of_places(w, counts);
    }
    for (size_t i = 0; i < w->n; i++) {
        largest = counts[i] && w->entries[i].value > largest ? w->entries[i].value : largest;
    }
    return largest;
}

// Is there a pair of values that may hold the same people?
static bool slow_repeats(const struct world *w, const bool *counts, bool over_time)
{
    unsigned r = w->rule.repeats & 3;
    for (size_t i = 0; i < w->n; i++) {
        for (size_t k = 0; k < i; k++) {
            bool place = strcmp(w->entries[i].place, w->entries[k].place) == 0;
            bool days = have_a_day_in_common(&w->entries[i], &w->entries[k]);
            bool both = counts[i] && counts[k];
            if (both && ((!over_time && r >= REPEAT_PLACE && !place) ||
                         (over_time && r == (REPEAT_PERIOD | REPEAT_PLACE)) ||
                         (over_time && r == REPEAT_PERIOD &&
                          (place || !is_in_place(&w->entries[i]) || !is_in_place(&w->entries[k]))) ||
                         (over_time && r == REPEAT_PLACE && !place && days))) {
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
    int64_t sum = 0, alone = 0;
    bool all_fractions = true, two_places = false;
    for (size_t i = 0; i < w->n; i++) {
        if (counts[i]) {
            const struct result_entry *x = &w->entries[i];
            (void)slow_value(unit, x, &alone);
            sum += alone;
            s->part += x->part;
            s->whole += x->whole;
            s->yes += alone == 1000000;
            s->in_part += alone == 500000;
            s->no += alone == 0;
            all_fractions = all_fractions && x->has_fraction;
            for (size_t k = 0; k < w->n; k++) {
                two_places = two_places || (counts[k] && strcmp(w->entries[k].place, x->place) != 0);
            }
        }
    }
    if (unit == UNIT_YES_NO && s->n_places > 0) {
        s->known = true;
        s->scaled = (int64_t)s->yes * 1000000;
        return;
    }
    bool repeats = s->n > 1 && slow_repeats(w, counts, over_time);
    s->same_people = repeats && is_share(unit);
    s->no_fraction = s->n > 1 && is_share(unit) && !all_fractions;
    s->apart = two_places && (unit == UNIT_SCORE || (unit == UNIT_DURATION && w->rule.over != OVER_CUMULATIVE));
    s->known = s->n == 1 || (s->n > 1 && (!is_share(unit) || all_fractions) && !s->same_people && !s->apart);
    s->scaled = !s->known         ? 0
                : s->n == 1       ? alone
                : !is_share(unit) ? sum
                : unit == UNIT_PERCENTAGE ? slow_divide(s->part, 100 * ONE, s->whole)
                                          : slow_divide(s->part, ONE, s->whole);
    s->is_fraction = s->known && is_share(unit) && all_fractions;
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

typedef struct result_total total_function(const struct result_rule *rule,
                                           const struct result_entry *sorted, size_t n);

// Answers of countries, one by one.
static bool answers_agree(const struct world *w, const struct slow *s, const struct result_total *t)
{
    bool by_answer = w->rule.unit == UNIT_YES_NO && s->n_places > 0;
    return t->by_answer == by_answer &&
           (!by_answer || (t->n_yes == s->yes && t->n_part == s->in_part && t->n_no == s->no));
}

// It is judged by the less good end.
static bool is_judged_by_the_less_good(const struct slow *s, const struct result_total *t)
{
    int64_t low = s->has_least ? s->least : s->scaled;
    return !s->known || (result_judged(t, BETTER_MORE).scaled == low && result_judged(t, BETTER_LESS).scaled == s->scaled &&
                         result_judged(t, BETTER_NEITHER).scaled == s->scaled);
}

static bool agrees(const struct world *w, const struct slow *s, const struct result_total *t)
{
    if (!answers_agree(w, s, t) || !is_judged_by_the_less_good(s, t) || s->no_fraction != t->no_fraction ||
        s->is_fraction != t->figure.is_fraction ||
        (s->is_fraction && (s->part != t->figure.part || s->whole != t->figure.whole))) {
        return false;
    }
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
    for (int i = 0; i < 2 * CASES; i++) {
        struct world w;
        random_world(&w);
        struct slow s = slow_total(&w);
        result_sort(w.entries, w.n);
        struct result_total t = total(&w.rule, w.entries, w.n);
        n += !agrees(&w, &s, &t);
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
        cmocka_unit_test(numbers_too_large_are_not_known_instead_of_wrong),
    };
    return cmocka_run_group_tests_name("total", tests, NULL, NULL);
}
