// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result.h: results, indicators, targets and observations.

#ifndef RESULT_RESULT_H
#define RESULT_RESULT_H

#include "base/err.h"
#include "model/model.h"

struct buf;
struct db_read;
struct lang;

extern const struct entity entity_result;
extern const struct entity entity_indicator;
extern const struct entity entity_indicator_screening;
extern const struct entity entity_target;
extern const struct entity entity_observation;
extern const struct entity entity_observation_part;

// Fields of an observation. What people type stands together: the form of a value takes these alone.
extern const struct field observation_fields[];
#define OBSERVATION_TYPED (observation_fields + 1)
#define OBSERVATION_N_TYPED 9

// Rules over several fields of one record.
enum err indicator_check(const struct record *r, struct err_info *e);
enum err observation_check(const struct record *r, struct err_info *e);
enum err screening_check(const struct record *r, struct err_info *e);
enum err observation_part_check(const struct record *r, struct err_info *e);

// A count, its baseline and its targets are whole numbers and not below zero; other units may be fractions, and below.
// ERR_INPUT names the field.
MUST_CHECK enum err count_check(const char *unit, const char *field, const char *number, struct err_info *e);
// Is what was entered what this unit asks for, of a value or of a part of one? A count is a whole number and not below
// zero, a share has part and whole or is a number, a yes or no is an answer, a description is words. ERR_INPUT names
// the field.
MUST_CHECK enum err observation_fits(const struct record *value_or_part, const char *unit, struct err_info *e);
// The id of another value of the same indicator, period and country; NULL: there is none. The save of a value there
// that follows at once in the same transaction does not ask again.
MUST_CHECK enum err observation_at(struct arena *a, struct db_read *db, const struct record *observation,
                                   const char **id, struct err_info *e);
// The value fits the unit of its indicator. The country is one of the programme's (of any, where the programme names none), and there is one value for
// an indicator, period and country.
enum err observation_guard(struct arena *a, struct db_read *db, const struct record *before,
                           const struct record *after, struct err_info *e);
// A part fits the unit of the indicator.
enum err observation_part_guard(struct arena *a, struct db_read *db, const struct record *before,
                                const struct record *after, struct err_info *e);
// Is this a number from 0 (no) to 1 (yes), as a target or a baseline of a yes or no is?
bool result_is_truth(const char *text);
// The target of a yes or no is one (result_is_truth).
enum err target_guard(struct arena *a, struct db_read *db, const struct record *before,
                      const struct record *after, struct err_info *e);
// Asked by the store before each save (entity.guard): a result serves another one of its programme, and not
// itself over others (result_store.c).
enum err result_guard(struct arena *a, struct db_read *db, const struct record *before,
                      const struct record *after, struct err_info *e);

// How the numbers of a record are computed, line by line (struct entity, explain).
// Of a result: its indicators and those of the results below it, each with its total, and how many stand how.
enum err result_explain(struct arena *a, struct db_read *db, const struct lang *lang,
                        const struct identity *who, const struct record *r, struct buf *out,
                        struct err_info *e);
enum err indicator_explain(struct arena *a, struct db_read *db, const struct lang *lang,
                           const struct identity *who, const struct record *r, struct buf *out,
                           struct err_info *e);
enum err observation_explain(struct arena *a, struct db_read *db, const struct lang *lang,
                             const struct identity *who, const struct record *r, struct buf *out,
                             struct err_info *e);

#endif
