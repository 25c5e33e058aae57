// SPDX-License-Identifier: AGPL-3.0-or-later
//
// indicator_report.h: the reference sheet of an indicator: all that somebody needs to count it the same way, and
// to judge its number; for one indicator or all of a programme.

#ifndef REPORT_INDICATOR_REPORT_H
#define REPORT_INDICATOR_REPORT_H

#include "report/programme_report.h"

// indicator: its id or code; NULL: all in use of the programme, each under a heading of its own. ERR_NOT_FOUND when
// it is not of the programme. One snapshot; the same number of statements however many indicators.
MUST_CHECK enum err indicator_report_make(struct arena *a, struct db_read *db, const struct lang *lang,
                                          const struct record *programme, const char *indicator,
                                          struct report **out, struct err_info *e);

#endif
