// SPDX-License-Identifier: AGPL-3.0-or-later
//
// report_web.c: the report of a programme as a page, and as a file to take along.

#include <string.h>

#include "html/page.h"
#include "report/draw.h"
#include "report/programme_report.h"
#include "report/report_file.h"
#include "report/report_links.html.h"

static enum err page_get(struct req *r, struct reply *p, struct err_info *e)
{
    const char *number = record_text(r->programme, "number");
    struct report *report;
    bool works = identity_works(r->who, r->programme->id);
    enum err err = programme_report_make(r->arena, r->db, r->lang, r->programme,
                                         works ? REPORT_FOR_WORK : REPORT_FOR_OTHERS, &report, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct html h;
    page_begin(&h, r, p,
               &(struct page){
                   .title = tr_f(r->arena, r->lang, MSG("Report of {0}"), number, NULL),
                   .crumbs = (struct crumb[]){{tr(r->lang, MSG("Programmes")), "/programmes"},
                                              {number, url_make(r->arena, "/programmes/{0}", number,
                                                                NULL)}},
                   .n_crumbs = 2,
                   .no_head = true});
    report_links_html(&h, &(struct report_links_view){
                              .number = number,
                              .may_export = identity_may(r->who, MAY_EXPORT, r->programme->id)});
    report_html(h.out, report);
    return page_end(&h, e);
}

const struct route route_report = {
    .path = "/programmes/{programme}/report",
    .needs = MAY_READ,
    .get = page_get,
    .title = MSG("Report"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_EVALUATE,
    .slow = true,
};

static enum err file_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct report *report;
    struct report_file file;
    enum err err = report_file_format(req_capture(r, "format"), &file, e);
    if (err == ERR_NONE) {
        err = programme_report_make(r->arena, r->db, r->lang, r->programme, REPORT_FOR_OTHERS, &report,
                                    e);
    }
    return err != ERR_NONE ? err : report_send(r, p, report, &file,
                                              arena_printf(r->arena, "%s-report-%.10s",
                                                          record_text(r->programme, "number"), report->made_at_iso),
                                             r->programme->id, e);
}

const struct route route_report_file = {
    .path = "/programmes/{programme}/report/{format}",
    .needs = MAY_EXPORT,
    .get = file_get,
    .title = MSG("Report"),
    .slow = true,
};
