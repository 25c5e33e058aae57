// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_table.c: see release_table.h. Used by release_protect_cli.c.

#include "release/release_table.h"

#include <string.h>

#include "base/bug.h"
#include "format/csv/csv_write.h"
#include "release/release_rows.h"

// ---- reading: counts ---------------------------------------------------------------------------------------

static bool is_hidden(const char *text)
{
    static const char *const words[] = {"", RELEASE_LEFT_OUT, "x", "X", "*", "c", ":c", "-"};
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
        return release_at_line(e, r, row, MSG("Line {0}: the number is missing."),
                       MSG("Write 0 where nobody was counted."), NULL);
    }
    if (text[0] == '-' && text[1] >= '0' && text[1] <= '9') {
        return release_at_line(e, r, row, MSG("Line {0}: the number is negative."), NULL, NULL);
    }
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9') {
            return release_at_line(e, r, row, MSG("Line {0}: the number is not a whole number."),
                           MSG("Write digits only, without signs between thousands."), NULL);
        }
        n = 10 * n + (*text - '0');
        if (n > RELEASE_MAX_COUNT) {
            return release_at_line(e, r, row, MSG("Line {0}: the number is larger than {1}."), NULL,
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
    int64_t says[RELEASE_SAYS]; // of a published table; -1 before the first row
};

// What a table says of itself stands in every row, and is the same there. A row whose number is left out may leave
// this out too.
static enum err read_says(struct reading *r, const struct csv_row *row, bool hidden, struct filling *x,
                          struct err_info *e)
{
    enum err err = ERR_NONE;
    for (int i = 0; err == ERR_NONE && i < RELEASE_SAYS && r->says[i] >= 0; i++) {
        struct reading of = *r;
        int64_t said = 0;
        of.count = r->says[i];
        bool blank = row->cells[of.count][0] == '\0';
        if (blank && hidden) {
            continue;
        }
        err = blank ? ERR_NONE : read_count(&of, row, &said, e);
        if (err == ERR_NONE && (said > RELEASE_MOST_BASE || (x->says[i] >= 0 && x->says[i] != said))) {
            err = release_at_line(e, r, row,
                                  MSG("Line {0}: what it says of the whole table is too large, or differs from the "
                                      "lines above."),
                                  MSG("Every line says the same."), NULL);
        }
        x->says[i] = said;
    }
    return err;
}

static enum err second_pass(struct reading *r, const struct csv_row *row, void *of,
                            struct err_info *e)
{
    struct filling *x = of;
    size_t cell = release_rows_cell(r, row);
    if (x->line[cell] != 0) {
        return release_at_line(e, r, row, MSG("Line {0}: this cell is already in line {1}."),
                       MSG("Each combination of categories has one row; add the counts up, or name all "
                           "columns that tell the rows apart."),
                       arena_printf(r->a, "%d", x->line[cell]));
    }
    x->line[cell] = row->line;
    if (r->totals && is_hidden(row->cells[r->count])) {
        x->seen[cell] = RELEASE_HIDDEN;
        return read_says(r, row, true, x, e);
    }
    enum err err = read_count(r, row, &x->counts[cell], e);
    if (err == ERR_NONE && r->totals) {
        x->seen[cell] = RELEASE_SHOWN;
        err = read_says(r, row, false, x, e);
    }
    return err;
}

enum err release_table_read(struct arena *a, const struct release_columns *columns,
                            const char *bytes, size_t len, const struct release_cube **out,
                            struct err_info *e)
{
    struct reading r = {.a = a, .bytes = bytes, .len = len};
    enum err err = release_rows_frame(&r, columns, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct release_cube *c = release_cube_new(a, r.f);
    struct filling x = {.counts = c->counts, .line = ARENA_ARRAY(a, int32_t, r.f->n_cells)};
    err = release_rows_each(&r, second_pass, &x, e);
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

static enum err read_published(struct arena *a, const struct release_columns *columns, const char *bytes, size_t len,
                               struct release_table *out, int says[RELEASE_SAYS], struct err_info *e)
{
    struct reading r = {.a = a, .bytes = bytes, .len = len, .totals = true};
    enum err err = release_rows_frame(&r, columns, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct filling x = {.counts = ARENA_ARRAY(a, int64_t, r.f->n_cells),
                        .line = ARENA_ARRAY(a, int32_t, r.f->n_cells),
                        .seen = arena_alloc(a, r.f->n_cells),
                        .says = {-1, -1}};
    err = release_rows_each(&r, second_pass, &x, e);
    fill_gaps(r.f, &x);
    *out = (struct release_table){.frame = r.f, .counts = x.counts, .seen = x.seen};
    for (int i = 0; i < RELEASE_SAYS; i++) {
        says[i] = x.says[i] < 0 ? 0 : (int)x.says[i];
    }
    return err;
}

enum err release_table_read_published(struct arena *a, const struct release_columns *columns,
                                      const char *bytes, size_t len, struct release_table *out,
                                      struct err_info *e)
{
    int says[RELEASE_SAYS] = {0};
    enum err err = read_published(a, columns, bytes, len, out, says, e);
    if (err == ERR_NONE) {
        out->base = says[0];
    }
    return err;
}

enum err release_amounts_read_published(struct arena *a, const struct release_columns *columns, const char *bytes,
                                        size_t len, struct release_table *out, struct release_amount_rule *rule,
                                        struct err_info *e)
{
    int says[RELEASE_SAYS] = {0};
    enum err err = read_published(a, columns, bytes, len, out, says, e);
    *rule = (struct release_amount_rule){.contributors = says[0], .dominance = says[1]};
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
            csv_cell(&csv, release_category_name(f, cell, d));
        }
        csv_cell_int(&csv, rounded->counts[cell]);
        csv_cell(&csv, release_kind(f, cell));
        csv_cell_int(&csv, base);
        csv_row_end(&csv);
    }
    return ERR_NONE;
}
