// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_figures.c: see result_figures.h.
//
// The second, slow implementation that holds these rules is in result_test.c.

#include "result/result_figures.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/decimal.h"

// 4 x 10^12 in scaled form; decimal_parse reads less than 10^12. The sum or difference of two such
// numbers stays within int64_t.
#define MOST (INT64_C(4000000) * 1000000 * 1000000)

static bool fits(__int128 n)
{
    return n <= MOST && n >= -MOST;
}

static bool add(int64_t *sum, int64_t more)
{
    __int128 n = (__int128)*sum + more;
    if (!fits(n)) {
        return false;
    }
    *sum = (int64_t)n;
    return true;
}

static __int128 divide_rounded(__int128 n, __int128 d)
{
    if (d < 0) {
        n = -n;
        d = -d;
    }
    return n >= 0 ? (n + d / 2) / d : (n - d / 2) / d;
}

// ---- one value ----------------------------------------------------------------------------------

static struct result_figure plain(int64_t scaled)
{
    return (struct result_figure){.known = fits(scaled), .scaled = scaled};
}

static struct result_figure divided(enum result_unit unit, int64_t part, int64_t whole)
{
    __int128 times = unit == UNIT_PERCENTAGE ? (__int128)100 * DECIMAL_ONE : DECIMAL_ONE;
    struct result_figure f = {.is_fraction = true, .part = part, .whole = whole};
    if (whole <= 0) {
        return (struct result_figure){0};
    }
    __int128 scaled = divide_rounded((__int128)part * times, whole);
    f.known = fits(scaled);
    f.scaled = f.known ? (int64_t)scaled : 0;
    return f;
}

struct result_figure result_figure_of(enum result_unit unit, const struct result_entry *entry)
{
    switch (unit) {
    case UNIT_PERCENTAGE:
    case UNIT_PROPORTION:
    case UNIT_RATIO:
        if (entry->has_fraction) {
            return divided(unit, entry->part, entry->whole);
        }
        break;
    case UNIT_YES_NO:
        if (entry->answer != ANSWER_NONE) {
            return plain(entry->answer == ANSWER_YES    ? DECIMAL_ONE
                         : entry->answer == ANSWER_PART ? DECIMAL_ONE / 2
                                                        : 0);
        }
        break;
    case UNIT_TEXT:
        return (struct result_figure){0};
    case UNIT_COUNT:
    case UNIT_DURATION:
    case UNIT_SCORE:
        break;
    }
    return entry->has_value ? plain(entry->value) : (struct result_figure){0};
}

// ---- over periods -------------------------------------------------------------------------------

bool result_adds_up(enum result_unit unit)
{
    return unit == UNIT_COUNT || unit == UNIT_DURATION || unit == UNIT_PERCENTAGE ||
           unit == UNIT_PROPORTION || unit == UNIT_RATIO;
}

enum result_accumulation result_rule_of(enum result_unit unit, enum result_accumulation asked)
{
    return asked == OVER_CUMULATIVE && !result_adds_up(unit) ? OVER_LATEST : asked;
}

static int by_period(const void *x, const void *y)
{
    const struct result_entry *a = x;
    const struct result_entry *b = y;
    int order = strcmp(a->to, b->to);
    order = order != 0 ? order : strcmp(a->from, b->from);
    return order != 0 ? order : strcmp(a->id, b->id);
}

void result_sort(struct result_entry *entries, size_t n)
{
    if (n > 1) {
        qsort(entries, n, sizeof *entries, by_period);
    }
}

static bool is_used(enum result_unit unit, const struct result_entry *entry)
{
    return entry->state != STATE_RETURNED && result_figure_of(unit, entry).known;
}

static void widen(struct result_total *t, const struct result_entry *entry)
{
    if (t->n_used == 0 || strcmp(entry->from, t->from) < 0) {
        t->from = entry->from;
    }
    if (t->n_used == 0 || strcmp(entry->to, t->to) > 0) {
        t->to = entry->to;
    }
    if (t->n_used == 0 || entry->state < t->state) {
        t->state = entry->state;
    }
    t->n_used++;
}

// Adds one entry to the sum. Sums of fractions are divided once, at the end.
static void add_entry(struct result_total *t, enum result_unit unit,
                      const struct result_entry *entry)
{
    struct result_figure f = result_figure_of(unit, entry);
    bool by_parts = unit != UNIT_COUNT && unit != UNIT_DURATION;
    if (by_parts && !f.is_fraction) {
        t->no_fraction = true;
    } else if (by_parts) {
        t->too_large |= !add(&t->figure.part, f.part) || !add(&t->figure.whole, f.whole);
    } else {
        t->too_large |= !add(&t->figure.scaled, f.scaled);
    }
    // Sorted by last day: a period that begins no later than the last day so far overlaps it.
    t->overlap |= t->n_used > 0 && strcmp(entry->from, t->to) <= 0;
    widen(t, entry);
}

static struct result_total sum_of(enum result_unit unit, const struct result_entry *sorted, size_t n)
{
    struct result_total t = {0};
    const struct result_entry *only = NULL;
    for (size_t i = 0; i < n; i++) {
        if (is_used(unit, &sorted[i])) {
            only = &sorted[i];
            add_entry(&t, unit, only);
        }
    }
    if (t.n_used == 1) { // nothing has to be added up
        t.figure = result_figure_of(unit, only);
        t.no_fraction = false;
        t.too_large = false;
    } else if (t.no_fraction || t.too_large || t.n_used == 0) {
        t.figure = (struct result_figure){0};
    } else if (unit == UNIT_COUNT || unit == UNIT_DURATION) {
        t.figure.known = true;
    } else {
        t.figure = divided(unit, t.figure.part, t.figure.whole);
    }
    return t;
}

struct result_total result_total_of(enum result_unit unit, enum result_accumulation asked,
                                    const struct result_entry *sorted, size_t n)
{
    if (result_rule_of(unit, asked) == OVER_CUMULATIVE) {
        return sum_of(unit, sorted, n);
    }
    struct result_total t = {0};
    for (size_t i = n; i > 0 && t.n_used == 0; i--) {
        if (is_used(unit, &sorted[i - 1])) {
            t.figure = result_figure_of(unit, &sorted[i - 1]);
            widen(&t, &sorted[i - 1]);
        }
    }
    return t;
}

// ---- targets and progress -----------------------------------------------------------------------

// Is x a better choice than y on this day?
static bool target_counts_before(const struct result_target *x, const struct result_target *y,
                                 const char *today)
{
    bool x_open = strcmp(x->due_on, today) >= 0;
    bool y_open = strcmp(y->due_on, today) >= 0;
    if (x_open != y_open) {
        return x_open;
    }
    int order = strcmp(x->due_on, y->due_on);
    if (order != 0) {
        return x_open ? order < 0 : order > 0;
    }
    return strcmp(x->id, y->id) > 0;
}

size_t result_target_at(const struct result_target *targets, size_t n, const char *today)
{
    size_t best = n;
    for (size_t i = 0; i < n; i++) {
        if (!targets[i].replaced &&
            (best == n || target_counts_before(&targets[i], &targets[best], today))) {
            best = i;
        }
    }
    return best;
}

static bool is_at_least_as_good(enum result_direction direction, int64_t value, int64_t than)
{
    return direction == BETTER_LESS ? value <= than : value >= than;
}

static void fill_expected(const struct result_question *q, struct result_progress *p)
{
    if (!q->has_baseline || q->baseline_on[0] == '\0' || q->in_steps) {
        return;
    }
    int64_t all = date_days_between(q->baseline_on, q->target->due_on);
    int64_t gone = date_days_between(q->baseline_on, q->cut_off);
    if (all <= 0) {
        return;
    }
    gone = gone < 0 ? 0 : gone > all ? all : gone;
    __int128 way = (__int128)q->target->value - q->baseline;
    p->has_expected = true;
    p->expected = (int64_t)(q->baseline + divide_rounded(way * gone, all));
}

static void fill_percent(const struct result_question *q, struct result_progress *p)
{
    __int128 way = (__int128)q->target->value - q->baseline;
    bool leads_there = q->direction == BETTER_MORE ? way > 0 : way < 0;
    if (!q->has_baseline || q->direction == BETTER_NEITHER || !leads_there) {
        return;
    }
    __int128 gone = (__int128)q->value.scaled - q->baseline;
    __int128 percent = divide_rounded(gone * 100 * DECIMAL_ONE, way);
    p->has_percent = fits(percent);
    p->percent = p->has_percent ? (int64_t)percent : 0;
}

struct result_progress result_progress_of(const struct result_question *q)
{
    struct result_progress p = {.standing = STANDING_NO_VALUE};
    if (q->target == NULL) {
        p.standing = q->value.known ? STANDING_NO_TARGET : STANDING_NO_VALUE;
        return p;
    }
    if (!q->value.known) {
        return p;
    }
    fill_percent(q, &p);
    fill_expected(q, &p);
    if (q->direction == BETTER_NEITHER) {
        p.standing = STANDING_NOT_JUDGED;
    } else if (is_at_least_as_good(q->direction, q->value.scaled, q->target->value)) {
        p.standing = STANDING_REACHED;
    } else if (strcmp(q->target->due_on, q->today) < 0) {
        p.standing = STANDING_BEHIND;
    } else if (!p.has_expected) {
        p.standing = STANDING_NOT_JUDGED;
    } else {
        p.standing = is_at_least_as_good(q->direction, q->value.scaled, p.expected)
                         ? STANDING_ON_THE_WAY
                         : STANDING_BEHIND;
    }
    return p;
}

// ---- parts --------------------------------------------------------------------------------------

struct result_sums result_sums_of(const struct result_parts *parts)
{
    struct result_sums s = {0};
    for (int sex = 0; sex < RESULT_SEXES; sex++) {
        for (int age = 0; age < RESULT_AGES; age++) {
            if (parts->set[sex][age]) {
                int64_t value = parts->value[sex][age];
                s.n++;
                s.too_large |= !add(&s.by_sex[sex], value) || !add(&s.by_age[age], value) ||
                               !add(&s.total, value);
            }
        }
    }
    return s;
}

bool result_parts_add(struct result_parts *sum, const struct result_parts *more)
{
    for (int sex = 0; sex < RESULT_SEXES; sex++) {
        for (int age = 0; age < RESULT_AGES; age++) {
            if (more->set[sex][age]) {
                sum->set[sex][age] = true;
                if (!add(&sum->value[sex][age], more->value[sex][age])) {
                    return false;
                }
            }
        }
    }
    return true;
}

bool result_difference(const struct result_figure *whole, const struct result_sums *sums,
                       int64_t *difference)
{
    if (!whole->known || sums->n == 0 || sums->too_large) {
        return false;
    }
    *difference = whole->scaled - sums->total;
    return true;
}
