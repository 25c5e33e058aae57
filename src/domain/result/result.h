// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result.h: results, indicators, targets and observations.

#ifndef RESULT_RESULT_H
#define RESULT_RESULT_H

#include "base/err.h"
#include "model/model.h"

extern const struct entity entity_result;
extern const struct entity entity_indicator;
extern const struct entity entity_target;
extern const struct entity entity_observation;
extern const struct entity entity_observation_part;

// Rules over several fields of one record.
enum err indicator_check(const struct record *r, struct err_info *e);
enum err observation_check(const struct record *r, struct err_info *e);
enum err observation_part_check(const struct record *r, struct err_info *e);

#endif
