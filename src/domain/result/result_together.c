// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_together.c: totals of programmes put together. See result_figures.h; the second, slow implementation is in
// result_together_test.c.

#include "result/result_figures.h"

static enum result_why_not why_not(enum result_unit unit, enum result_accumulation over,
                                   const struct result_member *m)
{
    return m->rule.unit != unit                       ? TOGETHER_OTHER_UNIT
           : m->rule.over != over                     ? TOGETHER_OTHER_RULE
           : !m->total->figure.known                  ? TOGETHER_NO_VALUE
           : unit != UNIT_COUNT && !result_is_share(unit)    ? TOGETHER_NOT_ADDED
           : result_is_share(unit) && !m->total->figure.is_fraction ? TOGETHER_NOT_ADDED
                                                      : TOGETHER_IN;
}

struct result_together result_together_of(enum result_unit unit, enum result_accumulation over,
                                          enum result_repeat again, const struct result_member *members, size_t n,
                                          enum result_why_not *why)
{
    struct result_together t = {.n_in = 0};
    int64_t sum_of_least = 0, largest_least = 0;
    unsigned repeats = 0;
    for (size_t i = 0; i < n; i++) {
        const struct result_total *one = members[i].total;
        why[i] = why_not(unit, over, &members[i]);
        if (why[i] != TOGETHER_IN) {
            continue;
        }
        int64_t least = one->has_least ? one->least : one->figure.scaled;
        repeats |= members[i].rule.repeats & again;
        largest_least = t.n_in == 0 || least > largest_least ? least : largest_least;
        t.n_in++;
        t.too_large |= !result_add(&t.figure.scaled, result_is_share(unit) ? 0 : one->figure.scaled) ||
                       !result_add(&t.figure.part, one->figure.part) || !result_add(&t.figure.whole, one->figure.whole) ||
                       !result_add(&sum_of_least, result_is_share(unit) ? 0 : least);
    }
    t.same_people = result_is_share(unit) && repeats != 0 && t.n_in > 1;
    if (t.n_in == 0 || t.too_large || t.same_people) {
        t.figure = (struct result_figure){0};
    } else if (result_is_share(unit)) {
        const struct result_entry sums = {.has_fraction = true, .part = t.figure.part, .whole = t.figure.whole};
        t.figure = result_figure_of(unit, &sums);
    } else {
        t.figure.known = true;
        t.least = repeats != 0 && t.n_in > 1 ? largest_least : sum_of_least;
        t.has_least = t.least != t.figure.scaled;
    }
    return t;
}
