// SPDX-License-Identifier: AGPL-3.0-or-later
//
// diligence_entity.c: kinds of records of this noun: due diligence decisions and the measures they rest on.
//
// Read by forms, JSON, CSV, command line, history and the data dictionary. A new field is a line here
// and a migration. The words of the questions are ours; the row of tool 2.5 stands in each hint.

#include "diligence/diligence.h"

#include "base/bug.h"
#include "base/msg.h"
#include "place/place.h"

static const struct choice forces[] = {
    {"military", MSG("National military")},
    {"paramilitary", MSG("Paramilitary forces")},
    {"police", MSG("Police")},
    {"intelligence", MSG("Intelligence services")},
    {"border", MSG("Border control")},
    {"security", MSG("Security forces")},
    {"authority", MSG("Authorities that manage, administer or command such forces")},
    {NULL, NULL},
};
static const struct choice directions[] = {
    {"give", MSG("We give support")},
    {"accept", MSG("We accept support")},
    {"both", MSG("Both")},
    {NULL, NULL},
};
static const struct choice moments[] = {
    {"before", MSG("Before support")},
    {"during", MSG("During support")},
    {NULL, NULL},
};
static const struct choice answers[] = {
    {"yes", MSG("Yes")},
    {"no", MSG("No")},
    {"not_known", MSG("Not known yet")},
    {NULL, NULL},
};
static const struct choice taken[] = {
    {"taken", MSG("They exist and are taken")},
    {"not_taken", MSG("They exist but are not taken")},
    {"none", MSG("There are none")},
    {"not_known", MSG("Not known yet")},
    {NULL, NULL},
};
static const struct choice decisions[] = {
    {"go", MSG("May go ahead")},
    {"conditions", MSG("May go ahead with conditions")},
    {"refuse", MSG("May not be given")},
    {"suspend", MSG("Suspend the support")},
    {"withdraw", MSG("Withdraw the support")},
    {NULL, NULL},
};
static const struct choice levels[] = {
    {"programme", MSG("Programme or field office")},
    {"headquarters", MSG("Headquarters, with the Resident Coordinator")},
    {"senior", MSG("Senior management of UNODC")},
    {"high", MSG("High level, with the wider United Nations")},
    {NULL, NULL},
};
static const struct choice states[] = {
    {"draft", MSG("Draft")},
    {"submitted", MSG("Submitted")},
    {"decided", MSG("Decided")},
    {"superseded", MSG("Superseded")},
    {NULL, NULL},
};
static const char *const decided[] = {"decided", "superseded", NULL};

static const struct field fields[] = {
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .data_class = CLASS_C1,
     .ref = "programme"},
    {.name = "country", .label = MSG("Country"),
     .hint = MSG("Where the force is. One decision covers one country."), .type = FIELD_CODE,
     .data_class = CLASS_C1, .required = true, .vocabulary = &vocabulary_country},
    {.name = "stakeholder_id", .label = MSG("Among the stakeholders of the country"),
     .hint = MSG("If it is listed there."), .type = FIELD_REF, .data_class = CLASS_C1,
     .ref = "stakeholder"},
    {.name = "recipient", .label = MSG("Name of the force or authority"),
     .hint = MSG("The unit, not only the ministry. Never the name of a person."),
     .example = "Border police, northern district", .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true, .max = 200},
    {.name = "force", .label = MSG("Kind of force"),
     .hint = MSG("2.5-D06 to D12. A force under another name can be covered too: choose what is "
                 "nearest."),
     .type = FIELD_CODE, .data_class = CLASS_C1, .choices = forces},
    {.name = "direction", .label = MSG("Who supports whom?"),
     .hint = MSG("2.5-D03: due diligence is due before support is given, and before it is accepted."),
     .type = FIELD_CODE, .data_class = CLASS_C1, .choices = directions},
    {.name = "support", .label = MSG("What support?"),
     .hint = MSG("What would be given, and what would the unit do with it?"), .type = FIELD_LONG,
     .data_class = CLASS_C1},
    {.name = "support_from", .label = MSG("First day of the support"), .type = FIELD_DATE,
     .data_class = CLASS_C1},
    {.name = "support_until", .label = MSG("Last day of the support"), .type = FIELD_DATE,
     .data_class = CLASS_C1},
    {.name = "closeness", .label = MSG("How long, how often, how close?"),
     .hint = MSG("2.5-D28: the more of each, the greater the risk."), .type = FIELD_LONG,
     .data_class = CLASS_C3},
    {.name = "moment", .label = MSG("Has the support begun?"),
     .hint = MSG("Two different tests: 2.5-D05 before support, 2.5-D16 during support."),
     .type = FIELD_CODE, .data_class = CLASS_C1, .choices = moments},
    {.name = "sources", .label = MSG("Who and what was asked?"),
     .hint = MSG("2.5-D13: the policy, the guidance for the country, OHCHR, the country team, the "
                 "national institution, civil society. No names of people who could be at risk."),
     .type = FIELD_LONG, .data_class = CLASS_C3},
    {.name = "conduct", .label = MSG("What is known of its conduct?"),
     .hint = MSG("2.5-D29: its record on human rights, and whether what is to prevent violations is "
                 "good enough."),
     .type = FIELD_LONG, .data_class = CLASS_C3},
    {.name = "grave_crimes",
     .label = MSG("War crimes, crimes against humanity, gross violations, or refoulement on a scale"),
     .hint = MSG("2.5-D22. Yes if it happened, or before support if it is to be feared."),
     .type = FIELD_CODE, .data_class = CLASS_C3, .choices = answers},
    {.name = "grave_pattern", .label = MSG("A pattern of violations by many members"),
     .hint = MSG("2.5-D23. Yes if it happened, or before support if it is to be feared."),
     .type = FIELD_CODE, .data_class = CLASS_C3, .choices = answers},
    {.name = "grave_command", .label = MSG("Suspected officers in a high post of command"),
     .hint = MSG("2.5-D24. On substantial grounds; write no names here."), .type = FIELD_CODE,
     .data_class = CLASS_C3, .choices = answers},
    {.name = "grave_units", .label = MSG("Grave violations by units under their command"),
     .hint = MSG("2.5-D25. For authorities."), .type = FIELD_CODE, .data_class = CLASS_C3,
     .choices = answers},
    {.name = "grave_impunity", .label = MSG("No effective measures to investigate and prosecute"),
     .hint = MSG("2.5-D26. For authorities; needed together with the one before."),
     .type = FIELD_CODE, .data_class = CLASS_C3, .choices = answers},
    {.name = "grave_why", .label = MSG("What these answers rest on"),
     .hint = MSG("Reports with their dates; no names of victims, witnesses or suspects."),
     .type = FIELD_LONG, .data_class = CLASS_C3},
    {.name = "real_risk",
     .label = MSG("Are there substantial grounds to believe that the risk is real?"),
     .hint = MSG("2.5-D05, before support: a real risk that the force commits grave violations."),
     .type = FIELD_CODE, .data_class = CLASS_C3, .choices = answers},
    {.name = "continuing",
     .label = MSG("Are there substantial grounds to believe that the violations go on?"),
     .hint = MSG("2.5-D16, during support: the authorities still commit grave violations."),
     .type = FIELD_CODE, .data_class = CLASS_C3, .choices = answers},
    {.name = "efforts", .label = MSG("Were efforts made to end them?"),
     .hint = MSG("2.5-D16 and D30: the authorities were told, and asked to end the violations."),
     .type = FIELD_CODE, .data_class = CLASS_C3, .choices = answers},
    {.name = "efforts_what", .label = MSG("Which efforts, by whom, and when?"), .type = FIELD_LONG,
     .data_class = CLASS_C3},
    {.name = "measures", .label = MSG("Corrective or mitigating measures of the authorities"),
     .hint = MSG("2.5-D05 and D16. Measures of UNODC do not replace them. What is only promised is "
                 "not taken."),
     .type = FIELD_CODE, .data_class = CLASS_C3, .choices = taken},
    {.name = "measures_what", .label = MSG("Which measures, and how is it known?"),
     .type = FIELD_LONG, .data_class = CLASS_C3},
    {.name = "decision", .label = MSG("Decision"), .type = FIELD_CODE, .data_class = CLASS_C3,
     .choices = decisions},
    {.name = "grounds", .label = MSG("Grounds"),
     .hint = MSG("Why, in words that somebody understands who was not there."), .type = FIELD_LONG,
     .data_class = CLASS_C3},
    {.name = "conditions", .label = MSG("Conditions"),
     .hint = MSG("What must be so for the support to go on, and what happens if it is not."),
     .type = FIELD_LONG, .data_class = CLASS_C3},
    {.name = "review_on", .label = MSG("Next look"),
     .hint = MSG("After this day nothing new may rest on the decision."), .type = FIELD_DATE,
     .data_class = CLASS_C1},
    {.name = "decided_by", .label = MSG("Office that decided"),
     .hint = MSG("The office, not the person."), .example = "Regional Representative",
     .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 200},
    {.name = "authority", .label = MSG("Level of that office"),
     .hint = MSG("From the response ladder: to suspend needs senior management (RL-5), to withdraw "
                 "a decision on high level (RL-6)."),
     .type = FIELD_CODE, .data_class = CLASS_C1, .choices = levels},
    {.name = "consulted", .label = MSG("Who was consulted?"),
     .hint = MSG("2.5-D27. OHCHR, the country team, the Resident Coordinator. Needed to suspend or "
                 "withdraw."),
     .type = FIELD_LONG, .data_class = CLASS_C3},
    {.name = "decided_on", .label = MSG("Day of the decision"), .type = FIELD_DATE,
     .data_class = CLASS_C1},
    {.name = "return_reason", .label = MSG("Why it was returned"), .type = FIELD_LONG,
     .data_class = CLASS_C3, .approval = true, .max = 2000},
    {.name = "tool", .label = MSG("Tool"), .hint = MSG("2.5, or a copy of it."), .example = "2.5",
     .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 40},
    {.name = "pack_version", .label = MSG("Version of the pack"), .type = FIELD_TEXT,
     .data_class = CLASS_C1, .max = 24},
    {.name = "supersedes_id", .label = MSG("Takes the place of"), .type = FIELD_REF,
     .data_class = CLASS_C1, .ref = "due_diligence"},
    {.name = "state", .label = MSG("State"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .approval = true, .checked = decided, .closed = decided, .choices = states},
};

const struct entity entity_due_diligence = {
    .kind = "due_diligence",
    .label = MSG("Due diligence"),
    .label_many = MSG("Due diligence decisions"),
    .about = MSG("Whether a force that is not of the United Nations may get support, and on what grounds."),
    .title_field = "recipient",
    .parent_field = "programme_id",
    .removable = true,
    .fields = fields,
    .n_fields = COUNT_OF(fields),
    .check = diligence_check,
    .guard = diligence_guard,
};

static const struct choice sides[] = {
    {"authorities", MSG("The authorities")},
    {"unodc", MSG("UNODC")},
    {"other", MSG("Somebody else")},
    {NULL, NULL},
};

static const struct field measure_fields[] = {
    {.name = "due_diligence_id", .label = MSG("Due diligence"), .type = FIELD_REF,
     .data_class = CLASS_C1, .required = true, .ref = "due_diligence"},
    {.name = "what", .label = MSG("What is done against the risk?"), .type = FIELD_LONG,
     .data_class = CLASS_C3, .required = true},
    {.name = "side", .label = MSG("Whose measure is it?"),
     .hint = MSG("Measures of the authorities count for the test; others add to them."),
     .type = FIELD_CODE, .data_class = CLASS_C1, .required = true, .choices = sides},
    {.name = "owner", .label = MSG("Office that does it"),
     .hint = MSG("The office, not the person."), .example = "Inspectorate of the police",
     .type = FIELD_TEXT, .data_class = CLASS_C1, .required = true, .max = 200},
    {.name = "due_on", .label = MSG("By when"), .type = FIELD_DATE, .data_class = CLASS_C1,
     .required = true},
    {.name = "done_on", .label = MSG("Done on"), .type = FIELD_DATE, .data_class = CLASS_C1},
    {.name = "seen", .label = MSG("How is it known that it was done and works?"),
     .type = FIELD_LONG, .data_class = CLASS_C3},
};

const struct entity entity_diligence_measure = {
    .kind = "diligence_measure",
    .label = MSG("Measure of a due diligence"),
    .label_many = MSG("Measures of due diligence decisions"),
    .about = MSG("What is done against the risk that a decision is about, by whom and by when."),
    .title_field = "what",
    .order_field = "due_on",
    .parent_field = "due_diligence_id",
    .removable = true,
    .fields = measure_fields,
    .n_fields = COUNT_OF(measure_fields),
    .check = diligence_measure_check,
    .guard = diligence_measure_guard,
};
