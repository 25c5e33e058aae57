// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_own_web.c: see pack_own_web.h; and /library/{pack}/{tool}/adapt, where a copy begins.

#include "pack/pack_own_web.h"

#include <string.h>

#include "base/bug.h"
#include "html/form.h"
#include "pack/pack_adapt.html.h"

// ---- shared -------------------------------------------------------------------------------------

// The pack of the path, as it stands now.
static enum err own_pack_of(struct req *r, const struct pack **out, struct err_info *e)
{
    enum err err = pack_own_look(r->db, e);
    *out = pack_find(req_capture(r, "pack"));
    if (err == ERR_NONE && (*out == NULL || !pack_is_own(*out))) {
        err = err_set(e, ERR_NOT_FOUND, NULL, MSG("Only tools of packs of the office can be changed."),
                      MSG("Open the tool in the library and adapt it first."), NULL);
    }
    return err;
}

enum err own_tool_load(struct req *r, struct own_tool *out, struct err_info *e)
{
    *out = (struct own_tool){0};
    enum err err = own_pack_of(r, &out->pack, e);
    if (err == ERR_NONE) {
        err = pack_own_tool(r->db, r->arena, out->pack, req_capture(r, "tool"), &out->draft,
                            &out->file, e);
    }
    out->from = err == ERR_NONE ? pack_tool_origin(out->draft) : NULL;
    return err;
}

enum err own_no_row(const char *id, struct err_info *e)
{
    return err_set(e, ERR_NOT_FOUND, "row", MSG("The tool has no row {0}."), NULL, id, NULL);
}

const char *own_tool_address(struct req *r, const char *below)
{
    return arena_printf(r->arena, "%s%s",
                        url_make(r->arena, "/library/{0}/{1}", req_capture(r, "pack"),
                                 req_capture(r, "tool"), NULL),
                        below);
}

const struct crumb *own_tool_crumbs(struct req *r, const struct own_tool *t, bool below_edit, size_t *n)
{
    struct crumb *c = ARENA_ARRAY(r->arena, struct crumb, 4);
    c[0] = (struct crumb){tr(r->lang, MSG("Library")), "/library"};
    c[1] = (struct crumb){t->pack->title, url_make(r->arena, "/library/{0}", t->pack->id, NULL)};
    c[2] = (struct crumb){t->draft->title, own_tool_address(r, "")};
    c[3] = (struct crumb){tr(r->lang, MSG("Change this tool")), own_tool_address(r, "/edit")};
    *n = below_edit ? 4 : 3;
    return c;
}

enum err own_tool_change(struct req *r, own_tool_do *fn, void *with, const char **version,
                         struct err_info *e)
{
    struct pack_own_edit x;
    const struct pack *p;
    struct actor who = req_actor(r);
    *version = NULL;
    enum err err = own_pack_of(r, &p, e);
    if (err == ERR_NONE) {
        err = pack_own_begin(r->store, r->arena, &who, p, req_capture(r, "tool"), &x, e);
    }
    return err != ERR_NONE ? err : pack_own_end(&x, r->arena, fn(r, &x, with, e), version, e);
}

enum err own_check_read(struct req *r, const struct pack_own_edit *x, struct err_info *e)
{
    const char *read = req_posted(r, "read_version");
    return read[0] == '\0' || strcmp(read, x->record->version) == 0
               ? ERR_NONE
               : err_set(e, ERR_CONFLICT, NULL,
                         MSG("Somebody else changed this tool while you were working on it."),
                         MSG("Look at it as it is now, then enter your change again."), NULL);
}

static void add_scales(struct req *r, const struct pack *p, const char *chosen, struct own_scale *list,
                       size_t *n)
{
    for (unsigned i = 0; i < p->n_scales; i++) {
        const struct pack_scale *s = &p->scales[i];
        const char *levels = "";
        for (unsigned k = 0; k < s->n_levels; k++) {
            levels = arena_printf(r->arena, "%s%s%s", levels, k == 0 ? "" : ", ",
                                  pack_words(p, r->lang, s->levels[k].id, s->levels[k].title));
        }
        const char *title = s->title == NULL ? s->id : pack_words(p, r->lang, s->id, s->title);
        list[(*n)++] = (struct own_scale){s->id, arena_printf(r->arena, "%s: %s", title, levels),
                                          chosen != NULL && strcmp(chosen, s->id) == 0};
    }
}

struct own_scale *own_scales(struct req *r, const struct pack *p, const char *chosen, size_t *n)
{
    size_t most = p->n_scales;
    for (unsigned i = 0; i < p->n_needs; i++) {
        const struct pack *needed = pack_find(p->needs[i]);
        most += needed == NULL ? 0 : needed->n_scales;
    }
    struct own_scale *list = ARENA_ARRAY(r->arena, struct own_scale, most + 1);
    *n = 0;
    add_scales(r, p, chosen, list, n);
    for (unsigned i = 0; i < p->n_needs; i++) {
        const struct pack *needed = pack_find(p->needs[i]);
        if (needed != NULL) {
            add_scales(r, needed, chosen, list, n);
        }
    }
    return list;
}

bool own_rows_have_scales(const struct pack_tool *t)
{
    return t->kind == PACK_KIND_QUESTION_TABLE || t->kind == PACK_KIND_RATING_MATRIX;
}

bool own_rows_can_be_added(const struct pack_tool *t)
{
    switch (t->kind) {
    case PACK_KIND_CHECKLIST:
    case PACK_KIND_QUESTION_TABLE:
    case PACK_KIND_PROFILE:
    case PACK_KIND_RATING_MATRIX:
    case PACK_KIND_RISK_TABLE:
    case PACK_KIND_GUIDANCE:
    case PACK_KIND_REFERENCE_LIST:
    case PACK_KIND_DECISION_FLOW:
    case PACK_KIND_INSTRUMENTS:
    case PACK_KIND_ADVOCACY_TABLE: return true;
    default: return false; // their rows need more than words
    }
}

const struct field own_row_fields[OWN_ROW_FIELDS] = {
    {.name = "text", .label = MSG("Text"), .type = FIELD_LONG, .data_class = CLASS_C1,
     .required = true, .max = 4000},
    {.name = "argument", .label = MSG("What you can answer"),
     .hint = MSG("The law that was agreed to, and why it makes the work stronger."),
     .type = FIELD_LONG, .data_class = CLASS_C1, .max = 8000},
    {.name = "short", .label = MSG("Short name"), .example = "CRC", .type = FIELD_TEXT,
     .data_class = CLASS_C1, .max = 60},
    {.name = "adopted", .label = MSG("Year in which it was adopted"), .example = "1989",
     .type = FIELD_INT, .data_class = CLASS_C1, .min = 1800, .max = 2100},
    {.name = "in_force", .label = MSG("In force since"), .hint = MSG("The year."), .type = FIELD_INT,
     .data_class = CLASS_C1, .min = 1800, .max = 2100},
    {.name = "help", .label = MSG("Help"), .hint = MSG("Why it matters and how to answer."),
     .type = FIELD_LONG, .data_class = CLASS_C1, .max = 8000},
    {.name = "mitigation", .label = MSG("What can be done about it"),
     .hint = MSG("One measure on each line."), .type = FIELD_LONG, .data_class = CLASS_C1,
     .max = 8000},
};

bool own_row_asks(const struct pack_tool *t, const char *field)
{
    static const struct {
        const char *field;
        enum pack_kind kind;
    } of_kinds[] = {{"argument", PACK_KIND_ADVOCACY_TABLE}, {"short", PACK_KIND_INSTRUMENTS},
                    {"adopted", PACK_KIND_INSTRUMENTS},     {"in_force", PACK_KIND_INSTRUMENTS},
                    {"mitigation", PACK_KIND_RISK_TABLE}};
    for (size_t i = 0; i < COUNT_OF(of_kinds); i++) {
        if (strcmp(of_kinds[i].field, field) == 0) {
            return of_kinds[i].kind == t->kind;
        }
    }
    return true;
}

bool own_row_needs(const struct pack_tool *t, const char *field)
{
    return strcmp(field, "text") == 0 || (strcmp(field, "adopted") == 0 && own_row_asks(t, field));
}

static const char *posted_for(struct req *r, const struct pack_tool *t, const char *field)
{
    return own_row_asks(t, field) ? req_posted(r, field) : NULL;
}

enum err own_rewording(struct req *r, const struct pack_tool *t, struct pack_rewording *out,
                       struct err_info *e)
{
    *out = (struct pack_rewording){
        .text = req_posted(r, "text"),
        .help = req_posted(r, "help"),
        .scale = own_rows_have_scales(t) ? req_posted(r, "scale") : NULL,
        .mitigation = posted_for(r, t, "mitigation"),
        .argument = posted_for(r, t, "argument"),
        .short_name = posted_for(r, t, "short"),
        .adopted = posted_for(r, t, "adopted"),
        .in_force = posted_for(r, t, "in_force"),
    };
    for (size_t i = 0; i < OWN_ROW_FIELDS; i++) {
        const char *name = own_row_fields[i].name;
        if (own_row_needs(t, name) && req_posted(r, name)[0] == '\0') {
            return field_missing(&own_row_fields[i], e);
        }
    }
    return ERR_NONE;
}

// ---- /library/{pack}/{tool}/adapt ---------------------------------------------------------------

static enum err find_tool(const struct req *r, const struct pack_tool **out, struct err_info *e)
{
    const struct pack *p = pack_find(req_capture(r, "pack"));
    *out = p == NULL ? NULL : pack_tool(p, req_capture(r, "tool"));
    return *out != NULL ? ERR_NONE
                        : err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such tool."),
                                  MSG("Choose one in the library."), NULL);
}

static const struct field adapt_fields[] = {
    {.name = "pack", .label = MSG("Pack of your office"),
     .hint = MSG("Its id: small letters, digits and hyphens. A pack that is not there yet is made."),
     .example = "office", .type = FIELD_TEXT, .data_class = CLASS_C1, .required = true, .max = 40},
    {.name = "pack_title", .label = MSG("Name of the pack"), .hint = MSG("Only for a new pack."),
     .example = "Tools of the field office", .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 200},
    {.name = "title", .label = MSG("Name of the copy"),
     .hint = MSG("Empty: the name of the original with that of the pack."), .type = FIELD_TEXT,
     .data_class = CLASS_C1, .max = 300},
    {.name = "copy", .label = MSG("Id of the copy"),
     .hint = MSG("Empty: the id of the pack, a hyphen and the id of the original. It never changes."),
     .example = "office-3.1", .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 40},
};

// The pack of the office that is there, if any, else a word to begin with.
static const char *own_pack(void)
{
    size_t n;
    const struct pack *const *all = pack_all(&n);
    for (size_t i = 0; i < n; i++) {
        if (pack_is_own(all[i])) {
            return all[i]->id;
        }
    }
    return "office";
}

static enum err adapt_get(struct req *r, struct reply *p, struct err_info *e)
{
    const struct pack_tool *t;
    enum err err = pack_own_look(r->db, e);
    err = err == ERR_NONE ? find_tool(r, &t, e) : err;
    if (err != ERR_NONE) {
        return err;
    }
    if (r->form->n_typed == 0) {
        r->form->values[0] = (struct value){.set = true, .text = own_pack()};
    }
    const struct crumb crumbs[] = {
        {tr(r->lang, MSG("Library")), "/library"},
        {pack_words(t->pack, r->lang, t->pack->id, t->pack->title),
         url_make(r->arena, "/library/{0}", t->pack->id, NULL)},
        {pack_words(t->pack, r->lang, t->id, t->title), own_tool_address(r, "")},
    };
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Adapt this tool")),
                              .about = tr(r->lang, MSG("Your office gets a copy that you can change: add, "
                                                       "hide, reword and reorder rows. The original stays "
                                                       "as it is, and the copy can be compared with it.")),
                              .crumbs = crumbs,
                              .n_crumbs = 3,
                              .width = PAGE_NARROW});
    pack_adapt_html(&h, &(struct pack_adapt_view){.form = r->form,
                                                  .action = r->path,
                                                  .cancel = own_tool_address(r, "")});
    return page_end(&h, e);
}

static enum err adapt_post(struct req *r, struct reply *p, struct err_info *e)
{
    const struct pack_tool *t;
    const char *copy, *version;
    struct actor who = req_actor(r);
    enum err err = find_tool(r, &t, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct pack_adapting x = {.from = t,
                                    .pack = form_value(r->form, "pack")->text,
                                    .pack_title = form_value(r->form, "pack_title")->text,
                                    .tool = form_value(r->form, "copy")->text,
                                    .title = form_value(r->form, "title")->text};
    err = pack_own_adapt(r->store, r->arena, &who, &x, &copy, &version, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("Your office has a copy of the tool. Change it here.")), version);
        reply_redirect(r, p, "/library/{0}/{1}/edit", x.pack, copy, NULL);
    }
    return err;
}

const struct route pack_adapt_page = {
    .path = "/library/{pack}/{tool}/adapt",
    .needs = MAY_ADMINISTER,
    .get = adapt_get,
    .post = adapt_post,
    .fields = adapt_fields,
    .n_fields = COUNT_OF(adapt_fields),
    .title = MSG("Adapt this tool"),
    .menu = MENU_LIBRARY,
};
