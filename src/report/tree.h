// SPDX-License-Identifier: AGPL-3.0-or-later
//
// tree.h: a report as a tree: built once by domain code, drawn by the back ends of draw.h.
//
// Everything lives in the arena of the report. Texts are kept, not copied: they must live as long as
// the report. All texts are already translated and for people; a cell that is a number or a date
// carries its plain value beside the text, so that a spreadsheet gets real numbers.
//
// A number may carry an explanation (what it means, period, rule, cut-off, state, source, where its
// records are). Explanations are numbered in order; PDF, DOCX and Markdown print them as notes at the
// end, HTML unfolds them in place, XLSX has a sheet of them.

#ifndef REPORT_TREE_H
#define REPORT_TREE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/msg.h"
#include "format/svg/shapes.h"

enum report_kind {
    REPORT_HEADING,
    REPORT_PARAGRAPH,
    REPORT_LIST,
    REPORT_TABLE,
    REPORT_FIGURE,
    REPORT_NUMBERS, // a row of large figures, each with a name
    REPORT_NOTE,    // set apart: a warning, a limit of the data
    REPORT_SOURCE   // small: where the above comes from
};

enum report_run_kind { REPORT_RUN_TEXT, REPORT_RUN_STRONG, REPORT_RUN_NUMBER, REPORT_RUN_LINK };

// A piece of a paragraph.
struct report_run {
    enum report_run_kind kind;
    const char *text;
    const char *address; // REPORT_RUN_LINK
    int explanation;     // REPORT_RUN_NUMBER: its number, from 1; 0: none
};

struct report_runs {
    struct report_run *items;
    int n;
    int room;
};

// Where a number comes from. What is unknown is NULL.
struct report_explanation {
    int number;      // set by report_explain
    const char *of;  // the number itself: "412 persons"
    const char *means;
    const char *period;
    const char *rule;
    const char *cut_off;
    const char *state;
    const char *source;
    const char *records; // address of the records under it
};

enum report_column_kind {
    REPORT_COLUMN_TEXT,
    REPORT_COLUMN_NUMBER,
    REPORT_COLUMN_PERCENT, // values are in percent: "61.7" is 61.7 %
    REPORT_COLUMN_MONEY,
    REPORT_COLUMN_DATE
};

struct report_column {
    const char *name;
    enum report_column_kind kind;
    const char *currency; // REPORT_COLUMN_MONEY: "USD"; NULL: mixed
};

enum report_row_kind { REPORT_ROW_BODY, REPORT_ROW_GROUP, REPORT_ROW_TOTAL };

struct report_cell {
    const char *text;    // for people; "" is an empty cell
    const char *value;   // plain: "1443686.29", "2026-11-22"; NULL: the text is all there is
    const char *address; // link, or NULL
    int explanation;     // 0: none
};

struct report_row {
    enum report_row_kind kind;
    int indent;                // of the first cell: depth in a hierarchy, 0 to 6
    struct report_cell *cells; // one for each column; a group row has only the first
    int n;                     // cells filled so far
};

struct report_table {
    const char *caption;
    struct report_column *columns;
    int n_columns;
    struct report_row *rows;
    int n_rows;
    int room;
    const char *rule; // how the totals were added up, under the table
    const char *note; // limits of the data, under the table
    bool by_hand;     // of a paper form: as wide as the page, and where nothing stands is room to write
};

struct report_figure {
    const char *finding; // title of the chart: what it shows
    const char *meta;    // what is counted, in which unit
    const struct chart_shapes *shapes;
    const char *note; // source, cut-off, rounding
};

struct report_number {
    const char *name;
    const char *text;
    int explanation;
};

struct report_list_item {
    struct report_runs runs;
};

struct report_block {
    enum report_kind kind;
    int level;               // REPORT_HEADING: 1 to 3
    const char *anchor;      // REPORT_HEADING: "section-4"
    struct report_runs runs; // HEADING, PARAGRAPH, NOTE, SOURCE
    bool numbered;           // REPORT_LIST
    struct report_list_item *items;
    struct report_number *numbers;
    int n;    // items or numbers
    int room; // of items or numbers
    struct report_table *table;
    struct report_figure *figure;
};

enum report_paper { REPORT_A4, REPORT_A4_LANDSCAPE, REPORT_A3_LANDSCAPE };

struct report {
    struct arena *arena;
    const struct lang *lang; // words of the back ends, direction
    // Set by whoever makes the report; NULL is left out.
    const char *title;
    const char *subtitle;
    const char *organisation;
    const char *classification; // "Internal: not for publication"
    const char *sample;         // in the foot of every page: "Sample data: invented"
    const char *made_at;        // for people: "22 Nov 2026, 10:20 UTC"
    const char *made_at_iso;    // "2026-11-22T10:20:00Z"
    enum report_paper paper;
    struct report_block **blocks;
    int n;
    int room;
    struct report_explanation *explanations;
    int n_explanations;
    int explanation_room;
};

struct report *report_new(struct arena *a, const struct lang *lang, const char *title);

// level 1 to 3; the title of the report stands above level 1.
void report_heading(struct report *r, int level, const char *text);
// Empty when text is NULL; more is added with report_add_*.
struct report_block *report_paragraph(struct report *r, const char *text);
struct report_block *report_note(struct report *r, const char *text);
void report_source(struct report *r, const char *text);

struct report_block *report_list(struct report *r, bool numbered);
// A new item; report_add_* adds to the last one.
void report_item(struct report *r, struct report_block *list, const char *text);

// More of a paragraph, note or the last item of a list.
void report_add_text(struct report *r, struct report_block *b, const char *text);
void report_add_strong(struct report *r, struct report_block *b, const char *text);
void report_add_number(struct report *r, struct report_block *b, const char *text, int explanation);
void report_add_link(struct report *r, struct report_block *b, const char *text,
                     const char *address);

// Copies the structure, gives it the next number and returns that number (from 1).
int report_explain(struct report *r, const struct report_explanation *explanation);

// columns are kept. caption may be NULL.
struct report_table *report_table(struct report *r, const char *caption,
                                  struct report_column *columns, int n_columns);
struct report_row *report_row(struct report *r, struct report_table *t, enum report_row_kind kind);
// The next cell of the last row, which must exist and have room.
struct report_cell *report_cell(struct report_table *t, const char *text);
// The same with its plain value: "1,443,686" and "1443686".
struct report_cell *report_cell_value(struct report_table *t, const char *text, const char *value);

void report_figure(struct report *r, const char *finding, const char *meta,
                   const struct chart_shapes *shapes, const char *note);

struct report_block *report_numbers(struct report *r);
void report_number(struct report *r, struct report_block *numbers, const char *name,
                   const char *text, int explanation);

// All runs joined, without marks; for captions, outlines and tests.
const char *report_plain(struct arena *a, const struct report_runs *runs);

#endif
