// SPDX-License-Identifier: AGPL-3.0-or-later
//
// advocacy.h: concerns about rights and gender equality, the arguments that answer them, what came of
// using them, and the lessons others can draw.
//
// Lessons serve three ends (Toolkit, tool 3.7): reporting (report/section_advocacy.c), better arguments
// (shown beside the form for using one), and the next programme (the page Plan; advocacy_lessons_load).

#ifndef ADVOCACY_ADVOCACY_H
#define ADVOCACY_ADVOCACY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/model.h"
#include "model/rights.h"
#include "pack/pack.h"

struct db_read;

extern const struct entity entity_advocacy_concern;
extern const struct entity entity_advocacy_use;

// Rules over several fields of one record.
enum err advocacy_use_check(const struct record *r, struct err_info *e);
// Rules that look at other records, inside the transaction (advocacy_store.c): the treaty binds the
// country, the body is of the country, the own concern is of the programme.
enum err advocacy_use_guard(struct arena *a, struct db_read *db, const struct record *before,
                            const struct record *after, struct err_info *e);

// ---- the table of the Toolkit -------------------------------------------------------------------

// The table, or what offices made of it (pack_family).
#define ADVOCACY_TOOL "3.7"
// A concern of tool 3.7 or of a copy, hidden or not, and whose it is; NULL when there is none with this id.
const struct pack_row *advocacy_row(const char *id, const struct pack_tool **tool);
// Rows with the same root say the same concern, each in its words: "3.7-1-01" is that of "office-3.7-1-01".
// The id itself when it is no row.
const char *advocacy_root(const char *row_id);

struct advocacy_argument {
    const struct pack_tool *tool;
    const struct pack_row *row; // its `argument` is the text
};
// The arguments for a concern of a tool: its own, or, where it has none, those of the rows it refers to.
struct advocacy_argument *advocacy_arguments(struct arena *a, const struct pack_tool *tool,
                                             const struct pack_row *concern, size_t *n);
// Row of tool 2.2 at the beginning of "2.2-I05 14(1)"; NULL when there is none. *article: what follows.
const struct pack_row *advocacy_instrument(const char *text, const char **article);

// ---- lessons ------------------------------------------------------------------------------------

// One use of an argument, with what is worked out from it.
struct advocacy_line {
    const char *id;
    const char *programme_id;
    const char *number; // of the programme
    const char *heading;
    const char *row;            // of the Toolkit or a copy, or ""
    const char *root;           // advocacy_root of it
    const char *concern_id;     // of an own concern, or ""
    const char *concern;        // words of an own concern, or ""
    const char *argument_row;   // or ""
    const char *argument;       // own words, or ""
    const char *article;        // or ""
    const char *with_sort;
    const char *stakeholder;    // name of the body or group, or ""
    const char *country;
    const char *used_on;
    const char *result;
    const char *what_worked;
    const char *next_time;
    bool lesson;
};
// What is looked for; NULL and "" stand for everything.
struct advocacy_ask {
    const char *programme_id;
    const char *heading;
    const char *row; // the concern, in whatever words
    const char *concern_id;
    const char *country;
    const char *countries; // any of these, as " NA NE "
    const char *with_sort;
    const char *result;
    const char *search;   // in concern, argument, what worked, what to do differently
    bool lessons_only;
};
// Does a line fit what is looked for? The search compares letters A to Z in either case, and looks into
// the English texts of the Toolkit too.
bool advocacy_fits(const struct advocacy_line *line, const struct advocacy_ask *ask);
// What fits, newest first, of the programmes this person may read. One statement. The lines of
// programmes the person may not read are never given.
MUST_CHECK enum err advocacy_lessons_load(struct db_read *db, struct arena *a,
                                          const struct identity *who,
                                          const struct advocacy_ask *ask,
                                          struct advocacy_line **out, size_t *n,
                                          struct err_info *e);
// The same for one programme, whoever asks: for the report, where the right was asked already.
MUST_CHECK enum err advocacy_uses_load(struct db_read *db, struct arena *a,
                                       const char *programme_id, struct advocacy_line **out,
                                       size_t *n, struct err_info *e);

// ---- words --------------------------------------------------------------------------------------

// In the language: the concern, the argument used (the Toolkit's, own words, the article, each on a line
// of its own), a heading.
const char *advocacy_concern_words(struct arena *a, const struct lang *lang,
                                   const struct advocacy_line *line);
const char *advocacy_argument_words(struct arena *a, const struct lang *lang,
                                    const struct advocacy_line *line);
const char *advocacy_heading_words(const struct lang *lang, const char *heading);
// "ICCPR 14(1)" for "2.2-I05 14(1)".
const char *advocacy_article_words(struct arena *a, const struct lang *lang, const char *article);
const char *advocacy_result_look(const char *result); // as in html_state

#endif
