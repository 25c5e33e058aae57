// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_value_web.c: entering and changing a value with its parts by sex and age.
//
// The value and its parts are saved in one transaction. Nobody types a total: a count without a whole
// takes the sum of its parts. A value that is changed has to be checked again; a locked one stays.

#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "html/form.h"
#include "result/result.h"
#include "result/result_value.html.h"
#include "result/result_web.h"
#include "result/result_words.h"

static const char not_known[] = "not_known";

// Which cells the grid shows: rows of ages, columns of sexes.
struct shape {
    bool sex[RESULT_SEXES];
    bool age[RESULT_AGES];
    bool by_sex, by_age;
};

// A characteristic that is not split by has one line, "not known" in the records. Parts that are there
// already are always shown.
static struct shape shape_of(const struct result_line *line, const struct result_parts *there)
{
    struct shape s = {.by_sex = line->by_sex, .by_age = line->by_age};
    for (int sex = 0; sex < RESULT_SEXES; sex++) {
        for (int age = 0; age < RESULT_AGES; age++) {
            bool is_set = there != NULL && there->set[sex][age];
            s.by_sex |= is_set && strcmp(result_sex(sex), not_known) != 0;
            s.by_age |= is_set && strcmp(result_age(age), not_known) != 0;
        }
    }
    bool any = s.by_sex || s.by_age;
    for (int sex = 0; sex < RESULT_SEXES; sex++) {
        s.sex[sex] = s.by_sex || (any && strcmp(result_sex(sex), not_known) == 0);
    }
    for (int age = 0; age < RESULT_AGES; age++) {
        s.age[age] = s.by_age || (any && strcmp(result_age(age), not_known) == 0);
    }
    return s;
}

static const char *cell_name(struct arena *a, int sex, int age)
{
    return arena_printf(a, "part_%s_%s", result_sex(sex), result_age(age));
}

// ---- what was typed -----------------------------------------------------------------------------

// Reads the cells; what is wrong becomes an error of the form beside its cell.
static struct result_parts read_cells(struct req *r, const struct shape *shape)
{
    struct result_parts parts = {0};
    const struct field *f = entity_field(&entity_observation_part, "value");
    for (int sex = 0; sex < RESULT_SEXES; sex++) {
        for (int age = 0; age < RESULT_AGES; age++) {
            const char *name = cell_name(r->arena, sex, age);
            struct value v;
            struct err_info wrong;
            if (!shape->sex[sex] || !shape->age[age]) {
                continue;
            }
            if (field_parse(r->arena, f, req_posted(r, name), 0, &v, &wrong) != ERR_NONE) {
                (void)snprintf(wrong.field, sizeof wrong.field, "%s", name);
                if (form_error_of(r->form, name) == NULL) {
                    form_add_error(r->arena, r->form, &wrong);
                }
            } else if (v.set && decimal_parse(v.text, &parts.value[sex][age])) {
                parts.set[sex][age] = true;
                if (parts.value[sex][age] < 0 && form_error_of(r->form, name) == NULL) {
                    (void)err_set(&wrong, ERR_INPUT, name,
                                  MSG("A number of people cannot be negative."),
                                  MSG("Check the sign."), NULL);
                    form_add_error(r->arena, r->form, &wrong);
                }
            }
        }
    }
    return parts;
}

// ---- the page -----------------------------------------------------------------------------------

static void fill_columns(struct req *r, const struct shape *shape, const struct result_sums *sums,
                         struct result_value_view *v)
{
    const struct field *f = entity_field(&entity_observation_part, "sex");
    v->columns = ARENA_ARRAY(r->arena, struct grid_column, RESULT_SEXES);
    for (int sex = 0; sex < RESULT_SEXES; sex++) {
        if (shape->sex[sex]) {
            const char *code = result_sex(sex);
            v->columns[v->n_columns++] = (struct grid_column){
                .code = code,
                .label = shape->by_sex ? tr(r->lang, field_choice_label(f, code))
                                       : tr(r->lang, MSG("All")),
                .sum = result_plain(r->arena, sums->by_sex[sex], DECIMAL_PLACES),
                .apart = shape->by_sex && strcmp(code, not_known) == 0,
            };
        }
    }
}

static void fill_row(struct req *r, const struct shape *shape, const struct result_parts *parts,
                     int age, struct result_value_view *v, struct grid_row *row)
{
    size_t n = 0;
    row->cells = ARENA_ARRAY(r->arena, struct grid_cell, RESULT_SEXES);
    for (int sex = 0; sex < RESULT_SEXES; sex++) {
        if (!shape->sex[sex]) {
            continue;
        }
        const char *name = cell_name(r->arena, sex, age);
        const struct form_error *wrong = form_error_of(r->form, name);
        const struct grid_column *column = &v->columns[n];
        row->cells[n++] = (struct grid_cell){
            .sex = column->code,
            .sex_label = column->label,
            .apart = column->apart,
            .value = r->n_posted > 0         ? req_posted(r, name)
                     : parts->set[sex][age] ? decimal_short(r->arena, parts->value[sex][age])
                                            : "",
            .error = wrong == NULL ? NULL : err_text(r->arena, r->lang, &wrong->info),
        };
    }
}

static void fill_grid(struct req *r, const struct result_line *line, const struct shape *shape,
                      const struct result_parts *parts, struct result_value_view *v)
{
    const struct field *f = entity_field(&entity_observation_part, "age");
    struct result_sums sums = result_sums_of(parts);
    struct result_figure whole = {0};
    int64_t difference = 0;
    whole.known = decimal_parse(form_text(r->arena, r->form, "value"), &whole.scaled);
    v->has_grid = (shape->by_sex || shape->by_age) && line->unit == UNIT_COUNT;
    if (!v->has_grid) {
        return;
    }
    bool comparable = result_difference(&whole, &sums, &difference);
    fill_columns(r, shape, &sums, v);
    v->rows = ARENA_ARRAY(r->arena, struct grid_row, RESULT_AGES);
    for (int age = 0; age < RESULT_AGES; age++) {
        if (shape->age[age]) {
            struct grid_row *row = &v->rows[v->n_rows++];
            const char *code = result_age(age);
            *row = (struct grid_row){
                .code = code,
                .label = shape->by_age ? tr(r->lang, field_choice_label(f, code))
                                       : tr(r->lang, MSG("All ages")),
                .sum = result_plain(r->arena, sums.by_age[age], DECIMAL_PLACES)};
            fill_row(r, shape, parts, age, v, row);
        }
    }
    v->total = result_plain(r->arena, sums.total, DECIMAL_PLACES);
    v->differs = comparable && difference != 0;
    v->difference = comparable ? result_plain(r->arena, difference, DECIMAL_PLACES) : "–";
}

static enum err show(struct req *r, struct reply *p, const struct result_line *line,
                     const struct result_value *old, struct err_info *e)
{
    size_t n_crumbs;
    const char *id = line->record->id;
    const struct shape shape = shape_of(line, old == NULL ? NULL : &old->parts);
    const struct result_parts none = {0};
    const struct result_parts typed = read_cells(r, &shape);
    const struct result_parts *parts = r->n_posted > 0 ? &typed : old == NULL ? &none : &old->parts;
    const char *state = old == NULL ? "" : record_text(old->record, "state");
    struct result_value_view v = {
        .form = r->form,
        .cancel = result_indicator_address(r, id, ""),
        .action = result_indicator_address(r, id, "/values/new"),
        .submit = old == NULL ? tr(r->lang, MSG("Enter this value"))
                              : tr(r->lang, MSG("Save this value")),
        .shares = line->unit == UNIT_PERCENTAGE || line->unit == UNIT_PROPORTION ||
                  line->unit == UNIT_RATIO,
        .answer = line->unit == UNIT_YES_NO,
        .text = line->unit == UNIT_TEXT,
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
    fill_grid(r, line, &shape, parts, &v);
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
    result_value_html(&h, &v);
    return page_end(&h, e);
}

// ---- saving -------------------------------------------------------------------------------------

static struct record *part_at(struct record *const *parts, size_t n, int sex, int age)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(record_text(parts[i], "sex"), result_sex(sex)) == 0 &&
            strcmp(record_text(parts[i], "age"), result_age(age)) == 0) {
            return parts[i];
        }
    }
    return NULL;
}

static enum err save_cell(struct store_tx *tx, struct req *r, const struct record *observation,
                          struct record *there, const struct result_parts *typed, int sex, int age,
                          struct err_info *e)
{
    if (!typed->set[sex][age]) {
        return there == NULL
                   ? ERR_NONE
                   : store_delete(tx, r->arena, &entity_observation_part, there->id, e);
    }
    if (there == NULL) {
        there = record_new(r->arena, &entity_observation_part);
        record_set_text(there, "observation_id", observation->id);
        record_set_text(there, "sex", result_sex(sex));
        record_set_text(there, "age", result_age(age));
    }
    int64_t kept;
    if (decimal_parse(record_text(there, "value"), &kept) && kept == typed->value[sex][age]) {
        return ERR_NONE;
    }
    record_set_text(there, "value", decimal_short(r->arena, typed->value[sex][age]));
    return store_save(tx, r->arena, there, e);
}

static enum err save_parts(struct store_tx *tx, struct req *r, const struct record *observation,
                           const struct shape *shape, const struct result_parts *typed,
                           struct err_info *e)
{
    struct record **parts;
    size_t n;
    enum err err = store_list_by(store_tx_read(tx), r->arena, &entity_observation_part,
                                 "observation_id", observation->id, &parts, &n, e);
    for (int sex = 0; sex < RESULT_SEXES; sex++) {
        for (int age = 0; err == ERR_NONE && age < RESULT_AGES; age++) {
            if (shape->sex[sex] && shape->age[age]) {
                err = save_cell(tx, r, observation, part_at(parts, n, sex, age), typed, sex, age, e);
            }
        }
    }
    return err;
}

// The record as typed. Parts without a whole give the whole.
static struct record *observation_of(struct req *r, const struct result_line *line,
                                     const struct result_value *old, const struct result_sums *sums)
{
    struct record *o = old == NULL ? record_new(r->arena, &entity_observation)
                                   : record_copy(r->arena, old->record);
    record_set_text(o, "indicator_id", line->record->id);
    for (size_t i = 0; i < OBSERVATION_N_TYPED; i++) {
        const struct value *v = form_value(r->form, OBSERVATION_TYPED[i].name);
        record_set_text(o, OBSERVATION_TYPED[i].name, v->set ? v->text : NULL);
    }
    if (sums->n > 0 && !sums->too_large && !record_is_set(o, "value")) {
        record_set_text(o, "value", decimal_short(r->arena, sums->total));
    }
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

static bool same_parts(const struct result_parts *x, const struct result_parts *y,
                       const struct shape *shape)
{
    for (int sex = 0; sex < RESULT_SEXES; sex++) {
        for (int age = 0; age < RESULT_AGES; age++) {
            if (shape->sex[sex] && shape->age[age] &&
                (x->set[sex][age] != y->set[sex][age] ||
                 (x->set[sex][age] && x->value[sex][age] != y->value[sex][age]))) {
                return false;
            }
        }
    }
    return true;
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

static enum err save_all(struct req *r, struct record *o, const struct shape *shape,
                         const struct result_parts *typed, struct err_info *e)
{
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_save(tx, r->arena, o, e);
    if (err == ERR_NONE) {
        err = save_parts(tx, r, o, shape, typed, e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

static enum err save(struct req *r, struct reply *p, const struct result_line *line,
                     const struct result_value *old, struct err_info *e)
{
    struct shape shape = shape_of(line, old == NULL ? NULL : &old->parts);
    if (line->unit != UNIT_COUNT) {
        shape = (struct shape){0};
    }
    const struct result_parts typed = read_cells(r, &shape);
    if (r->form->n_errors > 0) {
        p->status = 422;
        return show(r, p, line, old, e);
    }
    const struct result_sums sums = result_sums_of(&typed);
    struct record *o = observation_of(r, line, old, &sums);
    if (old != NULL) {
        take_back_state(o, old, !same_parts(&typed, &old->parts, &shape));
    }
    enum err err = record_check(o, e);
    if (err == ERR_NONE) {
        err = save_all(r, o, &shape, &typed, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const struct result_entry entry = result_entry_of(o);
    const struct result_figure whole = result_figure_of(line->unit, &entry);
    int64_t difference;
    bool differs = result_difference(&whole, &sums, &difference) && difference != 0;
    reply_flash(p,
                differs ? tr_f(r->arena, r->lang,
                               MSG("The value is saved. The whole is {0}, the parts come to {1}."),
                               result_plain(r->arena, whole.scaled, DECIMAL_PLACES),
                               result_plain(r->arena, sums.total, DECIMAL_PLACES), NULL)
                        : tr(r->lang, MSG("The value is saved.")),
                sums.n == 0 ? o->version : NULL);
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
                      MSG("What was reported stays. Say in the note of a newer value what should be "
                          "different."),
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
    .title = MSG("Change a value"),
    .menu = MENU_PROGRAMMES,
};
