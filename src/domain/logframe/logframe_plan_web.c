// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_plan_web.c: what a spreadsheet that comes back would change in a logframe (logframe_sheet_web.h).

#include "logframe/logframe_sheet_web.h"

#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "base/date.h"
#include "result/result.h"

struct planning {
    struct arena *arena;
    const struct lang *lang;
    const struct logframe *logframe;
    const struct logframe_grid *grid;
    struct logframe_plan *plan;
    size_t change_cap, fault_cap, record_cap;
    const struct logframe_grid_line *line;
};

static const char *line_words(struct planning *p)
{
    return tr_f(p->arena, p->lang, MSG("Line {0}"), arena_printf(p->arena, "%d", p->line->number),
                NULL);
}

static void fault(struct planning *p, const char *head, const struct err_info *why)
{
    struct logframe_plan *plan = p->plan;
    const char *hint = err_hint(p->arena, p->lang, why);
    plan->faults =
        arena_room(p->arena, plan->faults, sizeof *plan->faults, plan->n_faults, &p->fault_cap);
    plan->faults[plan->n_faults++] = (struct logframe_cell_fault){
        .place = head == NULL
                     ? line_words(p)
                     : tr_f(p->arena, p->lang, MSG("Line {0}, column “{1}”"),
                            arena_printf(p->arena, "%d", p->line->number), head, NULL),
        .why = err_text(p->arena, p->lang, why),
        .mend = hint == NULL ? "" : hint};
}

static void fault_with(struct planning *p, const char *head, const char *text, const char *hint)
{
    struct err_info why;
    (void)err_set(&why, ERR_INPUT, NULL, text, hint, NULL);
    fault(p, head, &why);
}

static void change(struct planning *p, const struct record *r, const char *code,
                   const char *label, const char *before, const char *after, bool is_new)
{
    struct logframe_plan *plan = p->plan;
    plan->changes = arena_room(p->arena, plan->changes, sizeof *plan->changes, plan->n_changes,
                               &p->change_cap);
    plan->changes[plan->n_changes++] = (struct logframe_cell_change){
        .place = line_words(p),
        .what = arena_printf(p->arena, "%s %s", tr(p->lang, r->entity->label), code),
        .field = label,
        .before = before,
        .after = after,
        .is_new = is_new};
}

static void keep(struct planning *p, struct record *r, const char *parent)
{
    struct logframe_plan *plan = p->plan;
    plan->records = arena_room(p->arena, plan->records, sizeof *plan->records, plan->n_records,
                               &p->record_cap);
    plan->records[plan->n_records++] = (struct logframe_planned){r, parent, line_words(p)};
}

static const char *cell(const struct planning *p, const char *head, bool *there)
{
    size_t at = logframe_column_at(p->grid, head);
    *there = at < p->grid->n_columns;
    return *there ? p->line->cells[at] : "";
}

// A result with this code, as it is kept or as an earlier line of the file makes it.
static struct record *result_by_code(struct planning *p, const char *code, bool *planned)
{
    *planned = false;
    for (size_t i = 0; i < p->plan->n_records; i++) {
        struct record *r = p->plan->records[i].record;
        if (r->entity == &entity_result && strcmp(record_text(r, "code"), code) == 0) {
            *planned = true;
            return r;
        }
    }
    for (size_t i = 0; i < p->logframe->n_rows; i++) {
        const struct record *r = p->logframe->rows[i].result;
        if (r != NULL && strcmp(record_text(r, "code"), code) == 0) {
            return record_copy(p->arena, r);
        }
    }
    return NULL;
}

// Does any line of the file make a result with this code?
static bool is_in_file(const struct planning *p, const char *code)
{
    size_t at = logframe_column_at(p->grid, logframe_columns[LOGFRAME_COLUMN_RESULT].head);
    for (size_t i = 0; i < p->grid->n_lines; i++) {
        if (strcmp(p->grid->lines[i].cells[at], code) == 0) {
            return true;
        }
    }
    return false;
}

// A code by what people write, else the text itself.
static const char *code_of(struct planning *p, const struct field *f, const char *text)
{
    const struct choice *c = f->type == FIELD_CODE ? field_choices(f) : NULL;
    for (; c != NULL && c->code != NULL; c++) {
        if (strcmp(tr(p->lang, c->label), text) == 0 || strcmp(c->label, text) == 0) {
            return c->code;
        }
    }
    return text;
}

static void plan_parent(struct planning *p, struct record *r, const char *code, bool is_new,
                        const char **parent)
{
    bool planned;
    const char *label = tr(p->lang, entity_field(r->entity, "parent_id")->label);
    const char *before = logframe_cell_text(p->arena, p->logframe, r, "parent_id");
    const struct record *serves = code[0] == '\0' ? NULL : result_by_code(p, code, &planned);
    if (strcmp(before, code) == 0) {
        return;
    }
    if (code[0] != '\0' && serves == NULL && !is_in_file(p, code)) {
        fault_with(p, "serves", MSG("There is no result with this code."),
                   MSG("Write the code of a result of this programme, or of one in the file."));
        return;
    }
    change(p, r, record_text(r, "code"), label, before, code, is_new);
    if (serves != NULL && serves->id != NULL) {
        record_set_text(r, "parent_id", serves->id);
    } else {
        record_clear(r, "parent_id");
        *parent = code[0] == '\0' ? NULL : code;
    }
}

// Takes the cells of the line into a record; returns whether one was refused.
static bool plan_cells(struct planning *p, struct record *r, bool of_indicator, bool is_new,
                       const char **parent)
{
    bool refused = false;
    for (size_t i = 0; i < LOGFRAME_COLUMNS; i++) {
        const struct logframe_column *c = &logframe_columns[i];
        bool there;
        const char *text = cell(p, c->head, &there);
        if (c->of_indicator != of_indicator || !there || strcmp(c->field, "code") == 0) {
            continue;
        }
        if (strcmp(c->field, "parent_id") == 0) {
            size_t n = p->plan->n_faults;
            plan_parent(p, r, text, is_new, parent);
            refused = refused || p->plan->n_faults > n;
            continue;
        }
        const struct field *f = entity_field(r->entity, c->field);
        struct value *v = &r->values[entity_field_index(r->entity, c->field)];
        struct value value;
        struct err_info why;
        enum err err = field_parse(p->arena, f, code_of(p, f, text), 2, &value, &why);
        if (err == ERR_NONE && !value.set && f->required) {
            err = field_missing(f, &why);
        }
        if (err != ERR_NONE) {
            fault(p, c->head, &why);
            refused = true;
            continue;
        }
        const char *was = field_print(p->arena, f, v, 0);
        const char *is = field_print(p->arena, f, &value, 0);
        if (strcmp(was, is) != 0) {
            change(p, r, record_text(r, "code"), tr(p->lang, f->label),
                   field_for_people(p->arena, p->lang, f, v, "", 0),
                   field_for_people(p->arena, p->lang, f, &value, "", 0), is_new);
            *v = value;
        }
    }
    return refused;
}

// The result of the line; NULL when there is none or it is refused.
static struct record *plan_result(struct planning *p, const char *code)
{
    bool planned;
    const char *parent = NULL;
    size_t n_changes = p->plan->n_changes;
    struct record *r = result_by_code(p, code, &planned);
    if (code[0] == '\0' || planned) {
        return r; // the first line of a result says what it is
    }
    bool is_new = r == NULL;
    if (is_new) {
        r = record_new(p->arena, &entity_result);
        record_set_text(r, "programme_id", p->logframe->programme->id);
        record_set_text(r, "code", code);
    }
    bool refused = plan_cells(p, r, false, is_new, &parent);
    struct err_info why;
    if (!refused && is_new && record_check(r, &why) != ERR_NONE) {
        fault(p, NULL, &why);
        refused = true;
    }
    if (is_new && refused) {
        p->plan->n_changes = n_changes; // of a refused new record nothing is taken
        return NULL;
    }
    keep(p, r, parent);
    return r;
}

static const struct logframe_measure *measure_by_code(const struct logframe *l, const char *code,
                                                      const struct record **result)
{
    for (size_t i = 0; i < l->n_rows; i++) {
        for (size_t k = 0; k < l->rows[i].n_measures; k++) {
            if (strcmp(record_text(l->rows[i].measures[k].record, "code"), code) == 0) {
                *result = l->rows[i].result;
                return &l->rows[i].measures[k];
            }
        }
    }
    return NULL;
}

static void plan_target(struct planning *p, const struct logframe_measure *m,
                        const struct record *indicator, const char *head, const char *text)
{
    const char *day = head + strlen(LOGFRAME_TARGET);
    const struct record *old = logframe_target_on(m, day);
    const char *was = old == NULL ? "" : record_text(old, "value");
    const struct field *f = entity_field(&entity_target, "value");
    struct err_info why;
    struct value value;
    if (strcmp(was, text) == 0) {
        return;
    }
    if (!date_is_valid(day)) {
        fault_with(p, head, MSG("The heading holds no day."),
                   MSG("Write it as in “target 2026-12-31”."));
        return;
    }
    if (text[0] == '\0') {
        fault_with(p, head, MSG("A target is not taken away by a file."),
                   MSG("Write the old value, or a new one."));
        return;
    }
    if (field_parse(p->arena, f, text, 2, &value, &why) != ERR_NONE) {
        fault(p, head, &why);
        return;
    }
    const char *is = field_print(p->arena, f, &value, 0);
    if (strcmp(was, is) == 0) {
        return;
    }
    change(p, indicator, record_text(indicator, "code"),
           tr_f(p->arena, p->lang, MSG("Target for {0}"), date_for_people(p->arena, p->lang, day),
                NULL),
           was, is, old == NULL);
    if (old != NULL) {
        struct record *replaced = record_new(p->arena, &entity_target);
        *replaced = *record_copy(p->arena, old);
        record_set_int(replaced, "replaced", 1);
        keep(p, replaced, NULL);
    }
    struct record *t = record_new(p->arena, &entity_target);
    record_set_text(t, "indicator_id", indicator->id); // of a new one: set when it is saved
    record_set_text(t, "due_on", day);
    record_set_text(t, "value", is);
    record_set_text(t, "reason", old == NULL ? NULL : tr(p->lang, MSG("from a spreadsheet")));
    record_set_int(t, "replaced", 0);
    keep(p, t, indicator->id == NULL ? record_text(indicator, "code") : NULL);
}

static void plan_indicator(struct planning *p, const struct record *result)
{
    bool there;
    const char *parent = NULL;
    const char *code = cell(p, logframe_columns[LOGFRAME_COLUMN_INDICATOR].head, &there);
    const struct record *was_under = NULL;
    const struct logframe_measure *m = measure_by_code(p->logframe, code, &was_under);
    size_t n_changes = p->plan->n_changes;
    if (code[0] == '\0') {
        return;
    }
    for (size_t i = 0; i < p->plan->n_records; i++) {
        const struct record *other = p->plan->records[i].record;
        if (other->entity == &entity_indicator && strcmp(record_text(other, "code"), code) == 0) {
            fault_with(p, "indicator", MSG("The same indicator stands twice in the file."),
                       MSG("Leave one of the two lines out."));
            return;
        }
    }
    struct record *k = m != NULL ? record_copy(p->arena, m->record)
                                 : record_new(p->arena, &entity_indicator);
    if (m == NULL) {
        record_set_text(k, "programme_id", p->logframe->programme->id);
        record_set_text(k, "code", code);
        record_set_text(k, "state", "active");
    }
    bool refused = plan_cells(p, k, true, m == NULL, &parent);
    const char *under = result == NULL ? "" : record_text(result, "code");
    const char *before = was_under == NULL ? "" : record_text(was_under, "code");
    if (result != NULL && strcmp(under, before) != 0) { // without a result it stays where it is
        change(p, k, code, tr(p->lang, entity_field(&entity_indicator, "result_id")->label), before,
               under, m == NULL);
        record_set_text(k, "result_id", result->id);
        parent = result->id == NULL ? under : NULL;
    }
    struct err_info why;
    if (!refused && record_check(k, &why) != ERR_NONE) {
        fault(p, NULL, &why);
        refused = true;
    }
    if (m == NULL && refused) {
        p->plan->n_changes = n_changes; // of a refused new record nothing is taken
        return;
    }
    keep(p, k, parent);
    for (size_t i = 0; i < p->grid->n_columns; i++) {
        if (strncmp(p->grid->heads[i], LOGFRAME_TARGET, strlen(LOGFRAME_TARGET)) == 0) {
            plan_target(p, m, k, p->grid->heads[i], p->line->cells[i]);
        }
    }
}

// Columns that nobody would otherwise see are passed over.
static void look_at_heads(struct planning *p)
{
    const struct logframe_grid *g = p->grid;
    static const struct logframe_grid_line heads = {.number = 1};
    p->line = &heads;
    for (size_t i = 0; i < g->n_columns; i++) {
        const char *head = g->heads[i];
        bool known = head[0] == '\0' || strncmp(head, LOGFRAME_TARGET, strlen(LOGFRAME_TARGET)) == 0;
        for (size_t k = 0; k < LOGFRAME_COLUMNS; k++) {
            known = known || strcmp(head, logframe_columns[k].head) == 0;
        }
        if (!known) {
            fault_with(p, head, MSG("This is no column of the logframe."),
                       MSG("Write its heading as it was taken out."));
        } else if (head[0] != '\0' && logframe_column_at(g, head) < i) {
            fault_with(p, head, MSG("This column stands twice."), MSG("Leave one of them away."));
        }
    }
}

// FNV-1a of all that is shown: enough to see that it is not the same any more.
static void mark(struct logframe_plan *plan)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < plan->n_changes; i++) {
        const char *texts[] = {plan->changes[i].what, plan->changes[i].field,
                               plan->changes[i].before, plan->changes[i].after};
        for (size_t k = 0; k < COUNT_OF(texts); k++) {
            for (const char *c = texts[k];; c++) {
                h = (h ^ (unsigned char)*c) * UINT64_C(1099511628211);
                if (*c == '\0') {
                    break;
                }
            }
        }
    }
    snprintf(plan->mark, sizeof plan->mark, "%016llx", (unsigned long long)h);
}

void logframe_plan_of(struct arena *a, const struct lang *lang, const struct logframe *l,
                      const struct logframe_grid *g, struct logframe_plan *out)
{
    *out = (struct logframe_plan){0};
    struct planning p = {.arena = a, .lang = lang, .logframe = l, .grid = g, .plan = out};
    look_at_heads(&p);
    for (size_t i = 0; i < g->n_lines; i++) {
        p.line = &g->lines[i];
        bool there;
        const char *code = cell(&p, logframe_columns[LOGFRAME_COLUMN_RESULT].head, &there);
        const struct record *result = plan_result(&p, code);
        if (code[0] == '\0' || result != NULL) {
            plan_indicator(&p, result);
        }
    }
    mark(out);
}
