// SPDX-License-Identifier: AGPL-3.0-or-later
//
// section_releases.c: tables about people in a report for others: those of the published releases of the programme,
// each with what was done to it. From the rounded counts alone (docs/disclosure.md).

#include "base/bug.h"
#include "base/date.h"
#include "report/programme_report.h"
#include "release/release_grid_web.h"
#include "release/release_record.h"
#include "release/release_words.h"
#include "store/store.h"

// Name of the rows, the counts, and the share or its range.
static struct report_table *begin_table(struct report_of *o, const struct record *x, const struct release_grid *g)
{
    int n = 0;
    struct report_column *c = ARENA_ARRAY(o->arena, struct report_column, g->n_columns + 4);
    c[n++].name = g->rows_label;
    for (size_t i = 0; i < g->n_columns; i++) {
        c[n++] = (struct report_column){g->columns[i], REPORT_COLUMN_NUMBER, NULL};
    }
    if (g->n_columns == 0) {
        c[n++] = (struct report_column){report_tr(o, MSG("People")), REPORT_COLUMN_NUMBER, NULL};
    }
    c[n++].name = report_tr(o, g->is_share ? MSG("Percentage") : MSG("Share of all"));
    if (g->is_share) {
        c[n++].name = report_tr(o, MSG("The true one lies within"));
    }
    return report_table(o->report, release_by_words(o->arena, o->lang, record_text(x, "split_by")), c, n);
}

static void add_rows(struct report_of *o, struct report_table *t, const struct release_grid *g)
{
    size_t n = g->n_columns == 0 ? 1 : g->n_columns;
    for (size_t i = 0; i < g->n_rows; i++) {
        const struct release_grid_row *row = &g->rows[i];
        report_row(o->report, t, row->total ? REPORT_ROW_TOTAL : REPORT_ROW_BODY);
        report_cell(t, row->label);
        for (size_t k = 0; k < n; k++) {
            report_cell(t, row->cells[k]);
        }
        report_cell(t, row->share);
        if (g->is_share) {
            report_cell(t, row->range);
        }
    }
}

static void add_source(struct report_of *o, const struct record *x, const struct release_entry *entry)
{
    struct release_done done;
    const char *days = "";
    for (int i = 0; i < entry->n_periods; i++) {
        const char *label = release_period_label(o->arena, &entry->periods[i]);
        days = arena_printf(o->arena, "%s%s%s", days, i == 0 ? "" : "; ",
                            release_category_words(o->arena, o->lang, RELEASE_PERIOD, label));
    }
    release_done_words(o->arena, o->lang, x, entry, &done);
    report_source(o->report,
                  tr_f(o->arena, o->lang,
                       MSG("Release “{0}” of {1}, counted on {2}. Every count was rounded once to a multiple of {3}, "
                           "before anything was added up."),
                       record_text(x, "code"), days, date_for_people(o->arena, o->lang, record_text(x, "cutoff_on")),
                       done.base, NULL));
    const char *const words[] = {done.zero, done.other, done.off, done.copies, done.collapsed, done.repeats, done.proof};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (words[i] != NULL) {
            report_source(o->report, words[i]);
        }
    }
}

enum err report_section_releases(struct report_of *o, struct err_info *e)
{
    const struct store_filter filters[] = {{"programme_id", STORE_EQUAL, o->programme->id},
                                           {"state", STORE_EQUAL, "published"}};
    const struct store_query q = {.filters = filters, .n_filters = COUNT_OF(filters), .order = "id"};
    struct record **rows;
    size_t n;
    if (o->reach == REPORT_FOR_WORK) {
        return ERR_NONE; // the counts themselves stand there
    }
    enum err err = store_list(o->db, o->arena, &entity_release, &q, &rows, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    report_heading(o->report, 1, report_tr(o, MSG("Figures about people by characteristics")));
    report_note(o->report, report_tr(o, n == 0 ? MSG("Nothing is published yet. Counts by sex and other characteristics "
                                                     "leave the circle of those who work with the values only as a "
                                                     "release: rounded, proved, published by a second person.")
                                               : MSG("These tables are releases: rounded so that nobody can be found in "
                                                     "them. They differ a little from the totals above; neither is to "
                                                     "be worked out from the other.")));
    for (size_t i = 0; i < n; i++) {
        struct release_entry entry;
        struct release_grid grid;
        if (release_entry_of(o->arena, rows[i], &entry)) {
            release_grid_make(o->arena, o->lang, &entry, record_text(rows[i], "title"), &grid);
            report_heading(o->report, 2, record_text(rows[i], "title"));
            add_rows(o, begin_table(o, rows[i], &grid), &grid);
            add_source(o, rows[i], &entry);
        }
    }
    return ERR_NONE;
}
