// SPDX-License-Identifier: AGPL-3.0-or-later
//
// record_rights.h: who may see and write a record of any kind: one answer for the command line with
// --as and for the JSON API.
//
// who NULL is the owner of the workspace at the command line, who may do everything. Kinds that are
// admin_only are for administrators, those for_work for who works with the records. What
// somebody may not read is answered like what does not exist.

#ifndef RECORD_RECORD_RIGHTS_H
#define RECORD_RECORD_RIGHTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/rights.h"
#include "store/store.h"

// May this be done in this programme (NULL: in the organisation)?
bool record_may(const struct identity *who, enum verb verb, const char *programme_id);
// May records of this kind be written (created, changed, deleted) in this programme?
bool record_may_write(const struct identity *who, const struct entity *kind,
                      const char *programme_id);

// The programme whose rights count for a record, in the arena; NULL: the organisation.
MUST_CHECK enum err record_programme(struct db_read *db, struct arena *a, const struct record *r,
                                     const char **programme_id, struct err_info *e);
// May this be done with this record? verb is MAY_READ or MAY_EXPORT. What belongs to the organisation
// is open to whoever has the right anywhere.
MUST_CHECK enum err record_visible(struct db_read *db, struct arena *a, const struct identity *who,
                                   enum verb verb, const struct record *r, bool *yes,
                                   struct err_info *e);
// Drops the rows that are not visible; *n becomes smaller.
MUST_CHECK enum err record_keep_visible(struct db_read *db, struct arena *a,
                                        const struct identity *who, enum verb verb,
                                        struct record **rows, size_t *n, struct err_info *e);
// By id or code. ERR_NOT_FOUND in the same words when there is none and when it may not be read.
MUST_CHECK enum err record_get_visible(struct db_read *db, struct arena *a,
                                       const struct identity *who, const struct entity *kind,
                                       const char *key, struct record **r, struct err_info *e);
// By code, in the programme that is named by its id or number; of kinds with a code that lie within one. Errors as above.
MUST_CHECK enum err record_get_in_programme(struct db_read *db, struct arena *a, const struct identity *who,
                                            const struct entity *kind, const char *programme, const char *code,
                                            struct record **r, struct err_info *e);

// Condition "field is value" of a list; name is "id" or a field of the kind. The value may be the code
// of a record that the person may read; "" asks for what is empty. Errors name the field.
MUST_CHECK enum err record_filter(struct db_read *db, struct arena *a, const struct identity *who,
                                  const struct entity *kind, const char *name, const char *value,
                                  struct store_filter *out, struct err_info *e);

#endif
