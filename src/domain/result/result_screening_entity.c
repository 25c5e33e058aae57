// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_screening_entity.c: the kind of record that says whether an indicator is a good one.
//
// The six letters of RIGHTS are rows of the library (tool intro of the Toolkit), where pages take their
// words from; the labels here are those of lists and files. SMART is common knowledge of evaluators and
// stands in no pack.

#include "result/result.h"

#include "base/bug.h"
#include "result/result_screening.h"

static const struct choice screening_answers[] = {
    {"yes", MSG("Yes")},
    {"part", MSG("In part")},
    {"no", MSG("No")},
    {NULL, NULL},
};

static const struct field screening_fields[] = {
    {.name = "indicator_id", .label = MSG("Indicator"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "indicator"},
    {.name = "screened_on", .label = MSG("Screened on"), .type = FIELD_DATE, .data_class = CLASS_C1,
     .required = true},
    {.name = "by_id", .label = MSG("Screened by"), .type = FIELD_REF, .data_class = CLASS_C2,
     .ref = "user"},
    {.name = "rights_r", .label = MSG("R: relevant and reliable"), .type = FIELD_CODE,
     .data_class = CLASS_C1, .required = true, .choices = screening_answers},
    {.name = "rights_r_why", .label = MSG("Why"), .type = FIELD_TEXT, .data_class = CLASS_C1},
    {.name = "rights_i", .label = MSG("I: independent"), .type = FIELD_CODE,
     .data_class = CLASS_C1, .required = true, .choices = screening_answers},
    {.name = "rights_i_why", .label = MSG("Why"), .type = FIELD_TEXT, .data_class = CLASS_C1},
    {.name = "rights_g", .label = MSG("G: global"), .type = FIELD_CODE,
     .data_class = CLASS_C1, .required = true, .choices = screening_answers},
    {.name = "rights_g_why", .label = MSG("Why"), .type = FIELD_TEXT, .data_class = CLASS_C1},
    {.name = "rights_h", .label = MSG("H: human rights at the centre"), .type = FIELD_CODE,
     .data_class = CLASS_C1, .required = true, .choices = screening_answers},
    {.name = "rights_h_why", .label = MSG("Why"), .type = FIELD_TEXT, .data_class = CLASS_C1},
    {.name = "rights_t", .label = MSG("T: transparent, timely, time-bound"), .type = FIELD_CODE,
     .data_class = CLASS_C1, .required = true, .choices = screening_answers},
    {.name = "rights_t_why", .label = MSG("Why"), .type = FIELD_TEXT, .data_class = CLASS_C1},
    {.name = "rights_s", .label = MSG("S: simple and specific"), .type = FIELD_CODE,
     .data_class = CLASS_C1, .required = true, .choices = screening_answers},
    {.name = "rights_s_why", .label = MSG("Why"), .type = FIELD_TEXT, .data_class = CLASS_C1},
    {.name = "smart_s", .label = MSG("Specific"),
     .hint = MSG("Does it say what exactly changes, for whom and where?"), .type = FIELD_CODE,
     .data_class = CLASS_C1, .required = true, .choices = screening_answers},
    {.name = "smart_s_why", .label = MSG("Why"), .type = FIELD_TEXT, .data_class = CLASS_C1},
    {.name = "smart_m", .label = MSG("Measurable"),
     .hint = MSG("Is there a way to get the value, at a cost we can bear?"), .type = FIELD_CODE,
     .data_class = CLASS_C1, .required = true, .choices = screening_answers},
    {.name = "smart_m_why", .label = MSG("Why"), .type = FIELD_TEXT, .data_class = CLASS_C1},
    {.name = "smart_a", .label = MSG("Achievable"),
     .hint = MSG("Can the target be reached with the time, money and people there are?"), .type = FIELD_CODE,
     .data_class = CLASS_C1, .required = true, .choices = screening_answers},
    {.name = "smart_a_why", .label = MSG("Why"), .type = FIELD_TEXT, .data_class = CLASS_C1},
    {.name = "smart_r", .label = MSG("Relevant"),
     .hint = MSG("If the value moves, does that show that the result under which it stands comes about?"), .type = FIELD_CODE,
     .data_class = CLASS_C1, .required = true, .choices = screening_answers},
    {.name = "smart_r_why", .label = MSG("Why"), .type = FIELD_TEXT, .data_class = CLASS_C1},
    {.name = "smart_t", .label = MSG("Time-bound"),
     .hint = MSG("Do baseline and target have a day?"), .type = FIELD_CODE,
     .data_class = CLASS_C1, .required = true, .choices = screening_answers},
    {.name = "smart_t_why", .label = MSG("Why"), .type = FIELD_TEXT, .data_class = CLASS_C1},
};

const struct entity entity_indicator_screening = {
    .kind = "indicator_screening",
    .label = MSG("Screening of an indicator"),
    .label_many = MSG("Screenings of indicators"),
    .about = MSG("Whether an indicator is a good one, by the letters of RIGHTS and SMART."),
    .title_field = "screened_on",
    .order_field = "screened_on",
    .parent_field = "indicator_id",
    .fields = screening_fields,
    .n_fields = COUNT_OF(screening_fields),
    .check = screening_check,
};
