// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_magnitude.c: see release_magnitude.h and docs/disclosure.md, "Amounts".
//
// Method: n and p% rule for the cells themselves; then, while a reader's interval of a sensitive cell ends
// too near to its amount, the linear programme of M. Fischetti and J. J. Salazar (1999): the cheapest way to
// move that cell by what it needs while all sums stay right; the cells it moves are left out as well. What
// a cell costs is its amount, so small ones go first. At the end every interval is asked again, fractions first
// and then whole numbers. What a sensitive margin needs is what its parts need, which are asked themselves.

#include "release/release_magnitude.h"

#include <math.h>

#include "base/bug.h"
#include "solve/solve.h"

#define NEAR 1e-6

bool release_amount_is_sensitive(const struct release_amount *x, int contributors, int dominance)
{
    if (x->contributors == 0) {
        return false;
    }
    int64_t rest = x->amount - x->largest - x->second;
    return x->contributors < contributors || 100 * rest < (int64_t)dominance * x->largest;
}

// How far from its amount both ends of the interval must be: what the p% rule lacks, at least 1.
static int64_t need_of(const struct release_amount *x, int dominance)
{
    int64_t rest = x->amount - x->largest - x->second;
    int64_t need = ((int64_t)dominance * x->largest + 99) / 100 - rest;
    return need < 1 ? 1 : need;
}

struct suppressing {
    struct arena *arena;
    const struct release_frame *f;
    const struct release_cube *amounts;
    unsigned char *seen;
    size_t *sensitive;
    int64_t *need;
    size_t n;
    int time_ms;
    struct solve_term *terms;
    double *values;
};

// Every margin over one dimension is the sum of the cells below it. turned: variables come in pairs, up and
// down, as the programme of the cheapest move wants them.
static void add_relations(struct suppressing *x, struct solve *s, bool turned)
{
    const struct release_frame *f = x->f;
    for (int d = 0; d < f->n; d++) {
        for (size_t cell = 0; cell < f->n_cells; cell++) {
            if (release_category(f, cell, d) != f->of[d].n) {
                continue;
            }
            int n = 0;
            for (int k = 0; k <= f->of[d].n; k++) {
                int variable = (int)(cell - (size_t)k * f->step[d]);
                double factor = k == 0 ? -1 : 1;
                if (turned) {
                    x->terms[n++] = (struct solve_term){2 * variable, factor};
                    x->terms[n++] = (struct solve_term){2 * variable + 1, -factor};
                } else {
                    x->terms[n++] = (struct solve_term){variable, factor};
                }
            }
            solve_sum(s, x->terms, n, 0, 0);
        }
    }
}

// ---- what a reader works out ----------------------------------------------------------------------------

// Both ends of one cell, as far as they are known to be reached.
enum answer { ANSWER_SAFE, ANSWER_NEAR, ANSWER_NONE };

static enum answer ask(struct suppressing *x, struct solve *s, size_t i, bool whole)
{
    const struct solve_term cell = {(int)x->sensitive[i], 1};
    double amount = (double)x->amounts->counts[x->sensitive[i]];
    double need = (double)x->need[i];
    for (int end = 0; end < 2; end++) {
        bool largest = end == 1;
        // a cell cannot fall below 0: there the whole amount is all it can need
        double wanted = largest ? need : need < amount ? need : amount;
        double best;
        enum solve_state state = whole ? solve_whole(s, &cell, 1, largest, &best, NULL)
                                       : solve_best(s, &cell, 1, largest, &best, NULL);
        if (state != SOLVE_DONE) {
            return ANSWER_NONE;
        }
        if (fabs(best - amount) < wanted - NEAR * (1 + amount)) {
            return ANSWER_NEAR;
        }
    }
    return ANSWER_SAFE;
}

static enum err reader(struct suppressing *x, struct arena *a, struct solve **out, struct err_info *e)
{
    enum err err = solve_new(a, (int)x->f->n_cells, x->time_ms, out, e);
    for (size_t cell = 0; err == ERR_NONE && cell < x->f->n_cells; cell++) {
        double amount = (double)x->amounts->counts[cell];
        bool hidden = x->seen[cell] == RELEASE_HIDDEN;
        solve_bound(*out, (int)cell, hidden ? 0 : amount, hidden ? SOLVE_FREE_ABOVE : amount, true);
    }
    if (err == ERR_NONE) {
        add_relations(x, *out, false);
    }
    return err;
}

// ---- the cheapest move ----------------------------------------------------------------------------------------

// Moves sensitive cell i by what it needs, up or down, and hides what moves with it.
static enum err hide_more(struct suppressing *x, struct arena *a, size_t i, bool up, bool *done,
                          struct err_info *e)
{
    const struct release_frame *f = x->f;
    struct solve *s;
    enum err err = solve_new(a, 2 * (int)f->n_cells, x->time_ms, &s, e);
    if (err != ERR_NONE) {
        return err;
    }
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        double amount = (double)x->amounts->counts[cell];
        bool empty = amount <= 0; // a reader knows that nobody contributed
        solve_bound(s, 2 * (int)cell, 0, empty ? 0 : SOLVE_FREE_ABOVE, false);
        solve_bound(s, 2 * (int)cell + 1, 0, amount, false);
    }
    double need = (double)x->need[i];
    double amount = (double)x->amounts->counts[x->sensitive[i]];
    need = !up && need > amount ? amount : need;
    int moved = 2 * (int)x->sensitive[i];
    solve_bound(s, moved + !up, need, need, false);
    solve_bound(s, moved + up, 0, 0, false);
    add_relations(x, s, true);
    int n = 0;
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        double cost = x->seen[cell] == RELEASE_HIDDEN ? 0 : 1 + log1p((double)x->amounts->counts[cell]);
        x->terms[n++] = (struct solve_term){2 * (int)cell, cost};
        x->terms[n++] = (struct solve_term){2 * (int)cell + 1, cost};
    }
    double best;
    *done = solve_best(s, x->terms, n, false, &best, x->values) == SOLVE_DONE;
    for (size_t cell = 0; *done && cell < f->n_cells; cell++) {
        if (x->values[2 * cell] + x->values[2 * cell + 1] > NEAR) {
            x->seen[cell] = RELEASE_HIDDEN;
        }
    }
    return ERR_NONE;
}

// ---- the whole ----------------------------------------------------------------------------------------------

static void find_sensitive(struct suppressing *x, const struct release_amount *behind, int contributors,
                           int dominance)
{
    for (size_t cell = 0; cell < x->f->n_cells; cell++) {
        x->seen[cell] = RELEASE_SHOWN;
        if (release_summed(x->f, cell) == 0 &&
            release_amount_is_sensitive(&behind[cell], contributors, dominance)) {
            x->seen[cell] = RELEASE_HIDDEN;
            x->sensitive[x->n] = cell;
            x->need[x->n++] = need_of(&behind[cell], dominance);
        }
    }
}

static enum err not_proved(struct err_info *e)
{
    return err_set(e, ERR_INPUT, NULL,
                   MSG("No choice of cells to leave out was proved to protect every contributor."),
                   MSG("Join categories, or publish totals only."), NULL);
}

// Asks every sensitive cell; hides more where it must. *safe: nothing had to be hidden.
static enum err one_round(struct suppressing *x, bool whole, bool *safe, struct err_info *e)
{
    struct arena *scratch = arena_new((size_t)128 * 1024 * 1024);
    struct solve *s;
    bool done = true;
    enum err err = reader(x, scratch, &s, e);
    *safe = true;
    for (size_t i = 0; err == ERR_NONE && i < x->n; i++) {
        enum answer answer = ask(x, s, i, whole);
        if (answer == ANSWER_NONE || (answer == ANSWER_NEAR && whole)) {
            err = not_proved(e);
        } else if (answer == ANSWER_NEAR) {
            *safe = false;
            err = hide_more(x, scratch, i, true, &done, e);
            if (err == ERR_NONE && done) {
                err = hide_more(x, scratch, i, false, &done, e);
            }
            if (err == ERR_NONE && !done) {
                err = not_proved(e);
            }
        }
    }
    arena_free(scratch);
    return err;
}

enum err release_suppress(struct arena *a, const struct release_frame *f,
                          const struct release_amount *behind, int contributors, int dominance,
                          int time_ms, struct release_magnitude *out, struct err_info *e)
{
    struct release_cube *amounts = release_cube_new(a, f);
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        if (release_summed(f, cell) == 0) {
            ensure(behind[cell].amount >= 0 && behind[cell].amount <= RELEASE_MAX_AMOUNT);
            amounts->counts[cell] = behind[cell].amount;
        }
    }
    release_cube_sum(amounts);
    struct suppressing x = {.arena = a, .f = f, .amounts = amounts, .time_ms = time_ms,
                            .seen = arena_alloc(a, f->n_cells),
                            .sensitive = ARENA_ARRAY(a, size_t, f->n_cells),
                            .need = ARENA_ARRAY(a, int64_t, f->n_cells),
                            .terms = ARENA_ARRAY(a, struct solve_term, 2 * f->n_cells),
                            .values = ARENA_ARRAY(a, double, 2 * f->n_cells)};
    find_sensitive(&x, behind, contributors, dominance);
    *out = (struct release_magnitude){.amounts = amounts, .seen = x.seen, .n_primary = x.n};
    bool safe = x.n == 0;
    enum err err = ERR_NONE;
    // Each round hides at least one cell more, or is the last.
    for (size_t round = 0; err == ERR_NONE && !safe && round < f->n_cells; round++) {
        err = one_round(&x, false, &safe, e);
    }
    if (err == ERR_NONE && x.n > 0 && f->n_inner <= RELEASE_WHOLE_CELLS) {
        out->whole = true;
        err = one_round(&x, true, &safe, e);
    }
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        out->n_secondary += x.seen[cell] == RELEASE_HIDDEN;
    }
    out->n_secondary -= x.n;
    return err == ERR_NONE && !safe ? not_proved(e) : err;
}
