// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_store.c: see assessment_rounds.h.

#include <string.h>

#include "assessment/assessment_rounds.h"
#include "assessment/assessment_sql.h"
#include "store/store.h"

// Answers come ordered by round; those of one stand together.
static void take_answers(const struct assessment_answer *all, size_t n,
                         struct assessment_round *round)
{
    size_t i = 0;
    while (i < n && strcmp(all[i].assessment_id, round->record->id) != 0) {
        i++;
    }
    round->answers = &all[i];
    for (; i < n && strcmp(all[i].assessment_id, round->record->id) == 0; i++) {
        round->n_answers++;
        if (strcmp(all[i].changed_at, round->touched_at) > 0) {
            round->touched_at = all[i].changed_at;
        }
    }
}

enum err assessment_rounds_load(struct db_read *db, struct arena *a, const char *programme_id,
                                const char *tool, struct assessment_rounds *out,
                                struct err_info *e)
{
    struct store_filter filters[2];
    struct store_query q = {.filters = filters, .order = "id", .descending = true};
    struct record **records;
    struct assessment_answers_row *rows;
    size_t n_rows;
    *out = (struct assessment_rounds){0};
    if (programme_id != NULL) {
        filters[q.n_filters++] =
            (struct store_filter){.field = "programme_id", .op = STORE_EQUAL, .text = programme_id};
    }
    if (tool != NULL) {
        filters[q.n_filters++] =
            (struct store_filter){.field = "tool", .op = STORE_EQUAL, .text = tool};
    }
    enum err err = store_list(db, a, &entity_assessment, &q, &records, &out->n, e);
    if (err == ERR_NONE) {
        const struct assessment_answers_in in = {.programme_id = programme_id, .tool = tool};
        err = assessment_answers_all(a, db, &in, &rows, &n_rows, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct assessment_answer *answers = ARENA_ARRAY(a, struct assessment_answer, n_rows + 1);
    for (size_t i = 0; i < n_rows; i++) {
        answers[i] = (struct assessment_answer){
            .id = rows[i].id, .assessment_id = rows[i].assessment_id, .row = rows[i].row,
            .value = rows[i].value, .how = rows[i].how == NULL ? "" : rows[i].how,
            .changed_at = rows[i].changed_at};
    }
    out->items = ARENA_ARRAY(a, struct assessment_round, out->n + 1);
    for (size_t i = 0; i < out->n; i++) {
        out->items[i] = (struct assessment_round){.record = records[i],
                                                  .touched_at = records[i]->changed_at};
        take_answers(answers, n_rows, &out->items[i]);
    }
    return ERR_NONE;
}

const struct assessment_round *assessment_newest(const struct assessment_rounds *rounds,
                                                 const char *programme_id, const char *tool)
{
    for (size_t i = 0; i < rounds->n; i++) {
        const struct record *r = rounds->items[i].record;
        if (strcmp(record_text(r, "programme_id"), programme_id) == 0 &&
            strcmp(record_text(r, "tool"), tool) == 0) {
            return &rounds->items[i];
        }
    }
    return NULL;
}
