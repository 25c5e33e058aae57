// SPDX-License-Identifier: AGPL-3.0-or-later
//
// columns.h: records as the cells of a table that leaves and comes back: which fields are in it, their
// headings, and the two directions between a value and the text of a cell.
//
// A CSV holds names of fields and codes, for programs; a workbook holds labels and the words of codes, for
// people. What comes back may be either, in any language of the program: a cell that holds what would be
// written for a value says that nothing changed.

#ifndef WORKBOOK_COLUMNS_H
#define WORKBOOK_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/msg.h"
#include "db/db.h"
#include "model/model.h"

// The two columns that find a record again, before its fields: the id, and the version that was taken out.
#define COLUMN_ID "id"
#define COLUMN_VERSION "version"

// The version as it stands in a cell: a letter and the beginning of the hash (64 bits of it), which no spreadsheet takes
// for a number.
const char *column_version(struct arena *a, const char *version);
// Does the cell name this version, so or as the whole hash?
bool column_is_version(const char *cell, const char *version);
// Does a field leave in a file? Not what is personal or sensitive (class C2 and above) or confidential: what
// is in a file has left the rights of the program behind (docs/data-classes.md).
bool column_leaves(const struct field *f);
// Heading in a workbook. name: COLUMN_ID, COLUMN_VERSION or the name of a field of the kind.
const char *column_heading(struct arena *a, const struct lang *lang, const struct entity *kind,
                           const char *name);
// Does a heading mean this column: its name, its label or its heading in some language?
bool column_is(struct arena *a, const struct lang *lang, const struct entity *kind, const char *name,
               const char *heading);

// Text of a value in CSV: codes, canonical numbers; a reference as the code of its record, or the id where it has none.
// minor_digits: of money.
const char *column_text(struct arena *a, struct db_read *db, const struct field *f,
                        const struct value *v, int minor_digits);
// Its words in a workbook, where they are others and mean this value alone: labels of codes, yes and no, shares, the
// title of a record that has no code; else "". db: of references only.
const char *column_words(struct arena *a, struct db_read *db, const struct lang *lang, const struct field *f,
                         const struct value *v);
// Id of the only record with this title that a reference may name; NULL: none has it, or several have.
const char *column_named(struct arena *a, struct db_read *db, const struct field *f, const char *title);

// Does the cell say what the value is already?
bool column_same(struct arena *a, struct db_read *db, const struct lang *lang, const struct field *f,
                 const struct value *v, int minor_digits, const char *cell);
// What the cell says as field_parse reads it: labels become codes, "Yes" true, midnight of a day the day. What
// is none of them comes back as it is, and is refused there.
const char *column_read(struct arena *a, const struct lang *lang, const struct field *f,
                        const char *cell);
// What may stand in a cell of this field, for people: "Low, Medium, High"; "" where every text may, or one of a long list.
const char *column_choices(struct arena *a, const struct lang *lang, const struct field *f);

#endif
