// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_screening_load.h: loading screenings, and who adopted which row of the library.

#ifndef RESULT_RESULT_SCREENING_LOAD_H
#define RESULT_RESULT_SCREENING_LOAD_H

#include "base/arena.h"
#include "base/err.h"
#include "model/model.h"
#include "result/result_screening.h"

struct db_read;

// The newest screening of each indicator of a programme (NULL: of all), without the reasons. One statement.
MUST_CHECK enum err screenings_load(struct db_read *db, struct arena *a, const char *programme_id,
                                    struct record ***out, size_t *n, struct err_info *e);

// That of one indicator among these; NULL: nobody has screened it.
const struct record *screening_of(struct record *const *newest, size_t n, const char *indicator_id);

// A row of the library that a programme has adopted, once for each programme, in the order of the rows.
struct adoption {
    const char *row;
    const char *programme_id;
};
// Of all programmes: whoever shows it asks first which of them the person may read. One statement.
MUST_CHECK enum err adoptions_load(struct db_read *db, struct arena *a, struct adoption **out, size_t *n,
                                   struct err_info *e);

#endif
