// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_entity.c: the kind of record of this noun: a release with what is known of it.
//
// Read by forms, JSON, CSV, command line, history and the data dictionary. A new field is a line here
// and a migration. Almost all of it is set by the program: a release is made, audited and published by steps of
// its own (release_store.c), and the guard there keeps every other way from changing it.

#include "base/bug.h"
#include "release/release_limits.h"
#include "release/release_record.h"

static const struct choice states[] = {
    {"draft", MSG("Draft")},
    {"audited", MSG("Audited")},
    {"published", MSG("Published")},
    {"refused", MSG("Refused")},
    {"withdrawn", MSG("Withdrawn")},
    {NULL, NULL},
};
static const char *const left[] = {"published", "withdrawn", NULL};

static const struct choice verdicts[] = {
    {"protected", MSG("Protected")},
    {"open", MSG("Not protected")},
    {"unproved", MSG("Not proved")},
    {NULL, NULL},
};

static const struct vocabulary vocabulary_class = {.name = "release_class", .list = release_class_choices};

#define SET .data_class = CLASS_C1, .read_only = true

static const struct field fields[] = {
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .data_class = CLASS_C1, .required = true,
     .ref = "programme"},
    {.name = "code", .label = MSG("Name"), .hint = MSG("Stands in addresses and file names: letters, digits and “-”."),
     .example = "trained-2026", .type = FIELD_TEXT, .data_class = CLASS_C1, .required = true,
     .max = RELEASE_NAME_BYTES},
    {.name = "title", .label = MSG("Title"), .hint = MSG("What people read above the table. Not who is in it."),
     .example = "People trained, 2025", .type = FIELD_TEXT, .data_class = CLASS_C1, .required = true, .max = 200},
    {.name = "indicator_id", .label = MSG("Indicator"), .type = FIELD_REF, .data_class = CLASS_C1, .required = true,
     .ref = "indicator"},
    {.name = "split_by", .label = MSG("By"), .type = FIELD_TEXT, SET, .max = 200},
    {.name = "counted", .label = MSG("Part: who is counted"), .type = FIELD_LONG, SET},
    {.name = "counted_of", .label = MSG("Whole: of whom"), .type = FIELD_LONG, SET},
    {.name = "class", .label = MSG("Class of data"), .type = FIELD_CODE, .data_class = CLASS_C1, .required = true,
     .vocabulary = &vocabulary_class},
    {.name = "base", .label = MSG("Rounded to multiples of"), .type = FIELD_INT, SET, .min = RELEASE_LEAST_BASE,
     .max = RELEASE_MOST_BASE},
    {.name = "periods", .label = MSG("Periods"), .type = FIELD_LONG, SET},
    {.name = "cutoff_on", .label = MSG("Counted on"), .type = FIELD_DATE, SET},
    {.name = "collapsed", .label = MSG("Given up, because there were too few people"), .type = FIELD_TEXT, SET,
     .max = 2000},
    {.name = "repeats", .label = MSG("A person may be counted several times"), .type = FIELD_BOOL, SET},
    {.name = "counts", .label = MSG("Table"), .type = FIELD_LONG, SET, .max = RELEASE_TABLE_BYTES},
    {.name = "seed_commitment", .label = MSG("Commitment to the seed"), .type = FIELD_TEXT, SET, .max = 64},
    {.name = "made_by", .label = MSG("Made by"), .type = FIELD_TEXT, SET, .max = 64, .by_actor = true},
    {.name = "audited_on", .label = MSG("Audited on"), .type = FIELD_DATE, SET},
    {.name = "audited_against", .label = MSG("Audited together with"), .type = FIELD_LONG, SET},
    {.name = "verdict", .label = MSG("Verdict"), .type = FIELD_CODE, SET, .choices = verdicts},
    {.name = "audited_counts", .label = MSG("Counts audited"), .type = FIELD_INT, SET},
    {.name = "weakest_low", .label = MSG("Narrowest interval, from"), .type = FIELD_INT, SET},
    {.name = "weakest_high", .label = MSG("Narrowest interval, to"), .type = FIELD_INT, SET},
    {.name = "published_by", .label = MSG("Published by"), .type = FIELD_TEXT, SET, .max = 64, .by_actor = true},
    {.name = "published_on", .label = MSG("Published on"), .type = FIELD_DATE, SET},
    {.name = "reason", .label = MSG("Why it was refused or withdrawn"), .type = FIELD_LONG, SET, .max = 2000},
    {.name = "state", .label = MSG("State"), .type = FIELD_CODE, .data_class = CLASS_C1, .required = true,
     .read_only = true, .approval = true, .checked = left, .closed = left, .choices = states},
};

const struct entity entity_release = {
    .kind = "release",
    .label = MSG("Release"),
    .label_many = MSG("Releases"),
    .about = MSG("A table about people that may leave: rounded, proved, published by a second person."),
    .code_field = "code",
    .title_field = "title",
    .parent_field = "programme_id",
    .for_work = true, // drafts of one table after the other give it away
    .unsearched = true, // published ones are found by all who sign in (search_store.c), drafts by nobody
    .sealed = true, // a verdict of the audit is made by the audit
    .fields = fields,
    .n_fields = COUNT_OF(fields),
    .check = release_record_check,
    .guard = release_guard,
    .explain = release_explain,
};
