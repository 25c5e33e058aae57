// SPDX-License-Identifier: AGPL-3.0-or-later
//
// stakeholder_record_web.c: one stakeholder. The safety note is shown to those who may change the
// analysis of the country, and its changes to nobody (`confidential` in the description of the field).

#include <string.h>

#include "html/record.h"
#include "programme/programme_web.h"
#include "stakeholder/stakeholder_record.html.h"
#include "stakeholder/stakeholder_web.h"
#include "store/store.h"

static const char *words_of(struct req *r, const struct record *s, const char *field)
{
    return tr(r->lang, stakeholder_level_label(record_text(s, field)));
}

static void fill_rated(struct req *r, const struct record *s, struct stakeholder_record_view *v)
{
    bool duty_bearer = strcmp(record_text(s, "sort"), STAKEHOLDER_DUTY_BEARER) == 0;
    bool group = strcmp(record_text(s, "sort"), STAKEHOLDER_GROUP) == 0;
    if (!duty_bearer && !group) {
        return;
    }
    v->rated = url_make(r->arena, "/countries/{0}/tools/{1}/columns/s-{2}", r->country,
                        duty_bearer ? "2.4" : "2.6", s->id, NULL);
    v->rated_words = tr(r->lang, duty_bearer ? MSG("How able and willing it is, over the rounds")
                                             : MSG("What it knows and can reach, over the rounds"));
}

static enum err record_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *s;
    struct record_history history;
    struct programme_people people;
    size_t n_crumbs;
    enum err err = stakeholder_of_path(r, r->db, &s, e);
    if (err == ERR_NONE) {
        err = programme_people_load(r->db, r->arena, NULL, &people, e);
    }
    if (err == ERR_NONE) {
        err = programme_history_of(r, &people, "stakeholder", s->id, &history, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    bool active = record_int(s, "active") != 0;
    bool may = req_may(r, MAY_WRITE);
    struct stakeholder_record_view v = {
        .record = s,
        .sort = tr(r->lang, stakeholder_sort_label(record_text(s, "sort"))),
        .influence = words_of(r, s, "influence"),
        .interest = words_of(r, s, "interest"),
        .change = may ? stakeholder_address(r, s, "/change") : NULL,
        .off = may && active ? stakeholder_address(r, s, "/off") : NULL,
        .on = may && !active ? stakeholder_address(r, s, "/on") : NULL,
        .may_write = may,
        .history = &history};
    fill_rated(r, s, &v);
    const struct crumb *crumbs = stakeholder_crumbs(r, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = record_text(s, "name"),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .state_kind = active ? "done" : "none",
                              .state = tr(r->lang, active ? MSG("Looked at")
                                                          : MSG("No longer looked at"))});
    stakeholder_record_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_stakeholder = {
    .path = "/countries/{country}/stakeholders/{stakeholder}",
    .needs = MAY_READ,
    .get = record_get,
    .title = MSG("Stakeholder"),
    .menu = MENU_COUNTRIES,
};
