// SPDX-License-Identifier: AGPL-3.0-or-later
//
// stakeholder.h: bodies and groups of people in a country: who bears duties, who holds rights.
//
// They belong to a country, not to a programme: every programme there works with the same ones. Names
// are those of bodies and groups, never of persons.

#ifndef STAKEHOLDER_STAKEHOLDER_H
#define STAKEHOLDER_STAKEHOLDER_H

#include "model/model.h"

extern const struct entity entity_stakeholder;

#define STAKEHOLDER_DUTY_BEARER "duty_bearer"
#define STAKEHOLDER_GROUP "group" // of rights-holders

#endif
