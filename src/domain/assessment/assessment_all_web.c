// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_all_web.c: all questions of one round on one page, to read, check, approve and print; and
// earlier rounds with what changed since.

#include <string.h>

#include "assessment/assessment_all.html.h"
#include "assessment/assessment_web.h"
#include "base/bug.h"
#include "base/date.h"

static struct all_part *parts_of(struct req *r, const struct checklist *c,
                                 const struct assessment_answer *answers, size_t n_answers,
                                 const struct attach_set *set,
                                 const struct assessment_round *planned, size_t *n)
{
    const struct pack_tool *tool = c->tool;
    *n = assessment_n_parts(tool);
    struct all_part *parts = ARENA_ARRAY(r->arena, struct all_part, *n + 1);
    struct all_question *all = ARENA_ARRAY(r->arena, struct all_question, (size_t)tool->n_rows + 1);
    size_t used = 0;
    for (size_t i = 0; i < *n; i++) {
        parts[i] = (struct all_part){
            .heading = arena_printf(r->arena, "%zu %s", i + 1, checklist_part_title(r, tool, i)),
            .questions = &all[used]};
        for (unsigned k = 0; k < tool->n_rows; k++) {
            const struct pack_row *row = &tool->rows[k];
            if (!assessment_in_part(tool, i, row)) {
                continue;
            }
            const struct assessment_answer *w = assessment_answer_of(answers, n_answers, row->id);
            const char *value = w == NULL ? "" : w->value;
            all[used++] = (struct all_question){
                .id = row->id,
                .text = checklist_row_words(r, tool, row),
                .address = checklist_row_address(r, tool, row->id),
                .look = checklist_answer_look(tool, row, value),
                .answer = checklist_answer_words(r, tool, row, value),
                .how = w == NULL ? "" : w->how,
                .provision = w == NULL ? "" : w->provision,
                .link = w == NULL ? "" : w->link,
                .missing = w == NULL ? "" : w->missing,
                .sub = row->parent != NULL,
                .gap = assessment_gap_of(tool, row, value),
                .cases = checklist_cases_words(r, tool, row, answers, n_answers),
                .planned = checklist_planned_of(r, c->tool, planned, row),
                .beside = w == NULL ? NULL : attach_of(set, w->id),
            };
            parts[i].n_questions++;
        }
    }
    return parts;
}

// "Yes: 4 · In part: 2 · No: 1 · Not answered: 15", in the order of the scale.
static const char *counts_of(struct req *r, const struct pack_tool *tool,
                             const struct assessment_answer *answers, size_t n,
                             const struct assessment_progress *p)
{
    const struct pack_scale *scale =
        tool->scale == NULL ? NULL : pack_scale(tool->pack, tool->scale);
    const char *text = "";
    for (unsigned i = 0; scale != NULL && i < scale->n_levels; i++) {
        const struct pack_level *level = &scale->levels[i];
        const char *one = tr_f(r->arena, r->lang, MSG("{0}: {1}"),
                               pack_words(tool->pack, r->lang, level->id, level->title),
                               arena_printf(r->arena, "%d",
                                            assessment_count_of(tool, answers, n, level->id)),
                               NULL);
        text = arena_printf(r->arena, "%s%s · ", text, one);
    }
    return arena_printf(r->arena, "%s%s", text,
                        tr_f(r->arena, r->lang, MSG("{0}: {1}"), tr(r->lang, MSG("Not answered")),
                             arena_printf(r->arena, "%d", p->of - p->answered), NULL));
}

static struct differ_line *differ_lines(struct req *r, const struct pack_tool *tool,
                                        const struct assessment_change *found, size_t n)
{
    struct differ_line *list = ARENA_ARRAY(r->arena, struct differ_line, n + 1);
    for (size_t i = 0; i < n; i++) {
        list[i] = (struct differ_line){
            .id = found[i].row->id,
            .text = checklist_row_words(r, tool, found[i].row),
            .address = checklist_row_address(r, tool, found[i].row->id),
            .look_before = checklist_answer_look(tool, found[i].row, found[i].before),
            .before = checklist_answer_words(r, tool, found[i].row, found[i].before),
            .look_after = checklist_answer_look(tool, found[i].row, found[i].after),
            .after = checklist_answer_words(r, tool, found[i].row, found[i].after),
        };
    }
    return list;
}

// What changed since an earlier round, and what the newest answers otherwise than the plan.
static void fill_differences(struct req *r, const struct checklist *c,
                             const struct assessment_round *round,
                             const struct assessment_round *planned, struct assessment_all_view *v)
{
    const struct assessment_change *found;
    if (round != c->now) {
        found = assessment_changes(r->arena, c->tool, round->answers, round->n_answers, c->answers,
                                   c->n_answers, &v->n_changes);
        v->changes = differ_lines(r, c->tool, found, v->n_changes);
    } else if (round != NULL && planned != NULL) {
        v->is_planned = true;
        found = assessment_planned_changes(r->arena, c->tool, planned, c->answers, c->n_answers,
                                           &v->n_differ);
        v->differ = differ_lines(r, c->tool, found, v->n_differ);
    }
}

static const char *gone_of(struct req *r, const struct pack_tool *tool,
                           const struct assessment_answer *answers, size_t n)
{
    const char *text = "";
    for (size_t i = 0; i < n; i++) {
        if (tool_row(tool, answers[i].row) == NULL) {
            text = arena_printf(r->arena, "%s%s%s: %s", text, text[0] == '\0' ? "" : "; ",
                                answers[i].row, answers[i].value);
        }
    }
    return text[0] == '\0' ? NULL : text;
}

size_t checklist_actions_for(struct req *r, const struct checklist *c, struct assessment_progress p,
                         const char *fill_address, struct page_action *out)
{
    bool may_write = req_may(r, MAY_WRITE);
    bool may_approve = req_may(r, MAY_APPROVE);
    size_t n = 0;
    bool begun = c->now != NULL && p.answered > 0; // bodies of a country count before a round is begun
    bool all = begun && p.answered == p.of;
    if (may_write && (c->now == NULL || assessment_may_edit(c->state))) {
        struct page_action fill = {
            .label = tr(r->lang, !begun ? MSG("Start answering")
                                 : all  ? MSG("Change answers")
                                        : MSG("Continue answering")),
            .address = fill_address};
        struct page_action submit = {.label = tr(r->lang, MSG("Submit for approval")),
                                     .address = checklist_address(r, c->tool, "/submit"),
                                     .post = true};
        out[n++] = all ? submit : fill;
        if (begun) {
            out[n++] = all ? fill : submit;
        }
    } else if (may_approve && assessment_may_move(c->state, "approved")) {
        out[n++] = (struct page_action){.label = tr(r->lang, MSG("Approve")),
                                        .address = checklist_address(r, c->tool, "/approve"),
                                        .post = true};
        out[n++] = (struct page_action){.label = tr(r->lang, MSG("Return it")),
                                        .address = checklist_address(r, c->tool, "/return")};
    } else if (may_write && c->now != NULL && assessment_may_begin(c->state)) {
        out[n++] = (struct page_action){.label = tr(r->lang, MSG("Assess again")),
                                        .address = checklist_address(r, c->tool, "/again"),
                                        .post = true};
    }
    return n;
}

size_t checklist_actions(struct req *r, const struct checklist *c, struct page_action out[2])
{
    struct assessment_progress p =
        assessment_progress_of(c->tool, ASSESSMENT_WHOLE, c->answers, c->n_answers);
    return checklist_actions_for(r, c, p, checklist_address(r, c->tool, ""), out);
}

enum err checklist_show_all(struct req *r, struct reply *p, const struct checklist *c,
                            const struct assessment_round *round, struct err_info *e)
{
    struct attach_set *set;
    const struct assessment_round *planned;
    struct checklist_side side;
    struct page_action actions[3] = {{0}};
    size_t n_parts;
    bool is_old = round != c->now;
    const struct assessment_answer *answers = round == NULL ? NULL : round->answers;
    size_t n = round == NULL ? 0 : round->n_answers;
    if (checklist_pages_of(c->tool)->all != NULL) {
        return checklist_pages_of(c->tool)->all(r, p, c, round, e);
    }
    enum err err = attach_load_round(r, round == NULL ? NULL : round->record->id, &set, e);
    if (err == ERR_NONE) {
        err = assessment_planned_load(r->db, r->arena, &c->of, c->tool, &planned, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    checklist_side_of_round(r, c, round, &side);
    struct assessment_all_view v = {
        .side = &side,
        .counts = counts_of(r, c->tool, answers, n, &side.whole),
        .parts = parts_of(r, c, answers, n, set, planned, &n_parts),
        .gone = gone_of(r, c->tool, answers, n),
    };
    v.n_parts = n_parts;
    fill_differences(r, c, round, planned, &v);
    size_t n_actions = is_old ? 0 : checklist_actions(r, c, actions);
    if (!is_old && c->of.country != NULL && c->tool->kind == PACK_KIND_QUESTION_TABLE) {
        n_actions = n_actions < 1 ? 1 : n_actions;
        actions[n_actions++] = (struct page_action){
            .label = tr(r->lang, MSG("Gaps in the law")),
            .address = checklist_address(r, c->tool, "/gaps")};
    }
    struct page page = checklist_page(r, c, round);
    page.primary = actions[0];
    page.actions = &actions[1];
    page.n_actions = n_actions < 1 ? 0 : n_actions - 1;
    struct html h;
    page_begin(&h, r, p, &page);
    assessment_all_html(&h, &v);
    return page_end(&h, e);
}

// ---- earlier rounds -----------------------------------------------------------------------------

enum err checklist_round_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct checklist c;
    enum err err = checklist_load(r, r->db, &c, e);
    if (err != ERR_NONE) {
        return err;
    }
    for (size_t i = 0; i < c.rounds.n; i++) {
        if (strcmp(c.rounds.items[i].record->id, req_capture(r, "assessment")) == 0) {
            return checklist_show_all(r, p, &c, &c.rounds.items[i], e);
        }
    }
    return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such round."),
                   MSG("Choose one from the list of earlier rounds."), NULL);
}

const struct route route_checklist_round = {
    .path = "/programmes/{programme}/checklists/{tool}/rounds/{assessment}",
    .needs = MAY_READ,
    .get = checklist_round_get,
    .title = MSG("Round of a checklist"),
    .menu = MENU_PROGRAMMES,
};
