// SPDX-License-Identifier: AGPL-3.0-or-later
//
// notice.h: what the standing checks find, as a kind of record that is computed, never stored.

#ifndef NOTICE_NOTICE_H
#define NOTICE_NOTICE_H

#include "model/check.h"
#include "model/model.h"

extern const struct entity entity_notice;

// What people call a check: "Money" of "budget"; its own name when nobody has given it a word.
const char *notice_check_word(const struct lang *lang, const char *check);

#endif
