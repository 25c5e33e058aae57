// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_ledger.h: releases of one indicator over time: which periods are copied and which are drawn, and what
// a reader of all of them knows together. The rules with worked examples are docs/disclosure.md, "Ledger". Pure.

#ifndef RELEASE_RELEASE_LEDGER_H
#define RELEASE_RELEASE_LEDGER_H

#include "release/release.h"

#define RELEASE_PERIOD "period" // name of the dimension

// What a release counts: one row, or one of each category of its periods. Days YYYY-MM-DD, both within.
struct release_period {
    const char *from;
    const char *to;
    bool closed;       // every value of it was locked when it was drawn: nothing can come any more
    const char *drawn; // name of the release in which its counts were drawn; a later one that has it copied it
    // Drawn again: the total as it was published before, and how far away the new one is at least (0: drawn first).
    int64_t before;
    int64_t away;
};

// A release that left, or one that is to be.
struct release_entry {
    const char *id;             // grows with the time at which it was made; NULL: not made yet
    const char *name;
    const char *cutoff_on;      // day on which it was made
    struct release_table table; // as published, or with the true counts when it is to be
    int period;                 // its dimension in the table, or -1
    struct release_period *periods; // by category of that dimension; -1: one
    int n_periods;
};

// Which dimension is the period; -1: none.
int release_period_of(const struct release_frame *f);
// "2025-01-01/2025-06-30 closed NAME", a line for each.
const char *release_periods_text(struct arena *a, const struct release_period *periods, int n);
// Reads them back, in the order of the categories of the table where it is by period. False: no such text.
bool release_periods_read(struct arena *a, const char *text, struct release_entry *x);
// "2025-01-01/2025-06-30"
const char *release_period_label(struct arena *a, const struct release_period *p);
// The same categories, in whatever order?
bool release_same_categories(const struct release_dimension *x, const struct release_dimension *y);
// Counts with the dimensions joined (release_group) that were joined in an earlier release of the same indicator: cut
// apart, the audit would refuse them for ever. done: "age: grouped"; NULL: nothing was.
const struct release_cube *release_ledger_join(struct arena *a, const struct release_entry *earlier, int n,
                                               const struct release_cube *counts, const char **done);
// Do they have a day in common?
bool release_periods_meet(const struct release_period *p, const struct release_period *q);

// Decides for every period of `next` whether it is drawn or copied (drawn is set), and puts the counts of the copied
// ones into `counts` (inner counts and margins of next->table.frame). earlier: published ones of the same
// indicator, in the order in which they were made. Refuses (ERR_INPUT): a copy that was rounded to another base,
// a period drawn too often in the last year, nothing to draw.
enum err release_ledger_plan(struct arena *a, const struct release_entry *earlier, int n, struct release_entry *next,
                             struct release_cube *counts, struct err_info *e) MUST_CHECK;
// Asks the same of one that was made before others left: none of them is newer and has days of it, and no period
// that closed in one of them is drawn again.
enum err release_ledger_check(struct arena *a, const struct release_entry *earlier, int n,
                              const struct release_entry *next, struct err_info *e) MUST_CHECK;
// The tables of these releases, the one in question last, for release_audit_tables; those that have no day in
// common with it, neither themselves nor through others, are left out. ERR_INPUT: more than RELEASE_MAX_TABLES.
// out: RELEASE_MAX_TABLES.
enum err release_ledger_tables(struct arena *a, const struct release_entry *all, int n, struct release_table *out,
                               int *n_out, struct err_info *e) MUST_CHECK;

#endif
