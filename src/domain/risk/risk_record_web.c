// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_record_web.c: one risk.

#include <string.h>

#include "html/record.h"
#include "os/clock.h"
#include "programme/programme.h"
#include "programme/programme_attach.h"
#include "risk/risk.h"
#include "risk/risk_record.html.h"
#include "risk/risk_register.h"
#include "risk/risk_web.h"

static const char *rating(struct req *r, const struct record *risk, const char *field)
{
    const char *code = record_text(risk, field);
    return tr(r->lang, code[0] == '\0' ? MSG("Not rated") : risk_level_label(code));
}

static const char *name_of(void *context, struct arena *a, const char *actor)
{
    (void)a;
    const char *name = programme_person_name(context, actor);
    return name == NULL ? actor : name;
}

static struct record_link resolve(void *context, struct arena *a, const struct field *f,
                                  const char *id)
{
    (void)a;
    const char *name = strcmp(f->ref, "user") == 0 ? programme_person_name(context, id) : NULL;
    return (struct record_link){.label = name == NULL ? id : name};
}

static void fill_row(struct req *r, const struct record *risk, struct risk_record_view *v)
{
    const struct pack_row *row = risk_row(record_text(risk, "row"));
    if (row == NULL) {
        return;
    }
    v->row = row->id;
    v->row_title = pack_words(pack_find(PACK_DEFAULT), r->lang, row->id, row->text);
    v->advice = row->mitigation;
    v->n_advice = row->n_mitigation;
}

static void fill_rights(struct req *r, const struct record *risk, struct risk_record_view *v)
{
    if (!identity_may(r->who, MAY_WRITE, r->programme->id)) {
        return;
    }
    v->change = risk_address(r, risk, "/change");
    v->review = risk_address(r, risk, "/review");
    const char *number = record_text(r->programme, "number");
    v->remove = arena_printf(r->arena, "%s?back=%s",
                             url_make(r->arena, "/programmes/{0}/remove/risk/{1}", number, risk->id,
                                      NULL),
                             url_escape(r->arena, url_make(r->arena, "/programmes/{0}/risks", number,
                                                           NULL)));
}

static enum err record_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct arena *a = r->arena;
    struct record *risk;
    struct programme_people people;
    struct attach_set *set;
    struct change *changes;
    size_t n_changes;
    char today[11];
    clock_today(today);
    enum err err = risk_of_path(r, &risk, e);
    if (err == ERR_NONE) {
        err = programme_people_load(r->db, a, r->programme->id, &people, e);
    }
    if (err == ERR_NONE) {
        err = attach_load(r, "risk", risk->id, &set, e);
    }
    if (err == ERR_NONE) {
        err = store_history(r->db, a, "risk", risk->id, 0, &changes, &n_changes, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct risk_register one;
    risk_register_make(a, &risk, 1, today, &one);
    const struct risk_line *line = &one.lines[0];
    struct record_history history = {.changes = changes,
                                     .n = n_changes,
                                     .name_of = name_of,
                                     .resolve = resolve,
                                     .context = &people,
                                     .may_undo = false};
    struct risk_record_view v = {
        .risk = risk,
        .number = record_text(r->programme, "number"),
        .line = line,
        .level = tr(r->lang, risk_level_label(line->level)),
        .residual_level = tr(r->lang, risk_level_label(line->residual_level)),
        .likelihood = rating(r, risk, "likelihood"),
        .impact = rating(r, risk, "impact"),
        .residual_likelihood = rating(r, risk, "residual_likelihood"),
        .residual_impact = rating(r, risk, "residual_impact"),
        .owner = programme_person_name(&people, record_text(risk, "owner_id")),
        .late = line->days_late > 0 ? tr_n(a, r->lang, MSG("Review one day late"),
                                           MSG("Review {0} days late"), line->days_late)
                                    : NULL,
        .attached = attach_of(set, risk->id),
        .history = &history,
    };
    fill_row(r, risk, &v);
    fill_rights(r, risk, &v);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = record_text(risk, "statement"),
                              .crumbs = risk_crumbs(r),
                              .n_crumbs = 3,
                              .tag = v.row,
                              .primary = {.label = v.review == NULL
                                                       ? NULL
                                                       : tr(r->lang, MSG("Review this risk")),
                                          .address = v.review}});
    risk_record_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_risk = {
    .path = "/programmes/{programme}/risks/{risk}",
    .needs = MAY_READ,
    .get = record_get,
    .title = MSG("Risk"),
    .menu = MENU_PROGRAMMES,
};
