// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_edit_about_web.c: /library/{pack}/{tool}/about: name, purpose and answers of a tool of the office.

#include "base/bug.h"
#include "html/form.h"
#include "pack/pack_edit_about.html.h"
#include "pack/pack_own_web.h"

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
    .also = (const char *const[]){"scale", NULL},
    .title = MSG("Name, purpose and answers"),
    .menu = MENU_LIBRARY,
};
