// SPDX-License-Identifier: AGPL-3.0-or-later
//
// country.h: the country file: how far the analysis of a country is, tool by tool.
//
// A country is no record of its own. Its file is put together from the rounds of the tools 2.1 to 2.6 about
// it, its obligations, and the programmes that work there.

#ifndef COUNTRY_COUNTRY_H
#define COUNTRY_COUNTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/model.h"
#include "model/rights.h"
#include "pack/pack.h"

struct db_read;

// The tools of the analysis, in their order: 2.1 to 2.6.
#define COUNTRY_TOOLS 6
extern const char *const country_tools[COUNTRY_TOOLS];
enum { COUNTRY_PROFILE, COUNTRY_OBLIGATIONS, COUNTRY_LAW, COUNTRY_INSTITUTIONS, COUNTRY_DILIGENCE,
       COUNTRY_RIGHTS_HOLDERS };

// One tool about one country.
struct country_tool {
    const struct pack_tool *tool; // NULL: no pack has it
    bool kept;                    // it is answered for the country as a whole
    const char *state;            // of the newest round; "" when it was not begun
    int answered;
    int of;
    const char *touched;     // day of the last change, YYYY-MM-DD; "" never
    const char *assigned_id; // "" nobody
    int n_cases;   // due diligence: recipients looked at, newest decision each
    int n_decided; // of these
};
struct country_line {
    const char *code;
    const char *name;       // English, a catalogue key
    const char *region;     // English; "" none
    const char *sub_region;
    const char *group;      // "LDC LLDC", or ""
    struct country_tool *tools; // the COUNTRY_TOOLS of the analysis, then those of packs of the office
    size_t n_tools;
    size_t n_gaps;         // of tool 2.3: the law says no
    size_t n_gaps_in_part;
    size_t n_bound;        // treaties that bind the State
    struct record **programmes; // that work there and may be read, by number
    size_t n_programmes;
    unsigned verbs;        // what the person may do there, as programme_country_rights
    bool any;              // there is a programme, an obligation or an answer
};

// Every country of the reference table that the person may read, by name; countries: only these,
// " KE NA ", or NULL. who NULL: may everything. Six statements.
MUST_CHECK enum err country_lines_load(struct db_read *db, struct arena *a,
                                       const struct identity *who, const char *countries,
                                       struct country_line **out, size_t *n, struct err_info *e);

// What comes next for a tool.
enum country_next {
    COUNTRY_START,
    COUNTRY_CONTINUE,
    COUNTRY_SUBMIT,
    COUNTRY_CHECK,
    COUNTRY_MEND,
    COUNTRY_AGAIN, // approved, and older than ASSESSMENT_VALID_MONTHS
    COUNTRY_NOTHING
};
// today: YYYY-MM-DD.
enum country_next country_next_of(const struct country_tool *t, const char *today);
// State of a tool that has no rounds (obligations): from what is known.
const char *country_state_label(const struct country_tool *t); // catalogue key
const char *country_state_look(const struct country_tool *t);  // as in html_state
// Whole months since the last change; -1 when it was never touched.
int country_age_months(const struct country_tool *t, const char *today);

#endif
