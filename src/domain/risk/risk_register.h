// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_register.h: the risks of a programme as the pages and the report show them.

#ifndef RISK_RISK_REGISTER_H
#define RISK_RISK_REGISTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/msg.h"
#include "model/model.h"

struct db_read;

// One risk with what is worked out from it.
struct risk_line {
    const struct record *record;
    const char *level;          // low, medium, high; "" when not rated
    const char *residual_level; // the same, after mitigation
    bool is_open; // it has not happened and is not closed; only these are counted
    bool needs_mitigation; // the grid asks for one and there is none
    int days_late;         // of the review; 0: not late, or closed
};
struct risk_register {
    struct risk_line *lines; // worst first, then by date of review
    size_t n;
    int open[3][3]; // number of open risks by likelihood and impact, low to high
    int levels[4];  // open risks: not rated, low, medium, high
    int residual_levels[4];
    int late; // open risks whose review is late
};

// today: YYYY-MM-DD. One statement.
MUST_CHECK enum err risk_register_load(struct db_read *db, struct arena *a,
                                       const char *programme_id, const char *today,
                                       struct risk_register *out, struct err_info *e);
// The same from records that are loaded already. The records stay where they are.
void risk_register_make(struct arena *a, struct record *const *risks, size_t n, const char *today,
                        struct risk_register *out);
// 1 low, 2 medium, 3 high, 0 for "".
int risk_rank(const char *level);
// Catalogue key of a level: "High"; "Not rated" for "".
const char *risk_level_label(const char *level);

#endif
