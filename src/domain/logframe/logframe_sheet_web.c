// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_sheet_web.c: see logframe_sheet_web.h. The pages are in logframe_trip_web.c.

#include "logframe/logframe_sheet_web.h"

#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "base/date.h"
#include "base/limits.h"
#include "format/csv/csv_read.h"
#include "format/csv/csv_write.h"
#include "format/xlsx/xlsx_read.h"
#include "result/result.h"

#define TARGET "target "
#define MOST_LINES 2000
#define MOST_COLUMNS 60

// Columns in their order; the heading is what is looked for when the file comes back, so it is not
// translated. Which field of which record a column is.
static const struct column {
    const char *head;
    bool of_indicator;
    const char *field;
} columns[] = {
    {"result", false, "code"},
    {"level", false, "level"},
    {"serves", false, "parent_id"},
    {"statement", false, "statement"},
    {"must hold", false, "assumptions"},
    {"indicator", true, "code"},
    {"title", true, "title"},
    {"unit", true, "unit"},
    {"direction", true, "direction"},
    {"over time", true, "accumulation"},
    {"baseline", true, "baseline"},
    {"baseline on", true, "baseline_on"},
    {"means of verification", true, "means"},
    {"source", true, "source"},
    {"how often", true, "frequency"},
    {"assumptions", true, "assumptions"},
};
#define COLUMN_RESULT 0
#define COLUMN_INDICATOR 5

// ---- out ----------------------------------------------------------------------------------------

// Days for which any indicator has a target, each once, in order.
static size_t target_days(struct arena *a, const struct logframe *l, const char ***out)
{
    const char **days = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < l->n_rows; i++) {
        for (size_t k = 0; k < l->rows[i].n_measures; k++) {
            for (size_t t = 0; t < l->rows[i].measures[k].n_targets; t++) {
                const char *day = record_text(l->rows[i].measures[k].targets[t], "due_on");
                size_t at = 0;
                while (at < n && strcmp(days[at], day) < 0) {
                    at++;
                }
                if (at < n && strcmp(days[at], day) == 0) {
                    continue;
                }
                days = arena_room(a, days, sizeof *days, n, &cap);
                memmove(&days[at + 1], &days[at], (n - at) * sizeof *days);
                days[at] = day;
                n++;
            }
        }
    }
    *out = days;
    return n;
}

static const struct record *result_by_id(const struct logframe *l, const char *id)
{
    for (size_t i = 0; i < l->n_rows; i++) {
        if (l->rows[i].result != NULL && strcmp(l->rows[i].result->id, id) == 0) {
            return l->rows[i].result;
        }
    }
    return NULL;
}

// What stands in a cell: the code of the result for what it serves, else the canonical text.
static const char *cell_text(struct arena *a, const struct logframe *l, const struct record *r,
                             const char *name)
{
    if (strcmp(name, "parent_id") == 0) {
        const struct record *parent = result_by_id(l, record_text(r, name));
        return parent == NULL ? "" : record_text(parent, "code");
    }
    return field_print(a, entity_field(r->entity, name), record_value(r, name), 0);
}

static const struct record *target_on(const struct logframe_measure *m, const char *day)
{
    const struct record *found = NULL;
    for (size_t i = 0; m != NULL && i < m->n_targets; i++) {
        found = strcmp(record_text(m->targets[i], "due_on"), day) == 0 ? m->targets[i] : found;
    }
    return found;
}

static void put_line(struct arena *a, const struct logframe *l, const struct logframe_row *row,
                     const struct logframe_measure *m, const char *const *days, size_t n_days,
                     const char **cells)
{
    for (size_t i = 0; i < COUNT_OF(columns); i++) {
        const struct record *r = columns[i].of_indicator ? m == NULL ? NULL : m->record
                                                         : row->result;
        cells[i] = r == NULL ? "" : cell_text(a, l, r, columns[i].field);
    }
    for (size_t i = 0; i < n_days; i++) {
        const struct record *t = target_on(m, days[i]);
        cells[COUNT_OF(columns) + i] = t == NULL ? "" : record_text(t, "value");
    }
}

void logframe_sheet_of(struct arena *a, const struct logframe *l, bool right_to_left,
                       struct sheet *out)
{
    const char **days;
    size_t n_days = target_days(a, l, &days);
    size_t n_columns = COUNT_OF(columns) + n_days, n_lines = 0;
    struct sheet_column *heads = ARENA_ARRAY(a, struct sheet_column, n_columns);
    for (size_t i = 0; i < n_columns; i++) {
        heads[i].name = i < COUNT_OF(columns)
                            ? columns[i].head
                            : arena_printf(a, TARGET "%s", days[i - COUNT_OF(columns)]);
    }
    for (size_t i = 0; i < l->n_rows; i++) {
        n_lines += l->rows[i].n_measures == 0 ? 1 : l->rows[i].n_measures;
    }
    const char **cells = ARENA_ARRAY(a, const char *, n_lines * n_columns + 1);
    size_t at = 0;
    for (size_t i = 0; i < l->n_rows; i++) {
        const struct logframe_row *row = &l->rows[i];
        for (size_t k = 0; k < row->n_measures || k == 0; k++) {
            put_line(a, l, row, row->n_measures == 0 ? NULL : &row->measures[k], days, n_days,
                     &cells[at++ * n_columns]);
        }
    }
    *out = (struct sheet){.title = "logframe",
                          .columns = heads,
                          .n_columns = n_columns,
                          .cells = cells,
                          .n_rows = n_lines,
                          .right_to_left = right_to_left};
}

// ---- back ---------------------------------------------------------------------------------------

static enum err no_logframe(struct err_info *e)
{
    return err_set(e, ERR_INPUT, "file",
                   MSG("The file has no columns “result” and “indicator” in its first line."),
                   MSG("Send back the file that was taken out here; leave its first line as it is."),
                   NULL);
}

static enum err too_large(struct err_info *e)
{
    return err_set(e, ERR_TOO_LARGE, "file", MSG("The file has too many lines or columns."),
                   MSG("Send at most 2,000 lines and 60 columns."), NULL);
}

static enum err read_csv(struct arena *a, const char *bytes, size_t len, struct logframe_grid *g,
                         struct err_info *e)
{
    struct csv_in in;
    struct csv_row row;
    bool more = true;
    enum err err = csv_open(&in, bytes, len, e);
    g->lines = ARENA_ARRAY(a, struct logframe_grid_line, MOST_LINES + 1);
    while (err == ERR_NONE && more) {
        err = csv_next(a, &in, &row, &more, e);
        if (err != ERR_NONE || !more) {
            break;
        }
        if (g->heads == NULL) {
            g->heads = row.cells;
            g->n_columns = (size_t)row.n;
        } else if (g->n_lines < MOST_LINES && g->n_columns <= MOST_COLUMNS) {
            const char **cells = ARENA_ARRAY(a, const char *, g->n_columns);
            for (size_t i = 0; i < g->n_columns; i++) {
                cells[i] = (int)i < row.n ? row.cells[i] : "";
            }
            g->lines[g->n_lines++] = (struct logframe_grid_line){row.number, cells};
        } else {
            err = too_large(e);
        }
    }
    return err;
}

static enum err read_xlsx(struct arena *a, const char *bytes, size_t len, struct logframe_grid *g,
                          struct err_info *e)
{
    const struct xlsx_book *book;
    enum err err = xlsx_read(a, bytes, len, &book, e);
    const struct xlsx_table *t = err == ERR_NONE ? xlsx_first_sheet(book) : NULL;
    if (err != ERR_NONE || t == NULL || t->n_rows == 0) {
        return err != ERR_NONE ? err : no_logframe(e);
    }
    if (t->n_rows > MOST_LINES + 1 || t->n_columns > MOST_COLUMNS) {
        return too_large(e);
    }
    g->n_columns = (size_t)t->n_columns;
    g->lines = ARENA_ARRAY(a, struct logframe_grid_line, (size_t)t->n_rows + 1);
    for (int i = 0; i < t->n_rows; i++) {
        const char **cells = ARENA_ARRAY(a, const char *, g->n_columns + 1);
        for (int k = 0; k < t->n_columns; k++) {
            cells[k] = xlsx_text_at(t, t->rows[i].number, k + 1);
        }
        if (t->rows[i].number == 1) {
            g->heads = cells;
        } else {
            g->lines[g->n_lines++] = (struct logframe_grid_line){t->rows[i].number, cells};
        }
    }
    return ERR_NONE;
}

// Place of a column by its heading; n_columns when it is not there.
static size_t column_at(const struct logframe_grid *g, const char *head)
{
    size_t i = 0;
    while (i < g->n_columns && strcmp(g->heads[i], head) != 0) {
        i++;
    }
    return i;
}

enum err logframe_grid_read(struct arena *a, const char *bytes, size_t len,
                            struct logframe_grid *out, struct err_info *e)
{
    *out = (struct logframe_grid){0};
    bool zipped = len > 2 && memcmp(bytes, "PK", 2) == 0;
    enum err err = zipped ? read_xlsx(a, bytes, len, out, e) : read_csv(a, bytes, len, out, e);
    if (err == ERR_NONE && (out->heads == NULL ||
                            column_at(out, columns[COLUMN_RESULT].head) == out->n_columns ||
                            column_at(out, columns[COLUMN_INDICATOR].head) == out->n_columns)) {
        err = no_logframe(e);
    }
    return err;
}

const char *logframe_grid_text(struct arena *a, const struct logframe_grid *g)
{
    struct buf b;
    struct csv_out out;
    buf_init(&b, a, LIMIT_REPLY_BYTES);
    csv_begin(&out, &b, false);
    for (size_t k = 0; k < g->n_columns; k++) {
        csv_cell(&out, g->heads[k]);
    }
    csv_row_end(&out);
    for (size_t i = 0; i < g->n_lines; i++) {
        for (size_t k = 0; k < g->n_columns; k++) {
            csv_cell(&out, g->lines[i].cells[k]);
        }
        csv_row_end(&out);
    }
    return b.data;
}

// ---- what would change --------------------------------------------------------------------------

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
    plan->records[plan->n_records++] = (struct logframe_planned){r, parent};
}

static const char *cell(const struct planning *p, const char *head, bool *there)
{
    size_t at = column_at(p->grid, head);
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
    size_t at = column_at(p->grid, columns[COLUMN_RESULT].head);
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
    const char *before = cell_text(p->arena, p->logframe, r, "parent_id");
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
    for (size_t i = 0; i < COUNT_OF(columns); i++) {
        const struct column *c = &columns[i];
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
    const char *day = head + strlen(TARGET);
    const struct record *old = target_on(m, day);
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
    const char *code = cell(p, columns[COLUMN_INDICATOR].head, &there);
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
        if (strncmp(p->grid->heads[i], TARGET, strlen(TARGET)) == 0) {
            plan_target(p, m, k, p->grid->heads[i], p->line->cells[i]);
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
    for (size_t i = 0; i < g->n_lines; i++) {
        p.line = &g->lines[i];
        bool there;
        const char *code = cell(&p, columns[COLUMN_RESULT].head, &there);
        const struct record *result = plan_result(&p, code);
        if (code[0] == '\0' || result != NULL) {
            plan_indicator(&p, result);
        }
    }
    mark(out);
}
