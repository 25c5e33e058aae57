// SPDX-License-Identifier: AGPL-3.0-or-later
//
// activity_entity.c: kinds of records of this noun: activities of the work plan of a programme.
//
// Read by forms, JSON, CSV, command line, history and the data dictionary. A new field is a line here
// and a migration.

#include "activity/activity.h"

#include "base/bug.h"
#include "base/msg.h"
#include "place/place.h"

static const struct choice sorts[] = {
    {"training", MSG("Training")},
    {"mentoring", MSG("Advice and mentoring")},
    {"law", MSG("Law, policy and standards")},
    {"equipment", MSG("Equipment and works")},
    {"research", MSG("Data and research")},
    {"awareness", MSG("Awareness raising")},
    {"cooperation", MSG("Meetings and cooperation")},
    {"protection", MSG("Protection and assistance")},
    {"other", MSG("Something else")},
    {NULL, NULL},
};
static const struct choice crimes[] = {
    {"tip", MSG("Trafficking in persons")},
    {"som", MSG("Smuggling of migrants")},
    {"both", MSG("Both")},
    {NULL, NULL},
};
static const struct choice supports[] = {
    {"none", MSG("No")},
    {"yes", MSG("Yes")},
    {NULL, NULL},
};
static const struct choice continues[] = {
    {"rights", MSG("Training or awareness on humanitarian, human rights and refugee law (2.5-D18)")},
    {"standards", MSG("Standards: advice on laws, codes and policies (2.5-D19)")},
    {"compliance", MSG("Support that directly serves human rights and democratic control (2.5-D20)")},
    {NULL, NULL},
};
static const struct choice states[] = {
    {"planned", MSG("Planned")},
    {"running", MSG("Running")},
    {"suspended", MSG("Suspended")},
    {"done", MSG("Done")},
    {"dropped", MSG("Dropped")},
    {NULL, NULL},
};

static const struct field fields[] = {
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "programme"},
    {.name = "code", .label = MSG("Code"),
     .hint = MSG("The number of the programme, a stroke, and something short."),
     .example = "SAMPLE1/A1", .type = FIELD_TEXT, .data_class = CLASS_C1, .required = true,
     .max = 40},
    {.name = "title", .label = MSG("What is done?"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true, .max = 200},
    {.name = "result_id", .label = MSG("Result it serves"), .type = FIELD_REF,
     .data_class = CLASS_C1, .ref = "result"},
    {.name = "sort", .label = MSG("What sort of work?"), .type = FIELD_CODE,
     .data_class = CLASS_C1, .required = true, .choices = sorts},
    {.name = "crime", .label = MSG("Crime addressed"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = crimes},
    {.name = "countries", .label = MSG("Countries"), .type = FIELD_CODES, .data_class = CLASS_C1,
     .required = true, .vocabulary = &vocabulary_country},
    {.name = "starts_on", .label = MSG("First day"), .type = FIELD_DATE, .data_class = CLASS_C1},
    {.name = "ends_on", .label = MSG("Last day"), .type = FIELD_DATE, .data_class = CLASS_C1},
    {.name = "owner_id", .label = MSG("Responsible"), .type = FIELD_REF, .data_class = CLASS_C2,
     .ref = "user"},
    {.name = "cost", .label = MSG("Planned cost"), .type = FIELD_MONEY, .data_class = CLASS_C1},
    {.name = "supports_force", .label = MSG("Support to a security force"),
     .hint = MSG("Does police, border control, the military, an intelligence service or another security "
                 "force get support, or an authority that commands them? Say yes also when we accept "
                 "support from them. Then tool 2.5 asks for a decision first."),
     .type = FIELD_CODE, .data_class = CLASS_C1, .required = true, .choices = supports},
    {.name = "due_diligence_id", .label = MSG("Due diligence it rests on"), .type = FIELD_REF,
     .data_class = CLASS_C1, .ref = "due_diligence"},
    {.name = "continues", .label = MSG("May it go on when support is suspended?"),
     .hint = MSG("Only these three kinds of work may. Leave empty for everything else."),
     .type = FIELD_CODE, .data_class = CLASS_C1, .choices = continues},
    {.name = "state", .label = MSG("State"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = states},
};

const struct entity entity_activity = {
    .kind = "activity",
    .label = MSG("Activity"),
    .label_many = MSG("Activities"),
    .about = MSG("A piece of work in the work plan of a programme."),
    .code_field = "code",
    .title_field = "title",
    .order_field = "code",
    .parent_field = "programme_id",
    .removable = true,
    .fields = fields,
    .n_fields = COUNT_OF(fields),
    .check = activity_check,
    .guard = activity_guard,
};
