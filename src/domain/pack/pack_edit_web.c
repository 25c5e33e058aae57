// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_edit_web.c: changing a tool of the office: /library/{pack}/{tool}/edit and what lies below it.
// Each save is one change of one record, the file of the tool, and can be undone from its history.

#include <string.h>

#include "base/bug.h"
#include "html/form.h"
#include "pack/pack_edit.html.h"
#include "pack/pack_edit_about.html.h"
#include "pack/pack_edit_row.html.h"
#include "pack/pack_own_web.h"

// ---- the page -----------------------------------------------------------------------------------

static bool same(const char *x, const char *y)
{
    return x == NULL || y == NULL ? x == y : strcmp(x, y) == 0;
}

static bool is_hidden(const struct pack_tool *t, const struct pack_row *row)
{
    while (row != NULL && row->hidden != PACK_YES) {
        row = row->parent == NULL ? NULL : tool_row(t, row->parent);
    }
    return row != NULL;
}

// Is there a row beside it, above or below, with which it could change its place?
static bool has_neighbour(const struct pack_tool *t, const struct pack_row *row, bool above)
{
    const struct pack_row *from = above ? t->rows : row + 1;
    const struct pack_row *to = above ? row : t->rows + t->n_rows;
    for (; from < to; from++) {
        if (same(from->section, row->section) && same(from->parent, row->parent) &&
            same(from->result, row->result)) {
            return true;
        }
    }
    return false;
}

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
        .hidden = is_hidden(t, row),
        .may_show = row->hidden == PACK_YES,
        .first = !has_neighbour(t, row, true),
        .last = !has_neighbour(t, row, false),
    };
}

static struct edit_section section_of(struct req *r, const struct pack_tool *t, const char *id,
                                      const char *title)
{
    struct edit_section s = {.title = title,
                             .rows = ARENA_ARRAY(r->arena, struct edit_row, (size_t)t->n_rows + 1)};
    for (unsigned i = 0; i < t->n_rows; i++) {
        if (id == NULL || same(t->rows[i].section, id)) {
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
    enum err err = pack_own_look(r->db, e);
    err = err == ERR_NONE ? own_tool_load(r, &t, e) : err;
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

static enum err no_row(const char *id, struct err_info *e)
{
    return err_set(e, ERR_NOT_FOUND, "row", MSG("The tool has no row {0}."), NULL, id, NULL);
}

static enum err do_one(struct req *r, struct pack_own_edit *x, void *with, struct err_info *e)
{
    (void)with;
    const char *what = req_posted(r, "do"), *id = req_posted(r, "row");
    struct pack_row *row = draft_row(x->tool, id);
    if (row == NULL) {
        return no_row(id, e);
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

// ---- the words of a row -------------------------------------------------------------------------

static const char *lines_of(struct req *r, const char *const *list, unsigned n)
{
    const char *all = "";
    for (unsigned i = 0; i < n; i++) {
        all = arena_printf(r->arena, "%s%s%s", all, i == 0 ? "" : "\n", list[i]);
    }
    return all;
}

static void fill_form(struct req *r, const struct pack_row *row)
{
    const char *texts[] = {row->text, row->help, lines_of(r, row->mitigation, row->n_mitigation)};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        if (texts[i] != NULL && texts[i][0] != '\0') {
            r->form->values[i] = (struct value){.set = true, .text = texts[i]};
        }
    }
}

static enum err show_row(struct req *r, struct reply *p, const struct own_tool *t,
                         const struct pack_row *row, struct err_info *e)
{
    size_t n_crumbs;
    const struct crumb *crumbs = own_tool_crumbs(r, t, true, &n_crumbs);
    const char *scale = r->form->n_typed > 0 ? req_posted(r, "scale")
                        : row != NULL        ? row->scale
                                             : NULL;
    struct pack_edit_row_view v = {
        .form = r->form,
        .action = r->address,
        .cancel = own_tool_address(r, "/edit"),
        .submit = row == NULL ? tr(r->lang, MSG("Add this row")) : tr(r->lang, MSG("Save")),
        .measures = t->draft->kind == PACK_KIND_RISK_TABLE,
        .version = row == NULL ? NULL : t->file->version,
        .then = row != NULL && row->was != NULL && !same(row->was->text, row->text) ? row->was->text
                                                                                    : NULL,
    };
    if (own_rows_have_scales(t->draft)) {
        v.scales = own_scales(r, t->pack, scale, &v.n_scales);
    }
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = row == NULL
                                           ? tr(r->lang, MSG("Add a row"))
                                           : tr_f(r->arena, r->lang, MSG("Reword {0}"), row->id, NULL),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .width = PAGE_NARROW});
    pack_edit_row_html(&h, &v);
    return page_end(&h, e);
}

static enum err row_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct own_tool t;
    enum err err = own_tool_load(r, &t, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct pack_row *row = tool_row(t.draft, req_capture(r, "row"));
    if (row == NULL) {
        return no_row(req_capture(r, "row"), e);
    }
    if (r->form->n_typed == 0) {
        fill_form(r, row);
    }
    return show_row(r, p, &t, row, e);
}

static enum err reword(struct req *r, struct pack_own_edit *x, void *with, struct err_info *e)
{
    (void)with;
    struct pack_row *row = draft_row(x->tool, req_capture(r, "row"));
    const char *read = req_posted(r, "read_version");
    if (row == NULL) {
        return no_row(req_capture(r, "row"), e);
    }
    if (read[0] != '\0' && strcmp(read, x->record->version) != 0) {
        return err_set(e, ERR_CONFLICT, NULL,
                       MSG("Somebody else changed this tool while you were working on it."),
                       MSG("Look at the row as it is now, then enter your change again."), NULL);
    }
    const struct pack_rewording w = own_rewording(r, x->tool);
    draft_reword(r->arena, x->tool, row, &w);
    return ERR_NONE;
}

static enum err row_post(struct req *r, struct reply *p, struct err_info *e)
{
    const char *version;
    enum err err = own_tool_change(r, reword, NULL, &version, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr_f(r->arena, r->lang, MSG("{0} is reworded."), req_capture(r, "row"), NULL),
                    version);
        reply_redirect(r, p, "/library/{0}/{1}/edit#{2}", req_capture(r, "pack"),
                       req_capture(r, "tool"), req_capture(r, "row"), NULL);
    }
    return err;
}

const struct route pack_edit_row_page = {
    .path = "/library/{pack}/{tool}/edit/{row}",
    .needs = MAY_ADMINISTER,
    .get = row_get,
    .post = row_post,
    .fields = own_row_fields,
    .n_fields = COUNT_OF(own_row_fields),
    .title = MSG("Reword a row"),
    .menu = MENU_LIBRARY,
};

// ---- a new row ----------------------------------------------------------------------------------

static enum err add_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct own_tool t;
    enum err err = own_tool_load(r, &t, e);
    return err != ERR_NONE ? err : show_row(r, p, &t, NULL, e);
}

static enum err add(struct req *r, struct pack_own_edit *x, void *id, struct err_info *e)
{
    const char *section = req_query(r, "section");
    const struct pack_section *of = tool_section(x->tool, section);
    if (x->tool->n_sections > 0 && of == NULL) {
        return err_set(e, ERR_INPUT, NULL, MSG("The tool has no such section."),
                       MSG("Go back and choose the section."), NULL);
    }
    const struct pack_rewording w = own_rewording(r, x->tool);
    *(const char **)id = draft_add(r->arena, x->tool, of == NULL ? NULL : of->id, &w)->id;
    return ERR_NONE;
}

static enum err add_post(struct req *r, struct reply *p, struct err_info *e)
{
    const char *version, *id = "";
    enum err err = own_tool_change(r, add, &id, &version, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr_f(r->arena, r->lang, MSG("The row {0} is added."), id, NULL), version);
        reply_redirect(r, p, "/library/{0}/{1}/edit#{2}", req_capture(r, "pack"),
                       req_capture(r, "tool"), id, NULL);
    }
    return err;
}

const struct route pack_edit_add_page = {
    .path = "/library/{pack}/{tool}/add",
    .needs = MAY_ADMINISTER,
    .get = add_get,
    .post = add_post,
    .fields = own_row_fields,
    .n_fields = COUNT_OF(own_row_fields),
    .title = MSG("Add a row"),
    .menu = MENU_LIBRARY,
};

// ---- name, purpose, scale -----------------------------------------------------------------------

static const struct field about_fields[] = {
    {.name = "title", .label = MSG("Name"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true, .max = 300},
    {.name = "purpose", .label = MSG("Purpose"), .hint = MSG("What it is for and when to use it."),
     .type = FIELD_LONG, .data_class = CLASS_C1, .required = true, .max = 4000},
};

static enum err about_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct own_tool t;
    size_t n_crumbs;
    enum err err = own_tool_load(r, &t, e);
    if (err != ERR_NONE) {
        return err;
    }
    bool typed = r->form->n_typed > 0;
    if (!typed) {
        r->form->values[0] = (struct value){.set = true, .text = t.draft->title};
        r->form->values[1] = (struct value){.set = true, .text = t.draft->purpose};
    }
    struct pack_edit_about_view v = {
        .form = r->form, .action = r->path, .cancel = own_tool_address(r, "/edit")};
    if (t.draft->scale != NULL) {
        v.scales =
            own_scales(r, t.pack, typed ? req_posted(r, "scale") : t.draft->scale, &v.n_scales);
    }
    const struct crumb *crumbs = own_tool_crumbs(r, &t, true, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Name, purpose and answers")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .width = PAGE_NARROW});
    pack_edit_about_html(&h, &v);
    return page_end(&h, e);
}

static enum err set_about(struct req *r, struct pack_own_edit *x, void *with, struct err_info *e)
{
    (void)with;
    (void)e;
    const char *scale = req_posted(r, "scale");
    x->tool->title = form_value(r->form, "title")->text;
    x->tool->purpose = form_value(r->form, "purpose")->text;
    if (x->tool->scale != NULL && scale[0] != '\0') {
        x->tool->scale = scale; // one that is not there is refused as a mistake in the pack
    }
    return ERR_NONE;
}

static enum err about_post(struct req *r, struct reply *p, struct err_info *e)
{
    const char *version;
    enum err err = own_tool_change(r, set_about, NULL, &version, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("Saved.")), version);
        reply_redirect(r, p, "/library/{0}/{1}/edit", req_capture(r, "pack"), req_capture(r, "tool"),
                       NULL);
    }
    return err;
}

const struct route pack_edit_about_page = {
    .path = "/library/{pack}/{tool}/about",
    .needs = MAY_ADMINISTER,
    .get = about_get,
    .post = about_post,
    .fields = about_fields,
    .n_fields = COUNT_OF(about_fields),
    .title = MSG("Name, purpose and answers"),
    .menu = MENU_LIBRARY,
};
