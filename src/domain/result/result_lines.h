// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_lines.h: the indicators of a programme with their values, targets and all that is worked out
// from them, as pages, checks, explanations and reports show them.

#ifndef RESULT_RESULT_LINES_H
#define RESULT_RESULT_LINES_H

#include "base/arena.h"
#include "base/err.h"
#include "base/msg.h"
#include "model/model.h"
#include "result/result_figures.h"

struct db_read;

// One value with its parts.
struct result_value {
    const struct record *record; // observation
    struct result_figure figure;
    struct result_parts parts;
    struct result_sums sums;
    bool differs; // parts are there and do not come to the whole
    int64_t difference; // whole less parts
};

struct result_line {
    const struct record *record; // indicator
    enum result_unit unit;
    enum result_direction direction;
    enum result_accumulation accumulation; // as chosen
    bool by_sex, by_age;
    bool has_baseline;
    int64_t baseline;
    struct result_value *values; // oldest period first
    struct result_entry *entries; // the same, as the rules read them
    size_t n_values;
    const struct record *const *target_records; // by day, older ones of a day first
    struct result_target *targets;              // the same, as the rules read them
    size_t n_targets;
    const struct result_target *target; // that counts today, or NULL
    struct result_total total;
    struct result_progress progress;
};
struct result_lines {
    struct result_line *items; // by code as people count: I2 before I10
    size_t n;
};

// Indicators of a programme (NULL: of all); indicator_id not NULL: this one alone. Four statements. today: YYYY-MM-DD.
MUST_CHECK enum err result_lines_load(struct db_read *db, struct arena *a, const char *programme_id,
                                      const char *indicator_id, const char *today,
                                      struct result_lines *out, struct err_info *e);

// The numbers of one observation as the rules read them.
struct result_entry result_entry_of(const struct record *observation);
// Unit, direction and rule of an indicator.
void result_line_begin(const struct record *indicator, struct result_line *out);
// Place of a code in a list of choices of a field, from 0; -1 when it is none.
int result_code_at(const struct entity *kind, const char *field, const char *code);
// Code at a place of sex (0 to RESULT_SEXES - 1) and age.
const char *result_sex(int at);
const char *result_age(int at);

#endif
