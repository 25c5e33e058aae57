// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_versions_web.c: versions of the logframe, those that people keep and those that revisions of the
// programme make; and two of them side by side.

#include <string.h>

#include "base/bug.h"
#include "base/date.h"
#include "html/form.h"
#include "logframe/logframe.h"
#include "logframe/logframe_compare.html.h"
#include "logframe/logframe_table.h"
#include "logframe/logframe_versions.html.h"
#include "logframe/logframe_web.h"
#include "os/clock.h"
#include "programme/programme_web.h"
#include "result/result.h"

// ---- which versions there are -------------------------------------------------------------------

struct version {
    const char *name;
    const char *as_of; // day or moment; "" for a revision that is not decided
    const char *note;
    const struct record *kept; // NULL: of a revision
    const char *why_not;       // translated: why it cannot be shown; or NULL
};
struct versions {
    struct version *items;
    size_t n;
};

// The first moment that the log knows something of the programme; "" when it knows nothing.
static enum err log_begins(struct req *r, const char **out, struct err_info *e)
{
    struct change *changes;
    size_t n;
    enum err err =
        store_history(r->db, r->arena, "programme", r->programme->id, 0, &changes, &n, e);
    *out = err == ERR_NONE && n > 0 ? changes[n - 1].wall : "";
    return err;
}

enum err logframe_before_records(struct req *r, const char *as_of, const char **words, struct err_info *e)
{
    const char *begins;
    *words = NULL;
    enum err err = as_of == NULL ? ERR_NONE : log_begins(r, &begins, e);
    if (err == ERR_NONE && as_of != NULL && strncmp(as_of, begins, 10) < 0) {
        *words = tr_f(r->arena, r->lang, MSG("These records begin on {0}: what there was before is not known."),
                      logframe_as_of_words(r->arena, r->lang, arena_copy_n(r->arena, begins, 10)), NULL);
    }
    return err;
}

static const char *why_not(struct req *r, const char *as_of, const char *begins)
{
    char today[11];
    clock_today(today);
    if (as_of[0] == '\0') {
        return tr(r->lang, MSG("not decided yet"));
    }
    if (strncmp(as_of, today, 10) > 0) {
        return tr(r->lang, MSG("not reached yet"));
    }
    if (begins[0] == '\0' || strncmp(as_of, begins, 10) < 0) {
        return tr_f(r->arena, r->lang, MSG("before these records begin, on {0}"),
                    logframe_as_of_words(r->arena, r->lang, arena_copy_n(r->arena, begins, 10)), NULL);
    }
    return NULL;
}

// Those that were kept, newest first, then those of revisions that change the logframe.
static enum err load_versions(struct req *r, struct versions *out, struct err_info *e)
{
    const struct store_filter of = {"programme_id", STORE_EQUAL, r->programme->id};
    const struct store_query q = {
        .filters = &of, .n_filters = 1, .order = "as_of", .descending = true};
    struct record **kept, **revisions;
    size_t n_kept, n_revisions;
    const char *begins;
    enum err err = log_begins(r, &begins, e);
    if (err == ERR_NONE) {
        err = store_list(r->db, r->arena, &entity_logframe_version, &q, &kept, &n_kept, e);
    }
    if (err == ERR_NONE) {
        err = store_list_by(r->db, r->arena, &entity_revision, "programme_id", r->programme->id,
                            &revisions, &n_revisions, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    out->items = ARENA_ARRAY(r->arena, struct version, n_kept + n_revisions + 1);
    out->n = 0;
    for (size_t i = 0; i < n_kept; i++) {
        const char *as_of = record_text(kept[i], "as_of");
        out->items[out->n++] = (struct version){.name = record_text(kept[i], "name"),
                                                .as_of = as_of,
                                                .note = record_text(kept[i], "note"),
                                                .kept = kept[i],
                                                .why_not = why_not(r, as_of, begins)};
    }
    for (size_t i = n_revisions; i > 0; i--) {
        const struct record *x = revisions[i - 1];
        if (record_int(x, "changes_logframe") == 0) {
            continue;
        }
        const char *as_of = record_text(x, "decided_on");
        out->items[out->n++] = (struct version){
            .name = tr_f(r->arena, r->lang, MSG("Revision {0}"),
                         arena_printf(r->arena, "%lld", (long long)record_int(x, "number")), NULL),
            .as_of = as_of,
            .note = record_text(x, "what_changed"),
            .why_not = why_not(r, as_of, begins)};
    }
    return ERR_NONE;
}

// What can be compared: the versions, and now.
static const struct version_choice *choices_of(struct req *r, const struct versions *versions,
                                               const char *chosen, size_t *n)
{
    struct version_choice *list = ARENA_ARRAY(r->arena, struct version_choice, versions->n + 2);
    *n = 0;
    bool any = chosen[0] == '\0';
    list[(*n)++] = (struct version_choice){"", tr(r->lang, MSG("Now")), any};
    for (size_t i = 0; i < versions->n; i++) {
        const struct version *x = &versions->items[i];
        bool is = !any && strcmp(x->as_of, chosen) == 0;
        if (x->why_not == NULL) {
            list[(*n)++] = (struct version_choice){
                x->as_of,
                tr_f(r->arena, r->lang, MSG("{0} ({1})"), x->name,
                     logframe_as_of_words(r->arena, r->lang, x->as_of), NULL),
                is};
            any = any || is;
        }
    }
    if (!any) { // a day that nobody gave a name
        list[(*n)++] = (struct version_choice){
            chosen, logframe_as_of_words(r->arena, r->lang, chosen), true};
    }
    return list;
}

// ---- the list, and keeping one ------------------------------------------------------------------

static enum err versions_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct versions versions;
    size_t n_crumbs, n_from, n_to;
    enum err err = load_versions(r, &versions, e);
    if (err != ERR_NONE) {
        return err;
    }
    bool may_write = req_may(r, MAY_WRITE);
    struct version_line *lines = ARENA_ARRAY(r->arena, struct version_line, versions.n + 1);
    for (size_t i = 0; i < versions.n; i++) {
        const struct version *x = &versions.items[i];
        bool shown = x->why_not == NULL;
        lines[i] = (struct version_line){
            .name = x->name,
            .kind = x->kept != NULL ? tr(r->lang, MSG("Kept")) : tr(r->lang, MSG("Revision")),
            .day = x->as_of[0] == '\0' ? "–" : logframe_as_of_words(r->arena, r->lang, x->as_of),
            .note = x->note,
            .why_not = x->why_not,
            .show = shown ? arena_printf(r->arena, "%s%s", logframe_address(r, ""),
                                         url_make(r->arena, "?as_of={0}", x->as_of, NULL))
                          : NULL,
            .compare = shown ? arena_printf(r->arena, "%s%s", logframe_address(r, "/compare"),
                                            url_make(r->arena, "?from={0}", x->as_of, NULL))
                             : NULL,
            .remove = may_write && x->kept != NULL
                          ? programme_remove_address(r, "logframe_version", x->kept->id,
                                                     logframe_address(r, "/versions"))
                          : NULL};
    }
    const char *newest = versions.n > 0 && versions.items[0].why_not == NULL
                             ? versions.items[0].as_of
                             : "";
    struct logframe_versions_view v = {
        .lines = lines,
        .n_lines = versions.n,
        .compare = logframe_address(r, "/compare"),
        .past = logframe_address(r, ""),
        .from = choices_of(r, &versions, newest, &n_from),
        .to = choices_of(r, &versions, "", &n_to),
        .form = may_write ? r->form : NULL,
        .action = r->path};
    v.n_from = n_from;
    v.n_to = n_to;
    const struct crumb *crumbs = logframe_crumbs(r, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(r->arena, r->lang, MSG("Versions of the logframe of {0}"),
                                            programme_number(r), NULL),
                              .about = tr(r->lang, MSG("Every change is kept. A version gives a day a "
                                                       "name, so that it can be found again and "
                                                       "compared.")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs});
    logframe_versions_html(&h, &v);
    return page_end(&h, e);
}

// Without a day: this moment.
static const struct field version_fields[] = {
    {.name = "name", .label = MSG("Name"), .example = "Revision 2", .type = FIELD_TEXT,
     .data_class = CLASS_C1, .required = true, .max = 120},
    {.name = "day", .label = MSG("As it was on"),
     .hint = MSG("At the end of this day. Leave empty for this moment."), .type = FIELD_DATE,
     .data_class = CLASS_C1},
    {.name = "note", .label = MSG("Note"), .type = FIELD_LONG, .data_class = CLASS_C1},
};

// This moment, or that of the newest change of the programme when our clock lags behind the log.
static enum err this_moment(struct req *r, const char **out, struct err_info *e)
{
    struct change *newest;
    size_t n;
    int64_t ms = clock_now_ms();
    char *text = arena_alloc(r->arena, 25);
    enum err err = store_recent(r->db, r->arena, r->programme->id, 1, &newest, &n, e);
    if (err == ERR_NONE && n > 0 && newest[0].logical >> 16 > ms) {
        ms = newest[0].logical >> 16;
    }
    time_to_text(ms, text);
    *out = text;
    return err;
}

static enum err versions_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *x = record_new(r->arena, &entity_logframe_version);
    const char *now;
    const struct value *day = form_value(r->form, "day");
    enum err err = this_moment(r, &now, e);
    if (err != ERR_NONE) {
        return err;
    }
    record_set_text(x, "programme_id", r->programme->id);
    record_set_text(x, "name", form_value(r->form, "name")->text);
    record_set_text(x, "as_of", day->set ? day->text : now);
    record_set_text(x, "note", form_value(r->form, "note")->text);
    err = record_check(x, e);
    if (err == ERR_NONE) {
        err = programme_save_one(r, x, NULL, e);
    }
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The version is kept.")), x->version);
        p->status = 303;
        p->location = logframe_address(r, "/versions");
    }
    return err;
}

const struct route route_logframe_versions = {
    .path = "/programmes/{programme}/logframe/versions",
    .needs = MAY_READ,
    .post_needs = MAY_WRITE,
    .get = versions_get,
    .post = versions_post,
    .fields = version_fields,
    .n_fields = COUNT_OF(version_fields),
    .title = MSG("Versions of the logframe"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_PLAN,
};

// ---- two side by side ---------------------------------------------------------------------------

static const char *kind_word(struct req *r, const struct logframe_difference *d)
{
    return tr(r->lang, d->record->entity == &entity_programme ? MSG("Names of the levels")
                                                              : d->record->entity->label);
}

static void fill_differences(struct req *r, const struct logframe_difference *items, size_t n,
                             struct logframe_compare_view *v)
{
    static const char *const words[] = {MSG("Added"), MSG("Removed"), MSG("Changed")};
    static const char *const looks[] = {"done", "risk", "progress"};
    struct difference_line *lines = ARENA_ARRAY(r->arena, struct difference_line, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct logframe_difference *d = &items[i];
        struct difference_cell *cells =
            ARENA_ARRAY(r->arena, struct difference_cell, d->n_cells + 1);
        for (size_t k = 0; k < d->n_cells; k++) {
            cells[k] = (struct difference_cell){tr(r->lang, d->cells[k].field->label),
                                                d->cells[k].before, d->cells[k].after};
        }
        lines[i] = (struct difference_line){
            .kind = kind_word(r, d),
            .code = d->record->entity == &entity_programme ? "" : d->code,
            .look = looks[d->change],
            .change = tr(r->lang, words[d->change]),
            .cells = cells,
            .n_cells = d->n_cells};
        v->n_of[d->change]++;
    }
    v->lines = lines;
    v->n_lines = n;
}

static enum err compare_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct logframe before, after;
    struct logframe_difference *items;
    struct programme_people people;
    struct versions versions;
    const char *from, *to, *before_records;
    size_t n, n_crumbs;
    enum err err = logframe_as_of(req_query(r, "from"), "from", &from, e);
    if (err == ERR_NONE) {
        err = logframe_as_of(req_query(r, "to"), "to", &to, e);
    }
    if (err == ERR_NONE) {
        err = logframe_load(r->db, r->arena, r->programme, from, &before, e);
    }
    if (err == ERR_NONE) {
        err = logframe_load(r->db, r->arena, r->programme, to, &after, e);
    }
    if (err == ERR_NONE) {
        err = programme_people_load(r->db, r->arena, r->programme->id, &people, e);
    }
    if (err == ERR_NONE) {
        err = load_versions(r, &versions, e);
    }
    if (err == ERR_NONE) {
        err = logframe_before_records(r, from, &before_records, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    logframe_compare(r->arena, r->lang, &before, &after, &people, &items, &n);
    struct logframe_compare_view v = {.action = r->path,
                                      .before = logframe_as_of_words(r->arena, r->lang, from),
                                      .after = logframe_as_of_words(r->arena, r->lang, to),
                                      .before_records = before_records};
    v.from = choices_of(r, &versions, from == NULL ? "" : from, &v.n_from);
    v.to = choices_of(r, &versions, to == NULL ? "" : to, &v.n_to);
    fill_differences(r, items, n, &v);
    const struct crumb *crumbs = logframe_crumbs(r, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(r->arena, r->lang, MSG("What changed in the logframe of {0}"),
                                            programme_number(r), NULL),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .width = PAGE_WIDE});
    logframe_compare_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_logframe_compare = {
    .path = "/programmes/{programme}/logframe/compare",
    .needs = MAY_READ,
    .get = compare_get,
    .title = MSG("What changed in the logframe"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_PLAN,
};
