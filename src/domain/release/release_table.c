// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_table.c: see release_table.h. Used by release_protect_cli.c.
//
// Two passes over the rows: the first finds the categories, the second the cells. Between them the categories are
// put in the order of their names: that of the rows may be the order of the counts, which nobody shall see.

#include "release/release_table.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/order.h"
#include "base/utf8.h"
#include "format/csv/csv_read.h"
#include "format/csv/csv_write.h"

#define MAX_CATEGORIES 20000

// ---- reading: columns ----------------------------------------------------------------------------------

struct reading {
    struct arena *a;
    const char *bytes;
    size_t len;
    int column[RELEASE_DIMENSIONS];
    int count;
    int rounded_to; // column, or -1
    bool totals;    // "Total" is a sum; otherwise it is refused
    struct release_frame *f;
    struct map places[RELEASE_DIMENSIONS]; // int by category
    size_t room[RELEASE_DIMENSIONS];       // for categories
    size_t n_rows;
};

static enum err at_line(struct err_info *e, struct reading *r, const struct csv_row *row,
                        const char *text, const char *hint, const char *arg)
{
    const char *line = arena_printf(r->a, "%d", row->line);
    return err_set(e, ERR_INPUT, NULL, text, hint, line, arg, NULL);
}

static int find_column(const struct csv_row *heading, const char *name, size_t len)
{
    for (int i = 0; i < heading->n; i++) {
        if (strlen(heading->cells[i]) == len && strncmp(heading->cells[i], name, len) == 0) {
            return i;
        }
    }
    return -1;
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
    for (int d = 0; d < r->f->n; d++) {
        if (r->column[d] == column) {
            return err_set(e, ERR_INPUT, "--by", MSG("The column “{0}” is named twice."), NULL, shown,
                           NULL);
        }
    }
    if (column == r->count) {
        return err_set(e, ERR_INPUT, "--by",
                       MSG("The column “{0}” holds the counts and cannot be a dimension."), NULL, shown,
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

static enum err find_columns(struct reading *r, const struct csv_row *heading,
                             const struct release_columns *columns, struct err_info *e)
{
    int kind = find_column(heading, RELEASE_KIND, strlen(RELEASE_KIND));
    const char *count = columns->count == NULL ? "count" : columns->count;
    r->rounded_to = r->totals ? find_column(heading, RELEASE_ROUNDED_TO, strlen(RELEASE_ROUNDED_TO)) : -1;
    r->count = r->totals && columns->count == NULL && kind > 0
                   ? kind - 1
                   : find_column(heading, count, strlen(count));
    if (r->count < 0) {
        return err_set(e, ERR_INPUT, "--count", MSG("The file has no column “{0}” with counts."),
                       MSG("Name it with --count COLUMN."), count, NULL);
    }
    enum err err = ERR_NONE;
    if (columns->by == NULL) {
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

// ---- reading: categories ---------------------------------------------------------------------------------

// Place of a category; -1 when it is not there and add is false, or there is no more room.
static int category(struct reading *r, int d, const char *text, bool add)
{
    struct release_dimension *of = &r->f->of[d];
    const int *known = map_get(&r->places[d], text);
    if (known != NULL || !add || of->n == MAX_CATEGORIES) {
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
            qsort(of->categories, (size_t)of->n, sizeof *of->categories, by_name);
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
            return at_line(e, r, row, MSG("Line {0}: “{1}” is empty."),
                           MSG("Write “not known” where it is not known."), r->f->of[d].name);
        }
        if (is_total(text)) {
            if (r->totals) {
                continue;
            }
            return at_line(e, r, row, MSG("Line {0} is a total. Totals are worked out from the counts."),
                           MSG("Give inner counts only: one row for each combination of categories."),
                           NULL);
        }
        if (category(r, d, text, true) < 0) {
            return at_line(e, r, row, MSG("Line {0}: “{1}” has too many categories."),
                           MSG("Join categories."), r->f->of[d].name);
        }
    }
    return ERR_NONE;
}

// Calls take for every row after the heading.
static enum err each_row(struct reading *r, const struct release_columns *columns,
                         enum err (*take)(struct reading *r, const struct csv_row *row, void *of,
                                          struct err_info *e),
                         void *of, struct err_info *e)
{
    struct csv_in in;
    struct csv_row row;
    bool more = true;
    struct arena *scratch = arena_new(LIMIT_IMPORT_BYTES);
    enum err err = csv_open(&in, r->bytes, r->len, e);
    if (err == ERR_NONE) {
        err = csv_next(scratch, &in, &row, &more, e);
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
        err = csv_next(scratch, &in, &row, &more, e);
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

static enum err read_frame(struct reading *r, const struct release_columns *columns,
                           struct err_info *e)
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

// ---- reading: counts ---------------------------------------------------------------------------------------

static bool is_hidden(const char *text)
{
    static const char *const words[] = {"", "..", "x", "X", "*", "c", ":c", "-"};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (strcmp(text, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

static enum err read_count(struct reading *r, const struct csv_row *row, int64_t *out,
                           struct err_info *e)
{
    const char *text = row->cells[r->count];
    int64_t n = 0;
    if (text[0] == '\0') {
        return at_line(e, r, row, MSG("Line {0}: the count is missing."),
                       MSG("Write 0 where nobody was counted."), NULL);
    }
    if (text[0] == '-' && text[1] >= '0' && text[1] <= '9') {
        return at_line(e, r, row, MSG("Line {0}: the count is negative."), NULL, NULL);
    }
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9') {
            return at_line(e, r, row, MSG("Line {0}: the count is not a whole number."),
                           MSG("Write digits only, without signs between thousands."), NULL);
        }
        n = 10 * n + (*text - '0');
        if (n > RELEASE_MAX_COUNT) {
            return at_line(e, r, row, MSG("Line {0}: the count is larger than {1}."), NULL,
                           "1,000,000,000");
        }
    }
    *out = n;
    return ERR_NONE;
}

struct filling {
    int64_t *counts;
    int32_t *line; // of each cell; 0: not yet
    unsigned char *seen;
    int64_t base; // of a published table; -1 before the first row
};

static size_t cell_of(struct reading *r, const struct csv_row *row)
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

static enum err read_base(struct reading *r, const struct csv_row *row, struct filling *x,
                          struct err_info *e)
{
    if (r->rounded_to < 0) {
        return ERR_NONE;
    }
    struct reading of = *r;
    int64_t base = 0;
    of.count = r->rounded_to;
    enum err err = row->cells[of.count][0] == '\0' ? ERR_NONE : read_count(&of, row, &base, e);
    if (err == ERR_NONE && base > RELEASE_MOST_BASE) {
        err = at_line(e, r, row, MSG("Line {0}: “rounded_to” is too large."), NULL, NULL);
    }
    if (err == ERR_NONE && x->base >= 0 && x->base != base) {
        err = at_line(e, r, row, MSG("Line {0}: “rounded_to” differs from the lines above."),
                      MSG("A release has one base."), NULL);
    }
    x->base = base;
    return err;
}

static enum err second_pass(struct reading *r, const struct csv_row *row, void *of,
                            struct err_info *e)
{
    struct filling *x = of;
    size_t cell = cell_of(r, row);
    if (x->line[cell] != 0) {
        return at_line(e, r, row, MSG("Line {0}: this cell is already in line {1}."),
                       MSG("Each combination of categories has one row; add the counts up, or name all "
                           "columns that tell the rows apart."),
                       arena_printf(r->a, "%d", x->line[cell]));
    }
    x->line[cell] = row->line;
    if (r->totals && is_hidden(row->cells[r->count])) {
        x->seen[cell] = RELEASE_HIDDEN;
        return ERR_NONE;
    }
    enum err err = read_count(r, row, &x->counts[cell], e);
    if (err == ERR_NONE && r->totals) {
        x->seen[cell] = RELEASE_SHOWN;
        err = read_base(r, row, x, e);
    }
    return err;
}

enum err release_table_read(struct arena *a, const struct release_columns *columns,
                            const char *bytes, size_t len, const struct release_cube **out,
                            struct err_info *e)
{
    struct reading r = {.a = a, .bytes = bytes, .len = len};
    enum err err = read_frame(&r, columns, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct release_cube *c = release_cube_new(a, r.f);
    struct filling x = {.counts = c->counts, .line = ARENA_ARRAY(a, int32_t, r.f->n_cells)};
    err = each_row(&r, NULL, second_pass, &x, e);
    release_cube_sum(c);
    *out = c;
    return err;
}

// A cell without a row: nobody, as far as the table says.
static void fill_gaps(const struct release_frame *f, struct filling *x)
{
    bool shows_zero = false;
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        shows_zero = shows_zero || (release_summed(f, cell) == 0 && x->line[cell] != 0 &&
                                    x->seen[cell] == RELEASE_SHOWN && x->counts[cell] == 0);
    }
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        if (release_summed(f, cell) == 0 && x->line[cell] == 0) {
            x->seen[cell] = shows_zero ? RELEASE_CERTAIN : RELEASE_SHOWN;
        }
    }
}

enum err release_table_read_published(struct arena *a, const struct release_columns *columns,
                                      const char *bytes, size_t len, struct release_table *out,
                                      struct err_info *e)
{
    struct reading r = {.a = a, .bytes = bytes, .len = len, .totals = true};
    enum err err = read_frame(&r, columns, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct filling x = {.counts = ARENA_ARRAY(a, int64_t, r.f->n_cells),
                        .line = ARENA_ARRAY(a, int32_t, r.f->n_cells),
                        .seen = arena_alloc(a, r.f->n_cells),
                        .base = -1};
    err = each_row(&r, NULL, second_pass, &x, e);
    fill_gaps(r.f, &x);
    *out = (struct release_table){.frame = r.f, .counts = x.counts, .seen = x.seen,
                                  .base = x.base < 0 ? 0 : (int)x.base};
    return err;
}

// ---- writing ------------------------------------------------------------------------------------------------

const char *release_table_count(const struct release_columns *columns)
{
    return columns->count == NULL ? "count" : columns->count;
}

const char *release_kind(const struct release_frame *f, size_t cell)
{
    return release_summed(f, cell) == 0 ? "cell" : "total";
}

enum err release_table_write(const struct release_cube *rounded, const char *count, int base,
                             struct buf *out, struct err_info *e)
{
    const struct release_frame *f = rounded->frame;
    struct csv_out csv;
    csv_begin(&csv, out, false);
    for (int d = 0; d < f->n; d++) {
        if (strcmp(f->of[d].name, RELEASE_KIND) == 0 || strcmp(f->of[d].name, RELEASE_ROUNDED_TO) == 0) {
            return err_set(e, ERR_INPUT, "--by", MSG("A dimension cannot be called “{0}”."),
                           MSG("Give the column another name."), f->of[d].name, NULL);
        }
        csv_cell(&csv, f->of[d].name);
    }
    csv_cell(&csv, count);
    csv_cell(&csv, RELEASE_KIND);
    csv_cell(&csv, RELEASE_ROUNDED_TO);
    csv_row_end(&csv);
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        for (int d = 0; d < f->n; d++) {
            int k = release_category(f, cell, d);
            csv_cell(&csv, k == f->of[d].n ? RELEASE_TOTAL : f->of[d].categories[k]);
        }
        csv_cell_int(&csv, rounded->counts[cell]);
        csv_cell(&csv, release_kind(f, cell));
        csv_cell_int(&csv, base);
        csv_row_end(&csv);
    }
    return ERR_NONE;
}
