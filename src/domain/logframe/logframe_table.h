// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_table.h: the logframe of a programme, now or as it was, and two of them compared: for pages,
// commands and the report.

#ifndef LOGFRAME_LOGFRAME_TABLE_H
#define LOGFRAME_LOGFRAME_TABLE_H

#include "logframe/logframe_theory.h"
#include "programme/programme.h"
#include "result/result_lines.h"

struct logframe_measure {
    const struct record *record; // indicator in use
    enum result_unit unit;
    bool has_baseline;
    int64_t baseline;
    const struct record *const *targets; // not replaced, by day
    size_t n_targets;
};
struct logframe_row {
    const struct record *result; // NULL: for indicators that belong to none, last
    enum logframe_level level;
    int depth; // 0: serves no other
    const struct logframe_measure *measures; // as logframe_order.h says
    size_t n_measures;
};
// A result stands below the one it serves; beside each other by level, then as logframe_order.h says.
struct logframe {
    const struct record *programme; // as it was
    struct logframe_row *rows;
    size_t n_rows;
    const char *as_of; // day or moment; NULL: now
};
// Of records that are loaded; those of other programmes are passed over. programme: as it was.
void logframe_make(struct arena *a, const struct record *programme, struct record *const *results,
                   size_t n_results, struct record *const *indicators, size_t n_indicators,
                   struct record *const *targets, size_t n_targets, struct logframe *out);
// as_of: a day or a moment; NULL: now. A programme that was not there yet has an empty logframe.
MUST_CHECK enum err logframe_load(struct db_read *db, struct arena *a,
                                  const struct record *programme, const char *as_of,
                                  struct logframe *out, struct err_info *e);

// A day or a moment as people give it into *as_of; NULL or "": now, NULL. ERR_INPUT about `field` when it is neither.
MUST_CHECK enum err logframe_as_of(const char *text, const char *field, const char **as_of,
                                   struct err_info *e);

// ---- words --------------------------------------------------------------------------------------

// "22 Nov 2026", "22 Nov 2026, 10:20 UTC", of NULL or "" "now".
const char *logframe_as_of_words(struct arena *a, const struct lang *lang, const char *as_of);
// "0 (1 Jan 2025)", the note, or "".
const char *logframe_baseline_words(struct arena *a, const struct lang *lang,
                                    const struct logframe_measure *m);
// "200 by 31 Dec 2026"; target: one of m->targets.
const char *logframe_target_words(struct arena *a, const struct lang *lang,
                                  const struct logframe_measure *m, const struct record *target);
// How often, translated; "" when nobody has said.
const char *logframe_frequency(const struct lang *lang, const struct logframe_measure *m);
// What is missing of an indicator or a result, as catalogue keys; NULL when nothing is. A description needs no
// baseline and target; an indicator without direction no target.
const char *logframe_lacks_baseline(const struct logframe_measure *m);
const char *logframe_lacks_target(const struct logframe_measure *m);

// ---- two of them --------------------------------------------------------------------------------

enum logframe_change { LOGFRAME_ADDED, LOGFRAME_REMOVED, LOGFRAME_CHANGED };
// A field that differs; of what was added or removed what tells which it is, "" on the other side.
struct logframe_cell {
    const struct field *field;
    const char *before; // for people
    const char *after;
};
// A record that differs. Targets of an indicator are paired by their day, since a new value is a new record.
struct logframe_difference {
    enum logframe_change change;
    const struct record *record; // as it is after; of what was removed, as it was before
    const char *code;            // of the result or indicator; of a target, of its indicator
    struct logframe_cell *cells;
    size_t n_cells;
};
// Names of levels, then results, indicators and targets, each by code; what did not change is left out.
// people: for the names of those who collect.
void logframe_compare(struct arena *a, const struct lang *lang, const struct logframe *before,
                      const struct logframe *after, const struct programme_people *people,
                      struct logframe_difference **out, size_t *n);

#endif
