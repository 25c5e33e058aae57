// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access.h: people who sign in and what they may do.

#ifndef ACCESS_ACCESS_H
#define ACCESS_ACCESS_H

#include "base/err.h"
#include "model/model.h"

extern const struct entity entity_user;
extern const struct entity entity_role_grant;

// Rules over several fields of one record.
enum err user_check(const struct record *r, struct err_info *e);
enum err role_grant_check(const struct record *r, struct err_info *e);

#endif
