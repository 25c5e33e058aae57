// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_take_store.c: see result_take.h. Rows are put into groups, one for each value; a group is checked whole
// before anything of it is saved, so that no value is left with half of its parts.

#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "base/map.h"
#include "format/csv/csv_read.h"
#include "result/result.h"
#include "result/result_lines.h"
#include "result/result_sql.h"
#include "result/result_take.h"
#include "result/result_take_row.h"
#include "store/store.h"

// Most refused lines that are kept with their words.
#define MOST_REFUSED 2000
// Most lines of one value, which are read before any is saved: three characteristics of twenty words each.
#define MOST_LINES 8000

struct group {
    struct arena *arena; // of this group
    bool known; // which value it is
    struct record *indicator;
    const char *from, *to, *country;
    struct take_row *rows;
    size_t n, cap;
};

struct taking {
    struct result_take *t;
    struct take_heading heading;
    struct group group;
    struct arena *aside;   // where the next row is read
    struct arena *kept[2]; // of the indicator found last, and of the one before, which the group may have
    int newest;            // which of them
    int64_t began;         // logical time of the newest change there was before
    const char *code;      // as the file writes the indicator found last; NULL: none
    struct record *indicator;
};

// ---- one value ----------------------------------------------------------------------------------

static enum err find_indicator(struct taking *x, struct take_row *row, struct record **out, struct err_info *e)
{
    struct result_take *t = x->t;
    struct db_read *db = store_tx_read(t->tx);
    struct err_info why;
    const char *code = take_cell(&x->heading, row, TAKE_INDICATOR);
    *out = NULL;
    if (code[0] == '\0') {
        take_refuse_for(row, "indicator", MSG("There is no indicator."), MSG("Write its code."), NULL);
        return ERR_NONE;
    }
    if (x->code != NULL && strcmp(x->code, code) == 0) {
        *out = x->indicator;
        return ERR_NONE;
    }
    x->newest = 1 - x->newest;
    x->code = NULL;
    struct arena *kept = x->kept[x->newest];
    arena_reset(kept);
    enum err err = store_get(db, kept, &entity_indicator, code, out, &why);
    if (err == ERR_NOT_FOUND && t->number != NULL) { // as its pages show it: I1 for GLOT59/I1
        err = store_get(db, kept, &entity_indicator, arena_printf(kept, "%s/%s", t->number, code), out, &why);
    }
    if (err != ERR_NONE && err != ERR_NOT_FOUND) {
        *e = why;
        return err;
    }
    const char *programme = err == ERR_NONE ? record_text(*out, "programme_id") : "";
    bool elsewhere = t->programme_id != NULL && strcmp(programme, t->programme_id) != 0;
    bool hidden = t->who != NULL && !identity_may(t->who, MAY_READ, programme);
    if (err == ERR_NOT_FOUND || elsewhere || hidden) {
        take_refuse_for(row, "indicator", MSG("There is no indicator “{0}” here."),
                        MSG("Write its code as it stands in the list of indicators."), code);
        *out = NULL;
    } else if (t->who != NULL && !identity_may(t->who, MAY_WRITE, programme)) {
        take_refuse_for(row, "indicator", MSG("You may not enter values of {0}."), NULL, code);
    } else {
        x->code = arena_copy(kept, code);
        x->indicator = *out;
    }
    return ERR_NONE;
}

// ---- saving a group -----------------------------------------------------------------------------

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
    struct map parts;          // stored ones by their split
    struct map typed;          // those of rows by theirs
    struct record **new_parts; // by row; NULL for the row of the value itself
};

static enum err load_value(struct taking *x, struct value_at *v, struct err_info *e)
{
    struct group *g = &x->group;
    struct db_read *db = store_tx_read(x->t->tx);
    struct record **parts;
    size_t n_parts = 0;
    const char *id;
    *v = (struct value_at){.new = record_new(g->arena, &entity_observation),
                           .new_parts = ARENA_ARRAY(g->arena, struct record *, g->n)};
    map_init(&v->parts, g->arena);
    map_init(&v->typed, g->arena);
    record_set_text(v->new, "indicator_id", g->indicator->id);
    record_set_text(v->new, "period_from", g->from);
    record_set_text(v->new, "period_to", g->to);
    record_set_text(v->new, "country", g->country);
    record_set_text(v->new, "state", "entered");
    enum err err = observation_at(g->arena, db, v->new, &id, e);
    if (err == ERR_NONE && id != NULL) {
        err = store_get(db, g->arena, &entity_observation, id, &v->old, e);
    }
    if (err == ERR_NONE && v->old != NULL) {
        v->new = record_copy(g->arena, v->old);
        err = store_list_by(db, g->arena, &entity_observation_part, "observation_id", v->old->id, &parts, &n_parts, e);
    }
    for (size_t i = 0; err == ERR_NONE && i < n_parts; i++) {
        void **place = map_at(&v->parts, record_text(parts[i], "split"));
        *place = *place == NULL ? parts[i] : *place;
    }
    return err;
}

static struct record *part_for(struct taking *x, struct value_at *v, struct take_row *row)
{
    static const enum take_column columns[] = {TAKE_VALUE, TAKE_NUMERATOR, TAKE_DENOMINATOR};
    struct arena *a = x->group.arena;
    const char *split = split_text(a, &row->split);
    const struct record *old = map_get(&v->parts, split);
    struct record *part = old != NULL ? record_copy(a, old) : record_new(a, &entity_observation_part);
    record_set_text(part, "observation_id", v->old != NULL ? v->old->id : "-"); // the id comes with the value
    record_set_text(part, "split", split);
    take_fill(&x->heading, a, row, columns, COUNT_OF(columns), part);
    struct err_info wrong;
    if (!row->refused && (record_check(part, &wrong) != ERR_NONE ||
                          observation_fits(part, record_text(x->group.indicator, "unit"), &wrong) != ERR_NONE)) {
        take_refuse(row, arena_copy(a, wrong.field), &wrong);
    }
    row->verdict = row->refused             ? TAKE_REFUSED
                   : old == NULL            ? TAKE_NEW
                   : same_record(old, part) ? TAKE_SAME
                                            : TAKE_CHANGED;
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
static struct take_row *read_value(struct taking *x, struct value_at *v)
{
    static const enum take_column columns[] = {TAKE_VALUE,  TAKE_NUMERATOR, TAKE_DENOMINATOR,
                                               TAKE_ANSWER, TAKE_SOURCE,    TAKE_NOTE};
    struct group *g = &x->group;
    struct take_row *own = NULL;
    bool parts_changed = false;
    for (size_t i = 0; i < g->n; i++) {
        struct take_row *row = &g->rows[i];
        void **place = row->split.n > 0 ? map_at(&v->typed, split_text(g->arena, &row->split)) : NULL;
        if (place != NULL && *place != NULL) {
            take_refuse_for(row, "split", MSG("This part stands in the file twice."),
                            MSG("Leave one of the lines away."), NULL);
        } else if (place != NULL) {
            v->new_parts[i] = *place = part_for(x, v, row);
            parts_changed = parts_changed || row->verdict != TAKE_SAME;
        } else if (own == NULL) {
            own = row;
            take_fill(&x->heading, g->arena, row, columns, COUNT_OF(columns), v->new);
        } else {
            take_refuse_for(row, "indicator", MSG("This value stands in the file twice."),
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
    struct take_row *blame = own != NULL ? own : &g->rows[0];
    const char *state = v->old == NULL ? "" : record_text(v->old, "state");
    if (v->old != NULL && (!same || parts_changed)) {
        if (strcmp(state, "approved") == 0 || strcmp(state, "locked") == 0) {
            take_refuse_for(blame, "value",
                            MSG("This value is approved or locked, and the file says something else."),
                            MSG("Correct it on its page, with a reason."), NULL);
        }
        record_set_text(v->new, "state", "entered"); // to be checked again
        record_clear(v->new, "return_reason");
    }
    struct err_info wrong;
    if (!blame->refused && (record_check(v->new, &wrong) != ERR_NONE ||
                            observation_fits(v->new, record_text(g->indicator, "unit"), &wrong) != ERR_NONE)) {
        take_refuse(blame, arena_copy(g->arena, wrong.field), &wrong);
    }
    return blame;
}

// Was the record saved by a line further up?
static enum err is_saved_here(struct taking *x, const struct record *r, bool *out, struct err_info *e)
{
    return store_changed_after(store_tx_read(x->t->tx), x->group.arena, r->entity->kind, r->id, x->began, out, e);
}

// A value whose lines do not stand together would be put together wrongly: from the parts of the first group, or as
// the last line says.
static enum err refuse_scattered(struct taking *x, const struct value_at *v, struct take_row *blame, struct err_info *e)
{
    bool changes = false, scattered = false;
    enum err err = ERR_NONE;
    for (size_t i = 0; v->old != NULL && err == ERR_NONE && i < x->group.n && !scattered; i++) {
        bool changed = x->group.rows[i].verdict == TAKE_CHANGED;
        changes = changes || changed || x->group.rows[i].verdict == TAKE_NEW;
        if (changed && v->new_parts[i] != NULL) {
            err = is_saved_here(x, v->new_parts[i], &scattered, e);
        }
    }
    if (err == ERR_NONE && changes && !scattered) {
        err = is_saved_here(x, v->old, &scattered, e);
    }
    if (scattered) {
        take_refuse_for(blame, "indicator", MSG("This value stands in the file twice."),
                        MSG("Put its lines together and leave none twice."), NULL);
    }
    return err;
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
    struct take_row *blame = read_value(x, &v);
    err = any_refused(g) ? ERR_NONE : refuse_scattered(x, &v, blame, e);
    if (err != ERR_NONE || any_refused(g)) {
        return err;
    }
    struct err_info wrong;
    err = store_save(x->t->tx, g->arena, v.new, &wrong);
    if (err == ERR_INPUT || err == ERR_NOT_ALLOWED || err == ERR_USAGE) {
        take_refuse(blame, arena_copy(g->arena, wrong.field), &wrong); // nothing was written
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

static void keep_line(struct result_take *t, const struct take_row *row)
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
            take_refuse_for(&g->rows[i], "", MSG("Another line of the same value is refused."),
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

// A row, and which value it is about; known: that can be told.
struct row_read {
    struct take_row row;
    struct record *indicator;
    struct result_span span;
    const char *country;
    bool known;
};

static enum err read_row(struct taking *x, struct arena *a, const struct csv_row *from, struct row_read *out,
                         struct err_info *e)
{
    const struct group *g = &x->group;
    struct take_row *row = &out->row;
    *row = (struct take_row){.number = from->line, .cells = copy_cells(a, from), .n_cells = from->n};
    out->indicator = g->indicator;
    if (!g->known || strcmp(take_cell(&x->heading, &g->rows[0], TAKE_INDICATOR),
                            take_cell(&x->heading, row, TAKE_INDICATOR)) != 0) {
        enum err err = find_indicator(x, row, &out->indicator, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    take_period_read(&x->heading, a, row, &out->span);
    out->span.from = take_key_of(a, row, "period_from", out->span.from);
    out->span.to = take_key_of(a, row, "period_to", out->span.to);
    out->country = take_key_of(a, row, "country", take_cell(&x->heading, row, TAKE_COUNTRY));
    out->known = out->indicator != NULL && !row->refused;
    take_split_read(&x->heading, a, x->t->lang, row);
    return ERR_NONE;
}

static bool is_of_group(const struct group *g, const struct row_read *r)
{
    return r->known && g->known && strcmp(r->indicator->id, g->indicator->id) == 0 && strcmp(r->span.from, g->from) == 0 &&
           strcmp(r->span.to, g->to) == 0 && strcmp(r->country, g->country) == 0;
}

static void begin_group(struct group *g, const struct row_read *r)
{
    g->known = r->known;
    g->indicator = r->indicator;
    g->from = r->span.from;
    g->to = r->span.to;
    g->country = r->country;
    g->rows = ARENA_ARRAY(g->arena, struct take_row, 1); // most values are one row
    g->cap = 1;
}

static enum err check_room(struct taking *x, const struct take_row *row, struct err_info *e)
{
    const struct group *g = &x->group;
    size_t used = arena_used_bytes(g->arena);
    return g->n < MOST_LINES && arena_has_room(g->arena, used + 2 * arena_used_bytes(x->aside))
               ? ERR_NONE
               : err_set(e, ERR_INPUT, arena_printf(x->t->arena, "line %d", row->number),
                         MSG("One value has too many lines: at most 8,000, one for each part."),
                         MSG("Leave out lines that stand there again and again."), NULL);
}

// The row of the file into its group; a row of another value ends the one before. It is read into memory aside, which
// becomes that of its group when it begins one.
static enum err take_row(struct taking *x, const struct csv_row *from, struct err_info *e)
{
    struct group *g = &x->group;
    struct row_read r;
    enum err err = read_row(x, x->aside, from, &r, e);
    if (err == ERR_NONE && g->n > 0 && is_of_group(g, &r)) {
        err = check_room(x, &r.row, e);
        if (err == ERR_NONE) {
            err = read_row(x, g->arena, from, &r, e);
        }
    } else if (err == ERR_NONE) {
        struct arena *free_now = g->arena;
        err = end_group(x, e);
        g->arena = x->aside;
        x->aside = free_now;
        begin_group(g, &r);
    }
    if (err == ERR_NONE) {
        g->rows = arena_room(g->arena, g->rows, sizeof *g->rows, g->n, &g->cap);
        g->rows[g->n++] = r.row;
    }
    arena_reset(x->aside);
    return err;
}

enum err result_take_csv(struct result_take *t, const struct csv_from *from, struct err_info *e)
{
    struct taking x = {.t = t};
    struct store_mark mark;
    struct csv_in csv;
    struct csv_row row;
    struct arena *scratch = arena_new(LIMIT_REQUEST_BYTES);
    bool more = false;
    x.group.arena = arena_new(LIMIT_REQUEST_BYTES);
    x.aside = arena_new(LIMIT_REQUEST_BYTES);
    x.kept[0] = arena_new(LIMIT_REQUEST_BYTES);
    x.kept[1] = arena_new(LIMIT_REQUEST_BYTES);
    enum err err = store_mark(store_tx_read(t->tx), &mark, e);
    if (err == ERR_NONE) {
        x.began = mark.newest;
        err = csv_open_from(t->arena, &csv, from, e);
    }
    if (err == ERR_NONE) {
        err = csv_next(t->arena, &csv, &row, &more, e);
    }
    if (err == ERR_NONE && !more) {
        err = err_set(e, ERR_INPUT, NULL, MSG("The file is empty."),
                      MSG("The first row holds the names of the columns."), NULL);
    }
    if (err == ERR_NONE) {
        t->heading = copy_cells(t->arena, &row);
        t->n_heading = row.n;
        err = take_heading_read(t->lang, t->heading, t->n_heading, &x.heading, e);
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
    arena_free(x.aside);
    arena_free(x.kept[0]);
    arena_free(x.kept[1]);
    return err;
}
