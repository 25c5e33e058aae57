// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_compare.c: what differs between two logframes, record by record and field by field. Worked
// example: docs/logframe.md.

#include <string.h>

#include "logframe/logframe_table.h"
#include "result/result.h"

// Of a programme only what it calls the levels is compared, of other records all that people enter.
static const char *const programme_names[] = {"goal_name", "outcome_name", "output_name", NULL};
// What is shown of a record that was added or removed.
static const char *const result_head[] = {"level", "statement", "parent_id", NULL};
static const char *const indicator_head[] = {"title", "result_id", "unit", NULL};
static const char *const target_head[] = {"due_on", "value", "reason", NULL};

// Records of one kind that stand in a logframe, in its order.
struct side {
    const struct record **rows;
    size_t n;
};

// What stands in a logframe.
struct stand {
    struct side results, indicators, targets;
};

struct comparing {
    struct arena *arena;
    const struct lang *lang;
    struct stand stands[2]; // before, after
    const struct programme_people *people;
    struct logframe_difference *items;
    size_t n, cap;
};

// ---- what stands in a logframe ------------------------------------------------------------------

static struct stand stand_of(struct arena *a, const struct logframe *l)
{
    size_t n_indicators = 0, n_targets = 0;
    for (size_t i = 0; i < l->n_rows; i++) {
        n_indicators += l->rows[i].n_measures;
        for (size_t k = 0; k < l->rows[i].n_measures; k++) {
            n_targets += l->rows[i].measures[k].n_targets;
        }
    }
    struct stand s = {.results.rows = ARENA_ARRAY(a, const struct record *, l->n_rows + 1),
                      .indicators.rows = ARENA_ARRAY(a, const struct record *, n_indicators + 1),
                      .targets.rows = ARENA_ARRAY(a, const struct record *, n_targets + 1)};
    for (size_t i = 0; i < l->n_rows; i++) {
        const struct logframe_row *row = &l->rows[i];
        if (row->result != NULL) {
            s.results.rows[s.results.n++] = row->result;
        }
        for (size_t k = 0; k < row->n_measures; k++) {
            const struct logframe_measure *m = &row->measures[k];
            s.indicators.rows[s.indicators.n++] = m->record;
            for (size_t t = 0; t < m->n_targets; t++) {
                s.targets.rows[s.targets.n++] = m->targets[t];
            }
        }
    }
    return s;
}

static const struct record *with_id(struct side s, const char *id)
{
    for (size_t i = 0; i < s.n; i++) {
        if (strcmp(s.rows[i]->id, id) == 0) {
            return s.rows[i];
        }
    }
    return NULL;
}

// The same record on the other side: by id; a target by its indicator and day.
static const struct record *same(struct side s, const struct record *r)
{
    if (r->entity != &entity_target) {
        return with_id(s, r->id);
    }
    for (size_t i = 0; i < s.n; i++) {
        if (strcmp(record_text(s.rows[i], "indicator_id"), record_text(r, "indicator_id")) == 0 &&
            strcmp(record_text(s.rows[i], "due_on"), record_text(r, "due_on")) == 0) {
            return s.rows[i];
        }
    }
    return NULL;
}

// ---- words --------------------------------------------------------------------------------------

// Code of a result or an indicator as it was on that side; "" when it stood not there.
static const char *code_on(struct comparing *c, int side, const char *id)
{
    const struct record *r = with_id(c->stands[side].results, id);
    r = r != NULL ? r : with_id(c->stands[side].indicators, id);
    return r == NULL ? "" : record_text(r, "code");
}

static const char *words(struct comparing *c, int side, const struct record *r,
                         const struct field *f)
{
    const struct value *v = r == NULL ? NULL : record_value(r, f->name);
    if (v == NULL || !v->set) {
        return "";
    }
    if (f->type != FIELD_REF) {
        return field_for_people(c->arena, c->lang, f, v, "", 0);
    }
    if (strcmp(f->ref, "user") == 0) {
        const char *name = c->people == NULL ? NULL : programme_person_name(c->people, v->text);
        return name == NULL ? tr(c->lang, MSG("somebody")) : name;
    }
    return code_on(c, side, v->text);
}

static bool differ(const struct record *a, const struct record *b, const char *name)
{
    const struct value *x = record_value(a, name);
    const struct value *y = record_value(b, name);
    if (!x->set || !y->set) {
        return x->set != y->set;
    }
    return x->number != y->number ||
           strcmp(x->text == NULL ? "" : x->text, y->text == NULL ? "" : y->text) != 0;
}

// ---- comparing ----------------------------------------------------------------------------------

static bool is_named(const char *const *names, const char *name)
{
    while (*names != NULL && strcmp(*names, name) != 0) {
        names++;
    }
    return *names != NULL;
}

// Is the field shown of a record that is there on one side alone?
static bool tells_which(const struct record *r, const struct field *f)
{
    return is_named(r->entity == &entity_result      ? result_head
                    : r->entity == &entity_indicator ? indicator_head
                                                     : target_head,
                    f->name) &&
           record_is_set(r, f->name);
}

// Is the field compared? What the program sets is not, nor to what the record belongs.
static bool is_entered(const struct record *r, const struct field *f)
{
    return r->entity == &entity_programme
               ? is_named(programme_names, f->name)
               : !f->read_only && strcmp(f->name, r->entity->parent_field) != 0 &&
                     strcmp(f->name, "state") != 0;
}

static const char *code_of(struct comparing *c, int side, const struct record *r)
{
    return r->entity == &entity_result   ? record_text(r, "code")
           : r->entity == &entity_target ? code_on(c, side, record_text(r, "indicator_id"))
                                         : record_code(r);
}

static void add(struct comparing *c, const struct record *before, const struct record *after)
{
    const struct record *r = after != NULL ? after : before;
    struct logframe_difference d = {.change = before == NULL  ? LOGFRAME_ADDED
                                              : after == NULL ? LOGFRAME_REMOVED
                                                              : LOGFRAME_CHANGED,
                                    .record = r};
    d.cells = ARENA_ARRAY(c->arena, struct logframe_cell, r->entity->n_fields);
    for (size_t i = 0; i < r->entity->n_fields; i++) {
        const struct field *f = &r->entity->fields[i];
        if (d.change == LOGFRAME_CHANGED ? is_entered(r, f) && differ(before, after, f->name)
                                         : tells_which(r, f)) {
            d.cells[d.n_cells++] =
                (struct logframe_cell){f, words(c, 0, before, f), words(c, 1, after, f)};
        }
    }
    if (d.n_cells == 0) {
        return;
    }
    d.code = code_of(c, after != NULL ? 1 : 0, r);
    c->items = arena_room(c->arena, c->items, sizeof *c->items, c->n, &c->cap);
    c->items[c->n++] = d;
}

// What is there now in its order, then what went.
static void compare_sides(struct comparing *c, struct side before, struct side after)
{
    for (size_t i = 0; i < after.n; i++) {
        add(c, same(before, after.rows[i]), after.rows[i]);
    }
    for (size_t i = 0; i < before.n; i++) {
        if (same(after, before.rows[i]) == NULL) {
            add(c, before.rows[i], NULL);
        }
    }
}

void logframe_compare(struct arena *a, const struct lang *lang, const struct logframe *before,
                      const struct logframe *after, const struct programme_people *people,
                      struct logframe_difference **out, size_t *n)
{
    struct comparing c = {.arena = a,
                          .lang = lang,
                          .stands = {stand_of(a, before), stand_of(a, after)},
                          .people = people};
    add(&c, before->programme, after->programme);
    compare_sides(&c, c.stands[0].results, c.stands[1].results);
    compare_sides(&c, c.stands[0].indicators, c.stands[1].indicators);
    compare_sides(&c, c.stands[0].targets, c.stands[1].targets);
    *out = c.items;
    *n = c.n;
}
