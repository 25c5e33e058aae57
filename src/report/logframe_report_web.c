// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_report_web.c: the logframe as a file to take along.

#include "http/http.h"
#include "logframe/logframe_table.h"
#include "report/logframe_report.h"
#include "report/report_file.h"

static enum err file_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct report *report;
    struct report_file file;
    const char *as_of;
    enum err err = report_file_format(req_capture(r, "format"), &file, e);
    if (err == ERR_NONE) {
        err = logframe_as_of(req_query(r, "as_of"), "as_of", &as_of, e);
    }
    if (err == ERR_NONE) {
        err = logframe_report_make(r->arena, r->db, r->lang, r->programme, as_of, &report, e);
    }
    return err != ERR_NONE ? err : report_send(r, p, report, &file,
                                              arena_printf(r->arena, "%s-logframe-%.10s",
                                                          record_text(r->programme, "number"),
                                                          as_of == NULL ? report->made_at_iso : as_of),
                                             r->programme->id, e);
}

const struct route route_logframe_file = {
    .path = "/programmes/{programme}/logframe/file/{format}",
    .needs = MAY_EXPORT,
    .get = file_get,
    .title = MSG("Logframe"),
    .slow = true,
};
