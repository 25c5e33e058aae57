// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_order.c: see logframe_order.h. Example: A B C D have no place. D before B: D gets 2 and A, before it, 1; B and
// C need none. A then goes down: D 1, A 2.

#include "logframe/logframe_order.h"

#include <string.h>

#include "base/order.h"
#include "result/result.h"

struct neighbours {
    const struct record **list;
    size_t n, at; // at: of the one that was looked for
};

int logframe_order(const struct record *a, const struct record *b)
{
    int64_t x = record_int(a, "position"), y = record_int(b, "position");
    if (x != y) {
        return y == 0 || (x != 0 && x < y) ? -1 : 1;
    }
    int order = code_order(record_text(a, "code"), record_text(b, "code"));
    return order != 0 ? order : strcmp(a->id, b->id);
}

// What neighbours have in common beside their level.
static const char *common_field(const struct record *r)
{
    return r->entity == &entity_result ? "parent_id" : "result_id";
}

static bool are_beside(const struct record *a, const struct record *b)
{
    return strcmp(record_text(a, "parent_id"), record_text(b, "parent_id")) == 0 &&
           logframe_level_of(a) == logframe_level_of(b);
}

static struct neighbours of_result(struct arena *a, const struct logframe *l, const struct record *result)
{
    struct neighbours found = {.list = ARENA_ARRAY(a, const struct record *, l->n_rows + 1)};
    for (size_t i = 0; i < l->n_rows; i++) {
        const struct record *other = l->rows[i].result;
        if (other != NULL && are_beside(other, result)) {
            found.at = other == result ? found.n : found.at;
            found.list[found.n++] = other;
        }
    }
    return found;
}

// n is 0 when nothing in the logframe has this id.
static struct neighbours find(struct arena *a, const struct logframe *l, const char *id)
{
    for (size_t i = 0; i < l->n_rows; i++) {
        const struct logframe_row *row = &l->rows[i];
        if (row->result != NULL && strcmp(row->result->id, id) == 0) {
            return of_result(a, l, row->result);
        }
        for (size_t k = 0; k < row->n_measures; k++) {
            if (strcmp(row->measures[k].record->id, id) == 0) {
                struct neighbours found = {.list = ARENA_ARRAY(a, const struct record *, row->n_measures),
                                           .n = row->n_measures, .at = k};
                for (size_t m = 0; m < row->n_measures; m++) {
                    found.list[m] = row->measures[m].record;
                }
                return found;
            }
        }
    }
    return (struct neighbours){0};
}

// The record at this place (from 0) among `beside`, without itself. Places are written down to the last that is needed.
static void put(struct arena *a, const struct record *record, const struct neighbours *beside, const char *common,
                size_t place, struct logframe_move *out)
{
    const char *field = common_field(record);
    size_t needed = place + 1;
    out->place = place + 1;
    out->of = beside->n + 1;
    out->changed = ARENA_ARRAY(a, struct record *, out->of);
    for (size_t i = 0; i < beside->n; i++) {
        size_t at = i < place ? i : i + 1;
        needed = record_is_set(beside->list[i], "position") && at >= needed ? at + 1 : needed;
    }
    for (size_t i = 0; i < needed; i++) {
        const struct record *here = i == place ? record : beside->list[i < place ? i : i - 1];
        bool joins = here == record && strcmp(record_text(record, field), common) != 0;
        if (joins || record_int(here, "position") != (int64_t)i + 1) {
            struct record *copy = record_copy(a, here);
            record_set_int(copy, "position", (int64_t)i + 1);
            if (joins) {
                record_set_text(copy, field, common);
            }
            out->changed[out->n_changed++] = copy;
        }
    }
}

static void take_out(struct neighbours *x, const struct record *record)
{
    size_t n = 0;
    for (size_t i = 0; i < x->n; i++) {
        if (x->list[i] != record) {
            x->list[n++] = x->list[i];
        }
    }
    x->n = n;
}

static enum err not_here(struct err_info *e)
{
    return err_set(e, ERR_NOT_FOUND, NULL, MSG("This is not in the logframe."),
                   MSG("Somebody may have deleted it. Load the page again."), NULL);
}

enum err logframe_move(struct arena *a, const struct logframe *l, enum logframe_where where, const char *what,
                       const char *onto, struct logframe_move *out, struct err_info *e)
{
    bool steps = where == LOGFRAME_UP || where == LOGFRAME_DOWN;
    struct neighbours from = find(a, l, what), into = find(a, l, steps ? what : onto);
    if (from.n == 0 || into.n == 0) {
        return not_here(e);
    }
    const struct record *record = from.list[from.at], *beside = into.list[into.at];
    *out = (struct logframe_move){.record = record, .place = from.at + 1, .of = from.n};
    if (record->entity != beside->entity ||
        (record->entity == &entity_result && logframe_level_of(record) != logframe_level_of(beside))) {
        return err_set(e, ERR_INPUT, NULL, MSG("Only results of one level, or indicators, stand beside each other."),
                       MSG("Choose another place."), NULL);
    }
    bool stays = steps ? !logframe_may_go(a, l, record, where) : record == beside;
    if (stays) {
        return ERR_NONE;
    }
    size_t place = where == LOGFRAME_UP ? from.at - 1 : from.at + 1;
    take_out(&into, record);
    for (size_t i = 0; !steps && i < into.n; i++) {
        if (into.list[i] == beside) {
            place = i + (where == LOGFRAME_AFTER);
        }
    }
    put(a, record, &into, record_text(beside, common_field(record)), place, out);
    return ERR_NONE;
}

bool logframe_may_go(struct arena *a, const struct logframe *l, const struct record *record, enum logframe_where where)
{
    struct neighbours x = find(a, l, record->id);
    return x.n > 0 && (where == LOGFRAME_UP ? x.at > 0 : x.at + 1 < x.n);
}
