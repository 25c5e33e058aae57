// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_form_web.c: adding and changing an indicator, also from a row of the Toolkit.

#include <string.h>

#include "html/form.h"
#include "programme/programme.h"
#include "result/result.h"
#include "result/result_form.html.h"
#include "result/result_library.h"
#include "result/result_web.h"

// ---- what a row of the library says -------------------------------------------------------------

// Characteristics of the row that are not kept as numbers, in words.
static const char *other_splits(struct req *r, const struct pack_row *row)
{
    const char *words = NULL;
    for (unsigned i = 0; i < row->n_disaggregation; i++) {
        const char *code = row->disaggregation[i];
        if (!library_can_split(code) || !library_unit_splits(row)) {
            const char *word = tr(r->lang, pack_split_label(code));
            words = words == NULL ? word : arena_printf(r->arena, "%s, %s", words, word);
        }
    }
    return words;
}

// ---- the form -----------------------------------------------------------------------------------

static enum err offer_choices(struct req *r, struct html *h, struct err_info *e)
{
    struct programme_people people;
    struct record **results;
    size_t n_people, n;
    enum err err = programme_people_load(r->db, r->arena, r->programme->id, &people, e);
    if (err == ERR_NONE) {
        err = store_list_by(r->db, r->arena, &entity_result, "programme_id", r->programme->id,
                            &results, &n, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct choice *choices = ARENA_ARRAY(r->arena, struct choice, n + 1);
    for (size_t i = 0; i < n; i++) {
        choices[i] = (struct choice){results[i]->id,
                                     arena_printf(r->arena, "%s: %s", record_text(results[i], "code"),
                                                  record_text(results[i], "statement"))};
    }
    form_set_choices(h, "result_id", choices, n);
    const struct choice *owners = programme_people_choices(
        r->arena, &people, form_text(r->arena, r->form, "owner_id"), &n_people);
    form_set_choices(h, "owner_id", owners, n_people);
    return ERR_NONE;
}

static enum err show_form(struct req *r, struct reply *p, const char *title,
                          struct result_form_view *v, const struct record *indicator,
                          struct err_info *e)
{
    size_t n_crumbs;
    const struct crumb *crumbs = result_crumbs(r, indicator, &n_crumbs);
    const struct pack_tool *tool;
    const struct pack_row *row = library_row(v->row, &tool);
    if (row != NULL) {
        v->row_address = result_row_address(r, tool, row->id);
        v->row_help = row->help == NULL ? NULL
                                        : pack_words(tool->pack, r->lang, row->id, row->help);
        v->row_split = other_splits(r, row);
    }
    v->form = r->form;
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = title,
                              .about = tr(r->lang, MSG("Two people who read the definition must come "
                                                       "to the same number.")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .width = PAGE_NARROW});
    enum err err = offer_choices(r, &h, e);
    if (err != ERR_NONE) {
        return err;
    }
    result_form_html(&h, v);
    return page_end(&h, e);
}

static enum err save(struct req *r, struct record *indicator, struct err_info *e)
{
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_save(tx, r->arena, indicator, e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

static const struct pack_row *asked_row(const struct req *r, const struct pack_tool **tool)
{
    const char *posted = req_posted(r, "from_row");
    return library_row(posted[0] != '\0' ? posted : req_query(r, "row"), tool);
}

static enum err new_get(struct req *r, struct reply *p, struct err_info *e)
{
    const struct pack_tool *tool;
    const struct pack_row *row = asked_row(r, &tool);
    if (r->form->n_typed == 0) {
        long number;
        enum err err = result_next_number(r, &number, e);
        if (err != ERR_NONE) {
            return err;
        }
        record_set_text(r->form->record, "code",
                        arena_printf(r->arena, "%s/I%ld", record_text(r->programme, "number"), number));
        record_set_text(r->form->record, "state", "active");
        record_set_text(r->form->record, "result_id", req_query(r, "result")); // of the logframe
        if (row != NULL) {
            library_adopt(r->arena, r->lang, tool, row, r->form->record);
        }
    }
    return show_form(r, p,
                     row == NULL ? tr(r->lang, MSG("Add an indicator of your own"))
                                 : tr(r->lang, MSG("Adopt an indicator")),
                     &(struct result_form_view){.action = result_address(r, "/new"),
                                                .submit = tr(r->lang, MSG("Add this indicator")),
                                                .cancel = result_address(r, row == NULL ? "" : "/adopt"),
                                                .row = row == NULL ? "" : row->id},
                     NULL, e);
}

static enum err new_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *indicator = r->form->record;
    const struct pack_tool *tool;
    const struct pack_row *row = asked_row(r, &tool);
    record_set_text(indicator, "row", row == NULL ? NULL : row->id);
    record_set_text(indicator, "row_adopted",
                    row == NULL ? NULL : library_row_words(r->arena, tool, row));
    enum err err = save(r, indicator, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The indicator is added. Screen it next, and set a target.")),
                    indicator->version);
        reply_redirect(r, p, "/programmes/{0}/indicators/{1}", record_text(r->programme, "number"),
                       indicator->id, NULL);
    }
    return err;
}

const struct route route_indicator_new = {
    .path = "/programmes/{programme}/indicators/new",
    .needs = MAY_WRITE,
    .get = new_get,
    .post = new_post,
    .entity = &entity_indicator,
    .also = (const char *const[]){"from_row", NULL},
    .title = MSG("Add an indicator"),
    .menu = MENU_PROGRAMMES,
};

static enum err change_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *indicator = r->form->record;
    return show_form(
        r, p, tr_f(r->arena, r->lang, MSG("Change {0}"), record_text(indicator, "code"), NULL),
        &(struct result_form_view){.action = result_indicator_address(r, indicator->id, "/change"),
                                   .submit = tr(r->lang, MSG("Save this indicator")),
                                   .cancel = result_indicator_address(r, indicator->id, ""),
                                   .row = record_text(indicator, "row")},
        indicator, e);
}

static enum err change_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *indicator = r->form->record;
    enum err err = save(r, indicator, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The indicator is saved.")), indicator->version);
        reply_redirect(r, p, "/programmes/{0}/indicators/{1}", record_text(r->programme, "number"),
                       indicator->id, NULL);
    }
    return err;
}

const struct route route_indicator_change = {
    .path = "/programmes/{programme}/indicators/{indicator}/change",
    .needs = MAY_WRITE,
    .get = change_get,
    .post = change_post,
    .entity = &entity_indicator,
    .edits = "indicator",
    .also = (const char *const[]){"from_row", NULL},
    .title = MSG("Change an indicator"),
    .menu = MENU_PROGRAMMES,
};
