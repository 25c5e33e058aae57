// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_cube.c: counts by up to four dimensions, with all their sums, in one array. See release.h.

#include <string.h>

#include "release/release.h"

bool release_frame_finish(struct release_frame *f)
{
    f->n_cells = 1;
    f->n_inner = 1;
    if (f->n < 1 || f->n > RELEASE_DIMENSIONS) {
        return false;
    }
    for (int d = f->n - 1; d >= 0; d--) {
        if (f->of[d].n < 1) {
            return false;
        }
        f->step[d] = f->n_cells;
        f->n_cells *= (size_t)f->of[d].n + 1;
        f->n_inner *= (size_t)f->of[d].n;
        if (f->n_cells > RELEASE_MAX_CELLS) {
            return false;
        }
    }
    return true;
}

int release_category(const struct release_frame *f, size_t cell, int dimension)
{
    return (int)(cell / f->step[dimension] % ((size_t)f->of[dimension].n + 1));
}

const char *release_category_name(const struct release_frame *f, size_t cell, int dimension)
{
    int k = release_category(f, cell, dimension);
    return k == f->of[dimension].n ? RELEASE_TOTAL : f->of[dimension].categories[k];
}

int release_summed(const struct release_frame *f, size_t cell)
{
    int n = 0;
    for (int d = 0; d < f->n; d++) {
        n += release_category(f, cell, d) == f->of[d].n;
    }
    return n;
}

size_t release_grand_total(const struct release_frame *f)
{
    return f->n_cells - 1;
}

int release_margins_of(const struct release_frame *f, size_t cell, size_t out[RELEASE_MARGINS])
{
    int n = 0;
    for (unsigned summed = 1; summed < 1U << f->n; summed++) {
        size_t at = cell;
        for (int d = 0; d < f->n; d++) {
            if ((summed >> d & 1) != 0) {
                at += (size_t)(f->of[d].n - release_category(f, cell, d)) * f->step[d];
            }
        }
        out[n++] = at;
    }
    return n;
}

struct release_cube *release_cube_new(struct arena *a, const struct release_frame *f)
{
    struct release_cube *c = ARENA_MAKE(a, struct release_cube);
    *c = (struct release_cube){.frame = f, .counts = ARENA_ARRAY(a, int64_t, f->n_cells)};
    return c;
}

// One dimension after the other: what is summed over the first is summed over the second, and so on.
void release_cube_sum(struct release_cube *c)
{
    const struct release_frame *f = c->frame;
    for (int d = 0; d < f->n; d++) {
        for (size_t cell = 0; cell < f->n_cells; cell++) {
            if (release_category(f, cell, d) != f->of[d].n) {
                continue;
            }
            int64_t sum = 0;
            for (int k = 1; k <= f->of[d].n; k++) {
                sum += c->counts[cell - (size_t)k * f->step[d]];
            }
            c->counts[cell] = sum;
        }
    }
}
