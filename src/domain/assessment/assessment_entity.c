// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_entity.c: kinds of records of this noun: tools filled in: assessments and their answers.
//
// Read by forms, JSON, CSV, command line, history and the data dictionary. A new field is a line here
// and a migration.

#include "assessment/assessment.h"

#include "base/bug.h"
#include "model/model.h"
#include "place/place.h"

static const struct choice assessment_states[] = {
    {"draft", MSG("Draft")},
    {"submitted", MSG("Submitted")},
    {"returned", MSG("Returned")},
    {"approved", MSG("Approved")},
    {NULL, NULL},
};

static const char *const assessment_approved[] = {"approved", NULL};

static const struct field assessment_fields[] = {
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .data_class = CLASS_C1,
     .ref = "programme"},
    {.name = "country", .label = MSG("Country"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .vocabulary = &vocabulary_country},
    {.name = "publication_id", .label = MSG("Publication"), .type = FIELD_REF,
     .data_class = CLASS_C1, .ref = "publication"},
    {.name = "tool", .label = MSG("Tool"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true, .max = 24},
    {.name = "pack", .label = MSG("Pack"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true, .max = 60},
    {.name = "pack_version", .label = MSG("Version of the pack"), .type = FIELD_TEXT,
     .data_class = CLASS_C1, .required = true, .max = 24},
    {.name = "title", .label = MSG("Title"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .max = 200},
    {.name = "state", .label = MSG("State"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .approval = true, .checked = assessment_approved,
     .closed = assessment_approved, .choices = assessment_states},
    {.name = "return_reason", .label = MSG("Why it was returned"), .type = FIELD_LONG,
     .data_class = CLASS_C3, .approval = true, .max = 2000},
    {.name = "assigned_id", .label = MSG("Assigned to"), .type = FIELD_REF, .data_class = CLASS_C2,
     .ref = "user"},
};

const struct entity entity_assessment = {
    .kind = "assessment",
    .label = MSG("Assessment"),
    .label_many = MSG("Assessments"),
    .about = MSG("A tool of a pack filled in for a programme, a country or a publication."),
    .title_field = "title",
    .parent_field = "programme_id",
    .fields = assessment_fields,
    .n_fields = COUNT_OF(assessment_fields),
    .check = assessment_check,
};

static const struct field answer_fields[] = {
    {.name = "assessment_id", .label = MSG("Assessment"), .type = FIELD_REF,
     .data_class = CLASS_C1, .required = true, .ref = "assessment"},
    {.name = "row", .label = MSG("Question"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true, .max = 40},
    {.name = "stakeholder_id", .label = MSG("Stakeholder"), .type = FIELD_REF,
     .data_class = CLASS_C1, .ref = "stakeholder"},
    {.name = "group_code", .label = MSG("Group"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .max = 40},
    {.name = "year", .label = MSG("Year"), .example = "2024", .type = FIELD_INT,
     .data_class = CLASS_C1, .min = 1900, .max = 2100},
    {.name = "value", .label = MSG("Answer"), .type = FIELD_TEXT, .data_class = CLASS_C3,
     .max = 2000},
    {.name = "how", .label = MSG("How it is addressed"),
     .hint = MSG("What was done, or will be done, and by whom?"), .type = FIELD_LONG,
     .data_class = CLASS_C3},
    {.name = "provision", .label = MSG("Where it stands"),
     .hint = MSG("Law, number and article."), .example = "Act 12 of 2018, section 5",
     .type = FIELD_TEXT, .data_class = CLASS_C3, .max = 400},
    {.name = "link", .label = MSG("Link to the text"), .example = "https://example.org/act-12",
     .type = FIELD_TEXT, .data_class = CLASS_C3, .max = 400},
    {.name = "missing", .label = MSG("What is missing"), .type = FIELD_LONG,
     .data_class = CLASS_C3},
    {.name = "source", .label = MSG("Source"), .type = FIELD_TEXT, .data_class = CLASS_C3,
     .max = 400},
    {.name = "female", .label = MSG("Women and girls"), .type = FIELD_DECIMAL,
     .data_class = CLASS_C3},
    {.name = "male", .label = MSG("Men and boys"), .type = FIELD_DECIMAL,
     .data_class = CLASS_C3},
};

static const char *const answer_key[] = {"row", "assessment_id", "stakeholder_id", "group_code", "year", NULL};

const struct entity entity_answer = {
    .kind = "answer",
    .key = answer_key,
    .label = MSG("Answer"),
    .label_many = MSG("Answers"),
    .about = MSG("The answer to one question of a tool."),
    .title_field = "row",
    .order_field = "row",
    .parent_field = "assessment_id",
    .fields = answer_fields,
    .n_fields = COUNT_OF(answer_fields),
    .check = answer_check,
};
