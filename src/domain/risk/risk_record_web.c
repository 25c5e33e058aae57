// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_record_web.c: one risk.

#include <string.h>

#include "html/record.h"
#include "obligation/obligation_rights.h"
#include "os/clock.h"
#include "place/place.h"
#include "programme/programme.h"
#include "programme/programme_attach.h"
#include "programme/programme_web.h"
#include "risk/risk.h"
#include "risk/risk_record.html.h"
#include "risk/risk_register.h"
#include "risk/risk_web.h"

static const char *rating(struct req *r, const struct record *risk, const char *field)
{
    const char *code = record_text(risk, field);
    return tr(r->lang, code[0] == '\0' ? MSG("Not rated") : risk_level_label(code));
}

static void fill_row(struct req *r, const struct record *risk, struct risk_record_view *v)
{
    const struct pack_tool *tool;
    const struct pack_row *row = risk_table_row(record_text(risk, "row"), &tool);
    if (row == NULL) {
        return;
    }
    v->row = row->id;
    v->row_title = risk_words(r, tool, row->id, row->text);
    v->library = arena_printf(r->arena, "%s#%s",
                              url_make(r->arena, "/library/{0}/{1}", tool->pack->id, tool->id, NULL),
                              url_escape(r->arena, row->id));
    v->advice = row->mitigation;
    v->n_advice = row->n_mitigation;
}

// ---- reviews and responses -----------------------------------------------------------------------

static const char *look_of(const char *level)
{
    return level[0] == '\0' ? "none" : level;
}

static enum err fill_reviews(struct req *r, const struct record *risk,
                             const struct programme_people *people, struct risk_record_view *v,
                             struct err_info *e)
{
    struct record **all;
    size_t n;
    enum err err =
        store_list_by(r->db, r->arena, &entity_risk_review, "risk_id", risk->id, &all, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct field *state = entity_field(&entity_risk_review, "state");
    v->reviews = ARENA_ARRAY(r->arena, struct review_line, n + 1);
    for (size_t i = n; i-- > 0;) {
        const struct record *w = all[i];
        const char *level = risk_level(record_text(w, "likelihood"), record_text(w, "impact"));
        const char *rest =
            risk_level(record_text(w, "residual_likelihood"), record_text(w, "residual_impact"));
        v->reviews[v->n_reviews++] = (struct review_line){
            .on = record_text(w, "reviewed_on"),
            .by = programme_person_name(people, record_text(w, "by_id")),
            .look = look_of(level),
            .level = tr(r->lang, risk_level_label(level)),
            .residual_look = look_of(rest),
            .residual_level = tr(r->lang, risk_level_label(rest)),
            .state = tr(r->lang, field_choice_label(state, record_text(w, "state"))),
            .changed = record_text(w, "changed"),
            .next_on = record_text(w, "next_on"),
            .remove = programme_may(r, MAY_WRITE)
                          ? programme_remove_address(r, "risk_review", w->id,
                                                     risk_address(r, risk, ""))
                          : NULL};
    }
    return ERR_NONE;
}

static enum err fill_responses(struct req *r, const struct record *risk, struct risk_record_view *v,
                               struct err_info *e)
{
    struct record **all;
    size_t n;
    enum err err =
        store_list_by(r->db, r->arena, &entity_risk_response, "risk_id", risk->id, &all, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct pack_tool *ladder = risk_ladder();
    const struct field *states = entity_field(&entity_risk_response, "state");
    v->responses = ARENA_ARRAY(r->arena, struct response_line, n + 1);
    for (size_t i = n; i-- > 0;) {
        const struct record *w = all[i];
        const char *step = record_text(w, "step");
        const char *state = record_text(w, "state");
        const struct pack_row *row = ladder == NULL ? NULL : tool_row(ladder, step);
        const char *on = record_is_set(w, "done_on")         ? "done_on"
                         : record_is_set(w, "authorised_on") ? "authorised_on"
                                                             : "asked_on";
        v->responses[v->n_responses++] = (struct response_line){
            .step = step,
            .text = row == NULL ? step : risk_words(r, ladder, row->id, row->text),
            .what = record_text(w, "what"),
            .look = risk_response_look(state),
            .state = tr(r->lang, field_choice_label(states, state)),
            .by = record_text(w, "authorised_by"),
            .on = record_text(w, on),
            .address = url_make(r->arena, "/programmes/{0}/responses/{1}", programme_number(r),
                                w->id, NULL)};
    }
    v->happened = strcmp(record_text(risk, "state"), "happened") == 0;
    if (ladder != NULL && programme_may(r, MAY_WRITE)) {
        v->respond = risk_address(r, risk, "/responses/new");
    }
    return ERR_NONE;
}

// ---- rights concerned ----------------------------------------------------------------------------

static struct concerned_state state_view(const struct req *r, const struct obligation_fact *f)
{
    return (struct concerned_state){.country = country_words(r->lang, f->country),
                                    .since = f->bound_on,
                                    .reservations = f->reservations,
                                    .confirmed = f->confirmed};
}

static struct concerned_article article_view(struct req *r, const struct right_article *a)
{
    const struct pack_tool *instruments = pack_tool_anywhere("2.2");
    struct concerned_article v = {
        .name = a->instrument->short_name != NULL
                    ? a->instrument->short_name
                    : risk_words(r, instruments, a->instrument->id, a->instrument->text),
        .article = a->article->article == NULL ? "" : a->article->article,
        .states = ARENA_ARRAY(r->arena, struct concerned_state, a->n_binding + a->n_unsure + 1),
    };
    if (a->n_binding > 0 && programme_may(r, MAY_WRITE)) {
        const char *text = arena_printf(r->arena, "%s%s%s", a->instrument->id,
                                        v.article[0] == '\0' ? "" : " ", v.article);
        v.use = arena_printf(r->arena, "%s?article=%s", programme_address(r, "/advocacy/uses/new"),
                             url_escape(r->arena, text));
    }
    for (size_t i = 0; i < a->n_binding; i++) {
        v.states[v.n_states++] = state_view(r, a->binding[i]);
    }
    for (size_t i = 0; i < a->n_unsure; i++) {
        v.states[v.n_states++] = state_view(r, a->unsure[i]);
    }
    return v;
}

static enum err fill_concerned(struct req *r, const struct record *risk, struct risk_record_view *v,
                               struct err_info *e)
{
    const struct pack_row *row = risk_table_row(record_text(risk, "row"), NULL);
    const char *countries = record_text(r->programme, "countries");
    struct obligation_facts facts;
    struct right_list rights;
    if (row == NULL || row->n_refs == 0) {
        return ERR_NONE;
    }
    enum err err = obligation_facts_load(r->db, r->arena, countries, &facts, e);
    if (err != ERR_NONE) {
        return err;
    }
    obligation_rights_make(r->arena, countries, &facts, (const char *const *)row->refs, row->n_refs,
                           false, &rights);
    v->n_rights_all = rights.n;
    v->rights = ARENA_ARRAY(r->arena, struct concerned_right, rights.n + 1);
    for (size_t i = 0; i < rights.n; i++) {
        const struct right_line *line = &rights.lines[i];
        struct concerned_right one = {
            .id = line->row->id,
            .text = risk_words(r, line->tool, line->row->id, line->row->text),
            .address = arena_printf(r->arena, "%s#%s",
                                    url_make(r->arena, "/library/{0}/{1}", line->tool->pack->id,
                                             line->tool->id, NULL),
                                    url_escape(r->arena, line->row->id)),
            .articles = ARENA_ARRAY(r->arena, struct concerned_article, line->n_articles + 1)};
        for (size_t k = 0; k < line->n_articles; k++) {
            const struct right_article *a = &line->articles[k];
            if (a->instrument != NULL && a->n_binding + a->n_unsure > 0) {
                one.articles[one.n_articles++] = article_view(r, a);
            }
        }
        if (one.n_articles > 0) {
            v->rights[v->n_rights++] = one;
        }
    }
    return ERR_NONE;
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
    const struct attach_beside *beside;
    char today[11];
    clock_today(today);
    enum err err = risk_of_path(r, &risk, e);
    if (err == ERR_NONE) {
        err = attach_beside_load(r, "risk", risk->id, &beside, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct risk_register one;
    risk_register_make(a, &risk, 1, today, &one);
    const struct risk_line *line = &one.lines[0];
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
        .owner = programme_person_name(beside->people, record_text(risk, "owner_id")),
        .late = line->days_late > 0 ? tr_n(a, r->lang, MSG("Review one day late"),
                                           MSG("Review {0} days late"), line->days_late)
                                    : NULL,
        .beside = beside,
    };
    fill_row(r, risk, &v);
    fill_rights(r, risk, &v);
    err = fill_reviews(r, risk, beside->people, &v, e);
    if (err == ERR_NONE) {
        err = fill_responses(r, risk, &v, e);
    }
    if (err == ERR_NONE) {
        err = risk_grounds_load(r, risk, &v.grounds, &v.n_grounds, e);
    }
    if (err == ERR_NONE) {
        err = fill_concerned(r, risk, &v, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
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
