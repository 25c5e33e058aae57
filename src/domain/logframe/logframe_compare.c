// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_compare.c: what differs between two logframes, record by record and field by field. Worked
// example: docs/logframe.md.

#include <string.h>

#include "base/bug.h"
#include "logframe/logframe_table.h"
#include "result/result.h"

// What is compared, in the order people read it. The program's own fields are left out.
static const char *const programme_names[] = {"goal_name", "outcome_name", "output_name", NULL};
static const char *const result_names[] = {"level", "code", "parent_id", "statement", "assumptions",
                                           NULL};
static const char *const indicator_names[] = {
    "code", "title", "definition", "result_id", "unit", "direction", "accumulation",
    "disaggregation", "baseline", "baseline_on", "baseline_note", "means", "source", "frequency",
    "owner_id", "assumptions", NULL};
static const char *const target_names[] = {"due_on", "value", "reason", NULL};
// What is shown of a record that was added or removed.
static const char *const result_head[] = {"level", "statement", "parent_id", NULL};
static const char *const indicator_head[] = {"title", "result_id", "unit", NULL};

// Records of one kind that stand in a logframe, in its order.
struct side {
    const struct record **rows;
    size_t n;
};

struct comparing {
    struct arena *arena;
    const struct lang *lang;
    const struct logframe *logframes[2]; // before, after
    const struct programme_people *people;
    struct logframe_difference *items;
    size_t n, cap;
};

// ---- what stands in a logframe ------------------------------------------------------------------

static struct side results_of(struct arena *a, const struct logframe *l)
{
    struct side s = {.rows = ARENA_ARRAY(a, const struct record *, l->n_rows + 1)};
    for (size_t i = 0; i < l->n_rows; i++) {
        if (l->rows[i].result != NULL) {
            s.rows[s.n++] = l->rows[i].result;
        }
    }
    return s;
}

static struct side measures_of(struct arena *a, const struct logframe *l, bool targets)
{
    size_t most = 1;
    for (size_t i = 0; i < l->n_rows; i++) {
        for (size_t k = 0; k < l->rows[i].n_measures; k++) {
            most += 1 + l->rows[i].measures[k].n_targets;
        }
    }
    struct side s = {.rows = ARENA_ARRAY(a, const struct record *, most)};
    for (size_t i = 0; i < l->n_rows; i++) {
        for (size_t k = 0; k < l->rows[i].n_measures; k++) {
            const struct logframe_measure *m = &l->rows[i].measures[k];
            for (size_t t = 0; targets && t < m->n_targets; t++) {
                s.rows[s.n++] = m->targets[t];
            }
            if (!targets) {
                s.rows[s.n++] = m->record;
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
    const struct record *r = with_id(results_of(c->arena, c->logframes[side]), id);
    r = r != NULL ? r : with_id(measures_of(c->arena, c->logframes[side], false), id);
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

static const char *const *names_of(const struct record *r, bool both)
{
    return r->entity == &entity_result      ? both ? result_names : result_head
           : r->entity == &entity_indicator ? both ? indicator_names : indicator_head
           : r->entity == &entity_target    ? target_names
                                            : programme_names;
}

static void add(struct comparing *c, const struct record *before, const struct record *after)
{
    const struct record *r = after != NULL ? after : before;
    struct logframe_difference d = {.change = before == NULL  ? LOGFRAME_ADDED
                                              : after == NULL ? LOGFRAME_REMOVED
                                                              : LOGFRAME_CHANGED,
                                    .record = r};
    const char *const *names = names_of(r, before != NULL && after != NULL);
    d.cells = ARENA_ARRAY(c->arena, struct logframe_cell, COUNT_OF(indicator_names));
    for (size_t i = 0; names[i] != NULL; i++) {
        const struct field *f = entity_field(r->entity, names[i]);
        bool shown = before != NULL && after != NULL ? differ(before, after, names[i])
                                                     : record_is_set(r, names[i]);
        if (shown) {
            d.cells[d.n_cells++] =
                (struct logframe_cell){f, words(c, 0, before, f), words(c, 1, after, f)};
        }
    }
    if (d.n_cells == 0) {
        return;
    }
    d.code = r->entity == &entity_target
                 ? code_on(c, after != NULL ? 1 : 0, record_text(r, "indicator_id"))
                 : record_code(r);
    if (r->entity == &entity_result) {
        d.code = record_text(r, "code");
    }
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
    struct comparing c = {
        .arena = a, .lang = lang, .logframes = {before, after}, .people = people};
    add(&c, before->programme, after->programme);
    compare_sides(&c, results_of(a, before), results_of(a, after));
    compare_sides(&c, measures_of(a, before, false), measures_of(a, after, false));
    compare_sides(&c, measures_of(a, before, true), measures_of(a, after, true));
    *out = c.items;
    *n = c.n;
}
