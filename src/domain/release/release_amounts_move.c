// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_amounts_move.c: the cheapest way to move a cell while all sums stay right. See release_amounts_private.h.

#include "release/release_amounts_private.h"

#include <math.h>
#include <string.h>

// Every margin moves as the cells below it together: all sums stay right. Variables come in pairs, up and down. What is
// nothing does not move.
static void add_moves(struct amounts *x, struct solve *s)
{
    const struct release_frame *f = x->f;
    for (int d = 0; d < f->n; d++) {
        for (size_t cell = 0; cell < f->n_cells; cell++) {
            int n = 0;
            for (int k = 0; release_category(f, cell, d) == f->of[d].n && k <= f->of[d].n; k++) {
                size_t at = cell - (size_t)k * f->step[d];
                double factor = k == 0 ? -1 : 1;
                if (x->amounts[at] > 0) {
                    x->terms[n++] = (struct solve_term){2 * (int)at, factor};
                    x->terms[n++] = (struct solve_term){2 * (int)at + 1, -factor};
                }
            }
            if (n > 0) {
                solve_sum(s, x->terms, n, 0, 0);
            }
        }
    }
}

// What a cell is moved by, so that it is far, and wide to who gave nothing: a part p of the upper end h is at least a
// part p / (1 - p) of the amount itself, when h is no more than that above it.
static int64_t need_of(const struct amounts *x, size_t cell)
{
    int64_t p = x->rule->dominance;
    int64_t wide = (p * x->amounts[cell] + 99 - p) / (100 - p);
    int64_t lack = amounts_is_sensitive(x, cell) ? amounts_lack_of(x, cell) : 1;
    return wide > lack && x->known == NULL ? wide : lack;
}

enum solve_state amounts_move(struct amounts *x, size_t wanted, bool up, bool all)
{
    const struct release_frame *f = x->f;
    struct arena *scratch = arena_new(AMOUNTS_SCRATCH);
    struct err_info ignored = {0};
    struct solve *s;
    enum solve_state state = SOLVE_UNFINISHED;
    int64_t down = x->amounts[wanted] - x->floors[wanted];
    int64_t need = need_of(x, wanted);
    need = !up && need > down ? down : need;
    memset(x->values, 0, 2 * f->n_cells * sizeof *x->values);
    if (need == 0) {
        state = SOLVE_DONE;
    } else if (solve_new(scratch, 2 * (int)f->n_cells, x->time_ms, &s, &ignored) == ERR_NONE) {
        int n = 0;
        for (size_t cell = 0; cell < f->n_cells; cell++) {
            int64_t there = x->amounts[cell];
            bool moves = there > 0 && (all || !amounts_is_shown(x, cell)); // a reader knows where there is nothing
            moves = moves && (x->known == NULL || !x->known[cell]);
            solve_bound(s, 2 * (int)cell, 0, moves ? AMOUNTS_MOST - (double)there : 0, false);
            solve_bound(s, 2 * (int)cell + 1, 0, moves ? (double)(there - 1) : 0, false);
        }
        int moved = 2 * (int)wanted;
        solve_bound(s, moved + !up, (double)need, (double)need, false);
        solve_bound(s, moved + up, 0, 0, false);
        add_moves(x, s);
        for (size_t cell = 0; cell < f->n_cells; cell++) {
            double cost = all && x->seen[cell] == RELEASE_HIDDEN ? 0 : 1 + log1p((double)x->amounts[cell]);
            x->terms[n++] = (struct solve_term){2 * (int)cell, cost};
            x->terms[n++] = (struct solve_term){2 * (int)cell + 1, cost};
        }
        double best;
        state = solve_best(s, x->terms, n, false, &best, x->values);
    }
    arena_free(scratch);
    return state;
}

bool amounts_hide_more(struct amounts *x, size_t wanted, bool up)
{
    bool done = amounts_move(x, wanted, up, true) == SOLVE_DONE;
    for (size_t cell = 0; done && cell < x->f->n_cells; cell++) {
        if (x->amounts[cell] > 0 && x->values[2 * cell] + x->values[2 * cell + 1] > AMOUNTS_NEAR) {
            x->seen[cell] = RELEASE_HIDDEN;
        }
    }
    return done;
}
