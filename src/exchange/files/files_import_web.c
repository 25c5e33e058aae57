// SPDX-License-Identifier: AGPL-3.0-or-later
//
// files_import_web.c: a file that a partner sent, in three steps: send it, see line by line what would
// happen, save all of it. Nothing is kept between the steps but the text itself, which goes along in the
// form. Rights are asked record by record: what somebody may not write is refused.

#include <string.h>

#include "base/decimal.h"
#include "base/utf8.h"
#include "exchange/hxl/hxl.h"
#include "exchange/iati/iati.h"
#include "exchange/partner/partner.h"
#include "files/files_import.html.h"
#include "format/xml/xml_read.h"
#include "html/page.h"

#define MOST_SHOWN 500
// The text goes along in a form, which holds 2 MB.
#define MOST_BYTES ((size_t)1024 * 1024)

static enum err show(struct req *r, struct reply *p, struct files_import_view *v,
                     struct err_info *e)
{
    struct html h;
    v->text = v->text == NULL ? "" : v->text;
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

static enum err refuse(struct req *r, struct reply *p, const char *text, const struct err_info *why,
                       struct err_info *e)
{
    const char *hint = err_hint(r->arena, r->lang, why);
    struct files_import_view v = {
        .text = text,
        .error = arena_printf(r->arena, "%s %s", err_text(r->arena, r->lang, why),
                              hint == NULL ? "" : hint)};
    p->status = 422;
    return show(r, p, &v, e);
}

static const struct {
    const char *look, *label;
} verdicts[PARTNER_VERDICTS] = {
    [PARTNER_NEW] = {"progress", MSG("New")},
    [PARTNER_CHANGED] = {"warn", MSG("Changed")},
    [PARTNER_LEFT_OUT] = {"warn", MSG("Left out")},
    [PARTNER_REFUSED] = {"risk", MSG("Refused")},
};

static void fill_lines(struct req *r, const struct partner_import *im, struct files_import_view *v)
{
    v->lines = ARENA_ARRAY(r->arena, struct import_line, MOST_SHOWN);
    for (const struct partner_line *l = im->lines; l != NULL && v->n_lines < MOST_SHOWN; l = l->next) {
        v->lines[v->n_lines++] = (struct import_line){.where = partner_where(r->arena, im, l->number),
                                                      .look = verdicts[l->verdict].look,
                                                      .verdict = tr(r->lang, verdicts[l->verdict].label),
                                                      .record = l->record,
                                                      .text = l->text};
    }
    if (im->n_lines > v->n_lines) {
        v->more = tr_f(r->arena, r->lang, MSG("Only the first {0} of {1} lines are shown."),
                       decimal_int_text(r->arena, (int64_t)v->n_lines),
                       decimal_int_text(r->arena, (int64_t)im->n_lines), NULL);
    }
}

static enum err show_result(struct req *r, struct reply *p, const char *text,
                            const struct partner_import *im, struct err_info *e)
{
    struct files_import_view v = {.text = text, .looked = true};
    v.good = im->refused == 0 && im->im.created + im->im.updated > 0;
    v.summary = tr_f(r->arena, r->lang,
                     MSG("{0} new, {1} changed, {2} already there, {3} refused."),
                     decimal_int_text(r->arena, im->im.created),
                     decimal_int_text(r->arena, im->im.updated),
                     decimal_int_text(r->arena, im->im.same),
                     decimal_int_text(r->arena, (int64_t)im->refused), NULL);
    fill_lines(r, im, &v);
    return show(r, p, &v, e);
}

// What was sent, as a text that ends in a zero byte: the file, else what goes along in the form.
static enum err take_text(struct req *r, const char **text, struct err_info *e)
{
    const struct upload *file = req_upload(r, "file");
    bool sent = file != NULL && file->len > 0;
    size_t bad;
    *text = sent ? arena_copy_n(r->arena, file->bytes, file->len) : req_posted(r, "text");
    size_t len = sent ? file->len : strlen(*text);
    if (len == 0) {
        return err_set(e, ERR_INPUT, "file", MSG("No file was chosen."),
                       MSG("Choose the file that the partner sent."), NULL);
    }
    if (len > MOST_BYTES) {
        return err_set(e, ERR_INPUT, "file", MSG("The file is larger than 1 MB."),
                       MSG("Read it with the command “mainstay import”."), NULL);
    }
    if (len > 1 && (*text)[0] == 'P' && (*text)[1] == 'K') {
        return err_set(e, ERR_INPUT, "file", MSG("A workbook cannot be read here."),
                       MSG("Save the table as CSV and send that."), NULL);
    }
    if (!utf8_is_clean(*text, len, &bad)) { // what a form would bring back changed
        *text = "";
        return err_set(e, ERR_INPUT, "file", MSG("The file is not written in UTF-8."),
                       MSG("Save it as UTF-8, or read it with the command “mainstay import”."), NULL);
    }
    return ERR_NONE;
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
        return refuse(r, p, text, &wrong, e);
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
