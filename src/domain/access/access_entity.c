// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_entity.c: kinds of records of this noun: people who sign in and what they may do.
//
// Read by forms, JSON, CSV, command line, history and the data dictionary. A new field is a line here
// and a migration.

#include "access/access.h"

#include "base/bug.h"
#include "model/model.h"

static const struct choice roles[] = {
    {"administrator", MSG("Administrator")},
    {"manager", MSG("Manager")},
    {"officer", MSG("Programme officer")},
    {"adviser", MSG("Human rights and gender adviser")},
    {"monitor", MSG("Monitoring officer")},
    {"evaluator", MSG("Evaluator")},
    {"donor", MSG("Donor")},
    {"reader", MSG("Reader")},
    {NULL, NULL},
};

static const struct choice scopes[] = {
    {"organisation", MSG("The whole organisation")},
    {"programme", MSG("One programme")},
    {NULL, NULL},
};

static const struct choice languages[] = {
    {"en", MSG("English")},
    {"qps", MSG("Pseudo (for tests)")},
    {NULL, NULL},
};

static const struct field user_fields[] = {
    {.name = "name_key", .label = MSG("Sign-in name"),
     .hint = MSG("Small letters, digits, dots and hyphens."), .example = "amina",
     .type = FIELD_TEXT, .data_class = CLASS_C2, .required = true, .max = 60},
    {.name = "name", .label = MSG("Name"), .type = FIELD_TEXT, .data_class = CLASS_C2,
     .required = true, .max = 120},
    {.name = "email", .label = MSG("Email"), .example = "name@example.org", .type = FIELD_TEXT,
     .data_class = CLASS_C2, .max = 200},
    {.name = "language", .label = MSG("Language"), .type = FIELD_CODE, .data_class = CLASS_C2,
     .choices = languages},
    {.name = "active", .label = MSG("May sign in"), .type = FIELD_BOOL, .data_class = CLASS_C1},
};

const struct entity entity_user = {
    .kind = "user",
    .label = MSG("Person"),
    .label_many = MSG("People"),
    .about = MSG("Someone who can sign in."),
    .code_field = "name_key",
    .title_field = "name",
    .order_field = "name",
    .fields = user_fields,
    .n_fields = COUNT_OF(user_fields),
    .admin_only = true,
    .check = user_check,
    .keep = access_keep_administrator,
};

static const struct field role_grant_fields[] = {
    {.name = "user_id", .label = MSG("Person"), .type = FIELD_REF, .data_class = CLASS_C2,
     .required = true, .ref = "user"},
    {.name = "role", .label = MSG("Role"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = roles},
    {.name = "scope", .label = MSG("Where"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = scopes},
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .data_class = CLASS_C1,
     .ref = "programme"},
};

const struct entity entity_role_grant = {
    .kind = "role_grant",
    .label = MSG("Role given"),
    .label_many = MSG("Roles given"),
    .about = MSG("A role that a person holds, in the organisation or in one programme."),
    .title_field = "role",
    .fields = role_grant_fields,
    .n_fields = COUNT_OF(role_grant_fields),
    .admin_only = true,
    .check = role_grant_check,
    .keep = access_keep_administrator,
};
