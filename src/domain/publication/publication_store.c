// SPDX-License-Identifier: AGPL-3.0-or-later
//
// publication_store.c: how far the checklist of a publication is, and the rule that rests on it.

#include <string.h>

#include "assessment/assessment_rounds.h"
#include "publication/publication.h"
#include "publication/publication_sql.h"

enum err publication_look_at(struct db_read *db, struct arena *a, const char *publication_id,
                             struct publication_look *out, struct err_info *e)
{
    struct assessment_rounds rounds = {0};
    *out = (struct publication_look){
        .tool = assessment_tool(PUBLICATION_TOOL), .state = "", .touched_at = ""};
    if (out->tool == NULL) {
        return ERR_NONE;
    }
    const struct assessment_subject of = {.publication_id = publication_id};
    enum err err = publication_id == NULL ? ERR_NONE
                                          : assessment_rounds_load(db, a, &of, PUBLICATION_TOOL,
                                                                   &rounds, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct assessment_round *now = rounds.n == 0 ? NULL : &rounds.items[0];
    if (now != NULL) {
        out->state = record_text(now->record, "state");
        out->touched_at = now->touched_at;
    }
    out->progress = assessment_progress_of(out->tool, ASSESSMENT_WHOLE,
                                           now == NULL ? NULL : now->answers,
                                           now == NULL ? 0 : now->n_answers);
    return ERR_NONE;
}

enum err publication_progress_load(struct db_read *db, struct arena *a, const char *programme_id,
                                   struct publication_progress **out, struct err_info *e)
{
    const struct pack_tool *tool = assessment_tool(PUBLICATION_TOOL);
    const struct publication_answers_in in = {.programme_id = programme_id,
                                              .tool = PUBLICATION_TOOL};
    struct publication_answers_row *rows;
    size_t n = 0, n_out = 0;
    enum err err = tool == NULL ? ERR_NONE : publication_answers_all(a, db, &in, &rows, &n, e);
    struct publication_progress *list = ARENA_ARRAY(a, struct publication_progress, n + 1);
    struct assessment_answer *answers = ARENA_ARRAY(a, struct assessment_answer, n + 1);
    for (size_t i = 0, first = 0; err == ERR_NONE && i < n; i++) {
        answers[i] = (struct assessment_answer){
            .row = rows[i].row, .value = rows[i].value == NULL ? "" : rows[i].value};
        if (i + 1 == n || strcmp(rows[i + 1].publication_id, rows[i].publication_id) != 0) {
            list[n_out++] = (struct publication_progress){
                .publication_id = rows[i].publication_id,
                .progress = assessment_progress_of(tool, ASSESSMENT_WHOLE, &answers[first],
                                                   i + 1 - first)};
            first = i + 1;
        }
    }
    *out = list;
    return err;
}

struct assessment_progress publication_progress_of(const struct publication_progress *list,
                                                   const char *publication_id)
{
    const struct pack_tool *tool = assessment_tool(PUBLICATION_TOOL);
    for (; list->publication_id != NULL; list++) {
        if (strcmp(list->publication_id, publication_id) == 0) {
            return list->progress;
        }
    }
    return tool == NULL ? (struct assessment_progress){0}
                        : assessment_progress_of(tool, ASSESSMENT_WHOLE, NULL, 0);
}

bool publication_is_looked_at(const struct publication_look *look)
{
    return look->tool == NULL || look->progress.answered == look->progress.of;
}

static bool is_published(const struct record *r)
{
    return r != NULL && strcmp(record_text(r, "state"), "published") == 0;
}

enum err publication_guard(struct arena *a, struct db_read *db, const struct record *before,
                           const struct record *after, struct err_info *e)
{
    struct publication_look look;
    if (!is_published(after) || is_published(before)) {
        return ERR_NONE;
    }
    enum err err = publication_look_at(db, a, after->id, &look, e);
    if (err != ERR_NONE || publication_is_looked_at(&look)) {
        return err;
    }
    return err_set(e, ERR_INPUT, "state",
                   MSG("It cannot be marked published: {0} of {1} questions of checklist 3.8 are "
                       "answered."),
                   MSG("Answer the others for this publication first."),
                   arena_printf(a, "%d", look.progress.answered),
                   arena_printf(a, "%d", look.progress.of), NULL);
}
