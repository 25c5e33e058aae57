// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_store.c: see assessment_rounds.h.

#include <string.h>

#include "assessment/assessment_rounds.h"
#include "assessment/assessment_sql.h"
#include "base/bug.h"
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

static const char *said(const char *text)
{
    return text == NULL ? "" : text;
}

static const struct assessment_answer *make_answers(struct arena *a,
                                                    const struct assessment_answers_row *rows,
                                                    size_t n)
{
    struct assessment_answer *answers = ARENA_ARRAY(a, struct assessment_answer, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct assessment_answers_row *r = &rows[i];
        answers[i] = (struct assessment_answer){
            .id = r->id,
            .assessment_id = r->assessment_id,
            .row = r->row,
            .stakeholder_id = said(r->stakeholder_id),
            .group_code = said(r->group_code),
            .year = r->has_year ? (int)r->year : 0,
            .value = said(r->value),
            .how = said(r->how),
            .provision = said(r->provision),
            .link = said(r->link),
            .missing = said(r->missing),
            .source = said(r->source),
            .female = said(r->female),
            .male = said(r->male),
            .changed_at = r->changed_at};
    }
    return answers;
}

enum err assessment_rounds_load(struct db_read *db, struct arena *a,
                                const struct assessment_subject *of, const char *tool,
                                struct assessment_rounds *out, struct err_info *e)
{
    static const struct assessment_subject everything = {0};
    of = of == NULL ? &everything : of;
    const struct store_filter wanted[] = {
        {.field = "programme_id", .op = STORE_EQUAL, .text = of->programme_id},
        {.field = "country", .op = STORE_EQUAL, .text = of->country},
        {.field = "publication_id", .op = STORE_EQUAL, .text = of->publication_id},
        {.field = "tool", .op = STORE_EQUAL, .text = tool},
    };
    struct store_filter filters[COUNT_OF(wanted)];
    struct store_query q = {.filters = filters, .order = "id", .descending = true};
    struct record **records;
    struct assessment_answers_row *rows;
    size_t n_rows;
    *out = (struct assessment_rounds){0};
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        if (wanted[i].text != NULL) {
            filters[q.n_filters++] = wanted[i];
        }
    }
    enum err err = store_list(db, a, &entity_assessment, &q, &records, &out->n, e);
    if (err == ERR_NONE) {
        const struct assessment_answers_in in = {.programme_id = of->programme_id,
                                                 .country = of->country,
                                                 .publication_id = of->publication_id,
                                                 .tool = tool};
        err = assessment_answers_all(a, db, &in, &rows, &n_rows, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const struct assessment_answer *answers = make_answers(a, rows, n_rows);
    out->items = ARENA_ARRAY(a, struct assessment_round, out->n + 1);
    for (size_t i = 0; i < out->n; i++) {
        out->items[i] = (struct assessment_round){.record = records[i],
                                                  .touched_at = records[i]->changed_at};
        take_answers(answers, n_rows, &out->items[i]);
    }
    return ERR_NONE;
}

static bool same(const struct record *r, const char *field, const char *wanted)
{
    return wanted == NULL || strcmp(record_text(r, field), wanted) == 0;
}

const struct assessment_round *assessment_newest(const struct assessment_rounds *rounds,
                                                 const struct assessment_subject *of,
                                                 const char *tool)
{
    for (size_t i = 0; i < rounds->n; i++) {
        const struct record *r = rounds->items[i].record;
        if (same(r, "programme_id", of->programme_id) && same(r, "country", of->country) &&
            same(r, "publication_id", of->publication_id) && same(r, "tool", tool)) {
            return &rounds->items[i];
        }
    }
    return NULL;
}

// Does this round count as planned rather than the one found before?
static bool counts_before(const struct record *r, const struct assessment_round *found)
{
    bool approved = same(r, "state", "approved");
    bool as_far = found != NULL && same(found->record, "state", "approved") == approved;
    return found == NULL || (as_far ? strcmp(r->id, found->record->id) > 0 : approved); // ids sort by age
}

enum err assessment_planned_load(struct db_read *db, struct arena *a,
                                 const struct assessment_subject *of, const struct pack_tool *tool,
                                 const struct assessment_round **out, struct err_info *e)
{
    const struct pack_tool *plan = assessment_planned_in(tool);
    const struct pack_tool **family = NULL;
    size_t n = plan == NULL ? 0 : pack_family(a, pack_tool_root(plan), &family);
    enum err err = ERR_NONE;
    *out = NULL;
    for (size_t k = 0; k < n && err == ERR_NONE; k++) {
        struct assessment_rounds rounds;
        err = assessment_rounds_load(db, a, of, family[k]->id, &rounds, e);
        for (size_t i = 0; err == ERR_NONE && i < rounds.n; i++) {
            *out = counts_before(rounds.items[i].record, *out) ? &rounds.items[i] : *out;
        }
    }
    return err;
}

enum err assessment_begin(struct store_tx *tx, struct arena *a, const struct assessment_subject *of,
                          const struct pack_tool *tool, struct record **out, struct err_info *e)
{
    struct record *round = record_new(a, &entity_assessment);
    record_set_text(round, "programme_id", of->programme_id);
    record_set_text(round, "country", of->country);
    record_set_text(round, "publication_id", of->publication_id);
    record_set_text(round, "tool", tool->id);
    record_set_text(round, "pack", tool->pack->id);
    record_set_text(round, "pack_version", tool->pack->version);
    record_set_text(round, "title", tool->title);
    record_set_text(round, "state", "draft");
    *out = round;
    enum err err = record_check(round, e);
    return err != ERR_NONE ? err : store_save(tx, a, round, e);
}

enum err assessment_carry(struct store_tx *tx, struct arena *a, const char *from, const char *to, struct err_info *e)
{
    struct record **answers;
    size_t n = 0;
    enum err err = store_list_by(store_tx_read(tx), a, &entity_answer, "assessment_id", from, &answers, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        struct record *copy = record_new(a, &entity_answer);
        memcpy(copy->values, answers[i]->values, entity_answer.n_fields * sizeof *copy->values);
        record_set_text(copy, "assessment_id", to);
        err = store_save(tx, a, copy, e);
    }
    return err;
}
