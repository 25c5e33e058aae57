// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_rows.c: see release_rows.h.

#include "release/release_rows.h"

#include <string.h>
#include <strings.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/order.h"
#include "base/sort.h"
#include "base/utf8.h"

// ---- columns -------------------------------------------------------------------------------------------

enum err release_at_line(struct err_info *e, const struct reading *r, const struct csv_row *row, const char *text,
                         const char *hint, const char *arg)
{
    const char *line = arena_printf(r->a, "%d", row->line);
    return err_set(e, ERR_INPUT, NULL, text, hint, line, arg, NULL);
}

static int find_after(const struct csv_row *heading, int from, const char *name, size_t len)
{
    for (int i = from; i < heading->n; i++) {
        if (strlen(heading->cells[i]) == len && strncmp(heading->cells[i], name, len) == 0) {
            return i;
        }
    }
    return -1;
}

static int find_column(const struct csv_row *heading, const char *name, size_t len)
{
    return find_after(heading, 0, name, len);
}

// Nobody knows which of two columns with one name is meant.
static enum err stands_once(const struct csv_row *heading, int column, struct err_info *e)
{
    const char *name = column < 0 ? "" : heading->cells[column];
    return column < 0 || find_after(heading, column + 1, name, strlen(name)) < 0
               ? ERR_NONE
               : err_set(e, ERR_INPUT, NULL, MSG("The column “{0}” stands in the file twice."),
                         MSG("Leave one of them away."), name, NULL);
}

static enum err add_dimension(struct reading *r, const struct csv_row *heading, const char *name,
                              size_t len, struct err_info *e)
{
    int column = find_column(heading, name, len);
    const char *whole = arena_copy_n(r->a, name, len);
    const char *shown = arena_copy_n(r->a, whole, utf8_prefix(whole, 60));
    if (column < 0) {
        return err_set(e, ERR_INPUT, "--by", MSG("The file has no column “{0}”."),
                       MSG("The first row names the columns."), shown, NULL);
    }
    enum err err = stands_once(heading, column, e);
    if (err != ERR_NONE) {
        return err;
    }
    for (int d = 0; d < r->f->n; d++) {
        if (r->column[d] == column) {
            return err_set(e, ERR_INPUT, "--by", MSG("The column “{0}” is named twice."), NULL, shown,
                           NULL);
        }
    }
    if (column == r->count || column == r->contributor) {
        return err_set(e, ERR_INPUT, "--by",
                       MSG("The column “{0}” cannot be a dimension: it holds what the table is about."), NULL, shown,
                       NULL);
    }
    if (r->f->n == RELEASE_DIMENSIONS) {
        return err_set(e, ERR_INPUT, "--by",
                       MSG("There are too many dimensions: at most three and the period."),
                       MSG("Leave one out, or make two tables."), NULL);
    }
    r->column[r->f->n] = column;
    r->f->of[r->f->n++].name = arena_copy(r->a, heading->cells[column]);
    return ERR_NONE;
}

static enum err no_column(const char *name, const char *option, struct err_info *e)
{
    return err_set(e, ERR_INPUT, option, MSG("The file has no column “{0}”."), MSG("Name it with {1} COLUMN."), name,
                   option, NULL);
}

static enum err find_columns(struct reading *r, const struct csv_row *heading,
                             const struct release_columns *columns, struct err_info *e)
{
    static const char *const of_counts[RELEASE_SAYS] = {RELEASE_ROUNDED_TO, NULL};
    static const char *const of_amounts[RELEASE_SAYS] = {RELEASE_CONTRIBUTORS, RELEASE_DOMINANCE};
    const char *const *says = columns->amounts ? of_amounts : of_counts;
    int kind = find_column(heading, RELEASE_KIND, strlen(RELEASE_KIND));
    const char *count = columns->count == NULL ? "count" : columns->count;
    for (int i = 0; i < RELEASE_SAYS; i++) {
        r->says[i] = r->totals && says[i] != NULL ? find_column(heading, says[i], strlen(says[i])) : -1;
    }
    r->count = r->totals && columns->count == NULL && kind > 0
                   ? kind - 1
                   : find_column(heading, count, strlen(count));
    if (r->count < 0) {
        return no_column(count, columns->amounts ? "--amount" : "--count", e);
    }
    r->contributor = columns->contributor == NULL
                         ? -1
                         : find_column(heading, columns->contributor, strlen(columns->contributor));
    if (columns->contributor != NULL && r->contributor < 0) {
        return no_column(columns->contributor, "--contributor", e);
    }
    enum err err = stands_once(heading, r->count, e);
    if (err == ERR_NONE) {
        err = stands_once(heading, r->contributor, e);
    }
    if (err == ERR_NONE && columns->by == NULL) {
        for (int i = 0; err == ERR_NONE && i < r->count; i++) {
            err = add_dimension(r, heading, heading->cells[i], strlen(heading->cells[i]), e);
        }
    }
    for (const char *at = columns->by; err == ERR_NONE && at != NULL && *at != '\0';) {
        size_t len = strcspn(at, ",");
        err = add_dimension(r, heading, at, len, e);
        at += len;
        at += *at == ',';
    }
    if (err == ERR_NONE && r->f->n == 0) {
        err = err_set(e, ERR_INPUT, "--by", MSG("By which columns?"), MSG("Add --by COLUMN,COLUMN."),
                      NULL);
    }
    return err;
}

// ---- categories ------------------------------------------------------------------------------------------

// Place of a category; -1 when it is not there and add is false, or there is no more room.
static int category(struct reading *r, int d, const char *text, bool add)
{
    struct release_dimension *of = &r->f->of[d];
    const int *known = map_get(&r->places[d], text);
    if (known != NULL || !add || of->n == RELEASE_MAX_CELLS) {
        return known == NULL ? -1 : *known;
    }
    int *place = ARENA_MAKE(r->a, int);
    *place = of->n;
    of->categories = arena_room(r->a, of->categories, sizeof *of->categories, (size_t)of->n, &r->room[d]);
    of->categories[of->n] = arena_copy(r->a, text);
    *map_at(&r->places[d], of->categories[of->n]) = place;
    return of->n++;
}

static int by_name(const void *a, const void *b)
{
    const char *x = *(const char *const *)a;
    const char *y = *(const char *const *)b;
    int by = code_order(x, y);
    return by != 0 ? by : strcmp(x, y); // 7 and 07
}

static void sort_categories(struct reading *r)
{
    for (int d = 0; d < r->f->n; d++) {
        struct release_dimension *of = &r->f->of[d];
        if (of->n > 0) {
            sort_items(of->categories, (size_t)of->n, sizeof *of->categories, by_name);
        }
        for (int k = 0; k < of->n; k++) {
            int *place = map_get(&r->places[d], of->categories[k]);
            *place = k;
        }
    }
}

static bool is_total(const char *text)
{
    return strcasecmp(text, RELEASE_TOTAL) == 0;
}

static enum err take_categories(struct reading *r, const struct csv_row *row, struct err_info *e)
{
    for (int d = 0; d < r->f->n; d++) {
        const char *text = row->cells[r->column[d]];
        if (text[0] == '\0') {
            return release_at_line(e, r, row, MSG("Line {0}: “{1}” is empty."),
                           MSG("Write “not known” where it is not known."), r->f->of[d].name);
        }
        if (is_total(text)) {
            if (r->totals) {
                continue;
            }
            return release_at_line(e, r, row, MSG("Line {0} is a total. Totals are worked out from the counts."),
                           MSG("Give inner counts only: one row for each combination of categories."),
                           NULL);
        }
        if (category(r, d, text, true) < 0) {
            return release_at_line(e, r, row, MSG("Line {0}: “{1}” has too many categories."),
                           MSG("Join categories."), r->f->of[d].name);
        }
    }
    return ERR_NONE;
}

// Blanks around a cell are nobody's category: “North ” is North.
static void trim(struct arena *a, struct csv_row *row)
{
    const char **cells = ARENA_ARRAY(a, const char *, (size_t)row->n + 1);
    for (int i = 0; i < row->n; i++) {
        const char *text = row->cells[i] + strspn(row->cells[i], " \t");
        size_t len = strlen(text);
        while (len > 0 && strchr(" \t", text[len - 1]) != NULL) {
            len--;
        }
        cells[i] = text[len] == '\0' ? text : arena_copy_n(a, text, len);
    }
    row->cells = cells;
}

static enum err next_row(struct arena *a, struct csv_in *in, struct csv_row *row, bool *more, struct err_info *e)
{
    enum err err = csv_next(a, in, row, more, e);
    if (err == ERR_NONE && *more) {
        trim(a, row);
    }
    return err;
}

// Calls take for every row after the heading. columns: read from it first; NULL: they are known.
static enum err each_row(struct reading *r, const struct release_columns *columns, release_row_fn *take, void *of,
                         struct err_info *e)
{
    struct csv_in in;
    struct csv_row row;
    bool more = true;
    struct arena *scratch = arena_new(LIMIT_IMPORT_BYTES);
    enum err err = csv_open(&in, r->bytes, r->len, e);
    if (err == ERR_NONE) {
        err = next_row(scratch, &in, &row, &more, e);
    }
    if (err == ERR_NONE && !more) {
        err = err_set(e, ERR_INPUT, NULL, MSG("The file is empty."),
                      MSG("The first row names the columns, the others hold counts."), NULL);
    }
    if (err == ERR_NONE && columns != NULL) {
        err = find_columns(r, &row, columns, e);
    }
    while (err == ERR_NONE && more) {
        arena_reset(scratch);
        err = next_row(scratch, &in, &row, &more, e);
        if (err == ERR_NONE && more) {
            err = take(r, &row, of, e);
        }
    }
    arena_free(scratch);
    return err;
}

static enum err first_pass(struct reading *r, const struct csv_row *row, void *of, struct err_info *e)
{
    (void)of;
    r->n_rows++;
    return take_categories(r, row, e);
}

enum err release_rows_frame(struct reading *r, const struct release_columns *columns, struct err_info *e)
{
    r->f = ARENA_MAKE(r->a, struct release_frame);
    for (int d = 0; d < RELEASE_DIMENSIONS; d++) {
        map_init(&r->places[d], r->a);
    }
    enum err err = each_row(r, columns, first_pass, NULL, e);
    sort_categories(r);
    if (err == ERR_NONE && r->n_rows == 0) {
        err = err_set(e, ERR_INPUT, NULL, MSG("The file holds no counts."),
                      MSG("Each row after the first is one inner count."), NULL);
    }
    if (err == ERR_NONE && !release_frame_finish(r->f)) {
        err = err_set(e, ERR_INPUT, NULL,
                      MSG("The table is too large: its categories make more than {0} cells with totals."),
                      MSG("Leave a dimension out, or join categories."),
                      arena_printf(r->a, "%d", RELEASE_MAX_CELLS), NULL);
    }
    return err;
}

// ---- cells ---------------------------------------------------------------------------------------------

enum err release_rows_each(struct reading *r, release_row_fn *take, void *of, struct err_info *e)
{
    return each_row(r, NULL, take, of, e);
}

size_t release_rows_cell(struct reading *r, const struct csv_row *row)
{
    size_t cell = 0;
    for (int d = 0; d < r->f->n; d++) {
        const char *text = row->cells[r->column[d]];
        int k = r->totals && is_total(text) ? r->f->of[d].n : category(r, d, text, false);
        ensure(k >= 0);
        cell += (size_t)k * r->f->step[d];
    }
    return cell;
}
