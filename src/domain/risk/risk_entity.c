// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_entity.c: kinds of records of this noun: risks of programmes to the rights of people.
//
// Read by forms, JSON, CSV, command line, history and the data dictionary. A new field is a line here
// and a migration.

#include "risk/risk.h"

#include "base/bug.h"
#include "model/model.h"

static const struct choice risk_levels[] = {
    {"low", MSG("Low")},
    {"medium", MSG("Medium")},
    {"high", MSG("High")},
    {NULL, NULL},
};

static const struct choice risk_states[] = {
    {"open", MSG("Open")},
    {"happened", MSG("Happened")},
    {"closed", MSG("Closed")},
    {NULL, NULL},
};

static const struct field risk_fields[] = {
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "programme"},
    {.name = "row", .label = MSG("Row of the Toolkit"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .read_only = true, .max = 40},
    {.name = "statement", .label = MSG("What could happen"),
     .hint = MSG("Describe the event, not the measure against it."), .type = FIELD_LONG,
     .data_class = CLASS_C1, .required = true},
    {.name = "who", .label = MSG("To whom"),
     .hint = MSG("Which women, men, girls or boys, in which situation?"), .type = FIELD_TEXT,
     .data_class = CLASS_C1},
    {.name = "likelihood", .label = MSG("Likelihood"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .choices = risk_levels},
    {.name = "impact", .label = MSG("Impact"),
     .hint = MSG("Impact on people: how severe, how many, can it be put right? Not on our image."),
     .type = FIELD_CODE, .data_class = CLASS_C1, .choices = risk_levels},
    {.name = "why", .label = MSG("Why this rating"), .type = FIELD_LONG, .data_class = CLASS_C3},
    {.name = "mitigation", .label = MSG("Mitigation"),
     .hint = MSG("Needed unless likelihood and impact are both low."), .type = FIELD_LONG,
     .data_class = CLASS_C1},
    {.name = "owner_id", .label = MSG("Owner"), .type = FIELD_REF, .data_class = CLASS_C2,
     .ref = "user"},
    {.name = "review_on", .label = MSG("Next review"), .type = FIELD_DATE, .data_class = CLASS_C1},
    {.name = "residual_likelihood", .label = MSG("Likelihood after mitigation"),
     .type = FIELD_CODE, .data_class = CLASS_C1, .choices = risk_levels},
    {.name = "residual_impact", .label = MSG("Impact after mitigation"), .type = FIELD_CODE,
     .data_class = CLASS_C1, .choices = risk_levels},
    {.name = "state", .label = MSG("State"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = risk_states},
};

const struct entity entity_risk = {
    .kind = "risk",
    .label = MSG("Risk"),
    .label_many = MSG("Risks"),
    .about = MSG("What could happen to the rights of people because of the work, and what is done about it."),
    .title_field = "statement",
    .parent_field = "programme_id",
    .fields = risk_fields,
    .n_fields = COUNT_OF(risk_fields),
    .check = risk_check,
};
