// SPDX-License-Identifier: AGPL-3.0-or-later
//
// finance_form_web.c: adding and changing budget rows, pledges and donors. They are deleted by the page
// that asks for a reason (programme_part_web.c).

#include <string.h>

#include "base/bug.h"
#include "finance/finance.h"
#include "finance/finance_form.html.h"
#include "html/form.h"
#include "programme/programme_web.h"

struct form_words {
    const struct entity *entity;
    const char *add, *change, *about, *submit, *added, *changed; // catalogue keys
};
static const struct form_words words[] = {
    {&entity_budget, MSG("Add a year or a total to {0}"), MSG("Change a budget row of {0}"),
     MSG("Enter the figures as the document prints them, slips included. They are checked against each other, not refused."),
     MSG("Save this row"), MSG("Budget row added."), MSG("Budget row changed.")},
    {&entity_pledge, MSG("Add a pledge to {0}"), MSG("Change a pledge to {0}"),
     MSG("Money a donor has promised to the programme."), MSG("Save this pledge"),
     MSG("Pledge added."), MSG("Pledge changed.")},
};

static const struct form_words *words_of(const struct entity *entity)
{
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (words[i].entity == entity) {
            return &words[i];
        }
    }
    bug("a form of money without words");
}

static enum err offer_donors(struct req *r, struct html *h, struct err_info *e)
{
    struct record **donors;
    size_t n;
    enum err err = store_list(r->db, r->arena, &entity_donor, &(struct store_query){0}, &donors, &n,
                              e);
    if (err != ERR_NONE) {
        return err;
    }
    struct choice *choices = ARENA_ARRAY(r->arena, struct choice, n + 1);
    for (size_t i = 0; i < n; i++) {
        choices[i] = (struct choice){donors[i]->id, record_text(donors[i], "name")};
    }
    form_set_choices(h, "donor_id", choices, n);
    return ERR_NONE;
}

static enum err form_get(struct req *r, struct reply *p, struct err_info *e)
{
    const struct form_words *w = words_of(r->route->entity);
    bool is_new = r->route->edits == NULL;
    size_t n;
    const struct crumb *crumbs = programme_crumbs(r, &n);
    const char *back = programme_address(r, "/money");
    bool pledge = w->entity == &entity_pledge;
    struct html h;
    page_begin(&h, r, p, &(struct page){
        .title = tr_f(r->arena, r->lang, is_new ? w->add : w->change, programme_number(r), NULL),
        .about = tr(r->lang, w->about), .crumbs = crumbs, .n_crumbs = n, .width = PAGE_NARROW});
    if (pledge) {
        enum err err = offer_donors(r, &h, e);
        if (err != ERR_NONE) {
            return err;
        }
        if (is_new && r->method == METHOD_GET && req_query(r, "donor")[0] != '\0') {
            record_set_text(r->form->record, "donor_id", req_query(r, "donor")); // just added
        }
    }
    finance_form_html(&h, &(struct finance_form_view){
        .form = r->form, .action = r->path, .submit = tr(r->lang, w->submit), .cancel = back,
        .donor_new = pledge && identity_may(r->who, MAY_WRITE, NULL)
                         ? arena_printf(r->arena, "/donors/new?back=%s",
                                        url_escape(r->arena, programme_address(r, "/pledges/new")))
                         : NULL,
        .remove = is_new ? NULL
                         : programme_remove_address(r, w->entity->kind, r->form->record->id, back)});
    return page_end(&h, e);
}

static enum err form_post(struct req *r, struct reply *p, struct err_info *e)
{
    const struct form_words *w = words_of(r->route->entity);
    struct record *record = r->form->record;
    bool is_new = record->id == NULL;
    enum err err = programme_save_one(r, record, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, is_new ? w->added : w->changed), record->version);
        reply_redirect(r, p, programme_address(r, "/money"), NULL);
    }
    return err;
}

// ---- donors: of the organisation ----------------------------------------------------------------

static enum err donor_get(struct req *r, struct reply *p, struct err_info *e)
{
    size_t n;
    const struct crumb *crumbs = programme_crumbs(r, &n);
    const char *back = programme_back(r, "/programmes");
    struct html h;
    page_begin(&h, r, p, &(struct page){
        .title = tr(r->lang, MSG("Add a donor")),
        .about = tr(r->lang, MSG("One entry for each donor, however many programmes it gives to.")),
        .crumbs = crumbs, .n_crumbs = n, .width = PAGE_NARROW});
    finance_form_html(&h, &(struct finance_form_view){
        .form = r->form, .action = r->path, .submit = tr(r->lang, MSG("Save this donor")),
        .cancel = back, .back = back});
    return page_end(&h, e);
}

static enum err donor_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *record = r->form->record;
    enum err err = programme_save_one(r, record, NULL, e);
    if (err == ERR_NONE) {
        const char *back = programme_back(r, "/programmes");
        reply_flash(p, tr(r->lang, MSG("Donor added.")), record->version);
        reply_redirect(r, p,
                       arena_printf(r->arena, "%s%sdonor=%s", back,
                                    strchr(back, '?') == NULL ? "?" : "&", record->id),
                       NULL);
    }
    return err;
}

const struct route finance_budget_new = {
    .path = "/programmes/{programme}/budget/new",
    .needs = MAY_WRITE,
    .get = form_get,
    .post = form_post,
    .entity = &entity_budget,
    .title = MSG("Add a budget row"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_MONEY,
};

const struct route finance_budget_change = {
    .path = "/programmes/{programme}/budget/{budget}/change",
    .needs = MAY_WRITE,
    .get = form_get,
    .post = form_post,
    .entity = &entity_budget,
    .edits = "budget",
    .title = MSG("Change a budget row"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_MONEY,
};

const struct route finance_pledge_new = {
    .path = "/programmes/{programme}/pledges/new",
    .needs = MAY_WRITE,
    .get = form_get,
    .post = form_post,
    .entity = &entity_pledge,
    .title = MSG("Add a pledge"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_MONEY,
};

const struct route finance_pledge_change = {
    .path = "/programmes/{programme}/pledges/{pledge}/change",
    .needs = MAY_WRITE,
    .get = form_get,
    .post = form_post,
    .entity = &entity_pledge,
    .edits = "pledge",
    .title = MSG("Change a pledge"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_MONEY,
};

const struct route finance_donor_new = {
    .path = "/donors/new",
    .needs = MAY_WRITE,
    .get = donor_get,
    .post = donor_post,
    .entity = &entity_donor,
    .title = MSG("Add a donor"),
    .menu = MENU_PROGRAMMES,
};
