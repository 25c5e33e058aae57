// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_theory.h: a theory of change as a graph, what is missing in it, and how it is laid out: for
// pages, notices and the report. Rules with worked examples: docs/logframe.md.

#ifndef LOGFRAME_LOGFRAME_THEORY_H
#define LOGFRAME_LOGFRAME_THEORY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/msg.h"
#include "model/model.h"

struct db_read;

// In the order of the codes of the kinds result and result_link.
enum logframe_level { LEVEL_GOAL, LEVEL_OUTCOME, LEVEL_OUTPUT, LEVELS };
enum theory_strength { STRENGTH_STRONG, STRENGTH_SOME, STRENGTH_WEAK, STRENGTH_NONE,
                       STRENGTH_OPEN }; // nobody has said
enum theory_sphere { SPHERE_CONTROL, SPHERE_INFLUENCE, SPHERE_INTEREST, SPHERE_OPEN };

enum logframe_level logframe_level_of(const struct record *result);
// What a level is called: the programme's own name, else ours. Translated.
const char *logframe_level_name(const struct lang *lang, const struct record *programme,
                                enum logframe_level level);

struct theory_result {
    const struct record *record;
    const char *code;
    enum logframe_level level;
    size_t n_indicators; // in use
};
struct theory_link {
    const struct record *record;
    size_t cause; // places in theory.results
    size_t effect;
    enum theory_strength strength;
    enum theory_sphere sphere;
};
// Results: goals, then outcomes, then outputs, each by code. Links: by what they lead to, then by what they
// come from; their number for people is their place and one.
struct theory {
    const struct record *record; // NULL: the programme has none
    const struct record *programme;
    struct theory_result *results;
    size_t n_results;
    struct theory_link *links;
    size_t n_links;
};
// Of records that are loaded: of the results, indicators and links those of this programme and theory are
// taken, whatever else is among them. Links to results that are not there are left out.
void theory_make(struct arena *a, const struct record *programme, const struct record *record,
                 struct record *const *results, size_t n_results, struct record *const *indicators,
                 size_t n_indicators, struct record *const *links, size_t n_links,
                 struct theory *out);

// ---- what is missing ----------------------------------------------------------------------------

enum theory_gap_kind {
    GAP_NOWHERE,       // an output that leads to nothing
    GAP_NO_CAUSE,      // an outcome that nothing leads to
    GAP_NO_INDICATOR,  // an outcome that no indicator in use shows
    GAP_CIRCLE,        // a result that leads back to itself
    GAP_DOWN,          // a link to a level below
    GAP_NO_ASSUMPTION, // a link that does not say what must hold
    GAP_NO_EVIDENCE,   // an assumption with no strength, strength none, or nothing that shows it
    GAP_KINDS
};
struct theory_gap {
    enum theory_gap_kind kind;
    size_t at; // place of the result or the link
};
bool theory_gap_is_of_link(enum theory_gap_kind kind);
// What is wrong and why it matters; what to do: catalogue keys.
const char *theory_gap_what(enum theory_gap_kind kind);
const char *theory_gap_mend(enum theory_gap_kind kind);
// All gaps, by kind, then by place.
void theory_gaps(struct arena *a, const struct theory *t, struct theory_gap **out, size_t *n);
// Is there a way from one result to another over the links?
bool theory_leads(struct arena *a, const struct theory_link *links, size_t n_links,
                  size_t n_results, size_t from, size_t to);

// ---- rows ---------------------------------------------------------------------------------------

#define THEORY_ROW_MOST 4 // boxes beside each other
// Row of each result, 0 lowest. A level stands above the levels below it; inside a level a result stands
// above those that lead to it; more than THEORY_ROW_MOST at one height are shared out over several rows
// as evenly as can be, the first codes highest.
void theory_rows(struct arena *a, const struct theory *t, size_t *rows, size_t *n_rows);

// ---- loading (logframe_store.c) -----------------------------------------------------------------

// Theories of a programme, newest first: by the day they were drawn up, then by age.
MUST_CHECK enum err theory_list(struct db_read *db, struct arena *a, const char *programme_id,
                                struct record ***out, size_t *n, struct err_info *e);
// One theory of a programme; record NULL: its results without links. Two statements, three with links.
MUST_CHECK enum err theory_load(struct db_read *db, struct arena *a, const struct record *programme,
                                const struct record *record, struct theory *out,
                                struct err_info *e);

#endif
