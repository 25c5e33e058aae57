// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_progress.c: targets and progress. See result_figures.h; the second, slow implementation is in
// result_progress_test.c.

#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "result/result_figures.h"
#include "result/result_fits.h"

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
    p->expected = (int64_t)(q->baseline + result_divide(way * gone, all));
}

static void fill_percent(const struct result_question *q, struct result_progress *p)
{
    __int128 way = (__int128)q->target->value - q->baseline;
    bool leads_there = q->direction == BETTER_MORE ? way > 0 : way < 0;
    if (!q->has_baseline || q->direction == BETTER_NEITHER || !leads_there) {
        return;
    }
    __int128 gone = (__int128)q->value.scaled - q->baseline;
    __int128 percent = result_divide(gone * 100 * DECIMAL_ONE, way);
    p->has_percent = result_fits(percent);
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
