// SPDX-License-Identifier: AGPL-3.0-or-later
//
// home.h: what a person finds on the first page after signing in. Nobody else uses this noun.

#ifndef HOME_HOME_H
#define HOME_HOME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/check.h"
#include "model/model.h"

struct db_read;
struct identity;

#define HOME_MOST_ITEMS 20    // of one kind; beyond it the list of that kind is better
#define HOME_MOST_CHANGES 200 // read, so that many alike become one line
#define HOME_MOST_LINES 8     // of changes, shown
#define HOME_REVIEW_DAYS 14   // reviews that come due within so many days are shown

// Something that waits for this person.
enum home_waits {
    HOME_ACTION,          // an open action of theirs
    HOME_REVIEW,          // a risk they watch over
    HOME_FILL_IN,         // a tool assigned to them
    HOME_RETURNED,        // the same, returned with a reason
    HOME_APPROVE_TOOL,    // a tool that somebody handed in
    HOME_VERIFY_VALUES,   // values that were entered: `n` of them
    HOME_APPROVE_VALUES,  // values that were verified
    HOME_RETURNED_VALUES, // values of their indicators that came back
};
struct home_item {
    enum home_waits waits;
    const char *kind;   // of the record
    const char *id;     // of the record, or NULL
    const char *title;  // of the record, "" when it has none
    const char *tool;   // of an assessment, or NULL
    const char *number; // of the programme, or NULL
    const char *country; // code, of what is about a country and of no programme; or NULL
    const char *due_on; // or NULL
    int64_t days_late;  // positive: late; negative: days that are left; only with due_on
    int64_t n;          // how many, of values; answers, of a tool
};

struct home_programme {
    const char *id;
    const char *number;
    const char *title;
    const char *state;
    const char *ends_on;
    int64_t late_actions;
    int64_t assessments; // tools begun
    int64_t approved;    // of them
    int64_t risks;       // open
    int64_t high;        // of them, at high level now
    int64_t unrated;     // of them, without likelihood and impact
    int64_t overdue;     // of them, with a review that is overdue
};

struct home_change {
    const char *kind;
    const char *record_id;
    const char *op;
    const char *fields;
    const char *made;
    const char *actor;
    const char *actor_name; // or NULL
    const char *wall;
    const char *number;
    int64_t n; // how many alike this line stands for; as read: 1, or what an import made at once
};

struct home {
    struct home_item *items; // the most urgent first
    size_t n_items;
    int64_t n_waiting; // all, also those not shown
    int64_t n_late;
    struct home_programme *programmes;
    size_t n_programmes;
    struct home_change *changes;
    size_t n_changes;
    struct notice *notices; // the gravest first, of programmes the person may read
    size_t n_notices;
};

// Everything, with a fixed number of statements beside those of the standing checks. today is
// YYYY-MM-DD; lang is the reader's, for what the checks say. Lives in the arena.
MUST_CHECK enum err home_load(struct db_read *db, struct arena *a, const struct identity *who,
                              const struct lang *lang, const char *today, struct home *out,
                              struct err_info *e);

// Number, title and state alone of the programmes the person may read, those that run first. One statement.
MUST_CHECK enum err home_choices_load(struct db_read *db, struct arena *a, const struct identity *who,
                                      struct home_programme **out, size_t *n, struct err_info *e);

// ---- rules (home_order.c) -----------------------------------------------------------------------

// Orders what waits: late things first, the latest first of all; then what came back; then what has
// a day; then the rest.
void home_order(struct home_item *items, size_t n);
// Puts changes that are alike (same person, kind, what was done, programme, and within an hour of the
// one before) into one; gives their number. Input and output newest first.
size_t home_gather(struct home_change *changes, size_t n);

#endif
