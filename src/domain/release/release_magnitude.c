// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_magnitude.c: see release_magnitude.h and docs/disclosure.md, "Amounts".
//
// Method: n and p% rule for the cells themselves, and for what is left out of a line together (two who stand alone in
// their cells would know each other from the total), and moves that leave the cells alone in which somebody stands
// alone; then, while a reader's interval of a cell that is left out is too narrow, the linear programme of M. Fischetti
// and J. J. Salazar (1999): the cheapest way to move that cell by what it needs while all sums stay right; the cells it
// moves are left out as well. What a cell costs is its amount, so small ones go first. At the end every interval is
// asked again, fractions first and then whole numbers.
//
// Every cell that is left out is held to a width, not only those that say too much: a reader does not know which is
// which, and so the table can be audited without what stands behind it.

#include "release/release_magnitude.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "solve/solve.h"

#define NEAR 1e-6
#define SCRATCH ((size_t)128 * 1024 * 1024)
// A reader knows no other bound of an amount: no table that is made here has a larger sum.
#define MOST ((double)RELEASE_MAX_AMOUNT)

bool release_amount_is_sensitive(const struct release_amount *x, const struct release_amount_rule *rule)
{
    if (x->contributors == 0) {
        return false;
    }
    int64_t rest = x->amount - x->largest - x->second;
    return x->contributors < rule->contributors || 100 * rest < rule->dominance * x->largest;
}

// How far from its amount both ends of the interval must be: what the p% rule lacks, at least 1.
static int64_t lack_of(const struct release_amount *x, const struct release_amount_rule *rule)
{
    int64_t rest = x->amount - x->largest - x->second;
    int64_t lack = (rule->dominance * x->largest + 99) / 100 - rest;
    return lack < 1 ? 1 : lack;
}

struct suppressing {
    struct arena *arena;
    const struct release_frame *f;
    const struct release_amount_rule *rule;
    int64_t *amounts;      // what is shown, and a table of whole numbers that fits: the true one, where that is known
    const int64_t *floors; // of each cell: as many units as there are inner cells in it with something
    unsigned char *seen;
    const struct release_behind *behind; // or NULL
    const bool *known; // by cell: to somebody who stands alone there and asks about others; or NULL
    int time_ms;
    struct solve_term *terms;
    double *values;
};

static bool is_sensitive(const struct suppressing *x, size_t cell)
{
    return x->behind != NULL && release_amount_is_sensitive(&x->behind->cells[cell], x->rule);
}

enum err release_amount_frame(const struct release_frame *f, struct err_info *e)
{
    char most[8];
    (void)snprintf(most, sizeof most, "%d", RELEASE_AMOUNT_CELLS);
    return f->n_cells <= RELEASE_AMOUNT_CELLS
               ? ERR_NONE
               : err_set(e, ERR_INPUT, NULL, MSG("A table of amounts has at most {0} cells with its totals."),
                         MSG("Leave a dimension out, or join categories."), most, NULL);
}

static void find_floors(struct suppressing *x)
{
    struct release_cube *floors = release_cube_new(x->arena, x->f);
    for (size_t cell = 0; cell < x->f->n_cells; cell++) {
        floors->counts[cell] = release_summed(x->f, cell) == 0 && x->amounts[cell] > 0;
    }
    release_cube_sum(floors);
    x->floors = floors->counts;
}

static enum err begin(struct suppressing *x, struct err_info *e)
{
    find_floors(x);
    x->terms = ARENA_ARRAY(x->arena, struct solve_term, 2 * x->f->n_cells);
    x->values = ARENA_ARRAY(x->arena, double, 2 * x->f->n_cells);
    return release_amount_frame(x->f, e);
}

static bool is_shown(const struct suppressing *x, size_t cell)
{
    return x->seen[cell] == RELEASE_SHOWN || x->seen[cell] == RELEASE_CERTAIN;
}

// Every margin over one dimension is the sum of the cells below it. What is shown is a number and no variable: the
// solver takes nearly 0 for 0, and beside millions nearly is not enough. *fits: false when a sum of shown cells is wrong.
static void add_sums(struct suppressing *x, struct solve *s, bool *fits)
{
    const struct release_frame *f = x->f;
    for (int d = 0; d < f->n; d++) {
        for (size_t cell = 0; cell < f->n_cells; cell++) {
            int n = 0;
            int64_t known = 0;
            for (int k = 0; release_category(f, cell, d) == f->of[d].n && k <= f->of[d].n; k++) {
                size_t at = cell - (size_t)k * f->step[d];
                int64_t factor = k == 0 ? -1 : 1;
                if (is_shown(x, at)) {
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

// The same of moves: variables come in pairs, up and down, and all sums stay right. What is nothing does not move.
static void add_moves(struct suppressing *x, struct solve *s)
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

// ---- what a reader works out ----------------------------------------------------------------------------

// What a reader knows: the shown amounts, all sums, and that nothing is left out where there is nothing.
static enum err reader(struct suppressing *x, struct arena *a, struct solve **out, bool *fits, struct err_info *e)
{
    *fits = true;
    enum err err = solve_new(a, (int)x->f->n_cells, x->time_ms, out, e);
    for (size_t cell = 0; err == ERR_NONE && cell < x->f->n_cells; cell++) {
        if (!is_shown(x, cell)) {
            solve_bound(*out, (int)cell, x->seen[cell] == RELEASE_HIDDEN ? 1 : 0, MOST, true);
        }
    }
    if (err == ERR_NONE) {
        add_sums(x, *out, fits);
    }
    return err;
}

struct span {
    double low;
    double high;
};

static double slack(double amount)
{
    return NEAR * (1 + amount);
}

// Wide enough for whoever has the table alone: at least 1, and the rule's share of the upper end.
static bool is_wide(const struct suppressing *x, const struct span *at)
{
    double share = x->rule->dominance / 100.0 * at->high;
    return at->high - at->low >= (share < 1 ? 1 : share) - slack(at->high);
}

// Far enough on both sides for those who stand behind the cell. It cannot fall below its floor: there that is all it
// can need.
static bool is_far(const struct suppressing *x, size_t cell, const struct span *at)
{
    if (!is_sensitive(x, cell)) {
        return true;
    }
    double amount = (double)x->amounts[cell];
    double lack = (double)lack_of(&x->behind->cells[cell], x->rule);
    double down = amount - (double)x->floors[cell];
    double below = lack < down ? lack : down;
    return amount - at->low >= below - slack(amount) && at->high - amount >= lack - slack(amount);
}

// ---- the cheapest move ----------------------------------------------------------------------------------------

// What a cell is moved by, so that it is far, and wide to who gave nothing: a part p of the upper end h is at least a part p / (1 - p) of the
// amount itself, when h is no more than that above it.
static int64_t need_of(const struct suppressing *x, size_t cell)
{
    int64_t p = x->rule->dominance;
    int64_t wide = (p * x->amounts[cell] + 99 - p) / (100 - p);
    int64_t lack = is_sensitive(x, cell) ? lack_of(&x->behind->cells[cell], x->rule) : 1;
    return wide > lack && x->known == NULL ? wide : lack;
}

// The cheapest way to move a cell by what it needs, up or down, as x->values; among what is left out alone, or with all
// cells. SOLVE_DONE also when there is nothing to move: values are 0 then.
static enum solve_state move(struct suppressing *x, size_t wanted, bool up, bool all)
{
    const struct release_frame *f = x->f;
    struct arena *scratch = arena_new(SCRATCH);
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
            bool moves = there > 0 && (all || !is_shown(x, cell)); // a reader knows where there is nothing
            moves = moves && (x->known == NULL || !x->known[cell]);
            solve_bound(s, 2 * (int)cell, 0, moves ? MOST - (double)there : 0, false);
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

// Leaves out what moves when a cell is moved.
static bool hide_more(struct suppressing *x, size_t wanted, bool up)
{
    bool done = move(x, wanted, up, true) == SOLVE_DONE;
    for (size_t cell = 0; done && cell < x->f->n_cells; cell++) {
        if (x->amounts[cell] > 0 && x->values[2 * cell] + x->values[2 * cell + 1] > NEAR) {
            x->seen[cell] = RELEASE_HIDDEN;
        }
    }
    return done;
}

// ---- asking ---------------------------------------------------------------------------------------------------

// Among fractions: both ends.
static enum solve_state ask(struct solve *s, size_t cell, struct span *out)
{
    const struct solve_term of = {(int)cell, 1};
    enum solve_state state = solve_best(s, &of, 1, false, &out->low, NULL);
    return state == SOLVE_DONE ? solve_best(s, &of, 1, true, &out->high, NULL) : state;
}

static bool is_good(const struct suppressing *x, size_t cell, const struct span *at)
{
    return is_wide(x, at) && is_far(x, cell, at);
}

// A table of whole numbers that fits shows for every cell that its value there is possible.
static void witness(const struct suppressing *x, const double *table, struct span *reach)
{
    for (size_t cell = 0; cell < x->f->n_cells; cell++) {
        reach[cell].low = table[cell] < reach[cell].low ? table[cell] : reach[cell].low;
        reach[cell].high = table[cell] > reach[cell].high ? table[cell] : reach[cell].high;
    }
}

// So far only the table that fits.
static struct span *reached(const struct suppressing *x)
{
    struct span *reach = ARENA_ARRAY(x->arena, struct span, x->f->n_cells);
    for (size_t cell = 0; cell < x->f->n_cells; cell++) {
        reach[cell] = (struct span){.low = (double)x->amounts[cell], .high = (double)x->amounts[cell]};
    }
    return reach;
}

// The table that fits, with a move, where that is one of whole numbers.
static void try_move(struct suppressing *x, size_t cell, bool up, struct span *reach)
{
    bool whole = move(x, cell, up, false) == SOLVE_DONE;
    double *table = x->values;
    for (size_t k = 0; whole && k < x->f->n_cells; k++) {
        double by = x->values[2 * k] - x->values[2 * k + 1];
        whole = fabs(by - round(by)) <= NEAR;
        table[k] = (double)x->amounts[k] + round(by); // k <= 2k: what is overwritten was read
    }
    if (whole) {
        witness(x, table, reach);
    }
}

// Among whole numbers: as far as is needed. To prove the very end of an interval can take for ever in three dimensions,
// to find a table that goes far enough does not: first by the cheapest move from one that fits.
static enum solve_state ask_whole(struct suppressing *x, struct solve *s, size_t cell, struct span *reach)
{
    const struct solve_term of = {(int)cell, 1};
    enum solve_state state = SOLVE_DONE;
    for (int end = 0; end < 2 && !is_good(x, cell, &reach[cell]); end++) {
        try_move(x, cell, end == 1, reach);
    }
    for (int end = 0; end < 2 && state == SOLVE_DONE && !is_good(x, cell, &reach[cell]); end++) {
        double best;
        state = solve_whole(s, &of, 1, end == 1, &best, x->values);
        if (state == SOLVE_DONE) {
            witness(x, x->values, reach);
        }
    }
    return state;
}

// ---- lines ----------------------------------------------------------------------------------------------------

// The smallest of a line that is shown, its margin too, and not nothing.
static size_t smallest_shown(const struct suppressing *x, int d, size_t margin)
{
    size_t best = margin;
    for (int k = 1; k <= x->f->of[d].n; k++) {
        size_t at = margin - (size_t)k * x->f->step[d];
        best = is_shown(x, at) && x->amounts[at] > 0 && x->amounts[at] < x->amounts[best] ? at : best;
    }
    return best;
}

// How many lines say too much by all that is left out of them together. mend: one more goes with it in each.
static size_t sensitive_lines(struct suppressing *x, struct arena *scratch, bool mend)
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

// ---- who stands alone -----------------------------------------------------------------------------------------

// Those who know a cell that the last move moved, and gave nothing in the cell that it is about. Ends with -1.
static const int *who_sees(const struct suppressing *x, struct arena *a, const int *alone, const bool *gave)
{
    int *who = ARENA_ARRAY(a, int, x->f->n_cells + 1);
    size_t n = 0;
    for (size_t cell = 0; cell < x->f->n_cells; cell++) {
        int c = alone[cell];
        bool moved = x->values[2 * cell] + x->values[2 * cell + 1] > NEAR;
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
static bool is_told(struct suppressing *x, struct arena *scratch, size_t cell, const int *alone, bool mend, bool *failed)
{
    const bool *gave = release_behind_gave(scratch, x->f, x->behind, cell);
    bool *known = ARENA_ARRAY(scratch, bool, x->f->n_cells);
    bool told = false;
    x->known = known;
    for (int up = 0; up < 2; up++) {
        memset(known, 0, x->f->n_cells * sizeof *known);
        bool stuck = move(x, cell, up, false) != SOLVE_DONE;
        const int *who = who_sees(x, scratch, alone, gave);
        do { // first whoever sees none of it
            if (stuck) {
                told = true;
                *failed = *failed || (mend && !hide_more(x, cell, up));
            }
            for (size_t k = 0; k < x->f->n_cells; k++) {
                known[k] = *who >= 0 && alone[k] == *who;
            }
            stuck = *who >= 0 && move(x, cell, up, false) != SOLVE_DONE;
        } while (*who++ >= 0);
    }
    x->known = NULL;
    return told;
}

// How many of the cells that say too much are told to somebody who stands alone in others.
static size_t told_to_others(struct suppressing *x, bool mend, bool *failed)
{
    struct arena *kept = arena_new(SCRATCH);
    struct arena *scratch = arena_new(SCRATCH);
    const int *alone = release_behind_alone(kept, x->f, x->behind);
    size_t n = 0;
    for (size_t cell = 0; cell < x->f->n_cells && x->behind->n > 0; cell++) {
        arena_reset(scratch);
        if (x->seen[cell] == RELEASE_HIDDEN && is_sensitive(x, cell)) {
            n += is_told(x, scratch, cell, alone, mend, failed);
        }
    }
    arena_free(scratch);
    arena_free(kept);
    return n;
}

// ---- making ---------------------------------------------------------------------------------------------------

static enum err not_proved(struct err_info *e)
{
    return err_set(e, ERR_INPUT, NULL,
                   MSG("No choice of cells to leave out was proved to protect every contributor."),
                   MSG("Join categories, or publish totals only."), NULL);
}

// Asks every cell that is left out, and then every line; leaves out more where it must. *safe: nothing had to be.
static enum err one_round(struct suppressing *x, bool *safe, struct err_info *e)
{
    struct arena *scratch = arena_new(SCRATCH);
    struct solve *s;
    bool fits;
    enum err err = reader(x, scratch, &s, &fits, e);
    unsigned char *before = arena_alloc(scratch, x->f->n_cells);
    memcpy(before, x->seen, x->f->n_cells);
    *safe = true;
    for (size_t cell = 0; err == ERR_NONE && cell < x->f->n_cells; cell++) {
        struct span at;
        if (before[cell] != RELEASE_HIDDEN) {
            continue;
        }
        if (ask(s, cell, &at) != SOLVE_DONE) {
            err = not_proved(e);
        } else if (!is_good(x, cell, &at)) {
            *safe = false;
            err = hide_more(x, cell, true) && hide_more(x, cell, false) ? ERR_NONE : not_proved(e);
        }
    }
    bool failed = false;
    *safe = err == ERR_NONE && *safe && sensitive_lines(x, scratch, true) == 0 &&
            told_to_others(x, true, &failed) == 0;
    err = failed ? not_proved(e) : err;
    arena_free(scratch);
    return err;
}

// The same among whole numbers, at the end: nothing more is left out.
static enum err last_round(struct suppressing *x, struct err_info *e)
{
    struct arena *scratch = arena_new(SCRATCH);
    struct solve *s;
    bool fits;
    struct span *reach = reached(x);
    enum err err = reader(x, scratch, &s, &fits, e);
    for (size_t cell = 0; err == ERR_NONE && cell < x->f->n_cells; cell++) {
        if (x->seen[cell] == RELEASE_HIDDEN &&
            (ask_whole(x, s, cell, reach) != SOLVE_DONE || !is_good(x, cell, &reach[cell]))) {
            err = not_proved(e);
        }
    }
    arena_free(scratch);
    return err;
}

enum err release_suppress(struct arena *a, const struct release_frame *f, const struct release_behind *behind,
                          const struct release_amount_rule *rule, int time_ms, struct release_magnitude *out,
                          struct err_info *e)
{
    struct release_cube *amounts = release_cube_new(a, f);
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        if (release_summed(f, cell) == 0) {
            ensure(behind->cells[cell].amount >= 0);
            amounts->counts[cell] = behind->cells[cell].amount;
        }
    }
    release_cube_sum(amounts);
    ensure(amounts->counts[release_grand_total(f)] <= RELEASE_MAX_AMOUNT);
    struct suppressing x = {.arena = a, .f = f, .rule = rule, .amounts = amounts->counts, .behind = behind,
                            .seen = arena_alloc(a, f->n_cells), .time_ms = time_ms};
    *out = (struct release_magnitude){.amounts = amounts, .seen = x.seen};
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        x.seen[cell] = is_sensitive(&x, cell) ? RELEASE_HIDDEN : RELEASE_SHOWN;
        out->n_primary += x.seen[cell] == RELEASE_HIDDEN;
    }
    bool safe = out->n_primary == 0;
    enum err err = begin(&x, e);
    // Each round mends at least one cell for good, or is the last.
    for (size_t round = 0; err == ERR_NONE && !safe && round < f->n_cells; round++) {
        err = one_round(&x, &safe, e);
    }
    if (err == ERR_NONE && out->n_primary > 0) {
        out->whole = true;
        err = last_round(&x, e);
    }
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        out->n_secondary += x.seen[cell] == RELEASE_HIDDEN;
    }
    out->n_secondary -= out->n_primary;
    return err == ERR_NONE && !safe ? not_proved(e) : err;
}

// ---- auditing -------------------------------------------------------------------------------------------------

static void judge(const struct suppressing *x, size_t cell, const struct span *at, struct release_amount_audit *out)
{
    double near = slack(at->high) < 0.01 ? slack(at->high) : 0.01; // fractions of the solver, not units
    const struct release_interval found = {(int64_t)ceil(at->low - near), (int64_t)floor(at->high + near)};
    int64_t width = found.high - found.low;
    int64_t weakest = out->weakest.high - out->weakest.low;
    if (out->weakest.high == 0 || (double)width * (double)out->weakest.high < (double)weakest * (double)found.high) {
        out->weakest = found;
        out->weakest_cell = cell;
    }
    out->n_exact += width <= 0;
    out->n_near += width > 0 && !is_wide(x, at);
    out->n_told += width > 0 && is_wide(x, at) && !is_far(x, cell, at);
}

// A table of whole numbers that fits, where the true one is not known.
static enum solve_state find_table(struct suppressing *x, struct solve *s)
{
    const struct solve_term of = {(int)release_grand_total(x->f), 1};
    double best;
    enum solve_state state = x->behind != NULL ? SOLVE_DONE : solve_whole(s, &of, 1, false, &best, x->values);
    for (size_t cell = 0; x->behind == NULL && state == SOLVE_DONE && cell < x->f->n_cells; cell++) {
        x->amounts[cell] = is_shown(x, cell) ? x->amounts[cell] : (int64_t)round(x->values[cell]);
    }
    find_floors(x);
    return state;
}

// Intervals of all that is left out, among fractions and then, where they are good, among whole numbers. False: some are
// not known in time, or nothing fits.
static bool ask_all(struct suppressing *x, struct solve *s, struct release_amount_audit *out)
{
    bool *good = ARENA_ARRAY(x->arena, bool, x->f->n_cells);
    enum solve_state state = SOLVE_DONE;
    bool failed = false;
    out->n_told = x->behind == NULL ? 0 : sensitive_lines(x, x->arena, false) + told_to_others(x, false, &failed);
    for (size_t cell = 0; state == SOLVE_DONE && cell < x->f->n_cells; cell++) {
        struct span at;
        out->n_told += is_shown(x, cell) && is_sensitive(x, cell);
        if (x->seen[cell] != RELEASE_HIDDEN) {
            continue;
        }
        out->n_left_out++;
        state = ask(s, cell, &at);
        if (state == SOLVE_DONE) {
            good[cell] = is_good(x, cell, &at);
            judge(x, cell, &at, out);
        }
    }
    state = state == SOLVE_DONE && out->n_left_out > 0 ? find_table(x, s) : state;
    struct span *reach = reached(x);
    for (size_t cell = 0; state == SOLVE_DONE && cell < x->f->n_cells; cell++) {
        state = good[cell] ? ask_whole(x, s, cell, reach) : SOLVE_DONE;
        if (state == SOLVE_DONE && good[cell] && !is_good(x, cell, &reach[cell])) {
            judge(x, cell, &reach[cell], out);
        }
    }
    out->impossible = state == SOLVE_IMPOSSIBLE;
    out->whole = state == SOLVE_DONE;
    return state == SOLVE_DONE;
}

static bool is_same(const struct suppressing *x, const struct release_table *t)
{
    bool same = true;
    for (size_t cell = 0; cell < t->frame->n_cells; cell++) {
        same = same && (!is_shown(x, cell) || x->behind->cells[cell].amount == t->counts[cell]);
    }
    return same;
}

enum err release_audit_amounts(struct arena *a, const struct release_table *t, const struct release_behind *behind,
                               const struct release_amount_rule *said, const struct release_amount_rule *rule,
                               int time_ms, struct release_amount_audit *out, struct err_info *e)
{
    *out = (struct release_amount_audit){.verdict = RELEASE_UNPROVED};
    int64_t *amounts = ARENA_ARRAY(a, int64_t, t->frame->n_cells);
    for (size_t cell = 0; cell < t->frame->n_cells; cell++) {
        amounts[cell] = behind == NULL ? t->counts[cell] : behind->cells[cell].amount;
    }
    struct suppressing x = {.arena = a, .f = t->frame, .rule = rule, .amounts = amounts, .behind = behind,
                            .seen = arena_alloc(a, t->frame->n_cells), .time_ms = time_ms};
    memcpy(x.seen, t->seen, t->frame->n_cells);
    enum err err = begin(&x, e);
    if (err == ERR_NONE && behind != NULL && !is_same(&x, t)) {
        err = err_set(e, ERR_INPUT, NULL, MSG("The table shows other amounts than the contributions give."),
                      MSG("Take the file that it was made from."), NULL);
    }
    struct arena *scratch = arena_new(SCRATCH);
    struct solve *s;
    if (err == ERR_NONE) {
        bool fits;
        err = reader(&x, scratch, &s, &fits, e);
        out->impossible = !fits;
    }
    if (err == ERR_NONE && !out->impossible && ask_all(&x, s, out)) {
        out->low_rule = said->contributors < rule->contributors || said->dominance < rule->dominance;
        bool open = out->low_rule || out->n_exact + out->n_near + out->n_told > 0;
        out->verdict = open ? RELEASE_OPEN : RELEASE_PROTECTED;
    }
    arena_free(scratch);
    return err;
}
