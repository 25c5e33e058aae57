// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_web.c: see result_web.h.

#include "result/result_web.h"

#include <string.h>

#include "os/clock.h"
#include "result/result.h"

const struct pack_row *result_row(const char *id)
{
    const struct pack_tool *tool = pack_tool_anywhere(RESULT_TOOL);
    return tool == NULL || id[0] == '\0' ? NULL : tool_row(tool, id);
}

const char *result_address(struct req *r, const char *rest)
{
    return arena_printf(r->arena, "%s%s",
                        url_make(r->arena, "/programmes/{0}/indicators",
                                 record_text(r->programme, "number"), NULL),
                        rest);
}

const char *result_indicator_address(struct req *r, const char *indicator_id, const char *below)
{
    return arena_printf(r->arena, "%s/%s%s", result_address(r, ""),
                        url_escape(r->arena, indicator_id), below);
}

const char *result_short_code(const struct record *indicator)
{
    const char *code = record_text(indicator, "code");
    const char *stroke = strrchr(code, '/');
    return stroke == NULL ? code : stroke + 1;
}

const struct crumb *result_crumbs(struct req *r, const struct record *indicator, size_t *n)
{
    const char *number = record_text(r->programme, "number");
    struct crumb *c = ARENA_ARRAY(r->arena, struct crumb, 4);
    c[0] = (struct crumb){tr(r->lang, MSG("Programmes")), "/programmes"};
    c[1] = (struct crumb){number, url_make(r->arena, "/programmes/{0}", number, NULL)};
    c[2] = (struct crumb){tr(r->lang, MSG("Indicators")), result_address(r, "")};
    *n = 3;
    if (indicator != NULL) {
        c[(*n)++] = (struct crumb){result_short_code(indicator),
                                   result_indicator_address(r, indicator->id, "")};
    }
    return c;
}

bool result_may(const struct req *r, enum verb verb)
{
    return identity_may(r->who, verb, r->programme->id);
}

enum err result_line_of_path(struct req *r, struct result_line **out, struct err_info *e)
{
    struct result_lines lines;
    char today[11];
    clock_today(today);
    enum err err = result_lines_load(r->db, r->arena, r->programme->id, req_capture(r, "indicator"),
                                     arena_copy(r->arena, today), &lines, e);
    if (err == ERR_NONE && lines.n == 0) {
        err = err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such indicator."),
                      MSG("Look in the list of indicators."), NULL);
    }
    if (err == ERR_NONE) {
        *out = &lines.items[0];
    }
    return err;
}

enum err result_value_of_path(struct req *r, const struct result_line *line,
                              const struct result_value **out, struct err_info *e)
{
    const char *id = req_capture(r, "observation");
    for (size_t i = 0; i < line->n_values; i++) {
        if (strcmp(line->values[i].record->id, id) == 0) {
            *out = &line->values[i];
            return ERR_NONE;
        }
    }
    return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such value."),
                   MSG("Look in the values of the indicator."), NULL);
}
