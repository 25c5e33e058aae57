// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_summary_store.c: see assessment_summary.h.

#include "assessment/assessment_summary.h"

#include <string.h>

#include "assessment/assessment_rounds.h"
#include "programme/programme.h"
#include "store/store.h"

struct assessment_beside {
    struct attached_records of;
    struct programme_people people;
};

enum err assessment_beside_load(struct db_read *db, struct arena *a, const char *programme_id,
                                const char *round_id, struct assessment_beside **out, struct err_info *e)
{
    struct assessment_beside *all = *out = ARENA_MAKE(a, struct assessment_beside);
    const struct attached_to to = {.kind = "answer", .round = round_id, .programme_id = programme_id};
    enum err err = programme_attached_load(db, a, &to, &all->of, e);
    return err != ERR_NONE ? err : programme_people_load(db, a, programme_id, &all->people, e);
}

void assessment_beside_of(struct arena *a, const struct assessment_beside *all, const char *answer_id,
                          struct assessment_summary_row *row)
{
    row->evidence = ARENA_ARRAY(a, const char *, all->of.n_evidence + 1);
    row->actions = ARENA_ARRAY(a, struct assessment_summary_action, all->of.n_actions + 1);
    for (size_t i = 0; i < all->of.n_evidence; i++) {
        const struct record *x = all->of.evidence[i];
        if (strcmp(record_text(x, "about_id"), answer_id) == 0) {
            row->evidence[row->n_evidence++] = record_text(x, "title");
        }
    }
    for (size_t i = 0; i < all->of.n_actions; i++) {
        const struct record *x = all->of.actions[i];
        if (strcmp(record_text(x, "about_id"), answer_id) == 0) {
            row->actions[row->n_actions++] = (struct assessment_summary_action){
                .what = record_text(x, "what"),
                .owner = programme_person_name(&all->people, record_text(x, "owner_id")),
                .due_on = record_text(x, "due_on"),
                .state = record_text(x, "state"),
            };
        }
    }
}

static void make(struct arena *a, const struct assessment_round *round, const struct assessment_beside *all,
                 struct assessment_summary *out)
{
    out->touched_at = "";
    if (round != NULL) {
        out->assessment = round->record;
        out->touched_at = round->touched_at;
        out->assigned =
            programme_person_name(&all->people, record_text(round->record, "assigned_id"));
    }
    const struct assessment_answer *answers = round == NULL ? NULL : round->answers;
    size_t n = round == NULL ? 0 : round->n_answers;
    out->progress = assessment_progress_of(out->tool, ASSESSMENT_WHOLE, answers, n);
    out->n_rows = out->tool->n_rows;
    out->rows = ARENA_ARRAY(a, struct assessment_summary_row, out->n_rows + 1);
    for (size_t i = 0; i < out->n_rows; i++) {
        const struct assessment_answer *w =
            assessment_answer_of(answers, n, out->tool->rows[i].id);
        out->rows[i] = (struct assessment_summary_row){.row = &out->tool->rows[i],
                                                       .value = w == NULL ? "" : w->value,
                                                       .how = w == NULL ? "" : w->how};
        if (w != NULL) {
            assessment_beside_of(a, all, w->id, &out->rows[i]);
        }
    }
}

enum err assessment_summary_load(struct db_read *db, struct arena *a, const char *programme_id,
                                 const char *tool_id, struct assessment_summary *out,
                                 struct err_info *e)
{
    struct assessment_rounds rounds;
    struct assessment_beside *all = NULL;
    *out = (struct assessment_summary){.tool = assessment_tool(tool_id), .touched_at = ""};
    if (out->tool == NULL) {
        return ERR_NONE;
    }
    const struct assessment_subject of = {.programme_id = programme_id};
    enum err err = assessment_rounds_load(db, a, &of, tool_id, &rounds, e);
    const struct assessment_round *round =
        err == ERR_NONE ? assessment_newest(&rounds, &of, tool_id) : NULL;
    if (round != NULL) {
        err = assessment_beside_load(db, a, programme_id, round->record->id, &all, e);
    }
    if (err == ERR_NONE) {
        make(a, round, all, out);
    }
    return err;
}
