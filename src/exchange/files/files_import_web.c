// SPDX-License-Identifier: AGPL-3.0-or-later
//
// files_import_web.c: a file that a partner sent, in three steps: send it, see line by line what would
// happen, save all of it. Nothing is kept between the steps but the text itself, which goes along in the
// form. Rights are asked record by record: what somebody may not write is refused.

#include <string.h>

#include "base/decimal.h"
#include "exchange/hxl/hxl.h"
#include "exchange/iati/iati.h"
#include "exchange/partner/partner_web.h"
#include "files/files_import.html.h"
#include "format/sheet/sheet.h"
#include "format/xml/xml_read.h"
#include "html/page.h"

static enum err show(struct req *r, struct reply *p, struct files_import_view *v,
                     struct err_info *e)
{
    struct html h;
    v->crime = req_posted(r, "crime");
    page_begin(&h, r, p,
               &(struct page){
                   .title = tr(r->lang, MSG("Read a file of a partner")),
                   .about = tr(r->lang, MSG("You see line by line what would happen; nothing is "
                                            "saved before you say so. Values come in as entered.")),
                   .crumbs = (struct crumb[]){{tr(r->lang, MSG("Programmes")), "/programmes"}},
                   .n_crumbs = 1});
    files_import_html(&h, v);
    return page_end(&h, e);
}

static enum err import_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct files_import_view v = {0};
    return show(r, p, &v, e);
}

static enum err refuse(struct req *r, struct reply *p, const struct err_info *why,
                       struct err_info *e)
{
    struct files_import_view v = {.error = partner_web_refusal(r, why)};
    p->status = 422;
    return show(r, p, &v, e);
}

static enum err show_result(struct req *r, struct reply *p, const char *text,
                            const struct partner_import *im, struct err_info *e)
{
    const struct pair crime = {"crime", req_posted(r, "crime")};
    struct outcome_view outcome = {
        .action = "/programmes/import-file", .text = text, .carry = &crime, .n_carry = 1};
    struct files_import_view v = {.outcome = &outcome};
    partner_web_outcome(r, im, &outcome);
    return show(r, p, &v, e);
}

static enum err take_text(struct req *r, const char **text, struct err_info *e)
{
    size_t len;
    bool sent;
    enum err err = partner_web_sent(r, text, &len, &sent, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (sheet_is_workbook(*text, len)) {
        err = sheet_csv(r->arena, *text, len, text, e);
        len = err == ERR_NONE ? strlen(*text) : 0;
    }
    return err != ERR_NONE ? err
                           : partner_web_fits(*text, len, MSG("Read it with the command “mainstay import”."), e);
}

struct sent {
    struct iati_file iati;
    struct hxl_file hxl;
    partner_reader *read;
    void *of;
    const char *reason;
};

static enum err read_sent(struct req *r, const char *text, struct sent *s, struct err_info *e)
{
    const char *crime = req_posted(r, "crime");
    size_t start = strspn(text, " \t\r\n\xef\xbb\xbf");
    if (text[start] == '<') {
        s->iati.crime = crime[0] == '\0' ? NULL : crime;
        s->read = iati_read;
        s->of = &s->iati;
        s->reason = tr(r->lang, MSG("imported from an IATI file"));
        return xml_read(r->arena, text, strlen(text), &s->iati.root, e);
    }
    s->read = hxl_read;
    s->of = &s->hxl;
    s->reason = tr(r->lang, MSG("imported from a table with HXL tags"));
    return hxl_table_read(r->arena, text, strlen(text), &s->hxl.table, e);
}

static enum err import_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct sent s = {0};
    struct partner_import im;
    struct err_info wrong;
    const char *text = "";
    struct actor who = req_actor(r);
    bool saved = false;
    enum err err = take_text(r, &text, &wrong);
    if (err == ERR_NONE) {
        err = read_sent(r, text, &s, &wrong);
    }
    if (err == ERR_NONE) {
        const struct partner_job job = {.store = r->store,
                                        .actor = &who,
                                        .who = r->who,
                                        .arena = r->arena,
                                        .lang = r->lang,
                                        .reason = s.reason,
                                        .keep = strcmp(req_posted(r, "go"), "accept") == 0,
                                        .read = s.read,
                                        .of = s.of};
        err = partner_do(&job, &im, &saved, &wrong);
    }
    if (err == ERR_INPUT || err == ERR_USAGE || err == ERR_TOO_LARGE) {
        return refuse(r, p, &wrong, e);
    }
    if (err != ERR_NONE) {
        *e = wrong;
        return err;
    }
    if (!saved) {
        return show_result(r, p, text, &im, e);
    }
    reply_flash(p,
                tr_f(r->arena, r->lang, MSG("{0} new, {1} changed."),
                     decimal_int_text(r->arena, im.im.created),
                     decimal_int_text(r->arena, im.im.updated), NULL),
                NULL);
    reply_redirect(r, p, "/programmes", NULL);
    return ERR_NONE;
}

// Anybody may look; what may be saved is asked record by record.
const struct route route_partner_import = {
    .path = "/programmes/import-file",
    .needs = MAY_SIGNED_IN,
    .get = import_get,
    .post = import_post,
    .also = (const char *const[]){"text", "file", "crime", "go", NULL},
    .title = MSG("Read a file of a partner"),
    .menu = MENU_PROGRAMMES,
    .uploads = true,
    .slow = true,
};
