// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_entity.c: kinds of records of this noun: theories of change, their links, and versions of the
// logframe.
//
// Read by forms, JSON, CSV, command line, history and the data dictionary. A new field is a line here
// and a migration.

#include "logframe/logframe.h"

#include "base/bug.h"

static const struct choice origins[] = {
    {"planned", MSG("Planned")},
    {"reconstructed", MSG("Reconstructed")},
    {"revised", MSG("Revised")},
    {NULL, NULL},
};

static const struct choice strengths[] = {
    {"strong", MSG("Strong")},
    {"some", MSG("Some")},
    {"weak", MSG("Weak")},
    {"none", MSG("None")},
    {NULL, NULL},
};

static const struct choice spheres[] = {
    {"control", MSG("Control")},
    {"influence", MSG("Influence")},
    {"interest", MSG("Interest")},
    {NULL, NULL},
};

static const struct field theory_fields[] = {
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "programme"},
    {.name = "name", .label = MSG("Name"), .example = "Project document of 2025",
     .type = FIELD_TEXT, .data_class = CLASS_C1, .required = true, .max = 120},
    {.name = "origin", .label = MSG("How it came about"),
     .hint = MSG("Planned: before the work began. Reconstructed: worked out afterwards from what was "
                 "done. Revised: changed on the way."),
     .type = FIELD_CODE, .data_class = CLASS_C1, .required = true, .choices = origins},
    {.name = "drawn_on", .label = MSG("Drawn up on"), .type = FIELD_DATE, .data_class = CLASS_C1,
     .required = true},
    {.name = "by_whom", .label = MSG("By whom"),
     .hint = MSG("A team, an office or a role rather than the name of a person."),
     .example = "Evaluation team", .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 200},
    {.name = "why", .label = MSG("Why, and from what"), .type = FIELD_LONG,
     .data_class = CLASS_C1},
};

const struct entity entity_theory = {
    .kind = "theory",
    .label = MSG("Theory of change"),
    .label_many = MSG("Theories of change"),
    .about = MSG("A version of how the results of a programme lead to each other, and why."),
    .title_field = "name",
    .order_field = "drawn_on",
    .parent_field = "programme_id",
    .removable = true,
    .fields = theory_fields,
    .n_fields = COUNT_OF(theory_fields),
};

static const struct field result_link_fields[] = {
    {.name = "theory_id", .label = MSG("Theory of change"), .type = FIELD_REF,
     .data_class = CLASS_C1, .required = true, .ref = "theory"},
    {.name = "cause_id", .label = MSG("This result"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "result"},
    {.name = "effect_id", .label = MSG("leads to this one"), .type = FIELD_REF,
     .data_class = CLASS_C1, .required = true, .ref = "result"},
    {.name = "assumption", .label = MSG("Assumption"),
     .hint = MSG("What must hold so that the one leads to the other?"),
     .example = "Those who were trained stay in their post for two years.", .type = FIELD_LONG,
     .data_class = CLASS_C1},
    {.name = "strength", .label = MSG("Strength of the evidence"),
     .hint = MSG("How sure can one be that the assumption holds?"), .type = FIELD_CODE,
     .data_class = CLASS_C1, .choices = strengths},
    {.name = "evidence", .label = MSG("What shows it"),
     .hint = MSG("A study, an evaluation, experience elsewhere."), .type = FIELD_LONG,
     .data_class = CLASS_C1},
    {.name = "sphere", .label = MSG("Sphere"),
     .hint = MSG("Control: the programme decides whether the second result comes about. Influence: it "
                 "can help. Interest: it hopes."),
     .type = FIELD_CODE, .data_class = CLASS_C1, .choices = spheres},
    {.name = "note", .label = MSG("Note"), .type = FIELD_LONG, .data_class = CLASS_C1},
};

const struct entity entity_result_link = {
    .kind = "result_link",
    .label = MSG("Link between results"),
    .label_many = MSG("Links between results"),
    .about = MSG("One result leads to another: what must hold for that, and what shows it."),
    .title_field = "assumption",
    .parent_field = "theory_id",
    .removable = true,
    .fields = result_link_fields,
    .n_fields = COUNT_OF(result_link_fields),
    .check = result_link_check,
    .guard = result_link_guard,
};

static const struct field logframe_version_fields[] = {
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "programme"},
    {.name = "name", .label = MSG("Name"), .example = "Revision 2", .type = FIELD_TEXT,
     .data_class = CLASS_C1, .required = true, .max = 120},
    {.name = "as_of", .label = MSG("As it was on"),
     .hint = MSG("At the end of this day. Leave empty for this moment."),
     .example = "2026-11-22", .type = FIELD_TEXT, .data_class = CLASS_C1, .required = true,
     .max = 24},
    {.name = "note", .label = MSG("Note"), .type = FIELD_LONG, .data_class = CLASS_C1},
};

const struct entity entity_logframe_version = {
    .kind = "logframe_version",
    .label = MSG("Version of the logframe"),
    .label_many = MSG("Versions of the logframe"),
    .about = MSG("A name for the logframe as it was on a day. What stood in it comes from the change "
                 "log."),
    .title_field = "name",
    .order_field = "as_of",
    .parent_field = "programme_id",
    .shown_on = "/logframe/versions",
    .removable = true,
    .fields = logframe_version_fields,
    .n_fields = COUNT_OF(logframe_version_fields),
    .check = logframe_version_check,
};
