// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_report.h: the logframe as the table people know, for A3 landscape; and the theory of change as a
// section of a report.

#ifndef REPORT_LOGFRAME_REPORT_H
#define REPORT_LOGFRAME_REPORT_H

#include "report/programme_report.h"

// as_of: a day or a moment; NULL: now. programme: as it is now.
MUST_CHECK enum err logframe_report_make(struct arena *a, struct db_read *db,
                                         const struct lang *lang, const struct record *programme,
                                         const char *as_of, struct report **out,
                                         struct err_info *e);

#endif
