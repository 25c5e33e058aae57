// SPDX-License-Identifier: AGPL-3.0-or-later
//
// backup_private.h: what backup.c and restore.c share: the facts of a workspace in the manifest.

#ifndef STORE_BACKUP_PRIVATE_H
#define STORE_BACKUP_PRIVATE_H

#include <jansson.h>

#include "db/db.h"

#define BACKUP_FORMAT 1
// A manifest's member with the facts below.
#define BACKUP_FACTS "facts"

// What a database holds, to be compared after a restore: engine, migrations, rows of each table, the
// head of each chain of the log. The caller owns the result (json_decref).
MUST_CHECK enum err backup_facts(struct arena *a, struct db_read *db, enum db_engine engine,
                                 json_t **out, struct err_info *e);

#endif
