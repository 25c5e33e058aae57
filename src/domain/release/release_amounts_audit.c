// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_amounts_audit.c: the audit of a table of amounts. See release_magnitude.h.

#include "release/release_amounts_private.h"

#include <math.h>
#include <string.h>

static void judge(const struct amounts *x, size_t cell, const struct amounts_span *at, struct release_amount_audit *out)
{
    double near = amounts_slack(at->high) < 0.01 ? amounts_slack(at->high) : 0.01; // fractions of the solver, not units
    const struct release_interval found = {(int64_t)ceil(at->low - near), (int64_t)floor(at->high + near)};
    int64_t width = found.high - found.low;
    int64_t weakest = out->weakest.high - out->weakest.low;
    if (out->weakest.high == 0 || (double)width * (double)out->weakest.high < (double)weakest * (double)found.high) {
        out->weakest = found;
        out->weakest_cell = cell;
    }
    out->n_exact += width <= 0;
    out->n_near += width > 0 && !amounts_is_wide(x, at);
    out->n_told += width > 0 && amounts_is_wide(x, at) && !amounts_is_far(x, cell, at);
}

// A table of whole numbers that fits, where the true one is not known.
static enum solve_state find_table(struct amounts *x, struct solve *s)
{
    const struct solve_term of = {(int)release_grand_total(x->f), 1};
    double best;
    enum solve_state state = x->behind != NULL ? SOLVE_DONE : solve_whole(s, &of, 1, false, &best, x->values);
    for (size_t cell = 0; x->behind == NULL && state == SOLVE_DONE && cell < x->f->n_cells; cell++) {
        x->amounts[cell] = amounts_is_shown(x, cell) ? x->amounts[cell] : (int64_t)round(x->values[cell]);
    }
    amounts_find_floors(x);
    return state;
}

// Intervals of all that is left out, among fractions and then, where they are good, among whole numbers. False: some are
// not known in time, or nothing fits.
static bool ask_all(struct amounts *x, struct solve *s, struct release_amount_audit *out)
{
    bool *good = ARENA_ARRAY(x->arena, bool, x->f->n_cells);
    enum solve_state state = SOLVE_DONE;
    bool failed = false;
    out->n_told = x->behind == NULL ? 0 : amounts_sensitive_lines(x, x->arena, false) +
                                               amounts_told_to_others(x, false, &failed);
    for (size_t cell = 0; state == SOLVE_DONE && cell < x->f->n_cells; cell++) {
        struct amounts_span at;
        out->n_told += amounts_is_shown(x, cell) && amounts_is_sensitive(x, cell);
        if (x->seen[cell] != RELEASE_HIDDEN) {
            continue;
        }
        out->n_left_out++;
        state = amounts_ask(s, cell, &at);
        if (state == SOLVE_DONE) {
            good[cell] = amounts_is_good(x, cell, &at);
            judge(x, cell, &at, out);
        }
    }
    state = state == SOLVE_DONE && out->n_left_out > 0 ? find_table(x, s) : state;
    struct amounts_span *reach = amounts_reached(x);
    for (size_t cell = 0; state == SOLVE_DONE && cell < x->f->n_cells; cell++) {
        state = good[cell] ? amounts_ask_whole(x, s, cell, reach) : SOLVE_DONE;
        if (state == SOLVE_DONE && good[cell] && !amounts_is_good(x, cell, &reach[cell])) {
            judge(x, cell, &reach[cell], out);
        }
    }
    out->impossible = state == SOLVE_IMPOSSIBLE;
    out->whole = state == SOLVE_DONE;
    return state == SOLVE_DONE;
}

static bool is_same(const struct amounts *x, const struct release_table *t)
{
    bool same = true;
    for (size_t cell = 0; cell < t->frame->n_cells; cell++) {
        same = same && (!amounts_is_shown(x, cell) || x->behind->cells[cell].amount == t->counts[cell]);
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
    struct amounts x = {.arena = a, .f = t->frame, .rule = rule, .amounts = amounts, .behind = behind,
                            .seen = arena_alloc(a, t->frame->n_cells), .time_ms = time_ms};
    memcpy(x.seen, t->seen, t->frame->n_cells);
    enum err err = amounts_begin(&x, e);
    if (err == ERR_NONE && behind != NULL && !is_same(&x, t)) {
        err = err_set(e, ERR_INPUT, NULL, MSG("The table shows other amounts than the contributions give."),
                      MSG("Take the file that it was made from."), NULL);
    }
    struct arena *scratch = arena_new(AMOUNTS_SCRATCH);
    struct solve *s;
    if (err == ERR_NONE) {
        bool fits;
        err = amounts_reader(&x, scratch, &s, &fits, e);
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
