// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_history_web.c: every change in a programme in words: who, when, what before and after.

#include <string.h>

#include "base/bug.h"
#include "html/record.h"
#include "programme/action_chip.html.h"
#include "programme/programme.h"
#include "programme/programme_history_foot.html.h"
#include "programme/programme_history_head.html.h"
#include "programme/programme_store.h"
#include "programme/programme_web.h"

#define CHANGES_A_PAGE 30

struct context {
    struct req *r;
    struct programme_people people;
    const struct programme_change *rows;
    size_t n;
    const struct record **named; // what the changes of this page refer to
    size_t n_named;
};

// ---- who made a change --------------------------------------------------------------------------

struct names {
    struct req *r;
    const struct programme_people *people;
};

static const char *name_of(void *context, const char *actor)
{
    const struct names *names = context;
    const char *name = programme_person_name(names->people, actor);
    return name != NULL                  ? name
           : strcmp(actor, "owner") == 0 ? tr(names->r->lang, MSG("Command line"))
                                         : tr(names->r->lang, MSG("Somebody who was removed"));
}

// Lets a history name the people who made its changes.
static void put_names(struct req *r, const struct programme_people *people, struct record_history *out)
{
    struct names *names = ARENA_MAKE(r->arena, struct names);
    *names = (struct names){.r = r, .people = people};
    out->name_of = name_of;
    out->names = names;
}

// ---- the page -----------------------------------------------------------------------------------

// Of counts below a total others see that they were changed, not what they are.
static bool is_hidden(const struct req *r, const char *kind)
{
    const struct entity *of = model_find(kind);
    return of != NULL && !identity_sees(r->who, of, r->programme->id);
}

static struct record_link about(void *context, struct arena *a, const struct change *change)
{
    const struct context *c = context;
    if (change->many > 0) {
        return (struct record_link){.label = tr(c->r->lang, MSG("Show them")),
                                    .address = arena_printf(a, "%s?kind=%s&bundle=%s", programme_address(c->r, "/history"),
                                                            change->kind, change->record_id)};
    }
    if (strcmp(change->op, "delete") == 0 || model_find(change->kind) == NULL || is_hidden(c->r, change->kind)) {
        return (struct record_link){0};
    }
    return (struct record_link){
        .label = tr(c->r->lang, MSG("Show it")),
        .address = programme_record_address(c->r, change->kind, change->record_id)};
}

static bool may_undo_one(void *context, const struct change *change)
{
    const struct context *c = context;
    for (size_t i = 0; c->rows != NULL && i < c->n; i++) {
        if (&c->rows[i].change == change || strcmp(c->rows[i].change.hash, change->hash) == 0) {
            bool made_programme = strcmp(change->kind, "programme") == 0 &&
                                  strcmp(change->op, "update") != 0;
            return c->rows[i].newest && !made_programme;
        }
    }
    return false;
}

// People and the programme are known already; nobody reads what is for administrators here.
static bool is_looked_up(const struct field *f)
{
    const struct entity *kind = model_find(f->ref);
    return kind != NULL && !kind->admin_only && strcmp(f->ref, "programme") != 0;
}

// Loads what is referred to, a kind at a time: the page runs as many statements as there are kinds,
// however many changes it shows. What cannot be loaded is shown as deleted.
static void expect(void *context, struct arena *a, const struct record_ref *refs, size_t n)
{
    struct context *c = context;
    const char **ids = ARENA_ARRAY(a, const char *, n + 1);
    bool *done = ARENA_ARRAY(a, bool, n + 1);
    c->named = ARENA_ARRAY(a, const struct record *, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct record **found;
        struct err_info gone;
        size_t n_ids = 0, n_found;
        for (size_t k = i; k < n; k++) {
            if (!done[k] && strcmp(refs[k].field->ref, refs[i].field->ref) == 0) {
                ids[n_ids++] = refs[k].id;
                done[k] = true;
            }
        }
        if (n_ids == 0 || !is_looked_up(refs[i].field) ||
            store_get_many(c->r->db, a, model_find(refs[i].field->ref), ids, n_ids, &found,
                           &n_found, &gone) != ERR_NONE) {
            continue;
        }
        for (size_t k = 0; k < n_found && c->n_named < n; k++) {
            c->named[c->n_named++] = found[k];
        }
    }
}

// People by their names, records by their titles.
static struct record_link resolve(void *context, struct arena *a, const struct field *f,
                                  const char *id)
{
    const struct context *c = context;
    (void)a;
    if (strcmp(f->ref, "user") == 0) {
        return (struct record_link){.label = programme_person_name(&c->people, id)};
    }
    if (strcmp(f->ref, "programme") == 0) {
        bool own = c->r->programme != NULL && strcmp(id, c->r->programme->id) == 0;
        return (struct record_link){.label = own ? programme_number(c->r) : NULL};
    }
    for (size_t i = 0; i < c->n_named; i++) {
        if (strcmp(c->named[i]->id, id) == 0) {
            return (struct record_link){.label = record_title(c->named[i])};
        }
    }
    return (struct record_link){.label = tr(c->r->lang, MSG("a record that was deleted"))};
}

// ---- of one record -------------------------------------------------------------------------------

enum err programme_history_of(struct req *r, const struct programme_people *people,
                              const char *kind, const char *id, struct record_history *out,
                              struct err_info *e)
{
    struct change *changes;
    size_t n;
    enum err err = store_history(r->db, r->arena, kind, id, 0, &changes, &n, e);
    if (err == ERR_NONE) {
        struct context *c = ARENA_MAKE(r->arena, struct context);
        *c = (struct context){.r = r, .people = *people};
        *out = (struct record_history){
            .changes = changes, .n = n, .resolve = resolve, .expect = expect, .context = c,
            .minor_digits = r->minor_digits};
        put_names(r, people, out);
    }
    return err;
}

// ---- addresses -----------------------------------------------------------------------------------

static const char *address(struct req *r, const char *kind, int64_t page)
{
    const char *base = programme_address(r, "/history");
    const char *which = kind == NULL ? "" : arena_printf(r->arena, "&kind=%s", url_escape(r->arena, kind));
    return arena_printf(r->arena, "%s?page=%lld%s", base, (long long)page, which);
}

static struct page_link *kind_chips(struct req *r, const char *const *kinds, const char *chosen,
                                    size_t *n)
{
    size_t most = 1;
    while (kinds[most - 1] != NULL) {
        most++;
    }
    struct page_link *chips = ARENA_ARRAY(r->arena, struct page_link, most + 1);
    *n = 0;
    chips[(*n)++] = (struct page_link){.label = tr(r->lang, MSG("Everything")),
                                       .address = address(r, NULL, 1), .current = chosen == NULL};
    for (size_t i = 0; kinds[i] != NULL; i++) {
        const struct entity *kind = model_find(kinds[i]);
        if (kind != NULL) {
            chips[(*n)++] = (struct page_link){
                .label = tr(r->lang, kind->label_many), .address = address(r, kinds[i], 1),
                .current = chosen != NULL && strcmp(chosen, kinds[i]) == 0};
        }
    }
    return chips;
}

static int64_t read_page(const char *text)
{
    int64_t n = 0;
    for (const char *c = text; *c >= '0' && *c <= '9' && n < 100000; c++) {
        n = n * 10 + (*c - '0');
    }
    return n < 1 ? 1 : n;
}

// The newest changes of the programme, a page of them; or, where the address names a bundle, those that are in it.
static enum err load_changes(struct context *c, const char *kind, int64_t page, struct change **out, int64_t *total,
                             struct err_info *e)
{
    struct req *r = c->r;
    const char *bundle = req_query(r, "bundle");
    struct programme_change *rows;
    size_t n = 0;
    enum err err;
    if (bundle[0] != '\0') {
        err = store_bundle_changes(r->db, r->arena, r->programme->id, bundle, out, &n, e);
        for (size_t i = 0; err == ERR_NONE && i < n; i++) {
            if (kind == NULL || strcmp((*out)[i].kind, kind) == 0) {
                (*out)[c->n++] = (*out)[i];
            }
        }
        *total = (int64_t)c->n;
    } else {
        err = programme_changes_load(r->db, r->arena, r->programme->id, kind, CHANGES_A_PAGE, (page - 1) * CHANGES_A_PAGE,
                                     &rows, &c->n, total, e);
        *out = ARENA_ARRAY(r->arena, struct change, c->n + 1);
        for (size_t i = 0; err == ERR_NONE && i < c->n; i++) {
            (*out)[i] = rows[i].change;
        }
        c->rows = rows;
    }
    for (size_t i = 0; err == ERR_NONE && i < c->n; i++) {
        if (is_hidden(r, (*out)[i].kind)) {
            (*out)[i].fields = NULL;
        }
    }
    return err;
}

static enum err history_get(struct req *r, struct reply *p, struct err_info *e)
{
    const char *kind = req_query(r, "kind")[0] == '\0' ? NULL : req_query(r, "kind");
    int64_t page = read_page(req_query(r, "page"));
    bool one_page = req_query(r, "bundle")[0] != '\0'; // all that is in it
    int64_t total = 0;
    struct context c = {.r = r};
    struct change *changes;
    const char *const *kinds;
    size_t n_chips, n_crumbs;
    enum err err = load_changes(&c, kind, page, &changes, &total, e);
    if (err == ERR_NONE) {
        err = programme_change_kinds_load(r->db, r->arena, r->programme->id, &kinds, e);
    }
    if (err == ERR_NONE) {
        err = programme_people_load(r->db, r->arena, r->programme->id, &c.people, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const struct crumb *crumbs = programme_crumbs(r, &n_crumbs);
    struct html h;
    page_begin(&h, r, p, &(struct page){
        .title = tr_f(r->arena, r->lang, MSG("History of {0}"), programme_number(r), NULL),
        .count = arena_printf(r->arena, "%lld", (long long)total),
        .about = tr(r->lang, MSG("Every change: who, when, and what was there before. Nothing is lost.")),
        .crumbs = crumbs, .n_crumbs = n_crumbs});
    struct page_link *chips = kind_chips(r, kinds, kind, &n_chips);
    programme_history_head_html(&h, &(struct programme_history_head_view){
        .chips = chips, .n_chips = n_chips, .n_changes = c.n});
    struct record_history history = {
        .changes = changes, .n = c.n, .about = about, .resolve = resolve,
        .expect = expect,
        .context = &c, .currency = record_text(r->programme, "currency"),
        .minor_digits = r->minor_digits, .may_undo = programme_may(r, MAY_WRITE),
        .may_undo_one = may_undo_one};
    put_names(r, &c.people, &history);
    record_show_history(&h, &history);
    programme_history_foot_html(&h, &(struct programme_history_foot_view){
        .older = total > page * CHANGES_A_PAGE && !one_page ? address(r, kind, page + 1) : NULL,
        .newer = page > 1 && !one_page ? address(r, kind, page - 1) : NULL});
    return page_end(&h, e);
}

const struct route programme_history_page = {
    .path = "/programmes/{programme}/history",
    .needs = MAY_READ,
    .get = history_get,
    .title = MSG("History"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_HISTORY,
};
