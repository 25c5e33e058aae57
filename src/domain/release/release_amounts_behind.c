// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_amounts_behind.c: what is told to those who stand behind a table of amounts: by a line, and by the cells in
// which they stand alone. See release_amounts_private.h.

#include "release/release_amounts_private.h"

#include <string.h>

// The smallest of a line that is shown, its margin too, and not nothing.
static size_t smallest_shown(const struct amounts *x, int d, size_t margin)
{
    size_t best = margin;
    for (int k = 1; k <= x->f->of[d].n; k++) {
        size_t at = margin - (size_t)k * x->f->step[d];
        best = amounts_is_shown(x, at) && x->amounts[at] > 0 && x->amounts[at] < x->amounts[best] ? at : best;
    }
    return best;
}

size_t amounts_sensitive_lines(struct amounts *x, struct arena *scratch, bool mend)
{
    const struct release_amount *lines = release_behind_lines(scratch, x->f, x->seen, x->behind);
    size_t n = 0;
    for (size_t i = 0; i < (size_t)x->f->n * x->f->n_cells; i++) {
        bool sensitive = release_amount_is_sensitive(&lines[i], x->rule);
        n += sensitive;
        if (sensitive && mend) {
            x->seen[smallest_shown(x, (int)(i / x->f->n_cells), i % x->f->n_cells)] = RELEASE_HIDDEN;
        }
    }
    return n;
}

// Those who know a cell that the last move moved, and gave nothing in the cell that it is about. Ends with -1.
static const int *who_sees(const struct amounts *x, struct arena *a, const int *alone, const bool *gave)
{
    int *who = ARENA_ARRAY(a, int, x->f->n_cells + 1);
    size_t n = 0;
    for (size_t cell = 0; cell < x->f->n_cells; cell++) {
        int c = alone[cell];
        bool moved = x->values[2 * cell] + x->values[2 * cell + 1] > AMOUNTS_NEAR;
        bool sees = moved && c >= 0 && !gave[c];
        for (size_t i = 0; sees && i < n; i++) {
            sees = who[i] != c;
        }
        if (sees) {
            who[n++] = c;
        }
    }
    who[n] = -1;
    return who;
}

// Can somebody who stands alone in cells, and knows these, not think of a cell as far from its amount, among fractions? A
// move that touches none of their cells shows to all at once that they can. mend: then more is left out; *failed when
// that cannot be.
static bool is_told(struct amounts *x, struct arena *scratch, size_t cell, const int *alone, bool mend, bool *failed)
{
    const bool *gave = release_behind_gave(scratch, x->f, x->behind, cell);
    bool *known = ARENA_ARRAY(scratch, bool, x->f->n_cells);
    bool told = false;
    x->known = known;
    for (int up = 0; up < 2; up++) {
        memset(known, 0, x->f->n_cells * sizeof *known);
        bool stuck = amounts_move(x, cell, up, false) != SOLVE_DONE;
        const int *who = who_sees(x, scratch, alone, gave);
        do { // first whoever sees none of it
            if (stuck) {
                told = true;
                *failed = *failed || (mend && !amounts_hide_more(x, cell, up));
            }
            for (size_t k = 0; k < x->f->n_cells; k++) {
                known[k] = *who >= 0 && alone[k] == *who;
            }
            stuck = *who >= 0 && amounts_move(x, cell, up, false) != SOLVE_DONE;
        } while (*who++ >= 0);
    }
    x->known = NULL;
    return told;
}

size_t amounts_told_to_others(struct amounts *x, bool mend, bool *failed)
{
    struct arena *kept = arena_new(AMOUNTS_SCRATCH);
    struct arena *scratch = arena_new(AMOUNTS_SCRATCH);
    const int *alone = release_behind_alone(kept, x->f, x->behind);
    size_t n = 0;
    for (size_t cell = 0; cell < x->f->n_cells && x->behind->n > 0; cell++) {
        arena_reset(scratch);
        if (x->seen[cell] == RELEASE_HIDDEN && amounts_is_sensitive(x, cell)) {
            n += is_told(x, scratch, cell, alone, mend, failed);
        }
    }
    arena_free(scratch);
    arena_free(kept);
    return n;
}
