// SPDX-License-Identifier: AGPL-3.0-or-later
//
// obligation.h: which treaties bind a State.

#ifndef OBLIGATION_OBLIGATION_H
#define OBLIGATION_OBLIGATION_H

#include "base/err.h"
#include "model/model.h"

extern const struct entity entity_obligation;

// The list of treaties. A status is kept with the row of the original (pack_row_root), also when it was
// entered on a copy: whether a State is bound does not depend on the words of a list.
#define OBLIGATION_TOOL "2.2"

// Rules over several fields of one record.
enum err obligation_check(const struct record *r, struct err_info *e);

#endif
