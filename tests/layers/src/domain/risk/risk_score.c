// Planted: a rules file that reads the database, calls the clock, and the private header of a noun.
#include <sqlite3.h>

#include "db/db.h"
#include "pack/pack_private.h"
#include "risk/risk.h"
#include "risk/risk_sql.h"
long time(long *t);
int sprintf(char *to, const char *form, ...);
int risk_store_hidden(void);
int risk_score(char *to) { return sprintf(to, "%ld", time(0)) + risk_store_hidden(); }
