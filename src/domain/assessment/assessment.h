// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment.h: tools filled in: assessments and their answers.

#ifndef ASSESSMENT_ASSESSMENT_H
#define ASSESSMENT_ASSESSMENT_H

#include "base/err.h"
#include "model/model.h"

extern const struct entity entity_assessment;
extern const struct entity entity_answer;

// Rules over several fields of one record.
enum err assessment_check(const struct record *r, struct err_info *e);

#endif
