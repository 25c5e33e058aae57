// SPDX-License-Identifier: AGPL-3.0-or-later
//
// tool_tables.c: risks, indicators, treaties and arguments on paper, blank or as a programme or country
// has them.

#include <string.h>

#include "advocacy/advocacy.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/limits.h"
#include "model/model.h"
#include "obligation/obligation.h"
#include "obligation/obligation_status.h"
#include "place/place.h"
#include "report/tool_report.h"
#include "store/store.h"

// One thing a line.
static const char *lines(struct tool_report *t, const char *context, const char *const *list,
                         unsigned n)
{
    struct buf b;
    buf_init(&b, t->arena, LIMIT_TEXT_BYTES);
    for (unsigned i = 0; i < n; i++) {
        buf_printf(&b, "%s• %s", i == 0 ? "" : "\n", tool_words(t, context, list[i]));
    }
    return b.data;
}

static enum err load(struct tool_report *t, const char *kind, struct record ***out, size_t *n,
                     struct err_info *e)
{
    *out = NULL;
    *n = 0;
    if (t->blank) {
        return ERR_NONE;
    }
    const struct store_filter of = {
        .field = "programme_id", .op = STORE_EQUAL, .text = t->of.programme_id};
    const struct store_query q = {.filters = &of, .n_filters = 1};
    return store_list(t->db, t->arena, model_find(kind), &q, out, n, e);
}

// What a choice of a record is called, "" when it is not set.
static const char *choice(struct tool_report *t, const struct record *r, const char *field)
{
    return record_is_set(r, field)
               ? tr(t->lang, field_choice_label(entity_field(r->entity, field),
                                                record_text(r, field)))
               : "";
}

static const char *boxes(struct tool_report *t, const char *scale_id, const struct record *r,
                         const char *field)
{
    const struct pack_scale *scale = pack_scale(t->tool->pack, scale_id);
    return scale == NULL ? ""
                         : tool_boxes(t, scale, r == NULL ? NULL : record_text(r, field));
}

// ---- risks --------------------------------------------------------------------------------------

static void risk_row(struct tool_report *t, struct report_table *table, const struct pack_grid *grid,
                     const char *statement, const char *measures, const struct record *r)
{
    report_row(t->report, table, REPORT_ROW_BODY);
    report_cell(table, statement);
    report_cell(table, boxes(t, grid->likelihood, r, "likelihood"));
    report_cell(table, boxes(t, grid->impact, r, "impact"));
    report_cell(table, measures);
    report_cell(table, r == NULL ? "" : choice(t, r, "state"));
}

static const char *own_measures(struct tool_report *t, const struct pack_row *row,
                                const struct record *r)
{
    return r != NULL && record_is_set(r, "mitigation")
               ? record_text(r, "mitigation")
               : lines(t, row->id, row->mitigation, row->n_mitigation);
}

enum err tool_risks(struct tool_report *t, struct err_info *e)
{
    static const char *const headings[] = {MSG("What could happen"), MSG("Likelihood"),
                                           MSG("Impact"), MSG("What can be done about it"),
                                           MSG("State")};
    struct record **risks;
    size_t n;
    const struct pack_grid *grid = pack_grid(t->tool->pack, t->tool->grid);
    enum err err = load(t, "risk", &risks, &n, e);
    if (err != ERR_NONE || grid == NULL) {
        return err;
    }
    struct report_table *table = tool_table(t, NULL, headings, 5);
    for (unsigned i = 0; i < t->tool->n_rows; i++) {
        const struct pack_row *row = &t->tool->rows[i];
        const struct record *r = NULL;
        for (size_t k = 0; k < n && r == NULL; k++) {
            r = strcmp(record_text(risks[k], "row"), row->id) == 0 ? risks[k] : NULL;
        }
        risk_row(t, table, grid, tool_row_text(t, row), own_measures(t, row, r), r);
    }
    for (size_t k = 0; k < n; k++) {
        if (!record_is_set(risks[k], "row")) {
            risk_row(t, table, grid, record_text(risks[k], "statement"),
                     record_text(risks[k], "mitigation"), risks[k]);
        }
    }
    for (int k = 0; t->blank && k < t->tool->user_rows + 2; k++) {
        risk_row(t, table, grid, tr(t->lang, MSG("Your own:")), tool_room(t), NULL);
    }
    if (grid->note != NULL) {
        table->note = tool_words(t, grid->id, grid->note);
    }
    return ERR_NONE;
}

// ---- indicators ---------------------------------------------------------------------------------

static void indicator_row(struct tool_report *t, struct report_table *table,
                          const struct pack_row *row, const struct record *adopted)
{
    report_row(t->report, table, REPORT_ROW_BODY);
    report_cell(table, tool_row_text(t, row));
    report_cell(table, lines(t, row->id, row->means, row->n_means));
    report_cell(table, lines(t, row->id, row->targets, row->n_targets));
    report_cell(table, adopted == NULL ? "" : record_text(adopted, "code"));
    report_cell(table, adopted == NULL ? "" : record_text(adopted, "baseline"));
}

enum err tool_indicators(struct tool_report *t, struct err_info *e)
{
    static const char *const headings[] = {MSG("Indicator"), MSG("Means of verification"),
                                           MSG("What should come about"), MSG("Adopted as"),
                                           MSG("Baseline")};
    struct record **adopted;
    size_t n;
    enum err err = load(t, "indicator", &adopted, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    for (unsigned s = 0; s < t->tool->n_results; s++) {
        const struct pack_result *result = &t->tool->results[s];
        report_heading(t->report, 1,
                       tr_f(t->arena, t->lang, MSG("Result {0}: {1}"), result->id,
                            tool_words(t, result->id, result->title), NULL));
        struct report_table *table = tool_table(t, NULL, headings, 5);
        for (unsigned i = 0; i < t->tool->n_rows; i++) {
            const struct pack_row *row = &t->tool->rows[i];
            const struct record *found = NULL;
            for (size_t k = 0; k < n && found == NULL; k++) {
                found = strcmp(record_text(adopted[k], "row"), row->id) == 0 ? adopted[k] : NULL;
            }
            if (strcmp(row->result, result->id) == 0) {
                indicator_row(t, table, row, found);
            }
        }
    }
    return ERR_NONE;
}

// ---- treaties -----------------------------------------------------------------------------------

static const char *day(struct tool_report *t, const struct record *r, const char *field)
{
    return r == NULL || !record_is_set(r, field)
               ? ""
               : date_for_people(t->arena, t->lang, record_text(r, field));
}

// A treaty and its status; row NULL: no pack has it any more. r NULL: nothing is entered.
static void treaty(struct tool_report *t, struct report_table *table, const struct pack_row *row,
                   const struct record *r)
{
    report_row(t->report, table, REPORT_ROW_BODY);
    report_cell(table, row == NULL ? record_text(r, "instrument")
                                   : arena_printf(t->arena, "%s (%d)", tool_row_text(t, row), row->adopted));
    report_cell(table, r == NULL ? "" : choice(t, r, "status"));
    report_cell(table, day(t, r, "signed_on"));
    report_cell(table, day(t, r, "bound_on"));
    report_cell(table, r == NULL ? ""
                                 : arena_printf(t->arena, "%s%s%s", record_text(r, "reservations"),
                                                record_is_set(r, "reservations") ? "\n" : "",
                                                record_text(r, "source")));
}

enum err tool_treaties(struct tool_report *t, struct err_info *e)
{
    static const char *const headings[] = {MSG("Treaty"), MSG("Status"), MSG("Signed"),
                                           MSG("Binds since"), MSG("Reservations and source")};
    struct obligation_list list = {0};
    if (!t->blank) {
        enum err err = obligation_list_load(t->db, t->arena, t->of.country, t->tool, &list, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    for (unsigned s = 0; s < t->tool->n_sections || s == 0; s++) {
        const struct pack_section *section = t->tool->n_sections == 0 ? NULL : &t->tool->sections[s];
        tool_section_head(t, section);
        struct report_table *table = tool_table(t, NULL, headings, 5);
        for (unsigned i = 0; i < t->tool->n_rows; i++) {
            const struct pack_row *row = &t->tool->rows[i];
            const struct record *r = NULL;
            for (size_t k = 0; k < list.n; k++) {
                r = list.lines[k].row == row ? list.lines[k].entered : r;
            }
            if (!tool_in_section(row, section)) {
                continue;
            }
            treaty(t, table, row, r);
        }
    }
    if (list.n_others > 0) { // of another list, or hidden on this one
        report_heading(t->report, 1, tr(t->lang, MSG("Also known, not on this list")));
        struct report_table *table = tool_table(t, NULL, headings, 5);
        for (size_t i = 0; i < list.n_others; i++) {
            treaty(t, table, list.others[i].row, list.others[i].entered);
        }
    }
    return ERR_NONE;
}

// ---- arguments ----------------------------------------------------------------------------------

// Two blank lines under each heading, as the printed form has them.
#define OWN_ROWS 2

// Its own argument, or those of the rows it refers to.
static const char *answers(struct tool_report *t, const struct pack_row *row)
{
    size_t n;
    const char *all = "";
    const struct advocacy_argument *list = advocacy_arguments(t->arena, t->tool, row, &n);
    for (size_t i = 0; i < n; i++) {
        all = arena_printf(t->arena, "%s%s%s", all, i == 0 ? "" : "\n",
                           pack_words(list[i].tool->pack, t->lang, list[i].row->id, list[i].row->argument));
    }
    return all;
}

// What was said to whom about a concern, and what came of it: a line for each talk.
static const char *talks(struct tool_report *t, const struct advocacy_line *said, size_t n, const char *root)
{
    const char *all = "";
    for (size_t i = 0; i < n; i++) {
        if (strcmp(said[i].root, root) == 0) {
            const char *where = country_name(said[i].country);
            all = arena_printf(
                t->arena, "%s%s%s, %s: %s", all, all[0] == '\0' ? "" : "\n",
                date_for_people(t->arena, t->lang, said[i].used_on),
                where == NULL ? said[i].country : tr(t->lang, where),
                tr(t->lang, field_choice_label(entity_field(&entity_advocacy_use, "result"), said[i].result)));
        }
    }
    return all;
}

enum err tool_arguments(struct tool_report *t, struct err_info *e)
{
    static const char *const headings[] = {MSG("Concern"), MSG("What you can answer"), MSG("What came of it")};
    struct advocacy_line *said = NULL;
    size_t n = 0;
    if (!t->blank) {
        enum err err = advocacy_uses_load(t->db, t->arena, t->of.programme_id, &said, &n, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    for (unsigned s = 0; s < t->tool->n_sections || s == 0; s++) {
        const struct pack_section *section = t->tool->n_sections == 0 ? NULL : &t->tool->sections[s];
        tool_section_head(t, section);
        struct report_table *table = tool_table(t, NULL, headings, 3);
        for (unsigned i = 0; i < t->tool->n_rows; i++) {
            const struct pack_row *row = &t->tool->rows[i];
            if (tool_in_section(row, section)) {
                report_row(t->report, table, REPORT_ROW_BODY);
                report_cell(table, tool_row_text(t, row));
                report_cell(table, answers(t, row));
                report_cell(table, t->blank ? tool_room(t) : talks(t, said, n, pack_row_root(t->tool, row)));
            }
        }
        for (int i = 0; i < OWN_ROWS; i++) {
            report_row(t->report, table, REPORT_ROW_BODY);
            report_cell(table, tr(t->lang, MSG("Your own:")));
            report_cell(table, tool_room(t));
            report_cell(table, tool_room(t));
        }
    }
    return ERR_NONE;
}
