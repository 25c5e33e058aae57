// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_sisters_web.c: the warning that sisters of an indicator are split and it is not, and adding the
// split. The rule is in result_library.c.

#include <string.h>

#include "programme/programme_web.h"
#include "result/result.h"
#include "result/result_library.h"
#include "result/result_parts_web.h"
#include "result/result_sisters.h"
#include "result/result_sisters.html.h"
#include "result/result_web.h"

static const char *const codes[SPLITS] = {"sex", "age"};

static enum err find(struct req *r, const struct record *indicator, unsigned *missing,
                     const char *by[SPLITS], struct err_info *e)
{
    struct record **all;
    size_t n;
    enum err err = store_list_by(r->db, r->arena, &entity_indicator, "programme_id",
                                 r->programme->id, &all, &n, e);
    if (err == ERR_NONE) {
        *missing = sisters_missing(r->arena, all, n, indicator, by);
    }
    return err;
}

enum err sisters_fill(struct req *r, const struct record *indicator, bool *any,
                      struct result_sisters_view *out, struct err_info *e)
{
    unsigned missing = 0;
    const char *by[SPLITS];
    enum err err = find(r, indicator, &missing, by, e);
    *any = missing != 0;
    *out = (struct result_sisters_view){.lines = ARENA_ARRAY(r->arena, struct sister_line, SPLITS)};
    for (int bit = 0; err == ERR_NONE && bit < SPLITS; bit++) {
        if ((missing >> bit & 1) != 0) {
            out->lines[out->n_lines++] =
                (struct sister_line){tr(r->lang, pack_split_label(codes[bit])), by[bit]};
        }
    }
    if (*any && result_may(r, MAY_WRITE)) {
        out->add = result_indicator_address(r, indicator->id, "/split");
        out->change = arena_printf(r->arena, "%s#f-split_note",
                                   result_indicator_address(r, indicator->id, "/change"));
    }
    return err;
}

static enum err split_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct result_line *line;
    unsigned missing = 0;
    const char *by[SPLITS];
    enum err err = result_line_of_path(r, &line, e);
    if (err == ERR_NONE) {
        err = find(r, line->record, &missing, by, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct record *k = record_copy(r->arena, line->record);
    unsigned asks = library_indicator_asks(k) | missing;
    record_set_text(k, "disaggregation",
                    asks == 0 ? NULL
                              : arena_printf(r->arena, " %s%s", (asks & SPLIT_SEX) != 0 ? "sex " : "",
                                             (asks & SPLIT_AGE) != 0 ? "age " : ""));
    err = programme_save_one(r, k, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The split is added. Values entered from now on ask for it.")),
                    k->version);
        reply_redirect(r, p, "/programmes/{0}/indicators/{1}", record_text(r->programme, "number"),
                       k->id, NULL);
    }
    return err;
}

const struct route route_indicator_split = {
    .path = "/programmes/{programme}/indicators/{indicator}/split",
    .needs = MAY_WRITE,
    .post = split_post,
    .title = MSG("Add a split"),
    .menu = MENU_PROGRAMMES,
};
