// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_choice_web.c: see pack_choice_web.h.

#include "pack/pack_choice_web.h"

#include <string.h>

#include "pack/pack_own.h"

const char *pack_choice_address(struct arena *a, const char *address, const struct pack_tool *tool)
{
    return tool->origin.tool == NULL
               ? address
               : arena_printf(a, "%s%stool=%s", address, strchr(address, '?') == NULL ? "?" : "&",
                              url_escape(a, tool->id));
}

enum err pack_choice_make(struct req *r, const char *family, const char *address,
                          struct pack_choice *out, struct err_info *e)
{
    const struct pack_tool **tools;
    enum err err = pack_own_look(r->db, e);
    *out = (struct pack_choice){0};
    if (err != ERR_NONE) {
        return err;
    }
    out->tool = pack_family_tool(family, req_query(r, "tool"));
    if (out->tool == NULL) {
        return err_set(e, ERR_NOT_FOUND, "tool", MSG("There is no such tool."),
                       MSG("Choose one in the library."), NULL);
    }
    size_t n = pack_family(r->arena, family, &tools);
    out->chips = ARENA_ARRAY(r->arena, struct pack_choice_chip, n + 1);
    for (size_t i = 0; i < n && n > 1; i++) {
        out->chips[out->n_chips++] = (struct pack_choice_chip){
            .label = pack_words(tools[i]->pack, r->lang, tools[i]->id, tools[i]->title),
            .id = tools[i]->id,
            .address = pack_choice_address(r->arena, address, tools[i]),
            .on = tools[i] == out->tool};
    }
    return ERR_NONE;
}
