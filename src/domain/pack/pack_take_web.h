// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_take_web.h: taking a tool along: its files, filled in and as the paper form, from any page that works
// with it. {include pack_take(...)} shows one tool, {include pack_takes(...)} several as a list.

#ifndef PACK_PACK_TAKE_WEB_H
#define PACK_PACK_TAKE_WEB_H

#include "http/http.h"
#include "pack/pack.h"

struct pack_take {
    const char *title, *id; // of the tool, in the language of the person
    const char *file;       // filled in, without the format at its end; NULL: the person may not take it
    const char *blank;      // the paper form, likewise
    const char *round;      // id of an earlier round that the filled-in file is of; NULL: the newest
};
// file: as above, or NULL.
struct pack_take pack_take_of(const struct req *r, const struct pack_tool *tool, const char *file);
// All tools of a kind, those of the program and those of the office, filled in for the programme of the path.
struct pack_take *pack_takes_of(const struct req *r, enum pack_kind kind, bool may_export, size_t *n);

#endif
