// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_origin_web.c: where an indicator comes from and what is different, on its page; taking note of a
// row that the library changed.

#include <string.h>

#include "programme/programme_web.h"
#include "result/result.h"
#include "result/result_library.h"
#include "result/result_origin.html.h"
#include "result/result_parts_web.h"
#include "result/result_web.h"

// ---- points -------------------------------------------------------------------------------------

static void fill_lines(struct req *r, const struct library_view *l, struct result_origin_view *v)
{
    v->lines = ARENA_ARRAY(r->arena, struct origin_line, LIBRARY_POINTS);
    v->same = ARENA_ARRAY(r->arena, struct origin_line, LIBRARY_POINTS);
    for (int i = 0; i < LIBRARY_POINTS; i++) {
        const struct library_point *p = &l->points[i];
        bool empty = p->ours[0] == '\0' && p->theirs[0] == '\0' &&
                     (p->then == NULL || p->then[0] == '\0');
        if (empty) {
            continue;
        }
        bool of_definition = (i == LIBRARY_PART || i == LIBRARY_WHOLE) && p->ours[0] == '\0';
        struct origin_line *line = p->adapted || p->moved ? &v->lines[v->n_lines++]
                                                          : &v->same[v->n_same++];
        *line = (struct origin_line){
            .label = tr(r->lang, library_point_label((enum library_what)i)),
            .ours = of_definition ? tr(r->lang, MSG("See the definition"))
                                  : library_point_words(r->arena, r->lang, (enum library_what)i, p->ours),
            .theirs = library_point_words(r->arena, r->lang, (enum library_what)i, p->theirs),
            .then = library_point_words(r->arena, r->lang, (enum library_what)i, p->then),
            .adapted = p->adapted,
            .moved = p->moved};
    }
}

// ---- rights -------------------------------------------------------------------------------------

static struct origin_article article_of(struct req *r, const struct pack_article *a)
{
    const struct pack_tool *tool;
    const struct pack_row *row = a->instrument == NULL ? NULL : pack_row_anywhere(a->instrument, &tool);
    if (row == NULL) {
        return (struct origin_article){a->name == NULL ? a->instrument : a->name, NULL, a->article};
    }
    return (struct origin_article){row->short_name != NULL ? row->short_name : row->text,
                                   result_row_address(r, tool, row->id), a->article};
}

static void fill_rights(struct req *r, const struct pack_row *row, struct result_origin_view *v)
{
    v->rights = ARENA_ARRAY(r->arena, struct origin_right, row->n_serves + 1);
    for (unsigned i = 0; i < row->n_serves; i++) {
        const struct pack_tool *tool;
        const struct pack_row *right = pack_row_anywhere(row->serves[i], &tool);
        if (right == NULL) {
            continue;
        }
        struct origin_right *o = &v->rights[v->n_rights++];
        *o = (struct origin_right){
            .text = pack_words(tool->pack, r->lang, right->id, right->text),
            .address = result_row_address(r, tool, right->id),
            .articles = ARENA_ARRAY(r->arena, struct origin_article, right->n_articles + 1)};
        for (unsigned k = 0; k < right->n_articles; k++) {
            o->articles[o->n_articles++] = article_of(r, &right->articles[k]);
        }
    }
}

bool origin_fill(struct req *r, const struct record *indicator, struct result_origin_view *out)
{
    const struct pack_tool *tool = NULL;
    struct library_view l;
    const char *id = record_text(indicator, "row");
    if (id[0] == '\0') {
        return false;
    }
    const struct pack_row *row = library_row(id, &tool);
    library_compare(r->arena, r->lang, tool, row, indicator, &l);
    *out = (struct result_origin_view){
        .row = id,
        .adapted = l.adapted,
        .moved = l.moved,
        .version_then = l.version_then,
        .version_now = row == NULL ? NULL : tool->pack->version,
        .seen = l.moved && result_may(r, MAY_WRITE)
                    ? result_indicator_address(r, indicator->id, "/row-seen")
                    : NULL};
    if (row == NULL) {
        return true;
    }
    const struct pack_result *expected = row->result == NULL ? NULL : tool_result(tool, row->result);
    out->address = result_row_address(r, tool, row->id);
    out->area = pack_words(tool->pack, r->lang, tool->id, tool->title);
    out->expected = expected == NULL ? NULL
                                     : pack_words(tool->pack, r->lang, expected->id, expected->title);
    out->corrected = row->n_corrections == 0
                         ? NULL
                         : pack_words(tool->pack, r->lang, row->id, row->corrections[0].why);
    fill_lines(r, &l, out);
    fill_rights(r, row, out);
    return true;
}

// ---- taking note --------------------------------------------------------------------------------

// The row as it is now becomes what was adopted; our words stay.
static enum err seen_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct result_line *line;
    const struct pack_tool *tool;
    enum err err = result_line_of_path(r, &line, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct pack_row *row = library_row(record_text(line->record, "row"), &tool);
    if (row == NULL) {
        return err_set(e, ERR_CONFLICT, NULL, MSG("The library has no such row."),
                       MSG("Load the page of the indicator again."), NULL);
    }
    struct record *k = record_copy(r->arena, line->record);
    record_set_text(k, "row_adopted", library_row_words(r->arena, tool, row));
    err = programme_save_one(r, k, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("Noted. Ours stays as it is.")), k->version);
        reply_redirect(r, p, "/programmes/{0}/indicators/{1}", record_text(r->programme, "number"),
                       k->id, NULL);
    }
    return err;
}

const struct route route_indicator_row_seen = {
    .path = "/programmes/{programme}/indicators/{indicator}/row-seen",
    .needs = MAY_WRITE,
    .post = seen_post,
    .title = MSG("The library changed a row"),
    .menu = MENU_PROGRAMMES,
};
