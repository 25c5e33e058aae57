// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_share.c: see release_share.h.

#include "release/release_share.h"

#include <string.h>

#include "release/release_limits.h"

int release_share_of(const struct release_frame *f)
{
    for (int d = f->n - 1; d >= 0; d--) {
        const struct release_dimension *of = &f->of[d];
        if (strcmp(of->name, RELEASE_SHARE) == 0 && of->n == 2 && strcmp(of->categories[0], RELEASE_PART) == 0 &&
            strcmp(of->categories[1], RELEASE_REST) == 0) {
            return d;
        }
    }
    return -1;
}

size_t release_share_whole(const struct release_frame *f, size_t cell)
{
    int d = release_share_of(f);
    return cell + (size_t)(f->of[d].n - release_category(f, cell, d)) * f->step[d];
}

// By how much a published count may be off: less than the base for an inner one, twice the base for a sum, once more
// for every period in it that was drawn in another release.
static int64_t off_by(const struct release_entry *x, size_t cell)
{
    const struct release_frame *f = x->table.frame;
    int64_t draws = 1;
    bool over_periods = x->period >= 0 && release_category(f, cell, x->period) == f->of[x->period].n;
    for (int k = 0; over_periods && k < x->n_periods; k++) {
        draws += strcmp(x->periods[k].drawn, x->name) != 0;
    }
    return release_summed(f, cell) == 0 ? x->table.base - 1 : 2 * x->table.base * draws;
}

static int64_t at_least_zero(int64_t n)
{
    return n < 0 ? 0 : n;
}

struct release_share release_share_at(const struct release_entry *x, size_t cell)
{
    const struct release_frame *f = x->table.frame;
    size_t step = f->step[release_share_of(f)];
    size_t part = cell - 2 * step;
    size_t rest = cell - step;
    struct release_share s = {.part = x->table.counts[part], .rest = x->table.counts[rest],
                              .whole = x->table.counts[cell], .percent = -1};
    int64_t off = off_by(x, part);
    int64_t least = at_least_zero(s.part - off);
    int64_t most = s.part + off;
    int64_t least_rest = at_least_zero(s.rest - off);
    int64_t most_rest = s.rest + off;
    s.low = (int)(100 * least / (least + most_rest)); // off is at least 2, so no whole is 0
    s.high = (int)((100 * most + most + least_rest - 1) / (most + least_rest));
    if (s.high - s.low <= release_limits()->percent_width) {
        s.percent = release_percent(s.part, s.whole);
    }
    return s;
}
