// SPDX-License-Identifier: AGPL-3.0-or-later
//
// record_io.h: records of every kind as JSON and CSV, out and in.
//
// The names are the names of fields. Money is a decimal number in the currency of its programme, yes
// and no are true and false, lists of codes are arrays (in CSV: separated by spaces), a reference is
// the id of a record; on the way in it may be its code instead ("GLOT59", "amina"), or "@name" for a
// record of the same import that was given "_as": "name".

#ifndef RECORD_RECORD_IO_H
#define RECORD_RECORD_IO_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "format/csv/csv_write.h"
#include "format/json/json_write.h"
#include "model/rights.h"
#include "store/store.h"

// Currency of the money in a record: of its programme; "USD" where it has none. Programmes already
// asked for are remembered in the context, so that a list asks once for each.
struct money_context {
    struct arena *arena; // of the record at hand
    struct arena *kept;  // of what is remembered; NULL: the same, which is then not emptied between two records
    struct db_read *db;
    struct money_known *known;
    bool confidential; // fields marked so are written too: only when the owner of the workspace asks
};
MUST_CHECK enum err money_of(struct money_context *m, const struct record *r, const char **currency,
                             int *minor_digits, struct err_info *e);

// May this field be written? The one rule for JSON, CSV and text (docs/data-classes.md).
bool record_writes(const struct money_context *m, const struct field *f);
// A value in words; a reference as the title of its record. currency, minor_digits: from money_of.
const char *record_value_words(struct money_context *m, const struct lang *lang, const struct field *f,
                               const struct value *v, const char *currency, int minor_digits);
// One JSON object.
MUST_CHECK enum err record_write_json(struct money_context *m, const struct record *r, struct buf *out,
                                      struct err_info *e);
// One record into a text that is being written, with its fields up to this class (CLASS_C4: all).
MUST_CHECK enum err record_put_json(struct money_context *m, struct json_out *j,
                                    const struct record *r, enum data_class most,
                                    struct err_info *e);

// Records one after the other, as CSV with a heading or as a JSON array.
struct record_out {
    struct money_context *money;
    bool as_json;
    struct csv_out csv;
    struct json_out json;
};
void record_out_begin(struct record_out *o, struct money_context *m, const struct entity *kind, bool as_json,
                      struct buf *out);
MUST_CHECK enum err record_out_put(struct record_out *o, const struct record *r, struct err_info *e);
void record_out_end(struct record_out *o);

// An import: names given by "_as", and what was done.
struct import {
    struct arena *arena;
    struct arena *row; // of the import itself: emptied after each record, so a long file needs no more
    struct store_tx *tx;
    struct import_name *names;
    struct map *keyed; // of one file: id of a record that came with its id or code -> where; NULL: not asked
    // Whose rights count; NULL: the owner of the workspace, who may do everything. Records somebody
    // may not read are as if they were not there. What the program sets (read_only) can then only be
    // given for a new record, where it is required (so it is for the owner with a kind that is sealed); and a
    // reference leads to the same programme.
    const struct identity *who;
    // A country (two letters) about which the person may also write what belongs to no programme; NULL: none.
    const char *country;
    // "version" of a record must be its newest version (else ERR_CONFLICT); otherwise it is not read.
    bool versions;
    // Version that the one record must have (ERR_STALE), "*": any; NULL: not asked.
    const char *if_match;
    int created;
    int updated;
    int same;
    const struct entity *found_kind; // what the import itself keeps: the reference found last; NULL: none
    char found_text[64], found_id[64];
    bool tell;                // keep what was done of each record
    struct import_done *done; // one for each record, the newest first
};
enum import_outcome { IMPORT_CREATED, IMPORT_CHANGED, IMPORT_SAME };
struct import_done {
    struct import_done *next;
    enum import_outcome outcome;
    const char *id;
    const char *version;
};
// JSON: one object or an array. CSV: a heading and rows. Each record is found by id or code and
// created when there is none; a code is looked for in the programme that programme_id names. Fields
// that are not mentioned keep their value. The same record twice in one file is refused. Errors name the place
// (row or index) and the field in e->field: "record 2, title". Nothing is committed here.
MUST_CHECK enum err import_json(struct import *im, const struct entity *kind, const char *bytes,
                                size_t len, struct err_info *e);
// What stands around a list of records and holds for each: fields that a record need not give itself.
struct import_around {
    const char *word; // what one is called in messages: "record", "answer"
    const char **names;
    const char **texts;
    int n;
};
struct json;
// The records of a list that is part of a JSON file.
MUST_CHECK enum err import_json_list(struct import *im, const struct entity *kind, const struct json *list,
                                     const struct import_around *around, struct err_info *e);
// Text of a JSON value as a field reads it; ERR_INPUT for what no field holds.
MUST_CHECK enum err import_json_text(struct arena *a, const struct json *v, const char **out, struct err_info *e);
// Id of the record that a field of this kind names in a file, as for import_json.
MUST_CHECK enum err import_reference(struct import *im, const struct entity *kind, const char *field, const char *text,
                                     const char **id, struct err_info *e);
// One record as names of fields and texts, from the place named ("line 12"): for files of partners.
MUST_CHECK enum err import_texts(struct import *im, const struct entity *kind, const char *place,
                                 const char **names, const char **texts, int n,
                                 struct err_info *e);
struct csv_from; // csv/csv_read.h
MUST_CHECK enum err import_csv(struct import *im, const struct entity *kind, const struct csv_from *from,
                               struct err_info *e);

#endif
