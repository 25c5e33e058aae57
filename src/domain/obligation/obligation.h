// SPDX-License-Identifier: AGPL-3.0-or-later
//
// obligation.h: which treaties bind a State.

#ifndef OBLIGATION_OBLIGATION_H
#define OBLIGATION_OBLIGATION_H

#include "base/err.h"
#include "model/model.h"

extern const struct entity entity_obligation;

// Rules over several fields of one record.
enum err obligation_check(const struct record *r, struct err_info *e);

#endif
