// SPDX-License-Identifier: AGPL-3.0-or-later
//
// indicator_report_web.c: the reference sheet of an indicator, or of all of a programme, as a page and as a file.

#include <string.h>

#include "html/page.h"
#include "report/draw.h"
#include "report/indicator_links.html.h"
#include "report/indicator_report.h"
#include "report/report_file.h"

// The indicator of the path; NULL on the pages of all.
static const char *asked(const struct req *r)
{
    const char *id = req_capture(r, "indicator");
    return id == NULL || id[0] == '\0' ? NULL : id;
}

// "/programmes/GLOT59/indicators/ID/sheet" or ".../indicators/sheets".
static const char *address(struct req *r)
{
    const char *number = record_text(r->programme, "number");
    return asked(r) == NULL
               ? url_make(r->arena, "/programmes/{0}/indicators/sheets", number, NULL)
               : url_make(r->arena, "/programmes/{0}/indicators/{1}/sheet", number, asked(r), NULL);
}

static enum err page_get(struct req *r, struct reply *p, struct err_info *e)
{
    const char *number = record_text(r->programme, "number");
    struct report *report;
    enum err err = indicator_report_make(r->arena, r->db, r->lang, r->programme, asked(r), &report, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct crumb crumbs[] = {
        {tr(r->lang, MSG("Programmes")), "/programmes"},
        {number, url_make(r->arena, "/programmes/{0}", number, NULL)},
        {tr(r->lang, MSG("Indicators")), url_make(r->arena, "/programmes/{0}/indicators", number, NULL)},
        {report->title, asked(r) == NULL ? NULL
                                         : url_make(r->arena, "/programmes/{0}/indicators/{1}", number,
                                                    asked(r), NULL)}};
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = report->title,
                              .crumbs = crumbs,
                              .n_crumbs = asked(r) == NULL ? 3 : 4,
                              .no_head = true});
    indicator_links_html(&h, &(struct indicator_links_view){
                                 .address = address(r),
                                 .may_export = identity_may(r->who, MAY_EXPORT, r->programme->id)});
    report_html(h.out, report);
    return page_end(&h, e);
}

static enum err file_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct report *report;
    struct report_file file;
    enum err err = report_file_format(req_capture(r, "format"), &file, e);
    if (err == ERR_NONE) {
        err = indicator_report_make(r->arena, r->db, r->lang, r->programme, asked(r), &report, e);
    }
    return err != ERR_NONE ? err : report_send(r, p, report, &file,
                                              arena_printf(r->arena, "%s-%s-%.10s",
                                                          record_text(r->programme, "number"),
                                                          asked(r) == NULL ? "indicators" : "indicator",
                                                          report->made_at_iso),
                                             r->programme->id, e);
}

const struct route route_indicator_sheet = {
    .path = "/programmes/{programme}/indicators/{indicator}/sheet",
    .needs = MAY_READ,
    .get = page_get,
    .title = MSG("Reference sheet"),
    .menu = MENU_PROGRAMMES,
    .slow = true,
};
const struct route route_indicator_sheet_file = {
    .path = "/programmes/{programme}/indicators/{indicator}/sheet/{format}",
    .needs = MAY_EXPORT,
    .get = file_get,
    .title = MSG("Reference sheet"),
    .slow = true,
};
const struct route route_indicator_sheets = {
    .path = "/programmes/{programme}/indicators/sheets",
    .needs = MAY_READ,
    .get = page_get,
    .title = MSG("Reference sheets"),
    .menu = MENU_PROGRAMMES,
    .slow = true,
};
const struct route route_indicator_sheets_file = {
    .path = "/programmes/{programme}/indicators/sheets/{format}",
    .needs = MAY_EXPORT,
    .get = file_get,
    .title = MSG("Reference sheets"),
    .slow = true,
};
