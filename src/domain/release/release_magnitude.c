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

#include "release/release_amounts_private.h"

#include <string.h>

#include "base/bug.h"

static enum err not_proved(struct err_info *e)
{
    return err_set(e, ERR_INPUT, NULL,
                   MSG("No choice of cells to leave out was proved to protect every contributor."),
                   MSG("Join categories, or publish totals only."), NULL);
}

// Asks every cell that is left out, and then every line; leaves out more where it must. *safe: nothing had to be.
static enum err one_round(struct amounts *x, bool *safe, struct err_info *e)
{
    struct arena *scratch = arena_new(AMOUNTS_SCRATCH);
    struct solve *s;
    bool fits;
    enum err err = amounts_reader(x, scratch, &s, &fits, e);
    unsigned char *before = arena_alloc(scratch, x->f->n_cells);
    memcpy(before, x->seen, x->f->n_cells);
    *safe = true;
    for (size_t cell = 0; err == ERR_NONE && cell < x->f->n_cells; cell++) {
        struct amounts_span at;
        if (before[cell] != RELEASE_HIDDEN) {
            continue;
        }
        if (amounts_ask(s, cell, &at) != SOLVE_DONE) {
            err = not_proved(e);
        } else if (!amounts_is_good(x, cell, &at)) {
            *safe = false;
            err = amounts_hide_more(x, cell, true) && amounts_hide_more(x, cell, false) ? ERR_NONE : not_proved(e);
        }
    }
    bool failed = false;
    *safe = err == ERR_NONE && *safe && amounts_sensitive_lines(x, scratch, true) == 0 &&
            amounts_told_to_others(x, true, &failed) == 0;
    err = failed ? not_proved(e) : err;
    arena_free(scratch);
    return err;
}

// The same among whole numbers, at the end: nothing more is left out.
static enum err last_round(struct amounts *x, struct err_info *e)
{
    struct arena *scratch = arena_new(AMOUNTS_SCRATCH);
    struct solve *s;
    bool fits;
    struct amounts_span *reach = amounts_reached(x);
    enum err err = amounts_reader(x, scratch, &s, &fits, e);
    for (size_t cell = 0; err == ERR_NONE && cell < x->f->n_cells; cell++) {
        if (x->seen[cell] == RELEASE_HIDDEN &&
            (amounts_ask_whole(x, s, cell, reach) != SOLVE_DONE || !amounts_is_good(x, cell, &reach[cell]))) {
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
    struct amounts x = {.arena = a, .f = f, .rule = rule, .amounts = amounts->counts, .behind = behind,
                            .seen = arena_alloc(a, f->n_cells), .time_ms = time_ms};
    *out = (struct release_magnitude){.amounts = amounts, .seen = x.seen};
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        x.seen[cell] = amounts_is_sensitive(&x, cell) ? RELEASE_HIDDEN : RELEASE_SHOWN;
        out->n_primary += x.seen[cell] == RELEASE_HIDDEN;
    }
    bool safe = out->n_primary == 0;
    enum err err = amounts_begin(&x, e);
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
