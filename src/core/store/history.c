// SPDX-License-Identifier: AGPL-3.0-or-later
//
// history.c: changes of a record, newest changes, and the past. See store.h.

#include <stdint.h>
#include <string.h>

#include "base/date.h"
#include "os/clock.h"
#include "store/list_private.h"
#include "store/store_private.h"

// Changes, newest first.
struct gathering {
    struct arena *arena;
    struct change *list;
    size_t n, cap;
    size_t most;
};

static enum err gather(struct gathering *g, const struct change *c, struct err_info *e)
{
    if (g->n == g->most) {
        return ERR_NONE;
    }
    enum err err = g->n < g->cap ? ERR_NONE : err_without_room(g->arena, g->cap * 2 * sizeof *c, e);
    if (err == ERR_NONE) {
        g->list = arena_room(g->arena, g->list, sizeof *c, g->n, &g->cap);
        g->list[g->n++] = *c;
    }
    return err;
}

// Those of a bundle stand in it with the oldest first.
static enum err gather_bundle(struct gathering *g, const struct log_of_record_row *row, struct err_info *e)
{
    struct gathering all = {.arena = g->arena, .most = SIZE_MAX};
    struct log_of_record_row one;
    struct unbundling u;
    bool more = true;
    enum err err = bundle_open(g->arena, row, &u, e);
    while (err == ERR_NONE && (err = bundle_next(&u, &one, &more, e)) == ERR_NONE && more) {
        const struct change c = change_of_kept_row(&one);
        err = gather(&all, &c, e);
    }
    while (err == ERR_NONE && all.n > 0) {
        err = gather(g, &all.list[--all.n], e);
    }
    return err;
}

// Reads all rows of a query that gives changes.
static enum err collect(struct gathering *g, struct db_query *q, struct err_info *e)
{
    struct log_of_record_row row;
    bool more;
    enum err err;
    db_gather(q, g->arena);
    while ((err = log_of_record_next(q, &row, &more, e)) == ERR_NONE && more) {
        if (bundle_is(&row)) {
            err = gather_bundle(g, &row, e);
        } else {
            const struct change c = change_of_row(g->arena, &row);
            err = gather(g, &c, e);
        }
        if (err != ERR_NONE) {
            db_finish(q);
            break;
        }
    }
    return err;
}

enum err store_recent(struct db_read *db, struct arena *a, const char *programme_id, int64_t limit,
                      struct change **out, size_t *n, struct err_info *e)
{
    struct db_query *q;
    int64_t most = limit > 0 ? limit : INT64_MAX;
    struct gathering g = {.arena = a, .most = limit > 0 ? (size_t)limit : SIZE_MAX};
    struct log_recent_in everywhere = {.most = most};
    struct log_recent_in_in within = {.compartment = programme_id, .most = most};
    enum err err = bundle_settle(db, e);
    if (err == ERR_NONE) {
        err = programme_id == NULL ? log_recent(db, &everywhere, &q, e) : log_recent_in(db, &within, &q, e);
    }
    if (err == ERR_NONE) {
        err = collect(&g, q, e);
    }
    *out = g.list;
    *n = g.n;
    return err;
}

// The change that made a record may be in a bundle.
static enum err gather_making(struct gathering *g, struct db_read *db, const char *kind, const char *record_id,
                              struct err_info *e)
{
    struct log_of_record_row row;
    bool found = false;
    bool told = g->n == g->most || (g->n > 0 && strcmp(g->list[g->n - 1].op, "create") == 0);
    const struct entity *of = model_find(kind);
    enum err err = told || of == NULL || !of->imported
                       ? ERR_NONE
                       : bundle_find_record(db, g->arena, kind, record_id, &row, &found, e);
    if (err == ERR_NONE && found) {
        const struct change c = change_of_kept_row(&row);
        err = gather(g, &c, e);
    }
    return err;
}

enum err store_history(struct db_read *db, struct arena *a, const char *kind, const char *record_id,
                       int64_t limit, struct change **out, size_t *n, struct err_info *e)
{
    if (record_id == NULL) {
        return store_recent(db, a, NULL, limit, out, n, e);
    }
    struct log_of_record_in in = {
        .kind = kind, .record_id = record_id, .most = limit > 0 ? limit : INT64_MAX};
    struct gathering g = {.arena = a, .most = limit > 0 ? (size_t)limit : SIZE_MAX};
    struct db_query *q;
    enum err err = bundle_settle(db, e);
    if (err == ERR_NONE) {
        err = log_of_record(db, &in, &q, e);
    }
    if (err == ERR_NONE) {
        err = collect(&g, q, e);
    }
    if (err == ERR_NONE) {
        err = gather_making(&g, db, kind, record_id, e);
    }
    *out = g.list;
    *n = g.n;
    return err;
}

enum err store_changed_after(struct db_read *db, struct arena *a, const char *kind, const char *record_id,
                             int64_t logical, bool *out, struct err_info *e)
{
    const struct log_count_after_in single = {.kind = kind, .record_id = record_id, .logical = logical};
    const struct log_bundle_time_in bundle = {.record_id = record_id};
    struct log_count_after_row counted;
    struct log_bundle_time_row made;
    struct log_of_record_row row;
    bool found;
    enum err err = bundle_settle(db, e);
    if (err == ERR_NONE) {
        err = log_count_after_one(a, db, &single, &counted, &found, e);
    }
    *out = err == ERR_NONE && counted.n > 0;
    if (err != ERR_NONE || *out) {
        return err;
    }
    // Made in a bundle since then? Most bundles are older, and need not be read.
    err = log_bundle_time_one(a, db, &bundle, &made, &found, e);
    if (err == ERR_NONE && found && made.logical > logical) {
        err = bundle_find_record(db, a, kind, record_id, &row, &found, e);
        *out = err == ERR_NONE && found && row.logical > logical;
    }
    return err;
}

enum err store_bundle_changes(struct db_read *db, struct arena *a, const char *compartment, const char *first_id,
                              struct change **out, size_t *n, struct err_info *e)
{
    const struct log_bundle_before_in in = {.record_id = first_id};
    struct gathering g = {.arena = a, .most = SIZE_MAX};
    struct log_of_record_row row;
    struct db_query *q;
    bool more;
    enum err err = log_bundle_before(db, &in, &q, e);
    if (err == ERR_NONE) {
        err = log_of_record_next(q, &row, &more, e);
    }
    if (err == ERR_NONE && more) {
        bool is_it = strcmp(row.record_id, first_id) == 0 && strcmp(row.compartment, compartment) == 0;
        err = is_it ? gather_bundle(&g, &row, e) : ERR_NONE;
        db_finish(q);
    }
    *out = g.list;
    *n = g.n;
    return err;
}

struct past {
    struct record_list list;
    const struct store_query *query;
};

static enum err keep(void *context, struct record *r, bool deleted, struct err_info *e)
{
    struct past *past = context;
    struct record_list *list = &past->list;
    enum err err = err_without_room(list->arena, list->cap * 2 * sizeof *list->rows, e);
    if (err != ERR_NONE || deleted || (past->query != NULL && !store_fits(list->arena, r, past->query))) {
        return err;
    }
    struct record *copy = record_copy(list->arena, r);
    copy->id = arena_copy(list->arena, r->id);
    copy->version = arena_copy(list->arena, r->version);
    copy->changed_at = arena_copy(list->arena, r->changed_at);
    for (size_t i = 0; i < r->entity->n_fields; i++) {
        copy->values[i].text = arena_copy(list->arena, r->values[i].text);
    }
    record_list_add(list, copy);
    return ERR_NONE;
}

enum err store_list_as_of(struct db_read *db, struct arena *a, const struct entity *kind,
                          const char *date, const struct store_query *query, struct record ***out,
                          size_t *n, struct err_info *e)
{
    if (kind->compute != NULL) {
        return err_set(e, ERR_USAGE, NULL, MSG("“{0}” is computed and has no past."),
                       MSG("Leave --as-of out."), kind->kind, NULL);
    }
    bool is_moment = time_is_valid(date);
    if (!is_moment && !date_is_valid(date)) {
        return err_set(e, ERR_INPUT, "as-of", MSG("“{0}” is not a date of the calendar."),
                       MSG("Write year, month and day, for example 2026-11-22."), date, NULL);
    }
    char today[11];
    clock_today(today);
    if (strncmp(date, today, 10) > 0) {
        return err_set(e, ERR_INPUT, "as-of", MSG("{0} has not come yet."),
                       MSG("Give today or a day before."), date, NULL);
    }
    struct past past = {.list.arena = a, .query = query};
    int64_t after_ms =
        is_moment ? time_from_text(date) + 1 : (date_to_days(date) + 1) * 86400000;
    enum err err = fold_kind(db, kind, after_ms << 16, false, keep, &past, e);
    *out = past.list.rows;
    *n = past.list.n;
    return err;
}
