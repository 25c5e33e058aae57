// SPDX-License-Identifier: AGPL-3.0-or-later
//
// activity_form_web.c: adding and changing an activity of the work plan.

#include <stdlib.h>
#include <string.h>

#include "activity/activity_form.html.h"
#include "activity/activity_web.h"
#include "html/form.h"
#include "place/place.h"
#include "programme/programme.h"
#include "programme/programme_web.h"
#include "result/result.h"
#include "store/store.h"

static const char *const except[] = {"state", NULL};

// A new one has the next code: SAMPLE1/A4.
static enum err propose_code(struct req *r, struct err_info *e)
{
    struct record **rows;
    size_t n;
    long last = 0;
    const char *start = arena_printf(r->arena, "%s/A", programme_number(r));
    enum err err = store_list_by(r->db, r->arena, &entity_activity, "programme_id", r->programme->id,
                                 &rows, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        const char *code = record_text(rows[i], "code");
        long k = strncmp(code, start, strlen(start)) == 0 ? strtol(code + strlen(start), NULL, 10)
                                                          : 0;
        last = k > last && k < 100000 ? k : last;
    }
    record_set_text(r->form->record, "code", arena_printf(r->arena, "%s%ld", start, last + 1));
    return err;
}

static enum err offer_results(struct req *r, struct html *h, struct err_info *e)
{
    struct record **rows;
    size_t n;
    enum err err = store_list_by(r->db, r->arena, &entity_result, "programme_id", r->programme->id,
                                 &rows, &n, e);
    struct choice *list = ARENA_ARRAY(r->arena, struct choice, n + 1);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        list[i] = (struct choice){rows[i]->id,
                                  arena_printf(r->arena, "%s %s", record_text(rows[i], "code"),
                                               record_text(rows[i], "statement"))};
    }
    if (err == ERR_NONE) {
        form_set_choices(h, "result_id", list, n);
    }
    return err;
}

// Newest first; what another decision took the place of only if it is chosen already.
static enum err offer_decisions(struct req *r, struct html *h, struct err_info *e)
{
    struct diligence_set set;
    size_t n = 0;
    const char *chosen = form_text(r->arena, r->form, "due_diligence_id");
    enum err err = diligence_load(r->db, r->arena, r->programme, &set, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct choice *list = ARENA_ARRAY(r->arena, struct choice, set.n + 1);
    for (size_t i = 0; i < set.n; i++) {
        const struct record *c = set.items[i];
        bool old = diligence_successor(&set, c->id) != NULL;
        if (old && strcmp(chosen, c->id) != 0) {
            continue;
        }
        bool decided = diligence_is_decided(c);
        const char *country = country_name(record_text(c, "country"));
        list[n++] = (struct choice){
            c->id, tr_f(r->arena, r->lang, MSG("{0}, {1}: {2}"), record_text(c, "recipient"),
                        country == NULL ? record_text(c, "country") : tr(r->lang, country),
                        old ? tr(r->lang, MSG("Superseded"))
                            : activity_code(r, c, decided ? "decision" : "state"),
                        NULL)};
    }
    form_set_choices(h, "due_diligence_id", list, n);
    return ERR_NONE;
}

static void offer_countries(struct req *r, struct html *h)
{
    const char *codes = record_text(r->programme, "countries");
    struct choice *list = ARENA_ARRAY(r->arena, struct choice, strlen(codes) / 3 + 2);
    const struct choice *all = vocabulary_country.list();
    size_t n = 0;
    for (size_t i = 0; codes[0] != '\0' && all[i].code != NULL; i++) {
        if (record_has_code(r->programme, "countries", all[i].code)) {
            list[n++] = (struct choice){all[i].code, tr(r->lang, all[i].label)};
        }
    }
    if (n > 0) {
        form_set_choices(h, "countries", list, n);
    }
}

static enum err form_get(struct req *r, struct reply *p, struct err_info *e)
{
    bool is_new = r->route->edits == NULL;
    struct record *x = r->form->record;
    struct programme_people people;
    size_t n, n_people;
    enum err err = programme_people_load(r->db, r->arena, r->programme->id, &people, e);
    if (err == ERR_NONE && is_new && r->form->n_typed == 0) {
        err = propose_code(r, e);
        record_set_text(x, "supports_force", "none");
        record_set_text(x, "crime", record_text(r->programme, "crime"));
    }
    if (err != ERR_NONE) {
        return err;
    }
    const struct crumb *crumbs = activity_crumbs(r, is_new ? NULL : x, &n);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = is_new ? tr(r->lang, MSG("Add an activity"))
                                              : tr(r->lang, MSG("Change an activity")),
                              .crumbs = crumbs,
                              .n_crumbs = n,
                              .width = PAGE_NARROW});
    offer_countries(r, &h);
    err = offer_results(r, &h, e);
    if (err == ERR_NONE) {
        err = offer_decisions(r, &h, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const struct choice *choices = programme_people_choices(
        r->arena, &people, form_text(r->arena, r->form, "owner_id"), &n_people);
    form_set_choices(&h, "owner_id", choices, n_people);
    const char *list = programme_address(r, "/activities");
    activity_form_html(&h, &(struct activity_form_view){
                               .form = r->form,
                               .action = r->path,
                               .submit = tr(r->lang, MSG("Save this activity")),
                               .cancel = is_new ? list : activity_address(r, x, ""),
                               .remove = is_new ? NULL
                                                : programme_remove_address(r, "activity", x->id, list),
                               .begin = activity_begin_diligence(r, x)});
    return page_end(&h, e);
}

// A new one is planned; it is started on its page.
static enum err begin_as_planned(struct req *r, struct form *f, struct err_info *e)
{
    (void)r;
    (void)e;
    record_set_text(f->record, "state", "planned");
    return ERR_NONE;
}

static enum err form_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *x = r->form->record;
    bool is_new = x->id == NULL;
    enum err err = programme_save_one(r, x, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, is_new ? MSG("The activity is in the work plan.")
                                          : MSG("The activity is saved.")),
                    x->version);
        reply_redirect(r, p, activity_address(r, x, ""), NULL);
    }
    return err;
}

const struct route route_activity_new = {
    .path = "/programmes/{programme}/activities/new",
    .needs = MAY_WRITE,
    .get = form_get,
    .post = form_post,
    .prepare = begin_as_planned,
    .entity = &entity_activity,
    .except = except,
    .title = MSG("Add an activity"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_IMPLEMENT,
};

const struct route route_activity_change = {
    .path = "/programmes/{programme}/activities/{activity}/change",
    .needs = MAY_WRITE,
    .get = form_get,
    .post = form_post,
    .entity = &entity_activity,
    .edits = "activity",
    .except = except,
    .title = MSG("Change an activity"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_IMPLEMENT,
};
