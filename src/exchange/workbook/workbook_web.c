// SPDX-License-Identifier: AGPL-3.0-or-later
//
// workbook_web.c: a list comes back: it is sent, looked at line by line, and all of it is saved or nothing.
// Between the steps nothing is kept but the text itself, which goes along in the form. Rights are asked record by
// record (import.c): what somebody may not write is refused.

#include "exchange/workbook/workbook_web.h"

#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "exchange/partner/partner_web.h"
#include "exchange/workbook/workbook.h"
#include "format/sheet/sheet.h"
#include "html/page.h"
#include "programme/programme_web.h"
#include "workbook/workbook.html.h"

static const char *kind_address(struct req *r, const struct entity *kind)
{
    return programme_address(r, arena_printf(r->arena, "/import/%s", kind->kind));
}

// The list as a file; format: csv, xlsx. Lists about a country are a choice from those of the organisation.
static const char *file_address(struct req *r, const struct entity *kind, const char *format)
{
    return r->country != NULL ? url_make(r->arena, "/export/{0}?format={1}&country={2}", kind->kind, format, r->country, NULL)
                              : arena_printf(r->arena, "%s?format=%s",
                                             programme_address(r, arena_printf(r->arena, "/export/%s", kind->kind)),
                                             format);
}

static bool may_export(const struct req *r)
{
    return r->programme != NULL || r->country != NULL ? req_may(r, MAY_EXPORT)
                                                      : identity_may_anywhere(r->who, MAY_EXPORT);
}

static enum err show(struct req *r, struct reply *p, const struct entity *kind,
                     struct workbook_view *v, struct err_info *e)
{
    struct html h;
    size_t n_crumbs;
    const char *label = tr(r->lang, kind->label_many);
    const struct crumb *above = programme_crumbs(r, &n_crumbs);
    struct crumb *crumbs = ARENA_ARRAY(r->arena, struct crumb, n_crumbs + 1);
    memcpy(crumbs, above, n_crumbs * sizeof *crumbs);
    v->action = kind_address(r, kind);
    v->list = programme_back(r, n_crumbs > 1 ? programme_address(r, "") : "/programmes");
    crumbs[n_crumbs++] = (struct crumb){label, v->list};
    v->xlsx = may_export(r) ? file_address(r, kind, "xlsx") : NULL;
    v->csv = may_export(r) ? file_address(r, kind, "csv") : NULL;
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(r->arena, r->lang, MSG("{0}: bring back a workbook"), label, NULL),
                              .about = tr(r->lang, MSG("Take the list out, change it in a spreadsheet, send it "
                                                       "back, and look at what would change before it is saved.")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs});
    workbook_html(&h, v);
    return page_end(&h, e);
}

static enum err find_kind(struct req *r, const struct entity **kind, struct err_info *e)
{
    enum err err = workbook_kind(r, kind, e);
    bool may = r->programme != NULL || r->country != NULL || identity_may_anywhere(r->who, MAY_WRITE);
    return err != ERR_NONE || may ? err
                                  : err_set(e, ERR_NOT_ALLOWED, NULL, MSG("You may not change these records."),
                                            MSG("Ask somebody who may change them."), NULL);
}

static enum err workbook_get(struct req *r, struct reply *p, struct err_info *e)
{
    const struct entity *kind;
    struct workbook_view v = {0};
    enum err err = find_kind(r, &kind, e);
    return err != ERR_NONE ? err : show(r, p, kind, &v, e);
}

// A workbook comes back as the CSV of its first sheet.
static enum err take_table(struct req *r, const char **csv, size_t *len, struct err_info *e)
{
    bool sent;
    enum err err = partner_web_sent(r, csv, len, &sent, e);
    if (err == ERR_NONE && sent && sheet_is_workbook(*csv, *len)) {
        err = sheet_csv(r->arena, *csv, *len, csv, e);
        *len = err == ERR_NONE ? strlen(*csv) : 0;
    }
    return err != ERR_NONE
               ? err
               : partner_web_fits(*csv, *len, MSG("Send it in parts, or read it with the command “mainstay save”."), e);
}

static enum err refuse(struct req *r, struct reply *p, const struct entity *kind,
                       const struct err_info *why, struct err_info *e)
{
    struct workbook_view v = {.error = partner_web_refusal(r, why)};
    p->status = why->code == ERR_CONFLICT ? 409 : 422;
    return show(r, p, kind, &v, e);
}

static enum err show_result(struct req *r, struct reply *p, const struct workbook *w,
                            const struct partner_import *im, struct err_info *e)
{
    const struct pair carry[] = {{"seen", w->mark}, {"_back", programme_back(r, "")}};
    struct outcome_view outcome = {
        .action = kind_address(r, w->kind), .text = w->csv, .carry = carry, .n_carry = COUNT_OF(carry)};
    struct workbook_view v = {.outcome = &outcome};
    partner_web_outcome(r, im, &outcome);
    return show(r, p, w->kind, &v, e);
}

static enum err workbook_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct workbook w = {.programme = r->programme, .country = r->country};
    struct partner_import im;
    struct err_info wrong;
    struct actor who = req_actor(r);
    bool keep = strcmp(req_posted(r, "go"), "accept") == 0, saved = false;
    enum err err = find_kind(r, &w.kind, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = take_table(r, &w.csv, &w.len, &wrong);
    if (err == ERR_NONE) {
        w.seen = keep ? req_posted(r, "seen") : NULL;
        const struct partner_job job = {.store = r->store,
                                        .actor = &who,
                                        .who = r->who,
                                        .arena = r->arena,
                                        .lang = r->lang,
                                        .reason = tr(r->lang, MSG("from a spreadsheet")),
                                        .keep = keep,
                                        .read = workbook_read,
                                        .of = &w};
        err = partner_do(&job, &im, &saved, &wrong);
    }
    if (err == ERR_INPUT || err == ERR_TOO_LARGE || err == ERR_CONFLICT) {
        return refuse(r, p, w.kind, &wrong, e);
    }
    if (err != ERR_NONE) {
        *e = wrong;
        return err;
    }
    if (!saved) {
        return show_result(r, p, &w, &im, e);
    }
    reply_flash(p, tr_f(r->arena, r->lang, MSG("{0} new, {1} changed."), decimal_int_text(r->arena, im.im.created),
                        decimal_int_text(r->arena, im.im.updated), NULL),
                NULL);
    p->status = 303;
    p->location = programme_back(r, kind_address(r, w.kind));
    return ERR_NONE;
}

static const char *const takes[] = {"text", "file", "seen", "go", NULL};

const struct route route_workbook_programme = {
    .path = "/programmes/{programme}/import/{kind}",
    .needs = MAY_WRITE,
    .get = workbook_get,
    .post = workbook_post,
    .title = MSG("Bring back a workbook"),
    .menu = MENU_PROGRAMMES,
    .uploads = true,
    .also = takes,
    .slow = true,
};

const struct route route_workbook_country = {
    .path = "/countries/{country}/import/{kind}",
    .needs = MAY_WRITE,
    .get = workbook_get,
    .post = workbook_post,
    .title = MSG("Bring back a workbook"),
    .menu = MENU_COUNTRIES,
    .uploads = true,
    .also = takes,
    .slow = true,
};

// What belongs to no programme, or to several: asked record by record.
const struct route route_workbook = {
    .path = "/import/{kind}",
    .needs = MAY_SIGNED_IN,
    .get = workbook_get,
    .post = workbook_post,
    .title = MSG("Bring back a workbook"),
    .menu = MENU_PROGRAMMES,
    .uploads = true,
    .also = takes,
    .slow = true,
};
