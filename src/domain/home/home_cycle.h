// SPDX-License-Identifier: AGPL-3.0-or-later
//
// home_cycle.h: the programme cycle against the tools: what was done, by whom, how old it is, what comes
// next and why.

#ifndef HOME_HOME_CYCLE_H
#define HOME_HOME_CYCLE_H

#include "base/arena.h"
#include "base/err.h"
#include "model/model.h"
#include "model/rights.h"
#include "pack/pack.h"

struct db_read;

// One tool, for the programme or for one of its countries.
struct cycle_line {
    const struct pack_tool *tool;
    const char *country;     // code; NULL: for the programme
    bool filled_in;          // in rounds, with answers; else what is counted is records
    bool wanted;             // false: its area of work is not one of the programme
    bool is_read;            // a table that is read; nothing is filled in with it
    bool spared;             // not begun, and another copy of the same tool stands for it
    const char *state;       // of the newest round; "" when never begun
    int answered;            // rows, or records: risks taken, indicators adopted, talks, cases
    int of;                  // rows; 0: no number says when it is done
    const char *touched;     // day of the last change; "" never
    const char *assigned_id; // "" nobody
    const char *last_by;     // name of the person who changed it last; "" nobody known
    bool by_command;         // it was changed last on the command line, by nobody with a name
};
struct cycle {
    struct cycle_line *lines; // by phase, then by tool, then by country
    size_t n;
};
// Every tool that is filled in or worked with, and criteria that are read, of all packs. Nine statements, however many countries.
MUST_CHECK enum err cycle_load(struct db_read *db, struct arena *a, const struct identity *who,
                               const struct record *programme, struct cycle *out,
                               struct err_info *e);

// ---- rules (home_cycle.c) -----------------------------------------------------------------------

// Of a tool and the copies that the office made of it, one is to be begun: what is begun spares the others;
// where nothing is, the copies spare the original. Sets `spared`.
void cycle_spare(struct cycle *c);

enum cycle_next {
    CYCLE_START,
    CYCLE_CONTINUE,
    CYCLE_SUBMIT,
    CYCLE_CHECK,
    CYCLE_MEND,
    CYCLE_AGAIN,
    CYCLE_NOTHING
};
// What comes next for one tool. today: YYYY-MM-DD.
enum cycle_next cycle_next_of(const struct cycle_line *line, const char *today);
// Whole months since the last change; -1 when it was never touched.
int cycle_age(const struct cycle_line *line, const char *today);
// The line that should be taken up first: in the order of the cycle, what was returned or waits for a
// check before what is open, and that before what was never begun. NULL: nothing.
const struct cycle_line *cycle_first(const struct cycle *c, const char *today);
// Catalogue keys.
const char *cycle_next_label(enum cycle_next next);
const char *cycle_why(const struct cycle_line *line, enum cycle_next next);
const char *cycle_state_label(const struct cycle_line *line);
const char *cycle_state_look(const struct cycle_line *line); // as in html_state

#endif
