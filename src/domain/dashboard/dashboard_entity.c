// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_entity.c: kind of records of this noun: a saved view.
//
// A view is its owner's alone. Lists, files and the API give all views to administrators only; the pages of a
// person (dashboard_views_web.c) show and change the person's own.

#include "base/bug.h"
#include "dashboard/dashboard.h"

const struct field saved_view_fields[] = {
    {.name = "user_id", .label = MSG("Person"), .type = FIELD_REF, .data_class = CLASS_C2, .required = true,
     .read_only = true, .ref = "user"},
    {.name = "name", .label = MSG("Name of the view"), .example = "Our two countries, 2026",
     .type = FIELD_TEXT, .data_class = CLASS_C2, .required = true, .max = 120},
    {.name = "address", .label = MSG("Address"), .example = "/programmes/GLOT59/dashboard?period=2016",
     .type = FIELD_TEXT, .data_class = CLASS_C2, .required = true, .max = 500},
};

const struct entity entity_saved_view = {
    .kind = "saved_view",
    .label = MSG("Saved view"),
    .label_many = MSG("Saved views"),
    .about = MSG("A dashboard with its filters under a name of its own."),
    .title_field = "name",
    .order_field = "name",
    .admin_only = true,
    .fields = saved_view_fields,
    .n_fields = COUNT_OF(saved_view_fields),
    .check = saved_view_check,
};
