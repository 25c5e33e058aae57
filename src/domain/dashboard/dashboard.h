// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard.h: saved views of dashboards.

#ifndef DASHBOARD_DASHBOARD_H
#define DASHBOARD_DASHBOARD_H

#include "base/err.h"
#include "model/model.h"

extern const struct entity entity_saved_view;
// Its fields: the person, then name and address, which the person gives.
extern const struct field saved_view_fields[];
#define SAVED_VIEW_GIVEN (saved_view_fields + 1)
#define SAVED_VIEW_N_GIVEN 2

// The address is that of a dashboard of this server.
enum err saved_view_check(const struct record *r, struct err_info *e);

#endif
