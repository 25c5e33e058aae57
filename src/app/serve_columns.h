// SPDX-License-Identifier: AGPL-3.0-or-later
//
// serve_columns.h: keeps the columns of values young while the server has nothing else to do.

#ifndef APP_SERVE_COLUMNS_H
#define APP_SERVE_COLUMNS_H

#include "base/arena.h"

struct store;
struct columns_keeper;

// Begins a thread that reads what came since the last question, where columns were asked already: a fiftieth of a second
// after something is saved, and each second. Twice a minute it looks: is there so much to add up that columns are worth
// it, are they missing or did much come since, and has nobody saved anything since the last look? Then it makes them anew.
// NULL when the system has no thread left: the server does without.
struct columns_keeper *columns_keeper_start(struct arena *a, struct store *s);
// Ends it; a file that is being made is given up. NULL is none.
void columns_keeper_stop(struct columns_keeper *k);

#endif
