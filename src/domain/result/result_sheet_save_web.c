// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_sheet_save_web.c: what was typed in a sheet of values (result_sheet_web.h), saved together or not at all.
//
// Only cells that somebody typed in are taken: what others saved since the page was made stays, and where both typed
// the second is told.

#include "result/result_sheet_web.h"

#include <string.h>

#include "html/form.h"
#include "result/result.h"
#include "result/result_bulk.h"
#include "result/result_web.h"
#include "store/store.h"

// One value with its parts as typed.
struct typed {
    const struct result_value *old;
    const char *name; // of the cell of the value itself
    struct record *observation;
    struct result_part *parts;
    size_t n_parts;
    bool changed;
};

// Is what was typed to be taken? Where somebody else typed too it is not, and the cell says so.
static bool is_taken(struct sheet *s, const struct sheet_cell *c)
{
    struct err_info wrong;
    if (c->conflict) {
        (void)err_set(&wrong, ERR_CONFLICT, NULL, MSG("Somebody else changed this meanwhile: {0}."),
                      MSG("Save again to put your number in its place."), c->now[0] == '\0' ? "–" : c->now, NULL);
        result_blame(s->r, c->name, &wrong);
    }
    return c->touched && !c->conflict;
}

static void read_parts(struct sheet *s, const struct result_line *line, const char *place, struct typed *t)
{
    struct req *r = s->r;
    t->parts = ARENA_ARRAY(r->arena, struct result_part, s->by->n_values);
    for (size_t i = 0; i < s->by->n_values; i++) {
        const char *code = s->by->values[i].code;
        const struct sheet_cell c = sheet_cell(s, line, place, code);
        const struct result_part *old = sheet_part(s, t->old, code);
        struct result_part p = {.keys = s->by->code, .has_value = true,
                                .split = arena_printf(r->arena, "%s=%s", s->by->code, code)};
        if (!is_taken(s, &c)) {
            if (old != NULL) {
                t->parts[t->n_parts++] = *old;
            }
        } else if (result_typed_number(r, line->rule.unit, c.name, &p.value)) {
            t->changed |= old == NULL || old->value != p.value;
            t->parts[t->n_parts++] = p;
        } else {
            t->changed |= old != NULL;
        }
    }
}

// Is what was typed for a value right?
static enum err check(const struct result_line *line, const struct typed *t, struct err_info *e)
{
    const struct record *o = t->observation;
    if (t->old != NULL && !record_is_set(o, "value") && !record_is_set(o, "numerator") && !record_is_set(o, "answer")) {
        return err_set(e, ERR_INPUT, NULL, MSG("A value that was entered is not emptied."),
                       MSG("Who may approve can return it with a reason, on the page of the indicator; then it is in no "
                           "total."),
                       NULL);
    }
    enum err err = record_check(o, e);
    return err == ERR_NONE ? observation_fits(o, record_text(line->record, "unit"), e) : err;
}

// What was typed for one value; changed says whether there is anything to save.
static void read_value(struct sheet *s, const struct result_line *line, const char *place, struct typed *t)
{
    struct req *r = s->r;
    const struct sheet_cell c = sheet_cell(s, line, place, NULL);
    struct err_info wrong;
    *t = (struct typed){.old = sheet_value(s, line, place), .name = c.name};
    if (sheet_is_closed(t->old)) {
        return;
    }
    t->observation = t->old == NULL ? record_new(r->arena, &entity_observation)
                                    : record_copy(r->arena, t->old->record);
    if (is_taken(s, &c)) {
        t->changed = true;
        if (bulk_read(r->arena, r->lang, line->rule.unit, c.typed, t->observation, &wrong) != ERR_NONE) {
            result_blame(r, t->name, &wrong);
            return;
        }
    }
    if (s->by != NULL) {
        read_parts(s, line, place, t);
        result_whole_of_parts(r->arena, line->rule.unit, t->parts, t->n_parts, t->observation);
    }
    if (!t->changed) {
        return;
    }
    record_set_text(t->observation, "indicator_id", line->record->id);
    record_set_text(t->observation, "period_from", s->span.from);
    record_set_text(t->observation, "period_to", s->span.to);
    record_set_text(t->observation, "country", place);
    record_set_text(t->observation, "state", "entered"); // to be checked again
    record_clear(t->observation, "return_reason");
    if (check(line, t, &wrong) != ERR_NONE) {
        result_blame(r, t->name, &wrong);
    }
}

static size_t read_all(struct sheet *s, struct typed **out)
{
    size_t n = 0;
    *out = ARENA_ARRAY(s->r->arena, struct typed, (s->lines.n + 1) * s->n_places);
    for (size_t i = 0; i < s->lines.n; i++) {
        const struct result_line *line = &s->lines.items[i];
        for (size_t k = 0; k < s->n_places && sheet_has(line); k++) {
            if (s->one == NULL || s->one == line) {
                read_value(s, line, s->places[k], &(*out)[n]);
                n += (*out)[n].changed;
            }
        }
    }
    return n;
}

static enum err save_value(struct sheet *s, struct store_tx *tx, const struct typed *t, struct err_info *e)
{
    struct req *r = s->r;
    enum err err = store_save(tx, r->arena, t->observation, e);
    if (err == ERR_NONE && s->by != NULL) {
        err = result_parts_save(tx, r->arena, t->observation->id, s->by->code, t->parts, t->n_parts, e);
    }
    return err;
}

static enum err save_all(struct sheet *s, const struct typed *all, size_t n, struct err_info *e)
{
    struct store_tx *tx;
    struct actor who = req_actor(s->r);
    enum err err = store_begin(s->r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        err = save_value(s, tx, &all[i], e);
        if (err == ERR_INPUT || err == ERR_CONFLICT) {
            result_blame(s->r, all[i].name, e);
            store_rollback(tx);
            return ERR_NONE;
        }
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

enum err sheet_save(struct sheet *s, size_t *n_saved, const struct record **one, struct err_info *e)
{
    struct typed *all;
    *n_saved = read_all(s, &all);
    enum err err = s->r->form->n_errors > 0 ? ERR_NONE : save_all(s, all, *n_saved, e);
    *one = *n_saved == 1 && all[0].n_parts == 0 ? all[0].observation : NULL;
    return err;
}
