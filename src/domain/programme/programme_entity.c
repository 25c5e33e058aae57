// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_entity.c: kinds of records of this noun: programmes, their partners and revisions,
// evidence and actions.
//
// Read by forms, JSON, CSV, command line, history and the data dictionary. A new field is a line here
// and a migration.

#include "programme/programme.h"

#include "base/bug.h"
#include "model/model.h"
#include "place/place.h"

static const struct choice crimes[] = {
    {"tip", MSG("Trafficking in persons")},
    {"som", MSG("Smuggling of migrants")},
    {"both", MSG("Both")},
    {NULL, NULL},
};

static const struct choice states[] = {
    {"planned", MSG("Planned")},
    {"running", MSG("Running")},
    {"closed", MSG("Closed")},
    {NULL, NULL},
};

static const struct choice areas[] = {
    {"strategy", MSG("Strategy and policy")},
    {"legislation", MSG("Legislation")},
    {"justice", MSG("Criminal justice")},
    {"cooperation", MSG("Regional and international cooperation")},
    {"protection", MSG("Protection and assistance")},
    {"prevention", MSG("Prevention and awareness")},
    {"data", MSG("Data and research")},
    {"advocacy", MSG("Advocacy")},
    {NULL, NULL},
};

static const struct choice action_states[] = {
    {"open", MSG("Open")},
    {"done", MSG("Done")},
    {"dropped", MSG("Dropped")},
    {NULL, NULL},
};

static const struct field programme_fields[] = {
    {.name = "number", .label = MSG("Number"),
     .hint = MSG("The code of the project document: capital letters and digits."),
     .example = "GLOT59", .type = FIELD_TEXT, .data_class = CLASS_C1, .required = true, .max = 24},
    {.name = "title", .label = MSG("Title"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true, .max = 300},
    {.name = "objective", .label = MSG("Objective"),
     .hint = MSG("What will be different for people when it has worked?"), .type = FIELD_LONG,
     .data_class = CLASS_C1},
    {.name = "crime", .label = MSG("Crime addressed"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = crimes},
    {.name = "starts_on", .label = MSG("First day"), .type = FIELD_DATE, .data_class = CLASS_C1,
     .required = true},
    {.name = "ends_on", .label = MSG("Last day"), .type = FIELD_DATE, .data_class = CLASS_C1,
     .required = true},
    {.name = "state", .label = MSG("State"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = states},
    {.name = "areas", .label = MSG("Areas of work"), .type = FIELD_CODES, .data_class = CLASS_C1,
     .choices = areas},
    {.name = "countries", .label = MSG("Countries"),
     .hint = MSG("Where people are reached. Leave empty for a global programme."),
     .type = FIELD_CODES, .data_class = CLASS_C1, .vocabulary = &vocabulary_country},
    {.name = "country_shares", .label = MSG("Shares of the budget"),
     .hint = MSG("How much of the budget each country gets. Together they are 100. Leave all empty when it is not known."),
     .type = FIELD_SHARES, .data_class = CLASS_C1, .vocabulary = &vocabulary_recipient,
     .shares_of = "countries"},
    {.name = "currency", .label = MSG("Currency"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .vocabulary = &vocabulary_currency},
    {.name = "approved_total", .label = MSG("Approved budget"),
     .hint = MSG("Money that donors have agreed to give."), .type = FIELD_MONEY,
     .data_class = CLASS_C1},
    {.name = "overall_total", .label = MSG("Overall budget"),
     .hint = MSG("Money needed for everything planned."), .type = FIELD_MONEY,
     .data_class = CLASS_C1},
    {.name = "manager_id", .label = MSG("Manager"), .type = FIELD_REF, .data_class = CLASS_C2,
     .ref = "user"},
    {.name = "links", .label = MSG("Links"), .type = FIELD_LONG, .data_class = CLASS_C1},
    {.name = "source", .label = MSG("Source"),
     .hint = MSG("For example the project document and its date."), .type = FIELD_TEXT,
     .data_class = CLASS_C1},
    // What the programme calls the levels of its results; filled in on the page of the logframe.
    {.name = "goal_name", .label = MSG("Name of the goal"), .example = "Impact",
     .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 40},
    {.name = "outcome_name", .label = MSG("Name of an outcome"), .example = "Specific objective",
     .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 40},
    {.name = "output_name", .label = MSG("Name of an output"), .example = "Expected result",
     .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 40},
};

const struct entity entity_programme = {
    .kind = "programme",
    .label = MSG("Programme"),
    .label_many = MSG("Programmes"),
    .about = MSG("A programme or project, with its period, countries, partners and money."),
    .code_field = "number",
    .title_field = "title",
    .order_field = "number",
    .shown_on = "",
    .fields = programme_fields,
    .n_fields = COUNT_OF(programme_fields),
    .explain = programme_explain,
    .check = programme_check,
};

static const struct field partner_fields[] = {
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "programme"},
    {.name = "name", .label = MSG("Name"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true, .max = 200},
    {.name = "role", .label = MSG("What it does"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .max = 300},
};

const struct entity entity_partner = {
    .kind = "partner",
    .label = MSG("Partner"),
    .label_many = MSG("Partners"),
    .about = MSG("An organisation that works in the programme."),
    .title_field = "name",
    .order_field = "name",
    .parent_field = "programme_id",
    .shown_on = "",
    .removable = true,
    .imported = true,
    .fields = partner_fields,
    .n_fields = COUNT_OF(partner_fields),
};

static const struct field revision_fields[] = {
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "programme"},
    {.name = "number", .label = MSG("Number"), .type = FIELD_INT, .data_class = CLASS_C1,
     .required = true, .min = 1, .max = 99},
    {.name = "decided_on", .label = MSG("Decided on"),
     .hint = MSG("Leave empty when it is not decided yet."), .type = FIELD_DATE,
     .data_class = CLASS_C1},
    {.name = "reason", .label = MSG("Reason"), .type = FIELD_LONG, .data_class = CLASS_C1,
     .required = true},
    {.name = "changes_budget", .label = MSG("Changes the budget"), .type = FIELD_BOOL,
     .data_class = CLASS_C1},
    {.name = "changes_time", .label = MSG("Changes the period"), .type = FIELD_BOOL,
     .data_class = CLASS_C1},
    {.name = "changes_logframe", .label = MSG("Changes the logframe"), .type = FIELD_BOOL,
     .data_class = CLASS_C1},
    {.name = "overall_before", .label = MSG("Overall budget before"), .type = FIELD_MONEY,
     .data_class = CLASS_C1},
    {.name = "overall_after", .label = MSG("Overall budget after"), .type = FIELD_MONEY,
     .data_class = CLASS_C1},
    {.name = "ends_on_after", .label = MSG("New last day"), .type = FIELD_DATE,
     .data_class = CLASS_C1},
    {.name = "what_changed", .label = MSG("What changed"),
     .hint = MSG("A ticked box needs its change written here or in the fields above."),
     .type = FIELD_LONG, .data_class = CLASS_C1},
    {.name = "source", .label = MSG("Source"), .type = FIELD_TEXT, .data_class = CLASS_C1},
};

const struct entity entity_revision = {
    .kind = "revision",
    .label = MSG("Revision"),
    .label_many = MSG("Revisions"),
    .about = MSG("A formal change of the programme, and what it changed."),
    .title_field = "number",
    .order_field = "number",
    .parent_field = "programme_id",
    .shown_on = "",
    .removable = true,
    .fields = revision_fields,
    .n_fields = COUNT_OF(revision_fields),
    .check = revision_check,
};

static const struct field evidence_fields[] = {
    {.name = "about_kind", .label = MSG("Kind of record"), .type = FIELD_TEXT,
     .data_class = CLASS_C1, .required = true, .read_only = true, .max = 40},
    {.name = "about_id", .label = MSG("Record"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true, .read_only = true, .max = 26},
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .data_class = CLASS_C1,
     .read_only = true, .ref = "programme"},
    {.name = "title", .label = MSG("Title"),
     .hint = MSG("For example: minutes of the meeting of 3 May 2026."), .type = FIELD_TEXT,
     .data_class = CLASS_C1, .required = true, .max = 200},
    {.name = "link", .label = MSG("Link"), .example = "https://example.org/report",
     .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 1000},
    {.name = "file_hash", .label = MSG("File"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .read_only = true, .max = 64},
    {.name = "file_name", .label = MSG("File name"), .type = FIELD_TEXT, .data_class = CLASS_C2,
     .read_only = true, .max = 200},
    {.name = "file_size", .label = MSG("Size"), .type = FIELD_INT, .data_class = CLASS_C1,
     .read_only = true, .min = 0, .max = 26214400},
    {.name = "media_type", .label = MSG("Type"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .read_only = true, .max = 100},
    {.name = "note", .label = MSG("Note"), .type = FIELD_LONG, .data_class = CLASS_C3},
};

const struct entity entity_evidence = {
    .kind = "evidence",
    .label = MSG("Evidence"),
    .label_many = MSG("Evidence"),
    .about = MSG("What an answer, a risk or a value rests on: a document, a link or a note."),
    .title_field = "title",
    .parent_field = "programme_id",
    .shown_on = "/documents",
    .removable = true,
    .fields = evidence_fields,
    .n_fields = COUNT_OF(evidence_fields),
    .check = evidence_check,
};

static const struct field action_fields[] = {
    {.name = "about_kind", .label = MSG("Kind of record"), .type = FIELD_TEXT,
     .data_class = CLASS_C1, .required = true, .read_only = true, .max = 40},
    {.name = "about_id", .label = MSG("Record"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true, .read_only = true, .max = 26},
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .data_class = CLASS_C1,
     .read_only = true, .ref = "programme"},
    {.name = "what", .label = MSG("What will be done"),
     .hint = MSG("Begin with a verb: Brief all trainers on …"), .type = FIELD_TEXT,
     .data_class = CLASS_C1, .required = true, .max = 400},
    {.name = "owner_id", .label = MSG("Who"), .type = FIELD_REF, .data_class = CLASS_C2,
     .ref = "user"},
    {.name = "due_on", .label = MSG("By when"), .type = FIELD_DATE, .data_class = CLASS_C1},
    {.name = "state", .label = MSG("State"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = action_states},
    {.name = "done_on", .label = MSG("Done on"), .type = FIELD_DATE, .data_class = CLASS_C1},
};

const struct entity entity_action = {
    .kind = "action",
    .label = MSG("Action"),
    .label_many = MSG("Actions"),
    .about = MSG("Something somebody will do by a date."),
    .title_field = "what",
    .order_field = "due_on",
    .parent_field = "programme_id",
    .shown_on = "/actions",
    .removable = true,
    .fields = action_fields,
    .n_fields = COUNT_OF(action_fields),
    .check = action_check,
};
