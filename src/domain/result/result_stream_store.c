// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_stream_store.c: see result_stream_store.h.

#include "result/result_stream_store.h"

#include <string.h>

#include "base/limits.h"

static enum err step(struct result_stream *s, struct err_info *e)
{
    bool more = false;
    enum err err = result_values_next(s->query, &s->row, &more, e);
    s->query = err == ERR_NONE && more ? s->query : NULL;
    return err;
}

// The texts of a row live until the next one.
static void keep_value(struct result_stream *s)
{
    struct arena *a = s->arena;
    const struct result_values_row *r = &s->row;
    s->value = (struct result_values_row){
        .id = arena_copy(a, r->id),
        .version = arena_copy(a, r->version),
        .changed_at = arena_copy(a, r->changed_at),
        .indicator_id = arena_copy(a, r->indicator_id),
        .period_from = arena_copy(a, r->period_from),
        .period_to = arena_copy(a, r->period_to),
        .country = arena_copy(a, r->country),
        .value = arena_copy(a, r->value),
        .numerator = arena_copy(a, r->numerator),
        .denominator = arena_copy(a, r->denominator),
        .answer = arena_copy(a, r->answer),
        .source = arena_copy(a, r->source),
        .note = arena_copy(a, r->note),
        .state = arena_copy(a, r->state),
        .return_reason = arena_copy(a, r->return_reason),
    };
}

enum err result_stream_next(struct result_stream *s, struct err_info *e)
{
    enum err err = ERR_NONE;
    arena_reset(s->arena);
    s->parts = NULL;
    s->n_parts = s->cap = 0;
    s->more = s->query != NULL;
    if (!s->more) {
        return ERR_NONE;
    }
    keep_value(s);
    do {
        if (s->row.split != NULL) { // else the value has no parts
            s->parts = arena_room(s->arena, s->parts, sizeof *s->parts, s->n_parts, &s->cap);
            s->parts[s->n_parts++] = (struct result_part_text){
                arena_copy(s->arena, s->row.split), arena_copy(s->arena, s->row.part_value),
                arena_copy(s->arena, s->row.part_numerator), arena_copy(s->arena, s->row.part_denominator)};
        }
        err = step(s, e);
    } while (err == ERR_NONE && s->query != NULL && strcmp(s->row.id, s->value.id) == 0);
    return err;
}

enum err result_stream_begin(struct db_read *db, const struct result_values_in *in, struct result_stream *out,
                             struct err_info *e)
{
    *out = (struct result_stream){.arena = arena_new(LIMIT_REQUEST_BYTES)};
    enum err err = result_values(db, in, &out->query, e);
    if (err != ERR_NONE) {
        out->query = NULL;
        return err;
    }
    err = step(out, e);
    return err == ERR_NONE ? result_stream_next(out, e) : err;
}

void result_stream_end(struct result_stream *s)
{
    if (s->query != NULL) {
        db_finish(s->query);
    }
    if (s->arena != NULL) {
        arena_free(s->arena);
    }
    *s = (struct result_stream){0};
}

struct result_entry result_stream_entry(const struct result_stream *s)
{
    const struct result_values_row *r = &s->value;
    const struct result_entry_text t = {.id = r->id, .period_from = r->period_from, .period_to = r->period_to,
                                        .country = r->country, .value = r->value, .numerator = r->numerator,
                                        .denominator = r->denominator, .answer = r->answer, .state = r->state};
    return result_entry_of_text(&t);
}
