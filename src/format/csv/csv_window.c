// SPDX-License-Identifier: AGPL-3.0-or-later
//
// csv_window.c: see csv_window.h. What is read always ends with a line feed, or with the file: so neither a character
// nor CR LF is ever cut, and a row that is cut is one with a quote that is still open. It is read again from its beginning
// when more of it is there (csv_next).

#include "format/csv/csv_window.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"

#define FIRST_ROOM ((size_t)1024 * 1024)
#define MOST_ROOM (LIMIT_IMPORT_BYTES + 1) // a file without line feeds; one byte more tells that it is too large

static int lines_in(const char *bytes, size_t len)
{
    int lines = 0;
    for (size_t i = 0; i < len; i++) {
        lines += bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n');
    }
    return lines;
}

enum err csv_check_text(const struct csv_in *c, size_t from, struct err_info *e)
{
    size_t bad;
    if (utf8_is_clean(c->bytes + from, c->len - from, &bad)) {
        return ERR_NONE;
    }
    char line[16];
    snprintf(line, sizeof line, "%d", c->line + lines_in(c->bytes + c->at, from + bad - c->at));
    return err_set(e, ERR_INPUT, NULL, MSG("Line {0} of the CSV file holds a byte that is no UTF-8 text."),
                   MSG("In the spreadsheet, save it as \"CSV UTF-8\"."), line, NULL);
}

// Up to the last line feed, when more is to come.
static size_t whole_lines(const struct csv_window *w)
{
    size_t n = w->filled;
    while (!w->ended && n > 0 && w->bytes[n - 1] != '\n') {
        n--;
    }
    return n;
}

bool csv_window_has_more(const struct csv_in *c)
{
    return c->window != NULL && (!c->window->ended || c->len < c->window->filled);
}

// Room behind what is still needed, which moves to the beginning; more room where that is more than half of it.
static void make_room(struct csv_in *c)
{
    struct csv_window *w = c->window;
    char *to = w->bytes;
    size_t kept = w->filled - c->at;
    if (kept > w->room / 2 && w->room < MOST_ROOM) {
        w->room = w->room > MOST_ROOM / 2 ? MOST_ROOM : w->room * 2;
        to = arena_alloc(w->arena, w->room);
    }
    memmove(to, w->bytes + c->at, kept);
    w->bytes = to;
    w->filled = kept;
    c->bytes = to;
    c->len -= c->at;
    c->at = 0;
}

// Reads until whole lines are there beyond `before`, or the file ends.
static enum err fill(struct csv_in *c, size_t before, struct err_info *e)
{
    struct csv_window *w = c->window;
    enum err err = ERR_NONE;
    do {
        make_room(c);
        size_t n = 0, asked = w->room - w->filled;
        err = w->from.more(w->from.state, w->bytes + w->filled, asked, &n, e);
        w->filled += n;
        w->total += n;
        w->ended = n < asked;
        size_t whole = whole_lines(w);
        c->len = whole > before ? whole : before;
        if (err == ERR_NONE && w->total > LIMIT_IMPORT_BYTES) {
            err = err_set(e, ERR_TOO_LARGE, NULL, CSV_TOO_LARGE, CSV_SPLIT, NULL);
        }
    } while (err == ERR_NONE && c->len == before && !w->ended);
    return err;
}

enum err csv_window_open(struct arena *a, struct csv_in *c, const struct csv_from *from, struct err_info *e)
{
    struct csv_window *w = ARENA_MAKE(a, struct csv_window);
    *w = (struct csv_window){.arena = a, .from = *from, .room = from->len > 0 ? from->len : FIRST_ROOM,
                             .filled = from->len, .total = from->len};
    w->bytes = arena_alloc(a, w->room);
    memcpy(w->bytes, from->bytes, from->len);
    *c = (struct csv_in){.bytes = w->bytes, .len = whole_lines(w), .line = 1, .began = SIZE_MAX, .window = w};
    return c->len > 0 ? ERR_NONE : fill(c, 0, e);
}

enum err csv_window_move(struct csv_in *c, struct err_info *e)
{
    size_t before = c->len - c->at;
    enum err err = fill(c, before, e);
    return err == ERR_NONE ? csv_check_text(c, before, e) : err;
}
