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
#include "model/rights.h"
#include "result/result_figures.h"
#include "result/result_split.h"

struct db_read;

// One value with its parts.
struct result_value {
    const struct record *record; // observation; only where its loader says so, else NULL
    struct result_figure figure;
    const struct result_part *parts; // by id, that is as they were entered
    const struct split *const *splits; // of the parts; what many parts share is there once
    size_t n_parts;
    const struct result_cut *cuts; // the parts put together
    size_t n_cuts;
    const struct result_cut *differs; // the first cut that does not come to the whole, or NULL
    bool used;                        // in the total
};

struct result_line {
    const struct record *record; // indicator
    enum result_direction direction;
    struct result_rule rule;
    bool per_country;
    const char **splits; // characteristics values are split by
    size_t n_splits;
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

// What is asked for. Whoever says nothing of parts gets totals alone: no value has parts or sums of them, and no line
// names what its values are split by.
enum result_records {
    RECORDS_NONE,     // .record is NULL: id, period, country and state stand in .entries
    RECORDS_OF_WORDS, // of values that are said in words (UNIT_TEXT)
    RECORDS_ALL,
};
struct result_ask {
    const char *programme_id; // NULL: all
    const char *indicator_id; // this one alone, if it is of the programme; NULL: all of it
    const char *from, *to;    // values of this period alone, and what is worked out from them; NULL: all
    const char *today;        // YYYY-MM-DD
    bool parts; // counts below totals: for who may see them, or a file or release that keeps rules of its own
    enum result_records records;
};
// May somebody see the parts of values? Those who work with them (docs/data-classes.md). who NULL: the owner of the
// workspace.
bool result_may_see_parts(const struct identity *who, const char *programme_id);

// Indicators with their values. Records and values of one period come from the tables; else very many values come from
// the columns, where there are any (result_columns_store.h). Three statements, when nothing came since the columns.
// Lives as long as a.
MUST_CHECK enum err result_lines_load(struct db_read *db, struct arena *a, const struct result_ask *ask,
                                      struct result_lines *out, struct err_info *e);

// Periods for which the indicators of a programme have values, the newest first, `most` at most.
struct result_span; // result_reporting.h
MUST_CHECK enum err result_spans_load(struct db_read *db, struct arena *a, const char *programme_id, size_t most,
                                      struct result_span **out, size_t *n, struct err_info *e);

// Indicators without records and parts, one after the other, for pages over many programmes: those with these
// ids, or with NULL all. A value has its cuts only where one of them differs from the whole: checks say so without the
// figures. The values of a line live until fn returns, so memory does not grow with them. In the order of the ids of
// indicators. fn asks nothing of the database.
typedef enum err result_line_fn(void *context, const struct result_line *line, struct err_info *e);
MUST_CHECK enum err result_lines_each(struct db_read *db, struct arena *a, const char *const *programmes, size_t n,
                                      const char *today, result_line_fn *fn, void *context, struct err_info *e);

// Values one after the other, for files: a line with the one value, and nothing worked out of others. Indicators by code,
// as result_lines_load has them, their values in the same order. The value lives until fn returns, so memory does not grow
// with them (the database may sort those of one indicator); a gets indicators, and words that come again and again. fn
// asks nothing of the database.
MUST_CHECK enum err result_values_each(struct db_read *db, struct arena *a, const struct result_ask *ask,
                                       result_line_fn *fn, void *context, struct err_info *e);

// Works out which values are in the total, the total, the target that counts and the progress. today: YYYY-MM-DD.
void result_line_work_out(struct arena *a, struct result_line *line, const char *today);

// A value and a part of one as the tables have them. All may be NULL but the periods and the split.
struct result_entry_text {
    const char *id, *period_from, *period_to, *country, *value, *numerator, *denominator, *answer, *state;
};
struct result_part_text {
    const char *split, *value, *numerator, *denominator;
};
// Of a code ("verified"); what is none is STATE_ENTERED, the least that a value can be.
enum result_state result_state_of(const char *code);
// The same as the rules read them, with these texts; a part without its keys.
struct result_entry result_entry_of_text(const struct result_entry_text *text);
struct result_entry result_entry_of(const struct record *observation);
struct result_part result_part_of_text(const struct result_part_text *text);
// Unit, direction and rule of an indicator.
void result_line_begin(struct arena *a, const struct record *indicator, struct result_line *out);
// Place of a code in a list of choices of a field, from 0; -1 when it is none.
int result_code_at(const struct entity *kind, const char *field, const char *code);
// Total of the values up to the one at `at`, as it was then. used: room for line->n_values; charts and tables ask for many.
struct result_total result_total_until(const struct result_line *line, size_t at, bool *used);
// Numbers of a part into its record.
void result_part_to_record(struct arena *a, const struct result_part *part, struct record *out);
// The parts of an observation become these: those of the cut `keys`, or with NULL all. Parts without a number are
// not among them.
struct store_tx;
MUST_CHECK enum err result_parts_save(struct store_tx *tx, struct arena *a, const char *observation_id,
                                      const char *keys, const struct result_part *parts, size_t n,
                                      struct err_info *e);
// Gives a count or share that was entered without its whole the sum of the first cut of its parts. Parts that hold no
// such number make none.
void result_whole_of_parts(struct arena *a, enum result_unit unit, const struct result_part *parts, size_t n,
                           struct record *observation);
// Parts of all values in the total that have this cut, added up by split, in the order in which they are met.
// False when a sum gets too large.
bool result_parts_of_total(struct arena *a, const struct result_line *line, const char *keys,
                           struct result_part **out, size_t *n);

#endif
