// SPDX-License-Identifier: AGPL-3.0-or-later
//
// report_file.h: what every report of records begins with; a report as a file, by the name of the format.

#ifndef REPORT_REPORT_FILE_H
#define REPORT_REPORT_FILE_H

#include "base/buf.h"
#include "base/err.h"
#include "db/db.h"
#include "http/http.h"
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

// Answers with the report as the file NAME.ENDING and writes the export of `about` (programme, tool) into the log; NULL:
// nothing of the records is in it.
MUST_CHECK enum err report_send(struct req *r, struct reply *p, const struct report *report,
                                const struct report_file *file, const char *name, const char *about,
                                struct err_info *e);

// A report of records as they are at this moment: when it was made, that it is not for publication, and in a
// demonstration that its records are invented. db NULL: an empty form, of which only the first is said.
MUST_CHECK enum err report_begin(struct arena *a, struct db_read *db, const struct lang *lang,
                                 const char *title, struct report **out, struct err_info *e);

#endif
