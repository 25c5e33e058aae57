// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_adopt_web.c: rows of tool 4.3.3 to adopt as indicators.

#include <string.h>

#include "html/page.h"
#include "result/result.h"
#include "result/result_adopt.html.h"
#include "result/result_web.h"

static const struct record *adopted(struct record *const *indicators, size_t n, const char *row)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(record_text(indicators[i], "row"), row) == 0) {
            return indicators[i];
        }
    }
    return NULL;
}

static void fill_group(struct req *r, const struct pack_tool *tool, struct record *const *indicators,
                       size_t n, struct adopt_group *group)
{
    group->rows = ARENA_ARRAY(r->arena, struct adopt_row, tool->n_rows + 1);
    for (unsigned i = 0; i < tool->n_rows; i++) {
        const struct pack_row *row = &tool->rows[i];
        if (row->result == NULL || strcmp(row->result, group->id) != 0) {
            continue;
        }
        const struct record *taken = adopted(indicators, n, row->id);
        group->rows[group->n_rows++] = (struct adopt_row){
            .row = row,
            .text = pack_words(tool->pack, r->lang, row->id, row->text),
            .unit = tr(r->lang, pack_unit_label(row->unit)),
            .choose = arena_printf(r->arena, "%s?row=%s", result_address(r, "/new"),
                                   url_escape(r->arena, row->id)),
            .taken = taken == NULL ? NULL : result_short_code(taken),
            .taken_address =
                taken == NULL ? NULL : result_indicator_address(r, taken->id, ""),
        };
    }
}

static enum err adopt_get(struct req *r, struct reply *p, struct err_info *e)
{
    const struct pack_tool *tool = pack_tool_anywhere(RESULT_TOOL);
    struct record **indicators;
    size_t n, n_crumbs;
    if (tool == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no tool {0}."), NULL, RESULT_TOOL,
                       NULL);
    }
    enum err err = store_list_by(r->db, r->arena, &entity_indicator, "programme_id",
                                 r->programme->id, &indicators, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct result_adopt_view v = {
        .groups = ARENA_ARRAY(r->arena, struct adopt_group, tool->n_results + 1),
        .n_groups = tool->n_results};
    for (unsigned i = 0; i < tool->n_results; i++) {
        const struct pack_result *result = &tool->results[i];
        v.groups[i] = (struct adopt_group){
            .id = result->id,
            .title = pack_words(tool->pack, r->lang, result->id, result->title)};
        fill_group(r, tool, indicators, n, &v.groups[i]);
    }
    const struct crumb *crumbs = result_crumbs(r, NULL, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Adopt indicators from the Toolkit")),
                              .about = tr(r->lang, MSG("Indicators of tool 4.3.3, by the result they "
                                                       "show.")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .width = PAGE_WIDE});
    result_adopt_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_indicator_adopt = {
    .path = "/programmes/{programme}/indicators/adopt",
    .needs = MAY_WRITE,
    .get = adopt_get,
    .title = MSG("Adopt indicators from the Toolkit"),
    .menu = MENU_PROGRAMMES,
};
