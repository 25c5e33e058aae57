// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_suggest_web.c: what the situation analysis suggests: each risk with the answers behind it; taking
// it over, or saying why it does not apply.

#include <string.h>

#include "base/bug.h"
#include "programme/programme.h"
#include "programme/programme_web.h"
#include "risk/risk_suggest.h"
#include "risk/risk_suggest.html.h"
#include "risk/risk_web.h"

static const struct choice acts[] = {
    {"take", MSG("Take over")},
    {"decline", MSG("Does not apply")},
    {NULL, NULL},
};

static const struct field suggest_fields[] = {
    {.name = "row", .label = MSG("Row of the Toolkit"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true, .max = 40},
    {.name = "act", .label = MSG("What to do"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = acts},
    {.name = "reason", .label = MSG("Why it does not apply here"), .type = FIELD_LONG,
     .data_class = CLASS_C3, .max = 2000},
};

static struct risk_ground_line ground_view(struct req *r, const struct risk_suggestion *s,
                                           const struct risk_ground *g)
{
    const struct risk_answer *w = g->answer;
    return risk_ground_line(r, s->tool, s->row->id,
                            &(struct basis_ground){.country = w->country, .row = w->row,
                                                   .column = w->column, .value = w->value,
                                                   .round = w->round, .why = g->link->why},
                            w->column_name);
}

// ---- the page ------------------------------------------------------------------------------------

static enum err load(struct req *r, struct db_read *db, struct risk_suggestions *out,
                     struct err_info *e)
{
    struct record **risks;
    size_t n;
    enum err err = store_list_by(db, r->arena, &entity_risk, "programme_id", r->programme->id,
                                 &risks, &n, e);
    return err == ERR_NONE ? risk_suggestions_load(db, r->arena, r->programme, risks, n, out, e)
                           : err;
}

static struct suggest_item item_of(struct req *r, const struct risk_suggestion *s)
{
    const char *asked = form_text(r->arena, r->form, "row");
    struct suggest_item item = {
        .row = s->row->id,
        .text = risk_words(r, s->tool, s->row->id, s->row->text),
        .area = risk_area_label(r, risk_table_area(s->tool)),
        .again = s->again,
        .grounds = ARENA_ARRAY(r->arena, struct risk_ground_line, s->n_grounds + 1),
        .n_grounds = s->n_grounds,
        .typed = "",
    };
    for (size_t i = 0; i < s->n_grounds; i++) {
        item.grounds[i] = ground_view(r, s, &s->grounds[i]);
    }
    if (strcmp(asked, s->row->id) == 0) {
        const struct form_error *wrong = form_error_of(r->form, "reason");
        item.asked = true;
        item.typed = form_text(r->arena, r->form, "reason");
        item.error = wrong == NULL ? NULL : err_text(r->arena, r->lang, &wrong->info);
    }
    if (s->declined != NULL) {
        item.reason = record_text(s->declined, "reason");
        item.declined_on = arena_copy_n(r->arena, s->declined->changed_at, 10);
        item.back = programme_remove_address(r, "risk_dismissal", s->declined->id,
                                             risk_list_address(r, "/suggestions"));
    }
    return item;
}

static enum err suggest_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct risk_suggestions s;
    enum err err = load(r, r->db, &s, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct risk_suggest_view v = {
        .action = risk_list_address(r, "/suggestions"),
        .may_write = programme_may(r, MAY_WRITE),
        .items = ARENA_ARRAY(r->arena, struct suggest_item, s.n + 1),
        .declined = ARENA_ARRAY(r->arena, struct suggest_item, s.n + 1),
        .has_countries = record_is_set(r->programme, "countries"),
        .analyse = programme_address(r, "/analyse"),
        .change = programme_address(r, "/change"),
    };
    for (size_t i = 0; i < s.n; i++) {
        struct suggest_item item = item_of(r, &s.items[i]);
        if (s.items[i].declined == NULL) {
            v.items[v.n_items++] = item;
        } else {
            v.declined[v.n_declined++] = item;
        }
    }
    struct html h;
    page_begin(&h, r, p,
               &(struct page){
                   .title = tr_f(r->arena, r->lang, MSG("Risks suggested for {0}"),
                                 programme_number(r), NULL),
                   .count = arena_printf(r->arena, "%zu", v.n_items),
                   .about = tr(r->lang, MSG("Answers of the situation analysis (tools 2.3, 2.4 and "
                                            "2.6) that point to a risk of tools 3.2 to 3.6.")),
                   .crumbs = risk_crumbs(r),
                   .n_crumbs = 3});
    risk_suggest_html(&h, &v);
    return page_end(&h, e);
}

// ---- deciding ------------------------------------------------------------------------------------

static enum err not_suggested(struct err_info *e)
{
    return err_set(e, ERR_CONFLICT, NULL, MSG("This risk is no longer suggested."),
                   MSG("An answer changed, or somebody was faster. Look at the list below."), NULL);
}

static enum err decide(struct req *r, struct store_tx *tx, struct record **out, struct err_info *e)
{
    struct risk_suggestions all;
    const char *row = form_value(r->form, "row")->text;
    const char *reason = form_value(r->form, "reason")->text;
    bool take = strcmp(form_value(r->form, "act")->text, "take") == 0;
    enum err err = load(r, store_tx_read(tx), &all, e);
    const struct risk_suggestion *s = err == ERR_NONE ? risk_suggestion_of(&all, row) : NULL;
    if (err == ERR_NONE && (s == NULL || (s->declined != NULL && !take))) {
        err = not_suggested(e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    if (take) {
        *out = risk_from_row(r, s->row);
        record_set_text(*out, "basis", risk_basis_of(r->arena, s));
        return store_save(tx, r->arena, *out, e);
    }
    if (reason == NULL || reason[0] == '\0') {
        return err_set(e, ERR_INPUT, "reason", MSG("Say why this risk does not apply here."),
                       MSG("One sentence, so that the next colleague understands."), NULL);
    }
    *out = record_new(r->arena, &entity_risk_dismissal);
    record_set_text(*out, "programme_id", r->programme->id);
    record_set_text(*out, "row", row);
    record_set_text(*out, "basis", s->basis);
    record_set_text(*out, "reason", reason);
    err = record_check(*out, e);
    return err == ERR_NONE ? store_save(tx, r->arena, *out, e) : err;
}

static enum err suggest_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct store_tx *tx;
    struct record *made = NULL;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = decide(r, tx, &made, e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (made->entity == &entity_risk) {
        reply_flash(p, tr(r->lang, MSG("The risk is in the register. Rate it next.")),
                    made->version);
        reply_redirect(r, p, "/programmes/{0}/risks/{1}/change", programme_number(r), made->id,
                       NULL);
    } else {
        reply_flash(p, tr(r->lang, MSG("The suggestion is put aside. It comes back when an answer "
                                       "changes.")),
                    made->version);
        reply_redirect(r, p, "/programmes/{0}/risks/suggestions", programme_number(r), NULL);
    }
    return ERR_NONE;
}

const struct route route_risk_suggestions = {
    .path = "/programmes/{programme}/risks/suggestions",
    .needs = MAY_READ,
    .post_needs = MAY_WRITE,
    .get = suggest_get,
    .post = suggest_post,
    .fields = suggest_fields,
    .n_fields = COUNT_OF(suggest_fields),
    .title = MSG("Suggested risks"),
    .menu = MENU_PROGRAMMES,
};
