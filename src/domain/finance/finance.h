// SPDX-License-Identifier: AGPL-3.0-or-later
//
// finance.h: donors, pledges and budgets.

#ifndef FINANCE_FINANCE_H
#define FINANCE_FINANCE_H

#include "base/err.h"
#include "model/model.h"

extern const struct entity entity_donor;
extern const struct entity entity_pledge;
extern const struct entity entity_budget;

// Rules over several fields of one record.
enum err budget_check(const struct record *r, struct err_info *e);

#endif
