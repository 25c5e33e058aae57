// SPDX-License-Identifier: AGPL-3.0-or-later
//
// report_file.h: a report as a file, by the name of the format.

#ifndef REPORT_REPORT_FILE_H
#define REPORT_REPORT_FILE_H

#include "base/buf.h"
#include "base/err.h"
#include "db/db.h"
#include "report/tree.h"

struct report_file {
    const char *ending; // also the name of the format
    const char *media_type;
};

// ERR_INPUT for a format that is none.
MUST_CHECK enum err report_file_format(const char *name, struct report_file *out,
                                       struct err_info *e);
MUST_CHECK enum err report_file_draw(struct arena *a, const struct report *r,
                                     const struct report_file *file, struct buf *out,
                                     struct err_info *e);

// What is told in a workspace of a demonstration: the records in this report are invented.
MUST_CHECK enum err report_say_sample(struct report *r, struct db_read *db, struct err_info *e);

#endif
