// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe.h: the theory of change of a programme, its logframe, and named versions of it.
//
// A theory is a version of how results lead to each other; a programme keeps several. Its links belong to
// it. A version of the logframe is a name and a time: what stood in it is read from the change log.

#ifndef LOGFRAME_LOGFRAME_H
#define LOGFRAME_LOGFRAME_H

#include "base/err.h"
#include "model/model.h"

struct db_read;

extern const struct entity entity_theory;
extern const struct entity entity_result_link;
extern const struct entity entity_logframe_version;

// Rules over one record. A result does not lead to itself; a version names a day or a moment.
enum err result_link_check(const struct record *r, struct err_info *e);
enum err logframe_version_check(const struct record *r, struct err_info *e);

// Asked by the store before each save (entity.guard): both results belong to the programme of the theory,
// the same link is not there already, and no result leads back to itself over other links.
enum err result_link_guard(struct arena *a, struct db_read *db, const struct record *before,
                           const struct record *after, struct err_info *e);

#endif
