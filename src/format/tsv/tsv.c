// SPDX-License-Identifier: AGPL-3.0-or-later
//
// tsv.c: see tsv.h. One copy of the bytes is cut at tabs and line ends; cells point into it.

#include "format/tsv/tsv.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

// Cuts the line that begins at *at; gives its end (the zero byte put there) and moves *at behind it.
static char *cut_line(char **at, char *end)
{
    char *line = *at;
    char *stop = memchr(line, '\n', (size_t)(end - line));
    *at = stop == NULL ? end : stop + 1;
    stop = stop == NULL ? end : stop;
    if (stop > line && stop[-1] == '\r') {
        stop--;
    }
    *stop = '\0';
    return line;
}

static size_t count_cells(const char *line)
{
    size_t n = 1;
    for (; *line != '\0'; line++) {
        n += *line == '\t';
    }
    return n;
}

static void cut_cells(char *line, const char **cells)
{
    for (size_t i = 0;; i++) {
        cells[i] = line;
        char *tab = strchr(line, '\t');
        if (tab == NULL) {
            return;
        }
        *tab = '\0';
        line = tab + 1;
    }
}

static enum err refuse(struct err_info *e, const char *name, long line, const char *text,
                       const char *mend)
{
    char number[24];
    snprintf(number, sizeof number, "%ld", line);
    return err_set(e, ERR_INPUT, number, text, mend, name, number, NULL);
}

static enum err check_heading(const struct tsv *t, const char *name, struct err_info *e)
{
    for (size_t i = 0; i < t->n_columns; i++) {
        if (t->columns[i][0] == '\0' || tsv_column(t, t->columns[i]) != (int)i) {
            return refuse(e, name, 1, MSG("{0}: a heading is empty or stands twice."),
                          MSG("Give each column a name of its own in the first line."));
        }
    }
    return ERR_NONE;
}

enum err tsv_parse(struct arena *a, const char *name, const char *bytes, size_t len,
                   struct tsv *out, struct err_info *e)
{
    size_t bad = 0;
    if (!utf8_is_clean(bytes, len, &bad)) {
        long line = 1;
        for (size_t i = 0; i < bad; i++) {
            line += bytes[i] == '\n';
        }
        return refuse(e, name, line, MSG("{0}, line {1}: not clean UTF-8 text."),
                      MSG("Save the file as UTF-8 and take control characters out."));
    }
    char *at = arena_copy_n(a, bytes, len);
    char *end = at + len;
    size_t n_lines = 0;
    for (const char *p = at; p < end; p++) {
        n_lines += *p == '\n';
    }
    struct tsv t = {0};
    char *heading = at < end ? cut_line(&at, end) : NULL;
    if (heading == NULL || heading[0] == '\0') {
        return refuse(e, name, 1, MSG("{0}: the first line has no headings."),
                      MSG("Write the names of the columns, with tabs between, in the first line."));
    }
    t.n_columns = count_cells(heading);
    t.columns = ARENA_ARRAY(a, const char *, t.n_columns);
    cut_cells(heading, t.columns);
    enum err err = check_heading(&t, name, e);
    if (err != ERR_NONE) {
        return err;
    }
    t.cells = ARENA_ARRAY(a, const char *, (n_lines + 1) * t.n_columns);
    for (long number = 2; at < end; number++) {
        char *line = cut_line(&at, end);
        if (count_cells(line) != t.n_columns) {
            return refuse(e, name, number,
                          MSG("{0}, line {1}: another number of cells than the heading has."),
                          MSG("Give each line as many cells as the first, with tabs between."));
        }
        cut_cells(line, t.cells + t.n_rows++ * t.n_columns);
    }
    *out = t;
    return ERR_NONE;
}

int tsv_column(const struct tsv *t, const char *column)
{
    for (size_t i = 0; i < t->n_columns; i++) {
        if (strcmp(t->columns[i], column) == 0) {
            return (int)i;
        }
    }
    return -1;
}

const char *tsv_cell(const struct tsv *t, size_t row, const char *column)
{
    int i = tsv_column(t, column);
    return i < 0 || row >= t->n_rows ? "" : t->cells[row * t->n_columns + (size_t)i];
}

long tsv_find(const struct tsv *t, const char *column, const char *text)
{
    int at = tsv_column(t, column);
    for (size_t i = 0; at >= 0 && i < t->n_rows; i++) {
        if (strcmp(t->cells[i * t->n_columns + (size_t)at], text) == 0) {
            return (long)i;
        }
    }
    return -1;
}
