// SPDX-License-Identifier: AGPL-3.0-or-later
//
// obligation_entity.c: kinds of records of this noun: which treaties bind a State.
//
// Read by forms, JSON, CSV, command line, history and the data dictionary. A new field is a line here
// and a migration.

#include "obligation/obligation.h"

#include "base/bug.h"
#include "model/model.h"
#include "place/place.h"

static const struct choice obligation_states[] = {
    {"party", MSG("Bound by it")},
    {"signed", MSG("Signed, not bound")},
    {"none", MSG("Not signed")},
    {"not_known", MSG("Not known")},
    {NULL, NULL},
};

static const struct choice origins[] = {
    {"typed", MSG("Entered by a person")},
    {"prefill", MSG("Taken from reference data")},
    {NULL, NULL},
};

static const struct field obligation_fields[] = {
    {.name = "country", .label = MSG("Country"), .type = FIELD_CODE, .data_class = CLASS_C0,
     .required = true, .vocabulary = &vocabulary_country},
    {.name = "instrument", .label = MSG("Instrument"), .type = FIELD_TEXT, .data_class = CLASS_C0,
     .required = true, .read_only = true, .max = 40},
    {.name = "status", .label = MSG("Status"), .type = FIELD_CODE, .data_class = CLASS_C0,
     .required = true, .choices = obligation_states},
    {.name = "signed_on", .label = MSG("Signed"), .hint = MSG("A year is enough."),
     .example = "2002", .type = FIELD_PARTIAL_DATE, .data_class = CLASS_C0},
    {.name = "bound_on", .label = MSG("Bound since"), .hint = MSG("A year is enough."),
     .example = "2005-05-27", .type = FIELD_PARTIAL_DATE, .data_class = CLASS_C0},
    {.name = "reservations", .label = MSG("Reservations"),
     .hint = MSG("In short: which article, and what the State does not accept."),
     .type = FIELD_LONG, .data_class = CLASS_C0},
    {.name = "note", .label = MSG("Note"), .type = FIELD_LONG, .data_class = CLASS_C1},
    {.name = "source", .label = MSG("Source"), .hint = MSG("For example: UN Treaty Collection."),
     .type = FIELD_TEXT, .data_class = CLASS_C0},
    {.name = "source_date", .label = MSG("State of the source"), .example = "2026-11-22",
     .type = FIELD_PARTIAL_DATE, .data_class = CLASS_C0},
    {.name = "origin", .label = MSG("How entered"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .read_only = true, .choices = origins},
};

static const char *const obligation_key[] = {"instrument", "country", NULL};

const struct entity entity_obligation = {
    .kind = "obligation",
    .key = obligation_key,
    .label = MSG("Obligation"),
    .label_many = MSG("Obligations"),
    .about = MSG("Whether a State is bound by a treaty, since when, with which reservations."),
    .title_field = "instrument",
    .order_field = "instrument",
    .fields = obligation_fields,
    .n_fields = COUNT_OF(obligation_fields),
    .check = obligation_check,
};
