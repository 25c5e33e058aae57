// SPDX-License-Identifier: AGPL-3.0-or-later
//
// history.c: changes of a record, newest changes, and the past. See store.h.

#include <stdint.h>
#include <string.h>

#include "base/date.h"
#include "os/clock.h"
#include "store/list_private.h"
#include "store/store_private.h"

// Reads all rows of a query that gives changes.
static enum err collect(struct arena *a, struct db_query *q, struct change **out, size_t *n,
                        struct err_info *e)
{
    struct log_of_record_row row;
    bool more;
    size_t cap = 16;
    struct change *list = ARENA_ARRAY(a, struct change, cap);
    size_t count = 0;
    enum err err;
    db_gather(q, a);
    while ((err = log_of_record_next(q, &row, &more, e)) == ERR_NONE && more) {
        if (count == cap) {
            struct change *larger = ARENA_ARRAY(a, struct change, cap * 2);
            memcpy(larger, list, count * sizeof *list);
            list = larger;
            cap *= 2;
        }
        list[count++] = change_of_row(a, &row);
    }
    *out = list;
    *n = count;
    return err;
}

enum err store_recent(struct db_read *db, struct arena *a, const char *programme_id, int64_t limit,
                      struct change **out, size_t *n, struct err_info *e)
{
    struct db_query *q;
    int64_t most = limit > 0 ? limit : INT64_MAX;
    struct log_recent_in everywhere = {.most = most};
    struct log_recent_in_in within = {.compartment = programme_id, .most = most};
    enum err err = programme_id == NULL ? log_recent(db, &everywhere, &q, e)
                                        : log_recent_in(db, &within, &q, e);
    return err != ERR_NONE ? err : collect(a, q, out, n, e);
}

enum err store_history(struct db_read *db, struct arena *a, const char *kind, const char *record_id,
                       int64_t limit, struct change **out, size_t *n, struct err_info *e)
{
    if (record_id == NULL) {
        return store_recent(db, a, NULL, limit, out, n, e);
    }
    struct log_of_record_in in = {
        .kind = kind, .record_id = record_id, .most = limit > 0 ? limit : INT64_MAX};
    struct db_query *q;
    enum err err = log_of_record(db, &in, &q, e);
    return err != ERR_NONE ? err : collect(a, q, out, n, e);
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
