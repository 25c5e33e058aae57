// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_json.h: packs, tools, rows and levels as JSON; names are those of the files.

#ifndef PACK_PACK_JSON_H
#define PACK_PACK_JSON_H

#include "format/json/json_write.h"
#include "pack/pack.h"
#include "pack/pack_official.h"

// A row without what it does not have. `whole` (a row shown alone): also where it stands, and the members
// official, refs, refs_printed, corrections, articles and suggested_by even when they are empty.
void pack_json_row(struct json_out *j, const struct pack_tool *t, const struct pack_row *r,
                   const struct official *o, bool whole);
// A level of a scale that has an id in the inventory of the document.
void pack_json_level(struct json_out *j, const struct pack *p, const struct pack_scale *s,
                     const struct pack_level *level, const struct official *o);
// Something of a tool that is no row here: an expected result, a goal, a blank row (text NULL).
void pack_json_part(struct json_out *j, const struct pack_tool *t, const char *id, const char *text,
                    const struct official *o);
void pack_json_tool(struct json_out *j, const struct pack_tool *t, const struct official *o, bool rows);
void pack_json_pack(struct json_out *j, const struct pack *p);
// The wording of a row as an object, cell by cell; null when there is none.
void pack_json_official(struct json_out *j, const struct official *o, const char *row);

#endif
