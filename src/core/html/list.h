// SPDX-License-Identifier: AGPL-3.0-or-later
//
// list.h: the list pattern: search, filters that can be removed, a table that sorts, pages, export
// of exactly what is shown, and an empty state that says what to do.
//
// A noun says once what its list may be searched, filtered and sorted by (struct list_spec), asks
// list_query_from for a checked query, runs it through the store, fills rows, and calls list_show.
// The title, the count and the one line of what the list is belong to the page (html/page.h).

#ifndef HTML_LIST_H
#define HTML_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "html/html.h"
#include "html/page.h"
#include "http/http.h"
#include "store/store.h"

#define LIST_ROWS_A_PAGE 50

// ---- what was asked for -------------------------------------------------------------------------

struct list_spec {
    const struct entity *kind;
    const char *search_field;     // looked through by ?q=; NULL: there is no search
    const char *const *sortable;  // fields, ended by NULL; may be NULL
    const char *const *filters;   // fields with choices, yes or no, or references; ended by NULL
    const char *order;            // field to sort by when nothing else is asked; NULL: of the kind
    bool descending;
};

struct list_query {
    const struct list_spec *spec;
    const char *path;   // of the list, without query
    const char *search; // "" when none
    const char *sort;   // a field of `sortable`; NULL when not asked for
    bool descending;
    int64_t page; // from 1
    struct pair *chosen; // filters in use: field and value as in the address
    size_t n_chosen;
    struct store_query store; // to hand to store_list and store_count
};

// Name in the address of the filter by this field: the field's, save where the list needs that name
// itself (a field called "sort" is "f.sort").
const char *list_filter_key(const char *field);
// Reads ?q=, ?sort=, ?dir=down, ?page= and one parameter for each filter. Whatever else the address
// holds is passed over; a value that cannot be is refused with ERR_INPUT that names the parameter,
// because a filter that is silently left out would show and export too much. `fixed` are filters
// that are always there (programme_id).
MUST_CHECK enum err list_query_from(struct req *r, const struct list_spec *spec,
                                    const struct store_filter *fixed, size_t n_fixed,
                                    struct list_query *out, struct err_info *e);

// The address of the same list with one parameter changed (value NULL: left out), all others kept.
// Changing anything but the page leads to the first page. path NULL: the list's own; another one is
// for exports. name NULL changes nothing.
const char *list_address(struct arena *a, const struct list_query *q, const char *path,
                         const char *name, const char *value);

// ---- what is shown ------------------------------------------------------------------------------

enum cell_kind {
    CELL_TEXT, CELL_LINK, CELL_NUMBER, CELL_DATE, CELL_MONEY, CELL_STATE, CELL_LEVEL, CELL_CODE,
};
struct list_cell {
    enum cell_kind kind;
    const char *text;    // as people read it; dates YYYY-MM-DD; numbers canonical; "" or NULL: dash
    const char *address; // CELL_LINK
    const char *meta;    // a second, quieter line; or NULL
    const char *look;    // CELL_STATE, CELL_LEVEL: as in html_state, html_level
    int64_t minor;       // CELL_MONEY
    int minor_digits;    // CELL_MONEY
};
// The cell for a field of a record, by its type: codes by their labels, numbers, dates, money.
// References are shown by `label` (title of the record they name), or a dash.
struct list_cell list_cell_of(struct html *h, const struct record *r, const char *field,
                              const char *label);

struct list_column {
    const char *label; // translated
    const char *sort;  // field it sorts by, among the sortable ones; NULL: it does not
    bool number;       // stands at the end of the line
    bool main;         // names the row
};
struct list_row {
    const struct list_cell *cells; // one per column
    const char *edit;              // address to change it (key e), or NULL
    bool attention;                // has a notice
};
struct list_view {
    const struct list_query *query;
    const char *label;        // of the table, read to those who cannot see it: "Risks of GLOT59"
    const char *search_label; // "Search in risks"; NULL: no search
    const struct list_column *columns;
    size_t n_columns;
    bool stack; // on a narrow screen a row stands as a block, each cell with the name of its column before it
    const struct list_row *rows;
    size_t n_rows;
    int64_t total; // rows that fit the query, on all pages
    const char *export; // path of the list as a file, or NULL; format, search and filters are added
    const char *back; // page where a workbook of the list comes back (list_back_address), or NULL
    const char *empty_title; // when there is nothing at all: "No risks yet"
    const char *empty_text;  // one sentence that teaches
    struct page_action empty_action;
};
void list_show(struct html *h, const struct list_view *v);
// The page where a list of this kind comes back as a workbook (exchange/workbook), below the programme or country of the
// path, with the way back to this page; NULL: the person may not write there.
const char *list_back_address(struct req *r, const struct entity *kind);

#endif
