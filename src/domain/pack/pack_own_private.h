// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_own_private.h: what pack_own_store.c and pack_own_tool_store.c share: one file of a pack of the office.

#ifndef PACK_PACK_OWN_PRIVATE_H
#define PACK_PACK_OWN_PRIVATE_H

#include "pack/pack_own.h"

// *out is NULL when there is no such file.
MUST_CHECK enum err pack_file_find(struct db_read *db, struct arena *a, const char *pack,
                                   const char *name, struct record **out, struct err_info *e);
// old NULL: a new file. *out, unless out is NULL: as it was saved.
MUST_CHECK enum err pack_file_save(struct store_tx *tx, struct arena *a, struct record *old,
                                   const char *pack, const char *name, const char *text,
                                   struct record **out, struct err_info *e);

#endif
