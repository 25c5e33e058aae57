// SPDX-License-Identifier: AGPL-3.0-or-later
#include "db/db_private.h"
const struct db_driver db_driver_postgres = {.engine = DB_POSTGRES};
