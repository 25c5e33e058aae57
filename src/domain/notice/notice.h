// SPDX-License-Identifier: AGPL-3.0-or-later
//
// notice.h: what the standing checks find, as a kind of record that is computed, never stored.

#ifndef NOTICE_NOTICE_H
#define NOTICE_NOTICE_H

#include "model/check.h"
#include "model/model.h"

extern const struct entity entity_notice;

#endif
