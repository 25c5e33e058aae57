// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_show_web.c: one release: for whoever signs in once it is published, for who works with its records before;
// and for anybody, without signing in, when its class is for the public.

#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "programme/programme.h"
#include "programme/programme_web.h"
#include "release/release_show.html.h"
#include "release/release_web.h"
#include "result/result.h"

static const char *number(struct req *r, int64_t n)
{
    return decimal_int_text(r->arena, n);
}

// ---- periods ------------------------------------------------------------------------------------------------

// address of a release by its name; on the public page there is none.
static const char *address_of(struct req *r, const char *name, bool public)
{
    return public ? NULL : url_make(r->arena, "/releases/{0}", name, NULL);
}

static void fill_periods(struct req *r, const struct release_entry *x, bool public, struct release_show_view *v)
{
    struct release_period_line *lines = ARENA_ARRAY(r->arena, struct release_period_line, (size_t)x->n_periods);
    for (int i = 0; i < x->n_periods; i++) {
        const struct release_period *p = &x->periods[i];
        bool own = strcmp(p->drawn, x->name) == 0;
        lines[i] = (struct release_period_line){
            .days = release_category_words(r->arena, r->lang, RELEASE_PERIOD, release_period_label(r->arena, p)),
            .state = tr(r->lang, p->closed ? MSG("Closed: nothing can come any more")
                                           : MSG("Open: more people may come")),
            .drawn = p->drawn,
            .drawn_address = own ? NULL : address_of(r, p->drawn, public)};
    }
    v->periods = lines;
    v->n_periods = (size_t)x->n_periods;
}

// ---- ledger -------------------------------------------------------------------------------------------------

static enum err fill_ledger(struct req *r, const struct record *x, struct release_show_view *v, struct err_info *e)
{
    struct record **left;
    size_t n;
    enum err err = release_ledger_load(r->db, r->arena, record_text(x, "indicator_id"), &left, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct release_ledger_line *lines = ARENA_ARRAY(r->arena, struct release_ledger_line, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct record *o = left[i];
        bool may = release_is(o, "published") || release_works(r, o);
        if (strcmp(o->id, x->id) == 0 || !may) {
            continue;
        }
        lines[v->n_ledger++] = (struct release_ledger_line){.name = record_text(o, "code"),
                                                            .title = record_text(o, "title"),
                                                            .address = release_address(r, o, ""),
                                                            .counted_on = record_text(o, "cutoff_on"),
                                                            .look = release_look_of(o),
                                                            .state = release_word(r, o, "state")};
        bool newer = release_is(o, "published") && strcmp(o->id, x->id) > 0 &&
                     strcmp(record_text(o, "split_by"), record_text(x, "split_by")) == 0;
        v->newer = newer ? release_address(r, o, "") : v->newer;
    }
    v->ledger = lines;
    return ERR_NONE;
}

// ---- steps --------------------------------------------------------------------------------------------------

static enum err fill_steps(struct req *r, const struct record *x, struct release_show_view *v, struct err_info *e)
{
    struct programme_people people;
    struct record *programme;
    struct record *indicator;
    enum err err = store_get(r->db, r->arena, &entity_programme, record_text(x, "programme_id"), &programme, e);
    if (err == ERR_NONE) {
        err = store_get(r->db, r->arena, &entity_indicator, record_text(x, "indicator_id"), &indicator, e);
    }
    if (err == ERR_NONE) {
        err = programme_people_load(r->db, r->arena, programme->id, &people, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const char *at = record_text(programme, "number");
    bool may_write = release_may(r, MAY_WRITE, x);
    bool may_approve = release_may(r, MAY_APPROVE, x);
    bool audited = release_is(x, "audited");
    size_t n_far = 0;
    if (release_is(x, "published")) {
        err = release_recount(r->db, r->arena, x, release_today(r->arena), &n_far, e);
    }
    if (err == ERR_NONE && !release_has_left(x)) {
        err = release_others(r->db, r->arena, x, &v->others, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    v->far = n_far > 0 ? number(r, (int64_t)n_far) : NULL;
    v->steps = true;
    v->audited = audited;
    v->own = audited && strcmp(record_text(x, "made_by"), r->who->user_id) == 0;
    v->audit = may_write && (release_is(x, "draft") || audited) ? release_step_address(r, at, x, "/audit") : NULL;
    v->publish = may_approve && audited && !v->own ? release_step_address(r, at, x, "/publish") : NULL;
    v->withdraw = may_approve && release_is(x, "published") ? release_step_address(r, at, x, "/withdraw") : NULL;
    v->remove = may_write && !release_has_left(x) ? release_step_address(r, at, x, "/delete") : NULL;
    v->made_by = programme_person_name(&people, record_text(x, "made_by"));
    v->published_by = programme_person_name(&people, record_text(x, "published_by"));
    v->indicator = url_make(r->arena, "/programmes/{0}/indicators/{1}", at, indicator->id, NULL);
    return ERR_NONE;
}

static enum err show(struct req *r, struct reply *p, const struct record *x, bool public, struct err_info *e)
{
    struct release_entry entry;
    struct release_grid grid;
    size_t n_crumbs = 0;
    if (!release_entry_of(r->arena, x, &entry)) {
        return programme_not_found(e);
    }
    bool open = release_class_is_public(record_text(x, "class"));
    struct release_show_view v = {
        .caption = release_by_words(r->arena, r->lang, record_text(x, "split_by")),
        .withdrawn = release_is(x, "withdrawn") ? record_text(x, "reason") : NULL,
        .refused = release_is(x, "refused") ? tr(r->lang, record_text(x, "reason")) : NULL,
        .class_title = release_word(r, x, "class"),
        .counted_on = record_text(x, "cutoff_on"),
        .published_on = record_is_set(x, "published_on") ? record_text(x, "published_on") : NULL,
        .commitment = record_text(x, "seed_commitment"),
        .counted = record_is_set(x, "counted") ? record_text(x, "counted") : NULL,
        .counted_of = record_is_set(x, "counted_of") ? record_text(x, "counted_of") : NULL,
        .percent_base = number(r, release_limits()->percent_base),
        .percent_width = number(r, release_limits()->percent_width),
        .look = release_look_of(x),
        .state = release_word(r, x, "state"),
        .public_address = !public && open && release_is(x, "published")
                              ? url_make(r->arena, "/public/releases/{0}", record_text(x, "code"), NULL)
                              : NULL,
    };
    if (release_is(x, "published")) {
        v.csv = arena_printf(r->arena, "%s%s/table.csv", public ? "/public" : "", release_address(r, x, ""));
        v.json = arena_printf(r->arena, "%s%s/table.json", public ? "/public" : "", release_address(r, x, ""));
    }
    release_grid_make(r->arena, r->lang, &entry, record_text(x, "title"), &grid);
    v.grid = &grid;
    struct release_done done;
    release_done_words(r->arena, r->lang, x, &entry, &done);
    v.done = &done;
    // The public reads no names of releases that are not for it.
    v.against = !public && done.proof != NULL && record_is_set(x, "audited_against")
                    ? record_text(x, "audited_against")
                    : NULL;
    fill_periods(r, &entry, public, &v);
    enum err err = public ? ERR_NONE : fill_ledger(r, x, &v, e);
    if (err == ERR_NONE && !public && release_works(r, x)) {
        err = fill_steps(r, x, &v, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const struct crumb *crumbs = public ? NULL : release_crumbs(r, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = record_text(x, "title"),
                              .about = tr(r->lang, MSG("A release: a table about people, rounded so that nobody can "
                                                       "be found in it.")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .state_kind = public ? NULL : v.look,
                              .state = public ? NULL : v.state,
                              .tag = record_text(x, "code")});
    release_show_html(&h, &v);
    return page_end(&h, e);
}

static enum err page_get(struct req *r, struct reply *p, bool public, struct err_info *e)
{
    struct record *x;
    enum err err = release_of_path(r, public, &x, e);
    return err == ERR_NONE ? show(r, p, x, public, e) : err;
}

static enum err file_get(struct req *r, struct reply *p, bool public, bool json, struct err_info *e)
{
    struct record *x;
    enum err err = release_of_path(r, public, &x, e);
    if (err == ERR_NONE && !release_is(x, "published")) {
        err = programme_not_found(e);
    }
    if (err == ERR_NONE && json && !release_json(r->arena, x, &p->body)) {
        err = programme_not_found(e); // as its page
    }
    if (err != ERR_NONE) {
        return err;
    }
    if (!json) {
        release_csv(r->arena, x, &p->body);
    }
    reply_file(p, json ? "application/json" : "text/csv; charset=utf-8",
               arena_printf(r->arena, "%s.%s", record_text(x, "code"), json ? "json" : "csv"));
    return err;
}

static enum err signed_in_get(struct req *r, struct reply *p, struct err_info *e)
{
    return page_get(r, p, false, e);
}

static enum err signed_in_csv_get(struct req *r, struct reply *p, struct err_info *e)
{
    return file_get(r, p, false, false, e);
}

static enum err signed_in_json_get(struct req *r, struct reply *p, struct err_info *e)
{
    return file_get(r, p, false, true, e);
}

static enum err public_get(struct req *r, struct reply *p, struct err_info *e)
{
    return page_get(r, p, true, e);
}

static enum err public_csv_get(struct req *r, struct reply *p, struct err_info *e)
{
    return file_get(r, p, true, false, e);
}

static enum err public_json_get(struct req *r, struct reply *p, struct err_info *e)
{
    return file_get(r, p, true, true, e);
}

const struct route route_release = {
    .path = "/releases/{release}",
    .needs = MAY_SIGNED_IN,
    .get = signed_in_get,
    .title = MSG("Release"),
    .menu = MENU_REPORTS,
};

const struct route route_release_csv = {
    .path = "/releases/{release}/table.csv",
    .needs = MAY_SIGNED_IN,
    .get = signed_in_csv_get,
    .title = MSG("Release"),
    .menu = MENU_REPORTS,
};

const struct route route_release_json = {
    .path = "/releases/{release}/table.json",
    .needs = MAY_SIGNED_IN,
    .get = signed_in_json_get,
    .title = MSG("Release"),
    .menu = MENU_REPORTS,
};

// For anybody, without signing in.
const struct route route_release_public = {
    .path = "/public/releases/{release}",
    .needs = MAY_PUBLIC, // released numbers alone, of a class that the office chose for the public
    .get = public_get,
    .title = MSG("Release"),
};

const struct route route_release_public_csv = {
    .path = "/public/releases/{release}/table.csv",
    .needs = MAY_PUBLIC,
    .get = public_csv_get,
    .title = MSG("Release"),
};

const struct route route_release_public_json = {
    .path = "/public/releases/{release}/table.json",
    .needs = MAY_PUBLIC,
    .get = public_json_get,
    .title = MSG("Release"),
};
