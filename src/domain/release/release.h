// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release.h: tables about people that may leave: counts rounded once, everything derived from them, and the
// proof that nothing small can be worked out. The method with worked examples is docs/disclosure.md.
//
// An inner count is a count by all dimensions at once; a margin is a sum of inner counts over one dimension
// or more. All of them lie in one array: in each dimension the place after the last category means "all".

#ifndef RELEASE_RELEASE_H
#define RELEASE_RELEASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

// Three and the period.
#define RELEASE_DIMENSIONS 4
// Cells with margins: five times what was asked for; a cube of this size takes about 60 MB.
#define RELEASE_MAX_CELLS 500000
// Sums of half a million of these still fit, as numbers of either kind.
#define RELEASE_MAX_COUNT INT64_C(1000000000)
// Never below, whatever a pack says.
#define RELEASE_LEAST_BASE 3
#define RELEASE_MOST_BASE 1000
#define RELEASE_SEED_BYTES 32
// The word that stands for "all" in a file.
#define RELEASE_TOTAL "Total"

// ---- cube (release_cube.c) -----------------------------------------------------------------------

struct release_dimension {
    const char *name;
    const char **categories; // in the order in which they are shown
    int n;
};

struct release_frame {
    int n; // dimensions, 1 to RELEASE_DIMENSIONS
    struct release_dimension of[RELEASE_DIMENSIONS];
    size_t step[RELEASE_DIMENSIONS]; // how far apart two neighbours in this dimension lie
    size_t n_cells;                  // with margins
    size_t n_inner;
};

struct release_cube {
    const struct release_frame *frame;
    int64_t *counts; // n_cells
};

// Fills in step, n_cells and n_inner. False when there are more than RELEASE_MAX_CELLS, no dimension, or one
// without a category.
bool release_frame_finish(struct release_frame *f);
// Category of a cell in a dimension; the number of categories stands for all.
int release_category(const struct release_frame *f, size_t cell, int dimension);
// The same in words; RELEASE_TOTAL stands for all.
const char *release_category_name(const struct release_frame *f, size_t cell, int dimension);
// In how many dimensions a cell is a sum: 0 for an inner count, all for the grand total.
int release_summed(const struct release_frame *f, size_t cell);
size_t release_grand_total(const struct release_frame *f);
// The margins that an inner count is part of, without itself: 2^n - 1, the grand total last.
#define RELEASE_MARGINS ((1 << RELEASE_DIMENSIONS) - 1)
int release_margins_of(const struct release_frame *f, size_t cell, size_t out[RELEASE_MARGINS]);
// Zero everywhere.
struct release_cube *release_cube_new(struct arena *a, const struct release_frame *f);
// Works out every margin from the inner counts.
void release_cube_sum(struct release_cube *c);

// ---- rounding (release_round.c) --------------------------------------------------------------------

// Rounds every inner count that is not a multiple of the base to one of its two neighbours and derives
// all margins. The seed decides among equally good ways and must be secret; the same seed gives the same
// cube. base is RELEASE_LEAST_BASE to RELEASE_MOST_BASE.
struct release_cube *release_round(struct arena *a, const struct release_cube *exact, int base,
                                   const unsigned char seed[RELEASE_SEED_BYTES]);

// ---- what rounding changed (release_loss.c) ------------------------------------------------------------

struct release_loss {
    size_t n_cells; // with margins
    size_t n_inner;
    size_t n_zero;  // inner counts that were 0
    size_t n_small; // inner counts from 1 to base - 1
    size_t n_margins;
    double margin_mean; // absolute error of the margins
    int64_t margin_p90;
    int64_t margin_max;
    int64_t total_error;    // published less true
    double hellinger;       // distance of the shares of the inner counts, 0 (same) to 1
    double rank_correlation; // Spearman, over inner counts; 1 when there is nothing to rank
    double cramer_change;    // largest change of Cramer's V over pairs of dimensions; 0 below two
};

void release_loss_measure(struct arena *a, const struct release_cube *exact,
                          const struct release_cube *rounded, int base, struct release_loss *out);

// ---- what others see, and the audit (release_audit.c) ---------------------------------------------------

enum release_seen {
    RELEASE_UNSEEN, // not in the table
    RELEASE_SHOWN,
    RELEASE_CERTAIN, // shown, and known not to be rounded
    RELEASE_HIDDEN // in the table, without its count
};

// A table as it is published.
struct release_table {
    const struct release_frame *frame;
    const int64_t *counts;     // by cell
    const unsigned char *seen; // enum release_seen by cell; NULL: every cell is shown
    int base;                  // what it says its counts are rounded to; 0: it says nothing
    // Who was counted: tables of the same layer count the same people; a higher layer counts them again,
    // later, when some more may have come and nobody gone. From 0.
    int layer;
    // What the people were counted in, when tables count some of the same people and some others: periods and what
    // came since an earlier count. NULL: every table counts the same people.
    const struct release_units *units;
};

// Units are apart from each other: nobody is in two. All tables of one audit have the same, in the same order.
// A table need not show them: one that is by period groups them, another counts several together.
struct release_units {
    struct release_dimension of; // name that no dimension has, and the units
    int by;                      // dimension of the table whose categories group them; -1: none
    const bool *covers;          // by category (one row when none), then unit: is it counted there?
};

#define RELEASE_MAX_TABLES 40
// Cells up to which the audit also asks among whole numbers.
#define RELEASE_WHOLE_CELLS 1000
// How many people a reader may know to be in a cell: oneself.
#define RELEASE_KNOWN 1

enum release_verdict {
    RELEASE_PROTECTED,
    RELEASE_OPEN,    // something small can be worked out
    RELEASE_UNPROVED // the proof did not end in time: treated as open
};

struct release_interval {
    int64_t low;
    int64_t high;
};

struct release_audit {
    enum release_verdict verdict;
    bool impossible;    // the tables contradict each other
    size_t n_audited;   // inner counts of all tables, their growth, and what each holds of one unit
    size_t n_exact;     // known for certain
    size_t n_narrow;    // known within less than the base allows, without the exact ones
    size_t n_known;     // others in the cell known too well by one who is in it
    size_t n_group;     // lines in which all are known to be in one category
    bool low_base;      // a table says that it is rounded to less than was asked, or says nothing
    size_t n_asked;     // linear programmes that had to be solved
    size_t n_asked_whole;
    bool whole;         // the audit among whole numbers was made as well
    struct release_interval weakest; // the narrowest interval
    int weakest_table;               // index of its table
    size_t weakest_cell;             // in the frame of that table
    const struct release_interval *cells; // of the last table, by cell; margins are left at 0
};

struct release_effort {
    int base;     // least base that the tables are held to
    int time_ms;  // of all linear programmes together
    bool every;   // solve each one among fractions, also where a table that fits shows the answer (for tests)
};

// What a reader can work out from these tables together, who knows the rules of this program and may be
// one of the people counted. ERR_INPUT when the tables cannot be laid on each other (a dimension cut in two
// ways, more than RELEASE_DIMENSIONS together, too large).
enum err release_audit_tables(struct arena *a, const struct release_table *tables, int n,
                              const struct release_effort *effort, struct release_audit *out,
                              struct err_info *e) MUST_CHECK;

#endif
