// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_table_web.c: the logframe as the table people know, now or as it was, and the names of its levels.

#include <string.h>

#include "base/bug.h"
#include "html/form.h"
#include "logframe/logframe.h"
#include "logframe/logframe_levels.html.h"
#include "logframe/logframe_table.h"
#include "logframe/logframe_table.html.h"
#include "logframe/logframe_web.h"
#include "programme/programme_web.h"
#include "result/result.h"
#include "result/result_words.h"

// ---- rows ---------------------------------------------------------------------------------------

struct showing {
    struct req *r;
    const struct programme_people *people;
    bool may_write;
};

static const char *indicator_address(struct req *r, const char *id, const char *rest)
{
    return arena_printf(r->arena, "%s%s%s", programme_address(r, "/indicators"),
                        url_make(r->arena, "/{0}", id, NULL), rest);
}

// What is missing, with where to mend it; words NULL: nothing is.
static struct logframe_lack lack_of(const struct showing *s, const char *key, const char *address)
{
    return key == NULL ? (struct logframe_lack){0}
                       : (struct logframe_lack){.words = tr(s->r->lang, key),
                                                .address = s->may_write ? address : NULL};
}

static void fill_measure(const struct showing *s, const struct logframe_measure *m,
                         struct logframe_measure_cells *out)
{
    struct req *r = s->r;
    const struct record *k = m->record;
    const char **targets = ARENA_ARRAY(r->arena, const char *, m->n_targets + 1);
    const char *owner = programme_person_name(s->people, record_text(k, "owner_id"));
    for (size_t i = 0; i < m->n_targets; i++) {
        targets[i] = logframe_target_words(r->arena, r->lang, m, m->targets[i]);
    }
    *out = (struct logframe_measure_cells){
        .code = result_short_code(k),
        .title = record_text(k, "title"),
        .address = indicator_address(r, k->id, ""),
        .change = s->may_write ? indicator_address(r, k->id, "/change") : NULL,
        .baseline = logframe_baseline_words(r->arena, r->lang, m),
        .no_baseline = lack_of(s, logframe_lacks_baseline(m),
                               indicator_address(r, k->id, "/change#f-baseline")),
        .targets = targets,
        .n_targets = m->n_targets,
        .no_target = lack_of(s, logframe_lacks_target(m),
                             indicator_address(r, k->id, "/targets/new")),
        .means = record_text(k, "means"),
        .source = record_text(k, "source"),
        .frequency = logframe_frequency(r->lang, m),
        .owner = owner == NULL ? "" : owner,
        .assumptions = record_text(k, "assumptions")};
}

// Code of the result that a result serves, in this logframe; NULL: none.
static const char *serves(const struct logframe *l, const struct record *result)
{
    for (size_t i = 0; i < l->n_rows; i++) {
        const struct record *other = l->rows[i].result;
        if (other != NULL && strcmp(other->id, record_text(result, "parent_id")) == 0) {
            return record_text(other, "code");
        }
    }
    return NULL;
}

static void fill_row(const struct showing *s, const struct logframe *l,
                     const struct logframe_row *row, struct logframe_table_line *out)
{
    struct req *r = s->r;
    const struct record *x = row->result;
    struct logframe_measure_cells *measures =
        ARENA_ARRAY(r->arena, struct logframe_measure_cells, row->n_measures + 1);
    for (size_t i = 0; i < row->n_measures; i++) {
        fill_measure(s, &row->measures[i], &measures[i]);
    }
    *out = (struct logframe_table_line){.measures = measures,
                                        .n_measures = row->n_measures,
                                        .span = row->n_measures > 1 ? row->n_measures : 1,
                                        .indent = row->depth > 3 ? 3 : row->depth,
                                        .code = "",
                                        .assumptions = ""};
    if (x == NULL) {
        out->level = tr(r->lang, MSG("Indicators that belong to no result"));
        return;
    }
    out->level = logframe_level_name(r->lang, l->programme, row->level);
    out->code = record_text(x, "code");
    out->serves = serves(l, x);
    out->id = x->id;
    out->version = x->version;
    out->kind = record_text(x, "level");
    out->statement = record_text(x, "statement");
    out->assumptions = record_text(x, "assumptions");
    out->no_indicator = lack_of(s, row->n_measures == 0 ? MSG("No indicator") : NULL,
                                arena_printf(r->arena, "%s%s", programme_address(r, "/indicators"),
                                             url_make(r->arena, "/adopt?result={0}", x->id, NULL)));
    out->change = s->may_write
                      ? arena_printf(r->arena, "%s%s", logframe_address(r, "/results"),
                                     url_make(r->arena, "/{0}/change", x->id, NULL))
                      : NULL;
}

// Results without indicator, indicators without baseline or target.
static size_t count_lacks(const struct logframe *l)
{
    size_t n = 0;
    for (size_t i = 0; i < l->n_rows; i++) {
        n += l->rows[i].result != NULL && l->rows[i].n_measures == 0;
        for (size_t k = 0; k < l->rows[i].n_measures; k++) {
            n += logframe_lacks_baseline(&l->rows[i].measures[k]) != NULL;
            n += logframe_lacks_target(&l->rows[i].measures[k]) != NULL;
        }
    }
    return n;
}

// ---- the page -----------------------------------------------------------------------------------

static size_t actions_of(struct req *r, struct page_action *out)
{
    size_t n = 0;
    out[n++] = (struct page_action){.label = tr(r->lang, MSG("Theory of change")),
                                    .address = theory_address(r, NULL, "")};
    out[n++] = (struct page_action){.label = tr(r->lang, MSG("Versions")),
                                    .address = logframe_address(r, "/versions")};
    out[n++] = (struct page_action){.label = tr(r->lang, MSG("In a spreadsheet")),
                                    .address = logframe_address(r, "/sheet")};
    return n;
}

static enum err table_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct logframe l;
    struct programme_people people;
    const char *as_of, *before_records;
    size_t n_crumbs;
    enum err err = logframe_as_of(req_query(r, "as_of"), "as_of", &as_of, e);
    if (err == ERR_NONE) {
        err = logframe_load(r->db, r->arena, r->programme, as_of, &l, e);
    }
    if (err == ERR_NONE) {
        err = programme_people_load(r->db, r->arena, r->programme->id, &people, e);
    }
    if (err == ERR_NONE) {
        err = logframe_before_records(r, as_of, &before_records, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct showing s = {.r = r,
                        .people = &people,
                        .may_write = as_of == NULL && req_may(r, MAY_WRITE)};
    struct logframe_table_line *lines =
        ARENA_ARRAY(r->arena, struct logframe_table_line, l.n_rows + 1);
    for (size_t i = 0; i < l.n_rows; i++) {
        fill_row(&s, &l, &l.rows[i], &lines[i]);
    }
    const char *title = tr_f(r->arena, r->lang, MSG("Logframe of {0}"), programme_number(r), NULL);
    struct logframe_table_view v = {
        .label = title,
        .lines = lines,
        .n_lines = l.n_rows,
        .n_lacks = count_lacks(&l),
        .as_of = as_of == NULL ? NULL : logframe_as_of_words(r->arena, r->lang, as_of),
        .before_records = before_records,
        .now = logframe_address(r, ""),
        .new_result = s.may_write ? logframe_address(r, "/results/new") : NULL,
        .order = s.may_write ? logframe_address(r, "/order") : NULL,
        .levels = s.may_write ? logframe_address(r, "/levels") : NULL,
        .file = req_may(r, MAY_EXPORT) ? logframe_address(r, "/file") : NULL,
        .query = as_of == NULL ? "" : url_make(r->arena, "?as_of={0}", as_of, NULL)};
    struct page_action actions[3];
    struct page page = {.title = title,
                        .about = tr(r->lang, MSG("From the goal down to the outputs, with what shows "
                                                 "it and what must hold.")),
                        .actions = actions,
                        .n_actions = actions_of(r, actions),
                        .width = PAGE_WIDE};
    page.crumbs = programme_crumbs(r, &n_crumbs);
    page.n_crumbs = n_crumbs;
    page.primary = (struct page_action){
        .label = v.new_result == NULL ? NULL : tr(r->lang, MSG("Add a result")),
        .address = v.new_result,
        .icon = "add"};
    struct html h;
    page_begin(&h, r, p, &page);
    logframe_table_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_logframe = {
    .path = "/programmes/{programme}/logframe",
    .needs = MAY_READ,
    .get = table_get,
    .title = MSG("Logframe"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_PLAN,
};

// ---- names of levels ----------------------------------------------------------------------------

static const struct field level_fields[] = {
    {.name = "goal_name", .label = MSG("Name of the goal"), .example = "Impact",
     .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 40},
    {.name = "outcome_name", .label = MSG("Name of an outcome"), .example = "Specific objective",
     .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 40},
    {.name = "output_name", .label = MSG("Name of an output"), .example = "Expected result",
     .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 40},
};

static enum err levels_get(struct req *r, struct reply *p, struct err_info *e)
{
    size_t n;
    const struct crumb *crumbs = logframe_crumbs(r, &n);
    if (r->form->n_typed == 0) {
        for (size_t i = 0; i < COUNT_OF(level_fields); i++) {
            r->form->values[i] = *record_value(r->programme, level_fields[i].name);
        }
    }
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Names of the levels")),
                              .about = tr(r->lang, MSG("What this programme and its donor call them. "
                                                       "Leave a field empty for the usual word.")),
                              .crumbs = crumbs,
                              .n_crumbs = n,
                              .width = PAGE_NARROW});
    logframe_levels_html(&h, &(struct logframe_levels_view){.form = r->form,
                                                            .action = r->path,
                                                            .submit = tr(r->lang,
                                                                         MSG("Save the names")),
                                                            .cancel = logframe_address(r, "")});
    return page_end(&h, e);
}

static enum err levels_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *programme = record_copy(r->arena, r->programme);
    for (size_t i = 0; i < COUNT_OF(level_fields); i++) {
        record_set_text(programme, level_fields[i].name,
                        form_value(r->form, level_fields[i].name)->text);
    }
    enum err err = programme_save_one(r, programme, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The names are saved.")), programme->version);
        p->status = 303;
        p->location = logframe_address(r, "");
    }
    return err;
}

const struct route route_logframe_levels = {
    .path = "/programmes/{programme}/logframe/levels",
    .needs = MAY_WRITE,
    .get = levels_get,
    .post = levels_post,
    .fields = level_fields,
    .n_fields = COUNT_OF(level_fields),
    .title = MSG("Names of the levels"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_PLAN,
};
