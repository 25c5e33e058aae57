// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_limits.h: what a table must keep to before it may leave, from the pack "disclosure"; and shares.
//
// A missing or senseless value of the pack gives the safe default; the base is never below
// RELEASE_LEAST_BASE.

#ifndef RELEASE_RELEASE_LIMITS_H
#define RELEASE_RELEASE_LIMITS_H

#include "model/model.h"
#include "release/release.h"
#include "release/release_magnitude.h"

#define RELEASE_DEFAULT_CLASS "people"

struct release_limits {
    int dimensions;   // beside the period
    int mean_cell;    // people in an inner cell on average, at least
    int percent_base; // no percentage of fewer people
    int percent_width; // nor one that may be further off: points from its lower to its upper end
    int redraws;      // of an open period in a year, at most
    int changed_bases; // of people, before it is drawn again
    struct release_amount_rule amounts;
};

const struct release_limits *release_limits(void);
// Classes for fields of records; they live as long as the program.
const struct choice *release_class_choices(void);
// Base of a class of data; 0 when there is no such class. NULL is the default class.
int release_base_of(const char *class_id);
// Classes in the order of the pack; NULL after the last.
const char *release_class(size_t i);
// Title and when it is right (English); "" when there is no such class.
const char *release_class_title(const char *class_id);
const char *release_class_when(const char *class_id);
// May anybody read a release of this class, without signing in?
bool release_class_is_public(const char *class_id);
// Refuses (ERR_INPUT) a table by a combination that is never published. Columns are known by the names of the
// pack ("province" is place), in any case.
enum err release_check_never(const struct release_frame *f, struct err_info *e) MUST_CHECK;
// The same, and a table by too many dimensions; the period is not one of them.
enum err release_check_frame(const struct release_frame *f, struct err_info *e) MUST_CHECK;
// Too few people for so many inner cells.
bool release_is_thin(const struct release_cube *exact);

// What was done to a table that was too thin.
struct release_collapsed {
    const struct release_cube *cube; // as it was when nothing had to be done
    const char *done[16];            // "age: grouped", "form: left out": words of the pack
    int n_done;
};
// Gives up what the pack says, step by step, until the table is thick enough. ERR_INPUT when it never is.
enum err release_collapse(struct arena *a, const struct release_cube *exact,
                          struct release_collapsed *out, struct err_info *e) MUST_CHECK;

// Joins the categories of one dimension as the pack says; NULL when that changes nothing.
const struct release_cube *release_group(struct arena *a, const struct release_cube *c, int dimension);

// part of whole in whole per cent, of rounded counts, halves up; -1 when the whole is too small to say, or
// the part larger than it.
int release_percent(int64_t part, int64_t whole);

#endif
