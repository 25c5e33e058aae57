// SPDX-License-Identifier: AGPL-3.0-or-later
//
// finance_entity.c: kinds of records of this noun: donors, pledges and budgets.
//
// Read by forms, JSON, CSV, command line, history and the data dictionary. A new field is a line here
// and a migration.

#include "finance/finance.h"

#include "base/bug.h"
#include "model/model.h"

static const struct choice donor_sorts[] = {
    {"state", MSG("State")},
    {"organisation", MSG("Organisation")},
    {"other", MSG("Other")},
    {NULL, NULL},
};

static const struct choice earmarks[] = {
    {"hard", MSG("Earmarked for one use")},
    {"soft", MSG("Loosely earmarked")},
    {"none", MSG("Not earmarked")},
    {"not_known", MSG("Not known")},
    {NULL, NULL},
};

static const struct choice budget_rows[] = {
    {"year", MSG("One year")},
    {"total", MSG("Total of several years")},
    {NULL, NULL},
};

static const struct field donor_fields[] = {
    {.name = "name", .label = MSG("Name"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true, .max = 200},
    {.name = "sort", .label = MSG("Kind of donor"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = donor_sorts},
};

const struct entity entity_donor = {
    .kind = "donor",
    .label = MSG("Donor"),
    .label_many = MSG("Donors"),
    .about = MSG("Who gives money."),
    .code_field = "name",
    .title_field = "name",
    .order_field = "name",
    .fields = donor_fields,
    .n_fields = COUNT_OF(donor_fields),
};

static const struct field pledge_fields[] = {
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "programme"},
    {.name = "donor_id", .label = MSG("Donor"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "donor"},
    {.name = "amount", .label = MSG("Amount"),
     .hint = MSG("Leave empty when the amount is not known."), .type = FIELD_MONEY,
     .data_class = CLASS_C1},
    {.name = "earmark", .label = MSG("Earmark"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = earmarks},
    {.name = "note", .label = MSG("Note"), .type = FIELD_TEXT, .data_class = CLASS_C1},
};

const struct entity entity_pledge = {
    .kind = "pledge",
    .label = MSG("Pledge"),
    .label_many = MSG("Pledges"),
    .about = MSG("Money a donor has promised to a programme."),
    .title_field = "donor_id",
    .parent_field = "programme_id",
    .shown_on = "/money",
    .removable = true,
    .fields = pledge_fields,
    .n_fields = COUNT_OF(pledge_fields),
    .check = pledge_check,
};

static const struct field budget_fields[] = {
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "programme"},
    {.name = "row", .label = MSG("Row"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = budget_rows},
    {.name = "from_year", .label = MSG("From year"), .type = FIELD_INT, .data_class = CLASS_C1,
     .required = true, .min = 1990, .max = 2100},
    {.name = "to_year", .label = MSG("To year"), .type = FIELD_INT, .data_class = CLASS_C1,
     .required = true, .min = 1990, .max = 2100},
    {.name = "approved", .label = MSG("Approved budget"), .type = FIELD_MONEY,
     .data_class = CLASS_C1},
    {.name = "spent", .label = MSG("Expenditure"), .type = FIELD_MONEY, .data_class = CLASS_C1},
    {.name = "printed_percent", .label = MSG("Percentage as printed"),
     .hint = MSG("As the document prints it, with its decimals. It is checked against the amounts."),
     .example = "89.95", .type = FIELD_DECIMAL, .data_class = CLASS_C1},
    {.name = "source", .label = MSG("Source"), .type = FIELD_TEXT, .data_class = CLASS_C1},
    {.name = "note", .label = MSG("Note"), .type = FIELD_TEXT, .data_class = CLASS_C1},
};

const struct entity entity_budget = {
    .kind = "budget",
    .label = MSG("Budget row"),
    .label_many = MSG("Budget"),
    .about = MSG("Budget and expenditure of a year, or a total as printed in a document."),
    .title_field = "from_year",
    .order_field = "from_year",
    .parent_field = "programme_id",
    .shown_on = "/money",
    .removable = true,
    .fields = budget_fields,
    .n_fields = COUNT_OF(budget_fields),
    .explain = budget_explain,
    .check = budget_check,
};
