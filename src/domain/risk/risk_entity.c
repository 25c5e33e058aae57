// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_entity.c: kinds of records of this noun: risks of programmes to the rights of people, their
// reviews, the responses when one happened, and suggestions that were declined.
//
// Read by forms, JSON, CSV, command line, history and the data dictionary. A new field is a line here
// and a migration.

#include "risk/risk.h"

#include "base/bug.h"
#include "model/model.h"
#include "risk/risk_suggest.h"

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
    {.name = "basis", .label = MSG("Answers that led to it"), .example = "NE:2.3-Q11=no",
     .type = FIELD_LONG, .data_class = CLASS_C3, .read_only = true, .words = risk_basis_words},
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

static const char *const risk_key[] = {"row", "programme_id", NULL}; // an own risk has none

const struct entity entity_risk = {
    .kind = "risk",
    .key = risk_key,
    .label = MSG("Risk"),
    .label_many = MSG("Risks"),
    .about = MSG("What could happen to the rights of people because of the work, and what is done about it."),
    .title_field = "statement",
    .parent_field = "programme_id",
    .removable = true,
    .fields = risk_fields,
    .n_fields = COUNT_OF(risk_fields),
    .check = risk_check,
};

// ---- reviews -------------------------------------------------------------------------------------

static const struct field review_fields[] = {
    {.name = "risk_id", .label = MSG("Risk"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "risk"},
    {.name = "reviewed_on", .label = MSG("Day of the review"), .type = FIELD_DATE,
     .data_class = CLASS_C1, .required = true},
    {.name = "by_id", .label = MSG("Reviewed by"), .type = FIELD_REF, .data_class = CLASS_C2,
     .ref = "user"},
    {.name = "likelihood", .label = MSG("Likelihood now"), .type = FIELD_CODE,
     .data_class = CLASS_C1, .choices = risk_levels},
    {.name = "impact", .label = MSG("Impact now"),
     .hint = MSG("Impact on people: how severe, how many, can it be put right? Not on our image."),
     .type = FIELD_CODE, .data_class = CLASS_C1, .choices = risk_levels},
    {.name = "residual_likelihood", .label = MSG("Likelihood after mitigation"),
     .type = FIELD_CODE, .data_class = CLASS_C1, .choices = risk_levels},
    {.name = "residual_impact", .label = MSG("Impact after mitigation"), .type = FIELD_CODE,
     .data_class = CLASS_C1, .choices = risk_levels},
    {.name = "mitigation", .label = MSG("Mitigation from now on"),
     .hint = MSG("Needed unless likelihood and impact are both low."), .type = FIELD_LONG,
     .data_class = CLASS_C1},
    {.name = "state", .label = MSG("State from now on"), .type = FIELD_CODE,
     .data_class = CLASS_C1, .required = true, .choices = risk_states},
    {.name = "changed", .label = MSG("What changed, and how you know"),
     .hint = MSG("Also when nothing changed: say what you looked at."), .type = FIELD_LONG,
     .data_class = CLASS_C3, .required = true},
    {.name = "next_on", .label = MSG("Next review"), .type = FIELD_DATE, .data_class = CLASS_C1},
};

const struct entity entity_risk_review = {
    .kind = "risk_review",
    .label = MSG("Review of a risk"),
    .label_many = MSG("Reviews of risks"),
    .about = MSG("A look at a risk on one day: how likely and how grave now, what changed, when next."),
    .title_field = "reviewed_on",
    .order_field = "reviewed_on",
    .parent_field = "risk_id",
    .removable = true,
    .fields = review_fields,
    .n_fields = COUNT_OF(review_fields),
    .check = risk_review_check,
};

// ---- responses -----------------------------------------------------------------------------------

static const struct choice response_states[] = {
    {RISK_RESPONSE_ASKED, MSG("Asked for")},
    {RISK_RESPONSE_AUTHORISED, MSG("Authorised")},
    {RISK_RESPONSE_DONE, MSG("Done")},
    {RISK_RESPONSE_REFUSED, MSG("Refused")},
    {NULL, NULL},
};

static const struct field response_fields[] = {
    {.name = "risk_id", .label = MSG("Risk"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "risk"},
    {.name = "step", .label = MSG("Step of the ladder"), .example = "RL-3", .type = FIELD_TEXT,
     .data_class = CLASS_C1, .required = true, .max = 24},
    {.name = "what", .label = MSG("What is done"),
     .hint = MSG("Who does what, with whom, until when? Name offices, not persons."),
     .type = FIELD_LONG, .data_class = CLASS_C3, .required = true},
    {.name = "sensitive", .label = MSG("It is politically sensitive"), .type = FIELD_BOOL,
     .data_class = CLASS_C1, .required = true},
    {.name = "why_not_earlier", .label = MSG("Why milder steps are not enough"),
     .hint = MSG("Which measures failed, or why they cannot help here."), .type = FIELD_LONG,
     .data_class = CLASS_C3},
    {.name = "asked_on", .label = MSG("Asked for on"), .type = FIELD_DATE, .data_class = CLASS_C1,
     .required = true},
    {.name = "state", .label = MSG("State"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = response_states},
    {.name = "authorised_by", .label = MSG("Authorised by"),
     .hint = MSG("The office, not a person."), .example = "Regional Section, headquarters",
     .type = FIELD_TEXT, .data_class = CLASS_C1, .approval = true, .max = 200},
    {.name = "authorised_on", .label = MSG("Authorised on"), .type = FIELD_DATE,
     .data_class = CLASS_C1},
    {.name = "done_on", .label = MSG("Done on"), .type = FIELD_DATE, .data_class = CLASS_C1},
    {.name = "reason", .label = MSG("Why, or what came of it"),
     .hint = MSG("Needed when it is refused."), .type = FIELD_LONG, .data_class = CLASS_C3},
};

const struct entity entity_risk_response = {
    .kind = "risk_response",
    .label = MSG("Response to a risk"),
    .label_many = MSG("Responses to risks"),
    .about = MSG("A step of the response ladder, taken when a risk is high or has happened."),
    .title_field = "step",
    .order_field = "asked_on",
    .parent_field = "risk_id",
    .removable = true,
    .fields = response_fields,
    .n_fields = COUNT_OF(response_fields),
    .check = risk_response_check,
    .guard = risk_response_guard,
};

// ---- suggestions that were declined --------------------------------------------------------------

static const struct field dismissal_fields[] = {
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "programme"},
    {.name = "row", .label = MSG("Row of the Toolkit"), .example = "3.4-R07", .type = FIELD_TEXT,
     .data_class = CLASS_C1, .required = true, .max = 40},
    {.name = "basis", .label = MSG("Answers that suggested it"),
     .example = "NE:2.3-Q11=no", .type = FIELD_LONG, .data_class = CLASS_C3, .required = true,
     .words = risk_dismissal_words},
    {.name = "reason", .label = MSG("Why it does not apply here"), .type = FIELD_LONG,
     .data_class = CLASS_C3, .required = true, .max = 2000},
};

const struct entity entity_risk_dismissal = {
    .kind = "risk_dismissal",
    .label = MSG("Declined suggestion of a risk"),
    .label_many = MSG("Declined suggestions of risks"),
    .about = MSG("A risk that the situation analysis suggests and that does not apply, with the reason. It comes back when an answer changes."),
    .title_field = "row",
    .order_field = "row",
    .parent_field = "programme_id",
    .removable = true,
    .fields = dismissal_fields,
    .n_fields = COUNT_OF(dismissal_fields),
    .check = risk_dismissal_check,
};
