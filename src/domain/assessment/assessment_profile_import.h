// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_profile_import.h: values of country profiles from a CSV file: read, compare, save.
//
// Columns, in any order, named in the first row: country (two or three letters of ISO 3166, or the name),
// row (2.1-F03, F03 or the words of the field), year, value, female, male, source, comment. Others are
// passed over, so that an export can be brought back. A line without any value is passed over too. Reading
// changes nothing; each line gets a verdict. Not for other nouns.

#ifndef ASSESSMENT_ASSESSMENT_PROFILE_IMPORT_H
#define ASSESSMENT_ASSESSMENT_PROFILE_IMPORT_H

#include "assessment/assessment_profile.h"
#include "assessment/assessment_rounds.h"
#include "base/buf.h"
#include "base/msg.h"
#include "model/rights.h"

// Lines of one file: 42 fields of 200 countries for two years are 16,800.
#define PROFILE_IMPORT_LINES 20000

enum import_verdict { IMPORT_NEW, IMPORT_CHANGED, IMPORT_SAME, IMPORT_REFUSED };

struct import_line {
    int number; // row of the file, as a spreadsheet counts
    enum import_verdict verdict;
    // As it was read; "" when the file has no such column.
    const char *given_country, *given_row, *given_year;
    struct profile_entry given;
    // What it is; NULL when it could not be found.
    const char *country;
    const struct pack_row *row;
    struct profile_entry entry; // with figures in their canonical form
    const struct assessment_answer *before; // IMPORT_CHANGED, IMPORT_SAME
    const char *why;                        // IMPORT_REFUSED: translated
};
struct profile_import {
    const struct pack_tool *tool;
    struct assessment_rounds rounds; // all of this tool
    struct import_line *lines;       // in the order of the file, without empty ones
    size_t n;
    size_t counts[4]; // by verdict
    size_t n_empty;   // lines without a value
    const char *mark; // of what would be done, to see whether it is still the same
};

// Reads and compares. who NULL: may everything. Three statements. ERR_INPUT when the file as a whole
// cannot be read: no heading, a row with another number of cells, too many lines.
MUST_CHECK enum err profile_import_read(struct db_read *db, struct arena *a,
                                        const struct lang *lang, const struct identity *who,
                                        int this_year, const char *bytes, size_t len,
                                        struct profile_import *out, struct err_info *e);
// Saves what is new or changed into the newest rounds, beginning one where there is none.
MUST_CHECK enum err profile_import_save(struct store_tx *tx, struct arena *a,
                                        const struct profile_import *im, struct err_info *e);
// The refused lines as they came, with a column that says why, to correct and bring back.
void profile_import_refused(const struct profile_import *im, bool for_spreadsheets,
                            struct buf *out);

#endif
