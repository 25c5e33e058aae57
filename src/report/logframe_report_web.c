// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_report_web.c: the logframe as a file to take along.

#include <string.h>

#include "base/date.h"
#include "http/http.h"
#include "report/logframe_report.h"
#include "report/report_file.h"

static enum err file_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct report *report;
    struct report_file file;
    const char *asked = req_query(r, "as_of");
    const char *as_of = date_is_valid(asked) || time_is_valid(asked) ? asked : NULL;
    enum err err = report_file_format(req_capture(r, "format"), &file, e);
    if (err == ERR_NONE && asked[0] != '\0' && as_of == NULL) {
        err = err_set(e, ERR_INPUT, "as_of", MSG("“{0}” is no day and no moment."),
                      MSG("Write 2026-11-22 for the end of that day, or 2026-11-22T10:00:00Z."),
                      asked, NULL);
    }
    if (err == ERR_NONE) {
        err = logframe_report_make(r->arena, r->db, r->lang, r->programme, as_of, &report, e);
    }
    if (err == ERR_NONE) {
        err = report_file_draw(r->arena, report, &file, &p->body, e);
    }
    if (err == ERR_NONE) {
        err = req_note_export(r, r->programme->id, e);
    }
    if (err == ERR_NONE) {
        reply_file(p, file.media_type,
                   arena_printf(r->arena, "%s-logframe-%.10s.%s",
                                record_text(r->programme, "number"),
                                as_of == NULL ? report->made_at_iso : as_of, file.ending));
    }
    return err;
}

const struct route route_logframe_file = {
    .path = "/programmes/{programme}/logframe/file/{format}",
    .needs = MAY_EXPORT,
    .get = file_get,
    .title = MSG("Logframe"),
    .slow = true,
};
