// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_profile_take_web.c: facts of the reference data that a person accepts, and a profile as a
// file.

#include <string.h>

#include "assessment/assessment_cells.h"
#include "assessment/assessment_profile_web.h"
#include "base/bug.h"
#include "programme/programme_sheet_web.h"

// ---- accepting ----------------------------------------------------------------------------------

static enum err save_fact(struct store_tx *tx, struct req *r, const char *round,
                          const struct pack_row *row, const struct profile_fact *fact,
                          struct err_info *e)
{
    struct profile_entry entry = profile_fact_entry(r->arena, fact);
    struct record *answer = record_new(r->arena, &entity_answer);
    record_set_text(answer, "assessment_id", round);
    record_set_text(answer, "row", row->id);
    record_set_text(answer, "value", entry.value);
    record_set_text(answer, "source", entry.source);
    if (entry.year != 0) {
        record_set_int(answer, "year", entry.year);
    }
    enum err err = record_check(answer, e);
    return err != ERR_NONE ? err : store_save(tx, r->arena, answer, e);
}

// Saves every chosen fact whose field has no value yet.
static enum err take(struct store_tx *tx, struct req *r, const struct checklist *c,
                     const char *chosen, int *taken, struct err_info *e)
{
    bool all = strcmp(chosen, "all") == 0;
    const char *round = c->now == NULL ? NULL : c->now->record->id;
    enum err err = ERR_NONE;
    for (unsigned i = 0; err == ERR_NONE && i < c->tool->n_rows; i++) {
        const struct pack_row *row = &c->tool->rows[i];
        struct profile_fact fact = {0};
        if ((all || strcmp(row->id, chosen) == 0) &&
            assessment_answer_of(c->answers, c->n_answers, row->id) == NULL) {
            fact = profile_fact_of(r->country, row->id);
        }
        if (!fact.found) {
            continue;
        }
        if (round == NULL) {
            struct record *begun;
            err = checklist_begin(tx, r, c, &begun, e);
            round = err == ERR_NONE ? begun->id : NULL;
        }
        if (err == ERR_NONE) {
            err = save_fact(tx, r, round, row, &fact, e);
            ++*taken;
        }
    }
    if (err == ERR_NONE && *taken == 0) {
        err = err_set(e, ERR_INPUT, "row", MSG("The reference data know nothing of this."),
                      MSG("Enter the value by hand."), NULL);
    }
    return err;
}

static enum err accept_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct checklist c;
    struct store_tx *tx;
    struct actor who = req_actor(r);
    const char *chosen = req_posted(r, "row");
    int taken = 0;
    enum err err =
        store_begin(r->store, &who, tr(r->lang, MSG("taken from reference data")), &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = checklist_load(r, store_tx_read(tx), &c, e);
    if (err == ERR_NONE && c.tool->kind != PACK_KIND_PROFILE) {
        err = err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such checklist."),
                      MSG("Choose one from the list of checklists."), NULL);
    }
    if (err == ERR_NONE) {
        err = cells_may_change(&c, e);
    }
    if (err == ERR_NONE) {
        err = take(tx, r, &c, chosen, &taken, e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err == ERR_NONE) {
        reply_flash(p,
                    tr_n(r->arena, r->lang, MSG("One fact was taken over."),
                         MSG("{0} facts were taken over."), taken),
                    NULL);
        p->location = checklist_address(
            r, c.tool,
            strcmp(chosen, "all") == 0
                ? "?view=all"
                : arena_printf(r->arena, "?view=all#%s", url_escape(r->arena, chosen)));
        p->status = 303;
    }
    return err;
}

static const struct field accept_fields[] = {
    {.name = "row", .label = MSG("Field"), .type = FIELD_TEXT, .data_class = CLASS_C0,
     .required = true, .max = 40},
};

const struct route route_country_tool_accept = {
    .path = "/countries/{country}/tools/{tool}/accept",
    .needs = MAY_WRITE,
    .post = accept_post,
    .fields = accept_fields,
    .n_fields = COUNT_OF(accept_fields),
    .title = MSG("Accept a suggestion"),
    .menu = MENU_COUNTRIES,
};

// ---- as a file ----------------------------------------------------------------------------------

// The columns are those that an import reads (assessment_profile_import.h): what goes out can be corrected
// and brought back. Tables of questions have their answers in the same columns.
static const char *const codes[] = {"country", "row",  "question", "year",      "value", "female",
                                    "male",    "source", "comment",  "provision", "link",  "missing"};

static void put_answer(struct req *r, const struct checklist *c, const struct pack_row *row,
                       const struct assessment_answer *w, const char **out)
{
    const char *const texts[] = {
        r->country,
        row->id,
        checklist_row_words(r, c->tool, row),
        w == NULL ? "" : profile_year_words(r->arena, w->year),
        w == NULL ? "" : w->value,
        w == NULL ? "" : w->female,
        w == NULL ? "" : w->male,
        w == NULL ? "" : w->source,
        w == NULL ? "" : w->how,
        w == NULL ? "" : w->provision,
        w == NULL ? "" : w->link,
        w == NULL ? "" : w->missing,
    };
    memcpy(out, texts, sizeof texts);
}

static enum err export_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct checklist c;
    enum err err = checklist_load(r, r->db, &c, e);
    if (err != ERR_NONE) {
        return err;
    }
    const char **cells = ARENA_ARRAY(r->arena, const char *,
                                     ((size_t)c.tool->n_rows + c.n_answers + 1) * COUNT_OF(codes));
    size_t n = 0;
    for (unsigned i = 0; i < c.tool->n_rows; i++) {
        const struct pack_row *row = &c.tool->rows[i];
        struct profile_series s = profile_series_of(r->arena, row, c.answers, c.n_answers);
        for (size_t k = 0; assessment_is_asked(row) && (k < s.n || k == 0); k++) {
            put_answer(r, &c, row, k < s.n ? s.values[k] : NULL, &cells[n++ * COUNT_OF(codes)]);
        }
    }
    const char *const heads[] = {tr(r->lang, MSG("Country")),
                                 tr(r->lang, MSG("Row")),
                                 tr(r->lang, MSG("Question")),
                                 tr(r->lang, MSG("Year")),
                                 tr(r->lang, MSG("Value")),
                                 tr(r->lang, MSG("Women and girls")),
                                 tr(r->lang, MSG("Men and boys")),
                                 tr(r->lang, MSG("Source")),
                                 tr(r->lang, MSG("Comment")),
                                 tr(r->lang, MSG("Where it stands")),
                                 tr(r->lang, MSG("Link to the text")),
                                 tr(r->lang, MSG("What is missing"))};
    const struct sheet sheet = {
        .title = tr_f(r->arena, r->lang, MSG("{0} of {1}"), checklist_title(r, c.tool),
                      checklist_subject_name(r, &c), NULL),
        .columns = sheet_columns(r->arena, codes, heads, 0x78, COUNT_OF(codes)),
        .n_columns = COUNT_OF(codes),
        .cells = cells,
        .n_rows = n,
    };
    return programme_send_sheet(r, p, &sheet, arena_printf(r->arena, "%s-%s", r->country, c.tool->id), "answer", e);
}

const struct route route_country_tool_export = {
    .path = "/countries/{country}/tools/{tool}/export",
    .needs = MAY_EXPORT,
    .get = export_get,
    .title = MSG("Export"),
    .menu = MENU_COUNTRIES,
    .slow = true,
};
