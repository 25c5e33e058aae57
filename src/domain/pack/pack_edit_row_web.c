// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_edit_row_web.c: rewording a row of a tool of the office, and adding one:
// /library/{pack}/{tool}/edit/{row} and /library/{pack}/{tool}/add.

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "html/form.h"
#include "pack/pack_edit_row.html.h"
#include "pack/pack_own_web.h"

// ---- the words of a row -------------------------------------------------------------------------

static const char *lines_of(struct req *r, const char *const *list, unsigned n)
{
    const char *all = "";
    for (unsigned i = 0; i < n; i++) {
        all = arena_printf(r->arena, "%s%s%s", all, i == 0 ? "" : "\n", list[i]);
    }
    return all;
}

static const char *year(struct req *r, int n)
{
    return n == 0 ? NULL : arena_printf(r->arena, "%d", n);
}

static void fill_form(struct req *r, const struct pack_row *row)
{
    const struct {
        const char *name, *text;
    } parts[] = {{"text", row->text},
                 {"help", row->help},
                 {"mitigation", lines_of(r, row->mitigation, row->n_mitigation)},
                 {"argument", row->argument},
                 {"short", row->short_name},
                 {"adopted", year(r, row->adopted)},
                 {"in_force", year(r, row->in_force)}};
    for (size_t i = 0; i < COUNT_OF(own_row_fields); i++) {
        for (size_t k = 0; k < COUNT_OF(parts); k++) {
            bool fits = strcmp(own_row_fields[i].name, parts[k].name) == 0;
            if (fits && parts[k].text != NULL && parts[k].text[0] != '\0') {
                r->form->values[i] = (struct value){
                    .set = true, .text = parts[k].text, .number = strtoll(parts[k].text, NULL, 10)};
            }
        }
    }
}

// What the original said, where we say something else; NULL: the same.
static const char *original_text(const struct pack_row *row)
{
    const char *then = row->was->text;
    return then != NULL && row->text != NULL && strcmp(then, row->text) == 0 ? NULL : then;
}

// The form with the fields of this kind of tool: what is needed there says so.
static struct form *form_for(struct req *r, const struct pack_tool *t)
{
    struct form *form = ARENA_MAKE(r->arena, struct form);
    struct field *fields = ARENA_ARRAY(r->arena, struct field, OWN_ROW_FIELDS);
    for (size_t i = 0; i < OWN_ROW_FIELDS; i++) {
        fields[i] = own_row_fields[i];
        fields[i].required = own_row_needs(t, fields[i].name);
    }
    *form = *r->form;
    form->fields = fields;
    return form;
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
        .form = form_for(r, t->draft),
        .action = r->address,
        .cancel = own_tool_address(r, "/edit"),
        .submit = row == NULL ? tr(r->lang, MSG("Add this row")) : tr(r->lang, MSG("Save")),
        .fields = ARENA_ARRAY(r->arena, const char *, OWN_ROW_FIELDS),
        .version = row == NULL ? NULL : t->file->version,
        .then = row != NULL && row->was != NULL ? original_text(row) : NULL,
    };
    for (size_t i = 0; i < OWN_ROW_FIELDS; i++) {
        if (own_row_asks(t->draft, own_row_fields[i].name)) {
            v.fields[v.n_fields++] = own_row_fields[i].name;
        }
    }
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
        return own_no_row(req_capture(r, "row"), e);
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
    enum err err = row == NULL ? own_no_row(req_capture(r, "row"), e) : own_check_read(r, x, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct pack_rewording w;
    err = own_rewording(r, x->tool, &w, e);
    if (err == ERR_NONE) {
        draft_reword(r->arena, x->tool, row, &w);
    }
    return err;
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
    .also = (const char *const[]){"scale", "read_version", NULL},
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
    struct pack_rewording w;
    enum err err = own_rewording(r, x->tool, &w, e);
    if (err == ERR_NONE) {
        *(const char **)id = draft_add(r->arena, x->tool, of == NULL ? NULL : of->id, &w)->id;
    }
    return err;
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
    .also = (const char *const[]){"scale", "read_version", NULL},
    .title = MSG("Add a row"),
    .menu = MENU_LIBRARY,
};
