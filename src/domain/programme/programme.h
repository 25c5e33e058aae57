// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme.h: programmes, their partners and revisions, evidence and actions.

#ifndef PROGRAMME_PROGRAMME_H
#define PROGRAMME_PROGRAMME_H

#include "base/err.h"
#include "model/model.h"

extern const struct entity entity_programme;
extern const struct entity entity_partner;
extern const struct entity entity_revision;
extern const struct entity entity_evidence;
extern const struct entity entity_action;

// Rules over several fields of one record.
enum err programme_check(const struct record *r, struct err_info *e);
enum err evidence_check(const struct record *r, struct err_info *e);

#endif
