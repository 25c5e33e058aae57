// SPDX-License-Identifier: AGPL-3.0-or-later
//
// activity_record_web.c: one activity, and the steps of its life: start, suspend, finish, drop.

#include <string.h>

#include "activity/activity_record.html.h"
#include "activity/activity_step.html.h"
#include "activity/activity_web.h"
#include "base/bug.h"
#include "html/form.h"
#include "html/record.h"
#include "os/clock.h"
#include "programme/programme.h"
#include "programme/programme_attach.h"
#include "programme/programme_web.h"
#include "result/result.h"
#include "store/store.h"

static const char *const work[] = {"code", "title", "sort", "crime", "result_id", NULL};
static const char *const when[] = {"countries", "starts_on", "ends_on", "owner_id", "cost", NULL};
static const char *const support[] = {"supports_force", "due_diligence_id", "continues", NULL};

struct names {
    const struct programme_people *people;
    const struct record *result;
    const struct diligence_set *decisions;
};

static struct record_link resolve(void *context, struct arena *a, const struct field *f,
                                  const char *id)
{
    const struct names *names = context;
    const char *label = NULL;
    if (strcmp(f->ref, "user") == 0) {
        label = programme_person_name(names->people, id);
    } else if (names->result != NULL && strcmp(names->result->id, id) == 0) {
        label = arena_printf(a, "%s %s", record_text(names->result, "code"),
                             record_text(names->result, "statement"));
    } else if (strcmp(f->ref, "due_diligence") == 0) {
        const struct record *c = diligence_in(names->decisions, id);
        label = c == NULL ? NULL : record_text(c, "recipient");
    }
    return (struct record_link){.label = label == NULL ? id : label};
}

static enum err load_result(struct req *r, const struct record *x, const struct record **out,
                            struct err_info *e)
{
    struct record *found;
    *out = NULL;
    if (!record_is_set(x, "result_id")) {
        return ERR_NONE;
    }
    enum err err = store_get(r->db, r->arena, &entity_result, record_text(x, "result_id"), &found, e);
    *out = err == ERR_NONE ? found : NULL;
    return err;
}

static void fill_decision(struct req *r, const struct record *x, const struct diligence_set *set,
                          struct activity_record_view *v)
{
    const struct record *c = diligence_in(set, record_text(x, "due_diligence_id"));
    if (c == NULL) {
        return;
    }
    bool of_programme = record_is_set(c, "programme_id");
    v->decision_title = record_text(c, "recipient");
    v->decision = of_programme ? arena_printf(r->arena, "%s%s", programme_address(r, "/due-diligence"),
                                              url_make(r->arena, "/{0}", c->id, NULL))
                               : url_make(r->arena, "/countries/{0}/due-diligence/{1}",
                                          record_text(c, "country"), c->id, NULL);
}

static void fill_moves(struct req *r, const struct record *x, struct activity_record_view *v)
{
    v->moves = ARENA_ARRAY(r->arena, struct activity_move, activity_n_steps);
    for (size_t i = 0; req_may(r, MAY_WRITE) && i < activity_n_steps; i++) {
        const struct activity_step *s = &activity_steps[i];
        bool starts = strcmp(s->to, "running") == 0;
        if (!activity_may_step(x, s) || (starts && !v->may_run)) {
            continue;
        }
        v->moves[v->n_moves++] = (struct activity_move){
            .label = tr(r->lang, s->label),
            .address = activity_address(r, x, arena_printf(r->arena, "/%s", s->step)),
            .main = starts,
            .post = !s->reason};
    }
}

static void fill_bar(struct req *r, const struct record *x, enum diligence_bar bar,
                     struct activity_record_view *v)
{
    v->force = activity_supports_force(x);
    v->may_run = bar == DILIGENCE_HOLDS;
    v->bar = tr(r->lang, diligence_bar_words(bar));
    v->mend = tr(r->lang, diligence_bar_mend(bar));
    if (bar == DILIGENCE_NONE && req_may(r, MAY_WRITE)) {
        v->begin = activity_begin_diligence(r, x);
    }
}

static enum err record_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct arena *a = r->arena;
    struct record *x;
    struct diligence_set decisions;
    struct names names = {.decisions = &decisions};
    const struct attach_beside *beside;
    size_t n_crumbs;
    enum diligence_bar bar;
    char today[11];
    clock_today(today);
    enum err err = programme_load_record(r, "activity", req_capture(r, "activity"), &x, e);
    if (err == ERR_NONE) {
        err = load_result(r, x, &names.result, e);
    }
    if (err == ERR_NONE) {
        err = diligence_load(r->db, a, NULL, &decisions, e);
    }
    if (err == ERR_NONE) {
        err = activity_gate(r->db, a, x, &bar, e);
    }
    if (err == ERR_NONE) {
        err = attach_beside_load(r, "activity", x->id, &beside, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    names.people = beside->people;
    const char *change = req_may(r, MAY_WRITE) ? activity_address(r, x, "/change") : NULL;
    struct record_section sections[] = {
        {tr(r->lang, MSG("What is done")), work, change, tr(r->lang, MSG("what is done"))},
        {tr(r->lang, MSG("Where, when, by whom")), when, change, tr(r->lang, MSG("where and when"))},
        {tr(r->lang, MSG("Support to a force")), support, change, tr(r->lang, MSG("the support"))},
    };
    struct record_view values = {.record = x, .minor_digits = r->minor_digits, .resolve = resolve,
                                 .context = &names};
    struct activity_record_view v = {.values = &values,
                                     .sections = sections,
                                     .n_sections = COUNT_OF(sections),
                                     .state = activity_code(r, x, "state"),
                                     .look = activity_look(record_text(x, "state")),
                                     .beside = beside};
    // What runs already goes by the newest of its decisions; what is to start must name it.
    fill_bar(r, x, activity_runs(x) ? activity_bar(&decisions, x, today) : bar, &v);
    fill_moves(r, x, &v);
    fill_decision(r, x, &decisions, &v);
    const struct crumb *crumbs = activity_crumbs(r, NULL, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = record_text(x, "title"),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .state_kind = v.look,
                              .state = v.state,
                              .tag = record_text(x, "code")});
    activity_record_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_activity = {
    .path = "/programmes/{programme}/activities/{activity}",
    .needs = MAY_READ,
    .get = record_get,
    .title = MSG("Activity"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_IMPLEMENT,
};

// ---- steps --------------------------------------------------------------------------------------

static const char *step_name(const struct req *r)
{
    return strrchr(r->route->path, '/') + 1;
}

static enum err find(struct req *r, struct record **x, const struct activity_step **step,
                     struct err_info *e)
{
    *step = activity_step(step_name(r));
    ensure(*step != NULL);
    enum err err = programme_load_record(r, "activity", req_capture(r, "activity"), x, e);
    if (err == ERR_NONE && !activity_may_step(*x, *step)) {
        err = err_set(e, ERR_CONFLICT, NULL, MSG("This activity is in another state by now."),
                      MSG("Load its page again."), NULL);
    }
    return err;
}

static enum err step_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *x;
    const struct activity_step *step;
    size_t n;
    enum err err = find(r, &x, &step, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct crumb *crumbs = activity_crumbs(r, x, &n);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(r->arena, r->lang, MSG("{0}: {1}"),
                                            tr(r->lang, step->label), record_text(x, "title"), NULL),
                              .crumbs = crumbs,
                              .n_crumbs = n,
                              .width = PAGE_NARROW});
    activity_step_html(&h, &(struct activity_step_view){.form = r->form,
                                                        .action = r->path,
                                                        .submit = tr(r->lang, step->label),
                                                        .cancel = activity_address(r, x, "")});
    return page_end(&h, e);
}

static enum err step_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *x;
    const struct activity_step *step;
    enum err err = find(r, &x, &step, e);
    if (err != ERR_NONE) {
        return err;
    }
    record_set_text(x, "state", step->to);
    err = programme_save_one(r, x, step->reason ? form_value(r->form, "reason")->text : NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, step->done), x->version);
        reply_redirect(r, p, activity_address(r, x, ""), NULL);
    }
    return err;
}

static const struct field why[] = {
    {.name = "reason", .label = MSG("Why?"), .hint = MSG("It stays in the history, with your name."),
     .type = FIELD_LONG, .data_class = CLASS_C1, .required = true, .max = 500},
};

const struct route route_activity_start = {
    .path = "/programmes/{programme}/activities/{activity}/start",
    .needs = MAY_WRITE,
    .post = step_post,
    .title = MSG("Start"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_IMPLEMENT,
};
const struct route route_activity_finish = {
    .path = "/programmes/{programme}/activities/{activity}/finish",
    .needs = MAY_WRITE,
    .post = step_post,
    .title = MSG("Finish"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_IMPLEMENT,
};
const struct route route_activity_suspend = {
    .path = "/programmes/{programme}/activities/{activity}/suspend",
    .needs = MAY_WRITE,
    .get = step_get,
    .post = step_post,
    .fields = why,
    .n_fields = COUNT_OF(why),
    .title = MSG("Suspend"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_IMPLEMENT,
};
const struct route route_activity_drop = {
    .path = "/programmes/{programme}/activities/{activity}/drop",
    .needs = MAY_WRITE,
    .get = step_get,
    .post = step_post,
    .fields = why,
    .n_fields = COUNT_OF(why),
    .title = MSG("Drop"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_IMPLEMENT,
};
const struct route route_activity_plan = {
    .path = "/programmes/{programme}/activities/{activity}/plan",
    .needs = MAY_WRITE,
    .get = step_get,
    .post = step_post,
    .fields = why,
    .n_fields = COUNT_OF(why),
    .title = MSG("Plan again"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_IMPLEMENT,
};
