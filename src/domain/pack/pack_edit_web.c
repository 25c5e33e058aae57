// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_edit_web.c: changing a tool of the office: /library/{pack}/{tool}/edit, all its rows. Each save is one
// change of one record, the file of the tool, and can be undone from its history.

#include <string.h>

#include "base/bug.h"
#include "pack/pack_edit.html.h"
#include "pack/pack_own_web.h"

// ---- the page -----------------------------------------------------------------------------------

static struct edit_row row_of(struct req *r, const struct pack_tool *t, const struct pack_row *row)
{
    return (struct edit_row){
        .id = row->id,
        .text = row->text != NULL ? row->text : row->same_as,
        .change = arena_printf(r->arena, "%s/%s", own_tool_address(r, "/edit"),
                               url_escape(r->arena, row->id)),
        .state = row->origin == NULL ? tr(r->lang, MSG("our own row"))
                 : row->was != NULL  ? tr(r->lang, MSG("changed by us"))
                                     : NULL,
        .sub = row->parent != NULL,
        .hidden = !tool_row_is_shown(t, row),
        .may_show = row->hidden == PACK_YES,
        .first = draft_neighbour(t, row, true) == NULL,
        .last = draft_neighbour(t, row, false) == NULL,
    };
}

static struct edit_section section_of(struct req *r, const struct pack_tool *t, const char *id,
                                      const char *title)
{
    struct edit_section s = {.title = title,
                             .rows = ARENA_ARRAY(r->arena, struct edit_row, (size_t)t->n_rows + 1)};
    for (unsigned i = 0; i < t->n_rows; i++) {
        const char *section = t->rows[i].section;
        if (id == NULL || (section != NULL && strcmp(section, id) == 0)) {
            s.rows[s.n_rows++] = row_of(r, t, &t->rows[i]);
        }
    }
    if (own_rows_can_be_added(t)) {
        s.add = id == NULL ? own_tool_address(r, "/add")
                           : arena_printf(r->arena, "%s?section=%s", own_tool_address(r, "/add"),
                                          url_escape(r->arena, id));
    }
    return s;
}

// Each scale the tool or a row of it is answered on, once.
static void fill_answers(struct req *r, const struct own_tool *t, struct pack_edit_view *v)
{
    v->answers = ARENA_ARRAY(r->arena, struct edit_answers, (size_t)t->draft->n_rows + 1);
    for (unsigned i = 0; i <= t->draft->n_rows; i++) {
        const char *id = i == 0 ? t->draft->scale : t->draft->rows[i - 1].scale;
        const struct pack_scale *scale = id == NULL ? NULL : pack_scale(t->pack, id);
        bool there = false;
        for (size_t k = 0; scale != NULL && k < v->n_answers; k++) {
            there = there || strcmp(v->answers[k].id, id) == 0;
        }
        if (scale != NULL && !there) {
            v->answers[v->n_answers++] = (struct edit_answers){
                .id = id,
                .title = scale->title == NULL ? id : pack_words(t->pack, r->lang, id, scale->title),
                .address = arena_printf(r->arena, "%s?scale=%s", own_tool_address(r, "/scale"),
                                        url_escape(r->arena, id))};
        }
    }
}

static void fill_about(struct req *r, const struct own_tool *t, struct pack_edit_view *v)
{
    const struct pack_scale *scale =
        t->draft->scale == NULL ? NULL : pack_scale(t->pack, t->draft->scale);
    const char *levels = NULL;
    for (unsigned i = 0; scale != NULL && i < scale->n_levels; i++) {
        levels = i == 0 ? scale->levels[0].title
                        : arena_printf(r->arena, "%s, %s", levels, scale->levels[i].title);
    }
    v->scale = levels;
    fill_answers(r, t, v);
    if (t->from != NULL) {
        v->origin = tr_f(r->arena, r->lang, MSG("{0}, version {1}"), t->from->id,
                         t->draft->origin.version, NULL);
        v->origin_address =
            url_make(r->arena, "/library/{0}/{1}", t->from->pack->id, t->from->id, NULL);
        v->compare = own_tool_address(r, "/compare");
    }
    v->history = own_tool_address(r, "/history");
}

static enum err edit_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct own_tool t;
    size_t n_crumbs;
    enum err err = own_tool_load(r, &t, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct pack_edit_view v = {
        .action = own_tool_address(r, "/edit"),
        .about = own_tool_address(r, "/about"),
        .sections = ARENA_ARRAY(r->arena, struct edit_section, (size_t)t.draft->n_sections + 1),
    };
    for (unsigned i = 0; i < t.draft->n_sections; i++) {
        v.sections[v.n_sections++] =
            section_of(r, t.draft, t.draft->sections[i].id, t.draft->sections[i].title);
    }
    if (v.n_sections == 0) {
        v.sections[v.n_sections++] = section_of(r, t.draft, NULL, NULL);
    }
    fill_about(r, &t, &v);
    const struct crumb *crumbs = own_tool_crumbs(r, &t, false, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(r->arena, r->lang, MSG("Change “{0}”"), t.draft->title, NULL),
                              .about = tr(r->lang, MSG("Rows can be reworded, hidden and reordered, and new "
                                                       "ones added. Everybody sees a change at once; each can "
                                                       "be undone.")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs});
    pack_edit_html(&h, &v);
    return page_end(&h, e);
}

static enum err do_one(struct req *r, struct pack_own_edit *x, void *with, struct err_info *e)
{
    (void)with;
    const char *what = req_posted(r, "do"), *id = req_posted(r, "row");
    struct pack_row *row = draft_row(x->tool, id);
    if (row == NULL) {
        return own_no_row(id, e);
    }
    if (strcmp(what, "hide") == 0) {
        row->hidden = PACK_YES;
    } else if (strcmp(what, "show") == 0) {
        row->hidden = PACK_YES_NONE;
    } else {
        (void)draft_move(r->arena, x->tool, id, strcmp(what, "up") == 0); // at the end: nothing changes
    }
    return ERR_NONE;
}

static enum err edit_post(struct req *r, struct reply *p, struct err_info *e)
{
    const char *version;
    const char *what = req_posted(r, "do"), *id = req_posted(r, "row");
    enum err err = own_tool_change(r, do_one, NULL, &version, e);
    if (err == ERR_NONE) {
        reply_flash(p,
                    tr_f(r->arena, r->lang,
                         strcmp(what, "hide") == 0   ? MSG("{0} is hidden.")
                         : strcmp(what, "show") == 0 ? MSG("{0} is shown again.")
                                                     : MSG("{0} was moved."),
                         id, NULL),
                    version);
        reply_redirect(r, p, "/library/{0}/{1}/edit#{2}", req_capture(r, "pack"),
                       req_capture(r, "tool"), id, NULL);
    }
    return err;
}

static const struct choice what_choices[] = {
    {"hide", MSG("Hide")}, {"show", MSG("Show")}, {"up", MSG("Up")}, {"down", MSG("Down")}, {NULL, NULL}};
static const struct field edit_fields[] = {
    {.name = "row", .label = MSG("Row"), .type = FIELD_TEXT, .data_class = CLASS_C1, .required = true,
     .max = 100},
    {.name = "do", .label = MSG("What to do"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = what_choices},
};

const struct route pack_edit_page = {
    .path = "/library/{pack}/{tool}/edit",
    .needs = MAY_ADMINISTER,
    .get = edit_get,
    .post = edit_post,
    .fields = edit_fields,
    .n_fields = COUNT_OF(edit_fields),
    .title = MSG("Change this tool"),
    .menu = MENU_LIBRARY,
};
