// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_new_web.c: making a release: which programme, then which people by what, looked at before it is drawn.

#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "html/form.h"
#include "programme/programme.h"
#include "programme/programme_web.h"
#include "release/release_choose.html.h"
#include "release/release_new.html.h"
#include "release/release_web.h"
#include "result/result.h"
#include "result/result_split.h"

// ---- which programme ----------------------------------------------------------------------------------------

static enum err choose_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct record **all;
    size_t n, n_crumbs;
    enum err err = store_list(r->db, r->arena, &entity_programme, NULL, &all, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct release_programme_line *lines = ARENA_ARRAY(r->arena, struct release_programme_line, n + 1);
    struct release_choose_view v = {.programmes = lines};
    for (size_t i = 0; i < n; i++) {
        if (identity_may(r->who, MAY_WRITE, all[i]->id)) {
            const char *number = record_text(all[i], "number");
            lines[v.n_programmes++] = (struct release_programme_line){
                .title = record_title(all[i]), .number = number,
                .address = url_make(r->arena, "/programmes/{0}/releases/new", number, NULL)};
        }
    }
    const struct crumb *crumbs = release_crumbs(r, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Make a release")), .crumbs = crumbs, .n_crumbs = n_crumbs,
                              .width = PAGE_NARROW});
    release_choose_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_release_choose = {
    .path = "/releases/new",
    .needs = MAY_SIGNED_IN,
    .get = choose_get,
    .title = MSG("Make a release"),
    .menu = MENU_REPORTS,
};

// ---- what -----------------------------------------------------------------------------------------------------

static const struct vocabulary vocabulary_by = {.name = "release_by", .list = release_by_choices};
static const struct vocabulary vocabulary_class = {.name = "release_class", .list = release_class_choices};

static const struct field fields[] = {
    {.name = "indicator", .label = MSG("Indicator"), .hint = MSG("A count or a share of people. Its approved and locked values are added up."),
     .type = FIELD_REF, .data_class = CLASS_C1, .required = true, .ref = "indicator"},
    {.name = "by", .label = MSG("Split by"), .hint = MSG("At most three and the period; for a share, at most two, or none. The fewer, the more each count says."),
     .type = FIELD_CODES, .data_class = CLASS_C1, .vocabulary = &vocabulary_by},
    {.name = "class", .label = MSG("Class of data"), .type = FIELD_CODE, .data_class = CLASS_C1, .required = true,
     .vocabulary = &vocabulary_class},
    {.name = "from", .label = MSG("Periods from"), .hint = MSG("Leave both days empty to count all periods."),
     .type = FIELD_DATE, .data_class = CLASS_C1},
    {.name = "to", .label = MSG("Periods until"), .type = FIELD_DATE, .data_class = CLASS_C1},
    {.name = "code", .label = MSG("Name of the release"),
     .hint = MSG("Stands in addresses and file names: letters, digits and “-”."), .example = "trained-2026",
     .type = FIELD_TEXT, .data_class = CLASS_C1, .required = true, .max = RELEASE_NAME_BYTES},
    {.name = "title", .label = MSG("Title"), .hint = MSG("What people read above the table. Empty: the title of the "
                                                         "indicator."),
     .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 200},
};

// Counts and shares of this programme.
static enum err load_indicators(struct req *r, struct release_new_view *v, struct err_info *e)
{
    const struct store_filter of[] = {{"programme_id", STORE_EQUAL, r->programme->id}, {"unit", STORE_ONE_OF, " count percentage proportion ratio "}};
    const struct store_query q = {.filters = of, .n_filters = COUNT_OF(of)};
    struct record **all;
    size_t n;
    enum err err = store_list(r->db, r->arena, &entity_indicator, &q, &all, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct choice *choices = ARENA_ARRAY(r->arena, struct choice, n + 1);
    for (size_t i = 0; i < n; i++) {
        choices[i] = (struct choice){all[i]->id, arena_printf(r->arena, "%s %s", record_text(all[i], "code"),
                                                              record_text(all[i], "title"))};
    }
    v->indicators = choices;
    v->n_indicators = n;
    return ERR_NONE;
}

static void fill_classes(struct req *r, struct release_new_view *v)
{
    struct release_class_line *lines;
    for (v->n_classes = 0; release_class(v->n_classes) != NULL;) {
        v->n_classes++;
    }
    v->classes = lines = ARENA_ARRAY(r->arena, struct release_class_line, v->n_classes);
    for (size_t i = 0; i < v->n_classes; i++) {
        const char *id = release_class(i);
        lines[i] = (struct release_class_line){.title = release_class_title(id), .when = release_class_when(id),
                                               .base = decimal_int_text(r->arena, release_base_of(id)),
                                               .public = release_class_is_public(id)};
    }
}

static void fill_outlook(struct req *r, const struct release_outlook *x, struct release_new_view *v)
{
    const struct release_cube *c = x->counted.exact;
    int64_t people = c->counts[release_grand_total(c->frame)];
    struct release_copy_line *copies = ARENA_ARRAY(r->arena, struct release_copy_line, (size_t)x->entry.n_periods);
    v->looked = true;
    v->people = decimal_int_text(r->arena, people);
    v->cells = decimal_int_text(r->arena, (int64_t)c->frame->n_inner);
    v->mean = arena_printf(r->arena, "%.1f", (double)people / (double)c->frame->n_inner);
    v->thin = x->thin;
    v->mean_least = decimal_int_text(r->arena, release_limits()->mean_cell);
    v->n_given_up = (size_t)x->collapsed.n_done;
    const char **given_up = ARENA_ARRAY(r->arena, const char *, v->n_given_up + 1);
    for (size_t i = 0; i < v->n_given_up; i++) {
        given_up[i] = release_given_up_words(r->arena, r->lang, x->collapsed.done[i]);
    }
    v->given_up = given_up;
    v->left = x->counted.n_left == 0
                  ? NULL
                  : tr_f(r->arena, r->lang, MSG("Not counted, because they are not approved: {0} values."),
                         decimal_int_text(r->arena, (int64_t)x->counted.n_left), NULL);
    v->copies = copies;
    for (int i = 0; i < x->entry.n_periods; i++) {
        const struct release_period *p = &x->entry.periods[i];
        if (strcmp(p->drawn, x->entry.name) != 0) {
            copies[v->n_copies++] = (struct release_copy_line){
                .days = release_category_words(r->arena, r->lang, RELEASE_PERIOD, release_period_label(r->arena, p)), .drawn = p->drawn};
        }
    }
}

static enum err show(struct req *r, struct reply *p, const struct release_outlook *outlook, struct err_info *e)
{
    struct release_new_view v = {.form = r->form, .action = programme_address(r, "/releases/new"),
                                 .cancel = "/releases", .list = programme_address(r, "/indicators")};
    size_t n_crumbs;
    enum err err = load_indicators(r, &v, e);
    if (err != ERR_NONE) {
        return err;
    }
    fill_classes(r, &v);
    if (outlook != NULL) {
        fill_outlook(r, outlook, &v);
    }
    const struct crumb *crumbs = release_crumbs(r, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(r->arena, r->lang, MSG("Make a release of {0}"), programme_number(r), NULL),
                              .about = tr(r->lang, MSG("A table about people that may be shown outside. It is rounded once, then "
                                                       "audited, then published by another person.")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .width = PAGE_NARROW});
    release_new_html(&h, &v);
    return page_end(&h, e);
}

static enum err new_get(struct req *r, struct reply *p, struct err_info *e)
{
    return show(r, p, NULL, e);
}

// " sex age " as "sex,age"; NULL: nothing was chosen.
static const char *by_of(struct req *r, const char *codes)
{
    const char *by = "";
    codes = codes == NULL ? "" : codes;
    for (const char *at = codes + strspn(codes, " "); *at != '\0'; at += strspn(at, " ")) {
        size_t len = strcspn(at, " ");
        by = arena_printf(r->arena, "%s%s%.*s", by, by[0] == '\0' ? "" : ",", (int)len, at);
        at += len;
    }
    return by;
}

static const char *typed(struct req *r, const char *field)
{
    const struct value *v = form_value(r->form, field);
    return v->set ? v->text : NULL;
}

// The indicator is one of this programme: another one is as if it were not there.
static enum err check_indicator(struct req *r, const char *id, struct err_info *e)
{
    struct record *ignored;
    enum err err = programme_load_record(r, "indicator", id, &ignored, e);
    return err == ERR_NOT_FOUND ? err_set(e, ERR_INPUT, "indicator", MSG("There is no such indicator here."),
                                          MSG("Choose one of the list."), NULL)
                                : err;
}

static enum err new_post(struct req *r, struct reply *p, struct err_info *e)
{
    const struct actor who = req_actor(r);
    const struct release_wish wish = {.name = typed(r, "code"), .title = typed(r, "title"),
                                      .indicator = typed(r, "indicator"), .class_id = typed(r, "class"),
                                      .asked = {.by = by_of(r, typed(r, "by")), .from = typed(r, "from"),
                                                .to = typed(r, "to")}};
    struct release_outlook outlook;
    struct release_loss loss;
    struct record *x;
    const char *today = release_today(r->arena);
    enum err err = check_indicator(r, wish.indicator, e);
    if (err == ERR_NONE) {
        err = release_look_ahead(r->db, r->arena, &wish, today, &outlook, e);
    }
    if (err == ERR_NONE && strcmp(req_posted(r, "go"), "make") != 0) {
        return show(r, p, &outlook, e);
    }
    if (err == ERR_NONE) {
        err = release_make(r->arena, &wish, &outlook, actor_id(&who), today, &x, &loss, e);
    }
    if (err == ERR_NONE) {
        err = programme_save_one(r, x, NULL, e);
    }
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The release is drawn. Look at it, then have it audited.")), NULL);
        reply_redirect(r, p, release_address(r, x, ""), NULL);
    }
    return err;
}

const struct route route_release_new = {
    .path = "/programmes/{programme}/releases/new",
    .needs = MAY_WRITE,
    .get = new_get,
    .post = new_post,
    .fields = fields,
    .n_fields = COUNT_OF(fields),
    .also = (const char *const[]){"go", NULL},
    .title = MSG("Make a release"),
    .menu = MENU_REPORTS,
};
