// SPDX-License-Identifier: AGPL-3.0-or-later
//
// notice.h: what the standing checks find, as a kind of record that is computed, never stored.

#ifndef NOTICE_NOTICE_H
#define NOTICE_NOTICE_H

#include "model/check.h"
#include "model/model.h"

struct db_read;

extern const struct entity entity_notice;

// Runs all checks on one programme, or on everything when programme_id is NULL. lang is the reader's.
MUST_CHECK enum err notice_run_all(struct arena *a, const struct lang *lang, struct db_read *db,
                                   const char *programme_id, struct notice_list *out,
                                   struct err_info *e);

// What people call a check: "Money" of "budget"; its own name when nobody has given it a word.
const char *notice_check_word(const struct lang *lang, const char *check);

#endif
