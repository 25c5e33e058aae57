// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_row_web.c: one question of a tool: its answer, evidence, actions and history.

#include <string.h>

#include "assessment/assessment_law.h"
#include "assessment/assessment_profile_web.h"
#include "assessment/assessment_row.html.h"
#include "assessment/assessment_web.h"
#include "base/bug.h"
#include "html/record.h"

static size_t part_of(const struct pack_tool *tool, const struct pack_row *row)
{
    size_t part = 0;
    while (part + 1 < assessment_n_parts(tool) && !assessment_in_part(tool, part, row)) {
        part++;
    }
    return part;
}

static void fill_words(struct req *r, const struct checklist *c, const struct pack_row *row,
                       struct assessment_row_view *v)
{
    const struct pack_tool *tool = c->tool;
    const struct pack *pack = tool->pack;
    size_t at = (size_t)(row - tool->rows);
    v->follow_up = tool->kind == PACK_KIND_QUESTION_TABLE ? tr(r->lang, MSG("Comment")) // as in the form
                   : tool->follow_up == NULL
                       ? tr(r->lang, entity_field(&entity_answer, "how")->label)
                       : pack_words(pack, r->lang, tool->id, tool->follow_up);
    v->help = row->help == NULL ? NULL : pack_words(pack, r->lang, row->id, row->help);
    v->note = row->note == NULL ? NULL : pack_words(pack, r->lang, row->id, row->note);
    v->refs = checklist_refs(r, tool, row, &v->n_refs);
    v->section = checklist_part_title(r, tool, part_of(tool, row));
    v->library = arena_printf(r->arena, "%s#%s",
                              url_make(r->arena, "/library/{0}/{1}", pack->id, tool->id, NULL),
                              url_escape(r->arena, row->id));
    v->tool_title = arena_printf(r->arena, "%s %s", tool->id, checklist_title(r, tool));
    v->before = at > 0 ? checklist_row_address(r, tool, tool->rows[at - 1].id) : NULL;
    v->after = at + 1 < tool->n_rows ? checklist_row_address(r, tool, tool->rows[at + 1].id) : NULL;
    bool open = c->now == NULL || assessment_may_edit(c->state);
    if (open && req_may(r, MAY_WRITE)) {
        v->change = arena_printf(r->arena, "%s#f-%s",
                                 checklist_section_address(r, tool, part_of(tool, row)),
                                 url_escape(r->arena, row->id));
    }
}

enum err checklist_row_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct checklist c;
    struct assessment_row_view v = {0};
    const struct assessment_round *planned;
    size_t n_crumbs;
    enum err err = checklist_load(r, r->db, &c, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct pack_row *row = tool_row(c.tool, req_capture(r, "row"));
    if (row == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("This checklist has no such question."),
                       MSG("Choose one from the checklist."), NULL);
    }
    const struct assessment_answer *answer = assessment_answer_of(c.answers, c.n_answers, row->id);
    fill_words(r, &c, row, &v);
    v.look = checklist_answer_look(c.tool, row, answer == NULL ? "" : answer->value);
    v.answer = checklist_answer_words(r, c.tool, row, answer == NULL ? "" : answer->value);
    if (answer != NULL) {
        err = attach_beside_load(r, "answer", answer->id, &v.beside, e);
        if (err != ERR_NONE) {
            return err;
        }
        v.how = answer->how;
        v.provision = answer->provision;
        v.link = answer->link;
        v.missing = answer->missing;
        if (c.tool->kind == PACK_KIND_QUESTION_TABLE && r->country != NULL) {
            (void)law_risks_of(r->arena, pack_row_root(c.tool, row), answer->value, &v.n_suggested);
            v.suggested = arena_printf(r->arena, "%s#%s", checklist_address(r, c.tool, "/gaps"), url_escape(r->arena, row->id));
        }
    }
    err = assessment_planned_load(r->db, r->arena, &c.of, c.tool, &planned, e);
    if (err == ERR_NONE) {
        err = checklist_led_load(r, row->id, NULL, &v.led, &v.n_led, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    v.planned = checklist_planned_of(r, c.tool, planned, row);
    v.cases = checklist_cases_words(r, c.tool, row, c.answers, c.n_answers);
    if (c.tool->kind == PACK_KIND_PROFILE) {
        struct profile_series series =
            profile_series_of(r->arena, row, c.answers, c.n_answers);
        v.lines = profile_lines(r, &series);
        v.n_lines = series.n;
        v.chart = profile_chart(r, c.tool, &series, "trend");
        v.trend = profile_trend_words(r, &series);
        v.answer = answer == NULL ? v.answer : profile_words(r->arena, r->lang, row, answer->value);
    }
    const struct crumb *crumbs = checklist_crumbs(r, &c, true, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = checklist_row_words(r, c.tool, row),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .tag = row->id});
    assessment_row_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_checklist_row = {
    .path = "/programmes/{programme}/checklists/{tool}/{row}",
    .needs = MAY_READ,
    .get = checklist_row_get,
    .title = MSG("Question"),
    .menu = MENU_PROGRAMMES,
};

// ---- from an answer to its question -------------------------------------------------------------

// Lists of evidence and actions know the id of the answer only.
static enum err answer_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *answer, *round;
    struct err_info inner;
    enum err err =
        store_get(r->db, r->arena, &entity_answer, req_capture(r, "answer"), &answer, &inner);
    if (err == ERR_NONE) {
        err = store_get(r->db, r->arena, &entity_assessment, record_text(answer, "assessment_id"),
                        &round, &inner);
    }
    if (err != ERR_NONE && err != ERR_NOT_FOUND) {
        *e = inner;
        return err;
    }
    if (err != ERR_NONE || strcmp(record_text(round, "programme_id"), r->programme->id) != 0 ||
        assessment_tool(record_text(round, "tool")) == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("This page does not exist."),
                       MSG("Check the address, or start from the list."), NULL);
    }
    reply_redirect(r, p, "/programmes/{0}/checklists/{1}/{2}", record_text(r->programme, "number"),
                   record_text(round, "tool"), record_text(answer, "row"), NULL);
    return ERR_NONE;
}

const struct route route_checklist_answer = {
    .path = "/programmes/{programme}/answers/{answer}",
    .needs = MAY_READ,
    .get = answer_get,
    .title = MSG("Answer"),
    .menu = MENU_PROGRAMMES,
};
