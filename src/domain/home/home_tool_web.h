// SPDX-License-Identifier: AGPL-3.0-or-later
//
// home_tool_web.h: where a tool of the library is worked with.

#ifndef HOME_HOME_TOOL_WEB_H
#define HOME_HOME_TOOL_WEB_H

#include <stdbool.h>

#include "base/arena.h"
#include "pack/pack.h"

// The page of a tool in a programme (its number), or in a country (its code); NULL where it is only read. A page for a
// tool and its copies is asked for the copy. country NULL: a tool about countries leads to the list of them.
const char *home_tool_address(struct arena *a, const struct pack_tool *t, const char *programme, const char *country);
// Is it worked with in countries, whatever the programme?
bool home_tool_is_of_countries(const struct pack_tool *t);

#endif
