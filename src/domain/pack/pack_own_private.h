// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_own_private.h: what the files pack_own_*_store.c share.

#ifndef PACK_PACK_OWN_PRIVATE_H
#define PACK_PACK_OWN_PRIVATE_H

#include "pack/pack_own.h"

// The files of a pack as they are in the workspace, none where there is no such pack; nothing is read yet.
MUST_CHECK enum err pack_own_inner(struct db_read *db, struct arena *a, const char *id,
                                   struct pack_inner **out, struct err_info *e);
// ERR_INPUT when a pack of the program is called so.
MUST_CHECK enum err pack_own_check_id(const char *id, struct err_info *e);

// *out is NULL when there is no such file.
MUST_CHECK enum err pack_file_find(struct db_read *db, struct arena *a, const char *pack,
                                   const char *name, struct record **out, struct err_info *e);
// old NULL: a new file. *out, unless out is NULL: as it was saved.
MUST_CHECK enum err pack_file_save(struct store_tx *tx, struct arena *a, struct record *old,
                                   const char *pack, const char *name, const char *text,
                                   struct record **out, struct err_info *e);

#endif
