// SPDX-License-Identifier: AGPL-3.0-or-later
//
// hxl.h: values of indicators as tables with HXL tags (Humanitarian Exchange Language 1.1), out and in.
//
// Columns are known by their tags, whatever their order and headings; docs/exchange.md has the tags.

#ifndef EXCHANGE_HXL_HXL_H
#define EXCHANGE_HXL_HXL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "exchange/observation/parts.h"
#include "model/model.h"

struct db_read;
struct lang;
struct partner_import;

// ---- out (hxl_write.c) ------------------------------------------------------------------------------

struct hxl_options {
    const struct lang *lang; // of the headings
    const char *today;
    bool unapproved;
    bool parts; // for a file that is not published
};
// A table of the values of programmes: a row of headings, a row of tags, a row for each value. Notes say line by
// line what it leaves out.
MUST_CHECK enum err hxl_write(struct db_read *db, struct arena *a,
                              struct record *const *programmes, size_t n,
                              const struct hxl_options *o, struct buf *out, struct buf *notes,
                              struct err_info *e);

// ---- in ---------------------------------------------------------------------------------------------

struct hxl_row {
    int number; // as a spreadsheet shows it, from 1
    int n;
    const char *const *cells;
};

#define HXL_ATTRIBUTES 12
struct hxl_tag {
    const char *name; // "#indicator", NULL: the column has no tag
    const char *attributes[HXL_ATTRIBUTES];
    int n;
};

struct hxl_table {
    struct hxl_row *rows; // with those above the tags
    size_t n;
    size_t tag_row; // place in rows
    struct hxl_tag *tags;
    int n_columns;
};
// "#affected +f +age0_17", lower case, attributes in their order. False when it is no tag.
bool hxl_tag_read(struct arena *a, const char *text, struct hxl_tag *out);
bool hxl_tag_has(const struct hxl_tag *t, const char *attribute);
// CSV, XLSX, or JSON as rows or as objects. The tags are in the first of 25 rows in which at least half
// of the filled cells are tags. ERR_INPUT when there is none.
MUST_CHECK enum err hxl_table_read(struct arena *a, const char *bytes, size_t len,
                                   struct hxl_table *out, struct err_info *e);

// The attribute of a value of a characteristic: "f", "age0_17", "nationality_ke".
const char *hxl_part_attribute(struct arena *a, const char *characteristic, const char *value);
// Adds what an attribute says to the split; false when it says nothing of ours, or a characteristic twice. Not every
// word of an open characteristic comes back as it was: an attribute has small letters, digits and _ only.
bool hxl_part_read(struct arena *a, const char *attribute, struct split *into);

struct hxl_file {
    struct hxl_table table;
    const char *indicator; // for rows that name none, or NULL
    const char *period;    // for rows that say none, or NULL
};
// Reads the rows of a struct hxl_file into values. (hxl_read.c; a partner_reader of partner.h.)
enum err hxl_read(struct partner_import *p, void *file, struct err_info *e);

#endif
