// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard.h: saved views of dashboards.

#ifndef DASHBOARD_DASHBOARD_H
#define DASHBOARD_DASHBOARD_H

#include "base/err.h"
#include "model/model.h"

extern const struct entity entity_saved_view;

// The address is that of a dashboard of this server.
enum err saved_view_check(const struct record *r, struct err_info *e);

#endif
