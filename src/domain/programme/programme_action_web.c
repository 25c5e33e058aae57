// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_action_web.c: what will be done, by whom, by when: the list of a programme, adding,
// changing, and marking an action done.

#include <string.h>

#include "base/bug.h"
#include "html/form.h"
#include "html/list.h"
#include "os/clock.h"
#include "programme/programme.h"
#include "programme/programme_action_change.html.h"
#include "programme/programme_action_form.html.h"
#include "programme/programme_actions.html.h"
#include "programme/programme_store.h"
#include "programme/programme_web.h"

static const struct field action_form[] = {
    {.name = "what", .label = MSG("What will be done"),
     .hint = MSG("Begin with a verb: Brief all trainers on …"), .type = FIELD_TEXT,
     .data_class = CLASS_C1, .required = true, .max = 400},
    {.name = "owner_id", .label = MSG("Who"), .type = FIELD_REF, .data_class = CLASS_C2,
     .ref = "user"},
    {.name = "due_on", .label = MSG("By when"), .type = FIELD_DATE, .data_class = CLASS_C1},
};

static const char *programme_id_of(const struct req *r)
{
    return r->programme == NULL ? NULL : r->programme->id;
}

// Where one goes when nothing else was said. A country has no list of actions.
static const char *action_home(const struct req *r)
{
    return programme_address(r, r->programme == NULL ? "" : "/actions");
}

static enum err offer_people(struct req *r, struct html *h, const char *keep, struct err_info *e)
{
    struct programme_people people;
    size_t n;
    enum err err = programme_people_here(r, &people, e);
    if (err == ERR_NONE) {
        const struct choice *choices = programme_people_choices(r->arena, &people, keep, &n);
        form_set_choices(h, "owner_id", choices, n);
    }
    return err;
}

// ---- adding -------------------------------------------------------------------------------------

static const char *sent(const struct req *r, const char *name)
{
    const char *posted = req_posted(r, name);
    return posted[0] != '\0' ? posted : req_query(r, name);
}

static enum err action_form_page(struct req *r, struct reply *p, struct err_info *e)
{
    size_t n;
    const struct crumb *crumbs = programme_crumbs(r, &n);
    struct html h;
    page_begin(&h, r, p, &(struct page){
        .title = tr_f(r->arena, r->lang, MSG("Add an action to {0}"), programme_place(r), NULL),
        .about = tr(r->lang, MSG("Something somebody will do by a date.")),
        .crumbs = crumbs, .n_crumbs = n, .width = PAGE_NARROW});
    enum err err = offer_people(r, &h, NULL, e);
    if (err != ERR_NONE) {
        return err;
    }
    programme_action_form_html(&h, &(struct programme_action_form_view){
        .form = r->form,
        .action = programme_address(r, "/actions"),
        .about_kind = sent(r, "about_kind"),
        .about_id = sent(r, "about_id"),
        .back = programme_back(r, action_home(r)),
    });
    return page_end(&h, e);
}

// Somebody who can be given work here, or nobody.
static enum err check_owner(struct req *r, const char *owner_id, struct err_info *e)
{
    struct programme_people people;
    enum err err = ERR_NONE;
    if (owner_id == NULL) {
        return ERR_NONE;
    }
    err = programme_people_here(r, &people, e);
    for (size_t i = 0; err == ERR_NONE && i < people.n; i++) {
        if (people.all[i].may && strcmp(people.all[i].id, owner_id) == 0) {
            return ERR_NONE;
        }
    }
    return err != ERR_NONE ? err
                           : err_set(e, ERR_INPUT, "owner_id", MSG("There is no such choice."),
                                     MSG("Choose one of the list."), NULL);
}

static enum err action_add(struct req *r, struct reply *p, struct err_info *e)
{
    const char *kind = req_posted(r, "about_kind");
    struct record *about = NULL;
    enum err err = ERR_NONE;
    if (kind[0] != '\0' || r->programme == NULL) {
        err = programme_load_record(r, kind, req_posted(r, "about_id"), &about, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct record *record = record_new(r->arena, &entity_action);
    record_set_text(record, "about_kind", about == NULL ? "programme" : about->entity->kind);
    record_set_text(record, "about_id", about == NULL ? r->programme->id : about->id);
    record_set_text(record, "programme_id", programme_id_of(r));
    record_set_text(record, "state", "open");
    for (size_t i = 0; i < COUNT_OF(action_form); i++) {
        const struct value *v = form_value(r->form, action_form[i].name);
        record_set_text(record, action_form[i].name, v->set ? v->text : NULL);
    }
    const struct value *owner = form_value(r->form, "owner_id");
    err = check_owner(r, owner->set ? owner->text : NULL, e);
    if (err == ERR_NONE) {
        err = record_check(record, e);
    }
    if (err == ERR_NONE) {
        err = programme_save_one(r, record, NULL, e);
    }
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("Action added.")), record->version);
        reply_redirect(r, p, programme_back(r, action_home(r)), NULL);
    }
    return err;
}

// ---- the list -----------------------------------------------------------------------------------

struct ask {
    const char *state; // open, done, or NULL: all
    bool mine;
    int64_t page;
};

static struct ask read_ask(const struct req *r)
{
    const char *state = req_query(r, "state");
    const char *page = req_query(r, "page");
    struct ask ask = {.state = "open", .page = 1};
    if (strcmp(state, "done") == 0 || strcmp(state, "all") == 0) {
        ask.state = strcmp(state, "done") == 0 ? "done" : NULL;
    }
    ask.mine = strcmp(req_query(r, "who"), "mine") == 0;
    if (strlen(page) < 6) {
        int64_t n = 0;
        for (const char *c = page; *c >= '0' && *c <= '9'; c++) {
            n = n * 10 + (*c - '0');
        }
        ask.page = n > 1 ? n : 1;
    }
    return ask;
}

static const char *ask_address(struct req *r, const char *state, bool mine, int64_t page)
{
    const char *base = programme_address(r, "/actions");
    const char *who = mine ? "&who=mine" : "";
    const char *later = page > 1 ? arena_printf(r->arena, "&page=%lld", (long long)page) : "";
    return arena_printf(r->arena, "%s?state=%s%s%s", base, state == NULL ? "all" : state, who, later);
}

static void fill_action(struct req *r, const struct programme_action *a, const char *today,
                        bool may_write, struct action_line *line)
{
    const char *base = url_make(r->arena, "/actions/{0}", a->id, NULL);
    const struct entity *kind = model_find(a->about_kind);
    bool open = strcmp(a->state, "open") == 0;
    bool late = action_is_late(a->state, a->due_on, today);
    const struct field *f = entity_field(&entity_action, "state");
    *line = (struct action_line){
        .what = a->what,
        .owner = a->owner,
        .due_on = a->due_on == NULL ? "" : a->due_on,
        .done_on = a->done_on,
        .late = late,
        .state_kind = late ? "risk" : open ? "progress" : strcmp(a->state, "done") == 0 ? "done" : "none",
        .state = tr(r->lang, late ? MSG("Late") : field_choice_label(f, a->state)),
        .about_kind = kind == NULL ? a->about_kind : tr(r->lang, kind->label),
        .about = a->about,
        .about_address = programme_record_address(r, a->about_kind, a->about_id),
    };
    if (may_write) {
        line->change = arena_printf(r->arena, "%s%s/change?back=%s", programme_address(r, ""), base,
                                    url_escape(r->arena, r->address));
        line->done = open ? arena_printf(r->arena, "%s%s/done", programme_address(r, ""), base) : NULL;
    }
}

static enum err action_list(struct req *r, struct reply *p, struct err_info *e)
{
    if (r->method == METHOD_POST) { // something was wrong: the form alone, with what was typed
        return action_form_page(r, p, e);
    }
    struct ask ask = read_ask(r);
    struct programme_action *rows;
    size_t n, n_crumbs;
    int64_t total, late;
    char today[11];
    clock_today(today);
    enum err err = programme_actions_load(r->db, r->arena, r->programme->id, ask.state,
                                          ask.mine ? r->who->user_id : NULL, today,
                                          LIST_ROWS_A_PAGE, (ask.page - 1) * LIST_ROWS_A_PAGE,
                                          &rows, &n, &total, &late, e);
    if (err != ERR_NONE) {
        return err;
    }
    bool may_write = programme_may(r, MAY_WRITE);
    struct action_line *lines = ARENA_ARRAY(r->arena, struct action_line, n + 1);
    for (size_t i = 0; i < n; i++) {
        fill_action(r, &rows[i], today, may_write, &lines[i]);
    }
    const struct crumb *crumbs = programme_crumbs(r, &n_crumbs);
    struct page_action add = {.icon = "add", .address = programme_address(r, "/actions/new"),
                              .label = may_write ? tr(r->lang, MSG("Add an action")) : NULL};
    struct html h;
    page_begin(&h, r, p, &(struct page){
        .title = tr_f(r->arena, r->lang, MSG("Actions of {0}"), programme_number(r), NULL),
        .count = arena_printf(r->arena, "%lld", (long long)total),
        .about = tr(r->lang, MSG("What will be done, by whom and by when. Late ones come first.")),
        .crumbs = crumbs, .n_crumbs = n_crumbs, .primary = add});
    programme_actions_html(&h, &(struct programme_actions_view){
        .lines = lines, .n_lines = n, .late = late, .back = r->address,
        .open = {tr(r->lang, MSG("Open")), ask_address(r, "open", ask.mine, 1),
                 ask.state != NULL && strcmp(ask.state, "open") == 0},
        .done = {tr(r->lang, MSG("Done")), ask_address(r, "done", ask.mine, 1),
                 ask.state != NULL && strcmp(ask.state, "done") == 0},
        .all = {tr(r->lang, MSG("All")), ask_address(r, NULL, ask.mine, 1), ask.state == NULL},
        .mine = {tr(r->lang, MSG("Mine")), ask_address(r, ask.state, !ask.mine, 1), ask.mine},
        .older = total > ask.page * LIST_ROWS_A_PAGE
                     ? ask_address(r, ask.state, ask.mine, ask.page + 1) : NULL,
        .newer = ask.page > 1 ? ask_address(r, ask.state, ask.mine, ask.page - 1) : NULL,
    });
    return page_end(&h, e);
}

// ---- changing -----------------------------------------------------------------------------------

static enum err action_change_page(struct req *r, struct reply *p, struct err_info *e)
{
    size_t n;
    const struct crumb *crumbs = programme_crumbs(r, &n);
    struct html h;
    page_begin(&h, r, p, &(struct page){
        .title = tr_f(r->arena, r->lang, MSG("Change an action of {0}"), programme_place(r), NULL),
        .crumbs = crumbs, .n_crumbs = n, .width = PAGE_NARROW});
    enum err err = offer_people(r, &h, record_text(r->form->record, "owner_id"), e);
    if (err != ERR_NONE) {
        return err;
    }
    programme_action_change_html(&h, &(struct programme_action_change_view){
        .form = r->form,
        .action = r->path,
        .back = programme_back(r, action_home(r)),
        .remove = programme_remove_address(r, "action", r->form->record->id,
                                           programme_back(r, action_home(r))),
        .about = programme_record_address(r, record_text(r->form->record, "about_kind"),
                                          record_text(r->form->record, "about_id")),
    });
    return page_end(&h, e);
}

static enum err action_change(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *record = r->form->record;
    bool done = strcmp(record_text(record, "state"), "done") == 0;
    if (done && !record_is_set(record, "done_on")) {
        char today[11];
        clock_today(today);
        record_set_text(record, "done_on", arena_copy(r->arena, today));
    }
    enum err err = programme_save_one(r, record, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("Action changed.")), record->version);
        reply_redirect(r, p, programme_back(r, action_home(r)), NULL);
    }
    return err;
}

static enum err action_done(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *record;
    char today[11];
    enum err err = programme_load_record(r, "action", req_capture(r, "action"), &record, e);
    if (err != ERR_NONE) {
        return err;
    }
    clock_today(today);
    record_set_text(record, "state", "done");
    record_set_text(record, "done_on", arena_copy(r->arena, today));
    err = programme_save_one(r, record, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("Marked as done.")), record->version);
        reply_redirect(r, p, programme_back(r, action_home(r)), NULL);
    }
    return err;
}

const struct route programme_actions_page = {
    .path = "/programmes/{programme}/actions",
    .needs = MAY_READ,
    .post_needs = MAY_WRITE,
    .get = action_list,
    .post = action_add,
    .fields = action_form,
    .n_fields = COUNT_OF(action_form),
    .also = (const char *const[]){"about_kind", "about_id", NULL},
    .title = MSG("Actions"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_OVERVIEW,
};

const struct route programme_action_new = {
    .path = "/programmes/{programme}/actions/new",
    .needs = MAY_WRITE,
    .get = action_form_page,
    .post = action_add,
    .fields = action_form,
    .n_fields = COUNT_OF(action_form),
    .also = (const char *const[]){"about_kind", "about_id", NULL},
    .title = MSG("Add an action"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_OVERVIEW,
};

// Actions on records about a country that belong to no programme: answers, ratings, due diligence.
const struct route country_actions_page = {
    .path = "/countries/{country}/actions",
    .needs = MAY_WRITE,
    .get = action_form_page,
    .post = action_add,
    .fields = action_form,
    .n_fields = COUNT_OF(action_form),
    .also = (const char *const[]){"about_kind", "about_id", NULL},
    .title = MSG("Add an action"),
    .menu = MENU_COUNTRIES,
};

const struct route country_action_change_page = {
    .path = "/countries/{country}/actions/{action}/change",
    .needs = MAY_WRITE,
    .get = action_change_page,
    .post = action_change,
    .entity = &entity_action,
    .edits = "action",
    .title = MSG("Change an action"),
    .menu = MENU_COUNTRIES,
};

const struct route country_action_done = {
    .path = "/countries/{country}/actions/{action}/done",
    .needs = MAY_WRITE,
    .post = action_done,
    .title = MSG("Mark an action as done"),
    .menu = MENU_COUNTRIES,
};

const struct route programme_action_change_page = {
    .path = "/programmes/{programme}/actions/{action}/change",
    .needs = MAY_WRITE,
    .get = action_change_page,
    .post = action_change,
    .entity = &entity_action,
    .edits = "action",
    .title = MSG("Change an action"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_OVERVIEW,
};

const struct route programme_action_done = {
    .path = "/programmes/{programme}/actions/{action}/done",
    .needs = MAY_WRITE,
    .post = action_done,
    .title = MSG("Mark an action as done"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_OVERVIEW,
};
