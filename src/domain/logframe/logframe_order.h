// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_order.h: another place for a result or an indicator among its neighbours.
//
// Neighbours are results of one level that serve the same, or indicators of one result. Those that were given a place
// (field `position`) stand first, in its order; the others follow by code. So a new one needs no place to be seen.

#ifndef LOGFRAME_LOGFRAME_ORDER_H
#define LOGFRAME_LOGFRAME_ORDER_H

#include "logframe/logframe_table.h"

int logframe_order(const struct record *a, const struct record *b);

enum logframe_where { LOGFRAME_UP, LOGFRAME_DOWN, LOGFRAME_BEFORE, LOGFRAME_AFTER };
struct logframe_move {
    const struct record *record;
    size_t place, of; // where it stands afterwards, from 1, and among how many
    struct record **changed; // what is to be saved, the record itself and neighbours; none when it stands there already
    size_t n_changed;
};
// what: id of a result or an indicator in use; onto: of another such, for before and after: it then also serves, or
// measures, the same as that one. Refuses a result beside one of another level, or beside an indicator.
MUST_CHECK enum err logframe_move(struct arena *a, const struct logframe *l, enum logframe_where where, const char *what,
                                  const char *onto, struct logframe_move *out, struct err_info *e);

// For a list with buttons: may it go up, may it go down?
bool logframe_may_go(struct arena *a, const struct logframe *l, const struct record *record, enum logframe_where where);

#endif
