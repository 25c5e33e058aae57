// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_amounts_private.h: a table of amounts while it is made (release_magnitude.c) or audited
// (release_amounts_audit.c). The method is at the top of release_magnitude.c.

#ifndef RELEASE_RELEASE_AMOUNTS_PRIVATE_H
#define RELEASE_RELEASE_AMOUNTS_PRIVATE_H

#include "release/release_magnitude.h"
#include "solve/solve.h"

#define AMOUNTS_NEAR 1e-6
#define AMOUNTS_SCRATCH ((size_t)128 * 1024 * 1024)
// A reader knows no other bound of an amount: no table that is made here has a larger sum.
#define AMOUNTS_MOST ((double)RELEASE_MAX_AMOUNT)

struct amounts {
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

// What a reader thinks possible of a cell.
struct amounts_span {
    double low;
    double high;
};

// ---- the table (release_amounts.c) -------------------------------------------------------------------------------

// Fills floors, terms and values of a structure with the members before them and time_ms. ERR_INPUT: too many cells.
enum err amounts_begin(struct amounts *x, struct err_info *e) MUST_CHECK;
// Floors again, after the amounts became others.
void amounts_find_floors(struct amounts *x);
bool amounts_is_shown(const struct amounts *x, size_t cell);
// By the rule, where it is known what stands behind the cell.
bool amounts_is_sensitive(const struct amounts *x, size_t cell);
// How far from the amount of a sensitive cell both ends of the interval must be: what the p% rule lacks, at least 1.
int64_t amounts_lack_of(const struct amounts *x, size_t cell);

// ---- what a reader works out (release_amounts_reader.c) ----------------------------------------------------------

// What a reader knows: the shown amounts, all sums, and that nothing is left out where there is nothing; in the arena.
// *fits: false when a sum of shown cells is wrong.
enum err amounts_reader(struct amounts *x, struct arena *a, struct solve **out, bool *fits,
                        struct err_info *e) MUST_CHECK;
// Wide enough for whoever has the table alone: at least 1, and the rule's share of the upper end.
bool amounts_is_wide(const struct amounts *x, const struct amounts_span *at);
// Far enough on both sides for those who stand behind the cell.
bool amounts_is_far(const struct amounts *x, size_t cell, const struct amounts_span *at);
// Both.
bool amounts_is_good(const struct amounts *x, size_t cell, const struct amounts_span *at);
// What is lost to the fractions of the solver beside an amount.
double amounts_slack(double amount);
// Both ends of a cell among fractions.
enum solve_state amounts_ask(struct solve *s, size_t cell, struct amounts_span *out);
// Of each cell, what is known to be possible among whole numbers: at first only its amount.
struct amounts_span *amounts_reached(const struct amounts *x);
// Asks a cell among whole numbers, as far as is needed; whatever is found on the way goes into `reach`.
enum solve_state amounts_ask_whole(struct amounts *x, struct solve *s, size_t cell, struct amounts_span *reach);

// ---- the cheapest move (release_amounts_move.c) ------------------------------------------------------------------

// The cheapest way to move a cell by what it needs, up or down, as x->values (two for each cell: up, down); among what is
// left out alone, or with all cells. SOLVE_DONE also when there is nothing to move: values are 0 then.
enum solve_state amounts_move(struct amounts *x, size_t wanted, bool up, bool all);
// Leaves out what moves when a cell is moved. False: it cannot be moved.
bool amounts_hide_more(struct amounts *x, size_t wanted, bool up);

// ---- those who stand behind it (release_amounts_behind.c) --------------------------------------------------------

// How many lines say too much by all that is left out of them together. mend: one more goes with it in each.
size_t amounts_sensitive_lines(struct amounts *x, struct arena *scratch, bool mend);
// How many of the cells that say too much are told to somebody who stands alone in others. mend: then more is left out;
// *failed when that cannot be.
size_t amounts_told_to_others(struct amounts *x, bool mend, bool *failed);

#endif
