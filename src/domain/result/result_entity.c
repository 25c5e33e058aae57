// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_entity.c: kinds of records of this noun: results, indicators, targets and observations.
//
// Read by forms, JSON, CSV, command line, history and the data dictionary. A new field is a line here
// and a migration.

#include "result/result.h"

#include "base/bug.h"
#include "model/model.h"
#include "place/place.h"
#include "result/result_split.h"

static const struct choice levels[] = {
    {"goal", MSG("Goal")},
    {"outcome", MSG("Outcome")},
    {"output", MSG("Output")},
    {NULL, NULL},
};

static const struct choice units[] = {
    {"count", MSG("Count")},
    {"yes_no", MSG("Yes or no")},
    {"percentage", MSG("Percentage")},
    {"proportion", MSG("Proportion")},
    {"ratio", MSG("Ratio")},
    {"duration", MSG("Duration in days")},
    {"score", MSG("Score")},
    {"text", MSG("Description")},
    {NULL, NULL},
};

static const struct choice directions[] = {
    {"more", MSG("More is better")},
    {"less", MSG("Less is better")},
    {"neither", MSG("Neither")},
    {NULL, NULL},
};

static const struct choice accumulations[] = {
    {"cumulative", MSG("Adds up over periods")},
    {"per_period", MSG("Each period stands alone")},
    {"latest", MSG("The latest value counts")},
    {NULL, NULL},
};

static const struct choice repeats[] = {
    {"period", MSG("Another period")},
    {"place", MSG("Another place")},
    {"programme", MSG("Another programme")},
    {"result", MSG("Another result of the programme")},
    {NULL, NULL},
};

static const struct choice frequencies[] = {
    {"monthly", MSG("Every month")},
    {"quarterly", MSG("Every three months")},
    {"half_yearly", MSG("Every six months")},
    {"yearly", MSG("Every year")},
    {"twice", MSG("At the beginning and at the end")},
    {"once", MSG("Once, at the end")},
    {"event", MSG("After each event")},
    {NULL, NULL},
};

// By their numbers; what they say in full is in the library (library_sdg_target).
static const struct choice sdg_targets[] = {
    {"5.1", MSG("5.1: discrimination against women and girls")},
    {"5.2", MSG("5.2: violence against women and girls")},
    {"5.3", MSG("5.3: harmful practices")},
    {"5.4", MSG("5.4: unpaid care and housework")},
    {"5.5", MSG("5.5: women take part and lead")},
    {"5.c", MSG("5.c: policies and laws for equality")},
    {"8.7", MSG("8.7: forced labour, child labour")},
    {"10.7", MSG("10.7: safe and orderly migration")},
    {"16.2", MSG("16.2: violence against children")},
    {"16.4", MSG("16.4: organised crime, illegal money and arms")},
    {"17.9", MSG("17.9: capacity building")},
    {NULL, NULL},
};

static const struct choice indicator_states[] = {
    {"active", MSG("In use")},
    {"retired", MSG("No longer used")},
    {NULL, NULL},
};

static const struct choice observation_states[] = {
    {"entered", MSG("Entered")},
    {"verified", MSG("Verified")},
    {"approved", MSG("Approved")},
    {"locked", MSG("Locked")},
    {"returned", MSG("Returned")},
    {NULL, NULL},
};

static const char *const observation_checked[] = {"verified", "approved", "locked", NULL};
static const char *const observation_closed[] = {"approved", "locked", NULL};

static const struct choice observation_answers[] = {
    {"yes", MSG("Yes")},
    {"part", MSG("In part")},
    {"no", MSG("No")},
    {NULL, NULL},
};

static const struct field result_fields[] = {
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "programme"},
    {.name = "level", .label = MSG("Level"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = levels},
    {.name = "code", .label = MSG("Code"), .example = "O2", .type = FIELD_TEXT,
     .data_class = CLASS_C1, .required = true, .max = 24},
    {.name = "parent_id", .label = MSG("Serves"), .type = FIELD_REF, .data_class = CLASS_C1,
     .ref = "result"},
    {.name = "statement", .label = MSG("Statement"), .type = FIELD_LONG, .data_class = CLASS_C1,
     .required = true},
    {.name = "assumptions", .label = MSG("Assumptions"),
     .hint = MSG("What must hold, and the programme cannot bring about itself?"),
     .type = FIELD_LONG, .data_class = CLASS_C1},
    {.name = "position", .label = MSG("Place in the logframe"), .type = FIELD_INT, .data_class = CLASS_C1,
     .read_only = true, .min = 1, .max = 9999},
};

const struct entity entity_result = {
    .kind = "result",
    .label = MSG("Result"),
    .label_many = MSG("Results"),
    .about = MSG("A goal, outcome or output of a programme."),
    .title_field = "statement",
    .order_field = "code",
    .parent_field = "programme_id",
    .shown_on = "/logframe",
    .removable = true,
    .fields = result_fields,
    .n_fields = COUNT_OF(result_fields),
    .guard = result_guard,
    .explain = result_explain,
};

static const struct field indicator_fields[] = {
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "programme"},
    {.name = "code", .label = MSG("Code"), .example = "GLOT59/I1", .type = FIELD_TEXT,
     .data_class = CLASS_C1, .required = true, .max = 40},
    {.name = "result_id", .label = MSG("Result"), .type = FIELD_REF, .data_class = CLASS_C1,
     .ref = "result"},
    {.name = "row", .label = MSG("Row of the Toolkit"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .read_only = true, .max = 40},
    {.name = "row_adopted", .label = MSG("The row when it was adopted"), .type = FIELD_LONG,
     .data_class = CLASS_C1, .read_only = true},
    {.name = "title", .label = MSG("Title"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true, .max = 400},
    {.name = "definition", .label = MSG("Definition"), .type = FIELD_LONG, .data_class = CLASS_C1},
    {.name = "rationale", .label = MSG("Why it is measured"),
     .hint = MSG("What does it show, and which decision needs it?"), .type = FIELD_LONG,
     .data_class = CLASS_C1},
    {.name = "counted", .label = MSG("Part: what is counted"),
     .hint = MSG("Of a share: what stands above the line. Of a number: who or what is in it, and what is not."),
     .example = "People whose second test is better than their first", .type = FIELD_LONG,
     .data_class = CLASS_C1},
    {.name = "counted_of", .label = MSG("Whole: of what"),
     .hint = MSG("Of a share: what stands below the line."),
     .example = "People who took both tests", .type = FIELD_LONG, .data_class = CLASS_C1},
    {.name = "unit", .label = MSG("Unit"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = units},
    {.name = "direction", .label = MSG("Direction"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = directions},
    {.name = "accumulation", .label = MSG("Over time"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = accumulations},
    {.name = "repeats", .label = MSG("The same person can be counted again in"),
     .hint = MSG("Then sums are not added up silently: they say at least and at most, or are refused."),
     .type = FIELD_CODES, .data_class = CLASS_C1, .choices = repeats},
    {.name = "frequency", .label = MSG("How often"), .type = FIELD_CODE,
     .data_class = CLASS_C1, .choices = frequencies},
    {.name = "per_country", .label = MSG("One value for each country of the programme"),
     .type = FIELD_BOOL, .data_class = CLASS_C1},
    {.name = "disaggregation", .label = MSG("Split by"), .type = FIELD_CODES,
     .data_class = CLASS_C1, .vocabulary = &vocabulary_characteristic},
    {.name = "split_note", .label = MSG("Why it is not split"),
     .hint = MSG("Needed only when others under the same result are split and this one is not."),
     .example = "It counts laws, not people.", .type = FIELD_TEXT, .data_class = CLASS_C1},
    {.name = "means", .label = MSG("Means of verification"),
     .hint = MSG("Which documents or people prove the value?"), .type = FIELD_LONG,
     .data_class = CLASS_C1},
    {.name = "source", .label = MSG("Source"), .hint = MSG("Where do the data come from?"),
     .example = "Register of the police academy", .type = FIELD_TEXT, .data_class = CLASS_C1},
    {.name = "collection", .label = MSG("How it is collected"),
     .hint = MSG("Who asks or counts, with which form, and who checks it?"), .type = FIELD_LONG,
     .data_class = CLASS_C1},
    {.name = "limits", .label = MSG("Limits of the data"),
     .hint = MSG("Who may be missing, what may be counted twice, how exact is it?"),
     .type = FIELD_LONG, .data_class = CLASS_C1},
    {.name = "readers", .label = MSG("Who may see it"),
     .hint = MSG("Outside the programme: who gets the number, and what must not leave it?"),
     .type = FIELD_LONG, .data_class = CLASS_C1},
    {.name = "sdg_targets", .label = MSG("Targets of the Sustainable Development Goals"),
     .type = FIELD_CODES, .data_class = CLASS_C1, .choices = sdg_targets},
    {.name = "assumptions", .label = MSG("Assumptions"), .type = FIELD_LONG,
     .data_class = CLASS_C1},
    {.name = "baseline", .label = MSG("Baseline"),
     .hint = MSG("For yes or no: 1 for yes, 0 for no."), .example = "0", .type = FIELD_DECIMAL,
     .data_class = CLASS_C1},
    {.name = "baseline_on", .label = MSG("Baseline on"), .type = FIELD_DATE,
     .data_class = CLASS_C1},
    {.name = "baseline_note", .label = MSG("Note on the baseline"), .type = FIELD_TEXT,
     .data_class = CLASS_C1},
    {.name = "owner_id", .label = MSG("Who collects it"), .type = FIELD_REF,
     .data_class = CLASS_C2, .ref = "user"},
    {.name = "state", .label = MSG("State"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = indicator_states},
    {.name = "position", .label = MSG("Place in the logframe"), .type = FIELD_INT, .data_class = CLASS_C1,
     .read_only = true, .min = 1, .max = 9999},
};

const struct entity entity_indicator = {
    .kind = "indicator",
    .label = MSG("Indicator"),
    .label_many = MSG("Indicators"),
    .about = MSG("What is measured to see whether a result comes about."),
    .code_field = "code",
    .title_field = "title",
    .order_field = "code",
    .parent_field = "programme_id",
    .removable = true,
    .fields = indicator_fields,
    .n_fields = COUNT_OF(indicator_fields),
    .check = indicator_check,
    .explain = indicator_explain,
};

static const struct field target_fields[] = {
    {.name = "indicator_id", .label = MSG("Indicator"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "indicator"},
    {.name = "due_on", .label = MSG("By when"), .type = FIELD_DATE, .data_class = CLASS_C1,
     .required = true},
    {.name = "value", .label = MSG("Target"), .example = "120", .type = FIELD_DECIMAL,
     .data_class = CLASS_C1, .required = true},
    {.name = "reason", .label = MSG("Reason"), .hint = MSG("Needed when a target is changed."),
     .type = FIELD_TEXT, .data_class = CLASS_C1},
    {.name = "replaced", .label = MSG("Replaced"), .type = FIELD_BOOL, .data_class = CLASS_C1,
     .read_only = true},
};

const struct entity entity_target = {
    .kind = "target",
    .label = MSG("Target"),
    .label_many = MSG("Targets"),
    .about = MSG("A value to be reached by a day. An old target stays visible."),
    .title_field = "value",
    .order_field = "due_on",
    .parent_field = "indicator_id",
    .fields = target_fields,
    .n_fields = COUNT_OF(target_fields),
    .guard = target_guard,
};

// From the period to the note: what people type for a value (result.h).
const struct field observation_fields[] = {
    {.name = "indicator_id", .label = MSG("Indicator"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "indicator"},
    {.name = "period_from", .label = MSG("From"), .type = FIELD_DATE, .data_class = CLASS_C1,
     .required = true},
    {.name = "period_to", .label = MSG("To"), .type = FIELD_DATE, .data_class = CLASS_C1,
     .required = true},
    {.name = "country", .label = MSG("Country"),
     .hint = MSG("Leave empty for a value of the whole programme."), .type = FIELD_CODE,
     .data_class = CLASS_C1, .vocabulary = &vocabulary_country},
    {.name = "value", .label = MSG("Value"), .example = "42", .type = FIELD_DECIMAL,
     .data_class = CLASS_C1},
    {.name = "numerator", .label = MSG("Part"), .example = "18", .type = FIELD_DECIMAL,
     .data_class = CLASS_C1},
    {.name = "denominator", .label = MSG("Whole"), .example = "24", .type = FIELD_DECIMAL,
     .data_class = CLASS_C1},
    {.name = "answer", .label = MSG("Answer"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .choices = observation_answers},
    {.name = "source", .label = MSG("Source"), .hint = MSG("What would you show an evaluator?"),
     .type = FIELD_TEXT, .data_class = CLASS_C1},
    {.name = "note", .label = MSG("Note"), .type = FIELD_LONG, .data_class = CLASS_C1},
    {.name = "state", .label = MSG("State"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .approval = true, .checked = observation_checked,
     .closed = observation_closed, .choices = observation_states},
    {.name = "return_reason", .label = MSG("Why it was returned"), .type = FIELD_TEXT,
     .data_class = CLASS_C1, .approval = true},
};

const struct entity entity_observation = {
    .kind = "observation",
    .label = MSG("Value"),
    .label_many = MSG("Values"),
    .about = MSG("A value of an indicator for a period, for the whole programme or one country."),
    .title_field = "period_to",
    .order_field = "period_to",
    .parent_field = "indicator_id",
    .imported = true,
    .fields = observation_fields,
    .n_fields = COUNT_OF(observation_fields),
    .check = observation_check,
    .guard = observation_guard,
    .explain = observation_explain,
};

// The log holds changes from before there were splits, when sex and age were fields of their own.
static const char *const before_splits[] = {"age", "sex", NULL};

static const struct field observation_part_fields[] = {
    {.name = "observation_id", .label = MSG("Value"), .type = FIELD_REF, .data_class = CLASS_C1,
     .required = true, .ref = "observation"},
    {.name = "split", .label = MSG("Characteristics"), .example = "age=18-24 sex=female",
     .type = FIELD_TEXT, .data_class = CLASS_C1, .required = true, .max = SPLIT_MAX,
     .was = before_splits},
    {.name = "value", .label = MSG("Number"), .example = "12", .type = FIELD_DECIMAL,
     .data_class = CLASS_C2},
    {.name = "numerator", .label = MSG("Part"), .example = "5", .type = FIELD_DECIMAL,
     .data_class = CLASS_C2},
    {.name = "denominator", .label = MSG("Whole"), .example = "12", .type = FIELD_DECIMAL,
     .data_class = CLASS_C2},
};

const struct entity entity_observation_part = {
    .kind = "observation_part",
    .label = MSG("Part of a value"),
    .label_many = MSG("Parts of values"),
    .about = MSG("Part of a value, for people with the same characteristics."),
    .unsearched = true, // codes, not words: there are twenty parts to a value
    .imported = true,
    .for_work = true,
    .title_field = "value",
    .parent_field = "observation_id",
    .fields = observation_part_fields,
    .n_fields = COUNT_OF(observation_part_fields),
    .check = observation_part_check,
    .guard = observation_part_guard,
};
