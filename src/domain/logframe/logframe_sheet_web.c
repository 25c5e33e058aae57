// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_sheet_web.c: see logframe_sheet_web.h. What would change is worked out in logframe_plan_web.c; the
// pages are in logframe_trip_web.c.

#include "logframe/logframe_sheet_web.h"

#include <string.h>

#include "format/csv/csv_read.h"
#include "result/result.h"

#define MOST_LINES 2000
#define MOST_COLUMNS 60

const struct logframe_column logframe_columns[LOGFRAME_COLUMNS] = {
    {"result", false, "code"},
    {"level", false, "level"},
    {"serves", false, "parent_id"},
    {"statement", false, "statement"},
    {"must hold", false, "assumptions"},
    {"indicator", true, "code"},
    {"title", true, "title"},
    {"unit", true, "unit"},
    {"direction", true, "direction"},
    {"over time", true, "accumulation"},
    {"baseline", true, "baseline"},
    {"baseline on", true, "baseline_on"},
    {"means of verification", true, "means"},
    {"source", true, "source"},
    {"how often", true, "frequency"},
    {"assumptions", true, "assumptions"},
};

// ---- out ----------------------------------------------------------------------------------------

// Days for which any indicator has a target, each once, in order.
static size_t target_days(struct arena *a, const struct logframe *l, const char ***out)
{
    const char **days = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < l->n_rows; i++) {
        for (size_t k = 0; k < l->rows[i].n_measures; k++) {
            for (size_t t = 0; t < l->rows[i].measures[k].n_targets; t++) {
                const char *day = record_text(l->rows[i].measures[k].targets[t], "due_on");
                size_t at = 0;
                while (at < n && strcmp(days[at], day) < 0) {
                    at++;
                }
                if (at < n && strcmp(days[at], day) == 0) {
                    continue;
                }
                days = arena_room(a, days, sizeof *days, n, &cap);
                memmove(&days[at + 1], &days[at], (n - at) * sizeof *days);
                days[at] = day;
                n++;
            }
        }
    }
    *out = days;
    return n;
}

static const struct record *result_by_id(const struct logframe *l, const char *id)
{
    for (size_t i = 0; i < l->n_rows; i++) {
        if (l->rows[i].result != NULL && strcmp(l->rows[i].result->id, id) == 0) {
            return l->rows[i].result;
        }
    }
    return NULL;
}

const char *logframe_cell_text(struct arena *a, const struct logframe *l, const struct record *r,
                               const char *name)
{
    if (strcmp(name, "parent_id") == 0) {
        const struct record *parent = result_by_id(l, record_text(r, name));
        return parent == NULL ? "" : record_text(parent, "code");
    }
    return field_print(a, entity_field(r->entity, name), record_value(r, name), 0);
}

const struct record *logframe_target_on(const struct logframe_measure *m, const char *day)
{
    const struct record *found = NULL;
    for (size_t i = 0; m != NULL && i < m->n_targets; i++) {
        found = strcmp(record_text(m->targets[i], "due_on"), day) == 0 ? m->targets[i] : found;
    }
    return found;
}

static void put_line(struct arena *a, const struct logframe *l, const struct logframe_row *row,
                     const struct logframe_measure *m, const char *const *days, size_t n_days,
                     const char **cells)
{
    for (size_t i = 0; i < LOGFRAME_COLUMNS; i++) {
        const struct record *r = logframe_columns[i].of_indicator ? m == NULL ? NULL : m->record
                                                         : row->result;
        cells[i] = r == NULL ? "" : logframe_cell_text(a, l, r, logframe_columns[i].field);
    }
    for (size_t i = 0; i < n_days; i++) {
        const struct record *t = logframe_target_on(m, days[i]);
        cells[LOGFRAME_COLUMNS + i] = t == NULL ? "" : record_text(t, "value");
    }
}

void logframe_sheet_of(struct arena *a, const struct logframe *l, bool right_to_left,
                       struct sheet *out)
{
    const char **days;
    size_t n_days = target_days(a, l, &days);
    size_t n_columns = LOGFRAME_COLUMNS + n_days, n_lines = 0;
    struct sheet_column *heads = ARENA_ARRAY(a, struct sheet_column, n_columns);
    for (size_t i = 0; i < n_columns; i++) {
        heads[i].name = i < LOGFRAME_COLUMNS
                            ? logframe_columns[i].head
                            : arena_printf(a, LOGFRAME_TARGET "%s", days[i - LOGFRAME_COLUMNS]);
    }
    for (size_t i = 0; i < l->n_rows; i++) {
        n_lines += l->rows[i].n_measures == 0 ? 1 : l->rows[i].n_measures;
    }
    const char **cells = ARENA_ARRAY(a, const char *, n_lines * n_columns + 1);
    size_t at = 0;
    for (size_t i = 0; i < l->n_rows; i++) {
        const struct logframe_row *row = &l->rows[i];
        for (size_t k = 0; k < row->n_measures || k == 0; k++) {
            put_line(a, l, row, row->n_measures == 0 ? NULL : &row->measures[k], days, n_days,
                     &cells[at++ * n_columns]);
        }
    }
    *out = (struct sheet){.title = "logframe",
                          .columns = heads,
                          .n_columns = n_columns,
                          .cells = cells,
                          .n_rows = n_lines,
                          .right_to_left = right_to_left};
}

// ---- back ---------------------------------------------------------------------------------------

static enum err no_logframe(struct err_info *e)
{
    return err_set(e, ERR_INPUT, "file",
                   MSG("The file has no columns “result” and “indicator” in its first line."),
                   MSG("Send back the file that was taken out here; leave its first line as it is."),
                   NULL);
}

static enum err too_large(struct err_info *e)
{
    return err_set(e, ERR_TOO_LARGE, "file", MSG("The file has too many lines or columns."),
                   MSG("Send at most 2,000 lines and 60 columns."), NULL);
}

size_t logframe_column_at(const struct logframe_grid *g, const char *head)
{
    size_t i = 0;
    while (i < g->n_columns && strcmp(g->heads[i], head) != 0) {
        i++;
    }
    return i;
}

enum err logframe_grid_read(struct arena *a, const char *csv, struct logframe_grid *g,
                            struct err_info *e)
{
    struct csv_in in;
    struct csv_row row;
    bool more = true;
    *g = (struct logframe_grid){.lines = ARENA_ARRAY(a, struct logframe_grid_line, MOST_LINES)};
    enum err err = csv_open(&in, csv, strlen(csv), e);
    while (err == ERR_NONE && (err = csv_next(a, &in, &row, &more, e)) == ERR_NONE && more) {
        if (row.n > MOST_COLUMNS || g->n_lines == MOST_LINES) {
            return too_large(e);
        }
        if (g->heads == NULL) {
            g->heads = row.cells;
            g->n_columns = (size_t)row.n;
        } else {
            g->lines[g->n_lines++] = (struct logframe_grid_line){row.number, row.cells};
        }
    }
    bool whole =
        logframe_column_at(g, logframe_columns[LOGFRAME_COLUMN_RESULT].head) < g->n_columns &&
        logframe_column_at(g, logframe_columns[LOGFRAME_COLUMN_INDICATOR].head) < g->n_columns;
    return err != ERR_NONE || whole ? err : no_logframe(e);
}
