// SPDX-License-Identifier: AGPL-3.0-or-later
//
// section_checklist.c: the planning checklist.

#include "report/programme_report.h"

enum err report_section_checklist(struct report_of *o, struct err_info *e)
{
    (void)o;
    (void)e;
    return ERR_NONE;
}
