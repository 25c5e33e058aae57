// Planted: base includes a folder above it.
#include "db/db.h"
int base_up(void) { return 0; }
