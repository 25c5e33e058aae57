// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_take_store.c: see result_take.h. Rows are read into groups, one for each value; a group is checked whole
// before anything of it is saved, so that no value is left with half of its parts.

#include <string.h>
#include <strings.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "format/csv/csv_read.h"
#include "format/csv/csv_write.h"
#include "result/result.h"
#include "result/result_lines.h"
#include "result/result_reporting.h"
#include "result/result_sql.h"
#include "result/result_take.h"
#include "store/store.h"

// Most refused lines that are kept with their words.
#define MOST_REFUSED 2000
// Most columns of a table.
#define MOST_COLUMNS 64

enum column { INDICATOR, PERIOD, FROM, TO, COUNTRY, SPLIT, VALUE, NUMERATOR, DENOMINATOR, ANSWER, SOURCE, NOTE,
              LINE, WRONG, WHY, COLUMNS };
static const char *const names[COLUMNS] = {"indicator", "period",    "period_from", "period_to", "country",
                                           "split",     "value",     "numerator",   "denominator", "answer",
                                           "source",    "note",      "line",        "wrong",     "why"};

struct row {
    int number;
    const char *const *cells;
    int n_cells;
    struct split split; // n 0: the value itself
    const char *field;
    struct err_info wrong;
    bool refused;
    enum take_verdict verdict;
};

struct group {
    struct arena *arena; // of this group
    struct record *indicator;
    const char *from, *to, *country;
    struct row *rows;
    size_t n, cap;
};

struct taking {
    struct result_take *t;
    int at[COLUMNS];                                       // place of each column; -1: none
    const struct characteristic *characteristics[MOST_COLUMNS]; // of each column, or NULL
    struct group group;
};

// ---- the heading --------------------------------------------------------------------------------

static enum err read_heading(struct taking *x, const struct csv_row *row, struct err_info *e)
{
    for (int c = 0; c < COLUMNS; c++) {
        x->at[c] = -1;
    }
    if (row->n > MOST_COLUMNS) {
        return err_set(e, ERR_INPUT, "line 1", MSG("There are too many columns."), NULL, NULL);
    }
    for (int i = 0; i < row->n; i++) {
        bool known = false;
        for (int c = 0; c < COLUMNS; c++) {
            if (strcasecmp(row->cells[i], names[c]) == 0) {
                x->at[c] = i;
                known = true;
            }
        }
        x->characteristics[i] = known ? NULL : characteristic_find(row->cells[i]);
        if (!known && x->characteristics[i] == NULL) {
            return err_set(e, ERR_INPUT, "line 1", MSG("There is no column “{0}”."),
                           MSG("Columns are indicator, period or period_from and period_to, country, "
                               "characteristics, value, numerator, denominator, answer, source, note."),
                           row->cells[i], NULL);
        }
    }
    bool period = x->at[PERIOD] >= 0 || (x->at[FROM] >= 0 && x->at[TO] >= 0);
    return x->at[INDICATOR] >= 0 && period
               ? ERR_NONE
               : err_set(e, ERR_INPUT, "line 1", MSG("The columns indicator and period are needed."),
                         MSG("Write period as 2025-Q1, or name period_from and period_to."), NULL);
}

bool result_take_is_table(struct arena *a, const char *bytes, size_t len)
{
    struct csv_in csv;
    struct csv_row row;
    struct err_info ignored;
    bool more, indicator = false, period = false;
    if (csv_open(&csv, bytes, len, &ignored) != ERR_NONE ||
        csv_next(a, &csv, &row, &more, &ignored) != ERR_NONE || !more) {
        return false;
    }
    for (int i = 0; i < row.n; i++) {
        indicator = indicator || strcasecmp(row.cells[i], names[INDICATOR]) == 0;
        period = period || strncasecmp(row.cells[i], names[PERIOD], strlen(names[PERIOD])) == 0;
    }
    return indicator && period;
}

static const char *cell(const struct taking *x, const struct row *row, enum column c)
{
    return x->at[c] < 0 ? "" : row->cells[x->at[c]];
}

// ---- one row ------------------------------------------------------------------------------------

static void refuse(struct row *row, const char *field, const struct err_info *wrong)
{
    if (!row->refused) {
        row->refused = true;
        row->verdict = TAKE_REFUSED;
        row->field = field;
        row->wrong = *wrong;
    }
}

static void refuse_for(struct row *row, const char *field, const char *text, const char *hint,
                       const char *about)
{
    struct err_info wrong;
    (void)err_set(&wrong, ERR_INPUT, field, text, hint, about, NULL);
    refuse(row, field, &wrong);
}

// What a row is split by: a cell for each characteristic, and the column "split".
static void read_split(struct taking *x, struct arena *a, struct row *row)
{
    struct err_info wrong;
    const char *text = cell(x, row, SPLIT);
    for (int i = 0; i < row->n_cells; i++) {
        const struct characteristic *c = x->characteristics[i];
        if (c == NULL || row->cells[i][0] == '\0') {
            continue;
        }
        char *value = arena_copy(a, row->cells[i]);
        for (size_t k = 0; k < c->n_values; k++) {
            value = strcasecmp(c->values[k].label, value) == 0 ? arena_copy(a, c->values[k].code) : value;
        }
        for (char *p = value; *p != '\0'; p++) {
            *p = *p == ' ' || *p == '=' ? '_' : *p;
        }
        text = arena_printf(a, "%s %s=%s", text, c->code, value);
    }
    if (text[strspn(text, " ")] != '\0' && split_read(a, text, &row->split, &wrong) != ERR_NONE) {
        refuse(row, "split", &wrong);
    }
}

static void read_period(const struct taking *x, struct arena *a, struct row *row, struct result_span *span)
{
    const char *word = cell(x, row, PERIOD);
    *span = (struct result_span){cell(x, row, FROM), cell(x, row, TO)};
    if (word[0] != '\0' && !result_span_read(a, word, span)) {
        refuse_for(row, "period", MSG("“{0}” is no period."),
                   MSG("Write 2025, 2025-H1, 2025-Q1 or 2025-03."), word);
        *span = (struct result_span){word, word};
    }
}

// A day or a country as the field of a value wants it; "" and the row refused when it is wrong.
static const char *key_of(struct arena *a, struct row *row, const char *name, const char *text)
{
    const struct field *f = entity_field(&entity_observation, name);
    struct err_info wrong;
    struct value v = {0};
    enum err err = field_parse(a, f, text, 0, &v, &wrong);
    if (err == ERR_NONE && f->required && !v.set) {
        err = field_missing(f, &wrong);
    }
    if (err != ERR_NONE) {
        refuse(row, name, &wrong);
    }
    return err == ERR_NONE && v.set ? v.text : "";
}

static enum err find_indicator(struct taking *x, struct row *row, struct record **out, struct err_info *e)
{
    struct result_take *t = x->t;
    struct db_read *db = store_tx_read(t->tx);
    struct err_info why;
    const char *code = cell(x, row, INDICATOR);
    *out = NULL;
    if (code[0] == '\0') {
        refuse_for(row, "indicator", MSG("There is no indicator."), MSG("Write its code."), NULL);
        return ERR_NONE;
    }
    enum err err = store_get(db, x->group.arena, &entity_indicator, code, out, &why);
    if (err != ERR_NONE && err != ERR_NOT_FOUND) {
        *e = why;
        return err;
    }
    const char *programme = err == ERR_NONE ? record_text(*out, "programme_id") : "";
    bool elsewhere = t->programme_id != NULL && strcmp(programme, t->programme_id) != 0;
    bool hidden = t->who != NULL && !identity_may(t->who, MAY_READ, programme);
    if (err == ERR_NOT_FOUND || elsewhere || hidden) {
        refuse_for(row, "indicator", MSG("There is no indicator “{0}” here."),
                   MSG("Write its code as it stands in the list of indicators."), code);
        *out = NULL;
    } else if (t->who != NULL && !identity_may(t->who, MAY_WRITE, programme)) {
        refuse_for(row, "indicator", MSG("You may not enter values of {0}."), NULL, code);
    }
    return ERR_NONE;
}

// ---- saving a group -----------------------------------------------------------------------------

// Puts the cells of a row that are not empty into a record; the first wrong one refuses the row.
static void fill(struct taking *x, struct arena *a, struct row *row, const enum column *columns, size_t n,
                 struct record *out)
{
    for (size_t i = 0; i < n; i++) {
        const char *name = names[columns[i]];
        const struct field *f = entity_field(out->entity, name);
        struct err_info wrong;
        struct value v;
        if (cell(x, row, columns[i])[0] == '\0') {
            continue;
        }
        if (field_parse(a, f, cell(x, row, columns[i]), 0, &v, &wrong) != ERR_NONE) {
            refuse(row, name, &wrong);
        } else {
            out->values[entity_field_index(out->entity, name)] = v;
        }
    }
}

static bool same_record(const struct record *x, const struct record *y)
{
    for (size_t i = 0; i < x->entity->n_fields; i++) {
        const char *name = x->entity->fields[i].name;
        int64_t a, b;
        const char *text_x = record_text(x, name), *text_y = record_text(y, name);
        bool numbers = x->entity->fields[i].type == FIELD_DECIMAL && decimal_parse(text_x, &a) &&
                       decimal_parse(text_y, &b);
        if (numbers ? a != b : strcmp(text_x, text_y) != 0) {
            return false;
        }
    }
    return true;
}

struct value_at {
    struct record *old; // or NULL
    struct record *new;
    struct record **parts; // stored ones
    size_t n_parts;
    struct record **new_parts; // by row; NULL for the row of the value itself
};

static enum err load_value(struct taking *x, struct value_at *v, struct err_info *e)
{
    struct group *g = &x->group;
    struct db_read *db = store_tx_read(x->t->tx);
    const struct result_same_value_in in = {.id = "", .indicator_id = g->indicator->id, .period_from = g->from,
                                            .period_to = g->to, .country = g->country};
    struct result_same_value_row *rows;
    size_t n;
    *v = (struct value_at){.new_parts = ARENA_ARRAY(g->arena, struct record *, g->n)};
    enum err err = result_same_value_all(g->arena, db, &in, &rows, &n, e);
    if (err == ERR_NONE && n > 0) {
        err = store_get(db, g->arena, &entity_observation, rows[0].id, &v->old, e);
    }
    if (err == ERR_NONE && v->old != NULL) {
        err = store_list_by(db, g->arena, &entity_observation_part, "observation_id", v->old->id, &v->parts,
                            &v->n_parts, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    v->new = v->old != NULL ? record_copy(g->arena, v->old) : record_new(g->arena, &entity_observation);
    if (v->old == NULL) {
        record_set_text(v->new, "indicator_id", g->indicator->id);
        record_set_text(v->new, "period_from", g->from);
        record_set_text(v->new, "period_to", g->to);
        record_set_text(v->new, "country", g->country);
        record_set_text(v->new, "state", "entered");
    }
    return ERR_NONE;
}

static struct record *part_for(struct taking *x, struct value_at *v, struct row *row)
{
    static const enum column columns[] = {VALUE, NUMERATOR, DENOMINATOR};
    struct arena *a = x->group.arena;
    const char *split = split_text(a, &row->split);
    struct record *part = NULL, *old = NULL;
    for (size_t i = 0; i < v->n_parts && old == NULL; i++) {
        old = strcmp(record_text(v->parts[i], "split"), split) == 0 ? v->parts[i] : NULL;
    }
    part = old != NULL ? record_copy(a, old) : record_new(a, &entity_observation_part);
    record_set_text(part, "observation_id", v->old != NULL ? v->old->id : "-"); // the id comes with the value
    record_set_text(part, "split", split);
    fill(x, a, row, columns, COUNT_OF(columns), part);
    struct err_info wrong;
    if (!row->refused && record_check(part, &wrong) != ERR_NONE) {
        refuse(row, arena_copy(a, wrong.field), &wrong);
    }
    row->verdict = row->refused ? TAKE_REFUSED : old == NULL ? TAKE_NEW : same_record(old, part) ? TAKE_SAME : TAKE_CHANGED;
    return part;
}

// The sum of the parts for a new value that has no row of its own.
static void whole_of_parts(struct taking *x, struct value_at *v)
{
    struct group *g = &x->group;
    struct result_part *parts = ARENA_ARRAY(g->arena, struct result_part, g->n);
    struct result_line line;
    size_t n = 0;
    for (size_t i = 0; i < g->n; i++) {
        const struct record *r = v->new_parts[i];
        if (r != NULL) {
            struct result_part *p = &parts[n++];
            *p = (struct result_part){.keys = split_keys(g->arena, &g->rows[i].split)};
            p->has_value = decimal_parse(record_text(r, "value"), &p->value);
            p->has_fraction = decimal_parse(record_text(r, "numerator"), &p->part) &&
                              decimal_parse(record_text(r, "denominator"), &p->whole);
        }
    }
    result_line_begin(g->arena, g->indicator, &line);
    result_whole_of_parts(g->arena, line.rule.unit, parts, n, v->new);
}

// Fills value and parts from the rows and gives each row its verdict; returns the row to blame for the value.
static struct row *read_value(struct taking *x, struct value_at *v)
{
    static const enum column columns[] = {VALUE, NUMERATOR, DENOMINATOR, ANSWER, SOURCE, NOTE};
    struct group *g = &x->group;
    struct row *own = NULL;
    bool parts_changed = false;
    for (size_t i = 0; i < g->n; i++) {
        struct row *row = &g->rows[i];
        if (row->split.n > 0) {
            v->new_parts[i] = part_for(x, v, row);
            parts_changed = parts_changed || row->verdict != TAKE_SAME;
        } else if (own == NULL) {
            own = row;
            fill(x, g->arena, row, columns, COUNT_OF(columns), v->new);
        } else {
            refuse_for(row, "indicator", MSG("This value stands in the file twice."),
                       MSG("Leave one of the lines away."), NULL);
        }
    }
    if (v->old == NULL && own == NULL) {
        whole_of_parts(x, v);
    }
    bool same = v->old != NULL && same_record(v->old, v->new);
    if (own != NULL && !own->refused) {
        own->verdict = v->old == NULL ? TAKE_NEW : same ? TAKE_SAME : TAKE_CHANGED;
    }
    struct row *blame = own != NULL ? own : &g->rows[0];
    const char *state = v->old == NULL ? "" : record_text(v->old, "state");
    if (v->old != NULL && (!same || parts_changed)) {
        if (strcmp(state, "approved") == 0 || strcmp(state, "locked") == 0) {
            refuse_for(blame, "value", MSG("This value is approved or locked, and the file says something else."),
                       MSG("Correct it on its page, with a reason."), NULL);
        }
        record_set_text(v->new, "state", "entered"); // to be checked again
        record_clear(v->new, "return_reason");
    }
    struct err_info wrong;
    if (!blame->refused && record_check(v->new, &wrong) != ERR_NONE) {
        refuse(blame, arena_copy(g->arena, wrong.field), &wrong);
    }
    return blame;
}

static bool any_refused(const struct group *g)
{
    for (size_t i = 0; i < g->n; i++) {
        if (g->rows[i].refused) {
            return true;
        }
    }
    return false;
}

static enum err save_group(struct taking *x, struct err_info *e)
{
    struct group *g = &x->group;
    struct value_at v;
    enum err err = load_value(x, &v, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct row *blame = read_value(x, &v);
    if (any_refused(g)) {
        return ERR_NONE;
    }
    struct err_info wrong;
    err = store_save(x->t->tx, g->arena, v.new, &wrong);
    if (err == ERR_INPUT || err == ERR_NOT_ALLOWED || err == ERR_USAGE) {
        refuse(blame, arena_copy(g->arena, wrong.field), &wrong); // nothing was written
        return ERR_NONE;
    }
    if (err != ERR_NONE) {
        *e = wrong;
    }
    for (size_t i = 0; err == ERR_NONE && i < g->n; i++) {
        if (v.new_parts[i] != NULL && g->rows[i].verdict != TAKE_SAME) {
            record_set_text(v.new_parts[i], "observation_id", v.new->id);
            err = store_save(x->t->tx, g->arena, v.new_parts[i], e);
        }
    }
    return err;
}

// ---- groups -------------------------------------------------------------------------------------

static void keep_line(struct result_take *t, const struct row *row)
{
    bool refused = row->verdict == TAKE_REFUSED;
    size_t *n = refused ? &t->counts[TAKE_REFUSED] : &t->n_kept;
    if (*n >= (refused ? MOST_REFUSED : t->most_lines)) {
        return;
    }
    t->n_kept += !refused;
    t->lines = arena_room(t->arena, t->lines, sizeof *t->lines, t->n_lines, &t->cap_lines);
    struct take_line *line = &t->lines[t->n_lines++];
    const char **cells = ARENA_ARRAY(t->arena, const char *, (size_t)row->n_cells + 1);
    for (int i = 0; i < row->n_cells; i++) {
        cells[i] = arena_copy(t->arena, row->cells[i]);
    }
    *line = (struct take_line){.number = row->number, .verdict = row->verdict, .cells = cells,
                               .n_cells = row->n_cells};
    if (refused) {
        const char *hint = err_hint(t->arena, t->lang, &row->wrong);
        line->field = row->field == NULL ? "" : arena_copy(t->arena, row->field);
        line->why = arena_printf(t->arena, "%s%s%s", err_text(t->arena, t->lang, &row->wrong),
                                 hint == NULL ? "" : " ", hint == NULL ? "" : hint);
    }
}

static enum err end_group(struct taking *x, struct err_info *e)
{
    struct group *g = &x->group;
    enum err err = g->n > 0 && g->indicator != NULL && !any_refused(g) ? save_group(x, e) : ERR_NONE;
    bool refused = any_refused(g);
    for (size_t i = 0; err == ERR_NONE && i < g->n; i++) {
        if (refused && !g->rows[i].refused) {
            refuse_for(&g->rows[i], "", MSG("Another line of the same value is refused."),
                       MSG("A value is taken with all its parts or not at all."), NULL);
        }
        keep_line(x->t, &g->rows[i]);
        x->t->counts[g->rows[i].verdict]++;
        x->t->n_rows++;
    }
    arena_reset(g->arena);
    *g = (struct group){.arena = g->arena};
    return err;
}

static bool is_blank(const struct csv_row *row)
{
    for (int i = 0; i < row->n; i++) {
        if (row->cells[i][0] != '\0') {
            return false;
        }
    }
    return true;
}

// Trimmed copy in memory of the group.
static const char *const *copy_cells(struct arena *a, const struct csv_row *row)
{
    const char **cells = ARENA_ARRAY(a, const char *, (size_t)row->n + 1);
    for (int i = 0; i < row->n; i++) {
        const char *text = row->cells[i] + strspn(row->cells[i], " ");
        size_t n = strlen(text);
        while (n > 0 && text[n - 1] == ' ') {
            n--;
        }
        cells[i] = arena_copy_n(a, text, n);
    }
    return cells;
}

// The row of the file into its group; a row of another value ends the one before.
static enum err take_row(struct taking *x, const struct csv_row *from, struct err_info *e)
{
    struct group *g = &x->group;
    for (int round = 0; round < 2; round++) {
        struct row row = {.number = from->line, .cells = copy_cells(g->arena, from), .n_cells = from->n};
        struct record *indicator = g->indicator;
        struct result_span span;
        enum err err = ERR_NONE;
        if (g->n == 0 || strcmp(cell(x, &g->rows[0], INDICATOR), cell(x, &row, INDICATOR)) != 0) {
            err = find_indicator(x, &row, &indicator, e);
        }
        if (err != ERR_NONE) {
            return err;
        }
        read_period(x, g->arena, &row, &span);
        read_split(x, g->arena, &row);
        span.from = key_of(g->arena, &row, "period_from", span.from);
        span.to = key_of(g->arena, &row, "period_to", span.to);
        const char *country = key_of(g->arena, &row, "country", cell(x, &row, COUNTRY));
        bool fits = g->n == 0 || (indicator != NULL && g->indicator != NULL &&
                                  strcmp(indicator->id, g->indicator->id) == 0 &&
                                  strcmp(span.from, g->from) == 0 && strcmp(span.to, g->to) == 0 &&
                                  strcmp(country, g->country) == 0);
        if (fits) {
            if (g->n == 0) {
                g->indicator = indicator;
                g->from = span.from;
                g->to = span.to;
                g->country = country;
            }
            g->rows = arena_room(g->arena, g->rows, sizeof *g->rows, g->n, &g->cap);
            g->rows[g->n++] = row;
            return ERR_NONE;
        }
        err = end_group(x, e); // its memory is gone: the row is read again
        if (err != ERR_NONE) {
            return err;
        }
    }
    return ERR_NONE;
}

enum err result_take_csv(struct result_take *t, const char *bytes, size_t len, struct err_info *e)
{
    struct taking x = {.t = t};
    struct csv_in csv;
    struct csv_row row;
    struct arena *scratch = arena_new(LIMIT_REQUEST_BYTES);
    bool more = false;
    x.group.arena = arena_new(LIMIT_REQUEST_BYTES);
    enum err err = csv_open(&csv, bytes, len, e);
    if (err == ERR_NONE) {
        err = csv_next(t->arena, &csv, &row, &more, e);
    }
    if (err == ERR_NONE && !more) {
        err = err_set(e, ERR_INPUT, NULL, MSG("The file is empty."),
                      MSG("The first row holds the names of the columns."), NULL);
    }
    if (err == ERR_NONE) {
        t->heading = row.cells;
        t->n_heading = row.n;
        err = read_heading(&x, &row, e);
    }
    while (err == ERR_NONE && more) {
        arena_reset(scratch);
        err = csv_next(scratch, &csv, &row, &more, e);
        if (err == ERR_NONE && more && !is_blank(&row)) {
            err = take_row(&x, &row, e);
        }
    }
    if (err == ERR_NONE) {
        err = end_group(&x, e);
    }
    arena_free(scratch);
    arena_free(x.group.arena);
    return err;
}

void result_take_refused(const struct result_take *t, struct buf *out)
{
    struct csv_out csv;
    csv_begin(&csv, out, false);
    for (int i = 0; i < t->n_heading; i++) {
        csv_cell(&csv, t->heading[i]);
    }
    csv_cell(&csv, "line");
    csv_cell(&csv, "wrong");
    csv_cell(&csv, "why");
    csv_row_end(&csv);
    for (size_t i = 0; i < t->n_lines; i++) {
        const struct take_line *line = &t->lines[i];
        for (int k = 0; line->verdict == TAKE_REFUSED && k < line->n_cells; k++) {
            csv_cell(&csv, line->cells[k]);
        }
        if (line->verdict == TAKE_REFUSED) {
            csv_cell_int(&csv, line->number);
            csv_cell(&csv, line->field);
            csv_cell(&csv, line->why);
            csv_row_end(&csv);
        }
    }
}
