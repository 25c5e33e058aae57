// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk.h: risks of programmes to the rights of people.

#ifndef RISK_RISK_H
#define RISK_RISK_H

#include "base/err.h"
#include "model/model.h"
#include "pack/pack.h"

struct db_read;

extern const struct entity entity_risk;
extern const struct entity entity_risk_review;
extern const struct entity entity_risk_response;
extern const struct entity entity_risk_dismissal;

// Rules over several fields of one record.
enum err risk_check(const struct record *r, struct err_info *e);
enum err risk_review_check(const struct record *r, struct err_info *e);
enum err risk_response_check(const struct record *r, struct err_info *e);
enum err risk_dismissal_check(const struct record *r, struct err_info *e);
// Rules that look at other records, inside the transaction (risk_response_store.c).
enum err risk_response_guard(struct arena *a, struct db_read *db, const struct record *before,
                             const struct record *after, struct err_info *e);

// Level of a risk on the grid "risk-3x3" of the pack unodc-hrge-2021: "low", "medium" or "high"; ""
// when one of the two is empty.
const char *risk_level(const char *likelihood, const char *impact);
// Whether the grid asks for a mitigation.
bool risk_mitigation_required(const char *likelihood, const char *impact);


// ---- the tables of risks (risk_tables.c) --------------------------------------------------------

// The tools of the Toolkit that list risks, one for each area of work. Those of the areas in `areas`
// (FIELD_CODES: " justice protection ") come first, each part in the order of the tools.
const struct pack_tool **risk_tables(struct arena *a, const char *areas, size_t *n, size_t *n_first);
// Area of work (code of the field areas of a programme) that a table is about; "" for a tool that is
// no table of risks.
const char *risk_table_area(const struct pack_tool *tool);
// A row of one of these tables and its tool; NULL when there is none with this id.
const struct pack_row *risk_table_row(const char *id, const struct pack_tool **tool);

// ---- the response ladder (risk_ladder.c) --------------------------------------------------------

#define RISK_RESPONSE_ASKED "asked"
#define RISK_RESPONSE_AUTHORISED "authorised"
#define RISK_RESPONSE_DONE "done"
#define RISK_RESPONSE_REFUSED "refused"

// The ladder of the Toolkit; NULL when no pack has it.
const struct pack_tool *risk_ladder(void);
// Place of a step on it, from 0; -1 when it is none.
int risk_step_place(const char *step);
// Must an office above the programme authorise it? Steps RL-4 to RL-6 always, RL-3 when it is
// politically sensitive.
bool risk_step_needs_authority(const char *step, bool sensitive);
// Was a milder step than this left out? done: steps that were authorised or done for this risk.
bool risk_step_skips(const char *step, const char *const *done, size_t n);
// May a response go from one state to the other?
bool risk_response_may_move(const char *from, const char *to);
const char *risk_response_look(const char *state); // as in html_state

#endif
