// SPDX-License-Identifier: AGPL-3.0-or-later
//
// publication_store.c: how far the checklist of a publication is, and the rule that rests on it.

#include <string.h>

#include "assessment/assessment_rounds.h"
#include "publication/publication.h"
#include "publication/publication_sql.h"

// A copy in which no question is left looks at nothing.
static bool asks(const struct pack_tool *tool)
{
    return assessment_progress_of(tool, ASSESSMENT_WHOLE, NULL, 0).of > 0;
}

static struct publication_look look_of(const struct pack_tool *tool, const struct assessment_round *round)
{
    return (struct publication_look){
        .tool = tool,
        .state = round == NULL ? "" : record_text(round->record, "state"),
        .progress = assessment_progress_of(tool, ASSESSMENT_WHOLE, round == NULL ? NULL : round->answers,
                                           round == NULL ? 0 : round->n_answers)};
}

enum err publication_look_at(struct db_read *db, struct arena *a, const char *publication_id,
                             struct publication_looks *out, struct err_info *e)
{
    const struct assessment_subject of = {.publication_id = publication_id};
    const struct assessment_round *now = NULL;
    const struct pack_tool **tools;
    struct assessment_rounds rounds = {0};
    size_t n = pack_family(a, PUBLICATION_TOOL, &tools);
    *out = (struct publication_looks){.items = ARENA_ARRAY(a, struct publication_look, n + 1)};
    enum err err = publication_id == NULL || n == 0
                       ? ERR_NONE
                       : assessment_rounds_load(db, a, &of, NULL, &rounds, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        if (!asks(tools[i])) {
            continue;
        }
        const struct assessment_round *round =
            publication_id == NULL ? NULL : assessment_newest(&rounds, &of, tools[i]->id);
        out->items[out->n++] = look_of(tools[i], round);
        if (round != NULL && (now == NULL || strcmp(round->record->id, now->record->id) > 0)) {
            out->now = out->n - 1; // ids sort by age
            now = round;
        }
    }
    return err;
}

enum err publication_progress_load(struct db_read *db, struct arena *a, const char *programme_id,
                                   struct publication_progress **out, struct err_info *e)
{
    const struct publication_answers_in in = {.programme_id = programme_id};
    struct publication_answers_row *rows;
    size_t n = 0, n_out = 0;
    enum err err = publication_answers_all(a, db, &in, &rows, &n, e);
    struct publication_progress *list = ARENA_ARRAY(a, struct publication_progress, n + 1);
    struct assessment_answer *answers = ARENA_ARRAY(a, struct assessment_answer, n + 1);
    for (size_t i = 0, first = 0; err == ERR_NONE && i < n; i++) {
        const char *id = rows[i].publication_id;
        answers[i] = (struct assessment_answer){.row = rows[i].row == NULL ? "" : rows[i].row,
                                                .value = rows[i].value == NULL ? "" : rows[i].value};
        if (i + 1 < n && strcmp(rows[i + 1].publication_id, id) == 0 &&
            strcmp(rows[i + 1].tool, rows[i].tool) == 0) {
            continue; // the round goes on
        }
        const struct pack_tool *tool = pack_family_tool(PUBLICATION_TOOL, rows[i].tool);
        if (tool != NULL && asks(tool)) { // a later one takes the place of the one before
            n_out -= n_out > 0 && strcmp(list[n_out - 1].publication_id, id) == 0;
            list[n_out++] = (struct publication_progress){
                .publication_id = id,
                .progress = assessment_progress_of(tool, ASSESSMENT_WHOLE, &answers[first], i + 1 - first)};
        }
        first = i + 1;
    }
    list[n_out] = (struct publication_progress){0};
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

bool publication_is_looked_at(const struct publication_looks *looks)
{
    bool done = looks->n == 0;
    for (size_t i = 0; i < looks->n; i++) {
        done = done || looks->items[i].progress.answered == looks->items[i].progress.of;
    }
    return done;
}

static bool is_published(const struct record *r)
{
    return r != NULL && strcmp(record_text(r, "state"), "published") == 0;
}

enum err publication_guard(struct arena *a, struct db_read *db, const struct record *before,
                           const struct record *after, struct err_info *e)
{
    struct publication_looks looks;
    if (!is_published(after) || is_published(before)) {
        return ERR_NONE;
    }
    enum err err = publication_look_at(db, a, after->id, &looks, e);
    if (err != ERR_NONE || publication_is_looked_at(&looks)) {
        return err;
    }
    const struct publication_look *now = &looks.items[looks.now];
    return err_set(e, ERR_INPUT, "state",
                   MSG("It cannot be marked published: {0} of {1} questions of checklist {2} are "
                       "answered."),
                   MSG("Answer the others for this publication first."),
                   arena_printf(a, "%d", now->progress.answered),
                   arena_printf(a, "%d", now->progress.of), now->tool->id, NULL);
}
