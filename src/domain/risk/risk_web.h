// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_web.h: what the pages about risks share.

#ifndef RISK_RISK_WEB_H
#define RISK_RISK_WEB_H

#include "assessment/assessment_basis.h"
#include "html/page.h"
#include "http/http.h"
#include "pack/pack.h"
#include "risk/risk.h"
#include "risk/risk_register.h"

// Programmes > GLOT59 > Risks of GLOT59, for pages below the register.
struct crumb *risk_crumbs(struct req *r);
// The risk named in the path. ERR_NOT_FOUND also when it belongs to another programme.
MUST_CHECK enum err risk_of_path(struct req *r, struct record **out, struct err_info *e);
const char *risk_address(struct req *r, const struct record *risk, const char *below);
// "/programmes/GLOT59/risks" and what follows.
const char *risk_list_address(const struct req *r, const char *below);
// In the language of the person: a text of a pack that belongs to a row or tool.
const char *risk_words(const struct req *r, const struct pack_tool *tool, const char *context,
                       const char *english);
// A new open risk of the programme, taken from a row.
struct record *risk_from_row(struct req *r, const struct pack_row *row);
// Keeps which answers led to a risk that is new: all that suggest its row to the programme now. Without a row,
// or when nothing suggests it: nothing.
MUST_CHECK enum err risk_keep_basis(struct req *r, struct db_read *db, struct record *risk,
                                    struct err_info *e);
// An answer that points to a risk, in words.
struct risk_ground_line {
    const char *country, *question, *column, *answer, *why, *row, *address;
    const char *round; // address of the round it was given in; NULL: not kept yet
    const char *now;   // what is answered now; NULL: the same
};
// tool, risk_row: of the table of risks, or NULL. asked: the answer; column_name: of a stakeholder, or "".
struct risk_ground_line risk_ground_line(struct req *r, const struct pack_tool *tool,
                                         const char *risk_row, const struct basis_ground *g,
                                         const char *column_name);
// The answers that led to a risk of the register. One statement; none when it keeps no answer.
MUST_CHECK enum err risk_grounds_load(struct req *r, const struct record *risk,
                                      const struct risk_ground_line **out, size_t *n,
                                      struct err_info *e);
// "Criminal justice": the label of an area of work; "" for an unknown one.
const char *risk_area_label(const struct req *r, const char *area);
// Does a text hold what is looked for? Letters A to Z in either case.
bool risk_text_holds(const char *text, const char *wanted);

// The heat map: open risks by likelihood and impact.
struct heat_row {
    const char *label;
    struct heat_cell {
        const char *level, *level_label, *likelihood, *impact, *address;
        int n;
        bool chosen;
    } cells[3];
};
// Three rows, high likelihood on top. list: address that the choice of a cell is added to; it ends with
// "?" or "&". likelihood, impact: the cell that is chosen, or "".
const struct heat_row *risk_heat(struct req *r, const struct risk_register *of, const char *list,
                                 const char *likelihood, const char *impact);
// "2 risks are high": the heading beside it.
const char *risk_heat_finding(struct req *r, const struct risk_register *of);

#endif
