// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_magnitude.h: tables of amounts (money): which cells to leave out so that nobody's amount can be worked
// out, neither from its cell nor from the totals; and the audit of such a table. For counts of people see release.h:
// those are rounded. Method and examples: docs/disclosure.md, "Amounts".

#ifndef RELEASE_RELEASE_MAGNITUDE_H
#define RELEASE_RELEASE_MAGNITUDE_H

#include "release/release.h"

// Largest sum of a whole table, in its whole units: what the solver tells apart.
#define RELEASE_MAX_AMOUNT INT64_C(1000000000)
// Cells with totals: larger tables take more than some minutes.
#define RELEASE_AMOUNT_CELLS 1000

// Whose amount is in which cell is told by these two.
struct release_amount_rule {
    int contributors; // at least so many stand behind an amount that is shown
    int dominance;    // per cent, 1 to 50: nobody comes nearer to an amount than this
};

// What stands behind one cell.
struct release_amount {
    int64_t amount;       // sum of all contributions, 0 to RELEASE_MAX_AMOUNT
    int64_t largest;      // contribution
    int64_t second;       // the one after it; 0 when there is none
    int64_t contributors; // 0 where the amount is 0
};

// What one contributor gave in one inner cell, or a part of it.
struct release_contribution {
    int contributor; // a number for each
    size_t cell;
    int64_t amount; // above 0
};

// What stands behind a table.
struct release_behind {
    const struct release_amount *cells; // by cell, margins too
    const struct release_contribution *items; // by contributor
    size_t n;
};

// ---- what stands behind (release_behind.c) ---------------------------------------------------------------------

// Sorts the contributions, and adds up what each contributor gave in every cell. In the arena; the items stay the
// caller's.
struct release_behind release_behind_of(struct arena *a, const struct release_frame *f,
                                        struct release_contribution *items, size_t n);
// A line is a margin and what it sums over one dimension. What is left out of a line whose margin is shown is known
// together, as the margin less the rest; this is what stands behind that: n_cells for the first dimension, each at its
// margin, then those of the next. seen: as of a table.
const struct release_amount *release_behind_lines(struct arena *a, const struct release_frame *f,
                                                  const unsigned char *seen, const struct release_behind *behind);
// Who stands alone in each cell; -1: nobody does.
const int *release_behind_alone(struct arena *a, const struct release_frame *f, const struct release_behind *behind);
// Who gave something in a cell, by contributor.
const bool *release_behind_gave(struct arena *a, const struct release_frame *f, const struct release_behind *behind,
                                size_t cell);

// ---- leaving out (release_magnitude.c) and auditing (release_amounts_audit.c) --------------------------------------

struct release_magnitude {
    const struct release_cube *amounts; // with margins
    unsigned char *seen;  // by cell: RELEASE_SHOWN or RELEASE_HIDDEN
    size_t n_primary;     // cells that say too much by themselves
    size_t n_secondary;   // cells left out so that those cannot be worked out
    bool whole;           // also tried among whole numbers
};

// ERR_INPUT: more than RELEASE_AMOUNT_CELLS.
enum err release_amount_frame(const struct release_frame *f, struct err_info *e) MUST_CHECK;
// Does one cell say too much? Fewer contributors than the rule asks for, or all but the two largest together
// less than `dominance` per cent of the largest (p% rule).
bool release_amount_is_sensitive(const struct release_amount *x, const struct release_amount_rule *rule);
// Chooses what to leave out. behind: a margin without contributors is not asked by itself, lines only where there are
// items. time_ms: of each row of linear programmes. ERR_INPUT when there are too many cells, or no choice is proved
// to protect everybody: nothing may be published then.
enum err release_suppress(struct arena *a, const struct release_frame *f, const struct release_behind *behind,
                          const struct release_amount_rule *rule, int time_ms, struct release_magnitude *out,
                          struct err_info *e) MUST_CHECK;

// What a reader works out of a table of amounts.
struct release_amount_audit {
    enum release_verdict verdict;
    bool impossible;     // its sums contradict each other
    bool low_rule;       // it says no rule, or a weaker one than it is held to
    size_t n_left_out;
    size_t n_exact;      // left out, and known for certain
    size_t n_near;       // left out, and known within too little of their upper end; without the exact ones
    size_t n_told;       // shown, although too few stand behind them, also lines of what is left out, together; or left
                         // out and known too well to those who do
    bool whole;          // the audit among whole numbers was made as well
    struct release_interval weakest; // relative to its upper end; when something is left out
    size_t weakest_cell;
};
// t: seen says what is shown and left out. behind: NULL, or what really stands behind each cell: then its shown
// amounts must be these, and everybody is asked. said: the rule that the table says it was made by; rule: the one it
// is held to. ERR_INPUT: too many cells, or a table of other amounts than those behind it.
enum err release_audit_amounts(struct arena *a, const struct release_table *t, const struct release_behind *behind,
                               const struct release_amount_rule *said, const struct release_amount_rule *rule,
                               int time_ms, struct release_amount_audit *out, struct err_info *e) MUST_CHECK;

#endif
