// SPDX-License-Identifier: AGPL-3.0-or-later
//
// publication_entity.c: kinds of records of this noun: communication products of a programme.
//
// Read by forms, JSON, CSV, command line, history and the data dictionary. A new field is a line here
// and a migration.

#include "publication/publication.h"

#include "base/bug.h"

static const struct choice sorts[] = {
    {"campaign", MSG("Campaign")},
    {"print", MSG("Leaflet or poster")},
    {"film", MSG("Film or sound")},
    {"web", MSG("Web page or post")},
    {"training", MSG("Training material")},
    {"report", MSG("Report or study")},
    {"other", MSG("Something else")},
    {NULL, NULL},
};

static const struct choice states[] = {
    {"planned", MSG("Planned")},
    {"made", MSG("Made, not published")},
    {"published", MSG("Published")},
    {"withdrawn", MSG("Withdrawn")},
    {NULL, NULL},
};

static const struct field fields[] = {
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "programme"},
    {.name = "code", .label = MSG("Code"), .hint = MSG("Short, different within the programme."),
     .example = "FILM1", .type = FIELD_TEXT, .data_class = CLASS_C1, .required = true, .max = 24},
    {.name = "title", .label = MSG("Title"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true, .max = 200},
    {.name = "sort", .label = MSG("Kind"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = sorts},
    {.name = "audience", .label = MSG("Who is meant to see it"), .type = FIELD_TEXT,
     .data_class = CLASS_C1, .max = 400},
    {.name = "languages", .label = MSG("Languages"), .example = "English, Swahili",
     .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 200},
    {.name = "planned_on", .label = MSG("Planned for"), .type = FIELD_DATE,
     .data_class = CLASS_C1},
    {.name = "published_on", .label = MSG("Published on"), .type = FIELD_DATE,
     .data_class = CLASS_C1},
    {.name = "link", .label = MSG("Where it can be seen"), .type = FIELD_TEXT,
     .data_class = CLASS_C1, .max = 400},
    {.name = "state", .label = MSG("State"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = states},
    {.name = "note", .label = MSG("Note"), .type = FIELD_LONG, .data_class = CLASS_C1},
};

const struct entity entity_publication = {
    .kind = "publication",
    .label = MSG("Publication"),
    .label_many = MSG("Publications"),
    .about = MSG("A communication product: what a programme shows to the public or to a group."),
    .code_field = "code",
    .title_field = "title",
    .order_field = "code",
    .parent_field = "programme_id",
    .removable = true,
    .fields = fields,
    .n_fields = COUNT_OF(fields),
    .check = publication_check,
    .guard = publication_guard,
};
