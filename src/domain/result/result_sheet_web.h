// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_sheet_web.h: values of one period as a sheet of cells: which period, indicator and characteristic are
// chosen, what is stored in each cell, what its page showed when it was made, and what was typed since.

#ifndef RESULT_RESULT_SHEET_WEB_H
#define RESULT_RESULT_SHEET_WEB_H

#include "http/http.h"
#include "result/result_lines.h"
#include "result/result_reporting.h"

struct sheet {
    struct req *r;
    struct result_lines lines; // with their values of the period alone
    struct result_span span;         // chosen; from NULL: there is none yet
    const struct result_span *spans; // offered, the newest first
    size_t n_spans;
    const char **places; // "" first: the whole programme
    size_t n_places;
    const struct result_line *one;   // the indicator chosen, or NULL: all
    const struct characteristic *by; // of the one indicator, or NULL: its values alone
    const char *was; // what the page showed, "|NAME=TEXT|NAME=TEXT|"; NULL: as it is stored now
};

// Loads what is chosen; empty texts choose nothing. ERR_USAGE: no such period; ERR_NOT_FOUND: no such indicator.
MUST_CHECK enum err sheet_load(struct req *r, const char *period, const char *indicator, const char *by,
                               struct sheet *out, struct err_info *e);
// Has the indicator values that are typed in a grid? It is in use, and they are no words.
bool sheet_has(const struct result_line *line);
// Can its values be split by this in a grid? c may be NULL.
bool sheet_can_split(const struct result_line *line, const struct characteristic *c);

// The value of an indicator for the period and a place ("": the whole programme), or NULL.
const struct result_value *sheet_value(const struct sheet *s, const struct result_line *line, const char *place);
// Approved or locked: shown, and not typed over. v may be NULL.
bool sheet_is_closed(const struct result_value *v);
// The part of a value (or NULL) that stands for a value of the chosen characteristic, or NULL.
const struct result_part *sheet_part(const struct sheet *s, const struct result_value *v, const char *code);

// A cell: of a value, or with code not NULL of its part.
struct sheet_cell {
    const char *name;  // of its field
    const char *now;   // what is stored; "" for nothing
    const char *typed; // what was sent
    bool touched;      // something was sent that is neither what the page showed nor what is stored
    bool conflict;     // and somebody else changed the cell since the page was made
};
struct sheet_cell sheet_cell(const struct sheet *s, const struct result_line *line, const char *place,
                             const char *code);

// Saves what was typed, all of it or none, and says how many values; one: the only one, or NULL. What is wrong
// becomes an error of the form beside its cell, and the result is ERR_NONE all the same.
MUST_CHECK enum err sheet_save(struct sheet *s, size_t *n_saved, const struct record **one, struct err_info *e);

#endif
