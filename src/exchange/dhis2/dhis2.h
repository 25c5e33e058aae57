// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dhis2.h: values of indicators as DHIS2 data value sets (JSON, XML, CSV) and as ADX, out and in.
//
// What is called how on the other side stands in a mapping (docs/exchange.md): a CSV table with the columns
// kind, ours, theirs. What it does not name has the same code on both sides.

#ifndef EXCHANGE_DHIS2_DHIS2_H
#define EXCHANGE_DHIS2_DHIS2_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "exchange/observation/parts.h"
#include "model/model.h"

struct cli;
struct db_read;
struct lang;
struct partner_import;

#define ADX_SPACE "urn:ihe:qrph:adx:2015"
// The option combination that every DHIS2 has for what is not divided.
#define DHIS2_DEFAULT "HllvX50cXC0"

// ---- mapping (dhis2_mapping.c) ------------------------------------------------------------------------

// All fields 0: nothing is called otherwise.
struct dhis2_mapping {
    struct map kinds;
};
// ERR_INPUT names the row that cannot be read.
MUST_CHECK enum err dhis2_mapping_read(struct arena *a, const char *bytes, size_t len,
                                       struct dhis2_mapping *out, struct err_info *e);
// Their code for one of ours, and ours for one of theirs; NULL when the mapping has none. An option combination is
// the text of a split on our side ("age=18-24 sex=female"), however the table writes the group; "" is the whole.
const char *dhis2_theirs(const struct dhis2_mapping *m, const char *kind, const char *ours);
const char *dhis2_ours(const struct dhis2_mapping *m, const char *kind, const char *theirs);

// ---- in -------------------------------------------------------------------------------------------------

// One data value as it came. Texts are never NULL.
struct dhis2_value {
    int line; // or row
    const char *data_element;
    const char *period;
    const char *org_unit;
    const char *option_combo;
    const char *slice; // attribute option combination, or what else cuts a group of ADX
    const char *value;
    const char *comment; // annotation
    struct split split;  // ADX: values of categories, on the way in ours already, on the way out theirs
    const char *unknown; // ADX: a category that is not known, or ""
    bool deleted;
};
struct dhis2_set {
    struct dhis2_value *items;
    size_t n;
    size_t room;
    bool table; // lines are rows of a table
};
// A data value set: XML, JSON or CSV, whichever it is. XML is read in a child without rights.
MUST_CHECK enum err dhis2_read(struct arena *a, const char *bytes, size_t len,
                               struct dhis2_set *out, struct err_info *e);
MUST_CHECK enum err adx_read(struct arena *a, const char *bytes, size_t len,
                             const struct dhis2_mapping *m, struct dhis2_set *out,
                             struct err_info *e);
struct dhis2_value *dhis2_add(struct arena *a, struct dhis2_set *set);
// Puts them together by indicator and period, and saves them.
MUST_CHECK enum err dhis2_save(struct partner_import *p, const struct dhis2_set *set,
                               const struct dhis2_mapping *m, struct err_info *e);

// ---- out ------------------------------------------------------------------------------------------------

enum dhis2_form { DHIS2_JSON, DHIS2_XML, DHIS2_CSV, DHIS2_ADX };
struct dhis2_options {
    const struct lang *lang; // of notes
    const char *now;         // 2026-11-22T10:20:30Z
    enum dhis2_form form;
    const struct dhis2_mapping *mapping;
    bool unapproved;
    bool parts;
};
// Into the output of the command, value by value; ADX has values in groups, so they are gathered first.
MUST_CHECK enum err dhis2_write(struct cli *c, struct db_read *db, struct record *const *programmes, size_t n,
                                const struct dhis2_options *o, struct buf *notes, struct err_info *e);

#endif
