// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_system.h: everything that published tables say of the counts behind them, as bounds of variables
// and of their sums. For the files of this folder; others ask release_audit_tables.

#ifndef RELEASE_RELEASE_SYSTEM_H
#define RELEASE_RELEASE_SYSTEM_H

#include "release/release.h"

// A set of variables, as a slice of one array.
struct system_set {
    size_t first;
    int n;
};

struct system_sum {
    struct system_set of;
    int64_t low;
    int64_t high;
};

// What is asked: one inner count of a table, or (growth) by how much it grew since the layer before, or how many
// of it are of one unit: what one table less another shows.
struct system_target {
    struct system_set of;
    int table;
    size_t cell; // in the frame of that table
    int base;
    bool growth;
};

struct release_system {
    struct arena *arena;
    const struct release_frame *frame; // of all tables together
    int n_layers;
    int n; // variables: inner counts of the first layer, then the growth of each later one
    struct release_interval *bounds;
    int32_t *members; // of all sets
    size_t n_members;
    size_t cap_members;
    struct system_sum *sums;
    size_t n_sums;
    size_t cap_sums;
    struct system_target *targets;
    size_t n_targets;
    size_t *sums_of; // of a variable: where its list in sums_list begins, n + 1 entries
    int32_t *sums_list;
    bool impossible; // bounds without room
};

// Errors: as release_audit_tables.
enum err release_system_make(struct arena *a, const struct release_table *tables, int n, int base,
                             struct release_system *out, struct err_info *e) MUST_CHECK;

#endif
