// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_report.h: the report of a programme: facts, theory of change, money, obligations, checklist, risks,
// arguments, indicators, notices. Each number says where it comes from.

#ifndef REPORT_PROGRAMME_REPORT_H
#define REPORT_PROGRAMME_REPORT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/msg.h"
#include "model/model.h"
#include "report/tree.h"

struct db_read;

// Who will see it: on the screen those who work with the records; or others, since a file leaves their circle. These
// get tables about people split by sex and other characteristics from releases only (design, 3.4).
enum report_reach { REPORT_FOR_OTHERS, REPORT_FOR_WORK };

// What the sections are made from.
struct report_of {
    struct report *report;
    struct arena *arena;
    struct db_read *db;
    const struct lang *lang;
    const struct record *programme;
    const char *number;
    const char *currency;
    int minor_digits;
    const char *today; // YYYY-MM-DD: cut-off of every number
    enum report_reach reach;
};

MUST_CHECK enum err programme_report_make(struct arena *a, struct db_read *db,
                                          const struct lang *lang, const struct record *programme,
                                          enum report_reach reach, struct report **out,
                                          struct err_info *e);

// The sections, in their order.
enum err report_section_facts(struct report_of *o, struct err_info *e);
enum err report_section_theory(struct report_of *o, struct err_info *e);
enum err report_section_money(struct report_of *o, struct err_info *e);
enum err report_section_obligations(struct report_of *o, struct err_info *e);
enum err report_section_checklist(struct report_of *o, struct err_info *e);
enum err report_section_risks(struct report_of *o, struct err_info *e);
enum err report_section_advocacy(struct report_of *o, struct err_info *e);
enum err report_section_indicators(struct report_of *o, struct err_info *e);
enum err report_section_releases(struct report_of *o, struct err_info *e);
enum err report_section_notices(struct report_of *o, struct err_info *e);

// Small helps for the sections.
const char *report_tr(const struct report_of *o, const char *key);
const char *report_money_text(const struct report_of *o, int64_t minor);
const char *report_plain_money(const struct report_of *o, int64_t minor);
const char *report_number_text(const struct report_of *o, int64_t n);
// A cell with an amount, or an empty one when the field is not set.
struct report_cell *report_money_cell(struct report_of *o, struct report_table *t,
                                      const struct record *r, const char *field);
// What an answer rests on and what follows from it: evidence, and actions with their days; with who does
// them when owners is true. `between` stands between two of them.
struct assessment_summary_row;
const char *report_rests_on(struct arena *a, const struct lang *lang,
                            const struct assessment_summary_row *row, const char *between, bool owners);
// Adds an explanation with the cut-off of the report.
int report_explain_as_of(struct report_of *o, struct report_explanation x);
// "/programmes/GLOT59" and what follows.
const char *report_address(const struct report_of *o, const char *below);

#endif
