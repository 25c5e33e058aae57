// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_check.c: notices about checklists: not begun, answers without words or actions, drafts
// that nobody touches, approvals that are too old.

#include <string.h>

#include "assessment/assessment.h"
#include "assessment/assessment_rounds.h"
#include "base/bug.h"
#include "base/date.h"
#include "model/check.h"
#include "os/clock.h"
#include "programme/programme.h"
#include "store/store.h"

struct look {
    struct notice_list *out;
    struct assessment_rounds rounds;
    struct record **actions; // about answers
    size_t n_actions;
    char today[11];
    const char *number; // of the programme that is looked at
};

// mend is a text of the catalogue.
static void add(const struct look *l, const char *rule, const char *severity, const char *kind,
                const char *id, const char *where, const char *message, const char *mend)
{
    notice_add(l->out, &(struct notice){.check = "checklist", .rule = rule, .severity = severity,
                                        .about_kind = kind, .about_id = id, .where = where,
                                        .programme = l->number, .message = message,
                                        .mend = notice_say(l->out, mend, NULL)});
}

static bool has_action(const struct look *l, const char *answer_id)
{
    for (size_t i = 0; i < l->n_actions; i++) {
        const char *state = record_text(l->actions[i], "state");
        if (strcmp(record_text(l->actions[i], "about_id"), answer_id) == 0 &&
            (strcmp(state, "open") == 0 || strcmp(state, "done") == 0)) {
            return true;
        }
    }
    return false;
}

// "In part" and "no" say what is missing; somebody has to say what is done about it.
static void look_at_answer(const struct look *l, const struct pack_tool *tool,
                           const struct pack_row *row, const struct assessment_answer *w)
{
    bool lacks = strcmp(w->value, "no") == 0 || strcmp(w->value, "part") == 0;
    if (!lacks) {
        return;
    }
    const char *words = notice_say(l->out, assessment_answer_label(tool, row, w->value), NULL);
    if (w->how[0] == '\0') {
        add(l, "how", "low", "answer", w->id, w->row,
            notice_say(l->out, MSG("The answer is \"{0}\" and there are no words to it."), words,
                       NULL),
            MSG("Say what is still missing, or what will be done about it."));
    }
    if (!has_action(l, w->id)) {
        add(l, "action", "low", "answer", w->id, w->row,
            notice_say(l->out, MSG("The answer is \"{0}\" and no action is open or done."), words,
                       NULL),
            MSG("Add an action: what will be done, by whom and by when."));
    }
}

static void look_at_round(const struct look *l, const struct pack_tool *tool,
                          const struct assessment_round *round)
{
    const char *state = record_text(round->record, "state");
    const char *id = round->record->id;
    struct arena *a = l->out->arena;
    for (size_t i = 0; i < round->n_answers; i++) {
        const struct pack_row *row = tool_row(tool, round->answers[i].row);
        if (row != NULL) {
            look_at_answer(l, tool, row, &round->answers[i]);
        }
    }
    const char *touched = arena_copy_n(a, round->touched_at, 10);
    int64_t days = date_days_between(touched, l->today);
    if (assessment_may_edit(state) && days >= ASSESSMENT_DRAFT_DAYS) {
        add(l, "draft", "medium", "assessment", id, tool->title,
            notice_say(l->out, MSG("It was begun and nobody touched it for {0}, since {1}."),
                       notice_say_n(l->out, MSG("{0} day"), MSG("{0} days"), days), touched, NULL),
            MSG("Finish it and submit it, or name somebody who will."));
    }
    const char *approved = arena_copy_n(a, round->record->changed_at, 10);
    int months = strcmp(state, "approved") == 0 ? assessment_months_between(approved, l->today) : 0;
    if (months >= ASSESSMENT_VALID_MONTHS) {
        add(l, "old", "medium", "assessment", id, tool->title,
            notice_say(l->out, MSG("It was approved {0}, on {1}."),
                       notice_say_n(l->out, MSG("{0} month ago"), MSG("{0} months ago"), months),
                       approved, NULL),
            MSG("Assess again: choose that button in the checklist and answer it anew."));
    }
}

// Does the programme use a copy that its office made of this tool?
static bool is_begun_as_copy(const struct look *l, const struct record *programme,
                             const struct pack_tool *tool)
{
    for (size_t i = 0; i < l->rounds.n; i++) {
        const struct record *round = l->rounds.items[i].record;
        bool here = strcmp(record_text(round, "programme_id"), programme->id) == 0;
        const struct pack_tool *of = here ? pack_tool_anywhere(record_text(round, "tool")) : NULL;
        if (of != NULL && of != tool && strcmp(pack_tool_root(of), tool->id) == 0) {
            return true;
        }
    }
    return false;
}

static void look_at_tool(const struct look *l, const struct record *programme,
                         const struct pack_tool *tool)
{
    const struct assessment_round *now =
        assessment_newest(&l->rounds, &(struct assessment_subject){.programme_id = programme->id},
                          tool->id);
    bool runs = strcmp(record_text(programme, "state"), "running") == 0;
    bool asked = tool->kind == PACK_KIND_CHECKLIST && tool->phase == PACK_PHASE_PLAN &&
                 tool->origin.tool == NULL; // that a copy is there does not mean that all use it
    if (now != NULL) {
        look_at_round(l, tool, now);
    } else if (runs && asked && !is_begun_as_copy(l, programme, tool)) {
        add(l, "start", "medium", "programme", programme->id, tool->title,
            notice_say(l->out, MSG("The programme runs and checklist {0} was never begun."), tool->id,
                       NULL),
            MSG("Open the checklists of the programme and start it."));
    }
}

static enum err load(struct db_read *db, const char *programme_id, struct look *l,
                     struct err_info *e)
{
    const struct store_filter filters[] = {
        {.field = "about_kind", .op = STORE_EQUAL, .text = "answer"},
        {.field = "programme_id", .op = STORE_EQUAL, .text = programme_id},
    };
    const struct store_query q = {.filters = filters, .n_filters = programme_id == NULL ? 1 : 2};
    clock_today(l->today);
    enum err err =
        assessment_rounds_load(db, l->out->arena,
                               &(struct assessment_subject){.programme_id = programme_id}, NULL,
                               &l->rounds, e);
    return err != ERR_NONE ? err
                           : store_list(db, l->out->arena, &entity_action, &q, &l->actions,
                                        &l->n_actions, e);
}

static enum err run(struct db_read *db, const char *programme_id, struct notice_list *out,
                    struct err_info *e)
{
    struct look l = {.out = out};
    struct record **programmes;
    size_t n, n_packs, n_tools;
    const struct store_filter one = {.field = "id", .op = STORE_EQUAL, .text = programme_id};
    const struct store_query q = {.filters = &one, .n_filters = programme_id != NULL};
    const struct pack *const *packs = pack_all(&n_packs);
    enum err err = store_list(db, out->arena, &entity_programme, &q, &programmes, &n, e);
    if (err == ERR_NONE) {
        err = load(db, programme_id, &l, e);
    }
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        l.number = record_text(programmes[i], "number");
        for (size_t p = 0; p < n_packs; p++) {
            const struct pack_tool *const *tools = pack_tools(packs[p], &n_tools);
            for (size_t k = 0; k < n_tools; k++) {
                if (pack_tool_is_answered(tools[k]) && tools[k]->subject == PACK_SUBJECT_PROGRAMME) {
                    look_at_tool(&l, programmes[i], tools[k]);
                }
            }
        }
    }
    return err;
}

const struct check check_checklist = {
    .name = "checklist",
    .label = MSG("Checklists"),
    .about = MSG("Checklists that were not begun, were forgotten or are too old, and answers that say nothing of what is done"),
    .run = run,
};
