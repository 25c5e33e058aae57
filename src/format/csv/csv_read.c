// SPDX-License-Identifier: AGPL-3.0-or-later
//
// csv_read.c: see csv_read.h.

#include "format/csv/csv_read.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "format/csv/csv_window.h"
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
    const char *first = c->bytes + c->at;
    if (c->len - c->at < 6 || memcmp(first, "sep=", 4) != 0 || strchr(",;\t", first[4]) == NULL ||
        !is_break(first[5])) {
        return false;
    }
    c->separator = first[4];
    c->at += 5;
    take_break(c);
    c->row = 1;
    return true;
}

// From the first row that is not empty; false when it is cut.
static bool find_separator(struct csv_in *c)
{
    static const char candidates[] = ",;\t";
    int seen[3] = {0};
    bool quoted = false;
    bool started = false, ended = false;
    for (size_t i = c->at; i < c->len && !ended; i++) {
        char ch = c->bytes[i];
        if (!quoted && is_break(ch)) {
            ended = started;
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
    c->separator = candidates[best];
    return ended;
}

// What the first bytes say, and the separator.
static enum err begin(struct csv_in *c, struct err_info *e)
{
    if (c->len >= 2 && (memcmp(c->bytes, "\xff\xfe", 2) == 0 || memcmp(c->bytes, "\xfe\xff", 2) == 0)) {
        return err_set(e, ERR_INPUT, NULL, MSG("The CSV file is UTF-16, not UTF-8."),
                       MSG("In the spreadsheet, save it as \"CSV UTF-8\"."), NULL);
    }
    enum err err = csv_check_text(c, 0, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (c->len >= 3 && memcmp(c->bytes, "\xef\xbb\xbf", 3) == 0) {
        c->at = 3;
    }
    if (take_separator_line(c)) {
        return ERR_NONE;
    }
    while (!find_separator(c) && err == ERR_NONE && csv_window_has_more(c) && c->len - c->at <= LIMIT_CSV_ROW_BYTES) {
        err = csv_window_move(c, e);
    }
    return err;
}

enum err csv_open(struct csv_in *c, const char *bytes, size_t len, struct err_info *e)
{
    if (len > LIMIT_IMPORT_BYTES) {
        return err_set(e, ERR_TOO_LARGE, NULL, CSV_TOO_LARGE, CSV_SPLIT, NULL);
    }
    *c = (struct csv_in){.bytes = bytes, .len = len, .line = 1, .began = SIZE_MAX};
    return begin(c, e);
}

enum err csv_open_from(struct arena *a, struct csv_in *c, const struct csv_from *from, struct err_info *e)
{
    if (from->more == NULL) {
        return csv_open(c, from->bytes, from->len, e);
    }
    enum err err = csv_window_open(a, c, from, e);
    return err == ERR_NONE ? begin(c, e) : err;
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

static enum err row_too_long(const struct csv_in *c, struct err_info *e)
{
    return refuse(e, ERR_TOO_LARGE, c->row, MSG("Row {0} of the CSV file is longer than 16 MB."),
                  MSG("Look for a quote that is opened and never closed."));
}

// Cells up to the line end, which is taken too.
static enum err take_row(struct arena *a, struct csv_in *c, struct csv_row *row, struct err_info *e)
{
    int room = c->n_columns > 0 ? c->n_columns + 1 : 32;
    size_t start = c->at;
    const char **cells = ARENA_ARRAY(a, const char *, (size_t)room);
    int n = 0;
    for (;;) {
        if (n == LIMIT_CSV_COLUMNS) {
            return refuse(e, ERR_TOO_LARGE, c->row,
                          MSG("Row {0} of the CSV file has more than 1,000 cells."),
                          MSG("Remove the columns that are not needed."));
        }
        if (c->at - start > LIMIT_CSV_ROW_BYTES) {
            return row_too_long(c, e);
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

// Row n, from here. Where it is cut, which only a quote that is still open shows, once more with more of the file.
static enum err take_whole_row(struct arena *a, struct csv_in *c, struct csv_row *row, struct err_info *e)
{
    for (;;) {
        struct csv_in before = *c;
        struct err_info why;
        enum err err = take_row(a, c, row, &why);
        bool cut = err != ERR_NONE && c->at == c->len && csv_window_has_more(c);
        if (err != ERR_NONE && !cut) {
            *e = why;
        }
        if (!cut) {
            return err;
        }
        *c = before;
        if (c->len - c->at > LIMIT_CSV_ROW_BYTES) {
            return row_too_long(c, e);
        }
        err = csv_window_move(c, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
}

// Steps over empty lines; *more: another row begins here.
static enum err find_row(struct csv_in *c, bool *more, struct err_info *e)
{
    enum err err = ERR_NONE;
    do {
        err = c->at == c->len && csv_window_has_more(c) ? csv_window_move(c, e) : ERR_NONE;
        while (c->at < c->len && is_break(c->bytes[c->at])) {
            take_break(c);
            c->row++;
        }
    } while (err == ERR_NONE && c->at == c->len && csv_window_has_more(c));
    *more = err == ERR_NONE && c->at < c->len;
    return err;
}

enum err csv_next(struct arena *a, struct csv_in *c, struct csv_row *row, bool *more,
                  struct err_info *e)
{
    size_t used = arena_used_bytes(a);
    c->began = used < c->began ? used : c->began;
    if (!arena_has_room(a, used - c->began)) {
        return err_file_too_long(e);
    }
    enum err err = find_row(c, more, e);
    if (err != ERR_NONE || !*more) {
        return err;
    }
    c->row++;
    struct csv_row next = {.number = c->row, .line = c->line};
    err = take_whole_row(a, c, &next, e);
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
