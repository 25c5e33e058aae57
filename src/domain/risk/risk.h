// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk.h: risks of programmes to the rights of people.

#ifndef RISK_RISK_H
#define RISK_RISK_H

#include "base/err.h"
#include "model/model.h"

extern const struct entity entity_risk;

// Rules over several fields of one record.
enum err risk_check(const struct record *r, struct err_info *e);

// Level of a risk on the grid "risk-3x3" of the pack unodc-hrge-2021: "low", "medium" or "high"; ""
// when one of the two is empty.
const char *risk_level(const char *likelihood, const char *impact);
// Whether the grid asks for a mitigation.
bool risk_mitigation_required(const char *likelihood, const char *impact);

#endif
