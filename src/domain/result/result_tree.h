// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_tree.h: indicators of one programme that came from the same row of the library, put together at a result above
// them. Rule and example: docs/indicators.md, "Up the tree of results". Pure.

#ifndef RESULT_RESULT_TREE_H
#define RESULT_RESULT_TREE_H

#include "result/result_lines.h"

// One row of the library at one result.
struct result_branch {
    const char *row;                  // its id
    const struct result_line *own;    // the indicator of this row at the result itself, or NULL
    const struct result_line **below; // those put together, in the order of the lines
    enum result_why_not *why;         // of each: whether it is in the sum
    size_t n;
    enum result_unit unit;      // of the sum
    struct result_together sum; // of those below
    bool has_difference;        // own less the sum: both are known, without bounds, of the same unit and rule
    int64_t difference;         // scaled
    int64_t difference_whole;   // of a share: difference is that of the part, this that of the whole
};

// The branches at the result `top`: rows with two indicators in use below it, or one at it and one below. Of indicators
// of a row below each other the uppermost counts: it stands for those below it.
size_t result_tree_of(struct arena *a, struct record *const *results, size_t n_results, const struct result_lines *lines,
                      const char *top, struct result_branch **out);

// In words, for pages and the command line (result_tree_words.c). The sum: "222"; "at least 182, at most 222".
const char *result_branch_sum(struct arena *a, const struct lang *lang, const struct result_branch *b);
// "not in it: another unit", of a member that is not in the sum.
const char *result_branch_why(struct arena *a, const struct lang *lang, enum result_why_not why);
// "SAMPLE1/I3, at this result itself: 230; less those below: 8", where has_difference.
const char *result_branch_own(struct arena *a, const struct lang *lang, const struct result_branch *b);

#endif
