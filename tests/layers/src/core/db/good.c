// Good: db may include base and sqlite3.h.
#include <sqlite3.h>

#include "base/arena.h"
int sqlite3_threadsafe(void);
int db_good(void) { return sqlite3_threadsafe(); }
