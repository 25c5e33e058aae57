// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_target_web.c: setting a target. A target is never overwritten: a new one for the same day
// needs a reason and marks the old one as replaced.

#include <string.h>

#include "base/date.h"
#include "html/form.h"
#include "result/result.h"
#include "result/result_target.html.h"
#include "result/result_web.h"
#include "result/result_words.h"

static enum err target_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct result_line *line;
    size_t n_crumbs;
    enum err err = result_line_of_path(r, &line, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct field *unit = entity_field(&entity_indicator, "unit");
    struct result_target_view v = {
        .form = r->form,
        .action = result_indicator_address(r, line->record->id, "/targets/new"),
        .cancel = result_indicator_address(r, line->record->id, ""),
        .unit = tr(r->lang, field_choice_label(unit, record_text(line->record, "unit"))),
        .answer = line->rule.unit == UNIT_YES_NO,
        .percentage = line->rule.unit == UNIT_PERCENTAGE,
        .old = ARENA_ARRAY(r->arena, struct old_target, line->n_targets + 1),
    };
    for (size_t i = 0; i < line->n_targets; i++) {
        if (!line->targets[i].replaced) {
            v.old[v.n_old++] = (struct old_target){
                result_number(r->arena, r->lang, line->rule.unit, line->targets[i].value),
                date_for_people(r->arena, r->lang, line->targets[i].due_on)};
        }
    }
    const struct crumb *crumbs = result_crumbs(r, line->record, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(r->arena, r->lang, MSG("Set a target for {0}"),
                                            record_text(line->record, "code"), NULL),
                              .about = record_text(line->record, "title"),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .width = PAGE_NARROW});
    result_target_html(&h, &v);
    return page_end(&h, e);
}

// Marks what stands for the same day as replaced.
static enum err replace_old(struct store_tx *tx, struct req *r, const struct record *target,
                            struct err_info *e)
{
    struct record **old;
    size_t n;
    enum err err = store_list_by(store_tx_read(tx), r->arena, &entity_target, "indicator_id",
                                 record_text(target, "indicator_id"), &old, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        if (record_int(old[i], "replaced") != 0 ||
            strcmp(record_text(old[i], "due_on"), record_text(target, "due_on")) != 0) {
            continue;
        }
        if (!record_is_set(target, "reason")) {
            return err_set(e, ERR_INPUT, "reason", MSG("There is a target for this day already."),
                           MSG("Say why it changes; the old one stays visible."), NULL);
        }
        record_set_int(old[i], "replaced", 1);
        err = store_save(tx, r->arena, old[i], e);
    }
    return err;
}

static enum err target_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *target = r->form->record;
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, record_text(target, "reason"), &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    record_set_int(target, "replaced", 0);
    err = replace_old(tx, r, target, e);
    if (err == ERR_NONE) {
        err = store_save(tx, r->arena, target, e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The target is set.")), NULL);
        reply_redirect(r, p, "/programmes/{0}/indicators/{1}", record_text(r->programme, "number"),
                       record_text(target, "indicator_id"), NULL);
    }
    return err;
}

const struct route route_target_new = {
    .path = "/programmes/{programme}/indicators/{indicator}/targets/new",
    .needs = MAY_WRITE,
    .get = target_get,
    .post = target_post,
    .entity = &entity_target,
    .title = MSG("Set a target"),
    .menu = MENU_PROGRAMMES,
};
