// SPDX-License-Identifier: AGPL-3.0-or-later
//
// csv_read.c: see csv_read.h.

#include "format/csv/csv_read.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "format/csv/csv_write.h"

static enum err refuse(struct err_info *e, enum err code, int number, const char *text,
                       const char *hint)
{
    char n[16];
    snprintf(n, sizeof n, "%d", number);
    return err_set(e, code, NULL, text, hint, n, NULL);
}

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

// Steps over one line end (CR LF counts once).
static void take_break(struct csv_in *c)
{
    bool cr = c->bytes[c->at] == '\r';
    c->at++;
    if (cr && c->at < c->len && c->bytes[c->at] == '\n') {
        c->at++;
    }
    c->line++;
}

// "sep=;" as a first line is how Excel is told the separator.
static bool take_separator_line(struct csv_in *c)
{
    if (c->len < 6 || memcmp(c->bytes, "sep=", 4) != 0 || strchr(",;\t", c->bytes[4]) == NULL ||
        !is_break(c->bytes[5])) {
        return false;
    }
    c->separator = c->bytes[4];
    c->at = 5;
    take_break(c);
    c->row = 1;
    return true;
}

static char find_separator(const struct csv_in *c)
{
    static const char candidates[] = ",;\t";
    int seen[3] = {0};
    bool quoted = false;
    bool started = false;
    for (size_t i = c->at; i < c->len; i++) {
        char ch = c->bytes[i];
        if (!quoted && is_break(ch)) {
            if (started) {
                break;
            }
            continue;
        }
        started = true;
        if (ch == '"') {
            quoted = !quoted;
            continue;
        }
        const char *found = quoted || ch == '\0' ? NULL : strchr(candidates, ch);
        if (found != NULL) {
            seen[found - candidates]++;
        }
    }
    int best = 0;
    for (int i = 1; i < 3; i++) {
        best = seen[i] > seen[best] ? i : best;
    }
    return candidates[best];
}

static int line_of(const char *bytes, size_t at)
{
    int line = 1;
    for (size_t i = 0; i < at; i++) {
        line += bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n');
    }
    return line;
}

enum err csv_open(struct csv_in *c, const char *bytes, size_t len, struct err_info *e)
{
    if (len > LIMIT_IMPORT_BYTES) {
        return err_set(e, ERR_TOO_LARGE, NULL, MSG("The CSV file is larger than 64 MB."),
                       MSG("Split it into several files."), NULL);
    }
    if (len >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0)) {
        return err_set(e, ERR_INPUT, NULL, MSG("The CSV file is UTF-16, not UTF-8."),
                       MSG("In the spreadsheet, save it as \"CSV UTF-8\"."), NULL);
    }
    if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes += 3;
        len -= 3;
    }
    size_t bad;
    if (!utf8_is_clean(bytes, len, &bad)) {
        return refuse(e, ERR_INPUT, line_of(bytes, bad),
                      MSG("Line {0} of the CSV file holds a byte that is no UTF-8 text."),
                      MSG("In the spreadsheet, save it as \"CSV UTF-8\"."));
    }
    *c = (struct csv_in){.bytes = bytes, .len = len, .line = 1};
    if (!take_separator_line(c)) {
        c->separator = find_separator(c);
    }
    return ERR_NONE;
}

// A quoted cell, from its first quote to what follows the last.
static enum err take_quoted(struct csv_in *c, struct buf *cell, struct err_info *e)
{
    c->at++;
    while (c->at < c->len) {
        char ch = c->bytes[c->at];
        if (ch == '"' && c->at + 1 < c->len && c->bytes[c->at + 1] == '"') {
            buf_char(cell, '"');
            c->at += 2;
        } else if (ch == '"') {
            c->at++;
            if (c->at < c->len && c->bytes[c->at] != c->separator && !is_break(c->bytes[c->at])) {
                return refuse(e, ERR_INPUT, c->row,
                              MSG("Row {0} of the CSV file: text follows a closing quote."),
                              MSG("Write a quote inside a quoted cell twice."));
            }
            return ERR_NONE;
        } else if (is_break(ch)) {
            size_t start = c->at;
            take_break(c);
            buf_add(cell, c->bytes + start, c->at - start);
        } else {
            buf_char(cell, ch);
            c->at++;
        }
    }
    return refuse(e, ERR_INPUT, c->row,
                  MSG("Row {0} of the CSV file: a quote is opened and never closed."),
                  MSG("Close it, or write a quote inside a quoted cell twice."));
}

static enum err take_cell(struct arena *a, struct csv_in *c, const char **out, struct err_info *e)
{
    struct buf cell;
    if (c->at < c->len && c->bytes[c->at] == '"') {
        buf_init(&cell, a, LIMIT_CSV_CELL_BYTES);
        enum err err = take_quoted(c, &cell, e);
        if (err != ERR_NONE) {
            return err;
        }
    } else {
        size_t start = c->at;
        while (c->at < c->len && c->bytes[c->at] != c->separator && !is_break(c->bytes[c->at])) {
            c->at++;
        }
        size_t len = c->at - start;
        cell = (struct buf){.full = len > LIMIT_CSV_CELL_BYTES};
        cell.data = cell.full ? NULL : arena_copy_n(a, c->bytes + start, len);
    }
    if (buf_is_full(&cell)) {
        return refuse(e, ERR_TOO_LARGE, c->row,
                      MSG("Row {0} of the CSV file has a cell larger than 256 KB."),
                      MSG("Shorten it."));
    }
    *out = csv_is_disarmed(cell.data) ? cell.data + 1 : cell.data;
    return ERR_NONE;
}

// Cells up to the line end, which is taken too.
static enum err take_row(struct arena *a, struct csv_in *c, struct csv_row *row, struct err_info *e)
{
    int room = c->n_columns > 0 ? c->n_columns + 1 : 32;
    const char **cells = ARENA_ARRAY(a, const char *, (size_t)room);
    int n = 0;
    for (;;) {
        if (n == LIMIT_CSV_COLUMNS) {
            return refuse(e, ERR_TOO_LARGE, c->row,
                          MSG("Row {0} of the CSV file has more than 1,000 cells."),
                          MSG("Remove the columns that are not needed."));
        }
        if (n == room) {
            const char **larger = ARENA_ARRAY(a, const char *, (size_t)room * 2);
            memcpy(larger, cells, sizeof *cells * (size_t)room);
            cells = larger;
            room *= 2;
        }
        enum err err = take_cell(a, c, &cells[n], e);
        if (err != ERR_NONE) {
            return err;
        }
        n++;
        if (c->at == c->len || is_break(c->bytes[c->at])) {
            break;
        }
        c->at++;
    }
    if (c->at < c->len) {
        take_break(c);
    }
    row->n = n;
    row->cells = cells;
    return ERR_NONE;
}

static enum err check_width(struct csv_in *c, struct csv_row *row, struct err_info *e)
{
    while (row->n > c->n_columns && row->cells[row->n - 1][0] == '\0') {
        row->n--;
    }
    if (row->n == c->n_columns) {
        return ERR_NONE;
    }
    char number[16];
    char has[16];
    char needs[16];
    snprintf(number, sizeof number, "%d", row->number);
    snprintf(has, sizeof has, "%d", row->n);
    snprintf(needs, sizeof needs, "%d", c->n_columns);
    return err_set(e, ERR_INPUT, NULL,
                   MSG("Row {0} of the CSV file has {1} cells, but the first row has {2}."),
                   MSG("Look for a missing separator, or for one that should stand in quotes."),
                   number, has, needs, NULL);
}

enum err csv_next(struct arena *a, struct csv_in *c, struct csv_row *row, bool *more,
                  struct err_info *e)
{
    while (c->at < c->len && is_break(c->bytes[c->at])) {
        take_break(c);
        c->row++;
    }
    *more = c->at < c->len;
    if (!*more) {
        return ERR_NONE;
    }
    c->row++;
    struct csv_row next = {.number = c->row, .line = c->line};
    enum err err = take_row(a, c, &next, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (c->ragged) {
        *row = next;
        return ERR_NONE;
    }
    if (c->n_columns == 0) {
        // The heading says how many columns there are; nameless ones at its end are none.
        while (next.n > 1 && next.cells[next.n - 1][0] == '\0') {
            next.n--;
        }
        c->n_columns = next.n;
    }
    err = check_width(c, &next, e);
    if (err == ERR_NONE) {
        *row = next;
    }
    return err;
}
