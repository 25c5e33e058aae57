// SPDX-License-Identifier: AGPL-3.0-or-later
//
// solve.h: linear programmes, with or without whole numbers: the smallest and the largest value that a sum
// can take while every variable and other sums stay between given bounds.
//
// The library beneath (GLPK) is loaded when the first problem is made. A problem belongs to the thread that
// made it and to an arena, which ends it. Whatever goes wrong in the library (time, memory, numbers that do
// not settle) is SOLVE_UNFINISHED, never an answer.

#ifndef SOLVE_SOLVE_H
#define SOLVE_SOLVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct solve;

// One term of a sum. Variables count from 0.
struct solve_term {
    int variable;
    double factor;
};

enum solve_state {
    SOLVE_DONE,
    SOLVE_IMPOSSIBLE, // nothing satisfies all bounds
    SOLVE_UNFINISHED  // time or memory ran out, or the numbers did not settle
};

// No bound on this side.
#define SOLVE_FREE_BELOW (-1e300)
#define SOLVE_FREE_ABOVE 1e300

// n variables, at least 0 each until bounded otherwise. All questions together may take time_ms.
// ERR_FAILED when the library is not installed.
enum err solve_new(struct arena *a, int n, int time_ms, struct solve **out,
                   struct err_info *e) MUST_CHECK;
// Bounds of a variable; whole: only whole numbers count in solve_whole.
void solve_bound(struct solve *s, int variable, double low, double high, bool whole);
// A sum that stays between two bounds; each variable at most once. Returns its number, from 0.
int solve_sum(struct solve *s, const struct solve_term *terms, int n, double low, double high);
// The smallest (or largest) value of the sum of terms, fractions allowed; each variable at most once.
// values, when not NULL, takes a value of every variable that reaches it.
enum solve_state solve_best(struct solve *s, const struct solve_term *terms, int n, bool largest,
                            double *best, double *values);
// The same over whole numbers, for variables so marked.
enum solve_state solve_whole(struct solve *s, const struct solve_term *terms, int n, bool largest,
                             double *best, double *values);

#endif
