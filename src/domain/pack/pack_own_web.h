// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_own_web.h: what the pages share on which an administrator changes a tool of the office.

#ifndef PACK_PACK_OWN_WEB_H
#define PACK_PACK_OWN_WEB_H

#include "html/page.h"
#include "http/http.h"
#include "pack/pack_adapt.h"
#include "pack/pack_own.h"

// A tool as its file says, and the tool it was copied from.
struct own_tool {
    const struct pack *pack;
    struct pack_tool *draft;
    struct record *file;
    const struct pack_tool *from; // NULL: it is no copy, or the original is gone
};
// That of {pack} and {tool}, as another process may just have left it; ERR_NOT_FOUND for a tool of the
// program.
MUST_CHECK enum err own_tool_load(struct req *r, struct own_tool *out, struct err_info *e);
MUST_CHECK enum err own_no_row(const char *id, struct err_info *e);
// Address below the tool: "/edit".
const char *own_tool_address(struct req *r, const char *below);
const struct crumb *own_tool_crumbs(struct req *r, const struct own_tool *t, bool below_edit, size_t *n);

// Changes the tool of the path in one transaction: fn gets it to change.
typedef enum err own_tool_do(struct req *r, struct pack_own_edit *x, void *with, struct err_info *e);
MUST_CHECK enum err own_tool_change(struct req *r, own_tool_do *fn, void *with, const char **version,
                                    struct err_info *e);

// ERR_CONFLICT when the tool is another than the form was filled from (field read_version).
MUST_CHECK enum err own_check_read(struct req *r, const struct pack_own_edit *x, struct err_info *e);

// Scales a tool of the pack may be answered on: its own, and those of the packs it needs.
struct own_scale {
    const char *id;
    const char *label; // "Yes, in part, no: Yes, In part, No, Does not apply"
    bool chosen;
};
struct own_scale *own_scales(struct req *r, const struct pack *p, const char *chosen, size_t *n);
// Do rows of this tool have a scale of their own, may people add rows to it?
bool own_rows_have_scales(const struct pack_tool *t);
bool own_rows_can_be_added(const struct pack_tool *t);
// What was posted for the words of a row; NULL for what the form of this tool does not ask.
MUST_CHECK enum err own_rewording(struct req *r, const struct pack_tool *t, struct pack_rewording *out,
                                  struct err_info *e);
// Does the form for a row of this kind of tool ask a field, and must it be filled in?
bool own_row_asks(const struct pack_tool *t, const char *field);
bool own_row_needs(const struct pack_tool *t, const char *field);
#define OWN_ROW_FIELDS 7
extern const struct field own_row_fields[OWN_ROW_FIELDS];

#endif
