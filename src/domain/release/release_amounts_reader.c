// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_amounts_reader.c: what a reader of a table of amounts works out of each cell that is left out. See
// release_amounts_private.h.

#include "release/release_amounts_private.h"

#include <math.h>

// Every margin over one dimension is the sum of the cells below it. What is shown is a number and no variable: the
// solver takes nearly 0 for 0, and beside millions nearly is not enough.
static void add_sums(struct amounts *x, struct solve *s, bool *fits)
{
    const struct release_frame *f = x->f;
    for (int d = 0; d < f->n; d++) {
        for (size_t cell = 0; cell < f->n_cells; cell++) {
            int n = 0;
            int64_t known = 0;
            for (int k = 0; release_category(f, cell, d) == f->of[d].n && k <= f->of[d].n; k++) {
                size_t at = cell - (size_t)k * f->step[d];
                int64_t factor = k == 0 ? -1 : 1;
                if (amounts_is_shown(x, at)) {
                    known += factor * x->amounts[at];
                } else {
                    x->terms[n++] = (struct solve_term){(int)at, (double)factor};
                }
            }
            if (n > 0) {
                solve_sum(s, x->terms, n, (double)-known, (double)-known);
            }
            *fits = *fits && (n > 0 || known == 0);
        }
    }
}

enum err amounts_reader(struct amounts *x, struct arena *a, struct solve **out, bool *fits, struct err_info *e)
{
    *fits = true;
    enum err err = solve_new(a, (int)x->f->n_cells, x->time_ms, out, e);
    for (size_t cell = 0; err == ERR_NONE && cell < x->f->n_cells; cell++) {
        if (!amounts_is_shown(x, cell)) {
            solve_bound(*out, (int)cell, x->seen[cell] == RELEASE_HIDDEN ? 1 : 0, AMOUNTS_MOST, true);
        }
    }
    if (err == ERR_NONE) {
        add_sums(x, *out, fits);
    }
    return err;
}

double amounts_slack(double amount)
{
    return AMOUNTS_NEAR * (1 + amount);
}

bool amounts_is_wide(const struct amounts *x, const struct amounts_span *at)
{
    double share = x->rule->dominance / 100.0 * at->high;
    return at->high - at->low >= (share < 1 ? 1 : share) - amounts_slack(at->high);
}

// A cell cannot fall below its floor: there that is all it can need.
bool amounts_is_far(const struct amounts *x, size_t cell, const struct amounts_span *at)
{
    if (!amounts_is_sensitive(x, cell)) {
        return true;
    }
    double amount = (double)x->amounts[cell];
    double lack = (double)amounts_lack_of(x, cell);
    double down = amount - (double)x->floors[cell];
    double below = lack < down ? lack : down;
    return amount - at->low >= below - amounts_slack(amount) && at->high - amount >= lack - amounts_slack(amount);
}

enum solve_state amounts_ask(struct solve *s, size_t cell, struct amounts_span *out)
{
    const struct solve_term of = {(int)cell, 1};
    enum solve_state state = solve_best(s, &of, 1, false, &out->low, NULL);
    return state == SOLVE_DONE ? solve_best(s, &of, 1, true, &out->high, NULL) : state;
}

bool amounts_is_good(const struct amounts *x, size_t cell, const struct amounts_span *at)
{
    return amounts_is_wide(x, at) && amounts_is_far(x, cell, at);
}

// A table of whole numbers that fits shows for every cell that its value there is possible.
static void witness(const struct amounts *x, const double *table, struct amounts_span *reach)
{
    for (size_t cell = 0; cell < x->f->n_cells; cell++) {
        reach[cell].low = table[cell] < reach[cell].low ? table[cell] : reach[cell].low;
        reach[cell].high = table[cell] > reach[cell].high ? table[cell] : reach[cell].high;
    }
}

struct amounts_span *amounts_reached(const struct amounts *x)
{
    struct amounts_span *reach = ARENA_ARRAY(x->arena, struct amounts_span, x->f->n_cells);
    for (size_t cell = 0; cell < x->f->n_cells; cell++) {
        reach[cell] = (struct amounts_span){.low = (double)x->amounts[cell], .high = (double)x->amounts[cell]};
    }
    return reach;
}

// The table that fits, with a move, where that is one of whole numbers.
static void try_move(struct amounts *x, size_t cell, bool up, struct amounts_span *reach)
{
    bool whole = amounts_move(x, cell, up, false) == SOLVE_DONE;
    double *table = x->values;
    for (size_t k = 0; whole && k < x->f->n_cells; k++) {
        double by = x->values[2 * k] - x->values[2 * k + 1];
        whole = fabs(by - round(by)) <= AMOUNTS_NEAR;
        table[k] = (double)x->amounts[k] + round(by); // k <= 2k: what is overwritten was read
    }
    if (whole) {
        witness(x, table, reach);
    }
}

// To prove the very end of an interval can take for ever in three dimensions,
// to find a table that goes far enough does not: first by the cheapest move from one that fits.
enum solve_state amounts_ask_whole(struct amounts *x, struct solve *s, size_t cell, struct amounts_span *reach)
{
    const struct solve_term of = {(int)cell, 1};
    enum solve_state state = SOLVE_DONE;
    for (int end = 0; end < 2 && !amounts_is_good(x, cell, &reach[cell]); end++) {
        try_move(x, cell, end == 1, reach);
    }
    for (int end = 0; end < 2 && state == SOLVE_DONE && !amounts_is_good(x, cell, &reach[cell]); end++) {
        double best;
        state = solve_whole(s, &of, 1, end == 1, &best, x->values);
        if (state == SOLVE_DONE) {
            witness(x, x->values, reach);
        }
    }
    return state;
}
