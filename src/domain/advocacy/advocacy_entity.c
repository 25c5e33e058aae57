// SPDX-License-Identifier: AGPL-3.0-or-later
//
// advocacy_entity.c: kinds of records of this noun: own concerns with their arguments, and uses of
// arguments.
//
// Read by forms, JSON, CSV, command line, history and the data dictionary. A new field is a line here
// and a migration. The headings are those of tool 3.7.

#include "advocacy/advocacy.h"

#include "base/bug.h"
#include "place/place.h"

static const struct choice headings[] = {
    {"legislation", MSG("Legislation")},
    {"investigation", MSG("Investigation")},
    {"data", MSG("Data")},
    {"prosecution", MSG("Prosecution and defence")},
    {"sentencing", MSG("Sentencing")},
    {"identification", MSG("Identification and referral")},
    {"protection", MSG("Protection and assistance")},
    {"return", MSG("Return and reintegration")},
    {"prevention", MSG("Prevention")},
    {NULL, NULL},
};

static const struct choice sorts[] = {
    {"ministry", MSG("Ministry")},
    {"law_enforcement", MSG("Police or border service")},
    {"justice", MSG("Prosecution or court")},
    {"parliament", MSG("Parliament")},
    {"other_state", MSG("Other State body")},
    {"non_state", MSG("Non-governmental organisation")},
    {"united_nations", MSG("United Nations entity")},
    {"donor", MSG("Donor")},
    {"other", MSG("Other")},
    {NULL, NULL},
};

static const struct choice results[] = {
    {"persuaded", MSG("Persuaded")},
    {"part", MSG("In part")},
    {"not", MSG("Not persuaded")},
    {"not_known", MSG("Not known")},
    {NULL, NULL},
};

static const struct field concern_fields[] = {
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "programme"},
    {.name = "heading", .label = MSG("Heading"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = headings},
    {.name = "concern", .label = MSG("Concern"),
     .hint = MSG("What is said or feared, in one sentence. Never who said it."), .type = FIELD_LONG,
     .data_class = CLASS_C1, .required = true, .max = 2000},
    {.name = "argument", .label = MSG("Argument"),
     .hint = MSG("What can be said in reply: the law that was agreed to, and why it makes the work "
                 "stronger."),
     .type = FIELD_LONG, .data_class = CLASS_C1, .max = 4000},
};

const struct entity entity_advocacy_concern = {
    .kind = "advocacy_concern",
    .label = MSG("Own concern"),
    .label_many = MSG("Own concerns"),
    .about = MSG("A concern about rights or gender equality that is not in tool 3.7, with what can be said in reply."),
    .title_field = "concern",
    .parent_field = "programme_id",
    .removable = true,
    .fields = concern_fields,
    .n_fields = COUNT_OF(concern_fields),
};

static const struct field use_fields[] = {
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "programme"},
    {.name = "heading", .label = MSG("Heading"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = headings},
    {.name = "row", .label = MSG("Concern of the Toolkit"), .example = "3.7-1-01",
     .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 40},
    {.name = "concern_id", .label = MSG("Own concern"), .type = FIELD_REF, .data_class = CLASS_C1,
     .ref = "advocacy_concern"},
    {.name = "argument_row", .label = MSG("Argument of the Toolkit"), .example = "3.7-1-01",
     .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 40},
    {.name = "argument", .label = MSG("In our own words"),
     .hint = MSG("What was said, or added to the argument above."), .type = FIELD_LONG,
     .data_class = CLASS_C1, .max = 4000},
    {.name = "article", .label = MSG("Article that binds the State"), .example = "2.2-I05 14(1)",
     .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 120},
    {.name = "with_sort", .label = MSG("Whom it was used with"), .type = FIELD_CODE,
     .data_class = CLASS_C1, .required = true, .choices = sorts},
    {.name = "stakeholder_id", .label = MSG("Which body or group"),
     .hint = MSG("From the stakeholders of the country. Never a person."), .type = FIELD_REF,
     .data_class = CLASS_C1, .ref = "stakeholder"},
    {.name = "country", .label = MSG("Country"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .vocabulary = &vocabulary_country},
    {.name = "used_on", .label = MSG("When"), .type = FIELD_DATE, .data_class = CLASS_C1,
     .required = true},
    {.name = "result", .label = MSG("Result"), .type = FIELD_CODE, .data_class = CLASS_C3,
     .required = true, .choices = results},
    {.name = "what_worked", .label = MSG("What worked"), .type = FIELD_LONG,
     .data_class = CLASS_C3, .max = 4000},
    {.name = "next_time", .label = MSG("What to do differently next time"), .type = FIELD_LONG,
     .data_class = CLASS_C3, .max = 4000},
    {.name = "lesson", .label = MSG("A lesson for others"),
     .hint = MSG("Shown to all who may read this programme when they meet the same concern."),
     .type = FIELD_BOOL, .data_class = CLASS_C1, .required = true},
};

const struct entity entity_advocacy_use = {
    .kind = "advocacy_use",
    .label = MSG("Use of an argument"),
    .label_many = MSG("Uses of arguments"),
    .about = MSG("An argument used with somebody on one day: which concern it answered, and what came of it."),
    .title_field = "used_on",
    .order_field = "used_on",
    .parent_field = "programme_id",
    .removable = true,
    .fields = use_fields,
    .n_fields = COUNT_OF(use_fields),
    .check = advocacy_use_check,
    .guard = advocacy_use_guard,
};
