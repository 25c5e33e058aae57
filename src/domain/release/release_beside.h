// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_beside.h: what is known beside a release when it is drawn: exact totals, which readers of a programme see, and
// the rules by which tables are made. A draw that says too much with these is drawn again. Pure.
// Rules and examples: docs/disclosure.md, "Beside exact totals".

#ifndef RELEASE_RELEASE_BESIDE_H
#define RELEASE_RELEASE_BESIDE_H

#include "release/release_ledger.h"
#include "release/release_protect.h"

// What a reader thinks possible of one inner count who sees the rounded counts, knows the base, and knows `total`, the
// exact sum of the counts of its line. line: the rounded counts, n of them; at: which one.
struct release_interval release_beside_total(const int64_t *line, int n, int at, int64_t total, int base);

// Does a draw of `next` (frame and periods, planned by release_ledger_plan) stand beside the exact totals of exact (of
// everybody, and of each country and period and of part and rest where the table is by these) and beside the rules? Each
// inner count of a period drawn now must stay open in an interval of base - 1, or of the total itself where that is less.
bool release_stands_beside(struct arena *a, const struct release_entry *next, const struct release_cube *exact,
                           const struct release_cube *rounded, int base);

// Draws `counts` (exact ones, those of copied periods as published) until that is so. The first seed is the one given,
// each further one a hash of the one before. ERR_INPUT: as release_draw, or none of the draws stands.
enum err release_draw_beside(struct arena *a, const struct release_entry *next, const struct release_cube *exact,
                             const struct release_cube *counts, int base, const unsigned char seed[RELEASE_SEED_BYTES],
                             struct release_drawn *out, struct err_info *e) MUST_CHECK;

#endif
