// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_programme_web.h: the parts of the page of a programme. Not for other nouns.

#ifndef DASHBOARD_DASHBOARD_PROGRAMME_WEB_H
#define DASHBOARD_DASHBOARD_PROGRAMME_WEB_H

#include "dashboard/dashboard_programme.html.h"
#include "dashboard/dashboard_web.h"

// The address of the page of an indicator.
const char *dashboard_address_of(struct req *r, const struct dashboard_item *item);

// The filters over the page, with the choices that lead somewhere.
const struct dashboard_filters_view *dashboard_programme_filters(struct req *r, const struct dashboard *d,
                                                                 const struct dashboard_views *views);
// Of the result asked for: indicators of one row of the library below it, put together.
void dashboard_fill_tree(struct req *r, const struct dashboard *d, struct dashboard_programme_view *v);
// The map, and which values are in over the quarters.
void dashboard_fill_map(struct req *r, const struct dashboard *d, struct dashboard_programme_view *v);
void dashboard_fill_heat(struct req *r, const struct dashboard *d, struct dashboard_programme_view *v);

#endif
