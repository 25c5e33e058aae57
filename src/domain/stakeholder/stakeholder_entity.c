// SPDX-License-Identifier: AGPL-3.0-or-later
//
// stakeholder_entity.c: kinds of records of this noun: stakeholders of a country.
//
// Read by forms, JSON, CSV, command line, history and the data dictionary. A new field is a line here
// and a migration.

#include "stakeholder/stakeholder.h"

#include "base/bug.h"
#include "place/place.h"

static const struct choice sorts[] = {
    {STAKEHOLDER_DUTY_BEARER, MSG("Duty-bearer (State body)")},
    {"non_state", MSG("Non-governmental organisation")},
    {"united_nations", MSG("United Nations entity")},
    {"partner", MSG("Other partner")},
    {STAKEHOLDER_GROUP, MSG("Group of rights-holders")},
    {NULL, NULL},
};

static const struct choice levels[] = {
    {"high", MSG("High")},
    {"medium", MSG("Medium")},
    {"low", MSG("Low")},
    {NULL, NULL},
};

static const struct field fields[] = {
    {.name = "country", .label = MSG("Country"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .vocabulary = &vocabulary_country},
    {.name = "name", .label = MSG("Name"),
     .hint = MSG("The name of the body or of the group, never of a person."),
     .example = "Border police", .type = FIELD_TEXT, .data_class = CLASS_C1, .required = true,
     .max = 200},
    {.name = "sort", .label = MSG("Kind"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = sorts},
    {.name = "mandate", .label = MSG("Mandate"),
     .hint = MSG("What is it there for, and what may it decide?"), .type = FIELD_LONG,
     .data_class = CLASS_C1},
    {.name = "influence", .label = MSG("Influence"), .type = FIELD_CODE, .data_class = CLASS_C3,
     .choices = levels},
    {.name = "interest", .label = MSG("Interest"), .type = FIELD_CODE, .data_class = CLASS_C3,
     .choices = levels},
    {.name = "safety_note", .label = MSG("Safety note (confidential)"),
     .hint = MSG("What could put people at risk when you work with it? Shown only to those who may "
                 "change the analysis of this country, never in files."),
     .type = FIELD_LONG, .data_class = CLASS_C3, .confidential = true},
    {.name = "active", .label = MSG("Still looked at"), .type = FIELD_BOOL, .data_class = CLASS_C1,
     .required = true},
};

const struct entity entity_stakeholder = {
    .kind = "stakeholder",
    .label = MSG("Stakeholder"),
    .label_many = MSG("Stakeholders"),
    .about = MSG("A body or a group of people in a country: who bears duties, who holds rights."),
    .title_field = "name",
    .order_field = "name",
    .fields = fields,
    .n_fields = COUNT_OF(fields),
};
