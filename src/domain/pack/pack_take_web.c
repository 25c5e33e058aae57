// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_take_web.c: see pack_take_web.h. The files are made by report/tool_report_web.c.

#include "pack/pack_take_web.h"

struct pack_take pack_take_of(const struct req *r, const struct pack_tool *tool, const char *file)
{
    return (struct pack_take){
        .title = pack_words(tool->pack, r->lang, tool->id, tool->title),
        .id = tool->id,
        .file = file,
        .blank = url_make(r->arena, "/library/{0}/{1}/form/", tool->pack->id, tool->id, NULL)};
}

struct pack_take *pack_takes_of(const struct req *r, enum pack_kind kind, bool may_export, size_t *n)
{
    const char *number = record_text(r->programme, "number");
    size_t n_packs, n_tools, most = 0;
    const struct pack *const *packs = pack_all(&n_packs);
    for (size_t p = 0; p < n_packs; p++) {
        (void)pack_tools(packs[p], &n_tools);
        most += n_tools;
    }
    struct pack_take *takes = ARENA_ARRAY(r->arena, struct pack_take, most + 1);
    *n = 0;
    for (size_t p = 0; p < n_packs; p++) {
        const struct pack_tool *const *tools = pack_tools(packs[p], &n_tools);
        for (size_t t = 0; t < n_tools; t++) {
            if (tools[t]->kind == kind) {
                takes[(*n)++] = pack_take_of(
                    r, tools[t],
                    may_export ? url_make(r->arena, "/programmes/{0}/tools/{1}/file/", number, tools[t]->id, NULL)
                               : NULL);
            }
        }
    }
    return takes;
}
