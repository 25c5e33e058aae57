// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_magnitude.h: tables of amounts (money): which cells to leave out so that nobody's amount can be worked
// out, neither from its cell nor from the totals. For counts of people see release.h: those are rounded.

#ifndef RELEASE_RELEASE_MAGNITUDE_H
#define RELEASE_RELEASE_MAGNITUDE_H

#include "release/release.h"

// Largest amount of one cell in whole units of its table: what the solver tells apart.
#define RELEASE_MAX_AMOUNT INT64_C(1000000000)

// What stands behind one inner cell.
struct release_amount {
    int64_t amount;       // sum of all contributions, 0 to RELEASE_MAX_AMOUNT
    int64_t largest;      // contribution
    int64_t second;       // the one after it; 0 when there is none
    int64_t contributors; // 0 where the amount is 0
};

struct release_magnitude {
    const struct release_cube *amounts; // with margins
    unsigned char *seen;  // by cell: RELEASE_SHOWN or RELEASE_HIDDEN
    size_t n_primary;     // cells that say too much by themselves
    size_t n_secondary;   // cells left out so that those cannot be worked out
    bool whole;           // also tried among whole numbers
};

// Does one cell say too much? Fewer contributors than `contributors`, or all but the two largest together
// less than `dominance` per cent of the largest (p% rule).
bool release_amount_is_sensitive(const struct release_amount *x, int contributors, int dominance);
// Chooses what to leave out. behind: one for each cell of the frame, margins left empty. ERR_INPUT when no
// choice is proved to protect every sensitive cell within time_ms: nothing may be published then.
enum err release_suppress(struct arena *a, const struct release_frame *f,
                          const struct release_amount *behind, int contributors, int dominance,
                          int time_ms, struct release_magnitude *out, struct err_info *e) MUST_CHECK;

#endif
