// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_value_web.c: entering and changing a value with its parts.
//
// The value and its parts are saved in one transaction. Nobody types a total: a count without a whole
// takes the sum of its parts. A value that is changed has to be checked again; a locked one stays.
// Which grids there are and what was typed in them: result_grid_web.c.

#include <string.h>

#include "base/decimal.h"
#include "html/form.h"
#include "place/place.h"
#include "programme/programme.h"
#include "result/result.h"
#include "result/result_grid_web.h"
#include "result/result_value.html.h"
#include "result/result_web.h"
#include "result/result_words.h"

// ---- the page -----------------------------------------------------------------------------------

// Countries of the programme; of a global one all can be chosen.
static void offer_countries(struct req *r, struct html *h)
{
    const char *codes = record_text(r->programme, "countries");
    size_t n = (size_t)codes_count(codes);
    struct choice *choices = ARENA_ARRAY(r->arena, struct choice, n + 1);
    size_t at = 0;
    for (const struct choice *c = vocabulary_country.list(); n > 0 && c->code != NULL; c++) {
        if (record_has_code(r->programme, "countries", c->code) && at < n) {
            choices[at++] = *c;
        }
    }
    if (n > 0) {
        form_set_choices(h, "country", choices, at);
    }
}

static enum err show(struct req *r, struct reply *p, const struct result_line *line,
                     const struct result_value *old, struct err_info *e)
{
    size_t n_crumbs;
    const char *id = line->record->id;
    const char *state = old == NULL ? "" : record_text(old->record, "state");
    enum result_unit unit = line->rule.unit;
    struct result_value_view v = {
        .form = r->form,
        .cancel = result_indicator_address(r, id, ""),
        .action = result_indicator_address(r, id, "/values/new"),
        .submit = old == NULL ? tr(r->lang, MSG("Enter this value"))
                              : tr(r->lang, MSG("Save this value")),
        .shares = result_is_share(unit),
        .answer = unit == UNIT_YES_NO,
        .text = unit == UNIT_TEXT,
    };
    if (old != NULL) {
        const struct form_error *conflict = form_error_of(r->form, "");
        const char *posted = req_posted(r, "_version");
        bool newest = posted[0] == '\0' || (conflict != NULL && conflict->info.code == ERR_CONFLICT);
        v.version = newest ? old->record->version : posted;
        v.action = arena_printf(r->arena, "%s/%s/change",
                                result_indicator_address(r, id, "/values"), old->record->id);
        v.returned = strcmp(state, "returned") == 0 ? record_text(old->record, "return_reason") : NULL;
        v.checked = strcmp(state, "verified") == 0 || strcmp(state, "approved") == 0
                        ? tr(r->lang, MSG("This value was checked. When you change it, it has to be "
                                          "checked again."))
                        : NULL;
    }
    struct grids grids;
    grids_begin(r, line, old, &grids);
    grids_read(r, &grids);
    grids_fill(r, &grids, &v);
    const struct crumb *crumbs = result_crumbs(r, line->record, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(r->arena, r->lang,
                                            old == NULL ? MSG("Enter a value of {0}")
                                                        : MSG("Change a value of {0}"),
                                            record_text(line->record, "code"), NULL),
                              .about = record_text(line->record, "title"),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs});
    offer_countries(r, &h);
    result_value_html(&h, &v);
    return page_end(&h, e);
}

// ---- saving -------------------------------------------------------------------------------------

// The record as typed. Parts without a whole give the whole.
static struct record *observation_of(struct req *r, const struct result_line *line,
                                     const struct result_value *old, const struct grids *grids)
{
    struct record *o = old == NULL ? record_new(r->arena, &entity_observation)
                                   : record_copy(r->arena, old->record);
    record_set_text(o, "indicator_id", line->record->id);
    for (size_t i = 0; i < OBSERVATION_N_TYPED; i++) {
        const struct value *v = form_value(r->form, OBSERVATION_TYPED[i].name);
        record_set_text(o, OBSERVATION_TYPED[i].name, v->set ? v->text : NULL);
    }
    result_whole_of_parts(r->arena, line->rule.unit, grids->typed, grids->n_typed, o);
    if (record_is_set(o, "numerator") && record_is_set(o, "denominator")) {
        record_clear(o, "value"); // computed from the two
    }
    if (old == NULL) {
        record_set_text(o, "state", "entered");
    }
    if (old != NULL && req_posted(r, "_version")[0] != '\0') {
        o->version = req_posted(r, "_version");
    }
    return o;
}

// Whatever was found good before is to be looked at again when a figure changed.
static void take_back_state(struct record *o, const struct result_value *old, bool parts_changed)
{
    bool changed = parts_changed;
    for (size_t i = 0; i < OBSERVATION_N_TYPED; i++) {
        const char *name = OBSERVATION_TYPED[i].name;
        changed |= strcmp(record_text(o, name), record_text(old->record, name)) != 0;
    }
    if (changed) {
        record_set_text(o, "state", "entered");
        record_clear(o, "return_reason");
    }
}

static enum err save_all(struct req *r, struct record *o, const struct grids *grids, struct err_info *e)
{
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_save(tx, r->arena, o, e);
    if (err == ERR_NONE) {
        err = result_parts_save(tx, r->arena, o->id, NULL, grids->typed, grids->n_typed, e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

// What is said when it is saved: the first cut that does not come to the whole is named.
static const char *said(struct req *r, const struct result_line *line, const struct record *o,
                        const struct grids *grids)
{
    const struct result_entry entry = result_entry_of(o);
    const struct result_figure whole = result_figure_of(line->rule.unit, &entry);
    struct result_cut *cuts = ARENA_ARRAY(r->arena, struct result_cut, grids->n_typed + 1);
    size_t n = result_cuts_of(grids->typed, grids->n_typed, &whole, cuts);
    for (size_t i = 0; i < n; i++) {
        if (cuts[i].differs && !whole.is_fraction) {
            return tr_f(r->arena, r->lang,
                        MSG("The value is saved. The whole is {0}, the parts come to {1}."),
                        result_plain(r->arena, whole.scaled, DECIMAL_PLACES),
                        result_plain(r->arena, cuts[i].value, DECIMAL_PLACES), NULL);
        }
    }
    return tr(r->lang, MSG("The value is saved."));
}

static enum err save(struct req *r, struct reply *p, const struct result_line *line,
                     const struct result_value *old, struct err_info *e)
{
    struct grids grids;
    grids_begin(r, line, old, &grids);
    grids_read(r, &grids);
    if (r->form->n_errors > 0) {
        p->status = 422;
        return show(r, p, line, old, e);
    }
    struct record *o = observation_of(r, line, old, &grids);
    if (old != NULL) {
        take_back_state(o, old, grids_differ(&grids, old));
    }
    enum err err = record_check(o, e);
    if (err == ERR_NONE) {
        err = save_all(r, o, &grids, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    reply_flash(p, said(r, line, o, &grids), grids.n_typed == 0 ? o->version : NULL);
    reply_redirect(r, p, "/programmes/{0}/indicators/{1}", record_text(r->programme, "number"),
                   line->record->id, NULL);
    return ERR_NONE;
}

// ---- routes -------------------------------------------------------------------------------------

static enum err new_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct result_line *line;
    enum err err = result_line_of_path(r, &line, e);
    return err == ERR_NONE ? show(r, p, line, NULL, e) : err;
}

static enum err new_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct result_line *line;
    enum err err = result_line_of_path(r, &line, e);
    return err == ERR_NONE ? save(r, p, line, NULL, e) : err;
}

const struct route route_observation_new = {
    .path = "/programmes/{programme}/indicators/{indicator}/values/new",
    .needs = MAY_WRITE,
    .get = new_get,
    .post = new_post,
    .fields = OBSERVATION_TYPED,
    .n_fields = OBSERVATION_N_TYPED,
    .also = (const char *const[]){"part/*", "more/*", NULL},
    .title = MSG("Enter a value"),
    .menu = MENU_PROGRAMMES,
};

static enum err find_open(struct req *r, struct result_line **line, const struct result_value **old,
                          struct err_info *e)
{
    enum err err = result_line_of_path(r, line, e);
    if (err == ERR_NONE) {
        err = result_value_of_path(r, *line, old, e);
    }
    if (err == ERR_NONE && strcmp(record_text((*old)->record, "state"), "locked") == 0) {
        err = err_set(e, ERR_NOT_ALLOWED, NULL, MSG("This value is locked with its period."),
                      MSG("Who may approve can correct it with a reason, on the page of the indicator."),
                      NULL);
    }
    if (err == ERR_NONE && strcmp(record_text((*old)->record, "state"), "approved") == 0 &&
        !result_may(r, MAY_APPROVE)) {
        err = err_set(e, ERR_NOT_ALLOWED, NULL, MSG("This value is approved."),
                      MSG("Ask somebody who may approve to return it, then change it."), NULL);
    }
    return err;
}

// The form begins with what is stored.
static enum err change_prepare(struct req *r, struct form *f, struct err_info *e)
{
    struct result_line *line;
    const struct result_value *old;
    enum err err = find_open(r, &line, &old, e);
    for (size_t i = 0; err == ERR_NONE && i < OBSERVATION_N_TYPED; i++) {
        f->values[i] = *record_value(old->record, OBSERVATION_TYPED[i].name);
    }
    return err;
}

static enum err change_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct result_line *line;
    const struct result_value *old;
    enum err err = find_open(r, &line, &old, e);
    return err == ERR_NONE ? show(r, p, line, old, e) : err;
}

static enum err change_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct result_line *line;
    const struct result_value *old;
    enum err err = find_open(r, &line, &old, e);
    return err == ERR_NONE ? save(r, p, line, old, e) : err;
}

const struct route route_observation_change = {
    .path = "/programmes/{programme}/indicators/{indicator}/values/{observation}/change",
    .needs = MAY_WRITE,
    .get = change_get,
    .post = change_post,
    .prepare = change_prepare,
    .fields = OBSERVATION_TYPED,
    .n_fields = OBSERVATION_N_TYPED,
    .also = (const char *const[]){"part/*", "more/*", NULL},
    .title = MSG("Change a value"),
    .menu = MENU_PROGRAMMES,
};
