// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_state_web.c: checking a value: entered, verified, approved, locked; or returned with a reason. A locked one
// is corrected the same way: who may approve returns it with a reason, and it is entered and checked anew.

#include <string.h>

#include "base/bug.h"
#include "html/form.h"
#include "result/result.h"
#include "result/result_return.html.h"
#include "result/result_web.h"
#include "result/result_words.h"

static enum err find(struct req *r, struct result_line **line, const struct result_value **value,
                     struct err_info *e)
{
    enum err err = result_line_of_path(r, line, e);
    return err == ERR_NONE ? result_value_of_path(r, *line, value, e) : err;
}

// Saves the value in its new state. `from`: the states it may come from, as " a b ".
static enum err move(struct req *r, struct reply *p, const char *from, const char *to,
                     const char *reason, const char *said, struct err_info *e)
{
    struct result_line *line;
    const struct result_value *value;
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err = find(r, &line, &value, e);
    if (err != ERR_NONE) {
        return err;
    }
    const char *state = record_text(value->record, "state");
    if (strstr(from, arena_printf(r->arena, " %s ", state)) == NULL) {
        return err_set(e, ERR_CONFLICT, NULL, MSG("This value is in another state by now."),
                       MSG("Load the page of the indicator again."), NULL);
    }
    struct record *o = record_copy(r->arena, value->record);
    record_set_text(o, "state", to);
    record_set_text(o, "return_reason", reason);
    err = store_begin(r->store, &who, reason, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_save(tx, r->arena, o, e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, said), o->version);
        reply_redirect(r, p, "/programmes/{0}/indicators/{1}", record_text(r->programme, "number"),
                       line->record->id, NULL);
    }
    return err;
}

static enum err verify_post(struct req *r, struct reply *p, struct err_info *e)
{
    return move(r, p, " entered ", "verified", NULL, MSG("The value is verified."), e);
}

static enum err approve_post(struct req *r, struct reply *p, struct err_info *e)
{
    return move(r, p, " verified ", "approved", NULL, MSG("The value is approved."), e);
}

static enum err lock_post(struct req *r, struct reply *p, struct err_info *e)
{
    return move(r, p, " approved ", "locked", NULL,
                MSG("The value is locked. It can be corrected only with a reason."), e);
}

static enum err return_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct result_line *line;
    const struct result_value *value;
    size_t n_crumbs;
    enum err err = find(r, &line, &value, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct crumb *crumbs = result_crumbs(r, line->record, &n_crumbs);
    const struct record *o = value->record;
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(r->arena, r->lang,
                                            strcmp(record_text(o, "state"), "locked") == 0
                                                ? MSG("Correct a locked value of {0}")
                                                : MSG("Return a value of {0}"),
                                            record_text(line->record, "code"), NULL),
                              .about = record_text(line->record, "title"),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .width = PAGE_NARROW});
    result_return_html(&h, &(struct result_return_view){
        .form = r->form,
        .action = r->path,
        .cancel = result_indicator_address(r, line->record->id, ""),
        .value = arena_printf(r->arena, "%s: %s",
                              result_period(r->arena, r->lang, record_text(o, "period_from"),
                                            record_text(o, "period_to")),
                              result_figure_words(r->arena, r->lang, line->rule.unit, &value->figure)),
    });
    return page_end(&h, e);
}

static enum err return_post(struct req *r, struct reply *p, struct err_info *e)
{
    return move(r, p, " entered verified approved locked ", "returned",
                form_value(r->form, "return_reason")->text,
                MSG("The value is returned. It is in no total until it is mended."), e);
}

static const struct field why[] = {
    {.name = "return_reason", .label = MSG("Why is it returned or corrected?"),
     .hint = MSG("Say what must be mended, so that nobody has to ask."), .type = FIELD_TEXT,
     .data_class = CLASS_C1, .required = true},
};

const struct route route_observation_verify = {
    .path = "/programmes/{programme}/indicators/{indicator}/values/{observation}/verify",
    .needs = MAY_APPROVE,
    .post = verify_post,
    .title = MSG("Verify a value"),
    .menu = MENU_PROGRAMMES,
};

const struct route route_observation_approve = {
    .path = "/programmes/{programme}/indicators/{indicator}/values/{observation}/approve",
    .needs = MAY_APPROVE,
    .post = approve_post,
    .title = MSG("Approve a value"),
    .menu = MENU_PROGRAMMES,
};

const struct route route_observation_lock = {
    .path = "/programmes/{programme}/indicators/{indicator}/values/{observation}/lock",
    .needs = MAY_APPROVE,
    .post = lock_post,
    .title = MSG("Lock a value"),
    .menu = MENU_PROGRAMMES,
};

const struct route route_observation_return = {
    .path = "/programmes/{programme}/indicators/{indicator}/values/{observation}/return",
    .needs = MAY_APPROVE,
    .get = return_get,
    .post = return_post,
    .fields = why,
    .n_fields = COUNT_OF(why),
    .title = MSG("Return a value"),
    .menu = MENU_PROGRAMMES,
};
