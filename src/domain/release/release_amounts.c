// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_amounts.c: a table of amounts: the rule for its cells, its floors. See release_amounts_private.h.

#include "release/release_amounts_private.h"

#include <stdio.h>

bool release_amount_is_sensitive(const struct release_amount *x, const struct release_amount_rule *rule)
{
    if (x->contributors == 0) {
        return false;
    }
    int64_t rest = x->amount - x->largest - x->second;
    return x->contributors < rule->contributors || 100 * rest < rule->dominance * x->largest;
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

bool amounts_is_sensitive(const struct amounts *x, size_t cell)
{
    return x->behind != NULL && release_amount_is_sensitive(&x->behind->cells[cell], x->rule);
}

int64_t amounts_lack_of(const struct amounts *x, size_t cell)
{
    const struct release_amount *at = &x->behind->cells[cell];
    int64_t rest = at->amount - at->largest - at->second;
    int64_t lack = (x->rule->dominance * at->largest + 99) / 100 - rest;
    return lack < 1 ? 1 : lack;
}

void amounts_find_floors(struct amounts *x)
{
    struct release_cube *floors = release_cube_new(x->arena, x->f);
    for (size_t cell = 0; cell < x->f->n_cells; cell++) {
        floors->counts[cell] = release_summed(x->f, cell) == 0 && x->amounts[cell] > 0;
    }
    release_cube_sum(floors);
    x->floors = floors->counts;
}

enum err amounts_begin(struct amounts *x, struct err_info *e)
{
    amounts_find_floors(x);
    x->terms = ARENA_ARRAY(x->arena, struct solve_term, 2 * x->f->n_cells);
    x->values = ARENA_ARRAY(x->arena, double, 2 * x->f->n_cells);
    return release_amount_frame(x->f, e);
}

bool amounts_is_shown(const struct amounts *x, size_t cell)
{
    return x->seen[cell] == RELEASE_SHOWN || x->seen[cell] == RELEASE_CERTAIN;
}
