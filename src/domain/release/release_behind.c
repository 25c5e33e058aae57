// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_behind.c: who stands behind the cells of a table of amounts, and behind what is left out of its lines. See
// release_magnitude.h and docs/disclosure.md, "Amounts".

#include <string.h>

#include "release/release_magnitude.h"

#include "base/sort.h"

// Lines of one contribution: in each of its cells, margins too, one for every dimension that the cell does not sum.
#define MOST_PLACES (RELEASE_DIMENSIONS << (RELEASE_DIMENSIONS - 1))

static int by_contributor(const void *a, const void *b)
{
    const struct release_contribution *x = a;
    const struct release_contribution *y = b;
    return x->contributor < y->contributor ? -1 : x->contributor > y->contributor;
}

// The inner cell itself and its margins.
static int cells_of(const struct release_frame *f, size_t cell, size_t out[RELEASE_MARGINS + 1])
{
    int n = release_margins_of(f, cell, out);
    out[n++] = cell;
    return n;
}

static bool is_shown(unsigned char seen)
{
    return seen == RELEASE_SHOWN || seen == RELEASE_CERTAIN;
}

// The lines in which an inner cell counts to what is left out.
static int lines_of(const struct release_frame *f, const unsigned char *seen, size_t inner, size_t out[MOST_PLACES])
{
    size_t cells[RELEASE_MARGINS + 1];
    int n_cells = cells_of(f, inner, cells);
    int n = 0;
    for (int i = 0; i < n_cells; i++) {
        for (int d = 0; d < f->n && !is_shown(seen[cells[i]]); d++) {
            int k = release_category(f, cells[i], d);
            size_t margin = cells[i] + (size_t)(f->of[d].n - k) * f->step[d];
            if (k < f->of[d].n && is_shown(seen[margin])) {
                out[n++] = (size_t)d * f->n_cells + margin;
            }
        }
    }
    return n;
}

// What one contributor gave in one place.
static void add_to(struct release_amount *x, int64_t amount)
{
    x->amount += amount;
    x->contributors++;
    x->second = amount > x->largest ? x->largest : amount > x->second ? amount : x->second;
    x->largest = amount > x->largest ? amount : x->largest;
}

// One contributor after the other: what they gave in each place. seen: places are lines; NULL: cells.
static struct release_amount *add_up(struct arena *a, const struct release_frame *f, const unsigned char *seen,
                                     const struct release_contribution *items, size_t n_items)
{
    size_t n_places = seen == NULL ? f->n_cells : (size_t)f->n * f->n_cells;
    struct release_amount *behind = ARENA_ARRAY(a, struct release_amount, n_places);
    int64_t *mine = ARENA_ARRAY(a, int64_t, n_places);
    size_t *touched = ARENA_ARRAY(a, size_t, n_places + 1); // the last is written, but never read
    for (size_t i = 0; i < n_items;) {
        int who = items[i].contributor;
        size_t n = 0;
        for (; i < n_items && items[i].contributor == who; i++) {
            size_t places[MOST_PLACES];
            int n_here = seen == NULL ? cells_of(f, items[i].cell, places) : lines_of(f, seen, items[i].cell, places);
            for (int k = 0; k < n_here; k++) {
                touched[n] = places[k];
                n += mine[places[k]] == 0;
                mine[places[k]] += items[i].amount;
            }
        }
        for (size_t k = 0; k < n; k++) {
            add_to(&behind[touched[k]], mine[touched[k]]);
            mine[touched[k]] = 0;
        }
    }
    return behind;
}

struct release_behind release_behind_of(struct arena *a, const struct release_frame *f,
                                        struct release_contribution *items, size_t n)
{
    if (n > 0) {
        sort_items(items, n, sizeof *items, by_contributor);
    }
    return (struct release_behind){.cells = add_up(a, f, NULL, items, n), .items = items, .n = n};
}

const struct release_amount *release_behind_lines(struct arena *a, const struct release_frame *f,
                                                  const unsigned char *seen, const struct release_behind *behind)
{
    return add_up(a, f, seen, behind->items, behind->n);
}

const int *release_behind_alone(struct arena *a, const struct release_frame *f, const struct release_behind *behind)
{
    int *alone = ARENA_ARRAY(a, int, f->n_cells);
    memset(alone, -1, f->n_cells * sizeof *alone);
    for (size_t i = 0; i < behind->n; i++) {
        size_t cells[RELEASE_MARGINS + 1];
        int n = cells_of(f, behind->items[i].cell, cells);
        for (int k = 0; k < n; k++) {
            if (behind->cells[cells[k]].contributors == 1) {
                alone[cells[k]] = behind->items[i].contributor;
            }
        }
    }
    return alone;
}

const bool *release_behind_gave(struct arena *a, const struct release_frame *f, const struct release_behind *behind,
                                size_t cell)
{
    int last = behind->n == 0 ? -1 : behind->items[behind->n - 1].contributor;
    bool *gave = ARENA_ARRAY(a, bool, (size_t)last + 2);
    for (size_t i = 0; i < behind->n; i++) {
        bool here = true;
        for (int d = 0; here && d < f->n; d++) {
            int k = release_category(f, cell, d);
            here = k == f->of[d].n || k == release_category(f, behind->items[i].cell, d);
        }
        gave[behind->items[i].contributor] = gave[behind->items[i].contributor] || here;
    }
    return gave;
}
